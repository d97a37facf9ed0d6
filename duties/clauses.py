"""Clauses of a statutory sentence from its words alone: main clauses, conditions, relatives, purposes, complements.

Norwegian statutes keep the finite verb second in main clauses and mark subordinate clauses by their first word and,
mostly, by commas. That is enough to tell a duty from the condition that triggers it. Where the trained parser is at
hand, `syntax` gives the same picture from the tree; this is the fall-back, and the mode ``--nlp rules``.
"""

from __future__ import annotations

import re
from typing import Literal

from duties.words import Token

ClauseKind = Literal["main", "condition", "relative", "complement", "purpose", "question", "adjunct"]

MODALS = frozenset("skal skall må kan bør vil skulle kunne burde måtte ville plikter pliktar plikta".split())
FINITE = MODALS | frozenset(
    "har er blir blei ble vert vart får fikk fekk hadde var gjelder gjeld omfatter omfattar følger følgjer foreligger "
    "finnes finst består kreves krevst anses trenger treng ønsker ønskjer ønskar mener meiner samtykker samtykkjer finner finn "
    "medfører fører inneholder inneheld antas viser skjer trer trekker begynner møter ber bed søker går kommer kjem står tilsier tilseier "
    "unnlater motsetter begjærer bestemmer bestemmes avgjør avgjer fastsetter fastset kjenner tror utgjør utgjer mottar gjør gjer "
    "mistenker overtrer dreier lider tillater tillèt utløper faller fell oppstår overdras innebærer inneber tilhører "
    "bistår forstår inngår foregår pågår fremgår framgår oppnår foreslår føreslår tilrår utgår overgår".split()
)
_NOUNISH = re.compile(r".*(?:ing(?:er|ar)|inga|heter|heiter|else[rn]|tjenester|tenester|organer|myndigheter|styresmakter|personer|personar|"
                      r"instanser|eier|eigar|giver|gjevar|leder|leiar|foreldre|søker|mottaker|mottakar|bruker|brukar|dager|måneder|midler|regler|reglar|etter|eller|over|under|ytere?r|avtaler|planer|saker|barnehager|søknader|henvendelser|"
                      r"(?<!rk)lærer|(?<!rk)lærar|(?<!ut)steder|opptaker|år|far|mor|flere|andre|hver|kvar|mer|enhver|kravstiller|forelder)$")  # fmt: skip
_VERBISH = re.compile(r"[a-zæøåé]{2,}(?:er|ar|år|ør|ir|yr|es|as|ast|gjev|blir)$|(?:gis|fås|tas|bes)$")

_INFINITIVE = re.compile(r"(?:[eåi]|gi|gis|[^s]es|ast|stå|ås)$")
_CONDITION = frozenset("dersom hvis viss når fordi ettersom såfremt såframt inntil medan mens".split())
_TWO = {
    ("så", "langt"): "condition", ("så", "lenge"): "condition", ("så", "fremt"): "condition", ("så", "framt"): "condition",
    ("med", "mindre"): "condition", ("selv", "om"): "condition", ("sjølv", "om"): "condition", ("etter", "at"): "condition",
    ("slik", "at"): "purpose", ("for", "at"): "purpose", ("sånn", "at"): "purpose", ("for", "å"): "purpose", ("så", "at"): "purpose",
    ("ved", "å"): "adjunct", ("uten", "å"): "adjunct", ("utan", "å"): "adjunct", ("uten", "at"): "adjunct", ("utan", "at"): "adjunct",
    ("etter", "å"): "adjunct", ("til", "å"): "", ("om", "at"): "complement", ("der", "det"): "condition", ("der", "dette"): "condition",
    ("etter", "hvert"): "condition", ("etter", "kvart"): "condition", ("i", "det"): "",
}  # fmt: skip
_QUESTION = frozenset("hvem hva hvilke hvilken hvilket hvordan hvor hvorfor kven kva korleis kor kvifor".split())
_RESPONSIBLE = frozenset("ansvar ansvaret ansvarlig ansvarlige rutiner rutinar grunnlag plikt mulighet".split())
_AFTER_SOM = frozenset(
    "nevnt nemnt nemnd nemnde følge følgje ledd hovedregel hovudregel mulig mogleg regel fastsatt fastsett beskrevet "
    "målsetting målsetjing mål formål føremål omhandlet angitt foreskrevet bestemt best råd helst sådan slik part vitne minimum grunnlag nødvendig følger".split()
)
_ADVERBS = frozenset(
    "ikke ikkje også òg likevel straks bare berre selv sjølv snarest uten utan alltid normalt heller videre vidare ellers elles dessuten "
    "så derfor fortsatt samtidig samstundes umiddelbart jevnlig jamleg i tillegg dog imidlertid eventuelt".split()
)
_CONCERNS = frozenset("det saken saka vedtaket opplysningene opplysningane opplysningen tiltaket".split())
_PRONOUNS = frozenset(
    "det den de dei han hun ho dette disse desse man noen nokon en ein retten vedkommende vedkomande begge partene partane alle enhver".split()
)


