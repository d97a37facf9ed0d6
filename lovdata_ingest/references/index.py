"""What the resolver knows of the loaded acts: which provisions exist, which are repealed, what the acts are called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from lovdata_ingest.address import Address, roman
from lovdata_ingest.model import Document, Node

if TYPE_CHECKING:
    from lovdata_ingest.references.names import Names

_REPEALED = re.compile(r"[(\[—–-]*\s*(?:§+[^.]{0,20}\.?\s*)?\(?(?:opp?hevet|oppheva|opphæv)", re.IGNORECASE)
_NOTE_YEAR = re.compile(r"(\d{1,2})\.? (jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)\w*\.? (\d{4})", re.IGNORECASE)
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr mai jun jul aug sep okt nov des".split(), 1)}


class Provision:
    """A section (or annexed article) of a loaded act."""

    __slots__ = ("_paths", "address", "chapter", "node", "repealed")

    def __init__(self, address: Address, node: Node, repealed: bool, chapter: Address | None) -> None:
        self.address = address
        self.node = node
        self.repealed = repealed
        self.chapter = chapter
        self._paths: dict[tuple[str, ...], str] | None = None

    @property
    def paths(self) -> dict[tuple[str, ...], str]:
        """Steps below the section (lower case) to the text there; sentences are counted in the text."""
        if self._paths is None:
            cut = len(self.address.path)
            self._paths = {}
            for node in self.node.walk():
                if node.address is not None and node.kind in ("ledd", "item", "paragraph"):
                    key = tuple(step.lower() for step in node.address.path[cut:])
                    self._paths.setdefault(key, node.text)
        return self._paths

    @property
    def ledd_count(self) -> int:
        """How many ledd the section has."""
        return sum(1 for path in self.paths if len(path) == 1 and path[0].startswith("ledd/"))

    def actual(self, steps: tuple[str, ...]) -> tuple[str, ...] | None:
        """The real path that *steps* means, None when there is no such place.

        ``bokstav/b`` means the first ledd that has such a letter; sentences are left out, for they are no places of
        their own.
        """
        wanted = tuple(step.lower() for step in steps if not step.startswith(("setning/", "straffalternativ/")))
        if not wanted or wanted in self.paths:
            return wanted
        found = [path for path in self.paths if _subsequence(wanted, path)]
        if found:
            return found[0]
        return self._labelled(wanted) if wanted[0].startswith("nummer/") else None

    def _labelled(self, wanted: tuple[str, ...]) -> tuple[str, ...] | None:
        """Of a section whose ledd are numbered "3.": "§ 17 nr. 3" means the ledd of that label."""
        label = wanted[0].partition("/")[2]
        for ledd in self.node.ledd:
            if ledd.label.strip("().") == label and ledd.address is not None:
                return self.actual((ledd.address.path[-1], *wanted[1:]))
        return None


def _subsequence(wanted: tuple[str, ...], path: tuple[str, ...]) -> bool:
    if wanted[0].startswith("ledd/") and wanted[0] not in path:
        return False
    rest = iter(path)
    return path[-1] == wanted[-1] and all(step in rest for step in wanted)


class Act:
    """What is known of one loaded act or regulation."""

    __slots__ = (
        "abbreviations",
        "annex_chapters",
        "annexes",
        "chapters",
        "date",
        "in_force",
        "language",
        "numbers_hyphened",
        "order",
        "parts",
        "refid",
        "sections",
        "short_titles",
        "title",
    )  # fmt: skip

    def __init__(self, document: Document) -> None:
        header = document.header
        self.refid = header.refid
        self.title = header.title
        self.short_titles = header.short_titles
        self.abbreviations = header.abbreviations
        self.language = document.language
        self.date = act_date(header.refid)
        self.in_force = min((c.date for c in header.in_force if c.date and "opphev" not in c.words), default=None)
        self.sections: dict[str, Provision] = {}
        self.chapters: dict[str, Address] = {}
        self.parts: dict[str, Address] = {}
        self.annexes: dict[str, dict[str, Provision]] = {}
        self.annex_chapters: dict[str, dict[str, Address]] = {}
        self._walk(document.body, None, "")
        self.order = {number: place for place, number in enumerate(self.sections)}
        self.numbers_hyphened = sum("-" in number for number in self.sections) * 2 > len(self.sections)

    def _walk(self, node: Node, chapter: Address | None, annex: str) -> None:
        for child in node.children:
            if child.kind == "division":
                inner, inside = chapter, annex
                if child.address is not None and child.address.path and _ANNEX.fullmatch(child.address.path[-1]):
                    inside, inner = "/".join(child.address.path), None
                chapters = self.annex_chapters.setdefault(inside, {}) if inside else self.chapters
                if child.address is not None and len(child.address.path) >= 1:
                    step = child.address.path[-1]
                    if step.startswith("kap"):
                        chapters.setdefault(number_key(step[3:]), child.address)
                        inner = child.address
                    elif step.startswith("del"):
                        self.parts.setdefault(number_key(step[3:]), child.address)
                    else:
                        designation = _CHAPTER_DESIGNATION.match(child.designation)
                        if designation:
                            chapters.setdefault(number_key(designation[1]), child.address)
                            inner = child.address
                self._walk(child, inner, inside)
            elif child.kind == "section":
                if child.address is not None and child.address.path:
                    self._add(child, child.address, chapter)
            elif child.kind in ("paragraph", "list"):
                self._walk(child, chapter, annex)

    def _add(self, node: Node, address: Address, chapter: Address | None) -> None:
        step = address.path[-1]
        provision = Provision(address, node, _is_repealed(node), chapter)
        if step.startswith("§"):
            number = step.lstrip("§").lower()
            if "til" in number and step.startswith("§§"):  # "§§ 14 til 91": one line for many repealed sections
                first, _, last = number.partition("til")
                if first.isdigit() and last.isdigit():
                    for value in range(int(first), int(last) + 1):
                        self.sections.setdefault(str(value), provision)
            self.sections.setdefault(number, provision)
        else:
            annex = "/".join(address.path[:-1])
            self.annexes.setdefault(annex, {}).setdefault(step.lstrip("a").lower(), provision)

    def section(self, number: str) -> Provision | None:
        """The section of that number (``3-4``, ``7a``; case ignored), None when there is none."""
        return self.sections.get(number.lower())


_ANNEX = re.compile(r"(?!kap|del|KAPITTEL|§)[a-zæøå]+\d*[a-z]?|p\d+")
_CHAPTER_DESIGNATION = re.compile(r"(?:kapit+e?l|kap\.?)\s+([\divxlc]+(?:\s?[a-z])?)$", re.IGNORECASE)


def number_key(text: str) -> str:
    """One form for chapter and part numbers: ``II A`` and ``2a`` give ``2a``."""
    text = text.replace(" ", "").replace(".", "")
    match = re.fullmatch(r"([IVXLC]+)([A-Za-z]?)", text.upper())
    if match:
        value = roman(match[1])
        if value:
            return f"{value}{match[2].lower()}"
    return text.lower()


def act_date(refid: str) -> dt.date:
    """The date in a refid; 1 January of the year where the day does not exist."""
    parts = refid.split("/")[1].split("-")
    try:
        return dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return dt.date(max(1, int(parts[0])), 1, 1)


def _is_repealed(node: Node) -> bool:
    if node.attribute("data-repealeddate"):
        return True
    for child in node.children:
        if child.kind in ("ledd", "item", "list") and child.text and not _REPEALED.match(child.text):
            return False
        if child.kind == "list" and child.children:
            return False
    texts = [child.text for child in node.children if child.kind in ("ledd", "paragraph", "note") and child.text]
    return bool(texts) and bool(_REPEALED.match(texts[0]))


def last_amended(section: Node, enacted: dt.date) -> dt.date:
    """The newest date of an act that the section's notes of amendment name; *enacted* where they name none."""
    newest = enacted
    for note in section.notes:
        for match in _NOTE_YEAR.finditer(note.text):
            try:
                date = dt.date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
            except (ValueError, KeyError):
                continue
            newest = max(newest, date)
    return newest


