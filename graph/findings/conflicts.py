"""Conflicts: rules that pull the same body in different directions, or that differ where they should be one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from graph.definitions import Definition, concept
from graph.finding import Evidence, Finding, Words
from graph.findings.families import families, middle_of, one_per_sentence
from graph.findings.overlaps import PERSONS, appointments, municipal, sector_coordinators, units, who, who_all
from graph.law import Law, Norm, duty_type_by_id, exceptions, professional_secrecy
from graph.names import MODALITIES, actors, both, related, verb
from graph.wording import Difference, compare

BODIES = frozenset(("tjenesteytere", "offentlige_organer"))
SETTLED = frozenset(("despite_confidentiality", "consent", "confidentiality_permits"))
SETTLING_WORDS = re.compile(r"taushetsplikt|samtykke|tillatelse|tillater|hjemmel i lov|ønsker det|tie om")
REPORTS = frozenset(("attention_child_welfare", "attention_health_social", "secrecy_limit", "population_register"))


def secrecy_norms(law: Law, act: str) -> list[Norm]:
    """The provisions of an act that bind its staff to keep silent, the main one first."""
    norms = [n for n in law.by_act.get(act, ()) if n.duty_type in ("secrecy", "secrecy_extended")]
    main = [n for n in norms if n.duty_type == "secrecy" and _binds_staff(n)]
    return main or norms


def _binds_staff(norm: Norm) -> bool:
    return (
        "ansatte" in norm.frame.bearer
        or re.match(r"(enhver|alle|for virksomheter|reglene|forvaltningsloven)", norm.text) is not None
    )


def settled(norm: Norm) -> bool:
    """Whether a duty to share says how it stands to confidentiality, in its sentence or elsewhere in its ledd."""
    return bool(SETTLED & set(norm.frame.condition)) or SETTLING_WORDS.search(norm.around) is not None


def secrecy_against_sharing(law: Law) -> Iterator[Finding]:
    """Secrecy against sharing: a duty to share against a prohibition, without an exception that joins them.

    Bearer and direction are the same on both sides.

    Five cases. (1) An act lets its staff tell other bodies only within narrow bounds ("may only be given …"), and
    also binds them to cooperate with those bodies. (2) An act binds its staff to tell another body about a person and
    says neither there nor elsewhere in the section how this stands to the confidentiality that it lays on them.
    (3) An act lets a body obtain information from a service whose own act lets it tell others only within bounds.
    (4) A duty to cooperate that leaves the telling to the consent of the person or the parents.
    (5) An exception from confidentiality that leaves out the secrecy of health personnel, in an act that binds its
    service to cooperate with all service providers.
    """
    yield from _health_left_out(law)
    yield from _limits_against_cooperation(law)
    yield from _duties_unsettled(law)
    yield from _across_acts(law)
    yield from _consent_beside_cooperation(law)


def _health_left_out(law: Law) -> Iterator[Finding]:
    for act in sorted(law.acts):
        out = [
            n for n in one_per_sentence(law.by_act.get(act, ()))
            if re.search(r"unntaket.{0,40} gjelder ikke taushetsplikt etter helsepersonelloven", n.text)
        ]  # fmt: skip
        duties = [n for n in one_per_sentence(law.by_act.get(act, ())) if n.duty_type == "cooperate_case"]
        if not out or not duties:
            continue
        ban, where = law.names.provisions(n.ledd for n in out), law.names.provisions(n.ledd for n in duties)
        yield law.finding(
            "secrecy_vs_sharing",
            (*(n.ledd for n in out), *(n.ledd for n in duties)),
            actors=dict.fromkeys((*(a for n in duties for a in who(n)), "helsepersonell")),
            score=0.68,
            title=Words(
                f"{law.names.act(act)}: delingen gjelder ikke helsepersonell, samarbeidsplikten gjør",
                f"{law.names.act(act)}: sharing leaves out health personnel, the duty to cooperate does not",
            ),
            explanation=Words(
                f"{ban.nb} unntar helsepersonells taushetsplikt fra adgangen til å dele. {where.nb} pålegger samtidig samarbeid med "
                "alle tjenesteytere, også helsetjenesten. Overfor den er samarbeidet henvist til samtykke.",
                f"{ban.en} leaves the secrecy of health personnel out of the permission to share. {where.en} demands cooperation with "
                "all service providers, the health services among them. Towards these the cooperation must rest on consent.",
            ),
            reasons=(Words("unntak som ikke når helsetjenesten", "an exception that does not reach health services"),),
            evidence=(*(n.evidence for n in out), *(n.evidence for n in duties)),
            key=tuple(n.ledd for n in out),
            matter="health",
        )


def _limits_against_cooperation(law: Law) -> Iterator[Finding]:
    for limit in one_per_sentence(law.of_type("secrecy_limit")):
        duties = [n for n in law.by_act[limit.act] if n.duty_type in ("cooperate_case", "cooperate_system")]
        duties = [n for n in one_per_sentence(duties) if n.frame.modality == "duty"]
        if not duties or limit.act not in law.acts:
            continue
        narrow = bool(re.search(r"\b(bare|kun)\b", limit.text))
        where, ban = law.names.provisions(n.ledd for n in duties), law.names.provision(limit.ledd)
        yield law.finding(
            "secrecy_vs_sharing", (limit.ledd, *(n.ledd for n in duties)),
            actors=who_all(duties), score=0.84 if narrow else 0.66,
            title=Words(
                f"{law.names.act(limit.act)}: plikt til å samarbeide, men opplysninger kan bare gis på snevre vilkår",
                f"{law.names.act(limit.act)}: duty to cooperate, but information only on narrow terms",
            ),
            explanation=Words(
                f"{where.nb} pålegger tjenesten å samarbeide med andre tjenester. {ban.nb} lar den samtidig gi "
                "opplysninger til andre organer bare når særlige vilkår er oppfylt, knyttet til egne oppgaver. "
                "Samarbeidsplikten nevner ikke taushetsplikten, og ingen regel binder de to sammen når det er den andre "
                "tjenesten som trenger opplysningene.",
                f"{where.en} {verb(where, 'binds')} the service to cooperate with other services. {ban.en} {verb(ban, 'lets')} it tell other bodies only on "
                "special terms, tied to its own tasks. The duty to cooperate does not mention confidentiality, and no rule "
                "joins the two when it is the other service that needs the information.",
            ),
            reasons=(
                Words("plikt og begrensning i samme lov", "duty and limit in the same act"),
                Words("ingen bestemmelse binder dem sammen", "no provision joins them"),
            ),
            evidence=(limit.evidence, *(n.evidence for n in duties)), key=(limit.ledd,),
        )  # fmt: skip


INSIDE = frozenset(
    ("kommune", "fylkeskommune", "skoleeier", "barnehageeier", "barnehagemyndighet", "stat", "ansatte", "andre", "helsetilsynet",
     "statsforvalter", "tilsynsmyndighet", "utdanningsdirektoratet", "register_og_statistikk", "folkeregister_og_skatt", "domstol",
     "barneverns_og_helsenemnd", "kontrollkommisjon", "helsedirektoratet", "bufdir", "imdi", "avdir")
)  # fmt: skip


def _receivers(law: Law, norm: Norm) -> set[str]:
    """Receivers of another service: the service's own actors, its owner and its supervisors left out."""
    service = law.service_of(norm.act)
    return set(norm.frame.counterpart) - PERSONS - INSIDE - set(service.actors if service else ())


