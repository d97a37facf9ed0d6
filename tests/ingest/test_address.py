from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lovdata_ingest.address import Address, AddressError, parse_address, roman

NUMBERS = st.from_regex(r"[1-9]\d{0,2}( ?[A-C])?(-[1-9]\d?)?[a-h]?", fullmatch=True).map(lambda s: s.replace(" ", ""))
STEPS = st.one_of(
    NUMBERS.map(lambda n: f"§{n}"),
    st.integers(1, 99).map(lambda n: f"ledd/{n}"),
    st.sampled_from("abcdefghijklmnopqrstuvwxyzæøå").map(lambda c: f"bokstav/{c}"),
    st.integers(1, 99).map(lambda n: f"nummer/{n}"),
    st.integers(1, 9).map(lambda n: f"setning/{n}"),
    st.sampled_from(
        ["kap5", "kapII", "kap2A", "del1", "delIV", "vedleggI", "KAPITTEL_2-1", "gdpr", "eøsl", "a12", "aXXV"]
    ),
)
ADDRESSES = st.builds(
    Address,
    st.sampled_from(["lov/2005-06-17-64", "lov/1687-04-15", "forskrift/2020-12-11-2710"]),
    st.lists(STEPS, max_size=5).map(tuple),
)


@given(ADDRESSES)
def test_what_is_printed_is_read_back(address: Address) -> None:
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("lov/2005-06-17-62/§ 2-1", 17),
        ("barnehageloven § 2", 0),
        ("lov/2005-06-17-64/§2/ledd/0", 20),
        ("lov/2005-06-17-64/", 17),
        ("lov/2005-6-17-64", 0),
    ],
)
def test_an_address_that_is_none_is_refused_at_the_first_character_not_understood(text: str, position: int) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text)
    assert caught.value.position == position


def test_addresses_sort_in_the_order_of_the_law() -> None:
    numbers = ["2", "2a", "2b", "10", "10a"]
    assert sorted((Address("lov/2001-01-01-1", (f"§{n}",)) for n in reversed(numbers)), key=lambda a: a.order) == [
        Address("lov/2001-01-01-1", (f"§{n}",)) for n in numbers
    ]
    chapters = ["1-1", "2-9", "2-10", "2A-1", "2B-1", "3-1", "3-1a", "3-2"]
    assert sorted(chapters, key=lambda n: Address("lov/2001-01-01-1", (f"§{n}",)).order) == chapters


def test_the_prefix_of_where_it_was_printed_is_left_out() -> None:
    assert str(parse_address("NL/lov/2005-06-17-64/§2b")) == "lov/2005-06-17-64/§2b"


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("", None), ("A", None), ("IIII", None)],
)
def test_roman_numbers_have_values(text: str, value: int | None) -> None:
    assert roman(text) == value
