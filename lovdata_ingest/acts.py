"""The 14 acts of the reform, what they replaced, and which act a name means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import Address, parse_address
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Language

ACTS_FILE = "acts.yaml"

_REFID = re.compile(r"(?:[A-Z]+/)?(?P<refid>(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?)", re.IGNORECASE)


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of an act in bokmål and in nynorsk, the usual one first."""

    nb: tuple[str, ...]
    nn: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Every name, bokmål first."""
        return self.nb + self.nn


class Sector(Struct, frozen=True, forbid_unknown_fields=True):
    """The service that an act governs, in words for a reader."""

    nb: str
    nn: str
    en: str


class SectionMove(Struct, frozen=True, forbid_unknown_fields=True):
    """An old section and where its subject stands today; ``new`` may name a ledd (``24-1/ledd/6``)."""

    old: str
    new: tuple[str, ...]
    basis: Literal["text", "heading"]


class Predecessor(Struct, frozen=True, forbid_unknown_fields=True):
    """An act that one of the 14 replaced; it no longer held from the day ``until``."""

    refid: str
    names: Names
    until: dt.date
    sections: tuple[SectionMove, ...] = ()


class FormerName(Struct, frozen=True, forbid_unknown_fields=True):
    """A name that the act bore from ``since`` until, and not on, ``until``."""

    name: str
    since: dt.date
    until: dt.date


class ReformAct(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the 14 acts, as it stands today. ``part`` is the Roman part of the amending act that changed it."""

    refid: str
    part: str
    names: Names
    abbreviations: tuple[str, ...]
    ministry: str
    sector: Sector
    former_names: tuple[FormerName, ...] = ()
    replaces: tuple[Predecessor, ...] = ()

    def name(self, language: Language = "nb") -> str:
        """The usual name in *language*."""
        return (self.names.nn if language == "nn" else self.names.nb)[0]


class Reform(Struct, frozen=True, forbid_unknown_fields=True):
    """The amending act, when it came into force, who decided that, and what changed it before."""

    act: str
    in_force: dt.date
    decided_by: str
    changed_by: tuple[str, ...] = ()


class ActsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``data/acts.yaml`` holds."""

    reform: Reform
    acts: tuple[ReformAct, ...]


def parse_acts(text: str, *, name: str = ACTS_FILE) -> ActsFile:
    """Read the words of an acts file.

    Raises:
        RuleFileError: for unknown, missing and repeated keys and wrong types; it names file, line and what is allowed.
        LovdataError: for a refid that is none, or that stands twice.
    """
    from lovdata_ingest.yaml_file import read_yaml

    found = read_yaml(text, ActsFile, name=name)
    seen: set[str] = set()
    for refid in [one for act in found.acts for one in (act.refid, *(old.refid for old in act.replaces))]:
        match = _REFID.fullmatch(refid)
        if match is None or match["refid"] != refid:
            raise LovdataError(f"{name}: {refid!r} is no refid (expected e.g. lov/2005-06-17-64)")
        if refid in seen:
            raise LovdataError(f"{name}: {refid} stands twice; an act has one entry")
        seen.add(refid)
    for act in found.acts:
        for old in act.replaces:
            for move in old.sections:
                for number in move.new:
                    parse_address(f"{act.refid}/§{number}")
    return found


@lru_cache(maxsize=1)
def acts_file() -> ActsFile:
    """``data/acts.yaml`` as it ships with the program."""
    return parse_acts(files("data").joinpath(ACTS_FILE).read_text(encoding="utf-8"))


def reform() -> Reform:
    """The amending act of the reform."""
    return acts_file().reform


def reform_acts() -> tuple[ReformAct, ...]:
    """The 14 acts, in the order of the parts of the amending act."""
    return acts_file().acts


def reform_act(refid: str) -> ReformAct | None:
    """The one of the 14 acts with *refid*, None where it is not one of them."""
    return next((act for act in reform_acts() if act.refid == refid), None)


# --- succession -------------------------------------------------------------------------------------------------------


class Succession(Struct, frozen=True):
    """Where a provision of a replaced act, or an old number in an act, leads today.

    ``new`` is empty where the act was replaced but the successor of this section is not known; ``basis`` is then None.
    ``basis`` is ``number`` where the section has only got another number, as its note of amendment tells.
    """

    old: Address
    act: str
    since: dt.date | None
    new: tuple[Address, ...] = ()
    basis: Literal["text", "heading", "act", "number"] | None = None

    def explain(self, language: Literal["nb", "en"] = "nb") -> str:
        """One sentence for a reader."""
        to = ", ".join(map(str, self.new)) or self.act
        since = f" {self.since.isoformat()}" if self.since is not None else ""
        if language == "en":
            unknown = "" if self.new else " (which section carries this one on is not recorded)"
            verb = "was renumbered" if self.basis == "number" else "was replaced by"
            return f"{self.old} {verb} {to}" + (f" on{since}" if since else "") + unknown
        unknown = "" if self.new else " (hvilken paragraf som fører denne videre, er ikke kjent)"
        verb = "fikk nytt nummer:" if self.basis == "number" else "ble avløst av"
        return f"{self.old} {verb} {to}{since}{unknown}"


def succession(address: Address) -> Succession | None:
    """Where *address* in an act that one of the 14 replaced leads today; None if its act was not replaced by one.

    >>> succession(parse_address("lov/1992-07-17-100/§6-7")).new
    (Address(act='lov/2021-06-18-97', path=('§13-1',)),)
    """
    for act in reform_acts():
        for old in act.replaces:
            if old.refid != address.act:
                continue
            if not address.path:
                return Succession(address, act.refid, old.until, (Address(act.refid),), "act")
            number = (address.section or "").lower()
            for move in old.sections:
                if move.old.lower() == number:
                    new = tuple(parse_address(f"{act.refid}/§{one}") for one in move.new)
                    return Succession(address, act.refid, old.until, new, move.basis)
            return Succession(address, act.refid, old.until)
    return None


def predecessors_of(refid: str) -> tuple[str, ...]:
    """The acts that one of the 14 replaced, by refid; none for other acts."""
    return tuple(old.refid for act in reform_acts() if act.refid == refid for old in act.replaces)


def successor_of(refid: str) -> str:
    """The one of the 14 that replaced an act; the act itself where none did."""
    return next((act.refid for act in reform_acts() for old in act.replaces if old.refid == refid), refid)


# --- names ------------------------------------------------------------------------------------------------------------


class ActName(Struct, frozen=True):
    """The names of one loaded act. ``in_force`` tells it from a namesake that is not yet."""

    refid: str
    title: str = ""
    short_titles: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    in_force: bool = True


class ActMatch(Struct, frozen=True):
    """The act that some words mean, and how they were understood.

    ``replaced`` is set where the words name an act that ``refid`` replaced: the reader is to be told.
    """

    words: str
    refid: str
    via: Literal["refid", "short_title", "abbreviation", "title", "former_name", "replaced_act", "replaced_refid"]
    replaced: Predecessor | None = None
    former_name: FormerName | None = None

    def note(self, language: Literal["nb", "en"] = "nb") -> str:
        """One sentence where the words are an old name; empty where they are today's."""
        if self.replaced is not None:
            old, since = self.replaced.refid, self.replaced.until.isoformat()
            return (
                f"{self.words} ({old}) was replaced by {self.refid} on {since}; this is today's act"
                if language == "en"
                else f"{self.words} ({old}) ble avløst av {self.refid} {since}; her vises dagens lov"
            )
        if self.former_name is not None:
            until = self.former_name.until.isoformat()
            return (
                f"{self.words} was this act's name until {until}"
                if language == "en"
                else f"{self.words} var lovens navn til {until}"
            )
        return ""


