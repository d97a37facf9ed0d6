"""How two provisions differ: nynorsk turned into bokmål, words aligned, each difference told by what it is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct
from rapidfuzz.distance import Indel, Levenshtein

from graph.tables import load_table

Aspect = Literal["bearer", "beneficiary", "counterpart", "threshold", "modality", "secrecy", "reference", "wording"]

_WORD = re.compile(r"§+|\d+(?:-\d+)?|[a-zæøåéèòü]+(?:-[a-zæøå]+)*-?", re.IGNORECASE)
_MODAL = frozenset("skal må kan bør plikter".split())


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return load_table("wording.yaml")


@lru_cache(maxsize=1)
def _maps() -> tuple[dict[str, str], re.Pattern[str], list[tuple[str, str]], frozenset[str], dict[str, frozenset[str]]]:
    table = _table()
    words: dict[str, str] = {key: value for key, value in table["words"].items() if " " not in key}
    phrases = {key: value for key, value in table["words"].items() if " " in key}
    words |= {f"\0{key}": value for key, value in phrases.items()}
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + r")\b")
    endings = sorted(((a, b) for a, b in table["endings"]), key=lambda pair: -len(pair[0]))
    aspects = {name: frozenset(found) for name, found in table["aspects"].items()}
    return words, pattern, endings, frozenset(table["beneficiaries"]), aspects


@lru_cache(maxsize=65536)
def _word(word: str, nynorsk: bool) -> str:
    words, _, endings, _, _ = _maps()
    found = words.get(word)
    if found is not None:
        return found
    if nynorsk:
        for old, new in _table()["parts"]:
            if old in word and new not in word:
                word = word.replace(old, new)
        if word in words:
            return words[word]
        for old, new in endings:
            if word.endswith(old) and len(word) - len(old) >= 3:
                return word[: -len(old)] + new
    return word


@lru_cache(maxsize=16384)
def tokens(text: str, language: str = "nb") -> tuple[str, ...]:
    """The words of *text* in lower case, nynorsk turned into bokmål as far as our list goes; signs left out.

    >>> " ".join(tokens("Skolen skal samarbeide med andre tenesteytarar.", "nn"))
    'skolen skal samarbeide med andre tjenesteytere'
    """
    words, pattern, _, _, _ = _maps()
    lowered = text.lower().replace("\n", " ").replace("­", "")
    nynorsk = language == "nn"
    first = [_word(word, nynorsk) for word in _WORD.findall(pattern.sub(lambda m: words["\0" + m[0]], lowered))]
    joined = " ".join(first)
    return tuple(pattern.sub(lambda m: words["\0" + m[0]], joined).split())


def normal(text: str, language: str = "nb") -> str:
    """The words of *text* as `tokens` gives them, joined by spaces: what the patterns of duty types are matched on."""
    return " ".join(tokens(text, language))


class Difference(Struct, frozen=True):
    """One stretch where two wordings part: what it is about, and the words on either side (in bokmål, lower case)."""

    aspect: Aspect
    left: str
    right: str


class Comparison(Struct, frozen=True):
    """How near two wordings are (0 to 1, after the bearer and the person served are taken out) and where they part."""

    similarity: float
    differences: tuple[Difference, ...]

    @property
    def aspects(self) -> frozenset[Aspect]:
        """What the differences are about."""
        return frozenset(d.aspect for d in self.differences)


_FILLERS = frozenset("en et den det de og eller som i på av for til med å dette slik så sine sitt sin her".split())
_INVERTED = frozenset("dersom når ved hvis for etter så som uten det om blir har er fra også".split())
_INFINITIVES = frozenset(
    "delta samarbeide bestemme sørge gi melde samordne tilby oppnevne utarbeide medvirke varsle bistå ha være gjøre "
    "innhente legge ta få utforme utformes gis inngå kunne informere".split()
)
_TRIGGERS = frozenset("dersom når hvis såfremt med_mindre".split())


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The word without the endings of number and definiteness, so that they do not count as differences."""
    if len(word) > 6:
        for ending in ("erne", "ere", "ene", "en", "et", "er", "e", "a"):
            if word.endswith(ending):
                return word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def _subject(words: tuple[str, ...]) -> frozenset[int]:
    """Positions of the words for the bearer: before the modal verb, or after it where the sentence is inverted."""
    modal = next((i for i, word in enumerate(words[:60]) if word in _MODAL), None)
    if modal is None:
        return frozenset()
    if words[0] not in _INVERTED:
        span = range(modal)
    else:
        end = next((i for i in range(modal + 1, min(modal + 9, len(words))) if words[i] in _INFINITIVES), modal + 2)
        span = range(modal + 1, min(end, len(words)))
    names = {_stem(words[i]) for i in span} - _FILLERS
    return frozenset(i for i, word in enumerate(words) if i in span or (_stem(word) in names and len(word) > 3))


