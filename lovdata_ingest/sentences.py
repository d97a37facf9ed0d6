"""Sentences of a ledd as lawyers count them, with the places in the law where their words stand.

A ledd's words lie in several nodes: its own text, the items of its lists, the text that goes on after a list. The
*flow* joins them into one text in reading order and remembers which stretch came from which node. List items belong
to the sentence that introduces them; text after a list goes on that sentence when it starts in lower case, and starts
a new one otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from lovdata_ingest.address import Address
from lovdata_ingest.language import language_of_text
from lovdata_ingest.model import Language, Node

_CANDIDATE = re.compile(
    r"""[.?!] [»”")\]]*            # the stop, and quotes or brackets that close with it
        (?P<gap> \s+ )
        (?= [«“"(\[]* [A-ZÆØÅÄÖÜÉ§] | [–-]\s+[A-ZÆØÅ§] )   # a capital or §, perhaps quoted or after a dash
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s(«“\"]+$")
_NUMBERED = re.compile(r"(?:^|[\s(])(?:§|\d+(?:-\d+)?|bokstav|litra|og|eller|til|nr\.|[a-zæøå],)\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """All abbreviations, and those of them that may also close a sentence: lower case, with the full stop."""
    import yaml

    table = yaml.safe_load(files("data").joinpath("abbreviations.yaml").read_text("utf-8"))
    closing = frozenset(table["may_end_sentence"])
    return (frozenset(table["from_spacy"]) - frozenset(table["not_in_statutes"])) | frozenset(
        table["added"]
    ) | closing, closing


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether the full stop at *stop*, before a capital, ends a sentence."""
    if text[stop] != ".":
        return True
    match = _LAST_WORD.search(text, 0, stop)
    if match is None:
        return True
    word = match[0].lower()
    every, closing = abbreviations()
    if word + "." in every or word.rsplit("-", 1)[-1] + "." in every:
        return word + "." in closing
    if len(word) == 1 and word.isalpha():  # "§ 2 a. Kommunen", "bokstav a. Kommunen", but "H. Hansen"
        return (word.islower() and match[0].islower()) or bool(_NUMBERED.search(text, 0, match.start()))
    return True


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Positions (start, end) of the sentences of *text*, white space between them left out.

    >>> text = "Kommunen svarer etter § 2 a. Fristen er 3. mai, jf. § 4 nr. 2 mv. Den kan forlenges."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Kommunen svarer etter § 2 a.', 'Fristen er 3. mai, jf. § 4 nr. 2 mv.', 'Den kan forlenges.']
    """
    spans, start = [], 0
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, match.start()):
            spans.append((start, match.start("gap")))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(spans)


class Piece(Struct, frozen=True):
    """A stretch of a flow: where it starts there, and the node whose whole text it is."""

    start: int
    node: Node

    @property
    def end(self) -> int:
        """Where it ends in the flow."""
        return self.start + len(self.node.text)


class Sentence(Struct, frozen=True):
    """One sentence: its number in the ledd, its positions in the flow, its words, its written standard.

    ``text`` holds the items of a list that the sentence introduces, each on a line of its own, without their labels.
    """

    number: int
    start: int
    end: int
    text: str
    language: Language


class Flow(Struct, frozen=True):
    """The words of one ledd in reading order, pieces joined by line breaks, and the sentences in them.

    ``address`` is the ledd's; ``number`` the ledd's number in its section (1 where a section has no ledd but a list
    or a paragraph of its own).
    """

    address: Address
    number: int
    text: str
    pieces: tuple[Piece, ...]
    sentences: tuple[Sentence, ...]

    def locate(self, position: int) -> tuple[Node, int]:
        """The node that holds a position of the flow, and the position in that node's text."""
        index = max(0, bisect_right([piece.start for piece in self.pieces], position) - 1)
        piece = self.pieces[index]
        return piece.node, min(position - piece.start, len(piece.node.text))

    def spans(self, start: int, end: int) -> Iterator[tuple[Node, int, int]]:
        """The nodes that a stretch of the flow runs through, with the positions in each one's text."""
        for piece in self.pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            if first < last:
                yield piece.node, first - piece.start, last - piece.start

    def address_of(self, sentence: Sentence) -> Address:
        """``…/ledd/1/setning/2``."""
        return self.address.child(f"setning/{sentence.number}")


_TEXT_KINDS = frozenset(("ledd", "item", "continuation", "paragraph", "cell", "caption"))
_BELOW = frozenset(("ledd", "item", "list", "continuation", "paragraph", "table", "row", "cell", "caption"))


def _nodes(node: Node) -> Iterator[tuple[Node, bool]]:
    """The nodes whose words make up the flow, each with whether it stands inside a list item."""

    def below(parent: Node, inside: bool) -> Iterator[tuple[Node, bool]]:
        for child in parent.children:
            if child.kind in _BELOW:
                within = inside or child.kind in ("item", "cell", "caption")
                if child.text:
                    yield child, within
                yield from below(child, within)

    if node.kind in _TEXT_KINDS and node.text:
        yield node, False
    yield from below(node, False)


def flow_of(node: Node, *, number: int = 1, language: Language = "nb") -> Flow | None:
    """The flow of a ledd (or of any node with words), None when it has no words.

    Args:
        node: the ledd.
        number: its number in the section.
        language: the act's written standard, for sentences whose words do not tell.
    """
    pieces: list[Piece] = []
    spans: list[tuple[int, int]] = []
    texts: list[str] = []
    position = 0
    for part, inside in _nodes(node):
        words = part.text
        pieces.append(Piece(position, part))
        texts.append(words)
        own = [(position + start, position + end) for start, end in split_sentences(words)]
        goes_on = inside or (part.kind == "continuation" and words[:1].islower())
        if spans and goes_on:
            spans[-1] = (spans[-1][0], position + len(words) if inside else own[0][1])
            if not inside:
                spans.extend(own[1:])
        elif inside:
            spans.append((position, position + len(words)))
        else:
            spans.extend(own)
        position += len(words) + 1
    if not pieces or not spans or node.address is None:
        return None
    text = "\n".join(texts)
    sentences = tuple(
        Sentence(index, start, end, text[start:end], language_of_text(text[start:end], language))
        for index, (start, end) in enumerate(spans, 1)
    )
    return Flow(node.address, number, text, tuple(pieces), sentences)


def flows(section: Node, *, language: Language = "nb") -> Iterator[Flow]:
    """The flows of a section's ledd, first to last.

    A section without ledd whose list or paragraph stands directly under it has one flow with the number 1 and the
    section's own address.
    """
    if section.ledd:
        for number, ledd in enumerate(section.ledd, 1):
            flow = flow_of(ledd, number=number, language=language)
            if flow is not None:
                yield flow
    else:
        flow = flow_of(section, language=language)
        if flow is not None:
            yield flow
