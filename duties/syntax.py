"""What a parsed sentence says: who must do what to whom, and in which kind of clause.

Small pure functions over the tokens of ``duties.nlp``. The labels are the treebank's: ``SUBJ`` and ``FSUBJ`` hang on
the finite verb, ``INFV`` joins a verb to the infinitive or participle it carries, ``DOBJ`` and ``IOBJ`` hang on the
verb that has them, a preposition is ``ADV`` (of a verb) or ``ATR`` (of a noun) and carries its complement as
``PUTFYLL``, ``SBU`` opens a clause and hangs on the clause's finite verb; the infinitive marker *å* heads its
infinitive. ``docs/parser.md`` has the list. Results come in the order of the words; an empty tuple says that the
parse shows none.

    >>> from duties.nlp import parse_sentence
    >>> doc = parse_sentence("Kommunen skal sørge for at barnehagen og skolen samarbeider med helsestasjonen.")
    >>> verb = main_verb(doc)
    >>> [str(token) for token in subjects(verb)], [str(token) for token in chain(verb)]
    (['Kommunen'], ['skal', 'sørge'])
    >>> [[str(token) for token in subjects(inner)] for inner in ensured(verb)]
    [['barnehagen', 'skolen']]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from spacy.tokens import Doc, Span, Token

ClauseKind = Literal[
    "main", "relative", "condition", "exception", "purpose", "time", "cause", "content", "infinitive", "other"
]
CLAUSE_KINDS: tuple[ClauseKind, ...] = get_args(ClauseKind)

_REFERENCE_VERBS = frozenset(
    {"jf.", "jf", "jfr.", "jfr", "sml.", "jamfør", "sjå", "se"}
)  # "jf." is a verb to the treebank
_CONDITION = frozenset({"dersom", "hvis", "viss", "når", "såfremt", "såframt", "ifall", "om", "der"})
_TIME = frozenset({"da", "då", "mens", "medan", "før", "etter", "siden", "sidan", "til", "inntil", "straks", "idet"})
_CAUSE = frozenset({"fordi", "ettersom", "di"})
_MEASURE = frozenset({"lenge", "langt", "fremt", "framt", "fram", "sant"})  # "så lenge", "så langt", "så fremt"
_ENSURING = frozenset({"sørge", "sørgje", "syte", "se", "sjå", "påse", "påsjå", "hindre", "sikre", "tryggje", "trygge"})
_BURDENS = frozenset(
    """
    plikt rett ansvar adgang høve krav anledning skyldnad oppgave oppgåve myndighet mynde fullmakt tilgjenge
    rådighet løyve lov meldeplikt
    """.split()
)
_NEGATIONS = frozenset({"ikke", "ikkje", "aldri"})
_CARRIERS = frozenset({"bli", "blive", "verte", "være", "vere", "vera"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A preposition and the noun (or *å*, or the verb of a clause) that it governs."""

    preposition: str
    head: Token


def is_finite(token: Token) -> bool:
    """Say whether *token* is a finite verb; the *jf.* of a reference does not count."""
    return (
        token.pos_ == "VERB"
        and ("Tense=Pres" in token.morph or "Tense=Past" in token.morph)
        and token.lower_ not in _REFERENCE_VERBS
    )


def finite_verbs(words: Doc | Span) -> tuple[Token, ...]:
    """Return the finite verbs of *words*."""
    return tuple(token for token in words if is_finite(token))


def main_verb(words: Doc | Span) -> Token | None:
    """Return the finite verb of the main clause; None where there is no clause, as in a heading or a list item."""
    roots = [token for token in words if token.head == token or token.head not in words]
    for root in roots:
        if is_finite(root):
            return _after_inversion(root) or root
    # A root that is no verb: the parser took a list item or a subject for the head; its nearest verb then serves.
    for root in roots:
        for token in sorted(root.subtree, key=lambda t: (_depth(t), t.i)):
            if is_finite(token) and token.dep_ in {"ROOT", "FINV", "KOORD", "APP"}:
                return token
    return None


def _after_inversion(root: Token) -> Token | None:
    """Return the main verb where the parser took the inverted condition before it for the main clause.

    "Har barnet en plan, skal barnehagen følge den." In news, the treebank's matter, a verb that comes first asks.
    """
    if root.i != root.sent.start or root.sent[-1].text == "?":
        return None
    for child in root.children:
        if child.dep_ in {"PAR", "KOORD", "ADV", "DOBJ"} and is_finite(child) and not _opener(child):
            before = root.doc[child.i - 1]
            if before.text == "," and any(c.dep_ in {"SUBJ", "FSUBJ"} and c.i > child.i for c in child.children):
                return child
    return None


