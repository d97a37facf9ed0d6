"""Overlaps: the same regulated several times over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

from graph.finding import Finding, Words
from graph.findings.families import SUBSTANCE, Family, Group, aspect_words, families, one_per_sentence
from graph.law import Law, Norm, duty_type_by_id
from graph.names import CATEGORIES, actors, both, related, verb
from graph.wording import similarity

GENERIC = frozenset(("tjenesteytere", "offentlige_organer", "frivillig_og_privat"))
PERSONS = frozenset(("person", "foresatte"))
# kinds of duty that follow another one in the same ledd: told with it
FOLLOW_ON = frozenset(("choose_coordinating_service", "child_coordinator_coordinates", "agreement", "school_change"))
# kinds of duty that bind the municipality as one body, whatever service it is laid down for
MUNICIPAL = frozenset(("coordinate_services", "plan_order", "plan_cooperate", "plan_duty"))
NOBODY = frozenset(
    ("ansatte", "andre", "koordinator", "barnekoordinator", "koordinerende_enhet", "helsepersonell", "skoleeier")
)
OFFERS = re.compile(r"(samordne|koordinere).{0,30}(tilbud|tjeneste|bistand)")


def who(norm: Norm) -> tuple[str, ...]:
    """The actors of a norm, bearers first."""
    return tuple(dict.fromkeys((*norm.frame.bearer, *norm.frame.counterpart)))


def who_all(norms: Iterable[Norm]) -> tuple[str, ...]:
    """The actors of several norms, each once."""
    return tuple(dict.fromkeys(actor for norm in norms for actor in who(norm)))


def parallel_duties(law: Law) -> Iterator[Finding]:
    """Parallel duties: norms of the same kind of duty (category, level, kind of bearer and counterpart) in several acts.

    *Harmonised* (``parallel_duty_harmonised``): two acts or more say it in the same words once nynorsk is turned into
    bokmål and the bearer and the person served are taken out; one finding for the whole group. *Divergent*
    (``parallel_duty_divergent``): an act regulates the same kind of duty in other words; one finding for each such
    provision, which lists what differs (bearer, beneficiary, counterpart, trigger, modality, secrecy, wording).
    """
    for family in families(law):
        for group in (family.main, *family.others):
            if len(group.acts) >= 2:
                yield _harmonised(law, family, group)
        for group in family.others:
            finding = _divergent(law, family, group)
            if finding is not None:
                yield finding


def _harmonised(law: Law, family: Family, group: Group) -> Finding:
    names, where = family.duty_type.names, law.names.provisions(group.ledd)
    mean = sum(m.similarity for m in group.members) / len(group.members)
    norms, count = [m.norm for m in group.members], len(group.acts)
    exact = all(not m.aspects - {"bearer", "beneficiary"} for m in group.members)
    return law.finding(
        "parallel_duty_harmonised", group.ledd, actors=(a for n in norms for a in who(n)),
        score=0.5 + 0.035 * min(count, 12) + (0.05 if family.duty_type.expected else 0),
        title=Words(
            f"{names.nb}: {count} lover har samme regel i samme ord",
            f"{names.en}: {count} acts have the same rule in the same words",
        ),
        explanation=Words(
            f"{where.nb} regulerer det samme for hver sin tjeneste. Ordlyden er "
            f"{'den samme' if exact else 'i hovedsak den samme'} når pliktsubjekt og mottaker holdes utenfor"
            f" (likhet {mean:.2f}). Reglene er samordnet og bør endres samlet.",
            f"{where.en} regulate the same for a service each. The wording is "
            f"{'the same' if exact else 'in the main the same'} once bearer and beneficiary are left out"
            f" (similarity {mean:.2f}). The rules are harmonised and should be amended together.",
        ),
        reasons=(
            Words(f"{count} lover", f"{count} acts"),
            Words(f"likhet {mean:.2f}", f"similarity {mean:.2f}"),
        ),
        evidence=(n.evidence for n in norms), matter=family.duty_type.id,
    )  # fmt: skip


def _divergent(law: Law, family: Family, group: Group) -> Finding | None:
    norm, names = group.middle, family.duty_type.names
    beside = any(o.section == norm.section for o in (m.norm for m in family.main.members))
    peers = [m.norm for m in family.main.members if m.norm.act not in group.acts]
    if not peers or beside or (group.nearness < 0.15 and not family.duty_type.expected):
        return None
    person = {"secrecy"} if family.duty_type.group == "person" else set()  # consent there is no matter of secrecy
    aspects = group.aspects - {"bearer"} - person or group.aspects
    differs, here = aspect_words(aspects), law.names.provisions(group.ledd)
    others = law.names.provisions(n.ledd for n in peers)
    substance = bool(aspects & SUBSTANCE)
    many = len(group.ledd) > 1
    return law.finding(
        "parallel_duty_divergent", (*group.ledd, *(n.ledd for n in peers)), actors=who(norm),
        score=0.4 + (0.16 if substance else 0) + (0.1 if family.duty_type.expected else 0)
        + 0.02 * min(len(peers), 8) - (0.12 if group.nearness < 0.4 or family.duty_type.group == "person" else 0),
        title=Words(
            f"{names.nb}: {here.nb} avviker i {differs.nb}",
            f"{names.en}: {here.en} part{'' if many else 's'} from the other acts in {differs.en}",
        ),
        explanation=Words(
            f"{here.nb} regulerer det samme som {others.nb}, men skiller seg i {differs.nb} "
            f"(likhet {group.nearness:.2f}). Lovene sier ikke om forskjellen er ment.",
            f"{here.en} {'regulate' if many else 'regulates'} the same as {others.en}, but differ{'' if many else 's'} in "
            f"{differs.en} (similarity {group.nearness:.2f}). The acts do not say whether the difference is meant.",
        ),
        reasons=(
            Words(f"forskjell i {differs.nb}", f"difference in {differs.en}"),
            Words(f"{len(peers)} parallelle bestemmelser", f"{len(peers)} parallel provisions"),
        ),
        evidence=(*(m.norm.evidence for m in group.members), *(n.evidence for n in peers)),
        key=group.ledd, matter=family.duty_type.id,
    )  # fmt: skip


STAFF = re.compile(r"^(enhver|alle) som (utfører|arbeider)")
CIRCLE = re.compile(r"^(?P<who>[a-zæøå ]{3,80}?) (skal|plikter)\b")


def staff_circles(law: Law) -> Iterator[Finding]:
    """The circle of staff that is bound: where most acts bind everybody who works under them, one binds a part of them.

    Told (``parallel_duty_divergent``) of the duty to report to child welfare: the words before the verb say whether
    everybody is bound or professionals alone.
    """
    norms = [n for n in one_per_sentence(law.of_type("report_child_welfare")) if n.act in law.acts]
    every = [n for n in norms if STAFF.match(n.text)]
    for norm in norms:
        match = CIRCLE.match(norm.text)
        if norm in every or match is None or len(every) < 3:
            continue
        here, there = law.names.provision(norm.ledd), law.names.provisions(n.ledd for n in every)
        circle = match["who"]
        yield law.finding(
            "parallel_duty_divergent",
            (norm.ledd, *(n.ledd for n in every)),
            actors=who(norm),
            score=0.6,
            title=Words(
                f"Meldeplikten i {here.nb} binder «{circle}», de andre lovene alle som utfører arbeid",
                f"The duty to report in {here.en} {verb(here, 'binds')} «{circle}», the other acts all who work",
            ),
            explanation=Words(
                f"{there.nb} binder alle som utfører tjeneste eller arbeid etter loven. {here.nb} binder «{circle}». Ordlyden "
                "gir tvil om hvilke ansatte som er bundet.",
                f"{there.en} {verb(there, 'binds')} everybody who works under the act. {here.en} {verb(here, 'binds')} «{circle}». The words "
                "leave it in doubt which staff are bound.",
            ),
            reasons=(Words("annen krets av ansatte", "another circle of staff"),),
            evidence=(norm.evidence, *(n.evidence for n in every)),
            key=(norm.ledd,),
            matter="staff",
        )


def parallel_wordings(law: Law) -> Iterator[Finding]:
    """Parallel duties outside the known kinds: norms of one category that several acts state in nearly the same words.

    Two norms are parallel when their words, in any order, agree to 80 per cent and each has at least eight words.
    Norms on informing the person are left out unless bodies are involved: each service informs its own users.
    """
    known = {t.id for t in duty_type_by_id().values() if t.matter}
    taken = {n.ledd for n in law.norms if n.duty_type in known}
    norms = [
        n for n in one_per_sentence(law.norms)
        if n.act in law.acts and n.ledd not in taken and len(n.words) >= 8
        and n.frame.category != "information_to_person"
    ]  # fmt: skip
    parent = list(range(len(norms)))

    def root(key: int) -> int:
        while parent[key] != key:
            key = parent[key]
        return key

    for one, two in _alike(norms):
        if norms[one].act != norms[two].act:
            parent[root(two)] = root(one)
    clusters: dict[int, list[Norm]] = defaultdict(list)
    for index, norm in enumerate(norms):
        clusters[root(index)].append(norm)
    for cluster in clusters.values():
        acts = tuple(dict.fromkeys(n.act for n in cluster))
        if len(acts) < 2:
            continue
        category, where = CATEGORIES[cluster[0].frame.category], law.names.provisions(n.ledd for n in cluster)
        modal = {n.frame.modality for n in cluster}
        yield law.finding(
            "parallel_duty_harmonised" if len(modal) == 1 else "parallel_duty_divergent",
            tuple(n.ledd for n in cluster), actors=(a for n in cluster for a in who(n)),
            score=0.5 + 0.03 * min(len(acts), 8),
            title=Words(
                f"{category.nb}: {len(acts)} lover sier nesten det samme",
                f"{category.en}: {len(acts)} acts say nearly the same",
            ),
            explanation=Words(
                f"{where.nb} er bygd over samme ordlyd. Bestemmelsene bør endres samlet.",
                f"{where.en} are built on the same wording. The provisions should be amended together.",
            ),
            reasons=(Words(f"{len(acts)} lover", f"{len(acts)} acts"),),
            evidence=(n.evidence for n in cluster),
        )  # fmt: skip


def _alike(norms: list[Norm]) -> Iterator[tuple[int, int]]:
    """Pairs of norms of one category whose words, sorted, agree to 80 per cent; compared as whole tables, for speed."""
    by_category: dict[str, list[int]] = defaultdict(list)
    for index, norm in enumerate(norms):
        by_category[norm.frame.category].append(index)
    for places in by_category.values():
        texts = [" ".join(sorted(norms[p].words)) for p in places]
        table = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=80, dtype="uint8")
        for one, two in zip(*table.nonzero(), strict=True):
            if one < two:
                yield places[int(one)], places[int(two)]


def _own_service(law: Law, actor: str, act: str) -> str:
    """The service that an actor stands for in an act, empty when the act's service is another."""
    service = law.service_of(act)
    return service.id if service and service.actors and service.actors[0] == actor else ""


