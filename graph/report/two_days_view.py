"""The findings of two days side by side on a terminal: counts by type, then what closed and what opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph.finding import KIND_OF_TYPE, Finding
from graph.names import KINDS, TYPES
from graph.on_a_day import TwoDays

Lang = Literal["nb", "en"]
_WORDS = {
    "type": ("type", "type"), "closed": ("lukket", "closed"), "opened": ("oppstått", "opened"), "all": ("i alt", "in all"),
    "changed": ("endret", "changed"), "none": ("Ingen forskjell.", "No difference."),
}  # fmt: skip


class TwoDaysView:
    """What ``pliktgraf report --at A --against B`` prints."""

    def __init__(self, found: TwoDays, lang: Lang = "nb") -> None:
        self.found, self.lang = found, lang

    def say(self, key: str) -> str:
        """Words in the view's language."""
        return _WORDS[key][self.lang == "en"]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A table of counts, then the findings that closed and opened, gaps first."""
        found = self.found
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(self.say("type"))
        for heading in (*found.dates, self.say("closed"), self.say("opened"), self.say("changed")):
            table.add_column(heading, justify="right")
        counts: list[Counter[str]] = [
            Counter(f.type for f in side)
            for side in (found.before, found.after, found.closed, found.opened, [c.after for c in found.changed])
        ]
        for type_ in dict.fromkeys((*KIND_OF_TYPE, *(f.type for side in (found.before, found.after) for f in side))):
            if any(count[type_] for count in counts):
                name = TYPES[type_]
                table.add_row(name.nb if self.lang == "nb" else name.en, *(str(count[type_]) for count in counts))
        table.add_section()
        table.add_row(self.say("all"), *(str(sum(count.values())) for count in counts))
        yield table
        yield from self.listed("closed", found.closed, "green")
        yield from self.listed("opened", found.opened, "red")
        if not found.closed and not found.opened:
            yield Text(self.say("none"))

    def listed(self, key: str, findings: Sequence[Finding], style: str) -> Iterator[Text | Padding]:
        """One list of findings, by kind."""
        for kind in ("gap", "conflict", "overlap"):
            some = [finding for finding in findings if finding.kind == kind]
            if some:
                name = KINDS[kind]
                yield Text(
                    f"{name.nb if self.lang == 'nb' else name.en}: {self.say(key)} ({len(some)})", f"bold {style}"
                )
                for finding in some:
                    title = finding.title.nb if self.lang == "nb" else finding.title.en
                    yield Padding(Text.assemble(title, (f"  {finding.id}", "dim")), (0, 0, 0, 2))
