"""References for reading: a table on the terminal, and what stands around a provision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from graph.names import Namer
from graph.references import section_of

if TYPE_CHECKING:
    from graph.references import Dependent, Referred
    from lovdata_ingest.references.reference import Reference
    from lovdata_ingest.references.review import Dispute

STATUS_NB = {
    "resolved": "",
    "no_such_section": "paragrafen finnes ikke",
    "no_such_ledd": "stedet finnes ikke",
    "repealed": "opphevet",
    "act_not_loaded": "loven er ikke lastet",
    "act_replaced": "loven er avløst",
    "ambiguous": "flertydig",
    "external": "utenfor norsk lov",
}


def _cell(words: str) -> Text:
    return Text(words)


def reference_table(references: Iterable[Reference]) -> Table:
    """One row a reference: where it stands, its words, where it leads, what is wrong with it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("fra", "ord", "til", "merknad"):
        table.add_column(heading, overflow="fold")
    for row in references:
        remark = STATUS_NB[row.status] if row.status != "external" or not row.target.startswith("eu/") else "EU/EØS"
        table.add_row(_cell(str(row.source)), _cell(row.text), _cell(row.target or "-"), _cell(remark))
    return table


def dispute_table(rows: Iterable[Dispute]) -> Iterator[str]:
    """The reviewer's list as a table with tabs."""
    yield "\t".join(("kind", "source", "start", "end", "text", "ours", "lovdata", "reason"))
    for row in rows:
        values = (row.kind, row.source, str(row.start), str(row.end), row.text, row.ours, row.theirs, row.reason)
        yield "\t".join(" ".join(value.split()) or "-" for value in values)


def dependents_text(rows: Sequence[Dependent]) -> Iterator[str]:
    """Provisions that depend on another, each with the chain that leads there."""
    yield "\t".join(("address", "steps", "chain"))
    for row in rows:
        yield "\t".join((row.address, str(row.steps), " → ".join(row.chain)))


def referred_text(rows: Sequence[Referred]) -> Iterator[str]:
    """The provisions that most sections refer to."""
    yield "\t".join(("address", "sections", "from_other_acts"))
    for row in rows:
        yield "\t".join((row.address, str(row.sections), str(row.from_other_acts)))


def circles_text(groups: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Groups of sections that all lead to each other."""
    yield "\t".join(("sections", "addresses"))
    for group in groups:
        yield "\t".join((str(len(group)), " ".join(group)))


def in_words(address: str, titles: Mapping[str, str]) -> str:
    """An address with the act's short title, ``barnehageloven § 2b første ledd``; as it is where the act is not known."""
    act = "/".join(address.split("/")[:2])
    if act not in titles:
        return address
    words = Namer(()).provision(address, act=False).nb
    title = titles[act]
    return f"{title[:1].lower() + title[1:] if not title[:2].isupper() else title} {words}".rstrip()


def _place(address: str, titles: Mapping[str, str]) -> Text:
    words = in_words(address, titles)
    return Text(f"  {words}") if words == address else Text(f"  {words}").append(f"  {address}", "dim")


def around_text(
    outgoing: Sequence[Reference], incoming: Sequence[Reference], titles: Mapping[str, str], *, limit: int = 40
) -> Iterator[Text]:
    """What a provision refers to and what refers to it; of many, the first and how many more; no line for none.

    *titles* are the short titles of the loaded acts by refid.
    """
    if outgoing or incoming:
        yield Text()
    if outgoing:
        yield Text(f"Viser til ({len({row.target or row.text for row in outgoing})})", "bold")
    for target, words, remark in dict.fromkeys((row.target, row.text, STATUS_NB[row.status]) for row in outgoing):
        line = _place(target, titles) if target else Text(f"  {words}")
        yield line.append(f"  ({remark})" if remark else "")
    sections: dict[str, int] = {}
    for row in incoming:
        where = section_of(str(row.source))
        sections[where] = sections.get(where, 0) + 1
    if sections:
        yield Text(f"Vises til av ({len(sections)} paragraf{'er' if len(sections) != 1 else ''})", "bold")
    for place, (where, count) in enumerate(sections.items()):
        if place == limit:
            yield Text(f"  … og {len(sections) - limit} til; se 'pliktgraf refs --to'")
            break
        yield _place(where, titles).append(f"  ×{count}" if count > 1 else "")
