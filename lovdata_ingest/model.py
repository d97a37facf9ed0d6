"""The model: one document of Lovdata as frozen values, each word of its body in exactly one node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import Address

Language = Literal["nb", "nn"]

Kind = Literal[
    "body",             # the whole act
    "heading",          # words above an act, a part, a chapter or a section; label holds "§ 2 b." or "Kapittel II."
    "division",         # part, chapter, annex, roman part of an amending act: section.section
    "section",          # paragraf, or article of an annexed treaty: article.legalArticle
    "ledd",             # legalP, numberedLegalP; label holds "(1)" or "1."
    "paragraph",        # prose that is no ledd: leads of an amending act, "(Opphevet)", preambles
    "list",
    "item",             # label "a)" where it is printed, name "a." where only the markup has it
    "continuation",     # the sentence goes on after a list: leddfortsettelse, or bare text after a list
    "table", "row", "cell", "caption",
    "footnote",
    "note",             # note of amendment: article.changesToParent
    "new_section",      # a section that an amending act writes: article.futureLegalArticle
    "new_heading",      # a heading that an amending act writes: span.futuretitle
    "change",           # group of instructions in the gazette of 2023 and later: article.change
    "document_change",  # the same for one amended act: article.document-change
    "gazette_note",     # correction printed with the act
    "image",
]  # fmt: skip


class Link(Struct, frozen=True, gc=False, array_like=True):
    """A link that Lovdata set: positions in the node's text, and the target as it stands in ``href``."""

    start: int
    end: int
    href: str


class Mark(Struct, frozen=True, gc=False, array_like=True):
    """A footnote mark, taken out of the text: the position where it stood and its sign."""

    position: int
    sign: str


class Node(Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """A place in the law with its own words, without those of its children.

    ``text`` has white space evened out (one space; a line break inside a paragraph is a newline); nothing else is
    changed. ``label`` is the number or letter that is printed before the text and is no part of it. ``name`` is
    Lovdata's ``data-name`` (``§2b``, ``kapII``, ``a.``). ``address`` is None only inside text that has no place of its
    own: headings, rows, cells, notes.
    """

    kind: Kind
    address: Address | None = None
    name: str = ""
    label: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    children: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        """The value of an attribute kept from the markup (``data-repealeddate``), None when it has none."""
        return next((value for key, value in self.attributes if key == name), None)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, *kinds: Kind) -> Iterator[Node]:
        """The nodes of *kinds* at or below this one, in the order of the text."""
        return (node for node in self.walk() if node.kind in kinds)

    @property
    def heading(self) -> Node | None:
        """The heading child, None where there is none."""
        return next((child for child in self.children if child.kind == "heading"), None)

    @property
    def title(self) -> str:
        """Words of the heading, without the number; empty where there is none."""
        heading = self.heading
        return heading.text if heading else ""

    @property
    def designation(self) -> str:
        """The number as printed in the heading (``§ 2 b``, ``Kapittel II``), without the full stop."""
        heading = self.heading
        return heading.label.rstrip(". ") if heading else ""

    @property
    def ledd(self) -> tuple[Node, ...]:
        """The ledd of a section, first to last; nested ones left out."""
        return tuple(child for child in self.children if child.kind == "ledd")

    @property
    def notes(self) -> tuple[Node, ...]:
        """The notes of amendment that stand directly under this node."""
        return tuple(child for child in self.children if child.kind == "note")


class Commencement(Struct, frozen=True, omit_defaults=True):
    """One entry of a date of commencement: a date, or who decides it ("Kongen bestemmer")."""

    date: dt.date | None = None
    words: str = ""


class LastChange(Struct, frozen=True, omit_defaults=True):
    """An act that changed this one last, and from when, where the header says so."""

    act: str
    date: dt.date | None = None


class Header(Struct, frozen=True, omit_defaults=True):
    """The header of a document. ``fields`` keeps every field as (class, label, text), in the order of the page."""

    refid: str
    document_id: str = ""
    legacy_id: str = ""
    title: str = ""
    short_titles: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    in_force: tuple[Commencement, ...] = ()
    last_change_in_force: dt.date | None = None
    last_changed_by: tuple[LastChange, ...] = ()
    changes: tuple[str, ...] = ()
    legal_areas: tuple[str, ...] = ()
    published: dt.date | None = None
    corrected: str = ""
    eea: str = ""
    miscellaneous: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


class Document(Struct, frozen=True, omit_defaults=True):
    """One act or regulation: its header, its body, and where it was read.

    ``name`` is the file's stem (``nl-18140517-000-nn``): it tells the two versions of the Constitution apart, which
    share a refid. ``source`` is the archive or folder and the member, for messages; it takes no part in the law.
    """

    name: str
    header: Header
    body: Node
    language: Language = "nb"
    source: str = ""

    @property
    def refid(self) -> str:
        """``lov/2005-06-17-64``."""
        return self.header.refid

    @property
    def short_title(self) -> str:
        """The first short title, else the title."""
        return self.header.short_titles[0] if self.header.short_titles else self.header.title

    def sections(self) -> Iterator[Node]:
        """The sections (paragrafer and articles of annexes) in the order of the act."""
        return self.body.of("section")

    def find(self, address: Address) -> Node | None:
        """The node at *address*, None when the act has no such place. Sentences are not nodes: see `sentences`."""
        return next((node for node in self.body.walk() if node.address == address), None)
