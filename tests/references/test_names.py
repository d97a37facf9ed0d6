"""The reviewed table of names, and the forms that a name takes in a text."""

from __future__ import annotations

import pytest

from lovdata_ingest.address import parse_address
from lovdata_ingest.references.names import fold, literals, load_names, stem_of

TABLE = load_names()


def test_every_entry_of_the_table_has_an_address_and_a_name() -> None:
    for act in TABLE.historical:
        assert parse_address(act.act).path == ()
        assert act.names
        if act.successor:
            assert parse_address(act.successor).act != act.act
    for alias in (*TABLE.aliases, *TABLE.regulations):
        assert parse_address(alias.target)
        assert alias.names


def test_no_act_stands_twice_and_no_name_twice_in_an_entry() -> None:
    acts = [act.act for act in TABLE.historical]
    assert len(acts) == len(set(acts))
    for act in TABLE.historical:
        assert len(act.names) == len(set(act.names))


def test_a_former_act_ended_after_it_was_given() -> None:
    assert [act.act for act in TABLE.historical if act.until and str(act.until) < act.act.split("/")[1][:10]] == []


SAME = [
    ("helse- og omsorgstjenesteloven", "helse- og omsorgstenestelova"),
    ("markedsføringsloven", "marknadsføringslova"),
    ("domstolloven", "domstolsloven"),
    ("regnskapsloven", "rekneskapslova"),
    ("tvangsfullbyrdelsesloven", "tvangsfullføringslova"),
    ("forurensningsloven", "forureiningslova"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_both_standards_fold_to_one(one: str, other: str) -> None:
    assert fold(stem_of(one)) == fold(stem_of(other))


def test_different_acts_do_not_fold_to_one() -> None:
    assert fold(stem_of("barnehageloven")) != fold(stem_of("barneloven"))
    assert fold(stem_of("aksjeloven")) != fold(stem_of("allmennaksjeloven"))


def test_a_name_stands_in_both_endings_and_in_the_genitive() -> None:
    assert {"stiloven", "stilova", "stilovens", "stilovas", "stilov"} <= set(literals("Stiloven"))
