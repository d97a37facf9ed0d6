"""The clauses of a sentence that lay something down, who is their subject, and which lay down nothing sought here."""

from __future__ import annotations

import re

from msgspec import Struct

from duties.clauses import MODALS, Parse
from duties.parties import Mention, chain, ids_of

# Operators before "at" or "å", and what they do to the norm inside.
_ENSURE = re.compile(
    r"""\b(?: sørg\w*|påse[rs]?|sikr\w+|syte|syter|ansvar(?:et)?|ansvarleg|ansvarlig|legg\w*\stil\srette|bidra\w*
            | medverk\w*|medvirk\w*|passe|se|sjå|ser|ordne|tilrettelegg\w* )
        \s (?:\w+\s)? (?:for\s|på\s|til\s|og\s)? (?:å\s|det\s|seg\s)? (?:til\s)? $""",
    re.VERBOSE,
)
_DEMAND = re.compile(
    r"""\b(?: krev\w*|pålegg\w*|påleg\w*|be|ber|bestemm?e\w*|bestemt|fastset\w*|fastsett\w*|vedta|anmode\w*|godkjenne
            | samtykk\w+|avgjer\w*|avgjør\w*|forlange )
        \s (?:\w+\s){0,4}? (?:om\s|til\s|i\s)? $""",
    re.VERBOSE,
)
_HINDER = re.compile(r"\b(?:hinder|hindring)\b")
_ASSIGN = re.compile(
    r"""\b(?: utpek\w*|utpeik\w*|pek\w*\sut|peik\w*\sut|oppnevn\w*|oppnemn\w*|bestemm\w*|bestemt|fastset\w*|avtal\w*|ha
            | utnevn\w*|velg\w*|avgjer\w*|avgjør\w* )\b""",
    re.VERBOSE,
)
_ASSIGNED = re.compile(r"\b(?:skal|har|er|kan)\b.*\b(?:ansvar\w*|ivareta|vareta|sørg\w*|koordiner\w*|samordn\w*)\b")
_ROUTINES = re.compile(
    r"\b(?:rutiner|rutinar|system|systemer|ordninger|ordningar|prosedyrer|prosedyrar|retningslinjer)\b"
)
_ROUTINES_THAT = re.compile(r"som (?:\w+ )?(?:sikr\w+|sørg\w+|gjør|gjer)")

_ISSUED = r"(?:forskrift\w*|føresegn\w*|regler|reglar|bestemmelser|retningslinjer|retningsliner)"
_REGULATION = re.compile(
    rf"""\b(?:i|ved|med|gi|gir|gje|gjev|gis|fastsett\w+|fastset\w*|nærmere|nærare|nånare|utfyllende)
         \s (?:nærmere\s|nærare\s|utfyllende\s|utfyllande\s)? {_ISSUED}\b
       | \bforskrift(?:er)? \s (?:om|med|gi)\b | \b(?:i|ved) \s (?:\w+\s)? forskrift\b | instruks\w* \s om""",
    re.VERBOSE | re.IGNORECASE,
)
_ISSUING = re.compile(
    r"""(?:kan|skal|gir|gjev|gis) \s (?:[\w,§-]+\s){0,12}
        (?:forskrift|føresegn|nærmere|nærare|utfyll|regler|reglar|retningslin|instruks|bestemmelser)""",
    re.VERBOSE,
)
_RULES_GIVEN = re.compile(rf"\bkan det (?:\w+ )?(?:gis|gjevast|fastsettes|fastsetjast) (?:\w+ )?{_ISSUED}\b")
_IN_REGULATION = re.compile(r"i (?:slik |eigne? )?(?:forskrift|føresegn)\w* ")
_DEFINES = re.compile(
    r"(?:i|med|ved) (?:denne |dette )?(?:loven|lova|lov|kapitlet|paragrafen|bestemmelsen)(?: her)?[^.]{0,25}? (?:menes|meinast|meiner|forstås|forstår|betyr|er)(?: med| det)?\b[^.]{0,20}:"
    r"|i (?:denne |dette )?(?:loven|lova|lov)(?: her)? (?:menes|meinast|meiner ein|forstås|betyr)"
)
_ISSUERS = frozenset({"stat", "helsedirektoratet", "utdanningsdirektoratet", "bufdir", "avdir", "imdi"})
_ISSUING_VERBS = frozenset("kan gir gjev skal fastsetter fastset bestemmer bestemmes gis gjevast må kunne gjer".split())
_PURPOSE = re.compile(
    r"""(?:formålet|føremålet|formål|hensikten|med\s.{3,40}\s(?:menes|meiner|forstås)|loven\s(?:har|skal|gjelder)
        |lova\s(?:skal|gjeld|har))\b""",
    re.VERBOSE,
)
_BE = frozenset("bli blir ble blei vert verte verta er være vere vera".split())
_JOINING = frozenset(", ; og men eller".split())
_ONE_OF = frozenset("en ei et ett ein eit éin éi éitt noen nokre nokon flere fleire alle begge".split())
_OWNER = re.compile(r"\w{2,}(?:ens|ets|enes|anes|as)")
_LEADING = _JOINING | frozenset("også òg både dessuten videre".split())
_VERBS = frozenset({"give", "tell", "notify", "handover", "obtain", "coop_v", "order", "have"})
_NO_SUBJECT_AFTER = frozenset("å , til for fra frå med av om i".split())