def _same_bearer(law: Law, one: Norm, two: Norm) -> tuple[str, str] | None:
    """Actors of two norms that bind the same body: the same actor, or one a part of the other."""
    for left in one.frame.bearer:
        for right in two.frame.bearer:
            if {left, right} & (GENERIC | NOBODY | PERSONS | {*one.frame.counterpart} & {*two.frame.counterpart}):
                continue
            first, second = _own_service(law, left, one.act), _own_service(law, right, two.act)
            if left == right and first and second and first != second:
                continue  # skole is the public school in one act and the private one in the other
            if related(left, right):
                return left, right
    return None


def double_regulation(law: Law) -> Iterator[Finding]:
    """Double regulation: two acts bind the same bearer towards the same counterpart on the same matter.

    Told in four ways. The bearers are the same actor, or one is a part of the other (ontology), and the kind of duty
    is the same: one finding for all provisions that bind that bearer. Or the receiver's own act binds everybody to
    report to it, while the sender's act says it again: one finding for the kind of duty. Or the acts of both parties
    demand the same agreement. Or several acts each give the same person an individual plan.
    """
    yield from _same_body(law)
    yield from _receivers_act(law)
    yield from _both_parties(law)
    yield from _several_plans(law)


def _same_body(law: Law) -> Iterator[Finding]:
    bound: dict[tuple[str, ...], dict[str, list[Norm]]] = defaultdict(lambda: defaultdict(list))
    for id_, norms in law.by_type.items():
        type_ = duty_type_by_id().get(id_)
        if type_ is None or not type_.matter or type_.group in ("person", "confidentiality") or id_ in FOLLOW_ON:
            continue
        members = [n for n in one_per_sentence(norms) if n.frame.modality == "duty" and n.act in law.acts]
        receivers = {a for n in members for a in n.frame.counterpart}
        for one, two in combinations(members, 2):
            found = None if one.section == two.section else _same_bearer(law, one, two)
            if found is None or set(found) & receivers or (set(found) <= {"kommune"} and id_ not in MUNICIPAL):
                continue
            shared = {*one.frame.counterpart} & {*two.frame.counterpart}
            if not one.frame.counterpart or not two.frame.counterpart or shared:
                what = id_ if "kommune" in found else type_.group
                bound[tuple(sorted(set(found)))][what] += [one, two]
    for bearers, groups in bound.items():
        for group, twice in groups.items():
            finding = _bound_twice(law, bearers, group, list(dict.fromkeys(twice)))
            if finding is not None:
                yield finding


