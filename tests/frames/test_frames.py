from __future__ import annotations

import pytest

from tests.frames.law import found, traces

SHARING, PERSON, COOPERATION = "information_sharing", "information_to_person", "cooperation"
SECRECY, PLAN, COORDINATION, AGREEMENT = "confidentiality", "individual_plan", "coordination", "cooperation_agreement"


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        # inverted order, coordination, responsible bodies
        ("Dersom eleven ikke møter, skal skolen varsle kommunen.", (SHARING, "duty", "skole", "kommune")),
        ("Skolen og politiet skal samarbeide med kommunen.", (COOPERATION, "duty", "skole;politi", "kommune")),
        ("Kommunen skal sørge for at skolen samarbeider med politiet.", (COOPERATION, "duty", "kommune;skole", "politi")),
        ("Kommunen skal syte for at skulen samarbeider med politiet.", (COOPERATION, "duty", "kommune;skole", "politi")),
        ("Er det grunn til uro, skal skolen varsle politiet.", (SHARING, "duty", "skole", "politi")),
        # passives, with and without an agent
        ("Melding skal gis til kommunen av skolen.", (SHARING, "duty", "skole", "kommune")),
        ("Melding sendes kommunen.", (SHARING, "duty", "", "kommune")),
        ("Statsforvalterens vedtak skal sendes kommunen.", (SHARING, "duty", "statsforvalter", "kommune")),
        ("Eleven skal orienteres om saken.", (PERSON, "duty", "", "person")),
        # the other words for duty, permission, right, recommendation
        ("Skolen plikter å melde fra til kommunen.", (SHARING, "duty", "skole", "kommune")),
        ("Skulen har plikt til å melde frå til kommunen.", (SHARING, "duty", "skole", "kommune")),
        ("Skolen er pålagt å gi kommunen opplysninger.", (SHARING, "duty", "skole", "kommune")),
        ("Skolen har ansvar for å samarbeide med kommunen.", (COOPERATION, "duty", "skole", "kommune")),
        ("Skolen samarbeider med kommunen.", (COOPERATION, "duty", "skole", "kommune")),
        ("Skolen har adgang til å gi politiet opplysninger.", (SHARING, "permission", "skole", "politi")),
        ("Opplysninger kan bare gis til politiet når det er nødvendig.", (SHARING, "permission", "", "politi")),
        ("Eleven har rett til innsyn i journalen.", (PERSON, "right", "person", "")),
        ("Kommunen bør samarbeide med frivillige organisasjoner.", (COOPERATION, "recommendation", "kommune", "frivillig_og_privat")),
        # powers to order and to demand
        ("Kommunen kan pålegge skolen å gi opplysninger.", (SHARING, "permission", "kommune", "skole")),
        ("Kommunen kan krevje at skulen gjev opplysningar.", (SHARING, "permission", "kommune", "skole")),
        ("Kommunen kan innhente opplysninger fra skolen.", (SHARING, "permission", "kommune", "skole")),
        ("Opplysninger kan utveksles mellom skolen og kommunen.", (SHARING, "permission", "skole;kommune", "skole;kommune")),
        ("Skulen skal konsultere politiet.", (COOPERATION, "duty", "skole", "politi")),
        # secrecy: laid on somebody, lifted, set aside
        ("Alle som arbeider i skolen, har taushetsplikt.", (SECRECY, "prohibition", "ansatte", "")),
        ("Taushetsplikten er ikke til hinder for at skolen gir opplysninger til politiet.", (SECRECY, "permission", "skole", "politi")),
        ("Skolen kan uten hinder av taushetsplikt gi politiet opplysninger.", (SHARING, "permission", "skole", "politi")),
        ("Opplysningar må ikkje utleverast.", (SECRECY, "prohibition", "", "")),
        # plans, coordinators, agreements: the narrower wins
        ("Skolen skal delta i samarbeid med kommunen om individuell plan.", (PLAN, "duty", "skole", "kommune")),
        ("Kommunen skal tilby koordinator.", (COORDINATION, "duty", "kommune", "person")),
        ("Eleven har rett til barnekoordinator.", (COORDINATION, "right", "person", "")),
        ("Kommunen skal inngå samarbeidsavtale med fylkeskommunen.", (AGREEMENT, "duty", "kommune", "fylkeskommune")),
        # the recipient decides between the two categories
        ("Skolen skal gi foreldrene opplysninger.", (PERSON, "duty", "skole", "foresatte")),
        ("Skolen skal samarbeide med foreldrene.", (PERSON, "duty", "skole", "foresatte")),
    ],
)  # fmt: skip
def test_a_sentence_gives_its_norm(words: str, frame: tuple[str, ...]) -> None:
    assert frame in found(words)


