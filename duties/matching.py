"""Where a rule fires in a clause: its head word, used as the rule means it, and the object that must stand with it."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from duties.clauses import MODALS, Parse, is_finite
from duties.norms import Norm, is_passive
from duties.rules import Rule, load_rules

_GOVERNING = frozenset("av etter ved om i for til på mot med gjennom under som over fra frå uten utan".split())
_AUXILIARIES = frozenset(
    "bli blir ble blei blitt vert verte verta vart er være vere vera har ha hadde holdes halde få får".split()
)
_ASKING = frozenset("be ber anmode bed".split())
_SUPPORT = frozenset({"facilitate", "take_part", "responsible", "agree_v", "coop_v", "have", "plan_v", "assist_v"})
_JOINT_WORK = frozenset(
    {"coop_n", "coord_n", "plan", "info", "assist_n", "share_n", "plan_v", "coop_v", "doc", "opinion"}
)
_NEW_PHRASE = frozenset("de dei den alle slike desse disse".split())
_PARTICLES = frozenset({"over"})
_CASE = frozenset("saken saka sakene sakane".split())
_ABOUT_A_PLAN = frozenset("behov behovet avgjørelse avgjørelser avgjerd vedtak klage enkeltvedtak forskrift".split())
_TRANSFER = frozenset({"give", "handover", "obtain", "send", "lay"})


class Match(Struct, frozen=True):
    """A rule that fires: the positions of its head and its object (the head again where it asks for none)."""

    rule: Rule
    head: int
    object: int


def matches(tree: Parse, norm: Norm, text: str, named: Collection[str]) -> list[Match]:
    """The rules that fire on a norm, each once.

    Args:
        tree: the sentence.
        norm: the clause.
        text: the words of the sentence.
        named: categories that the section has named before.
    """
    tokens = tree.tokens
    by_class: dict[str, list[int]] = {}
    for i in norm.members:
        for name in tokens[i].tags:
            by_class.setdefault(name, []).append(i)
    found: list[Match] = []
    for rule in load_rules():
        heads = sorted({i for name in rule.head for i in by_class.get(name, ())})
        if not heads or (rule.context and rule.context not in named):
            continue
        if rule.words and not any(word in text.lower() for word in rule.words):
            continue
        if rule.needs and not any(by_class.get(name) for name in rule.needs):
            continue
        for head in heads:
            if head == norm.finite and tokens[head].lower in MODALS:
                continue
            if not is_meant(tree, norm, head, rule):
                continue
            place = _object(rule, head, by_class, norm, tree)
            if place is not None:
                found.append(Match(rule, head, place))
                break
    return found


def is_meant(tree: Parse, norm: Norm, head: int, rule: Rule) -> bool:
    """Whether the head word is used as the rule means it: no adjective ("informert samtykke"), not "melde seg"."""
    tokens = tree.tokens
    lower, tags, wanted = tokens[head].lower, tokens[head].tags, set(rule.head)
    words = [token.lower for token in tokens]
    before = words[head - 1] if head else ""
    after = words[head + 1] if head + 1 < len(tokens) else ""
    second = words[head + 2] if head + 2 < len(tokens) else ""
    auxiliary = any(words[i] in _AUXILIARIES for i in norm.members if head - 8 <= i < head)
    just_before = range(max(0, head - 4), head)
    if lower.endswith(("et", "t", "a")) and _in_an_unmarked_clause(tree, norm, head):
        return False  # "fra det tidspunktet partene ble underrettet"
    if wanted & {"notify", "hear"} and after in ("samtykke", "samtykket", "beslutning", "avgjerd", "på"):
        return False
    if rule.id == "plan/individual" and (
        any(words[i] in _ABOUT_A_PLAN for i in just_before) or not lower.startswith("plan")
    ):
        return (
            False  # "melding om behov for individuell plan", "vedtak om individuell plan", "individuell opplæringsplan"
        )
    if rule.id == "share/tell" and any(tokens[i].tags & {"opportunity"} for i in just_before):
        return False
    if "notify" in wanted and lower.endswith(("et", "ert", "erte")):
        return auxiliary
    if rule.id == "share/receive" and after in ("fått", "mottatt", "motteke", "motteken"):
        return False  # "må ha fått informasjon": fått is the word
    if rule.id == "share/receive" and lower in ("fått", "mottatt") and before != "ha":
        return False
    if rule.id == "share/melde-fra":
        return lower.startswith(("meld", "si", "sei"))
    if rule.id == "agreement/bodies" and lower.startswith(("inngå", "slutt")):
        return False  # the agreement itself is the head
    if rule.id == "agreement/bodies" and before in ("uten", "utan", "med", "har"):
        return False  # "institusjoner uten avtale med kommunen"
    if "coop_v" in tags and lower == "samarbeidet" and _is_aim(tree, norm, head):
        return False
    if "coop_v" in tags and lower.startswith(("medvirk", "medverk")) and after == "til":
        ahead = tokens[head + 2 : head + 9]
        joint = second == "at" or any(token.tags & _JOINT_WORK or token.lower in _CASE for token in ahead)
        if second == "å" or not joint:
            return False  # "medvirke til å …", "medvirke til økt forståelse"
    if rule.id == "share/compare" and lower.endswith(("ing", "ingen", "inga")) and not _takes_place(tree, norm, head):
        return False
    infinitive = lower.endswith("a") and any(words[i] in MODALS for i in norm.members if head - 20 <= i < head)
    if "obtain" in wanted and lower in _OBTAINED and not auxiliary and not infinitive:
        return False  # "dokumenter innhentet under saken"
    if "tell" in wanted and (before == "seg" or after in ("seg", "inn", "ut", "på") or before == "få"):
        return False
    if "assist_v" in wanted and before == "seg" and words[head - 2 : head - 1] in (["la"], ["lar"], ["late"], ["latt"]):
        return False  # "la seg bistå av advokat": help for a person
    if "consult_n" in tags and lower.startswith("forstå") and before != "i":
        return False
    if rule.id == "cooperation/consult" and tags & {"consult_n"} and not _is_held(tree, norm, head):
        return False
    if "assist_n" in wanted and before == "om" and words[head - 2].startswith(("anmodning", "oppmoding", "krav")):
        return False
    if lower.startswith("opplys") and (after in _CASE or not _tells_somebody(tree, norm, head)):
        return False
    if "right" in wanted and before in ("etter", "på", "om", "mot", "uten", "sitt", "med", "til"):
        return False
    if rule.id == "share/lay-decision" and not lower.startswith(("legg", "leg", "lagt")):
        return False  # "bringe saken inn for retten"
    participle = lower.endswith("t") and not lower.endswith("ast")
    return not ("tell" in wanted and "tell" in tags and participle and not auxiliary)


_AIM = re.compile(r"(?:mål|målsett?ing|formål|føremål|siktemål|hensikt)(?:en|a|et)?")
_HOLDS = re.compile(
    r"ta[rs]?|tek|take|tatt|ha[r]?|hold\w*|hald\w*|opprett\w*|etabler\w*|skap\w*|før\w*|søk\w*|gjennomfør\w*|legg\w*|sørg\w*|innled\w*|fremm?\w*|formidl\w+|sikr\w*"
)


_OBTAINED = frozenset("innhentet innhenta hentet henta rekvirert etterspurt".split())


def _takes_place(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether the matching of registers is what is done: "Sammenstilling kan skje", "foreta en sammenstilling"."""
    fronted = norm.finite is not None and head < norm.finite and head <= norm.members[0] + 2
    return fronted or any(tree.tokens[i].tags & {"happen"} for i in norm.members if head - 5 <= i < head)


