"""Reads the references of a document: what the words say, which act and section they carry on, where they lead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.choice import Reader
from lovdata_ingest.references.index import Act, Index, Provision, last_amended
from lovdata_ingest.references.mentions import ActRef, Place
from lovdata_ingest.references.reference import Reference
from lovdata_ingest.references.relative import RelativeReading

_READ_KINDS = frozenset(("ledd", "item", "paragraph", "continuation"))
_AMENDS = re.compile(
    r"^\s*(?:(?:\(?\d{1,3}[.)]\s*)?(?:[IVX]+\.?\s+)?I (?=\S)|\(?\d{1,3}[.)]\s*(?=lov\s+(?:av\s+)?\d))", re.IGNORECASE
)
_CHANGES_IN = re.compile(r"\bendring(?:er|ar)?\s+i\s+$")
_LEAD_NOUN = re.compile(
    r"(?:følgende|fylgjande|følgjande|desse|disse)\s+(?:[a-zæøå]+\s+){1,2}(?:i|etter|av)\s+$", re.IGNORECASE
)


_IN_ANNEX = re.compile(r"(?!kap|del|KAPITTEL|§|ledd|avsnitt|bokstav|nummer|strek|tabell|ny§)")


class TextReader(RelativeReading):
    """Reads one text at one place, token by token."""

    def read(self) -> list[Reference]:
        """The references of the text, in its order."""
        position = 0
        for token in self.tokens:
            if token.start < position:
                continue
            handler = getattr(self, "on_" + token.kind, None)
            if handler is None:
                continue
            end = handler(token)
            if end:
                position = end
        self.emit()
        self.rows.sort(key=lambda row: (row.start, row.end, row.target))
        return self.rows


class DocumentReader:
    """Walks a document and reads each text at its place."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.reader = reader
        self.index = reader.index
        self.document = document
        self.refid = document.refid
        self.act = reader.index.get(document.refid) or Act(document)
        self.rows: list[Reference] = []
        self.amending: str | None = None
        self.earlier: list[ActRef] = []
        self.under: ActRef | None = None
        self.amends = "endring" in self.act.title.lower() or "brigde" in self.act.title.lower()
        self.default = self.titled() if not self.act.sections else ""

    def titled(self) -> str:
        """The one act that the title of an amending act names; empty where it names none or several."""
        reading = TextReader(self.reader, self.document.header.title, Place(self.refid, self.act, Address(self.refid)))
        reading.read()
        named = {act.refid for act in reading.acts if act.kind in ("named", "dated") and act.refid in self.index.acts}
        return named.pop() if len(named) == 1 else ""

    def read(self) -> list[Reference]:
        """The references of the document, in the order of the text."""
        self.walk(self.document.body, None, None, None, Address(self.refid))
        return self.rows

    def walk(
        self, node: Node, section: Provision | None, amended: dt.date | None, lead: ActRef | None, near: Address
    ) -> ActRef | None:
        """Read the nodes below *node*; *lead* is the act that a list takes from its lead."""
        for child in node.children:
            kind = child.kind
            where = child.address or near
            if kind in ("section", "division", "document_change"):
                self.amending = None
            if kind == "section":
                self.earlier = []
                provision = self.provision(child)
                self.walk(child, provision, last_amended(child, self.act.date), None, where)
                continue
            if kind in _READ_KINDS:
                last = self.read_text(child, section, amended, lead, where)
                self.walk(child, section, amended, last, where)
            elif kind in ("note", "footnote", "heading", "gazette_note", "image", "new_heading", "caption"):
                continue
            else:
                self.walk(child, section, amended, lead, where)
        return None

    def offset(self, article: Provision, node: Node) -> int:
        """Where the text of *node* begins in the text of an annexed article (`source_text`)."""
        position = 0
        for other in texts_of(article.node):
            if other is node:
                return position
            position += len(other.text) + 1
        return 0

    def amended_section(self, where: Address) -> Provision | None:
        """The section that a new text becomes, where the amended act is loaded and has it."""
        act = self.index.get(self.amending or "")
        step = next((step for step in where.path if step.startswith("ny§")), None)
        return act.section(step[3:]) if act is not None and step is not None else None

    @staticmethod
    def amended_steps(where: Address) -> tuple[str, ...]:
        """The steps below a section that an amending act writes."""
        place = next((i for i, step in enumerate(where.path) if step.startswith("ny§")), None)
        return where.path[place + 1 :] if place is not None else ()

    def provision(self, node: Node) -> Provision | None:
        """The section of the index that a node is, or one of its own where the number stands twice."""
        address = node.address
        if address is None or not address.path:
            return None
        step = address.path[-1]
        if step.startswith("§"):
            found = self.act.section(step.lstrip("§"))
        else:
            found = self.act.annexes.get("/".join(address.path[:-1]), {}).get(step.lstrip("a").lower())
        if found is not None and found.node is node:
            return found
        return Provision(address, node, False, found.chapter if found else None)

    def read_text(
        self, node: Node, section: Provision | None, amended: dt.date | None, lead: ActRef | None, where: Address
    ) -> ActRef | None:
        """Read one node; return the act that a list under it takes over."""
        text = node.text
        if not text:
            return lead
        source = where
        place = Place(self.refid, self.act, source)
        if self.amending is not None and not _AMENDS.match(text):
            place.own = self.amending
            place.amending = True
            place.act = self.index.get(self.amending)
            place.provision = self.amended_section(where)
            place.steps = self.amended_steps(where)
        elif section is not None:
            place.provision = section
            cut = len(section.address.path)
            if section.address.path and not section.address.path[-1].startswith("§"):
                place.annex = "/".join(section.address.path[:-1])
                place.article = True
                place.source = section.address
                place.offset = self.offset(section, node)
            place.steps = where.path[cut:] if section.address.contains(where) else ()
            place.amended = amended
        place.lead = lead
        place.under = self.under
        if place.amended is None and self.amends:
            place.amended = self.act.date
        if section is None and where.path and _IN_ANNEX.match(where.path[0]) and self.act.sections:
            place.outside = True
        if section is None and self.amending is None:
            place.default = self.default
        place.earlier = self.earlier
        reading = TextReader(self.reader, text, place)
        if not reading.tokens:
            return None
        self.rows.extend(reading.read())
        self.earlier.extend(
            act for act in reading.acts if act.kind in ("named", "dated") and act.refid in self.index.acts
        )
        if self.under is None and section is None and self.refid.startswith("forskrift/"):
            self.under = next(
                (a for a in reading.acts if a.kind in ("named", "dated") and a.refid.startswith("lov/")), None
            )
        if reading.amends:
            named = next((a for a in reading.acts if a.kind in ("named", "dated")), None)
            if named is not None and named.refid and named.start < 60:
                self.amending = named.refid
        elif reading.text.rstrip().endswith(":") and reading.acts:
            named = reading.acts[-1]
            if named.kind in ("named", "dated") and named.refid and _CHANGES_IN.search(reading.low[: named.start]):
                self.amending = named.refid
        if not any(child.kind == "list" for child in node.children):
            return None
        return reading_lead(reading) or lead


