"""The grammar of a lead: which places it names and what is to happen there, in bokmål and nynorsk."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from lovdata_ingest.amendments.instruction import Target, Words

_ORDINALS = {
    1: "første fyrste 1ste første", 2: "annet annen andre anna annan andre", 3: "tredje", 4: "fjerde", 5: "femte",
    6: "sjette", 7: "sjuende sjuande syvende", 8: "åttende åttande", 9: "niende niande", 10: "tiende tiande",
    11: "ellevte elvte", 12: "tolvte tolvte", 13: "trettende trettande", 14: "fjortende fjortande",
    15: "femtende femtande", 16: "sekstende sekstande", 17: "syttende sytttande syttande", 18: "attende attande",
    19: "nittende nittande", 20: "tjuende tjuande", 21: "tjueførste tjuefyrste", 22: "tjueandre tjueannet",
    23: "tjuetredje", 24: "tjuefjerde", 25: "tjuefemte", 26: "tjuesjette", 27: "tjuesjuende tjuesyvende",
    28: "tjueåttende", 29: "tjueniende", 30: "trettiende", 31: "trettiførste", 32: "trettiandre trettiannet",
    33: "trettitredje", 34: "trettifjerde", 35: "trettifemte", 36: "trettisjette", 37: "trettisjuende trettisyvende",
    38: "trettiåttende", 39: "trettiniende", 40: "førtiende",
}  # fmt: skip
ORDINALS = {word: str(number) for number, words in _ORDINALS.items() for word in words.split()}
ORDINALS |= {"siste": "siste", "sisten": "siste"}
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))

SECTION_NUMBER = r"""\d+(?:\ ?[A-Za-z](?=\ ?-\ ?\d))?(?:\ ?-\ ?\d+(?:-\d+){0,2})?(?:\ ?[A-Z](?![\w]))?(?:\ ?[a-zæøå](?![\w])|(?!nr|og|av|om|er|en)[a-z]{2}(?![\w]))?"""
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split("|"), 1)}
CITATION = rf"""(?:av\ )?(?:den\ )?(?P<day>\d{{1,2}})\.?\ ?(?P<month>{_MONTHS})\ (?P<year>\d{{4}})
    (?:\ ?,?\ nr\.?\ ?(?P<number>\d+))?"""

_TOKEN = re.compile(
    rf"""
      (?P<quote> «[^»]*» | “[^”]*” | "[^"]*" | ”[^”]*” | ‹[^›]*› )
    | (?P<aside> ,?\ ?(?:som\ (?:sist\ )?(?:endret|endra)\ ved|slik\ (?:den|det|han)\ (?:lyder|lyd)|jf\.|jfr\.|se)\ (?:lov|endringslov)
          (?:er|ene)?\ (?:av\ )?\d{{1,2}}\.?\ \w+\ \d{{4}}(?:\ nr\.?\ ?\d+)?(?:\ (?:og|,)\ (?:lov\ )?\d{{1,2}}\.?\ \w+\ \d{{4}}\ nr\.?\ ?\d+)*,?
        | \((?:ny\ )?[^)]*\) )
    | (?P<lyde> ha\ overskrift(?:en)?\b | (?:lyde|lyda|lyd|lydende)\b(?:\ slik|\ som\ følger|\ som\ følgjer)?
        | (?:ha|få|gis|får)\ (?:følgende|følgjande|denne|slik)\ (?:nye\ )?(?:ordlyd|overskrift|tekst|tittel|ordlyden) )
    | (?P<endring> (?:i\ )?(?:endringene|endringen|endringane|endringa|endring)\ (?:av|i|til)\b(?:\ (?:lovens|lovas))? )
    | (?P<repeal> (?:blir|vert|er|skal|vere)\ (?:oppheva|opphevet|sletta|stroken|strokne|stroke|tatt\ ut|tekne\ ut) | opphev(?:es|ast|as|et|a|er)\b
        | utg(?:år|ar)\b | går\ ut\b | faller\ bort | fell\ bort | fall\ bort | stryk(?:es|ast|as)\b | slett(?:es|ast|a|as)\b | fjern(?:es|ast|a)\b | sløyf(?:es|ast)\b
        | tas\ ut\b | takast\ ut\b)
    | (?P<replace> (?:blir|vert|skal)?\ ?\b(?:erstatt(?:es|ast|as|a|et)|endr(?:es|ast|as|a|et)|bytt(?:es|ast)\ ut|skift(?:es|ast)\ ut|rett(?:es|ast)|avløses|avløysast|byttast\ ut)\b )
    | (?P<move> (?:blir|vert|bli|flytt(?:es|ast|a)\ til|blir\ flyttet\ til|blir\ flytta\ til|blir\ (?:å\ )?finne\ som)\b (?!\ (?:det\ )?(?:gjort|gjorde|oppheva|opphevet|erstatta|endra|sletta)) )
    | (?P<insert> (?:tilføy(?:es|ast|a)|tilføyas|tilføyes|føy(?:es|ast)\ til|(?:blir|vert)\ tilføy[ad]|settes\ inn|setjast\ inn|tas\ inn|innsettes|innføyes|føyes\ inn|skal\ føyes\ til)\b )
    | (?P<skal> \b(?:skal|skulle|som)\b )
    | (?P<current> \b(?:nåværende|noverande|nåverande|nåverende|någjeldende|någjeldande|gjeldende|gjeldande|nogjeldande|nogjeldande|opprinnelig|tidligere|dagens|eksisterende|eksisterande)\b )
    | (?P<new> \b(?:nye|nytt|ny|nya)\b )
    | (?P<sign> §§?|\b(?:paragraf(?:ene|ane|en)?)\b(?!\w) )
    | (?P<unit> \b(?: leddene|leddet|ledda|ledden|leden|ledds?|ldd
        | punktumet|punktumene|punktuma|punktum|setningen|setningene|setning|punkt(?=\ (?:skal|opphev|i|lyde|blir))
        | bokstavene|bokstaven|bokstavane|bokstaver|bokstavar|bokstav|bostav|boktav|litra|litera|bokst\.
        | nummer|nr\.?|nummeret|numrene
        | strekpunktene|strekpunktet|strekpunkta|strekpunkt|strek
        | kapitlene|kapitlet|kapittelet|kapitla|kapitlene|kapittel|kapitel|kapitler|kapitlar|kap\.?
        | avdeling|avsnittene|avsnittet|avsnitta|avsnitt|underavsnitt|vedlegg|delen|delene|del
        )(?=[\s.,;:)]|$) )
    | (?P<heading> \b(?: (?:paragraf|kapittel|kapitel|kap\.|del|avsnitts|avsnitt|under|mellom)?-?overskrift(?:en|a|er|ene|ane|i)?|tittel(?:en)?|lovtittel(?:en)?|korttittel(?:en)? )\b )
    | (?P<intro> \b(?:innledning(?:en|a)?|innleiing(?:a|en)?|innledende\ (?:tekst|ord|setning|del|punktum)(?:en|et|a)?|innleiande\ tekst(?:en)?|innledningstekst(?:en)?|innleiingstekst(?:en)?|(?:første\ |fram\ til\ |frem\ til\ )kolon|innledningsvis|innledningssetningen|innledningsordene)\b )
    | (?P<nestsiste> \bnest\ siste\b )
    | (?P<ordinal> \b(?:{_ORDINAL})\b )
    | (?P<digit> \b\d{{1,2}}\.(?=\ ?(?:og\ |,\ |til\ |\d{{1,2}}\.\ )*(?:ledd|punktum|setning|strekpunkt|bokstav|kapit)) )
    | (?P<number> {SECTION_NUMBER} )
    | (?P<roman> \b(?:[IVXLC]+|(?-i:[IVXLC]+[A-H]))\b(?=[\s.,;:)]|$) )
    | (?P<dash> [–—-](?=\ ?\w) | [–—](?=\ ?§) )
    | (?P<word> \w+(?:[-/]\w+)*\.? )
    | (?P<stop> [.;](?=\s|$) )
    | (?P<colon> : )
    | (?P<comma> , )
    | (?P<other> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_UNITS = (
    ("punkt-nummer", "nummer"), ("led|ldd", "ledd"), ("pun|setn", "setning"), ("bok|bos|lit", "bokstav"), ("nr|num", "nummer"),
    ("strek", "strek"), ("kap", "kap"), ("del|avdel", "del"), ("avsn|undera", "avsnitt"), ("vedl", "vedlegg"),
)  # fmt: skip
# Words that say nothing about which place is meant.
_SILENT = frozenset(
    "lover lovføresegner lovføresegnene lovbestemmelser lovbestemmelsene lovene lovane loven lovens lova lovas den det de dei også òg og/eller her henholdsvis hhv deretter derfor samtidig slik ordene ordet "
    "orda ord uttrykket uttrykkene uttrykk begrepet begrepene omgrepet omgrepa formuleringen formuleringene formuleringa "
    "teksten tekst leddets følgende følgjande bestemmelse bestemmelser bestemmelsen bestemmelsene føresegn føresegna "
    "føresegner føresegnene paragrafen paragraf tilvisinga tilvisingen tilvising tilvisningen henvisningen henvisninga henvisning en ei et eit "
    "plasseres plasserast settes inn som skal no nå alle steder det stedet ellers elles heile hele hver kvar som være vere bli igjen både samt "
    "betegnelsen nemninga nemningen benevnelsen termen tallet talet tallene datoen årstallet navnet namnet setningen frasen "
    "slik at da pagineres på nytt står stå forekommer brukes så skrivemåten verdien satsen satsene blir beløpet beløpene prosentsatsen sifferet kommaet verda".split()
)
_PREPOSITIONS = {
    "etter": "after", "før": "before", "foran": "before", "framfor": "before", "fremfor": "before", "mellom": "after",
    "i": "in", "under": "in", "på": "in", "til": "", "over": "before", "inn": "",
}  # fmt: skip

Kind = Literal[
    "quote", "aside", "lyde", "endring", "repeal", "replace", "move", "insert", "skal", "current", "new", "sign", "unit",
    "heading", "intro", "nestsiste", "ordinal", "digit", "number", "roman", "dash", "word", "stop", "colon", "comma",
    "other", "conj", "prep", "til", "silent", "letter", "new_behind",
]  # fmt: skip


class Token(NamedTuple):
    """A word or sign of a lead, its kind and where it stands."""

    kind: str
    text: str
    start: int
    end: int


_AFTER_LETTER_I = re.compile(
    r"(?:\)|\s(?:skal|som|første|fyrste|annet|andre|tredje|fjerde|femte|sjette|sjuende|syvende|ledd|bokstav|nr|nytt?(?! kap| del| avsn)|nye(?! kap| del| avsn)|nåværende|oppheves|opphevast|blir|vert|lyde|overskrift|paragrafoverskrift|innledning|og|til|eller|siste|nest)\b|\s?[,.;:–-]|\s*$)"
)
_ROMAN_SUFFIX = re.compile(
    r"\s?([A-Z])(?=\s(?:skal|med|lyde|blir|vert|oppheves|og|til|overskrift|kapittel|i\b)|[\s.,:]*$)"
)
_LETTER = re.compile(r"[a-zæøå]|([a-zæøå])\1")
_PARENTHESISED = re.compile(r"\((\d+[a-z]?|[a-z])\)")


def tokens(text: str) -> list[Token]:
    """The words and signs of a lead, in order."""
    found: list[Token] = []
    done = 0
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "other", match[0]
        low = word.lower()
        start, end = match.span()
        if start < done:
            continue
        if kind == "number" and word.endswith((" i", " I")) and not _AFTER_LETTER_I.match(text, end):
            word, end = word[:-2], end - 2  # "§ 30 i kapittel VI"
            found.append(Token(kind, word, start, end))
            found.append(Token("prep", "i", end + 1, end + 2))
            continue
        if kind == "word":
            bare = low.rstrip(".")
            if bare == "med" and len(found) > 1 and found[-1].kind == "conj" and found[-2].kind == "til":
                found.pop()  # "til og med"
                continue
            if bare in ("og", "eller", "samt", "òg", "såvel"):
                kind = "conj"
            elif bare.endswith(("forskriften", "forskrifta", "forskriftens", "forskriftas")):
                kind = "silent"  # "Forskriften § 5": the act is named before
            elif (bare.endswith("delkapittel") and text.startswith(" §", end)) or (
                bare in ("punkt", "pkt") and text.startswith((" nr ", " nr. ", " nummer "), end)
            ):
                kind = "silent"
            elif bare == "til" or bare == "t.o.m":
                kind = "til"
            elif bare in _PREPOSITIONS:
                kind = "prep"
            elif bare in _SILENT:
                kind = "silent"
            elif len(bare) < 3 and _LETTER.fullmatch(bare):
                kind = "letter"
            elif bare in ("punkt", "pkt") and text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit():
                kind, word = "unit", "punkt-nummer"  # "andre ledd punkt 3"
            if word.endswith("."):
                found.append(Token(kind, word[:-1], start, end - 1))
                found.append(Token("stop", ".", end - 1, end))
                continue
        elif kind == "roman" and low == "i":
            kind = _lone_i(word, found, text[end:])
        elif kind == "roman" and word.islower():
            kind = "letter"
        elif kind == "roman":
            suffix = _ROMAN_SUFFIX.match(text, end)
            if suffix and found and found[-1].kind == "unit":
                end = suffix.end()
                done = end
                word += suffix[1]
        elif kind == "other" and word == ")" and found and found[-1].kind in ("letter", "number"):
            continue
        elif kind == "aside" and word.startswith("("):
            kind = "silent"
            inner = _PARENTHESISED.fullmatch(word)
            if inner:  # "nr. (1)", "bokstav (a)"
                kind, word = ("number" if inner[1][0].isdigit() else "letter"), inner[1]
                if found and found[-1].kind == "number":  # "§ 5-2 (2)" is the second ledd, "§ 2-8 (a)" a letter
                    if kind == "number" and word.isdigit():
                        found.append(Token("digit", word + ".", start, end))
                        kind, word = "unit", "ledd"
                    else:
                        found.append(Token("unit", "bokstav", start, end))
            elif low in ("(ny)", "(nytt)", "(nye)"):
                kind = "new_behind"
        found.append(Token(kind, word, start, end))
    return _without_titles(found)


_ORDER_KINDS = frozenset(("lyde", "skal", "repeal", "replace", "move", "insert"))
_PLACE_KINDS = _ORDER_KINDS | {
    "unit",
    "ordinal",
    "digit",
    "nestsiste",
    "heading",
    "intro",
    "new",
    "new_behind",
    "quote",
    "sign",
}


_DIVISION_UNIT = re.compile(r"(?:kap|del\b|avsnitt)", re.IGNORECASE)


def _names_place(row: list[Token], index: int) -> bool:
    """Whether a word that may begin a place does so: "annet ledd", not "som" or "andre grunner" of a title."""
    token = row[index]
    if token.text.lower() == "som":
        return False
    if token.kind != "ordinal":
        return True
    rest = (t.kind for t in row[index + 1 :] if t.kind not in ("ordinal", "conj", "comma", "til", "new", "digit"))
    return next(rest, "") in ("unit", "skal")


def _without_titles(row: list[Token]) -> list[Token]:
    """Silence the title of a section that stands after its number: "§ 7 Merking av stier, annet ledd", "Ny § 8 om grinder"."""
    index = 1
    while index < len(row):
        token = row[index]
        at = index + 1 if token.kind == "stop" and index + 1 < len(row) else index
        first = row[at]
        before = row[index - 2] if index > 1 else None
        numbered = before is not None and (
            (row[index - 1].kind == "number" and before.kind == "sign")
            or (row[index - 1].kind in ("number", "roman") and bool(_DIVISION_UNIT.match(before.text)))
        )
        titled = first.kind in ("word", "silent", "endring", "prep") and first.text[:1].isupper() and at + 1 < len(row)
        about = first.kind in ("word", "prep") and first.text == "om"
        if numbered and (titled or about):
            until = _ORDER_KINDS if about else _PLACE_KINDS
            end = next((i for i in range(at, len(row)) if row[i].kind in until and _names_place(row, i)), len(row))
            if any(t.kind in _ORDER_KINDS for t in row[end:]):
                row[index:end] = [Token("silent", t.text, t.start, t.end) for t in row[index:end]]
                index = end
        index += 1
    return row


_LETTER_UNIT = re.compile(r"(?:bok|bos|lit)", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"\s(?:kap|del\b|lov|avsnitt|avdeling|§|den|samme|forskrift|vedlegg|ny|nytt|første|andre|annet)", re.IGNORECASE
)


def _lone_i(word: str, found: list[Token], rest: str) -> str:
    """Whether a lone "i" or "I" is a letter of a list, a Roman number or the preposition."""
    before = found[-1] if found else None
    if before is None:
        return "prep"
    if word == "I":
        listed = before.kind in ("conj", "comma", "til", "dash") and len(found) > 2 and found[-2].kind == "roman"
        return "roman" if before.kind == "unit" or listed else "prep"
    if before.kind == "unit" and _LETTER_UNIT.match(before.text):
        return "letter"
    listed = (
        before.kind in ("conj", "comma", "til", "dash", "new")
        and any(t.kind == "unit" and _LETTER_UNIT.match(t.text) for t in found[-60:])
        and any(t.kind == "letter" for t in found[-3:])
    )
    return "letter" if listed and not _AFTER_PREPOSITION.match(rest) else "prep"


def unit_of(word: str) -> str:
    """The step word of a unit: ``leddet`` → ``ledd``, ``punktum`` → ``setning``, ``kap.`` → ``kap``."""
    low = word.lower()
    return next(step for starts, step in _UNITS if re.match(starts, low))


def squeeze(number: str) -> str:
    """``2 A-1`` → ``2A-1``, ``21 b`` → ``21b``."""
    return re.sub(r"\s+", "", number)


# Order of nesting as a rule; the prose may nest otherwise ("§ 16 nr. 1 første ledd bokstav e").
_RANK = {"del": 0, "avsnitt": 1, "kap": 1, "vedlegg": 0, "§": 2, "ledd": 4, "nummer": 5, "bokstav": 6, "strek": 7,
         "setning": 8, "overskrift": 9, "innledning": 9}  # fmt: skip


class Step(NamedTuple):
    """A step under construction: kind, value, whether the prose calls it new."""

    kind: str
    value: str
    new: bool = False

    def printed(self) -> str:
        """As it stands in an address."""
        match self.kind:
            case "§":
                return "§" + self.value
            case "kap" | "del":
                return self.kind + self.value
            case "overskrift" | "innledning":
                return self.kind
            case "vedlegg":
                return "vedlegg" + self.value
            case _:
                return f"{self.kind}/{self.value}"


Path = tuple[Step, ...]


class Found(NamedTuple):
    """A path that the prose names, the last number of its range, and the token after it."""

    path: Path
    until: str = ""
    end: int = 0

    @property
    def new(self) -> bool:
        """Whether the prose calls any step of the path new."""
        return any(step.new for step in self.path)

    def target(self, act: str) -> Target:
        """The path as a target in *act*; chapters around a section are places, no part of its address."""
        path = self.path
        if any(step.kind == "§" for step in path):
            path = path[next(i for i, step in enumerate(path) if step.kind == "§") :]
        return Target(act, tuple(step.printed() for step in path), self.new, self.until)


def _letters(first: str, last: str) -> list[str] | None:
    alphabet = "abcdefghijklmnopqrstuvwxyzæøå"
    if (
        first in alphabet
        and last in alphabet
        and len(first) == len(last) == 1
        and alphabet.index(first) < alphabet.index(last)
    ):
        return list(alphabet[alphabet.index(first) + 1 : alphabet.index(last) + 1])
    return None


def expand(first: str, last: str) -> list[str] | None:
    """The values after *first* up to *last* by counting, None when that cannot be told without the text.

    >>> expand("17-2", "17-4"), expand("26m", "26o"), expand("a", "c")
    (['17-3', '17-4'], ['26n', '26o'], ['b', 'c'])
    """
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return [str(n) for n in range(low + 1, high + 1)] if low < high <= low + 200 else None
    letters = _letters(first.lower(), last.lower())
    if letters:
        return letters
    match_a, match_b = re.fullmatch(r"(.*?)(\d+|[a-zæøå])", first), re.fullmatch(r"(.*?)(\d+|[a-zæøå])", last)
    if match_a and match_b and match_a[1].lower() == match_b[1].lower() and match_a[1]:
        inner = expand(match_a[2], match_b[2])
        return [match_a[1] + value for value in inner] if inner else None
    if match_b and re.fullmatch(r"[a-zæøå]", match_b[2]) and match_b[1] == first:  # "§ 14 til 14 c"
        inner = _letters("a", match_b[2])
        return [first + "a"] + [first + value for value in inner or []]
    return None


class Reading:
    """Reads a row of tokens as a list of places. ``context`` is the path carried over from before."""

    def __init__(self, row: list[Token], context: Path = (), default: str = "") -> None:
        self.row = row
        self.context = context
        self.default = default  # kind of bare values: "bokstav d blir c"
        self.path: list[Step] = []
        self.started = False
        self.found: list[Found] = []
        self.places: list[tuple[str, Found]] = []
        self.unknown: list[Token] = []
        self.read()

    # The machine keeps one path. A value whose kind the path has already replaces it from there; another kind
    # nests below, or, after a conjunction, stands beside by rank.
    def branch(self, kind: str, value: str, new: bool, joined: bool, ranged: bool, end: int) -> None:
        """Add a value: it replaces its kind in the path, nests below, or stands beside what came before."""
        kinds = [step.kind for step in self.path]
        if not self.started:
            self.path = list(self.inherit(kind))
            self.path.append(Step(kind, value, new))
            self.started = True
            self.last_end = end
            return
        if ranged and kinds and kinds[-1] == kind:
            first = self.path[-1]
            self.emit(end)
            values = expand(first.value, value)
            if kind in ("§", "kap", "del", "avsnitt"):
                start = self.found.pop()
                self.found.append(Found(start.path, Step(kind, value).printed(), end))
                self.path[-1] = Step(kind, value, first.new or new)
                self.ranged_end = True
                return
            for each in values or [value]:
                self.path[-1] = Step(kind, each, first.new or (new and each == value))
                if each != value:
                    self.emit(end)
            self.last_end = end
            return
        if kind == "§" and joined and kinds and kinds[-1] in ("kap", "del", "avsnitt"):
            self.emit(self.last_end)  # "kapittel 2 og § 18"
            self.path = []
        elif kind in kinds and (joined or ranged or kinds[-1] == kind or kind == "§"):
            self.emit(self.last_end)
            self.path = self.path[: len(kinds) - 1 - kinds[::-1].index(kind)]
        elif joined and self.path and _RANK.get(kind, 9) <= _RANK.get(self.path[-1].kind, 0):
            self.emit(self.last_end)
            while self.path and _RANK.get(self.path[-1].kind, 0) >= _RANK.get(kind, 9):
                self.path.pop()
        elif kind == "§":
            if self.path and self.path[-1].kind not in ("kap", "del", "avsnitt"):
                self.emit(self.last_end)
                self.path = []
        elif joined and self.path and self.path[-1].kind == "§" and kind in ("kap", "del", "avsnitt"):
            self.emit(self.last_end)
            self.path = []
        self.path.append(Step(kind, value, new))
        self.ranged_end = False
        self.last_end = end

    last_end = 0
    ranged_end = False

    def inherit(self, kind: str) -> Path:
        """What of the context stands above a first value of *kind*."""
        if kind in ("§", "kap", "del", "vedlegg", "avsnitt"):
            return ()
        kinds = [step.kind for step in self.context]
        if kind in kinds:
            return self.context[: kinds.index(kind)]
        rank = _RANK.get(kind, 9)
        return tuple(step for step in self.context if _RANK.get(step.kind, 0) < rank)

    def emit(self, end: int) -> None:
        """Close the current path: it is a place of its own."""
        if self.path and not self.ranged_end:
            self.found.append(Found(tuple(self.path), "", end))
        self.ranged_end = False

    def read(self) -> None:
        """Read all tokens."""
        row, index = self.row, 0
        mode = ""  # the unit whose values are being listed
        new = plural_new = False
        pending: list[tuple[str, bool, bool]] = []  # ordinals that wait for their unit: value, new, after "til"
        joined = ranged = False
        pending_joined = False
        consumed = False  # a value has been read since the last unit word
        while index < len(row):
            token = row[index]
            kind, text = token.kind, token.text
            low = text.lower()
            if (
                kind == "word"
                and low == "med"
                and index + 1 < len(row)
                and (
                    row[index + 1].kind in ("sign", "number")
                    or (row[index + 1].kind == "new" and index + 2 < len(row) and row[index + 2].kind == "sign")
                )
                and self.started
            ):
                if row[index + 1].kind == "new":
                    index += 1  # "kapittel 4 med ny § 165"
                while index + 1 < len(row) and row[index + 1].kind in (
                    "sign",
                    "number",
                    "conj",
                    "comma",
                    "til",
                    "dash",
                    "letter",
                ):
                    index += 1  # "kapittel 5 b med §§ 26 m til 26 u": the sections stand in the new text
            elif kind == "word" and low == "med" and index + 1 < len(row) and row[index + 1].kind == "heading":
                index += 1  # "ny § 4 med overskrift": the heading comes with the section
            elif kind == "new_behind":  # "§ 5 annet ledd (nytt)"; "§ 5 (nytt) annet ledd"
                if index + 1 < len(row) and row[index + 1].kind in ("ordinal", "digit"):
                    new = True
                elif self.path:
                    self.path[-1] = self.path[-1]._replace(new=True)
            elif kind == "new":
                new, plural_new = True, low.startswith("nye") or low == "nya"
                consumed = False
            elif kind in ("conj", "comma"):
                if not (kind == "comma" and joined):
                    joined = True
                ranged = False
            elif kind in ("til", "dash"):
                if not (kind == "til" and not mode and not pending and not self.path and self.default == ""):
                    ranged = True
                    joined = False
            elif kind == "nestsiste" or kind == "ordinal" or kind == "digit":
                value = "nest-siste" if kind == "nestsiste" else ORDINALS.get(low, low.rstrip("."))
                if not pending:
                    pending_joined = joined
                pending.append((value, new, ranged))
                ranged = joined = False
                if new and not plural_new and kind == "x":
                    new = False
            elif kind == "unit":
                unit = unit_of(text)
                if unit == "avsnitt" and pending and any(s.kind == "ledd" for s in self.path):
                    self.unknown.append(token)  # "niende ledd fjerde avsnitt": a paragraph inside a ledd has no address
                    pending = []
                    index += 1
                    continue
                if unit == "avsnitt" and pending and any(s.kind == "§" for s in self.path):
                    unit = "ledd"  # "§ 22 tredje avsnitt"
                if pending:
                    for value, is_new, is_range in pending:
                        self.branch(unit, value, is_new, pending_joined, is_range, index + 1)
                        pending_joined = True
                    pending = []
                    new = new and plural_new
                    mode = ""
                    joined = ranged = False
                else:
                    if consumed and new and not plural_new:
                        new = False
                    mode = unit
                    consumed = False
            elif kind == "sign":
                if consumed and new and not plural_new:
                    new = False
                mode = "§"
                consumed = False
            elif kind in ("number", "letter", "roman"):
                use = mode or (self.default if not pending else "")
                value = squeeze(text)
                if kind == "letter":
                    value = value.lower()
                if use in ("ledd", "setning") and kind == "number" and not mode:
                    use = self.default
                if (
                    mode in ("", "ledd", "setning")
                    and kind == "number"
                    and (not self.default or self.default in ("§",))
                ):
                    use = "§" if (self.path and self.path[0].kind in ("§",)) or self.default == "§" else use
                if use == "nummer" and kind == "number" and self.path and re.search(r"-", value):
                    use = "§"  # "§ 3 nr. 2, 6-3 første ledd": a section, no number of a list
                if (
                    kind == "letter"
                    and use in ("§", "nummer")
                    and self.path
                    and self.path[-1].kind == use
                    and (joined or ranged)
                ):
                    value = re.sub(r"[a-zæøå]$", "", self.path[-1].value) + value  # "§§ 3 a og b"
                if use and not (kind == "letter" and use in ("ledd", "setning", "kap", "del")):
                    if use == "§" and self.path and any(s.kind == "§" for s in self.path) and self.path[-1].kind != "§":
                        ranged = False
                    if use == "bokstav" and kind == "number" and not value.isdigit():
                        self.unknown.append(token)
                    self.branch(use, value, new, joined, ranged, index + 1)
                    consumed = True
                    if not mode:
                        mode = use
                else:
                    self.unknown.append(token)
                joined = ranged = False
            elif kind == "heading":
                inherit = low.startswith(("kap", "del", "avsn")) and not any(
                    s.kind in ("kap", "del", "avsnitt") for s in self.path
                )
                if pending:
                    self.unknown.append(token)
                    pending = []
                if not self.path and index + 1 < len(row) and row[index + 1].kind == "roman":
                    # "Ny overskrift II skal inn etter § 7": the heading of a subchapter
                    self.path = [Step("avsnitt", row[index + 1].text, new), Step("overskrift", "", new)]
                    self.started = True
                    self.last_end = index + 2
                    index += 2
                    continue
                following = [t.kind for t in row[index + 1 : index + 3]]
                if (
                    following[:1]
                    and following[0] in ("prep", "til")
                    and len(following) > 1
                    and following[1] in ("sign", "unit", "silent", "current", "number", "ordinal", "new")
                ):
                    # "overskriften til kapittel 8": the place comes after
                    rest = Reading(list(row[index + 2 :]), self.context)
                    over_sections = (
                        low.startswith(("del", "under", "mellom", "avsn"))
                        and bool(rest.found)
                        and rest.found[0].path[-1].kind == "§"
                    )  # "ny deloverskrift til §§ 4 til 6": it stands above them
                    if (
                        rest.found
                        and not over_sections
                        and row[index + 1].text.lower() not in ("før", "foran", "etter", "mellom", "over")
                    ):
                        for each in rest.found:
                            self.found.append(Found((*each.path, Step("overskrift", "", new)), each.until, len(row)))
                        self.unknown += rest.unknown
                        self.places += rest.places
                        self.path = []
                        return
                    if rest.found:
                        self.places.append(
                            ("before" if row[index + 1].text.lower() != "etter" else "after", rest.found[0])
                        )
                        self.found.append(Found((Step("overskrift", "", new),), "", len(row)))
                        self.path = []
                        return
                if inherit and not self.path and any(s.kind in ("kap", "del", "avsnitt") for s in self.context):
                    self.path = [s for s in self.context if s.kind in ("kap", "del", "avsnitt")]
                    self.started = True
                if not self.started and not self.path and not self.places:
                    self.path = [s for s in self.context if s.kind in ("§", "kap", "del", "avsnitt")][-1:]
                    self.started = True
                if self.path and self.path[-1].kind in ("overskrift",):
                    pass
                else:
                    if joined and self.path and self.path[-1].kind not in ("§", "kap", "del", "avsnitt"):
                        self.emit(index)
                        while self.path and self.path[-1].kind not in ("§", "kap", "del", "avsnitt"):
                            self.path.pop()
                    if self.ranged_end:
                        self.unknown.append(token)
                    self.path.append(Step("overskrift", "", new))
                    self.last_end = index + 1
                joined = ranged = False
                new = new and plural_new
                mode = ""
            elif (
                kind == "intro"
                and index + 2 < len(row)
                and row[index + 1].kind in ("prep", "til")
                and row[index + 2].kind in ("ordinal", "digit", "unit", "sign", "nestsiste", "silent")
                and (rest := Reading(list(row[index + 2 :]), tuple(self.path) or self.context)).found
            ):  # "§ 7 innledningen i første ledd": the place comes after
                for each in rest.found:
                    self.found.append(Found((*each.path, Step("innledning", "", new)), each.until, len(row)))
                self.unknown += rest.unknown
                self.path = []
                return
            elif kind == "intro":
                if not self.started:
                    self.path = list(self.context)
                    self.started = True
                if pending:
                    pending = []
                self.path.append(Step("innledning", "", new))
                self.last_end = index + 1
                joined = ranged = False
                mode = ""
            elif kind == "prep":
                meaning = _PREPOSITIONS[low]
                if meaning in ("after", "before"):
                    stop = next(
                        (
                            i
                            for i in range(index + 1, len(row))
                            if row[i].kind in ("skal", "new", "insert", "lyde", "stop", "current")
                        ),
                        len(row),
                    )
                    rest = Reading(row[index + 1 : stop], tuple(self.path) or self.context)
                    if rest.found:
                        place = rest.found[0]
                        self.places.append((meaning, place))
                        index = stop
                        continue
                elif self.started and not pending:
                    # "ny § 217 a i kapittel 10", "nytt tredje punktum i § 10-4 nr. 1"
                    stop = next(
                        (
                            i
                            for i in range(index + 1, len(row))
                            if row[i].kind in ("skal", "insert", "lyde", "stop", "current")
                        ),
                        len(row),
                    )
                    rest = Reading(row[index + 1 : stop], ())
                    if rest.found and (self.path or self.found):
                        self.emit(index)
                        above = rest.found[-1].path
                        inner = list(self.found)
                        if above[-1].kind in ("kap", "del", "avsnitt", "vedlegg") and not any(
                            s.kind == "overskrift" for f in inner for s in f.path
                        ):
                            self.places.append(("in", rest.found[0]))
                        elif not any(s.kind == "§" and s not in self.context for f in inner for s in f.path) or above[
                            -1
                        ].kind in (
                            "kap",
                            "del",
                            "avsnitt",
                        ):
                            drop = len(self.context)
                            self.found = []
                            for f in inner:
                                own = tuple(
                                    s
                                    for s in f.path
                                    if s not in self.context
                                    or (s.kind in ("ledd", "setning", "bokstav", "nummer") and f.path.index(s) >= drop)
                                )
                                own = own or f.path
                                if any(s.kind == "§" for s in own):
                                    own = tuple(s for s in own if s.kind != "§")
                                self.found.append(Found((*above, *own), f.until, stop))
                            self.places += rest.places
                        else:
                            self.found = inner + rest.found
                        self.path = []
                        index = stop
                        continue
            elif kind in ("silent", "skal", "aside", "current", "quote", "endring") or kind == "stop":
                pass
            else:
                self.unknown.append(token)
            index += 1
        if pending:
            unit = self.default or ""
            if unit:
                for value, is_new, is_range in pending:
                    self.branch(unit, value, is_new, pending_joined, is_range, len(row))
                    pending_joined = True
            else:
                self.unknown.extend(t for t in row if t.kind in ("ordinal", "digit"))
        self.emit(self.last_end or len(row))
        self.path = []


class Act(NamedTuple):
    """What a lead orders: action, places, moves, words, and what was not understood."""

    action: str
    found: tuple[Found, ...]
    moves: tuple[tuple[Found, Found], ...] = ()
    words: tuple[Words, ...] = ()
    places: tuple[tuple[str, Found], ...] = ()
    unknown: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    pending: bool = False
    doubts: tuple[str, ...] = ()
    of_heading: bool = False  # the places listed below the lead mean their headings


class Lead(NamedTuple):
    """A lead as read: what it orders in order, the path to carry over, and how it ends."""

    acts: tuple[Act, ...]
    context: Path
    opens: bool  # the new text follows
    content_start: int  # where text after "lyde:" begins in the lead itself, -1 without any
    unknown: tuple[str, ...]


def _pairs(row: list[Token]) -> tuple[tuple[Words, ...], str]:
    """Old and new words of a replacement, from its quotations and the words between; a doubt where they do not pair."""
    old: list[str] = []
    new: list[str] = []
    side = "old"
    previous = -1
    pairs: list[Words] = []
    for index, token in enumerate(row):
        if token.kind != "quote":
            continue
        between = [t for t in row[previous + 1 : index] if t.kind not in ("aside",)]
        words = [t.text.lower() for t in between]
        joins = [w for w in words if w in ("til", "med", "av", "ved", "til:")]
        for i, w in enumerate(words):  # "av en henvisning til «x»": the last til belongs to the noun
            if w == "til" and i and re.match(r"(?:henvisning|tilvis)", words[i - 1]):
                joins.remove("til")
        if joins and (side == "old" and old):
            side = "new"
        elif (
            side == "new"
            and (any(t.kind in ("replace", "sign", "unit", "number") for t in between) or not joins)
            and len(new) >= len(old)
        ):
            side = "old"
            pairs += [Words(a, b) for a, b in zip(old, new, strict=False)]
            old, new = [], []
        (old if side == "old" else new).append(token.text[1:-1].strip())
        previous = index
    if len(old) == len(new):
        return (*pairs, *(Words(a, b) for a, b in zip(old, new, strict=True))), ""
    if len(new) == 1:
        return (*pairs, *(Words(a, new[0]) for a in old)), ""
    return tuple(pairs), f"{len(old)} words to replace, {len(new)} to put in their place"


_SIGN_AFTER = re.compile(
    r"(?P<sign>[Pp]unktum(?:et)?|[Kk]omma(?:et)?) etter (?P<quote>«[^»]*»|\"[^\"]*\"|“[^”]*”) i (?P<where>.+?) (?:fjernes|slettes|oppheves|strykes|utgår|blir sletta|blir fjerna|slettast|går ut)\.?$"
)


_SIGN_IN_HEADINGS = re.compile(
    r"I (?:følgende|følgjande|desse|disse) (?:paragraf\w*|bestemm?else\w*|føresegn\w*) (?:oppheves|fjernes|slettes|strykes|utgår|skal|blir|vert|slettast|opphevast) "
    r"(?P<sign>punktum(?:et)?|komma(?:et)?) i (?:paragraf)?overskrift(?:en|a|ene|ane)?(?: (?:oppheva|fjerna|sletta|fjernes|slettes))?\s*:"
)


def _sign_after(text: str, context: Path) -> Lead | None:
    """Read "Punktumet etter «kapittel 23» i § 1-1 bokstav l fjernes": the sign goes, the word stays."""
    listed = _SIGN_IN_HEADINGS.match(text)
    if listed:
        words = (Words("." if listed["sign"].startswith("p") else ",", ""),)
        return Lead((Act("words", (), words=words, end=listed.end(), of_heading=True),), context, False, -1, ())
    match = _SIGN_AFTER.match(text)
    if match is None:
        return None
    reading = Reading(tokens(match["where"]), context)
    if not reading.found:
        return None
    word = match["quote"][1:-1].strip()
    sign = "." if match["sign"].lower().startswith("p") else ","
    act = Act("words", tuple(reading.found), words=(Words(word + sign, word),), end=len(text))
    return Lead((act,), reading.found[-1].path, False, -1, ())


_MOVED_WITHIN = re.compile(
    r"I (?:ny(?:tt)? )?(?P<where>(?:del|kapittel) \S+(?: avsnitt \S+)?) (?:blir|vert) (?:(?:nåværende|noverande|gjeldende) )?"
    r"(?P<old>(?:§§?|kapittel) [^.]+?) (?P<new>(?:nytt?|nye) (?P<unit>§§?|kapittel) [^.]+)",
    re.IGNORECASE,
)


def read_lead(text: str, context: Path = ()) -> Lead | None:
    """Read one lead. None when nothing in it orders anything.

    *context* is the path carried over from the lead before, for "Nåværende tredje ledd blir fjerde ledd".
    """
    within = _MOVED_WITHIN.match(text)
    if within:  # "I nytt kapittel 8 blir nåværende §§ 43 og 44 nye §§ 30 og 31."
        chapter = f" i {within['where']}" if within["unit"].startswith("§") else ""
        text = f"Nåværende {within['old']} blir {within['new']}{chapter}{text[within.end() :]}"
    special = _sign_after(text, context)
    if special is not None:
        return special
    row = tokens(text)
    acts: list[Act] = []
    unknown: list[str] = []
    opens = False
    content_start = -1
    current = context
    buffer: list[Token] = []
    index = 0

    def finish(action: str, found: list[Found], reading: Reading | None, end: int, **more: Any) -> None:
        nonlocal current
        start = buffer[0].start if buffer else 0
        places = tuple(reading.places) if reading else ()
        missed = tuple(t.text for t in reading.unknown) if reading else ()
        unknown.extend(missed)
        pending = any(t.kind == "endring" for t in buffer)
        acts.append(
            Act(action, tuple(found), places=places, unknown=missed, start=start, end=end, pending=pending, **more)
        )
        if found:
            last = found[-1].path
            current = tuple(Step(s.kind, s.value) for s in last if s.kind not in ("overskrift", "innledning"))

    while index < len(row):
        token = row[index]
        kind = token.kind
        if kind == "lyde":
            reading = Reading(buffer, current)
            found = reading.found
            if acts and acts[-1].action == "move" and not found:
                moved = [pair[0] for pair in acts[-1].moves]
                finish("change", [Found(f.path, f.until) for f in moved], None, token.end)
                acts[-1] = acts[-1]._replace(action="change_moved")
            else:
                finish("lyde", found, reading, token.end)
            if "overskrift" in token.text.lower() or "tittel" in token.text.lower():
                last = acts.pop()
                acts.append(
                    last._replace(found=tuple(Found((*f.path, Step("overskrift", "")), f.until) for f in last.found))
                )
            opens = True
            buffer = []
            rest = text[token.end :]
            match = re.match(r"\s*:?\s*", rest)
            after = rest[match.end() :] if match else rest
            if re.match(r"\s*:", rest) and after:
                content_start = token.end + (match.end() if match else 0)
                break
        elif kind == "repeal":
            quotes = [t for t in buffer if t.kind == "quote"]
            follow = row[index + 1 :]
            if not quotes and follow and any(t.kind == "quote" for t in follow) and not buffer_has_target(buffer):
                pass
            stop = index + 1
            if (not buffer_has_target(buffer) and not quotes) or (
                index + 1 < len(row)
                and row[index + 1].kind in ("sign", "ordinal", "unit", "heading", "new", "digit", "quote", "intro")
                and all(
                    t.kind
                    in (
                        "prep",
                        "sign",
                        "number",
                        "unit",
                        "silent",
                        "roman",
                        "conj",
                        "ordinal",
                        "letter",
                        "digit",
                        "comma",
                        "endring",
                    )
                    for t in buffer
                )
                and buffer
                and (
                    buffer[0].kind in ("prep", "endring")
                    or row[index + 1].kind in ("ordinal", "digit", "unit", "intro", "heading")
                )
            ):  # "I § 5 oppheves annet ledd", "oppheves § 2-4 annet ledd"
                while stop < len(row) and row[stop].kind not in (
                    "stop",
                    "lyde",
                    "repeal",
                    "move",
                    "replace",
                    "current",
                ):
                    stop += 1
                buffer = buffer + row[index + 1 : stop]
            later = next(
                (i for i in range(stop, len(row)) if row[i].kind in ("stop", "lyde", "move", "current")), len(row)
            )
            if not any(t.kind == "quote" for t in buffer) and any(t.kind == "quote" for t in row[stop:later]):
                buffer, stop = buffer + row[stop:later], later  # "I § 44 annet ledd utgår ordet «likevel»"
            quotes = [t for t in buffer if t.kind == "quote"]
            reading = Reading([t for t in buffer if t.kind != "quote"], current)
            if not quotes and re.match(
                r"\s*(?:følgende|følgjande|ordene|orda|ordet|tekst\w*)?\s*:\s*$", text[row[stop - 1].end :]
            ):
                finish("words", reading.found, reading, row[stop - 1].end)  # "I § 3 fjernes:": the words stand below
                opens = True
            elif quotes:
                finish(
                    "words",
                    reading.found,
                    reading,
                    row[stop - 1].end,
                    words=tuple(Words(q.text[1:-1].strip(), "") for q in quotes),
                )
            else:
                finish("repeal", reading.found, reading, row[stop - 1].end)
            buffer = []
            index = stop
            continue
        elif kind == "move" and _passive(row, index):
            buffer.append(Token("skal", token.text, token.start, token.end))
        elif kind == "move":
            reading = Reading(buffer, current)
            left = [_carried(found, current) for found in reading.found]
            count = len(left)
            stop = index + 1
            while stop < len(row) and row[stop].kind not in (
                "stop",
                "lyde",
                "repeal",
                "move",
                "replace",
                "current",
                "insert",
            ):
                stop += 1
            right_row = row[index + 1 : stop]
            if stop < len(row) and row[stop].kind == "lyde" and left:
                # "§ 13 blir § 18, og andre ledd skal lyde": what follows the last "og" is a lead of its own
                for cut_at in range(len(right_row) - 1, 0, -1):
                    if right_row[cut_at].kind not in ("conj", "comma"):
                        continue
                    tail = right_row[cut_at + 1 :]
                    if not any(t.kind in ("unit", "heading", "new", "sign", "intro") for t in tail):
                        continue
                    first = Reading(right_row[:cut_at], (*left[0].path[:-1], *left[0].path[-1:]), left[0].path[-1].kind)
                    if len(first.found) == count and all(len(f.path) == len(left[0].path) for f in first.found):
                        right_row, stop = right_row[:cut_at], index + 1 + cut_at
                        break
            default = left[0].path[-1].kind if left else ""
            base = left[0].path[:-1] if left else current
            right = Reading(right_row, (*base, *(left[0].path[-1:] if left else ())), default)
            taken = right.found[:count] if count else right.found
            leftover = right.found[count:] if count else []
            if (
                count == 1 and left[0].until and len(right.found) > 1
            ):  # "§ 7-11 til § 7-13 blir § 7-13, ny § 7-14 og § 7-15"
                row_of = [left[0].path[-1].value, *(expand(left[0].path[-1].value, left[0].until.lstrip("§")) or [])]
                if len(row_of) == len(right.found):
                    left = [Found((*left[0].path[:-1], Step(left[0].path[-1].kind, value))) for value in row_of]
                    taken, leftover = right.found, []
            if (
                len(left) <= 1
                and len(right.found) == 2
                and buffer
                and buffer[0].kind == "prep"
                and right.found[0].path[-1].kind == right.found[1].path[-1].kind
            ):
                left, taken, leftover = right.found[:1], right.found[1:], []
            if leftover and stop < len(row) and row[stop].kind in ("lyde", "move", "repeal", "insert"):
                cut = max((f.end for f in taken), default=0)
                onward = right_row[cut:]
            else:
                onward = []
                if leftover:
                    taken = right.found
            moves = tuple(zip(left, taken, strict=False)) if len(left) == len(taken) else ()
            missed = tuple(t.text for t in reading.unknown + (right.unknown if not onward else []))
            unknown.extend(missed)
            doubts = () if moves else (f"{len(left)} places become {len(taken)}",)
            start = buffer[0].start if buffer else token.start
            acts.append(
                Act(
                    "move",
                    (),
                    moves,
                    places=tuple(right.places),
                    unknown=missed,
                    start=start,
                    end=row[stop - 1].end,
                    pending=any(t.kind == "endring" for t in buffer),
                    doubts=doubts,
                )
            )
            if not moves:
                acts[-1] = acts[-1]._replace(found=tuple(left) + tuple(taken))
            if left:
                final = taken[-1] if taken and moves and left[-1].path[-1].kind == "§" else left[-1]
                current = tuple(Step(s.kind, s.value) for s in final.path if s.kind not in ("overskrift", "innledning"))
            buffer = onward
            index = stop
            continue
        elif kind == "replace":
            stop = len(row)
            clause = [*buffer, token, *row[index + 1 : stop]]
            quotes = [t for t in clause if t.kind == "quote"]
            ahead = [t for t in row[index + 1 :] if t.kind not in ("til", "silent", "aside", "stop")]
            if (
                not quotes
                and buffer
                and (
                    (ahead and ahead[0].kind == "colon" and len(ahead) == 1)
                    or re.fullmatch(r"\s*(?:med|av|til)?\s*(?:følgende|følgjande)\s*:?\s*", text[token.end :])
                )
            ):  # "§ 3 annet ledd endres til:", "§ 3 erstattes med følgende:"
                reading = Reading(buffer, current)
                finish("lyde", reading.found, reading, token.end)
                opens = True
                buffer = []
                break
            by_new = re.match(
                r"(?P<where>.+?)\s(?:med|av)\s(?:følgende|følgjande|denne|disse|desse|nytt|ny|nye)\b[^:]*:\s*$",
                text[token.end :],
            )
            if not quotes and by_new and not buffer_has_target(buffer):
                # "erstattes § 3 første ledd med følgende:"
                reading = Reading(tokens(by_new["where"]), current)
                finish("lyde", reading.found, reading, len(text))
                opens = True
                buffer = []
                break
            if not quotes and buffer and ahead and re.match(r"\s+til\b", text[token.end :]):
                # "§ 14 endres til § 17", "fjerde til femte ledd endres til nytt femte til sjette ledd"
                leaving = Reading(buffer, current)
                base = leaving.found[0].path if leaving.found else ()
                end = next(
                    (i for i in range(index + 1, len(row)) if row[i].kind in ("stop", "lyde", "current")), len(row)
                )
                arriving = Reading(row[index + 2 : end], base, base[-1].kind if base else "")
                if (
                    leaving.found
                    and len(leaving.found) == len(arriving.found)
                    and not leaving.unknown
                    and not arriving.unknown
                ):
                    moves = tuple(zip(leaving.found, arriving.found, strict=True))
                    acts.append(Act("move", (), moves, start=buffer[0].start, end=row[end - 1].end))
                    onwards = arriving.found[-1].path if base[-1].kind == "§" else leaving.found[-1].path
                    current = tuple(
                        Step(s.kind, s.value) for s in onwards if s.kind not in ("overskrift", "innledning")
                    )
                    buffer, index = [], end
                    continue
            if quotes:
                pairs, doubt = _pairs(clause)
                places_row = _without_quotes(clause)
                reading = Reading(places_row, current)
                finish("words", reading.found, reading, clause[-1].end, words=pairs, doubts=(doubt,) if doubt else ())
                buffer = []
                index = stop
                continue
            unquoted = next((m for m in (p.match(text) for p in _UNQUOTED) if m), None)
            if unquoted and not acts:
                reading = Reading(tokens(unquoted["where"]), current)
                if reading.found:
                    finish(
                        "words",
                        reading.found,
                        reading,
                        len(text),
                        words=(Words(unquoted["old"].strip(), unquoted["new"].strip()),),
                    )
                    buffer = []
                    break
            buffer.append(token)
            unknown.append(token.text)
        elif kind == "insert":
            clause = buffer + row[index + 1 :]
            quotes = [t for t in clause if t.kind == "quote"]
            colon = next((t for t in row[index + 1 :] if t.kind == "colon"), None)
            if quotes and not (colon and colon.start < quotes[0].start):
                reading = Reading(_without_quotes(clause), current)
                where = [i for i, t in enumerate(clause) if t.text.lower() in ("etter", "foran", "før", "bak")]
                words: tuple[Words, ...] = ()
                if len(quotes) == 2 and where:
                    anchor_after = clause[where[0]].start < quotes[0].start
                    anchor, added = (quotes[0], quotes[1]) if anchor_after else (quotes[1], quotes[0])
                    before = clause[where[0]].text.lower() in ("foran", "før")
                    a, b = anchor.text[1:-1].strip(), added.text[1:-1].strip()
                    glue = "" if b[:1] in ",.;" else " "
                    words = (Words(a, b + " " + a if before else a + glue + b),)
                finish(
                    "words",
                    reading.found,
                    reading,
                    clause[-1].end,
                    words=words,
                    doubts=() if words else ("words to put in, the place among the words is not told",),
                )
            else:
                end = next((i for i, t in enumerate(row[index + 1 :], index + 1) if t.kind == "colon"), len(row))
                clause = buffer + row[index + 1 : end]
                reading = Reading(clause, current)
                found = [Found((*f.path[:-1], f.path[-1]._replace(new=True)), f.until) for f in reading.found if f.path]
                buffer = clause
                finish("lyde", found, reading, row[min(end, len(row) - 1)].end)
                opens = True
                if end < len(row) - 1 and row[end].kind == "colon":
                    content_start = row[end].end + 1
            buffer = []
            break
        elif kind == "stop" and buffer and not buffer_has_target(buffer):
            buffer = []
        else:
            buffer.append(token)
        index += 1
    if not acts:
        return None
    unknown.extend(t.text for t in buffer if t.kind in ("word", "sign", "unit", "ordinal", "number", "quote"))
    return Lead(tuple(acts), current, opens, content_start, tuple(unknown))


_PARTICIPLE = re.compile(
    r"(?:blir |vert )?(?:opphev(?:a|et)|slett(?:a|et)|erstatt(?:a|et)|endr(?:a|et)|fjern(?:a|et)|strok\w+)$",
    re.IGNORECASE,
)


def _passive(row: list[Token], index: int) -> bool:
    """Whether "blir" at *index* belongs to a participle further on ("blir § 7 andre ledd oppheva")."""
    for token in row[index + 1 :]:
        if token.kind in ("stop", "move", "lyde", "current"):
            return False
        if token.kind in ("repeal", "replace"):
            return bool(_PARTICIPLE.match(token.text.strip()))
    return False


_UNQUOTED = (
    re.compile(
        r"(?:I )?(?P<where>.+?),? (?:skal )?(?:erstattes|endres|endrast|rettes|byttes ut) (?:henvisningen|tilvisinga|tilvisningen|henvisninga|ordet|ordene|uttrykket) (?:til )?(?P<old>.+?) "
        r"(?:med|av|til) (?:en |ei )?(?:(?:henvisning|tilvising|tilvisning) til )?(?P<new>.+?)\.?$"
    ),
    re.compile(
        r"(?:I )?(?P<where>.+?) (?:skal|blir|vert) (?:henvisningen|tilvisinga|tilvisningen|henvisninga|ordet|ordene|uttrykket) (?:til )?(?P<old>.+?) (?:endres til|erstattes med|erstattes av|endrast til|erstatta med|endra til) "
        r"(?:(?:en |ei )?(?:henvisning|tilvising) til )?(?P<new>.+?)\.?$"
    ),
    re.compile(
        r"(?:[Hh]envisningen|[Tt]ilvisinga|[Tt]ilvisningen|[Oo]rdet|[Oo]rdene) (?:til )?(?P<old>.+?) i (?P<where>§.+?) (?:endres til|erstattes med|erstattes av|endrast til|blir erstatta med|blir endra til) "
        r"(?:(?:en |ei )?(?:henvisning|tilvising) til )?(?P<new>.+?)\.?$"
    ),
)


def _carried(found: Found, context: Path) -> Found:
    """A sentence or letter that moves within a section belongs to the ledd that the lead before named there."""
    path = found.path
    if (
        len(path) == 2
        and len(context) > 2
        and path[0].kind == "§" == context[0].kind
        and path[0].value == context[0].value
        and context[1].kind == "ledd"
        and path[1].kind == context[-1].kind
        and path[1].kind in ("setning", "bokstav")
    ):
        return found._replace(path=(*context[:-1], path[1]))
    return found


def buffer_has_target(row: list[Token]) -> bool:
    """Whether the tokens name a place (a unit, a section, a heading)."""
    return any(t.kind in ("sign", "unit", "heading", "intro") for t in row)


def _without_quotes(row: list[Token]) -> list[Token]:
    """The row without quotations, the verb, and the prepositions that belong to them."""
    kept: list[Token] = []
    for index, token in enumerate(row):
        if token.kind in ("quote", "replace", "colon", "insert"):
            continue
        following = next((t for t in row[index + 1 :] if t.kind not in ("silent", "aside", "letter")), None)
        if token.kind in ("til", "prep") or token.text.lower() in ("med", "av", "ved", "fra"):
            if following is not None and following.kind == "quote":
                continue
            if token.text.lower() in ("med", "av", "ved", "fra"):
                continue
        if token.kind in ("conj", "comma") and following is not None and following.kind == "quote":
            continue
        kept.append(token)
    return kept
