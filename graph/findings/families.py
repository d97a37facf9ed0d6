"""Families of parallel norms: the norms of one kind of duty in several acts, and how their wordings part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from graph.finding import Words
from graph.law import DutyType, Law, Norm, duty_type_by_id
from graph.names import both
from graph.wording import Aspect, Comparison, compare, similarity

# A wording this near the middle of a group (after bearer and beneficiary are taken out) is harmonised with it, unless
# what parts them is of substance.
HARMONISED = 0.84
SUBSTANCE: frozenset[Aspect] = frozenset(("counterpart", "threshold", "modality", "secrecy", "reference"))
LIFTED = re.compile(r"uten hinder av (?:\w+ )?taushetsplikt|taushetsplikten? er ikke til hinder")
ASPECTS: dict[str, Words] = {
    "bearer": Words("pliktsubjekt", "bearer"),
    "beneficiary": Words("tjenestemottaker", "beneficiary"),
    "counterpart": Words("den andre parten", "counterpart"),
    "threshold": Words("vilkår", "trigger"),
    "modality": Words("styrke (plikt, adgang, anbefaling)", "modality"),
    "secrecy": Words("forholdet til taushetsplikt", "relation to confidentiality"),
    "reference": Words("henvisning til andre regler", "reference to other rules"),
    "wording": Words("ordvalg", "wording"),
}


class Member(Struct, frozen=True):
    """A norm of a family, how near its group's middle (0 to 1), and what parts it from the main group's middle."""

    norm: Norm
    similarity: float
    aspects: frozenset[str]


class Group(Struct, frozen=True):
    """Norms of one kind of duty in the same words. ``middle`` is the norm nearest to the others.

    ``aspects`` is what parts the group from the main group of its family; empty for the main group itself.
    ``nearness`` is how near its middle is to the main group's.
    """

    middle: Norm
    members: tuple[Member, ...]
    aspects: frozenset[str] = frozenset()
    nearness: float = 1.0

    @property
    def ledd(self) -> tuple[str, ...]:
        """Where its norms stand, in the order of the law."""
        return tuple(dict.fromkeys(m.norm.ledd for m in self.members))

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that they stand in."""
        return tuple(dict.fromkeys(m.norm.act for m in self.members))


class Family(Struct, frozen=True):
    """The norms of one kind of duty, by wording: the main group (the largest) and the groups that part from it."""

    duty_type: DutyType
    main: Group
    others: tuple[Group, ...]


def one_per_sentence(norms: Iterable[Norm]) -> list[Norm]:
    """The first norm of each sentence, so that two frames of one sentence count once."""
    found: dict[tuple[str, str | None], Norm] = {}
    for norm in norms:
        if norm.words:
            found.setdefault((norm.ledd, norm.sentence), norm)
    return list(found.values())


def middle_of(norms: list[Norm]) -> Norm:
    """The norm whose wording is nearest to the others, the first of equals; duties come before weaker norms."""
    usual = Counter(n.frame.modality for n in norms).most_common(1)[0][0]
    candidates = [n for n in norms if n.frame.modality == usual]
    return max(candidates, key=lambda n: sum(similarity(n.words, o.words) for o in norms if o is not n))


def aspects_between(norm: Norm, middle: Norm, comparison: Comparison) -> frozenset[str]:
    """What a norm and the middle differ in, by words and by the fields of the frames."""
    found: set[str] = set(comparison.aspects)
    if norm.frame.modality != middle.frame.modality:
        found.add("modality")
    elif "modality" in found:  # "har plikt til" for "plikter"
        found = found - {"modality"} | {"wording"}
    if "secrecy" in found and LIFTED.search(norm.around) and LIFTED.search(middle.around):
        found = found - {"secrecy"} | {"wording"}  # both lift it, one in another sentence
    return frozenset(found)


def _group(norms: list[Norm]) -> tuple[Group, list[Norm]]:
    """The norms in the words of the middle, and the rest."""
    middle = middle_of(norms)
    members, rest = [], []
    for norm in norms:
        comparison = compare(norm.words, middle.words)
        aspects = aspects_between(norm, middle, comparison)
        if norm is middle or (comparison.similarity >= HARMONISED and not aspects & SUBSTANCE):
            members.append(Member(norm, comparison.similarity, aspects))
        else:
            rest.append(norm)
    return Group(middle, tuple(members)), rest


def family_of(duty_type: DutyType, norms: list[Norm]) -> Family:
    """Sort the norms of one kind of duty into groups of the same wording, the largest first."""
    groups, rest = [], norms
    while rest:
        group, rest = _group(rest)
        groups.append(group)
    main = max(groups, key=lambda g: len(g.acts))
    others = []
    for group in groups:
        if group is not main:
            comparison = compare(group.middle.words, main.middle.words)
            others.append(
                Group(
                    group.middle,
                    group.members,
                    aspects_between(group.middle, main.middle, comparison),
                    comparison.similarity,
                )
            )
    return Family(duty_type, main, tuple(others))


def _of_persons(norm: Norm) -> bool:
    """Whether it is the person or the family that may or must do it: no rule for services."""
    bearers = set(norm.frame.bearer)
    return bool(bearers) and bearers <= {"person", "foresatte"} and norm.frame.modality != "right"


def families(law: Law) -> list[Family]:
    """The families of kinds of duty that two acts or more regulate, in the order of the kinds."""
    return law.cached("families", lambda: _families(law))


def _families(law: Law) -> list[Family]:
    found = []
    for type_ in duty_type_by_id().values():
        norms = [n for n in one_per_sentence(law.by_type.get(type_.id, ())) if n.act in law.acts and not _of_persons(n)]
        if type_.matter and len({n.act for n in norms}) >= 2:
            found.append(family_of(type_, norms))
    return found


def aspect_words(aspects: Iterable[str]) -> Words:
    """``vilkår og samarbeidspart``."""
    return both(ASPECTS[a] for a in sorted(aspects, key=list(ASPECTS).index))