_NEEDED = frozenset("nødvendig naudsynt mulig mogleg påkrevd behov".split())
_BEFORE_NOUNS = frozenset("en ei et ein eit den det de dei av for til med om i på ved fra frå".split())
_GIVING = frozenset({"give", "handover", "notify"})
_GIVEN = frozenset({"info", "doc", "access"})


class Clause:
    """A clause: its kind, the clause above it, its first token, its finite verb (None where it has none)."""

    __slots__ = ("finite", "first", "inverted", "kind", "last", "marker", "parent")

    def __init__(self, kind: ClauseKind, parent: int | None, first: int, marker: int | None = None) -> None:
        self.kind, self.parent, self.first, self.marker = kind, parent, first, marker
        self.last = first
        self.finite: int | None = None
        self.inverted = False


class Parse:
    """The clauses of a sentence and the clause of each token."""

    __slots__ = ("clauses", "of", "tokens")

    def __init__(self, tokens: list[Token], clauses: list[Clause], of: list[int]) -> None:
        self.tokens, self.clauses, self.of = tokens, clauses, of

    def members(self, clause: int) -> list[int]:
        """Indices of the tokens that stand in *clause* itself."""
        return [i for i, c in enumerate(self.of) if c == clause]


def is_finite(token: Token) -> bool:
    """Whether a word is a finite verb on its face: modals, auxiliaries, present forms of the lexicon's verbs."""
    if token.masked:
        return False
    lower = token.lower
    return lower in FINITE or bool(
        token.tags & _VERB_CLASSES and lower.endswith(("er", "ar", "år", "ør", "ir")) and not _NOUNISH.match(lower)
    )


_VERB_CLASSES = frozenset(
    "give handover tell notify say keep make obtain compare order happen coop_v assist_v take_part consult_v guide_v facilitate coord_v appoint "
    "plan_v agree_v reveal silence".split()
)


def _finite_like(token: Token) -> bool:
    return is_finite(token) or (
        not token.masked
        and token.lower not in _ADVERBS
        and bool(_VERBISH.match(token.lower))
        and not _NOUNISH.match(token.lower)
    )


def _relative(tokens: list[Token], i: int) -> bool:
    """Whether ``som`` at *i* opens a relative clause (not "som nevnt", "kommunen som barnehagemyndighet")."""
    n = len(tokens)
    if i + 1 >= n or tokens[i + 1].lower in _AFTER_SOM:
        return False
    if tokens[i + 1].lower in ("en", "ein") and i + 2 < n and tokens[i + 2].lower in ("del", "følge", "følgje"):
        return False  # "som en del av oppfølgingen"
    for j in range(i + 1, min(i + 12, n)):
        token = tokens[j]
        if token.lower in ",;:" or token.opens:
            return False
        if _finite_like(token):
            if j == i + 1 or all(tokens[k].lower in _ADVERBS for k in range(i + 1, j)):
                return True
            first = tokens[i + 1].lower
            definite = first.endswith(("en", "et", "a", "ene", "ane", "ne", "man", "er", "ar"))
            bare = first not in _PRONOUNS and (not definite or first.endswith(("het", "heit", "eier", "eigar")))
            return not (bare and token.lower in MODALS and j == i + 2)
    return i + 2 < n