def texts_of(node: Node) -> Iterator[Node]:
    """The nodes of a section or article that references are read from, in the order of the text."""
    for child in node.children:
        if child.kind in ("note", "footnote", "heading", "gazette_note", "image", "new_heading", "caption"):
            continue
        if child.kind in _READ_KINDS and child.text:
            yield child
        yield from texts_of(child)


def source_text(document: Document, source: Address) -> str | None:
    """The text in which the positions of a reference count: the ledd's or item's own words.

    In an annexed treaty the source is the article, and its text is that of its ledd and items, one line each. None
    where the document has no such place.
    """
    for node in document.body.walk():
        if node.address == source and node.kind in (*_READ_KINDS, "section"):
            if node.kind != "section":
                return node.text
            if not source.path[-1].startswith("§"):
                return "\n".join(other.text for other in texts_of(node))
    return None


def reading_lead(reading: TextReader) -> ActRef | None:
    """The act that a list takes from its lead: only where the lead ends in it, or speaks of "the following" of that act."""
    text = reading.text.rstrip()
    end = len(text.rstrip(": "))
    for act in reversed(reading.acts):
        rest = text[act.end : end].strip(" ,:")
        if act.kind in ("own", "bare"):
            return None
        if text.endswith(":") and "." not in rest and "§" not in rest and _LEAD_NOUN.search(reading.low[: act.start]):
            return act
        if rest and not re.fullmatch(r"(?:§§?|kapit+el|kap\.?|sine?|om|av)", rest, re.IGNORECASE):
            return None
        before = reading.low[max(0, act.start - 25) : act.start]
        return None if re.search(r"(?:etter|med hjemmel i|i medhold av)\s*$", before) and not rest else act
    return None


def references_in(
    text: str, index: Index, *, act: str, source: Address | None = None, amended: dt.date | None = None
) -> list[Reference]:
    """The references of one text that stands in *act*, for amendments and searches.

    Args:
        text: the words; positions count in them.
        index: the loaded acts.
        act: refid of the act that "denne loven" means here; it need not be loaded.
        source: where the text stands, for relative references ("første ledd"); the act itself by default.
        amended: when the text was last changed, which decides between acts that bore one name in turn.
    """
    where = source if source is not None else Address(act)
    place = Place(act, index.get(act), where)
    place.amended = amended
    if place.act is not None and where.section is not None:
        place.provision = place.act.section(where.section)
        place.steps = where.path[len(where.section_address.path) :]
    return TextReader(reader_of(index), text, place).read()


def find_references(document: Document, index: Index) -> list[Reference]:
    """The references of one document, in the order of the text.

    Read from the words alone; Lovdata's links are not looked at. Pure: the same document and index give the same rows.
    """
    return DocumentReader(reader_of(index), document).read()


def documents_naming(documents: Iterable[Document], index: Index, refid: str) -> Iterator[Document]:
    """Of *documents*, those that can refer to an act: its own, and those whose text holds one of its names or its date."""
    names = index.names
    words = {literal for literal, found in names.literal.items() if any(c.target.startswith(refid) for c in found)}
    words |= {short for short, target in names.abbreviations.items() if target == refid}
    stems = sorted({re.sub(r"lov(?:en|a|ens|as|i)?$", "lov", word) for word in words}, key=len)
    shortest = [word for place, word in enumerate(stems) if not any(other in word for other in stems[:place])]
    year, month, day = refid.split("/")[1].split("-")[:3]
    date = re.compile(
        rf"\b0?{int(day)}\.?\s(?:{'|'.join(m for m, n in g.MONTHS.items() if n == int(month))})\w*\.?\s{year}"
    )
    for document in documents:
        if document.refid == refid or any(
            _names(node.text.lower(), shortest, date) for node in texts_of(document.body)
        ):
            yield document


def _names(text: str, words: list[str], date: re.Pattern[str]) -> bool:
    return any(word in text for word in words) or date.search(text) is not None


def reader_of(index: Index) -> Reader:
    """The reader of an index, made once."""
    reader = index.__dict__.get("_reader")
    if reader is None:
        reader = Reader(index)
        index.__dict__["_reader"] = reader
    return reader
