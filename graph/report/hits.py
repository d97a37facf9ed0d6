"""Hits of the full-text search for reading."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.text import Text

from lovdata_ingest.search import Hit, Results


class HitsView:
    """What ``pliktgraf search`` prints: address, act and heading, and the words where they stand."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One block for each hit, best first."""
        for hit in self.results.hits:
            yield from self._block(hit)

    def _block(self, hit: Hit) -> Iterator[Text | Padding]:
        title = Text(str(hit.address), "bold cyan")
        title.append(f"  {hit.title}", "bold")
        if hit.heading:
            title.append(f" – {hit.heading}")
        if hit.gazette:
            title.append("  (Lovtidend)", "dim")
        yield title
        snippet = Text(hit.snippet)
        for start, end in hit.matches:
            snippet.stylize("bold yellow", start, end)
        yield Padding(snippet, (0, 0, 1, 4))
