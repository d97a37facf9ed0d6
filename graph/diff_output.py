"""Writes comparisons and drafts as JSON, web page, Markdown and Word files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import msgspec

from graph.proposed import Compared
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from lovdata_ingest.amendments.draft import Draft
    from lovdata_ingest.corpus import Corpus

Lang = Literal["nb", "en"]


def written(found: Compared, format: str, *, redline: bool = False, shorten: bool = False, lang: str = "nb") -> bytes:
    """The comparison in *format*: ``json``, ``html``, ``md`` or ``docx``.

    Raises:
        LovdataError: for a redline of several acts, or in another format than Word's.
    """
    from graph import lovspeil

    language = cast(Lang, lang)
    if redline and format != "docx":
        raise LovdataError("--redline gir en Word-fil: bruk den sammen med --format docx")
    match format:
        case "json":
            return msgspec.json.encode(found.diff) + b"\n"
        case "html":
            return lovspeil.lovspeil_html(found.diff, shorten=shorten, lang=language).encode()
        case "md":
            return lovspeil.lovspeil_markdown(found.diff, shorten=shorten, lang=language).encode()
        case _ if redline:
            return _redline(found)
        case _:
            return lovspeil.lovspeil_docx(found.diff, shorten=shorten, lang=language)


def _redline(found: Compared) -> bytes:
    from graph.lovspeil import redline_docx

    changed = {change.refid: change for change in found.diff.acts}
    pairs = [(a, b) for a, b in zip(found.carried.before, found.carried.after, strict=True) if b.refid in changed]
    if not pairs:
        raise LovdataError("ingen av de innlastede lovene endres; det er ingenting å vise som sporede endringer")
    return redline_docx([(before, after, changed[after.refid]) for before, after in pairs])


def editable(act: str, corpus: Corpus, format: str) -> bytes:
    """The text of an act to edit: plain text, or a Word file."""
    from lovdata_ingest.act_text import write_act

    document = _act(act, corpus)
    if format == "docx":
        from lovdata_ingest.plain_text import units_of

        return _paragraphs([(style, text) for unit in units_of(document) for style, _, text in unit.lines])
    return write_act(document).encode()


def _act(words: str, corpus: Corpus) -> Document:
    path = Path(words)
    if path.is_file() and path.suffix.lower() not in (".xml", ".html", ".htm"):
        return _text_act(path, corpus)
    if path.is_file():
        from lovdata_ingest.sources import read_documents

        documents = list(read_documents([path]))
        if len(documents) != 1:
            raise LovdataError(f"{path}: holder {len(documents)} dokumenter; oppgi én lov")
        return documents[0]
    if not corpus.has_text:
        raise LovdataError(
            "'pliktgraf draft' trenger lovteksten. Kjør 'pliktgraf fetch', eller oppgi en kilde med --source PATH"
        )
    return corpus.get(corpus.match(words).refid, gazette=False)


def _text_act(path: Path, corpus: Corpus) -> Document:
    """An act from a text or Word file: the loaded act of the same title lends refid and form, where there is one."""
    from lovdata_ingest.act_text import read_act
    from lovdata_ingest.address import Address
    from lovdata_ingest.model import Header, Node
    from lovdata_ingest.proposals import read_blocks

    _, blocks, _ = read_blocks(path)
    lines = [f"{block.label} {block.text}".strip() for block in blocks]
    title = lines[0] if lines else ""
    known = next((e.refid for e in corpus.entries if not e.gazette and title in (e.title, *e.short_titles)), None)
    if known is not None:
        return read_act(lines, corpus.get(known, gazette=False))
    refid = "lov/9999-01-01-2"
    skeleton = Document(path.stem, Header(refid, title=title), Node("body", Address(refid)))
    document = read_act(lines, skeleton)
    if not any(True for _ in document.sections()):
        raise LovdataError(f"{path}: fant ingen paragrafer; ventet teksten av en hel lov, tittelen på første linje")
    return document


def drafted(old: str, new: Path, corpus: Corpus, *, reading: str = "accepted") -> Draft:
    """The amending act that turns the act *old* into the edited text in the file *new*.

    Raises:
        LovdataError: if either cannot be read, or *new* is the text of another act.
    """
    from lovdata_ingest.act_text import read_act
    from lovdata_ingest.amendments.draft import draft
    from lovdata_ingest.proposals import read_blocks

    base = _act(old, corpus)
    if new.suffix.lower() == ".xml":
        edited = _act(str(new), corpus)
    else:
        _, blocks, _ = read_blocks(new, reading=reading)
        edited = read_act([f"{block.label} {block.text}".strip() for block in blocks], base)
    if edited.refid != base.refid:
        raise LovdataError(f"{new} er {edited.refid}, ikke {base.refid}")
    if not any(True for _ in edited.sections()):
        raise LovdataError(f"{new}: fant ingen paragrafer. Ventet hele loven med endringene skrevet inn; "
                           f"'pliktgraf draft {old}' gir teksten å redigere")  # fmt: skip
    return draft(base, edited)


def draft_written(made: Draft, format: str) -> bytes:
    """The amending act as text, Word file or JSON."""
    if format == "json":
        rows: list[dict[str, Any]] = [
            {"lead": i.lead, "text": [t for style, t in made.lines_of(i) if style != "lead"], "section": i.section}
            for i in made.instructions
        ]
        return msgspec.json.encode({
            "refid": made.refid, "title": made.title, "instructions": rows, "exact": made.exact,
            "undrafted": made.undrafted, "text": made.text(),
        }) + b"\n"  # fmt: skip
    if format == "docx":
        return _paragraphs(made.lines())
    return made.text().encode()


def _paragraphs(lines: list[tuple[str, str]]) -> bytes:
    from io import BytesIO

    import docx

    document = docx.Document()
    styles = {"title": "Title", "chapter": "Heading 1", "section": "Heading 2"}
    for style, text in lines:
        document.add_paragraph(text, style=styles.get(style))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
