"""Gaps in the references: broken, stale after renumbering, or leading to a replaced act."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.finding import Evidence, Finding, Words
from graph.law import Law
from graph.names import both, verb
from graph.successors import replaced_by, successors
from graph.tables import load_table
from graph.wording import normal
from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.model import Document
from lovdata_ingest.references.reference import Reference
from lovdata_ingest.sentences import Flow

# Sections that close an act: what they repeal or carry over leads to acts that are gone, and should.
CLOSING = re.compile(
    r"ikraft|iverks|i kraft|overgang|opphev|endring(er|ar)? i (andre|annen)|endringer|endringar|forholdet til|tidligere|"
    r"^\(?oppheva?",
    re.IGNORECASE,
)
AMENDING = re.compile(r"endringslov|ikrafttred|ikrafttrædelse", re.IGNORECASE)
PENAL = "lov/1902-05-22-10"
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
    One finding for each section and target act, and one for all sections that refer to the same replaced act. Stale are
    also a reference that lets the duties of a ledd apply which is only a power to make regulations, one in a list of
    parallel provisions that leads to a rule for private bodies alone, a reference to an act as a whole for a matter that now stands in another act ("as far as follows from …"), and
    the former name of a body.
    """
    yield from _broken(law)
    yield from _stale(law)
    yield from _power_only(law)
    yield from _part_only(law)
    yield from _moved_matter(law)
    yield from _former_bodies(law)
    yield from _replaced(law)


def _closing(law: Law, reference: Reference) -> bool:
    """Whether a reference stands in what closes or amends: closing sections, amending acts, the parts of an act as promulgated.

    Such parts have numbers or roman numbers, or quote a section whose number is not of the act's kind.
    """
    if not (reference.source.path and reference.source.path[0].startswith("§")):
        return True
    section = law.sections.get(str(reference.source.section_address))
    act = law.names.act(reference.source.act)
    return (
        bool(AMENDING.search(act))
        or (section is not None and CLOSING.search(section.title) is not None)
        or _foreign(law, reference.source.act, reference.source.section)
    )


def _foreign(law: Law, act: str, number: str | None) -> bool:
    """Whether a section's number is not of the kind that an act has: "§ 38" in an act of "§ 2-1" and the like."""

    def mostly_hyphens() -> bool:
        document = law.documents.get(act)
        numbers = [s.address.section or "" for s in document.sections() if s.address is not None] if document else []
        return bool(numbers) and sum("-" in n for n in numbers) >= 0.8 * len(numbers)

    return number is not None and "-" not in number and law.cached(f"hyphens {act}", mostly_hyphens)


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
        target = _address(reference.target)
        if target is None or _in_substance(law, reference):
            continue
        if own and reference.status == "no_such_section" and _foreign(law, target.act, target.section):
            continue  # the number is another act's
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
    by_act: dict[str, list[Reference]] = defaultdict(list)
    for reference in law.inputs.references:
        if (
            reference.status == "act_replaced"
            and _is_replaced(law, reference)
            and reference.source.act in law.acts
            and not _closing(law, reference)
        ):
            groups[str(reference.source.section_address), "/".join(reference.target.split("/")[:2])].append(reference)
            by_act["/".join(reference.target.split("/")[:2])].append(reference)
    for act, found in by_act.items():
        if len({str(r.source.section_address) for r in found}) >= 3:
            yield _replaced_everywhere(law, act, found)
    for (section, act), found in groups.items():
        by_name = all("/§" not in r.target for r in found) and not any(re.search(r"\d{4}", r.text) for r in found)
        successor = replaced_by(act, law.inputs.data.date) or ""
        new = law.names.act(successor) if successor else "?"
        here = law.names.provision(section)
        penal = act == PENAL
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


def _is_replaced(law: Law, reference: Reference) -> bool:
    """Whether a section names an act that was replaced on the day of the data.

    Acts that the tables do not know count as replaced. A mere name does not count whose bearer of today is not
    loaded: it may mean that one, as it does on a past day for which only the acts asked for are rebuilt.
    """
    act = "/".join(reference.target.split("/")[:2])
    if act not in successors():
        return True
    new = replaced_by(act, law.inputs.data.date)
    return new is not None and (new in law.documents or _dated(law, reference, act))


