"""The command line of pliktgraf: each command parses its arguments, calls the library and prints the result."""

from __future__ import annotations

import sys
import warnings
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lovdata_ingest.errors import LovdataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import Console

    from duties.frame import Frame
    from graph.answer import Answer
    from graph.finding import Finding, FindingKind
    from graph.report.report import Report
    from lovdata_ingest.corpus import Corpus

app = typer.Typer(
    name="pliktgraf",
    help="Finds duties to cooperate and rules on sharing information in Norwegian statutes, and shows where the acts "
    "overlap, conflict and leave gaps.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from graph.version import version as installed

        typer.echo(f"pliktgraf {installed()}")
        raise typer.Exit


CHECK_FAILED = 1
WRONG_CALL = 2
CTRL_C = 130
INTERRUPTED = "avbrutt; ingenting er skrevet halvferdig"

Sources = Annotated[
    list[Path] | None,
    typer.Option("--source", help="Archive, folder or document of Lovdata; may be given more than once. "
                 "Default: PLIKTGRAF_LOVDATA, else what 'pliktgraf fetch' brought, else the snapshot."),
]  # fmt: skip
Acts = Annotated[list[str] | None, typer.Argument(metavar="[ACT]...", help="Refid, short title or abbreviation "
                                                  "(lov/2005-06-17-64, barnehageloven, bhl). Default: the 14 acts of "
                                                  "the reform.")]  # fmt: skip
All = Annotated[bool, typer.Option("--all", help="Every document of the sources.")]


class Language(StrEnum):
    """The language of a report."""

    nb = "nb"
    en = "en"


Lang = Annotated[Language, typer.Option("--lang", help="Language of the report.")]
AtDate = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help="The law as in force on this date: 2021-06-10.")
]


