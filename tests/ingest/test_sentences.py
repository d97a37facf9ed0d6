from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lovdata_ingest.sentences import abbreviations, flows, split_sentences
from tests.conftest import act, list_xml, section_xml


@pytest.mark.parametrize(
    "sentences",
    [
        ["Eieren svarer etter § 2 a.", "Kommunen fører tilsyn."],
        ["Stien skal merkes innen 3. mai 2020, jf. § 4 nr. 2."],
        ["Gebyret er 2.500 kroner mv.", "Departementet kan endre det."],
        ["Dette gjelder skilt, varder o.l. langs stien."],
        ["Reglene i § 4 første ledd bokstav a.", "Eieren klager til kommunen."],
        ["Eigaren skal rydde stien etter § 51.", "Kommunen skal ikkje krevje gebyr."],
        ["Loven gjelder for stier m.m. som nevnt i kap. III."],
        ["Er stien stengt?", "Da skal eieren varsle."],
        ["Avgiften er 10 pst.", "Den betales forskudd."],
        ["Ordet er «sti.»", "Eieren rydder."],
        ["Kravet gjelder etter § 3.", "§ 4 gjelder tilsvarende."],
        ["Kongen, jf. Grunnloven § 3, gir forskrift i st. for departementet."],
    ],
    ids=lambda s: s[0][:25],
)
def test_sentences_end_where_a_lawyer_ends_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


@given(st.text(alphabet="abcÆØ. §(2)»«?\n", max_size=80))
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert list(spans) == sorted(spans)


def test_items_count_with_the_sentence_that_introduces_them() -> None:
    law = act(section_xml("2", "Eieren rydder. Kommunen kan kreve "
                          + list_xml(("a.", "skilt. Skiltet skal være rødt,"), ("b.", "varder")) + "Fristen er en uke."))  # fmt: skip
    (flow,) = flows(next(law.sections()))
    assert [s.number for s in flow.sentences] == [1, 2, 3]
    assert flow.sentences[1].text.splitlines() == ["Kommunen kan kreve", "skilt. Skiltet skal være rødt,", "varder"]
    assert flow.sentences[2].text == "Fristen er en uke."


def test_text_after_a_list_goes_on_the_sentence_when_it_starts_in_lower_case() -> None:
    law = act(section_xml("2", "Eieren skal " + list_xml(("a.", "rydde"), ("b.", "merke"))
                          + "<p class='leddfortsettelse'>når det trengs. Kommunen hjelper.</p>"))  # fmt: skip
    (flow,) = flows(next(law.sections()))
    assert [s.text.splitlines()[-1] for s in flow.sentences] == ["når det trengs.", "Kommunen hjelper."]


def test_a_position_in_the_flow_leads_back_to_the_node_that_holds_it() -> None:
    law = act(section_xml("2", "Eieren skal " + list_xml(("a.", "rydde stien"), ("b.", "merke"))))
    (flow,) = flows(next(law.sections()))
    node, position = flow.locate(flow.text.index("stien"))
    assert (str(node.address), node.text[position:]) == ("lov/2001-01-01-1/§2/ledd/1/bokstav/a", "stien")
    (_, _, s1), (n2, a, b) = flow.spans(0, flow.text.index("stien"))
    assert s1 == len("Eieren skal")
    assert n2.text[a:b] == "rydde "


def test_each_sentence_has_its_own_written_standard() -> None:
    law = act(section_xml("2", "Kommunen skal ikke kreve gebyr fra noen. Kommunen skal ikkje krevje gebyr frå nokon."))
    (flow,) = flows(next(law.sections()))
    assert [s.language for s in flow.sentences] == ["nb", "nn"]


def test_the_list_of_abbreviations_is_that_of_the_spacy_installed() -> None:
    from importlib.resources import files

    import yaml
    from spacy.lang.nb.tokenizer_exceptions import TOKENIZER_EXCEPTIONS as NB
    from spacy.lang.nn.tokenizer_exceptions import TOKENIZER_EXCEPTIONS as NN

    listed = set(yaml.safe_load(files("data").joinpath("abbreviations.yaml").read_text("utf-8"))["from_spacy"])
    spacys = {key.lower() for key in (*NB, *NN) if key.endswith(".") and not any(c.isspace() for c in key)}
    spacys = {key for key in spacys if any(c.isalpha() for c in key) and "°" not in key and len(key) > 2}
    assert listed == spacys
    assert "jf." in abbreviations()[0]
