"""Reads a proposal from Markdown or plain text, as it is pasted from a web page, a Word file or a PDF."""

from __future__ import annotations

import re

from lovdata_ingest.proposals.block import Block, Place
from lovdata_ingest.proposals.lines import Line, is_wrapped, paragraphs

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|§])")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}$")
_BULLET = re.compile(
    r"[*+•▪◦-]\s+(?=\(?[a-zæøå0-9]{1,3}[.)]\s)"
)  # "• a) …" and "- a) …": the mark is the list's, not the law's


def _plain(text: str) -> str:
    """The words of a line of Markdown, its marks taken away."""
    text = _LINK.sub(r"\1", text)
    previous = None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text).replace("\u00a0", " ").strip()


def _row(text: str) -> str | None:
    if not (text.startswith("|") and text.endswith("|") and len(text) > 2):
        return None
    cells = [cell.strip() for cell in text.strip("|").split("|")]
    return "" if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else "\t".join(map(_plain, cells))


def read_text(text: str, *, markdown: bool) -> list[Block]:
    """Turn *text* into blocks. Lines cut at a fixed width are joined; a line in a text without such cuts is a paragraph."""
    lines: list[Line] = []
    special: dict[int, Block] = {}
    gap = False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\f", "\n").split("\n"), 1):
        stripped = raw.replace("\u00a0", " ").strip()
        place = Place(line=number)
        if not stripped or (_RULE.match(stripped) and len(set(stripped) - {" "}) == 1):
            gap = True
            continue
        indent = (len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())) // 2
        if markdown:
            stripped = re.sub(r"^(?:>\s?)+", "", stripped)
            heading, row = _HEADING.match(stripped), _row(stripped)
            if heading:
                special[len(lines)] = Block(_plain(heading[2]), "heading", level=len(heading[1]), place=place)
            elif row is not None and row:
                special[len(lines)] = Block(row, "row", place=place)
            if heading or row is not None:
                lines.append(Line("", place, gap=True))
                gap = True
                continue
            whole = _EMPHASIS.fullmatch(stripped)
            strong = bool(whole) and stripped.startswith(("**", "__")) and "lyde" not in stripped
            stripped = _plain(_BULLET.sub("", stripped))
        else:
            strong = False
            stripped = _BULLET.sub("", stripped)
        if stripped:
            lines.append(Line(" ".join(stripped.split()), place, gap=gap, strong=strong, indent=indent))
            gap = False
    plain = [line for line in lines if line.text]
    wrapped = is_wrapped(plain)
    if wrapped:
        longest = sorted(len(line.text) for line in plain)[int(len(plain) * 0.95)]
        lines = [
            Line(
                line.text,
                line.place,
                min(1.0, len(line.text) / longest),
                line.gap,
                strong=line.strong,
                indent=line.indent,
            )
            for line in lines
        ]
    blocks: list[Block] = []
    run: list[Line] = []
    for index, line in enumerate(lines):
        if index in special:
            blocks.extend(paragraphs(run, wrapped=wrapped))
            blocks.append(special[index])
            run = []
        elif line.text:
            run.append(line)
    blocks.extend(paragraphs(run, wrapped=wrapped))
    return blocks
