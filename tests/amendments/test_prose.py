"""What a lead orders, in both written standards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lovdata_ingest.amendments.instruction import Amendment
from lovdata_ingest.amendments.parse import parse_amendment
from lovdata_ingest.amendments.prose import expand, read_lead, tokens
from tests.amendments.law import amending, lead, ledd, names, new_section, orders, places, read

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
    ("§ 4 annet ledd punkt 3 og 4 skal lyde:",
     [("change", ["§4/ledd/2/nummer/3"]), ("change", ["§4/ledd/2/nummer/4"])]),
    ("§ 4-4 oppheves fjerde ledd.", [("repeal", ["§4-4/ledd/4"])]),
    ("Ny deloverskrift til §§ 4 til 6 skal lyde:", [("rename", ["overskrift"])]),
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


def test_a_place_over_which_the_next_ones_leap_was_not_there() -> None:
    found = orders(
        lead("§ 2 annet til fjerde ledd skal lyde:"),
        *(ledd(word) for word in ("Ett.", "To.", "Tre.")),
        lead("Nåværende annet og tredje ledd blir femte og sjette ledd."),
    )
    assert found[:3] == [("add", ["§2/ledd/2"]), ("add", ["§2/ledd/3"]), ("add", ["§2/ledd/4"])]


def test_a_sentence_that_moves_stands_in_the_ledd_just_named() -> None:
    found = orders(
        lead("§ 2 første ledd fjerde punktum skal lyde:"),
        ledd("Stien merkes."),
        lead("§ 2 nåværende fjerde punktum blir nytt femte punktum."),
    )
    assert found[1] == ("move", ["§2/ledd/1/setning/4 > §2/ledd/1/setning/5"])


def test_changes_announced_in_a_section_are_read_in_it() -> None:
    amendment = read(
        lead("I lov 3. mars 2000 nr. 3 om broer gjøres følgende endringer i § 7:"), lead("Første ledd oppheves.")
    )
    assert [str(t) for o in amendment.operations() for t in o.targets] == ["lov/2000-03-03-3/§7/ledd/1"]


def test_an_act_named_after_another_acts_section_is_the_one_meant() -> None:
    amendment = read(
        lead("I lov 3. mars 2000 nr. 3 om broer § 17 nr. 3 skal stiloven § 4 annet ledd lyde:"), ledd("Stien merkes.")
    )
    (change,) = amendment.operations()
    assert (change.act, places(change), change.amends, change.pending) == (
        "lov/2001-01-01-1", ["§4/ledd/2"], "lov/2000-03-03-3", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["lov om tull (tullballova)", "lov om tull", "tulloven", "lov 4. mai 1999 nr. 9 om tull"]
)
def test_what_stands_below_an_act_that_is_not_known_never_goes_to_the_act_before(name: str) -> None:
    amendment = read(
        lead("I lov 3. mars 2000 nr. 3 om broer gjøres følgende endringer:"), lead("§ 4 oppheves."),
        lead(f"I {name} gjøres følgende endringer:"), lead("§ 2 skal lyde:"), new_section("§ 2", "Tull", "Tull er tull."),
    )  # fmt: skip
    assert [str(t) for o in amendment.operations() for t in o.targets if t.act == "lov/2000-03-03-3"] == [
        "lov/2000-03-03-3/§4"
    ]


def test_an_act_without_a_date_is_known_by_the_name_in_brackets() -> None:
    amendment = read(lead("I lov om stier (stiloven) gjøres følgende endringer:"), lead("§ 4 oppheves."))
    assert [str(t) for o in amendment.operations() for t in o.targets] == ["lov/2001-01-01-1/§4"]


def test_an_act_whose_title_cites_a_section_is_repealed_as_a_whole() -> None:
    amendment = read(lead("Lov 3. mars 2000 nr. 3 om broer etter stiloven § 4 oppheves."))
    assert [str(t) for o in amendment.operations() for t in o.targets] == ["lov/2000-03-03-3"]


def test_a_full_stop_goes_out_of_the_headings_that_are_listed() -> None:
    amendment = read(lead("I følgende paragrafer oppheves punktumet i paragrafoverskriften:"), lead("§ 1, § 2 og § 4."))
    (change,) = amendment.operations()
    assert (change.action, places(change)) == ("replace_words", ["§1/overskrift", "§2/overskrift", "§4/overskrift"])


def test_text_where_an_instruction_was_announced_is_reported() -> None:
    amendment = read(lead("I lov 3. mars 2000 nr. 3 om broer gjøres følgende endringer:"), ledd("Brua merkes."))
    assert [u.reason for u in amendment.unread] == ["new text where an instruction was expected"]


def test_an_act_repealed_by_a_clause_on_commencement_is_seen() -> None:
    amendment = read(
        lead(
            "Loven gjelder fra 1. mai 2002. Fra det tidspunktet loven trer i kraft, oppheves lov 3. mars 2000 nr. 3 om broer."
        )
    )
    assert ("repeal", ["lov/2000-03-03-3"]) in [(o.action, [str(t) for t in o.targets]) for o in amendment.operations()]


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


REGULATION_LEADS = [
    ("§ 5-2-4 første ledd skal lyde:", [("change", ["§5-2-4/ledd/1"])]),
    ("§ 5-2 (2) skal lyde:", [("change", ["§5-2/ledd/2"])]),
    ("§ 6-2 (3) bokstav e skal lyde:", [("change", ["§6-2/ledd/3/bokstav/e"])]),
    ("§ 8cd nytt sjuende ledd skal lyde:", [("add", ["§8cd/ledd/7"])]),
    ("§ 53b nytt trettisjette ledd skal lyde:", [("add", ["§53b/ledd/36"])]),
    ("§ 7 første ledd (endret) skal lyde:", [("change", ["§7/ledd/1"])]),
    ("§ 7 fjerde ledd (nytt) skal lyde:", [("add", ["§7/ledd/4"])]),
    ("§ 7 Merking av stier og grinder, første og andre ledd skal lyde:",
     [("change", ["§7/ledd/1"]), ("change", ["§7/ledd/2"])]),
    ("Ny § 8 om grinder og andre hindre på stien skal lyde:", [("add", ["§8"])]),
    ("§ 24. Grinder blir § 25.", [("move", ["§24 > §25"])]),
    ("Forskriften § 2 skal lyde:", [("change", ["§2"])]),
    ("Ny § 2-3 med overskrift skal lyde:", [("add", ["§2-3"])]),
    ("I § 4 første ledd skal den innledende teksten lyde:", [("change", ["§4/ledd/1/innledning"])]),
    ("§ 3 annet ledd endres til:", [("change", ["§3/ledd/2"])]),
    ("Nåværende § 14 endres til § 17.", [("move", ["§14 > §17"])]),
    ("§ 3 Merking erstattes med følgende:", [("change", ["§3"])]),
    ("§ 9 nr. 2 bokstav b nytt pkt. 6 skal lyde:", [("add", ["§9/nummer/2/bokstav/b/nummer/6"])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REGULATION_LEADS, ids=[text for text, _ in REGULATION_LEADS])
def test_regulations_are_amended_in_words_of_their_own(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert orders(lead(text)) == expected


def regulation(*blocks: str) -> Amendment:
    """A regulation that amends another, read."""
    amending_regulation = amending(
        *blocks,
        refid="forskrift/2002-02-02-22",
        title="Forskrift om endring i forskrift om stier",
        act="I forskrift 4. mai 2001 nr. 44 om stier gjøres følgende endringer:",
    )
    return parse_amendment(amending_regulation, names())


def test_the_regulation_that_is_amended_is_named_by_its_date() -> None:
    amendment = regulation(lead("§ 2 oppheves."))
    assert [str(t) for o in amendment.operations() for t in o.targets] == ["forskrift/2001-05-04-44/§2"]


def test_an_order_about_an_annex_ends_the_text_of_the_section_before_and_is_reported() -> None:
    amendment = regulation(
        lead("§ 2 skal lyde:"), ledd("Stien merkes."), lead("EØS-henvisningsfeltet skal lyde:"), ledd("Avtalen.")
    )
    assert [[n.text for n in o.content] for o in amendment.operations()] == [["Stien merkes."]]
    assert len(amendment.unread) == 1


def test_words_that_go_out_of_a_section_may_stand_below_the_lead() -> None:
    (change,) = regulation(lead("I § 3 fjernes:"), ledd("merking av grinder")).operations()
    assert (change.action, [w.old for w in change.words]) == ("replace_words", ["merking av grinder"])
