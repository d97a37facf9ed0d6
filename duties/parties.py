"""Who stands where in a norm: the subject, the recipient, the partner, by the words around each actor."""

from __future__ import annotations

from msgspec import Struct

from duties.clauses import MODALS, Parse, is_finite
from duties.words import Token

_PREPOSITIONS = frozenset(
    "til overfor ovenfor med fra frå hos av for mellom på i ved om etter under over mot andsynes blant gjennom innen innan uten utan etter langs hjå angående vedrørende".split()
)
_SKIPPED = frozenset(
    """den det dei de en ein ei et eit sin sitt si sine andre annen annan annet anna annan øvrige alle begge både hver kvar hvert vedkommende rette rett nærmeste næraste
    aktuelle berørte involverte offentlige offentlege statlige statlege kommunale fylkeskommunale private lokale regionale samarbeidende relevante nødvendige
    ansvarlig ansvarlige nye tidligere samme same nødvendig kommunal statlig statleg privat lokal egne eigne dens deres dennes hans hennes hennar slike slik disse desse denne dette noe noen nokon
    pasientens brukerens barnets elevens også òg bare berre særskilt straks skriftlig skriftleg godkjent faste fast annet andrea utenlandske utanlandske
    norsk norske felles sams aktuell berørt kompetent kompetente behandlende henvisende innleggende""".split()
)
_DETERMINERS = _SKIPPED - _PREPOSITIONS
_ARTICLES = frozenset("en ei et ein eit den det de dei".split())
_CONJUNCTIONS = frozenset("og eller samt / og/eller".split())


_TELLS = frozenset({"give", "notify", "handover"})


class Mention(Struct, frozen=True):
    """An actor in a sentence: token positions (first, last), ids, and how it stands.

    ``left`` is the first token of its noun phrase. ``preposition`` is the word before the phrase where that is a
    preposition. ``genitive``: it owns what follows. ``follows``: it continues an enumeration begun by the mention
    with that number.
    """

    first: int
    last: int
    left: int
    ids: tuple[str, ...]
    kind: str = "body"
    preposition: str = ""
    genitive: bool = False
    attribute: bool = False
    other: bool = False
    weak: bool = False
    definite: bool = False
    plural: bool = False
    follows: int = -1
    text: str = ""


class Found(Struct, frozen=True):
    """An actor as the actor module found it in the flow: positions, ids, manner."""

    start: int
    end: int
    ids: tuple[str, ...]
    kind: str = "body"
    genitive: bool = False
    attribute: bool = False
    other: bool = False
    weak: bool = False
    definite: bool = False
    plural: bool = False