def out() -> Console:
    """The console for data: standard output."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def talk(message: str) -> None:
    """Say something that is no data: standard error."""
    typer.echo(message, err=True)


def write_data(text: str) -> None:
    """Print data as it is, with a line break at the end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def load_corpus(sources: list[Path] | None) -> Corpus:
    """The loaded data sets; may be empty, see `Corpus.has_text`."""
    from lovdata_ingest.corpus import load

    return load(sources or (), progress=lambda path: talk(f"leser {path.name} (én gang; siden går det fort) …"))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Archives, folders or documents of Lovdata.")],
    check: Annotated[bool, typer.Option("--check", help="Account for each character and id of the source.")] = False,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Read documents of Lovdata completely, and say what they hold.

    With --check every non-space character of the bodies and every id is accounted for; exit status 1 if one is not.

    Example: pliktgraf ingest gjeldende-lover.tar.bz2 --check --format json
    """
    import msgspec

    from lovdata_ingest.check import check as run_check
    from lovdata_ingest.check import counted

    result = run_check(paths) if check else counted(paths)
    if format == "json":
        write_data(msgspec.json.encode(result).decode())
    else:
        from lovdata_ingest.check import described

        write_data(described(result, checked=check))
    if check and not result.passed:
        raise typer.Exit(CHECK_FAILED)


@app.command()
def show(
    provision: Annotated[str, typer.Argument(help='For example "bhl § 2 b" or lov/2005-06-17-64/§2b/ledd/1.')],
    references: Annotated[
        bool, typer.Option("--references/--no-references", help="What it refers to, and what refers to it.")
    ] = True,
    norms: Annotated[bool, typer.Option("--norms/--no-norms", help="The duties that it lays down.")] = True,
    date: AtDate = None,
    source: Sources = None,
) -> None:
    """Show a provision: ledd and sentences numbered, heading, last changes, changes to come, norms, references both ways.

    A provision of an act that was replaced leads to today's. Example: pliktgraf show "bhl § 2 b"
    """
    from graph.pipeline import frames_of
    from graph.refs import around
    from graph.report.provision import ProvisionView, norm_lines
    from graph.report.references import around_text

    corpus = load_corpus(source)
    need_text(corpus, "show")
    found = corpus.find(provision)
    if found.match.note():
        talk(found.match.note())
    if found.succession is not None:
        talk(found.succession.explain())
    console = out()
    for address in found.addresses:
        if date is not None:
            from graph.as_of import act_on, parse_day

            then = act_on(corpus, address.act, parse_day(date)).document
            if then.find(address.section_address) is None:
                raise LovdataError(
                    f"{address.section_address} fantes ikke per {date}; 'pliktgraf history' viser versjonene"
                )
            console.print(ProvisionView(then, address))
            continue
        document = corpus.get(address.act)
        console.print(ProvisionView(document, address))
        if norms and address.path:
            for line in norm_lines(frames_of([document]), address.section_address):
                console.print(line)
        if references:
            for line in around_text(*around(corpus, address), corpus.short_titles):
                console.print(line)


@app.command()
def refs(
    acts: Acts = None,
    to: Annotated[str | None, typer.Option("--to", help='Only what leads to this provision: "hol § 7-2 a".')] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="With --to: provisions within so many references.")] = 1,
    status: Annotated[
        str | None, typer.Option("--status", help="Only this status: broken, resolved, repealed, no_such_section …")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=0, help="The so many provisions most referred to.")] = 0,
    circles: Annotated[bool, typer.Option("--circles", help="Sections that all lead to each other.")] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="What Lovdata leaves unlinked or links otherwise.")
    ] = False,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", exists=True, dir_okay=False, help="Earlier output (jsonl): gained and lost."),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="text, tsv or jsonl.")] = "text",
    date: AtDate = None,
    all: All = False,
    source: Sources = None,
) -> None:
    """List the references in the text of the law, each resolved to the exact provision, or with the reason why not.

    Recognised from the words alone. Without loaded text the snapshot answers for the 14 acts of the reform.

    Example: pliktgraf refs bhl --status broken
    """
    from graph import refs as library
    from graph.report import references as view

    if format not in ("text", "tsv", "jsonl"):
        fail(f"--format {format}: finnes ikke; velg text, tsv eller jsonl")
    corpus = load_corpus(source)
    if disputed:
        need_text(corpus, "refs --disputed")
        write_lines(view.dispute_table(library.disputes_of_acts(corpus, acts or (), everything=all)))
        return
    if to is not None and depth > 1:
        found = library.references_of_acts(corpus, everything=corpus.has_text)
        write_lines(view.dependents_text(library.dependents_of(corpus, found.references, to, depth)))
        return
    if to is not None:
        found = library.references_to(corpus, to)
    else:
        from graph.as_of import parse_day

        day = parse_day(date) if date else None
        found = library.references_of_acts(corpus, acts or (), everything=all, at=day)
    for note in found.notes:
        talk(note)
    rows = found.references
    if most or circles:
        write_lines(library.graph_lines(rows, most=most, circles_only=circles))
        return
    if compare is not None:
        write_lines(library.comparison(compare.read_text(encoding="utf-8"), rows))
        return
    chosen = library.chosen_rows(rows, status)
    if format == "text":
        out().print(view.reference_table(chosen))
    else:
        write_lines(library.lines(chosen, format))


def write_lines(lines: Iterable[str]) -> None:
    """Print lines of data."""
    for line in lines:
        sys.stdout.write(line + "\n")


class Kind(StrEnum):
    """The kinds of findings, as a report names them."""

    overlaps = "overlaps"
    conflicts = "conflicts"
    gaps = "gaps"


FINDING_KINDS: dict[Kind, FindingKind] = {Kind.overlaps: "overlap", Kind.conflicts: "conflict", Kind.gaps: "gap"}


class ReportFormat(StrEnum):
    """How a report is written."""

    rich = "rich"
    md = "md"
    html = "html"
    docx = "docx"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


Review = Annotated[
    Path | None,
    typer.Option(
        "--review", help="File with your own marks on findings. Default: pliktgraf-review.yaml here, if there."
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; default: standard output.")]


@app.command()
def report(
    kind: Annotated[Kind | None, typer.Argument(help="Only overlaps, conflicts or gaps.")] = None,
    act: Annotated[
        list[str] | None, typer.Option("--act", help="Only findings that touch this act; repeatable.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help="Only findings about this actor: barnehage, skole, nav …")
    ] = None,
    type: Annotated[str | None, typer.Option("--type", help="Only this type: missing_mirror, shorter_list …")] = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0, max=1, help="Only findings of at least this score.")
    ] = 0.0,
    limit: Annotated[int, typer.Option("--limit", min=0, help="On a terminal, so many of each kind; 0 for all.")] = 15,
    lang: Lang = Language.nb,
    format: Annotated[ReportFormat, typer.Option("--format", help="How it is written.")] = ReportFormat.rich,
    output: Output = None,
    review: Review = None,
    date: AtDate = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="DATE", help="With --at: the findings of both dates side by side."),
    ] = None,
    all: All = False,
    source: Sources = None,
) -> None:
    """Show where the acts overlap, conflict and leave gaps, each finding with the provisions that it rests on.

    Without loaded text the snapshot answers. 'pliktgraf explain ID' shows one finding with its words.
    --at 2021-06-10 --against 2022-08-01 shows what closed and what opened between two dates.

    Example: pliktgraf report gaps --act barnehageloven --format docx -o gaps.docx
    """
    from graph.answer import answer, report_of, review_path, reviewed
    from graph.rank import select

    corpus = load_corpus(source)
    named = tuple(_refid(corpus, words) for words in act or ())
    chosen_of = partial(
        select, kind=FINDING_KINDS[kind] if kind else None, types=checked_types(type),
        acts=_with_predecessors(named) if date else named, actor=checked_actor(actor), min_score=min_score,
    )  # fmt: skip
    if against is not None:
        _report_two_days(corpus, date, against, named, all, lang, format, output, chosen_of)
        return
    if date:
        found = _on_day(corpus, (), date, all, beside=_outside(named))
    else:
        found = answer(corpus, everything=all, beside=_outside(named))
    chosen = chosen_of(found.analysis.findings)
    findings, marks, notes = reviewed(found.analysis.findings, chosen, review_path(review))
    data = report_of(found, findings, marks=marks, notes=notes)
    if format is ReportFormat.rich:
        from graph.report.terminal import report_view

        out().print(report_view(data, lang.value, limit=limit or None))
        return
    for note in data.notes:
        talk(note.nb if lang is Language.nb else note.en)
    _write_report(data, lang, format, output)


def _outside(refids: Sequence[str]) -> tuple[str, ...]:
    """The acts that are not among the 14 of the reform: a report that names them looks at them beside the 14."""
    from lovdata_ingest.acts import reform_acts

    known = {act.refid for act in reform_acts()}
    return tuple(refid for refid in refids if refid not in known)


def _with_predecessors(refids: Sequence[str]) -> tuple[str, ...]:
    """The acts and those that they replaced: on a past day the one or the other holds."""
    from lovdata_ingest.acts import predecessors_of

    return tuple(known for refid in refids for known in (refid, *predecessors_of(refid)))


def _on_day(corpus: Corpus, acts: Sequence[str], date: str, everything: bool, *, beside: Sequence[str] = ()) -> Answer:
    """The answer for the law of a date."""
    from graph.as_of import parse_day
    from graph.on_a_day import answer_on

    need_text(corpus, "--at")
    return answer_on(corpus, acts, parse_day(date), everything=everything, beside=beside)


def _report_two_days(
    corpus: Corpus, date: str | None, against: str, named: Sequence[str], everything: bool, lang: Language,
    format: ReportFormat, output: Path | None, chosen_of: Callable[[Sequence[Finding]], Sequence[Finding]],
) -> None:  # fmt: skip
    import msgspec

    from graph.as_of import parse_day
    from graph.on_a_day import two_days
    from graph.report.two_days_view import TwoDaysView

    if date is None:
        raise LovdataError("--against trenger --at: pliktgraf report --at 2021-06-10 --against 2022-08-01")
    need_text(corpus, "--at")
    days = (parse_day(date), parse_day(against))
    found = two_days(corpus, (), days, everything=everything, beside=_outside(named)).only(chosen_of)
    for note in found.notes:
        talk(note.nb if lang is Language.nb else note.en)
    if format is ReportFormat.rich:
        out().print(TwoDaysView(found, lang.value))
    elif format is ReportFormat.json:
        write_bytes(msgspec.json.encode(found) + b"\n", output)
    else:
        raise LovdataError(f"--against skrives på terminalen eller som json, ikke {format.value}")


def _write_report(data: Report, lang: Language, format: ReportFormat, output: Path | None) -> None:
    from graph.report import html, markdown, tables

    def content() -> bytes:
        match format:
            case ReportFormat.md:
                return markdown.to_markdown(data, lang.value).encode()
            case ReportFormat.html:
                return html.to_html(data, lang.value).encode()
            case ReportFormat.docx:
                from graph.report import word  # brings lxml, which no other format needs

                return word.to_docx(data, lang.value)
            case ReportFormat.xlsx:
                return tables.to_xlsx(data, lang.value)
            case ReportFormat.csv:
                return tables.to_csv(data, lang.value).encode()
            case _:
                return tables.to_json(data)

    if output is None and format in (ReportFormat.docx, ReportFormat.xlsx) and sys.stdout.isatty():
        raise LovdataError(f"--format {format.value} er ingen tekst: oppgi en fil med --output rapport.{format.value}")
    write_bytes(content(), output)


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write to *output*, whole or not at all, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    from lovdata_ingest.cache import writing

    with writing(output) as file:
        file.write(content)
    talk(f"skrevet: {output}")


def _refid(corpus: Corpus, words: str) -> str:
    from lovdata_ingest.acts import match_act

    match = corpus.match(words) if corpus.has_text else match_act(words)
    if match.note():
        talk(match.note())
    return match.refid


def checked_types(words: str | None) -> tuple[str, ...]:
    """A type of finding, as the contract names it; empty for none.

    Raises:
        LovdataError: if there is no such type; the closest are named.
    """
    from graph.names import TYPES

    chosen = _one_of(words, tuple(TYPES), "type")
    return (chosen,) if chosen else ()


def checked_actor(words: str | None) -> str | None:
    """An actor id, from the id or from one of the actor's names in either written standard.

    Raises:
        LovdataError: if there is no such actor; the closest are named.
    """
    if words is None:
        return None
    from graph.names import actor_id, actor_ids

    return actor_id(words) or _one_of(words, actor_ids(), "aktør")


def _one_of(words: str | None, allowed: tuple[str, ...], what: str) -> str | None:
    if words is None or words in allowed:
        return words
    from rapidfuzz import process

    near = ", ".join(name for name, _, _ in process.extract(words, allowed, limit=3))
    raise LovdataError(f"ukjent {what} {words!r}. Nærmest: {near}. Alle: {', '.join(allowed)}")


@app.command()
def explain(
    finding: Annotated[str, typer.Argument(help="Id of a finding, as 'pliktgraf report' shows it, or its beginning.")],
    lang: Lang = Language.nb,
    review: Review = None,
    all: All = False,
    source: Sources = None,
) -> None:
    """Show one finding whole: explanation, score with its reasons, evidence with the words of the law.

    Example: pliktgraf explain mm-06683a0a
    """
    from graph.answer import answer, report_of, review_path, reviewed
    from graph.report.terminal import finding_view

    found = answer(load_corpus(source), everything=all)
    matching = [one for one in found.analysis.findings if one.id == finding] or [
        one for one in found.analysis.findings if one.id.startswith(finding)
    ]
    if len(matching) != 1:
        near = ", ".join(one.id for one in matching[:5])
        raise LovdataError(
            f"{finding}: " + (f"flere funn begynner slik: {near}" if matching else "det er ikke noe slikt funn")
        )
    _, marks, _ = reviewed(found.analysis.findings, matching, review_path(review))
    data = report_of(found, matching, marks=marks)
    for note in data.notes:
        talk(note.nb if lang is Language.nb else note.en)
    out().print(finding_view(data, matching[0], lang.value))


@app.command()
def matrix(
    lang: Lang = Language.nb,
    source: Sources = None,
) -> None:
    """Show services × kinds of duty, with the section in each cell, and what peers have that a service lacks.

    Example: pliktgraf matrix
    """
    from graph.answer import answer, report_of
    from graph.report.terminal import MatrixView

    found = answer(load_corpus(source))
    data = report_of(found, ())
    for note in data.notes:
        talk(note.nb if lang is Language.nb else note.en)
    out().print(MatrixView(found.analysis.matrix, data, lang.value))


@app.command()
def actor(
    name: Annotated[str, typer.Argument(help="barnehage, skole, nav, helsepersonell … (id or name)")],
    lang: Lang = Language.nb,
    all: All = False,
    source: Sources = None,
) -> None:
    """Show all that binds and protects an actor, across the acts, in both directions.

    Example: pliktgraf actor barnehage
    """
    from graph.answer import answer, report_of
    from graph.questions import binds_and_protects
    from graph.report.terminal import actor_view

    who = checked_actor(name)
    assert who is not None
    found = answer(load_corpus(source), everything=all)
    data = report_of(found, ())
    for note in data.notes:
        talk(note.nb if lang is Language.nb else note.en)
    out().print(actor_view(binds_and_protects(found.analysis.graph, who, found.analysis.findings), data, lang.value))


class Mark(StrEnum):
    """What a reader says of a finding."""

    seen = "seen"
    accepted = "accepted"
    wrong = "wrong"


_MARKED = {Mark.seen: "sett", Mark.accepted: "godtatt", Mark.wrong: "feil"}


@app.command()
def mark(
    finding: Annotated[str, typer.Argument(help="Id of a finding, as 'pliktgraf report' shows it.")],
    verdict: Annotated[Mark, typer.Argument(help="What you say of it.")],
    note: Annotated[str, typer.Option("--note", help="Why, for the next reader.")] = "",
    any_data: Annotated[
        bool, typer.Option("--any-data", help="Also an id that the snapshot does not have: other data, another date.")
    ] = False,
    review: Review = None,
) -> None:
    """Mark a finding as seen, accepted or wrong; later reports respect it.

    Example: pliktgraf mark mm-06683a0a wrong --note "dekkes av forskrift"
    """
    from graph.answer import review_path
    from graph.review import mark as write_mark
    from graph.snapshot import load_snapshot

    if not any_data and finding not in {known.id for known in load_snapshot().findings}:
        raise LovdataError(
            f"{finding} er ikke blant funnene i øyeblikksbildet, så ingenting er merket. Gjelder det et funn fra andre "
            "data eller en annen dato, ta med --any-data"
        )
    path = review_path(review)
    write_mark(path, finding, verdict.value, note)
    talk(f"{finding}: {_MARKED[verdict]} ({path})")


@app.command()
def snapshot(
    to: Annotated[Path, typer.Option("--to", help="Folder to write; data/snapshot in the source tree.")],
    source: Sources = None,
) -> None:
    """Compute the facts that let the program answer without text and network, and write them.

    Example: pliktgraf snapshot --source gjeldende-lover.tar.bz2 --to data/snapshot
    """
    from graph.pipeline import data_source
    from graph.snapshot import make_snapshot, write_snapshot

    corpus = load_corpus(source)
    need_text(corpus, "snapshot")
    made = make_snapshot(corpus.chosen(), tuple(corpus.consolidated()), data_source(corpus))
    write_snapshot(made, to)
    talk(f"skrevet: {to} ({len(made.frames)} normer, {len(made.references)} henvisninger, {len(made.findings)} funn)")


class ExportFormat(StrEnum):
    """The formats of an export."""

    graphml = "graphml"
    gexf = "gexf"
    json = "json"
    jsonld = "jsonld"
    turtle = "turtle"
    csv = "csv"
    parquet = "parquet"
    sqlite = "sqlite"
    cypher = "cypher"


@app.command()
def export(
    acts: Acts = None,
    format: Annotated[ExportFormat, typer.Option("--format", help="The format to write.")] = ExportFormat.graphml,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")] = Path("pliktgraf-export"),
    date: AtDate = None,
    all: All = False,
    source: Sources = None,
) -> None:
    """Write the duty graph in an open format, with a README and a data dictionary beside it.

    Example: pliktgraf export --format parquet -o duties
    """
    from graph.answer import answer
    from graph.export import write_export

    corpus = load_corpus(source)
    found = _on_day(corpus, acts or (), date, all) if date else answer(corpus, acts or (), everything=all)
    for note in found.notes:
        talk(note.nb)
    for path in write_export(found.analysis.graph, format.value, output, found.inputs.data, found.inputs.acts):
        talk(f"skrevet: {path}")


@app.command()
def laws(
    lang: Lang = Language.nb,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    source: Sources = None,
) -> None:
    """List the 14 acts of the reform: their state, what they replaced, what data is loaded.

    Example: pliktgraf laws
    """
    import msgspec

    from graph.report.laws import laws as the_laws
    from graph.report.laws import laws_view

    corpus = load_corpus(source)
    if format == "json":
        write_data(msgspec.json.encode(the_laws(corpus, lang.value)).decode())
    else:
        out().print(laws_view(corpus, lang.value))


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words, "a phrase", or begin* for beginnings.')
    ],
    act: Annotated[list[str] | None, typer.Option("--act", help="Only in this act; repeatable.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many hits.")] = 20,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    source: Sources = None,
) -> None:
    """Find places in the law by their words, best first; bokmål finds nynorsk and the other way round.

    The index is built once for each data set. Example: pliktgraf search samarbeid barnehage
    """
    from lovdata_ingest.search import as_json
    from lovdata_ingest.search import search as run_search

    corpus = load_corpus(source)
    need_text(corpus, "search")
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    refids = tuple(_refid(corpus, one) for one in act or ())
    results = run_search(
        corpus, query, acts=refids, limit=limit, progress=lambda path: talk(f"bygger søkeindeks for {path.name} …")
    )
    if not results.hits:
        talk(f"ingen treff på {query}")
    elif results.some_words:
        talk("ingen sted står alle ordene; her er steder med noen av dem")
    if format == "json":
        write_data(as_json(results))
        return
    from graph.report.hits import HitsView

    out().print(HitsView(results))


@app.command()
def fetch(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Data sets as listed, with or without "
                     ".tar.bz2, or patterns: 'lovtidend-*'. Default: all.")] = None,
    list_only: Annotated[bool, typer.Option("--list", help="Only list what Lovdata offers.")] = False,
    base_url: Annotated[str, typer.Option("--base-url", help="Server with Lovdata's public data.")] = (
        "https://api.lovdata.no"
    ),
) -> None:  # fmt: skip
    """Download Lovdata's public data sets into the cache folder, where every command finds them.

    Goes on after a break, and leaves alone what has not changed. Example: pliktgraf fetch gjeldende-lover
    """
    from lovdata_ingest.fetch import Downloader, chosen

    if list_only:
        for offer in chosen(Downloader(base_url).offers(), names or ()):
            write_data(f"{offer.filename}\t{offer.size_bytes}\t{offer.last_modified}\t{offer.description}")
        return
    from graph.report.progress import DownloadBars

    with DownloadBars() as bars:
        fetched = Downloader(base_url, progress=bars.advance).fetch(names or ())
    for one in fetched:
        talk(
            f"{one.filename}: {'uendret' if one.status == 'unchanged' else 'hentet'}, {one.size / 1e6:.1f} MB, {one.path}"
        )


class DiffFormat(StrEnum):
    """How a comparison is written."""

    text = "text"
    html = "html"
    docx = "docx"
    md = "md"
    json = "json"


@app.command()
def diff(
    proposals: Annotated[
        list[str],
        typer.Argument(
            metavar="PROPOSAL...",
            help="Files (.docx, .pdf, .html, .xml, .md, .txt) "
            "or amending acts (lov/2021-06-11-78); or two dates, or two versions of an act "
            "(bhl@2021-06-10 bhl@2022-08-01).",
        ),
    ],
    source: Sources = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="Hold the proposals against the law of this day.")
    ] = None,
    everything: All = False,
    format: Annotated[
        DiffFormat, typer.Option("--format", help="html, docx and md are a lovspeil: current and proposed.")
    ] = DiffFormat.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    redline: Annotated[
        bool, typer.Option("--redline", help="With --format docx: the act with tracked changes.")
    ] = False,
    shorten: Annotated[
        bool, typer.Option("--shorten", help="Leave out the words of unchanged ledd in a lovspeil.")
    ] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare two proposals instead of adding them up.")
    ] = False,
    reading: Annotated[
        str, typer.Option("--reading", help="Tracked changes in a Word file: accepted or original.")
    ] = "accepted",
    effects: Annotated[bool, typer.Option("--effects/--no-effects", help="References, norms and findings.")] = True,
    lang: Lang = Language.nb,
) -> None:
    """Show what proposals make of the law: a word diff per ledd, and what they do to references, duties and findings.

    Example: pliktgraf diff horing.docx --format docx -o lovspeil.docx
    """
    from graph.as_of import parse_day
    from graph.diff_output import written
    from graph.diff_request import run, understand
    from graph.report.diff_view import DiffView
    from lovdata_ingest.acts import reform_acts

    if reading not in ("accepted", "original"):
        raise LovdataError(f"--reading tar accepted eller original, ikke {reading!r}")
    corpus = load_corpus(source)
    need_text(corpus, "diff")
    request = understand(proposals, corpus, reading=reading)
    found = run(
        request,
        corpus,
        at=parse_day(at) if at else None,
        everything=everything,
        findings_of=tuple(act.refid for act in reform_acts()),
        effects=effects,
        against_each_other=compare,
    )
    for note in found.diff.notes:
        if note.kind == "unread" and format is DiffFormat.text:
            continue  # it stands among the instructions
        talk((note.nb if lang is Language.nb else note.en) + (f" [{note.where}]" if note.where else ""))
    if format is DiffFormat.text:
        out().print(DiffView(found.diff, lang.value, effects=effects))
        return
    if output is None and format is DiffFormat.docx and sys.stdout.isatty():
        raise LovdataError("--format docx er ingen tekst: oppgi en fil med --output lovspeil.docx")
    write_bytes(written(found, format.value, redline=redline, shorten=shorten, lang=lang.value), output)


@app.command()
def at(
    act: Annotated[str, typer.Argument(help="Refid, short title or abbreviation.")],
    date: Annotated[str, typer.Argument(help="For example 2021-06-10.")],
    source: Sources = None,
    gazette_only: Annotated[
        bool, typer.Option("--gazette-only", help="Dates from the gazette alone, not from notes.")
    ] = False,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Give an act as in force on a date, replayed from its promulgation, or looking ahead to changes already adopted.

    Example: pliktgraf at bhl 2021-06-10
    """
    import msgspec

    from graph.as_of import act_on, at_of, at_text, parse_day
    from graph.report.reasons import reason_in

    day = parse_day(date)
    corpus = load_corpus(source)
    need_text(corpus, "at")
    answer = at_of(act_on(corpus, act, day, notes=not gazette_only))
    if format == "json":
        write_data(msgspec.json.encode(answer).decode())
        return
    write_data(at_text(answer))
    for row in answer.not_applied:
        talk(f"ikke med: {row.act}: {row.operation[:100].rstrip(': ')}: {reason_in(row.reason, 'nb')}")
    for row in answer.doubted:
        talk(f"se etter: {row.act}: {row.operation[:100].rstrip(': ')}: {reason_in(row.reason, 'nb')}")


