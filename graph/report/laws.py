"""The 14 acts of the reform for reading: state, former names, what they replaced, what data is loaded."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from lovdata_ingest.acts import ReformAct, reform, reform_acts
from lovdata_ingest.corpus import Corpus, DataSet, NotLoaded

_WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "title": "De 14 lovene som velferdstjenestereformen ({act}) endret, slik de står i dag",
        "in_force": "i kraft {dates}", "changed": "sist endret {date}", "to_come": "endringer som ikke er i kraft: {n}",
        "replaced": "avløste {acts}", "former": "tidligere navn: {names}", "until": "gjaldt til {until}",
        "loaded": "Lastede data", "files": "{n} dokumenter", "unread": "{n} uten tekst",
        "nothing": "Ingen lovtekst er lastet: svarene bygger på øyeblikksbildet. 'pliktgraf fetch' henter teksten.",
        "not_loaded": "ikke i de lastede kildene", "as_of": "Lovdatas utgave {date}",
    },
    "en": {
        "title": "The 14 acts that the welfare services reform ({act}) amended, as they stand today",
        "in_force": "in force {dates}", "changed": "last changed {date}", "to_come": "changes not in force: {n}",
        "replaced": "replaced {acts}", "former": "former names: {names}", "until": "held until {until}",
        "loaded": "Loaded data", "files": "{n} documents", "unread": "{n} without text",
        "nothing": "No text of the law is loaded: answers rest on the snapshot. 'pliktgraf fetch' brings the text.",
        "not_loaded": "not in the loaded sources", "as_of": "Lovdata's edition of {date}",
    },
}  # fmt: skip


class Law(Struct, frozen=True):
    """One of the 14 acts with what the loaded data says of it."""

    refid: str
    part: str
    name: str
    abbreviations: tuple[str, ...]
    sector: str
    ministry: str
    loaded: bool
    in_force: tuple[str, ...]
    last_change: str
    changes_to_come: int
    former_names: tuple[str, ...]
    replaced: tuple[str, ...]


def laws(corpus: Corpus, language: Literal["nb", "en"] = "nb") -> tuple[Law, ...]:
    """The 14 acts, in the order of the amending act."""
    return tuple(_law(act, corpus, language) for act in reform_acts())


def _law(act: ReformAct, corpus: Corpus, language: Literal["nb", "en"]) -> Law:
    from lovdata_ingest.notes import changes_to_come

    try:
        document = corpus.get(act.refid, gazette=False)
    except NotLoaded:
        document = None
    header = document.header if document is not None else None
    until = _WORDS[language]["until"]
    return Law(
        act.refid,
        act.part,
        (header.short_titles or (act.name(),))[0] if header is not None else act.name().capitalize(),
        act.abbreviations,
        act.sector.en if language == "en" else act.sector.nb,
        act.ministry,
        document is not None,
        tuple(entry.words for entry in header.in_force) if header is not None else (),
        header.last_change_in_force.isoformat() if header is not None and header.last_change_in_force else "",
        len({(str(c.address), c.change.act) for c in changes_to_come(document)}) if document is not None else 0,
        tuple(f"{name.name}, {until.format(until=name.until.isoformat())}" for name in act.former_names),
        tuple(f"{old.names.nb[0]} ({old.refid}), {until.format(until=old.until.isoformat())}" for old in act.replaces),
    )


def laws_view(corpus: Corpus, language: Literal["nb", "en"] = "nb") -> RenderableType:
    """What ``pliktgraf laws`` prints: three lines for each act, then the data sets."""
    words = _WORDS[language]
    lines: list[RenderableType] = [Text(words["title"].format(act=reform().act) + "\n", "bold")]
    for law in laws(corpus, language):
        lines += _lines(law, words, has_text=corpus.has_text)
    return Group(*lines, *_data(corpus, words))


def _lines(law: Law, words: dict[str, str], *, has_text: bool) -> list[RenderableType]:
    title = Text(f"{law.part:>4}  ")
    title.append(law.name, "bold")
    if law.abbreviations:
        title.append(f" ({', '.join(law.abbreviations)})")
    title.append(f"  {law.refid}", "cyan")
    facts = [law.sector, law.ministry]
    if law.in_force:
        facts.append(words["in_force"].format(dates=", ".join(law.in_force)))
    if law.last_change:
        facts.append(words["changed"].format(date=law.last_change))
    if law.changes_to_come:
        facts.append(words["to_come"].format(n=law.changes_to_come))
    if has_text and not law.loaded:
        facts.append(words["not_loaded"])
    past = [words["replaced"].format(acts="; ".join(law.replaced))] if law.replaced else []
    if law.former_names:
        past.append(words["former"].format(names="; ".join(law.former_names)))
    return [title, *(Padding(Text(line), (0, 0, 0, 6)) for line in (" · ".join(facts), *past)), Text()]


def _data(corpus: Corpus, words: dict[str, str]) -> list[RenderableType]:
    if not corpus.has_text:
        return [Text(words["nothing"])]
    return [Text(f"{words['loaded']}:", "bold"), *(Text(_line(one, words)) for one in corpus.data_sets)]


def _line(one: DataSet, words: dict[str, str]) -> str:
    parts = [one.path, words["files"].format(n=len(one.entries))]
    if one.unread:
        parts.append(words["unread"].format(n=len(one.unread)))
    if one.date is not None:
        parts.append(words["as_of"].format(date=one.date.isoformat()))
    return "  " + ", ".join(parts)
