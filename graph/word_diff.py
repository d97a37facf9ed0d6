"""What changed between two versions of a paragraph, word by word; both versions can be rebuilt from the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

_TOKEN = re.compile(r"\s+|\w+(?:[-–/]\w+)*|[^\w\s]")


class Piece(Struct, frozen=True):
    """A run of words that stayed, went out or came in."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts by words.

    The pieces that are not ``inserted`` make up *before*, those that are not ``deleted`` make up *after*, to the
    character. Where words were replaced, what went out stands before what came in. A stray word that happens to
    stand in both texts between two changes is not kept as common: the change reads as one.

    >>> [(p.kind[0], p.text) for p in word_diff("Eieren kan merke stien.", "Eieren skal merke stien.")]
    [('s', 'Eieren '), ('d', 'kan'), ('i', 'skal'), ('s', ' merke stien.')]
    """
    if before == after:
        return (Piece("same", before),) if before else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    return tuple(_pieces(_smooth(list(_opcodes(old, new)), old, new), old, new))


def rebuilt(pieces: Iterable[Piece]) -> tuple[str, str]:
    """The two texts that the pieces came from."""
    pieces = tuple(pieces)
    return (
        "".join(piece.text for piece in pieces if piece.kind != "inserted"),
        "".join(piece.text for piece in pieces if piece.kind != "deleted"),
    )


_Span = tuple[bool, int, int, int, int]  # equal, then the two ranges of tokens


def _opcodes(old: list[str], new: list[str]) -> Iterator[_Span]:
    """Common and differing runs of tokens. Words decide what is common; signs and spaces follow the words around them."""
    from rapidfuzz.distance import LCSseq

    here = [index for index, token in enumerate(old) if token[0].isalnum()]
    there = [index for index, token in enumerate(new) if token[0].isalnum()]
    pairs = [
        (here[op.src_start + step], there[op.dest_start + step])
        for op in LCSseq.opcodes([old[i] for i in here], [new[i] for i in there])
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    ]
    a = c = 0
    for i, j in (*pairs, (len(old), len(new))):
        yield from _between(old, new, a, i, c, j)
        if i < len(old):
            yield True, i, i + 1, j, j + 1
        a, c = i + 1, j + 1


def _between(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> Iterator[_Span]:
    """A run without common words: what stands alike at its two ends is common, the rest differs."""
    start = 0
    while a + start < b and c + start < d and old[a + start] == new[c + start]:
        start += 1
    end = 0
    while b - end > a + start and d - end > c + start and old[b - 1 - end] == new[d - 1 - end]:
        end += 1
    if start:
        yield True, a, a + start, c, c + start
    if a + start < b - end or c + start < d - end:
        yield False, a + start, b - end, c + start, d - end
    if end:
        yield True, b - end, b, d - end, d


def _smooth(spans: list[_Span], old: Sequence[str], new: Sequence[str]) -> list[_Span]:
    """Join neighbouring runs, and take common runs that say nothing into the changes around them."""
    joined = _joined(spans)
    result: list[_Span] = []
    for index, (equal, a, b, c, d) in enumerate(joined):
        if equal and 0 < index < len(joined) - 1:
            words = [token for token in old[a:b] if token[0].isalnum()]
            before, after = (x[2] - x[1] + x[4] - x[3] for x in (joined[index - 1], joined[index + 1]))
            stray = len(words) == 1 and len(words[0]) <= 3 and min(before, after) >= 4
            equal = bool(words) and not stray
        result.append((equal, a, b, c, d))
    return _joined(result)


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    result: list[_Span] = []
    for equal, a, b, c, d in spans:
        if result and result[-1][0] == equal:
            _, first, _, second, _ = result[-1]
            result[-1] = (equal, first, b, second, d)
        else:
            result.append((equal, a, b, c, d))
    return result


def _pieces(spans: list[_Span], old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for equal, a, b, c, d in spans:
        if equal:
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("deleted", "".join(old[a:b]))
        if c < d:
            yield Piece("inserted", "".join(new[c:d]))
