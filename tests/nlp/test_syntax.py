"""What the functions of ``duties.syntax`` read from invented sentences in both written standards."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from duties.nlp import ModelMissing, load_pipeline, parse_sentence
from duties.syntax import (
    actions,
    agents,
    chain,
    clause_kind,
    clause_of,
    complements,
    conjuncts,
    ensured,
    finite_verbs,
    indirect_objects,
    inner_clauses,
    is_negated,
    is_passive,
    main_verb,
    main_verbs,
    objects,
    phrase,
    stands_in,
    subjects,
)


@pytest.fixture(autouse=True, scope="module")
def _model() -> None:
    try:
        load_pipeline()
    except ModelMissing as error:
        pytest.skip(str(error))


def words(tokens) -> list[str]:
    return [token.text for token in tokens]


def token(text: str, word: str):
    return next(t for t in parse_sentence(text) if t.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Eieren skal merke stien.", "skal", ["Eieren"], ["stien"]),
        ("Eigaren skal merkje stien.", "skal", ["Eigaren"], ["stien"]),
        ("Dersom stien er stengt, skal eieren varsle kommunen.", "skal", ["eieren"], ["kommunen"]),
        ("Dersom stien er stengd, skal eigaren varsle kommunen.", "skal", ["eigaren"], ["kommunen"]),
        ("Har barnet en plan, skal barnehagen og skolen følge planen.", "skal", ["barnehagen", "skolen"], ["planen"]),
        ("Har barnet ein plan, skal barnehagen og skulen følgje planen.", "skal", ["barnehagen", "skulen"], ["planen"]),
        ("Kommunen kan gi nærmere regler om skilting.", "kan", ["Kommunen"], ["regler"]),
        ("Etter andre ledd kan departementet ikke gi unntak.", "kan", ["departementet"], ["unntak"]),
        ("Etter andre ledd kan departementet ikkje gi unntak.", "kan", ["departementet"], ["unntak"]),
        ("Opplysninger skal gis til kommunen.", "skal", ["Opplysninger"], []),
        ("Opplysningar skal gjevast til kommunen.", "skal", ["Opplysningar"], []),
        ("Skolen plikter å melde fra til kommunen.", "plikter", ["Skolen"], ["å"]),
    ],
)
def test_the_skeleton_of_a_main_clause(text, verb, subject, object_):
    found = main_verb(parse_sentence(text))
    assert found is not None
    assert (found.text, words(subjects(found)), words(objects(found))) == (verb, subject, object_)


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("Kommunen skal sørge for at barnehagen samarbeider med skolen.", ["Kommunen"], ["barnehagen"]),
        ("Kommunen skal sørgje for at barnehagen samarbeider med skulen.", ["Kommunen"], ["barnehagen"]),
        ("Styret skal påse at leder og ansatte får opplæring.", ["Styret"], ["leder", "ansatte"]),
        ("Styret skal sjå til at leiaren får opplæring.", ["Styret"], ["leiaren"]),
    ],
)
def test_both_subjects_of_a_duty_to_make_sure(text, outer, inner):
    verb = main_verb(parse_sentence(text))
    assert words(subjects(verb)) == outer
    assert [words(subjects(clause)) for clause in ensured(verb)] == [inner]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skolen har plikt til å melde fra til kommunen.", ["melde"]),
        ("Skulen har plikt til å melde frå til kommunen.", ["melde"]),
        ("Skolen plikter å melde fra til kommunen.", ["melde"]),
        ("Skolen skal kunne melde fra og varsle kommunen.", ["melde", "varsle"]),
        ("Eieren er forpliktet til å merke stien.", ["merke"]),
        ("Eieren merker stien.", ["merker"]),
    ],
)
def test_the_action_behind_the_modal(text, expected):
    assert words(actions(main_verb(parse_sentence(text)))) == expected


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Planen skal utarbeides av kommunen og fylkeskommunen.", ["kommunen", "fylkeskommunen"]),
        ("Planen skal utarbeidast av kommunen.", ["kommunen"]),
        ("Planen blir utarbeidet av kommunen.", ["kommunen"]),
        ("Planen skal utarbeides innen to år.", []),
    ],
)
def test_a_passive_and_its_doer(text, doers):
    verb = main_verb(parse_sentence(text))
    assert is_passive(verb)
    assert words(agents(verb)) == doers


def test_an_active_clause_has_no_agent():
    verb = main_verb(parse_sentence("Eieren skal dekke en del av utgiftene."))
    assert not is_passive(verb)
    assert agents(verb) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Skolen skal gi opplysninger til barnevernstjenesten og politiet.",
        "Skulen skal gi opplysningar til barnevernstenesta og politiet.",
    ],
)
def test_recipients_behind_a_preposition(text):
    found = complements(main_verb(parse_sentence(text)), frozenset({"til"}))
    assert [c.preposition for c in found] == ["til", "til"]
    assert words(c.head for c in found)[1] == "politiet"


def test_an_indirect_object():
    assert words(indirect_objects(main_verb(parse_sentence("Kommunen skal gi eieren nødvendige opplysninger.")))) == [
        "eieren"
    ]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Eieren skal merke stien dersom kommunen krever det.", "krever", "condition"),
        ("Eigaren skal merkje stien dersom kommunen krev det.", "krev", "condition"),
        ("Når snøen smelter, skal eieren merke stien.", "smelter", "condition"),
        ("Krever kommunen det, skal eieren merke stien.", "Krever", "condition"),
        ("Krev kommunen det, skal eigaren merkje stien.", "Krev", "condition"),
        ("Eieren skal merke stien, med mindre kommunen bestemmer noe annet.", "bestemmer", "exception"),
        ("Kommunen kan gi regler som gjelder for stien.", "gjelder", "relative"),
        ("Kommunen kan gi reglar som gjeld for stien.", "gjeld", "relative"),
        ("Kommunen kan kreve at eieren merker stien.", "merker", "content"),
        ("Eieren skal merke stien slik at turgåere finner fram.", "finner", "purpose"),
        ("Eieren skal merke stien for å hindre ulykker.", "å", "purpose"),
        ("Eigaren skal merkje stien for å hindre ulykker.", "å", "purpose"),
        ("Eieren skal merke stien før snøen kommer.", "kommer", "time"),
    ],
)
def test_the_kind_of_a_clause(text, word, kind):
    assert clause_kind(token(text, word)) == kind


def test_a_word_knows_the_clauses_around_it():
    text = "Eieren skal varsle kommunen dersom noen som bruker stien, blir skadet."
    assert stands_in(token(text, "stien"), "relative")
    assert stands_in(token(text, "stien"), "condition")
    assert not stands_in(token(text, "kommunen"), "condition", "relative")
    assert clause_of(token(text, "stien")).text == "bruker"


def test_a_relative_clause_takes_its_noun_for_subject():
    assert words(subjects(token("Kommunen kan pålegge eiere som ikke merker stien, et gebyr.", "merker"))) == ["eiere"]


def test_an_expletive_gives_way_to_the_noun_it_stands_for():
    assert words(subjects(main_verb(parse_sentence("Det skal opprettes et råd for stier.")))) == ["råd"]


def test_coordinated_main_verbs_share_a_subject():
    verbs = main_verbs(parse_sentence("Kommunen skal merke stien og kan kreve gebyr."))
    assert words(verbs) == ["skal", "kan"]
    assert [words(subjects(verb)) for verb in verbs] == [["Kommunen"], ["Kommunen"]]


def test_negation_belongs_to_its_clause():
    assert is_negated(main_verb(parse_sentence("Eieren skal ikke stenge stien.")))
    assert not is_negated(main_verb(parse_sentence("Eieren skal stenge stien dersom den ikke er trygg.")))


def test_a_list_item_has_no_main_verb():
    assert main_verb(parse_sentence("merking av stien")) is None


def test_an_empty_text_gives_an_empty_document():
    doc = parse_sentence("")
    assert len(doc) == 0
    assert finite_verbs(doc) == ()
    assert main_verb(doc) is None


def test_positions_survive_line_breaks():
    text = "Kommunen skal:\nmerke stier"
    assert [text[t.idx : t.idx + len(t)] for t in parse_sentence(text)] == ["Kommunen", "skal", ":", "merke", "stier"]


def test_a_phrase_leaves_out_relative_clauses():
    text = "Kommunen skal varsle de ansatte i barnehagen som er berørt."
    start, end = phrase(token(text, "ansatte"))
    assert text[start:end].startswith("de ansatte")
    assert "berørt" not in text[start:end]


def test_conjuncts_inner_clauses_and_chain_on_a_plain_sentence():
    verb = main_verb(parse_sentence("Eieren må ha merket stien."))
    assert words(chain(verb)) == ["må", "ha", "merket"]
    assert inner_clauses(verb) == ()
    assert words(conjuncts(verb)) == ["må"]
