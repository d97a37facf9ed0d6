"""What a lead orders, in both written standards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lovdata_ingest.amendments.prose import expand, read_lead, tokens
from tests.amendments.law import lead, ledd, new_section, orders, places, read

LEADS = [
    ("§ 2 første ledd skal lyde:", [("change", ["§2/ledd/1"])]),
    ("§ 2 fyrste ledd skal lyde:", [("change", ["§2/ledd/1"])]),
    ("§ 2 A-1 annet ledd tredje punktum skal lyde:", [("change", ["§2A-1/ledd/2/setning/3"])]),
    ("§ 2 nytt tredje ledd skal lyde:", [("add", ["§2/ledd/3"])]),
    ("§ 2 fjerde og nytt femte ledd skal lyde:", [("change", ["§2/ledd/4"]), ("add", ["§2/ledd/5"])]),
    ("§ 2 nytt annet til fjerde ledd skal lyde:", [("add", [f"§2/ledd/{n}"]) for n in (2, 3, 4)]),
    ("§ 2 første ledd bokstav h og ny bokstav i skal lyde:",
     [("change", ["§2/ledd/1/bokstav/h"]), ("add", ["§2/ledd/1/bokstav/i"])]),
    ("§ 2 nr. 3 andre ledd skal lyde:", [("change", ["§2/nummer/3/ledd/2"])]),
    ("I § 2 skal nytt tredje ledd lyde:", [("add", ["§2/ledd/3"])]),
    ("Ny § 2 a skal lyde:", [("add", ["§2a"])]),
    ("Nytt tredje punktum i § 10-4 nr. 1 skal lyde:", [("add", ["§10-4/nummer/1/setning/3"])]),
    ("§ 2 overskriften skal lyde:", [("rename", ["§2/overskrift"])]),
    ("§ 2 tredje ledd oppheves.", [("repeal", ["§2/ledd/3"])]),
    ("§ 2 tredje ledd blir oppheva.", [("repeal", ["§2/ledd/3"])]),
    ("§§ 4 og 5 oppheves.", [("repeal", ["§4", "§5"])]),
    ("§ 4 bokstav b og § 5 oppheves.", [("repeal", ["§4/bokstav/b", "§5"])]),
    ("§ 2 tredje og femte ledd oppheves. Fjerde ledd blir tredje ledd.",
     [("repeal", ["§2/ledd/3", "§2/ledd/5"]), ("move", ["§2/ledd/4 > §2/ledd/3"])]),
    ("Noverande § 4 vert ny § 5.", [("move", ["§4 > §5"])]),
    ("Nåværende § 6 blir § 7, og andre ledd skal lyde:",
     [("move", ["§6 > §7"]), ("change", ["§7/ledd/2"])]),
    ("§ 19 i skal lyde:", [("change", ["§19i"])]),
    ("Ny § 30 i kapittel VI skal lyde:", [("add", ["§30"])]),
    ("I § 4 skal «sti» erstattes med «vei».", [("replace_words", ["§4"])]),
    ("I § 4 annet ledd utgår ordet «likevel».", [("replace_words", ["§4/ledd/2"])]),
    ("Punktumet etter «stien» i § 4 bokstav c fjernes.", [("replace_words", ["§4/bokstav/c"])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LEADS, ids=[text for text, _ in LEADS])
def test_a_lead_orders_what_it_says(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert orders(lead(text)) == expected


def test_a_sentence_of_the_law_orders_nothing() -> None:
    assert read_lead("Eieren skal holde stien åpen, jf. § 2 første ledd.") is None


def test_a_section_is_carried_over_to_the_next_lead() -> None:
    found = orders(
        lead("§ 2 nytt annet ledd skal lyde:"), ledd("Stien merkes."), lead("Nåværende annet ledd blir tredje ledd.")
    )
    assert found == [("add", ["§2/ledd/2"]), ("move", ["§2/ledd/2 > §2/ledd/3"])]


def test_skal_lyde_on_a_place_that_the_act_vacates_is_an_addition() -> None:
    found = orders(
        lead("§ 2 første ledd skal lyde:"), ledd("Stien merkes."), lead("Nåværende første ledd blir annet ledd.")
    )
    assert found[0] == ("add", ["§2/ledd/1"])


def test_skal_lyde_on_a_place_that_closes_up_is_a_change_of_the_old_number() -> None:
    amendment = read(
        lead("§ 2 annet ledd oppheves."),
        lead("§ 2 fjerde ledd skal lyde:"),
        ledd("Stien merkes."),
        lead("Nåværende tredje og fjerde ledd blir annet og tredje ledd."),
    )
    change = next(o for o in amendment.operations() if o.action == "change")
    assert (places(change), change.before_move) == (["§2/ledd/4"], True)


def test_text_goes_to_the_place_that_the_lead_names() -> None:
    amendment = read(lead("§ 2 første og annet ledd skal lyde:"), ledd("Først."), ledd("Så."))
    assert [[n.text for n in o.content] for o in amendment.operations()] == [["Først."], ["Så."]]


def test_too_little_text_is_a_doubt() -> None:
    amendment = read(lead("§ 2 første, annet og tredje ledd skal lyde:"), ledd("Først."), ledd("Så."))
    assert any("3 places, 2 blocks" in doubt for o in amendment.operations() for doubt in o.doubts)


def test_the_next_act_inside_a_new_section_is_no_text_of_it() -> None:
    amendment = read(
        lead("§ 2 skal lyde:"),
        new_section(
            "2", "Merking", "Eieren merker stien.", "2. I lov 3. mars 2000 nr. 3 om broer gjøres følgende endringer:"
        ),
        lead("§ 9 oppheves."),
    )
    assert [(o.act, o.action) for o in amendment.operations()] == [
        ("lov/2001-01-01-1", "change"),
        ("lov/2000-03-03-3", "repeal"),
    ]


def test_what_looks_like_an_instruction_and_is_not_understood_is_reported_and_ends_the_text_before() -> None:
    amendment = read(
        lead("§ 2 annet ledd skal lyde:"),
        ledd("Stien merkes."),
        lead("Bestemmelsen i kapittel fire om grinder skal deretter lyde:"),
        ledd("Grinda lukkes."),
    )
    change = next(iter(amendment.operations()))
    assert [n.text for n in change.content] == ["Stien merkes."]
    assert amendment.unread or len(list(amendment.operations())) > 1


def test_a_clause_on_commencement_is_no_instruction() -> None:
    assert read(lead("§ 9 oppheves.")).commencement == (("II", "Loven trer i kraft straks."),)


@pytest.mark.parametrize(("first", "last", "between"), [
    ("2", "4", ["3", "4"]), ("17-2", "17-4", ["17-3", "17-4"]), ("26m", "26o", ["26n", "26o"]), ("a", "c", ["b", "c"]),
    ("14", "14b", ["14a", "14b"]), ("4", "2", None),
])  # fmt: skip
def test_a_range_is_counted(first: str, last: str, between: list[str] | None) -> None:
    assert expand(first, last) == between


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    assert all(
        text[t.start : t.end].startswith(t.text.rstrip(")")[:1]) or t.kind in ("number", "letter", "roman")
        for t in tokens(text)
    )


@given(st.text(alphabet="§ 12abnyleddetpunkt.,:«»ogblirskalye", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_lead(text)
