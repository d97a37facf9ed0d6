"""Lists of references: as the contract writes them, chosen by status, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.references.reference import Reference

COLUMNS = ("source", "start", "end", "text", "target", "via", "status", "reason")
BROKEN = ("no_such_section", "no_such_ledd", "repealed", "act_replaced", "ambiguous")
STATUSES = ("resolved", *BROKEN, "act_not_loaded", "external")


def to_tsv(references: Iterable[Reference]) -> Iterator[str]:
    """The lines of a table: a header, then a reference a line; ``-`` for empty."""
    yield "\t".join(COLUMNS)
    for row in references:
        values = (
            str(row.source), str(row.start), str(row.end), row.text, row.target, row.via, row.status, row.reason,
        )  # fmt: skip
        yield "\t".join(" ".join(value.split()) or "-" for value in values)


def to_jsonl(references: Iterable[Reference]) -> Iterator[str]:
    """A JSON object a line, with the same keys as the columns of the table; an address as it is printed."""
    for row in references:
        yield msgspec.json.encode(
            {
                "source": str(row.source), "start": row.start, "end": row.end, "text": row.text, "target": row.target,
                "via": row.via, "status": row.status, "reason": row.reason,
            }
        ).decode()  # fmt: skip


def with_status(references: Iterable[Reference], words: str) -> list[Reference]:
    """The references of a status, or of several (``broken`` for those that lead nowhere today).

    Raises:
        LovdataError: if there is no such status.
    """
    wanted: set[str] = set()
    for word in words.split(","):
        name = word.strip()
        if name != "broken" and name not in STATUSES:
            raise LovdataError(f"{name!r}: ingen slik status (velg broken, {', '.join(STATUSES)})")
        wanted.update(BROKEN if name == "broken" else (name,))
    return [row for row in references if row.status in wanted]


def level_of(target: str) -> str:
    """How deep a target goes: ``act``, ``chapter``, ``section``, ``below``, ``outside``, ``none``.

    >>> level_of("lov/2001-01-01-1/§2/ledd/1"), level_of("eu/32016r0679"), level_of("")
    ('below', 'outside', 'none')
    """
    if not target:
        return "none"
    if not target.startswith(("lov/", "forskrift/")):
        return "outside"
    steps = target.split("/")[2:]
    if not steps:
        return "act"
    for place, step in enumerate(steps):
        if step.startswith("§") or re.fullmatch(r"a(?:\d+[a-z]*|[IVXLC]+)", step):
            return "below" if len(steps) > place + 1 else "section"
    return "chapter"


def count(references: Iterable[Reference]) -> dict[str, int]:
    """How many references there are of each kind: ``status/via/level/own act or other``, by name."""
    found: Counter[str] = Counter()
    for row in references:
        level = level_of(row.target)
        whose = "own" if "/".join(row.target.split("/")[:2]) == row.source.act else "other"
        found["/".join((row.status, row.via, level, whose))] += 1
    return dict(sorted(found.items()))


def changed(before: Iterable[Reference], after: Iterable[Reference]) -> tuple[list[Reference], list[Reference]]:
    """The references gained and lost between two lists of the same acts: rows with another place, target or status."""

    def key(row: Reference) -> tuple[str, int, int, str, str, str]:
        return (str(row.source), row.start, row.end, row.target, row.via, row.status)

    old, new = {key(row): row for row in before}, {key(row): row for row in after}
    gained = [row for where, row in new.items() if where not in old]
    lost = [row for where, row in old.items() if where not in new]
    return gained, lost


def read_jsonl(text: str) -> list[Reference]:
    """Read back what `to_jsonl` wrote, for comparing two versions of the rules."""
    from lovdata_ingest.address import parse_address

    decode = msgspec.json.Decoder(dict[str, str | int]).decode
    rows = []
    for line in text.splitlines():
        row = decode(line)
        rows.append(Reference(**{**row, "source": parse_address(str(row["source"]))}))  # type: ignore[arg-type]
    return rows
