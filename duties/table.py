"""Norm frames as rows: the columns of the annotation guideline, and where the words stand."""

from __future__ import annotations

import json
from collections.abc import Iterable

from duties.frame import Frame

GUIDELINE = (
    "law", "section", "ledd", "sentence", "category", "modality", "bearer", "counterpart", "level", "condition",
)  # fmt: skip
COLUMNS = (*GUIDELINE, "item", "start", "end", "language", "confidence", "rule")


def row(frame: Frame) -> dict[str, str]:
    """One frame as the cells of a row, ``-`` for empty."""
    steps = frame.address.path
    section = next((step for step in steps if step.startswith("§")), steps[0] if steps else "")

    def number(word: str) -> str:
        return next((step.partition("/")[2] for step in steps if step.startswith(word + "/")), "1")

    cells = {
        "law": frame.address.act,
        "section": section,
        "ledd": number("ledd"),
        "sentence": number("setning"),
        "category": frame.category,
        "modality": frame.modality,
        "bearer": ";".join(frame.bearer),
        "counterpart": ";".join(frame.counterpart),
        "level": frame.level,
        "condition": ";".join(frame.condition),
        "item": frame.item,
        "start": str(frame.start),
        "end": str(frame.end),
        "language": frame.language,
        "confidence": f"{frame.confidence:.2f}",
        "rule": frame.rule,
    }
    return {name: value or "-" for name, value in cells.items()}


def to_tsv(frames: Iterable[Frame]) -> str:
    """A header line and one line per frame, cells between tabs."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(row(frame)[name] for name in COLUMNS) for frame in frames]
    return "\n".join(lines) + "\n"


def to_jsonl(frames: Iterable[Frame]) -> str:
    """One JSON object per frame and line; lists for ids, numbers for positions and confidence."""
    lines = []
    for frame in frames:
        cells: dict[str, object] = dict(row(frame))
        cells |= {
            "ledd": int(row(frame)["ledd"]),
            "sentence": int(row(frame)["sentence"]),
            "bearer": list(frame.bearer),
            "counterpart": list(frame.counterpart),
            "condition": list(frame.condition),
            "start": frame.start,
            "end": frame.end,
            "confidence": frame.confidence,
        }
        lines.append(json.dumps(cells, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)
