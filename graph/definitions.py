"""Definitions of who a service provider is: the term, the ledd, and the words after "menes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from graph.wording import normal, tokens
from lovdata_ingest.address import Address
from lovdata_ingest.model import Node
from lovdata_ingest.sentences import flows

_MEANS = re.compile(
    r"""^(?:med|som)\s(?P<term>[a-zæøå -]{3,60}?)\s
        (?P<scope>(?:etter\s(?:første|andre|annet|tredje)[a-zæøå ]*\sledd|her|i\sdenne\sloven|etter\sdenne\sloven)\s)?
        (?:er\sdet\sher\sment|er\sher\sment|er\sdet\sment|menes|forstås|regnes)\s(?P<words>.+)$""",
    re.VERBOSE,
)


_LIKELY = re.compile(r"\bmenes\b|\bmeint\b|\bforstås\b|\bregnes\b|\breknast\b")


class Definition(Struct, frozen=True):
    """A legal definition. ``term`` is bokmål, lower case; ``words`` the definition's words as `tokens` gives them.

    ``scope`` tells how far it reaches: ``section`` ("her"), ``ledd`` (named ledd), ``act`` or ``-`` where nothing is said.
    """

    address: Address
    ledd: int
    term: str
    scope: Literal["section", "ledd", "act", "-"]
    words: tuple[str, ...]


_STEMS = {
    "tjenesteytere": "tjenesteytere", "tjenesteyter": "tjenesteytere", "tjenesteapparatet": "tjenesteytere",
    "andre tjenesteytere": "tjenesteytere",
}  # fmt: skip


def concept(term: str) -> str:
    """The notion that a term stands for: the terms for service providers are one notion.

    >>> concept("tjenesteapparatet"), concept("offentlige organer")
    ('tjenesteytere', 'offentlige organer')
    """
    return _STEMS.get(term, term)


def definitions_in(section: Node, language: str) -> Iterator[Definition]:
    """The definitions of a section, in the order of the text."""
    if not any(_LIKELY.search(node.text) for node in section.of("ledd", "paragraph", "continuation")):
        return
    for flow in flows(section, language="nn" if language == "nn" else "nb"):
        for sentence in flow.sentences:
            if not _LIKELY.search(sentence.text):
                continue
            match = _MEANS.match(normal(sentence.text, sentence.language))
            if match is None:
                continue
            scope = match["scope"] or ""
            here = "er det her ment" in match[0] or "er her ment" in match[0] or scope.startswith("her")
            yield Definition(
                flow.address, flow.number, match["term"].strip(),
                "section" if here else "ledd" if "ledd" in scope else "act" if scope else "-",
                tokens(match["words"], sentence.language),
            )  # fmt: skip
