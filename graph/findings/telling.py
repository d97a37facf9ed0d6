"""Telling and keeping silent: strict secrecy beside cooperation, duties that yield to secrecy, powers, consent and age."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.finding import Evidence, Finding, Words
from graph.findings.circles import names_service
from graph.findings.conflicts import BODIES, CONSENT, regime_of, secrecy_norms
from graph.findings.families import one_per_sentence
from graph.findings.overlaps import PERSONS, municipal, sector_coordinators, who, who_all
from graph.law import Law, Norm, duty_type_by_id, rights_acts
from graph.names import actors, verb
from graph.wording import normal


def strict_secrecy(law: Law) -> Iterator[Finding]:
    """Strict secrecy beside a duty to cooperate: professional secrecy, or secrecy extended beyond the general rule.

    The act binds its service to cooperate with all service providers and lays stricter secrecy on the staff than the
    Public Administration Act does; what it opens for is consent, or telling inside the service (``secrecy_vs_sharing``).
    Acts that bind the telling of other bodies to terms of their own are told elsewhere.
    """
    for act in sorted(law.acts):
        found = regime_of(law, act)
        duties = [
            n
            for n in one_per_sentence(law.by_act.get(act, ()))
            if n.duty_type in ("cooperate_case", "cooperate_system") and n.frame.modality == "duty"
        ]
        if found is None or not duties or found[0].limited or not (found[0].basis == "health" or found[0].extended):
            continue
        regime, secrecy = found
        openings = _openings(law, act)
        if any(n.duty_type == "share_other" and BODIES & set(n.frame.counterpart) for n in openings):
            continue
        here, ban, more = (law.names.provisions(n.ledd for n in norms) for norms in (duties, secrecy, openings))
        yield law.finding(
            "secrecy_vs_sharing", (*(n.ledd for n in duties), *(n.ledd for n in secrecy), *(n.ledd for n in openings)),
            actors=who_all(duties), score=0.8 if regime.basis == "health" else 0.72,
            title=Words(
                f"{law.names.act(act)}: skal samarbeide med alle tjenesteytere, men har streng taushetsplikt",
                f"{law.names.act(act)}: must cooperate with all service providers, but under strict secrecy",
            ),
            explanation=Words(
                f"{here.nb} pålegger samarbeid på tvers av sektorer. {ban.nb} gir {regime.words.nb}."
                + (f" Unntakene i {more.nb} bygger på samtykke eller gjelder innad i tjenesten." if openings else "")
                + " Ingen bestemmelse sier hvordan plikten til å samarbeide forholder seg til taushetsplikten; deling må bygge på samtykke "
                "eller på hjemmel i annen lov.",
                f"{here.en} {verb(here, 'demands')} cooperation across sectors. {ban.en} {verb(ban, 'lays')} down {regime.words.en}."
                + (f" The exceptions in {more.en} rest on consent or hold inside the service." if openings else "")
                + " No provision says how the duty to cooperate stands to secrecy; sharing must rest on consent or on another act.",
            ),
            reasons=(Words("streng taushetsplikt og vid samarbeidsplikt", "strict secrecy and a wide duty to cooperate"),),
            evidence=(*(n.evidence for n in duties), *(n.evidence for n in secrecy), *(n.evidence for n in openings)),
            key=tuple(n.section for n in secrecy[:1]), matter="strict",
        )  # fmt: skip


def _openings(law: Law, act: str) -> list[Norm]:
    """The general exceptions of an act from its own secrecy: permissions that say it is no hindrance, or consent."""
    return [
        n for n in one_per_sentence(law.by_act.get(act, ()))
        if n.frame.category == "confidentiality" and n.frame.modality == "permission"
        and re.search(r"^taushetsplikt(en)? er ikke til hinder", n.text)
        and re.search(r"samtykke|personell|medarbeider|ansatte", n.text)
    ]  # fmt: skip


def yielding_duties(law: Law) -> Iterator[Finding]:
    """Duties to tell that yield to secrecy, where the same staff's duty to tell another body goes before it.

    One finding for each kind of duty that two acts or more make depend on consent or on what secrecy allows, while a
    duty of the same acts to tell another body holds in spite of secrecy (``secrecy_vs_sharing``).
    """
    for type_ in duty_type_by_id().values():
        if not type_.matter or type_.group != "information" or type_.id.startswith("attention"):
            continue
        norms = [
            n for n in one_per_sentence(law.by_type.get(type_.id, ()))
            if n.act in law.acts and n.frame.modality == "duty" and n.frame.category == "information_sharing" and _yields(n)
        ]  # fmt: skip
        acts = {n.act for n in norms}
        free = [
            n for n in one_per_sentence(law.of_type("report_child_welfare")) if n.act in acts and n.frame.modality == "duty"
        ]  # fmt: skip
        if len(acts) < 2 or not free:
            continue
        here, there, names = (
            law.names.provisions(n.ledd for n in norms),
            law.names.provisions(n.ledd for n in free),
            type_.names,
        )
        yield law.finding(
            "secrecy_vs_sharing", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.66,
            title=Words(
                f"{names.nb}: plikten viker for taushetsplikten i {len(acts)} lover",
                f"{names.en}: the duty yields to secrecy in {len(acts)} acts",
            ),
            explanation=Words(
                f"{here.nb} pålegger å gi opplysninger av eget tiltak, men bare så langt samtykke eller taushetsplikten tillater. "
                f"Opplysningene er som regel taushetsbelagte, så plikten får lite innhold. Meldeplikten i {there.nb} går derimot foran "
                "taushetsplikten.",
                f"{here.en} {verb(here, 'demands')} information on own initiative, but only as far as consent or secrecy allows. The information is as a "
                f"rule secret, so that the duty has little content. The duty to report in {there.en} goes before secrecy.",
            ),
            reasons=(Words("plikt som bare gjelder når taushetsplikten ikke er til hinder", "a duty that holds only where secrecy is no hindrance"),),
            evidence=(*(n.evidence for n in norms), *(n.evidence for n in free)), key=(), matter=f"yields {type_.id}",
        )  # fmt: skip


def _yields(norm: Norm) -> bool:
    """Whether a duty holds only as far as consent or secrecy allows, said in its sentence or elsewhere in its ledd."""
    if {"consent", "confidentiality_permits"} & set(norm.frame.condition):
        return True
    return (
        re.search(
            r"så langt.{0,60}taushetsplikt|(bare|kun) gis etter samtykke|tie om|tier? om|tillatelse|tillater",
            norm.around,
        )
        is not None
    )


DEMANDS = re.compile(r"\bkan (?:\w+ ){0,6}?(?:kreve|pålegge|gi pålegg)")
SUPERVISORS = frozenset(
    ("helsetilsynet", "statsforvalter", "stat", "tilsynsmyndighet", "ombud", "andre", "person", "foresatte", "domstol")
)


def powers(law: Law) -> Iterator[Finding]:
    """Powers to demand information: one body may order what is secret, another must leave it to the giver's rules.

    For the giver it is a duty in the one case and a mere permission in the other (``duty_vs_permission``). Powers of
    services over public bodies; supervisors and appeal bodies are left out.
    """
    found = [
        n for n in one_per_sentence(law.norms)
        if n.act in law.acts and n.frame.category == "information_sharing" and n.frame.modality == "permission"
        and DEMANDS.search(n.text) and not SUPERVISORS & set(n.frame.bearer) and set(n.frame.counterpart) - PERSONS - {"ansatte", "helsepersonell"}
    ]  # fmt: skip
    strong = [
        n for n in found if re.search(r"uten hinder av (?:\w+ )?taushetsplikt|taushetsbelagte opplysninger", n.text)
    ]
    weak = [
        n for n in found if n not in strong and re.search(r"avgjøres etter|taushetsbestemmelser|så langt", n.around)
    ]
    strong = list({n.section: n for n in reversed(strong)}.values())[::-1]
    if not strong or not weak:
        return
    must, may = law.names.provisions(n.ledd for n in strong), law.names.provisions(n.ledd for n in weak)
    yield law.finding(
        "duty_vs_permission", (*(n.ledd for n in weak), *(n.ledd for n in strong)), actors=who_all((*weak, *strong)),
        score=0.62,
        title=Words(f"adgang til å kreve opplysninger: pålegg etter {must.nb}, ikke etter {may.nb}",
                    f"power to demand information: an order under {must.en}, not under {may.en}"),
        explanation=Words(
            f"{must.nb} lar organet pålegge andre å gi taushetsbelagte opplysninger. {may.nb} lar også organet kreve opplysninger, men "
            "avgiverens taushetsplikt avgjør om de kan gis. For avgiveren er det dermed en plikt overfor den ene tjenesten og bare en "
            "adgang overfor den andre.",
            f"{must.en} {verb(must, 'lets')} the body order others to give secret information. {may.en} also {verb(may, 'lets')} the body demand information, but the "
            "giver's secrecy decides whether it may be given. For the giver it is thus a duty towards one service and a mere permission "
            "towards the other.",
        ),
        reasons=(Words("ulik styrke for avgiveren", "unlike strength for the giver"),),
        evidence=(n.evidence for n in (*weak, *strong)), key=tuple(n.ledd for n in weak), matter="powers",
    )  # fmt: skip


def consent_apart(law: Law) -> Iterator[Finding]:
    """Consent here, none there: the same sharing needs the consent of the person or parents in one act only.

    Permissions to share of one kind whose sentence asks for consent, against those that ask for necessity alone
    (``threshold_divergence``).
    """
    for type_ in duty_type_by_id().values():
        if not type_.matter or type_.group != "information":
            continue
        norms = [
            n for n in one_per_sentence(law.by_type.get(type_.id, ()))
            if n.act in law.acts and n.frame.modality == "permission" and n.frame.category == "information_sharing"
        ]  # fmt: skip
        asks = [n for n in norms if "consent" in n.frame.condition or CONSENT.search(n.text)]
        free = [n for n in norms if n not in asks and "nødvendig" in n.text]
        only = [n for n in asks if n.act not in {f.act for f in free}]
        if not only or not free:
            continue
        beside = [n for n in asks if n not in only]
        here, there = law.names.provisions(n.ledd for n in only), law.names.provisions(n.ledd for n in free)
        yield law.finding(
            "threshold_divergence", (*(n.ledd for n in only), *(n.ledd for n in free), *(n.ledd for n in beside)),
            actors=who_all((*only, *free)), score=0.64,
            title=Words(f"{type_.names.nb}: samtykke kreves i {here.nb}, ikke i {there.nb}", f"{type_.names.en}: consent is asked in {here.en}, not in {there.en}"),
            explanation=Words(
                f"Etter {there.nb} kan opplysningene deles når det er nødvendig. Etter {here.nb} kreves tillatelse eller samtykke. Terskelen "
                "for å dele det samme er dermed ulik, og det avhenger av tjenesten om opplysningene følger personen.",
                f"Under {there.en} the information may be shared when necessary. Under {here.en} permission or consent is needed. The "
                "threshold for sharing the same is thus unlike, and it depends on the service whether information follows the person.",
            ),
            reasons=(Words("samtykke mot nødvendighet", "consent against necessity"),),
            evidence=(n.evidence for n in (*only, *free, *beside)), key=tuple(n.ledd for n in only), matter=f"consent {type_.id}",
        )  # fmt: skip


AGE = re.compile(
    r"\b(?:fylt|under|over|fyller|mellom|fra|er) (\d{1,2})(?: og (\d{1,2}))? år|\b(\d{1,2})-åring|(\d{1,2}) år og eldre"
)
OWN_SAY = re.compile(
    r"\bsamtykke|\bpart i saken|partsrettigheter|ta selv stilling|tar selv stilling|skal informasjon ikke gis|rett til å samtykke|informeres\b"
)
OTHER_AGE = re.compile(
    r"overtatt omsorgen|kapitlet|under 12 år|forskrift|straff|politiattest|oppholdstillatelse|statsborger|fartsmiddel|medlemmer|tilsyn"
)


def ages(law: Law) -> Iterator[Finding]:
    """Ages from which a child decides, consents or is told: where the acts draw the line at different years.

    Read from ledd of the acts of services and of rights that name an age from 12 to 17 and speak of consent, of being a party or of deciding oneself. One
    finding for all (``threshold_divergence``): services that cooperate must ask different persons.
    """
    found: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for act in sorted(law.acts):
        document = law.documents.get(act) if law.service_of(act) or act in rights_acts() else None
        for section in document.sections() if document else ():
            for node in section.of("ledd", "item"):
                if " år" not in node.text or node.address is None:
                    continue
                text = normal(node.text, document.language if document else "nb")
                lead = normal(section.title, "nb") + " " + text
                here = frozenset(int(y) for m in AGE.finditer(text) for y in m.groups() if y and 12 <= int(y) <= 17)
                if here and OWN_SAY.search(lead if node.kind == "item" else text) and not OTHER_AGE.search(text):
                    found[act].append((str(node.address), here))
    if len(found) < 3 or len({y for places in found.values() for _, ys in places for y in ys}) < 2:
        return
    places = tuple(dict.fromkeys(p for items in found.values() for p, _ in items))
    years = sorted({y for items in found.values() for _, ys in items for y in ys})
    where = law.names.provisions(places, 20)
    shown = ", ".join(str(y) for y in years)
    yield law.finding(
        "threshold_divergence", places, actors=("person", "foresatte"), score=0.6,
        title=Words(f"barnets egen råderett: ulike aldersgrenser ({shown} år) i {len(found)} lover", f"the child's own say: unlike ages ({shown}) in {len(found)} acts"),
        explanation=Words(
            f"{where.nb} lar barnet samtykke, være part eller ta stilling selv fra ulik alder ({shown} år). Tjenester som samarbeider om "
            "samme barn, må dermed innhente samtykke fra ulike personer.",
            f"{where.en} let the child consent, be a party or decide from unlike ages ({shown}). Services that cooperate on one child must "
            "thus ask different persons for consent.",
        ),
        reasons=(Words(f"{len(years)} aldersgrenser", f"{len(years)} ages"),),
        evidence=(Evidence(p, norm="age") for p in places), key=tuple(sorted(found)), matter="ages",
    )  # fmt: skip


def coordinators_without_basis(law: Law) -> Iterator[Finding]:
    """A service that coordinates what several bodies offer, and has no basis for obtaining what they know.

    The act's provisions on obtaining information that the service or its owner may use are cited: they reach other
    bodies than those that are to be coordinated (``no_sharing_basis``).
    """
    for norm in sector_coordinators(law):
        if norm.duty_type == "plan_order":
            continue
        document = law.documents.get(norm.act)
        bearer = set(norm.frame.bearer)
        titles = (s.title for s in document.sections() if str(s.address) == norm.section) if document else iter(())
        word = normal(next(titles, ""), "nn").split(" for ")[0]
        near = [
            n for n in one_per_sentence(law.by_act.get(norm.act, ()))
            if n.frame.category == "information_sharing" and n.frame.modality == "permission" and n.section != norm.section
            and (bearer & set(n.frame.bearer) or (word and word[:-1] in n.text))
        ]  # fmt: skip
        here, there = law.names.provision(norm.ledd), law.names.provisions(n.ledd for n in near)
        yield law.finding(
            "no_sharing_basis", (norm.ledd, *(n.ledd for n in near)), actors=who(norm), score=0.6,
            title=Words(f"{here.nb}: skal samordne flere organer uten hjemmel for å få opplysninger fra dem",
                        f"{here.en}: must coordinate several bodies without a basis for obtaining what they know"),
            explanation=Words(
                f"{here.nb} pålegger tjenesten å samordne tilbud fra flere organer til den enkelte. "
                + (f"{there.nb} gir adgang til å hente opplysninger fra enkelte av dem, men ikke fra de andre." if near else "Ingen bestemmelse i loven lar tjenesten hente eller dele opplysninger med dem.")
                + " Samordningen må da bygge på samtykke.",
                f"{here.en} {verb(here, 'binds')} the service to coordinate what several bodies offer the person. "
                + (f"{there.en} {verb(there, 'permits')} obtaining information from some of them, but not from the others." if near else "No provision of the act lets the service obtain or share information with them.")
                + " Coordination must then rest on consent.",
            ),
            reasons=(Words("samordning på tvers uten hjemmel for deling", "coordination across bodies without a basis for sharing"),),
            evidence=(norm.evidence, *(n.evidence for n in near)), key=(norm.section,), matter="sector",
        )  # fmt: skip


def municipality_without_basis(law: Law) -> Iterator[Finding]:
    """The municipality must coordinate services of several sectors, and no act lets it obtain what they know.

    One finding for all acts that lay down the duty (``no_sharing_basis``); acts whose section on cooperation permits the
    processing of personal data are cited with it, since that is no exception from secrecy.
    """
    norms = [
        n
        for n in municipal(law)
        if not re.search(r"taushetsplikt|innhente opplysninger", " ".join(m.around for m in law.by_section[n.section]))
    ]
    if len({n.act for n in norms}) < 3:
        return
    here = law.names.provisions(n.ledd for n in norms)
    yield law.finding(
        "no_sharing_basis", tuple(n.ledd for n in norms), actors=("kommune", "tjenesteytere"), score=0.7,
        title=Words(f"kommunens samordning: ingen hjemmel for å få opplysninger fra tjenestene i {len({n.act for n in norms})} lover",
                    f"the municipality's coordination: no basis for obtaining information from the services in {len({n.act for n in norms})} acts"),
        explanation=Words(
            f"{here.nb} pålegger kommunen å samordne tjenestetilbudet og peke ut en tjeneste som gjør det. Ingen av bestemmelsene gir kommunen "
            "eller den utpekte tjenesten adgang til taushetsbelagte opplysninger hos de andre; samordningen må bygge på samtykke.",
            f"{here.en} bind the municipality to coordinate the services and to name one that does so. None of the provisions gives the "
            "municipality or the service named access to secret information of the others; coordination must rest on consent.",
        ),
        reasons=(Words("samordning på tvers av sektorer uten hjemmel for deling", "coordination across sectors without a basis for sharing"),),
        evidence=(n.evidence for n in norms), key=("municipality",), matter="municipality",
    )  # fmt: skip


JOINT = re.compile(
    r"\b(?:andre|flere) .{0,40}(?:tjenester|oppgaver) .{0,30}(?:inngå i|legges til) (?:kontoret|enheten)"
)


def joint_offices(law: Law) -> Iterator[Finding]:
    """A joint office whose rule on sharing names the acts whose secrecy it lifts, while other services may join it.

    One ledd lets further services be placed in the office; another lifts, inside the office, secrecy under named acts
    alone. What the services that join know stays secret (``no_sharing_basis``).
    """
    for act in sorted(law.acts):
        norms = one_per_sentence(law.by_act.get(act, ()))
        joining = [n for n in norms if JOINT.search(n.text)]
        inside = [
            n for n in norms
            if n.frame.category == "confidentiality" and n.frame.modality == "permission"
            and re.search(r"taushetsplikt etter .{0,160}ikke til hinder", n.text) and re.search(r"kontoret|enheten", n.text)
        ]  # fmt: skip
        if not joining or not inside:
            continue
        duties = [n for n in norms if n.duty_type == "cooperate_case" and n.frame.modality == "duty"]
        here, there = law.names.provisions(n.ledd for n in inside), law.names.provisions(n.ledd for n in joining)
        yield law.finding(
            "no_sharing_basis", (*(n.ledd for n in inside), *(n.ledd for n in joining), *(n.ledd for n in duties)),
            actors=who_all(joining), score=0.64,
            title=Words(f"{here.nb}: delingen i kontoret omfatter ikke tjenester som legges til det", f"{here.en}: sharing inside the office leaves out services that join it"),
            explanation=Words(
                f"{there.nb} åpner for at andre tjenester inngår i kontoret. {here.nb} opphever bare taushetsplikten etter lovene som er nevnt der. Tjenester "
                "etter andre lover kan dermed sitte i samme kontor uten å kunne dele opplysninger med det.",
                f"{there.en} {verb(there, 'lets')} other services join the office. {here.en} {verb(here, 'lifts')} secrecy under the acts named there alone. Services under other "
                "acts may thus sit in the same office without being able to share with it.",
            ),
            reasons=(Words("delingsregel for navngitte lover", "a rule on sharing for named acts"),),
            evidence=(*(n.evidence for n in inside), *(n.evidence for n in joining)), key=tuple(n.section for n in inside), matter="joint office",
        )  # fmt: skip


def one_must_other_may(law: Law) -> Iterator[Finding]:
    """One must tell, the other may: two services of one act, where only one direction is a duty (``duty_vs_permission``).

    The duty holds in spite of secrecy; the other way the act permits telling on its own terms.
    """
    norms = [
        n for n in one_per_sentence(law.norms)
        if n.act in law.acts and n.frame.category == "information_sharing" and n.frame.bearer and set(n.frame.counterpart) - PERSONS - BODIES
        and "despite_confidentiality" in n.frame.condition
    ]  # fmt: skip
    by_section: dict[str, list[Norm]] = defaultdict(list)
    for norm in norms:
        by_section[norm.section].append(norm)
    for must in norms:
        for may in by_section[must.section]:
            if must.frame.modality != "duty" or may.frame.modality != "permission":
                continue
            if not (
                set(must.frame.bearer) & set(may.frame.counterpart)
                and set(may.frame.bearer) & set(must.frame.counterpart)
            ):
                continue
            here, there = law.names.provision(must.ledd), law.names.provision(may.ledd)
            first, second = actors(must.frame.bearer), actors(may.frame.bearer)
            yield law.finding(
                "duty_vs_permission", (may.ledd, must.ledd), actors=dict.fromkeys((*who(must), *who(may))), score=0.68,
                title=Words(f"{first.nb} skal gi opplysninger, {second.nb} kan: {here.nb} mot {there.nb}", f"{first.en} must inform, {second.en} may: {here.en} against {there.en}"),
                explanation=Words(
                    f"Etter {here.nb} skal {first.nb} gi opplysninger uten hinder av taushetsplikt. Den andre veien, etter {there.nb}, har {second.nb} bare adgang til "
                    "å gi dem. Samarbeidet blir dermed ulikt forpliktende for de to.",
                    f"Under {here.en}, {first.en} must inform in spite of secrecy. The other way, under {there.en}, {second.en} is merely permitted to. The two are thus "
                    "unequally bound.",
                ),
                reasons=(Words("plikt den ene veien, adgang den andre", "a duty one way, a permission the other"),),
                evidence=(may.evidence, must.evidence), key=(must.ledd, may.ledd), matter="direction",
            )  # fmt: skip


def notices_against_secrecy(law: Law) -> Iterator[Finding]:
    """A duty that an act lays on public bodies at large to notify, against the secrecy of the bodies that it means.

    The act defines the bodies by a closed list; those of the list whose own act lays secrecy on them are told
    (``secrecy_vs_sharing``). The duty says nothing of secrecy.
    """
    for act in sorted(law.acts):
        bound = [
            n for n in one_per_sentence(law.by_act.get(act, ()))
            if n.frame.modality == "duty" and "offentlige_organer" in n.frame.bearer and re.search(r"\bvarsl|\bgi melding|\bopplysninger", n.text)
            and not re.search(r"taushetsplikt|samtykk", n.around)
        ]  # fmt: skip
        defined = (
            [d for d in law.definitions if d.address.act == act and re.search(r"myndighet|organ|instans", d.term)]
            if bound
            else []
        )
        lists = [
            (d, found) for d in defined if (found := [s for s in law.services if names_service(" ".join(d.words), s)])
        ]
        if not lists:
            continue
        secrecy = [n for _, found in lists for s in found for n in secrecy_norms(law, s.act)[:1]]
        if not secrecy:
            continue
        here, ban, who_are = (
            law.names.provisions(n.ledd for n in bound),
            law.names.provisions(n.ledd for n in secrecy),
            law.names.provision(lists[0][0].address),
        )
        yield law.finding(
            "secrecy_vs_sharing", (*(n.ledd for n in bound), str(lists[0][0].address), *(n.ledd for n in secrecy)),
            actors=dict.fromkeys(s.actors[0] for _, found in lists for s in found), score=0.66,
            title=Words(f"{here.nb}: plikt til å varsle mot varslernes taushetsplikt", f"{here.en}: duty to notify against the secrecy of those bound"),
            explanation=Words(
                f"{here.nb} pålegger organene i {who_are.nb} å varsle. {ban.nb} pålegger dem taushetsplikt. Varslingsplikten setter ikke "
                "taushetsplikten til side, og lovene som har den, viser ikke til varslingen.",
                f"{here.en} {verb(here, 'binds')} the bodies of {who_are.en} to notify. {ban.en} {verb(ban, 'lays')} secrecy on them. The duty to notify does not set secrecy "
                "aside, and the acts that lay it down do not refer to the notice.",
            ),
            reasons=(Words("varslingsplikt uten unntak fra taushetsplikten", "a duty to notify without an exception from secrecy"),),
            evidence=(*(n.evidence for n in bound), *(n.evidence for n in secrecy)), key=tuple(n.ledd for n in bound), matter="notice",
        )  # fmt: skip


def notices_without_basis(law: Law) -> Iterator[Finding]:
    """A duty to notify another service about a person, in an act with no rule on secrecy or sharing at all.

    The act names no exception from the secrecy that another act lays on the staff (``no_sharing_basis``).
    """
    for act in sorted(law.acts):
        if law.service_of(act) is None or secrecy_norms(law, act):
            continue
        norms = [
            n for n in one_per_sentence(law.by_act.get(act, ()))
            if n.frame.modality == "duty" and re.search(r"\bvarsl|\bgi melding|\bunderrette", n.text) and not re.search(r"taushetsplikt|samtykk", n.around)
            and (n.duty_type == "plan_notify" or (n.frame.category == "cooperation" and set(n.frame.counterpart) - PERSONS))
        ]  # fmt: skip
        if not norms:
            continue
        here, name = law.names.provisions(n.ledd for n in norms), law.names.act(act)
        yield law.finding(
            "no_sharing_basis", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.54,
            title=Words(f"{name}: plikt til å varsle uten regel om taushetsplikt eller deling", f"{name}: duty to notify without a rule on secrecy or sharing"),
            explanation=Words(
                f"{here.nb} pålegger å varsle en annen tjeneste om en person. {name} har ingen bestemmelse om taushetsplikt og ingen som "
                "gir adgang til å dele opplysningene; hjemmelen må søkes i andre lover eller i samtykke.",
                f"{here.en} {verb(here, 'demands')} notice to another service about a person. {name} has no provision on secrecy and none that permits "
                "sharing; the basis must be sought in other acts or in consent.",
            ),
            reasons=(Words("loven har ingen regel om taushetsplikt", "the act has no rule on secrecy"),),
            evidence=(n.evidence for n in norms), key=(act,), matter="notice",
        )  # fmt: skip


def access_apart(law: Law) -> Iterator[Finding]:
    """Access that must be given, access that may be taken: of permissions to obtain the same, some are owed.

    Within a kind of information: provisions that say a body *shall have* access against those that let it *obtain*
    (``duty_vs_permission``).
    """
    for type_ in duty_type_by_id().values():
        if not type_.matter or type_.group != "information":
            continue
        norms = [n for n in one_per_sentence(law.by_type.get(type_.id, ())) if n.act in law.acts]
        owed = [n for n in norms if re.search(r"\bskal .{0,60}ha tilgang", n.text)]
        may = [
            n
            for n in norms
            if re.search(r"\bkan .{0,80}(innhente|hente inn)", n.text) and n.section not in {o.section for o in owed}
        ]
        if not owed or not may:
            continue
        yield _access(law, type_.names, type_.id, owed, may)


def _access(law: Law, names: Words, matter: str, owed: Sequence[Norm], may: Sequence[Norm]) -> Finding:
    must, can = law.names.provisions(n.ledd for n in owed), law.names.provisions(n.ledd for n in may)
    who_has = actors(dict.fromkeys(a for n in owed for a in n.frame.bearer))
    return law.finding(
        "duty_vs_permission", (*(n.ledd for n in owed), *(n.ledd for n in may)), actors=who_all((*owed, *may)), score=0.52,
        title=Words(f"{names.nb}: skal ha tilgang etter {must.nb}, kan hente etter {can.nb}", f"{names.en}: shall have access under {must.en}, may obtain under {can.en}"),
        explanation=Words(
            f"{must.nb} sier at {who_has.nb} skal ha tilgang. {can.nb} sier bare at organet kan innhente de samme opplysningene. Det er uklart om "
            "forskjellen er ment.",
            f"{must.en} {verb(must, 'says')} that {who_has.en} shall have access. {can.en} {verb(can, 'says')} only that the body may obtain the same. It is unclear "
            "whether the difference is meant.",
        ),
        reasons=(Words("skal ha mot kan innhente", "shall have against may obtain"),),
        evidence=(n.evidence for n in (*owed, *may)), key=tuple(n.ledd for n in owed), matter=f"access {matter}",
    )  # fmt: skip
