"""What a text names, before it is known where it leads: acts, lists of sections, places below them."""

from __future__ import annotations

import datetime as dt

from lovdata_ingest.address import Address
from lovdata_ingest.references.index import Act, Provision, act_date
from lovdata_ingest.references.reference import Status, Via


class ActRef:
    """An act that the text names. ``refid`` is empty where the name could not be resolved."""

    __slots__ = (
        "annex",
        "end",
        "external",
        "former",
        "kind",
        "note",
        "past",
        "refid",
        "rivals",
        "soft_end",
        "start",
        "status",
        "used",
        "word",
    )

    def __init__(self, start: int, end: int, refid: str, kind: str, word: str = "") -> None:
        self.start = start
        self.end = end
        self.soft_end = end
        self.refid = refid
        self.kind = kind  # own, named, dated, same, bare, external, unknown
        self.annex = ""
        self.external = False
        self.former = ""  # the act of the same name that a section last amended before this one began would mean
        self.rivals: tuple[str, ...] = ()  # other loaded acts of that name
        self.past = ""  # the latest former act of that name
        self.status: Status = "resolved"
        self.note = ""
        self.used = False
        self.word = word


class Tail:
    """Steps below a section, and where they are written."""

    __slots__ = ("end", "start", "steps", "under", "via")

    def __init__(self, steps: tuple[str, ...], start: int, end: int, via: Via) -> None:
        self.steps = steps
        self.start = start
        self.end = end
        self.via = via


class Item:
    """One number of a list of sections, as written."""

    __slots__ = ("end", "letter", "letter_end", "number", "ranged", "start", "tails", "tails_end")

    def __init__(self, start: int, end: int, number: str) -> None:
        self.start = start
        self.end = end
        self.number = number
        self.letter = ""
        self.letter_end = end
        self.tails: list[Tail] = []
        self.tails_end = end
        self.ranged = False  # the upper end of a range that the item before begins


class Group:
    """A list of sections (or chapters, articles, parts) that one sign opens."""

    __slots__ = ("act", "basis", "connected", "end", "items", "kind", "plural", "start")

    def __init__(self, kind: str, start: int, plural: bool) -> None:
        self.kind = kind
        self.start = start
        self.end = start
        self.plural = plural
        self.items: list[Item] = []
        self.act: ActRef | None = None
        self.basis = "own"  # named, carried, after, lead, own, fallback
        self.connected: Group | None = None


class Place:
    """Where a text stands: the act that "denne lov" means there, the section, the ledd and item."""

    __slots__ = (
        "act",
        "amended",
        "amending",
        "annex",
        "article",
        "date",
        "default",
        "earlier",
        "lead",
        "offset",
        "outside",
        "own",
        "provision",
        "refid",
        "source",
        "steps",
        "under",
    )

    def __init__(self, refid: str, act: Act | None, source: Address) -> None:
        self.refid = refid
        self.act = act
        self.own = refid
        self.source = source
        self.annex = ""
        self.provision: Provision | None = None
        self.steps: tuple[str, ...] = ()
        self.amended: dt.date | None = None
        self.date = act_date(refid)
        self.lead: ActRef | None = None
        self.default = ""  # in an amending act without sections of its own: the one act that its title names
        self.offset = 0
        self.outside = False  # in an annex, outside its articles: a bare number is of a foreign or annexed text
        self.under: ActRef | None = None  # of a regulation: the act that it was given under
        self.amending = False  # in the new text that an amending act gives: the section need not read so yet
        self.earlier: list[ActRef] = []  # acts named in the texts of the same section before this one
        self.article = False  # in an annexed treaty: positions count in the text of the whole article
