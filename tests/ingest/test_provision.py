from __future__ import annotations

import pytest

from lovdata_ingest.provision import ProvisionError, read_provision


@pytest.mark.parametrize(
    ("words", "act", "path"),
    [
        ("stiloven", "stiloven", ()),
        ("stil § 2 b", "stil", ("§2b",)),
        ("stil §2b", "stil", ("§2b",)),
        ("stil § 14-12 a", "stil", ("§14-12a",)),
        ("stil § 4 A-2", "stil", ("§4A-2",)),
        ("stil § 4A-2", "stil", ("§4A-2",)),
        ("stiloven § 2 b første ledd bokstav a", "stiloven", ("§2b", "ledd/1", "bokstav/a")),
        ("stilova § 3 andre ledd nr. 4 første punktum", "stilova", ("§3", "ledd/2", "nummer/4", "setning/1")),
        ("stilova § 3 fyrste ledd", "stilova", ("§3", "ledd/1")),
        ("stil § 3 (2)", "stil", ("§3", "ledd/2")),
        ("stil § 3 ledd 2", "stil", ("§3", "ledd/2")),
        ("lov om stier og veier kapittel 2 A", "lov om stier og veier", ("kap2A",)),
        ("lov/2001-01-01-1/§2b/ledd/1", "lov/2001-01-01-1", ("§2b", "ledd/1")),
        ("NL/lov/2001-01-01-1", "lov/2001-01-01-1", ()),
    ],
)
def test_a_provision_is_read_as_people_write_it(words: str, act: str, path: tuple[str, ...]) -> None:
    assert read_provision(words) == (act, path)


@pytest.mark.parametrize(
    ("words", "rest"), [("§ 3", "§ 3"), ("stil § 3 noe mer", "noe mer"), ("stil § b", "b"), ("stil §", "")]
)
def test_what_is_not_understood_is_named(words: str, rest: str) -> None:
    with pytest.raises(ProvisionError) as caught:
        read_provision(words)
    assert caught.value.rest == rest
