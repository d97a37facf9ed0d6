"""Small invented laws as values, and the 14 acts with their norms and references where the real data is at hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pytest

from duties.frame import Category, Frame, Level, Modality
from graph.inputs import Inputs
from graph.law import Law
from lovdata_ingest.address import Address, parse_address
from lovdata_ingest.model import Commencement, Document, Header, Language, Node
from lovdata_ingest.references.reference import Reference
from tests.conftest import ACTS, real

REFORM = tuple(
    f"lov/{number}"
    for number in (
        "1983-06-03-54", "1997-06-19-62", "1999-07-02-61", "1999-07-02-62", "1999-07-02-63", "2003-07-04-84", "2005-06-17-64",
        "2006-06-16-20", "2009-06-19-44", "2009-12-18-131", "2011-06-24-30", "2020-11-06-127", "2021-06-18-97", "2023-06-09-30",
    )
)  # fmt: skip


def act(number: int, title: str, sections: dict[str, list[str]], language: Language = "nb") -> Document:
    """An invented act: ``{"§1": ["first ledd", "second ledd"]}``; a line of a ledd that begins with ``-`` is an item."""
    refid = f"lov/2001-01-01-{number}"
    nodes = []
    for name, ledd in sections.items():
        address = Address(refid, (name,))
        children: list[Node] = [Node("heading", label=f"§ {name[1:]}.", text=f"Om {name}")]
        for count, text in enumerate(ledd, 1):
            place = address.child(f"ledd/{count}")
            first, *rest = text.split("\n-")
            items = tuple(
                Node("item", place.child(f"bokstav/{letter}"), label=f"{letter})", text=line.strip())
                for letter, line in zip("abcdefgh", rest, strict=False)
            )
            below = (Node("list", children=items),) if items else ()
            children.append(Node("ledd", place, text=first.strip(), children=below))
        nodes.append(Node("section", address, name=name, children=tuple(children)))
    header = Header(refid, title=title, short_titles=(title,), in_force=(Commencement(None, "2001"),))
    return Document(f"act-{number}", header, Node("body", Address(refid), children=tuple(nodes)), language)


def frame(
    address: str, category: Category, modality: Modality = "duty", bearer: str = "", counterpart: str = "", *,
    level: Level = "-", condition: str = "",
) -> Frame:  # fmt: skip
    """A norm at ``lov/…/§1/ledd/1``, first sentence unless the address says otherwise; actors separated by spaces."""
    place = parse_address(address)
    if place.value("sentence") is None:
        place = place.child("setning/1")
    return Frame(
        place, category, modality, tuple(bearer.split()), tuple(counterpart.split()), level, tuple(condition.split())
    )


def law(documents: Iterable[Document], frames: Iterable[Frame] = (), references: Iterable[Reference] = ()) -> Law:
    """The invented acts as the findings read them."""
    every = tuple(documents)
    return Law(Inputs(tuple(d.refid for d in every), every, tuple(frames), tuple(references)))


@lru_cache(maxsize=1)
def statute_book() -> dict[str, Document]:
    """All acts in force by refid."""
    from lovdata_ingest.sources import read_documents

    return {d.refid: d for d in read_documents([ACTS])}


@lru_cache(maxsize=32)
def norms_of(refid: str) -> tuple[Frame, ...]:
    """The norms that the finder gives for an act as it stands."""
    from duties.find import find_frames

    return tuple(find_frames(statute_book()[refid]))


@lru_cache(maxsize=32)
def references_of(refid: str) -> tuple[Reference, ...]:
    """The references of an act as it stands."""
    from lovdata_ingest.references.find import find_references

    return tuple(find_references(statute_book()[refid], index()))


@lru_cache(maxsize=1)
def index() -> object:
    """The index of the statute book for references."""
    from lovdata_ingest.references.index import build_index

    return build_index(statute_book().values())


@pytest.fixture(scope="session")
def reform() -> Inputs:
    """The 14 acts with norms and references."""
    real(ACTS)
    return Inputs(
        REFORM, tuple(statute_book().values()), tuple(f for a in REFORM for f in norms_of(a)),
        tuple(r for a in REFORM for r in references_of(a)),
    )  # fmt: skip
