"""A proposal as it comes from any kind of file: a row of blocks, each with its words and its place in the file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lovdata_ingest.model import Document

Hint = Literal[
    "heading",  # set as a heading: a style, a mark, larger or bold type on its own line
    "text",     # a paragraph, of which only the words tell what it is
    "item",     # set as an item of a list: label in `Block.label`, depth in `Block.level`
    "row",      # a row of a table, its cells joined by tabs
]  # fmt: skip


class Place(Struct, frozen=True, omit_defaults=True):
    """Where a block stands in its file: page and line of a PDF, line of a text file, paragraph of a Word file.

    All count from 1; 0 means that this kind of file has no such number.
    """

    page: int = 0
    line: int = 0
    paragraph: int = 0

    def words(self, lang: str = "nb") -> str:
        """``side 3, linje 12``, for messages; empty where nothing is known."""
        names = {"nb": ("side", "linje", "avsnitt"), "en": ("page", "line", "paragraph")}[lang]
        numbers = (self.page, self.line, self.paragraph)
        return ", ".join(f"{name} {number}" for name, number in zip(names, numbers, strict=True) if number)


class Block(Struct, frozen=True, omit_defaults=True):
    """One paragraph, heading, item or row. ``text`` has white space evened out and holds no label of its own."""

    text: str
    hint: Hint = "text"
    label: str = ""
    level: int = 0
    place: Place = Place()


class Message(Struct, frozen=True, omit_defaults=True):
    """Something the reader of the report must know about the file, and where it was seen.

    ``kind``: ``taken`` (what was read as the amending part), ``reading`` (which reading of tracked changes),
    ``skipped`` (what was left out), ``problem`` (what could not be read, with what to do).
    """

    kind: Literal["taken", "reading", "skipped", "problem"]
    nb: str
    en: str
    place: Place = Place()


class Proposal(Struct, frozen=True, omit_defaults=True):
    """One proposal: its title, the blocks of its amending part, and the same part as a document in the gazette's form.

    ``document`` is what the parser of amendments takes: for a gazette document the document itself, for all other
    kinds of file one laid out in the same way from the blocks. ``places`` tells where the paragraphs of ``document``
    stand in the file, by printed address.
    """

    name: str
    title: str
    document: Document
    blocks: tuple[Block, ...] = ()
    messages: tuple[Message, ...] = ()
    places: dict[str, Place] = {}

    def place(self, address: str) -> Place:
        """Where the paragraph of `document` at *address* stands in the file; an empty place when not known."""
        return self.places.get(address, Place())
