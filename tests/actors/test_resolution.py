"""Who a word stands for in its act. Every act is invented."""

from __future__ import annotations

import pytest

from duties.actor_resolution import ActContext, definitions
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Header, Node

ACT = "lov/2001-01-01-1"


def act(title: str, *sections: tuple[str, list[str]], chapter: str = "", short: str = "") -> Document:
    """An act with sections (heading, ledd), all in one chapter where *chapter* names it."""
    nodes = []
    for number, (heading, texts) in enumerate(sections, 1):
        address = Address(ACT, (f"§{number}",))
        ledd = tuple(Node("ledd", address.child(f"ledd/{n}"), text=text) for n, text in enumerate(texts, 1))
        head = Node("heading", label=f"§ {number}.", text=heading)
        nodes.append(Node("section", address, name=f"§{number}", children=(head, *ledd)))
    body = tuple(nodes)
    if chapter:
        body = (Node("division", Address(ACT, ("kap1",)), children=(Node("heading", text=chapter), *nodes)),)
    header = Header(ACT, title=title, short_titles=(short,) if short else ())
    return Document("nl-20010101-001", header, Node("body", Address(ACT), children=body))


def ledd(section: int, number: int = 1) -> Address:
    return Address(ACT, (f"§{section}", f"ledd/{number}"))


def stands_for(document: Document, word: str, section: int, number: int = 1) -> tuple[str, ...]:
    context = ActContext.of(document)
    text = next(flow.text for flow in context.flows(ledd(section)) if flow.number == number)
    start = text.index(word)
    mention = next(m for m in context.mentions(text) if m.start <= start < m.end)
    return context.resolve(mention, ledd(section, number), text[:start]).ids


def test_a_general_noun_takes_up_the_full_name_before_it():
    law = act("Lov om stier", ("Stier", ["Barnevernstjenesten skal merke stien.", "Tjenesten kan også rydde."]))
    assert stands_for(law, "Tjenesten", 1, 2) == ("barneverntjeneste",)


def test_the_same_noun_means_another_actor_in_another_act():
    families = act("Lov om familievernkontorer", ("Råd", ["Kontoret skal gi råd."]))
    labour = act("Lov om arbeid", ("Nav", ["Nav-kontoret skal gi råd."]), ("Råd", ["Kontoret skal gi råd."]))
    assert stands_for(families, "Kontoret", 1) == ("familievernkontor",)
    assert stands_for(labour, "Kontoret", 2) == ("nav_kontor",)


def test_the_act_may_give_the_name_itself():
    law = act(
        "Lov om stier",
        ("Organ", ["Konfliktrådet (heretter kalt nemnda) møtes årlig."]),
        ("Møte", ["Nemnda skal møtes."]),
    )
    assert stands_for(law, "Nemnda", 2) == ("konfliktrad",)


def test_a_definition_tells_what_the_institution_is():
    law = act(
        "Lov om stier",
        ("Definisjoner", ["Med institusjon menes i denne loven asylmottak."]),
        ("Plikt", ["Institusjonen skal melde fra."]),
    )
    assert stands_for(law, "Institusjonen", 2) == ("asylmottak",)


def test_the_heading_of_the_chapter_tells_who_the_office_is():
    law = act("Lov om stier", ("Plikt", ["Kontoret skal melde fra."]), chapter="Nav-kontoret")
    assert stands_for(law, "Kontoret", 1) == ("nav_kontor",)


def test_a_coordinator_is_the_child_coordinator_only_where_that_one_was_named():
    child = act("Lov om stier", ("K", ["Er det oppnevnt barnekoordinator, skal koordinatoren samordne."]))
    plain = act(
        "Lov om stier",
        ("K", ["Helseforetaket skal tilby koordinator. Koordinatoren skal samordne."]),
        ("B", ["Barnekoordinator kan oppnevnes."]),
    )
    assert stands_for(child, "koordinatoren", 1) == ("barnekoordinator",)
    assert stands_for(plain, "Koordinatoren", 1) == ("koordinator",)


def test_a_leader_stands_for_the_school_that_the_act_is_about():
    law = act("Lov om private skoler", ("Plikt", ["Skolen skal ha en daglig leder.", "Daglig leder skal melde fra."]))
    assert stands_for(law, "Daglig leder", 1, 2) == ("skole",)