def _bound_twice(law: Law, bearers: tuple[str, ...], group: str, norms: list[Norm]) -> Finding | None:
    norms.sort(key=lambda n: n.frame.address.order)
    places = tuple(dict.fromkeys(n.ledd for n in norms))
    acts = tuple(dict.fromkeys(n.act for n in norms))
    if len(acts) < 2:
        return None
    name, where = actors(bearers), law.names.provisions(places)
    what = both(duty_type_by_id()[n.duty_type].names for n in norms)
    return law.finding(
        "double_regulation", places, actors=bearers, score=0.57 + 0.03 * min(len(acts), 9),
        title=Words(
            f"{what.nb}: {name.nb} er bundet av {len(acts)} lover",
            f"{what.en}: {name.en} bound by {len(acts)} acts",
        ),
        explanation=Words(
            f"{where.nb} pålegger {name.nb} det samme ({what.nb}). I samme sak gjelder de ved siden av hverandre, og "
            "lovene sier ikke hvilken som går foran.",
            f"{where.en} lay the same on {name.en} ({what.en}). In one case they apply side by side, and the acts do not "
            "say which goes first.",
        ),
        reasons=(Words(f"{len(acts)} lover, samme pliktsubjekt", f"{len(acts)} acts, same bearer"),),
        evidence=(n.evidence for n in norms), matter=group,
    )  # fmt: skip