def _dated(law: Law, reference: Reference, act: str) -> bool:
    """Whether the words of a reference, or those before it, give the year of the act: no mere name."""
    source = _flow(law, reference)
    piece = next((p for p in source.pieces if p.node.address == reference.source), source.pieces[0]) if source else None
    before = piece.node.text[max(0, reference.start - 160) : reference.end] if piece else reference.text
    return act.removeprefix("lov/")[:4] in before


def _replaced_everywhere(law: Law, act: str, found: Sequence[Reference]) -> Finding:
    """All provisions that refer to one replaced act."""
    sections = tuple(sorted({str(r.source.section_address) for r in found}, key=lambda s: parse_address(s).order))
    where, new = law.names.provisions(sections), law.names.act(replaced_by(act, law.inputs.data.date) or "?")
    old = next((r.text.strip() for r in found if "/§" not in r.target), act)
    return law.finding(
        "replaced_act_reference", sections, score=0.5,
        title=Words(f"{len(sections)} paragrafer viser til en avløst lov ({old})", f"{len(sections)} sections refer to a replaced act ({old})"),
        explanation=Words(
            f"{where.nb} viser til {act}, som er avløst av {new}. Viser de til eldre straffbare forhold, kan det være ment; ellers bør de "
            "rettes samlet." if act == PENAL else f"{where.nb} viser til {act}, som er avløst av {new}. Henvisningene bør rettes samlet.",
            f"{where.en} {verb(where, 'refers')} to {act}, which has been replaced by {new}. For older offences this may be meant; otherwise they "
            "should be amended together." if act == PENAL
            else f"{where.en} {verb(where, 'refers')} to {act}, which has been replaced by {new}. The references should be amended together.",
        ),
        reasons=(Words(f"{len(sections)} paragrafer, samme avløste lov", f"{len(sections)} sections, one replaced act"),),
        evidence=(Evidence(_where(r), r.start, r.end, f"reference {r.target} {r.status}") for r in found), key=(act,), matter="everywhere",
    )  # fmt: skip


APPLIES = re.compile(r"\b(?:ansvar|plikt(?:er|ene)?|rett(?:er|igheter)?) etter\b.*\bgjelder tilsvarende")
POWER = re.compile(
    r"^(?:kongen|departementet|direktoratet|kongen i statsråd) (?:kan|gir|skal|fastsetter).{0,80}forskrift"
)


def _power_only(law: Law) -> Iterator[Finding]:
    """References that let the responsibility under a ledd apply, where the ledd is only a power to make regulations."""
    for reference in law.inputs.references:
        if reference.status != "resolved" or reference.source.act not in law.acts or "/ledd/" not in reference.target:
            continue
        source = _flow(law, reference)
        sentence = next((s for s in source.sentences if reference.text.strip() in s.text), None) if source else None
        if sentence is None or "tilsvarande" not in sentence.text.replace("tilsvarende", "tilsvarande"):
            continue
        target = _address(reference.target)
        if target is None or not APPLIES.search(normal(sentence.text, sentence.language)):
            continue
        flow = next((f for f in law.flows(str(target.section_address)) if f.number == target.ledd), None)
        if flow is None or not all(POWER.search(normal(s.text, s.language)) for s in flow.sentences):
            continue
        here, there = law.names.provision(str(reference.source)), law.names.provision(str(flow.address))
        others = [
            r.target
            for r in law.references_in(str(reference.source))
            if r.target.startswith(f"{target.section_address}/ledd/") and r.target != reference.target
        ]
        yield law.finding(
            "broken_or_stale_reference", (str(reference.source), str(flow.address), *others), score=0.74,
            title=Words(f"{here.nb}: {there.nb} er bare en forskriftshjemmel", f"{here.en}: {there.en} is only a power to make regulations"),
            explanation=Words(
                f"{here.nb} lar ansvaret etter {there.nb} gjelde tilsvarende, men leddet gir bare adgang til å gi forskrift og pålegger ingen noe. "
                "Henvisningen er trolig ikke fulgt opp da leddene ble endret.",
                f"{here.en} {verb(here, 'lets')} the responsibility under {there.en} apply, but the ledd is only a power to make regulations and binds nobody. The "
                "reference was probably not updated when the ledd were changed.",
            ),
            reasons=(Words("leddet pålegger ingen plikt", "the ledd lays down no duty"),),
            evidence=(Evidence(str(reference.source), reference.start, reference.end, f"reference {target}"), Evidence(str(flow.address), norm="power")),
            key=(str(reference.source), str(target)), matter="power",
        )  # fmt: skip