@lru_cache(maxsize=65536)
def _masked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Stems without the bearer, the words for the person served made one."""
    _, _, _, beneficiaries, _ = _maps()
    subject, masked = _subject(words), list[str]()
    for index, word in enumerate(words):
        if index in subject:
            continue
        out = "person" if word in beneficiaries else _stem(word)
        if not (out == "person" and masked[-1:] == ["person"]):
            masked.append(out)
    return tuple(masked)


def _aspect(left: list[str], right: list[str], subjects: frozenset[str]) -> Aspect:
    _, _, _, beneficiaries, aspects = _maps()
    shared = {_stem(w) for w in left} & {_stem(w) for w in right}
    changed = {
        w for w in (*left, *right) if w not in _FILLERS and _stem(w) not in shared and not w.endswith(("loven", "lova"))
    }
    laws = [{w for w in side if w.endswith(("loven", "lova"))} for side in (left, right)]
    numbers = {w for w in (*left, *right) if w[0].isdigit()} - {w for w in left if w in right}
    if (laws[0] and laws[1] and laws[0] != laws[1]) or (numbers and not changed - numbers - {"nr", "bokstav"}):
        return "reference"
    if not changed:
        return "wording"
    if {_stem(word) for word in changed} <= subjects:
        return "bearer"
    changed = {w for w in changed if _stem(w) not in subjects} or changed
    if changed <= beneficiaries:
        return "beneficiary"
    short = len(left) <= 3 and len(right) <= 3
    order: tuple[Aspect, ...] = ("secrecy", "modality", "threshold", "counterpart")
    if not short or changed & _TRIGGERS:
        order = ("secrecy", "threshold", "counterpart", "modality")
        if changed & _TRIGGERS:
            return "threshold"
    return next((name for name in order if changed & aspects[name]), "wording")


_ORDINALS = frozenset("første andre annet tredje fjerde femte sjette sjuende".split())


def _numberless(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the number of a ledd ("etter første ledd") made one: it follows from where the rule stands."""
    return tuple(
        "nte" if word in _ORDINALS and words[i + 1 : i + 2] == ("ledd",) else word for i, word in enumerate(words)
    )


@lru_cache(maxsize=65536)
def similarity(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """How near two wordings are, 0 to 1, once the bearer and the person served are taken out.

    Args:
        left: words as `tokens` gives them.
        right: the same.
    """
    return float(Indel.normalized_similarity(_masked(_numberless(left)), _masked(_numberless(right))))


@lru_cache(maxsize=65536)
def compare(left: tuple[str, ...], right: tuple[str, ...]) -> Comparison:
    """Align two wordings word by word.

    Args:
        left: words as `tokens` gives them.
        right: the same.
    """
    near = similarity(left, right)
    left, right = _numberless(left), _numberless(right)
    subjects = frozenset(
        _stem(words[i]) for words in (left, right) for i in _subject(words) if words[i] not in _FILLERS
    )  # fmt: skip
    found: list[Difference] = []
    one, two = [_stem(w) for w in left], [_stem(w) for w in right]
    for code in Levenshtein.opcodes(one, two):
        here, there = list(left[code.src_start : code.src_end]), list(right[code.dest_start : code.dest_end])
        if code.tag != "equal" and (set(here) | set(there)) - _FILLERS:
            found.append(Difference(_aspect(here, there, subjects), " ".join(here), " ".join(there)))
    return Comparison(near, tuple(found))
