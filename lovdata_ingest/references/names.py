"""What acts are called: from the loaded acts themselves and from the reviewed table ``data/names.yaml``."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from lovdata_ingest.errors import LovdataError

if TYPE_CHECKING:
    from lovdata_ingest.references.index import Act, Index


class HistoricalAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act that is no longer in force, or a name of it. ``until`` is the day its successor took over."""

    act: str
    names: tuple[str, ...]
    successor: str = ""
    until: dt.date | None = None


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of a loaded act, of an annex of one (``lov/2018-06-15-38/gdpr``), of a regulation or of a treaty."""

    target: str
    names: tuple[str, ...]


class NameTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reviewed names of ``data/names.yaml``."""

    source: str
    date: dt.date
    historical: tuple[HistoricalAct, ...] = ()
    aliases: tuple[Alias, ...] = ()
    regulations: tuple[Alias, ...] = ()
    external: tuple[Alias, ...] = ()


def load_names() -> NameTable:
    """Read ``data/names.yaml``; unknown and missing keys are refused.

    Raises:
        LovdataError: if the table does not have its form.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load(files("data").joinpath("names.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    try:
        return msgspec.convert(raw, NameTable)
    except msgspec.ValidationError as error:
        raise LovdataError(f"data/names.yaml: {error}") from error


class Candidate(NamedTuple):
    """One thing that a name may mean. ``full`` is False for the mere beginning of a title."""

    target: str
    origin: str  # "title", "alias", "historical", "regulation", "external"
    full: bool = True


_ENDING = re.compile(r"lov(?:en|a)?$")
_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{3,90}?)\s*[)\]]")
_MV = re.compile(r",?\s*(?:m\.? ?v\.?|m\.m\.?|mm|m\.fl\.?|o\.l\.)$", re.IGNORECASE)
_AMENDING = re.compile(
    r"(?:endring|brigde|oppheving|opphevelse|ikraft|ikrafttre|samtykke til|tillegg|forlenge|retting av feil)",
    re.IGNORECASE,
)
_CUT_BEFORE = re.compile(
    r" (?:og|av|i|for|til|ved|som|på|frå|fra|med|mv|m\.v\.|m\.m\.|under|mellom|etter|overfor|, .*)(?= |$)|,"
)

# From either written standard to one form, for names that are not the act's own. Applied to the stem, in order.
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("teneste", "tjeneste"), ("tenest", "tjeneste"), ("tjenst", "tjenest"), ("marknad", "marked"), ("foreinin", "forenin"),
        ("forurei?n(?:sn|s)?ing", "forurensing"), ("verksemd|verksem", "virksomhet"), ("eigedom", "eiendom"),
        ("eigar", "eier"), ("verje", "verge"), ("bustad", "bolig"), ("bygg?je", "bygge"), ("leige", "leie"),
        ("heil", "hel"), ("burett", "borett"), ("rekneskap", "regnskap"), ("takar", "taker"), ("rekning", "regning"), ("samvirkeføretak", "samvirkeforetak"), ("føretak", "foretak"), ("sameige", "sameie"), ("fullføring", "fullbyrdelse"), ("sjuke", "syke"), ("skade?s?erstatning|skadebot", "skadeerstatning"), ("rettsh[je]+lp|rettshj.lp", "rettshjelp"),
        ("vass", "vann"), ("veg", "vei"), ("skule", "skole"), ("arbeids?tak[ae]r", "arbeidstaker"), ("verdi", "verdi"),
        ("gjenom|gjennom", "gjennom"), ("opplysning|opplysing", "opplysning"), ("forsikring", "forsikring"),
        ("tvist[e]?m[åa]l", "tvistemål"), ("tryggleik", "sikkerhet"), ("sers?", "ser"), ("rett[e]?s?bot", "rettsbot"),
        ("fylkes?", "fylke"), ("kommunane?", "kommune"), ("likestilling", "likestilling"), ("røyndom", "virkelighet"),
        ("skip[s]?", "skip"), ("born|barne?", "barn"), ("verne?", "vern"), ("avgifts", "avgift"), ("kjøp[s]?", "kjøp"),
        ("aa", "å"), ("ph", "f"), ("th", "t"), ("å", "o"), (r"(.)\1", r"\1"), (r"[\s-]+", ""), ("s", ""), ("e", ""),
    )
)  # fmt: skip


def fold(stem: str) -> str:
    """One form for the spellings of a name in both written standards: joints, double letters and endings even out."""
    for pattern, to in _FOLDS:
        stem = pattern.sub(to, stem)
    return stem


def stem_of(name: str) -> str:
    """``forvaltningsloven``, ``forvaltningslova`` → ``forvaltnings``."""
    return _ENDING.sub("", name.lower())


def literals(name: str) -> list[str]:
    """The forms in which a name stands in a text, in lower case: both endings, genitive."""
    name = name.lower().strip()
    if _ENDING.search(name) and not name.startswith(("lov om", "lov av")):
        stem = _ENDING.sub("", name)
        return [stem + end for end in ("loven", "lova", "lovens", "lovas", "lov", "lovi")]
    if name.startswith("lov om "):
        return [name, "lova" + name[3:], "loven" + name[3:], "lov, om" + name[6:]]
    if name.endswith("forskriften") or name.endswith("forskrifta"):
        stem = re.sub(r"forskrift(?:en|a)$", "", name)
        return [stem + end for end in ("forskriften", "forskrifta", "forskriftens", "forskrift")]
    if name.endswith(("en", "et", "a")):
        return [name, name + "s"]
    return [name]


class Names:
    """The names of all acts: literal → candidates; a folded form for other spellings."""

    def __init__(self, index: Index, table: NameTable | None = None) -> None:
        self.index = index
        self.table = table if table is not None else load_names()
        self.literal: dict[str, list[Candidate]] = {}
        self.abbreviations: dict[str, str] = {}
        self.folded: dict[str, set[str]] = defaultdict(set)
        self.predecessors: dict[str, list[HistoricalAct]] = defaultdict(list)
        for act in index:
            self._own(act)
        self._beginnings()
        for alias in self.table.aliases:
            self._add_all(alias.names, alias.target, "alias")
        for alias in self.table.regulations:
            self._add_all(alias.names, alias.target, "regulation")
        for alias in self.table.external:
            self._add_all(alias.names, alias.target, "external")
        for old in self.table.historical:
            self._add_all(old.names, old.act, "historical")
            if old.successor:
                self.predecessors[old.successor].append(old)

    def _add(self, literal: str, candidate: Candidate) -> None:
        found = self.literal.setdefault(literal, [])
        if all(other.target != candidate.target for other in found):
            found.append(candidate)

    def _add_all(self, names: tuple[str, ...], target: str, origin: str) -> None:
        for name in names:
            for literal in literals(name):
                self._add(literal, Candidate(target, origin))
            if _ENDING.search(name.lower()) and " " not in name:
                self.folded[fold(stem_of(name))].add(target)

    def _own(self, act: Act) -> None:
        amending = bool(_AMENDING.search(act.title)) or act.title.lower().startswith("endringslov")
        names = [short for short in act.short_titles if not short.lower().startswith("endring")]
        names = [re.sub(r" \((?:nynorsk|bokmål)\)$", "", name) for name in names]
        if not amending:
            names += [m for m in _BRACKETED.findall(act.title) if _ENDING.search(m.lower()) or " lov" in m.lower()]
            title = _BRACKETED.sub("", act.title).strip()
            names.append(title)
            names.append(_MV.sub("", title))
        for name in dict.fromkeys(names):
            clean = " ".join(name.split()).lower().rstrip(".")
            if len(clean) < 5 or clean in ("loven", "lova"):
                continue
            if amending and not _ENDING.search(clean):
                continue
            for literal in literals(clean):
                self._add(literal, Candidate(act.refid, "title"))
            if _ENDING.search(clean) and " om " not in clean:
                self.folded[fold(stem_of(clean))].add(act.refid)
        for abbreviation in act.abbreviations:
            self.abbreviations.setdefault(abbreviation.lower().rstrip("."), act.refid)

    def _beginnings(self) -> None:
        """Beginnings of titles ("lov om innskuddspensjon") that only one act has."""
        found: dict[str, set[str]] = defaultdict(set)
        for act in self.index:
            if _AMENDING.search(act.title):
                continue
            title = _BRACKETED.sub("", act.title).strip().lower()
            title = title.removeprefix("midlertidig ").removeprefix("mellombels ")
            if not title.startswith("lov om "):
                continue
            for cut in _CUT_BEFORE.finditer(title, 9):
                beginning = title[: cut.start()].rstrip(" ,")
                if len(beginning) > 11:
                    found[beginning].add(act.refid)
        for beginning, acts in found.items():
            if len(acts) == 1 or len({self.index.acts[a].title.lower() for a in acts}) == 1:
                for literal in literals(beginning):
                    if literal not in self.literal:
                        for refid in acts:
                            self._add(literal, Candidate(refid, "title", full=False))

    @cached_property
    def stems(self) -> list[str]:
        """Every name that ends in -loven or -lova, for near matches."""
        return sorted({name for name in self.literal if name.endswith(("loven", "lova"))})

    def by_fold(self, word: str) -> list[Candidate]:
        """What a word in another spelling than any act's own may mean."""
        return [Candidate(target, "fold") for target in sorted(self.folded.get(fold(stem_of(word)), ()))]

    def near(self, word: str, *, limit: int = 3, cutoff: float = 88.0) -> list[tuple[str, float]]:
        """Names like *word*, best first, with their score (0-100)."""
        from rapidfuzz import fuzz, process

        return [
            (name, round(score, 1))
            for name, score, _ in process.extract(
                word.lower(), self.stems, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff
            )
        ]
