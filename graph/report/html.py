"""The report as one HTML file that opens without a network: matrix, graph, filters, findings with anchors."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from graph.finding import Finding, Words
from graph.names import TYPES, actor_name
from graph.report.markdown import lovdata_link
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words

COLOURS = {"overlap": "#1f5fa8", "conflict": "#a3261f", "gap": "#b37400"}
_ROW = 26  # pixels between two names in the graph

TEXTS: dict[str, Words] = {
    "skip": Words("Gå til funnene", "Skip to the findings"),
    "contents": Words("Innhold", "Contents"),
    "matrix": Words("Tjenester og plikttyper", "Services and kinds of duty"),
    "graph": Words("Aktører og lover", "Actors and acts"),
    "graph_help": Words(
        "Hver strek er funn som knytter en aktør til en lov; tykkelsen viser antallet, fargen slaget. Velg en strek for å "
        "få lenker til funnene. Filtrene virker også her; alt i figuren står også i listen under.",
        "Each line stands for findings that join an actor and an act; its width shows how many, its colour the kind. "
        "Pick a line for links to the findings. The filters work here too; all in the figure stands in the list below.",
    ),
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
    """Script tags, the graph's element and its script: acts to the left, actors to the right, one line a kind."""
    from bokeh.embed import components
    from bokeh.models import ColumnDataSource, CustomJS, HoverTool, Range1d, TapTool
    from bokeh.plotting import figure
    from bokeh.resources import Resources

    ids: dict[tuple[str, str, str], list[str]] = {}
    for finding in report.findings:
        for act in finding.acts:
            for actor in finding.actors:
                ids.setdefault((act, actor, finding.kind), []).append(finding.id)
    known = {act.refid: number for number, act in enumerate(report.acts)}
    acts = sorted({act for act, _, _ in ids if act in known}, key=known.__getitem__)
    actors = sorted({actor for act, actor, _ in ids if act in known}, key=lambda a: words(actor_name(a), lang))
    rows = max(len(acts), len(actors), 1)
    place_act = {act: -(number + 0.5) * rows / max(len(acts), 1) for number, act in enumerate(acts)}
    place_actor = {actor: -(number + 0.5) * rows / max(len(actors), 1) for number, actor in enumerate(actors)}
    edges: dict[str, list[Any]] = {key: [] for key in ("xs", "ys", "act", "actor", "kind", "ids", "count", "width",
                                                       "colour", "name")}  # fmt: skip
    shift = {"overlap": -0.16, "conflict": 0.0, "gap": 0.16}
    for (act, actor, kind), found in sorted(ids.items()):
        if act in known:
            edges["xs"].append([0.0, 1.0])
            edges["ys"].append([place_act[act] + shift[kind], place_actor[actor] + shift[kind]])
            edges["act"].append(act)
            edges["actor"].append(actor)
            edges["kind"].append(kind)
            edges["ids"].append(" ".join(found))
            edges["count"].append(len(found))
            edges["width"].append(min(9.0, 1 + 1.2 * len(found) ** 0.5))
            edges["colour"].append(COLOURS[kind])
            edges["name"].append(
                f"{report.namer.act(act)} – {words(actor_name(actor), lang)}: {label(kind, lang).lower()}"
            )
    source = ColumnDataSource(edges, name="edges")
    plot = figure(
        height=max(320, rows * _ROW), sizing_mode="stretch_width", min_width=640, x_range=Range1d(start=-0.75, end=1.85),
        y_range=Range1d(start=-rows - 0.2, end=0.6), tools="", toolbar_location=None, output_backend="svg", min_border=5,
    )  # fmt: skip
    plot.axis.visible = False
    plot.grid.visible = False
    plot.outline_line_color = None
    lines = plot.multi_line("xs", "ys", source=source, line_width="width", line_color="colour", line_alpha=0.55,
                            hover_line_alpha=1.0, selection_line_alpha=1.0, nonselection_line_alpha=0.15)  # fmt: skip
    pick = CustomJS(args={"source": source}, code="""
        const i = source.selected.indices[0];
        if (i !== undefined) window.pliktgrafPick(source.data.ids[i].split(" "), source.data.name[i]);""")  # fmt: skip
    plot.add_tools(
        TapTool(renderers=[lines]),
        HoverTool(renderers=[lines], tooltips=[("", "@name (@count)")], line_policy="interp"),
    )
    source.selected.js_on_change("indices", pick)
    plot.text([-0.02] * len(acts), list(place_act.values()), [report.namer.act(act) for act in acts], text_align="right",
              text_baseline="middle", text_font_size="13px", text_color="#1b1f24")  # fmt: skip
    plot.text([1.02] * len(actors), list(place_actor.values()), [words(actor_name(a), lang) for a in actors],
              text_align="left", text_baseline="middle", text_font_size="13px", text_color="#1b1f24")  # fmt: skip
    script, element = components(plot)
    return Resources(mode="inline", components=["bokeh"]).render_js(), element, script


def _finding(report: Report, finding: Finding, lang: Lang) -> dict[str, Any]:
    evidence = []
    for one in finding.evidence:
        entry = {"url": lovdata_link(one.address), "name": report.place(one.address, lang), "norm": one.norm}
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
    rows = []
    for service in report.matrix.services:
        cells = []
        for duty in report.matrix.duty_types:
            cell = report.matrix.cell(service.id, duty.id)
            status = cell.status if cell is not None else "not_expected"
            places = [
                {"url": lovdata_link(address), "name": report.place(address, lang)}
                for address in (cell.addresses if cell is not None else ())
            ]
            reason = words(cell.reason, lang) if cell is not None else ""
            cells.append({"status": status, "label": label(status, lang), "places": places, "reason": reason})
        rows.append({"name": service.nb if lang == "nb" else service.en, "cells": cells})
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
        duty_types=[duty.nb if lang == "nb" else duty.en for duty in report.matrix.duty_types],
        matrix=_matrix(report, lang),
        bokeh_js=Markup(scripts),  # noqa: S704 - bokeh's own script, from its package
        graph_div=Markup(element),  # noqa: S704
        graph_script=Markup(script),  # noqa: S704
        wording=Markup(msgspec.json.encode({"shown": texts["shown"]}).decode()),  # noqa: S704 - our own words, as JSON
        source=f"{report.data.source} {report.data.date}".strip(),
        made="pliktgraf",
    )
