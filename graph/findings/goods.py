"""Plans and coordinators as goods that several provisions give: the right in one, the duty in another, unlike needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graph.finding import Finding, Words
from graph.findings.families import one_per_sentence
from graph.findings.overlaps import PERSONS, appointments, who, who_all
from graph.law import Law, Norm
from graph.names import both, verb

NEED = re.compile(
    r"behov for (?P<need>(?:[a-zæøå]+ ){1,8}?)(?P<what>(?:helse- og omsorgs)?(?:tjenester|tilbud|tiltak|tjenestetilbud))"
)
# each good: the kinds of duty that give it, right or duty
GOODS: dict[str, tuple[str, ...]] = {
    "individual plan": ("plan_right", "plan_duty"),
    "coordinator": ("coordinator",),
    "child coordinator": ("child_coordinator",),
}
NAMES = {
    "individual plan": Words("individuell plan", "individual plan"),
    "coordinator": Words("koordinator", "coordinator"),
    "child coordinator": Words("barnekoordinator", "child coordinator"),
}
_SMALL = frozenset(("og", "eller", "helse-", "omsorgstjenester"))


def need_of(norm: Norm) -> frozenset[str] | None:
    """The words for the need that a norm asks for (long-term, coordinated, complex); None where it names none."""
    match = NEED.search(norm.text)
    return frozenset(match["need"].split()) - _SMALL if match else None


def given(law: Law, good: str) -> list[Norm]:
    """The norms of the acts asked for that give a good: rights to it and duties to give it to a person."""
    return [
        n for n in one_per_sentence(law.of_type(*GOODS[good]))
        if n.act in law.acts and (n.frame.modality == "right" or (n.frame.modality == "duty" and _gives(n)))
    ]  # fmt: skip


def _gives(norm: Norm) -> bool:
    return re.search(r"utarbeide|oppnevne|tilby|peke ut", norm.text) is not None and "forskrift" not in norm.text


def answered(law: Law, right: Norm) -> list[Norm]:
    """The duties that a right refers to: in the sections it names, or of its kind in the acts it names."""
    good = next((g for g, types in GOODS.items() if right.duty_type in types), "")
    duties = [n for n in given(law, good) if n.frame.modality == "duty"] if good else []
    targets = {r.target for r in law.references_in(right.ledd) if r.target.startswith("lov/")}
    return [n for n in duties if n.act != right.act and (n.section in targets or n.act in targets)]


def rights_and_duties(law: Law) -> Iterator[Finding]:
    """Double regulation of right and duty: an act gives a right "in accordance with" duties that other acts lay down.

    The terms stand twice, on the right and on the duty, and must be amended together. Told of plans and coordinators,
    of rights that name the sections or the acts of the duties (``double_regulation``).
    """
    for good in GOODS:
        for right in given(law, good):
            duties = answered(law, right) if right.frame.modality == "right" else []
            if not duties:
                continue
            here, there = law.names.provision(right.ledd), law.names.provisions(n.ledd for n in duties)
            names = NAMES[good]
            yield law.finding(
                "double_regulation", (right.ledd, *(n.ledd for n in duties)),
                actors=dict.fromkeys((*who(right), *(a for n in duties for a in who(n)))), score=0.6 + 0.02 * min(len(duties), 4),
                title=Words(
                    f"{names.nb}: rett i {here.nb}, plikt i {there.nb}", f"{names.en}: right in {here.en}, duty in {there.en}"
                ),
                explanation=Words(
                    f"{here.nb} gir retten i samsvar med {there.nb}, som har plikten. Vilkårene står dermed to ganger; endres det "
                    "ene stedet, må det andre følge med, og ulike ord skaper tvil om hva som gjelder.",
                    f"{here.en} {verb(here, 'gives')} the right in accordance with {there.en}, which {verb(there, 'has')} the duty. The terms thus stand twice; when one "
                    "is amended the other must follow, and unlike words leave in doubt what applies.",
                ),
                reasons=(Words("rett og plikt i hver sin lov", "right and duty in an act each"),),
                evidence=(right.evidence, *(n.evidence for n in duties)), key=(right.ledd,), matter="right and duty",
            )  # fmt: skip


def wider_rights(law: Law) -> Iterator[Finding]:
    """A right without an owner for a part of those who have it: it reaches persons whom no duty it refers to reaches.

    The right names needs in the alternative ("complex or long-term …"), and a duty that it refers to names fewer.
    """
    for good in GOODS:
        for right in given(law, good):
            need = need_of(right)
            if right.frame.modality != "right" or need is None or " eller " not in f" {right.text} ":
                continue
            narrow = [(n, theirs) for n in answered(law, right) if (theirs := need_of(n)) and need - theirs]
            if not narrow:
                continue
            duties = [n for n, _ in narrow]
            more = sorted({word for _, theirs in narrow for word in need - theirs})
            here, there = law.names.provision(right.ledd), law.names.provisions(n.ledd for n in duties)
            words = ", ".join(f"«{w}»" for w in more)
            yield law.finding(
                "right_without_owner", (right.ledd, *(n.ledd for n in duties)), actors=dict.fromkeys((*who(right), *(a for n in duties for a in who(n)))),
                score=0.68,
                title=Words(f"{here.nb}: retten rekker videre enn plikten i {there.nb}", f"{here.en}: the right reaches further than the duty in {there.en}"),
                explanation=Words(
                    f"{here.nb} gir rett også ved behov som er {words}. {there.nb}, som retten viser til, har ikke dette alternativet. "
                    "For den som bare fyller det, er ingen etter den bestemmelsen pålagt å oppfylle retten.",
                    f"{here.en} {verb(here, 'gives')} the right also for needs that are {words}. {there.en}, which the right refers to, {verb(there, 'lacks')} this "
                    "alternative. For whoever fulfils it alone, nobody is bound by that provision to fulfil the right.",
                ),
                reasons=(Words("retten har et alternativ som plikten mangler", "the right has an alternative that the duty lacks"),),
                evidence=(right.evidence, *(n.evidence for n in duties)), key=(right.ledd,), matter="wider",
            )  # fmt: skip


def needs_of_goods(law: Law) -> Iterator[Finding]:
    """Unlike thresholds for goods that belong together: the plan, its coordinator and the child coordinator of one act.

    The coordinator is to see to the progress of the plan, so that the same need should open both; one finding for each
    act whose provisions name the need otherwise (``threshold_divergence``). Also told: a right to a plan that asks for
    no need, beside rights that do.
    """
    for act in sorted(law.acts):
        found: dict[frozenset[str], list[tuple[str, Norm]]] = defaultdict(list)
        for good in GOODS:
            for norm in given(law, good):
                need = need_of(norm) if norm.act == act else None
                if need:
                    found[need].append((good, norm))
        if len(found) >= 2 and len({g for items in found.values() for g, _ in items}) >= 2:
            yield _unlike_needs(law, act, found)
    rights = [n for n in given(law, "individual plan") if n.frame.modality == "right"]
    asking = [n for n in rights if need_of(n)]
    for norm in rights:
        peers = [n for n in asking if n.act == norm.act] or asking
        if norm in asking or not peers:
            continue
        here, there = law.names.provision(norm.ledd), law.names.provisions(n.ledd for n in peers)
        yield law.finding(
            "threshold_divergence", (norm.ledd, *(n.ledd for n in peers)), actors=who(norm), score=0.58,
            title=Words(f"individuell plan: {here.nb} krever ikke noe behov", f"individual plan: {here.en} asks for no need"),
            explanation=Words(
                f"{here.nb} gir rett til individuell plan uten vilkår om behov, mens {there.nb} krever behov for langvarige og "
                "koordinerte tjenester. Terskelen avhenger dermed av hvilket tilbud personen har.",
                f"{here.en} {verb(here, 'gives')} a right to an individual plan without asking for a need, while {there.en} {verb(there, 'demands')} a need for long-term and "
                "coordinated services. The threshold thus depends on the offer that the person has.",
            ),
            reasons=(Words("samme rett med og uten behovsvilkår", "one right with and without a need"),),
            evidence=(norm.evidence, *(n.evidence for n in peers)), key=(norm.ledd,), matter="no need",
        )  # fmt: skip


def _unlike_needs(law: Law, act: str, found: dict[frozenset[str], list[tuple[str, Norm]]]) -> Finding:
    norms = sorted((n for items in found.values() for _, n in items), key=lambda n: n.frame.address.order)
    common = frozenset.intersection(*found)
    words = ", ".join(f"«{w}»" for w in sorted(frozenset().union(*found) - common))
    where = law.names.provisions(n.ledd for n in norms)
    what = both(NAMES[g] for g in GOODS if any(g == other for items in found.values() for other, _ in items))
    return law.finding(
        "threshold_divergence", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.62,
        title=Words(
            f"{law.names.act(act)}: ulikt behovsvilkår for goder som hører sammen ({what.nb})",
            f"{law.names.act(act)}: unlike needs for goods that belong together ({what.en})",
        ),
        explanation=Words(
            f"{where.nb} gir {what.nb} til de samme personene, men behovet er angitt ulikt; forskjellen ligger i {words}. En person "
            "kan dermed få koordinator uten å ha krav på planen som koordinatoren skal drive fram, eller omvendt.",
            f"{where.en} give {what.en} to the same persons, but name the need otherwise; the difference lies in {words}. A person may "
            "thus get a coordinator without a claim to the plan that the coordinator is to drive, or the reverse.",
        ),
        reasons=(Words("ulike ord for behovet i samme lov", "unlike words for the need in one act"),),
        evidence=(n.evidence for n in norms), key=(act,), matter="goods",
    )  # fmt: skip


def offers(law: Law) -> Iterator[Finding]:
    """Duty here, offer there: one act binds the body to appoint or make, another only to offer (``duty_vs_permission``)."""
    for good in GOODS:
        duties = [n for n in given(law, good) if n.frame.modality == "duty"]
        weak = [n for n in duties if re.search(r"\b(skal|må) (?:\w+ ){0,3}tilby\b", n.text)]
        strong = [n for n in duties if n not in weak]
        if not weak or not strong or {n.act for n in weak} == {n.act for n in strong}:
            continue
        may, must = law.names.provisions(n.ledd for n in weak), law.names.provisions(n.ledd for n in strong)
        names = NAMES[good]
        yield law.finding(
            "duty_vs_permission", (*(n.ledd for n in weak), *(n.ledd for n in strong)),
            actors=who_all((*weak, *strong)), score=0.62,
            title=Words(
                f"{names.nb}: skal gis etter {must.nb}, bare tilbys etter {may.nb}",
                f"{names.en}: to be given under {must.en}, only offered under {may.en}",
            ),
            explanation=Words(
                f"Etter {must.nb} skal den ansvarlige sørge for {names.nb}. Etter {may.nb} er det nok å tilby det, og den enkelte kan "
                "si nei. Plikten har dermed ulik styrke for samme gode.",
                f"Under {must.en} the body responsible must give a {names.en}. Under {may.en} it is enough to offer it, and the person "
                "may decline. The duty is thus of unlike strength for one benefit.",
            ),
            reasons=(Words("plikt til å gi mot plikt til å tilby", "duty to give against duty to offer"),),
            evidence=(n.evidence for n in (*weak, *strong)), key=tuple(n.ledd for n in weak), matter="offer",
        )  # fmt: skip


def plan_lead(law: Law) -> Iterator[Finding]:
    """Competing leads of one plan: an act says who leads the work on the plan, and names only some of the acts that give one.

    The plan may follow from an act that the provision on the lead does not name; then nothing says who leads
    (``competing_coordinators``).
    """
    order = [n for n in one_per_sentence(law.of_type("plan_order")) if n.act in law.acts and n.frame.modality == "duty"]
    plans = [n for n in one_per_sentence(law.of_type("plan_right", "plan_duty", "plan_cooperate")) if n.act in law.acts]
    named = {n.act for n in order} | {r.target for n in order for r in law.references_in(n.ledd)}
    given_by_rights = {a for n in plans if n.frame.modality == "right" and answered(law, n) for a in (n.act,)}
    outside = [n for n in plans if n.act not in named and n.act not in given_by_rights]
    if not order or not outside:
        return
    first, rest = law.names.provisions(n.ledd for n in order), law.names.provisions(n.ledd for n in outside)
    yield law.finding(
        "competing_coordinators", (*(n.ledd for n in order), *(n.ledd for n in outside)),
        actors=who_all((*order, *outside)), score=0.72,
        title=Words(
            f"hvem som leder arbeidet med individuell plan, er bare avgjort i {first.nb}",
            f"who leads the work on the individual plan is settled only in {first.en}",
        ),
        explanation=Words(
            f"{first.nb} sier hvem som skal sørge for planen når personen har tilbud etter lovene som er nevnt der. Planen kan også "
            f"følge av {rest.nb}, men ingen bestemmelse sier hvem som leder når den gjør det, og hver tjeneste skal samarbeide om den.",
            f"{first.en} {verb(first, 'says')} who is to see to the plan when the person has offers under the acts named there. The plan may also "
            f"follow from {rest.en}, but no provision says who leads when it does, and each service is to cooperate on it.",
        ),
        reasons=(Words("rangorden for noen av lovene", "an order for some of the acts"),),
        evidence=(n.evidence for n in (*order, *outside)), key=tuple(n.ledd for n in order), matter="lead",
    )  # fmt: skip


_APPOINTS = re.compile(
    r"oppnevnes?\b|peke ut|tilby koordinator|skal .{0,60}\bha [a-zæøå]*(?:ansvarlig|kontakt)[a-zæøå]*|kontakt(?:person|lege)"
)


def contacts(law: Law) -> Iterator[Finding]:
    """Several contacts for one person in one act: three provisions or more each give the person somebody of their own.

    A coordinator, a contact physician, staff responsible for children: norms of coordination of one act that appoint
    somebody for the same patients (``several_coordinators``).
    """
    people = {n.section for n in appointments(law)}
    for act in sorted(law.acts):
        found: dict[str, Norm] = {}
        for norm in one_per_sentence(law.by_act.get(act, ())):
            if (
                norm.frame.category == "coordination"
                and norm.frame.modality == "duty"
                and _APPOINTS.search(norm.around)
                and (PERSONS & set(norm.frame.counterpart) or re.search(r"pasient|bruker|barn", norm.text))
                and "forskrift" not in norm.text
            ):
                found.setdefault(norm.section, norm)
        norms = list(found.values())
        if len(norms) < 3 or not people & set(found):
            continue
        where = law.names.provisions(n.ledd for n in norms)
        yield law.finding(
            "several_coordinators", tuple(n.ledd for n in norms), actors=who_all(norms), score=0.6,
            title=Words(f"flere kontakter for samme person: {where.nb}", f"several contacts for one person: {where.en}"),
            explanation=Words(
                f"{where.nb} gir samme person eller familie hver sin som skal følge opp eller samordne. Loven sier ikke hvordan "
                "oppgavene er delt mellom dem.",
                f"{where.en} each give one person or family somebody who is to follow up or coordinate. The act does not say how the "
                "tasks are divided.",
            ),
            reasons=(Words(f"{len(norms)} funksjoner i samme lov", f"{len(norms)} functions in one act"),),
            evidence=(n.evidence for n in norms), key=(act,), matter="contacts",
        )  # fmt: skip


def plans_without_coordinator(law: Law) -> Iterator[Finding]:
    """An act that gives a plan and no coordinator, where other acts that give a plan give the coordinator too.

    Read in the act; the coordinator of another act's service does not lead this plan (``missing_duty_type``).
    """
    plans = [n for n in given(law, "individual plan") if law.service_of(n.act)]
    having = [n for n in given(law, "coordinator") if n.frame.modality == "duty"]
    peers = {n.act for n in having} & {n.act for n in plans}
    if len(peers) < 2:
        return
    model = [n for n in having if n.act in peers]
    for act in sorted({n.act for n in plans} - {n.act for n in having}):
        own = [n for n in plans if n.act == act]
        here, there, name = (
            law.names.provisions(n.ledd for n in own),
            law.names.provisions(n.ledd for n in model),
            law.names.act(act),
        )
        rights = [n for n in given(law, "coordinator") if n.frame.modality == "right"]
        yield law.finding(
            "missing_duty_type", (*(n.ledd for n in own), *(n.ledd for n in model), *(n.ledd for n in rights)), actors=who_all(own),
            score=0.58,
            title=Words(f"{name} gir individuell plan, men ingen koordinator", f"{name} gives an individual plan, but no coordinator"),
            explanation=Words(
                f"{here.nb} regulerer individuell plan. {there.nb} lar den som har plan, også få en koordinator som driver arbeidet fram; {name} har ingen "
                "slik regel.",
                f"{here.en} {verb(here, 'is')} about individual plans. {there.en} also give whoever has a plan a coordinator who drives the work; {name} has no such "
                "rule.",
            ),
            reasons=(Words(f"{len(peers)} lover har både plan og koordinator", f"{len(peers)} acts have both plan and coordinator"),),
            evidence=(*(n.evidence for n in own), *(n.evidence for n in model)), key=(act,), matter="coordinator",
        )  # fmt: skip
