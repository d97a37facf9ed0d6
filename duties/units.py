"""What is read at a time: a sentence, a lead with its list items, or one sentence inside an item."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from duties.clauses import Parse
from duties.words import Token, tokens_of
from lovdata_ingest.sentences import Flow, Sentence, split_sentences


class Unit(Struct):
    """Words read together: their tokens, text, and positions in the flow."""

    tokens: list[Token]
    text: str
    start: int
    end: int


def units_of(flow: Flow, sentence: Sentence) -> Iterator[Unit]:
    """Split a sentence with a list into the lead with the first sentence of each item, and the further sentences."""
    pieces = [p for p in flow.pieces if p.start < sentence.end and p.end > sentence.start and p.node.text]
    if len(pieces) <= 1:
        yield Unit(tokens_of(flow.text, sentence.start, sentence.end), sentence.text, sentence.start, sentence.end)
        return
    lead_end = min(pieces[0].end, sentence.end)
    lead = flow.text[sentence.start : lead_end].rstrip()
    joined = tokens_of(flow.text, sentence.start, lead_end)
    separate: list[tuple[int, int]] = []
    for piece in pieces[1:]:
        for number, (start, end) in enumerate(split_sentences(piece.node.text)):
            first, last = piece.start + start, piece.start + end
            if number > 0 or (lead.endswith(".") and flow.text[first : first + 1].isupper()):
                separate.append((first, last))
            else:
                joined += tokens_of(flow.text, first, last, item=piece.node.kind in ("item", "cell"))
    yield Unit(joined, sentence.text, sentence.start, sentence.end)
    for first, last in separate:
        yield Unit(tokens_of(flow.text, first, last), flow.text[first:last], first, last)


def scope(tree: Parse, head: int, unit: Unit) -> str:
    """The words that a condition is looked for in: where the trigger stands in a list item, the lead and that item.

    Other items are blanked, so that positions hold.
    """
    opens = [i for i, token in enumerate(tree.tokens) if token.opens]
    if not opens or head < opens[0]:
        return unit.text
    first = max(i for i in opens if i <= head)
    last = next((i for i in opens if i > head), len(tree.tokens))
    text = unit.text
    for start, end in ((opens[0], first), (last, len(tree.tokens))):
        if start < end:
            a, b = tree.tokens[start].start - unit.start, tree.tokens[end - 1].end - unit.start
            text = text[:a] + " " * (b - a) + text[b:]
    return text
