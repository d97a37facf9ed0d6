"""The report as one HTML file that opens without a network: matrix, graph, filters, findings with anchors."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from graph.finding import Finding, Words
from graph.names import TYPES, actor_name
from graph.report.markdown import lovdata_link
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words

COLOURS = {"overlap": "#1f5fa8", "conflict": "#a3261f", "gap": "#b37400"}
_ROW = 24  # pixels a row of the graph
_SHIFT = {"overlap": -0.25, "conflict": 0.0, "gap": 0.25}  # of a column's width, so that the kinds stand side by side
_EDGE_COLUMNS = ("x", "y", "act", "actor", "kind", "ids", "count", "width", "colour", "name")

TEXTS: dict[str, Words] = {
    "skip": Words("Gå til funnene", "Skip to the findings"),
    "contents": Words("Innhold", "Contents"),
    "matrix": Words("Tjenester og plikttyper", "Services and kinds of duty"),
    "graph": Words("Aktører og lover", "Actors and acts"),
    "graph_help": Words(
        "Hver prikk er funn som gjelder en aktør i en lov: størrelsen viser antallet, fargen slaget (blå overlapp, rød "
        "konflikt, gul hull). Velg en prikk for å få lenker til funnene. Filtrene virker også her; alt i figuren står også "
        "i listen under.",
        "Each dot stands for findings about an actor in an act: its size shows how many, its colour the kind (blue "
        "overlap, red conflict, yellow gap). Pick a dot for links to the findings. The filters work here too; all in the "
        "figure stands in the list below.",
    ),
    "duty": Words("Plikttype", "Kind of duty"),
    "filters": Words("Filtrer funnene", "Filter the findings"),
    "kind": Words("Slag", "Kind"),
    "type": Words("Type", "Type"),
    "act": Words("Lov", "Act"),
    "actor": Words("Aktør", "Actor"),
    "every": Words("alle", "all"),
    "min_score": Words("Minste vekt", "Least score"),
    "words": Words("Ord", "Words"),
    "reset": Words("Nullstill", "Reset"),
    "link_to": Words("Lenke til", "Link to"),
    "shown": Words("{n} av {m} funn vises.", "{n} of {m} findings shown."),
}


def _graph(report: Report, lang: Lang) -> tuple[str, str, str]:
    """Script tags, the graph's element and its script.

    Drawn as an adjacency matrix, actors × acts with one dot a kind, for it stays readable where lines would not.
    """
    from bokeh.embed import components
    from bokeh.models import ColumnDataSource, CustomJS, FactorRange, HoverTool, TapTool
    from bokeh.plotting import figure
    from bokeh.resources import Resources

    known = {act.refid: report.namer.act(act.refid) for act in report.acts}
    ids: dict[tuple[str, str, str], list[str]] = {}
    for finding in report.findings:
        for act in finding.acts:
            for actor in finding.actors:
                if act in known:
                    ids.setdefault((act, actor, finding.kind), []).append(finding.id)
    names = {actor: words(actor_name(actor), lang) for _, actor, _ in ids}
    edges: dict[str, list[Any]] = {key: [] for key in _EDGE_COLUMNS}
    for (act, actor, kind), found in sorted(ids.items()):
        row = (
            (known[act], _SHIFT[kind]), names[actor], act, actor, kind, " ".join(found), len(found), dot_size(len(found)),
            COLOURS[kind], f"{known[act]} – {names[actor]}: {label(kind, lang).lower()}",
        )  # fmt: skip
        for key, value in zip(_EDGE_COLUMNS, row, strict=True):
            edges[key].append(value)
    source = ColumnDataSource(edges, name="edges")
    acts = [known[act] for act in known if any(act == one for one, _, _ in ids)]
    plot = figure(
        height=150 + max(4, len(names)) * _ROW, sizing_mode="stretch_width", min_width=900, tools="", toolbar_location=None,
        x_range=FactorRange(factors=acts), y_range=FactorRange(factors=sorted(names.values(), reverse=True)),
        x_axis_location="above", output_backend="svg", min_border_right=110,
    )  # fmt: skip
    plot.xaxis.major_label_orientation = 0.8
    plot.grid.grid_line_color = "#dde2e7"
    plot.outline_line_color = None
    for axis in (plot.xaxis, plot.yaxis):
        axis.major_label_text_font_size = "13px"
        axis.major_label_text_color = "#1b1f24"
        axis.axis_line_color = axis.major_tick_line_color = None
    dots = plot.scatter("x", "y", source=source, size="width", fill_color="colour", line_color="#ffffff", fill_alpha=0.85,
                        nonselection_fill_alpha=0.25, selection_fill_alpha=1.0)  # fmt: skip
    pick = CustomJS(
        args={"source": source},
        code="""const i = source.selected.indices[0];
        if (i !== undefined) window.pliktgrafPick(source.data.ids[i].split(" "), source.data.name[i]);""",
    )
    plot.add_tools(TapTool(renderers=[dots]), HoverTool(renderers=[dots], tooltips=[("", "@name (@count)")]))
    source.selected.js_on_change("indices", pick)
    script, element = components(plot)
    return Resources(mode="inline", components=["bokeh"]).render_js(), element, script


def dot_size(count: int) -> float:
    """The diameter of a dot for so many findings, pixels: area grows with the number, up to what a row holds."""
    return float(min(20.0, 6 + 2.2 * count**0.5))


def _finding(report: Report, finding: Finding, lang: Lang) -> dict[str, Any]:
    evidence = []
    for one in finding.evidence:
        entry = {
            "url": lovdata_link(one.address),
            "name": report.place(one.address, lang),
            "norm": report.norm(one, lang),
        }
        excerpt = report.excerpt(one)
        if excerpt is not None:
            start, end = excerpt.start, max(excerpt.start, excerpt.end)
            entry |= {"text": excerpt.text, "before": excerpt.text[:start], "marked": excerpt.text[start:end],
                      "after": excerpt.text[end:]}  # fmt: skip
        evidence.append(entry)
    mark = report.marks.get(finding.id)
    return {
        "id": finding.id,
        "kind": finding.kind,
        "type": finding.type,
        "type_name": words(TYPES[finding.type], lang),
        "score": f"{finding.score:.2f}",
        "title": words(finding.title, lang),
        "explanation": words(finding.explanation, lang),
        "acts": finding.acts,
        "actors": finding.actors,
        "actor_names": ", ".join(words(actor_name(actor), lang) for actor in finding.actors),
        "evidence": evidence,
        "reasons": [words(reason, lang) for reason in finding.reasons],
        "mark": f"{label('mark', lang).lower()}: {label(mark, lang)}" if mark else "",
    }


def _matrix(report: Report, lang: Lang) -> list[dict[str, Any]]:
    """One row a kind of duty, one column a service: the table stays narrow, and peers stand side by side."""
    rows = []
    for duty in report.matrix.duty_types:
        cells = []
        for service in report.matrix.services:
            cell = report.matrix.cell(service.id, duty.id)
            status = cell.status if cell is not None else "not_expected"
            places = [
                {"url": lovdata_link(address), "name": name}
                for name, address in report.sections(cell.addresses if cell is not None else (), service.act)
            ]
            reason = words(cell.reason, lang) if cell is not None else ""
            cells.append({"status": status, "label": label(status, lang), "places": places, "reason": reason})
        rows.append({"name": duty.nb if lang == "nb" else duty.en, "cells": cells})
    return rows


def to_html(report: Report, lang: Lang) -> str:
    """One self-contained page; nothing in it is fetched from outside, links lead to lovdata.no."""
    import msgspec
    from jinja2 import Environment
    from markupsafe import Markup

    environment = Environment(autoescape=True, trim_blocks=True)
    template = environment.from_string(files("data").joinpath("templates/report.html.j2").read_text("utf-8"))
    scripts, element, script = _graph(report, lang)
    texts = {key: words(text, lang) for key, text in TEXTS.items()} | {
        key: label(key, lang)
        for key in ("own", "elsewhere", "missing", "service", "score", "actors", "evidence", "reasons", "law")
    }
    groups = [
        {"kind": kind, "name": label(kind, lang), "findings": [_finding(report, f, lang) for f in report.of_kind(kind)]}
        for kind in KIND_ORDER
        if report.of_kind(kind)
    ]
    actors = sorted(
        {(actor, words(actor_name(actor), lang)) for finding in report.findings for actor in finding.actors},
        key=lambda pair: pair[1],
    )
    types = [(kind, words(TYPES[kind], lang)) for kind in dict.fromkeys(finding.type for finding in report.findings)]
    return template.render(
        lang=lang,
        title=label("title", lang),
        summary=summary(report, lang),
        notes=[words(note, lang) for note in report.notes],
        t=texts,
        groups=groups,
        acts=[(act.refid, report.namer.act(act.refid)) for act in report.acts],
        actors=actors,
        types=types,
        services=[service.nb if lang == "nb" else service.en for service in report.matrix.services],
        matrix=_matrix(report, lang),
        bokeh_js=Markup(scripts),  # noqa: S704 - bokeh's own script, from its package
        graph_div=Markup(element),  # noqa: S704
        graph_script=Markup(script),  # noqa: S704
        wording=Markup(msgspec.json.encode({"shown": texts["shown"]}).decode()),  # noqa: S704 - our own words, as JSON
        source=f"{report.data.source} {report.data.date}".strip(),
        made="pliktgraf",
    )
