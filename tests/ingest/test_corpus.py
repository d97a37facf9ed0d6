from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from lovdata_ingest.acts import UnknownAct
from lovdata_ingest.corpus import Corpus, NoSuchProvision, NotLoaded, load, source_paths
from lovdata_ingest.sources import SourceError
from tests.conftest import act_xml, section_xml


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "cache"))


def archive(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w:bz2") as tar:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


STI = act_xml(section_xml("2 b", "Eieren skal merke stien.", "Kommunen fører tilsyn.") + section_xml("2A-1", "Vei."))
NYNORSK = STI.replace(b"Eieren skal merke stien.", b"Eigaren skal merkje stien og ikkje vegen.")
GAZETTE = STI.replace(b"NL/lov/2001-01-01-1</dd>", b"LTI/lov/2001-01-01-1</dd>")
OTHER = act_xml("<p>x</p>" + section_xml("1", "Vei."), refid="lov/2002-02-02-2", short_title="Veiloven")


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    return archive(
        tmp_path / "gjeldende-lover.tar.bz2", ("nl/nl-20010101-001.xml", STI), ("nl/nl-20020202-002.xml", OTHER)
    )


def first_words(corpus: Corpus, refid: str = "lov/2001-01-01-1", **options: object) -> str:
    return next(corpus.get(refid, **options).body.of("ledd")).text  # type: ignore[arg-type]


def test_a_second_load_reads_the_cache_and_gives_the_same(acts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(load([acts]).documents())
    monkeypatch.setattr("lovdata_ingest.corpus.read_documents", lambda *_, **__: pytest.fail("read anew"))
    assert list(load([acts]).documents()) == first


def test_without_a_cache_the_documents_are_the_same(acts: Path, tmp_path: Path) -> None:
    kept = list(load([acts]).documents())
    assert list(load([acts], cache=False).documents()) == kept


def test_a_touched_archive_is_not_read_anew(acts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load([acts])
    os.utime(acts, (1, 1))
    monkeypatch.setattr("lovdata_ingest.corpus.read_documents", lambda *_, **__: pytest.fail("read anew"))
    assert len(load([acts])) == 2


def test_two_processes_fill_the_same_cache(acts: Path) -> None:
    assert [entry.refid for entry in load([acts], processes=2).entries] == ["lov/2001-01-01-1", "lov/2002-02-02-2"]


def test_a_folder_of_documents_is_kept_until_one_changes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xml").write_bytes(STI)
    assert first_words(load([folder])) == "Eieren skal merke stien."
    (folder / "a.xml").write_bytes(STI.replace(b"merke", b"rydde"))
    assert first_words(load([folder])) == "Eieren skal rydde stien."


def test_a_folder_of_archives_stands_for_them(acts: Path, tmp_path: Path) -> None:
    assert source_paths([tmp_path]) == (acts,)
    (tmp_path / "a.xml").write_bytes(STI)
    assert source_paths([tmp_path]) == (acts, tmp_path)
    assert len(load([tmp_path])) == 2


def test_a_source_named_later_takes_the_place_of_one_named_before(acts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.xml"
    own.write_bytes(STI.replace(b"merke", b"rydde"))
    assert first_words(load([acts, own])) == "Eieren skal rydde stien."
    assert first_words(load([own, acts])) == "Eieren skal merke stien."


def test_an_act_in_two_standards_keeps_both(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.tar.bz2", ("nl/nl-1.xml", STI), ("nl/nl-1-nn.xml", NYNORSK))
    corpus = load([path])
    assert len(corpus) == 2
    assert first_words(corpus).startswith("Eieren")
    assert first_words(corpus, language="nn").startswith("Eigaren")


def test_the_consolidated_text_comes_before_the_gazette(acts: Path, tmp_path: Path) -> None:
    gazette = archive(tmp_path / "lovtidend-avd1-2001.tar.bz2", ("lti/2001/a.xml", GAZETTE.replace(b"merke", b"rydde")))
    corpus = load([gazette, acts])
    assert first_words(corpus) == "Eieren skal merke stien."
    assert first_words(corpus, gazette=True) == "Eieren skal rydde stien."
    assert [document.refid for document in corpus.gazette()] == ["lov/2001-01-01-1"]
    assert [document.refid for document in corpus.consolidated()] == ["lov/2001-01-01-1", "lov/2002-02-02-2"]


def test_the_gazette_waits_until_it_is_asked_for(acts: Path, tmp_path: Path) -> None:
    gazette = archive(tmp_path / "lovtidend-avd1-2001.tar.bz2", ("lti/2001/a.xml", GAZETTE))
    read: list[str] = []
    corpus = load([gazette, acts], progress=lambda path: read.append(path.name))
    corpus.get("lov/2001-01-01-1")
    list(corpus.consolidated())
    assert read == [acts.name]
    assert len(corpus) == 3
    assert read == [acts.name, gazette.name]


def test_regulations_wait_until_a_name_is_found_nowhere_else(acts: Path, tmp_path: Path) -> None:
    rule = OTHER.replace(b"lov/2002-02-02-2", b"forskrift/2003-03-03-3").replace(b"Veiloven", b"Veiforskriften")
    rules = archive(tmp_path / "gjeldende-sentrale-forskrifter.tar.bz2", ("sf/a.xml", rule))
    gazette = archive(tmp_path / "lovtidend-avd1-2001.tar.bz2", ("lti/2001/a.xml", GAZETTE))
    read: list[str] = []
    corpus = load([gazette, rules, acts], progress=lambda path: read.append(path.name))
    assert corpus.match("stiloven").refid == "lov/2001-01-01-1"
    assert read == [acts.name]
    assert corpus.match("veiforskriften").refid == "forskrift/2003-03-03-3"
    assert read == [acts.name, rules.name]
    assert len(list(corpus.consolidated())) == 3
    assert read == [acts.name, rules.name]


def test_a_gazette_alone_is_read_at_once(tmp_path: Path) -> None:
    gazette = archive(tmp_path / "lovtidend-avd1-2001.tar.bz2", ("lti/2001/a.xml", GAZETTE))
    assert load([gazette]).get("lov/2001-01-01-1").short_title == "Stiloven"


def test_sources_are_those_named_then_the_environment_then_what_was_fetched(
    acts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source_paths() == ()
    assert not load().has_text
    fetched = tmp_path / "cache" / "lovdata"
    fetched.mkdir(parents=True)
    archive(fetched / "gjeldende-lover.tar.bz2", ("nl/a.xml", OTHER))
    assert [entry.refid for entry in load().entries] == ["lov/2002-02-02-2"]
    monkeypatch.setenv("PLIKTGRAF_LOVDATA", f"{acts}{os.pathsep}{fetched}")
    assert source_paths() == (acts, fetched / "gjeldende-lover.tar.bz2")
    own = tmp_path / "own.xml"
    own.write_bytes(STI)
    assert source_paths([own]) == (own,)


def test_acts_that_are_asked_for_must_be_loaded(acts: Path) -> None:
    load([acts], acts=["stil", "Veiloven"])
    with pytest.raises(NotLoaded, match="gjeldende-lover"):
        load([acts], acts=["bhl"])
    with pytest.raises(UnknownAct, match="Stiloven"):
        load([acts], acts=["stilovn"])


def test_without_data_the_way_to_it_is_told() -> None:
    with pytest.raises(NotLoaded, match="pliktgraf fetch"):
        load().get("lov/2001-01-01-1")


def test_the_arguments_of_a_command_choose_documents(acts: Path) -> None:
    corpus = load([acts])
    assert [one.refid for one in corpus.chosen(["veiloven", "stil", "VEILOVA"])] == [
        "lov/2002-02-02-2",
        "lov/2001-01-01-1",
    ]
    assert len(corpus.chosen(everything=True)) == 2
    assert corpus.chosen() == ()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("stil § 2 b", "lov/2001-01-01-1/§2b"),
        ("stilova § 2 B andre ledd", "lov/2001-01-01-1/§2b/ledd/2"),
        ("stil § 2A-1", "lov/2001-01-01-1/§2A-1"),
        ("stil § 2 b første ledd første punktum", "lov/2001-01-01-1/§2b/ledd/1/setning/1"),
        ("veiloven", "lov/2002-02-02-2"),
    ],
)
def test_a_provision_is_found_as_people_write_it(words: str, address: str, acts: Path) -> None:
    assert [str(one) for one in load([acts]).find(words).addresses] == [address]


def test_a_provision_that_is_none_is_answered_with_its_neighbours(acts: Path) -> None:
    with pytest.raises(NoSuchProvision) as caught:
        load([acts]).find("stil § 2 c")
    assert [str(one) for one in caught.value.nearest] == ["lov/2001-01-01-1/§2b"]


def test_a_number_that_a_section_bore_before_leads_to_it(tmp_path: Path) -> None:
    note = "<article class='changesToParent'>Endret ved lov 4 mai 2001 nr. 18 (ikr. 1 jan 2002, tidligere § 8 a).</article>"
    law = section_xml("9", "Eieren rydder stien.").replace("</article></article>", f"</article>{note}</article>")
    (tmp_path / "a.xml").write_bytes(act_xml(law))
    found = load([tmp_path / "a.xml"]).find("stil § 8 a")
    assert [str(one) for one in found.addresses] == ["lov/2001-01-01-1/§9"]
    assert found.succession is not None
    assert found.succession.explain() == "lov/2001-01-01-1/§8a fikk nytt nummer: lov/2001-01-01-1/§9 2002-01-01"


def test_a_source_that_holds_nothing_is_an_error_and_not_the_snapshot(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"")
    with pytest.raises(SourceError, match="no document could be read"):
        load([tmp_path / "a.xml"])
