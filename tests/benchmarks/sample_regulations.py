"""Draws section instructions of the amending regulations of 2025 by seed and prints how they were read, to be judged.

Run from the project root: ``python tests/benchmarks/sample_regulations.py [SEED] [COUNT]``. The judged list is
``docs/amendments-regulations-sample.tsv``.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lovdata_ingest.amendments.instruction import Amendment, Operation
from lovdata_ingest.amendments.names import Names
from lovdata_ingest.amendments.parse import parse_amendment
from lovdata_ingest.model import Document, Node
from lovdata_ingest.sources import read_documents

ARCHIVE = Path(__file__).parents[3] / "shared" / "lovdata" / "lovtidend-avd1-2025.tar.bz2"

# told by words alone, whatever the parser makes of them
ORDERS = re.compile(
    r"skal (?:\w+ ){0,6}lyd[ea]|\blyd(?:er|e|a)\b(?: slik)?:?$|oppheves|opphevast|oppheva\b"
    r"|(?:blir|vert) (?:ny|nytt|nye|§|\w+ (?:ledd|punktum)|bokstav|nr)|endr(?:es|ast|a) (?:til|frå|fra)"
    r"|erstatt(?:es|ast|a)|tilføy|utgår|flyttes|slett(?:es|a)|stryk|fjern(?:es|a)|settes inn|føyes"
)
PLACES = re.compile(r"§|\bledd\b|punktum|bokstav|\bnr\.|[Kk]apittel|[Kk]ap\.|overskrift|setning")
APART = re.compile(
    r"[Vv]edlegg|[Aa]rtikkel|[Aa]rtiklane|[Bb]ilag|EØS|[Tt]abell|[Hh]jemmelsfelt|[Ff]orordning|[Ff]otnot|[Aa]ppendi"
    r"|rad(?:en|ene)?\b|SOLAS|[Rr]egel \d|[Pp]olarkode|kategori \d|[Mm]erknad|Oppdatert liste|listen"
    r"|Se ny (?:kunngjøring|versjon)|vedheng|\bDel [A-Z]\b|^[a-z]{1,2}[.)] |^\(?\d+\) |PDF"
)
COMMENCES = re.compile(r"i kraft|kraft (?:fra|straks)|trer i kr")
NAMES_SECTION = re.compile(r"§|^(?:Ny |Nytt |Nye )?(?:[Kk]apittel|[Oo]verskrift)")


def leads(document: Document) -> Iterator[str]:
    """Paragraphs above and between new texts that order something at a place."""

    def visit(node: Node, inside: bool) -> Iterator[str]:
        for child in node.children:
            if child.kind == "paragraph" and not inside and 6 < len(child.text) < 700:
                text = child.text
                if ORDERS.search(text) and PLACES.search(text) and not COMMENCES.search(text):
                    yield text
            yield from visit(child, inside or child.kind in ("table", "new_section", "ledd", "gazette_note", "item"))

    return visit(document.body, False)


def frame(documents: list[Document]) -> tuple[list[tuple[str, int, str]], int]:
    """The section instructions as (regulation, index of the lead there, lead), and how many leads stand apart."""
    rows: list[tuple[str, int, str]] = []
    apart = 0
    for document in documents:
        section = True
        for index, text in enumerate(leads(document)):
            if APART.search(text):
                section, apart = False, apart + 1
                continue
            section = section or bool(NAMES_SECTION.search(text))
            if section:
                rows.append((document.refid, index, text))
            else:
                apart += 1
    return rows, apart


def read_as(amendment: Amendment, lead: str, nth: int) -> tuple[Operation, ...]:
    """The operations of the *nth* instruction with that lead."""
    exact = [i for i in amendment.instructions if i.lead.strip() == lead.strip()]
    found = exact or [i for i in amendment.instructions if i.lead and lead.strip().endswith(i.lead.strip())]
    return found[min(nth, len(found) - 1)].operations if found else ()


def main() -> None:
    """Print the sample."""
    seed, count = int(sys.argv[1] if len(sys.argv) > 1 else 20251108), int(sys.argv[2] if len(sys.argv) > 2 else 100)
    documents = [
        document
        for document in read_documents([ARCHIVE])
        if document.refid.startswith("forskrift/")
        and "ndring" in document.header.title
        and not document.header.title.startswith(("Ikraft", "Delegering"))
    ]
    rows, apart = frame(documents)
    print(
        f"{len(documents)} amending regulations, {len(rows)} section instructions, {apart} leads apart", file=sys.stderr
    )
    random.seed(seed)
    amendments = {d.refid: parse_amendment(d, Names()) for d in documents}
    for at in sorted(random.sample(range(len(rows)), count)):
        refid, index, lead = rows[at]
        same = [i for r, i, text in rows if r == refid and text == lead]
        print(refid, index, lead, sep="\t")
        for operation in read_as(amendments[refid], lead, same.index(index)):
            places = [str(t) + ("*" if t.new else "") for t in operation.targets]
            places += [f"{a} > {b}" for a, b in operation.moves]
            content = " ".join(node.kind + node.name for node in operation.content)
            print("", operation.action, ", ".join(places), content, *operation.doubts, sep="\t")


if __name__ == "__main__":
    main()