class Norm(Struct):
    """A clause that lays something down.

    ``finite`` is the finite verb that gives its modality, ``members`` its tokens. ``operator`` tells what a clause
    above does to it: ``ensure`` (sørge for at), ``demand`` (kreve at), ``hinder`` (ikke til hinder for at), ``assign``
    (utpeke en som skal ha ansvaret); ``outer`` is that clause.
    """

    clause: int
    finite: int | None
    members: list[int]
    operator: str = ""
    outer: int = -1


def words_of(tree: Parse, members: list[int]) -> str:
    """The words of some tokens in lower case, one space between."""
    return " ".join(tree.tokens[i].lower for i in members)


def norms_of(tree: Parse) -> list[Norm]:
    """The clauses that lay something down: main clauses, and those below them that carry their duty on."""
    norms: dict[int, Norm] = {}
    for index, clause in enumerate(tree.clauses):
        if clause.kind == "main":
            norms[index] = Norm(index, clause.finite, tree.members(index))
            continue
        above, operator = clause.parent, ""
        if above is None:
            continue
        if clause.kind == "complement" and above in norms:
            operator = _operator(tree, above, clause.first)
        elif clause.kind == "relative" and above in norms and _are_routines(tree, above, index):
            operator = "ensure"
        elif clause.kind in ("relative", "question"):
            if above not in norms:
                above = tree.clauses[above].parent
            if above in norms and _is_assigned(tree, norms[above], index):
                operator = "assign"
        if operator and above is not None:
            norms[index] = Norm(index, norms[above].finite, tree.members(index), operator, norms[above].clause)
    return [norm for norm in norms.values() if norm.members]


def _operator(tree: Parse, above: int, first: int) -> str:
    """What the words before "at" do to the clause that it opens; empty for nothing."""
    members = tree.members(above)
    before = words_of(tree, [i for i in members if i < first][-8:]) + " "
    opens = tree.tokens[first].opens
    if opens:  # the lead governs each item
        lead = next(i for i, token in enumerate(tree.tokens) if token.opens)
        before = words_of(tree, [i for i in members if i < lead][-8:]) + " "
    if opens and not before.rstrip().endswith(("for :", ":", "for", "på")):
        before = before.rstrip(" :") + " "
    before = before.replace(" :", "")
    if _HINDER.search(before) or (opens and "hinder" in words_of(tree, members)):
        return "hinder"
    if _ENSURE.search(before):
        return "ensure"
    return "demand" if _DEMAND.search(before) else ""


def _are_routines(tree: Parse, above: int, index: int) -> bool:
    """As in "ha rutiner som sikrer at …"."""
    return bool(
        _ROUTINES.search(words_of(tree, tree.members(above)))
        and _ROUTINES_THAT.match(words_of(tree, tree.members(index)))
    )


def _is_assigned(tree: Parse, outer: Norm, index: int) -> bool:
    """As in "utpeke en person som skal ha ansvaret for …", "bestemme hvem som skal samordne"."""
    return (
        outer.operator == ""
        and bool(_ASSIGNED.search(words_of(tree, tree.members(index))))
        and bool(_ASSIGN.search(words_of(tree, outer.members)))
    )


def main_of(norm: Norm, norms: list[Norm]) -> Norm:
    """The main clause above a norm, itself where it is one."""
    while norm.operator:
        norm = next(one for one in norms if one.clause == norm.outer)
    return norm


