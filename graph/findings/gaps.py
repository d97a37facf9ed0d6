"""Gaps: what a rule presupposes and no rule gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from graph.duty_matrix import matrix_of
from graph.finding import Evidence, Finding, Words
from graph.findings.conflicts import BODIES, secrecy_norms
from graph.findings.families import one_per_sentence
from graph.findings.overlaps import GENERIC, PERSONS, appointments, same_agreement, who_all
from graph.findings.references import references
from graph.findings.terms import all_have_grants
from graph.findings.to_come import pending_changes
from graph.law import Law, Norm, Service, duty_type_by_id, exceptions
from graph.names import CATEGORIES, actor_name, actors, both, related, verb, wider
from graph.wording import normal, tokens

OWNERS = frozenset(("ansatte", "helsepersonell", "skoleeier", "barnehageeier", "ppt"))


def missing_mirrors(law: Law) -> Iterator[Finding]:
    """A duty without its mirror: A must cooperate with B, and nothing binds B towards A.

    Judged with the ontology (B or what B is a part of) and with the definitions: a duty of B towards "service
    providers" is a mirror where the definition covers A. Five cases. (1) A duty towards a named service whose own act
    holds no such duty back; where the matter is special (a transition), a general duty to cooperate is no mirror.
    (2) A duty laid on B by A's act alone, while B's own act is silent. (3) Service providers that the others must
    cooperate with, but that their own act does not bind. (4) Providers that are bound, but that the others' definition
    leaves out. (5) Receivers of reports that need not answer the sender, while another receiver must.
    """
    yield from _named(law)
    yield from _silent_home(law)
    yield from _unbound(law)
    yield from _left_out(law)
    yield from _no_answer(law)


def home_services(law: Law, actor: str) -> list[Service]:
    """The services whose act speaks for an actor: those that list it."""
    return [s for s in law.services if actor in s.actors and actor not in ("ansatte", "helsepersonell", "ppt")]


MUTUAL = frozenset(("cooperation", "cooperation_agreement"))


def _mirrors(law: Law, norm: Norm, bearer: str, other: str) -> list[Norm]:
    """Norms that bind *other* towards *bearer* by name, in the same category; assistance may be joined with a report."""
    return [
        m
        for m in one_per_sentence(law.norms)
        if m is not norm
        and m.frame.modality == "duty"
        and (m.frame.category == norm.frame.category or (norm.duty_type == "assist" and "bistand" in m.text))
        and any(related(b, other) for b in m.frame.bearer)
        and (bearer not in m.frame.bearer or other in m.frame.bearer)  # a duty of the bearer itself is no mirror
        and any(related(c, bearer) for c in m.frame.counterpart)
    ]


def _general(law: Law, other: str) -> list[Norm]:
    """General duties of an actor towards service providers."""
    return [
        m for m in law.of_type("cooperate_case", "cooperate_system")
        if m.frame.modality == "duty" and BODIES & set(m.frame.counterpart)
        and any(b in wider(other) or b == other for b in m.frame.bearer)
    ]  # fmt: skip


def _named(law: Law) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[tuple[Norm, bool]]] = defaultdict(list)
    for norm in one_per_sentence(law.norms):
        if norm.frame.category not in MUTUAL or norm.frame.modality != "duty" or norm.act not in law.acts:
            continue
        if not re.search(r"\bsamarbeide?r?\b|samarbeidsavtale", norm.text) and norm.duty_type != "assist":
            continue
        own = law.service_of(norm.act)
        for other in norm.frame.counterpart:
            if (
                other in GENERIC
                or other in PERSONS
                or other in ("kommune", "ansatte", "barnekoordinator", "koordinator")
            ):
                continue
            homes = [
                s for s in home_services(law, other) if own is None or s.id != own.id or other in norm.frame.bearer
            ]
            transition = norm.duty_type == "cooperate_transition"
            if not homes and not (transition and own):
                continue
            mirrors = [m for b in norm.frame.bearer for m in _mirrors(law, norm, b, other)]
            if norm.frame.category == "cooperation_agreement":
                mirrors = [
                    m
                    for m in law.of_type("agreement")
                    if m.act != norm.act
                    and any(related(b, other) for b in m.frame.bearer)
                    and same_agreement(law, norm, m)
                ]
            if transition:
                mirrors = [m for m in mirrors if m.duty_type == "cooperate_transition" and "samarbeid" in m.text]
            general = not transition and norm.frame.category == "cooperation" and bool(_general(law, other))
            if mirrors or (general and norm.duty_type != "assist"):
                continue
            found[norm.ledd, other].append((norm, general))
        if norm.duty_type == "cooperate_child_coordinator" and not _answers_coordinator(law):
            found[norm.ledd, "barnekoordinator"].append((norm, False))
    for (ledd, other), hits in found.items():
        yield _mirror_finding(law, ledd, other, *hits[0])


def _answers_coordinator(law: Law) -> bool:
    """Whether the child coordinator is bound to cooperate with other coordinators."""
    return any(
        n.frame.category == "cooperation" and "barnekoordinator" in n.frame.bearer and "koordinator" in n.text
        for n in law.norms
    )


def _mirror_finding(law: Law, ledd: str, other: str, norm: Norm, general: bool) -> Finding:
    targets = [
        r.target for r in law.references_in(ledd)
        if r.status == "resolved" and r.target.startswith("lov/") and "/§" in r.target and "/".join(r.target.split("/")[:2]) in law.acts
    ]  # fmt: skip
    near = [p for s in home_services(law, other) if s.act != norm.act for p in _nearest(law, s)][:2]
    here, name = law.names.provision(ledd), actor_name(other)
    if other in norm.frame.bearer:
        name = Words(f"den andre parten ({name.nb})", f"the other party ({name.en})")
    bearer, there = actors(norm.frame.bearer), law.names.provisions(targets)
    special = norm.duty_type in ("cooperate_transition", "cooperate_child_coordinator")
    return law.finding(
        "missing_mirror", (ledd, *targets, *near), actors=(*norm.frame.bearer, other), score=0.44 if general else 0.76 if special and targets else 0.64,
        title=Words(
            f"{here.nb}: {name.nb} er ikke bundet tilbake",
            f"{here.en}: {name.en} is not bound in return",
        ),
        explanation=Words(
            f"{here.nb} pålegger {bearer.nb} å samarbeide med {name.nb}. Ingen bestemmelse i lovene pålegger {name.nb} det "
            f"samme tilbake{' i denne saken' if special else ''}{'; bare den alminnelige samarbeidsplikten gjelder' if general else ''}."
            + (f" {there.nb}, som bestemmelsen viser til, inneholder ingen plikt til å samarbeide om dette." if targets else ""),
            f"{here.en} {verb(here, 'binds')} {bearer.en} to cooperate with {name.en}. No provision of the acts binds {name.en} to the same in "
            f"return{' in this matter' if special else ''}{'; only the general duty to cooperate applies' if general else ''}."
            + (f" {there.en}, which the provision refers to, holds no duty to cooperate on this." if targets else ""),
        ),
        reasons=(
            Words("ingen speilbestemmelse funnet", "no mirror provision found"),
            *((Words("den viste bestemmelsen har ikke plikten", "the provision referred to lacks the duty"),) if targets else ()),
        ),
        evidence=(norm.evidence, *(Evidence(t, norm="referred to") for t in targets), *(Evidence(p, norm="nearest provision of the other party") for p in near)), key=(ledd,), matter=other,
    )  # fmt: skip


def _silent_home(law: Law) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[tuple[Norm, Service]]] = defaultdict(list)
    for norm in one_per_sentence(law.norms):
        if (
            norm.act not in law.acts
            or norm.frame.modality != "duty"
            or norm.frame.category not in ("cooperation", "information_sharing")
        ):
            continue
        own = law.service_of(norm.act)
        if own is None or not norm.frame.bearer:
            continue
        first = norm.frame.bearer[0]
        homes = [s for s in home_services(law, first) if s.actors[0] == first]
        if not homes or own in homes or any(first in s.actors for s in (own,)) or related(first, own.actors[0]):
            continue
        home = homes[0]
        named = [
            m for m in law.by_act.get(home.act, ())
            if any(related(c, a) for c in m.frame.counterpart for a in own.actors if a not in ("ansatte", "helsepersonell"))
            and m.frame.category == norm.frame.category
        ]  # fmt: skip
        if named:
            continue
        found[norm.act, home.id].append((norm, home))
    for (_, id_), hits in found.items():
        yield _silent(law, [n for n, _ in hits], hits[0][1], id_)


def _silent(law: Law, norms: Sequence[Norm], home: Service, matter: str) -> Finding:
    """Duties that one act lays on the service of another act, which is silent: told together."""
    first, own = norms[0].frame.bearer[0], law.service_of(norms[0].act)
    here = law.names.provisions(n.ledd for n in norms)
    return law.finding(
        "missing_mirror", tuple(n.ledd for n in norms), actors=(first, *(own.actors[:1] if own else ())), score=0.5,
        title=Words(
            f"{here.nb} binder {home.names.nb}, men {law.names.act(home.act)} sier ingenting",
            f"{here.en} {verb(here, 'binds')} {home.names.en}, but {law.names.act(home.act)} is silent",
        ),
        explanation=Words(
            f"{here.nb} pålegger {actor_name(first).nb} en plikt overfor en annen tjeneste. {law.names.act(home.act)}, som "
            "ellers samler tjenestens plikter, har ingen tilsvarende bestemmelse. De ansatte finner ikke plikten i sin egen lov.",
            f"{here.en} {verb(here, 'lays')} a duty towards another service on {actor_name(first).en}. {law.names.act(home.act)}, which gathers "
            "the duties of the service, has no such provision. Its staff do not find the duty in their own act.",
        ),
        reasons=(Words("plikten står bare i den andres lov", "the duty stands in the other's act alone"),),
        evidence=(n.evidence for n in norms), key=(norms[0].act,), matter=f"silent {matter}",
    )  # fmt: skip


def _unbound(law: Law) -> Iterator[Finding]:
    owed = [
        n for n in one_per_sentence(law.of_type("cooperate_case")) if n.act in law.acts and n.frame.modality == "duty"
    ]
    if len({n.act for n in owed}) < 3:
        return
    for service in law.services:
        bound = {b for n in owed if n.act == service.act for b in n.frame.bearer}
        own = [n for n in owed if n.act == service.act]
        if not own:
            yield _not_bound_at_all(law, service, owed)
            continue
        for actor in service.actors:
            if actor in OWNERS or any(b in wider(actor) for b in bound - {"kommune", "fylkeskommune"}):
                continue
            if actor == service.actors[0] and bound & {"kommune", "fylkeskommune"}:
                continue
            mentions = [
                n
                for n in law.by_act[service.act]
                if actor in n.frame.bearer and n.frame.category in ("cooperation", "coordination")
            ]
            others = [n for n in owed if n.act != service.act]
            own_words, name = law.names.provisions(n.ledd for n in own), actor_name(actor)
            count = len({n.act for n in others})
            yield law.finding(
                "missing_mirror", (*(n.ledd for n in own), *(n.ledd for n in mentions)), actors=(actor, *sorted(bound)), score=0.68,
                title=Words(
                    f"{name.nb} er ikke bundet av samarbeidsplikten i {law.names.act(service.act)}",
                    f"{name.en} is not bound by the duty to cooperate in {law.names.act(service.act)}",
                ),
                explanation=Words(
                    f"{own_words.nb} binder {actors(sorted(bound)).nb}, ikke {name.nb}. {count} andre lover pålegger sine tjenester å "
                    f"samarbeide med tjenesteytere, og {name.nb} hører etter ordlyden med blant dem. Plikten er dermed ikke gjensidig.",
                    f"{own_words.en} {verb(own_words, 'binds')} {actors(sorted(bound)).en}, not {name.en}. {count} other acts bind their services to "
                    f"cooperate with service providers, and {name.en} is one of them by the words. The duty is thus not mutual.",
                ),
                reasons=(Words(f"{count} lover pålegger plikten overfor aktøren", f"{count} acts owe the duty to the actor"),),
                evidence=(*(n.evidence for n in own), *(n.evidence for n in mentions)),
                key=(own[0].section, actor), matter="unbound",
            )  # fmt: skip


def _not_bound_at_all(law: Law, service: Service, owed: Sequence[Norm]) -> Finding:
    """The others must cooperate with the service, whose act holds no duty to cooperate in single cases."""
    excuse = exceptions().get((service.id, "cooperate_case"))
    acts, name = tuple(dict.fromkeys(n.act for n in owed)), law.names.act(service.act)
    where = law.names.names(acts)
    near = _nearest(law, service)
    return law.finding(
        "missing_mirror",
        (*near, *(n.ledd for n in owed)),
        actors=(service.actors[0], "tjenesteytere"),
        score=0.42 if excuse else 0.74,
        title=Words(
            f"{name}: ingen samarbeidsplikt tilbake til de {len(acts)} lovene som har den",
            f"{name}: no duty to cooperate in return to the {len(acts)} acts that have it",
        ),
        explanation=Words(
            f"{where.nb} pålegger sine tjenester å samarbeide med tjenesteytere, også {service.names.nb}. {name} har ingen "
            f"tilsvarende plikt.{' ' + excuse.why.nb if excuse else ''}",
            f"{where.en} {verb(where, 'binds')} their services to cooperate with service providers, {service.names.en} among them. {name} has no "
            f"such duty.{' ' + excuse.why.en if excuse else ''}",
        ),
        reasons=(Words(f"{len(acts)} lover har plikten", f"{len(acts)} acts have the duty"),),
        evidence=(n.evidence for n in owed),
        key=(service.act,),
        matter="not bound",
    )


RESTRICTED = re.compile(r"(?P<who>barnehager|skoler) som får (?P<what>statstilskudd|tilskudd)")


def _left_out(law: Law) -> Iterator[Finding]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for definition in law.definitions:
        for match in RESTRICTED.finditer(" ".join(definition.words)):
            by_kind[match["who"]].append(str(definition.address))
    for kind, places in by_kind.items():
        actor = {"barnehager": "barnehage", "skoler": "skole"}[kind]
        bound = [
            n for n in one_per_sentence(law.of_type("cooperate_case"))
            if actor in n.frame.bearer and n.frame.modality == "duty" and n.act in law.acts
        ]  # fmt: skip
        private = [n for n in bound if (s := law.service_of(n.act)) and s.id in ("privatskole", "barnehage")] or bound
        private = [n for n in private if not all_have_grants(law, n.act)]
        if not private or len(places) < 2:
            continue
        here, there = law.names.provisions(n.ledd for n in private), law.names.provisions(places)
        noun = Words("private barnehager uten tilskudd", "private kindergartens without grants") if actor == "barnehage" else Words(
            "private skoler uten statstilskudd", "private schools without state grants"
        )  # fmt: skip
        yield law.finding(
            "missing_mirror", (*(n.ledd for n in private), *places), actors=(actor, "tjenesteytere"), score=0.68,
            title=Words(f"{noun.nb}: bundet selv, men ikke omfattet av de andres plikt", f"{noun.en}: bound, but owed nothing"),
            explanation=Words(
                f"{here.nb} binder alle {kind} etter loven. Definisjonene i {there.nb} regner bare {kind} som får tilskudd, som "
                f"tjenesteytere. De andre tjenestene har dermed ingen plikt overfor {noun.nb}.",
                f"{here.en} {verb(here, 'binds')} all of them. The definitions in {there.en} count only those with grants as service providers. The "
                f"other services thus owe nothing to {noun.en}.",
            ),
            reasons=(Words("definisjonen er snevrere enn plikten", "the definition is narrower than the duty"),),
            evidence=(*(n.evidence for n in private), *(Evidence(p, norm="definition") for p in places)),
            key=tuple(n.ledd for n in private), matter=f"left out {actor}",
        )  # fmt: skip


def _no_answer(law: Law) -> Iterator[Finding]:
    answers = [
        f"{flow.address}" for act in sorted(law.acts) if act in law.documents for section in law.documents[act].sections()
        if "tilbakemelding" in section.title.lower() and section.address is not None for flow in law.flows(str(section.address))[:1]
    ]  # fmt: skip
    reports = [n for n in one_per_sentence(law.of_type("inform_health_social")) if n.act in law.acts]
    if answers and len({n.act for n in reports}) >= 2:
        where, model = law.names.provisions(n.ledd for n in reports), law.names.provisions(answers)
        yield law.finding(
            "missing_mirror", (*(n.ledd for n in reports), *answers), actors=("sosialtjeneste", "kommunal_helse_og_omsorg"), score=0.5,
            title=Words(
                "Helse- og sosialtjenesten har ingen plikt til å svare den som gir opplysninger",
                "Health and social services need not answer whoever informs them",
            ),
            explanation=Words(
                f"{where.nb} pålegger tjenestene å gi opplysninger av eget tiltak. Barnevernet skal svare melderen ({model.nb}); for "
                "helse- og sosialtjenesten finnes ingen tilsvarende plikt i lovene.",
                f"{where.en} {verb(where, 'binds')} the services to inform on their own initiative. Child welfare must answer the reporter ({model.en}); "
                "no such duty is found for health and social services.",
            ),
            reasons=(Words("en mottaker skal svare, de andre ikke", "one receiver must answer, the others need not"),),
            evidence=(*(n.evidence for n in reports), *(Evidence(a, norm="answer") for a in answers)), key=tuple(answers),
            matter="answer",
        )  # fmt: skip


def missing_duty_types(law: Law) -> Iterator[Finding]:
    """A kind of duty that peer services have and this one lacks, read from the matrix services × kinds of duty.

    A kind is expected of a service as ``data/duty_types.yaml`` says: of all, of those whose act makes the municipality
    coordinate, or where at least two of five peers have it. Where another act lays the duty on the service
    (``data/services.yaml``), the gap is one of form and the score is low.
    """
    matrix = matrix_of(law)
    names = {s.id: s for s in law.services}
    for cell in matrix.cells:
        type_ = duty_type_by_id()[cell.duty_type]
        if cell.status not in ("missing", "elsewhere") or not type_.expected:
            continue
        service = names[cell.service]
        peers = [c for c in matrix.cells if c.duty_type == cell.duty_type and c.status == "own"]
        near = _nearest(law, service)
        examples = [c.addresses[0] for c in peers][:14]
        where = law.names.provisions(examples)
        act = law.names.act(service.act)
        form = cell.status == "elsewhere"
        receiver = service.actors[0] in type_.receivers
        share = len(peers) / max(len(law.services), 1)
        yield law.finding(
            "missing_duty_type", (*near, *cell.addresses, *examples), actors=(service.actors[0],),
            score=((0.56 if type_.expected == "all" else 0.42) if form else 0.58 + 0.25 * share),
            title=Words(
                f"{act} har ingen regel om {type_.names.nb}", f"{act} has no rule on {type_.names.en}",
            ),
            explanation=Words(
                f"{len(peers)} av {len(law.services)} tjenestelover regulerer dette ({where.nb}). {act} gjør det ikke. {type_.why.nb}"
                + (" Tjenesten er selv en av mottakerne, men skylder ikke den andre noe." if receiver else "")
                + (f" {cell.reason.nb}" if form else ""),
                f"{len(peers)} of {len(law.services)} service acts regulate this ({where.en}). {act} does not. {type_.why.en}"
                + (" The service is itself one of the receivers, but owes the other nothing." if receiver else "")
                + (f" {cell.reason.en}" if form else ""),
            ),
            reasons=(
                Words(f"{len(peers)} jevnbyrdige tjenester har regelen", f"{len(peers)} peer services have the rule"),
                *((Words("plikten følger av en annen lov", "the duty follows from another act"),) if form else ()),
            ),
            evidence=(Evidence(a, norm=f"{cell.duty_type} in a peer act") for a in examples),
            key=(service.act,), matter=cell.duty_type,
        )  # fmt: skip


def _nearest(law: Law, service: Service) -> list[str]:
    """Where the missing rule would stand: the service's own provision on cooperation, else its first norm."""
    for types in (("cooperate_case",), ("cooperate_system",), ("plan_duty", "plan_cooperate"), ("secrecy",)):
        found = [n.ledd for n in law.of_type(*types) if n.act == service.act]
        if found:
            return found[:1]
    return [n.ledd for n in law.by_act.get(service.act, ())[:1]]