def place(parse: Parse, found: list[Found], text: str) -> list[Mention]:
    """Tie the actors found in the flow to the tokens of one sentence, with the preposition each depends on."""
    tokens = parse.tokens
    mentions: list[Mention] = []
    j = 0
    for actor in found:
        while j < len(tokens) and tokens[j].end <= actor.start:
            j += 1
        if j == len(tokens) or tokens[j].start >= actor.end:
            continue
        first = j
        last = first
        while last + 1 < len(tokens) and tokens[last + 1].start < actor.end:
            last += 1
        if tokens[first].masked:
            continue
        left = _phrase_begins(tokens, first)
        if mentions and mentions[-1].genitive and left - 1 <= mentions[-1].last < first:
            left = mentions[-1].left
            owner = mentions[-1].follows  # "elevens eller barnets foreldre"
            if owner != -1 and mentions[owner].genitive:
                left = mentions[owner].left
        before = tokens[left - 1].lower if left else ""
        if (
            actor.weak
            and before not in ("med", "til", "fra", "frå", "overfor", "av", "mellom", "hos", *MODALS)
            and left > 2
            and not tokens[left - 1].tags & _TELLS
        ):
            continue
        genitive = actor.genitive
        follows = -1
        preposition = before if before in _PREPOSITIONS else ""
        owner = len(mentions) - 1
        while (
            owner > 0
            and mentions[owner].genitive
            and mentions[owner].follows == owner - 1
            and mentions[owner - 1].genitive
        ):
            owner -= 1
        if mentions and mentions[owner].genitive and left <= mentions[owner].first and mentions[owner].follows != -1:
            follows = mentions[owner].follows  # "eleven og elevens foreldre"
            preposition = mentions[follows].preposition
        elif mentions and left and not preposition:
            previous = mentions[-1]
            gap = [tokens[k].lower for k in range(previous.last + 1, left)]
            if (
                gap
                and len(gap) <= 3
                and all(word in _CONJUNCTIONS or word in (",", "både", "anten", "enten") for word in gap)
                and not tokens[left].opens
            ):
                follows = len(mentions) - 1
                preposition = previous.preposition
        if follows != -1 and follows == len(mentions) - 1 and follows > 0:
            previous, above = mentions[-1], mentions[-2]
            led = previous.preposition in ("for", "ved", "i") and previous.left - 2 == above.last and not above.genitive
            if led and "ansvarl" in above.text.lower():
                follows, preposition = (
                    len(mentions) - 2,
                    above.preposition,
                )  # "til den ansvarlige for tilbudet, politiet og"
        mentions.append(
            Mention(
                first,
                last,
                left,
                actor.ids,
                actor.kind,
                preposition,
                genitive,
                actor.attribute,
                actor.other,
                actor.weak,
                actor.definite,
                actor.plural,
                follows,
                text[tokens[first].start : tokens[last].end],
            )
        )
    return mentions


def _phrase_begins(tokens: list[Token], first: int) -> int:
    """The first token of the noun phrase whose noun stands at *first*: articles and adjectives before it."""

    def determiners(left: int) -> int:
        while left > 0 and first - left < 5 and tokens[left - 1].lower in _DETERMINERS:
            left -= 1
        return left

    left = determiners(first)
    owner = tokens[left - 1] if left > 1 else None
    if owner and left < first and owner.capital and len(owner.lower) > 3 and owner.lower.endswith("s"):
        left = determiners(left - 1)  # "til Norges faste komité"
    if left == first and left > 0 and not tokens[left - 1].tags:
        word = tokens[left - 1].lower
        between_article_and_noun = left > 1 and tokens[left - 2].lower in _ARTICLES and word not in _PREPOSITIONS
        if (_adjective(word) and word not in MODALS) or (  # "skal" ends like an adjective
            between_article_and_noun and word.isalpha() and not is_finite(tokens[left - 1])
        ):
            left = determiners(left - 1)
    return left


def _adjective(word: str) -> bool:
    return word.endswith(
        (
            "lig",
            "lige",
            "lege",
            "leg",
            "ende",
            "ande",
            "sk",
            "ske",
            "al",
            "ale",
            "kjente",
            "kjende",
            "nevnte",
            "nemnde",
            "førte",
            "rørte",
            "pekte",
            "peika",
            "iv",
            "ive",
            "ert",
            "erte",
            "ell",
            "elle",
            "yndig",
            "kunnig",
        )
    )


def chain(mentions: list[Mention], start: int) -> list[Mention]:
    """The mention at *start* and those that go on its enumeration."""
    result = [mentions[start]]
    number = start
    owners: set[int] = set()
    for k in range(start + 1, len(mentions)):
        if mentions[k].follows == number or mentions[k].follows in owners:
            if mentions[k].genitive and not mentions[start].genitive:
                owners.add(k)  # "eleven og elevens foreldre": the owner is no party of its own
                continue
            result.append(mentions[k])
            number = k
        elif mentions[k].follows == -1 and mentions[k].first > mentions[number].last + 6:
            break
    return result


def ids_of(mentions: list[Mention]) -> tuple[str, ...]:
    """Their ids, in order, each once."""
    return tuple(dict.fromkeys(actor for mention in mentions for actor in mention.ids))
