"""Instructions carried out on an invented act: the text, the outcomes, the crosswalk."""

from __future__ import annotations

import pytest

from lovdata_ingest.address import parse_address
from lovdata_ingest.amendments.apply import Applied, apply
from lovdata_ingest.model import Document
from tests.amendments.law import PATHS, items, lead, ledd, new_section, paths, read, section, texts


def law() -> Document:
    return paths(
        section("1", "Formål", "Loven skal verne stier."),
        section(
            "2", "Merking", "Eieren merker stien. Merket er rødt.", "Kommunen fører tilsyn.", "Turlaget kan bistå."
        ),
        section("3", "Krav", "Stien skal være " + items("bred,", "tørr,", "trygg.")),
        section("4", "Ikrafttredelse", "Loven gjelder straks."),
    )


def after(*blocks: str) -> Applied:
    return apply(law(), read(*blocks).operations())


def outcome(applied: Applied) -> list[tuple[str, str]]:
    return [(o.status, o.reason) for o in applied.outcomes]


def test_a_ledd_is_replaced() -> None:
    applied = after(lead("§ 2 annet ledd skal lyde:"), ledd("Fylket fører tilsyn."))
    assert texts(applied.document, "2")[1] == "Fylket fører tilsyn."
    assert outcome(applied) == [("applied", "")]


def test_a_new_ledd_pushes_the_rest_down_and_the_move_is_not_carried_out_twice() -> None:
    applied = after(
        lead("§ 2 nytt annet ledd skal lyde:"), ledd("Merket vedlikeholdes."),
        lead("Nåværende annet og tredje ledd blir tredje og fjerde ledd."),
    )  # fmt: skip
    assert texts(applied.document, "2")[1:] == [
        "Merket vedlikeholdes.",
        "Kommunen fører tilsyn.",
        "Turlaget kan bistå.",
    ]
    assert not any(o.doubts for o in applied.outcomes)
    old, new = (parse_address(f"{PATHS}/§2/ledd/{n}") for n in (2, 3))
    assert applied.crosswalk[old] == new


def test_a_repealed_ledd_closes_up_and_is_gone_from_the_crosswalk() -> None:
    applied = after(lead("§ 2 annet ledd oppheves. Nåværende tredje ledd blir annet ledd."))
    assert texts(applied.document, "2") == ["Eieren merker stien. Merket er rødt.", "Turlaget kan bistå."]
    assert parse_address(f"{PATHS}/§2/ledd/2") in applied.gone


def test_a_sentence_is_replaced_added_and_repealed() -> None:
    change = after(lead("§ 2 første ledd annet punktum skal lyde:"), ledd("Merket er blått."))
    assert texts(change.document, "2")[0] == "Eieren merker stien. Merket er blått."
    add = after(lead("§ 2 første ledd nytt annet punktum skal lyde:"), ledd("Det skjer hver vår."))
    assert texts(add.document, "2")[0] == "Eieren merker stien. Det skjer hver vår. Merket er rødt."
    repeal = after(lead("§ 2 første ledd første punktum oppheves."))
    assert texts(repeal.document, "2")[0] == "Merket er rødt."


def test_a_letter_is_replaced_and_one_is_added() -> None:
    content = '<ul><li data-name="c)"><article class="legalP">trygg, og</article></li><li data-name="d)"><article class="legalP">åpen.</article></li></ul>'
    applied = after(f'<article class="defaultP">§ 3 bokstav c og ny bokstav d skal lyde:{content}</article>')
    assert texts(applied.document, "3")[0].endswith("b. tørr, c. trygg, og d. åpen.")


def test_letters_move_up_after_a_repeal() -> None:
    applied = after(lead("§ 3 bokstav b oppheves. Nåværende bokstav c blir ny bokstav b."))
    assert texts(applied.document, "3") == ["Stien skal være a. bred, b. trygg."]


def test_sections_change_places_together() -> None:
    applied = after(
        lead("Ny § 3 skal lyde:"), new_section("3", "Gjerder", "Gjerder er forbudt."),
        lead("Nåværende §§ 3 og 4 blir §§ 4 og ny 5."),
    )  # fmt: skip
    assert [s.name for s in applied.document.sections()] == ["§1", "§2", "§3", "§4", "§5"]
    assert texts(applied.document, "3") == ["Gjerder er forbudt."]
    assert applied.crosswalk[parse_address(f"{PATHS}/§3")] == parse_address(f"{PATHS}/§4")
    assert not any(o.doubts for o in applied.outcomes)


def chapter(number: str, title: str, *sections: str) -> str:
    return f'<section class="section" data-name="kap{number}"><h2>Kapittel {number}. {title}</h2>{"".join(sections)}</section>'


def new_heading(text: str) -> str:
    return f'<article class="defaultP"><span class="futuretitle">{text}</span></article>'