PROCESSING = re.compile(
    r"(kan|skal).{0,60}behandle personopplysninger|behandling(en)? av personopplysninger.{0,40}samarbeid"
)


def no_sharing_basis(law: Law) -> Iterator[Finding]:
    """A duty to cooperate in single cases with no basis for sharing what it needs.

    Looked for in the act: a permission or duty to give information to other bodies in general (not only to child
    welfare, health and social services or registers) that reaches the tasks of cooperation. A permission to process
    personal data is no exception from confidentiality; a permission bound to the service's own tasks covers its own
    needs alone. Both are told apart in the explanation and in the score.
    """
    for act in sorted(law.acts):
        duties = [
            n for n in one_per_sentence(law.by_act.get(act, ()))
            if n.duty_type == "cooperate_case" and n.frame.modality == "duty"
        ]  # fmt: skip
        if not duties:
            continue
        basis = _basis(law, act)
        limits = [n for n in law.by_act[act] if n.duty_type == "secrecy_limit"]
        processing = [
            str(f.address) for n in duties[:1] for f in law.flows(n.section)
            if PROCESSING.search(" ".join(normal(s.text, s.language) for s in f.sentences))
        ] or _processing_elsewhere(law, act, duties[0].section)  # fmt: skip
        yield _no_basis(law, act, duties, basis, limits, processing)
    for norm in appointments(law):
        yield _coordinator_without_basis(law, norm)


