"""A cheap look at a sentence: can it hold a norm on cooperation or information at all? Only such are parsed."""

from __future__ import annotations

import re

_STEMS = re.compile(
    r"""opplys|meld|varsl|varsel|underret|inform|orient|rapport|innhent|hente?s?t?\s|utlever|samarb|samhandl|samvirk|samverk|bistå|bistand|bista|medvirk|medverk
      | samordn|koordin|taushet|teie|tagn|innsyn|tilg(?:ang|jeng)|adgang|formid|forel[eai]gg?|forela|førele|røp|åpenbar|openberr|avtal|overenskomst|plan|rådfør|rådspør|samråd|drøft|konsulter
      | beskjed|redegj|greie|fr[åa]\b|frå\b|oppmerksom|merksam|kjent|kjend|uttal|fråsegn|utveks|samkj|sammenst|samansti|dokument|journal|kopi|gjenpart|utskrift|epikrise|erklæring|attest
      | meddel|innbere|overs[ei]nd|send|vidare|videre|kreve|krev|pålegg|påleg|hjelp|veiled|rettlei|tilsvarende|tilsvarande|samme|same|register|registre|delta|bidra|forbudt|forbode|hindre|hemmel
      | samtal|kontakt|forståelse|utlevert|data\b|vedtak|forvaltningslov|høre|høyr|dele|deling|kunnskap|avgj|plikt|involver|tilbakem|framl|freml|levere|oversikt|oversyn|tilkjenne|oppgi|avgi|gi\b|gje\b|forklar|rede\b|trekk|behov|opp\ med|vite\b|forel|mulighet|anledning|høve|syn\b|mening|meining""",
    re.VERBOSE | re.IGNORECASE,
)


def may_hold_a_norm(text: str) -> bool:
    """Whether a sentence is worth a parse.

    >>> may_hold_a_norm("Kommunen skal samarbeide med politiet."), may_hold_a_norm("Stien skal være to meter bred.")
    (True, False)
    """
    return _STEMS.search(text) is not None