def test_a_chapter_written_anew_leaves_the_old_chapter_of_its_number_to_its_own_move() -> None:
    act = paths(
        chapter("I", "Stier", section("1", "Formål", "Loven skal verne stier."), section("2", "Merking", "Rødt.")),
        chapter("II", "Turlag", section("3", "Turlag", "Bistår."), section("3 a", "Medlem", "Alle.")),
        chapter("III", "Slutt", section("4", "Tilsyn", "Kommunen."), section("5", "Ikrafttredelse", "Straks.")),
    )
    applied = apply(
        act,
        read(
            lead("Kapittel II skal lyde:"), new_heading("Kapittel II. Gjerder"),
            new_section("3", "Gjerder", "Forbudt."), new_section("4", "Porter", "Tillatt."),
            lead("Nåværende kapittel II blir kapittel III."), lead("Nåværende §§ 3 til 3 a blir nye §§ 5 og 6 i kapittel III."),
            lead("Nåværende kapittel III blir kapittel IV."), lead("Nåværende §§ 4 og 5 blir nye §§ 7 og 8 i kapittel IV."),
        ).operations(),
    )  # fmt: skip
    assert [(o.status, o.reason, o.doubts) for o in applied.outcomes] == [("applied", "", ())] * 5
    assert [(s.name, s.title, s.ledd[0].text) for s in applied.document.sections()] == [
        ("§1", "Formål", "Loven skal verne stier."),
        ("§2", "Merking", "Rødt."),
        ("§3", "Gjerder", "Forbudt."),
        ("§4", "Porter", "Tillatt."),
        ("§5", "Turlag", "Bistår."),
        ("§6", "Medlem", "Alle."),
        ("§7", "Tilsyn", "Kommunen."),
        ("§8", "Ikrafttredelse", "Straks."),
    ]
    chapters = [n for n in applied.document.body.walk() if n.kind == "division"]
    assert [[s.name for s in n.children if s.kind == "section"] for n in chapters] == [
        ["§1", "§2"],
        ["§3", "§4"],
        ["§5", "§6"],
        ["§7", "§8"],
    ]


def test_words_follow_the_capital_and_the_genitive_of_the_place() -> None:
    act = paths(
        section("1", "Tilsyn", "Fylkesmannen fører tilsyn. Etter fylkesmannens vedtak stenger fylkesmannen stien.")
    )
    applied = apply(act, read(lead("I § 1 skal «fylkesmannen» endres til «statsforvalteren».")).operations())
    assert texts(applied.document, "1") == [
        "Statsforvalteren fører tilsyn. Etter statsforvalterens vedtak stenger statsforvalteren stien."
    ]


def test_a_heading_does_not_wipe_the_ledd() -> None:
    applied = after(lead("§ 2 overskriften skal lyde:"), new_section("2", "Skilt"))
    assert len(texts(applied.document, "2")) == 3
    assert next(s for s in applied.document.sections() if s.name == "§2").title == "Skilt"


def test_what_cannot_be_done_is_told_with_the_reason_and_the_rest_is_done() -> None:
    applied = after(
        lead("§ 9 annet ledd oppheves."), lead("§ 2 niende ledd skal lyde:"), ledd("Ingen plass."),
        lead("I § 1 skal «bru» endres til «bro»."), lead("§ 1 første ledd skal lyde:"), ledd("Loven verner stier og veier."),
    )  # fmt: skip
    statuses = outcome(applied)
    assert [status for status, _ in statuses] == ["not_applied", "not_applied", "not_applied", "applied"]
    assert "§ 9 does not exist" in statuses[0][1]
    assert "3 ledd" in statuses[1][1]
    assert "not found" in statuses[2][1]


def test_two_candidates_are_never_guessed_between() -> None:
    act = paths(section("1", "Krav", "Stien er " + items("bred."), "Brua er " + items("smal.")))
    content = '<ul><li data-name="a)"><article class="legalP">ny.</article></li></ul>'
    applied = apply(act, read(f'<article class="defaultP">§ 1 bokstav a skal lyde:{content}</article>').operations())
    assert applied.outcomes[0].status == "not_applied"
    assert texts(applied.document, "1") == texts(act, "1")


def test_a_section_in_the_text_that_the_lead_does_not_name_is_a_doubt() -> None:
    applied = after(lead("§ 2 skal lyde:"), new_section("2", "Merking", "Merk."), new_section("8", "Annet", "Annet."))
    assert any("§ 8" in doubt for doubt in applied.outcomes[0].doubts)


@pytest.mark.parametrize("first", ["§ 2 nytt fjerde ledd skal lyde:", "§ 2 fjerde ledd skal lyde:"])
def test_a_ledd_that_two_instructions_write_is_a_doubt_on_the_second(first: str) -> None:
    applied = after(lead(first), ledd("Eieren skal."), lead("§ 2 fjerde ledd skal lyde:"), ledd("Eieren kan."))
    assert [(o.status, any("already written" in d for d in o.doubts)) for o in applied.outcomes] == [
        ("applied", False), ("applied", True)
    ]  # fmt: skip


