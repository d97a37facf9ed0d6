"""Figures against annotated frames, as the guideline's scorer defines them, and every error with its words."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from duties.table import GUIDELINE
from lovdata_ingest.errors import LovdataError

Row = Mapping[str, str]
FIELDS = ("bearer", "counterpart", "condition")


class Matched(Struct, frozen=True):
    """Gold rows and rows found, tied together: pairs, gold rows missed, rows that nothing in gold answers to."""

    pairs: tuple[tuple[Row, Row], ...]
    missed: tuple[Row, ...]
    spurious: tuple[Row, ...]

    def where(self, keep: Callable[[Row], bool]) -> Matched:
        """Only the rows that *keep* wants, by the gold row of a pair."""
        return Matched(
            tuple(pair for pair in self.pairs if keep(pair[0])),
            tuple(filter(keep, self.missed)),
            tuple(filter(keep, self.spurious)),
        )


class Figures(Struct, frozen=True):
    """The scorer's figures. ``level`` is a share of rows that have a level; the other fields are F1 over ids."""

    gold: int
    found: int
    precision: float
    recall: float
    f1: float
    bearer: float
    counterpart: float
    level: float
    condition: float
    frame: float


def read_gold(path: Path) -> list[dict[str, str]]:
    """Read annotated rows from a ``.tsv`` file or a folder of them.

    Raises:
        LovdataError: if there is no such file, or a column is missing.
    """
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    if not files or not all(file.exists() for file in files):
        raise LovdataError(f"{path}: no .tsv file with annotated frames (expected the columns {', '.join(GUIDELINE)})")
    rows: list[dict[str, str]] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
            if missing := [name for name in GUIDELINE if name not in (reader.fieldnames or ())]:
                raise LovdataError(f"{file}: column missing: {', '.join(missing)}")
            rows += [{**line, "section": line["section"].replace(" ", "")} for line in reader]
    return rows


def ids(cell: str | None) -> frozenset[str]:
    """The ids of a cell."""
    return frozenset(part.strip() for part in (cell or "").split(";") if part.strip() not in ("", "-"))


def sure(row: Row) -> bool:
    """Whether both readers agreed on a gold row."""
    return row.get("sure", "1") != "0"


def skipped(row: Row) -> frozenset[str]:
    """The fields of a gold row on which the readers differed."""
    return ids(row.get("skip"))


def match(gold: Sequence[Row], found: Sequence[Row]) -> Matched:
    """Tie rows of the same ledd, category and modality, best agreement on the parties first.

    Borderline gold rows count neither way, nor do rows that meet nothing but such a row.
    """

    def key(row: Row) -> tuple[str, ...]:
        return row["law"], row["section"], row["ledd"], row["category"], row["modality"]

    by_key: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for row in gold:
        by_key[key(row)][0].append(row)
    for row in found:
        by_key[key(row)][1].append(row)
    pairs: list[tuple[Row, Row]] = []
    missed: list[Row] = []
    spurious: list[Row] = []
    for wanted, left in by_key.values():
        for row in sorted(wanted, key=lambda one: not sure(one)):
            if not left:
                missed.append(row)
                continue
            best = max(left, key=lambda one: _agreement(row, one))
            left.remove(best)
            pairs.append((row, best))
        spurious += left
    borderline = {(row["law"], row["section"], row["ledd"], row["category"]) for row in gold if not sure(row)}
    return Matched(
        tuple(pair for pair in pairs if sure(pair[0])),
        tuple(row for row in missed if sure(row)),
        tuple(r for r in spurious if (r["law"], r["section"], r["ledd"], r["category"]) not in borderline),
    )


def _agreement(gold: Row, found: Row) -> tuple[float, bool]:
    score = 0.0
    for field in ("bearer", "counterpart"):
        ours, theirs = ids(gold[field]), ids(found[field])
        score += len(ours & theirs) - len(ours ^ theirs) * 0.5
    return score, gold["sentence"] == found["sentence"]


def _f1(right: float, wrong: float, missed: float) -> tuple[float, float, float]:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def exact(gold: Row, found: Row) -> bool:
    """Whether bearer and counterpart are both exactly right, as far as they are scored."""
    return all(ids(gold[f]) == ids(found[f]) or f in skipped(gold) for f in ("bearer", "counterpart"))


def figures(matched: Matched) -> Figures:
    """The figures of the scorer over matched rows."""
    pairs = matched.pairs
    gold, found = len(pairs) + len(matched.missed), len(pairs) + len(matched.spurious)
    precision, recall, f1 = _f1(len(pairs), len(matched.spurious), len(matched.missed))
    fields: dict[str, float] = {}
    for field in FIELDS:
        both = only_found = only_gold = 0
        for wanted, row in pairs:
            if field in skipped(wanted):
                continue
            ours, theirs = ids(wanted[field]), ids(row[field])
            both, only_found, only_gold = (
                both + len(ours & theirs),
                only_found + len(theirs - ours),
                only_gold + len(ours - theirs),
            )
        fields[field] = _f1(both, only_found, only_gold)[2]
    levels = [(w["level"], r["level"]) for w, r in pairs if w["level"] not in ("-", "") and "level" not in skipped(w)]
    whole = sum(exact(wanted, row) for wanted, row in pairs)
    return Figures(
        gold, found, precision, recall, f1, fields["bearer"], fields["counterpart"],
        sum(a == b for a, b in levels) / len(levels) if levels else float("nan"), fields["condition"],
        _f1(whole, found - whole, gold - whole)[2],
    )  # fmt: skip


HEADER = f"{'':36}{'gold':>6}{'found':>6}{'P':>7}{'R':>7}{'F1':>7}{'bearer':>8}{'counterp':>9}{'level':>7}{'cond':>7}{'frame':>7}"


def line(name: str, one: Figures) -> str:
    """A row of the table of figures."""
    return (
        f"{name:36}{one.gold:6}{one.found:6}{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}{one.bearer:8.3f}"
        f"{one.counterpart:9.3f}{one.level:7.3f}{one.condition:7.3f}{one.frame:7.3f}"
    )


def errors(matched: Matched, words: Callable[[Row], str]) -> Iterable[str]:
    """Every error as a few lines: what was wanted, what was found, by which rule, and the sentence.

    The words are the law's: keep the file out of the repository.
    """

    def said(row: Row) -> str:
        place = f"{row['law']}/{row['section']}/ledd/{row['ledd']}/setning/{row['sentence']}"
        return f"{place}  {row['category']} {row['modality']}  {row['bearer']} -> {row['counterpart']}  [{row['condition']}]"

    for row in matched.missed:
        yield f"MISSED    {said(row)}\n          {words(row)}\n"
    for row in matched.spurious:
        yield f"SPURIOUS  {said(row)}  {row.get('rule', '')}\n          {words(row)}\n"
    for wanted, row in matched.pairs:
        wrong = [
            f"{field}: {wanted[field]} wanted, {row[field]} found"
            for field in (*FIELDS, "level")
            if field not in skipped(wanted)
            and (
                ids(wanted[field]) != ids(row[field])
                if field != "level"
                else wanted[field] not in ("-", "", row[field])
            )
        ]
        if wrong:
            yield f"FIELD     {said(row)}  {row.get('rule', '')}\n          {'; '.join(wrong)}\n          {words(wanted)}\n"
