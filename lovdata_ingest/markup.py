"""The one thing that every reader of markup needs: the words of an element, white space evened out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def words_of(element: _Element) -> str:
    """All words at and below *element* on one line."""
    return " ".join("".join(map(str, element.itertext())).split())