@app.command()
def history(
    provision: Annotated[str, typer.Argument(help='For example "bhl § 2 b".')],
    source: Sources = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    lang: Lang = Language.nb,
) -> None:
    """Show the versions of a provision, newest first, each with the act that made it and a word diff.

    Example: pliktgraf history "bhl § 2 b"
    """
    import msgspec

    from graph.as_of import history_of
    from graph.report.diff_view import HistoryView

    corpus = load_corpus(source)
    need_text(corpus, "history")
    found = corpus.find(provision)
    if found.match.note():
        talk(found.match.note())
    if found.succession is not None:
        talk(found.succession.explain())
    for address in found.addresses:
        versions = history_of(corpus, address)
        if format == "json":
            write_data(msgspec.json.encode({"address": str(address), "versions": versions}).decode())
        else:
            out().print(HistoryView(versions, str(address), lang.value))


@app.command()
def draft(
    old: Annotated[str, typer.Argument(help="The act as it stands: refid, name, or a file.")],
    new: Annotated[
        Path | None,
        typer.Argument(help="The edited text (.docx, .md, .txt, .xml). Without it, the text to edit is printed."),
    ] = None,
    source: Sources = None,
    reading: Annotated[
        str, typer.Option("--reading", help="Tracked changes in a Word file: accepted or original.")
    ] = "accepted",
    format: Annotated[str, typer.Option("--format", help="text, docx or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
) -> None:
    """Write the amending instructions that turn OLD into NEW, in the form of the Ministry of Justice's drafting rules.

    The instructions are carried out as a check; what does not give NEW, to the character, is named, and the exit status
    is 1. Example: pliktgraf draft bhl bhl-ny.txt
    """
    from graph.diff_output import draft_written, drafted, editable

    corpus = load_corpus(source)
    if new is None:
        write_bytes(editable(old, corpus, format), output)
        return
    made = drafted(old, new, corpus, reading=reading)
    write_bytes(draft_written(made, format), output)
    for place in made.undrafted:
        talk(f"ikke dekket: {place.address}: {place.reason}")
    if not made.exact:
        raise typer.Exit(CHECK_FAILED)


def need_text(corpus: Corpus, command: str) -> None:
    """End with one message where no text is loaded.

    Raises:
        LovdataError: if nothing is loaded.
    """
    if not corpus.has_text:
        raise LovdataError(
            f"'pliktgraf {command}' trenger lovteksten. Kjør 'pliktgraf fetch' (henter Lovdatas åpne data), "
            "eller oppgi en kilde med --source PATH"
        )


class Nlp(StrEnum):
    """What the norms are read with."""

    rules = "rules"
    parser = "parser"


class TableFormat(StrEnum):
    """How rows are written."""

    tsv = "tsv"
    jsonl = "jsonl"


NlpOption = Annotated[
    Nlp,
    typer.Option("--nlp", help="rules: words and clauses alone; parser: the trained parser where they find nothing."),
]


@app.command()
def duties(
    acts: Acts = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help='Show why the norms of a provision were found: "bhl § 2 b".')
    ] = None,
    format: Annotated[TableFormat, typer.Option("--format", help="How the rows are written.")] = TableFormat.tsv,
    nlp: NlpOption = Nlp.rules,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Only norms at least this sure.")
    ] = 0.0,
    date: AtDate = None,
    all: All = False,
    source: Sources = None,
) -> None:
    """Print who must, may or must not cooperate or share information with whom, and when: one row per norm.

    The columns are those of the annotation guideline, then where the words stand, how sure the row is, and the rule.

    Example: pliktgraf duties barnehageloven --format tsv
    """
    from duties.table import to_jsonl, to_tsv

    corpus = load_corpus(source)
    if explain is not None:
        need_text(corpus, "duties --explain")
        write_data(explained(corpus, explain))
        return
    if date is not None:
        past = _on_day(corpus, acts or [], date, all)
        for note in past.notes:
            talk(note.nb)
        frames = past.inputs.frames
    else:
        frames = norms(corpus, acts or [], everything=all, nlp=nlp)
    kept = [frame for frame in frames if frame.confidence >= min_confidence]
    sys.stdout.write(to_tsv(kept) if format is TableFormat.tsv else to_jsonl(kept))


