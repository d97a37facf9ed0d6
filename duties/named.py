"""The actors that a sentence names: roles, pronouns and descriptions ("den som yter helsehjelp") resolved in the act."""

from __future__ import annotations

import re

from msgspec import structs

from duties.actor_mentions import ActorMention
from duties.actor_resolution import ActContext
from duties.named_acts import actors_of_acts
from duties.parties import Found
from duties.units import Unit
from lovdata_ingest.sentences import Flow

# "virksomheter som omfattes av loven": whom the act speaks to, where the word alone says little
_GENERIC = frozenset({"andre", "helse_og_omsorgstjeneste", "frivillig_og_privat", "offentlige_organer"})
_OF_THIS_ACT = re.compile(
    r"""\s+ som \s (?:er \s)? (?:omfatt\w+|yter|yt|driver|driv|utfører|går\sinn|kjem\sinn)\b [^,.]{0,60}
        \b(?:etter|av|under) \s (?:denne \s)? (?:lov|loven|lova)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BODIES = frozenset("organer organ organa".split())
_NAMED_ELSEWHERE = re.compile(r"\s+(?:som\s+(?:er\s+)?)?(?:nevnt|nemnt|nemnd)", re.IGNORECASE)  # "organer nevnt i § 2"
_CARRIES_OUT = re.compile(
    r"\s+som\s+(?:er\s+)?(?:ansvarl\w+|har\s+ansvar\w*)\s+for\s+(?:å\s)?[^.,;]{0,90}", re.IGNORECASE
)
_UNDER_ACTS = re.compile(
    r"\s+(?:som\s+\w+\s+)?(?:i\s+(?:med)?hold\s+av|etter|med\s+heimel\s+i|i\s+samsvar\s+med)\s[^.;]{0,160}",
    re.IGNORECASE,
)
_OTHERS_WHO_SERVE = re.compile(
    r"andre\s+som\s+(?:yter|yt|tilbyr|tilbyd|gir|gjev)\s+(?:\w+\s)?(?:tjenest|tenest)", re.IGNORECASE
)
_BODIES_IN_GENERAL = frozenset("organer organene organa".split())
_THE_BODY = frozenset("organet organene organa".split())
_CONCERNED = re.compile(
    r"""\b(?:den|dem|dei?) \s (?:som \s)?
        (?:opplysning\w*|saken|saka|det|vedtaket|avgjørelsen|avgjerda|beslutningen|tiltaket|pålegget) (?:\s\w+)? \s
        (?:gjelder|gjeld|angår|retter\sseg\smot|rettar\sseg\smot)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WHO_GIVE = re.compile(
    r"(?:virksomhet|verksemd)(?:er|ene|ar|ane)? som (?:yter|ytar|gir|gjev|tilbyr|tilbyd) ", re.IGNORECASE
)
_ABROAD = re.compile(
    r"""\b(?: utenlandske? | utanlandske? | internasjonale? | fremmede?\s(?:stat\w*|makt\w*)
        | (?:andre|annet|anna)\s(?:land|stat(?:er|ar)?)s ) \s (?:\w+(?:ende|ande|lige?|lege?|iske?)\s)? $""",
    re.VERBOSE | re.IGNORECASE,
)
_WHOEVER = re.compile(r"(?:den|dei?|dem|ein|en|enhver|alle|personer|personar|person(?:en)?(?=\ssom))\b", re.IGNORECASE)
_HEALTH = r"(?:helsehjelp|helse-\sog\somsorgst(?:jen|en)est\w*|helset(?:jen|en)est\w*)"
_DESCRIPTIONS = tuple(
    (re.compile(rf"^(?:\w+\s){{1,3}}som\s(?:\w+\s){{0,4}}?{pattern}", re.VERBOSE | re.IGNORECASE), ids)
    for pattern, ids in (
        (r"(?:opptrer|opptrår|handler|handlar) \s på \s (?:vegne|vegner) \s av", ("person",)),
        (rf"(?:yter|yt|gir|gjev|utfører) \s (?:\w+\s)? {_HEALTH}", ("helsepersonell",)),
        (
            r"""(?:utfører|utfør|gjør|gjer|har) \s (?:\w+\s){0,3}? (?:tjenest\w*|tenest\w*|arbeid|oppdrag) (?:\s\w+){0,3}?
                \s (?:etter\s(?!§)|for|ved|i|på|hos)\b""",
            ("ansatte",),
        ),
        (
            r"(?:arbeider|arbeidar|er\sansatt|er\stilsett|jobber|er\sknytt\w*|er\sengasjert|er\stilsatt|virker)\s",
            ("ansatte",),
        ),
        (r"(?:blir|vert|er)\s(?:oppmerksom|merksam|kjent|kjend)\w*", ("ansatte",)),
        (
            r"(?:har\s(?:\w+\s){0,3}ansvar|\w+\s(?:utpeker|peker\sut|oppnevner|bemyndiger|utpeiker|utpeikar))",
            ("ansatte",),
        ),
        (
            r"""(?: har\s(?:\w+\s){0,2}(?:behov|krav|rett|foreldreansvar|plass)
                  | ønsker|ønskjer|trenger|treng|søker|søkjer|vil\ssøke|mottar|mottek
                  | får\s(?:\w+\s){0,2}(?:hjelp|tjenest\w*|tenest\w*|støtte|ytelse\w*|behandling|bistand|stønad)
                  | henvender|vender|har\s(?:henvendt|bedt|spurt|klaget|varslet|fremsatt|framsett|kravd|bede)|ber\som|oppholder|deltar|deltek|er\s(?:under|pasient|innlagt|registrert) )""",
            ("person",),
        ),
        (
            r"""(?: mekler|meklar|opptrer|opptrår|foretar|leder|leier|fører|behandler|handsamar|driver|driv|eier|eig
                  | har\sfått\s(?:\w+\s)?oppdrag|(?:gjør|gjer)\s(?:tjeneste|teneste)|mottar\sopplysning\w* )""",
            ("andre",),
        ),
        (r"(?:opplysning\w*|saken|saka|det|vedtaket|tiltaket) (?:\s\w+)? \s (?:gjelder|gjeld|angår)", ("person",)),
    )
)


def actors_named(context: ActContext, flow: Flow, unit: Unit) -> list[Found]:
    """The actors named in *unit*, in the order of the text."""
    found: list[Found] = []
    for mention in context.mentions(flow.text):
        if mention.end <= unit.start or mention.start >= unit.end:
            continue
        ids, kind = _resolved(context, flow, mention, found)
        if set(ids) <= _GENERIC and _OF_THIS_ACT.match(flow.text, mention.end) and context.addressees:
            ids = _service_of(context) or context.addressees[0].ids
        if kind != "person" and _ABROAD.search(flow.text, max(0, mention.start - 40), mention.start):
            ids = ("andre",)  # "utenlandske politimyndigheter"
        if ids == ("psykisk_helsevern",) and flow.text[mention.start : mention.end].lower().startswith("fag"):
            ids = ids if ids[0] in context.title_actors else _service_of(context) or ("helsepersonell",)
        if ids == ("helse_og_omsorgstjeneste",) and "kommunal_helse_og_omsorg" in context.title_actors:
            ids = ("kommunal_helse_og_omsorg",)
        if ids:
            found.append(
                Found(
                    mention.start, mention.end, ids, kind, mention.genitive, mention.attribute, mention.other,
                    mention.weak and not (mention.head == "den som" and kind == "body"), mention.definite, mention.plural,
                )
            )  # fmt: skip
    found = _by_what_they_do(flow.text, found)
    for match in _CONCERNED.finditer(flow.text, unit.start, unit.end):
        found = [one for one in found if one.end <= match.start() or one.start >= match.end()]
        found.append(Found(match.start(), match.end(), ("person",), "person"))
    return sorted(found, key=lambda one: one.start)


def _by_what_they_do(text: str, found: list[Found]) -> list[Found]:
    """Undertakings described by the service they give are that service: "virksomheter som yter tannhelsetjenester"."""
    result: list[Found] = []
    for one in found:
        last = result[-1] if result else None
        if last and last.ids == ("andre",) and one.kind == "body" and _WHO_GIVE.fullmatch(text, last.start, one.start):
            result[-1] = structs.replace(last, ids=one.ids)
        else:
            result.append(one)
    return result


def _service_of(context: ActContext) -> tuple[str, ...]:
    """The service that the title names: whose undertakings "virksomheter som omfattes av loven" are."""
    services = [one for one in context.title_actors if context.ontology.covers("tjenesteytere", one)]
    return tuple(services[:1])


def _resolved(
    context: ActContext, flow: Flow, mention: ActorMention, before: list[Found]
) -> tuple[tuple[str, ...], str]:
    """The ids and the kind of a mention."""
    ids, kind = mention.ids, str(mention.kind)
    several = flow.text[mention.start : mention.end].lower().split(" ")[-1] in _BODIES_IN_GENERAL
    if kind == "role" and several and mention.ids == ("andre",) and mention.head not in context.aliases:
        carried = _CARRIES_OUT.match(flow.text, mention.end)
        return (actors_of_acts(carried[0]) if carried else ()) or ("offentlige_organer",), "body"
    if mention.ids == ("ansatte",) and _OTHERS_WHO_SERVE.match(flow.text, mention.start):
        return ("tjenesteytere",), "body"
    practises = _UNDER_ACTS.match(flow.text, mention.end) if mention.head == "yrkesutøver" else None
    if practises:
        return actors_of_acts(practises[0]) or ids, "body"
    if mention.head in ("nemndleder", "nemndsleder"):
        boards = [m.ids for m in context.mentions(" ".join(context.titles)) if m.head == "nemnd"]
        board = boards[0] if boards else context.board
        return board or ids, kind
    if mention.head in ("vedkommende", "vedkomande"):
        if any("ansatte" in one.ids for one in before):  # "Dersom en som arbeider i …, skal vedkommende"
            ids = ("ansatte",)
    elif kind in ("role", "pronoun"):
        answer = context.resolve(mention, flow.address, flow.text[: mention.start])
        ids = answer.ids if answer.confidence >= 0.3 or kind == "role" else ()
        word = flow.text[mention.start : mention.end].lower()
        if word in _BODIES and ids in ((), ("andre",)) and _NAMED_ELSEWHERE.match(flow.text, mention.end):
            ids = ("offentlige_organer",)
        elif word in _THE_BODY and any("offentlige_organer" in one.ids for one in before[-2:]):
            ids = ("offentlige_organer",)  # "et offentlig organs oppgaver …, kan organet"
    if (kind == "pronoun" and mention.head == "den som") or _WHOEVER.match(flow.text, mention.start):
        words = flow.text[mention.start : mention.end + 90]
        described = next((who for pattern, who in _DESCRIPTIONS if pattern.match(words)), ())
        if described:
            return described, "body"
    return ids, kind
