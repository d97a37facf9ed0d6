"""The reviewer's list: what Lovdata leaves unlinked, and where its links and our reading disagree, with our reason.

The only place where Lovdata's links are read. The recogniser never sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import AddressError, parse_address
from lovdata_ingest.model import Document, Link, Node
from lovdata_ingest.references.find import texts_of
from lovdata_ingest.references.index import Index, number_key
from lovdata_ingest.references.reference import Reference

Kind = Literal["unlinked", "disagrees", "only_lovdata"]
_LAW = re.compile(r"(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?(?:/.*)?$")


class Dispute(Struct, frozen=True):
    """One place where we and Lovdata differ. ``theirs`` is the link's target, empty where there is no link."""

    kind: Kind
    source: str
    start: int
    end: int
    text: str
    ours: str
    theirs: str
    reason: str


def disputes(document: Document, references: Iterable[Reference], index: Index) -> Iterator[Dispute]:
    """The places of a document where our references and Lovdata's links differ at the level of the section.

    Relative references, what lies inside a range, and links to more or less depth of the same section are no dispute.
    """
    rows: dict[str, list[Reference]] = {}
    for row in references:
        rows.setdefault(str(row.source), []).append(row)
    for node in texts_of(document.body):
        if node.address is None or node.address.value("article") is not None:
            continue  # annexed treaties: positions count in the whole article, and their links are not to acts
        ours = [row for row in rows.get(str(node.address), ()) if node.text[row.start : row.end] == row.text]
        yield from _of_node(node, ours, index)


def _of_node(node: Node, ours: list[Reference], index: Index) -> Iterator[Dispute]:
    links = [link for link in node.links if _LAW.match(_even(link.href))]
    for row in ours:
        if (
            row.via in ("text", "list")
            and row.status == "resolved"
            and not any(_meet(row, link) for link in node.links)
            and not any(_same(row.target, _even(link.href)) for link in links)
        ):
            yield Dispute("unlinked", str(node.address), row.start, row.end, row.text, row.target, "", _why(row))
    for link in links:
        near = [row for row in ours if _meet(row, link)]
        theirs = _even(link.href)
        if any(_same(row.target, theirs) for row in near):
            continue
        if not _section(theirs)[1] and any(_section(row.target)[0] == _section(theirs)[0] for row in ours):
            continue  # the act is named once, its sections are rows of their own
        words = node.text[link.start : link.end]
        best = next((row for row in near if row.via != "range" and row.target), None)
        if best is None:
            yield Dispute(
                "only_lovdata",
                str(node.address),
                link.start,
                link.end,
                words,
                "",
                link.href,
                _nothing(near, theirs, index),
            )
        else:
            yield Dispute(
                "disagrees",
                str(node.address),
                link.start,
                link.end,
                words,
                best.target,
                link.href,
                _differs(best, theirs, index),
            )


def _even(href: str) -> str:
    return href.replace(" ", "").replace("§§", "§").rstrip("/")


def _meet(row: Reference, link: Link) -> bool:
    return row.start < link.end and row.end > link.start


def _section(target: str) -> tuple[str, str]:
    """The act and the section (or chapter) of a target, case and Roman numbers evened out."""
    steps = target.split("/")
    act, place = "/".join(steps[:2]), steps[2] if len(steps) > 2 else ""
    place = place.lower()
    return act, "kap" + number_key(place[3:]) if place.startswith("kap") else place


def _same(ours: str, theirs: str) -> bool:
    return _section(ours) == _section(theirs) or (_section(ours)[0] == _section(theirs)[0] and not _section(theirs)[1])


def _exists(target: str, index: Index) -> bool | None:
    """Whether a target's section is there; None where the act is not loaded."""
    try:
        address = parse_address(target)
    except AddressError:
        return False
    act = index.get(address.act)
    if act is None:
        return None
    return address.section is None or act.section(address.section) is not None


def _why(row: Reference) -> str:
    return "in a list under a lead that names the act" if row.via == "list" else "named in the text"


def _nothing(near: list[Reference], theirs: str, index: Index) -> str:
    if _exists(theirs, index) is False:
        return "the link's target does not exist"
    if any(row.status == "external" for row in near):
        return "the text names something outside Norwegian acts"
    if near:
        return "read as relative to its own section"
    return "no number of a section stands there"


def _differs(row: Reference, theirs: str, index: Index) -> str:
    ours_act, ours_place = _section(row.target)
    their_act, their_place = _section(theirs)
    if _exists(theirs, index) is False and row.status == "resolved":
        return "the link's target does not exist, ours does"
    if ours_act == their_act and ours_place.startswith(their_place) and their_place:
        return f"the number goes on in the text: {row.text}"
    if row.status == "act_replaced":
        return f"the text is older than today's act of that name; {row.reason}"
    if ours_act != their_act:
        if ours_act == row.source.act:
            return "the text says the act itself, or names no other for this section"
        return f"the text carries {ours_act} on to this section" if row.status == "resolved" else row.reason
    return row.reason or "another number stands in the text"
