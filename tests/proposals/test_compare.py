from __future__ import annotations

import msgspec

from graph.compare import Diff, columns, compare_acts
from graph.lovspeil import lovspeil_html, lovspeil_markdown, rows
from lovdata_ingest.plain_text import section_text
from tests.conftest import section_xml
from tests.proposals.law import SECTIONS, paths

CHANGED = (
    SECTIONS[0],
    section_xml("2", "Eieren av grunnen skal merke stien.", "Kommunen skal føre tilsyn med merkingen hvert år.",
                "Fylkeskommunen gir råd.", "Departementet kan gi forskrift om tilsynet etter andre ledd.", title="Merking"),
    section_xml("3", "Helt nye regler om noe annet enn vedlikehold.", title="Ny regel"),
    SECTIONS[2].replace("§3", "§4").replace("§ 3", "§ 4"),
    SECTIONS[4],
)  # fmt: skip


def test_an_act_compared_with_itself_has_no_changes():
    assert compare_acts(paths(), paths()).sections == ()


def test_sections_are_changed_new_repealed_and_renumbered():
    change = compare_acts(paths(), paths(*CHANGED), moves={"lov/2001-01-01-1/§3": "lov/2001-01-01-1/§4"})
    found = [(s.address.rpartition("/")[2], s.status, s.moved_from) for s in change.sections]
    assert ("§2", "changed", None) in found
    assert ("§3", "new", None) in found
    assert ("§4", "unchanged_renumbered", "lov/2001-01-01-1/§3") in found
    assert ("§4", "repealed", None) in found


def test_without_a_crosswalk_a_section_is_followed_by_its_words():
    change = compare_acts(paths(), paths(*CHANGED))
    assert ("lov/2001-01-01-1/§4", "lov/2001-01-01-1/§3") in [(s.address, s.moved_from) for s in change.sections]


def test_the_ledd_of_a_changed_section_are_paired_by_their_words():
    section = next(s for s in compare_acts(paths(), paths(*CHANGED)).sections if s.address.endswith("§2"))
    numbers = [
        (r.before_address and r.before_address[-1], r.after_address and r.after_address[-1]) for r in section.ledd
    ]
    assert numbers == [("1", "1"), ("2", "2"), (None, "3"), ("3", "4")]


def test_both_columns_rebuild_the_two_texts_exactly():
    before, after = paths(), paths(*CHANGED)
    texts = [{str(s.address): section_text(s) for s in document.sections()} for document in (before, after)]
    for section in compare_acts(before, after).sections:
        old, new = columns(section)
        assert old == (section.before or "")
        assert new == (section.after or "")
        assert section.before is None or old == texts[0][section.moved_from or section.address]
        assert section.after is None or new == texts[1][section.address]
        cells = [row.texts for row in rows(section)]
        assert "\n".join(one for one, _ in cells if one is not None) == old
        assert "\n".join(other for _, other in cells if other is not None) == new


def test_the_json_of_a_comparison_has_the_names_of_the_contract():
    diff = msgspec.to_builtins(Diff((compare_acts(paths(), paths(*CHANGED)),)))
    assert {"acts", "operations", "duties", "references", "findings"} <= diff.keys()
    section = diff["acts"][0]["sections"][0]
    assert {"address", "status", "moved_from", "before", "after", "ledd", "operations"} <= section.keys()
    assert section["ledd"][0].keys() == {"before_address", "after_address", "before", "after"}
    assert diff["references"].keys() == {"broken", "repaired", "retargeted"}


def test_unchanged_ledd_are_shortened_on_request():
    diff = Diff((compare_acts(paths(), paths(*CHANGED)),))
    assert "Eieren av grunnen" in lovspeil_markdown(diff)
    assert "Eieren av grunnen" not in lovspeil_markdown(diff, shorten=True)
    assert "[Uendret.]" in lovspeil_html(diff, shorten=True)


def test_words_of_the_law_cannot_break_the_page():
    broken = paths(SECTIONS[0].replace("ferdsel", "&lt;b&gt;ferdsel | *til*"))
    diff = Diff((compare_acts(paths(), broken),))
    assert "<b>" not in lovspeil_html(diff)
    markdown = lovspeil_markdown(diff)
    assert r"\<b\>" in markdown
    assert r"\|" in markdown
    assert r"\*til\*" in markdown
