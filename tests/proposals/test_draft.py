from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lovdata_ingest.act_text import read_act, write_act
from lovdata_ingest.amendments.apply import apply
from lovdata_ingest.amendments.draft import Draft, cite, draft, same_law
from lovdata_ingest.amendments.names import Names
from lovdata_ingest.amendments.parse import parse_amendment
from lovdata_ingest.model import Document
from lovdata_ingest.plain_text import act_lines, units_of
from lovdata_ingest.proposals import read_proposal
from tests.conftest import ACTS, real
from tests.proposals.law import paths


def edited(act: Document, *changes: tuple[str, str]) -> Document:
    """The act with words replaced; ``""`` as the new words takes the whole paragraph out, ``+`` adds one after it."""
    lines = act_lines(act)
    for old, new in changes:
        index = next(i for i, line in enumerate(lines) if old in line)
        if new.startswith("+"):
            lines.insert(index + 1, new[1:])
        elif new:
            lines[index] = lines[index].replace(old, new)
        else:
            del lines[index]
    return read_act(lines, act)


def leads(made: Draft) -> list[str]:
    assert made.exact, made.undrafted
    return [instruction.lead for instruction in made.instructions]


def carried_out(act: Document, amending: Document) -> Document:
    names = Names()
    names.learn([act], in_force=True)
    return apply(act, list(parse_amendment(amending, names).operations())).document


def test_the_text_of_an_act_is_read_back_as_it_was_written():
    act = paths()
    again = read_act(write_act(act).split("\n\n"), act)
    assert act_lines(again) == act_lines(act)
    assert [section.address for section in again.sections()] == [section.address for section in act.sections()]
    assert [node.address for node in again.body.of("item")] == [node.address for node in act.body.of("item")]


@pytest.mark.parametrize(("changes", "expected"), [
    ([("Kommunen kan føre tilsyn", "Kommunen skal føre tilsyn")], ["§ 2 andre ledd skal lyde:"]),
    ([("Kommunen kan føre tilsyn", "+Fylkeskommunen kan gi råd.")],
     ["§ 2 nytt tredje ledd skal lyde:", "Nåværende tredje ledd blir nytt fjerde ledd."]),
    ([("Kommunen kan føre tilsyn", "")], ["§ 2 andre ledd oppheves.", "Nåværende tredje ledd blir andre ledd."]),
    ([("hvor lang den er", "hvor lang og bred den er")], ["§ 3 andre ledd bokstav b skal lyde:"]),
    ([("hvor bratt den er", "+d. hvem som eier grunnen.")], ["§ 3 andre ledd ny bokstav d skal lyde:"]),
    ([("§ 4. Klage", "§ 4. Klage og omgjøring")], ["§ 4 overskriften skal lyde:"]),
    ([("§ 4. Klage", ""), ("Vedtak etter § 2", "")], ["§ 4 oppheves."]),
    ([("Vedtak etter § 2", "+§ 4 a. Søksmål"), ("§ 4 a. Søksmål", "+Søksmål reises innen seks måneder.")],
     ["Ny § 4 a skal lyde:"]),
    ([("Lov om stier", "Lov om stier og bruer")], ["Lovens tittel skal lyde:"]),
])  # fmt: skip
def test_an_edit_gives_the_instruction_that_the_drafting_rules_ask_for(
    changes: list[tuple[str, str]], expected: list[str]
):
    assert leads(draft(paths(), edited(paths(), *changes))) == expected


def test_a_section_that_is_mostly_rewritten_is_given_whole():
    new = edited(paths(), ("Eieren av grunnen skal merke", "Kommunen skal merke og rydde"), ("Kommunen kan føre tilsyn", "Eieren har ikke"),
                 ("Departementet kan gi", "Kongen gir"))  # fmt: skip
    assert leads(draft(paths(), new)) == ["§ 2 skal lyde:"]


def test_a_renumbered_section_is_moved():
    new = edited(paths(), ("§ 5. Gebyr", "§ 6. Gebyr"))
    assert leads(draft(paths(), new)) == ["Nåværende § 5 blir ny § 6."]


def test_the_amending_act_has_title_opening_and_commencement():
    text = draft(paths(), edited(paths(), ("Kommunen kan", "Kommunen skal"))).text()
    assert text.split("\n\n")[:3] == [
        "Lov om endringer i stiloven", "I", "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"
    ]  # fmt: skip
    assert text.endswith("II\n\nLoven trer i kraft fra den tid Kongen bestemmer.\n")