class Index:
    """The loaded acts, by refid. Cheap to build; names are compiled when they are first asked for."""

    def __init__(self, documents: Iterable[Document], *, at: dt.date | None = None) -> None:
        self.acts: dict[str, Act] = {}
        newest = dt.date(1814, 5, 17)
        for document in documents:
            self.acts.setdefault(document.refid, Act(document))
            if at is None and document.header.last_change_in_force:
                newest = max(newest, document.header.last_change_in_force)
        self.at = at or newest

    def get(self, refid: str) -> Act | None:
        """The act, None when it is not loaded."""
        return self.acts.get(refid)

    def __iter__(self) -> Iterator[Act]:
        return iter(self.acts.values())

    def in_force(self, act: Act) -> bool:
        """Whether the act had begun to apply at the date of the data."""
        return act.in_force is not None and act.in_force <= self.at

    @cached_property
    def names(self) -> Names:
        """The names of the loaded acts and of the reviewed table, compiled."""
        from lovdata_ingest.references.names import Names

        return Names(self)

    @cached_property
    def by_date(self) -> dict[str, list[str]]:
        """Refids by kind and date (``lov/1967-02-10``)."""
        table: dict[str, list[str]] = {}
        for refid in self.acts:
            kind, _, rest = refid.partition("/")
            table.setdefault(f"{kind}/{rest[:10]}", []).append(refid)
        return table


def build_index(documents: Iterable[Document], *, at: dt.date | None = None) -> Index:
    """Index the loaded documents. *at* is the date of the data; by default the newest change in force among the documents."""
    return Index(documents, at=at)