def _duties_unsettled(law: Law) -> Iterator[Finding]:
    found: dict[str, list[Norm]] = defaultdict(list)
    for norm in one_per_sentence(law.norms):
        if (
            norm.act in law.acts
            and norm.frame.category == "information_sharing"
            and norm.frame.modality == "duty"
            and norm.duty_type not in REPORTS
            and _receivers(law, norm)
            and _about_person(norm)
            and not settled(norm)
            and "innhentes" not in norm.text
            and not any(settled(n) for n in law.by_section[norm.section] if n.frame.category == "confidentiality")
        ) or (norm.duty_type == "plan_notify" and norm.act in law.acts and not settled(norm)):
            found[norm.section].append(norm)
    for norms in found.values():
        act = norms[0].act
        secrecy = (secrecy_norms(law, act) or _wider_secrecy(law, act))[:2]
        if not secrecy:
            continue
        where, ban = law.names.provisions(n.ledd for n in norms), law.names.provisions(n.ledd for n in secrecy)
        receivers = actors(dict.fromkeys(a for n in norms for a in n.frame.counterpart if a not in PERSONS)) or Words(
            "", ""
        )
        yield law.finding(
            "secrecy_vs_sharing", (*(n.ledd for n in norms), *(n.ledd for n in secrecy)),
            actors=who_all(norms),
            score=0.62 if any(n.duty_type in ("plan_notify", "pregnant_user") for n in norms) else 0.5,
            title=Words(
                f"{where.nb}: plikt til å gi opplysninger uten at taushetsplikten er nevnt",
                f"{where.en}: duty to give information without a word on confidentiality",
            ),
            explanation=Words(
                f"{where.nb} pålegger tjenesten å gi opplysninger til {receivers.nb or 'et annet organ'}, mens {ban.nb} "
                "pålegger de samme ansatte taushetsplikt. Bestemmelsen sier ikke om opplysningene skal gis uten hinder av "
                "taushetsplikten, og en lovbestemt plikt må tolkes for å gå foran.",
                f"{where.en} {verb(where, 'binds')} the service to inform {receivers.en or 'another body'}, while {ban.en} {verb(ban, 'binds')} the same staff "
                "to confidentiality. The provision does not say whether the information is given in spite of it; that the "
                "duty goes first must be read into it.",
            ),
            reasons=(Words("ingen unntaksregel i bestemmelsen", "no exception in the provision"),),
            evidence=(*(n.evidence for n in norms), *(n.evidence for n in secrecy)), key=tuple(n.ledd for n in norms),
        )  # fmt: skip


def _wider_secrecy(law: Law, act: str) -> list[Norm]:
    """Confidentiality laid down in the act that covers a service whose own act has no such rule."""
    service = law.service_of(act)
    excuse = exceptions().get((service.id, "cooperate_case")) if service else None
    return secrecy_norms(law, "/".join(excuse.provision.split("/")[:2])) if excuse else []


_PERSON_WORDS = re.compile(
    r"\b(pasient|pasienten|pasienter|bruker|brukeren|barn|barnet|barnets|elev|eleven|elever|gravid|utskrivning|innleggelse|"
    r"person|personer|deltaker|deltakeren|klienten|individuell plan|saken)\b"
)


def _about_person(norm: Norm) -> bool:
    return _PERSON_WORDS.search(norm.text) is not None


def _across_acts(law: Law) -> Iterator[Finding]:
    limits = [n for n in one_per_sentence(law.of_type("secrecy_limit")) if n.act in law.acts]
    for norm in one_per_sentence(law.norms):
        if (
            norm.act not in law.acts
            or norm.frame.category != "information_sharing"
            or norm.frame.modality not in ("permission", "duty")
            or not re.search(r"innhente|pålegge|kreve", norm.text)
            or not re.search(r"uten hinder av (lovbestemt )?taushetsplikt", norm.text)
        ):
            continue
        against = [n for n in limits if n.act != norm.act and _gives(law, norm, n)]
        if not against:
            continue
        here, there = law.names.provision(norm.ledd), law.names.provisions(n.ledd for n in against)
        yield law.finding(
            "secrecy_vs_sharing", (norm.ledd, *(n.ledd for n in against)), actors=who(norm), score=0.64,
            title=Words(
                f"{here.nb} henter opplysninger som {there.nb} holder tilbake",
                f"{here.en} obtains information that {there.en} keeps back",
            ),
            explanation=Words(
                f"{here.nb} lar organet hente opplysninger fra tjenesten uten hinder av taushetsplikt. {there.nb} lar "
                "tjenesten gi opplysninger til andre organer bare på egne vilkår og nevner ikke dette unntaket. Den som sitter "
                "med opplysningene, finner ikke adgangen i sin egen lov.",
                f"{here.en} {verb(here, 'lets')} the body obtain information from the service in spite of confidentiality. {there.en} {verb(there, 'lets')} "
                "the service tell other bodies only on its own terms and does not name this exception. Whoever holds the "
                "information does not find the permission in the act that binds them.",
            ),
            reasons=(Words("adgang i én lov, begrensning i en annen", "permission in one act, limit in another"),),
            evidence=(norm.evidence, *(n.evidence for n in against)), key=(norm.ledd,), matter="across",
        )  # fmt: skip


def _gives(law: Law, norm: Norm, limit: Norm) -> bool:
    """Whether the service that *limit* binds is one of those that *norm* takes information from."""
    service = law.service_of(limit.act)
    return bool(service) and service.actors[0] in norm.frame.counterpart if service else False


CONSENT = re.compile(
    r"må ha (tillatelse|samtykke)|(bare|kun) .{0,40}samtykke|etter samtykke|dersom .{0,30}(samtykker|ønsker det)|og pasienten ønsker det|"
    r"dersom .{0,40}tillater det"
)