def _coordinator_without_basis(law: Law, norm: Norm) -> Finding:
    """A coordinator must coordinate across services, and no provision lets it obtain what they know."""
    here = law.names.provision(norm.ledd)
    return law.finding(
        "no_sharing_basis",
        tuple(
            dict.fromkeys(
                (norm.ledd, *(n.ledd for n in law.by_section[norm.section] if n.frame.category == "coordination"))
            )
        ),
        actors=dict.fromkeys(
            (*norm.frame.bearer, "barnekoordinator" if "barnekoordinator" in norm.text else "koordinator")
        ),
        score=0.62,
        title=Words(
            f"{here.nb}: koordinatoren har ingen hjemmel for å få opplysninger fra de andre tjenestene",
            f"{here.en}: the coordinator has no basis for obtaining information from the other services",
        ),
        explanation=Words(
            f"{here.nb} gir en person eller familie en koordinator som skal samordne tjenester på tvers. Ingen bestemmelse i loven gir "
            "koordinatoren tilgang til opplysninger hos de andre tjenestene eller myndighet overfor dem; det må bygges på samtykke.",
            f"{here.en} gives a person or family a coordinator who is to coordinate services across the board. No provision of the act "
            "gives the coordinator access to what the other services know, or authority over them; it must rest on consent.",
        ),
        reasons=(
            Words(
                "samordningsoppgave uten tilgang til opplysninger",
                "a task of coordination without access to information",
            ),
        ),
        evidence=(norm.evidence,),
        key=(norm.section,),
        matter="coordinator",
    )


