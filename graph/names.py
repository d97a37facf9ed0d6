"""Names for people: provisions, actors, categories and types in bokmål and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graph.finding import Words
from graph.tables import load_table
from lovdata_ingest.acts import reform_acts
from lovdata_ingest.address import Address, parse_address

if TYPE_CHECKING:
    from graph.inputs import ActFacts

ORDINALS = ("", "første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende",
            "ellevte", "tolvte")  # fmt: skip

TYPES: dict[str, Words] = {
    "parallel_duty_harmonised": Words("parallell plikt, samordnet", "parallel duty, harmonised"),
    "parallel_duty_divergent": Words("parallell plikt, ulikt utformet", "parallel duty, divergent"),
    "double_regulation": Words("dobbeltregulering", "double regulation"),
    "several_coordinators": Words("flere koordinatorer", "several coordinators"),
    "secrecy_vs_sharing": Words("taushetsplikt mot deling", "confidentiality against sharing"),
    "secrecy_regimes_differ": Words("ulike regler om taushetsplikt", "confidentiality rules differ"),
    "duty_vs_permission": Words("plikt mot adgang", "duty against permission"),
    "threshold_divergence": Words("ulik terskel", "thresholds differ"),
    "competing_coordinators": Words("konkurrerende samordning", "competing coordinators"),
    "definition_divergence": Words("ulik definisjon", "definitions differ"),
    "missing_mirror": Words("plikt uten speil", "duty without a mirror"),
    "missing_duty_type": Words("mangler plikt som andre har", "lacks a duty that peers have"),
    "no_sharing_basis": Words("samarbeid uten delingshjemmel", "cooperation without a basis for sharing"),
    "right_without_owner": Words("rett uten ansvarlig", "right without an owner"),
    "shorter_list": Words("kortere eller annen liste", "shorter or other list"),
    "broken_or_stale_reference": Words("feil eller foreldet henvisning", "broken or stale reference"),
    "replaced_act_reference": Words("henvisning til avløst lov", "reference to a replaced act"),
    "pending_change": Words("vedtatt endring", "change adopted, not in force"),
    "other": Words("annet", "other"),
}
KINDS: dict[str, Words] = {
    "overlap": Words("overlapp", "overlap"),
    "conflict": Words("konflikt", "conflict"),
    "gap": Words("hull", "gap"),
}
CATEGORIES: dict[str, Words] = {
    "cooperation": Words("samarbeid", "cooperation"),
    "coordination": Words("samordning", "coordination"),
    "individual_plan": Words("individuell plan", "individual plan"),
    "cooperation_agreement": Words("samarbeidsavtale", "cooperation agreement"),
    "information_sharing": Words("deling av opplysninger", "information sharing"),
    "confidentiality": Words("taushetsplikt", "confidentiality"),
    "information_to_person": Words("informasjon til personen", "information to the person"),
}
MODALITIES: dict[str, Words] = {
    "duty": Words("plikt", "duty"),
    "prohibition": Words("forbud", "prohibition"),
    "permission": Words("adgang", "permission"),
    "right": Words("rett", "right"),
    "recommendation": Words("anbefaling", "recommendation"),
}
LEVELS: dict[str, Words] = {
    "individual": Words("enkeltsak", "single case"),
    "system": Words("systemnivå", "system level"),
    "both": Words("enkeltsak og systemnivå", "single case and system level"),
    "-": Words("", ""),
}
CONDITIONS: dict[str, Words] = {
    "necessary": Words("når det er nødvendig", "when necessary"),
    "on_need": Words("ved behov", "when needed"),
    "on_request": Words("på forespørsel", "on request"),
    "on_order": Words("etter pålegg", "on order"),
    "own_initiative": Words("av eget tiltak", "on own initiative"),
    "reason_to_believe": Words("ved grunn til å tro", "with reason to believe"),
    "consent": Words("med samtykke", "with consent"),
    "confidentiality_permits": Words("så langt taushetsplikten tillater", "as far as confidentiality allows"),
    "despite_confidentiality": Words("uten hinder av taushetsplikt", "in spite of confidentiality"),
    "danger": Words("ved fare", "in danger"),
    "plan_exists": Words("når det finnes en plan", "when there is a plan"),
    "coordinator_exists": Words("når koordinator er oppnevnt", "when a coordinator is appointed"),
    "other": Words("på andre vilkår", "on other conditions"),
}


@lru_cache(maxsize=1)
def _actors() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in load_table("actors.yaml")["actors"]}


def actor_name(actor: str) -> Words:
    """The actor's names; the id itself where the ontology has none."""
    names = _actors().get(actor, {}).get("names", {})
    return Words(names.get("nb", actor), names.get("en", actor))


def actor_entry(actor: str) -> dict[str, Any]:
    """The actor's entry in the ontology; empty for an unknown id."""
    return _actors().get(actor, {})


def actor_ids() -> tuple[str, ...]:
    """The ids of the ontology, in its order."""
    return tuple(_actors())


def actor_id(words: str) -> str | None:
    """The id that *words* mean: an id, or an actor's name in either language, in any case; None for no actor's name."""
    key = words.strip().lower().replace(" ", "_").replace("-", "_")
    if key in _actors():
        return key
    name = words.strip().lower()
    return next(
        (id_ for id_, entry in _actors().items() if name in {str(n).lower() for n in entry.get("names", {}).values()}),
        None,
    )


