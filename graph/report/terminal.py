"""Reports on a terminal: compact tables that fit 80 columns. Text of the law is never read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph.finding import Finding
from graph.matrix import Matrix
from graph.names import CATEGORIES, CONDITIONS, MODALITIES, TYPES, actor_name
from graph.questions import ActorView, NormView
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words

_STATUS_STYLE = {"own": "", "elsewhere": "dim", "missing": "bold red", "not_expected": "dim"}


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


def matrix_view(matrix: Matrix, report: Report, lang: Lang) -> Group:
    """Services × kinds of duty in 80 columns: one block a service, with the sections; what is missing stands out."""
    parts: list[RenderableType] = [Text(label("matrix", lang), "bold")]
    for service in matrix.services:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
        table.add_column(width=38)
        table.add_column(ratio=1)
        for cell in matrix.row(service.id):
            duty = next(d for d in matrix.duty_types if d.id == cell.duty_type)
            if cell.status == "not_expected":
                continue
            places = "; ".join(report.place(address, lang) for address in cell.addresses)
            style = _STATUS_STYLE[cell.status]
            table.add_row(Text(duty.nb if lang == "nb" else duty.en), Text(places or label(cell.status, lang), style))
        parts += [Text(), Text(service.nb if lang == "nb" else service.en, "bold"), table]
    return Group(*parts)


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
