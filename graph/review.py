"""The reader's marks: findings seen, accepted or wrong, kept in a small YAML file beside the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from graph.finding import Finding
from lovdata_ingest.errors import LovdataError

Mark = Literal["seen", "accepted", "wrong"]
FILE = Path("pliktgraf-review.yaml")


class ReviewError(LovdataError):
    """A file of marks that cannot be read. Carries the path and what is wrong."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(
            f"{path}: {problem}. Expected:\n    findings:\n      mm-0123abcd: {{mark: accepted, note: text, date: 2025-11-08}}\n"
            f"with mark one of {', '.join(get_args(Mark))}."
        )


class Marked(Struct, frozen=True, omit_defaults=True):
    """A reader's mark on one finding. ``date`` is the day it was set, as in ISO 8601."""

    mark: Mark
    note: str = ""
    date: str = ""


class Review(Struct, frozen=True):
    """All marks, by the id of the finding."""

    marks: dict[str, Marked] = {}


class Reviewed(Struct, frozen=True):
    """Findings after the marks: what is left to read, what was marked, and marks on findings that are no more."""

    findings: tuple[Finding, ...]
    seen: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    stale: tuple[str, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """Findings without a mark."""
        marked = {f.id for f in (*self.seen, *self.accepted, *self.wrong)}
        return tuple(f for f in self.findings if f.id not in marked)


def _one(path: Path, id_: str, entry: Any) -> Marked:
    if isinstance(entry, str):
        entry = {"mark": entry}
    if not isinstance(entry, dict) or entry.get("mark") not in get_args(Mark):
        raise ReviewError(path, f"finding {id_} has no mark that we know: {entry!r}")
    unknown = set(entry) - {"mark", "note", "date"}
    if unknown:
        raise ReviewError(path, f"finding {id_} has unknown keys {sorted(unknown)}")
    return Marked(entry["mark"], str(entry.get("note") or ""), str(entry.get("date") or ""))


def load_review(path: Path = FILE) -> Review:
    """Read the marks; none where the file is missing.

    Raises:
        ReviewError: if the file is no YAML of the expected form.
    """
    import yaml

    if not path.exists():
        return Review()
    try:
        table = yaml.safe_load(path.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise ReviewError(path, f"not YAML ({error})") from error
    if not isinstance(table, dict) or not isinstance(table.get("findings", {}), dict):
        raise ReviewError(path, "no table of findings")
    return Review({str(id_): _one(path, str(id_), entry) for id_, entry in (table.get("findings") or {}).items()})


def save_review(path: Path, review: Review) -> None:
    """Write the marks, sorted by id."""
    import yaml

    table = {
        id_: {key: value for key, value in (("mark", m.mark), ("note", m.note), ("date", m.date)) if value}
        for id_, m in sorted(review.marks.items())
    }
    head = "# Marks on findings of pliktgraf: seen, accepted or wrong. Later runs respect and report them.\n"
    path.write_text(head + yaml.safe_dump({"findings": table}, allow_unicode=True, sort_keys=False), "utf-8")


def mark(path: Path, id_: str, value: Mark, note: str = "", *, today: dt.date | None = None) -> Review:
    """Set a mark and write the file; the mark that the finding had is replaced."""
    review = load_review(path)
    date = (today or dt.date.today()).isoformat()
    updated = Review(review.marks | {id_: Marked(value, note, date)})
    save_review(path, updated)
    return updated


def apply_review(findings: Iterable[Finding], review: Review) -> Reviewed:
    """Sort findings by their marks.

    Those marked wrong are taken out of ``findings``; seen and accepted ones stay. ``stale`` are the ids of marks whose
    finding is not there any more: the law or a rule has changed.
    """
    every = tuple(findings)
    by_mark: dict[str, list[Finding]] = {"seen": [], "accepted": [], "wrong": []}
    for finding in every:
        marked = review.marks.get(finding.id)
        if marked is not None:
            by_mark[marked.mark].append(finding)
    ids = {f.id for f in every}
    wrong = tuple(by_mark["wrong"])
    return Reviewed(
        tuple(f for f in every if f not in wrong), tuple(by_mark["seen"]), tuple(by_mark["accepted"]), wrong,
        tuple(sorted(id_ for id_ in review.marks if id_ not in ids)),
    )  # fmt: skip
