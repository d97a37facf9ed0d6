"""Pairs the paragraphs of two versions: equal ones first, then those most alike, in order, never crossing."""

from __future__ import annotations

from collections.abc import Sequence

ALIKE = 0.5  # below this, two paragraphs are two paragraphs


def likeness(before: str, after: str) -> float:
    """How alike two texts are, 0 to 1, by their words in order; a label at the start plays no part."""
    from rapidfuzz.distance import Indel

    if before == after:
        return 1.0
    return Indel.normalized_similarity(before.split(), after.split())


def align(before: Sequence[str], after: Sequence[str], *, alike: float = ALIKE) -> list[tuple[int | None, int | None]]:
    """Pair the indexes of two lists of paragraphs.

    Equal paragraphs attract most, others by their likeness when it is at least *alike*. Unpaired ones stand alone:
    ``(3, None)`` went out, ``(None, 4)`` came in. The pairs are in order on both sides; where one went out and one
    came in at the same place, the one that went out comes first.

    >>> align(["Stien skal merkes.", "Kommunen fører tilsyn."], ["Ny tekst her nå.", "Stien skal merkes."])
    [(None, 0), (0, 1), (1, None)]
    """
    rows, columns = len(before), len(after)
    start = 0
    while start < min(rows, columns) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(rows, columns) - start and before[rows - 1 - end] == after[columns - 1 - end]:
        end += 1
    middle = _best(before[start : rows - end], after[start : columns - end], alike)
    return [
        *((i, i) for i in range(start)),
        *((None if a is None else a + start, None if b is None else b + start) for a, b in middle),
        *((rows - end + i, columns - end + i) for i in range(end)),
    ]


def _best(before: Sequence[str], after: Sequence[str], alike: float) -> list[tuple[int | None, int | None]]:
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return [*((i, None) for i in range(rows)), *((None, j) for j in range(columns))]
    gain = [[0.0] * columns for _ in range(rows)]
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            score = likeness(one, other)
            gain[i][j] = 1.5 if score == 1.0 else score if score >= alike else 0.0
    total = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = total[i + 1][j + 1] + gain[i][j] if gain[i][j] else 0.0
            total[i][j] = max(pair, total[i + 1][j], total[i][j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows and j < columns:
        if gain[i][j] and total[i][j] == total[i + 1][j + 1] + gain[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif total[i][j] == total[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    pairs.extend((k, None) for k in range(i, rows))
    pairs.extend((None, k) for k in range(j, columns))
    return pairs
