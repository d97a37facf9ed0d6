from __future__ import annotations

from typing import get_args

from graph.finding import FindingType
from graph.law import duty_types
from graph.names import TYPES, actor_entry
from graph.tables import load_table

KEYS = {
    "id", "names", "group", "category", "modality", "level", "bearer", "counterpart", "only_counterpart", "text", "not", "words",
    "as", "matter", "expected", "why", "receivers",
}  # fmt: skip


def test_kinds_of_duty_have_known_keys_and_ids_of_their_own():
    entries = load_table("duty_types.yaml")["types"]
    assert [set(e) - KEYS for e in entries if set(e) - KEYS] == []
    assert len({e["id"] for e in entries}) == len(entries)


def test_what_is_expected_of_services_is_given_a_reason():
    assert [t.id for t in duty_types() if t.expected and not (t.why.nb and t.why.en)] == []


def test_actors_in_the_tables_are_actors_of_the_ontology():
    named = {a for t in load_table("duty_types.yaml")["types"] for k in ("bearer", "counterpart") for a in t.get(k, ())}
    named |= {a for s in load_table("services.yaml")["services"] for a in s["actors"]}
    assert [a for a in sorted(named) if not actor_entry(a)] == []


def test_every_type_of_the_contract_has_a_name_in_both_languages():
    assert set(get_args(FindingType)) == set(TYPES)


def test_words_alone_tell_the_kind_only_with_fields_for_the_norm():
    assert [t.id for t in duty_types() if (t.words is None) != (not t.taken_as)] == []