def _consent_beside_cooperation(law: Law) -> Iterator[Finding]:
    seen: set[str] = set()
    for duty in one_per_sentence(law.norms):
        shares = re.search(r"utlever|opplysninger|varsle|dele ", duty.around)
        if (
            duty.act not in law.acts
            or duty.ledd in seen
            or duty.frame.category != "cooperation"
            or duty.frame.modality != "duty"
            or not {*duty.frame.counterpart} - PERSONS
            or "samarbeid" not in duty.text
            or not shares
            or not CONSENT.search(duty.around)
        ):
            continue
        seen.add(duty.ledd)
        here = law.names.provision(duty.ledd)
        beside = [
            n
            for n in one_per_sentence(law.by_act[duty.act])
            if n.duty_type == "cooperate_case" and n.frame.modality == "duty"
        ]
        secrecy = secrecy_norms(law, duty.act)[:1]
        yield law.finding(
            "secrecy_vs_sharing",
            (duty.ledd, *(n.ledd for n in beside), *(n.ledd for n in secrecy)),
            actors=who(duty),
            score=0.7,
            title=Words(
                f"{here.nb}: samarbeidet er en plikt, men deling krever samtykke",
                f"{here.en}: cooperation is a duty, but sharing needs consent",
            ),
            explanation=Words(
                f"{here.nb} pålegger samarbeid og gjør samtidig det å gi opplysninger avhengig av samtykke eller "
                "tillatelse. Uten samtykke kan plikten ikke oppfylles for den enkelte, og bestemmelsen sier ikke hva som da "
                "gjelder.",
                f"{here.en} demands cooperation and makes the giving of information depend on consent or permission. "
                "Without it the duty cannot be fulfilled for the single person, and the provision does not say what then "
                "applies.",
            ),
            reasons=(Words("plikt og samtykkekrav i samme ledd", "duty and consent in the same ledd"),),
            evidence=(duty.evidence, *(n.evidence for n in beside), *(n.evidence for n in secrecy)),
            key=(duty.ledd,),
            matter="consent",
        )


class Regime(Struct, frozen=True):
    """The confidentiality that binds a service: what it rests on, and what its act adds.

    ``basis``: ``health`` (the professional secrecy of the Health Personnel Act), ``administration`` (the Public
    Administration Act). ``shared``: its act lets sharing regulations under § 13 g apply. ``extended``: birthplace,
    address and the like are secret too. ``limited``: telling other bodies is bound to special terms.
    """

    basis: str
    shared: bool
    extended: bool
    limited: str

    @property
    def words(self) -> Words:
        """The regime in words."""
        if self.basis == "health":
            nb, en = (
                ["profesjonsbestemt taushetsplikt etter helsepersonelloven"],
                ["professional secrecy of health personnel"],
            )
        else:
            nb, en = ["forvaltningsmessig taushetsplikt"], ["secrecy of public administration"]
        if self.extended:
            nb.append("utvidet til personalia")
            en.append("extended to personal particulars")
        if self.limited:
            nb.append("snevrere adgang til å gi opplysninger til andre organer")
            en.append("narrower permission to tell other bodies")
        if not self.shared and self.basis == "administration":
            nb.append("uten direkte adgang til delingsforskrift")
            en.append("without direct use of sharing regulations")
        return Words(", ".join(nb), ", ".join(en))


def regime_of(law: Law, act: str) -> tuple[Regime, tuple[Norm, ...]] | None:
    """The confidentiality that an act lays on its service, and the norms it stands in; None where it has none."""
    norms = [
        n for n in one_per_sentence(law.by_act.get(act, ()))
        if n.duty_type in ("secrecy", "secrecy_extended", "secrecy_limit") and (n.duty_type != "secrecy" or _binds_staff(n))
    ]  # fmt: skip
    main = [n for n in norms if n.duty_type == "secrecy"]
    if not main:
        return None
    text = " ".join(n.around for n in main)
    limits = [n for n in norms if n.duty_type == "secrecy_limit"]
    regime = Regime(
        "health" if "helsepersonelloven" in text else "administration",
        bool(re.search(r"13 g|13 til 13 g|forvaltningsloven gjelder ved|i forvaltningsloven", text))
        and "deling av" not in text,
        any(n.duty_type == "secrecy_extended" for n in norms) or "fødested" in text,
        "own" if limits else "",
    )
    return regime, tuple(dict.fromkeys([*main, *(n for n in norms if n not in main)]))


def secrecy_regimes(law: Law) -> Iterator[Finding]:
    """Secrecy regimes that differ: services bound to cooperate with each other, where one may tell and the other may not.

    The regime of each act is read from its provision on confidentiality (basis, extension, limits on telling other
    bodies, use of regulations on sharing). One finding for each pair of regimes, with the acts on either side; only
    acts whose service is bound to cooperate with other services count. Also told: two services that one section binds to inform each
    other, where one may do so in spite of confidentiality and the other may not; and services whose professionals are
    bound by professional secrecy beside the secrecy of the act.
    """
    yield from _one_way(law)
    yield from _two_tracks(law)
    groups: dict[Regime, list[tuple[str, tuple[Norm, ...]]]] = defaultdict(list)
    for act in sorted(law.acts):
        found = regime_of(law, act)
        cooperates = any(n.frame.category in ("cooperation", "individual_plan") for n in law.by_act.get(act, ()))
        if found and cooperates:
            groups[found[0]].append((act, found[1]))
    for one, two in combinations(sorted(groups, key=lambda r: (r.basis, r.extended, r.limited, r.shared)), 2):
        left, right = groups[one], groups[two]
        acts = (law.names.names(a for a, _ in left), law.names.names(a for a, _ in right))
        places = [n.ledd for _, norms in (*left, *right) for n in norms]
        distance = (one.basis != two.basis) * 3 + (one.limited != two.limited) * 2 + (one.extended != two.extended) + (
            one.shared != two.shared
        )  # fmt: skip
        services = [s for a, _ in (*left, *right) if (s := law.service_of(a))]
        yield law.finding(
            "secrecy_regimes_differ", places, actors=(s.actors[0] for s in services),
            score=0.42 + 0.07 * min(distance, 6) + 0.01 * min(len(left) + len(right), 8),
            title=Words(
                f"Ulik taushetsplikt: {acts[0].nb} mot {acts[1].nb}", f"Confidentiality differs: {acts[0].en} against {acts[1].en}"
            ),
            explanation=Words(
                f"Tjenestene skal samarbeide, men {acts[0].nb} har {one.words.nb}, mens {acts[1].nb} har {two.words.nb}. Den "
                "ene kan dermed fortelle det den andre må tie om, og delingen går lettere den ene veien enn den andre.",
                f"The services must cooperate, but {acts[0].en} {verb(acts[0], 'has')} {one.words.en}, while {acts[1].en} {verb(acts[1], 'has')} {two.words.en}. One "
                "may thus tell what the other must keep silent about, and information flows more easily one way.",
            ),
            reasons=(Words(f"{distance} forskjeller i reglene", f"{distance} differences in the rules"),),
            evidence=(n.evidence for _, norms in (*left, *right) for n in norms),
        )  # fmt: skip