@pytest.mark.parametrize(
    "words",
    [
        "Departementet kan gi forskrift om samarbeid mellom skolen og kommunen.",
        "Departementet kan i forskrift gi nærmere regler om meldeplikt til kommunen.",
        "Loven skal bidra til samarbeid mellom skolen og kommunen.",
        "Søknaden skal inneholde opplysninger om eleven.",
        "Vedtektene skal gi opplysninger om kommunen.",
        "Skolen skal fremlegge politiattest for kommunen.",
        "Kommunen kan etter søknad gi tilskudd til skolen.",
        "Kommunen skal gi skolen adgang til eiendommen.",
        "Skolen skal informere allmennheten.",
        "Eleven må gi informert samtykke til kommunen.",
        "Ytelsene skal samordnes med pensjon.",
        "Kommunen skal hjelpe eleven.",
        "Kommunen har rett til å få tilskudd når opplysninger foreligger.",
    ],
)
def test_what_is_no_norm_of_the_kinds_gives_none(words: str) -> None:
    assert found(words) == []


def test_one_sentence_with_two_kinds_of_recipients_is_two_norms() -> None:
    assert found("Skolen skal varsle foreldrene og kommunen.") == [
        (SHARING, "duty", "skole", "kommune"),
        (PERSON, "duty", "skole", "foresatte"),
    ]


def test_items_that_are_triggers_of_one_duty_are_one_norm() -> None:
    words = "Skolen skal melde fra til politiet\nnår det er grunn til å tro at eleven er utsatt for fare,\nnår eleven er borte."
    assert found(words) == [(SHARING, "duty", "skole", "politi")]


def test_the_trigger_may_stand_in_an_item_and_is_placed_there() -> None:
    (trace,) = traces("Skolen skal:\nrydde skolegården,\nmelde fra til kommunen om skader.")
    assert (trace.frame.item, trace.frame.counterpart) == ("bokstav/b", ("kommune",))
    assert "melde fra til kommunen om skader."[trace.frame.start : trace.frame.end] == "melde"


def test_the_positions_hold_the_words() -> None:
    words = "Første setning gjelder elever. Skolen skal gi kommunen opplysninger."
    (trace,) = traces(words)
    assert words[trace.frame.start : trace.frame.end] == "gi kommunen opplysninger"
    assert str(trace.frame.address) == "lov/2001-01-01-1/§1/ledd/1/setning/2"


@pytest.mark.parametrize(
    ("ledd", "frame"),
    [
        (("Skolen skal varsle kommunen. Tilsvarende gjelder for politiet.",), (SHARING, "duty", "politi", "kommune")),
        (("Skulen skal varsle kommunen. Det same gjeld for politiet.",), (SHARING, "duty", "politi", "kommune")),
        (("Skolen skal varsle kommunen.", "Opplysningene skal gis skriftlig."), (SHARING, "duty", "skole", "kommune")),
        (("Kommunen skal følge opp. Skolen rydder. Det skal gis melding til politiet.",), (SHARING, "duty", "kommune", "politi")),
    ],
)  # fmt: skip
def test_a_sentence_takes_up_what_was_said_before(ledd: tuple[str, ...], frame: tuple[str, ...]) -> None:
    assert found(*ledd)[-1] == frame


def test_a_heading_on_appeals_names_no_recipient_of_information() -> None:
    frames = found("Skolen skal gi opplysninger etter pålegg.", heading="Klage til kommunen")
    assert frames == [(SHARING, "duty", "skole", "")]


def test_the_heading_names_the_recipient_where_the_section_does_not() -> None:
    frames = found("Skolen skal gi opplysninger etter pålegg.", heading="Opplysninger til barnevernet")
    assert frames == [(SHARING, "duty", "skole", "barneverntjeneste")]