def _receivers_act(law: Law) -> Iterator[Finding]:
    """The receiver's act and the senders' acts lay down the same report."""
    for id_ in ("report_child_welfare", "order_child_welfare", "pregnant_user", "plan_notify"):
        members = one_per_sentence(law.by_type.get(id_, ()))
        receivers = [
            n for n in members
            if ((service := law.service_of(n.act)) and service.actors[0] in n.frame.counterpart) or _from_receiver(law, n)
        ]  # fmt: skip
        senders = [n for n in members if n not in receivers]
        if not receivers or not senders:
            continue
        names = duty_type_by_id()[id_].names
        first, rest = law.names.provisions(n.ledd for n in receivers), law.names.provisions(n.ledd for n in senders)
        places = tuple(dict.fromkeys(n.ledd for n in (*receivers, *senders)))
        power = all(n.frame.modality == "permission" for n in receivers)
        yield law.finding(
            "double_regulation", places, actors=who_all(receivers), score=0.74,
            title=Words(
                f"{names.nb}: både mottakerens lov og avsendernes lover har plikten",
                f"{names.en}: both the receiver's act and the senders' acts lay down the duty",
            ),
            explanation=Words(
                f"{first.nb} {'lar mottakeren pålegge andre å gi opplysningene' if power else 'binder alle som arbeider for det offentlige, og flere yrkesgrupper'}. {rest.nb} gjentar plikten "
                "for sin tjeneste. De samme personene er dermed bundet to ganger, og endres den ene, må de andre følge med.",
                f"{first.en} {verb(first, 'lets') + ' the receiver order others to inform it' if power else verb(first, 'binds') + ' everybody who works for a public body, and several professions'}. {rest.en} {verb(rest, 'repeats')} the duty "
                "for their service. The same persons are bound twice, and when one is amended the others must follow.",
            ),
            reasons=(Words("plikten står i begge ender", "the duty stands at both ends"),),
            evidence=(n.evidence for n in (*receivers, *senders)), matter=f"receiver:{id_}",
        )  # fmt: skip


