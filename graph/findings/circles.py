"""Who stands outside: bodies and groups that a duty, a list of bodies or a list of rules does not reach."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.finding import Evidence, Finding, Words
from graph.findings.families import one_per_sentence
from graph.law import Law, Norm, Service, sector
from graph.names import actor_entry, actor_name, actors, both, verb, wider
from graph.wording import normal

GENERAL = frozenset(("ansatte", "helsepersonell", "skoleeier", "barnehageeier", "ppt"))
COUNTY = re.compile(r"\bfylkeskommunen (?:skal|har ansvar|er ansvarlig|plikter|oppfyller)\b")
OTHER_MUNICIPALITY = re.compile(r"heimkommune|vertskommune|bostedskommune|hjemkommune|heimfylke")


def home_section(law: Law, act: str, actor: str) -> str | None:
    """The first ledd of the section on an actor: the first one of the act whose heading names it."""
    stem = actor_name(actor).nb.lower()[:-1]
    document = law.documents.get(act)
    for section in document.sections() if document else ():
        if section.address is not None and section.title.lower().startswith(stem):
            flows = law.flows(str(section.address))
            return str(flows[0].address) if flows else None
    return None


def unbound_actors(law: Law, service: Service, own: Sequence[Norm]) -> list[str]:
    """The actors of a service that its duty to cooperate in single cases does not bind, by name or as a part."""
    bound = {b for n in own for b in n.frame.bearer}
    return [
        a for a in service.actors
        if a not in GENERAL and not any(b in wider(a) for b in bound - {"kommune", "fylkeskommune"})
        and not (a == service.actors[0] and bound & {"kommune", "fylkeskommune"})
    ]  # fmt: skip


def _duties(law: Law, act: str, kind: str) -> list[Norm]:
    return [n for n in one_per_sentence(law.by_act.get(act, ())) if n.duty_type == kind and n.frame.modality == "duty"]


def outside_the_duty(law: Law) -> Iterator[Finding]:
    """Bodies that an act gives tasks and that its duty to cooperate leaves out (``missing_duty_type``).

    Two kinds. (1) Parts of the service (an agency, an institution) that have a section of their own in the act. (2) The
    county, where the act lays duties on it in three sections or more and binds the municipality alone to cooperate or
    to coordinate.
    """
    for service in law.services:
        own = _duties(law, service.act, "cooperate_case")
        if own:
            yield from _parts(law, service, own)
            yield from _county(law, service.act, own)


def _parts(law: Law, service: Service, own: Sequence[Norm]) -> Iterator[Finding]:
    found = {a: home for a in unbound_actors(law, service, own) if (home := home_section(law, service.act, a))}
    if not found:
        return
    here, there, names = law.names.provisions(n.ledd for n in own), law.names.provisions(found.values()), actors(found)
    bound = actors(sorted({b for n in own for b in n.frame.bearer}))
    act = law.names.act(service.act)
    yield law.finding(
        "missing_duty_type", (*(n.ledd for n in own), *found.values()), actors=tuple(found), score=0.66,
        title=Words(f"{act}: {names.nb} har ingen samarbeidsplikt", f"{act}: {names.en} {verb(names, 'has')} no duty to cooperate"),
        explanation=Words(
            f"{here.nb} binder {bound.nb}. {there.nb} gir {names.nb} oppgaver overfor de samme personene, men loven pålegger dem ingen "
            "plikt til å samarbeide med andre tjenesteytere i den enkelte saken.",
            f"{here.en} {verb(here, 'binds')} {bound.en}. {there.en} {verb(there, 'gives')} {names.en} tasks towards the same persons, but the act lays no duty "
            "on them to cooperate with other service providers in the single case.",
        ),
        reasons=(Words("eget oppdrag i loven uten samarbeidsplikt", "a task in the act without a duty to cooperate"),),
        evidence=(*(n.evidence for n in own), *(Evidence(h, norm=f"tasks of {a}") for a, h in found.items())),
        key=(own[0].section,), matter="parts",
    )  # fmt: skip


def _county(law: Law, act: str, own: Sequence[Norm]) -> Iterator[Finding]:
    coordinate = _duties(law, act, "coordinate_services")
    norms = [
        n
        for n in (*own, *coordinate)
        if set(n.frame.bearer) <= {"kommune", "introduksjonsordning"} and "kommune" in n.frame.bearer
    ]
    if not norms or any("fylkeskommune" in n.frame.bearer for n in (*own, *coordinate)):
        return
    places = _tasks_of_the_county(law, act)
    if len(places) < 3:
        return
    here, there = law.names.provisions(n.ledd for n in norms), law.names.provisions(places, 5)
    what = both(
        Words("samarbeide", "cooperate") if n.duty_type == "cooperate_case" else Words("samordne", "coordinate")
        for n in norms
    )
    name = law.names.act(act)
    yield law.finding(
        "missing_duty_type", (*(n.ledd for n in norms), *places[:5]), actors=("fylkeskommune", "kommune"), score=0.64,
        title=Words(f"{name}: fylkeskommunen har ingen plikt til å {what.nb}", f"{name}: the county has no duty to {what.en}"),
        explanation=Words(
            f"{here.nb} pålegger bare kommunen å {what.nb}. Loven gir også fylkeskommunen ansvar for tilbud til de samme personene "
            f"({there.nb}), uten en tilsvarende plikt. Er tilbudet fylkeskommunens, er det uklart hvem som har ansvaret.",
            f"{here.en} {verb(here, 'binds')} the municipality alone to {what.en}. The act also makes the county responsible for offers to the same "
            f"persons ({there.en}), without such a duty. Where the offer is the county's, it is unclear who is responsible.",
        ),
        reasons=(Words("to ansvarlige nivåer, ett er bundet", "two levels responsible, one is bound"),),
        evidence=(*(n.evidence for n in norms), *(Evidence(p, norm="tasks of the county") for p in places[:5])),
        key=tuple(dict.fromkeys(n.section for n in norms)), matter="county",
    )  # fmt: skip


def unbound_county(law: Law) -> Iterator[Finding]:
    """A missing mirror of the county: the others must cooperate with it, and the act that gives it tasks does not bind it.

    Told (``missing_mirror``) where the duty to cooperate in single cases binds the municipality alone; see
    `outside_the_duty`.
    """
    for service in law.services:
        own = _duties(law, service.act, "cooperate_case")
        bound = {b for n in own for b in n.frame.bearer}
        others = [
            n
            for n in law.of_type("cooperate_case")
            if n.act != service.act and n.act in law.acts and n.frame.modality == "duty"
        ]
        places = (
            _tasks_of_the_county(law, service.act)
            if own and "kommune" in bound and "fylkeskommune" not in bound
            else []
        )
        if len(places) < 3 or len({n.act for n in others}) < 3:
            continue
        here, there = law.names.provisions(n.ledd for n in own), law.names.provisions(places, 5)
        count, name = len({n.act for n in others}), law.names.act(service.act)
        yield law.finding(
            "missing_mirror", (*(n.ledd for n in own), *places[:5]), actors=("fylkeskommune", "kommune", "tjenesteytere"), score=0.62,
            title=Words(f"{name}: fylkeskommunen er ikke bundet tilbake", f"{name}: the county is not bound in return"),
            explanation=Words(
                f"{here.nb} binder kommunen, men ikke fylkeskommunen, som har oppgaver etter {there.nb}. {count} andre lover pålegger sine tjenester å samarbeide "
                "med tjenesteytere, også fylkeskommunale. Plikten er dermed ikke gjensidig.",
                f"{here.en} {verb(here, 'binds')} the municipality, not the county, which has tasks under {there.en}. {count} other acts bind their services to cooperate with "
                "service providers, those of the county among them. The duty is thus not mutual.",
            ),
            reasons=(Words(f"{count} lover pålegger plikten overfor fylkeskommunen", f"{count} acts owe the duty to the county"),),
            evidence=(*(n.evidence for n in own), *(Evidence(p, norm="tasks of the county") for p in places[:5])), key=(own[0].section,), matter="county",
        )  # fmt: skip


CIRCLE = re.compile(
    r"\b(?:barn|personer|pasienter) med (?P<who>[a-zæøå ]{10,90}? eller [a-zæøå]+(?: [a-zæøå]+)?) og som\b"
)


def narrow_goods(law: Law) -> Iterator[Finding]:
    """A coordinator for a closed circle, on whom the acts for everybody rely (``shorter_list``).

    The provisions that give the coordinator name those who may have one (illness, injury, disability); acts whose duty to
    coordinate is for all their users let that coordinator take over. Others with as complex needs are left out.
    """
    goods = [n for n in one_per_sentence(law.of_type("child_coordinator")) if n.act in law.acts]
    narrow = [n for n in goods if CIRCLE.search(n.text)]
    relying = [
        n
        for n in one_per_sentence(law.of_type("child_coordinator_coordinates"))
        if n.act in law.acts and n.act not in {g.act for g in narrow}
    ]
    if not narrow or len({n.act for n in relying}) < 3:
        return
    here, there = law.names.provisions(n.ledd for n in narrow), law.names.provisions(n.ledd for n in relying)
    yield law.finding(
        "shorter_list", (*(n.ledd for n in narrow), *(n.ledd for n in relying)), actors=dict.fromkeys(a for n in narrow for a in (*n.frame.bearer, *n.frame.counterpart)),
        score=0.7,
        title=Words(f"{here.nb}: barnekoordinator bare for en lukket krets", f"{here.en}: a child coordinator for a closed circle only"),
        explanation=Words(
            f"{here.nb} gir barnekoordinator til barn og unge med bestemte tilstander som regnes opp. {there.nb} gjelder alle som trenger samordnede tjenester, og lar "
            "barnekoordinatoren overta. Barn med like sammensatte behov av andre grunner er utenfor.",
            f"{here.en} {verb(here, 'gives')} a child coordinator to children with certain conditions, which are listed. {there.en} are for all who need coordinated services, "
            "and let the child coordinator take over. Children with needs as complex for other reasons are left out.",
        ),
        reasons=(Words(f"{len({n.act for n in relying})} lover bygger på koordinatoren", f"{len({n.act for n in relying})} acts rely on the coordinator"),),
        evidence=(*(n.evidence for n in narrow), *(n.evidence for n in relying)), key=tuple(n.ledd for n in narrow), matter="circle",
    )  # fmt: skip


ONE_OFFER = re.compile(
    r"\bgi (?P<who>(?:deltakere|deltagere|deltakeren|brukere|elever) i (?P<offer>[a-zæøå]+)) et helhetlig"
)


def one_offer_only(law: Law) -> Iterator[Finding]:
    """A duty to cooperate for those in one of the act's offers, while the act has others (``shorter_list``).

    The words for whom the duty serves name one programme; sections headed as the right or duty to take part in another
    offer are cited.
    """
    for norm in one_per_sentence(law.of_type("cooperate_case")):
        match = ONE_OFFER.search(norm.text)
        document = law.documents.get(norm.act)
        if match is None or document is None or norm.act not in law.acts:
            continue
        stem = match["offer"][:-2]
        others = [
            str(law.flows(str(s.address))[0].address) for s in document.sections()
            if s.address is not None and re.match(r"(rett|målgruppe|rett og plikt|deltakelse|deltaking)\b", s.title.lower()) and stem not in s.title.lower()
            and law.flows(str(s.address))
        ]  # fmt: skip
        if not others:
            continue
        here, there = law.names.provision(norm.ledd), law.names.provisions(others[:4])
        yield law.finding(
            "shorter_list", (norm.ledd, *others[:4]), actors=norm.frame.bearer, score=0.6,
            title=Words(f"{here.nb}: samarbeidsplikten gjelder bare {match['who']}", f"{here.en}: the duty to cooperate is for «{match['who']}» only"),
            explanation=Words(
                f"{here.nb} gjelder samarbeid om {match['who']}. Loven har også andre tilbud ({there.nb}). De som bare har disse, omfattes ikke av plikten, som i de parallelle "
                "lovene gjelder alle brukere.",
                f"{here.en} {verb(here, 'is')} for «{match['who']}». The act has other offers as well ({there.en}). Those who have these alone are not covered by the duty, which in "
                "the parallel acts is for all users.",
            ),
            reasons=(Words("plikten er knyttet til ett av lovens tilbud", "the duty is tied to one of the act's offers"),),
            evidence=(norm.evidence, *(Evidence(o, norm="another offer") for o in others[:4])), key=(norm.ledd,), matter="offer",
        )  # fmt: skip


def _tasks_of_the_county(law: Law, act: str) -> list[str]:
    """The ledd that lay a duty on the county, one for each section; sections on its responsibility come first."""
    found: list[tuple[int, str]] = []
    document = law.documents.get(act)
    for section in document.sections() if document else ():
        if section.address is None or law.closing(str(section.address)):
            continue
        for node in section.of("ledd"):
            if (
                "ylkeskommunen" in node.text
                and node.address is not None
                and COUNTY.search(normal(node.text, document.language if document else "nb"))
            ):
                title = section.title.lower()
                order = 0 if title.startswith("fylkeskommun") else 1 if "ansvar" in title else 2
                found.append((order, str(node.address)))
                break
    return [place for _, place in sorted(found, key=lambda one: one[0])]


def which_municipality(law: Law) -> Iterator[Finding]:
    """A duty without a certain owner: "the municipality" must coordinate a service that no municipality runs.

    Told (``right_without_owner``) of acts whose service the state or private owners run (``owner`` in
    ``data/services.yaml``), where the section on coordination does not say which municipality is meant: that of the
    person's home or that where the service lies. Sections that draw this line elsewhere in the act are cited.
    """
    for service in law.services:
        norms = [n for n in _duties(law, service.act, "coordinate_services") if "kommune" in n.frame.bearer]
        if service.owner in ("municipal", "county") or not norms or OTHER_MUNICIPALITY.search(norms[0].around):
            continue
        drawn = _drawn(law, service.act)
        here, there, name = law.names.provision(norms[0].ledd), law.names.provisions(drawn), law.names.act(service.act)
        yield law.finding(
            "right_without_owner", (norms[0].ledd, *drawn), actors=("kommune",), score=0.54 + 0.06 * bool(drawn),
            title=Words(f"{here.nb}: uklart hvilken kommune som skal samordne", f"{here.en}: unclear which municipality is to coordinate"),
            explanation=Words(
                f"{here.nb} pålegger «kommunen» å samordne tjenestetilbudet, men tjenesten er ikke kommunens egen, og bestemmelsen sier "
                "ikke om det er kommunen der personen bor eller der tjenesten ligger."
                + (f" {there.nb} skiller ellers mellom dem." if drawn else ""),
                f"{here.en} {verb(here, 'binds')} «the municipality» to coordinate the services, but the service is not the municipality's own, and the "
                "provision does not say whether it is the municipality where the person lives or where the service lies."
                + (f" {there.en} {verb(there, 'draws')} this line elsewhere." if drawn else ""),
            ),
            reasons=(Words(f"{name} regulerer en tjeneste som kommunen ikke driver", f"{name} is about a service that no municipality runs"),),
            evidence=(norms[0].evidence, *(Evidence(p, norm="tells municipalities apart") for p in drawn)), key=(norms[0].ledd,), matter="which municipality",
        )  # fmt: skip


def _drawn(law: Law, act: str) -> list[str]:
    """The ledd that define the home municipality or the one where the service lies."""
    document = law.documents.get(act)
    return [
        str(node.address) for section in (document.sections() if document else ()) if "definis" in section.title.lower()
        for node in section.of("ledd") if node.address is not None and OTHER_MUNICIPALITY.search(node.text)
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _pattern(actor: str) -> re.Pattern[str]:
    """What names an actor in a list: its words in the ontology, without their endings."""
    words = (str(w).split("/")[0].replace("~", "[a-zæøå]*") for w in actor_entry(actor).get("words", ()))
    return re.compile("|".join(sorted({rf"\b{w}" for w in words if len(w) >= 3}, key=len, reverse=True)))


def names_service(text: str, service: Service) -> bool:
    """Whether a list names the body of a service."""
    return _pattern(service.actors[0]).search(text) is not None


def closed_lists(law: Law) -> Iterator[Finding]:
    """Closed lists of bodies that leave out services which the parallel rules reach (``shorter_list``).

    (1) A definition that enumerates bodies ("public authority means …"), three at least, two of them welfare services:
    the services that it leaves out are told. (2) Two powers of one act to obtain information: the list of the one
    leaves out services that the other names.
    """
    for definition in law.definitions:
        text, own = " ".join(definition.words), law.service_of(definition.address.act)
        if (
            own is None
            or not re.search(r"myndighet|organ|instans", definition.term)
            or re.search(r"\bandre\b|blant annet", text)
        ):
            continue
        inside = [s for s in law.services if names_service(text, s)]
        outside = [
            s for s in law.services
            if s not in inside and s.id != own.id and _duties(law, s.act, "cooperate_case") and sector(s.actors[0]) != sector(own.actors[0])
        ]  # fmt: skip
        if len(inside) >= 2 and outside:
            yield _closed(law, str(definition.address), definition.term, inside, outside)
    for act in sorted(law.acts):
        yield from _powers_apart(law, act)


def _closed(law: Law, ledd: str, term: str, inside: Sequence[Service], outside: Sequence[Service]) -> Finding:
    here, names, out = law.names.provision(ledd), both(s.names for s in inside), both(s.names for s in outside)
    return law.finding(
        "shorter_list", (ledd,), actors=(s.actors[0] for s in outside), score=0.6,
        title=Words(f"{here.nb}: «{term}» er en lukket liste uten {out.nb}", f"{here.en}: «{term}» is a closed list without {out.en}"),
        explanation=Words(
            f"{here.nb} regner opp hvem plikten gjelder for, blant dem {names.nb}. {out.nb} er ikke med, selv om de følger opp de samme "
            "personene og er bundet av samarbeidsplikten i sine egne lover.",
            f"{here.en} {verb(here, 'enumerates')} whom the duty is for, {names.en} among them. {out.en} are left out, although they follow up the "
            "same persons and are bound by the duty to cooperate in their own acts.",
        ),
        reasons=(Words("lukket oppregning av organer", "closed enumeration of bodies"),),
        evidence=(Evidence(ledd, norm=f"definition {term}"),), key=(ledd,), matter="bodies",
    )  # fmt: skip


def _powers_apart(law: Law, act: str) -> Iterator[Finding]:
    powers = [
        n for n in one_per_sentence(law.by_act.get(act, ()))
        if n.frame.category == "information_sharing" and n.frame.modality == "permission" and re.search(r"innhente|pålegge|kreve", n.text)
    ]  # fmt: skip
    lists = [n for n in powers if len(n.frame.counterpart) >= 4]
    by_actor = {a: s for s in law.services for a in s.actors[:1]}
    for norm in lists:
        other: dict[str, list[Norm]] = defaultdict(list)
        for power in powers:
            for actor in power.frame.counterpart:
                if power.ledd != norm.ledd and actor in by_actor and actor not in norm.frame.counterpart:
                    other[actor].append(power)
        if not other:
            continue
        places = dict.fromkeys(p.ledd for found in other.values() for p in found)
        here, there, out = law.names.provision(norm.ledd), law.names.provisions(places), actors(other)
        yield law.finding(
            "shorter_list", (norm.ledd, *places), actors=tuple(other), score=0.62,
            title=Words(f"{here.nb}: listen over organer utelater {out.nb}", f"{here.en}: the list of bodies leaves out {out.en}"),
            explanation=Words(
                f"{here.nb} regner opp hvem som kan pålegges å gi opplysninger. {out.nb} er ikke med, men {there.nb} forutsetter at "
                "opplysninger hentes også derfra. Der er det bare adgang til å hente, ingen plikt til å gi.",
                f"{here.en} {verb(here, 'enumerates')} who may be ordered to give information. {out.en} are left out, while {there.en} {verb(there, 'assumes')} that "
                "information is obtained from them too. There it may be obtained, but nobody is bound to give it.",
            ),
            reasons=(Words("to lister i samme lov", "two lists in one act"),),
            evidence=(norm.evidence, *(p.evidence for found in other.values() for p in found)), key=(norm.ledd,), matter="powers",
        )  # fmt: skip
