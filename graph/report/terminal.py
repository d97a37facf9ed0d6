"""Reports on a terminal: compact tables that fit 80 columns. Text of the law is never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph.finding import Finding
from graph.matrix import Cell, Matrix, ServiceName
from graph.names import CATEGORIES, CONDITIONS, MODALITIES, TYPES, actor_name
from graph.questions import ActorView, NormView
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words


def findings_table(report: Report, findings: Sequence[Finding], lang: Lang) -> Table:
    """One kind of findings: score, what was found and where, id."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    table.add_column(label("score", lang), justify="right", no_wrap=True, width=4)
    table.add_column(label("finding", lang), ratio=1)
    table.add_column("id", no_wrap=True)
    for finding in findings:
        what = Text(words(finding.title, lang))
        places = [report.place(address, lang) for address in finding.provisions[:4]]
        more = len(finding.provisions) - len(places)
        what.append("\n" + "; ".join(places) + (f" (+{more})" if more > 0 else ""), "dim")
        mark = report.marks.get(finding.id)
        if mark:
            what.append(f" [{label(mark, lang)}]", "italic")
        table.add_row(f"{finding.score:.2f}", what, Text(finding.id, "cyan"))
    return table


def report_view(report: Report, lang: Lang, *, limit: int | None = None) -> Group:
    """The whole report: notes, one table a kind, the summary last, where it stays in sight.

    Args:
        report: the findings, chosen and ranked.
        lang: language of the report.
        limit: at most so many of each kind, the best; None for all.
    """
    parts: list[RenderableType] = [Text(words(note, lang), "yellow") for note in report.notes]
    for kind in KIND_ORDER:
        findings = report.of_kind(kind)
        if not findings:
            continue
        shown = findings if limit is None else findings[:limit]
        heading = f"{label(kind, lang)} ({len(findings)})"
        parts += [Text(heading, "bold"), findings_table(report, shown, lang)]
        if len(shown) < len(findings):
            rest = len(findings) - len(shown)
            parts.append(
                Text(
                    f"  … {rest} til; --limit 0 viser alle"
                    if lang == "nb"
                    else f"  … {rest} more; --limit 0 shows all",
                    "dim",
                )
            )
        parts.append(Text())
    if not report.findings:
        parts.append(Text(label("none", lang)))
    parts.append(Text(summary(report, lang), "bold"))
    return Group(*parts)


def finding_view(report: Report, finding: Finding, lang: Lang) -> Group:
    """One finding with its explanation, its score with the reasons, and each piece of evidence with its words."""
    return Group(*_finding_parts(report, finding, lang))


def _finding_parts(report: Report, finding: Finding, lang: Lang) -> Iterator[RenderableType]:
    yield Text(words(finding.title, lang), "bold")
    yield Text(f"{finding.id} · {words(TYPES[finding.type], lang)} · {label('score', lang)} {finding.score:.2f}", "dim")
    mark = report.marks.get(finding.id)
    if mark:
        yield Text(f"{label('mark', lang)}: {label(mark, lang)}", "italic")
    yield Text()
    yield Text(words(finding.explanation, lang))
    if finding.reasons:
        yield Text()
        yield Text(label("reasons", lang), "bold")
        for reason in finding.reasons:
            yield Text(f"• {words(reason, lang)}")
    if finding.actors:
        yield Text()
        names = ", ".join(words(actor_name(actor), lang) for actor in finding.actors)
        yield Text.assemble((f"{label('actors', lang)}: ", "bold"), names)
    yield Text()
    yield Text(label("evidence", lang), "bold")
    for evidence in finding.evidence:
        where = report.place(evidence.address, lang)
        yield Text.assemble("• ", (where, "bold"), (f"  {report.norm(evidence, lang)}" if evidence.norm else "", "dim"))
        excerpt = report.excerpt(evidence)
        if excerpt is not None:
            line = Text(excerpt.text)
            if excerpt.start < excerpt.end:
                line.stylize("reverse", excerpt.start, excerpt.end)
            yield Padding(line, (0, 0, 0, 4))
        yield Padding(Text(evidence.address, "dim"), (0, 0, 0, 4))


