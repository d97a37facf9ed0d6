from __future__ import annotations

import json
from pathlib import Path

import pytest

from lovdata_ingest.corpus import Corpus, load
from lovdata_ingest.search import SearchError, as_json, fold_word, match_expression, search
from tests.conftest import act_xml, section_xml

NOTE = "<article class='changesToParent'>Endret ved lov 4 mai 2001 nr. 18.</article>"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "law"
    folder.mkdir()
    nb = section_xml(
        "1", "Barnevernstjenesten skal samarbeide med skolen.", "Eieren av en sti merker den.", title="Samarbeid"
    )
    nb += section_xml("2", "Eieren rydder stien. " * 30 + "Kommunen melder fra.", title="Rydding").replace(
        "</article></article>", f"</article>{NOTE}</article>"
    )
    nn = section_xml("1", "Barnevernstenesta skal samarbeide med skulen.", title="Samarbeid", refid="lov/2002-02-02-2")
    (folder / "a.xml").write_bytes(act_xml(nb))
    (folder / "b.xml").write_bytes(act_xml(nn, refid="lov/2002-02-02-2", short_title="Skulelova"))
    gazette = section_xml("1", "Barnevernstjenesten skal samarbeide med skolen.", refid="lov/2000-01-01-3")
    (folder / "c.xml").write_bytes(
        act_xml(gazette, refid="lov/2000-01-01-3").replace(b"NL/lov/2000-01-01-3</dd>", b"LTI/lov/2000-01-01-3</dd>")
    )
    return load([folder])


def addresses(corpus: Corpus, query: str, **options: object) -> list[str]:
    return [str(hit.address) for hit in search(corpus, query, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query", ["barnevernstjenesten skole", "barnevernstenesta skulen", "Skolens BARNEVERNSTJENESTE"]
)
def test_either_written_standard_finds_both(corpus: Corpus, query: str) -> None:
    assert set(addresses(corpus, query)) == {
        "lov/2001-01-01-1/§1/ledd/1", "lov/2002-02-02-2/§1/ledd/1", "lov/2000-01-01-3/§1/ledd/1",
    }  # fmt: skip


def test_the_law_as_it_stands_comes_before_the_gazette(corpus: Corpus) -> None:
    hits = search(corpus, "barnevernstjenesten").hits
    assert [hit.gazette for hit in hits] == [False, False, True]


def test_all_words_must_stand_in_one_place(corpus: Corpus) -> None:
    assert addresses(corpus, "eieren merker", acts=["lov/2001-01-01-1"]) == ["lov/2001-01-01-1/§1/ledd/2"]


def test_where_no_place_has_all_words_some_are_given_and_it_is_said(corpus: Corpus) -> None:
    results = search(corpus, "rydder fjell")
    assert results.some_words
    assert "lov/2001-01-01-1/§2/ledd/1" in [str(hit.address) for hit in results.hits]


def test_a_phrase_must_stand_as_it_is(corpus: Corpus) -> None:
    assert addresses(corpus, '"kommunen melder"', acts=["lov/2001-01-01-1"]) == ["lov/2001-01-01-1/§2/ledd/1"]
    assert addresses(corpus, '"melder kommunen"') == []


def test_a_beginning_finds_compounds(corpus: Corpus) -> None:
    assert "lov/2002-02-02-2/§1/ledd/1" in addresses(corpus, "barnevern*")
    assert addresses(corpus, "barnevern") == []


def test_headings_count(corpus: Corpus) -> None:
    assert addresses(corpus, "rydding", acts=["lov/2001-01-01-1"])[0] == "lov/2001-01-01-1/§2/ledd/1"


def test_notes_are_searched(corpus: Corpus) -> None:
    (hit,) = search(corpus, '"4 mai 2001"', acts=["lov/2001-01-01-1"]).hits
    assert str(hit.address) == "lov/2001-01-01-1/§2"
    assert "4 mai 2001" in hit.snippet


def test_the_snippet_is_around_the_words_and_marks_them(corpus: Corpus) -> None:
    (hit,) = search(corpus, "kommunen melder", acts=["lov/2001-01-01-1"]).hits
    assert [hit.snippet[start:end] for start, end in hit.matches] == ["Kommunen", "melder"]
    assert hit.snippet.startswith("… ")
    assert len(hit.snippet) < 200


def test_the_number_of_hits_is_limited(corpus: Corpus) -> None:
    assert len(addresses(corpus, "skal", limit=2)) == 2


def test_signs_of_the_query_language_are_only_words(corpus: Corpus) -> None:
    for query in ['AND "', "sti OR", "NEAR(sti, 2)", "text:sti", "sti^2", "§ 1", "a'b"]:
        search(corpus, query)


@pytest.mark.parametrize("query", ["", "  ", "§", '""', "*"])
def test_a_query_without_words_is_refused(query: str) -> None:
    with pytest.raises(SearchError, match="ingen ord å søke etter"):
        match_expression(query)


def test_the_index_is_built_once(corpus: Corpus) -> None:
    built: list[Path] = []
    search(corpus, "sti", progress=built.append)
    search(corpus, "sti", progress=built.append)
    assert len(built) == 1


def test_results_as_json_have_printed_addresses(corpus: Corpus) -> None:
    data = json.loads(as_json(search(corpus, "barnevernstjenesten", limit=1)))
    assert data["hits"][0]["address"] in ("lov/2001-01-01-1/§1/ledd/1", "lov/2002-02-02-2/§1/ledd/1")
    assert data["some_words"] is False


@pytest.mark.parametrize(
    ("one", "other"),
    [("tjenester", "tenesta"), ("skolen", "skulane"), ("opplysninger", "opplysningar"), ("taushetsplikten", "teieplikta"),
     ("virksomhet", "verksemda"), ("hjem", "heimen")],
)  # fmt: skip
def test_words_of_the_two_standards_fold_to_one(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)
