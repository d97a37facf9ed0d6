"""The text as the recogniser reads it: odd spaces and hyphens evened out, positions kept."""

from __future__ import annotations

_SAME_LENGTH = str.maketrans(
    {
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\u2007": " ",
        "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\n": " ", "\t": " ",
        "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2014": "–", "\u2212": "–",
    }
)  # fmt: skip
_SOFT_HYPHEN = "\u00ad"


class CleanText:
    """A text with odd characters evened out. ``original(i)`` is the position in the text as it was."""

    __slots__ = ("_positions", "text")

    def __init__(self, raw: str) -> None:
        text = raw if raw.isascii() and "\n" not in raw else raw.translate(_SAME_LENGTH)
        self._positions: list[int] | None = None
        if _SOFT_HYPHEN in text:
            self._positions = [i for i, c in enumerate(text) if c != _SOFT_HYPHEN]
            self._positions.append(len(text))
            text = text.replace(_SOFT_HYPHEN, "")
        self.text = text

    def original(self, position: int) -> int:
        """Where *position* of the clean text stands in the raw text."""
        return position if self._positions is None else self._positions[position]

    def original_end(self, position: int) -> int:
        """Where a span that ends at *position* of the clean text ends in the raw text."""
        if self._positions is None or position == 0:
            return position
        return self._positions[position - 1] + 1
