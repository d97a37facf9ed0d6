"""Which act a name means at a place: in force or to come, today's or the former one of that name."""

from __future__ import annotations

from lovdata_ingest.references.index import Index, act_date
from lovdata_ingest.references.mentions import ActRef, Place
from lovdata_ingest.references.names import Candidate
from lovdata_ingest.references.scanner import Scanner


class Reader:
    """Reads texts against one index. Keeps the automaton; holds no state of a document."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.names = index.names
        self.scanner = Scanner(self.names)

    # --- acts -----------------------------------------------------------------------------------------------------

    def choose(
        self, candidates: list[Candidate], place: Place, *, year: int = 0, date: str = ""
    ) -> tuple[str, tuple[str, ...], str]:
        """The act that a name means at a place: (target, rivals, reason)."""
        found = candidates
        if date or year:
            wanted = date or str(year)
            dated = [c for c in found if c.target.split("/", 1)[1].startswith(wanted)]
            if not dated:
                return "", (), f"no act of that name is of {wanted}"
            found = dated
        if len(found) == 1 and found[0].origin != "historical" and found[0].target not in self.names.predecessors:
            return found[0].target, (), ""
        loaded = [c.target for c in found if c.target in self.index.acts]
        past = [c.target for c in found if c.origin == "historical"]
        other = [c.target for c in found if c.target not in self.index.acts and c.origin != "historical"]
        if other and not loaded:
            return other[0], (), ""
        if not loaded:
            if not past:
                return found[0].target, tuple(c.target for c in found[1:]), ""
            past.sort(key=act_date)
            return self.former(past, place), (), ""
        if len(loaded) > 1:
            in_force = [a for a in loaded if self.index.in_force(self.index.acts[a])]
            pending = [a for a in loaded if a not in in_force]
            sibling = [a for a in pending if self.siblings(a, place.own)]
            if sibling:
                return sibling[0], (), ""
            for near in (place.own, place.refid):
                if near in loaded and not year and not date:
                    return near, tuple(f"rival {a}" for a in loaded if a != near), ""
            pool = in_force or pending
            best = max(pool, key=act_date)
            rivals = tuple(f"rival {a}" for a in sorted(loaded, key=act_date, reverse=True) if a != best)
        else:
            best = loaded[0]
            rivals = ()
        if not past or year or date:
            former = self.names.predecessors.get(best, ()) if not (year or date) else ()
            past = [old.act for old in former if any(c.target == old.act for c in candidates)]
        if past:
            past.sort(key=act_date)
            before = self.former([*past, best], place) if place.amended is not None and best != place.own else best
            return best, (f"former {before}", f"past {past[-1]}", *rivals), ""
        return best, rivals, ""

    def former(self, acts: list[str], place: Place) -> str:
        """Of acts that bore one name in turn, the one that the section meant when it was last amended."""
        when = place.amended or place.date
        until = {old.act: old.until for old in self.names.table.historical}
        for act in acts:
            end = until.get(act)
            if end is None:
                following = [a for a in acts if act_date(a) > act_date(act)]
                end = act_date(following[0]) if following else None
            else:
                following = [a for a in acts if act_date(a) > act_date(act)]
                if following:
                    end = min(end, act_date(following[0]))
            if end is None or when < end:
                return act
        return acts[-1]

    @staticmethod
    def siblings(one: str, other: str) -> bool:
        """Whether two acts were given on the same day with numbers next to each other."""
        a, b = one.rsplit("-", 1), other.rsplit("-", 1)
        return a[0] == b[0] and a[1].isdigit() and b[1].isdigit() and abs(int(a[1]) - int(b[1])) == 1 and one != other

    def act_of(self, target: str, start: int, end: int, kind: str, word: str) -> ActRef:
        """An `ActRef` of a target of the name table: an act, an annex of one, a regulation, a treaty."""
        parts = target.split("/")
        ref = ActRef(start, end, "/".join(parts[:2]) if parts[0] in ("lov", "forskrift") else target, kind, word)
        ref.annex = "/".join(parts[2:]) if parts[0] in ("lov", "forskrift") else ""
        ref.external = parts[0] not in ("lov", "forskrift")
        return ref

    def by_date(self, kind: str, day: int, month: int, year: int, number: str) -> str:
        """The refid of an act given by date: with its number, or as the acts of old that have none."""
        date = f"{year}-{month:02}-{day:02}"
        if number:
            refid = f"{kind}/{date}-{int(number)}"
            if refid in self.index.acts or f"{kind}/{date}" not in self.index.acts:
                return refid
            return f"{kind}/{date}"
        return f"{kind}/{date}"