@pytest.mark.parametrize(
    ("words", "conditions"),
    [
        ("Skolen skal av eget tiltak varsle kommunen.", ("own_initiative",)),
        ("Skulen skal av eige tiltak varsle kommunen.", ("own_initiative",)),
        ("Skolen skal på forespørsel varsle kommunen.", ("on_request",)),
        ("Skolen skal gi kommunen opplysninger når kommunen ber om det.", ("on_request",)),
        ("Skolen plikter å gi kommunen opplysninger etter pålegg.", ("on_order",)),
        ("Skolen skal varsle kommunen når det er grunn til å tro at eleven er syk.", ("reason_to_believe",)),
        ("Skolen kan gi kommunen opplysninger dersom eleven samtykker.", ("consent",)),
        ("Skolen kan uten hinder av taushetsplikt gi kommunen opplysninger.", ("despite_confidentiality",)),
        ("Skolen skal varsle kommunen så langt det kan skje uten hinder av taushetsplikt.", ("confidentiality_permits",)),
        ("Skolen skal gi kommunen nødvendige opplysninger.", ("necessary",)),
        ("Ved behov skal skolen varsle kommunen.", ("on_need",)),
        ("Skolen skal varsle kommunen ved nedleggelse.", ("other",)),
        ("Skolen skal varsle kommunen dersom eleven slutter.", ("other",)),
        ("Skolen skal varsle kommunen dersom ikke annet følger av loven.", ()),
        ("Skolen skal varsle kommunen.", ()),
    ],
)  # fmt: skip
def test_the_condition_is_read_from_the_sentence(words: str, conditions: tuple[str, ...]) -> None:
    assert traces(words)[0].frame.condition == conditions


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Skolen skal samarbeide med kommunen dersom det er nødvendig for å gi eleven et helhetlig tjenestetilbud.", "individual"),
        ("Skolen skal, i tillegg til å følge opp enkelte elever, samarbeide med kommunen.", "system"),
        ("Skulen skal samarbeide med kommunen om overgangen.", "system"),
        ("Skolen skal varsle kommunen.", "-"),
    ],
)  # fmt: skip
def test_the_level_tells_one_case_from_the_services_between_themselves(words: str, level: str) -> None:
    assert traces(words)[0].frame.level == level


def test_the_same_act_gives_the_same_frames_again() -> None:
    words = "Skolen skal varsle kommunen. Kommunen kan gi politiet opplysninger."
    assert traces(words) == traces(words)


def test_a_sentence_without_words_of_the_matter_is_not_read() -> None:
    assert traces("Stien skal være to meter bred.") == []


def test_what_is_less_certain_says_so() -> None:
    named = traces("Skolen skal varsle politiet om saken.", heading="Varsel")[0].frame
    private = traces("Eleven skal gi opplysninger.")[0].frame
    assert named.confidence > private.confidence


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        # one who is heard is not bound
        ("Eleven skal gis anledning til å uttale seg.", (PERSON, "duty", "", "person")),
        ("Eleven skal få høve til å uttale seg.", (PERSON, "duty", "", "person")),
        # a right to be heard is that of the person
        ("Eleven har rett til å uttale seg.", (PERSON, "right", "person", "")),
        # the bodies of a list, those named elsewhere, the body just spoken of
        (
            "Kommunen kan pålegge følgende organer å utlevere opplysninger om eleven:\npolitiet\nfylkeskommunen",
            (SHARING, "permission", "kommune", "politi;fylkeskommune"),
        ),
        (
            "Kommunen kan påleggje følgjande organ å utlevere opplysningar om eleven:\npolitiet\nfylkeskommunen",
            (SHARING, "permission", "kommune", "politi;fylkeskommune"),
        ),
        (
            "Kommunen kan gi opplysninger til organer nevnt i § 2.",
            (SHARING, "permission", "kommune", "offentlige_organer"),
        ),
        (
            "Kommunen kan gje opplysningar til organ nemnde i § 2.",
            (SHARING, "permission", "kommune", "offentlige_organer"),
        ),
        (
            "Når et offentlig organs oppgaver krever det, kan organet gi politiet opplysninger.",
            (SHARING, "permission", "offentlige_organer", "politi"),
        ),
        # the verb behind a comma is no adjective of the subject
        (
            "Etter anmodning fra psykiatrisk sykehus, skal politiet gi opplysninger.",
            (SHARING, "duty", "politi", "psykisk_helsevern"),
        ),
        # an exception taken away forbids
        ("Unntaket fra taushetsplikten gjelder ikke for opplysninger om helse.", (SECRECY, "prohibition", "", "")),
        ("Unntaket frå teieplikta gjeld ikkje for opplysningar om helse.", (SECRECY, "prohibition", "", "")),
    ],
)
def test_parties_and_modality_stand_as_the_words_say(words: str, frame: tuple[str, ...]) -> None:
    assert frame in found(words)
