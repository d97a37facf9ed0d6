"""Proves that reading loses nothing: every non-space character of a body in exactly one node, every id reproduced."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document, Node

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMED = frozenset(("section", "li", "legalArticle", "futureLegalArticle", "footnote"))


class Failure(Struct, frozen=True):
    """A document that could not be read, and why."""

    name: str
    error: str


class Check(Struct, frozen=True):
    """What ``pliktgraf ingest --check`` reports. Characters are non-space characters of the bodies.

    ``lost_characters`` stand in the source and in no node, ``doubled_characters`` in more nodes than places.
    ``ids_expected`` counts each ``data-lovdata-URL`` and ``data-name`` that names a part of an act.
    ``empty`` names files without a single byte, which hold no document.
    """

    documents: int
    failed: tuple[Failure, ...]
    sections: int
    ledd: int
    items: int
    characters: int
    lost_characters: int
    doubled_characters: int
    ids_expected: int
    ids_reproduced: int
    seconds: float
    empty: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing failed, nothing was lost or doubled, and all ids were reproduced."""
        return not (self.failed or self.lost_characters or self.doubled_characters) and (
            self.ids_expected == self.ids_reproduced
        )


def texts(node: Node) -> Iterator[str]:
    """The words of *node* and all below it in the order of the page: label, text with its marks, children."""
    yield node.label
    start = 0
    for mark in node.marks:
        yield node.text[start : mark.position]
        yield mark.sign
        start = mark.position
    yield node.text[start:]
    for child in node.children:
        yield from texts(child)


def squeeze(parts: Iterable[str]) -> str:
    """The non-space characters of *parts*."""
    return "".join("".join(parts).split())


def differences(source: str, tree: str) -> tuple[int, int]:
    """How many characters of *source* the tree lacks, and how many it has too many."""
    if source == tree:
        return 0, 0
    have, want = Counter(tree), Counter(source)
    lost, doubled = (want - have).total(), (have - want).total()
    return (lost, doubled) if lost or doubled else (1, 1)  # same characters in another order: something moved


def source_ids(main: _Element) -> Counter[str]:
    """The addresses and names in the markup that name a part of the act."""
    ids: Counter[str] = Counter()
    for element in main.iter("section", "article", "li"):
        kind = element.tag if element.tag != "article" else (element.get("class") or "").split(" ")[0]
        if kind in NAMED:
            for key in ("data-lovdata-URL", "data-name"):
                value = element.get(key)
                if value is not None:
                    ids[f"{kind} {key} {value}"] += 1
    return ids


_SOURCE_KIND = {
    "division": "section", "item": "li", "section": "legalArticle", "new_section": "futureLegalArticle",
    "footnote": "footnote",
}  # fmt: skip


def tree_ids(document: Document) -> Counter[str]:
    """The same ids, printed from the model."""
    ids: Counter[str] = Counter()
    for node in document.body.walk():
        kind = _SOURCE_KIND.get(node.kind)
        if kind is None:
            continue
        ids[f"{kind} data-name {node.name}"] += 1
        if node.kind == "section" and node.address is not None:
            prefix = document.header.document_id.partition("/")[0]
            ids[f"{kind} data-lovdata-URL {prefix}/{node.address}"] += 1
        elif node.kind == "division":
            ids[f"{kind} data-lovdata-URL {node.attribute('data-lovdata-URL') or ''}"] += 1
    return ids


def check(paths: Iterable[Path]) -> Check:
    """Read every document of *paths* and compare the model with the source, character by character."""
    from lovdata_ingest.html_reader import is_saved_page, read_html, saved_body
    from lovdata_ingest.sources import Unread, read_files
    from lovdata_ingest.xml_reader import parse_xml, read_xml

    started = time.perf_counter()
    failed: list[Failure] = []
    empty: list[str] = []
    kinds: Counter[str] = Counter()
    documents = characters = lost = doubled = expected = reproduced = 0

    def on_empty(file: Unread) -> None:
        nonlocal documents
        documents += 1  # a file of the archive, though it holds no words
        empty.append(file.name)

    for file in read_files(paths, on_empty=on_empty):
        documents += 1
        try:
            if is_saved_page(file.data):
                document = read_html(file.data, name=file.name, source=file.source)
                main = saved_body(file.data, name=file.name)
                want: Counter[str] = Counter()
            else:
                document = read_xml(file.data, name=file.name, source=file.source)
                main = next(parse_xml(file.data, name=file.name).iter("main"))
                want = source_ids(main)
        except LovdataError as error:
            failed.append(Failure(file.name, str(error)))
            continue
        source = squeeze(str(part) for part in main.itertext())
        characters += len(source)
        gone, twice = differences(source, squeeze(texts(document.body)))
        lost += gone
        doubled += twice
        expected += want.total()
        reproduced += (want & tree_ids(document)).total()
        kinds.update(node.kind for node in document.body.walk())
    return Check(
        documents, tuple(failed), kinds["section"], kinds["ledd"], kinds["item"], characters, lost, doubled,
        expected, reproduced, round(time.perf_counter() - started, 2), tuple(empty),
    )  # fmt: skip


def counted(paths: Iterable[Path]) -> Check:
    """Read every document of *paths* and count, without comparing with the source."""
    from lovdata_ingest.sources import Unread, read_documents

    started = time.perf_counter()
    failed: list[Failure] = []
    empty: list[str] = []

    def on_unread(file: Unread) -> None:
        if file.kind == "empty":
            empty.append(file.name)
        else:
            failed.append(Failure(file.name, file.reason))

    kinds: Counter[str] = Counter()
    documents = characters = 0
    for document in read_documents(paths, on_unread=on_unread):
        documents += 1
        characters += len(squeeze(texts(document.body)))
        kinds.update(node.kind for node in document.body.walk())
    return Check(
        documents + len(failed) + len(empty), tuple(failed), kinds["section"], kinds["ledd"], kinds["item"], characters,
        0, 0, 0, 0, round(time.perf_counter() - started, 2), tuple(empty),
    )  # fmt: skip


def described(result: Check, *, checked: bool) -> str:
    """The result in a few lines for a person."""
    lines = [
        f"{result.documents} dokumenter lest på {result.seconds} s: {result.sections} paragrafer, {result.ledd} ledd, "
        f"{result.items} listepunkter, {result.characters} tegn"
    ]
    if checked:
        lines.append(
            f"tapt: {result.lost_characters} tegn, doblet: {result.doubled_characters} tegn, "
            f"id-er gjengitt: {result.ids_reproduced} av {result.ids_expected}"
        )
    lines += [f"tom fil: {name}" for name in result.empty]
    lines += [f"ikke lest: {failure.error}" for failure in result.failed]
    return "\n".join(lines)
