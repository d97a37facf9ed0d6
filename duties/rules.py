"""Rules as data: what makes a frame, by word classes (`data/rules/*.yaml`). The loader refuses what it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from msgspec import Struct

from duties.frame import Category, Modality
from duties.lexicon import RuleFileError, class_ids

Direction = Literal[
    "to",
    "from",
    "with",
    "object",
    "both",
    "attention",
    "receive",
    "right",
    "order",
    "person",
    "need",
    "answer",
    "do-so",
    "secrecy",
    "none",
]
Only = Literal["", "person", "body", "bodies", "known", "explicit", "prohibition"]


class Rule(Struct, frozen=True):
    """A rule: a head word of some class, the words that must stand with it in the clause, and where the other party is.

    ``category`` may be ``sharing``: information_sharing or information_to_person, as the recipient decides.
    ``direction`` tells where the counterpart stands. ``only`` holds the frame back unless the counterpart is of a
    kind. ``context`` names a category that the section must have named before. ``near`` counts tokens.
    """

    id: str
    reason: str
    category: str
    head: tuple[str, ...]
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    object_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    near: int = 25
    direction: Direction = "none"
    modality: str = ""
    only: Only = ""
    context: str = ""
    confidence: float = 0.8


_CLASSES = ("head", "object", "needs", "verb", "particle", "previous")
_LISTS = (*_CLASSES, "object_words", "words", "hits", "misses")
_ALLOWED = frozenset(Rule.__struct_fields__)
_NEEDED = ("id", "reason", "category", "head", "hits", "misses")


def _rule(entry: object, file: str, number: int) -> Rule:
    if not isinstance(entry, Mapping):
        raise RuleFileError(file, f"number {number}", "expected a mapping")
    name = str(entry.get("id", f"number {number}"))
    if unknown := set(entry) - _ALLOWED:
        raise RuleFileError(
            file, name, f"unknown key {', '.join(sorted(map(str, unknown)))}; allowed: {', '.join(sorted(_ALLOWED))}"
        )
    if missing := [key for key in _NEEDED if key not in entry]:
        raise RuleFileError(file, name, f"missing key {', '.join(missing)}")
    values: dict[str, Any] = dict(entry)
    for key in _LISTS:
        if key in values:
            if not isinstance(values[key], list) or not all(isinstance(item, str) for item in values[key]):
                raise RuleFileError(file, name, f"{key} must be a list of texts")
            values[key] = tuple(values[key])
    for key in _CLASSES:
        if strange := set(values.get(key, ())) - class_ids():
            raise RuleFileError(file, name, f"{key}: no word class {', '.join(sorted(strange))} in triggers.yaml")
    if values["category"] not in (*get_args(Category), "sharing"):
        raise RuleFileError(
            file, name, f"category {values['category']!r}; allowed: {', '.join(get_args(Category))}, sharing"
        )
    if values.get("direction", "none") not in get_args(Direction):
        raise RuleFileError(file, name, f"direction {values['direction']!r}; allowed: {', '.join(get_args(Direction))}")
    if values.get("only", "") not in get_args(Only):
        raise RuleFileError(file, name, f"only {values['only']!r}; allowed: {', '.join(get_args(Only))}")
    if values.get("modality", "") not in ("", *get_args(Modality)):
        raise RuleFileError(file, name, f"modality {values['modality']!r}; allowed: {', '.join(get_args(Modality))}")
    return Rule(**values)


def read_rules(text: str, file: str) -> tuple[Rule, ...]:
    """Read one file of rules.

    Raises:
        RuleFileError: on an unknown, missing or repeated key, an unknown word class, category or direction.
    """
    import yaml

    class Strict(yaml.SafeLoader):
        """Refuses a mapping that has the same key twice (PyYAML keeps the last without a word)."""

    def mapping(loader: Strict, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise RuleFileError(
                file, f"line {node.start_mark.line + 1}", f"the key {', '.join(sorted(twice))} stands twice"
            )
        return dict(loader.construct_pairs(node, deep=True))

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    entries = yaml.load(text, Loader=Strict)  # noqa: S506 - a SafeLoader
    if not isinstance(entries, list):
        raise RuleFileError(file, "", "expected a list of rules")
    return tuple(_rule(entry, file, number) for number, entry in enumerate(entries, 1))


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """All rules of ``data/rules``, files in the order of their names.

    Raises:
        RuleFileError: where a file breaks the form, or an id stands twice.
    """
    folder = files("data").joinpath("rules")
    rules: list[Rule] = []
    for path in sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name
    ):
        for rule in read_rules(path.read_text("utf-8"), f"rules/{path.name}"):
            if any(known.id == rule.id for known in rules):
                raise RuleFileError(f"rules/{path.name}", rule.id, "the id stands twice")
            rules.append(rule)
    return tuple(rules)
