"""What every renderer is given: the findings chosen, the matrix, facts of the acts, and the words if loaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from graph.finding import Evidence, Finding, FindingKind, Words
from graph.inputs import ActFacts, DataSource
from graph.matrix import Matrix
from graph.names import CATEGORIES, CONDITIONS, MODALITIES, Namer, actor_name
from lovdata_ingest.address import parse_address
from lovdata_ingest.model import Document

Lang = Literal["nb", "en"]
KIND_ORDER: tuple[FindingKind, ...] = ("overlap", "conflict", "gap")


class Excerpt(Struct, frozen=True):
    """The words that a piece of evidence rests on: the text of the ledd or item, and the span in it."""

    text: str
    start: int
    end: int


class Report(Struct, frozen=True, dict=True):
    """One report. ``excerpts`` is empty where only the snapshot is at hand.

    ``marks`` holds the reader's own marks by finding id (seen, accepted, wrong); ``notes`` what is to be said before
    the findings (acts left out and why, data from the snapshot). ``acts`` are those that the report is about;
    ``others`` are named in it.
    """

    data: DataSource
    acts: tuple[ActFacts, ...]
    findings: tuple[Finding, ...]
    matrix: Matrix
    excerpts: Mapping[str, str] = {}
    marks: Mapping[str, str] = {}
    notes: tuple[Words, ...] = ()
    others: tuple[ActFacts, ...] = ()

    @cached_property
    def namer(self) -> Namer:
        """Names of provisions of the acts."""
        return Namer((*self.acts, *self.others))

    def place(self, address: str, lang: Lang) -> str:
        """A provision in words: ``barnehageloven § 2 b første ledd``."""
        return words(self.namer.provision(address), lang)

    @cached_property
    def _phrases(self) -> dict[str, Words]:
        return _NORM_PHRASES | {duty.id: Words(duty.nb, duty.en) for duty in self.matrix.duty_types}

    def norm(self, evidence: Evidence, lang: Lang) -> str:
        """What was read at a piece of evidence, in words; empty where it says nothing."""
        return norm_in_words(evidence.norm, lang, self._phrases)

    def sections(self, addresses: Iterable[str], home: str) -> list[tuple[str, str]]:
        """(Section in short, its address) for a cell of the matrix: ``§ 2 b``, with the act's name where it is not *home*."""
        found: dict[str, str] = {}
        for address in addresses:
            section = str(parse_address(address).section_address)
            act = parse_address(address).act
            found.setdefault(section, self.namer.provision(section, act=act != home).nb)
        return [(name, address) for address, name in found.items()]

    def of_kind(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind, in their order."""
        return tuple(finding for finding in self.findings if finding.kind == kind)

    def excerpt(self, evidence: Evidence) -> Excerpt | None:
        """The words behind a piece of evidence, None where the text is not loaded."""
        text = self.excerpts.get(evidence.address)
        return None if text is None else Excerpt(text, evidence.start, min(evidence.end, len(text)))

    def counts(self) -> Counter[str]:
        """How many findings of each kind."""
        return Counter(finding.kind for finding in self.findings)


def words(texts: Words, lang: Lang) -> str:
    """One of the two languages."""
    return texts.nb if lang == "nb" else texts.en


def excerpts_of(findings: Iterable[Finding], documents: Iterable[Document]) -> dict[str, str]:
    """The texts of the places that *findings* rest on, by printed address; places without words are left out."""
    wanted: dict[str, set[str]] = {}
    for finding in findings:
        for evidence in finding.evidence:
            wanted.setdefault(parse_address(evidence.address).act, set()).add(evidence.address)
    found: dict[str, str] = {}
    for document in documents:
        addresses = wanted.get(document.refid)
        if not addresses:
            continue
        for node in document.body.walk():
            if node.address is not None and node.text and (printed := str(node.address)) in addresses:
                found.setdefault(printed, node.text)
    return found


_NORM_WORD = re.compile(r"[a-z]+(?:_[a-z]+)*")
_NORM_PHRASES: dict[str, Words] = {
    "definition": Words("definisjon", "definition"),
    "reference": Words("henvisning", "reference"),
    "referred to": Words("vist til", "referred to"),
    "in a peer act": Words("i en annen tjenestes lov", "in a peer's act"),
    "note: changed": Words("endringsnote:", "note of amendment:"),
    "act_replaced": Words("loven er avløst", "act replaced"),
    "no_such_section": Words("finnes ikke", "no such section"),
    "no_such_ledd": Words("leddet finnes ikke", "no such ledd"),
    "repealed": Words("opphevet", "repealed"),
}


def norm_in_words(norm: str, lang: Lang, phrases: Mapping[str, Words]) -> str:
    """The short form of a norm with the names of its parts: ``samarbeid, plikt: barnehagen → skolen``."""
    head, arrow, rest = norm.partition(" → ")
    if arrow:
        category, _, tail = head.partition(" ")
        modality, _, bearer = tail.partition(" ")
        if category in CATEGORIES and modality in MODALITIES:
            head = f"{words(CATEGORIES[category], lang)}, {words(MODALITIES[modality], lang)}: {bearer}"
        norm = head + (f" → {rest}" if rest.partition(" ")[0] != "-" else rest.removeprefix("-"))
    for phrase, names in phrases.items():
        if phrase in norm:
            norm = re.sub(rf"(?<![\w/]){re.escape(phrase)}(?![\w/])", words(names, lang), norm)

    def named(match: re.Match[str]) -> str:
        token = match[0]
        if token in CONDITIONS and (lang == "nb" or "_" in token):
            return words(CONDITIONS[token], lang)
        name = actor_name(token)
        return token if name.nb == token else words(name, lang)

    return _NORM_WORD.sub(named, norm).replace(";", ", ") if arrow else norm


LABELS: dict[str, Words] = {
    "overlap": Words("Overlapp", "Overlaps"),
    "conflict": Words("Konflikter", "Conflicts"),
    "gap": Words("Hull", "Gaps"),
    "finding": Words("Funn", "Finding"),
    "score": Words("Vekt", "Score"),
    "type": Words("Type", "Type"),
    "provisions": Words("Bestemmelser", "Provisions"),
    "actors": Words("Aktører", "Actors"),
    "explanation": Words("Forklaring", "Explanation"),
    "evidence": Words("Grunnlag", "Evidence"),
    "reasons": Words("Hvorfor denne vekten", "Why this score"),
    "matrix": Words("Tjenester og plikttyper", "Services and kinds of duty"),
    "service": Words("Tjeneste", "Service"),
    "duty": Words("Plikttype", "Kind of duty"),
    "summary": Words("Sammendrag", "Summary"),
    "mark": Words("Merket", "Marked"),
    "seen": Words("sett", "seen"),
    "accepted": Words("godtatt", "accepted"),
    "wrong": Words("feil", "wrong"),
    "none": Words("Ingen funn.", "No findings."),
    "acts": Words("Lover", "Acts"),
    "title": Words("Overlapp, konflikter og hull i plikter til samarbeid og deling av opplysninger",
                   "Overlaps, conflicts and gaps in duties to cooperate and to share information"),
    "own": Words("egen lov", "own act"),
    "elsewhere": Words("annen lov", "another act"),
    "missing": Words("mangler", "missing"),
    "not_expected": Words("ikke ventet", "not expected"),
    "law": Words("Lovtekst © Lovdata, NLOD 2.0", "Text of the law © Lovdata, NLOD 2.0"),
}  # fmt: skip


def label(key: str, lang: Lang) -> str:
    """A word of the reports' own."""
    return words(LABELS[key], lang)


def summary(report: Report, lang: Lang) -> str:
    """The report in one line."""
    counts = report.counts()
    date = report.data.date or "?"
    if lang == "en":
        return (
            f"{len(report.findings)} findings in {len(report.acts)} acts: {counts['overlap']} overlaps, "
            f"{counts['conflict']} conflicts, {counts['gap']} gaps. Data of {date}."
        )
    return (
        f"{len(report.findings)} funn i {len(report.acts)} lover: {counts['overlap']} overlapp, "
        f"{counts['conflict']} konflikter, {counts['gap']} hull. Data fra {date}."
    )
