"""Run the finder over the annotated acts: figures, tuned and check acts side by side, calibration, every error."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from duties.confidence import calibration, fit, probability
from duties.draft import Trace
from duties.evaluate import HEADER, Figures, Matched, Row, errors, exact, figures, line, match, read_gold
from duties.find import Finder
from duties.table import row
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document
from lovdata_ingest.sentences import flows

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# How right a frame counts for the confidence that meets only a row on which the readers differed.
BORDERLINE = 0.4
BY = ("law", "category", "modality", "language")


class Split(Struct, frozen=True, forbid_unknown_fields=True):
    """Which annotated acts rules are written on, and which are only measured."""

    seed: int
    tuning: tuple[str, ...]
    check: tuple[str, ...]


class Assessment(Struct, frozen=True):
    """What `assess` found. ``rows`` holds per frame its act, its features and how right it is."""

    text: str
    f1: float
    errors: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], float], ...]

    def fitted(self) -> str:
        """Weights of the confidence, fitted on all rows, as the JSON of ``data/confidence.json``."""
        table = fit([(features, right) for _, features, right in self.rows])
        kept = {name: value for name, value in table.items() if name == "bias" or abs(value) >= 0.05}
        about = "Logistic regression over what the rules saw; written by: pliktgraf evaluate GOLD --fit-confidence FILE"
        return json.dumps({"about": about, "weights": kept}, ensure_ascii=False, indent=1) + "\n"


def read_split(path: Path) -> Split:
    """Read the file that sets acts apart.

    Raises:
        LovdataError: if it is not of that form.
    """
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Split)
    except (OSError, msgspec.MsgspecError) as fault:
        raise LovdataError(f"{path}: expected seed, tuning and check with refids: {fault}") from fault


def assess(
    gold: Path,
    document: Callable[[str], Document],
    *,
    by: str = "",
    split: Path | None = None,
    nlp: Pipeline | None = None,
) -> Assessment:
    """Find the frames of the annotated acts and compare.

    Args:
        gold: annotated rows, a file or a folder.
        document: gives the act of a refid.
        by: ``law``, ``category``, ``modality`` or ``language`` for figures apart; empty for none.
        split: file that names the tuned and the check acts.
        nlp: the parser, None for words alone.
    """
    if by not in ("", *BY):
        raise LovdataError(f"--by {by}: expected {', '.join(BY)}")
    wanted = read_gold(gold)
    acts = {law: document(law) for law in dict.fromkeys(line["law"] for line in wanted)}
    found: list[dict[str, str]] = []
    traces: list[Trace] = []
    for act in acts.values():
        finder = Finder(act, nlp=nlp)
        finder.run()
        for trace in finder.traces:
            found.append(row(trace.frame))
            traces.append(trace)
    language = {law: act.language for law, act in acts.items()}
    matched = match(wanted, found)
    groups: list[tuple[str, Callable[[Row], bool]]] = []
    if by:

        def value(one: Row) -> str:
            return language[one["law"]] if by == "language" else one[by]

        groups = [(name, lambda one, name=name: value(one) == name) for name in sorted({value(r) for r in wanted})]  # type: ignore[misc]
    if split is not None:
        apart = read_split(split)
        groups += [
            ("tuned on", lambda one: one["law"] in apart.tuning),
            ("check", lambda one: one["law"] in apart.check),
        ]
    lines = [HEADER, *(line(name, figures(matched.where(keep))) for name, keep in groups)]
    total = figures(matched)
    lines.append(line("all", total))
    rows = _judged(found, traces, matched)
    lines += ["", *_table(rows, found, matched)]
    return Assessment("\n".join(lines), total.f1, tuple(errors(matched, _words(acts))), rows)


def _judged(
    found: list[dict[str, str]], traces: list[Trace], matched: Matched
) -> tuple[tuple[str, tuple[str, ...], float], ...]:
    right = {id(one) for _, one in matched.pairs}
    wrong = {id(one) for one in matched.spurious}
    return tuple(
        (one["law"], trace.features, 1.0 if id(one) in right else 0.0 if id(one) in wrong else BORDERLINE)
        for one, trace in zip(found, traces, strict=True)
    )


def _table(
    rows: tuple[tuple[str, tuple[str, ...], float], ...], found: list[dict[str, str]], matched: Matched
) -> list[str]:
    """The calibration, each act's frames judged by weights fitted on the other acts."""
    whole = {id(one) for wanted, one in matched.pairs if exact(wanted, one)}
    judged: list[tuple[float, bool]] = []
    parties: list[tuple[float, bool]] = []
    for law in dict.fromkeys(law for law, _, _ in rows):
        table = fit([(features, right) for other, features, right in rows if other != law])
        for (other, features, right), one in zip(rows, found, strict=True):
            if other == law and right in (0.0, 1.0):
                sure = probability(features, table)
                judged.append((sure, right == 1.0))
                parties.append((sure, id(one) in whole))
    lines = [f"{'confidence (fitted without the act)':36}{'frames':>8}{'right':>8}{'whole frame right':>20}"]
    for (low, high, number, share), (_, _, _, both) in zip(calibration(judged), calibration(parties), strict=True):
        lines.append(f"{f'{low:.2f} to {high:.2f}':36}{number:8}{share:8.2f}{both:20.2f}")
    return lines


def _words(acts: Mapping[str, Document]) -> Callable[[Row], str]:
    """A function that gives the words of a row's sentence."""
    texts: dict[tuple[str, str, str, str], str] = {}
    for law, act in acts.items():
        for section in act.sections():
            for flow in flows(section, language=act.language):
                for sentence in flow.sentences:
                    key = (law, section.name, str(flow.number), str(sentence.number))
                    texts[key] = sentence.text.replace("\n", " / ")
    return lambda one: texts.get((one["law"], one["section"], one["ledd"], one["sentence"]), "(no such sentence)")


__all__ = ["Assessment", "Figures", "Split", "assess", "read_split"]