@lru_cache(maxsize=512)
def wider(actor: str) -> frozenset[str]:
    """The actor and all that it is, is part of, or is owned by, at any distance."""
    seen: set[str] = set()
    todo = [actor]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            entry = _actors().get(current, {})
            for key in ("is_a", "part_of"):
                todo.extend(entry.get(key, ()))
    return frozenset(seen)


def related(one: str, other: str) -> bool:
    """Whether one actor is the other, a kind of it or a part of it.

    The generic actors (service providers, public bodies) are related to nobody here: all are service providers.
    """
    generic = {
        "tjenesteytere",
        "offentlige_organer",
        "frivillig_og_privat",
        "stat",
        "kommune",
        "fylkeskommune",
        "ansatte",
    }
    if one == other:
        return True
    return (other in wider(one) and other not in generic) or (one in wider(other) and one not in generic)


def join(words: Sequence[str], last: str) -> str:
    """``a, b og c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def verb(subject: Words, third_person: str) -> str:
    """The English verb in the number of its subject: ``binds`` after one provision, ``bind`` after several."""
    several = " and " in subject.en or ", " in subject.en
    return {"has": "have", "is": "are", "does": "do"}.get(third_person, third_person[:-1]) if several else third_person


def both(words: Iterable[Words], limit: int = 20) -> Words:
    """Several names as one list in each language; beyond *limit* the number of the rest."""
    found = list(dict.fromkeys(words))
    shown, rest = found[:limit], len(found) - limit
    nb, en = [w.nb for w in shown], [w.en for w in shown]
    if rest > 0:
        nb.append(f"{rest} til")
        en.append(f"{rest} more")
    return Words(join(nb, "og"), join(en, "and"))


@lru_cache(maxsize=1)
def _proper_titles() -> frozenset[str]:
    """Short titles that keep their capital inside a sentence, as the table of acts has them."""
    return frozenset(name for act in reform_acts() for name in act.names.all() if name[:1].isupper())


class Namer:
    """Names of provisions from the facts of the acts: ``barnehageloven § 2 b første ledd``."""

    def __init__(self, facts: Iterable[ActFacts]) -> None:
        self.acts = {act.refid: act for act in facts}
        self._designations = {
            section.address: section.designation for act in self.acts.values() for section in act.sections
        }

    def act(self, refid: str) -> str:
        """Short title with a small first letter, unless it begins with a name (Nav-loven); the refid where not known."""
        act = self.acts.get(refid)
        if act is None:
            return refid
        title = act.short_title
        return title if title[:2].isupper() or title in _proper_titles() else title[:1].lower() + title[1:]

    def provision(self, address: str | Address, *, act: bool = True) -> Words:
        """The provision in words; sections without the act's name when *act* is False."""
        where = address if isinstance(address, Address) else parse_address(address)
        section = where.section_address
        number = self._designations.get(str(section)) or (f"§ {where.section}" if where.section else "")
        nb = [self.act(where.act)] if act else []
        if number:
            nb.append(number)
        en = list(nb)
        for step in where.steps:
            if step.kind == "ledd" and step.value.isdigit():
                value = int(step.value)
                nb.append(f"{ORDINALS[value] if value < len(ORDINALS) else f'{value}.'} ledd")
                en.append(f"ledd {value}")
            elif step.kind == "letter":
                nb.append(f"bokstav {step.value}")
                en.append(f"letter {step.value}")
            elif step.kind == "number":
                nb.append(f"nr. {step.value}")
                en.append(f"no. {step.value}")
            elif step.kind in ("chapter", "part", "article", "annex") and not number:
                nb.append(step.value)
                en.append(step.value)
        return Words(" ".join(nb), " ".join(en))

    def provisions(self, addresses: Iterable[str | Address], limit: int = 14) -> Words:
        """Several provisions as a list; ledd of one section are taken together, and so are sections of one act."""
        places = [a if isinstance(a, Address) else parse_address(a) for a in dict.fromkeys(addresses)]
        shown, rest = places[:limit], len(places) - limit
        acts: dict[str, dict[str, list[Address]]] = {}
        for place in shown:
            acts.setdefault(place.act, {}).setdefault(str(place.section_address), []).append(place)
        nb, en = [], []
        for act, sections in acts.items():
            here = [self._section(found) for found in sections.values()]
            nb.append(f"{self.act(act)} {join([w.nb for w in here], 'og')}".strip())
            en.append(f"{self.act(act)} {join([w.en for w in here], 'and')}".strip())
        if rest > 0:
            nb.append(f"{rest} til")
            en.append(f"{rest} more")
        return Words(join(nb, "og"), join(en, "and"))

    def _section(self, places: Sequence[Address]) -> Words:
        """Places in one section without the act's name: ``§ 2 b første og andre ledd``."""
        ledd = sorted(p.ledd for p in places if p.ledd is not None and len(p.path) == 2)
        if len(places) < 2 or len(ledd) < len(places) or max(ledd) >= len(ORDINALS):
            words = [self.provision(p, act=False) for p in places]
            return Words(join([w.nb for w in words], "og"), join([w.en for w in words], "and"))
        number = self.provision(places[0].section_address, act=False)
        return Words(
            f"{number.nb} {join([ORDINALS[n] for n in ledd], 'og')} ledd",
            f"{number.en} ledd {join([str(n) for n in ledd], 'and')}",
        )

    def names(self, refids: Iterable[str], limit: int = 14) -> Words:
        """Several acts as a list."""
        return both([Words(self.act(refid), self.act(refid)) for refid in refids], limit)


def actors(ids: Iterable[str]) -> Words:
    """Several actors as a list."""
    return both([actor_name(actor) for actor in ids])
