"""Which act a short name means on a date: the name of an act may pass to its successor."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from lovdata_ingest.amendments.prose import CITATION, MONTHS
from lovdata_ingest.model import Document

_ANY_CITED = re.compile(CITATION, re.VERBOSE)
_NAME = r"[A-ZÆØÅa-zæøå][\wæøå-]*(?:lov|lova|loven|lovi|forskriften|koden)"
# "lov 13. desember 1991 nr. 81 om sosiale tjenester m.v. (sosialtjenesteloven)"
_NAMED = re.compile(
    rf"\b[Ll]ov {CITATION.replace(chr(92) + ' ', ' ')}".replace("\n", "").replace("    ", "")
    + rf"[^()§:]{{0,220}}\(({_NAME})(?:,[^()]*)?\)"
)
_NAME_FIRST = re.compile(
    rf"\b({_NAME}) (?:av )?(\d{{1,2}})\. ?(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember) (\d{{4}})(?: nr\.? ?(\d+))?"
)
_IN_TITLE = re.compile(rf"[\[(]({_NAME})[^()\[\]]*[\])]")


def refid_of(match: re.Match[str]) -> str | None:
    """The refid of a citation (day, month, year, number), None for a day that does not exist."""
    try:
        day = dt.date(int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))
    except (ValueError, KeyError):
        return None
    return f"lov/{day.isoformat()}" + (f"-{int(match['number'])}" if match["number"] else "")


def citations(text: str) -> list[tuple[str, int, int]]:
    """The acts that *text* cites by date and number: refid, start, end."""
    found = []
    for match in _ANY_CITED.finditer(text):
        refid = refid_of(match)
        if refid:
            found.append((refid, match.start(), match.end()))
    return found


class Names:
    """Short names of acts, each with the day from which it means the act.

    Acts without a number in their refid ("lov/1967-02-10") are found by their date as well.
    """

    def __init__(self) -> None:
        self._acts: dict[str, list[tuple[dt.date, str]]] = {}
        self.refids: set[str] = set()
        self._seen: set[tuple[str, str]] = set()
        self._titles: dict[str, str] = {}

    def add(self, name: str, refid: str, since: dt.date | None = None) -> None:
        """Let *name* mean *refid* from *since* (the act's own date where None)."""
        key = name_key(name)
        if len(key) < 5 or key in ("loven", "lova"):
            return
        day = since or date_of(refid)
        if (key, refid) in self._seen and since is None:
            return
        self._seen.add((key, refid))
        rows = [row for row in self._acts.get(key, []) if row[1] != refid]
        rows.append((day, refid))
        self._acts[key] = sorted(rows)

    def learn(self, documents: Iterable[Document], *, in_force: bool = False) -> None:
        """Take names from headers, and from citations with a name; *in_force* reads the commencement from headers."""
        for document in documents:
            header = document.header
            self.refids.add(header.refid)
            if in_force:
                self._titles[header.title.lower()] = header.refid
            if in_force:
                # the last date: an act may lend its name only when it is in force as a whole (the Penal Code of 2005)
                dates = [c.date for c in header.in_force if c.date]
                since = min(dates, default=None) if header.refid != "lov/2005-05-20-28" else dt.date(2015, 10, 1)
                for name in (*header.short_titles, *header.abbreviations):
                    for part in re.split(r",\s*|\s+–\s+", name):
                        self.add(part, header.refid, since)
            if not re.match(r"lov om endring|midlertidig lov om endring", header.title, re.IGNORECASE):
                for match in _IN_TITLE.finditer(header.title):
                    self.add(match[1], header.refid, None)
            if not in_force:
                self._learn_citations(document)

    def _learn_citations(self, document: Document) -> None:
        for node in document.body.walk():
            text = node.text
            if (" 1" not in text and " 2" not in text) or node.kind not in ("paragraph", "ledd", "item", "heading"):
                continue
            if "lov" not in text[:400].lower() or len(text) > 1500:
                continue
            for match in _NAMED.finditer(text):
                refid = refid_of(match)
                if refid and match[5]:
                    self.add(match[5], refid)
            for match in _NAME_FIRST.finditer(text):
                try:
                    day = dt.date(int(match[4]), MONTHS[match[3]], int(match[2]))
                except ValueError:
                    continue
                if match[1].lower() not in ("lov", "endringslov", "endringsloven"):
                    self.add(match[1], f"lov/{day}" + (f"-{int(match[5])}" if match[5] else ""))

    def resolve(self, name: str, at: dt.date | None = None) -> str | None:
        """The act that *name* means on *at*, None when no loaded act has the name."""
        key = name_key(name)
        rows = self._acts.get(key)
        if not rows and key.endswith("loven"):
            rows = self._acts.get(key[:-5] + "lova")
        if not rows and key.endswith("lova"):
            rows = self._acts.get(key[:-4] + "loven")
        if not rows:
            return None
        known = [row for row in rows if at is None or row[0] <= at] or rows[:1]
        return known[-1][1]

    def may_mean(self, name: str, refid: str) -> bool:
        """Whether *name* is, on any day, a name of the act *refid*."""
        key = name_key(name)
        keys = {
            key,
            key[:-5] + "lova" if key.endswith("loven") else key,
            key[:-4] + "loven" if key.endswith("lova") else key,
        }
        return any(row[1] == refid for each in keys for row in self._acts.get(each, ()))

    def titled(self, words: str) -> str | None:
        """The act whose title begins with *words* ("lov om Statens pensjonskasse"), None unless there is just one."""
        key = re.sub(r"\s+", " ", words.strip().lower().rstrip(" :.,"))
        found = {refid for title, refid in self._titles.items() if title.startswith(key)}
        return next(iter(found)) if len(found) == 1 else None

    def canonical(self, refid: str) -> str:
        """*refid* as the loaded acts write it: without the number where the old act has none."""
        if refid in self.refids or refid.count("-") < 3:
            return refid
        bare = refid.rsplit("-", 1)[0]
        return bare if bare in self.refids else refid


def name_key(name: str) -> str:
    """A name for comparison: lower case, definite form, without spaces around."""
    key = name.strip().lower()
    return key + "en" if key.endswith("lov") else key


def date_of(refid: str) -> dt.date:
    """The date in a refid."""
    match = re.search(r"(\d{4})-(\d{2})-(\d{2})", refid)
    return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else dt.date(1, 1, 1)