def _two_tracks(law: Law) -> Iterator[Finding]:
    """Staff of one service under two regimes: that of the act, and the professional one of another act."""
    for provision, found in professional_secrecy().items():
        act = "/".join(provision.split("/")[:2])
        norms = [
            n
            for service in found
            if service in law.acts and act in law.documents
            for n in secrecy_norms(law, service)[:1]
            if "helsepersonelloven" not in n.around
        ]
        if not norms:
            continue
        where, other = law.names.provisions(n.ledd for n in norms), law.names.provision(provision)
        yield law.finding(
            "secrecy_regimes_differ",
            (*(n.ledd for n in norms), provision),
            actors=("helsepersonell", "ansatte"),
            score=0.66,
            title=Words(
                f"To spor for taushetsplikt i samme tjeneste: {where.nb} og {other.nb}",
                f"Two tracks of secrecy in one service: {where.en} and {other.en}",
            ),
            explanation=Words(
                f"{where.nb} legger forvaltningsmessig taushetsplikt på alle ansatte. Helsepersonell i samme tjeneste er i tillegg "
                f"bundet av {other.nb}, som er strengere og har andre unntak. Hva som kan deles i et samarbeid, avhenger dermed av hvem "
                "som sitter med opplysningen.",
                f"{where.en} lay the secrecy of public administration on all staff. Health personnel of the same service are bound by "
                f"{other.en} as well, which is stricter and has other exceptions. What may be shared in cooperation thus depends on who "
                "holds the information.",
            ),
            reasons=(Words("to regelsett for samme tjeneste", "two sets of rules for one service"),),
            evidence=(*(n.evidence for n in norms), Evidence(provision, norm="professional secrecy")),
            matter="two tracks",
        )


def _one_way(law: Law) -> Iterator[Finding]:
    norms = [
        n for n in one_per_sentence(law.norms)
        if n.act in law.acts and n.frame.category == "information_sharing" and n.frame.modality == "duty" and _named_only(n)
    ]  # fmt: skip
    for one in norms:
        for two in norms:
            free, bound = (
                "despite_confidentiality" in one.frame.condition,
                "despite_confidentiality" in two.frame.condition,
            )
            if one is two or not free or bound or one.section != two.section or not _swapped(one, two):
                continue
            here, there = law.names.provision(one.ledd), law.names.provision(two.ledd)
            first, second = actors(one.frame.bearer), actors(two.frame.bearer)
            yield law.finding(
                "secrecy_regimes_differ",
                (two.ledd, one.ledd),
                actors=dict.fromkeys((*who(one), *who(two))),
                score=0.7,
                title=Words(
                    f"Opplysninger går lettere én vei: {here.nb} mot {there.nb}",
                    f"Information flows more easily one way: {here.en} against {there.en}",
                ),
                explanation=Words(
                    f"Etter {here.nb} skal {first.nb} gi opplysninger uten hinder av taushetsplikt. Den andre veien, etter "
                    f"{there.nb}, kan {second.nb} bare gi dem så langt taushetsplikten eller samtykke tillater.",
                    f"Under {here.en}, {first.en} must inform in spite of confidentiality. The other way, under {there.en}, "
                    f"{second.en} may do so only as far as confidentiality or consent allows.",
                ),
                reasons=(Words("ulikt vern i de to retningene", "unlike protection in the two directions"),),
                evidence=(one.evidence, two.evidence),
                matter="one way",
            )


def _named_only(norm: Norm) -> bool:
    return bool(norm.frame.bearer) and bool(set(norm.frame.counterpart) - PERSONS - BODIES)


def _swapped(one: Norm, two: Norm) -> bool:
    """Whether two norms bind the same pair of services in opposite directions."""
    return any(related(b, c) for b in one.frame.bearer for c in two.frame.counterpart) and any(
        related(b, c) for b in two.frame.bearer for c in one.frame.counterpart
    )


# kinds of duty whose norms are powers and rights by nature, or so mixed that their strength tells nothing
NO_STRENGTH = frozenset(("order_child_welfare", "school_change", "coordinator", "child_coordinator"))


def duty_against_permission(law: Law) -> Iterator[Finding]:
    """Duty here, permission there: the same matter is a duty in one act and a mere permission or recommendation in another.

    Within a kind of duty: the weaker provisions against the duties. Within an act: the service must cooperate with
    other bodies, but may only (not must) tell them what they need.
    """
    for family in families(law):
        norms = [m.norm for g in (family.main, *family.others) for m in g.members]
        if family.duty_type.group in ("confidentiality", "individual_plan") or family.duty_type.id in NO_STRENGTH:
            continue
        norms = [n for n in norms if not set(n.frame.bearer) & PERSONS]
        strong = [n for n in norms if n.frame.modality == "duty"]
        weak = [n for n in norms if n.frame.modality in ("permission", "recommendation")]
        weak = [n for n in weak if not any(s.section == n.section for s in strong)]
        if strong and weak and {n.act for n in strong} != {n.act for n in weak}:
            yield _weaker(law, family.duty_type.names, strong, weak, family.duty_type.id)
    yield from _may_against_must_agree(law)
    for act in sorted(law.acts):
        yield from _must_work_may_tell(law, act)


def _weaker(law: Law, names: Words, strong: Sequence[Norm], weak: Sequence[Norm], matter: str) -> Finding:
    must, may = law.names.provisions(n.ledd for n in strong), law.names.provisions(n.ledd for n in weak)
    word = both(MODALITIES[n.frame.modality] for n in weak)
    return law.finding(
        "duty_vs_permission", (*(n.ledd for n in weak), *(n.ledd for n in strong)),
        actors=who_all((*weak, *strong)),
        score=0.58 + 0.02 * min(len(strong) + len(weak), 6),
        title=Words(
            f"{names.nb}: plikt i {must.nb}, bare {word.nb} i {may.nb}",
            f"{names.en}: duty in {must.en}, only {word.en} in {may.en}",
        ),
        explanation=Words(
            f"{must.nb} gjør dette til en plikt, mens {may.nb} bare gir {word.nb}. For den som trenger begge tjenestene, "
            "avhenger det av loven om det skal skje.",
            f"{must.en} {verb(must, 'makes')} this a duty, while {may.en} only {verb(may, 'gives')} {word.en}. For a person who needs both services it "
            "depends on the act whether it must happen.",
        ),
        reasons=(Words("ulik styrke for samme forhold", "unlike strength on one matter"),),
        evidence=(n.evidence for n in (*weak, *strong)), key=tuple(n.ledd for n in weak), matter=matter,
    )  # fmt: skip