def _opening(tokens: list[Token], i: int) -> tuple[ClauseKind, int] | None:
    """The kind of clause that opens at token *i*, and how many tokens its marker has."""
    token = tokens[i]
    lower = token.lower
    nxt = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    prev = tokens[i - 1].lower if i else ""
    if (kind := _TWO.get((lower, nxt))) is not None:
        if kind == "":
            return None
        if (lower, nxt) == ("for", "å") and (prev in _RESPONSIBLE or prev.startswith(("sørg", "syt", "rette"))):
            return None
        if (lower, nxt) == ("for", "at") and (
            prev in _RESPONSIBLE or prev.startswith(("sørg", "syt", "hind", "ansvar", "rette", "vilkår"))
        ):
            return "complement", 2
        if (lower, nxt) == ("så", "langt") and _loose(tokens, i + 2):
            return None
        if lower == "der" and i + 2 < len(tokens) and prev not in ("", ",") and not token.opens:
            return "condition", 1
        return kind, 2  # type: ignore[return-value]
    if lower in _CONDITION and not (lower == "inntil" and nxt[:1].isdigit()) and not (lower == "når" and nxt == "som"):
        return "condition", 1
    if (
        lower == "før"
        and any(_finite_like(t) for t in tokens[i + 1 : i + 14])
        and not any(t.lower in (",", ".") for t in tokens[i + 1 : i + 3])
    ):
        return "condition", 1
    if (
        lower == "der"
        and any(_finite_like(t) for t in tokens[i + 1 : i + 6])
        and (prev in ("", ",") or nxt not in ("",))
    ):
        return "condition", 1
    if lower == "i" and nxt in ("den", "det", "tilfelle", "tilfeller") and i + 2 < len(tokens):
        third = tokens[i + 2].lower
        if third in ("utstrekning", "grad", "utstrekkjing", "omfang", "mon") or (
            nxt.startswith("tilfelle") and third in ("der", "hvor", "då", "da", "kor")
        ):
            return "condition", 3
    if lower == "om" and (i == 0 or prev == ",") and any(is_finite(t) for t in tokens[i + 1 : i + 6]):
        return "condition", 1
    if lower == "som" and _relative(tokens, i):
        return "relative", 1
    if prev in ("den", "dem", "dei", "de") and nxt in ("gjelder", "gjeld", "angår") and lower in _CONCERNS:
        return "relative", 1  # "den det gjelder, kan …"
    if lower == "at":
        return "complement", 1
    if lower in _QUESTION and i > 0:
        return "question", 1
    if (
        lower == "om"
        and prev
        in (
            "vurdere",
            "avgjøre",
            "avgjere",
            "spørsmålet",
            "spørsmål",
            "avklare",
            "klarlegge",
            "undersøke",
            "tvil",
            "av",
            "på",
        )
        and any(is_finite(t) for t in tokens[i + 1 : i + 8])
    ):
        return "question", 1
    if (
        lower == "i"
        and nxt == "tillegg"
        and i + 3 < len(tokens)
        and tokens[i + 2].lower == "til"
        and tokens[i + 3].lower == "å"
    ):
        return "adjunct", 4
    if lower == "i" and nxt in ("stedet", "staden") and i + 3 < len(tokens) and tokens[i + 3].lower == "å":
        return "adjunct", 4
    if lower == "med" and nxt == "sikte":
        return "purpose", 2
    return None


def _loose(tokens: list[Token], i: int) -> bool:
    """Whether "så langt" goes on as a mere adverb: "som mulig", "råd er", "det er mulig", "det passer"."""
    words = [token.lower for token in tokens[i : i + 3]]
    return words[:1] in (["som"], ["råd"], ["mulig"], ["mogleg"], ["det"], ["dette"], ["dei"]) and (
        words[0] in ("som", "råd", "mulig", "mogleg")
        or words[-1:] in (["mulig"], ["mogleg"], ["råd"], ["høver"], ["passer"])
    )


