"""Which act took the place of another, and when: from the reviewed tables of acts and of names."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from msgspec import Struct

from lovdata_ingest.acts import reform_acts


class Successor(Struct, frozen=True):
    """The act that took over, and the first day on which it did; None where the tables do not tell the day."""

    act: str
    since: dt.date | None


@lru_cache(maxsize=1)
def successors() -> dict[str, Successor]:
    """Refids of replaced acts to what replaced them: ``data/acts.yaml`` first, then ``data/names.yaml``.

    >>> successors()["lov/1992-07-17-100"].act
    'lov/2021-06-18-97'
    """
    from lovdata_ingest.references.names import load_names

    found = {old.refid: Successor(act.refid, old.until) for act in reform_acts() for old in act.replaces}
    for old in load_names().historical:
        if old.successor:
            found.setdefault(old.act, Successor(old.successor, old.until))
    return found


def replaced_by(act: str, day: str) -> str | None:
    """The act that has taken the place of *act* on *day* (ISO, empty for today); None where none has yet."""
    found = successors().get(act)
    if found is None or (day and found.since is not None and found.since.isoformat() > day[:10]):
        return None
    return found.act
