"""Gaps in the references: broken, stale after renumbering, or leading to a replaced act."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from graph.finding import Evidence, Finding, Words
from graph.law import Law
from graph.names import both, verb
from graph.wording import normal
from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.references.reference import Reference
from lovdata_ingest.sentences import Flow

# Sections that close an act: what they repeal or carry over leads to acts that are gone, and should.
CLOSING = re.compile(
    r"ikraft|iverks|i kraft|overgang|opphev|endring(er|ar)? i (andre|annen)|endringer|endringar|forholdet til|tidligere|"
    r"^\(?oppheva?",
    re.IGNORECASE,
)
AMENDING = re.compile(r"endringslov|ikrafttred|ikrafttrædelse", re.IGNORECASE)
BROKEN = {
    "no_such_section": Words("paragrafen finnes ikke", "the section does not exist"),
    "no_such_ledd": Words("leddet eller punktet finnes ikke", "the ledd or item does not exist"),
    "repealed": Words("bestemmelsen er opphevet", "the provision is repealed"),
}


def references(law: Law) -> Iterator[Finding]:
    """References that are broken, stale, or lead to a replaced act.

    *Broken* (``broken_or_stale_reference``): the target does not exist or is repealed. A reference that another act
    named in the same section would fulfil is left out: there the question is which act is meant, not whether the
    target exists. *Stale*: the target exists, but another ledd of the same section holds what the reference is about
    (the words that the two share, rare ones weighing more; a reference back weighs most). *Replaced*
    (``replaced_act_reference``): the act that is named has been replaced; sections that close an act are left out.
    One finding for each section and target act.
    """
    yield from _broken(law)
    yield from _stale(law)
    yield from _replaced(law)


def _closing(law: Law, reference: Reference) -> bool:
    section = law.sections.get(str(reference.source.section_address))
    act = law.names.act(reference.source.act)
    return bool(AMENDING.search(act)) or (section is not None and CLOSING.search(section.title) is not None)


def _address(text: str) -> Address | None:
    try:
        return parse_address(text)
    except AddressError:
        return None


def _exists_elsewhere(law: Law, reference: Reference) -> bool:
    """Whether another act that the section names has a provision of the same number."""
    target = _address(reference.target)
    if target is None or not target.path:
        return True
    others = {
        "/".join(r.target.split("/")[:2])
        for r in law.references_from.get(str(reference.source.section_address), ())
        if r.target.startswith("lov/")
    } - {target.act}
    wanted = target.path[0]
    for act in others:
        document = law.documents.get(act)
        if document is None:
            return True
        if any(
            n.address is not None and n.address.path == (wanted,)
            for n in document.body.walk()
            if n.kind in ("section", "division")
        ):
            return True
    return False


def _named_by_title(law: Law, reference: Reference) -> bool:
    """Whether the words before an own-act reference name an act by title ("lov om …"), so that the act is in doubt."""
    flow = _flow(law, reference)
    if flow is None:
        return False
    piece = next((p for p in flow.pieces if p.node.address == reference.source), None)
    before = (piece.node.text[: reference.start] if piece else flow.text)[-260:].lower()
    return bool(re.search(r"\blov om |loven|lova\b|loves\b|konvensjon|forskrift", before.split(". ")[-1]))


def _flow(law: Law, reference: Reference) -> Flow | None:
    section = str(reference.source.section_address)
    number = reference.source.ledd or 1
    return next((f for f in law.flows(section) if f.number == number), None)


def _in_substance(law: Law, reference: Reference) -> bool:
    """Whether the target exists once the sentence or the order of steps is not held against it."""
    target = _address(reference.target)
    if target is None:
        return True
    steps = [s for s in target.path[1:] if not s.startswith("setning/")]
    if len(steps) == len(target.path) - 1 or not steps:
        return False
    document = law.documents.get(target.act)
    wanted = (target.path[0], *steps)
    return document is not None and any(
        n.address is not None and n.address.path == wanted for n in document.body.walk()
    )


def _where(reference: Reference) -> str:
    return str(reference.source)


def _broken(law: Law) -> Iterator[Finding]:
    groups: dict[tuple[str, str, str], list[Reference]] = defaultdict(list)
    for reference in law.inputs.references:
        if reference.status not in BROKEN or reference.source.act not in law.acts or _closing(law, reference):
            continue
        own = reference.target.startswith(reference.source.act + "/")
        if _address(reference.target) is None or _in_substance(law, reference):
            continue
        if reference.status == "repealed" and reference.via == "range":
            continue  # "§§ 3 til 9" with gaps in between
        if (
            own
            and reference.status == "no_such_section"
            and (_exists_elsewhere(law, reference) or _named_by_title(law, reference))
        ):
            continue
        if (
            own
            and reference.status == "no_such_ledd"
            and reference.target.startswith(str(reference.source.section_address) + "/")
        ):
            continue  # "with the exception of the third ledd", said of another section
        act = "/".join(reference.target.split("/")[:2])
        groups[str(reference.source.section_address), act, reference.status].append(reference)
    for (section, act, status), found in groups.items():
        yield _reference_finding(
            law, "broken_or_stale_reference", section, found, 0.72 if section in law.by_section else 0.6,
            Words(
                f"{law.names.provision(section).nb}: henvisning som ikke treffer",
                f"{law.names.provision(section).en}: reference that leads nowhere",
            ),
            BROKEN[status], Words(law.names.act(act), law.names.act(act)), "broken",
        )  # fmt: skip


def _reference_finding(
    law: Law,
    type_: str,
    section: str,
    found: Sequence[Reference],
    score: float,
    title: Words,
    why: Words,
    act: Words,
    matter: str,
) -> Finding:
    places = tuple(dict.fromkeys(_where(r) for r in found))
    targets = tuple(dict.fromkeys(r.target for r in found))
    words = both(Words(r.text.strip(), r.text.strip()) for r in found[:6])
    where = law.names.provisions(places, 6)
    return law.finding(
        "replaced_act_reference" if type_ == "replaced_act_reference" else "broken_or_stale_reference",
        (*places, *(t for t in targets if _address(t) is not None)), score=score, title=title,
        explanation=Words(
            f"{where.nb} viser til {words.nb} ({act.nb}): {why.nb}. Leseren må finne ut selv hva som er ment.",
            f"{where.en} {verb(where, 'refers')} to {words.en} ({act.en}): {why.en}. The reader must find out what is meant.",
        ),
        reasons=(why,),
        evidence=(Evidence(_where(r), r.start, r.end, f"reference {r.target} {r.status}") for r in found),
        key=(section, targets[0].split("/§")[0]), matter=matter,
    )  # fmt: skip


def _replaced(law: Law) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in law.inputs.references:
        if reference.status == "act_replaced" and reference.source.act in law.acts and not _closing(law, reference):
            groups[str(reference.source.section_address), "/".join(reference.target.split("/")[:2])].append(reference)
    for (section, act), found in groups.items():
        by_name = all("/§" not in r.target for r in found) and not any(re.search(r"\d{4}", r.text) for r in found)
        successor = next((m[1] for r in found if (m := re.search(r"replaced by (lov/[\d-]+)", r.reason))), "")
        new = law.names.act(successor) if successor else "?"
        here = law.names.provision(section)
        penal = act == "lov/1902-05-22-10"
        why = Words(
            f"loven er avløst av {new}" + (", og navnet er nå den nye lovens" if by_name else "")
            + (" (trolig ment for eldre straffedommer)" if penal else ""),
            f"the act has been replaced by {new}" + (", which now bears the name" if by_name else "")
            + (" (probably meant for older convictions)" if penal else ""),
        )  # fmt: skip
        yield _reference_finding(
            law, "replaced_act_reference", section, found, 0.36 if penal else 0.42 if by_name else 0.62,
            Words(f"{here.nb}: henvisning til avløst lov", f"{here.en}: reference to a replaced act"), why, Words(act, act), "replaced",
        )  # fmt: skip


def _stale(law: Law) -> Iterator[Finding]:
    for reference in law.inputs.references:
        if reference.status != "resolved" or reference.source.act not in law.acts or _closing(law, reference):
            continue
        target = _address(reference.target)
        if target is None or target.section is None or target.ledd is None or reference.via == "relative":
            continue
        flows = law.flows(str(target.section_address))
        source = _flow(law, reference)
        if source is None or len(flows) < 2 or str(target.section_address) == str(reference.source.section_address):
            continue
        better = _better(law, reference, target, source, flows)
        if better is not None:
            yield better


def _rare(law: Law, act: str) -> Counter[str]:
    """In how many sections of an act each longer word stem stands."""
    found: Counter[str] = Counter()
    document = law.documents.get(act)
    for section in document.sections() if document else ():
        text = " ".join(node.text for node in section.of("ledd", "item", "paragraph", "continuation"))
        found.update(_stems(text, document.language if document else "nb"))
    return found


def _stems(text: str, language: str) -> set[str]:
    return {
        w.removesuffix("r").removesuffix("e").removesuffix("n") for w in normal(text, language).split() if len(w) >= 12
    }


# Few references, and one that the words before it explain ("… agreement, cf. § 3 second ledd"): else the matter is not told.
EXPLAINED = re.compile(r"\bjf\.?,?\s*(?:[a-zæøå-]+(?:loven|lova)\s*)?$", re.IGNORECASE)


def _better(law: Law, reference: Reference, target: Address, source: Flow, flows: Sequence[Flow]) -> Finding | None:
    piece = next((p for p in source.pieces if p.node.address == reference.source), source.pieces[0])
    before = piece.node.text[max(0, reference.start - 120) : reference.start]
    if not EXPLAINED.search(before):
        return None
    section = str(reference.source.section_address)
    back = {
        r.source.ledd or 1
        for r in law.references_from.get(str(target.section_address), ())
        if r.target == section or r.target.startswith(section + "/")
    }
    words = {f.number: _stems(f.text, f.sentences[0].language) for f in flows}
    if target.ledd not in words or target.ledd in back:
        return None
    about = _stems(before, source.sentences[0].language)
    counts = law.cached(f"rare {target.act}", lambda: _rare(law, target.act))
    shared = {n: {w for w in about & found if counts[w] <= 4} for n, found in words.items()}
    hits = sorted(n for n in words if n != target.ledd and (n in back or shared[n]))
    told = {w[:9] for w in about if counts[w] <= 4}
    if not back and any(w[:9] in told for w in words[target.ledd]):
        return None  # the ledd says it in a kindred word
    if not hits or shared[target.ledd] or (not back and len(hits) > 1):
        return None
    where, points = law.names.provision(str(reference.source)), law.names.provision(str(target))
    places = [str(f.address) for f in flows if f.number in hits]
    there = law.names.provisions(places)
    why = (
        Words("leddet viser tilbake hit", "the ledd refers back here")
        if back
        else Words("leddet har henvisningens sjeldne ord", "the ledd has the rare words of the reference")
    )
    return law.finding(
        "broken_or_stale_reference",
        (str(reference.source), str(target), *places),
        score=0.76,
        title=Words(
            f"{where.nb}: henvisningen treffer trolig feil ledd",
            f"{where.en}: the reference probably hits the wrong ledd",
        ),
        explanation=Words(
            f"{where.nb} viser til {points.nb}. Leddet finnes, men handler ikke om det som henvisningen gjelder; det gjør {there.nb}. "
            "Henvisningen er trolig ikke fulgt opp da leddene ble flyttet.",
            f"{where.en} {verb(where, 'refers')} to {points.en}. The ledd exists, but is not about the matter of the reference; {there.en} is. The "
            "reference was probably not updated when the ledd were moved.",
        ),
        reasons=(why,),
        evidence=(
            Evidence(str(reference.source), reference.start, reference.end, f"reference {target}"),
            *(Evidence(p, norm="about the matter") for p in places),
        ),
        key=(str(reference.source), str(target)),
        matter="stale",
    )