def parse(tokens: list[Token]) -> Parse:
    """Split a sentence into clauses."""
    clauses = [Clause("main", None, 0)]
    of = [0] * len(tokens)
    stack = [0]
    main = 0
    snapshot: list[int] | None = None
    n = len(tokens)

    def push(kind: ClauseKind, i: int) -> None:
        clauses.append(Clause(kind, stack[-1], i, i))
        stack.append(len(clauses) - 1)

    def pop_to_main() -> None:
        nonlocal stack
        stack = stack[: next((k for k, c in enumerate(stack) if clauses[c].kind == "main"), 0) + 1] or [main]
        if clauses[stack[-1]].kind != "main":
            stack = [main]

    # "Er det grunn til å tro …, skal …": a condition without a conjunction
    if (
        n > 3
        and _finite_like(tokens[0])
        and tokens[0].lower not in ("plikter", "pliktar")
        and tokens[1].lower not in ("som", "og", ",", "eller", "med")
    ):
        for j in range(2, n - 1):
            if tokens[j].lower == "," and (tokens[j + 1].lower in MODALS or is_finite(tokens[j + 1])):
                push("condition", 0)
                clauses[-1].finite = 0
                break
    i = 0
    skip = 0
    while i < n:
        token = tokens[i]
        lower = token.lower
        if token.opens:
            if snapshot is None:
                # the items of a list hang on what stands open where the lead ends
                if (
                    clauses[main].finite is not None
                    and clauses[stack[-1]].kind in ("condition", "relative", "adjunct", "purpose")
                    and not (
                        (i and tokens[i - 1].lower in (":", "om", "at", "for", "å")) or clauses[stack[-1]].last >= i - 2
                    )
                ):
                    pop_to_main()
                snapshot = list(stack)
            else:
                stack = list(snapshot)
        if skip:
            skip -= 1
        elif lower in (",", ";") and i + 1 < n:
            following = tokens[i + 1]
            # an adverb between comma and verb: ", likevel skal", ", så skal"
            j = i + 1
            while j < n - 1 and tokens[j].lower in ("så", "da", "likevel"):
                j += 1
            current = clauses[stack[-1]]
            if tokens[j].lower in MODALS or (is_finite(tokens[j]) and clauses[main].finite is None):
                if clauses[main].finite is None or current.kind != "main":
                    waiting = next(
                        (
                            k
                            for k in range(len(stack) - 1, 0, -1)
                            if clauses[stack[k]].finite is None
                            and clauses[stack[k]].kind in ("complement", "condition")
                        ),
                        0,
                    )
                    if waiting and clauses[stack[waiting]].kind == "condition" and not _later(tokens, j):
                        waiting = 0
                    if waiting and (
                        clauses[main].finite is not None
                        or clauses[stack[waiting]].kind == "condition"
                        or _later(tokens, j)
                    ):
                        stack = stack[: waiting + 1]
                    else:
                        pop_to_main()
                        if clauses[main].finite is not None and tokens[j].lower in MODALS:
                            main = _coordinate(clauses, i + 1)
                            stack = [main]
                # the verb itself is taken below
            elif following.lower in ("og", "men", "eller", "samt") and i + 2 < n and not tokens[i + 1].opens:
                after = [t for t in tokens[i + 2 : i + 4] if t.lower not in _ADVERBS][:1]
                if (
                    after
                    and clauses[main].finite is not None
                    and (after[0].lower in MODALS or after[0].lower == "plikter")
                ) or (
                    clauses[main].finite is not None
                    and current.kind != "complement"
                    and any(t.lower in MODALS for t in tokens[i + 2 : i + 8])
                    and not any(
                        t.lower in ("som", "at", "når", "dersom", "hvis", ",", "for")
                        for t in tokens[i + 2 : i + 8][
                            : next((k for k, t in enumerate(tokens[i + 2 : i + 8]) if t.lower in MODALS), 6)
                        ]
                    )
                ):
                    main = _coordinate(clauses, i + 1)
                    stack = [main]
                elif (
                    after
                    and current.kind in ("relative", "condition", "adjunct", "purpose", "question")
                    and clauses[main].finite is not None
                    and (
                        (after[0].lower in ("til", "fra", "frå", "for") and clauses[stack[-1]].finite is not None)
                        or (after[0].tags & _VERB_CLASSES and after[0].lower.endswith(("e", "i", "å")))
                    )
                ):
                    pop_to_main()
            elif following.lower == "å" and current.kind != "main" and clauses[main].finite is not None:
                pop_to_main()
            elif (opening := _opening(tokens, i + 1)) is not None:
                if (
                    current.kind != "main"
                    and opening[0] in ("condition", "purpose", "adjunct")
                    and clauses[main].finite is not None
                ):
                    pop_to_main()
            elif (
                current.kind in ("adjunct", "purpose", "condition", "relative")
                and clauses[main].finite is not None
                and current.first > (clauses[main].finite or 0)
            ):
                inserted = current.first > 0 and tokens[current.first - 1].lower == ","
                verbal = following.tags & _VERB_CLASSES and following.lower.endswith(("e", "i", "å", "s", "ast", "a"))
                if (inserted and (verbal or current.kind in ("adjunct",))) or (
                    verbal
                    and not is_finite(following)
                    and (current.kind != "relative" or _waiting(tokens, clauses, of, main, i))
                ):
                    pop_to_main()
                elif (inserted and current.kind == "relative") or _what_is_given(tokens, clauses, main, current, i):
                    stack.pop()
        elif (opening := _opening(tokens, i)) is not None and not (
            lower == "før" and stack[-1] == main and _waiting(tokens, clauses, of, main, i)
        ):
            kind, length = opening
            if (
                clauses[stack[-1]].kind in ("relative", "question")
                and kind in ("condition", "purpose")
                and len(stack) > 1
            ):
                stack.pop()
            push(kind, i)
            skip = length - 1
        else:
            current = clauses[stack[-1]]
            if (
                current.kind in ("relative", "condition") and current.finite is not None and tokens[current.finite].lower not in MODALS
                and token.tags & _VERB_CLASSES and _INFINITIVE.search(lower) and not is_finite(token) and i - current.finite >= 2
                and tokens[i - 1].lower not in ("å", "og", "eller", ",", "bli", "blir", "har", "er") and _waiting(tokens, clauses, of, main, i)
                and (clauses[main].finite or n) < current.first
            ):  # fmt: skip
                # the infinitive that the modal waits for: the main clause goes on since the last comma
                comma = next(
                    (k for k in range(i - 1, current.finite, -1) if tokens[k].lower == "," and of[k] == stack[-1]), None
                )
                if comma is not None:
                    pop_to_main()
                    for k in range(comma, i):
                        of[k] = stack[-1]
                    current = clauses[stack[-1]]
                elif (
                    lower.endswith(("s", "ast"))
                    or tokens[i - 1].lower in _NEEDED
                    or (
                        current.kind == "relative" and token.tags & _GIVING and tokens[i - 1].lower not in _BEFORE_NOUNS
                    )
                ):
                    # "skal den som har spurt informeres", "kan dersom det er nødvendig kreve"
                    pop_to_main()
                    current = clauses[stack[-1]]
            if (
                current.kind in ("purpose", "adjunct")
                and lower in MODALS
                and clauses[main].finite is None
                and tokens[min((current.marker or 0) + 1, n - 1)].lower == "å"
            ):
                pop_to_main()  # "For å fastsette bidraget kan organet …"
                current = clauses[stack[-1]]
            if current.finite is None:
                if is_finite(token) or (
                    current.kind not in ("main", "purpose", "adjunct")
                    and _finite_like(token)
                    and i - current.first <= 14
                ):
                    current.finite = i
            elif (
                current.kind == "main"
                and lower in MODALS
                and current.finite == i - 1
                and tokens[i - 1].lower not in FINITE
            ):
                current.finite = (
                    i  # "lege virksomheten utpeker kan": the verb before stands in a relative clause without som
                )
            elif (
                current.kind != "main"
                and i != current.finite
                and is_finite(token)
                and not (clauses[main].finite is None and _later(tokens, i))
                and not (
                    i
                    and tokens[i - 1].lower
                    in ("og", "eller", "men", "ikke", "ikkje", "blir", "har", "er", "skal", "kan")
                )
            ):
                # a second finite verb: the clause around goes on
                k = len(stack) - 1
                while k > 0 and clauses[stack[k]].finite is not None:
                    k -= 1
                if clauses[stack[k]].finite is None and is_finite(token):
                    stack = stack[: k + 1]
                    clauses[stack[-1]].finite = i
        of[i] = stack[-1]
        clauses[stack[-1]].last = i
        i += 1
    for k, part in enumerate(clauses):  # "Melding sendes kommunen": a passive in the present is the finite verb
        if part.kind in ("main", "complement") and part.finite is None:
            passive = [
                j
                for j in range(n)
                if of[j] == k
                and tokens[j].tags & _VERB_CLASSES
                and tokens[j].lower.endswith(("es", "ast", "as", "gis"))
            ]
            part.finite = passive[0] if passive else None
    return Parse(tokens, clauses, of)


