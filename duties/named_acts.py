"""Acts named in the text, as the actors they speak to: "organer som gjennomfører barnevernsloven"."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import msgspec

Ids = tuple[str, ...]
_LAW = r"s?(?:loven|lova|lovas?)\b"


class ActActors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The stems of an act's short title, and whom the act speaks to."""

    stems: tuple[str, ...]
    ids: Ids


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, Ids]]:
    rows = msgspec.yaml.decode(files("data").joinpath("actors_of_acts.yaml").read_bytes(), type=list[ActActors])
    known = {stem: row.ids for row in rows for stem in row.stems}
    stems = "|".join(re.escape(stem) for stem in sorted(known, key=len, reverse=True))
    return re.compile(rf"\b(?P<stem>{stems}){_LAW}", re.IGNORECASE), known


def actors_of_acts(text: str) -> Ids:
    """Whom the acts named in *text* speak to, in its order; nobody where it names no act of the table.

    >>> actors_of_acts("etter barnevernsloven § 1 og helsepersonelloven kapittel 5")
    ('barneverntjeneste', 'helsepersonell')
    """
    pattern, known = _table()
    return tuple(dict.fromkeys(one for match in pattern.finditer(text) for one in known[match["stem"].lower()]))