def _may_against_must_agree(law: Law) -> Iterator[Finding]:
    may = [
        n
        for n in one_per_sentence(law.of_type("agreement_may"))
        if n.act in law.acts and n.frame.modality == "permission"
    ]
    may = [n for n in may if re.search(r"samarbeidsavtale|avtaler? om samarbeid", n.text) and "forskrift" not in n.text]
    must = [n for n in one_per_sentence(law.of_type("agreement")) if n.act in law.acts and "samarbeidsavtale" in n.text]
    may = [n for n in may if not any(m.section == n.section for m in must)]
    if may and must:
        yield _weaker(law, duty_type_by_id()["agreement"].names, must, may, "agreement")


def _must_work_may_tell(law: Law, act: str) -> Iterator[Finding]:
    duties = [
        n
        for n in one_per_sentence(law.by_act.get(act, ()))
        if n.duty_type == "cooperate_case" and n.frame.modality == "duty"
    ]
    may = [
        n for n in one_per_sentence(law.by_act.get(act, ()))
        if n.frame.category in ("information_sharing", "confidentiality") and n.frame.modality == "permission"
        and BODIES & set(n.frame.counterpart) and re.search(r"\bgis\b|\bgi\b|utveksle|\bdele", n.text)
        and not re.search(r"folkeregister|statistikk|forskrift|pålegg|kreve|innhente|forsøk", n.text)
        and n.duty_type != "population_register"
    ]  # fmt: skip
    if not duties or not may:
        return
    must, can = law.names.provisions(n.ledd for n in duties), law.names.provisions(n.ledd for n in may)
    yield law.finding(
        "duty_vs_permission", (*(n.ledd for n in may), *(n.ledd for n in duties)),
        actors=who_all((*duties, *may)), score=0.6,
        title=Words(
            f"{law.names.act(act)}: skal samarbeide, men kan bare velge å gi opplysninger",
            f"{law.names.act(act)}: must cooperate, but only may give information",
        ),
        explanation=Words(
            f"{must.nb} pålegger samarbeid i den enkelte saken, mens {can.nb} bare gir adgang til å gi andre organer "
            "opplysninger. Den andre tjenesten kan ikke kreve det samarbeidet forutsetter.",
            f"{must.en} demands cooperation in the single case, while {can.en} merely permits telling other bodies. The other "
            "service cannot demand what the cooperation presupposes.",
        ),
        reasons=(Words("plikt til samarbeid, adgang til deling", "duty to cooperate, permission to share"),),
        evidence=(n.evidence for n in (*may, *duties)), key=tuple(n.ledd for n in may), matter="tell",
    )  # fmt: skip


NEED = re.compile(
    r"behov for (?P<need>(?:[a-zæøå]+ ){1,8}?)(?P<what>(?:helse- og omsorgs)?(?:tjenester|tilbud|tiltak|tjenestetilbud))"
)


def thresholds(law: Law) -> Iterator[Finding]:
    """Thresholds that differ: the same duty is triggered on other terms in one act than in the others.

    Told in three ways. (1) A provision whose words part from its family in the trigger or in its relation to
    confidentiality, or whose conditions are others. (2) Coordinators and plans: the need that gives the right or
    triggers the duty is named differently (long-term, coordinated, complex). (3) Attention duties of the same staff
    that are triggered by what "can" and by what "should" lead to measures.
    """
    for family in families(law):
        type_ = family.duty_type
        if type_.group == "confidentiality" or type_.id in (*PLANS, "coordinator") or type_.group == "person":
            continue
        for group in family.others:
            finding = _threshold(law, type_.id, group.middle, group.ledd, [m.norm for m in family.main.members])
            if finding is not None:
                yield finding
    yield from _needs(law)
    yield from _alertness(law)


PLANS = ("plan_duty", "plan_right")
COORDINATORS = ("coordinator", "child_coordinator")


def _threshold(law: Law, type_id: str, norm: Norm, ledd: tuple[str, ...], peers: Sequence[Norm]) -> Finding | None:
    peers = [n for n in peers if n.act != norm.act]
    if not peers:
        return None
    middle = middle_of(list(peers))
    comparison = compare(norm.words, middle.words)
    if comparison.similarity < 0.3:
        return None
    changed = [
        d for d in comparison.differences
        if d.aspect in ("threshold", "secrecy") and "barnekoordinator" not in d.left + d.right
    ]  # fmt: skip
    mine, theirs = set(norm.frame.condition), set(middle.frame.condition)
    other = {c for c in mine ^ theirs if c not in ("other", "coordinator_exists")}
    if not changed or (not other and not _telling(changed)):
        return None
    if type_id == "population_register":
        return None  # the terms stand in the purpose or in the provision referred to
    if {d.aspect for d in changed} == {"secrecy"} and settled(norm) and settled(middle):
        asks = [re.search(r"samtykke|hjemmel|tillatelse|tie om", n.around) is not None for n in (norm, middle)]
        if asks[0] == asks[1]:
            return None  # both lift the secrecy, one in another sentence
    names, here = duty_type_by_id()[type_id].names, law.names.provisions(ledd)
    there = law.names.provisions(n.ledd for n in peers)
    mark = max(changed, key=lambda d: bool({*d.left.split(), *d.right.split()} & THRESHOLD_WORDS))
    left, right = _few(mark.left), _few(mark.right)
    detail = Words(f" Her: {left}; hos de andre: {right}.", f" Here: {left}; with the others: {right}.")
    return law.finding(
        "threshold_divergence", (*ledd, *(n.ledd for n in peers)), actors=who(norm),
        score=0.56 + 0.1 * bool(other) + 0.02 * min(len(peers), 8) - 0.14 * bool(len(norm.words) > 90),
        title=Words(f"{names.nb}: andre vilkår i {here.nb}", f"{names.en}: other terms in {here.en}"),
        explanation=Words(
            f"{here.nb} utløses på andre vilkår enn {there.nb}.{detail.nb} Samme situasjon kan dermed gi plikt etter den ene "
            "loven og ikke etter den andre.",
            f"{here.en} is triggered on other terms than {there.en}.{detail.en} One situation may thus give a duty under one act "
            "and none under another.",
        ),
        reasons=(Words("forskjell i vilkåret", "difference in the trigger"),),
        evidence=(norm.evidence, *(n.evidence for n in peers)), key=ledd, matter=type_id,
    )  # fmt: skip


THRESHOLD_WORDS = frozenset(
    "dersom når hvis grunn tro mistanke kjennskap samtykke tillatelse behov nødvendig kriminalitet lovbrudd misbruk problematisk "
    "hjemmel hinder umiddelbart straks hensiktsmessig påkrevd år overveiende sannsynlig tie ønsker".split()
)


def _telling(differences: Sequence[Difference]) -> bool:
    """Whether differences touch a trigger clause or name another threshold, not merely other words for it."""
    return any({*d.left.split(), *d.right.split()} & THRESHOLD_WORDS for d in differences)


