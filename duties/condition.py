"""The condition ids of a norm, from the words of its sentence."""

from __future__ import annotations

import re

from duties.clauses import Parse

_CONFIDENTIAL = r"\w*(?:taushetsplikt|teieplikt|tagnadsplikt)\w*"
_PERMITS = re.compile(
    rf"""
      (?:så\s langt|så\s lenge|i\s den\s (?:utstrekning|grad)|utstrekkjing) [^.;]{{0,70}}? (?:hinder|hindres|hindrar|strid) [^.;]{{0,30}}? {_CONFIDENTIAL}
    | (?:når|dersom) [^.;]{{0,70}}? (?<!uten\s) (?<!utan\s) (?:hinder|hindres|hindrar|strid) [^.;]{{0,30}}? {_CONFIDENTIAL}
    | (?:når|dersom) [^.;,]{{0,70}}? (?:uten|utan) \s (?:hinder|hindring) [^.;]{{0,30}}? {_CONFIDENTIAL}
    | så\s langt [^.;,]{{0,40}} {_CONFIDENTIAL}
    | (?:innenfor|innanfor) \s rammen?e?r?a?ne?\s (?:av|for|som) [^.;,]{{0,40}} {_CONFIDENTIAL}
    | (?:om|dersom|når|hvis|viss|så\slangt) \s (?:ikke|ikkje) [^.;,]{{0,20}} {_CONFIDENTIAL}
    | {_CONFIDENTIAL} [^.;,]{{0,20}} ikk(?:e|je) [^.;,]{{0,12}} til\s hinder (?=\s*[.;,]|$)
    | ikk(?:e|je) \s (?:har \s)? plikt \s til \s å \s teie
    | i \s (?:overensstemmelse|samsvar) \s med \s reglene \s om \s taushetsplikt
    | med \s de \s (?:begrensninger|begrensningene) [^.;,]{{0,30}} {_CONFIDENTIAL}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DESPITE = re.compile(
    rf"""
      (?:uten|utan) \s hind(?:er|ring) \s (?:av|for) [^.;]{{0,60}}? {_CONFIDENTIAL}
    | uhindr(?:et|a) \s av [^.;]{{0,40}} {_CONFIDENTIAL}
    | (?:uten|utan) \s (?:hensyn|omsyn) \s til [^.;,]{{0,30}} {_CONFIDENTIAL}
    | uavhengig \s av [^.;,]{{0,30}} {_CONFIDENTIAL}
    | selv\s om [^.;,]{{0,40}} (?:{_CONFIDENTIAL}|taushetsbelagt\w*)
    | {_CONFIDENTIAL} \s til \s tross
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.VERBOSE | re.IGNORECASE))
    for name, pattern in (
        ("own_initiative", r"\b(?:av|på) \s (?:eget|egen|eige|eigen|eiget|eiga) \s (?:tiltak|initiativ) | uoppfordret | uoppfordra | sjølvbedd | uoppmoda"),
        ("on_order", r"\b(?:etter|ved|på) \s pålegg | \bpålagte?\b | \bpålagde? | blir \s pålagt | etter \s krav \s fra \s tilsyns"),
        ("on_request", r"\b(?:på|etter|ved) \s (?:skriftlig \s | særskilt \s | konkret \s)? (?:forespørsel|forespurnad|førespurnad|anmodning|oppmoding|oppfordring|begjæring|søknad|ønske|begjering) | \b(?:etter|på) \s krav \b (?!\s om) | \b(?:ber|bed|bede|bedt|anmoder|krever\s det|krev\s det|forlanger) \b"),
        ("reason_to_believe", r"grunn \s til \s å \s (?:tro|tru|anta|frykte|mistenke|rekne) | mistanke | mistenker | mistenkjer | bekymring(?!smelding) | bekymra \b | i \s tvil | \b er \s tvil | begrunnet \s tvil | uro \s for"),
        ("consent", r"samtykke[nr]?t? \b | samtykkjer? \b | \btillatelse | \bløyve \b | till[eè]t \b | \btillater \b | mots(?:ett|att)(?:er|e)? \s seg | set(?:t|je)?(?:er)? \s seg \s (?:i)?mot | har \s godtatt | (?:så \s langt | dersom | når | hvis | viss | om ) \s [^.,;]{0,40}? \s (?:ønsker|ønskjer|ynskjer) (?: \s det )? \s? (?= [.,;] | $ ) | reserver\w+ \s seg"),
        ("danger", r"\bfare \b (?:\s for)? | \bnødrett | \bavverge | akutt \s fare | livstruende \s situasjon"),
        ("necessary", r"\bnødvend\w+ | \bnaudsyn\w+ | \bpåkrev\w+ | trengs \b | trengst \s for | som \s trengst | påkravd"),
        ("on_need", r"\b(?:ved|etter) \s (?:\w+ \s)? behov \b | (?:har|ha|er|oppstår|foreligger|ligg(?:er)?\sføre) \s (?:\w+ \s){0,2} behov \b | behov \s for \s (?:\w+ \s)? (?:individuell|koordinator|langvarig|samordn|bistand) | \bbehøv\w+ | (?:opplysning|informasjon|dokument)\w* \s (?:som \s)? (?:\w+ \s){0,2} treng(?:er)? \b | (?:dersom|når|hvis|viss) \s [^.,;]{0,30} \btreng(?:er)? \b | \btrengst \b | ha(?:r)? \s bruk \s for | behov \s tilsier | behovet \s tilseier"),
    )
)  # fmt: skip
_NEED_NOUN = re.compile(
    r"(?:særlige|særlege|spesielle|særskilte)\s+behov|(?:om\s+at|av\s+at)\s+\w+\s+har\s+behov|(?:kan\s+ha|kunne\s+ha)\s+behov|behov(?:et|ene)?\s+(?:til|hos)|behovet for (?:beskyttelse|vern)|(?:vurdere|ivareta|vareta|avklare|kartlegge)\s+(?:\w+\s){0,3}behov",
    re.IGNORECASE,
)
_WITHOUT_CONSENT = re.compile(
    r"(?:uten|utan)\s+(?:\w+\s+){0,3}(?:samtykke|tillatelse|løyve)|(?:hente|innhente|innhentes|hentes)\s+(?:inn\s+)?(?:\w+\s+){0,2}(?:samtykke|tillatelse)|samtykke\s+i\s+at|(?:trekk|trekt|trukke)\w*\s[^.,;]{0,40}samtyk\w+|(?:har|få|får)\s+(?:tillatelse|løyve)\s+til|uansett\s+samtykke|(?:selv|sjølv)\s+om\s[^.,;]{0,60}samtyk\w+",
    re.IGNORECASE,
)
# "hvis hensynet til saken krever det": circumstances call for it, nobody asks.
_CALLED_FOR = re.compile(
    r"(?:\bsak|hensyn|omsyn|forhold|tilhøve|situasjon|sikkerhet|tryggleik)\w*\s[^.,;]{0,60}?(?:krever|krev)\s+det",
    re.IGNORECASE,
)
# What is needed is the service itself, not what is told or the work together.
_NEEDED_SERVICE = re.compile(
    r"nødvendige?\s+(?:helsehjelp\w*|oppfølging\w*|behandling\w*|hjelp\w*|helse-|tjeneste\w*|tiltak\w*|omsorg\w*|undersøkelse\w*|kompetanse\w*)"
    r"|naudsynt\w*\s+(?:helsehjelp|oppfølging|behandling|hjelp|helse-|teneste\w*|tiltak|omsorg)"
    r"|(?:tiltak|hjelp|opphold|vedtak)\w*\s+(?:fortsatt|framleis|fremdeles)\s+er\s+(?:nødvendig|naudsynt)",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"(?<!behov for )(?<!behov for en )(?<!behov for ein )(?:individuell\s+plan|\bplan\b)", re.IGNORECASE
)
_COORDINATOR = re.compile(r"koordinator", re.IGNORECASE)
_OF_COORDINATOR = re.compile(r"koordinator,? (?:dersom|hvis|når|viss) (?:dette|det|slik|ein)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"""\b(?:ved|under) \s
        (?! (?:hjelp|bruk|behov|siden|sida|lov|forskrift|enkeltvedtak|den|det|dei?|en|ei|et|ein|eit|å|anmodning|forespørsel|pålegg|avtale|skriftlig|dom|kjennelse|alle|hver|sin|sitt|sine|denne|dette|behandling(?:en|a)? \s av \s saker)\b )
        (?: (?:faglig|faglege|slik|vesentlig|vesentlege|alvorlig|alvorlege|akutt|midlertidig|mellombels|tvil \s om|planlagt|frivillig|eventuell|gjentatte|særlig) \s )?
        (?! \w* (?:kontor|hus|skole|skule|avdeling|institusjon|tjeneste|teneste|anlegg|universitet|barnehage|enhet|domstol|sykehus|foretak|føretak|klinikk|organ|virksomhet|verksemd|register|kommune)(?:er|ar|r|en|et|ene)?\b )
        [a-zæøå]{4,} \b
      | \bi \s (?:så|sånne?) \s (?:fall|tilfelle) \b
      | \bi \s (?:særlige|særlege|alvorlige|alvorlege|spesielle|slike|visse) \s (?:tilfeller|tilfelle|høve)
      | \buten \s at \s det \s | \bmed \s hjemmel \s i \s lov | \bmed \s heimel \s i \s lov""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
# "bistå ved gjennomføringen": what the help is for, no trigger.
_HELPS = re.compile(r"\b(?:bistå|bistår|hjelpe|hjelpa|medvirke|medverke|medverka|bistand|hjelp)\s$")
# What one has reason to believe is no trigger of its own: "grunn til å tro at eleven vil motsette seg det".
_BELIEVED = re.compile(r"(?<=grunn\stil\så\stro\sat\s)[^.,;]+|(?<=grunn\stil\så\stru\sat\s)[^.,;]+", re.IGNORECASE)
_UNLESS = re.compile(
    r"""^(?:med \s mindre|dersom|hvis|når|viss|så \s langt|om) \s (?:ikke|ikkje)? \s? (?:
          (?:noe|noko) \s (?:annet|anna|tilsvarande|slikt) | (?:annet|anna) \s (?:er|følger|følgjer|fremgår|framgår|går|bestemmes|fastset)
          | ikk(?:e|je) \s (?:annet|anna) )
      | ^der \s det \s (?:tas|blir|legges|leggjast)
      | ^før \s .{0,60} (?:vedtak|avgjør|avgjerd|samtykke)""",
    re.VERBOSE | re.IGNORECASE,
)
_TRIGGERLESS = re.compile(
    r"^(?:så (?:langt|vidt) (?:det|dette|som|råd)? ?(?:er )?(?:mulig|mogleg|råd)|som|ved)", re.IGNORECASE
)


def conditions_of(parse: Parse, text: str, offset: int, clause: int) -> tuple[str, ...]:
    """The condition ids of a sentence.

    Args:
        parse: its clauses.
        text: its words.
        offset: position of the first character of *text* in the flow that the tokens point into.
        clause: the main clause of the norm; condition clauses of other main clauses are left out.
    """
    found: list[str] = []

    def add(name: str) -> None:
        if name not in found:
            found.append(name)

    permits = _PERMITS.search(text)
    if permits:
        add("confidentiality_permits")
    if any(not (permits and permits.start() < m.end() and m.start() < permits.end()) for m in _DESPITE.finditer(text)):
        add("despite_confidentiality")
    for name, pattern in _WORDS:
        for match in pattern.finditer(text):
            if name == "consent" and _near(_WITHOUT_CONSENT, text, match.start()):
                continue
            if name in ("consent", "on_request") and _near(_BELIEVED, text, match.start()):
                continue
            if name == "on_request" and _near(_CALLED_FOR, text, match.start()):
                continue
            if name == "on_need" and _near(_NEED_NOUN, text, match.start()):
                continue
            if name == "necessary" and _near(_NEEDED_SERVICE, text, match.start()):
                continue
            add(name)
            break
    if "necessary" in found and "on_need" in found and not re.search(r"behov", text, re.IGNORECASE):
        found.remove("on_need")
    specific = False
    for index, part in enumerate(parse.clauses):
        if (
            part.kind != "condition"
            or part.parent is None
            or parse.clauses[part.parent].kind in ("relative", "question", "purpose", "complement")
        ):
            continue
        words = _words_below(parse, index, text, offset)
        if (
            _PLAN.search(words)
            and re.search(r"\b(?:har|er|finnes|ligger|ligg|foreligger|oppretta|opprettet|utarbeid\w+)\b", words)
            and not re.search("rett til", words)
        ):
            add("plan_exists")
        elif _COORDINATOR.search(words) or (
            _OF_COORDINATOR.search(text) and re.search(r"\b(?:dette|det|slik|ein)\b.*oppne(?:vnt|mnt)", words)
        ):
            add("coordinator_exists")
        elif _UNLESS.match(words):
            continue
        elif _PERMITS.search(words) or any(
            pattern.search(words) and not (name == "on_request" and _CALLED_FOR.search(words))
            for name, pattern in _WORDS
        ):
            specific = True
        elif not _TRIGGERLESS.match(words) and not (specific and parse.tokens[part.first].opens):
            add("other")
    main = " ".join(
        token.lower
        for token, of in zip(parse.tokens, parse.of, strict=True)
        if not text[token.start - offset : token.end - offset].isspace()  # no words of other list items
        and (of == clause or (parse.clauses[of].kind == "adjunct" and token.lower in ("uten", "at", "det")))
    )
    event = next((one for one in _EVENT.finditer(main) if not _HELPS.search(main[: one.start()])), None)
    if event and "other" not in found and not ("danger" in found and "fare" in event[0]):
        add("other")
    return tuple(found)


def _near(pattern: re.Pattern[str], text: str, position: int) -> bool:
    return any(match.start() <= position < match.end() for match in pattern.finditer(text))


def _words_below(parse: Parse, clause: int, text: str, offset: int) -> str:
    below = {clause}
    for index, part in enumerate(parse.clauses):
        if part.parent in below:
            below.add(index)
    own = [token for token, of in zip(parse.tokens, parse.of, strict=True) if of in below]
    return text[own[0].start - offset : own[-1].end - offset] if own else ""
