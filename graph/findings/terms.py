"""Names of services that reach differently: used bare in one act, with "municipal" in another, defined widely in a third."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.finding import Evidence, Finding, Words
from graph.findings.families import one_per_sentence
from graph.law import Law, Norm
from graph.names import verb
from graph.wording import normal

LISTED = re.compile(r"^(?P<term>[a-zæøå]+(?:-? og [a-zæøå]+)?tjenesten) ")
QUALIFIED = r"(?:kommunale?|kommunens|den kommunale) "
MUNICIPAL = re.compile(r"kommunale?\b|kommunens")


def bare_terms(law: Law) -> Iterator[Finding]:
    """A name of a service that parallel duties use bare or qualified, while an act defines it more widely.

    An act's list of definitions says that the name covers several services; of the parallel duties to inform (one kind)
    some name the receiver bare and some "municipal", or the heading does and the text does not
    (``definition_divergence``). Who must be informed is then in doubt.
    """
    for term, place in _listed(law).items():
        norms = [
            n for n in one_per_sentence(law.of_type("inform_health_social", "attention_health_social"))
            if n.act in law.acts and n.frame.modality == "duty" and term in n.text
        ]  # fmt: skip
        norms = list({n.ledd: n for n in norms}.values())
        bare = [n for n in norms if not re.search(QUALIFIED + term, n.text) and f"{term} i kommunen" not in n.text]
        other = [n for n in norms if n not in bare]
        headed = [
            n
            for n in bare
            if (section := law.sections.get(n.section)) and MUNICIPAL.search(normal(section.title, "nn"))
        ]
        if len({n.act for n in bare}) >= 2 and (other or headed):
            yield _bare(law, term, place, bare, other or headed)


def _listed(law: Law) -> dict[str, str]:
    """Names of services that a list of definitions covers several bodies with, and where it stands."""
    found: dict[str, str] = {}
    for act in sorted(law.acts):
        document = law.documents.get(act)
        for section in document.sections() if document else ():
            if not section.title.lower().startswith("definisjon"):
                continue
            for item in section.of("item"):
                match = LISTED.match(normal(item.text, document.language if document else "nb"))
                if match and item.address is not None and ":" in item.text[:80] and item.text.count("tjenesten") > 2:
                    found.setdefault(match["term"], str(item.address))
    return found


def _bare(law: Law, term: str, place: str, bare: list[Norm], other: list[Norm]) -> Finding:
    here, there, defined = (
        law.names.provisions(n.ledd for n in bare),
        law.names.provisions(n.ledd for n in other),
        law.names.provision(place),
    )
    same = other[0] in bare
    how = Words(
        f"overskriften i {there.nb} sier den kommunale" if same else f"{there.nb} sier den kommunale",
        f"the heading of {there.en} says the municipal one"
        if same
        else f"{there.en} {verb(there, 'says')} the municipal one",
    )
    return law.finding(
        "definition_divergence", (*(n.ledd for n in bare), *(n.ledd for n in other), place), actors=("helse_og_omsorgstjeneste", "kommunal_helse_og_omsorg"), score=0.54,
        title=Words(f"«{term}» uten nærmere angivelse: {here.nb}", f"«{term}» without a qualifier: {here.en}"),
        explanation=Words(
            f"{here.nb} nevner bare «{term}» som mottaker, mens {how.nb}. Etter {defined.nb} omfatter ordet også andre tjenester. Hvem opplysningene skal gis "
            "til, er dermed i tvil.",
            f"{here.en} {verb(here, 'names')} «{term}» alone as receiver, while {how.en}. Under {defined.en} the word covers other services too. Who must be informed is thus "
            "in doubt.",
        ),
        reasons=(Words("samme ord med ulik rekkevidde", "one word with unlike reach"),),
        evidence=(*(n.evidence for n in bare), Evidence(place, norm=f"definition {term}")), key=(place,), matter="bare",
    )  # fmt: skip


RESTRICTED = re.compile(r"(?P<who>barnehager|skoler) som får (?:statstilskudd|tilskudd)")
ACTORS = {"barnehager": "barnehage", "skoler": "skole"}


def all_have_grants(law: Law, act: str) -> bool:
    """Whether an act is about bodies with a right to grants alone, as its first sections (scope) say."""
    document = law.documents.get(act)
    first = list(document.sections())[:5] if document else []
    return any(
        re.search(r"godkjenning med rett til (?:stats)?tilskudd", normal(node.text, document.language if document else "nb"))
        for section in first for node in section.of("ledd")
    )  # fmt: skip


def bound_and_defined(law: Law) -> Iterator[Finding]:
    """An act that binds a wider circle than it defines: its own definition counts only those with grants.

    The bodies are bound by the duty to cooperate of the act, and are no service providers by its definition
    (``definition_divergence``). Acts whose service is that body.
    """
    for definition in law.definitions:
        act, words = definition.address.act, " ".join(definition.words)
        service = law.service_of(act)
        for match in RESTRICTED.finditer(words):
            actor = ACTORS[match["who"]]
            duties = [
                n for n in one_per_sentence(law.by_act.get(act, ()))
                if n.duty_type == "cooperate_case" and actor in n.frame.bearer and n.frame.modality == "duty"
            ]  # fmt: skip
            if (
                service is None
                or service.actors[0] != actor
                or service.id == "skole"
                or not duties
                or all_have_grants(law, act)
            ):
                continue
            place = str(definition.address)
            grants = [
                "/".join(r.target.split("/")[:3]) for r in law.references_in(place) if r.target.startswith(f"{act}/§")
            ]
            here, there = law.names.provisions(n.ledd for n in duties), law.names.provision(place)
            yield law.finding(
                "definition_divergence", (*(n.ledd for n in duties), place, *dict.fromkeys(grants)), actors=(actor, "tjenesteytere"), score=0.6,
                title=Words(f"{law.names.act(act)} binder en videre krets enn den definerer ({match['who']})", f"{law.names.act(act)} binds a wider circle than it defines («{match['who']}»)"),
                explanation=Words(
                    f"{here.nb} binder alle {match['who']} etter loven. {there.nb} regner bare dem som får tilskudd, som tjenesteytere. De andre er bundet av plikten uten selv "
                    "å være motpart i den.",
                    f"{here.en} {verb(here, 'binds')} all of them. {there.en} counts only those with grants as service providers. The others are bound by the duty without being "
                    "a counterpart of it themselves.",
                ),
                reasons=(Words("plikten er videre enn definisjonen", "the duty is wider than the definition"),),
                evidence=(*(n.evidence for n in duties), Evidence(place, norm="definition")), key=(place,), matter=f"bound {actor}",
            )  # fmt: skip
