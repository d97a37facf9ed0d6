"""The report in Markdown, for a wiki, an issue or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.finding import Finding
from graph.names import TYPES, actor_name
from graph.report.report import KIND_ORDER, Lang, Report, label, summary, words
from lovdata_ingest.address import Address, parse_address

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def escaped(text: str) -> str:
    """Words as they are, with Markdown's own signs disarmed."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def lovdata_link(address: str | Address) -> str:
    """Where lovdata.no shows a provision: the section's own page, since ledd have none."""
    from urllib.parse import quote

    place = parse_address(address) if isinstance(address, str) else address
    prefix = "NL" if place.act.startswith("lov/") else "SF"
    section = place.section_address if place.path else place
    return "https://lovdata.no/" + quote(f"{prefix}/{section}")


def to_markdown(report: Report, lang: Lang) -> str:
    """The whole report; each finding has a heading that can be linked to."""
    return "\n".join(_lines(report, lang)) + "\n"


def _lines(report: Report, lang: Lang) -> Iterator[str]:
    yield f"# {label('title', lang)}\n"
    yield escaped(summary(report, lang)) + "\n"
    for note in report.notes:
        yield f"> {escaped(words(note, lang))}\n"
    for kind in KIND_ORDER:
        findings = report.of_kind(kind)
        if findings:
            yield f"\n## {label(kind, lang)} ({len(findings)})\n"
            for finding in findings:
                yield from _finding(report, finding, lang)
    yield from _matrix(report, lang)
    yield f"\n{label('law', lang)}"


def _finding(report: Report, finding: Finding, lang: Lang) -> Iterator[str]:
    yield f"### {escaped(words(finding.title, lang))} {{#{finding.id}}}\n"
    mark = report.marks.get(finding.id)
    yield (
        f"`{finding.id}` · {words(TYPES[finding.type], lang)} · {label('score', lang).lower()} {finding.score:.2f}"
        + (f" · {label('mark', lang).lower()}: {label(mark, lang)}" if mark else "") + "\n"
    )  # fmt: skip
    yield escaped(words(finding.explanation, lang)) + "\n"
    if finding.actors:
        names = ", ".join(words(actor_name(actor), lang) for actor in finding.actors)
        yield f"{label('actors', lang)}: {escaped(names)}\n"
    for evidence in finding.evidence:
        name = escaped(report.place(evidence.address, lang))
        yield f"- [{name}]({lovdata_link(evidence.address)})" + (
            f": {escaped(report.norm(evidence, lang))}" if evidence.norm else ""
        )
        excerpt = report.excerpt(evidence)
        if excerpt is not None:
            yield f"  > {escaped(excerpt.text)}"
    yield ""


def _matrix(report: Report, lang: Lang) -> Iterator[str]:
    """One row a kind of duty, one column a service, as in the page."""
    matrix = report.matrix
    if not matrix.services:
        return
    names = [service.nb if lang == "nb" else service.en for service in matrix.services]
    yield f"\n## {label('matrix', lang)}\n"
    yield f"| {label('duty', lang)} | " + " | ".join(map(escaped, names)) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for duty in matrix.duty_types:
        cells = []
        for service in matrix.services:
            cell = matrix.cell(service.id, duty.id)
            if cell is None or cell.status == "not_expected":
                cells.append("")
            elif cell.addresses:
                cells.append("<br>".join(
                    f"[{escaped(name)}]({lovdata_link(address)})"
                    for name, address in report.sections(cell.addresses, service.act)
                ))  # fmt: skip
            else:
                cells.append(f"**{label(cell.status, lang)}**")
        yield f"| {escaped(duty.nb if lang == 'nb' else duty.en)} | " + " | ".join(cells) + " |"
    yield ""