class MatrixView:
    """Services × kinds of duty as a grid, in as many bands of services as the width of the terminal asks for."""

    def __init__(self, matrix: Matrix, report: Report, lang: Lang) -> None:
        self.matrix, self.report, self.lang = matrix, report, lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bands, the legend, then in words what is missing and what another act lays down."""
        yield Text(label("matrix", self.lang), "bold")
        room = max(1, (options.max_width - _DUTY_WIDTH) // _CELL_WIDTH)
        bands = -(-len(self.matrix.services) // room)
        size = -(-len(self.matrix.services) // bands) if bands else 0  # bands of about the same width
        for first in range(0, len(self.matrix.services), size or 1):
            yield Text()
            yield self._band(self.matrix.services[first : first + size])
        yield Text(_MATRIX_TEXTS[self.lang]["legend"], "dim")
        yield from self._listed()

    def _band(self, services: Sequence[ServiceName]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
        table.add_column(width=_DUTY_WIDTH - 1)
        for service in services:
            name = service.nb if self.lang == "nb" else service.en
            table.add_column(
                _TAIL.sub(r"-\n\1", name) if len(name) >= _CELL_WIDTH else name, width=_CELL_WIDTH - 1, overflow="fold"
            )
        group = self.matrix.duty_types[0].group if self.matrix.duty_types else ""
        for duty in self.matrix.duty_types:
            cells = [self.matrix.cell(service.id, duty.id) for service in services]
            if all(cell is None or cell.status == "not_expected" for cell in cells):
                continue
            if duty.group != group:
                table.add_section()
                group = duty.group
            name = duty.nb if self.lang == "nb" else duty.en
            table.add_row(name, *(self._cell(c, s) for c, s in zip(cells, services, strict=True)))
        return table

    def _cell(self, cell: Cell | None, service: ServiceName) -> Text:
        if cell is None or cell.status == "not_expected":
            return Text("·", "dim")
        if cell.status == "missing":
            return Text("–", "bold red")
        if cell.status == "elsewhere":
            return Text("*", "dim")
        sections = [name for name, _ in self.report.sections(cell.addresses, service.act)]
        more = f" +{len(sections) - 1}" if len(sections) > 1 else ""
        return Text(sections[0].replace("§ ", "§\N{NO-BREAK SPACE}") + more)

    def _listed(self) -> Iterator[RenderableType]:
        names = {duty.id: duty.nb if self.lang == "nb" else duty.en for duty in self.matrix.duty_types}
        for status, heading in (("missing", "lacks"), ("elsewhere", "others")):
            lines = []
            for service in self.matrix.services:
                cells = [cell for cell in self.matrix.row(service.id) if cell.status == status]
                if cells:
                    where = [
                        f" ({', '.join(self.report.place(a, self.lang) for a in cell.addresses)})"
                        if cell.addresses
                        else ""
                        for cell in cells
                    ]
                    name = service.nb if self.lang == "nb" else service.en
                    kinds = "; ".join(names[cell.duty_type] + place for cell, place in zip(cells, where, strict=True))
                    lines.append(Padding(Text.assemble((f"{name}: ", "bold"), kinds), (0, 0, 0, 2)))
            if lines:
                yield Text()
                yield Text(_MATRIX_TEXTS[self.lang][heading], "bold")
                yield from lines


_DUTY_WIDTH, _CELL_WIDTH = 25, 11
_TAIL = re.compile(
    r"(?<=[a-zæøå])(helse(?=tjeneste)|tjeneste$|ordning$|senter$|vern$|skole$)"
)  # where a long name is parted
_MATRIX_TEXTS: dict[Lang, dict[str, str]] = {
    "nb": {
        "legend": "§ egen lov (+ så mange til) · – mangler · * annen lov · · ikke ventet", "lacks": "Mangler, og andre har det",
        "others": "Følger av en annen lov",
    },
    "en": {
        "legend": "§ own act (+ so many more) · – missing · * another act · · not expected", "lacks": "Missing where peers have it",
        "others": "Laid down in another act",
    },
}  # fmt: skip


def actor_view(view: ActorView, report: Report, lang: Lang) -> Group:
    """All that binds an actor and all that is owed to it, by name and through what it is a kind or a part of."""
    texts = _ACTOR_TEXTS[lang]
    parts: list[RenderableType] = [Text(words(actor_name(view.actor), lang), "bold")]
    for heading, norms in (
        (texts["bound"], view.bound),
        (texts["bound_as"], view.bound_as),
        (texts["owed"], view.owed),
        (texts["owed_as"], view.owed_as),
    ):
        if norms:
            parts += [Text(), Text(f"{heading} ({len(norms)})", "bold"), _norm_table(norms, view.actor, report, lang)]
    if view.findings:
        parts += [Text(), Text.assemble((texts["findings"] + ": ", "bold"), ", ".join(view.findings))]
    return Group(*parts)


_ACTOR_TEXTS: dict[Lang, dict[str, str]] = {
    "nb": {
        "bound": "Bundet", "bound_as": "Bundet som del av noe større", "owed": "Andre skylder eller kan gi den",
        "owed_as": "Andre skylder det den er en del av", "findings": "Funn",
    },
    "en": {
        "bound": "Bound", "bound_as": "Bound as part of something wider", "owed": "Owed or given by others",
        "owed_as": "Owed to what it is part of", "findings": "Findings",
    },
}  # fmt: skip


def _norm_table(norms: Sequence[NormView], actor: str, report: Report, lang: Lang) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
    table.add_column(ratio=5)
    table.add_column(ratio=6)
    for norm in norms:
        kind = f"{words(MODALITIES[norm.modality], lang)}: {words(CATEGORIES[norm.category], lang)}"
        others = ", ".join(words(actor_name(other), lang) for other in norm.others)
        when = ", ".join(words(CONDITIONS[condition], lang) for condition in norm.condition)
        what = Text(kind)
        if others:
            what.append(f" – {others}")
        if norm.through != actor:
            what.append(f" ({words(actor_name(norm.through), lang)})", "dim")
        if when:
            what.append(f" [{when}]", "dim")
        table.add_row(Text(report.place(norm.address, lang), "cyan"), what)
    return table
