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


_UNIT = re.compile(r"koordinerende enhet|koordinerande eining|overordn", re.IGNORECASE)
# Help in a case is about the one whose case it is; these words say that it is not.
_HELP_IN_GENERAL = re.compile(
    r"kompetanse|organisasjonsutvikling|utvikling|beredskap|ulykke|katastrofe|\bkrise(?:r|situasjon\w*)?\b|smittevern|planarbeid|forskning|generel[lt]",
    re.IGNORECASE,
)
_HELP = frozenset(
    {
        "cooperation/consult",
        "cooperation/assist",
        "cooperation/assistance",
        "cooperation/obtain-help",
        "cooperation/opinion",
        "cooperation/involve",
    }
)


def level_of(category: str, text: str, ledd: str, rule: str = "") -> Level:
    """The level, from the sentence first, then from the ledd.

    Args:
        category: of the norm; only cooperation and coordination have a level.
        text: the sentence.
        ledd: the ledd around it.
        rule: the rule that fired: help and opinions are mostly given in a case.
    """
    if category not in ("cooperation", "coordination"):
        return "-"
    if _STRONG_SYSTEM.search(text) or (category == "coordination" and _UNIT.search(text)):
        return "system"
    if rule in _HELP:
        return "system" if _HELP_IN_GENERAL.search(text) else "individual"
    if category == "coordination" and re.search(
        r"koordinator|tjenestetilbudet|tenestetilbodet|samordninga?e?n?\b(?! av (?:opptak|tiltak))", text, re.IGNORECASE
    ):
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
