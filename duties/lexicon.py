"""The trigger lexicon: which word classes a word belongs to, in both written standards (`data/triggers.yaml`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from lovdata_ingest.errors import LovdataError


class RuleFileError(LovdataError):
    """A file of rules or word classes that cannot be read. Carries the file, the entry and what was expected."""

    def __init__(self, file: str, entry: str, fault: str) -> None:
        self.file, self.entry, self.fault = file, entry, fault
        super().__init__(f"data/{file}, entry {entry!r}: {fault}")


class WordClass(Struct, frozen=True):
    """A class of words: patterns over one whole word in lower case, bokmål and nynorsk together."""

    id: str
    why: str
    patterns: tuple[str, ...]


_KEYS = {"id", "why", "nb", "nn"}


def _read(entries: object, file: str) -> tuple[WordClass, ...]:
    if not isinstance(entries, list):
        raise RuleFileError(file, "", "expected a list of word classes")
    classes: list[WordClass] = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping) or "id" not in entry:
            raise RuleFileError(file, f"number {number}", "expected a mapping with the keys id, why, nb, nn")
        name = str(entry["id"])
        if unknown := set(entry) - _KEYS:
            raise RuleFileError(
                file, name, f"unknown key {', '.join(sorted(unknown))}; allowed: {', '.join(sorted(_KEYS))}"
            )
        if missing := _KEYS - set(entry):
            raise RuleFileError(file, name, f"missing key {', '.join(sorted(missing))}")
        if any(known.id == name for known in classes):
            raise RuleFileError(file, name, "the id stands twice")
        patterns = [*entry["nb"], *entry["nn"]]
        for pattern in patterns:
            try:
                re.compile(pattern)
            except (re.error, TypeError) as fault:
                raise RuleFileError(file, name, f"{pattern!r} is no pattern: {fault}") from fault
        classes.append(WordClass(name, str(entry["why"]), tuple(patterns)))
    return tuple(classes)


@lru_cache(maxsize=1)
def word_classes() -> tuple[WordClass, ...]:
    """All word classes of the lexicon, in the order of the file.

    Raises:
        RuleFileError: on an unknown, missing or repeated key or id, or a pattern that does not compile.
    """
    import yaml

    file = "triggers.yaml"
    return _read(yaml.load(files("data").joinpath(file).read_text("utf-8"), Loader=yaml.CSafeLoader), file)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry.id, re.compile("|".join(f"(?:{p})" for p in entry.patterns))) for entry in word_classes())


@lru_cache(maxsize=1)
def class_ids() -> frozenset[str]:
    """The ids of all word classes."""
    return frozenset(entry.id for entry in word_classes())


@lru_cache(maxsize=131072)
def tags(word: str) -> frozenset[str]:
    """The classes of a word in lower case.

    >>> sorted(tags("varsles"))
    ['notify']
    """
    found = frozenset(name for name, pattern in _compiled() if pattern.fullmatch(word))
    if not found and "-" in word:  # PNR-opplysninger, års- og revisjonsrapport
        return tags(word.rsplit("-", 1)[1])
    return found


def counts(words: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each word of each class occurs among *words* (lower case): the figures of docs/frames.md."""
    table: dict[str, Counter[str]] = {entry.id: Counter() for entry in word_classes()}
    for word, number in Counter(words).items():
        for name in tags(word):
            table[name][word] += number
    return table
