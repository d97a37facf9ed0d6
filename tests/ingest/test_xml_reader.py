from __future__ import annotations

import pytest

from lovdata_ingest.check import squeeze, texts
from lovdata_ingest.xml_reader import NotADocumentError, item_step, read_xml
from tests.conftest import act, act_xml, list_xml, section_xml


def test_a_section_gives_one_ledd_per_paragraph() -> None:
    law = act(section_xml("2 A-1", "Eieren skal merke stien.", "Kommunen fører tilsyn."))
    (section,) = law.sections()
    assert (section.name, section.designation, section.title) == ("§2A-1", "§ 2 A-1", "Merking")
    assert [str(ledd.address) for ledd in section.ledd] == [f"lov/2001-01-01-1/§2A-1/ledd/{n}" for n in (1, 2)]


def test_a_numbered_ledd_counts_as_a_ledd_and_its_number_is_no_part_of_its_text() -> None:
    law = act(
        "<article class='legalArticle' data-lovdata-URL='NL/lov/2001-01-01-1/§3' data-name='§3'>"
        "<article class='numberedLegalP' data-numerator='1'>(1) Eieren <a href='lov/2001-01-01-1/§2'>§ 2</a> , skal rydde.</article>"
        "<article class='legalP'>Kommunen fører tilsyn.</article></article>"
    )
    first, second = next(law.sections()).ledd
    assert (first.label, first.text) == ("(1)", "Eieren § 2, skal rydde.")
    assert [first.text[link.start : link.end] for link in first.links] == ["§ 2"]
    assert second.address is not None
    assert second.address.ledd == 2


def test_items_of_nested_lists_have_addresses_and_the_sentence_goes_on_after_them() -> None:
    inner = list_xml(("1.", "skilt,"), ("2.", "varder,"))
    law = act(section_xml("4", f"Eieren skal sette opp {list_xml(('a.', f'merker: {inner}'), ('b.', 'gjerder'))}"
                          "<p class='leddfortsettelse'>der det trengs.</p>"))  # fmt: skip
    items = [(str(n.address).removeprefix("lov/2001-01-01-1/"), n.text) for n in law.body.of("item", "continuation")]
    assert items == [
        ("§4/ledd/1/bokstav/a", "merker:"),
        ("§4/ledd/1/bokstav/a/nummer/1", "skilt,"),
        ("§4/ledd/1/bokstav/a/nummer/2", "varder,"),
        ("§4/ledd/1/bokstav/b", "gjerder"),
        ("§4/ledd/1", "der det trengs."),
    ]


def test_a_list_directly_under_a_section_belongs_to_the_section() -> None:
    law = act("<article class='legalArticle' data-lovdata-URL='NL/lov/2001-01-01-1/§5' data-name='§5'>"
              f"{list_xml(('1.', 'Eieren rydder.'), ('2.', 'Kommunen betaler.'))}</article>")  # fmt: skip
    assert [str(item.address) for item in law.body.of("item")] == [f"lov/2001-01-01-1/§5/nummer/{n}" for n in (1, 2)]


def test_footnote_marks_leave_the_text_and_keep_their_place() -> None:
    law = act(section_xml("6", "Eieren<sup class='footnotereference'>1</sup> rydder."
                          "<footer class='footnotes'><article class='footnote' data-name='1'>"
                          "<span class='footnoteLabel'>1</span> Se § 2.</article></footer>"))  # fmt: skip
    (ledd,) = next(law.sections()).ledd
    assert (ledd.text, [(m.position, m.sign) for m in ledd.marks]) == ("Eieren rydder.", [(6, "1")])
    assert [(n.label, n.text) for n in law.body.of("footnote")] == [("1", "Se § 2.")]


def test_headings_of_any_depth_are_read() -> None:
    for tag in ("h2", "h3", "h4", "h5", "h6", "div"):
        law = act("<article class='legalArticle' data-lovdata-URL='NL/lov/2001-01-01-1/§7' data-name='§7'>"
                  f"<{tag} class='legalArticleHeader'><span class='legalArticleValue'>§ 7</span>. "
                  f"<span class='legalArticleTitle'>Gjerder</span></{tag}></article>")  # fmt: skip
        assert next(law.sections()).title == "Gjerder"


def test_no_character_is_lost_in_the_oddest_place() -> None:
    body = (
        "løse ord<section class='section' data-name='kapI' data-lovdata-URL='NL/lov/2001-01-01-1/KAPITTEL_1'>"
        "<h2>Kapittel I. Stier<br/>og veier</h2>mellom<table><caption>Tabell</caption><tr><td>a<p>b</p>c</td></tr></table>"
        "<article class='legalP'>før <i>skrå <a href='x'>lenke</a></i>"
        + list_xml(("a.", "en"), ("-", "to"))
        + "etter <div class='indent'>inn<article class='defaultP'>rykk</article>ut</div>slutt</article>hale</section>"
    )
    law = act(body)
    assert squeeze(texts(law.body)) == squeeze([body_text(body)])


def body_text(body: str) -> str:
    from lxml import etree

    return "Lov om stier" + "".join(map(str, etree.fromstring(f"<x>{body}</x>").itertext()))


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("a.", "bokstav/a"),
        ("2)", "nummer/2"),
        ("–", None),
        ("", None),
        ("«6.", "nummer/6"),
        ("1.2.", "nummer/1.2"),
        ("ii.", "bokstav/ii"),
    ],
)
def test_an_item_is_addressed_by_its_label(label: str, step: str | None) -> None:
    assert item_step(label) == step


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html><body>", "not well-formed"),
        (b"<html><body><p>Hei</p></body></html>", "main.documentBody"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "entities"),
        (act_xml("", refid="tull"), "no refid"),
    ],
)
def test_a_file_that_is_no_document_is_refused_with_its_name(data: bytes, words: str) -> None:
    from lovdata_ingest.errors import LovdataError

    with pytest.raises(LovdataError, match=words) as caught:
        read_xml(data, name="nl-feil")
    assert "nl-feil" in str(caught.value)


def test_not_a_document_is_one_of_our_errors() -> None:
    with pytest.raises(NotADocumentError):
        read_xml(b"<x/>", name="x")
