"""The Word files are opened and read back: what a reader of the file would see."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from graph.compare import Diff, compare_acts
from graph.lovspeil import lovspeil_docx, redline_docx
from lovdata_ingest.model import Document
from lovdata_ingest.plain_text import act_lines
from lovdata_ingest.proposals import read_blocks
from tests.proposals.law import paths
from tests.proposals.test_compare import CHANGED


def test_the_columns_of_the_lovspeil_hold_both_texts():
    change = compare_acts(paths(), paths(*CHANGED))
    document = docx.Document(io.BytesIO(lovspeil_docx(Diff((change,)))))
    assert len(document.tables) == len(change.sections)
    for table, section in zip(document.tables, change.sections, strict=True):
        cells = [[p.text for row in table.rows[1:] for p in row.cells[side].paragraphs if p.text] for side in (0, 1)]
        assert "\n".join(cells[0]) == (section.before or "")
        assert "\n".join(cells[1]) == (section.after or "")


def test_changes_are_marked_in_the_lovspeil():
    data = lovspeil_docx(Diff((compare_acts(paths(), paths(*CHANGED)),)))
    runs = [
        run
        for table in docx.Document(io.BytesIO(data)).tables
        for cell in table._cells
        for p in cell.paragraphs
        for run in p.runs
    ]
    assert any(run.font.strike and run.text == "kan" for run in runs)
    assert any(run.font.underline and run.text == "skal" for run in runs)


@pytest.mark.parametrize(
    ("old", "new"), [(paths(), paths(*CHANGED)), (paths(*CHANGED), paths()), (paths(), paths(*CHANGED[:2]))]
)
def test_accepting_all_gives_the_new_act_and_rejecting_all_the_old(tmp_path: Path, old: Document, new: Document):
    path = tmp_path / "redline.docx"
    path.write_bytes(redline_docx([(old, new, compare_acts(old, new))]))
    for reading, expected in (("accepted", new), ("original", old)):
        _, blocks, _ = read_blocks(path, reading=reading)
        assert [f"{b.label} {b.text}".strip() for b in blocks] == act_lines(expected)


def test_every_tracked_change_names_author_date_and_number(tmp_path: Path):
    old, new = paths(), paths(*CHANGED)
    document = docx.Document(
        io.BytesIO(redline_docx([(old, new, compare_acts(old, new))], date="2001-01-01T00:00:00Z"))
    )
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    changes = list(document.element.body.iter(f"{w}ins", f"{w}del"))
    assert changes
    assert len({c.get(f"{w}id") for c in changes}) == len(changes)
    assert {c.get(f"{w}author") for c in changes} == {"pliktgraf"}
    assert {c.get(f"{w}date") for c in changes} == {"2001-01-01T00:00:00Z"}