def _few(words: str) -> str:
    """The first words of a difference in quotes; a dash where there are none."""
    found = words.split()
    return f"«{' '.join(found[:6])}{' …' if len(found) > 6 else ''}»" if found else "–"


def _need(norm: Norm) -> tuple[str, str] | None:
    match = NEED.search(norm.text)
    return (match["need"].strip(), match["what"]) if match else None


def _needs(law: Law) -> Iterator[Finding]:
    for types, nb, en in ((COORDINATORS, "koordinator", "coordinator"), (PLANS, "individuell plan", "individual plan")):
        norms = [n for n in one_per_sentence(law.of_type(*types)) if n.act in law.acts and _need(n)]
        if types == COORDINATORS:
            norms = [n for n in norms if n.duty_type == "coordinator"]
        by_need: dict[str, list[Norm]] = defaultdict(list)
        for norm in norms:
            need = _need(norm)
            assert need is not None
            by_need[f"{need[0]} {need[1]}" if types == PLANS else need[0]].append(norm)
        if len(by_need) < 2:
            continue
        common = max(by_need, key=lambda k: len(by_need[k]))
        for wanted, group in by_need.items():
            if wanted == common:
                continue
            here, there = (
                law.names.provisions(n.ledd for n in group),
                law.names.provisions(n.ledd for n in by_need[common]),
            )
            more = sorted(set(wanted.split()) ^ set(common.split()) - {"og", "eller", "helse-"})
            more = [w for w in more if w not in ("og", "eller", "helse-")]
            if not more:
                continue
            yield law.finding(
                "threshold_divergence", (*(n.ledd for n in group), *(n.ledd for n in by_need[common])),
                actors=who_all(group), score=0.74 if types == COORDINATORS else 0.62,
                title=Words(
                    f"{nb}: {here.nb} har et annet behovsvilkår enn {there.nb}",
                    f"{en}: {here.en} asks for another need than {there.en}",
                ),
                explanation=Words(
                    f"Behovet som utløser {nb}, er ikke det samme i {here.nb} som i {there.nb}; forskjellen ligger i "
                    f"{', '.join(f'«{w}»' for w in more)}. En person kan fylle vilkåret i den ene loven og ikke i den andre.",
                    f"The need that triggers a {en} is not the same in {here.en} as in {there.en}; the difference lies in "
                    f"{', '.join(f'«{w}»' for w in more)}. A person may fulfil the terms of one act and not of the other.",
                ),
                reasons=(Words("ulikt behovsvilkår for samme gode", "unlike need for one benefit"),),
                evidence=(n.evidence for n in (*group, *by_need[common])), key=tuple(n.ledd for n in group), matter=nb,
            )  # fmt: skip


def _alertness(law: Law) -> Iterator[Finding]:
    """Staff must be alert to what "can" lead to child welfare and to what "should" lead to health and social measures."""
    can = [
        n for n in one_per_sentence(law.of_type("attention_child_welfare")) if re.search(r"som kan føre til", n.text)
    ]
    should = [
        n for n in one_per_sentence(law.of_type("attention_health_social", "inform_health_social"))
        if re.search(r"som bør føre til", n.text)
    ]  # fmt: skip
    acts = [a for a in sorted(law.acts) if any(n.act == a for n in can) and any(n.act == a for n in should)]
    norms = [n for n in (*can, *should) if n.act in acts]
    if not acts:
        return
    low, high = (law.names.provisions(n.ledd for n in g if n.act in acts) for g in (can, should))
    yield law.finding(
        "threshold_divergence", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.58,
        title=Words(
            f"Ulik terskel for oppmerksomhet: «kan» mot barnevernet, «bør» mot helse- og sosialtjenesten i {len(acts)} lover",
            f"Unlike thresholds of attention: «can» for child welfare, «should» for health and social services in {len(acts)} acts",
        ),
        explanation=Words(
            f"De samme ansatte skal etter {low.nb} være oppmerksomme på forhold som kan føre til tiltak fra barnevernet, men etter "
            f"{high.nb} bare på forhold som bør føre til tiltak fra helse- og sosialtjenesten. Terskelen er lavere overfor "
            "barnevernet.",
            f"The same staff must under {low.en} be alert to what can lead to child welfare measures, but under {high.en} only to "
            "what should lead to measures from health and social services. The threshold is lower towards child welfare.",
        ),
        reasons=(Words("to terskler for samme ansatte", "two thresholds for the same staff"),),
        evidence=(n.evidence for n in norms), matter="alert",
    )  # fmt: skip


def competing_coordinators(law: Law) -> Iterator[Finding]:
    """Competing coordinators: two are to coordinate the same services, and no provision says which goes first.

    An order exists where one provision names the other and lets it take over ("then the child coordinator …") or puts
    one above the other. A duty to cooperate with the other coordinator is no order. Told of: personal coordinators of
    different sections; the municipality's duty under several acts, each with its own coordinating service; coordinating
    units; another coordinator in the same act as the municipality's duty.
    """
    for one, two in combinations(appointments(law), 2):
        if not _ordered(law, one, two):
            joined = _mentions(law, one, two)
            yield _competing(
                law, (one, two), 0.74 - 0.12 * joined,
                Words("koordinatorer uten rangorden", "coordinators without an order"),
                Words(
                    "Begge skal sørge for samordning av tjenestetilbudet for den samme personen."
                    + (" De skal samarbeide, men loven sier ikke hvem som leder." if joined else " Ingen av dem nevner den andre."),
                    "Both are to see to the coordination of services for the same person."
                    + (" They must cooperate, but the act does not say who leads." if joined else " Neither names the other."),
                ),
            )  # fmt: skip
    coordinating = municipal(law)
    if len({n.act for n in coordinating}) > 1:
        yield _competing(
            law, tuple(coordinating), 0.72,
            Words(
                f"kommunen kan peke ut ulike samordnere etter {len({n.act for n in coordinating})} lover",
                f"the municipality may name different coordinators under {len({n.act for n in coordinating})} acts",
            ),
            Words(
                "Hver lov lar kommunen samordne og ved behov peke ut en tjeneste for sitt tilbud. Ingen av lovene sier hva som "
                "gjelder når samme person har tjenester etter flere av dem.",
                "Each act lets the municipality coordinate and, when needed, name a service for its own offer. None says what "
                "applies when one person has services under several.",
            ),
        )  # fmt: skip
        for norm in appointments(law):
            if norm.duty_type == "coordinator":
                yield _competing(
                    law, (norm, *coordinating), 0.66,
                    Words("koordinator og kommunal samordner uten rangorden", "coordinator and municipal coordination without an order"),
                    Words(
                        "Koordinatoren skal sikre samordning av tjenestetilbudet, og kommunen skal samordne det samme tilbudet. "
                        "Lovene gir bare barnekoordinatoren forrang.",
                        "The coordinator is to ensure that services are coordinated, and the municipality is to coordinate the same "
                        "services. The acts give precedence to the child coordinator alone.",
                    ),
                )  # fmt: skip
    groups = units(law)
    if len({n.act for n in groups}) > 1:
        yield _competing(
            law, tuple(groups), 0.6, Words("koordinerende enheter uten rangorden", "coordinating units without an order"),
            Words(
                "Begge enhetene skal ha overordnet ansvar for individuell plan og for koordinatorer. Lovene fordeler ikke "
                "ansvaret for personer som får tjenester fra begge.",
                "Both units are to have overall responsibility for individual plans and coordinators. The acts do not divide it for "
                "persons who have services from both.",
            ),
        )  # fmt: skip
    for norm in sector_coordinators(law):
        beside = [n for n in coordinating if n.act == norm.act and n.section != norm.section]
        if beside and norm.duty_type != "plan_order":
            yield _competing(
                law, (norm, *beside), 0.6, Words("to samordnere i samme lov", "two coordinators in one act"),
                Words(
                    "Loven legger samordning av tilbud til de samme personene både til denne tjenesten og til kommunen uten å si "
                    "hvem som går foran.",
                    "The act lays the coordination of offers to the same persons both on this service and on the municipality "
                    "without saying who goes first.",
                ),
            )  # fmt: skip


