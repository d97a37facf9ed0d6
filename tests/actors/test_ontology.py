from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from duties.actors import ActorError, Ontology, covers, load_ontology, parse_ontology
from duties.declension import decline
from lovdata_ingest.errors import LovdataError

GUIDELINE = Path(__file__).parents[2] / ".." / "shared" / "gold" / "guideline.md"

SMALL = """
spelling:
  - [stitjenest, stitenest]
sectors: [general]
governments: [municipal, none]
actors:
  - id: kommune
    names: {nb: kommunen, en: municipality}
    sector: general
    government: municipal
    words: [kommune/c]
  - id: stivakt
    names: {nb: stivakten, en: path guard}
    sector: general
    government: municipal
    is_a: [kommune]
    words: [stivakt/c, stitjeneste/c]
"""


def small(yaml: str = SMALL, nouns: str = "") -> Ontology:
    return parse_ontology(yaml, nouns, file="small.yaml")


def test_every_id_of_the_guideline_is_an_actor_and_no_other():
    if not GUIDELINE.exists():
        pytest.skip(f"{GUIDELINE} is not here")
    table = GUIDELINE.read_text(encoding="utf-8").split("| id | stands for")[1].split("### level")[0]
    ids = {
        found
        for line in table.splitlines()
        if line.startswith("| `")
        for found in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert len(ids) > 40
    assert set(load_ontology().actors) == ids


def test_every_actor_has_a_name_in_both_languages_for_people():
    assert [actor.id for actor in load_ontology().actors.values() if set(actor.names) != {"nb", "en"}] == []


@pytest.mark.parametrize(
    ("general", "special", "answer"),
    [
        ("tjenesteytere", "skole", True),
        ("tjenesteytere", "psykisk_helsevern", True),
        ("helse_og_omsorgstjeneste", "tannhelsetjeneste", True),
        ("offentlige_organer", "barneverntjeneste", True),
        ("skole", "skole", True),
        ("skole", "tjenesteytere", False),
        ("tjenesteytere", "person", False),
        ("tjenesteytere", "domstol", False),
        ("koordinator", "barnekoordinator", True),
        ("barnekoordinator", "koordinator", False),
    ],
)
def test_a_rule_for_the_general_actor_covers_the_special_one(general, special, answer):
    assert covers(general, special) is answer


def test_what_an_actor_covers_is_covered_by_it_one_by_one():
    ontology = load_ontology()
    for general in ontology.actors:
        assert all(ontology.covers(general, special) for special in ontology.covered(general))
        assert ontology.covered(general)[0] == general


def test_an_unknown_id_is_an_error_that_names_the_ids_there_are():
    with pytest.raises(ActorError, match=r"skulen: no such id; the ids are kommune"):
        covers("tjenesteytere", "skulen")


def test_the_body_that_answers_for_a_service_comes_first():
    assert load_ontology().responsible("barneverntjeneste")[0] == "kommune"
    assert load_ontology().responsible("kommune") == ()


@pytest.mark.parametrize(
    ("lemma", "declension", "forms"),
    [
        ("tjeneste", "c", {"tjeneste", "tjenesten", "tjenesta", "tjenester", "tjenestene", "tjenestane"}),
        ("nemnd", "c", {"nemnd", "nemnda", "nemnden", "nemnder", "nemndene"}),
        ("kontor", "n", {"kontor", "kontoret", "kontorer", "kontorene", "kontora"}),
        ("senter", "r", {"senter", "senteret", "sentre", "sentrene", "sentra"}),
        ("lærer", "a", {"lærer", "læreren", "lærere", "lærerne", "lærar", "læraren", "lærarar", "lærarane"}),
        ("medlem", "n", {"medlem", "medlemmet", "medlemmer", "medlemmene"}),
        ("skyldig", "j", {"skyldig", "skyldige"}),
    ],
)
def test_a_lemma_has_its_forms_in_both_standards(lemma, declension, forms):
    assert forms <= decline(lemma, declension).keys()


def test_words_are_known_with_genitive_and_in_the_other_spelling():
    forms = small().forms
    assert forms["kommunens"] == "kommune"
    assert forms["stitenesta"] == forms["stitenestas"] == "stivakt"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("sector: general", "sektor: general"), r"sektor"),
        (("    sector: general\n", ""), r"missing required field 'sector'"),
        (("government: municipal", "government: royal"), r"government 'royal' \(allowed: municipal, none\)"),
        (("is_a: [kommune]", "is_a: [komune]"), r"is_a names 'komune', which is no id"),
        (("id: stivakt", "id: kommune"), r"actor 'kommune': id stands twice"),
        (("[stivakt/c, stitjeneste/c]", "[stivakt/c, kommune/c]"), r"word 'kommune/c' stands already under 'kommune'"),
        (("[stivakt/c, stitjeneste/c]", "[stivakt/q]"), r"word 'stivakt/q' is not a lemma with a declension"),
        (("[stivakt/c, stitjeneste/c]", "[no]"), r"Expected 'str', got 'bool'"),
        (("is_a: [kommune]", "is_a: [stivakt]"), r"is_a leads back to it"),
        (("    is_a: [kommune]", "    is_a: [kommune]\n    is_a: [kommune]"), r"the key 'is_a' stands twice"),
    ],
)
def test_a_fault_in_the_ontology_is_named(change, message):
    with pytest.raises(LovdataError, match=message):
        small(SMALL.replace(*change, 1))


def test_several_faults_are_reported_together():
    broken = SMALL.replace("sector: general", "sector: sea", 1).replace("is_a: [kommune]", "is_a: [komune]")
    with pytest.raises(ActorError) as error:
        small(broken)
    assert len(error.value.faults) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("vakt/c\tbody\tkommune", "expected noun, kind, id and count"),
        ("vakt/c\tbeing\tkommune\t1", r"kind 'being' \(allowed: body"),
        ("vakt/c\tbody\tnowhere\t1", r"'nowhere' is no id"),
        ("vakt/c\tthing\tkommune\t1", r"a thing has '-'"),
        ("vakt/c\tbody\tkommune\t1\nvakt/c\tbody\tkommune\t2", "stands already in line 1"),
    ],
)
def test_a_fault_in_the_table_of_nouns_is_named_with_its_line(line, message):
    with pytest.raises(ActorError, match=message):
        small(nouns=line)


def test_the_table_of_nouns_was_reviewed_and_counted():
    rows = [
        line.split("\t")
        for line in (resources.files("data") / "actor_nouns.tsv").read_text(encoding="utf-8").splitlines()
    ]
    counts = [int(row[3]) for row in rows if len(row) == 4 and row[3].isdigit()]
    assert len(counts) > 1000
    assert sum(counts) > 30_000