def _in_an_unmarked_clause(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether a finite auxiliary of its own stands before a participle: a relative clause without som."""
    own = tree.clauses[norm.clause].finite
    if own is None or norm.operator:
        return False
    for i in range(head - 1, max(-1, head - 4), -1):
        lower = tree.tokens[i].lower
        if lower in ("ble", "blei", "vart", "blir", "vert", "var"):
            return i != own and tree.of[i] == norm.clause and i - own > 2
        if lower in ("bli", "verte", "å", "være", "vere", "ha"):
            return False
    return False


def _is_aim(tree: Parse, norm: Norm, head: int) -> bool:
    """As in "Samarbeidet skal ha som mål å …": what it is for, no norm."""
    return any(_AIM.fullmatch(tree.tokens[k].lower) for k in norm.members if head < k <= head + 8)


def _is_held(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether contact, talk or dialogue is taken up or held, not merely had as a good: "kompenseres med kontakt"."""
    tokens = tree.tokens
    if not tokens[head].lower.startswith(("kontakt", "dialog", "samtale")):
        return True
    before = [tokens[i].lower for i in norm.members if head - 5 <= i < head and not tokens[i].lower.endswith("ing")]
    inside = bool({"i", "gjennom", "ved"} & set(before[-2:]))
    return inside or any(map(_HOLDS.fullmatch, before))


def _tells_somebody(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether "opplyse" in the passive is telling: not "saken skal opplyses", nor "i vedtaket skal det opplyses om"."""
    tokens, lower = tree.tokens, tree.tokens[head].lower
    if not lower.endswith(("es", "ast", "t")):
        return True
    if any(
        tokens[i].lower in _CASE for i in norm.members if head - 8 <= i < head and tokens[i - 1].lower not in _GOVERNING
    ):
        return False
    if any(tokens[i].lower in ("til", "overfor", "andsynes") for i in norm.members if head < i <= head + 3):
        return True
    return not any(
        tokens[i].lower == "i" and any(token.tags & {"doc", "decision"} for token in tokens[i + 1 : i + 3])
        for i in norm.members
        if i + 1 < len(tokens)
    )


def _object(rule: Rule, head: int, by_class: dict[str, list[int]], norm: Norm, tree: Parse) -> int | None:
    """The position of the object that the rule asks for; the head itself where it asks for none; None: no match."""
    tokens = tree.tokens

    def of(names: tuple[str, ...]) -> list[int]:
        return [i for name in names for i in by_class.get(name, ())]

    if rule.particle and not any(head < i <= head + 8 for i in of(rule.particle)):
        return None
    if rule.previous and not any(head - 4 <= i < head for i in of(rule.previous)):
        return None
    if rule.object_words:
        return next((i for i in range(head, len(tokens)) if tokens[i].lower in rule.object_words), None)
    if rule.verb and not any(token.tags & set(rule.verb) for token in tokens[head + 1 :]):
        return None
    if rule.id in ("share/access", "share/give-access"):
        return _access(rule, head, of(rule.object), tree)
    if rule.id == "coordination/facilitate" and norm.operator == "ensure":
        return head
    if rule.id == "cooperation/noun" and not _supported(tree, norm, head):
        return None
    if rule.id == "share/obtain":
        names = [i for i in of(rule.object) if not (i < head and tokens[i].tags & {"access"})]
        by_class = {"object": names}
        rule_object: tuple[str, ...] = ("object",)
    else:
        rule_object = rule.object
    if not rule.object:
        return head
    pool = [i for i in of(rule_object) if i != head]
    if rule.id == "secrecy/prevent":
        pool = [i for i in range(head + 1, len(tokens)) if tokens[i].tags & set(rule.object)]
    elif rule.direction == "order":
        pool = _ordered(rule, head, tree)
    elif rule.direction == "right":
        pool = [i for i in pool if i > head]
    close = [i for i in pool if abs(i - head) <= rule.near]
    if not close and rule.id == "share/make-aware":
        close = _behind_an_insertion(rule, head, tree)
    if not close and rule.id in ("share/give", "share/give-access", "share/handover"):
        close = _behind_the_recipient(rule, head, tree)
    if rule.id in ("share/give", "share/give-access", "share/lay-forth") and not is_passive(tree, norm, head):
        shares = tokens[head - 1].lower in ("og", "eller")  # "innhente opplysninger og gi …"
        close = [i for i in close if i > head or i < (norm.finite or 0) or (shares and head - i <= 3)]
    if rule.direction in ("to", "from") and set(rule.head) & _TRANSFER:
        close = [i for i in close if tokens[i].tags & {"access"} or is_direct(tree, i, head)]
    return min(close, key=lambda i: abs(i - head)) if close else None


def _access(rule: Rule, head: int, pool: list[int], tree: Parse) -> int | None:
    """Access to information, not to a place or to doing something ("adgang til å …")."""
    for i in pool:
        if i == head or abs(i - head) > rule.near:
            continue
        ahead = tree.tokens[i + 1 : i + 10]
        near = [token.lower for token in ahead[:3]]
        to_information = "til" in near and "å" not in near and any(t.tags & {"info", "doc", "register"} for t in ahead)
        if "innsyn" in tree.tokens[i].lower or to_information or any(t.tags & {"info", "register"} for t in ahead[:4]):
            return i
    return None


def _behind_an_insertion(rule: Rule, head: int, tree: Parse) -> list[int]:
    """As in "gjøre eleven, eller den som møter for eleven, kjent med faren"."""
    tokens = tree.tokens
    return [
        i
        for i in range(head + 2, min(head + 30, len(tokens) - 1))
        if tokens[i].tags & set(rule.object) and tokens[i - 1].lower == "," and tokens[i + 1].lower in ("med", "på")
    ][:1]


def _behind_the_recipient(rule: Rule, head: int, tree: Parse) -> list[int]:
    """As in "gi den som har spurt informasjon om saken": no comma where the relative clause ends."""
    tokens = tree.tokens
    if [token.lower for token in tokens[head + 2 : head + 3]] != ["som"]:
        return []
    clause = tree.of[head + 2]
    return [
        i
        for i in range(head + 4, min(head + 30, len(tokens)))
        if tree.of[i] == clause and tokens[i].tags & set(rule.object)
    ][:1]


def _ordered(rule: Rule, head: int, tree: Parse) -> list[int]:
    """What somebody is ordered to give: in the clause or its complement, or after "å gi", however deep."""
    tokens = tree.tokens

    def after_infinitive(i: int) -> bool:
        span = range(max(head, i - 9), i)
        return any(tokens[k].lower == "å" and tokens[k + 1].tags & set(rule.verb) for k in span)

    return [
        i
        for i in range(head + 1, len(tokens))
        if tokens[i].tags & set(rule.object)
        and (tree.clauses[tree.of[i]].kind in ("main", "complement") or after_infinitive(i))
    ]


def is_direct(tree: Parse, noun: int, head: int) -> bool:
    """Whether a noun is no part of a prepositional phrase: what is given, not what it is given for."""
    tokens = tree.tokens
    if noun > head and _bare_behind_definite(tree, noun):
        return True
    begins = tokens[noun - 1].lower in _NEW_PHRASE and noun >= 2 and tokens[noun - 2].lower not in _GOVERNING
    if begins and not tokens[noun - 2].tags:
        return True  # "innhente fra politiet de opplysninger som"
    for i in range(noun - 1, max(-1, noun - 6), -1):
        lower = tokens[i].lower
        if lower in ("at", "å", "som"):
            return True
        if lower in _PARTICLES and i - 1 == head:
            return True  # "sende over nye opplysninger"
        if lower in _GOVERNING:
            return lower == "om" and i > 0 and tokens[i - 1].lower in _ASKING
        if (
            i == head
            or tokens[i].tags & {"give", "handover", "obtain"}
            or lower in (",", "og", "eller", "ikke", "ikkje")
            or is_finite(tokens[i])
        ):
            return True
    return True


def _bare_behind_definite(tree: Parse, noun: int) -> bool:
    """As in "sende over til skolene opplysninger om": a bare plural behind a definite noun is a phrase of its own."""
    before, word = tree.tokens[noun - 1], tree.tokens[noun].lower
    return not before.tags and before.lower.endswith(("ene", "ane")) and word.endswith(("er", "ar"))


def _supported(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether "samarbeid" is what is done: "i samarbeid med", "sørge for samarbeid", "samarbeidet skal"."""
    tokens = tree.tokens
    i = head - 1
    while i >= 0 and head - i <= 4 and not tokens[i].tags and tokens[i].lower not in {*_GOVERNING, ",", "og"}:
        i -= 1
    before = tokens[i].lower if i >= 0 else ""
    fronted = norm.finite is not None and head < norm.finite
    if fronted and _is_aim(tree, norm, head):
        return False
    if before == "ved" and fronted:  # "Ved samarbeid kan …": an occasion
        return False
    if before in ("i", "ved", "gjennom", "til", "om"):
        return True
    if any(tokens[k].tags & _SUPPORT for k in norm.members if head - 14 <= k < head):
        return True
    return fronted and tokens[head].lower.endswith(("et", "en", "a"))
