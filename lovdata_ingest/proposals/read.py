"""Reads a proposal from any kind of file that a drafter has, by what the file is, not only by its name."""

from __future__ import annotations

from pathlib import Path

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.language import score
from lovdata_ingest.model import Document
from lovdata_ingest.proposals.block import Block, Message, Place, Proposal
from lovdata_ingest.proposals.find_part import find_parts
from lovdata_ingest.proposals.lay_out import lay_out
from lovdata_ingest.proposals.lead import is_lead, is_opening

KINDS = ".xml, .html, .docx, .pdf, .md or .txt"


def read_blocks(path: Path, *, reading: str = "accepted") -> tuple[str, list[Block], list[Message]]:
    """The title (empty when the file names none), all blocks and what must be said about the reading of *path*.

    Raises:
        LovdataError: if the file is missing, empty, of another kind, damaged or a scan.
    """
    data = _bytes(path)
    suffix = path.suffix.lower()
    if data.startswith(b"%PDF"):
        from lovdata_ingest.proposals.pdf_reader import read_pdf

        return "", *read_pdf(path)
    if data.startswith(b"PK\x03\x04"):
        from lovdata_ingest.proposals.docx_reader import read_docx

        return "", *read_docx(path, "original" if reading == "original" else "accepted")
    if data.startswith(b"\xd0\xcf\x11\xe0") or suffix in (".doc", ".odt", ".rtf", ".docx", ".pdf"):
        raise LovdataError(
            f"{path}: not a file that can be read (expected {KINDS}); save it as .docx, or paste the text "
            "into a .txt file"
        )
    if suffix in (".html", ".htm", ".xhtml", ".xml") or data.lstrip()[:200].lower().startswith(
        (b"<!doctype html", b"<html", b"<main")
    ):
        from lovdata_ingest.proposals.html_reader import read_html

        return *read_html(data), []
    from lovdata_ingest.proposals.text_reader import read_text

    return "", read_text(_decoded(data, path), markdown=suffix in (".md", ".markdown")), []


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise LovdataError(f"{path}: a folder; name the files ({KINDS})")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise LovdataError(f"{path}: no such file; expected a proposal ({KINDS})") from error
    if not data.strip():
        raise LovdataError(f"{path}: the file is empty; expected a proposal ({KINDS})")
    return data


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise LovdataError(f"{path}: not a text file (expected {KINDS})")


def read_proposal(path: Path, *, reading: str = "accepted", number: int = 1) -> Proposal:
    """Read one proposal.

    Args:
        path: the file.
        reading: ``accepted`` or ``original``: how tracked changes in a Word file are read.
        number: distinguishes proposals of one run; it goes into the invented refid of a file that has none.

    Raises:
        LovdataError: if the file cannot be read, or nothing in it amends an act.
    """
    gazette = _gazette(path)
    if gazette is not None:
        taken = Message("taken", f"Lest som kunngjort lov: {gazette.header.title}",
                        f"Read as a promulgated act: {gazette.header.title}")  # fmt: skip
        return Proposal(path.name, gazette.header.title, gazette, messages=(taken,))
    title, blocks, messages = read_blocks(path, reading=reading)
    parts, found = find_parts(blocks)
    messages = [*messages, *found]
    if not parts:
        free = [m for m in messages if m.kind == "problem"]
        hint = f" {free[0].en} ({free[0].place.words('en')})" if free else ""
        raise LovdataError(
            f"{path}: no amending part found among {len(blocks)} paragraphs. Expected words such as “I lov 1. januar "
            f"2001 nr. 1 … gjøres følgende endringer:” or “§ 5 andre ledd skal lyde:”.{hint}"
        )
    taken_blocks = [block for part in parts for block in blocks[part.start : part.end]]
    titles = [part.title for part in parts if part.title]
    name = titles[-1] if titles else title or next((b.text for b in blocks if b.hint == "heading"), "")
    refid = f"lov/9999-01-01-{number}"
    document, places = lay_out(taken_blocks, refid=refid, title=name, name=path.stem, source=str(path))
    messages.extend(_mixed(taken_blocks))
    return Proposal(path.name, name, document, tuple(taken_blocks), tuple(messages), places)


def read_proposals(paths: list[Path], *, reading: str = "accepted") -> tuple[list[Proposal], list[tuple[str, str]]]:
    """Read several proposals; one that cannot be read is named with the reason and the others are read all the same."""
    proposals: list[Proposal] = []
    failed: list[tuple[str, str]] = []
    for number, path in enumerate(paths, 1):
        try:
            proposals.append(read_proposal(path, reading=reading, number=number))
        except LovdataError as error:
            failed.append((str(path), str(error)))
    return proposals, failed


def _gazette(path: Path) -> Document | None:
    """The document, when the file is one in Lovdata's XML (saved with either name)."""
    if path.suffix.lower() not in (".xml", ".html", ".htm") or not path.is_file():
        return None
    data = path.read_bytes()
    from lovdata_ingest.html_reader import is_saved_page, read_html
    from lovdata_ingest.xml_reader import NotADocumentError, read_xml

    lovdata = b"documentBody" in data and b"documentHeader" in data
    if not lovdata and not is_saved_page(data):
        return None
    try:
        read = read_xml if lovdata else read_html
        return read(data, name=path.stem, source=str(path))
    except NotADocumentError:
        if path.suffix.lower() == ".xml":
            raise
        return None


def _mixed(blocks: list[Block]) -> list[Message]:
    """A message where the text of one act, or the instructions, mix the two written standards.

    An act in nynorsk that is changed by instructions in bokmål is no mixture: each act keeps its own standard.
    """
    groups: list[list[Block]] = [[b for b in blocks if is_lead(b.text)], []]
    for block in blocks:
        if is_opening(block.text):
            groups.append([])
        elif not is_lead(block.text):
            groups[-1].append(block)
    messages = []
    for index, group in enumerate(groups):
        scored = [(block, *score(block.text)) for block in group]
        nb_blocks = [b for b, nb, nn in scored if nb >= nn + 2]
        nn_blocks = [b for b, nb, nn in scored if nn >= nb + 2]
        if nb_blocks and nn_blocks:
            few = min(nb_blocks, nn_blocks, key=len)
            what = ("instruksene", "the instructions") if index == 0 else ("lovteksten", "the law text")
            messages.append(Message(
                "problem", f"Både bokmål og nynorsk i {what[0]}; {len(few)} avsnitt skiller seg ut. Begge er tolket.",
                f"Both written standards in {what[1]}; {len(few)} paragraphs depart. Both were parsed.",
                few[0].place))  # fmt: skip
    return messages


__all__ = ["Place", "Proposal", "read_blocks", "read_proposal", "read_proposals"]