def _basis(law: Law, act: str) -> list[Norm]:
    return [
        n for n in one_per_sentence(law.by_act.get(act, ()))
        if n.frame.category in ("information_sharing", "confidentiality") and n.frame.modality in ("permission", "duty")
        and BODIES & set(n.frame.counterpart) and n.duty_type != "secrecy_limit"
        and re.search(r"utveksle|gis til andre|utlevere|deles", n.text)
        and not re.search(r"folkeregister|forskrift|register|forskning", n.text)
    ]  # fmt: skip


def _processing_elsewhere(law: Law, act: str, section: str) -> list[str]:
    number = section.partition("/§")[2]
    if not number:  # an article of an annexed treaty or regulation
        return []
    found = []
    for reference in law.inputs.references:
        if (
            reference.source.act == act
            and reference.target.startswith(section)
            and str(reference.source.section_address) != section
        ):
            place = reference.source
            ledd = next((str(f.address) for f in law.flows(str(place.section_address)) if f.number == place.ledd), "")
            flow = law.flow(ledd) if ledd else None
            if (
                flow
                and "personopplysning" in flow.text
                and f"§ {number}".replace("§ ", "§") in flow.text.replace("§ ", "§")
            ):
                found.append(ledd)
    return list(dict.fromkeys(found))


