"""Finds the amending part in a document of any length, and says what was taken and what was passed over."""

from __future__ import annotations

import re

from msgspec import Struct

from lovdata_ingest.proposals.block import Block, Message
from lovdata_ingest.proposals.lead import (
    is_chapter_heading,
    is_commencement,
    is_lead,
    is_opening,
    roman_part,
    section_heading,
)

_TITLE = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:"
    r"(?:(?:Departementets|Komiteens|Komiteen\ssitt|Utvalgets)\s)?(?:lov)?(?:Forslag|Utkast|Framlegg|Vedtak|Lovvedtak|Lovforslag|Innstilling)\stil\s"
    r"(?:lov|lovvedtak|lovendring(?:er|ar)?|lovtekst|ny\slovtekst|endring(?:er|ar)?\si)\b"
    r"|(?:Midlertidig\s)?Lov(?:vedtak)?\som\sendring(?:er|ar)?\s(?:i|av)\b"
    r"|Lovforslag(?:et)?$|Lovutkast(?:et)?$)",
    re.IGNORECASE | re.VERBOSE,
)
_TOC = re.compile(r"(?:\.\s?){4,}|\t\d+$|\s\d{1,3}$")
_END = re.compile(
    r"(?:Vedlegg(?:\s\d+|\s?:|$)|Merknad(?:er|ar)?\s(?:til|frå|fra)|Til\s(?:§|lovforslag|endring|kapittel|punkt|del\s)|Spesielle\smerknad|Fotnoter?$|Noter$|"
    r"Litteratur|Kildeliste|Oslo,|Tilråding|Vi\sHARALD|Høringsfrist|Økonomiske\sog\sadministrative|Referanser|Publisert|Skriv\sut|Relatert|Tema$|"
    r"Jump\sto|Kontakt|Last\sned|Del\sdenne|Stortinget\sblir\sbedt|Administrative\sog)",
    re.IGNORECASE,
)  # fmt: skip
_NUMBERED_TITLE = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-ZÆØÅ][^.:;§]{3,90}$")
_FREE = re.compile(
    r"(?=.*§)(?=.*\b(?:foresl[åo]\w*|bør|tilrår|går\sinn\sfor)\b)(?=.*\b(?:endres|endrast|strykes|strykast|oppheves|opphevast|tilføyes|tas\sinn|tas\sut|"
    r"utgår|ny(?:tt)?\s(?:ledd|punktum|bokstav|paragraf|§)|(?:første|andre|annet|tredje)\sledd|byttes|bytast|flyttes|endring)\b)",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip


class Part(Struct, frozen=True):
    """A run of blocks, ``start`` to before ``end``, that amends acts; ``title`` is the heading above it."""

    start: int
    end: int
    title: str


def find_parts(blocks: list[Block], *, whole: bool = False) -> tuple[list[Part], list[Message]]:
    """Find the amending parts of a document.

    A part opens at the words that name an act (``I lov … gjøres følgende endringer:``) or at a title (``Forslag til
    lov om endringer i …``) that instructions follow, and runs to the next heading that is not part of the law text.
    Where no act is named anywhere, runs of instructions are taken. Instructions that the discussion quotes outside
    the part are passed over and counted in a message. *whole*: the file is nothing but amendments (a gazette page).
    """
    openings = [i for i, b in enumerate(blocks) if is_opening(_full(b))]
    titles = [i for i, b in enumerate(blocks) if _is_title(b)]
    leads = [i for i, b in enumerate(blocks) if is_lead(_full(b))]
    starts: list[int] = []
    for index in titles:
        following = [i for i in (*openings, *leads) if index < i <= index + 25]
        if following and not any(_stops(blocks, i) for i in range(index + 1, min(following))):
            starts.append(index)
    starts.extend(openings if openings else () if starts else leads)
    parts: list[Part] = []
    for start in sorted(set(starts)):
        if parts and start < parts[-1].end:
            continue
        end = _end(blocks, start)
        first, title = start, ""
        if _is_title(blocks[start]):
            title = blocks[start].text
        else:
            while first and roman_part(blocks[first - 1].text):
                first -= 1
            back = next((i for i in range(first - 1, max(-1, first - 12), -1) if _is_title(blocks[i])), None)
            title = blocks[back].text if back is not None else ""
        if any(first <= i < end for i in leads):
            parts.append(Part(first, end, title))
    parts, messages = _without_twins(blocks, parts)
    return parts, messages + _told(blocks, parts, leads)


def _full(block: Block) -> str:
    return f"{block.label} {block.text}" if block.label and block.label[0].isdigit() else block.text


def _is_title(block: Block) -> bool:
    return (
        len(block.text) < 400
        and bool(_TITLE.match(block.text))
        and not _TOC.search(block.text)
        and not is_lead(block.text)
    )


def _is_law(block: Block) -> bool:
    text = _full(block)
    return bool(roman_part(text) or section_heading(text) or is_chapter_heading(text) or is_lead(text)
                or is_commencement(text) or re.match(r"(?:Ikrafttred|Ikraftset|Overgangs|Iverksett|Rettelse)", text))  # fmt: skip


def _stops(blocks: list[Block], index: int) -> bool:
    """Whether the block is a heading or a sign that the law text is over."""
    block = blocks[index]
    text = _full(block)
    if _is_law(block):
        return False
    marked = block.hint == "heading" or bool(_END.match(text)) or bool(_NUMBERED_TITLE.match(text))
    if not marked:
        return False
    before = blocks[index - 1] if index else None
    if before is not None and (before.text.endswith("lyde:") or _bare_section(before)) and not _END.match(text):
        return False  # the heading of the section, set on a line of its own
    following = list(blocks[index + 1 : index + 3])
    near = any(
        is_opening(_full(b)) or roman_part(b.text) or (is_lead(_full(b)) and block.hint == "heading") for b in following
    )
    return not (near or _is_title(block))


def _bare_section(block: Block) -> bool:
    found = section_heading(block.text)
    return found is not None and not found[1]


def _end(blocks: list[Block], start: int) -> int:
    return next((i for i in range(start + 1, len(blocks)) if _stops(blocks, i)), len(blocks))


def _without_twins(blocks: list[Block], parts: list[Part]) -> tuple[list[Part], list[Message]]:
    """Drop a part whose instructions a later part repeats word for word."""
    kept: list[Part] = []
    messages: list[Message] = []
    leads = [{b.text for b in blocks[p.start : p.end] if is_lead(_full(b))} for p in parts]
    texts = [{b.text for b in blocks[p.start : p.end]} for p in parts]
    for index, part in enumerate(parts):
        later = set().union(*texts[index + 1 :]) if index + 1 < len(parts) else set()
        if leads[index] and later and len(texts[index] & later) >= 0.95 * len(texts[index]):
            place = blocks[part.start].place
            messages.append(Message("skipped", "Samme lovtekst står også senere i dokumentet; den siste er brukt.",
                                    "The same law text stands again later in the document; the last one was used.", place))  # fmt: skip
        else:
            kept.append(part)
    return kept, messages


def _told(blocks: list[Block], parts: list[Part], leads: list[int]) -> list[Message]:
    messages = []
    for part in parts:
        first, last = blocks[part.start], blocks[part.end - 1]
        count = sum(part.start <= i < part.end and not is_opening(_full(blocks[i])) for i in leads)
        title = f" «{part.title}»" if part.title else ""
        messages.append(Message(
            "taken",
            f"Lest som endringsdel{title}: {first.place.words() or 'fra starten'} til {last.place.words() or 'slutten'}, "
            f"{count} instrukser.",
            f"Read as the amending part{title}: {first.place.words('en') or 'from the start'} to "
            f"{last.place.words('en') or 'the end'}, {count} instructions.",
            first.place))  # fmt: skip
    outside = [i for i in leads if not any(p.start <= i < p.end for p in parts)]
    if outside:
        where = "; ".join(blocks[i].place.words() for i in outside[:5])
        where_en = "; ".join(blocks[i].place.words("en") for i in outside[:5])
        messages.append(Message(
            "skipped",
            f"{len(outside)} instrukser er sitert utenfor endringsdelen og ikke tatt med ({where}).",
            f"{len(outside)} instructions are quoted outside the amending part and were not taken ({where_en}).",
            blocks[outside[0]].place))  # fmt: skip
    for index, block in enumerate(blocks):
        inside = any(p.start <= index < p.end for p in parts)
        if (
            (inside or not parts)
            and block.hint != "heading"
            and not is_lead(_full(block))
            and _FREE.match(block.text[:500])
        ):
            messages.append(Message(
                "problem",
                "En instruks i fri prosa er ikke tolket; skriv den i lovform, for eksempel «§ 5 andre ledd oppheves.»",
                "An instruction in free prose was not parsed; write it in statutory form, for example “§ 5 andre ledd "
                "oppheves.”", block.place))  # fmt: skip
    return messages
