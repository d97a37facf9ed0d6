"""Invented acts for the recogniser: small ones that show each form of reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lovdata_ingest.address import parse_address
from lovdata_ingest.model import Document
from lovdata_ingest.references import Index, Reference, build_index, references_in
from lovdata_ingest.xml_reader import read_xml

Reading = Callable[..., list[Reference]]


def xml(refid: str, title: str, short: str, body: str, *, in_force: str = "2002-01-01") -> bytes:
    """An invented act in Lovdata's XML."""
    return (
        "<html><body><header class='documentHeader'><dl>"
        f"<dt class='titleShort'>Korttittel</dt><dd class='titleShort'>{short}</dd>"
        f"<dt class='title'>Tittel</dt><dd class='title'>{title}</dd>"
        f"<dt class='dateInForce'>I kraft fra</dt><dd class='dateInForce'>{in_force}</dd>"
        "<dt class='lastChangeInForce'>Sist endret</dt><dd class='lastChangeInForce'>2020-01-01</dd>"
        f"<dt class='refid'>RefID</dt><dd class='refid'>{refid}</dd></dl></header>"
        f"<main class='documentBody' data-lovdata-URL='NL/{refid}'>{body}</main></body></html>"
    ).encode()


def section(refid: str, number: str, *ledd: str, note: str = "") -> str:
    """A section; a ledd that begins with ``<`` is taken as markup."""
    name = "§" + number.replace(" ", "")
    words = "".join(f"<article class='legalP'>{text}</article>" for text in ledd)
    changes = f"<article class='changesToParent'>{note}</article>" if note else ""
    return (
        f"<article class='legalArticle' data-lovdata-URL='NL/{refid}/{name}' data-name='{name}'>"
        f"<h3 class='legalArticleHeader'><span class='legalArticleValue'>§ {number}</span>.</h3>{words}{changes}</article>"
    )


def items(lead: str, *texts: str) -> str:
    """The words of a ledd with a lettered list under it."""
    letters = "abcdefgh"
    rows = "".join(
        f"<li data-name='{letters[i]}.'><article class='listArticle'><span class='data-originalId'>{letters[i]}.</span>"
        f"<article class='legalP'>{text}</article></article></li>"
        for i, text in enumerate(texts)
    )
    return f"{lead}<ul>{rows}</ul>"


def chapter(name: str, heading: str, *sections: str) -> str:
    """A chapter with its sections."""
    return f"<section class='section' data-name='{name}'><h2>{heading}</h2>{''.join(sections)}</section>"


PATHS, FORESTS, BOATS = "lov/2001-01-01-1", "lov/2001-01-01-2", "lov/2001-01-01-3"
FORESTS_OLD = "lov/1990-01-01-9"


def documents() -> list[Document]:
    """Stiloven (plain numbers), skogvokterloven (by chapter), båtlova (nynorsk), and two acts of one name."""
    paths = "".join(
        [
            chapter("kapI", "Kapittel I. Stier",
                    section(PATHS, "1", "Eieren merker stien."),
                    section(PATHS, "2", "Kommunen fører tilsyn. Den kan gi pålegg. Eieren betaler.", "Annet ledd her.", "Siste."),
                    section(PATHS, "2a", items("Eieren skal", "rydde", "merke", "varsle")),
                    section(PATHS, "3", "Ord."), section(PATHS, "4", "Ord."), section(PATHS, "5", "Ord.")),
            chapter("kapII", "Kapittel II. Tilsyn",
                    section(PATHS, "6", "Ord.", "Ord."), section(PATHS, "7", "(Opphevet)"),
                    section(PATHS, "13", "Ord."), section(PATHS, "13a", "Ord."), section(PATHS, "13b", "Ord.")),
        ]
    )  # fmt: skip
    forests = chapter(
        "kap3", "Kapittel 3. Vokterne",
        section(FORESTS, "3-1", "Ord.", "Ord."), section(FORESTS, "3-2", "Ord."), section(FORESTS, "3-3", "Ord."),
        section(FORESTS, "3-4", "Ord."), section(FORESTS, "3A-1", "Ord."),
    )  # fmt: skip
    boats = section(BOATS, "1", "Ord.") + section(BOATS, "2", "Ord.", "Ord.", "Ord.")
    old = section(FORESTS_OLD, "9", "Ord.")
    return [
        read_xml(xml(PATHS, "Lov om stier og tråkk (stiloven)", "Stiloven – stil", paths), name="nl-1"),
        read_xml(xml(FORESTS, "Lov om skogvoktertjenester (skogvoktertjenesteloven)", "Skogvoktertjenesteloven – svtl",
                     forests), name="nl-2"),
        read_xml(xml(BOATS, "Lov om båtar i vassdrag (båtlova)", "Båtlova", boats), name="nl-3"),
        read_xml(xml(FORESTS_OLD, "Lov om kongler [kongleloven]", "Kongleloven", old), name="nl-4"),
        read_xml(xml("lov/2019-06-01-7", "Lov om kongler (kongleloven)", "Kongleloven",
                     section("lov/2019-06-01-7", "1-1", "Ord."), in_force="Kongen bestemmer"), name="nl-5"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def index() -> Index:
    """The index of the invented acts."""
    return build_index(documents())


@pytest.fixture(scope="session")
def read(index: Index) -> Reading:
    """Read a text that stands in stiloven § 6 first ledd, unless told otherwise."""

    def reading(text: str, *, act: str = PATHS, source: str = f"{PATHS}/§6/ledd/1") -> list[Reference]:
        return references_in(text, index, act=act, source=parse_address(source))

    return reading
