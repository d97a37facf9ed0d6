from __future__ import annotations

from pathlib import Path

import pytest

from graph.compare import Diff
from graph.proposed import diff_proposals
from lovdata_ingest.proposals import read_proposal
from tests.proposals.conftest import write_text
from tests.proposals.law import bridges, paths

OPENING = "I lov 1. januar 2001 nr. 1 om stier gjøres følgende endringer:"


def proposed(tmp_path: Path, *texts: str, findings: bool = False) -> Diff:
    """The comparison for one proposal per text; a text's paragraphs are parted by a line break."""
    proposals = [
        read_proposal(
            write_text(tmp_path / f"forslag{n}.txt", [("text", line) for line in (OPENING, *text.split("\n"))]),
            number=n,
        )
        for n, text in enumerate(texts, 1)
    ]
    return diff_proposals(proposals, [paths(), bridges()], findings_of=("lov/2001-01-01-1",) if findings else ())


def places(diff: Diff, kind: str) -> list[tuple[str, str, str]]:
    return [(c.source, c.after, c.should_be) for c in getattr(diff.references, kind)]


def test_a_reference_to_a_repealed_section_is_broken_in_every_act_that_has_one(tmp_path: Path):
    diff = proposed(tmp_path, "§ 4 oppheves.")
    assert [source for source, _, _ in places(diff, "broken")] == [
        "lov/2001-01-01-1/§5/ledd/1",
        "lov/2002-02-02-2/§2/ledd/1",
    ]


def test_a_reference_to_a_ledd_that_moves_is_retargeted_and_its_new_place_named(tmp_path: Path):
    diff = proposed(tmp_path, "§ 2 nytt tredje ledd skal lyde:\nFylkeskommunen kan gi råd om merking.\n"
                              "Nåværende tredje ledd blir nytt fjerde ledd.")  # fmt: skip
    assert places(diff, "retargeted") == [
        ("lov/2002-02-02-2/§1/ledd/1", "lov/2001-01-01-1/§2/ledd/3", "lov/2001-01-01-1/§2/ledd/4")
    ]  # fmt: skip


def test_a_reference_to_a_section_that_gets_a_new_number_is_retargeted(tmp_path: Path):
    diff = proposed(tmp_path, "Ny § 4 skal lyde:\n§ 4. Frist\nFristen er tre uker.\nNåværende § 4 blir ny § 4 a.")
    assert ("lov/2002-02-02-2/§2/ledd/1", "lov/2001-01-01-1/§4", "lov/2001-01-01-1/§4a") in places(diff, "retargeted")


def test_a_reference_to_a_section_that_comes_is_repaired(tmp_path: Path):
    diff = proposed(tmp_path, "Ny § 6 skal lyde:\n§ 6. Bruer\nBruer skal merkes.")
    assert [source for source, _, _ in places(diff, "repaired")] == ["lov/2002-02-02-2/§3/ledd/1"]


def test_a_wrong_number_in_the_new_words_is_broken(tmp_path: Path):
    diff = proposed(tmp_path, "§ 4 skal lyde:\n§ 4. Klage\nVedtak etter § 99 kan påklages.")
    assert [(c.source, c.text) for c in diff.references.broken] == [("lov/2001-01-01-1/§4/ledd/1", "§ 99")]


def test_words_that_the_proposal_writes_are_not_called_stale(tmp_path: Path):
    diff = proposed(tmp_path, "Ny § 4 skal lyde:\n§ 4. Frist\nFristen er tre uker.\nNåværende § 4 blir ny § 4 a.\n"
                              "§ 5 skal lyde:\n§ 5. Gebyr\nFristen for gebyret følger av § 4.")  # fmt: skip
    assert not [row for row in places(diff, "retargeted") if row[0].startswith("lov/2001-01-01-1/§5")]


def test_a_norm_that_changes_names_the_slot_from_what_to_what(tmp_path: Path):
    diff = proposed(tmp_path, "§ 3 første ledd skal lyde:\nKommunen kan samarbeide med fylkeskommunen om vedlikehold.")
    (norm,) = diff.duties.changed
    assert [(slot.slot, slot.before, slot.after) for slot in norm.slots if slot.slot == "modality"] == [
        ("modality", "duty", "permission")
    ]
    assert diff.duties.added == diff.duties.removed == ()