def _part_only(law: Law) -> Iterator[Finding]:
    """References in a list of several acts' provisions, to one whose heading binds private bodies alone."""
    for section, found in law.references_from.items():
        act = section.split("/§")[0]
        if act not in law.acts or law.closing(section):
            continue
        for reference in found:
            target = law.sections.get("/".join(reference.target.split("/")[:3]))
            service = law.service_of(reference.target.split("/§")[0])
            acts = {r.target.split("/§")[0] for r in found if r.source == reference.source and "/§" in r.target}
            if (
                target is None or len(acts) < 4 or service is None or service.owner == "private" or reference.source.act == reference.target.split("/§")[0]
                or " privat" not in f" {normal(target.title, 'nn')}" or reference.status != "resolved"
            ):  # fmt: skip
                continue
            here, there = law.names.provision(str(reference.source)), law.names.provision(str(target.address))
            yield law.finding(
                "broken_or_stale_reference", (str(reference.source), str(target.address)), actors=(service.actors[0],), score=0.64,
                title=Words(f"{here.nb}: {there.nb} gjelder bare private", f"{here.en}: {there.en} is for private bodies only"),
                explanation=Words(
                    f"{here.nb} regner opp parallelle bestemmelser i flere lover, blant dem {there.nb}. Den gjelder bare private; den offentlige "
                    "tjenesten etter samme lov treffes ikke. Henvisningen er trolig blitt for snever da loven ble avløst.",
                    f"{here.en} {verb(here, 'enumerates')} parallel provisions of several acts, {there.en} among them. It is for private bodies only; the public "
                    "service of the same act is not reached. The reference probably became too narrow when the act was replaced.",
                ),
                reasons=(Words("treffer bare en del av tjenesten", "reaches a part of the service only"),),
                evidence=(Evidence(str(reference.source), reference.start, reference.end, f"reference {reference.target}"),),
                key=(str(reference.source), str(target.address)), matter="part",
            )  # fmt: skip


DEPENDS = re.compile(r"\b(?:i den (?:grad|utstrekning)|slik|så langt) (?:dette|det) (?:følger|går fram|fremgår)")


def _moved_matter(law: Law) -> Iterator[Finding]:
    """References to a whole act for a matter that stands in another act today.

    The sentence gives a right or duty "as far as follows from" the act, which does not hold its long words at all,
    while another of the acts has a section headed with them.
    """
    for reference in law.inputs.references:
        if reference.status != "resolved" or reference.source.act not in law.acts or "/§" in reference.target:
            continue
        source, document = _flow(law, reference), law.documents.get(reference.target)
        if source is None or document is None or reference.target == reference.source.act:
            continue
        sentence = next((s for s in source.sentences if reference.text.strip() in s.text), None)
        if sentence is None or not DEPENDS.search(normal(sentence.text, sentence.language)):
            continue
        words = {
            w
            for w in normal(sentence.text, sentence.language).split()
            if len(w) >= 14 and not w.endswith(("loven", "lova"))
        }
        there = law.cached(f"words {reference.target}", lambda d=document: _all_words(d))  # type: ignore[misc]
        for word in sorted(words):
            stem = word[:12]
            if any(w.startswith(stem) for w in there):
                continue
            homes = [
                s for a in sorted(law.acts) if a not in (reference.source.act, reference.target) and a in law.documents
                for s in law.documents[a].sections() if s.address is not None and stem in normal(s.title, law.documents[a].language)
            ]  # fmt: skip
            if homes:
                said = normal(sentence.text, sentence.language).split()
                phrase = " ".join(said[said.index(word) : said.index(word) + 2])
                yield _moved(law, reference, phrase, [str(s.address) for s in homes][:4])
                break


def _all_words(document: Document) -> frozenset[str]:
    return frozenset(
        w
        for s in document.sections()
        for n in s.walk()
        if n.text
        for w in normal(n.text, document.language).split()
        if len(w) >= 12
    )


