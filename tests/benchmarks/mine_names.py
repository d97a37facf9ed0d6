"""Prints names of former acts as the gazette gives them: candidates for ``data/names.yaml``, to be reviewed by hand.

Run: ``python -m tests.benchmarks.mine_names``. A line is the refid, a name, and how often the two stand together in
"lov DATE nr. N om … (name)" or "name DATE nr. N". Slips of the gazette (a wrong date once) are among them.
"""

from __future__ import annotations

import re
from collections import Counter

from lovdata_ingest.references.grammar import MONTHS
from lovdata_ingest.sources import read_documents
from tests.conftest import ACTS, GAZETTE_1982, GAZETTE_2001, GAZETTE_2025

_DAY = rf"(?P<day>\d{{1,2}})\.? (?P<month>{'|'.join(MONTHS)})\.? (?P<year>\d{{4}}),? nr\.? ?(?P<number>\d+)"
_NAME = r"(?P<name>[a-zæøå-]+(?:[ ,]+[a-zæøå-]+){0,5}?lov(?:en|a))"
DATED_THEN_NAME = re.compile(
    rf"\blov(?:a|en)? (?:av |frå )?{_DAY},? om (?:[^.()\[\]§]|m\.[vm]\.){{3,160}}? ?[(\[]{_NAME}[)\]]", re.IGNORECASE
)
NAME_THEN_DATED = re.compile(rf"\b(?P<name>[a-zæøå]+lov(?:en|a)),? (?:\(?lov )?(?:av )?{_DAY}", re.IGNORECASE)


def main() -> None:
    """Print the candidates, by act."""
    loaded = {document.refid for document in read_documents([ACTS])}
    found: Counter[tuple[str, str]] = Counter()
    for document in read_documents([ACTS, GAZETTE_1982, GAZETTE_2001, GAZETTE_2025]):
        for node in document.body.walk():
            for pattern in (DATED_THEN_NAME, NAME_THEN_DATED):
                for match in pattern.finditer(node.text):
                    month = MONTHS[match["month"].lower()]
                    refid = f"lov/{match['year']}-{month:02}-{int(match['day']):02}-{int(match['number'])}"
                    if refid not in loaded:
                        found[refid, match["name"].lower()] += 1
    for (refid, name), times in sorted(found.items()):
        print(refid, name, times, sep="\t")


if __name__ == "__main__":
    main()
