"""Lists of provisions: what supervision covers, what a rule refers to, which acts an enumeration names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from graph.finding import Evidence, Finding, Words
from graph.findings.families import families, one_per_sentence
from graph.law import Law, Norm, duty_type_by_id, sector
from graph.names import both, verb
from graph.wording import normal
from lovdata_ingest.model import Node

SUPERVISED = (
    "cooperate_case", "cooperate_system", "coordinate_services", "report_child_welfare", "inform_health_social", "secrecy",
)  # fmt: skip
CHAPTERS = re.compile(
    r"kapit(?:tel|telet|let|lene|la|ler) (\d+[a-z]?|[ivx]+)(?:(?: til |-)(\d+[a-z]?))?((?:(?:,| og) (?:\d+[a-z]?|[ivx]+)\b(?! ledd))*)",
    re.IGNORECASE,
)


def supervision_lists(law: Law) -> Iterator[Finding]:
    """Supervision that leaves out the duties to cooperate or to tell, while the supervision of other acts covers them.

    Read from sections headed supervision that say which of the act's own sections and chapters it covers, at least two
    of them. Duties of the municipality or the service of the kinds that the reform aligned, in sections that are not
    named, are told (``shorter_list``); a section covered in part (by ledd or sentence) counts as named. The
    supervision of other acts that covers such duties is cited.
    """
    covered: list[tuple[str, str, list[Norm], list[Norm]]] = []
    for act in sorted(law.acts):
        scope = _scope(law, act)
        if scope is None:
            continue
        ledd, named = scope
        norms = {
            (n.section, n.duty_type): n
            for n in reversed(one_per_sentence(law.by_act.get(act, ())))
            if n.duty_type in SUPERVISED
        }
        chosen = [
            n
            for n in reversed(norms.values())
            if n.frame.modality in ("duty", "prohibition") and _of_the_municipality(law, n)
        ]
        inside = [n for n in chosen if n.section in named]
        covered.append((act, ledd, inside, [n for n in chosen if n.section not in named]))
    for act, ledd, inside, outside in covered:
        peers = [
            p
            for a, p, theirs, _ in covered
            if a != act and {n.duty_type for n in theirs} & {n.duty_type for n in outside}
        ]
        if peers and any(n.duty_type != "secrecy" for n in outside):
            yield _not_supervised(law, ledd, inside, outside, peers)


def _of_the_municipality(law: Law, norm: Norm) -> bool:
    """Whether the municipality itself is bound, or the staff of a service that it alone runs and answers for."""
    service = law.service_of(norm.act)
    alone = (
        service is not None
        and service.owner == "municipal"
        and not {"barnehageeier", "skoleeier"} & set(service.actors)
    )
    return "kommune" in norm.frame.bearer or (alone and "ansatte" in norm.frame.bearer)


def _not_supervised(
    law: Law, ledd: str, inside: Sequence[Norm], outside: Sequence[Norm], peers: Sequence[str]
) -> Finding:
    here, out, there = (
        law.names.provision(ledd),
        law.names.provisions(n.ledd for n in outside),
        law.names.provisions(peers),
    )
    what = both(duty_type_by_id()[n.duty_type].names for n in outside)
    core = any(n.duty_type in ("cooperate_case", "coordinate_services") for n in outside)
    return law.finding(
        "shorter_list", (ledd, *(n.ledd for n in outside), *peers), actors=("statsforvalter", *dict.fromkeys(a for n in outside for a in n.frame.bearer)),
        score=0.58 + 0.08 * core,
        title=Words(f"{here.nb}: tilsynet omfatter ikke {out.nb}", f"{here.en}: supervision does not cover {out.en}"),
        explanation=Words(
            f"{here.nb} sier hvilke plikter statsforvalteren fører tilsyn med. {out.nb} ({what.nb}) er ikke med"
            + (", selv om andre av lovens plikter til å samarbeide eller gi opplysninger er det" if inside else "")
            + f". Etter {there.nb} er slike plikter omfattet.",
            f"{here.en} {verb(here, 'says')} which duties the county governor supervises. {out.en} ({what.en}) {verb(out, 'is')} not among them"
            + (", although other duties of the act to cooperate or to tell are" if inside else "")
            + f". Under {there.en} such duties are covered.",
        ),
        reasons=(Words("oppregnet tilsyn", "supervision by enumeration"),),
        evidence=(Evidence(ledd, norm="supervision"), *(n.evidence for n in outside), *(Evidence(p, norm="supervision") for p in peers)),
        key=(ledd,), matter="supervision",
    )  # fmt: skip


def _scope(law: Law, act: str) -> tuple[str, set[str]] | None:
    """The ledd that says what supervision of the municipality covers, and the sections it names; None without such a list."""
    document = law.documents.get(act)
    best: tuple[str, set[str]] | None = None
    for section in document.sections() if document else ():
        if section.address is None or "tilsyn" not in section.title.lower():
            continue
        for node in section.of("ledd"):
            text = normal(node.text, document.language if document else "nb")
            if node.address is None or "tilsyn" not in text or "kommune" not in text or "plikt" not in text:
                continue
            sections = {
                "/".join(r.target.split("/")[:3])
                for r in law.references_in(str(node.address))
                if r.target.startswith(f"{act}/§")
            }
            chapters = _chapters(node.text)
            named = sections | (
                {str(s.address) for s in document.sections() if _in_chapter(document.body, s, chapters)}
                if document and chapters
                else set()
            )
            if len(sections) + len(chapters) >= 2 and (best is None or len(named) > len(best[1])):
                best = str(node.address), named
    return best


def _chapters(text: str) -> set[str]:
    """The chapters that a list names, "kapittel 3 til 4" as both: ``{"3", "4"}``."""
    found: set[str] = set()
    for match in CHAPTERS.finditer(text):
        first, last = match[1], match[2]
        found.add(first.lower())
        if last and first.isdigit() and last.isdigit():
            found |= {str(n) for n in range(int(first), int(last) + 1)}
        found |= {w.lower() for w in re.findall(r"\d+[a-z]?|[ivx]+", match[3] or "", re.IGNORECASE)}
    return found


def _in_chapter(body: Node, section: Node, chapters: set[str]) -> bool:
    if section.address is None:
        return False
    number = (section.address.section or "").lower()
    if "-" in number:
        return number.split("-")[0] in chapters
    return any(
        any(child is section for child in division.walk()) for division in body.walk()
        if division.kind == "division" and division.address is not None
        and str(division.address).rsplit("/kap", 1)[-1].lower() in chapters
    )  # fmt: skip


def referred_lists(law: Law) -> Iterator[Finding]:
    """Parallel provisions of one kind that refer to other provisions of the same act: some name fewer, some others.

    Most of the provisions of a kind name the same provisions of an act (two ledd, three cases); one that leaves some of
    them out while it names another is told (``shorter_list``). What a whole section refers to counts as well as the
    sentence, and a reference to the section counts as one to all of it.
    """
    for family in families(law):
        norms = list({n.ledd: n for g in (family.main, *family.others) for m in g.members for n in (m.norm,)}.values())
        targets: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for norm in norms:
            for reference in law.references_in(norm.ledd):
                parts = reference.target.split("/")
                if reference.target.startswith("lov/") and len(parts) >= 3 and "/".join(parts[:2]) != norm.act:
                    targets["/".join(parts[:2])][norm.ledd].add("/".join(parts[:3]))
        for other, named in targets.items():
            if len(named) >= 3:
                yield from _fewer(law, family.duty_type.id, other, named)


def _fewer(law: Law, kind: str, other: str, named: dict[str, set[str]]) -> Iterator[Finding]:
    count = Counter(t for found in named.values() for t in found)
    usual = {t for t, n in count.items() if n * 2 > len(named) or n >= 3}
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for ledd, found in named.items():
        left = frozenset(usual - found)
        if left and found & set(count):
            groups[left].append(ledd)
    for left, places in groups.items():
        full = [ledd for ledd, found in named.items() if left <= found]
        if len(full) < 2 or {p.split("/§")[0] for p in places} & {p.split("/§")[0] for p in full}:
            continue
        here, there, out = law.names.provisions(places), law.names.provisions(full), law.names.provisions(sorted(left))
        names = duty_type_by_id()[kind].names
        yield law.finding(
            "shorter_list", (*places, *full), score=0.62,
            title=Words(f"{names.nb}: {here.nb} nevner ikke {out.nb}", f"{names.en}: {here.en} {verb(here, 'does')} not name {out.en}"),
            explanation=Words(
                f"{there.nb} gjelder også tilfellene i {out.nb}; {here.nb} regulerer det samme, men viser ikke dit. Regelen når dermed ikke "
                "de samme tilfellene i alle lovene.",
                f"{there.en} {verb(there, 'covers')} the cases of {out.en} too; {here.en} {verb(here, 'is')} about the same, but {verb(here, 'does')} not refer there. The rule thus "
                "does not reach the same cases in all acts.",
            ),
            reasons=(Words(f"{len(full)} parallelle bestemmelser nevner dem", f"{len(full)} parallel provisions name them"),),
            evidence=(Evidence(p, norm=f"refers to {other}") for p in (*places, *full)), key=tuple(places), matter=f"refers {other}",
        )  # fmt: skip


def other_items(law: Law) -> Iterator[Finding]:
    """Stale items: of parallel provisions that refer to items of one section, one names an item that no other names.

    Three provisions or more of a kind refer to the same section of another act, and most of them to the same items
    (``broken_or_stale_reference``): the odd one was probably not amended with the others.
    """
    for family in families(law):
        norms = {m.norm.ledd: m.norm for g in (family.main, *family.others) for m in g.members}
        sections: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for ledd, norm in norms.items():
            for reference in law.references_in(ledd):
                parts = reference.target.split("/")
                if len(parts) > 4 and parts[-2] in ("nummer", "bokstav") and "/".join(parts[:2]) != norm.act:
                    sections["/".join(parts[:3])][ledd].add(parts[-1])
        for section, named in sections.items():
            count = Counter(item for items in named.values() for item in items)
            for ledd, items in named.items():
                odd = {i for i in items if count[i] == 1}
                usual = [p for p, theirs in named.items() if p != ledd and theirs <= items]
                if odd and len(usual) >= 2 and len(usual) == len(named) - 1:
                    yield _odd_items(law, family.duty_type.names, ledd, usual, section, sorted(odd))


def _odd_items(law: Law, names: Words, ledd: str, usual: Sequence[str], section: str, odd: Sequence[str]) -> Finding:
    here, there, where = law.names.provision(ledd), law.names.provisions(usual), law.names.provision(section)
    items = Words(f"nr. {', '.join(odd)}", f"no. {', '.join(odd)}")
    return law.finding(
        "broken_or_stale_reference", (ledd, *usual), score=0.58,
        title=Words(
            f"{here.nb}: viser til {where.nb} {items.nb}, som de parallelle ikke nevner",
            f"{here.en}: refers to {where.en} {items.en}, which the parallel provisions do not name",
        ),
        explanation=Words(
            f"{there.nb} ({names.nb}) viser til de samme punktene i {where.nb}. {here.nb} viser i tillegg til {items.nb}. Henvisningen er trolig ikke "
            "endret sammen med de andre, og rekkevidden av regelen blir en annen.",
            f"{there.en} ({names.en}) {verb(there, 'refers')} to the same items of {where.en}. {here.en} {verb(here, 'refers')} to {items.en} as well. The reference was probably "
            "not amended with the others, and the rule reaches differently.",
        ),
        reasons=(Words(f"{len(usual)} parallelle bestemmelser er enige", f"{len(usual)} parallel provisions agree"),),
        evidence=(Evidence(p, norm=f"refers to {section}") for p in (ledd, *usual)), key=(ledd, section), matter="items",
    )  # fmt: skip


def _on_the_matter(law: Law, section: str, act: str) -> bool:
    """Whether an act regulates what a section is about, as far as the section holds norms of a known kind."""
    groups = {
        t.group for n in law.by_section.get(section, ()) if (t := duty_type_by_id().get(n.duty_type)) and t.matter
    }
    theirs = {t.group for n in law.by_act.get(act, ()) if (t := duty_type_by_id().get(n.duty_type)) and t.matter}
    return not groups or bool(groups & theirs)


def act_lists(law: Law) -> Iterator[Finding]:
    """Enumerations of the service acts of a sector that leave out one of them (``shorter_list``).

    A ledd that names three service acts or more of one sector as whole acts, and not the others of that sector.
    """
    by_sector: dict[str, set[str]] = defaultdict(set)
    for service in law.services:
        by_sector[sector(service.actors[0])].add(service.act)
    for section, found in law.references_from.items():
        if "/".join(section.split("/")[:2]) not in law.acts or law.closing(section):
            continue
        by_ledd: dict[str, set[str]] = defaultdict(set)
        for reference in found:
            if "/§" not in reference.target and reference.target.startswith("lov/"):
                by_ledd[f"{section}/ledd/{reference.source.ledd or 1}"].add(reference.target)
        for ledd, named in by_ledd.items():
            for acts in by_sector.values():
                if len(named & acts) < 3:
                    continue
                left = [a for a in sorted(acts - named - {section.split("/§")[0]}) if _on_the_matter(law, section, a)]
                if left:
                    here, out, inside = (
                        law.names.provision(ledd),
                        law.names.names(left),
                        law.names.names(sorted(named & acts)),
                    )
                    yield law.finding(
                        "shorter_list", (ledd, *left), score=0.52,
                        title=Words(f"{here.nb}: oppregningen av lover utelater {out.nb}", f"{here.en}: the enumeration of acts leaves out {out.en}"),
                        explanation=Words(
                            f"{here.nb} nevner {inside.nb}, men ikke {out.nb}, som hører til samme sektor. Bestemmelsen sier ikke om det er ment.",
                            f"{here.en} {verb(here, 'names')} {inside.en}, but not {out.en} of the same sector. The provision does not say whether this is meant.",
                        ),
                        reasons=(Words("lov i samme sektor er ikke nevnt", "an act of the same sector is not named"),),
                        evidence=(Evidence(ledd, norm="enumeration of acts"),), key=(ledd,), matter="acts",
                    )  # fmt: skip
