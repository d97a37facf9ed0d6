"""Reads the YAML files in ``data/`` strictly: a slip is named with file, line, key and what is allowed."""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import yaml

from lovdata_ingest.errors import LovdataError

T = TypeVar("T")

# libyaml reads some ten times faster where PyYAML was built with it; same values, same line numbers.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHERE = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<index>\d+)\]|\[(?P<any>\.\.\.)\]")


class RuleFileError(LovdataError):
    """A file in ``data/`` does not follow its form. Carries the file's name and the line (from 1)."""

    def __init__(self, name: str, line: int, message: str) -> None:
        self.name, self.line = name, line
        super().__init__(f"{name}, line {line}: {message}")


def read_yaml(text: str, kind: type[T], *, name: str) -> T:
    """Read *text* as *kind*, a msgspec type whose structs set ``forbid_unknown_fields``.

    Args:
        text: the file's words.
        kind: what it must hold.
        name: the file's name, for messages.

    Raises:
        RuleFileError: for YAML that is none, a repeated, unknown or missing key, or a value of the wrong type.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleFileError(name, line, f"not YAML: {error.problem}") from error
    if root is None:
        raise RuleFileError(name, 1, "the file is empty")
    _refuse_repeated_keys(root, name)
    values = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise _explained(error, root, kind, name) from error


def _refuse_repeated_keys(node: yaml.Node, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise RuleFileError(name, line, f"the key {key.value!r} stands twice, first in line {seen[key.value]}")
            seen[key.value] = line
            _refuse_repeated_keys(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, name)


def _explained(error: msgspec.ValidationError, root: yaml.Node, kind: Any, name: str) -> RuleFileError:
    match = _WHERE.match(str(error))
    assert match is not None  # the pattern takes any text
    node, at = root, kind
    for step in _STEP.finditer(match["path"] or ""):
        node = _below(node, step)
        at = _type_below(at, step)
    fields = _fields(at)
    allowed = f". Allowed here: {', '.join(fields)}" if fields else ""
    return RuleFileError(name, node.start_mark.line + 1, match["what"].replace("`", "'") + allowed)


def _below(node: yaml.Node, step: re.Match[str]) -> yaml.Node:
    if isinstance(node, yaml.SequenceNode) and step["index"] is not None:
        item: yaml.Node = node.value[int(step["index"])]
        return item
    if isinstance(node, yaml.MappingNode) and step["key"] is not None:
        return next((value for key, value in node.value if key.value == step["key"]), node)
    return node


def _type_below(kind: Any, step: re.Match[str]) -> Any:
    if step["key"] is not None and _fields(kind):
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        return get_type_hints(kind).get(names.get(step["key"], ""))
    inner = [argument for argument in get_args(kind) if argument is not Ellipsis and argument is not type(None)]
    return inner[-1] if inner else None


def _fields(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [field.encode_name for field in msgspec.structs.fields(kind)]
    return []
