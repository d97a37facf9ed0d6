"""Where a text names an actor.

`find_actors` goes through a text once: an Aho-Corasick automaton finds the longest name at each place, and a word that
is no name is known by its last part (``klagenemnda`` → ``nemnd``). Neighbours decide what may be something else.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from duties.actors import LEADERS, NOT_WORD, Doubt, Entry, Kind, Ontology, load_ontology
from duties.declension import Form


class ActorMention(Struct, frozen=True):
    """Where a text names an actor: ``text[start:end]``.

    ``ids`` is what the words alone say; a ``role`` or ``pronoun`` has to be resolved in its act (`ActContext`).
    ``head`` is the lemma of the noun (``nemnd``), "" for names of several words. ``weak``: the words may as well name
    a thing (``tjenester``). ``genitive``: the actor is an attribute of what follows. ``attribute``: it only describes
    the actor before it (``ansatte i barnehagen``). ``other``: words before it say that another one than the bearer is
    meant (``andre skoler``).
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: Kind = "body"
    head: str = ""
    form: Form = "fixed"
    weak: bool = False
    genitive: bool = False
    attribute: bool = False
    other: bool = False

    @property
    def definite(self) -> bool:
        """Whether the noun is in a definite form: something already known."""
        return self.form in ("definite", "definite plural")

    @property
    def plural(self) -> bool:
        """Whether the noun is in a plural form."""
        return self.form.endswith("plural")