def _no_basis(
    law: Law, act: str, duties: Sequence[Norm], basis: Sequence[Norm], limits: Sequence[Norm], processing: Sequence[str]
) -> Finding:
    where, name = law.names.provisions(n.ledd for n in duties), law.names.act(act)
    secrecy = [n.ledd for n in secrecy_norms(law, act)[:1]]
    more, score = Words("", ""), 0.74
    places = [*(n.ledd for n in duties), *processing, *secrecy]
    if processing:
        shown = law.names.provisions(processing)
        more = Words(
            f" {shown.nb} lar tjenesten behandle personopplysninger, men det er ikke et unntak fra taushetsplikten.",
            f" {shown.en} {verb(shown, 'lets')} the service process personal data, but that is no exception from confidentiality.",
        )
        score = 0.72
    if limits:
        shown = law.names.provisions(n.ledd for n in limits)
        more = Words(
            more.nb + f" {shown.nb} åpner bare for opplysninger som fremmer tjenestens egne oppgaver.",
            more.en + f" {shown.en} only allows information that furthers the service's own tasks.",
        )
        places += [n.ledd for n in limits]
        score = 0.6
    if basis:
        shown = law.names.provisions(n.ledd for n in basis)
        more = Words(
            more.nb + f" {shown.nb} gir adgang til å dele på bestemte vilkår og viser ikke til samarbeidsplikten.",
            more.en
            + f" {shown.en} {verb(shown, 'permits')} sharing on certain terms and does not refer to the duty to cooperate.",
        )
        places += [n.ledd for n in basis]
        score = 0.5
    if not (basis or limits or secrecy or processing):  # what the act has on information reaches others
        rest = {
            n.section: n.ledd
            for n in reversed(one_per_sentence(law.by_act[act]))
            if n.frame.category == "information_sharing"
        }
        places += list(rest.values())[::-1][:4]
    return law.finding(
        "no_sharing_basis", places, actors=who_all(duties), score=score,
        title=Words(f"{name}: samarbeidsplikt uten egen hjemmel for å dele", f"{name}: duty to cooperate without a basis for sharing"),
        explanation=Words(
            f"{where.nb} pålegger samarbeid i den enkelte saken. {name} har ingen bestemmelse som lar tjenesten gi andre "
            f"tjenester de opplysningene samarbeidet krever; det må bygges på samtykke eller på forvaltningsloven.{more.nb}",
            f"{where.en} {verb(where, 'demands')} cooperation in the single case. {name} has no provision that lets the service give other services "
            f"what the cooperation needs; it must rest on consent or on the Public Administration Act.{more.en}",
        ),
        reasons=(Words("ingen delingsregel i loven for samarbeidet", "no rule in the act on sharing for the cooperation"),),
        evidence=(n.evidence for n in duties), key=tuple(n.ledd for n in duties),
    )  # fmt: skip


OWNER_TYPES = {"individual_plan": ("plan_duty", "plan_order"), "coordination": ("coordinator", "child_coordinator")}


def rights_without_owner(law: Law) -> Iterator[Finding]:
    """A right with no body that owes it: to a plan or a coordinator that no named body is bound to make or appoint.

    Looked for in the sentence and in the act; where the right refers to other acts, in these. A duty to cooperate on
    the plan is no duty to make it.
    """
    for norm in one_per_sentence(law.norms):
        if norm.frame.modality != "right" or norm.frame.category not in OWNER_TYPES or norm.act not in law.acts:
            continue
        types = OWNER_TYPES[norm.frame.category]
        acts = {norm.act} | {
            "/".join(r.target.split("/")[:2]) for r in law.references_in(norm.ledd) if r.target.startswith("lov/")
        }
        owed = [
            n for n in law.of_type(*types) if n.act in acts and n.frame.modality == "duty" and n.frame.bearer
            and set(n.frame.bearer) - PERSONS
        ]  # fmt: skip
        if owed:
            continue
        same = [
            n
            for n in law.by_section[norm.section]
            if n.frame.category == norm.frame.category and n.frame.modality == "duty"
        ]
        here, what = law.names.provision(norm.ledd), CATEGORIES[norm.frame.category]
        yield law.finding(
            "right_without_owner", (norm.ledd, *(n.ledd for n in same)), actors=dict.fromkeys((*norm.frame.bearer, *norm.frame.counterpart)),
            score=0.7,
            title=Words(f"{here.nb}: rett til {what.nb}, men ingen er pålagt å oppfylle den",
                        f"{here.en}: right to {what.en}, but nobody is bound to fulfil it"),
            explanation=Words(
                f"{here.nb} gir en rett til {what.nb}. Loven sier ikke hvem som skal lage planen eller oppnevne koordinatoren; den "
                "pålegger bare å samarbeide om den. Når flere tjenester er inne, er det uklart hvem kravet rettes mot.",
                f"{here.en} {verb(here, 'gives')} a right to {what.en}. The act does not say who makes the plan or appoints the coordinator; it only "
                "demands cooperation on it. Where several services are involved it is unclear whom the claim is against.",
            ),
            reasons=(Words("ingen bestemmelse navngir den ansvarlige", "no provision names who is responsible"),),
            evidence=(norm.evidence, *(n.evidence for n in same)), key=(norm.ledd,),
        )  # fmt: skip


