"""The version that stands in every export and snapshot."""

from __future__ import annotations


def version() -> str:
    """The version of the installed program; ``0`` where it runs from a bare folder."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("pliktgraf")
    except PackageNotFoundError:
        return "0"
