"""Changes adopted and not in force that will open or close a finding."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from graph.finding import Evidence, Finding, Words
from graph.inputs import not_yet_in_force
from graph.law import Law, duty_type_by_id
from graph.names import verb
from lovdata_ingest.address import parse_address
from lovdata_ingest.model import Document

MATTER = re.compile(
    r"samarbeid|samordn|koordin|taushet|teie|opplysning|informasjon|individuell plan|varsel|varsl|melde|register|deling",
    re.IGNORECASE,
)
VERBS = {
    "add": Words("blir tilføyd", "will be added"),
    "change": Words("blir endret", "will be changed"),
    "repeal": Words("blir opphevet", "will be repealed"),
}


def pending_changes(law: Law) -> Iterator[Finding]:
    """Changes that are adopted and not in force, and that touch what the findings rest on.

    From the notes of amendment: sections that hold a norm on cooperation or information, that define service
    providers, that such a definition refers to, or whose heading tells that they will hold such a rule; one finding
    for each act and amending act. From the statute book: an act that many of these provisions refer to has a successor
    of the same name that is not in force.
    """
    changes = law.inputs.changes or tuple(_from_notes(law))
    groups: dict[tuple[str, str], list[tuple[str, Any]]] = defaultdict(list)
    anchors = _anchors(law)
    for change in changes:
        section = str(change.address.section_address)
        if change.address.act not in law.acts or "/§" not in section:
            continue
        if _matters(law, section) or section in anchors or MATTER.search(_title(law, section)):
            groups[change.address.act, change.change.act].append((section, change))
    more: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change in changes:
        if change.address.act in law.acts:
            more[change.address.act, change.change.act].append(str(change.address.section_address))
    together = list(_together(law, changes))
    shared = {p for f in together for p in f.provisions}
    for (act, by), found in groups.items():
        rest = [s for s in dict.fromkeys(more[act, by]) if s not in {t for t, _ in found} and "/§" in s]
        yield _by_note(
            law, act, by, found, anchors, rest if len(rest) + len(found) <= FEW else [], {s for s, _ in found} <= shared
        )
    yield from together
    yield from _into_rewritten(law, changes)
    yield from _successors(law)


FEW = 15  # of more changes than this in one act, those that touch no norm are not listed


def _matters(law: Law, section: str) -> bool:
    """Whether a section holds a norm between services (not only on informing the person), or sets such sections aside."""
    if any(n.frame.category != "information_to_person" for n in law.by_section.get(section, ())):
        return True
    act = section.split("/§")[0]
    return "unntak" in _title(law, section).lower() and any(
        n.frame.category in ("individual_plan", "coordination", "cooperation")
        for r in law.references_from.get(section, ()) if r.target.startswith(act + "/§")
        for n in law.by_section.get("/".join(r.target.split("/")[:3]), ())
    )  # fmt: skip


def _together(law: Law, changes: Sequence[Any]) -> Iterator[Finding]:
    """One amending act changes the same kind of rule in several acts: told once for each kind, with those left as they are.

    The kinds of duty of the sections changed, or sections of one heading. Provisions of the kind in acts that the
    amending act does not touch will part from the others.
    """
    kinds: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for change in changes:
        section = str(change.address.section_address)
        if change.address.act not in law.acts or "/§" not in section:
            continue
        norms = [n for n in law.by_section.get(section, ()) if (t := duty_type_by_id().get(n.duty_type)) and t.matter]
        for norm in norms:
            kinds[change.change.act, norm.duty_type].setdefault(section, change)
        if not norms and _matters(law, section):
            kinds[change.change.act, " ".join(_title(law, section).split()[:2])].setdefault(section, change)
    seen: dict[str, list[set[str]]] = defaultdict(list)
    for (by, kind), found in sorted(
        kinds.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1] not in PREFERRED)
    ):
        acts = {s.split("/§")[0] for s in found}
        if len(acts) < 3 or any(len(set(found) & told) >= 0.8 * len(found) for told in seen[by]):
            continue
        seen[by].append(set(found))
        yield _changed_together(law, by, kind, found)


PREFERRED = ("report_child_welfare", "cooperate_case", "coordinate_services", "serious_event", "child_welfare_decides")


def _changed_together(law: Law, by: str, kind: str, found: dict[str, Any]) -> Finding:
    type_ = duty_type_by_id().get(kind)
    names = type_.names if type_ else Words(f"«{kind}»", f"«{kind}»")
    sections = tuple(sorted(found, key=lambda s: parse_address(s).order))
    acts = {s.split("/§")[0] for s in sections}
    left = (
        dict.fromkeys(
            n.ledd for n in law.of_type(kind) if n.act in law.acts and n.act not in acts and n.frame.modality == "duty"
        )
        if type_
        else {}
    )
    change = next(iter(found.values()))
    when, where, rest = _when(change), law.names.provisions(sections), law.names.provisions(left)
    act = _action(list(found.values()))
    gone = act is VERBS["repeal"]
    return law.finding(
        "pending_change", (*sections, *left), actors=(), score=0.66 + 0.03 * min(len(acts), 6),
        title=Words(
            f"{names.nb}: samme lov {'opphever' if gone else 'endrer'} regelen i {len(acts)} lover {when.nb}",
            f"{names.en}: one act {'repeals' if gone else 'changes'} the rule in {len(acts)} acts {when.en}",
        ),
        explanation=Words(
            f"{where.nb} {act.nb} ved {by} ({when.nb})." + (f" {rest.nb} regulerer det samme og er ikke med; ordlyden vil da skille seg." if left else "")
            + " Funn som sammenligner disse bestemmelsene, må vurderes på nytt.",
            f"{where.en} {act.en} by {by} ({when.en})." + (f" {rest.en} {verb(rest, 'is')} about the same and {verb(rest, 'is')} not among them; the wordings will then part." if left else "")
            + " Findings that compare these provisions must be judged anew.",
        ),
        reasons=(Words(f"{len(acts)} lover endres samlet", f"{len(acts)} acts are changed together"),),
        evidence=(Evidence(s, norm=f"note: {c.change.action} {by}") for s, c in found.items()), key=(by, kind if type_ else sections[0]), matter="together",
    )  # fmt: skip


def _into_rewritten(law: Law, changes: Sequence[Any]) -> Iterator[Finding]:
    """References into a chapter that will be written anew, from provisions that are not changed with it."""
    chapters: dict[tuple[str, str], tuple[str, Any]] = {}
    touched = {(c.change.act, str(c.address.section_address)) for c in changes}
    for change in changes:
        last = str(change.address).rsplit("/", 1)[-1]
        if last.startswith("kap") and change.change.action == "changed":
            chapters[change.address.act, last[3:].lower()] = (change.change.act, change)
    for (act, chapter), (by, change) in sorted(chapters.items(), key=lambda item: item[0]):
        found = [
            r for r in law.inputs.references
            if r.target.startswith(f"{act}/§{chapter}-") and r.source.act in law.acts and r.source.act != act
            and (by, str(r.source.section_address)) not in touched and (by, "/".join(r.target.split("/")[:3])) in touched
            and not law.closing(str(r.source.section_address))
        ]  # fmt: skip
        if not found:
            continue
        places, targets = (
            dict.fromkeys(str(r.source) for r in found),
            dict.fromkeys("/".join(r.target.split("/")[:3]) for r in found),
        )
        here, there, when = law.names.provisions(places), law.names.provisions(targets), _when(change)
        yield law.finding(
            "pending_change", (*places, *targets), score=0.6,
            title=Words(f"{here.nb} viser til {there.nb}, som skrives om {when.nb}", f"{here.en} refers to {there.en}, which is rewritten {when.en}"),
            explanation=Words(
                f"{here.nb} viser til {there.nb}. Kapittelet blir skrevet om ved {by} ({when.nb}), og bestemmelsene kan få andre numre eller annet "
                "innhold. De som viser dit, er ikke endret i den samme loven.",
                f"{here.en} {verb(here, 'refers')} to {there.en}. The chapter is written anew by {by} ({when.en}), and its provisions may get other numbers or other "
                "contents. Those that refer to it are not amended by the same act.",
            ),
            reasons=(Words("henvisning inn i et kapittel som skrives om", "a reference into a chapter that is rewritten"),),
            evidence=(Evidence(str(r.source), r.start, r.end, f"reference {r.target}") for r in found), key=(act, chapter, by), matter="rewritten",
        )  # fmt: skip


def _from_notes(law: Law) -> Iterator[Any]:
    from lovdata_ingest.notes import changes_to_come

    for act in sorted(law.acts):
        if act in law.documents:
            yield from changes_to_come(law.documents[act])


def _title(law: Law, section: str) -> str:
    node = law.sections.get(section)
    return node.title if node else ""


def _anchors(law: Law) -> dict[str, list[str]]:
    """Sections that the definitions of service providers stand in or refer to, with the definitions."""
    found: dict[str, list[str]] = defaultdict(list)
    for definition in law.definitions:
        if definition.term.startswith("tjenestey") or definition.term == "tjenesteapparatet":
            for reference in law.references_in(str(definition.address)):
                if reference.target.startswith("lov/") and "/§" in reference.target:
                    found["/".join(reference.target.split("/")[:3])].append(str(definition.address))
    return found


def _when(change: Any) -> Words:
    date = change.change.date
    if date is not None:
        return Words(f"fra {date.day}.{date.month}.{date.year}", f"from {date.isoformat()}")
    return Words("fra den tid Kongen bestemmer", "from a date not fixed")


def _action(changes: Sequence[Any]) -> Words:
    """What happens to the provisions, in words: changed, unless the same other thing happens to all."""
    actions = {c.change.action for c in changes}
    return VERBS[{"added": "add", "repealed": "repeal"}.get(min(actions), "change") if len(actions) == 1 else "change"]


def _empty(law: Law, section: str) -> bool:
    """Whether the section has no words yet: the change adds it."""
    return not any(f.text for f in law.flows(section))


def _by_note(
    law: Law, act: str, by: str, found: Sequence[tuple[str, Any]], anchors: dict[str, list[str]], rest: Sequence[str],
    told: bool,
) -> Finding:  # fmt: skip
    """The changes of one act by one amending act. ``rest`` are changed too and touch no norm; ``told`` with other acts."""
    sections = tuple(dict.fromkeys(s for s, _ in found))
    new = [s for s in sections if _empty(law, s)]
    defined = [d for s in sections for d in anchors.get(s, ())]
    where, when, done = law.names.provisions(sections), _when(found[0][1]), _action([c for _, c in found])
    strong = [
        s
        for s in sections
        if any((t := duty_type_by_id().get(n.duty_type)) and t.matter for n in law.by_section.get(s, ()))
    ]
    beside = _beside(law, act, new)
    fresh, others, now = law.names.provisions(new), law.names.provisions(rest), law.names.provisions(beside)
    one = len(new) == 1
    more = Words(
        (f" {fresh.nb} er {'ny' if one else 'nye'} og uten tekst i dag." if new else "")
        + (f" Etter overskriften gjelder det samme som {now.nb}, som blir stående ved siden av." if beside else "")
        + (
            f" Definisjonen av tjenesteytere i {len(set(defined))} lover viser til en av dem og må følge med."
            if defined
            else ""
        )
        + (f" Den samme loven endrer også {others.nb}." if rest else ""),
        (f" {fresh.en} {'is' if one else 'are'} new and {'has' if one else 'have'} no text today." if new else "")
        + (f" By the heading the matter is that of {now.en}, which {verb(now, 'stands')} beside." if beside else "")
        + (
            f" The definition of service providers in {len(set(defined))} acts refers to one of them and must follow."
            if defined
            else ""
        )
        + (f" The same act also changes {others.en}." if rest else ""),
    )
    return law.finding(
        "pending_change", (*sections, *beside, *dict.fromkeys(defined), *rest),
        score=(0.46 + 0.16 * bool(strong) + 0.24 * bool(defined) + 0.2 * any(MATTER.search(_title(law, s)) for s in new)) - 0.1 * told,
        title=Words(
            f"{law.names.act(act)}: {len(sections)} bestemmelse{'r' if len(sections) > 1 else ''} endres {when.nb}",
            f"{law.names.act(act)}: {len(sections)} provision{'s' if len(sections) > 1 else ''} will change {when.en}",
        ),
        explanation=Words(
            f"{where.nb} {done.nb} ved {by or 'en vedtatt lov'} ({when.nb}).{more.nb} Funn som bygger på disse bestemmelsene, "
            "må vurderes på nytt når endringen trer i kraft.",
            f"{where.en} {done.en} by {by or 'an act adopted'} ({when.en}).{more.en} Findings that rest on these provisions "
            "must be judged anew when the change comes into force.",
        ),
        reasons=(Words("vedtatt, ikke i kraft", "adopted, not in force"),),
        evidence=(Evidence(s, norm=f"note: {c.change.action} {by}") for s, c in found), key=(act, by), matter="note",
    )  # fmt: skip


HEADED = (
    (re.compile(r"samarbeid|samordn|koordin", re.IGNORECASE), ("cooperate_case", "coordinate_services")),
    (re.compile(r"opplysning|taushet|teie|deling|register", re.IGNORECASE), ("secrecy", "secrecy_limit", "population_register")),
)  # fmt: skip


def _beside(law: Law, act: str, new: Sequence[str]) -> list[str]:
    """The ledd in force of an act that regulate what the headings of its new sections name."""
    kinds = {k for s in new for pattern, found in HEADED if pattern.search(_title(law, s)) for k in found}
    return list(dict.fromkeys(n.ledd for n in law.by_act.get(act, ()) if n.duty_type in kinds and n.section not in new))


def _successors(law: Law) -> Iterator[Finding]:
    coming: dict[str, list[Document]] = defaultdict(list)
    current: dict[str, Document] = {}
    for document in law.documents.values():
        name = document.short_title.lower()
        if not_yet_in_force(document):
            coming[name].append(document)
        else:
            current[name] = document
    for name, documents in sorted(coming.items()):
        old = current.get(name)
        if old is None or len(documents) != 1:
            continue
        new = documents[0]
        from_here = [
            r for r in law.inputs.references
            if r.target.startswith(old.refid) and r.source.act in law.acts and str(r.source.section_address) in law.by_section
        ]  # fmt: skip
        sections = tuple(dict.fromkeys(str(r.source.section_address) for r in from_here))
        if not sections:
            continue
        where = law.names.provisions(sections, 14)
        kind = re.sub(r"lov(?:en|a)$", "lov", name)
        yield law.finding(
            "pending_change", (*sections, old.refid, new.refid), score=0.55 + 0.015 * min(len(sections), 16),
            title=Words(
                f"Ny {kind} er vedtatt: {len(sections)} bestemmelser viser til den gamle",
                f"A new {kind} is adopted: {len(sections)} provisions refer to the old one",
            ),
            explanation=Words(
                f"{where.nb} viser til {old.refid} ({name}). {new.refid} skal avløse den, men er ikke i kraft. Henvisningene, blant "
                "annet til reglene om taushetsplikt, må flyttes når den trer i kraft.",
                f"{where.en} refer to {old.refid} ({name}). {new.refid} is to replace it, but is not in force. The references, among "
                "them those to confidentiality, must be moved when it comes into force.",
            ),
            reasons=(Words(f"{len(sections)} henvisende bestemmelser", f"{len(sections)} referring provisions"),),
            evidence=(Evidence(str(r.source), r.start, r.end, f"reference {r.target}") for r in from_here),
            key=(old.refid, new.refid), matter="successor",
        )  # fmt: skip