def shorter_lists(law: Law) -> Iterator[Finding]:
    """Lists that are shorter, or worded otherwise, than in the parallel provisions.

    (1) Lists of cases within one kind of duty: an item of the fullest list that has no counterpart, or one in other
    words. An item joined with another is no gap; nor may a receiver that the parallel duties have be left out. (2) Lists of references: a provision enumerates parallel provisions
    of several acts and leaves some of them out. (3) Lists of the act's own sections that apply to some bodies, which
    leave out its rules on cooperation or reporting while they name others.
    """
    yield from _case_lists(law)
    yield from _receiver_lists(law)
    yield from _reference_lists(law)
    yield from _applied_lists(law)


def _items(law: Law, ledd: str) -> list[tuple[str, ...]]:
    flow = law.flow(ledd)
    if flow is None:
        return []
    language = flow.sentences[0].language if flow.sentences else "nb"
    return [tokens(p.node.text, language) for p in flow.pieces if p.node.kind == "item"]


def _item_places(law: Law, ledd: str) -> list[tuple[str, Words]]:
    """Address and name of the items that `_items` gives, in the same order; items without a number are counted."""
    flow = law.flow(ledd)
    items = [p.node.address for p in flow.pieces if p.node.kind == "item"] if flow is not None else []
    found = []
    for count, address in enumerate(items, 1):
        name, lead = law.names.provision(address or ledd), law.names.provision(ledd)
        if name == lead:
            name = Words(f"{lead.nb} strekpunkt {count}", f"{lead.en} item {count}")
        found.append((str(address or ledd), name))
    return found


def _held(item: tuple[str, ...], other: Sequence[tuple[str, ...]]) -> float:
    """How well an item is held by another list: by one item, or as a part of a longer one."""
    best = 0.0
    for candidate in other:
        score = fuzz.token_sort_ratio(" ".join(item), " ".join(candidate))
        if len(candidate) > 1.3 * len(item):
            score = max(score, fuzz.partial_token_sort_ratio(" ".join(item), " ".join(candidate)))
        best = max(best, float(score))
    return best


def _alike(lists: dict[str, tuple[Norm, list[tuple[str, ...]]]]) -> dict[str, tuple[Norm, list[tuple[str, ...]]]]:
    """The lists that are variants of one list: most of their items are held by most of the other lists."""

    def share(one: Sequence[tuple[str, ...]], two: Sequence[tuple[str, ...]]) -> float:
        return sum(_held(item, two) >= 60 for item in one) / len(one)

    return {
        key: (norm, items)
        for key, (norm, items) in lists.items()
        if sum(share(items, other) >= 0.5 for k, (_, other) in lists.items() if k != key) * 2 >= len(lists) - 1
    }


def _case_lists(law: Law) -> Iterator[Finding]:
    for type_ in duty_type_by_id().values():
        if not type_.matter:
            continue
        lists = {
            n.ledd: (n, _items(law, n.ledd))
            for n in one_per_sentence(law.by_type.get(type_.id, ()))
            if n.act in law.acts
        }
        lists = _alike({k: v for k, v in lists.items() if len(v[1]) >= 3})
        if len(lists) < 3:
            continue
        fullest = max(
            lists.values(), key=lambda v: (len(v[1]), sum(_held(i, o) for i in v[1] for _, o in lists.values()))
        )
        groups: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Norm]] = defaultdict(list)
        for norm, items in lists.values():
            held = [_held(item, items) for item in fullest[1]]
            missing = tuple(i for i, h in enumerate(held) if h < 62)
            other = tuple(i for i, h in enumerate(held) if 62 <= h < 82)
            if missing or other:
                groups[missing, other].append(norm)
        for (missing, other), norms in groups.items():
            full = [n for n, items in lists.values() if n not in norms and len(items) >= len(fullest[1])]
            places = _item_places(law, fullest[0].ledd)
            yield _list_finding(
                law, type_.names, norms, full or [fullest[0]],
                [places[i] for i in missing], [places[i] for i in other], type_.id,
            )  # fmt: skip