def _from_receiver(law: Law, norm: Norm) -> bool:
    """Whether the receiver's own act lays down that others must tell it (child welfare's power to order information)."""
    service = law.service_of(norm.act)
    return bool(service and norm.duty_type == "order_child_welfare" and service.id == "barnevern")


def _rare_words(norm: Norm) -> set[str]:
    return {w for w in norm.words if len(w) > 13 and not w.startswith(("samarbeid", "helse", "spesialist", "regional"))}


def same_agreement(law: Law, one: Norm, two: Norm) -> bool:
    """Whether two duties to agree are about one agreement: one refers to the other, or they share their rare words."""
    return (
        any(r.target.startswith(two.section) for r in law.references_in(one.ledd))
        or any(r.target.startswith(one.section) for r in law.references_in(two.ledd))
        or bool(_rare_words(one) & _rare_words(two))
    )


def _both_parties(law: Law) -> Iterator[Finding]:
    """The acts of both parties demand one agreement: the bearer of one is the counterpart of the other."""
    norms = [
        n for n in one_per_sentence(law.of_type("agreement")) if n.act in law.acts and "samarbeidsavtale" in n.text
    ]
    norms = list({n.section: n for n in reversed(norms)}.values())[::-1]
    for one, two in combinations(norms, 2):
        if one.act == two.act:
            continue
        if not same_agreement(law, one, two):
            continue
        where = law.names.provisions((one.ledd, two.ledd))
        yield law.finding(
            "double_regulation",
            (one.ledd, two.ledd),
            actors=dict.fromkeys((*who(one), *who(two))),
            score=0.62,
            title=Words(
                f"Samme avtale er pålagt i begge parters lov: {where.nb}",
                f"One agreement demanded by both acts: {where.en}",
            ),
            explanation=Words(
                f"{where.nb} pålegger hver sin part å inngå den samme avtalen. Pliktene speiler hverandre, men innhold og krav "
                "er regulert hver for seg og må endres sammen.",
                f"{where.en} {verb(where, 'binds')} a party each to enter into the same agreement. The duties mirror each other, but contents and "
                "demands are regulated apart and must be amended together.",
            ),
            reasons=(Words("begge parter er bundet, hver i sin lov", "both parties are bound, each by its act"),),
            evidence=(one.evidence, two.evidence),
            matter="both parties",
        )


def mirrored_duties(law: Law) -> Iterator[Finding]:
    """Mirrored duties: two acts bind both parties to the same towards each other (``parallel_duty_harmonised``).

    The bearer of the one is the counterpart of the other: agreements that both acts demand, guidance that each service
    owes the other in nearly the same words. One finding for each kind of duty and pair of acts.
    """
    for kind in ("agreement", "guide_service"):
        norms = [n for n in one_per_sentence(law.of_type(kind)) if n.act in law.acts and n.frame.modality == "duty"]
        pairs: dict[tuple[str, str], list[Norm]] = defaultdict(list)
        for one, two in combinations(norms, 2):
            about = same_agreement(law, one, two) if kind == "agreement" else similarity(one.words, two.words) >= 0.7
            if one.act < two.act and about and _facing(law, one, two) and _facing(law, two, one):
                pairs[one.act, two.act] += [one, two]
        for found in pairs.values():
            yield _mirrored(law, kind, sorted(dict.fromkeys(found), key=lambda n: n.frame.address.order))


