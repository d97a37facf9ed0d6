"""Changes adopted and not in force that will open or close a finding."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from graph.finding import Evidence, Finding, Words
from graph.inputs import not_yet_in_force
from graph.law import Law, duty_type_by_id
from lovdata_ingest.model import Document

MATTER = re.compile(
    r"samarbeid|samordn|koordin|taushet|teie|opplysning|informasjon|individuell plan|varsel|varsl|melde|register|deling",
    re.IGNORECASE,
)
VERBS = {
    "add": Words("får en ny bestemmelse", "gets a new provision"),
    "change": Words("blir endret", "is amended"),
    "repeal": Words("blir opphevet", "is repealed"),
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
    for (act, by), found in groups.items():
        yield _by_note(law, act, by, found, anchors)
    yield from _successors(law)


def _matters(law: Law, section: str) -> bool:
    """Whether a section holds a norm between services: not only on informing the person."""
    return any(n.frame.category != "information_to_person" for n in law.by_section.get(section, ()))


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


def _action(change: Any) -> Words:
    return VERBS.get(
        {"added": "add", "repealed": "repeal"}.get(change.change.action, change.change.action), VERBS["change"]
    )


def _empty(law: Law, section: str) -> bool:
    """Whether the section has no words yet: the change adds it."""
    return not any(f.text for f in law.flows(section))


def _by_note(law: Law, act: str, by: str, found: Sequence[tuple[str, Any]], anchors: dict[str, list[str]]) -> Finding:
    sections = tuple(dict.fromkeys(s for s, _ in found))
    new = [s for s in sections if _empty(law, s)]
    defined = [d for s in sections for d in anchors.get(s, ())]
    where, when = law.names.provisions(sections), _when(found[0][1])
    strong = [
        s
        for s in sections
        if any((t := duty_type_by_id().get(n.duty_type)) and t.matter for n in law.by_section.get(s, ()))
    ]
    fresh = law.names.provisions(new)
    more = Words(
        (f" {fresh.nb} er nye og uten tekst i dag." if new else "")
        + (
            f" Definisjonen av tjenesteytere i {len(set(defined))} lover viser til en av dem og må følge med."
            if defined
            else ""
        ),
        (f" {fresh.en} are new and have no text today." if new else "")
        + (
            f" The definition of service providers in {len(set(defined))} acts refers to one of them and must follow."
            if defined
            else ""
        ),
    )
    return law.finding(
        "pending_change", (*sections, *dict.fromkeys(defined)), score=0.46 + 0.16 * bool(strong) + 0.24 * bool(defined) + 0.14 * any(MATTER.search(_title(law, s)) for s in new),
        title=Words(
            f"{law.names.act(act)}: {len(sections)} bestemmelse{'r' if len(sections) > 1 else ''} endres {when.nb}",
            f"{law.names.act(act)}: {len(sections)} provision{'s' if len(sections) > 1 else ''} will change {when.en}",
        ),
        explanation=Words(
            f"{where.nb} blir endret ved {by or 'en vedtatt lov'} ({when.nb}).{more.nb} Funn som bygger på disse bestemmelsene, "
            "må vurderes på nytt når endringen trer i kraft.",
            f"{where.en} will be changed by {by or 'an act adopted'} ({when.en}).{more.en} Findings that rest on these provisions "
            "must be judged anew when the change comes into force.",
        ),
        reasons=(Words("vedtatt, ikke i kraft", "adopted, not in force"),),
        evidence=(Evidence(s, norm=f"note: {c.change.action} {by}") for s, c in found), key=(act, by), matter="note",
    )  # fmt: skip


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
        yield law.finding(
            "pending_change", (*sections, old.refid, new.refid), score=0.55 + 0.015 * min(len(sections), 16),
            title=Words(
                f"Ny {name} er vedtatt: {len(sections)} bestemmelser viser til den gamle",
                f"A new {name} is adopted: {len(sections)} provisions refer to the old one",
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
