"""Which actors a text names. Every sentence is invented."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.actor_mentions import find_actors
from duties.actors import load_ontology


def named(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], ";".join(m.ids)) for m in find_actors(text)]


def ids(text: str) -> list[str]:
    return [";".join(m.ids) for m in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barnehagen og pedagogisk-psykologisk tjeneste skal merke stien.", ["barnehage", "ppt"]),
        ("Barnehagen og pedagogisk-psykologisk teneste skal merkje stigen.", ["barnehage", "ppt"]),
        ("Skulen, skolefritidsordninga og den pedagogisk-psykologiske tenesta rår.", ["skole", "skole", "ppt"]),
        ("Barnevernstjenesten, barneverntjenesten, barneverntenesta og barnevernet møtes.", ["barneverntjeneste"] * 4),
        ("Barne-, ungdoms- og familieetaten hører på.", ["bufetat"]),
        ("Statens helsetilsyn og Helsetilsynet er ett.", ["helsetilsynet", "helsetilsynet"]),
        ("Fylkesmannen heter nå statsforvaltaren.", ["statsforvalter", "statsforvalter"]),
        ("Regionale helseføretak og sjukehusa deltek.", ["spesialisthelsetjeneste", "spesialisthelsetjeneste"]),
        ("Bostedskommunen og vertskommunen svarer.", ["kommune", "kommune"]),
        ("Nav-kontoret og Arbeids- og velferdsetaten sender brev.", ["nav_kontor", "nav"]),
        (
            "Den kommunale helse- og omsorgstjenesten og spesialisthelsetjenesten.",
            ["kommunal_helse_og_omsorg", "spesialisthelsetjeneste"],
        ),
        ("Tingretten, lagmannsretten og jordskifteretten dømmer.", ["domstol"] * 3),
        ("Foreldra og verja kan klage.", ["foresatte", "foresatte"]),
        ("Kongen eller departementet gir regler.", ["stat", "stat"]),
        ("Folkeregistermyndigheita fører bok.", ["folkeregister_og_skatt"]),
    ],
)
def test_names_are_known_in_both_standards(text, expected):
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stiklagenemnda avgjør.", ["andre"]),
        ("Turdirektoratet og fjelldepartementet avgjør.", ["stat", "stat"]),
        ("Turregisteret er åpent.", ["register_og_statistikk"]),
        ("Stilegen og sommerpersonellet hjelper.", ["helsepersonell", "ansatte"]),
        ("Fosterbarnet og nabobarna leker.", ["person", "person"]),
        ("Konfliktrådslederen og krisesenterlederne møtes.", ["konfliktrad", "krisesenter"]),
    ],
)
def test_a_compound_is_known_by_its_last_part(text, expected):
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Helse- og omsorgstjenesteloven og barnehageloven gjelder.",
        "Lov 1. januar 2001 nr. 1 om kommuner og skoler gjelder.",
        "Retten til innsyn består. Retten gjelder hele året.",
        "Melding som inneholder navn, fastsetter ingenting.",
        "Den som eier, velger og fører noe, betaler.",
        "Føre tilsyn med stien og drive virksomhet der.",
        "Velger noen en annen sti, skal skiltet flyttes.",
    ],
)
def test_names_of_acts_verbs_and_things_are_no_actors(text):
    assert [m for m in find_actors(text) if m.kind != "pronoun"] == []


def test_the_name_of_an_act_ends_where_its_sentence_goes_on():
    assert ids("Etter lov 1. januar 2001 nr. 1 om stier skal kommunen merke.") == ["kommune"]


def test_a_board_whose_name_holds_actors_is_one_actor():
    assert named("Statens undersøkelseskommisjon for skoler og barnehager og politiet skal varsles.") == [
        ("Statens undersøkelseskommisjon for skoler og barnehager", "andre"),
        ("politiet", "politi"),
    ]


def test_actors_that_share_the_end_of_their_name_are_two():
    assert ids("Barneverns- og sosialtjenesten varsles.") == ["barneverntjeneste", "sosialtjeneste"]
    assert ids("Helse- og omsorgstjenesten varsles.") == ["helse_og_omsorgstjeneste"]


def test_an_owner_in_the_genitive_is_told_from_the_body_it_owns():
    owner, body = find_actors("Kommunens barneverntjeneste svarer.")
    assert owner.genitive
    assert not body.genitive


def test_what_only_describes_the_actor_before_it_is_marked():
    assert [m.attribute for m in find_actors("Ansatte i barnehagen melder fra til foreldrene til barnet.")] == [
        False,
        True,
        False,
        True,
    ]


def test_from_one_service_to_another_is_no_description():
    assert [m.attribute for m in find_actors("Opplysninger går fra skolen til eleven.")] == [False, False]


def test_another_one_of_the_same_kind_is_marked():
    assert [m.other for m in find_actors("Skolen samarbeider med andre skoler.")] == [False, True]


def test_services_in_the_plural_may_be_things():
    assert [m.weak for m in find_actors("Retten til nødvendige omsorgstjenester.")] == [True]
    assert [m.weak for m in find_actors("Omsorgstjenesten svarer.")] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Private tilbydere av stier", ["frivillig_og_privat"]),
        ("Statlige nemnder avgjør", ["stat"]),
        ("Et kommunalt utvalg avgjør", ["kommune"]),
        ("Skolens leder og einingar i Husbanken", ["skole", "skole", "husbank", "husbank"]),
    ],
)
def test_the_owner_beside_a_general_noun_tells_who_it_is(text, expected):
    assert ids(text) == expected


def test_whoever_works_for_a_body_is_staff():
    assert ids("Alle som utfører tjeneste eller arbeid etter denne loven, tier.") == ["ansatte"]
    assert ids("Den som arbeider på stien, tier.") == ["ansatte"]


def test_pronouns_are_found_where_they_are_the_subject():
    assert [(m.kind, m.head) for m in find_actors("De skal merke stien. Vedkommende kan klage.")] == [
        ("pronoun", "de"),
        ("pronoun", "vedkommende"),
    ]


@settings(deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåÆØÅéİ -.,;()«»\n§1", max_size=200))
def test_mentions_stand_in_order_within_the_text_and_apart(text):
    mentions = find_actors(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))


def test_every_word_of_the_ontology_is_found_as_its_actor():
    ontology = load_ontology()
    words = {word: actor for word, actor in ontology.forms.items() if not ontology.entry(word).doubt}
    assert len(words) > 20_000
    assert [
        word for word, actor in words.items() if [m.ids for m in find_actors(f"overfor {word}.")][:1] != [(actor,)]
    ] == []


def test_time_grows_with_the_length_of_the_text():
    text = "Kommunen skal varsle barnevernstjenesten, politiet og andre tjenesteytere uten opphold. "

    def seconds(times: int) -> float:
        start = time.perf_counter()
        find_actors(text * times)
        return time.perf_counter() - start

    seconds(100)
    one = min(seconds(100) for _ in range(3))
    ten = min(seconds(1000) for _ in range(3))
    assert ten < 40 * one  # ten times the text; a quadratic reader would need a hundred times the time
