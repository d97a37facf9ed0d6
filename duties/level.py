"""The level of a cooperation or coordination norm: one person's services, or the services between themselves."""

from __future__ import annotations

import re

from duties.frame import Level

_SYSTEM = re.compile(
    r"""i \s tillegg \s til \s å \s følg\w+ \s opp | (?:slik|sånn) \s at [^.;]* (?:ivareta|vareta|løyse|løse|utføre) \s (?:sine|sitt|dei|oppg|opp) | overgangen | opptak
      | samarbeidsavtale | kompetanse | organisasjonsutvikling | planlegging | forebygg | førebygg | generel[lt] | mellom \s (?:kommunen|fylkes|tjenest|forvaltn)
      | beredskap | kriser? \b | system | på \s tvers | i \s kommunen \b | regionen | oppgaver? \s etter | oppgåver? \s etter | region\w*""",
    re.VERBOSE | re.IGNORECASE,
)
_INDIVIDUAL = re.compile(
    r"""helhetlig \s (?:og \s samordnet \s)? tjenestetilbud | heilskapleg \s og \s samordna | (?:pasienten|brukeren|brukaren|barnet|eleven|deltakeren|deltakaren|klienten|ungdommen|siktede|domfelte|innsatte|vedkommende|vedkomande|personen|familien)s? \b
      | den \s enkeltes? | enkelte \s (?:pasient|bruker|barn|elev) | den \s det \s gjelder | saker \s som \s gjelder \s den | enkeltsak | i \s saken \b | i \s saka \b | individuell""",
    re.VERBOSE | re.IGNORECASE,
)
_STRONG_SYSTEM = re.compile(
    r"i \s tillegg \s til \s å \s følg\w+ \s opp | organisasjonsutvikling | kompetanseutvikling",
    re.VERBOSE | re.IGNORECASE,
)


def level_of(category: str, text: str, ledd: str, title: str) -> Level:
    """The level, from the sentence first, then from the ledd and the heading of the section."""
    if category not in ("cooperation", "coordination"):
        return "-"
    if _STRONG_SYSTEM.search(text):
        return "system"
    if category == "coordination" and re.search(
        r"koordinator|tjenestetilbudet|tenestetilbodet|samordninga?e?n?\b(?! av (?:opptak|tiltak))", text, re.IGNORECASE
    ):
        if re.search(r"koordinerende enhet|koordinerande eining|overordn", text, re.IGNORECASE):
            return "system"
        return "individual"
    if _INDIVIDUAL.search(text):
        return "individual"
    if _SYSTEM.search(text):
        return "system"
    if _STRONG_SYSTEM.search(ledd):
        return "system"
    if _INDIVIDUAL.search(ledd):
        return "individual"
    return "system"