class UnknownAct(LovdataError):
    """No act is called so. Carries the words and the closest (name, refid), best first."""

    def __init__(self, words: str, closest: Sequence[tuple[str, str]]) -> None:
        self.words, self.closest = words, tuple(closest)
        near = "; ".join(f"{name} ({refid})" for name, refid in closest)
        super().__init__(
            f"ingen lov heter {words!r}. "
            + (f"Nærmest: {near}. " if near else "")
            + "Oppgi refid (lov/2005-06-17-64), korttittel eller forkortelse; 'pliktgraf laws' viser de 14 lovene"
        )


class AmbiguousAct(LovdataError):
    """Several acts are called so. Carries the words and the (title, refid) of each."""

    def __init__(self, words: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.words, self.candidates = words, tuple(candidates)
        both = "\n".join(f"    {refid}  {title}" for title, refid in candidates)
        super().__init__(f"{words!r} er navnet på {len(candidates)} lover; oppgi refid for den du mener:\n{both}")


# Nynorsk forms and the bokmål ones that they are compared as, longest first.
_FOLD = (
    ("tenester", "tjenester"), ("tenesta", "tjenesten"), ("teneste", "tjeneste"), ("skule", "skole"),
    ("verksemd", "virksomhet"), ("brukar", "bruker"), ("rettigheiter", "rettigheter"), ("rettigheit", "rettighet"),
    ("sjuke", "syke"), ("løyve", "tillatelse"), ("forureining", "forurensning"), ("forurensing", "forurensning"),
    ("lovene", "loven"),
)  # fmt: skip
_NO_WORD = re.compile(r"[\W_]+")
_LAW_ENDING = re.compile(r"(?:lova|lovas|lovens|lov)$")


def fold(name: str) -> str:
    """A name as it is compared: lower case, no spaces and signs, nynorsk endings as bokmål ones.

    >>> fold("Helse- og omsorgstenestelova") == fold("helse- og omsorgstjenesteloven")
    True
    """
    folded = _NO_WORD.sub("", name.casefold())
    for nynorsk, bokmaal in _FOLD:
        folded = folded.replace(nynorsk, bokmaal)
    return _LAW_ENDING.sub("loven", folded)


def match_act(words: str, loaded: Iterable[ActName] = ()) -> ActMatch:
    """Which act *words* mean: a refid, a short title, an abbreviation, a title, or an old name.

    Either written standard, any case, with or without a year ("barnevernloven av 1992"). Names that the loaded acts bear today come first; then those in
    ``data/acts.yaml``; then former names and names of replaced acts, which lead to today's act.

    Args:
        words: what the user wrote.
        loaded: the acts that are loaded, with their names.

    Raises:
        UnknownAct: if no act is called so; the closest names are in the message.
        AmbiguousAct: if several loaded acts in force are.
    """
    loaded = tuple(loaded)
    words = words.strip()
    refid = _REFID.fullmatch(words)
    if refid is not None:
        return _match_refid(refid["refid"].lower(), words, loaded)
    dated = _YEAR.fullmatch(words)
    for key, year in ((fold(words), ""), *(((fold(dated["name"]), dated["year"]),) if dated is not None else ())):
        if not key:
            continue
        found = _among_loaded(words, key, [act for act in loaded if _is_of(act.refid, year)])
        found = found or _among_reform(words, key, year)
        if found is not None:
            return found
    raise UnknownAct(words, closest_names(words, loaded))


# "barnevernloven av 1992", "straffeloven (1902)"
_YEAR = re.compile(r"(?P<name>.+?)\s*,?\s+(?:(?:av|frå|fra)\s+)?\(?(?P<year>(?:1[6-9]|20)\d\d)\)?")


def _is_of(refid: str, year: str) -> bool:
    """Whether an act is of *year*; any act if it is empty."""
    return refid.partition("/")[2].startswith(year)


def _match_refid(refid: str, words: str, loaded: Sequence[ActName]) -> ActMatch:
    if any(act.refid == refid for act in loaded) or reform_act(refid) is not None:
        return ActMatch(words, refid, "refid")
    for act in reform_acts():
        for old in act.replaces:
            if old.refid == refid:
                return ActMatch(words, act.refid, "replaced_refid", replaced=old)
    if loaded:
        raise UnknownAct(words, _near_refids(refid, loaded))
    return ActMatch(words, refid, "refid")


def _near_refids(refid: str, loaded: Sequence[ActName]) -> list[tuple[str, str]]:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    near = process.extract(refid, [act.refid for act in loaded], scorer=Levenshtein.distance, limit=3, score_cutoff=3)
    return [(loaded[index].short_titles[0] if loaded[index].short_titles else loaded[index].title, one)
            for one, _, index in near]  # fmt: skip


def _among_loaded(words: str, key: str, loaded: Sequence[ActName]) -> ActMatch | None:
    ways: tuple[tuple[Literal["short_title", "abbreviation", "title"], dict[str, list[ActName]]], ...] = (
        ("short_title", {}), ("abbreviation", {}), ("title", {}),
    )  # fmt: skip
    for act in loaded:
        for (_, table), names in zip(ways, (act.short_titles, act.abbreviations, (act.title,)), strict=True):
            for name in names:
                folded = {fold(name), *map(fold, _titles_within(name))}
                for one in folded:
                    table.setdefault(one, []).append(act)
    for via, table in ways:
        candidates = {act.refid: act for act in table.get(key, ())}
        in_force = [act for act in candidates.values() if act.in_force]
        chosen = in_force or list(candidates.values())
        if len(chosen) > 1:
            listed = [act for act in chosen if reform_act(act.refid) is not None]
            if len(listed) != 1:
                raise AmbiguousAct(words, [(act.title, act.refid) for act in chosen])
            chosen = listed
        if chosen:
            return ActMatch(words, chosen[0].refid, via)
    return None


_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def _titles_within(title: str) -> list[str]:
    """The names in a title's brackets and the title without them."""
    return [*_BRACKETS.findall(title), _BRACKETS.sub("", title)]


def _among_reform(words: str, key: str, year: str) -> ActMatch | None:
    for act in reform_acts():
        if not _is_of(act.refid, year):
            continue
        if key in {fold(name) for name in act.names.all()}:
            return ActMatch(words, act.refid, "short_title")
        if key in {fold(name) for name in act.abbreviations}:
            return ActMatch(words, act.refid, "abbreviation")
    for act in reform_acts():
        former = [name for name in act.former_names if fold(name.name) == key and _is_of(act.refid, year)]
        if former:
            return ActMatch(words, act.refid, "former_name", former_name=max(former, key=lambda name: name.until))
        for old in act.replaces:
            names = {fold(_YEAR.sub(r"\g<name>", name) if year else name) for name in old.names.all()}
            if _is_of(old.refid, year) and key in names:
                return ActMatch(words, act.refid, "replaced_act", replaced=old)
    return None


def closest_names(words: str, loaded: Iterable[ActName] = (), *, limit: int = 3) -> list[tuple[str, str]]:
    """The names nearest to *words* by letters, as (name, refid), best first; empty where none is near."""
    from rapidfuzz import fuzz, process

    names: dict[str, str] = {}
    for act in reform_acts():
        names |= dict.fromkeys(act.names.all() + act.abbreviations, act.refid)
    for name in loaded:  # those in force come first, and a namesake that is not yet does not take their place
        names = dict.fromkeys(name.short_titles + name.abbreviations, name.refid) | names
    candidates = list(names)
    near = process.extract(
        fold(words), [fold(name) for name in candidates], scorer=fuzz.ratio, limit=8, score_cutoff=65
    )
    found: dict[str, str] = {}
    for _, _, index in near:
        found.setdefault(names[candidates[index]], candidates[index])
    return [(name, refid) for refid, name in list(found.items())[:limit]]