def norms(corpus: Corpus, acts: list[str], *, everything: bool, nlp: Nlp) -> tuple[Frame, ...]:
    """The norms of the chosen acts, from their text, or from the snapshot where there is none."""
    if corpus.has_text:
        from graph.pipeline import frames_of

        for words in acts:
            _refid(corpus, words)
        chosen = corpus.chosen(acts, everything=everything)
        if nlp is Nlp.rules:
            from graph.kept_facts import frames_of_documents

            return frames_of_documents(chosen)
        return frames_of(chosen, nlp="parser")
    from graph.answer import acts_of_snapshot, from_snapshot_note
    from graph.snapshot import load_snapshot

    kept = load_snapshot()
    talk(from_snapshot_note(kept.about.data.date).nb)
    wanted = acts_of_snapshot(acts, kept.inputs())
    return tuple(frame for frame in kept.frames if not wanted or frame.address.act in wanted)


def explained(corpus: Corpus, provision: str) -> str:
    """The norms of a provision, each with the words, the rule and the reasons that it rests on."""
    from duties.explain import explain as explain_traces
    from duties.find import Finder

    found = corpus.find(provision)
    if found.match.note():
        talk(found.match.note())
    texts = []
    for address in found.addresses:
        document = corpus.get(address.act)
        finder = Finder(document)
        finder.run()
        traces = [trace for trace in finder.traces if address.contains(trace.frame.address)]
        texts.append(explain_traces(document, traces) if traces else f"{address}: ingen normer funnet")
    return "\n".join(texts)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(exists=True, help="Annotated frames: a .tsv file or a folder of them.")],
    by: Annotated[str, typer.Option("--by", help="Figures by law, category, modality or language as well.")] = "",
    split: Annotated[
        Path | None, typer.Option("--split", help="YAML with the acts tuned on and the check acts: both are shown.")
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors", help="File for every error with its words; default: in the cache. Not in a repository."
        ),
    ] = None,
    floor: Annotated[
        float, typer.Option("--floor", min=0, max=1, help="Exit status 1 if the detection F1 falls below.")
    ] = 0.0,
    fit_confidence: Annotated[
        Path | None, typer.Option("--fit-confidence", help="Fit the confidence on GOLD and write the weights there.")
    ] = None,
    nlp: NlpOption = Nlp.rules,
    source: Sources = None,
) -> None:
    """Print how well the norms found agree with annotated ones, by the scorer's definitions.

    The labels of the reform's acts are machine-made, by two independent readings, and not reviewed by a jurist.

    Example: pliktgraf evaluate ../shared/gold/dev --split tests/frames/split.yaml
    """
    from duties.assess import assess

    corpus = load_corpus(source)
    need_text(corpus, "evaluate")
    pipeline = None
    if nlp is Nlp.parser:
        from duties.nlp import load_pipeline

        pipeline = load_pipeline()
    result = assess(gold, corpus.get, by=by, split=split, nlp=pipeline)
    write_data(result.text)
    if fit_confidence is not None:
        write_bytes(result.fitted().encode(), fit_confidence)
    from lovdata_ingest.cache import cache_folder

    write_bytes("\n".join(result.errors).encode(), errors or cache_folder("evaluate", "errors.txt"))
    if result.f1 < floor:
        talk(f"detection F1 {result.f1:.3f} is below the floor {floor:.3f}")
        raise typer.Exit(CHECK_FAILED)


def fail(message: str) -> NoReturn:
    """One message, exit status 2."""
    talk(message)
    raise SystemExit(WRONG_CALL)


def main() -> None:
    """Run the command line: errors made on purpose become one message and exit status 2."""

    def show_warning(message: Warning | str, *_: object, **__: object) -> None:
        talk(f"advarsel: {message}")

    warnings.showwarning = show_warning
    try:
        app()
    except LovdataError as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail(INTERRUPTED)
    except SystemExit as ended:
        if ended.code == CTRL_C:  # so typer ends, without a word
            fail(INTERRUPTED)
        raise
    except BrokenPipeError:  # the reader closed the pipe: head, less
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:
        if error.filename is None and error.strerror is None:
            raise
        fail(f"{error.filename or 'filen'}: {error.strerror}")


if __name__ == "__main__":
    main()