def _moved(law: Law, reference: Reference, word: str, homes: Sequence[str]) -> Finding:
    here, there, act = (
        law.names.provision(str(reference.source)),
        law.names.provisions(homes),
        law.names.act(reference.target),
    )
    return law.finding(
        "broken_or_stale_reference", (str(reference.source), *homes), score=0.74,
        title=Words(f"{here.nb}: {act} regulerer ikke lenger dette ({word})", f"{here.en}: {act} no longer regulates this ({word})"),
        explanation=Words(
            f"{here.nb} gir en rett i den grad den følger av {act}, men «{word}» er ikke nevnt der. Det er regulert i {there.nb}. Henvisningen er trolig "
            "ikke endret da reglene ble flyttet, og retten har etter ordlyden ikke noe innhold.",
            f"{here.en} {verb(here, 'gives')} a right as far as it follows from {act}, which does not mention «{word}». It is regulated in {there.en}. The reference was "
            "probably not amended when the rules were moved, and by its words the right has no content.",
        ),
        reasons=(Words("loven som nevnes, har ikke ordet", "the act that is named lacks the word"),),
        evidence=(
            Evidence(str(reference.source), reference.start, reference.end, f"reference {reference.target}"),
            *(Evidence(h, norm="where the matter stands") for h in homes),
        ),
        key=(str(reference.source), reference.target), matter="moved",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _former() -> list[tuple[str, re.Pattern[str], str, str]]:
    """Former names of bodies: the letters they begin with, their pattern, what they are called now, since when (ISO)."""
    return [
        (
            re.split(r"[\[(?]", entry["words"])[0].lower(),
            re.compile(rf"(?<![a-zæøå-])(?:{entry['words']})(?![a-zæøå])", re.IGNORECASE),
            entry["now"],
            str(entry["since"]),
        )
        for entry in load_table("former_bodies.yaml")["bodies"]
    ]


def _former_bodies(law: Law) -> Iterator[Finding]:
    """Provisions that still use the former name of a body (``data/former_bodies.yaml``)."""
    day = law.inputs.data.date[:10] or "9999"
    former = [one for one in _former() if one[3] <= day]
    for act in sorted(law.acts):
        document = law.documents.get(act)
        for section in document.sections() if document else ():
            for node in section.of("ledd", "item", "continuation"):
                text = node.text.lower()
                for stem, pattern, now, since in former:
                    match = pattern.search(node.text) if stem in text and node.address is not None else None
                    if match and not CLOSING.search(section.title):
                        yield _former_body(law, str(node.address), match, now, since)


def _former_body(law: Law, place: str, match: re.Match[str], now: str, since: str) -> Finding:
    here = law.names.provision(place)
    return law.finding(
        "broken_or_stale_reference", (place,), score=0.6,
        title=Words(f"{here.nb}: «{match[0]}» er et navn som ikke er i bruk", f"{here.en}: «{match[0]}» is a name no longer in use"),
        explanation=Words(
            f"{here.nb} bruker «{match[0]}». Navnet gikk ut av bruk i {since[:4]}, og organet heter nå {now}. Bestemmelsen er ikke rettet.",
            f"{here.en} {verb(here, 'uses')} «{match[0]}». The name went out of use in {since[:4]}, and the body is now called {now}. The provision was not amended.",
        ),
        reasons=(Words("tidligere navn på organet", "former name of the body"),),
        evidence=(Evidence(place, match.start(), match.end(), f"former name of {now}"),), key=(place,), matter=f"former {now}",
    )  # fmt: skip


def _stale(law: Law) -> Iterator[Finding]:
    for reference in law.inputs.references:
        if reference.status != "resolved" or reference.source.act not in law.acts or _closing(law, reference):
            continue
        target = _address(reference.target)
        if target is None or target.section is None or target.ledd is None or reference.via == "relative":
            continue
        source = None if target.section_address == reference.source.section_address else _flow(law, reference)
        if source is None or not EXPLAINED.search(_before(reference, source)):
            continue
        flows = law.flows(str(target.section_address))
        if len(flows) < 2:
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


def _before(reference: Reference, source: Flow) -> str:
    """The words before a reference in its ledd or item."""
    piece = next((p for p in source.pieces if p.node.address == reference.source), source.pieces[0])
    return piece.node.text[max(0, reference.start - 120) : reference.start]


def _better(law: Law, reference: Reference, target: Address, source: Flow, flows: Sequence[Flow]) -> Finding | None:
    before = _before(reference, source)
    section = str(reference.source.section_address)
    back = {
        r.source.ledd or 1
        for r in law.references_from.get(str(target.section_address), ())
        if r.target == section or r.target.startswith(section + "/")
    }
    about = _stems(before, source.sentences[0].language)
    if target.ledd in back or not (about or back):
        return None
    words = {f.number: _stems(f.text, f.sentences[0].language) for f in flows}
    if target.ledd not in words:
        return None
    if not back and not any(about & found for n, found in words.items() if n != target.ledd):
        return None
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