def is_inverted(tree: Parse, norm: Norm) -> bool:
    """Whether something stands before the finite verb."""
    finite = norm.finite
    return finite is not None and any(i < finite and tree.tokens[i].lower not in _JOINING for i in norm.members)


def is_passive(tree: Parse, norm: Norm, head: int) -> bool:
    """Whether the verb at *head* is passive: gis, gjevast, blir gitt."""
    tokens = tree.tokens
    lower = tokens[head].lower
    if lower.endswith("ast") or (lower.endswith("s") and tokens[head].tags and not lower.endswith(("ss", "us"))):
        return True
    participle = lower.endswith(("t", "te", "d", "de", "a", "en", "ne"))
    return participle and any(tokens[i].lower in _BE for i in norm.members if head - 8 <= i < head)


def subject_of(tree: Parse, norm: Norm, mentions: list[Mention]) -> list[Mention]:
    """The actors that are the subject of a clause; empty where its subject is no actor."""
    finite = tree.clauses[norm.clause].finite
    members = set(norm.members)
    inside = [(k, m) for k, m in enumerate(mentions) if m.first in members]
    if not inside:
        return []
    if tree.clauses[norm.clause].kind == "complement":
        k, first = inside[0]
        plain = first.preposition == "" and not first.genitive and first.follows == -1
        return chain(mentions, k) if plain and (finite is None or first.first <= finite + 4) else []
    if finite is None:
        return []
    return _before(tree, norm, mentions, inside, finite) or _after(tree, norm, mentions, inside, finite)


def _before(
    tree: Parse, norm: Norm, mentions: list[Mention], inside: list[tuple[int, Mention]], finite: int
) -> list[Mention]:
    """The subject before the verb: first in its clause, bare."""
    for k, m in inside:
        if m.last >= finite:
            break
        one_of = m.preposition == "av" and m.left >= 2 and tree.tokens[m.left - 2].lower in _ONE_OF and m.left <= 4
        if one_of and not m.genitive:
            return chain(mentions, k)
        if m.preposition == "" and not m.genitive and not m.attribute and m.follows == -1:
            lead = [i for i in norm.members if i < m.left and tree.tokens[i].lower not in _LEADING]
            if len(lead) == 1 and lead[0] == m.left - 1 and _OWNER.fullmatch(tree.tokens[lead[0]].lower):
                lead = []  # "Sakens parter"
            return [] if lead else chain(mentions, k)
        if not m.genitive:
            break
    return []


def _after(
    tree: Parse, norm: Norm, mentions: list[Mention], inside: list[tuple[int, Mention]], finite: int
) -> list[Mention]:
    """The subject after the verb: "Ved behov skal kommunen …"."""
    tokens = tree.tokens
    for k, m in inside:
        if m.first <= finite:
            continue
        if m.genitive and any(later.left <= m.first or later.follows == k for later in mentions[k + 1 : k + 4]):
            continue  # "skal elevens foreldre": the owner of the one that follows
        between = [i for i in norm.members if finite < i < m.left]
        straight = (
            not is_inverted(tree, norm) and norm.clause == 0 and tree.of[0] == norm.clause
            and tokens[finite].lower in MODALS
        )  # fmt: skip
        if (
            len(between) > 3
            or any(tokens[i].lower in _NO_SUBJECT_AFTER or tokens[i].tags & _VERBS for i in between)
            or straight
            or m.preposition
            or m.genitive
            or m.attribute
            or (m.follows != -1 and not mentions[m.follows].genitive)
        ):
            return []
        return chain(mentions, k)
    return []


def lays_down_nothing(tree: Parse, main: Norm, mentions: list[Mention]) -> bool:
    """Powers to give regulations, purposes, scope and definitions: no norm of the kinds sought."""
    words = words_of(tree, main.members)
    if _REGULATION.search(words):
        subject = subject_of(tree, main, mentions)
        finite = tree.tokens[main.finite].lower if main.finite is not None else ""
        issuer = not subject or bool(set(ids_of(subject)) & _ISSUERS) or subject[0].kind == "pronoun"
        if issuer and finite in _ISSUING_VERBS and _ISSUING.search(words):
            return True
    if _RULES_GIVEN.search(words):
        return True  # "I vedtekter kan det gis bestemmelser om meldeplikt"
    if _IN_REGULATION.match(words) or _DEFINES.match(words):
        return True
    return bool(_PURPOSE.match(words)) and not re.search(r"taushetsplikt|teieplikt", words)
