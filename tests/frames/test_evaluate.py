from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from duties.confidence import calibration, fit, probability
from duties.evaluate import figures, match, read_gold
from lovdata_ingest.errors import LovdataError

SHARED = Path(__file__).parents[3] / "shared"
GOLD, SCORER = SHARED / "gold" / "dev", SHARED / "eval" / "score_duties.py"
LAWS = SHARED / "lovdata" / "gjeldende-lover.tar.bz2"
SPLIT = Path(__file__).parent / "split.yaml"

HEAD = "law section ledd sentence category modality bearer counterpart level condition sure skip".split()


def rows(*lines: str) -> list[dict[str, str]]:
    return [dict(zip(HEAD, line.split(), strict=False)) for line in lines]


GOLD_ROW = "lov/2001-01-01-1 §1 1 1 information_sharing duty skole kommune - other"


def test_a_row_is_matched_within_its_ledd_by_category_and_modality() -> None:
    matched = match(rows(GOLD_ROW), rows(GOLD_ROW.replace("1 1 inf", "1 2 inf")))
    assert (len(matched.pairs), matched.missed, matched.spurious) == (1, (), ())


def test_borderline_rows_count_neither_way() -> None:
    unsure = rows(GOLD_ROW + " 0")
    assert figures(match(unsure, [])).gold == 0
    assert figures(match(unsure, rows(GOLD_ROW.replace("duty", "permission")))).found == 0


def test_fields_on_which_readers_differed_are_not_scored() -> None:
    wrong = rows(GOLD_ROW.replace("skole", "politi"))
    assert figures(match(rows(GOLD_ROW + " 1 -"), wrong)).frame == 0.0
    assert figures(match(rows(GOLD_ROW + " 1 bearer"), wrong)).frame == 1.0


def test_a_gold_file_without_its_columns_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "gold.tsv"
    file.write_text("law\tsection\nx\t§1\n", encoding="utf-8")
    with pytest.raises(LovdataError, match="column missing: ledd"):
        read_gold(file)


def test_confidence_is_learned_from_what_was_right() -> None:
    table = fit([(("named",), 1.0)] * 30 + [(("guessed",), 0.0)] * 20 + [(("guessed",), 1.0)] * 10)
    assert probability(("named",), table) > 0.9
    assert probability(("guessed",), table) < 0.6


def test_calibration_tells_the_share_right_in_each_band() -> None:
    table = calibration([(0.95, True), (0.95, True), (0.92, False), (0.3, False)], bounds=(0.5, 0.9))
    assert [(number, round(share, 2)) for _, _, number, share in table if number] == [(1, 0.0), (3, 0.67)]


@pytest.mark.skipif(not GOLD.exists() or not LAWS.exists(), reason=f"needs the annotated acts in {SHARED}")
def test_the_figures_are_the_scorers_and_do_not_fall(tmp_path: Path) -> None:
    from duties.assess import assess
    from duties.find import find_frames
    from duties.table import to_tsv
    from lovdata_ingest.corpus import load

    corpus = load([LAWS])
    result = assess(GOLD, corpus.get, split=SPLIT)
    laws = dict.fromkeys(row["law"] for row in read_gold(GOLD))
    system = tmp_path / "system.tsv"
    system.write_text(to_tsv(frame for law in laws for frame in find_frames(corpus.get(law))), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(SCORER), str(GOLD), str(system)], capture_output=True, text=True, check=True
    )
    theirs = said.stdout.strip().splitlines()[-1].split()
    ours = next(line for line in result.text.splitlines() if line.startswith("all ")).split()
    assert ours == theirs
    by_name = {
        line.split("  ")[0]: line.split() for line in result.text.splitlines() if line.startswith(("tuned", "check"))
    }
    tuned, check = by_name["tuned on"], by_name["check"]
    assert float(tuned[-6]) >= 0.95  # detection F1, counted from the end of the line
    assert float(check[-6]) >= 0.92
    assert float(check[-1]) >= 0.68


@pytest.mark.skipif(not LAWS.exists(), reason=f"needs the acts in force in {SHARED}")
def test_the_filter_before_the_reading_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import duties.find
    from duties.find import find_frames
    from lovdata_ingest.corpus import load

    corpus = load([LAWS])
    acts = [corpus.get(refid) for refid in ("lov/2009-06-19-44", "lov/2011-06-24-29")]
    filtered = [find_frames(act) for act in acts]
    monkeypatch.setattr(duties.find, "may_hold_a_norm", lambda text: True)
    assert [find_frames(act) for act in acts] == filtered