def test_two_ledd_of_a_section_written_one_after_the_other_are_no_doubt() -> None:
    applied = after(
        lead("§ 2 nytt første ledd skal lyde:"), ledd("Ny."), lead("§ 2 andre ledd skal lyde:"), ledd("Annen."),
        lead("§ 2 tredje ledd skal lyde:"), ledd("Tredje."),
    )  # fmt: skip
    assert [o.doubts for o in applied.outcomes[1:]] == [(), ()]


def test_a_new_ledd_without_a_word_on_the_old_one_is_a_doubt() -> None:
    silent = after(lead("§ 2 nytt første ledd skal lyde:"), ledd("Ny."))
    assert any("put after it" in doubt for doubt in silent.outcomes[0].doubts)
    told = after(
        lead("§ 2 nytt første ledd skal lyde:"), ledd("Ny."),
        lead("Nåværende første til tredje ledd blir andre til fjerde ledd."),
    )  # fmt: skip
    assert not any("put after it" in doubt for doubt in told.outcomes[0].doubts)


def test_a_section_called_new_that_exists_is_a_doubt() -> None:
    applied = after(lead("Ny § 2 skal lyde:"), new_section("2", "Merking", "Merk."))
    assert any("called new but exists" in doubt for doubt in applied.outcomes[0].doubts)


def test_addresses_count_anew() -> None:
    applied = after(lead("§ 2 første ledd oppheves."))
    found = next(s for s in applied.document.sections() if s.name == "§2")
    assert [str(n.address) for n in found.ledd] == [f"{PATHS}/§2/ledd/1", f"{PATHS}/§2/ledd/2"]


def test_nothing_ordered_leaves_the_act_as_it_is() -> None:
    act = law()
    applied = apply(act, ())
    assert applied.document.body == act.body
    assert not applied.crosswalk
    assert not applied.gone


def test_a_ledd_becomes_a_sentence_of_another() -> None:
    applied = after(lead("§ 2 annet ledd blir første ledd nytt tredje punktum. Nåværende tredje ledd blir annet ledd."))
    assert texts(applied.document, "2") == [
        "Eieren merker stien. Merket er rødt. Kommunen fører tilsyn.",
        "Turlaget kan bistå.",
    ]


def test_a_sentence_becomes_a_ledd_though_its_ledd_is_written_anew() -> None:
    applied = after(
        lead("§ 2 første ledd skal lyde:"), ledd("Fylket merker stien."),
        lead("Nåværende § 2 første ledd annet punktum blir nytt annet ledd."),
    )  # fmt: skip
    assert texts(applied.document, "2")[:2] == ["Fylket merker stien.", "Merket er rødt."]
    assert any("writes anew" in doubt for o in applied.outcomes for doubt in o.doubts)


def test_a_sentence_that_moves_and_stands_in_the_new_text_too_is_a_doubt() -> None:
    applied = after(
        lead("§ 2 første ledd skal lyde:"), ledd("Fylket merker stien. Merket er rødt."),
        lead("Nåværende § 2 første ledd annet punktum blir nytt annet ledd."),
    )  # fmt: skip
    assert any("writes anew" in doubt for o in applied.outcomes for doubt in o.doubts)


def test_old_ledd_go_out_where_the_moves_leave_no_place_for_them() -> None:
    applied = after(
        lead("§ 2 nytt annet og tredje ledd skal lyde:"), ledd("Fylket fører tilsyn."), ledd("Staten klager."),
        lead("Nåværende tredje ledd blir fjerde ledd."),
    )  # fmt: skip
    assert texts(applied.document, "2")[1:] == ["Fylket fører tilsyn.", "Staten klager.", "Turlaget kan bistå."]
    assert any("no instruction names" in doubt for o in applied.outcomes for doubt in o.doubts)


def test_text_that_stands_there_already_is_not_put_in_twice() -> None:
    applied = after(lead("§ 2 nytt annet ledd skal lyde:"), ledd("Kommunen fører tilsyn."))
    assert applied.outcomes[0].status == "not_applied"
    assert "already" in applied.outcomes[0].reason
    assert len(texts(applied.document, "2")) == 3


def test_one_text_for_places_in_several_sections_is_put_in_each() -> None:
    applied = after(
        lead("§ 1 første punktum og § 2 tredje ledd første punktum skal lyde:"), ledd("Turlaget vedlikeholder.")
    )
    assert texts(applied.document, "1") == ["Turlaget vedlikeholder."]
    assert texts(applied.document, "2")[2] == "Turlaget vedlikeholder."


def test_a_repeal_of_several_places_does_what_it_can_and_doubts_the_rest() -> None:
    applied = after(lead("§§ 3 og 9 oppheves."))
    assert [s.name for s in applied.document.sections()] == ["§1", "§2", "§4"]
    assert any("§ 9 does not exist" in doubt for doubt in applied.outcomes[0].doubts)