def test_an_act_in_nynorsk_is_changed_in_nynorsk():
    act = replace(paths(), language="nn")
    made = draft(act, edited(act, ("Kommunen kan føre tilsyn", ""), ("§ 4. Klage", ""), ("Vedtak etter § 2", "")))
    assert made.opening == "I lov 1. januar 2001 nr. 1 om stier blir det gjort følgjande endringar:"
    assert leads(made) == [
        "§ 2 andre ledd blir oppheva.",
        "Noverande tredje ledd blir andre ledd.",
        "§ 4 blir oppheva.",
    ]


def test_nothing_edited_gives_no_instructions():
    made = draft(paths(), paths())
    assert made.exact
    assert made.instructions == ()


def test_the_act_is_cited_as_an_opening_does():
    assert cite(paths()) == "lov 1. januar 2001 nr. 1 om stier"


def test_what_the_instructions_cannot_give_is_named():
    made = draft(paths(), edited(paths(), ("Kommunen kan", "Kommunen skal")), lambda act, _: act)
    assert [place.address for place in made.undrafted] == ["lov/2001-01-01-1/§2"]


def test_the_printed_draft_is_read_as_a_proposal_and_gives_the_new_text(tmp_path: Path):
    new = edited(paths(), ("Kommunen kan føre tilsyn", "+Fylkeskommunen kan gi råd."), ("hvor bratt den er", "+d. hvem som eier grunnen."),
                 ("§ 5. Gebyr", "§ 6. Gebyr"))  # fmt: skip
    path = tmp_path / "utkast.txt"
    path.write_text(draft(paths(), new).text(), encoding="utf-8")
    assert same_law(carried_out(paths(), read_proposal(path).document), new) == []


EDIT = st.tuples(
    st.sampled_from(["word", "drop", "add", "heading", "section", "repeal"]), st.integers(0, 40), st.integers(0, 9)
)


def random_edit(act: Document, edits: list[tuple[str, int, int]]) -> Document:
    """Edits chosen by numbers, on sections of ledd and lists alone."""
    groups = [[(style, line) for style, _, line in unit.lines] for unit in units_of(act)]
    kinds = [unit.kind for unit in units_of(act)]
    simple = [i for i, unit in enumerate(units_of(act)) if unit.kind == "section" and unit.blocks and "§" in str(unit.address)
              and all(block.kind == "ledd" and all(c.kind in ("list", "continuation") for c in block.children) for block in unit.blocks)]  # fmt: skip
    for kind, where, which in edits:
        index = simple[where % len(simple)]
        group = groups[index]
        ledd = [k for k, (style, _) in enumerate(group) if style == "ledd" and k]
        lists = any(style == "item" for style, _ in group)
        if not ledd:
            continue
        k = ledd[which % len(ledd)]
        if kind == "word":
            words = group[k][1].split()
            words[which % len(words)] = "endret"
            group[k] = ("ledd", " ".join(words))
        elif kind == "drop" and len(ledd) > 1 and not lists:
            del group[k]
        elif kind == "add" and not lists and not group[k][1].startswith("(") and not group[k][1][:1].isdigit():
            group.insert(k + 1, ("ledd", f"Departementet kan gi forskrift nummer {which} om dette."))
        elif kind == "heading" and len(group[0][1].split()) > 2 and not group[0][1].endswith("."):
            group[0] = ("section", f"{group[0][1]} og annet")
        elif kind == "section" and kinds[index] == "section":
            number = str(units_of(act)[index].address).rpartition("§")[2]
            if number[-1:].isdigit() and not any(
                re.match(rf"§ {number} ?[a-z]", line) for g in groups for _, line in g
            ):
                groups[index] = [
                    *group,
                    ("section", f"§ {number} a. Nytt innhold"),
                    ("ledd", "Kommunen skal sørge for noe nytt."),
                ]
        elif kind == "repeal":
            groups[index] = []
    return read_act([line for group in groups for _, line in group], act)


@settings(max_examples=25, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_carrying_out_the_draft_gives_the_edited_text_of_an_invented_act(edits: list[tuple[str, int, int]]):
    new = random_edit(paths(), edits)
    made = draft(paths(), new)
    assert made.exact, (made.undrafted, made.text())
    assert not made.instructions or same_law(carried_out(paths(), made.document()), new) == []


@lru_cache(maxsize=1)
def real_acts() -> list[Document]:
    from lovdata_ingest.corpus import load

    corpus = load([real(ACTS)])
    return [
        corpus.get(refid)
        for refid in ("lov/2005-06-17-64", "lov/2009-06-19-44", "lov/1999-07-02-63", "lov/2006-06-16-20")
    ]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 3), st.lists(EDIT, min_size=1, max_size=3))
def test_carrying_out_the_draft_gives_the_edited_text_of_a_real_act(which: int, edits: list[tuple[str, int, int]]):
    act = real_acts()[which]
    new = random_edit(act, edits)
    assert draft(act, new).exact