def _facing(law: Law, one: Norm, two: Norm) -> bool:
    """Whether the bearer of one, or the service of its act, is the counterpart of the other (or that names none)."""
    service = law.service_of(one.act)
    bearers = {*one.frame.bearer, *(service.actors[:1] if service else ())}
    return any(related(b, c) for b in bearers for c in two.frame.counterpart) or (
        not two.frame.counterpart and bool(two.frame.bearer)
    )


def _mirrored(law: Law, kind: str, norms: list[Norm]) -> Finding:
    names, where = duty_type_by_id()[kind].names, law.names.provisions(n.ledd for n in norms)
    return law.finding(
        "parallel_duty_harmonised", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.66,
        title=Words(f"{names.nb}: speilvendte plikter i {where.nb}", f"{names.en}: mirrored duties in {where.en}"),
        explanation=Words(
            f"{where.nb} pålegger begge parter det samme overfor hverandre, hver i sin lov. Pliktene er bygd over samme mønster og bør "
            "endres samlet.",
            f"{where.en} bind both parties to the same towards each other, each in its own act. The duties follow one pattern and should "
            "be amended together.",
        ),
        reasons=(Words("begge parter er bundet", "both parties are bound"),),
        evidence=(n.evidence for n in norms), matter=f"mirror {kind}",
    )  # fmt: skip


def _several_plans(law: Law) -> Iterator[Finding]:
    """Rights to a plan and duties to make one in several acts, for a person who may fall under all of them."""
    norms = [n for n in one_per_sentence(law.of_type("plan_right", "plan_duty")) if n.act in law.acts]
    acts = tuple(dict.fromkeys(n.act for n in norms))
    rights = [n for n in norms if n.frame.modality == "right"]
    duties = [n for n in norms if n.frame.modality == "duty"]
    if len(acts) < 3 or not rights or not duties:
        return
    order = [n for n in one_per_sentence(law.of_type("plan_order")) if n.act in law.acts]
    first, second = law.names.provisions(n.ledd for n in duties), law.names.provisions(n.ledd for n in rights)
    ordered = law.names.provisions(n.ledd for n in order)
    only = Words(
        f" Bare {ordered.nb} sier hvem som leder, og bare innen helse." if order else "",
        f" Only {ordered.en} say who leads, and only within health." if order else "",
    )
    yield law.finding(
        "double_regulation",
        (*(n.ledd for n in duties), *(n.ledd for n in rights)),
        actors=who_all(norms),
        score=0.76,
        title=Words(
            f"Individuell plan er regulert i {len(acts)} lover", f"Individual plans are regulated in {len(acts)} acts"
        ),
        explanation=Words(
            f"{first.nb} pålegger å lage individuell plan; {second.nb} gir rett til en. Samme person kan falle inn under flere av "
            f"dem, men skal bare ha én plan.{only.nb}",
            f"{first.en} demand an individual plan; {second.en} give a right to one. One person may fall under several of them, but "
            f"is to have one plan.{only.en}",
        ),
        reasons=(Words(f"{len(acts)} lover, én plan", f"{len(acts)} acts, one plan"),),
        evidence=(n.evidence for n in norms),
        matter="plans",
    )


PERSONAL = ("coordinator", "child_coordinator")


def appointments(law: Law) -> list[Norm]:
    """The provisions that give a person or family a coordinator: one for each section, the first duty to appoint."""
    found: dict[str, Norm] = {}
    for norm in one_per_sentence(law.of_type(*PERSONAL)):
        if norm.act in law.acts and norm.frame.modality == "duty" and "forskrift" not in norm.text:
            found.setdefault(norm.section, norm)
    return list(found.values())


def municipal(law: Law) -> list[Norm]:
    """The provisions that make the municipality coordinate the services, one for each section."""
    found: dict[str, Norm] = {}
    for norm in one_per_sentence(law.of_type("coordinate_services")):
        if norm.act in law.acts:
            found.setdefault(norm.section, norm)
    choosing = {n.section for n in law.of_type("choose_coordinating_service")}
    return [n for n in found.values() if n.section in choosing] or list(found.values())


