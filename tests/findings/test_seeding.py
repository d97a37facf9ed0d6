from __future__ import annotations

import pytest

from graph import Analysis, Inputs, analyse
from tests.findings.seeds import INT, KRI, NAV, SEEDS, SOS, Seed, answers, seeded, word

CHOSEN = {("deleted section", KRI), ("changed threshold", INT), ("swapped modality", NAV), ("shorter list", SOS)}  # fmt: skip


@pytest.fixture(scope="module")
def plain(reform: Inputs) -> Analysis:
    return analyse(reform)


def chosen() -> list[Seed]:
    """The first seed of each kind and act in `CHOSEN`."""
    return list({(s.kind, s.act): s for s in reversed(SEEDS) if (s.kind, s.act) in CHOSEN}.values())


@pytest.mark.parametrize("seed", chosen(), ids=lambda s: f"{s.kind} {s.act} {s.where}")
def test_a_seeded_error_opens_a_finding_of_its_type(reform: Inputs, plain: Analysis, seed: Seed):
    before = {f.id for f in plain.findings}
    assert [f.id for f in seeded(reform, seed).findings if f.id not in before and answers(f, seed)]


def test_an_unrelated_change_keeps_the_ids_of_the_findings(reform: Inputs, plain: Analysis):
    seed = Seed("unrelated", KRI, "§1", word("Formålet", "Meininga"), ())
    assert {f.id for f in seeded(reform, seed).findings} == {f.id for f in plain.findings}


def test_findings_touch_the_acts_asked_for_and_their_evidence_lies_in_the_law(plain: Analysis, reform: Inputs):
    acts = set(reform.acts)
    assert [f.id for f in plain.findings if not acts & set(f.acts)] == []
    assert len({f.id for f in plain.findings}) == len(plain.findings)
    assert [f.id for f in plain.findings if not f.provisions or not f.evidence] == []
    assert [
        f.id for f in plain.findings if not (f.title.nb and f.title.en and f.explanation.nb and f.explanation.en)
    ] == []


def test_evidence_points_at_words_that_stand_there(plain: Analysis, reform: Inputs):
    books = {d.refid: d for d in reform.documents}
    lengths: dict[str, int] = {}
    for act in {e.address.split("/§")[0] for f in plain.findings for e in f.evidence if e.end}:
        lengths |= {str(n.address): len(n.text) for n in books[act].body.walk() if n.address is not None and n.text}
    wrong = [
        e for f in plain.findings for e in f.evidence if e.end and not 0 <= e.start < e.end <= lengths.get(e.address, 0)
    ]
    assert wrong == []
