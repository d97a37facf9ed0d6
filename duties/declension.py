"""The written forms of a word: both written standards, older spellings, all declensions, from one lemma.

A word is written as a lemma with its declension (``tjeneste/c``); ``data/actors.yaml`` explains the signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Form = Literal["indefinite", "definite", "indefinite plural", "definite plural", "fixed"]

_WORD = re.compile(r"(?P<lemma>[^\s/~+]+)(?:(?P<adjective>~)|/(?P<declension>[cnraj])(?P<flags>[+-]*))?")


def is_word(spec: str) -> bool:
    """Whether *spec* is a word or phrase as the data files write them: ``pedagogisk~ tjeneste/c+``."""
    return all(_WORD.fullmatch(part) for part in spec.split(" "))


def decline(lemma: str, declension: str) -> dict[str, Form]:
    """Return the forms of *lemma* in both written standards, without genitives.

    >>> sorted(decline("nemnd", "c"))[:4]
    ['nemnd', 'nemnda', 'nemndane', 'nemndar']
    """
    stem = lemma.removesuffix("e")
    definite: list[str]
    match declension:
        case "c":
            definite = [stem + "en", stem + "a"]
            plural, definite_plural = [stem + "er", stem + "ar"], [stem + "ene", stem + "ane"]
        case "n":
            stem = stem + "m" if lemma.endswith(("lem", "jem")) else stem
            definite = [stem + "et"]
            plural, definite_plural = [stem + "er"], [stem + "ene", stem + "a"]
        case "r":
            stem = lemma[:-2] + "r"
            definite = [lemma + "et"]
            plural, definite_plural = [stem + "e", stem + "er"], [stem + "ene", stem + "a", lemma + "a"]
        case "a":
            stem = lemma[:-2]
            endings = ("ar",) if lemma.endswith("ar") else ("er", "ar")
            definite = [stem + ending + "en" for ending in endings]
            plural = [stem + "ar" + "ar", stem + "erar"]
            definite_plural = [stem + "arane", stem + "erane"]
            if "er" in endings:
                plural, definite_plural = [stem + "ere", *plural], [stem + "erne", stem + "erene", *definite_plural]
        case _:
            return {lemma: "indefinite", lemma + "t": "indefinite", lemma + "e": "definite"}
    forms: dict[str, Form] = dict.fromkeys([lemma, *([stem + "ar"] if declension == "a" else [])], "indefinite")
    forms |= dict.fromkeys([name for name in definite if name not in forms], "definite")
    forms |= dict.fromkeys([name for name in plural if name not in forms], "indefinite plural")
    return forms | dict.fromkeys([name for name in definite_plural if name not in forms], "definite plural")


def expand(word: str) -> Iterator[tuple[str, Form, str]]:
    """The forms of a phrase with declensions: (form, its grammatical form, lemma of its declined noun)."""
    choices: list[tuple[str, Form, str]] = [("", "fixed", "")]
    for part in word.split(" "):
        match = _WORD.fullmatch(part)
        assert match is not None, word
        lemma = match["lemma"].lower()
        options: dict[str, tuple[Form, str]] = {lemma: ("fixed", "")}
        if match["adjective"]:
            options = dict.fromkeys((lemma, lemma + "t", lemma.removesuffix("e") + "e"), ("fixed", ""))
        elif match["declension"]:
            options = {form: (kind, lemma) for form, kind in decline(lemma, match["declension"]).items()}
        choices = [
            ((text + " " + form).lstrip(), kind if head else old_kind, head or old_head)
            for text, old_kind, old_head in choices
            for form, (kind, head) in options.items()
        ]
    yield from choices


def spellings(word: str, spelling: Iterable[tuple[str, str]]) -> list[str]:
    """*word* and its other spellings: each change of the table on every word made so far."""
    words = {word: None}
    for one, other in spelling:
        words |= {known.replace(one, other): None for known in tuple(words) if one in known}
    return list(words)