def units(law: Law) -> list[Norm]:
    """The provisions on a coordinating unit, one for each section."""
    found: dict[str, Norm] = {}
    for norm in one_per_sentence(law.of_type("coordinating_unit")):
        if norm.act in law.acts:
            found.setdefault(norm.section, norm)
    return list(found.values())


def sector_coordinators(law: Law) -> list[Norm]:
    """Other services that coordinate what several bodies offer the same person, one for each section."""
    found: dict[str, Norm] = {}
    for norm in one_per_sentence(law.of_type("coordinate_other", "plan_order")):
        if norm.act in law.acts and norm.frame.modality == "duty" and (
            norm.duty_type == "plan_order" or OFFERS.search(norm.text)
        ):  # fmt: skip
            found.setdefault(norm.section, norm)
    return list(found.values())


def several_coordinators(law: Law) -> Iterator[Finding]:
    """Several coordinators for the same person: two provisions each give the person a coordinator or coordinating body.

    Pairs of personal coordinators (coordinator, child coordinator) in different sections; the coordinating units of
    different acts; the municipality's duty to coordinate in several acts beside each personal coordinator; another
    service that coordinates offers to the same persons beside the municipality's duty in the same act.
    """
    people = appointments(law)
    rights = [n for n in one_per_sentence(law.of_type(*PERSONAL)) if n.frame.modality == "right" and n.act in law.acts]
    for one, two in combinations(people, 2):
        # the rights that answer to either
        answer = [n for n in rights if n.duty_type in (one.duty_type, two.duty_type)]
        yield _several(law, (one, two), answer, 0.72, "person")
    groups = units(law)
    if len({n.act for n in groups}) > 1:
        yield _several(law, groups, (), 0.66, "unit")
    coordinating = municipal(law)
    if coordinating:
        for norm in people:
            yield _several(law, (norm, *coordinating), (), 0.64, "municipal")
    for norm in sector_coordinators(law):
        beside = [n for n in coordinating if n.act == norm.act and n.section != norm.section]
        if beside and norm.duty_type != "plan_order":
            yield _several(law, (norm, *beside), (), 0.6, "sector")


def _several(law: Law, norms: tuple[Norm, ...] | list[Norm], rights: object, score: float, how: str) -> Finding:
    more = [n for n in rights if isinstance(n, Norm)] if isinstance(rights, (list, tuple)) else []
    where, first = law.names.provisions(n.ledd for n in norms), law.names.provision(norms[0].ledd)
    titles = {
        "person": Words("to koordinatorer for samme person", "two coordinators for the same person"),
        "unit": Words("to koordinerende enheter for samme tilbud", "two coordinating units for the same services"),
        "municipal": Words(
            "både personlig koordinator og kommunal samordner", "both a personal coordinator and a municipal one"
        ),
        "sector": Words("flere samordnere i samme lov", "several coordinators in one act"),
    }
    title = titles[how]
    answer = law.names.provisions(n.ledd for n in more)
    rest = len(norms) > 3
    places = Words(
        f"{first.nb} og {len(norms) - 1} samordningsbestemmelser" if rest else where.nb,
        f"{first.en} and {len(norms) - 1} provisions on coordination" if rest else where.en,
    )
    return law.finding(
        "several_coordinators", (*(n.ledd for n in norms), *(n.ledd for n in more)),
        actors=who_all(norms), score=score,
        title=Words(f"{title.nb}: {places.nb}", f"{title.en}: {places.en}"),
        explanation=Words(
            f"En person som fyller vilkårene i {where.nb}, kan få flere som samordner de samme tjenestene."
            + (f" Rettene i {answer.nb} svarer til dem." if more else "")
            + " Den enkelte og tjenestene må selv finne ut hvem som gjør hva.",
            f"A person who fulfils {where.en} may get several who coordinate the same services."
            + (f" The rights in {answer.en} answer to them." if more else "")
            + " The person and the services must find out themselves who does what.",
        ),
        reasons=(Words(f"{len(norms)} bestemmelser om samordning", f"{len(norms)} provisions on coordination"),),
        evidence=(n.evidence for n in (*norms, *more)),
        key=tuple(n.ledd for n in norms), matter=how,
    )  # fmt: skip
