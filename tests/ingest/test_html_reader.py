from __future__ import annotations

import pytest

from lovdata_ingest.check import squeeze, texts
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.html_reader import is_saved_page, read_html, saved_body
from tests.conftest import GAZETTE_1982, real

META = (
    "<table class='metaTitle'><tr><td><h1>Lov om stier.</h1></td></tr></table><table class='meta'>"
    "<tr><th>Dato</th><td id='metaField_dato'>LOV-2001-01-01-1</td></tr>"
    "<tr><th>Departement</th><td id='metaField_departement'>Stidepartementet</td></tr>"
    "<tr><th>Ikrafttredelse</th><td id='metaField_ikraft'>01.07.2001</td></tr>"
    "<tr><th>Korttittel</th><td id='metaField_korttittel'>Stiloven – stil</td></tr></table>"
)
BUTTON = "<a class='share-paragraf' href='#'><i class='ss-icon'>x</i><span class='share-paragraf-title'>Del paragraf</span></a>"


def item(label: str, words: str, level: int = 1) -> str:
    return (
        f"<table class='morTag_n listeItem avsnitt' data-level='{level}'><tr><td class='morTag_n listeitemNummer'>{label}</td>"
        f"<td>{words}</td></tr></table>"
    )


def section(number: str, *parts: str, written: bool = False) -> str:
    kind = "morTag_xp display-only paragraf" if written else "morTag_p paragraf"
    return (
        f"<a name='§{number}'></a><div class='{kind}'><span class='paragrafValue'>§ {number}.</span>"
        f"<span class='paragrafTittel'><em>(Merking)</em></span>{''.join(parts)}{BUTTON}</div>"
    )


def ledd(words: str) -> str:
    return f"<p class='morTag_a avsnitt'>{words}</p>"


def page(body: str) -> bytes:
    return f"<html><body>{META}<p>Meny</p><div id='documentBody'>{body}</div><p>Bunn</p></body></html>".encode()


def test_a_saved_page_gives_the_model_that_the_xml_gives() -> None:
    chapter = (
        "<div class='morTag_b kapittel' data-id='KAPITTEL_1' data-refid='kap1'><h2>Kap. 1. Stier</h2>"
        + section(
            "1-1",
            ledd("Eieren skal:"),
            item("1.", "rydde"),
            item("a.", "gress", 2),
            item("2.", "merke"),
            ledd("Kommunen hjelper."),
        )
        + "</div>"
    )
    law = read_html(page(chapter), name="stier")
    assert (law.refid, law.short_title, law.header.abbreviations) == ("lov/2001-01-01-1", "Stiloven", ("stil",))
    assert [str(one.date) for one in law.header.in_force] == ["2001-07-01"]
    (one,) = law.sections()
    assert (one.name, one.designation, one.title) == ("§1-1", "§ 1-1", "(Merking)")
    assert [(str(n.address).removeprefix("lov/2001-01-01-1/§1-1/"), n.text) for n in one.of("ledd", "item")] == [
        ("ledd/1", "Eieren skal:"),
        ("ledd/1/nummer/1", "rydde"),
        ("ledd/1/nummer/1/bokstav/a", "gress"),
        ("ledd/1/nummer/2", "merke"),
        ("ledd/2", "Kommunen hjelper."),
    ]


def test_a_lead_after_a_written_section_stands_beside_it_not_in_it() -> None:
    body = "<p class='morTag_am avsnitt'>§ 3 skal lyde:</p>" + section(
        "3", ledd("Eieren betaler."), "<p class='morTag_am avsnitt'>§ 4 oppheves.</p>", written=True
    )
    law = read_html(page(body), name="endring")
    assert [(node.kind, node.text) for node in law.body.children] == [
        ("paragraph", "§ 3 skal lyde:"),
        ("new_section", ""),
        ("paragraph", "§ 4 oppheves."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        section("1", ledd("a<sup class='fotnoteref'>1</sup>b <em>c</em>"), item("–", "d")),
        "<table class='numeral morTag_an avsnitt'><tr><td><span class='avsnittNummer numeral'>2.</span> e</td></tr></table>"
        + item("a.", "f"),
        "<table class='textList fotnote avsnitt'><tr><td class='fotnoteNummer'>1</td><td class='fotnote'>Note.</td></tr></table>",
        "<table><tr><th>Sats</th><td>10</td></tr></table><blockquote>g</blockquote>løst",
        "<div class='morTag_xb display-only kapittel'><h2>Nytt kapittel</h2>"
        + section("9", ledd("h"), written=True)
        + "</div>",
    ],
)
def test_no_character_of_the_body_is_lost(body: str) -> None:
    data = page(body)
    want = squeeze(str(part) for part in saved_body(data, name="x").itertext())
    assert want
    assert squeeze(texts(read_html(data, name="x").body)) == want
    assert "Del" not in want


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body>Hei</body></html>", "no date and number"),
        (f"<html><body>{META}</body></html>".encode(), "#documentBody"),
        (page("ø").replace("ø".encode(), b"\xf8"), "UTF-8"),
        (b"", "empty"),
    ],
)
def test_a_page_that_is_no_document_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(LovdataError, match=words):
        read_html(data, name="side")


def test_real_saved_pages_are_told_from_the_xml() -> None:
    from lovdata_ingest.sources import read_files

    kinds = {(file.suffix, is_saved_page(file.data)) for file in read_files([real(GAZETTE_1982)])}
    assert kinds == {(".xml", False), (".html", True)}
