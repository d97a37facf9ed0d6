"""Reads the notes of amendment under sections and chapters: which act changed what, when, and by whose decision.

``Endret ved lover 17 juni 2005 nr. 90 (ikr. 1 jan 2008 iflg. res. 26 jan 2007 nr. 88, tidligere § 15). Endres ved …``
The words are read, not the links: Lovdata links most of the acts, but not all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest import note_patterns as patterns
from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.note_patterns import Action


class InForce(Struct, frozen=True, omit_defaults=True):
    """A date of commencement, or who decides it, and for what where it is not for all.

    ``date`` is None where the act leaves it open ("fra den tid Kongen bestemmer"): then ``words`` says so.
    ``decided_by`` are the resolutions, as ``forskrift/2022-05-20-871``; one without a number as ``res. 2005-12-16``.
    ``scope`` is what the date is for ("fjerde ledd"), empty for the whole change.
    """

    date: dt.date | None = None
    words: str = ""
    decided_by: tuple[str, ...] = ()
    scope: str = ""


class AmendmentNote(Struct, frozen=True, omit_defaults=True):
    """One act's change to one section (or chapter, or heading), as its note of amendment tells it.

    Attributes:
        action: what the act did.
        act: ``lov/2021-06-11-78``; empty where the words name no act with a date (a treaty, "frd. 889/2002").
        instrument: the word that names it (``lov``, ``grunnlovsvedtak``, ``res.``, ``protokoll``).
        part: Roman part or section of the amending act, where said (``II``, ``§ 12-4``).
        pending: whether the change had not come into force when the note was written ("Endres ved").
        object: what was changed where it is not the whole place (``Overskriften``, ``Kapitlet``), else empty.
        in_force: dates of commencement in the order printed; empty where the note gives none.
        effect: from when it has effect, where that is told apart from commencement (``inntektsåret 2024``).
        scope: what the change is limited to (``fjerde ledd``), else empty.
        changed_by: acts that changed the amending act ("som endret ved").
        former_numbers: numbers that the section had before, without sign and space (``21``, ``2-1a``).
        remarks: understood words without a field: transitional rules, "se endringslovens del XII".
        remainder: words that were not understood.
        reason: why not.
        linked: where Lovdata's link on the act leads, if it is not the act that the words name (a slip in one of them).
        start: where the entry begins in the note's text.
        end: where it ends.
    """

    action: Action
    act: str = ""
    instrument: str = ""
    part: str = ""
    pending: bool = False
    object: str = ""
    in_force: tuple[InForce, ...] = ()
    effect: str = ""
    scope: str = ""
    changed_by: tuple[str, ...] = ()
    former_numbers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    remainder: str = ""
    reason: str = ""
    linked: str = ""
    start: int = 0
    end: int = 0

    @property
    def date(self) -> dt.date | None:
        """The first date of commencement; None where there is none, or it is not fixed."""
        return next((entry.date for entry in self.in_force if entry.date is not None), None)


class ChangeToCome(Struct, frozen=True):
    """A change that an act has made and that was not in force when Lovdata printed the text."""

    address: Address
    change: AmendmentNote


def parse_note(node: Node) -> tuple[AmendmentNote, ...]:
    """Read a note of amendment: one entry per act and what it did, in the order printed.

    What is not understood comes as an entry of action ``unread`` or in an entry's ``remainder``, with the reason.

    Args:
        node: a node of kind ``note``.
    """
    text = " ".join([node.text, *(below.text for child in node.children for below in child.walk())]).strip()
    return tuple(_with_link(entry, node) for entry in _Reader(text).read())


def is_whole(notes: tuple[AmendmentNote, ...]) -> bool:
    """Whether every word of a note was understood."""
    return bool(notes) and not any(note.remainder for note in notes)


def _with_link(entry: AmendmentNote, node: Node) -> AmendmentNote:
    """The entry with where Lovdata's link on its act leads, if that is another act."""
    if not entry.act.startswith(("lov/", "forskrift/")):
        return entry
    for link in node.links:
        if entry.start <= link.start < min(entry.start + 12, entry.end):
            act = patterns.LINKED_ACT.match(link.href)
            return replace(entry, linked=act[0]) if act is not None and act[0] != entry.act else entry
    return entry


