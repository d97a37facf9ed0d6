"""Reads the tables in ``data/`` that the graph uses; `tests/findings/test_tables.py` checks their keys."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# The C loader reads the ontology of actors in a tenth of the time; both are safe loaders.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_table(name: str) -> dict[str, Any]:
    """The YAML file ``data/<name>`` as plain dicts and lists."""
    loaded: dict[str, Any] = yaml.load(files("data").joinpath(name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded
