"""Which written standard words are in: bokmål (nb) or nynorsk (nn), by words that only one of them has."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from lovdata_ingest.model import Header, Language, Node

_WORD = re.compile(r"[a-zæøåò]+")
_ENOUGH = 4000  # characters of an act that are read to tell its standard; acts run to a million


@lru_cache(maxsize=1)
def markers() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only bokmål has, and words that only nynorsk has (``data/language_markers.yaml``)."""
    import yaml

    table = yaml.safe_load(files("data").joinpath("language_markers.yaml").read_text("utf-8"))
    return frozenset(table["nb"]), frozenset(table["nn"])


def score(text: str) -> tuple[int, int]:
    """How many words of *text* only bokmål has, and how many only nynorsk has."""
    nb, nn = markers()
    words = _WORD.findall(text.lower())
    return sum(word in nb for word in words), sum(word in nn for word in words)


def language_of_text(text: str, default: Language) -> Language:
    """The written standard of *text*; *default* where its words do not tell.

    >>> language_of_text("Kommunen skal ikkje krevje gebyr frå dei som søkjer.", default="nb")
    'nn'
    """
    nb, nn = score(text)
    return default if nb == nn else "nb" if nb > nn else "nn"


def language_of(body: Node, header: Header) -> Language:
    """The written standard of an act, by the words of its first pages; the header's labels decide a tie."""
    labels = {label for _, label, _ in header.fields}
    default: Language = "nn" if labels & {"I kraft frå", "Sist endra ved", "Endrar"} else "nb"
    words: list[str] = []
    seen = 0
    for node in body.walk():
        if node.text and node.kind in ("ledd", "item", "paragraph", "heading"):
            words.append(node.text)
            seen += len(node.text)
            if seen > _ENOUGH:
                break
    return language_of_text(" ".join(words), default)