def test_a_board_is_the_one_whose_full_name_the_act_uses():
    law = act(
        "Lov om private skoler",
        ("Styret", ["Styret for skolen er øverste organ."]),
        ("Plikt", ["Styret skal melde fra."]),
    )
    assert stands_for(law, "Styret", 2) == ("skoleeier",)


def test_they_are_the_ones_just_named():
    law = act("Lov om stier", ("Plikt", ["Ansatte skal tie. De kan likevel varsle politiet."]))
    assert stands_for(law, "De", 1) == ("ansatte",)


def test_what_nothing_tells_keeps_a_low_confidence():
    law = act("Lov om stier", ("Plikt", ["Utvalget skal merke stien."]))
    context = ActContext.of(law)
    mention = context.mentions("Utvalget skal merke stien.")[0]
    answer = context.resolve(mention, ledd(1))
    assert answer.ids == ("andre",)
    assert answer.confidence < 0.5


def test_every_answer_gives_a_reason_and_a_confidence_between_nought_and_one():
    law = act(
        "Lov om barnehager",
        ("Plikt", ["Barnehagen skal merke. Opplysninger skal gis til politiet."]),
        chapter="Kommunen",
    )
    for answer in ActContext.of(law).default_bearer(ledd(1), 2):
        assert answer.reason
        assert 0 < answer.confidence <= 1


@pytest.mark.parametrize(
    ("texts", "number", "sentence", "bearer"),
    [
        (["Kommunen skal merke stien. Melding skal gis til politiet."], 1, 2, ("kommune",)),
        (["Kommunen skal merke stien.", "Melding skal gis til politiet."], 2, 1, ("kommune",)),
        (["Stien kan stenges av politiet.", "Melding skal gis til foreldrene."], 2, 1, ("politi",)),
        (
            ["I slike tilfeller skal kommunen og fylkeskommunen rydde.", "Varsel skal gis."],
            2,
            1,
            ("kommune", "fylkeskommune"),
        ),
    ],
)
def test_a_passive_is_borne_by_whom_the_section_last_bound(texts, number, sentence, bearer):
    context = ActContext.of(act("Lov om stier", ("Plikt", texts)))
    assert context.default_bearer(ledd(1, number), sentence)[0].ids == bearer


def test_the_heading_bears_where_no_sentence_does():
    law = act(
        "Lov om stier", ("Politiets plikter", ["Melding skal gis."]), ("Barnehagens meldeplikt", ["Melding skal gis."])
    )
    context = ActContext.of(law)
    assert context.default_bearer(ledd(2))[0].reason == "heading of the section"
    assert context.default_bearer(ledd(2))[0].ids == ("barnehage",)


def test_else_the_chapter_and_then_the_act_bear():
    law = act("Lov om barnehager", ("A", ["Melding skal gis."]), chapter="Kommunens oppgaver for kommunen")
    answers = [(answer.ids, answer.reason.split(":")[0]) for answer in ActContext.of(law).default_bearer(ledd(1))]
    assert (("kommune",), "heading of the chapter") in answers
    assert (("barnehage",), "main addressee") in answers


def test_a_power_to_give_regulations_binds_nobody():
    law = act("Lov om stier", ("Plikt", ["Departementet kan gi forskrift om stier.", "Melding skal gis."]))
    assert ActContext.of(law).default_bearer(ledd(1, 2)) == []


def test_a_definition_by_level_takes_in_every_service_of_the_level():
    law = act(
        "Lov om stier",
        ("Plikt", ["Med tjenesteytere menes kommunale og fylkeskommunale tjenesteytere og asylmottak med tilskudd."]),
    )
    address, covered = definitions(law)["tjenesteytere"]
    assert address == ledd(1)
    assert {"barneverntjeneste", "skole", "ppt", "tannhelsetjeneste", "asylmottak"} <= set(covered)
    assert not {"familievernkontor", "domstol"} & set(covered)


def test_an_act_without_definitions_has_none():
    assert definitions(act("Lov om stier", ("Plikt", ["Kommunen skal merke stien."]))) == {}
