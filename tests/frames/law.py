"""Invented acts for the tests of norm frames: one section, one ledd, the words given."""

from __future__ import annotations

from duties.find import Finder, Trace
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Header, Node

ACT = "lov/2001-01-01-1"


def act(*ledd: str, heading: str = "", title: str = "Lov om stier", language: str = "nb") -> Document:
    """An act with one section whose ledd have these words; lines after the first are items of a list."""
    section = Address(ACT, ("§1",))
    parts: list[Node] = [Node("heading", label="§ 1.", text=heading)] if heading else []
    for number, words in enumerate(ledd, 1):
        address = section.child(f"ledd/{number}")
        lead, *items = words.split("\n")
        listed = tuple(
            Node("item", address.child(f"bokstav/{letter}"), label=f"{letter})", text=item)
            for letter, item in zip("abcdefgh", items, strict=False)
        )
        children = (Node("list", None, children=listed),) if listed else ()
        parts.append(Node("ledd", address, text=lead, children=children))
    body = Node("body", Address(ACT), children=(Node("section", section, name="§1", children=tuple(parts)),))
    return Document("nl-20010101-001", Header(ACT, title=title), body, language)  # type: ignore[arg-type]


def traces(*ledd: str, heading: str = "", title: str = "Lov om stier") -> list[Trace]:
    """The traces of the frames in such an act."""
    finder = Finder(act(*ledd, heading=heading, title=title))
    finder.run()
    return finder.traces


def found(*ledd: str, heading: str = "", title: str = "Lov om stier") -> list[tuple[str, ...]]:
    """(category, modality, bearer, counterpart) of each frame; ids joined by semicolons."""
    return [
        (t.frame.category, t.frame.modality, ";".join(t.frame.bearer), ";".join(t.frame.counterpart))
        for t in traces(*ledd, heading=heading, title=title)
    ]
