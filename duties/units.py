"""What is read at a time: a sentence, a lead with its list items, or one sentence inside an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from duties.clauses import Parse
from duties.words import Token, tokens_of
from lovdata_ingest.sentences import Flow, Sentence, split_sentences


class Unit:
    """Words read together: their text and positions in the flow; the tokens are made when somebody asks for them."""

    def __init__(self, flow: Flow, text: str, parts: list[tuple[int, int, bool]]) -> None:
        self.text, self.start, self.end = text, parts[0][0], max(parts[-1][1], parts[0][0] + len(text))
        self._flow, self._parts = flow, parts

    @property
    def lead(self) -> str:
        """The words before the list items, empty where there are none."""
        start, end, _ = self._parts[0]
        return self._flow.text[start:end] if len(self._parts) > 1 else ""

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens, with positions in the flow."""
        return [
            token for start, end, item in self._parts for token in tokens_of(self._flow.text, start, end, item=item)
        ]


def units_of(flow: Flow, sentence: Sentence) -> Iterator[Unit]:
    """Split a sentence with a list into the lead with the first sentence of each item, and the further sentences."""
    pieces = [p for p in flow.pieces if p.start < sentence.end and p.end > sentence.start and p.node.text]
    if len(pieces) <= 1:
        yield Unit(flow, sentence.text, [(sentence.start, sentence.end, False)])
        return
    lead_end = min(pieces[0].end, sentence.end)
    lead = flow.text[sentence.start : lead_end].rstrip()
    joined = [(sentence.start, lead_end, False)]
    separate: list[tuple[int, int]] = []
    for piece in pieces[1:]:
        for number, (start, end) in enumerate(split_sentences(piece.node.text)):
            first, last = piece.start + start, piece.start + end
            if number > 0 or (lead.endswith(".") and flow.text[first : first + 1].isupper()):
                separate.append((first, last))
            else:
                joined.append((first, last, piece.node.kind in ("item", "cell")))
    yield Unit(flow, sentence.text, joined)
    for first, last in separate:
        yield Unit(flow, flow.text[first:last], [(first, last, False)])


_CRITERIA = re.compile(
    r"\b(?:vilkår\w*|kriteri\w*|krav\w*|forutsetning\w*)(?:\s(?!skal|må)\w+){0,5}\s*:?\s*$", re.IGNORECASE
)


def lists_criteria(unit: Unit) -> bool:
    """Whether the items are conditions that must be met: "… når disse vilkårene er oppfylt:"."""
    return bool(_CRITERIA.search(unit.lead))


_TRIGGERS_FOLLOW = re.compile(
    r"""(?:\b(?: når|dersom|hvis|viss|ved|der|at|mindre|utstrekning|etter|for|under) | tilfeller? | tilfelle | høve | vilkår\w*
        | oppfylt | dersom\s\w+ ) [\s:,]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_HELPED_WITH = re.compile(r"\b(?:bistå|hjelpe|medvirke|medverke)\s(?:\w+\s){0,3}(?:ved|med|i)[\s:]*$", re.IGNORECASE)
_IS_TRIGGER = frozenset("når dersom hvis viss om ved med så der for etter uten utan".split())


def _without_matter(tree: Parse, opens: list[int], unit: Unit) -> str:
    """The words of a sentence whose trigger stands in the lead; items that only list what it is about are blanked."""
    lead = unit.lead.rstrip()
    if _TRIGGERS_FOLLOW.search(lead) and not _HELPED_WITH.search(lead):
        return unit.text
    text = unit.text
    for first, last in zip(opens, [*opens[1:], len(tree.tokens)], strict=True):
        if any(token.lower in _IS_TRIGGER for token in tree.tokens[first : first + 3]):
            continue
        a, b = tree.tokens[first].start - unit.start, tree.tokens[last - 1].end - unit.start
        text = text[:a] + " " * (b - a) + text[b:]
    return text


def scope(tree: Parse, head: int, unit: Unit) -> str:
    """The words that a condition is looked for in: where the trigger stands in a list item, the lead and that item.

    Other items are blanked, so that positions hold.
    """
    opens = [i for i, token in enumerate(tree.tokens) if token.opens]
    if not opens:
        return unit.text
    if head < opens[0]:
        return _without_matter(tree, opens, unit)
    first = max(i for i in opens if i <= head)
    last = next((i for i in opens if i > head), len(tree.tokens))
    text = unit.text
    for start, end in ((opens[0], first), (last, len(tree.tokens))):
        if start < end:
            a, b = tree.tokens[start].start - unit.start, tree.tokens[end - 1].end - unit.start
            text = text[:a] + " " * (b - a) + text[b:]
    return text