_TOKEN = re.compile(r"[^\s#]{2,}")
# "lov 1. januar 2001 nr. 1 om stier og barnehager": the name of an act, up to what follows it.
_ACT_NAME = re.compile(
    r"""\b(?: lov(?:en|a)? \s (?:av\s)? \d{1,2}\. \s? \w+ \s \d{4} (?: \s nr\.? \s? \d+ )?
              (?: \s om \s (?P<long> [^§,;.():]* ) )?
          | lov \s om \s (?P<title> [^§,;.():]* ) )""",
    re.VERBOSE | re.IGNORECASE,
)
_ACT_NAME_ENDS = re.compile(
    r"""\s(?: kapittel|kap|artikkel|paragraf|skal|kan|må|bør|plikter|pliktar|gjelder|gjeld|gir|gjev|er|har|får|blir|vert
        |eller\slov|og\slov|som|når|dersom|med|til|fastsetter|fastset|trer|ikke|ikkje )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Heads of bodies whose name goes on with "for …".
_BOARDS = frozenset(
    "nemnd utvalg utval råd kommisjon organ tilsyn fond register institutt direktorat ombud styre senter byrå verk "
    "klageorgan undersøkelseskommisjon klagenemnd kompetansesenter komité komite representantskap etat".split()
)
_ARTICLE = r"(?:den|det|de|dei|en|ein|et|eit|ei|alle|en\sannen|ein\sannan)\s"
_ADJECTIVE = r"\w+(?:e|sk|lig|leg|ig)\s"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


_FOR = _words(rf"\s for \s (?:{_ARTICLE})? (?:{_ADJECTIVE}){{0,2}}")
_AND = _words(rf"(?: ,\s | \s(?:og|eller|samt)\s ) (?:{_ARTICLE})? (?:{_ADJECTIVE})?")
_INSIDE = _words(rf"\s (?:i|ved|på|av|innen|innan|innenfor|hos|under) \s (?:{_ARTICLE})? (?:{_ADJECTIVE}){{0,2}}")
_OF_PERSON = _words(rf"\s (?:til|for|åt) \s (?:{_ARTICLE})? (?:\w+e\s)?")
_FOR_GROUP = _words(r"\s for \s (?:\w+e\s){0,3}")
_FROM = _words(r"\b (?:fra|frå) \s (?:(?:den|det)\s)? $")
_OTHER = _words(
    rf"""\b (?: andre|annan|annen|annet|anna|øvrige|nye|ny|nytt|den\sgamle|mottakende|mottakande|avgivende|tidligere
            |tidlegare|samarbeidende|samarbeidande|flere|fleire|hverandre|kvarandre|ulike )
        (?:\s{_ADJECTIVE[:-2]})? \s $"""
)
# An adjective that tells whose a body without an id of its own is.
_OWNERS = tuple(
    (_words(rf"\b (?:{words}) \s $"), owner)
    for words, owner in (
        ("privat|private|frivillig|frivillige|ideell|ideelle|humanitære", "frivillig_og_privat"),
        ("fylkeskommunal|fylkeskommunalt|fylkeskommunale", "fylkeskommune"),
        ("(?:inter)?kommunal|(?:inter)?kommunalt|(?:inter)?kommunale", "kommune"),
        ("statlig|statlige|statleg|statlege", "stat"),
        ("offentlig|offentlige|offentleg|offentlege", "offentlige_organer"),
    )
)
_PRONOUN = _words(
    r"""\b (?=[adehknpv]) (?: (?P<staff> \b(?:alle|enhver|en|ein|noen|nokon|einkvar|kvar|hver|den|de|dei|personer|personar|personell|andre)\ssom\s
            (?: (?:utfører|gjør|gjer|utfør|utøver|utøvar|yter|ytar|arbeider|arbeidar|jobber|deltar|virker)\s
                (?: (?:tjenester?|tenester?|arbeid|oppgaver|oppgåver|verv|ein|en)\b | (?=(?:i|for|ved|på|under)\b) )
              | er\s(?:ansatt|tilsett|tilsatt|knyttet)\b ) )
      | (?P<anyone> \b(?:den|de|dei|enhver|einkvar|alle|hver|kvar)\ssom\b
            | \b(?:enhver|einkvar)(?=\s(?:skal|kan|må|har|plikter|pliktar|er)\b) )
      | (?P<pronoun> \b(?:vedkomm?[ea]ndes?)
                (?!\s(?:organ|myndighet|kommune|departement|barn|person|forvaltnings|institusjon|virksomhet|styresmakt
                        |register|skole|stat|land|foretak|helse))\b
            | \b(?:de|dei|den|denne|disse|desse|han|hun|ho|hen)(?=\s(?:skal|kan|må|bør|plikter|pliktar|har)\b)
            | (?: (?<=\bskal\s) | (?<=\bkan\s) ) (?:de|dei|han|hun|ho)
                (?=\s(?:(?:eller\shun|eller\sho)\b|\w+e\b|ikke\b|ikkje\b|også\b|òg\b|så\b|gi\b|umiddelbart|uten|utan)) ) )"""
)


def _flatten(text: str) -> str:
    """*text* in lower case with a space for each sign that is no letter, digit or hyphen; the length stays."""
    low = text.lower().replace("é", "e")
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for match in _ACT_NAME.finditer(text):
        group = "long" if match["long"] is not None else "title"
        end = match.end()
        if match[group] is not None:
            stop = _ACT_NAME_ENDS.search(text, match.start(group), end)
            end = stop.start() if stop else end
        low = low[: match.start()] + "#" * (end - match.start()) + low[end:]
    return NOT_WORD.sub(" ", low)


def find_actors(text: str, ontology: Ontology | None = None) -> list[ActorMention]:
    """Return the actors that *text* names, in its order; none lies within another.

    Names of acts are no actors; a board whose name holds actors ("nemnda for skoler og barnehager") is one. Things
    are left out. Reads the text once: time grows with its length.
    """
    ontology = ontology or load_ontology()
    flat = _flatten(text)
    best: dict[int, tuple[int, Entry]] = {}
    for last, (length, entry) in ontology.automaton.iter(f" {flat} "):
        start = last - length - 1  # the key ends in a space, the flat text starts with one
        if start not in best or best[start][0] < length:
            best[start] = (length, entry)
    mentions: list[ActorMention] = []
    position = 0
    for token in _TOKEN.finditer(flat):
        start = token.start()
        if start < position:
            continue
        named = best.get(start)
        if named is not None:
            length, entry = named
        elif token[0].endswith("-") and (shared := _ellipsis(flat, token, ontology)):
            mentions.append(shared)
            continue
        else:
            compound = ontology.compound(token[0])
            if compound is None:
                continue
            length, entry = len(token[0]), compound
        position = start + length
        if entry.kind != "thing" and _is_noun(text, start, position, entry.doubt, mentions):
            mentions.append(_mention(text, start, position, entry, mentions))
    return _with_pronouns(text, _with_owners(text, _join_boards(text, mentions)))


_ELLIPSIS = re.compile(r"\s(?:og|eller)\s(?P<word>[\w-]+)")


def _ellipsis(flat: str, token: re.Match[str], ontology: Ontology) -> ActorMention | None:
    """The first actor of two that share the last part of their name: "barneverns- og sosialtjenesten"."""
    match = _ELLIPSIS.match(flat, token.end())
    if match is None:
        return None
    first, word = token[0].rstrip("-"), match["word"]
    for cut in range(2, len(word) - 2):
        for stem in (first, first + "s", first.removesuffix("s")):
            entry = ontology.named(stem + word[cut:]) if len(stem) > 2 else None
            if entry is not None and entry.kind in ("body", "person") and not entry.doubt:
                return ActorMention(
                    token.start(), token.end(), (entry.id,), entry.kind, entry.head, entry.form, entry.weak
                )
    return None


_BEFORE_NOUN = _words(
    r"""(?: [«"] | \b (?: en|ein|ei|enhver|einkvar|hver|kvar|annen|annan|ny|av|til|fra|frå|med|for|hos|overfor
        |mot|mellom|ved|om|på|enten|både|den|ingen|noen|nokon|skal|kan|må|bør
        |gi|gje|pålegge|påleggje|varsle|underrette|informere|orientere|opplyse|høre|kontakte|sende|tilby|la|meddele|kreve|\w+(?:lig|leg|isk|ende|ande|s|ig) ) \s ) $"""
)
_BEFORE_ACTIVITY = _words(
    r"\b (?: en|ein|ei|et|eit|enhver|einkvar|hver|kvar|annen|anna|annan|vedkommende|ingen|den|privat ) \s (?:\w+\s)? $"
)
_AFTER_NOUN = _words(
    r"""\s* (?: $ | [,.;:)(–\n] | (?: skal|kan|må|bør|plikter|pliktar|har|er|får|blir|vert|ikke|ikkje|selv|sjølv|som|og|eller|etter|i|på|ved
        |til|for|om|av|med|fra|frå|ut|gir|gjev|mot|når|dersom|under|uten|utan|å|at|samt|hos|innen|velger|ønsker|krever|mottar|straks
        |snarest|også|òg|likevel|alltid|skriftlig|skriftleg|først|selv|sjølv|så|gis|gjevast|varsles|varslast|informeres|informerast|underrettes|underrettast)\b )"""
)
_RIGHT_GOES_ON = _words(
    r"\s(?:til|etter\s(?:§|første|andre|annet|tredje|denne|loven|lova|paragraf|kap)|gjelder|gjeld|omfatter|omfattar|faller|fell|består|oppstår|bortfaller|på|som\s(?:barn|elev|pasient))\b"
)
_OPENS = re.compile(r"[.;:(\n–]\s*$")
_LISTED = _words(r"(?: ,\s | \s(?:og|eller|samt)\s )")


def _is_noun(text: str, start: int, end: int, doubt: Doubt, before: list[ActorMention]) -> bool:
    """Whether the neighbours of a form that may be something else make it a noun."""
    if not doubt:
        return True
    if doubt == "adjective":
        return bool(_AFTER_NOUN.match(text, end)) and not text[:start].endswith(
            ("er ", "blir ", "vert ", "bli ", "være ", "vere ")
        )
    if doubt == "right":
        return not _RIGHT_GOES_ON.match(text, end)
    lead = text[max(0, start - 40) : start]
    if doubt == "activity":
        return bool(_BEFORE_ACTIVITY.search(lead))
    if _OPENS.search(lead) or not lead:
        return bool(_AFTER_NOUN.match(text, end))  # "Eier skal …", but "Velger kommunen …"
    listed = bool(before) and bool(_LISTED.fullmatch(text, before[-1].end, start))
    return listed or bool(_BEFORE_NOUN.search(lead))


def _mention(text: str, start: int, end: int, entry: Entry, before: list[ActorMention]) -> ActorMention:
    lead = text[max(0, start - 60) : start]
    actor, kind = entry.id, entry.kind
    if kind == "role" or actor == "andre":
        for pattern, owner in _OWNERS:
            match = pattern.search(lead)
            if match:
                start -= match.end() - match.start()
                actor, kind, lead = owner, "body", lead[: match.start()]
                break
    attribute = bool(before) and _describes(text, before[-1], start, kind)
    return ActorMention(start, end, (actor,), kind, entry.head, entry.form, entry.weak, entry.genitive, attribute,
                        bool(_OTHER.search(lead)))  # fmt: skip


def _describes(text: str, before: ActorMention, start: int, kind: Kind) -> bool:
    """Whether an actor at *start* only tells which one the actor *before* it is."""
    between = text[before.end : start]
    if len(between) > 40:
        return False
    if (before.kind == "person" or before.head in ("leder", "styre")) and _INSIDE.fullmatch(between):
        return True
    if kind == "person" and before.kind == "body" and not before.genitive and before.plural and not before.definite:
        return bool(_FOR_GROUP.fullmatch(between))  # "mottak for enslige mindreårige"
    return (
        kind == "person"
        and not before.genitive
        and before.definite
        and bool(_OF_PERSON.fullmatch(between))
        and not _FROM.search(text[: before.start])
    )


def _join_boards(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """One mention for a board and the actors in its name: "nemnda for skoler og barnehager"."""
    joined: list[ActorMention] = []
    inside: ActorMention | None = None  # the last actor taken into the name of joined[-1]
    for mention in mentions:
        between = text[joined[-1].end : mention.start] if joined else ""
        opens = inside is None and bool(joined) and _is_board(text, joined[-1]) and bool(_FOR.fullmatch(between))
        goes_on = inside is not None and mention.definite == inside.definite and bool(_AND.fullmatch(between))
        if opens or goes_on:
            joined[-1] = _extended(joined[-1], mention.end)
            inside = mention
        else:
            joined.append(mention)
            inside = None
    return joined


_UNITS = frozenset({"enhet", "avdeling", "organ", "seksjon", "team", "instans", "kontor", "etat", *LEADERS})


def _no_owner(mention: ActorMention) -> bool:
    """Whether a body beside a unit is not the one that the unit belongs to: "enheten i Foretaksregisteret"."""
    return mention.genitive or mention.head.endswith("register")


def _with_owners(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """Units and leaders as the body that the words beside them name: "einingar i Husbanken", "skolens leder"."""
    found = list(mentions)
    for i, mention in enumerate(found):
        if mention.kind != "role" or mention.head not in _UNITS:
            continue
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if before and before.genitive and before.kind == "body" and before.end + 1 >= mention.start:
            if mention.head in LEADERS:
                found[i] = replace(mention, ids=before.ids, kind="body")
        elif (
            after
            and after.kind == "body"
            and not _no_owner(after)
            and _INSIDE.fullmatch(text, mention.end, after.start)
        ):
            found[i] = replace(mention, ids=after.ids, kind="body")
            found[i + 1] = replace(after, attribute=True)
    return found


def _is_board(text: str, mention: ActorMention) -> bool:
    if mention.kind == "person" or mention.genitive:
        return False
    last = text[mention.start : mention.end].rsplit(" ", 1)[-1].lower()
    return mention.head in _BOARDS or (not mention.head and last.endswith(tuple(_BOARDS)))


def _extended(mention: ActorMention, end: int) -> ActorMention:
    """A board with the rest of its name; a name of its own stands for nobody else."""
    kind: Kind = "body" if mention.kind == "role" else mention.kind
    return replace(mention, end=end, kind=kind, form="fixed")


def _with_pronouns(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """The mentions with pronouns and with "alle som utfører tjeneste" added, where no name stands."""
    found = list(mentions)
    for match in _PRONOUN.finditer(text):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in mentions):
            if match.lastgroup != "staff":
                continue
            found = [m for m in found if not (m.start < end and start < m.end)]
        if match.lastgroup == "staff":
            found.append(ActorMention(start, end, ("ansatte",), "person", "ansatt"))
        elif match.lastgroup == "anyone":
            found.append(ActorMention(start, end, ("person",), "pronoun", "den som", weak=True))
        else:
            head = match[0].lower()
            head = "vedkommende" if head.startswith("vedkom") else head
            found.append(ActorMention(start, end, (), "pronoun", head))
    return sorted(found, key=lambda m: (m.start, -m.end))