def _mentions(law: Law, one: Norm, two: Norm) -> bool:
    """Whether either section names the coordinator of the other."""
    names = {"coordinator": r"\bkoordinator", "child_coordinator": r"\bbarnekoordinator"}

    def other(section: str, norm: Norm) -> bool:
        return any(
            n.duty_type == "cooperate_child_coordinator" or re.search(names[norm.duty_type], n.text)
            for n in law.by_section.get(section, ())
            if n.ledd != norm.ledd and norm.duty_type == "child_coordinator"
        )

    return other(one.section, two) or other(two.section, one)


def _ordered(law: Law, one: Norm, two: Norm) -> bool:
    """Whether a provision lets one of two coordinators take over from the other."""
    text = " ".join(n.text for s in (one.section, two.section) for n in law.by_section.get(s, ()))
    return bool(
        re.search(
            r"(skal barnekoordinatoren|skal koordinatoren) sørge for samordning|erstatter|trer i stedet|i stedet for",
            text,
        )
    )


def _competing(law: Law, norms: tuple[Norm, ...], score: float, title: Words, body: Words) -> Finding:
    where = law.names.provisions(n.ledd for n in norms)
    shown = where if len(norms) <= 3 else law.names.provision(norms[0].ledd)
    more = "" if len(norms) <= 3 else f" (+{len(norms) - 1})"
    return law.finding(
        "competing_coordinators", tuple(n.ledd for n in norms), actors=who_all(norms), score=score,
        title=Words(f"{title.nb}: {shown.nb}{more}", f"{title.en}: {shown.en}{more}"),
        explanation=Words(f"{where.nb}: {body.nb}", f"{where.en}: {body.en}"),
        reasons=(Words("ingen regel om rangorden", "no rule on precedence"),),
        evidence=(n.evidence for n in norms),
    )  # fmt: skip


def definitions(law: Law) -> Iterator[Finding]:
    """Definitions that differ: parallel provisions define one term in other words, for another reach, or not at all.

    (1) The definitions of one notion (service providers) in other words than most: one finding for each wording.
    (2) The notion goes under another name in one act. (3) The definition holds for named ledd or for the section
    alone, while the act uses the term elsewhere. (4) An act uses the term as the counterpart of a duty and defines it
    nowhere. (5) The counterpart of the duty is wider than the term that is defined.
    """
    groups: dict[str, list[Definition]] = defaultdict(list)
    for definition in law.definitions:
        term = concept(definition.term)
        if term == "tjenesteytere" or str(definition.address.section_address) in law.by_section:
            groups[term].append(definition)
    for term, found in groups.items():
        if len({d.address.act for d in found}) >= 2:
            yield from _wordings(law, term, found)
            yield from _terms(law, term, found)
            yield from _reach(law, term, found)
            yield from _undefined(law, term, found)


def _core(definition: Definition) -> tuple[str, ...]:
    """The words of a definition without the reference to the act itself and small words."""
    drop = {"slike", "en", "slik", "og", "av", "tjenesteytere", "tjenesteyter", "på", "vegne"}
    return tuple(w for w in definition.words if w not in drop)


def _definition_finding(
    law: Law,
    odd: Sequence[Definition],
    usual: Sequence[Definition],
    score: float,
    title: Words,
    body: Words,
    matter: str,
) -> Finding:
    places = tuple(str(d.address) for d in odd)
    rest = tuple(str(d.address) for d in usual)
    return law.finding(
        "definition_divergence", (*places, *rest), actors=("tjenesteytere",) if odd and concept(odd[0].term) == "tjenesteytere" else (),
        score=score, title=title, explanation=body,
        reasons=(Words(f"{len(usual)} andre definisjoner", f"{len(usual)} other definitions"),),
        evidence=(Evidence(p, norm=f"definition {odd[0].term}" if p in places else "definition") for p in (*places, *rest)),
        key=places, matter=matter,
    )  # fmt: skip


def _wordings(law: Law, term: str, found: Sequence[Definition]) -> Iterator[Finding]:
    variants: list[list[Definition]] = []
    for definition in found:
        for variant in variants:
            if not _differs(_core(variant[0]), _core(definition)):
                variant.append(definition)
                break
        else:
            variants.append([definition])
    usual = max(variants, key=len)
    for variant in variants:
        if variant is usual:
            continue
        here, there = (
            law.names.provisions(str(d.address) for d in variant),
            law.names.provisions(str(d.address) for d in usual),
        )
        words = sorted(set(_core(variant[0])) - set(_core(usual[0])))
        theirs = sorted(set(_core(usual[0])) - set(_core(variant[0])))
        marks = Words(
            f" Forskjellen: {', '.join(f'«{w}»' for w in words[:6]) or '–'} mot {', '.join(f'«{w}»' for w in theirs[:6]) or '–'}.",
            f" The difference: {', '.join(f'«{w}»' for w in words[:6]) or '–'} against "
            f"{', '.join(f'«{w}»' for w in theirs[:6]) or '–'}.",
        )
        yield _definition_finding(
            law, variant, usual, 0.66,
            Words(f"«{term}» er definert ulikt: {here.nb}", f"«{term}» is defined otherwise: {here.en}"),
            Words(
                f"{here.nb} definerer begrepet i andre ord enn {there.nb}.{marks.nb} Kretsen kan dermed leses videre eller snevrere.",
                f"{here.en} {verb(here, 'defines')} the term in other words than {there.en}.{marks.en} The circle may be read as wider or narrower.",
            ),
            "words",
        )  # fmt: skip