def _list_finding(
    law: Law,
    names: Words,
    norms: Sequence[Norm],
    full: Sequence[Norm],
    missing: Sequence[tuple[str, Words]],
    other: Sequence[tuple[str, Words]],
    matter: str,
) -> Finding:
    here, there = law.names.provisions(n.ledd for n in norms), law.names.provisions(n.ledd for n in full)
    gone, odd = both(name for _, name in missing), both(name for _, name in other)
    what = Words(
        (f" Det som står i {gone.nb}, mangler." if missing else "")
        + (f" Det som står i {odd.nb}, har en annen ordlyd." if other else ""),
        (f" What {gone.en} {verb(gone, 'says')} is missing." if missing else "")
        + (f" What {odd.en} {verb(odd, 'says')} is worded otherwise." if other else ""),
    )
    return law.finding(
        "shorter_list", (*(n.ledd for n in norms), *(n.ledd for n in full)), actors=who_all(norms),
        score=0.82 if missing else 0.6,
        title=Words(
            f"{names.nb}: {here.nb} har en {'kortere' if missing else 'annen'} liste over tilfeller",
            f"{names.en}: {here.en} {'have' if len(norms) > 1 else 'has'} a {'shorter' if missing else 'different'} list of cases",
        ),
        explanation=Words(
            f"{here.nb} regner opp tilfeller som plikten gjelder, slik {there.nb} gjør.{what.nb} Ansatte etter de ulike lovene har "
            "dermed ikke samme plikt.",
            f"{here.en} {verb(here, 'enumerates')} the cases of the duty, as {there.en} {verb(there, 'does')}.{what.en} Staff under the acts thus do not have the same duty.",
        ),
        reasons=(Words("listene er sammenlignet punkt for punkt", "the lists were compared item by item"),),
        evidence=(
            *(n.evidence for n in norms), *(n.evidence for n in full), *(Evidence(place) for place, _ in (*missing, *other)),
        ),
        key=tuple(n.ledd for n in norms), matter=matter,
    )  # fmt: skip


def _reference_lists(law: Law) -> Iterator[Finding]:
    """Enumerations of other acts (or their sections) that leave out acts with a parallel provision."""
    for section, found in law.references_from.items():
        if "/".join(section.split("/")[:2]) not in law.acts:
            continue
        by_ledd: dict[str, list[str]] = defaultdict(list)
        for reference in found:
            if reference.target.startswith("lov/"):
                by_ledd[f"{section}/ledd/{reference.source.ledd or 1}"].append(reference.target)
        for ledd, targets in by_ledd.items():
            for kind in SUBJECT:
                finding = _omission(law, ledd, targets, kind)
                if finding is not None:
                    yield finding


def _receiver_lists(law: Law) -> Iterator[Finding]:
    """Duties to inform several services, where one act names fewer of them than the others."""
    for type_ in duty_type_by_id().values():
        norms = [n for n in one_per_sentence(law.by_type.get(type_.id, ())) if n.act in law.acts]
        named = {n.ledd: frozenset(a for a, w in type_.receivers.items() if w in n.around) for n in norms}
        full = [n for n in norms if len(named[n.ledd]) == len(type_.receivers)]
        for norm in norms:
            left = sorted(set(type_.receivers) - named[norm.ledd])
            if not type_.receivers or not left or len(full) < 3:
                continue
            service = law.service_of(norm.act)
            if service and service.actors[0] in left:
                continue
            here, there, out = law.names.provision(norm.ledd), law.names.provisions(n.ledd for n in full), actors(left)
            yield law.finding(
                "shorter_list",
                (norm.ledd, *(n.ledd for n in full)),
                actors=(*norm.frame.bearer, *left),
                score=0.7,
                title=Words(
                    f"{type_.names.nb}: {here.nb} utelater {out.nb}", f"{type_.names.en}: {here.en} leaves out {out.en}"
                ),
                explanation=Words(
                    f"{here.nb} pålegger opplysninger til færre mottakere enn {there.nb}: {out.nb} er ikke nevnt. Forhold som "
                    "angår den utelatte tjenesten, omfattes ikke av plikten.",
                    f"{here.en} demands information to fewer receivers than {there.en}: {out.en} is not named. Facts that concern "
                    "the service left out are not covered by the duty.",
                ),
                reasons=(Words(f"{len(full)} lover nevner alle mottakerne", f"{len(full)} acts name all receivers"),),
                evidence=(norm.evidence, *(n.evidence for n in full)),
                key=(norm.ledd,),
                matter="receivers",
            )


SUBJECT = {
    "secrecy": "taushetsplikt",
    "serious_event": "varsler",
    "report_child_welfare": "opplysninger|melde",
    "coordinate_services": "samordn",
    "cooperate_case": "samarbeid",
}


def _parallel(law: Law, kind: str) -> dict[str, Norm]:
    """The sections that hold a kind of duty, each with its norm."""
    found: dict[str, Norm] = {}
    for norm in one_per_sentence(law.of_type(kind)):
        if norm.act in law.acts and (kind != "secrecy" or norm in secrecy_norms(law, norm.act)):
            found.setdefault(norm.section, norm)
    return found


def _omission(law: Law, ledd: str, targets: Sequence[str], kind: str) -> Finding | None:
    own = "/".join(ledd.split("/")[:2])
    every = law.cached(f"parallel {kind}", lambda: _parallel(law, kind))
    places = {s: n for s, n in every.items() if n.act != own}
    if len({t for t in targets if any(t.startswith(n.act) for n in places.values())}) < 2:
        return None
    flow = law.flow(ledd)
    words = " ".join(normal(s.text, s.language) for s in flow.sentences) if flow else ""
    if not re.search(SUBJECT[kind], words):
        return None
    named = {s for s in places if any(t == s or t.startswith(s + "/") for t in targets)}
    whole = (
        {t for t in targets if "/§" not in t}
        if kind == "report_child_welfare" and re.search(r"yrkesutøvere", words)
        else set()
    )
    listed = named | {s for s in places if places[s].act in whole}
    if len(listed) < 2 or len(listed) >= len(places):
        return None
    left = [n for s, n in places.items() if s not in listed and not any(places[o].act == n.act for o in listed)]
    if kind == "report_child_welfare":  # municipal staff are bound as staff of a public body
        left = [
            n
            for n in left
            if (s := law.service_of(n.act)) and s.id in ("barnehage", "privatskole", "krisesenter", "familievern")
        ]
    if not left:
        return None
    here, out, names = (
        law.names.provision(ledd),
        law.names.provisions(n.ledd for n in left),
        duty_type_by_id()[kind].names,
    )
    included = law.names.provisions(sorted(listed))
    return law.finding(
        "shorter_list", (ledd, *(n.ledd for n in left)), actors=dict.fromkeys(a for n in left for a in n.frame.bearer), score=0.66,
        title=Words(f"{here.nb}: oppregningen utelater {out.nb}", f"{here.en}: the enumeration leaves out {out.en}"),
        explanation=Words(
            f"{here.nb} regner opp bestemmelser om {names.nb} i flere lover ({included.nb}), men ikke de parallelle i {out.nb}. "
            "Ordlyden gir ingen grunn til forskjellen.",
            f"{here.en} enumerates provisions on {names.en} in several acts ({included.en}), but not the parallel ones in {out.en}. "
            "Its words give no reason for the difference.",
        ),
        reasons=(Words(f"{len(listed)} av {len(places)} parallelle er med", f"{len(listed)} of {len(places)} parallel ones are named"),),
        evidence=(Evidence(ledd, norm="enumeration"), *(n.evidence for n in left)), key=(ledd,), matter=kind,
    )  # fmt: skip