class _Reader:
    """Goes through the words of a note from left to right; the last entry takes what is said of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.depth = 0
        self.entries: list[AmendmentNote] = []
        self.action: Action | None = None
        self.pending = False
        self.object = ""
        self.instrument = self.list_instrument = "lov"
        self.where = "acts"  # what a bare act adds to: acts, changed_by, decided, see
        self.outer: list[tuple[str, str, bool]] = []  # what the brackets stand in
        self.single = False  # "som endret ved lov": one act, then the list goes on
        self.last_one = False  # "og" stood before the act

    def read(self) -> tuple[AmendmentNote, ...]:
        while self.position < len(self.text):
            start = self.position
            if not self._step():
                self.position = start  # what was read on the way is left too, with the words
                self._leave()
        return tuple(self.entries)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.position)
        if match is None or match.end() == self.position:
            return None
        self.position = match.end()
        return match

    def _step(self) -> bool:
        """Read the next piece; False where none of the forms fits."""
        character = self.text[self.position]
        if character == "(" and patterns.LEDD.match(self.text, self.position) and self._scope():
            return True
        if character == "(":
            self.depth, self.position = self.depth + 1, self.position + 1
            self.outer.append((self.where, self.instrument, self.single))
            return True
        if character == ")":
            self.depth, self.position = max(0, self.depth - 1), self.position + 1
            if self.outer:
                self.where, self.instrument, self.single = self.outer.pop()
            return True
        if character == ".":
            self._full_stop()
            return True
        joined = self._match(patterns.JOIN)
        if joined is not None:
            self._joined(joined[0])
            return True
        return (
            self._changed_by()
            or self._words(patterns.MOVED_AWAY)
            or self._an_action()
            or self._former()
            or self._when()
            or self._decided()
            or self._an_act()
            or self._same_day()
            or self._effect()
            or self._words(patterns.REMARK)
            or self._scope()
        )

    def _joined(self, words: str) -> None:
        """A comma ends what "kunngjort med res. …" outside brackets began; "og" says that one act of a list is left."""
        self.last_one = re.search(r"\b(?:og|samt)\b", words) is not None
        if self.where == "decided" and not self.depth and not self.last_one and self.action is not None:
            self._to_acts()

    def _full_stop(self) -> None:
        self.position += 1
        if not self.depth:
            self._to_acts()

    def _to_acts(self) -> None:
        """The next bare date is again an act of the list: "lover 9 mai 2008 nr. 34 (… res. …), 20 juni 2008 nr. 42"."""
        self.where, self.instrument = "acts", self.list_instrument

    # what a piece adds

    def _last(self, **changes: object) -> bool:
        """Change the last entry; False where there is none, so that the words are left."""
        if not self.entries or self.entries[-1].action == "unread":
            return False
        self.entries[-1] = replace(self.entries[-1], end=self.position, **changes)
        return True

    def _an_action(self) -> bool:
        match = self._match(patterns.ACTION)
        if match is None:
            return False
        self.action = patterns.VERBS[" ".join(match["verb"].lower().split())]
        self.pending = (
            patterns.PENDING.match(f"{match['auxiliary']} " if match["auxiliary"] else match["verb"]) is not None
        )
        self.object = match["object"] or ""
        self.where, self.instrument, self.list_instrument = "acts", "lov", "lov"
        return True

    def _an_act(self) -> bool:
        start = self.position
        match = self._match(patterns.ACT)
        if match is None:
            return self._other_act()
        date = _date(match)
        if date is None:
            self.position = start
            return False
        number = match["number"]
        if match["instrument"]:
            self.instrument = match["instrument"].lower()
            if self.where == "acts" and not self.depth:
                self.list_instrument = self.instrument
        if self.depth and self.where == "acts" and not match["instrument"]:
            return self._date_in_brackets(date)
        address = _address(self.instrument, date, number)
        part = self._match(patterns.PART) if self.where == "acts" else None
        if self.where == "changed_by":
            if not self.entries or not self._last(changed_by=(*self.entries[-1].changed_by, address)):
                return self._back(start)
            if (self.single or self.last_one) and self.action is not None:
                self._to_acts()
            return True
        if self.where == "decided":
            if not number and not match["instrument"] and self.depth and self.entries and self.entries[-1].date:
                self.where = "acts"  # "ikr. 1 jan 2002 iflg. res. …, 1 juli 2003 iflg. res. …"
                return self._date_in_brackets(date)
            return self._decide(address, date) or self._back(start)
        if self.depth and self.entries and self.entries[-1].action != "unread" and not self.entries[-1].act:
            return self._last(
                act=address, part=part["part"] if part else ""
            )  # "protokoll nr. 14 (lov 10 juni 2005 nr. 49"
        if self.action is None:
            self.action = "see"
        self.entries.append(
            AmendmentNote(
                self.action,
                address,
                self.instrument,
                part["part"] if part else "",
                self.pending,
                self.object,
                start=start,
                end=self.position,
            )
        )
        return True

    def _same_day(self) -> bool:
        """A bare number after an act: "9 juni 1978 nr. 49 og 50"."""
        last = self.entries[-1].act if self.entries else ""
        if self.depth or self.where != "acts" or last.count("-") < 3:
            return False
        start = self.position
        match = self._match(patterns.SAME_DAY)
        if match is None:
            return False
        assert self.action is not None  # an act came before
        act = f"{last.rpartition('-')[0]}-{match['number']}"
        self.entries.append(
            AmendmentNote(
                self.action, act, self.instrument, "", self.pending, self.object, start=start, end=self.position
            )
        )
        return True

    def _back(self, start: int) -> bool:
        self.position = start
        return False

    def _other_act(self) -> bool:
        start = self.position
        match = self._match(patterns.OTHER_ACT)
        if match is None or self.action is None or self.where != "acts":
            return self._back(start)
        self.entries.append(
            AmendmentNote(
                self.action,
                "",
                f"{match['instrument']} {match['name']}",
                "",
                self.pending,
                self.object,
                start=start,
                end=self.position,
            )
        )
        return True

    def _date_in_brackets(self, date: dt.date) -> bool:
        """A bare date in brackets goes on a list of dates: "(ikr. 1 jan 2002 og 1 juli 2003)"."""
        if not self.entries:
            return False
        return self._last(in_force=(*self.entries[-1].in_force, InForce(date)))

    def _changed_by(self) -> bool:
        if self._match(patterns.CHANGED_BY) is None:
            return False
        self.where, self.instrument, self.last_one = "changed_by", "lov", False
        self.single = re.match(r"\s*lov(?:a|en)?\s", self.text[self.position :]) is not None
        return True

    def _when(self) -> bool:
        start = self.position
        match = self._match(patterns.WHEN)
        if match is None:
            return False
        self._match(patterns.SPACE_OR_THE)
        if not self.entries and self.action is None:  # "Ikr. 1 juli 2001 iflg. res. …": the section's own commencement
            self.entries.append(AmendmentNote("in_force", start=start, end=self.position))
        if not self.entries:
            return self._back(start)
        found = self._match(patterns.DAY)
        if found is not None:
            date = _date(found)
            if date is None:
                return self._back(start)
            return self._last(in_force=(*self.entries[-1].in_force, InForce(date))) or self._back(start)
        words = self._match(patterns.OPEN)
        if words is not None:
            condition = patterns.BEFORE_DECIDER.sub("", words[0].strip())
            return self._last(in_force=(*self.entries[-1].in_force, InForce(None, condition))) or self._back(start)
        if "straks" in match[0].lower():
            return self._last(in_force=(*self.entries[-1].in_force, InForce(None, "straks"))) or self._back(start)
        if self.text[self.position - 1 : self.position] == " ":
            return self._last() or self._back(start)
        return self._back(start)

    def _decided(self) -> bool:
        if self._match(patterns.DECIDED) is None:
            return False
        self.where = "decided"
        self.instrument = "res."
        return True

    def _decide(self, address: str, day: dt.date) -> bool:
        if not self.entries or self.entries[-1].action == "unread":
            return False
        dates = self.entries[-1].in_force or (InForce(),)
        last = dates[-1]
        date = day if last.words == "straks" else last.date  # at once: the day of the resolution
        return self._last(in_force=(*dates[:-1], replace(last, date=date, decided_by=(*last.decided_by, address))))

    def _former(self) -> bool:
        start = self.position
        match = self._match(patterns.FORMER)
        if match is None:
            return False
        numbers = _numbers(match["numbers"])
        if not self.entries:
            self.entries.append(AmendmentNote("corresponds", former_numbers=numbers, start=start, end=self.position))
            return True
        return self._last(former_numbers=self.entries[-1].former_numbers + numbers) or self._back(start)

    def _effect(self) -> bool:
        start = self.position
        match = self._match(patterns.EFFECT)
        if match is None:
            return False
        words = match["effect"].rstrip(". ") if self.position == len(self.text) else match["effect"].strip()
        words = re.sub(r"^fr[aå]\s", "", words)
        before = self.entries[-1].effect if self.entries else ""
        return self._last(effect=f"{before}, {words}" if before else words) or self._back(start)

    def _scope(self) -> bool:
        start = self.position
        match = self._match(patterns.SCOPE)
        if match is None or not self.entries:
            return self._back(start)
        words = match[0].strip().rstrip(".")
        dates = self.entries[-1].in_force
        if dates:
            before = dates[-1].scope
            scoped = replace(dates[-1], scope=f"{before}, {words}" if before else words)
            return self._last(in_force=(*dates[:-1], scoped)) or self._back(start)
        return self._last(scope=words) or self._back(start)

    def _words(self, pattern: re.Pattern[str]) -> bool:
        start = self.position
        match = self._match(pattern)
        if match is None:
            return False
        words = match[0].strip().rstrip(".")
        if not self.entries:
            self.entries.append(AmendmentNote("see", remarks=(words,), start=start, end=self.position))
            return True
        return self._last(remarks=(*self.entries[-1].remarks, words)) or self._back(start)

    def _leave(self) -> None:
        """Keep what is not understood, up to the next comma, bracket or full stop."""
        start = self.position
        match = patterns.REST.match(self.text, self.position)
        self.position = max(match.end() if match else 0, self.position + 1)
        words = self.text[start : self.position].strip()
        where = "in the brackets of an act" if self.depth else "outside brackets"
        reason = f"words of no known form {where}"
        if self.entries and self.entries[-1].action != "unread":
            last = self.entries[-1]
            self._last(remainder=f"{last.remainder}; {words}" if last.remainder else words, reason=reason)
        else:
            self.entries.append(AmendmentNote("unread", remainder=words, reason=reason, start=start, end=self.position))


def _date(match: re.Match[str]) -> dt.date | None:
    month = patterns.MONTHS.index(match["month"].lower()) + 1
    try:
        return dt.date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _address(instrument: str, date: dt.date, number: str | None) -> str:
    """``lov/2021-06-11-78``; ``grunnlovsvedtak 1911-08-15`` where the instrument has no address of Lovdata."""
    law = re.match(r"(?:endrings)?lov(?!vedtak)|provisorisk", instrument) is not None
    if law:
        return f"lov/{date.isoformat()}" + (f"-{number}" if number else "")
    if number:
        return f"forskrift/{date.isoformat()}-{number}"
    return f"{instrument} {date.isoformat()}"


_NUMBER_OF_SECTION = re.compile(r"\d[\w-]*(?:\s(?:[A-Z]-\d+|[A-Za-zæøå])(?=[\s,.;)]|$))?|[IVX]+\b")


def _numbers(words: str) -> tuple[str, ...]:
    """``§§ 2-1 a og 3`` as ``2-1a``, ``3``."""
    return tuple(number.replace(" ", "") for number in _NUMBER_OF_SECTION.findall(words))


# --- of a whole act ---------------------------------------------------------------------------------------------------


def notes_of(document: Document) -> Iterator[tuple[Address, AmendmentNote]]:
    """Every entry of every note in the act, with the place it stands under, in the order of the act."""

    def below(node: Node, place: Address) -> Iterator[tuple[Address, AmendmentNote]]:
        here = node.address if node.address is not None and node.kind != "note" else place
        if node.kind == "note":
            for entry in parse_note(node):
                yield place, entry
            return
        for child in node.children:
            yield from below(child, here)

    yield from below(document.body, Address(document.refid))


def changes_to_come(document: Document) -> tuple[ChangeToCome, ...]:
    """The changes that were made and had not come into force when the text was printed, in the order of the act."""
    return tuple(ChangeToCome(address, entry) for address, entry in notes_of(document) if entry.pending)


def former_numbers(document: Document) -> dict[str, tuple[Address, AmendmentNote]]:
    """Old section numbers (``21``), each with the section that bore it and bears another now, and the note that says so."""
    found: dict[str, tuple[Address, AmendmentNote]] = {}
    for address, entry in notes_of(document):
        if address.section is not None:
            for number in entry.former_numbers:
                found[number] = address, entry
    return found