def _what_is_given(tokens: list[Token], clauses: list[Clause], main: int, current: Clause, comma: int) -> bool:
    """Whether the comma closes "gi den som søker hjelp, de opplysninger …": what is given follows the recipient."""
    finite = clauses[main].finite
    if current.kind != "relative" or current.finite is None or finite is None:
        return False
    return (
        tokens[current.first - 1].lower in ("den", "dem", "dei", "de")
        and any(token.tags & _GIVING for token in tokens[finite : current.first])
        and any(token.tags & _GIVEN for token in tokens[comma + 1 : comma + 7])
    )


def _waiting(tokens: list[Token], clauses: list[Clause], of: list[int], main: int, i: int) -> bool:
    """Whether the modal of *main* still lacks its infinitive at token *i*."""
    finite = clauses[main].finite
    if finite is None or tokens[finite].lower not in MODALS:
        return False
    return not any(
        of[k] == main and (tokens[k].tags & _VERB_CLASSES or tokens[k].lower in ("være", "ha", "få", "bli", "vere"))
        for k in range(finite + 1, i)
    )


def _later(tokens: list[Token], i: int) -> bool:
    """Whether a comma with a modal right after it is still to come: there the main clause goes on, not at *i*."""
    return any(tokens[j].lower == "," and tokens[j + 1].lower in MODALS for j in range(i, len(tokens) - 1))


def _coordinate(clauses: list[Clause], first: int) -> int:
    clauses.append(Clause("main", None, first))
    return len(clauses) - 1