def _differs(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether one has a word that the other lacks, beside the small ones."""
    return set(one) != set(two)


def _terms(law: Law, term: str, found: Sequence[Definition]) -> Iterator[Finding]:
    odd = [d for d in found if d.term not in (term, term.removesuffix("e"))]
    usual = [d for d in found if d not in odd]
    if odd and usual:
        here = law.names.provisions(str(d.address) for d in odd)
        name = odd[0].term
        yield _definition_finding(
            law, odd, usual, 0.58,
            Words(f"Annet begrep for samme krets: «{name}» i {here.nb}", f"Another term for the same circle: «{name}» in {here.en}"),
            Words(
                f"{here.nb} kaller kretsen «{name}», de andre lovene «{term}», med samme oppregning. Ulike ord for det samme kan "
                "leses som ulikt omfang.",
                f"{here.en} calls the circle «{name}», the other acts «{term}», with the same enumeration. Different words for the "
                "same may be read as a different reach.",
            ),
            "term",
        )  # fmt: skip


def _reach(law: Law, term: str, found: Sequence[Definition]) -> Iterator[Finding]:
    for definition in found:
        section = str(definition.address.section_address)
        uses = [
            n for n in one_per_sentence(law.by_act.get(definition.address.act, ()))
            if n.section != section and "tjenesteytere" in n.frame.counterpart and re.search(r"tjenesteyter", n.text)
            and n.frame.modality == "duty"
        ]  # fmt: skip
        if not uses or term != "tjenesteytere" or definition.scope not in ("ledd", "section"):
            continue
        here, there = law.names.provision(str(definition.address)), law.names.provisions(n.ledd for n in uses)
        yield law.finding(
            "definition_divergence", (str(definition.address), *(n.ledd for n in uses)), actors=("tjenesteytere",), score=0.54,
            title=Words(
                f"Definisjonen i {here.nb} rekker ikke til {there.nb}", f"The definition in {here.en} does not reach {there.en}"
            ),
            explanation=Words(
                f"{here.nb} definerer «{term}» bare for egen paragraf, men {there.nb} bruker ordet om dem plikten gjelder overfor. "
                "Der er kretsen ikke definert.",
                f"{here.en} {verb(here, 'defines')} «{term}» for its own section only, but {there.en} uses the word for those whom the duty is owed "
                "to. There the circle is not defined.",
            ),
            reasons=(Words("begrepet brukes utenfor definisjonen", "the term is used outside the definition"),),
            evidence=(Evidence(str(definition.address), norm="definition"), *(n.evidence for n in uses)),
            key=(str(definition.address),), matter="reach",
        )  # fmt: skip


def _undefined(law: Law, term: str, found: Sequence[Definition]) -> Iterator[Finding]:
    defining = {d.address.act for d in found}
    if term != "tjenesteytere":
        return
    for act in sorted(law.acts):
        uses = [
            n for n in one_per_sentence(law.by_act.get(act, ()))
            if "tjenesteytere" in n.frame.counterpart and re.search(r"tjenesteyter", n.text) and n.frame.modality == "duty"
        ]  # fmt: skip
        if uses and act not in defining:
            here, there = (
                law.names.provisions(n.ledd for n in uses),
                law.names.provisions(str(d.address) for d in found),
            )
            yield law.finding(
                "definition_divergence", (*(n.ledd for n in uses), *(str(d.address) for d in found)), actors=("tjenesteytere",),
                score=0.62,
                title=Words(f"«{term}» er ikke definert i {law.names.act(act)}", f"«{term}» is not defined in {law.names.act(act)}"),
                explanation=Words(
                    f"{here.nb} pålegger en plikt overfor tjenesteytere uten å si hvem de er. {there.nb} definerer begrepet for "
                    "parallelle plikter, blant annet om barnehager og private skoler er med.",
                    f"{here.en} lays down a duty towards service providers without saying who they are. {there.en} define the term for "
                    "parallel duties, among others whether kindergartens and private schools are covered.",
                ),
                reasons=(Words("udefinert krets", "undefined circle"),),
                evidence=(*(n.evidence for n in uses), *(Evidence(str(d.address), norm="definition") for d in found)),
                key=tuple(n.ledd for n in uses), matter="undefined",
            )  # fmt: skip
    yield from _wider_circle(law, found)


WIDER = re.compile(
    r"(?P<wider>offentlige organer|offentlige instanser|(?:andre )?sektorer forvaltningsnivåer) og (?:andre )?tjenesteyter"
)


def _wider_circle(law: Law, found: Sequence[Definition]) -> Iterator[Finding]:
    wide: dict[str, list[tuple[Norm, str]]] = defaultdict(list)
    for norm in one_per_sentence(law.of_type("cooperate_case", "cooperate_system", "plan_cooperate")):
        match = WIDER.search(norm.text)
        if match and norm.act in law.acts:
            wide[norm.act].append((norm, match["wider"]))
    usual = [d for d in found if d.address.act not in wide]
    for act, hits in wide.items():
        norms, name = [n for n, _ in hits], hits[0][1].replace("sektorer forvaltning", "sektorer og forvaltning")
        own = [str(d.address) for d in found if d.address.act == act]
        here = law.names.provisions(n.ledd for n in norms)
        yield law.finding(
            "definition_divergence", (*(n.ledd for n in norms), *own, *(str(d.address) for d in usual)),
            actors=("offentlige_organer", "tjenesteytere"), score=0.64,
            title=Words(
                f"Videre krets i {law.names.act(act)}: «{name}» ved siden av tjenesteytere",
                f"Wider circle in {law.names.act(act)}: «{name}» beside service providers",
            ),
            explanation=Words(
                f"{here.nb} gjelder også overfor «{name}», som loven ikke definerer. De parallelle lovene nevner bare tjenesteytere. "
                "Organer som ikke yter tjenester, er dermed med i den ene loven og ikke i de andre, og plikten speiles ikke.",
                f"{here.en} {verb(here, 'is')} also owed to «{name}», which the act does not define. The parallel acts name service providers alone. "
                "Bodies that provide no services are thus covered by one act and not by the others, and the duty is not mirrored.",
            ),
            reasons=(Words("udefinert og videre krets", "undefined and wider circle"),),
            evidence=(n.evidence for n in norms), key=tuple(n.ledd for n in norms), matter="wider",
        )  # fmt: skip


__all__ = [
    "competing_coordinators", "definitions", "duty_against_permission", "regime_of", "related", "secrecy_against_sharing",
    "secrecy_norms", "secrecy_regimes", "settled", "thresholds",
]  # fmt: skip