def test_norms_that_come_and_go_are_listed(tmp_path: Path):
    diff = proposed(tmp_path, "§ 3 første ledd skal lyde:\nStien skal vedlikeholdes.\nNy § 6 skal lyde:\n§ 6. Samarbeid\n"
                              "Fylkeskommunen skal samarbeide med kommunen.")  # fmt: skip
    assert [row["address"] for row in diff.duties.removed] == ["lov/2001-01-01-1/§3/ledd/1/setning/1"]
    assert [row["address"] for row in diff.duties.added] == ["lov/2001-01-01-1/§6/ledd/1/setning/1"]


def test_a_norm_that_only_moves_is_unchanged(tmp_path: Path):
    diff = proposed(tmp_path, "Ny § 3 skal lyde:\n§ 3. Frist\nFristen er tre uker.\nNåværende § 3 blir ny § 3 a.")
    assert diff.duties.changed == diff.duties.added == diff.duties.removed == ()


def test_a_target_that_does_not_exist_is_not_applied_and_the_rest_is(tmp_path: Path):
    diff = proposed(
        tmp_path, "§ 99 andre ledd skal lyde:\nFinnes ikke.\n§ 2 andre ledd skal lyde:\nKommunen skal føre tilsyn."
    )
    assert [(view.status, view.where) for view in diff.operations] == [
        ("not_applied", "linje 3"),
        ("applied", "linje 7"),
    ]
    assert "99" in diff.operations[0].reason
    assert [section.address for act in diff.acts for section in act.sections] == ["lov/2001-01-01-1/§2"]


def test_a_proposal_for_an_act_that_is_not_loaded_says_so_and_the_rest_is_applied(tmp_path: Path):
    text = "§ 4 oppheves.\nI lov 3. mars 2003 nr. 3 om broer gjøres følgende endringer:\n§ 1 oppheves."
    diff = proposed(tmp_path, text)
    assert [(view.status, view.reason) for view in diff.operations] == [
        ("applied", ""),
        ("not_applied", "lov/2003-03-03-3 is not loaded"),
    ]


def test_two_proposals_on_the_same_ledd_are_told_and_both_carried_out(tmp_path: Path):
    one = "§ 2 andre ledd skal lyde:\nKommunen skal føre tilsyn.\n§ 4 oppheves."
    other = "§ 2 andre ledd skal lyde:\nFylkeskommunen skal føre tilsyn."
    diff = proposed(tmp_path, one, other)
    (note,) = [note for note in diff.notes if note.kind == "collision"]
    assert "lov/2001-01-01-1/§2/ledd/2" in note.nb
    assert "forslag1.txt, linje 3" in note.where
    assert "forslag2.txt, linje 3" in note.where
    section = next(s for s in diff.acts[0].sections if s.address.endswith("§2"))
    assert "Fylkeskommunen skal føre tilsyn." in (section.after or "")
    assert len({view.id for view in diff.operations}) == 3
    assert section.operations


def test_a_proposal_that_changes_nothing_gives_an_empty_comparison(tmp_path: Path):
    diff = proposed(tmp_path, "§ 99 oppheves.")
    assert diff.acts == ()
    assert [view.status for view in diff.operations] == ["not_applied"]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_terminal_view_tells_changes_and_effects(tmp_path: Path, lang: str):
    from rich.console import Console

    from graph.report.diff_view import DiffView

    console = Console(width=100, record=True, file=(tmp_path / "out.txt").open("w"))
    console.print(
        DiffView(
            proposed(tmp_path, "§ 3 første ledd skal lyde:\nKommunen kan samarbeide om [alt].\n§ 4 oppheves."), lang
        )
    )  # type: ignore[arg-type]
    text = console.export_text()
    assert "{+" in text
    assert "[alt]" in text
    assert ("Henvisninger som brytes" if lang == "nb" else "References broken") in text


def test_findings_are_compared(tmp_path: Path):
    diff = proposed(tmp_path, "§ 4 oppheves.", findings=True)
    assert any(finding.type == "broken_or_stale_reference" for finding in diff.findings.opened)


def test_an_act_that_only_the_title_names_is_taken_from_it_and_told(tmp_path: Path):
    lines = (
        ("heading", "Forslag til endringer i stiloven"),
        ("text", "§ 2 andre ledd skal lyde:"),
        ("text", "Kommunen skal føre tilsyn."),
    )
    diff = diff_proposals([read_proposal(write_text(tmp_path / "a.txt", lines))], [paths(), bridges()])
    assert [view.status for view in diff.operations] == ["applied"]
    assert any("tatt fra tittelen" in note.nb for note in diff.notes)
