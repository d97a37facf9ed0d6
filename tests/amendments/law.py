"""Invented acts for the tests of amendments: a law on paths, amending acts, and a decision that puts one into force."""

from __future__ import annotations

from lovdata_ingest.amendments.instruction import Amendment, Operation
from lovdata_ingest.amendments.names import Names
from lovdata_ingest.amendments.parse import parse_amendment
from lovdata_ingest.model import Document
from lovdata_ingest.xml_reader import read_xml

PATHS = "lov/2001-01-01-1"

_PAGE = """<html><head><title>x</title></head><body><header class="documentHeader"><dl>
<dt>RefID</dt><dd class="refid">{refid}</dd><dt>Tittel</dt><dd class="title">{title}</dd>{fields}</dl></header>
<main class="documentBody" data-lovdata-URL="NL/{refid}"><h1>{title}</h1>{body}</main></body></html>"""


def document(refid: str, title: str, body: str, *, short: str = "", force: str = "", fields: str = "") -> Document:
    """A document in Lovdata's XML."""
    more = fields
    if short:
        more += f'<dt>Korttittel</dt><dd class="titleShort">{short}</dd>'
    if force:
        more += f'<dt>I kraft</dt><dd class="dateInForce">{force}</dd>'
    page = _PAGE.format(refid=refid, title=title, body=body, fields=more)
    return read_xml(page.encode(), name=refid.replace("/", "-"))


def section(number: str, title: str, *ledd: str) -> str:
    """A section as the consolidated act prints it; a ledd may hold its own markup."""
    inner = "".join(f'<article class="legalP">{text}</article>' for text in ledd)
    return (
        f'<article class="legalArticle" data-name="§{number.replace(" ", "")}" '
        f'data-lovdata-URL="NL/{PATHS}/§{number.replace(" ", "")}"><h3 class="legalArticleHeader">'
        f'<span class="legalArticleValue">§ {number}</span>. <span class="legalArticleTitle">{title}</span></h3>{inner}</article>'
    )


def items(*texts: str) -> str:
    """A lettered list."""
    rows = "".join(
        f'<li data-name="{letter}."><article class="listArticle"><article class="legalP">{text}</article></article></li>'
        for letter, text in zip("abcdefgh", texts, strict=False)
    )
    return f'<ol type="a">{rows}</ol>'


def paths(*sections: str) -> Document:
    """The act on paths."""
    return document(PATHS, "Lov om stier (stiloven)", "".join(sections), short="Stiloven – stil", force="2001-02-01")


def lead(text: str) -> str:
    return f'<article class="defaultP">{text}</article>'


def ledd(text: str) -> str:
    return f'<article class="legalP">{text}</article>'


def new_section(number: str, title: str, *texts: str) -> str:
    """A section that an amending act writes."""
    inner = "".join(ledd(text) for text in texts)
    name = number.replace(" ", "")
    return (
        f'<article class="futureLegalArticle" data-name="§{name}"><span class="futureLegalArticleHeader">'
        f"§ {number}. {title}</span>{inner}</article>"
    )


def amending(
    *blocks: str,
    refid: str = "lov/2002-02-02-2",
    title: str = "Lov om endringer i stiloven",
    act: str = "",
    part: str = "I",
    last: str = "Loven trer i kraft straks.",
    force: str = "2002-02-02",
) -> Document:
    """An amending act: one part with *blocks*, and a closing part on commencement."""
    opening = act or "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"
    body = (
        f'<section class="section" data-name="kap{part}"><h2>{part}</h2>{lead(opening)}{"".join(blocks)}</section>'
        f'<section class="section" data-name="kapII"><h2>II</h2>{ledd(last)}</section>'
    )
    return document(refid, title, body, force=force)


def names(*known: Document) -> Names:
    """Names of acts, learnt from *known*."""
    table = Names()
    table.learn(known, in_force=True)
    return table


def read(*blocks: str) -> Amendment:
    """An amending act of *blocks*, read."""
    return parse_amendment(amending(*blocks), names(paths()))


def orders(*blocks: str) -> list[tuple[str, list[str]]]:
    """Actions and places of an amending act of *blocks*, without the name of the act."""
    return [(o.action, places(o)) for o in read(*blocks).operations()]


def places(operation: Operation) -> list[str]:
    """Places of an operation, moves as "from > to", without the name of the act."""
    own = [str(t).removeprefix(PATHS + "/") for t in operation.targets]
    return own + [
        f"{str(a).removeprefix(PATHS + '/')} > {str(b).removeprefix(PATHS + '/')}" for a, b in operation.moves
    ]


def texts(act: Document, number: str) -> list[str]:
    """The ledd of a section, items after their letter."""
    found = next(s for s in act.sections() if s.name == "§" + number)
    rows = []
    for part in found.ledd:
        words = [part.text]
        for node in part.children:
            for each in node.walk():
                if each.text:
                    words.append(f"{each.name} {each.text}" if each.kind == "item" else each.text)
        rows.append(" ".join(words))
    return rows