def main_verbs(words: Doc | Span) -> tuple[Token, ...]:
    """Return the finite verb of the main clause and those coordinated with it: *skal … og kan også …*."""
    first = main_verb(words)
    return () if first is None else tuple(token for token in conjuncts(first) if is_finite(token))


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Return *token* and all that is coordinated with it further on."""
    found = [token]
    for child in token.children:
        if child.dep_ in {"KOORD", "KOORD-ELL"} and child.i > token.i:
            found += conjuncts(child)
    return tuple(sorted(found, key=lambda t: t.i))


def chain(verb: Token) -> tuple[Token, ...]:
    """Return *verb* and the infinitives and participles that hang on it in turn: *skal*, *kunne*, *gi*."""
    found = [verb]
    while step := next((c for c in found[-1].children if c.dep_ == "INFV" and c not in found), None):
        found.append(step)
    return tuple(found)


def actions(verb: Token) -> tuple[Token, ...]:
    """Return the verbs that say what is done, coordinated ones included.

    Follows *skal*, *plikter å*, *har plikt til å*, *har ansvar for å*, *er forpliktet til å* to the verb that carries
    the action: *melde* in "Skolen har plikt til å melde fra."
    """
    found: dict[int, Token] = {}
    for last in _ends(verb):
        burden = tuple(_burdened(last))
        for action in burden or (last,):
            found[action.i] = action
    return tuple(found[i] for i in sorted(found))


def _ends(verb: Token) -> Iterator[Token]:
    """Yield the last verb of each branch of the chain."""
    branches = [c for c in verb.children if c.dep_ == "INFV"]
    branches = [other for branch in branches for other in conjuncts(branch) if not is_finite(other)]
    if not branches:
        yield verb
    for branch in branches:
        yield from _ends(branch)


def _burdened(verb: Token) -> Iterator[Token]:
    """Yield the infinitives behind *plikter å*, *har plikt til å*, *er forpliktet til å*."""
    for child in verb.children:
        if child.dep_ == "DOBJ" and _is_marker(child):
            yield from _infinitives(child)
        elif child.dep_ in {"DOBJ", "PSUBJ", "SUBJ"} and child.lemma_.lower() in _BURDENS and child.i > verb.i:
            for noun in conjuncts(child):
                for preposition in _prepositions(noun):
                    yield from _infinitives_below(preposition)
            # "har plikt til å" is also read with the preposition on the verb.
            for preposition in _prepositions(verb):
                if preposition.lower_ in {"til", "for"} and preposition.i == child.i + 1:
                    yield from _infinitives_below(preposition)
        elif child.dep_ == "ADV" and child.lower_ == "til" and ("VerbForm=Part" in verb.morph or verb.pos_ == "ADJ"):
            yield from _infinitives_below(child)
        elif child.dep_ == "SPRED" and ("VerbForm=Part" in child.morph or child.lower_ in {"skyldig", "pliktig"}):
            yield from _burdened(child)


def _prepositions(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.pos_ == "ADP":
            yield from (t for t in conjuncts(child) if t.pos_ == "ADP")


def _infinitives_below(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ == "PUTFYLL" and _is_marker(child):
            for marker in conjuncts(child):
                yield from _infinitives(marker)


def _is_marker(token: Token) -> bool:
    return token.tag_ == "inf-merke" or token.lower_ == "å"


def _infinitives(marker: Token) -> Iterator[Token]:
    for other in conjuncts(marker):
        for child in other.children:
            if child.dep_ == "INFV":
                for infinitive in conjuncts(child):
                    yield from _ends(infinitive)


def grammatical_subject(verb: Token) -> Token | None:
    """Return the head of the subject of a finite verb as grammar has it, an expletive *det* included.

    Where the parse shows two, the one right after the verb is taken ("Disse eiendelene kan en ektefelle holde utenfor":
    what stands first is the object then). Where a passive shows none, what the parse calls its object is taken.
    """
    own = [c for c in verb.children if c.dep_ in {"SUBJ", "FSUBJ"} and c.tag_ != "sbu"]
    if own:
        return next((c for c in own if c.left_edge.i == verb.i + 1), own[0])
    if verb.dep_ in {"KOORD", "KOORD-ELL"} or not is_finite(verb) or clause_kind(verb) == "relative":
        return None
    return _noun_after(verb) or (_awaited(verb) if is_passive(verb) else None)


def _noun_after(verb: Token) -> Token | None:
    """Return the noun right after a verb that something else precedes, where the parse calls it something else.

    Norwegian puts the subject there: "Er tiden ute, kan rett *settes*", with *rett* read as an adverb's complement.
    """
    if not any(c.i < verb.i for c in verb.children):
        return None
    links = chain(verb)
    for word in verb.doc[verb.i + 1 : verb.sent.end]:
        if word.tag_ == "adv" and word.head in links:
            continue
        heads = [t for t in (word, *word.ancestors) if t.head in links and t.left_edge.i == word.i]
        nouns = [t for t in heads if t.pos_ in {"NOUN", "PROPN", "PRON"} and t not in links]
        return nouns[0] if nouns and nouns[0].dep_ in {"SPRED", "ADV", "DOBJ", "IOBJ", "OPRED", "dep", "APP"} else None
    return None


def _awaited(verb: Token) -> Token | None:
    """Return the noun that an expletive or missing subject stands for: *råd* in "Det skal opprettes et råd"."""
    labels = {"PSUBJ", "DOBJ"} if is_passive(verb) else {"PSUBJ"}
    for label in sorted(labels, reverse=True):
        for link in chain(verb):
            for child in link.children:
                if child.dep_ == label and child.i > verb.i:
                    return child
    return None


def subjects(verb: Token) -> tuple[Token, ...]:
    """Return the heads of the subject of *verb*, coordinated ones apart.

    An expletive *det* gives way to the noun it stands for ("Det skal opprettes et råd": *råd*); a coordinated verb
    takes the subject of the first; a relative clause without one takes the noun it hangs on; an infinitive takes the
    subject of the verb above it.
    """
    head = grammatical_subject(verb)
    if head is not None:
        real = _awaited(verb) if head.dep_ == "FSUBJ" else None
        return conjuncts(real if real is not None else head)
    if verb.dep_ in {"KOORD", "KOORD-ELL"} and verb.head != verb:
        return subjects(verb.head)
    if clause_kind(verb) == "relative" and verb.head.pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ"}:
        return tuple(t for t in _whole_coordination(verb.head) if t.i < verb.i)
    if verb.dep_ == "INFV" or not is_finite(verb):
        above = next((t for t in verb.ancestors if is_finite(t)), None)
        return subjects(above) if above is not None else ()
    return ()


def _whole_coordination(token: Token) -> tuple[Token, ...]:
    # "barnehager og skoler som …" hangs on the last or the first: both are meant only when it hangs on the first.
    return conjuncts(token)


def objects(verb: Token) -> tuple[Token, ...]:
    """Return the heads of the direct objects of *verb* and of the verbs of its chain and their coordinations.

    The noun that an expletive stands for is a subject and left out: *råd* in "Det skal opprettes et råd".
    """
    subject = grammatical_subject(verb)
    stands_in_for = _awaited(verb) if subject is not None and subject.dep_ == "FSUBJ" else subject
    return tuple(token for token in _dependents(verb, {"DOBJ", "POBJ"}) if token != stands_in_for)


def indirect_objects(verb: Token) -> tuple[Token, ...]:
    """Return the heads of the indirect objects: *barnet* in "Kommunen skal gi barnet opplysninger."."""
    return _dependents(verb, {"IOBJ"})


def _dependents(verb: Token, labels: Iterable[str]) -> tuple[Token, ...]:
    found = {
        part.i: part
        for link in _links(verb)
        for child in link.children
        if child.dep_ in labels
        for part in conjuncts(child)
    }
    return tuple(found[i] for i in sorted(found))


def _links(verb: Token) -> tuple[Token, ...]:
    """Return all verbs of the chain and its coordinated infinitives, and those behind *plikt til å*."""
    found = {link.i: link for link in chain(verb)}
    for end in (*_ends(verb), *actions(verb)):
        found[end.i] = end
        for link in chain(end):
            found[link.i] = link
    return tuple(found[i] for i in sorted(found))


def complements(verb: Token, prepositions: frozenset[str] | None = None) -> tuple[Complement, ...]:
    """Return the prepositional phrases of the clause of *verb*, each coordinated noun on its own.

    The treebank hangs a recipient now on the verb, now on the object ("gi opplysninger til kommunen"); both are
    searched, and predicates as well, but no subordinate clause.

    Args:
        verb: A finite verb.
        prepositions: Only these, in lower case; None for all.
    """
    hosts: list[Token] = []
    for link in _links(verb):
        hosts.append(link)
        for child in link.children:
            if (
                child.dep_ in {"DOBJ", "IOBJ", "POBJ", "SPRED", "PSUBJ", "OPRED"}
                and not is_finite(child)
                and not _is_marker(child)
            ):
                hosts += _nouns(child)
    found: dict[tuple[int, int], Complement] = {}
    for host in hosts:
        for preposition in _prepositions(host):
            if prepositions is None or preposition.lower_ in prepositions:
                for head in governed(preposition):
                    found[preposition.i, head.i] = Complement(preposition.lower_, head)
    return tuple(found[key] for key in sorted(found))


def _nouns(token: Token) -> Iterator[Token]:
    yield from conjuncts(token)
    for child in token.children:
        if child.dep_ in {"ATR", "APP"} and child.pos_ in {"NOUN", "PROPN"}:
            yield child


def governed(preposition: Token) -> tuple[Token, ...]:
    """Return what a preposition governs, coordinated parts apart; also through a second preposition, *fra og med*."""
    return tuple(part for child in preposition.children if child.dep_ == "PUTFYLL" for part in conjuncts(child))


def is_passive(verb: Token) -> bool:
    """Say whether the clause of *verb* is passive: *skal gis*, *blir varsla*, *er pålagt*."""
    links = chain(verb)
    last = links[-1]
    if "Voice=Pass" in last.morph:
        return True
    if len(links) > 1 and links[-2].lemma_.lower() in _CARRIERS:
        return "VerbForm=Part" in last.morph or last.pos_ in {"VERB", "ADJ"}
    participles = [c for c in last.children if c.dep_ == "SPRED" and "VerbForm=Part" in c.morph]
    return bool(participles) and last.lemma_.lower() in _CARRIERS


def agents(verb: Token) -> tuple[Token, ...]:
    """Return the doers of a passive: *kommunen* in "Planen skal utarbeides av kommunen"."""
    if not is_passive(verb):
        return ()
    hosts = [*_links(verb), *(c for link in chain(verb) for c in link.children if c.dep_ == "SPRED")]
    found = {head.i: head for host in hosts for p in _prepositions(host) if p.lower_ == "av" for head in governed(p)}
    return tuple(found[i] for i in sorted(found))


def is_negated(verb: Token) -> bool:
    """Say whether *ikke*, *ikkje* or *aldri* stands in the clause of *verb*."""
    return any(c.lower_ in _NEGATIONS for link in chain(verb) for c in link.children)


def inner_clauses(verb: Token) -> tuple[Token, ...]:
    """Return the finite verbs of the *at* clauses that the clause of *verb* has as object or behind a preposition."""
    found: dict[int, Token] = {}
    for link in _links(verb):
        for child in link.children:
            heads = (
                governed(child)
                if child.pos_ in {"ADP", "ADV"}
                else conjuncts(child)
                if child.dep_ in {"DOBJ", "PSUBJ"}
                else ()
            )
            for head in heads:
                if is_finite(head) and clause_kind(head) in {"content", "main"}:
                    found[head.i] = head
    return tuple(found[i] for i in sorted(found))


def ensured(verb: Token) -> tuple[Token, ...]:
    """Return the finite verbs of what *verb* makes sure of: *sørge for at …*, *syte for at …*, *påse at …*."""
    if not any(link.lemma_.lower() in _ENSURING for link in _links(verb)):
        return ()
    return inner_clauses(verb)


def clause_kind(verb: Token) -> ClauseKind:
    """Return the kind of clause that a finite verb (or an *å*) heads.

    *når* and *der* open a condition; *uten at* and *med mindre* an exception; *for at*, *slik at* and *for å* a
    purpose; an inverted clause before the main verb ("Har barnet en plan, skal …") is a condition.
    """
    if _is_marker(verb):
        return _marker_kind(verb)
    if verb.head == verb:
        return "condition" if _after_inversion(verb) is not None else "main"
    if verb.head.head == verb.head and is_finite(verb.head) and _after_inversion(verb.head) == verb:
        return "main"
    if _follows_unless(verb):
        return "exception"
    if verb.dep_ in {"KOORD", "KOORD-ELL"} and not _opener(verb):
        return clause_kind(verb.head)
    if verb.dep_ in {"PAR", "FINV"}:
        return "main"
    above = verb.head
    if above.lower_ in _MEASURE:
        return "condition"
    return _opened_kind(verb, _opener(verb), above)


def _opener(verb: Token) -> str:
    """Return the word that opens the clause, "slik at" as a whole."""
    opener = next((c for c in verb.children if c.dep_ == "SBU"), None)
    if opener is None:
        return ""
    before = verb.doc[opener.i - 1].lower_ if opener.i else ""
    return "slik at" if (before, opener.lower_) == ("slik", "at") else opener.lower_


def _follows_unless(verb: Token) -> bool:
    """Say whether *med mindre* stands before *verb*, no other verb or comma between; the parser knows it badly."""
    for i in range(verb.i - 1, 0, -1):
        word = verb.doc[i]
        if word.text == "," or is_finite(word):
            return False
        if word.lower_ == "mindre" and verb.doc[i - 1].lower_ == "med":
            return True
    return False


def _marker_kind(marker: Token) -> ClauseKind:
    above = marker.head
    if (
        above.pos_ == "ADP"
        and above.lower_ == "for"
        and above.head.lemma_.lower() not in _ENSURING | _BURDENS | {"rette", "ansvarlig"}
    ):
        return "purpose"
    if above.pos_ == "ADP" and above.lower_ in {"uten", "utan"}:
        return "exception"
    return "infinitive"


def _opened_kind(verb: Token, opener: str, above: Token) -> ClauseKind:
    if opener == "slik at":
        return "purpose"
    if opener == "at":
        return _at_kind(above)
    if opener == "som":
        return "content" if verb.dep_ in {"PUTFYLL", "DOBJ", "SUBJ"} else "relative"
    if opener in {"om", "der"} and verb.dep_ in {"DOBJ", "PUTFYLL", "ATR", "SUBJ", "PSUBJ"}:
        return "relative" if opener == "der" else "content"
    for kind, words in (("condition", _CONDITION), ("time", _TIME), ("cause", _CAUSE)):
        if opener in words:
            return kind  # type: ignore[return-value]
    if verb.dep_ == "ATR" and above.i < verb.i:
        return "relative"  # without "som": "vilkår loven setter"
    if not opener and verb.dep_ == "ADV" and verb.i < above.i:
        return "condition"
    return "content" if verb.dep_ in {"DOBJ", "PUTFYLL", "SUBJ", "PSUBJ"} else "other"


def _at_kind(above: Token) -> ClauseKind:
    if above.lower_ == "slik":
        return "purpose"
    if above.pos_ == "ADP":
        if above.lower_ in {"uten", "utan"}:
            return "exception"
        if (
            above.lower_ in {"etter", "før", "til"}
            and above.dep_ == "ADV"
            and above.head.lemma_.lower() not in _ENSURING
        ):
            return "time"
        if above.lower_ == "for" and above.head.lemma_.lower() not in _ENSURING | _BURDENS and above.dep_ == "ADV":
            return "purpose" if is_finite(above.head) or above.head.dep_ == "INFV" else "content"
    return "content"


def enclosing_clauses(token: Token) -> tuple[tuple[Token, ClauseKind], ...]:
    """Return head and kind of each clause around *token*, the innermost first; *å* heads an infinitive clause."""
    path = [token, *token.ancestors]
    return tuple((step, clause_kind(step)) for step in path if is_finite(step) or _is_marker(step))


def clause_of(token: Token) -> Token | None:
    """Return the finite verb of the innermost clause around *token*."""
    return next((head for head, _ in enclosing_clauses(token) if is_finite(head)), None)


def stands_in(token: Token, *kinds: ClauseKind) -> bool:
    """Say whether one of the clauses around *token* is of one of *kinds*."""
    return any(kind in kinds for _, kind in enclosing_clauses(token))


def phrase(head: Token) -> tuple[int, int]:
    """Return the character positions of the phrase of *head*, without relative clauses and later conjuncts."""
    kept = {head.i}
    for child in head.children:
        if child.dep_ in {"KOORD", "KOORD-ELL", "IK", "IP", "PAR"} or (child.dep_ == "ATR" and is_finite(child)):
            continue
        kept |= {t.i for t in child.subtree if t.dep_ not in {"IK", "IP"}}
    first = last = head.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    words = head.doc[first : last + 1]
    return words.start_char, words.end_char
