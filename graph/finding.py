"""A finding: an overlap, a conflict or a gap, with the provisions and words that it rests on."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct, field

FindingKind = Literal["overlap", "conflict", "gap"]
FindingType = Literal[
    "parallel_duty_harmonised", "parallel_duty_divergent", "double_regulation", "several_coordinators",
    "secrecy_vs_sharing", "secrecy_regimes_differ", "duty_vs_permission", "threshold_divergence",
    "competing_coordinators", "definition_divergence",
    "missing_mirror", "missing_duty_type", "no_sharing_basis", "right_without_owner", "shorter_list",
    "broken_or_stale_reference", "replaced_act_reference", "pending_change",
    "other",
]  # fmt: skip
KIND_OF_TYPE: dict[str, FindingKind] = {
    "parallel_duty_harmonised": "overlap", "parallel_duty_divergent": "overlap", "double_regulation": "overlap",
    "several_coordinators": "overlap",
    "secrecy_vs_sharing": "conflict", "secrecy_regimes_differ": "conflict", "duty_vs_permission": "conflict",
    "threshold_divergence": "conflict", "competing_coordinators": "conflict", "definition_divergence": "conflict",
    "missing_mirror": "gap", "missing_duty_type": "gap", "no_sharing_basis": "gap", "right_without_owner": "gap",
    "shorter_list": "gap", "broken_or_stale_reference": "gap", "replaced_act_reference": "gap", "pending_change": "gap",
}  # fmt: skip


class Words(Struct, frozen=True):
    """The same words in bokmål and in English."""

    nb: str
    en: str


class Evidence(Struct, frozen=True, omit_defaults=True):
    """What a finding rests on: positions in the text at ``address``, and what was read there.

    ``norm`` tells the norm or reference in short (``cooperation duty barnehage → tjenesteytere``); it holds no words
    of the law, so that evidence may stand in the snapshot.
    """

    address: str
    start: int = 0
    end: int = 0
    norm: str = ""


class Finding(Struct, frozen=True, omit_defaults=True):
    """One overlap, conflict or gap. ``id`` depends on type, provisions and actors alone, so that it is stable.

    ``reasons`` tell why the score is what it is. ``group`` is the id of the first of a group of near-identical findings,
    empty for a finding that stands alone.
    """

    id: str
    kind: FindingKind
    type: FindingType
    acts: tuple[str, ...]
    provisions: tuple[str, ...]
    actors: tuple[str, ...]
    score: float
    title: Words
    explanation: Words
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Words, ...] = field(default=())
    group: str = ""


def finding_id(type_: str, provisions: tuple[str, ...], actors: tuple[str, ...]) -> str:
    """A short stable id: type, provisions and actors decide it, their order does not.

    >>> finding_id("missing_mirror", ("lov/2001-01-01-1/§1",), ("skole",))
    'mm-d7875c0a'
    """
    parts = "\n".join((type_, *sorted(provisions), "", *sorted(actors)))
    prefix = "".join(word[0] for word in type_.split("_"))
    return f"{prefix}-{hashlib.sha256(parts.encode()).hexdigest()[:8]}"