APPLIED = re.compile(r"gjelder")
EXEMPT = re.compile(r"unntak fra følgende|ikke")


def _applied_lists(law: Law) -> Iterator[Finding]:
    """Lists of the act's own sections that apply to some of its bodies."""
    wanted = {"cooperate_case", "report_child_welfare", "inform_health_social", "secrecy", "attention_child_welfare"}
    for act in sorted(law.acts):
        by_ledd: dict[str, set[str]] = defaultdict(set)
        for section, found in law.references_from.items():
            if section.startswith(act + "/"):
                for reference in found:
                    if reference.target.startswith(act + "/§") and any(
                        s.kind in ("letter", "number", "dash") for s in reference.source.steps
                    ):
                        by_ledd[f"{section}|{reference.source.ledd or 1}"].add(
                            "/".join(reference.target.split("/")[:3])
                        )
        for key, named in by_ledd.items():
            section, number = key.split("|")
            flow = next((f for f in law.flows(section) if str(f.number) == number), None)
            if flow is None or len(named) < 8:
                continue
            lead = normal(flow.pieces[0].node.text, flow.sentences[0].language)
            if not APPLIED.search(lead) or EXEMPT.search(lead):
                continue
            rules = {
                n.section: n
                for n in one_per_sentence(law.by_act.get(act, ()))
                if n.duty_type in wanted and n.section != section
            }
            chapters = " ".join(normal(p.node.text, flow.sentences[0].language) for p in flow.pieces)
            left = [
                n
                for s, n in rules.items()
                if s not in named and not _chapter_named(s, section.partition("/§")[2].split("-")[0], chapters)
            ]
            kept = [n for s, n in rules.items() if s in named]
            if not left:
                continue
            here, out = law.names.provision(str(flow.address)), law.names.provisions(n.ledd for n in left)
            what, has = (
                both(duty_type_by_id()[n.duty_type].names for n in left),
                law.names.provisions(n.section for n in kept),
            )
            yield law.finding(
                "missing_duty_type", (str(flow.address), *(n.ledd for n in left)), actors=dict.fromkeys(a for n in left for a in n.frame.bearer),
                score=0.64,
                title=Words(
                    f"{here.nb}: gruppen har ingen regel om {what.nb}",
                    f"{here.en}: the group has no rule on {what.en}",
                ),
                explanation=Words(
                    f"{here.nb} sier hvilke av lovens regler som gjelder for en egen gruppe. {out.nb} gjelder ikke, og loven har ingen annen "
                    f"regel om {what.nb} for den. De andre etter loven har pliktene.",
                    f"{here.en} says which rules of the act apply to a group of its own. {out.en} {verb(out, 'does')} not, and the act has no other rule on "
                    f"{what.en} for it. The others under the act have the duties.",
                ),
                reasons=(Words("plikten gjelder for de andre etter loven", "the duty holds for the others under the act"),),
                evidence=(Evidence(str(flow.address), norm="enumeration"), *(n.evidence for n in left)), key=(str(flow.address),),
                matter="applied",
            )  # fmt: skip
            yield law.finding(
                "shorter_list", (str(flow.address), *(n.ledd for n in left)), actors=dict.fromkeys(a for n in left for a in n.frame.bearer),
                score=0.7,
                title=Words(
                    f"{here.nb}: listen over regler som gjelder, utelater {out.nb}",
                    f"{here.en}: the list of rules that apply leaves out {out.en}",
                ),
                explanation=Words(
                    f"{here.nb} sier hvilke av lovens bestemmelser som gjelder for en egen gruppe. {out.nb} ({what.nb}) er ikke med"
                    + (f", mens {has.nb} er det" if kept else "") + ". Gruppen står dermed uten denne plikten.",
                    f"{here.en} says which of the act's provisions apply to a group of its own. {out.en} ({what.en}) are not among them"
                    + (f", while {has.en} are" if kept else "") + ". The group is thus without this duty.",
                ),
                reasons=(Words("oppregningen er uttømmende", "the enumeration is exhaustive"),),
                evidence=(Evidence(str(flow.address), norm="enumeration"), *(n.evidence for n in left)), key=(str(flow.address),),
                matter="applied",
            )  # fmt: skip


def _chapter_named(section: str, own: str, text: str) -> bool:
    """Whether the enumeration names the whole chapter of a section (``kapittel 12``), or stands in it."""
    number = section.partition("/§")[2]
    chapter = number.split("-")[0] if "-" in number else ""
    if chapter and chapter == own:
        return True  # stands in the chapter on the group itself
    return bool(chapter) and f"kapittel {chapter.lower()} " in text + " "


__all__ = [
    "missing_duty_types", "missing_mirrors", "no_sharing_basis", "pending_changes", "references", "rights_without_owner",
    "shorter_lists",
]  # fmt: skip
