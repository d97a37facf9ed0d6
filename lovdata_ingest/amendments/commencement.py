"""When an amending act, and each of its instructions, came into force, and which source says so.

Sources in this order: the act's own clause; a commencement decision in the gazette; the note of amendment under the
section. A clause or decision is read into rules, each with a scope (roman parts, amended acts, sections, ledd) and a
date; the narrowest rule that covers an instruction decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.amendments.instruction import Amendment, Operation, Target
from lovdata_ingest.amendments.names import Names, citations, date_of
from lovdata_ingest.amendments.prose import MONTHS, read_lead
from lovdata_ingest.amendments.tree import number_key
from lovdata_ingest.model import Document
from lovdata_ingest.sentences import split_sentences

Source = Literal["clause", "decision", "note", "none"]

_DATE = re.compile(
    r"\b(?:den )?(\d{1,2})\. ?(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)(?: (\d{4}))?",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:fr[aå]|på) (?:den|det|dei?) (?:tid(?:a|en|spunkt(?:et)?)?|tida)(?: som)? (?:\w+ ){0,3}?(?:bestemm?er|fastset(?:ter)?|avgjer|fastsett|føreskriv|fastlegger|vedtek)|(?:Kongen|departementet|Kongen i statsråd) (?:bestemmer|fastset|fastsetter|avgjer)(?: når)?|Kongen fastset|når (?:Kongen|departementet) (?:bestemmer|fastset)|det tidspunkt(?:et)? Kongen|tidspunkt departementet fastsetter",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:straks|med det same|umiddelbart|med umiddelbar virkning|ved kunngjøringen|frå i dag|fra i dag|omgående|med ein gong)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:tr(?:er|ør|ed|e|eng|ing) (?:ikke |likevel |også |straks |derfor |dermed |imidlertid |òg |tidligst )?i kr(?:a|e)ft|(?:sett?es|setjast|sett|setter|blir sett|vert sett|settast) i kraft|set(?:je|te)?r? i kraft|(?:skal )?gjeld(?:er|e)?|(?:tek|tar|ta|tek det|skal ta) (?:likevel |også |òg )?til å gjelde|byrjar å gjelde|"
    r"ikraftset(?:ting|tes|jing)|iverkset(?:ting|jing)|ikrafttred(?:else|en|ing)|ikraftsetjing|i kraft(?: straks)?(?= fr| \d| straks| same)|får virkning|oppheves|skal settes i kraft|iverksettes|ikraftsettes)\b",
    re.IGNORECASE,
)
_COMMENCES = re.compile(r"kr(?:a|e)ft|gjeld|ikraft|iverks", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:med unntak (?:av|for|frå|fra)|med unnatak (?:av|for|frå)|unntatt|unnateke|bortsett fra|bortsett frå|utenom|men ikke|dog ikke|likevel ikke|med følgende unntak)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:for øvrig|øvrige|resten|elles|ellers|dei andre|de andre|de resterende|resterende|attståande|andre endring)",
    re.IGNORECASE,
)
_ROMANS = r"(?:[IVXLC]+(?![\w]))"
_PARTS = re.compile(
    rf"\b(?:under|i|delane|delene|del|avsnitt(?:ene)?|romertall(?:ene)?|romartal|pkt\.?|punktene|punkta|punkt|under punkt|(?:lovens|lovas|loven|lova|endringsloven|endringslova)(?: del)?)\s(?P<list>{_ROMANS}(?:\s*(?:,|og|til|–|-|samt)\s*(?:(?:del|romertall)\s)?{_ROMANS})*)"
    r"(?:\s?,?\s?(?:nr\.?|nummer)\s?(?P<items>\d+(?:\s?(?:,|og|til)\s?(?:nr\.?\s?)?\d+)*))?",
    re.IGNORECASE,
)
_ONE_EXCEPTION = re.compile(
    r",?\s(?:med unntak (?:av|for)|med unnatak (?:av|for)|unntatt)\s(?P<what>.+?)(?=,?\s(?:og\s|samt\s)?(?:del|romertall)\s[IVXLC]+\b|,?\s(?:trer|settes|tek|tar|gjelder|blir)\b|$)"
)
_ABOUT_LAW = re.compile(
    r"[Ll]ov(?:en|a|ens|as|vedtak\w*|endring\w*)?\b|[Ee]ndringslov|Følgende|Følgjande|[Ii]kraft|[Bb]estemmels|[Ff]øreseg|[Ee]ndring(?:er|ar|ene|ane)\b|[Øø]vrige"
)
_LOW_EXCEPTION = re.compile(
    r"\s*(?:av\s)?(?P<low>(?:bokstav|nr\.?|\w+ (?:ledd|punktum))\b[^§,]*?)(?:,|\sog)\s(?P<rest>.*§.*)"
)
_PIECES = re.compile(
    r",?\s(?:(?:og|samt)\s)?(?:(?:endring(?:en|ene|a|ane)|opphevels(?:en|ene)|opphev(?:inga|ingen)|oppheving|tilføyelsen)\s(?:i|av)\s(?:ny\s)?|(?:ny|nye)\s)(?=§|[Kk]ap)"
)


_NO_DECISION = re.compile(
    r"(?:Forskrift om (?:endring|opphev|overgang|delegering)|Delegering|Overgangs|Endringer i forskrift|Endring i forskrift|Opphevelse)",
    re.IGNORECASE,
)
_OF_REGULATION = re.compile(
    r"(?:ikraft\w*|i kraft|iverks\w*|sette i verk)(?:\s\w+){0,2}?\s(?:av|for)\s(?:endring\w*\s(?:i|av)\s)?(?:deler av )?(?:ny )?(?:forskrift|instruks|EØS|vedtak|avtale|konvensjon)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"utset|fremskynd|framskynd|framskund|utsatt|endr(?:ing|et|a) (?:av|i) (?:delvis |delt )?(?:ikraft|iverks|vedtak|kgl|kongeleg|res|tidspunkt|forskrift)|endret ikraft|ny(?:tt)? (?:ikraft|tidspunkt|dato)|opphev\w* (?:av )?(?:vedtak|ikraft|kgl|kongel|res|delvis)|omgjøring|tilbakekall|oppheving av",
    re.IGNORECASE,
)


def decides(title: str) -> bool:
    """Whether the title of a regulation speaks of putting an act into force."""
    return (
        bool(re.search(r"ikraft|i kraft|sett?e i verk|iverks", title, re.IGNORECASE))
        and not _NO_DECISION.match(title)
        and not _OF_REGULATION.search(title)
    )


class Scope(Struct, frozen=True, omit_defaults=True):
    """A piece of an amending act: its roman part or closing section, a number in that, the amended act, and places there.

    Empty fields set no limit.
    """

    part: str = ""
    item: str = ""
    act: str = ""
    places: tuple[Target, ...] = ()


class Rule(Struct, frozen=True, omit_defaults=True):
    """What comes into force and when. ``date`` None: left to somebody to decide.

    ``scopes`` are what it is limited to (none: the whole act), ``without`` what is excepted. ``rest`` marks "for øvrig",
    ``changes`` a decision that changes an earlier one.
    """

    date: dt.date | None
    source: str
    words: str = ""
    scopes: tuple[Scope, ...] = ()
    without: tuple[Scope, ...] = ()
    rest: bool = False
    decided: dt.date = dt.date.min
    kind: Source = "clause"
    changes: bool = False


class Commenced(Struct, frozen=True, omit_defaults=True):
    """From when an instruction applies. ``date`` None: not in force, or not known; ``source`` and ``words`` say why."""

    date: dt.date | None
    source: Source
    document: str = ""
    words: str = ""
    doubts: tuple[str, ...] = ()


def _dates(text: str, basis: dt.date) -> list[tuple[int, int, dt.date | None]]:
    """Dates of commencement in a sentence: start, end, date or None where somebody decides."""
    found: list[tuple[int, int, dt.date | None]] = []
    for match in _NOW.finditer(text):
        found.append((match.start(), match.end(), basis))
    for match in _OPEN.finditer(text):
        found.append((match.start(), match.end(), None))
    year_later = None
    for match in reversed(list(_DATE.finditer(text))):
        before = text[max(0, match.start() - 26) : match.start()]
        if (
            re.search(
                r"\b(?:[Ll]ov(?:en|a|er)?(?: av)?|[Ff]orskrift(?: av)?|res\.?|resolusjon|[Vv]edtak|[Dd]irektiv|loven?\)?|lov) $",
                before,
            )
            or re.match(r" nr\.? ?\d", text[match.end() :])
            or before.endswith(" av ")
        ):
            continue
        if (
            re.search(r"(?:virkning|verknad|gjeldende|gjeldande)(?: også)? (?:fra|frå)?(?: og med)? ?$", before)
            and not re.search(
                r"(?:kraft|gjelde|gjelder|gjeld) med (?:virkning|verknad) (?:fra|frå)(?: og med)? ?$",
                text[: match.start()],
            )
            and (found or _NOW.search(text))
        ):
            continue
        if re.search(
            r"som (?:er|ble|blei|vart) (?:satt|sett) i kraft (?:fra |frå )?$|som tr(?:ådte|ådde|edde) i kraft (?:fra |frå )?$",
            text[: match.start()],
        ):
            continue
        if re.search(
            r"\b(?:etter|før|innen|inntil|til|per|pr\.?|senest|seinast|utgangen av|til og med|tidligst(?: fra| frå)?|tidlegast(?: frå)?|avsluttet|avsluttes|avslutta|starter|påbegynt|påbegynnes|født|fødd|skjer|inngått|stiftet) $",
            before,
        ) or re.match(r" (?:eller|og) (?:senere|seinare|seinere)\b", text[match.end() :]):
            continue
        year = int(match[3]) if match[3] else year_later
        if year is None:
            continue
        year_later = year
        try:
            day = dt.date(year, MONTHS[match[2].lower()], int(match[1]))
        except ValueError:
            continue
        found.append((match.start(), match.end(), day))
    return sorted(found)


_EFFECT = re.compile(
    r"(?:virkning|verknad) (?:fra|frå|for)(?: og med)? (?:(?:inntektsåret|skatteåret|eiendomsskatteåret|eigedomsskatteåret|skattleggingsperioden|inntektsår|budsjettåret) (?P<income>\d{4})\b|(?P<date>\d{1,2}\. ?[a-z]+ \d{4})|[^.]{3,70}? som (?:skjer|foretas|blir gjort) (?P<done>\d{1,2}\. ?[a-z]+ \d{4}) eller sei?nere)"
)


def _first_date(text: str) -> dt.date | None:
    match = _DATE.search(text)
    try:
        return dt.date(int(match[3]), MONTHS[match[2].lower()], int(match[1])) if match and match[3] else None
    except ValueError:
        return None


def _roman_list(text: str) -> list[str]:
    names = [
        "",
        *"I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII XXVIII XXIX XXX".split(),
    ]
    found: list[str] = []
    ranged = False
    for token in re.findall(r"[IVXLC]+|til|–|-", text):
        if token in ("til", "–", "-"):
            ranged = True
        elif token in names:
            if ranged and found and found[-1] in names and names.index(found[-1]) < names.index(token):
                found += names[names.index(found[-1]) + 1 : names.index(token) + 1]
            else:
                found.append(token)
            ranged = False
    return found


_HEAD = re.compile(
    r"(?:Følgende|Følgjande|Desse|Disse|Fylgjande)\b[^.:]*\b(?:trer|settes|tek|tar|gjeld|gjelder|blir|vert|skal)\b.*:\s*$|.*\b(?:trer|settes|tek|gjelder) [^:]{0,40}(?:straks|\d{4}):\s*$|(?:Fra|Frå|Med virkning fra)\s.*\b(?:trer|settes|tek)\s(?:følgende|følgjande)\b.*:\s*$|Ikraft\w*\s(?:fra|frå)\s[^:]*\d{4}\sav\s(?:følgende|følgjande)\b.*:\s*$"
)


_EXCEPTS_BELOW = re.compile(r"(?:med unntak (?:av|for)|unntatt)\s*:?$")


def _with_exceptions(lines: list[str]) -> list[str]:
    """Lines, those that end in "med unntak av" together with the items below that they except."""
    joined: list[str] = []
    below = False
    for line in (each.strip() for each in lines):
        if joined and _EXCEPTS_BELOW.search(joined[-1]):
            below = True
            joined[-1] = f"{joined[-1].rstrip(': ')} {line}"
        elif below and re.match(r"[a-zæøå§]", line):
            joined[-1] = f"{joined[-1].rstrip(' ,.')}, {line}"
        else:
            below = False
            joined.append(line)
    return joined


def _sentences(text: str) -> list[str]:
    """The sentences of a clause; lines under "Følgende trer i kraft 1. juli:" take its date."""
    found: list[str] = []
    head = section = ""
    for line in _with_exceptions(text.split("\n")):
        line = line.strip()
        pieces: list[str] = []
        for a, b in split_sentences(line):
            piece = line[a:b]
            if pieces and re.match(r"[§a-zæøå(]", piece):
                pieces[-1] += " " + piece
            else:
                pieces.append(piece)
        if pieces and _HEAD.match(pieces[-1]) and (_DATE.search(pieces[-1]) or _NOW.search(pieces[-1])):
            section = ""
            first = re.match(
                r"(?:Fra|Frå|Med virkning fra|Ikraft\w*\s(?:fra|frå))\s(?:og med\s)?(?P<day>[^:]*?\d{4})\s(?:trer|settes|tek|av)\s",
                pieces[-1],
            )
            if first:  # "Fra 1. januar 2020 trer følgende i kraft:"
                pieces.pop()
                head = f"trer i kraft {first['day']}"
                found += pieces
                continue
            head = re.sub(
                r"^(?:Følgende|Følgjande|Desse|Disse|Fylgjande)\s*(?:bestemmelser|føresegner|endringer|endringar|deler av loven)?\s*(?:i loven\s)?",
                "",
                pieces.pop().rstrip(": "),
            )
            found += pieces
            continue
        for piece in pieces:
            if head and re.search(r"(?:for så vidt gjelder|som gjelder|for så vidt)[^:]{0,30}:\s*$", piece):
                section = piece.rstrip(": ") + " "  # the part that the lines below belong to
                continue
            if section and re.match(r"(?:Endrings?lov|[Dd]el [IVX]|Loven?s? del|Avsnitt)", piece):
                section = ""
            piece = section + piece
            if (
                head
                and not _dates(piece, dt.date.max)
                and not _VERB.search(re.sub(r"\boppheve\w*|opphevelse", "", piece))
            ):
                hit = _EXCEPT.search(piece)
                body = piece.rstrip(" .,;")
                if hit and _LOW_EXCEPTION.match(body[hit.end() :]):
                    hit = None  # an exception to one place inside a list
                found.append(
                    f"{body[: hit.start()].rstrip(' ,')} {head}, {body[hit.start() :]}" if hit else f"{body} {head}"
                )
            else:
                head = "" if _dates(piece, dt.date.max) else head
                found.append(piece)
    return found


def _numbers(text: str) -> list[str]:
    """``1, 3 til 5`` as single numbers."""
    found: list[str] = []
    ranged = False
    for word in re.findall(r"\d+|til", text):
        if word == "til":
            ranged = True
        elif ranged and found:
            found += [str(n) for n in range(int(found[-1]) + 1, int(word) + 1)]
            ranged = False
        else:
            found.append(word)
    return found


class Shape(Struct, frozen=True):
    """What an amending act consists of: its parts as instructions name them, and the acts that it changes.

    ``within`` holds the acts that each part changes; ``title`` is the act's own, in comparable words.
    """

    parts: frozenset[str]
    acts: frozenset[str]
    within: dict[str, frozenset[str]] = {}
    title: tuple[str, ...] = ()


class Clauses:
    """Reads clauses and decisions into rules."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.shapes: dict[str, Shape] = {}

    def scopes(self, text: str, amendment: str, at: dt.date) -> tuple[Scope, ...]:
        """What *text* names: parts, amended acts and places, each place with the part and act before it."""
        free = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), text)
        shape = self.shapes.get(amendment)
        events: list[tuple[int, int, str, Any]] = []
        titles: list[tuple[int, int]] = []  # names of amending acts, which name the acts that they amend
        for refid, start, end in citations(free):
            if refid == amendment or re.match(r"\s?om (?:ei?n? )?endring", free[end:]):
                follow = re.match(
                    r"[^§]*?\bom (?:ei?n? )?endring(?:er|ar)? (?:i|av) [^§]*?(?=(?:,| del | avsnitt | romertall |\s(?:skal|trer|tek|settes|blir|§|med unntak|gjeld|tas))|$)",
                    free[end:],
                    re.IGNORECASE,
                )
                lead = re.search(r"\b[Ll]ov(?:en|a)? (?:av )?(?:den )?$", free[:start])
                title_end = _title_end(free, end, self.shapes.get(refid))
                titles.append((lead.start() if lead else start, title_end or end + (follow.end() if follow else 0)))
                if refid != amendment:
                    events.append((start, end, "act", self.own_act(refid, shape)))
            elif not _within(start, titles) and re.search(
                r"[Ll]ov(?:en|a)? (?:av )?(?:den )?$", free[max(0, start - 12) : start]
            ):
                events.append((start, end, "act", self.own_act(refid, shape)))
        named = re.search(
            r"(?:^|av |[Ff]or )(?:[Ll]ov )?[Ll]?ov om (?:ei?n? )?endring(?:er|ar)? (?:i|av) [^§]*?(?=(?:,? del | avsnitt | romertall |\s(?:skal|trer|tek|settes|blir|gjeld|gjelder|§|med unntak))|$)",
            free,
        )
        if named and not citations(named[0]):
            titles.append(named.span())
        for match in re.finditer(r"\b[\wæøåÆØÅ-]*[a-zæøå]lov(?:en|a|ens|as)?\b(?: 2005)?", free):
            word = re.sub(r"(?<=en|va)s$", "", match[0])
            if re.fullmatch(r"(?:endrings?)?lov(?:en|a)?", word, re.IGNORECASE) or _within(match.start(), titles):
                continue
            if self.names.may_mean(word, amendment):
                if re.match(r"\s(?:§|[Kk]ap)", free[match.end() :]):
                    events.append((match.start(), match.end(), "act", amendment))
                continue
            named_act = "lov/2005-05-20-28" if word.endswith("2005") else self.names.resolve(word, at)
            if named_act and shape is not None and named_act not in shape.acts:
                later = self.names.resolve(word, dt.date.max)
                named_act = later if later in shape.acts else self.own_act(named_act, shape)
            if re.match(
                r"\s(?:m\.\s?m\.|mv\.?|m\.\s?v\.|m\.\s?fl\.?|og (?:i )?(?:enkelte |nokre )?andre lov)",
                free[match.end() :],
            ):
                continue  # "Endringene i kommuneloven m.m." are all of them
            if named_act and named_act != amendment:
                events.append((match.start(), match.end(), "act", named_act))
        for match in re.finditer(r"\b[Ll]ov om [^§:;]{6,160}", free):
            if _within(match.start(), titles) or any(a <= match.start() < b for a, b, _, _ in events):
                continue
            words = match[0]
            while len(words) > 12:
                titled = self.names.titled(words)
                if titled and (shape is None or titled in shape.acts):
                    events.append((match.start(), match.start() + len(words), "act", titled))
                    break
                words = words[: max(words.rfind(" "), words.rfind(","))]
        for match in _PARTS.finditer(free):
            if not _within(match.start(), titles) and any(c.isupper() for c in match["list"][:1]):
                romans = _roman_list(match["list"])
                if match["list"][:1].islower() or re.search(
                    r"\b[Kk]ap\w*\.? \d+ ?[A-Za-z]?,? $", free[: match.start()]
                ):
                    continue  # "kapittel 12 avsnitt II"
                if (
                    romans == ["I"]
                    and re.match(r"\s(?:lov|den|endring|[\wæøå-]+lov)", free[match.end() :])
                    and match[0].lower().startswith("i")
                ):
                    continue
                named_in = (
                    re.match(r"\s?\(([\wæøå-]+lov(?:en|a)?)\)", text[match.end() :]) if len(romans) == 1 else None
                )
                if named_in and shape is not None and romans[0].lower() not in shape.parts:
                    act_meant = self.names.resolve(named_in[1], at)
                    if act_meant in shape.acts:  # the decision counts the parts otherwise
                        events.append((match.start(), match.end(), "act", act_meant))
                        continue
                events.append((match.start(), match.end(), "part", (romans, _numbers(match["items"] or ""))))
        for _, end in list(titles):  # "Lov … om endringer i … (…) kapittel III barnevernloven kapittel 7"
            chapter = re.match(rf"[\s,.]*kapittel\s({_ROMANS}(?:\s*(?:,|og|til|–|-|samt)\s*{_ROMANS})*)", free[end:])
            if chapter and any(r.lower() in (shape.parts if shape else ()) for r in _roman_list(chapter[1])):
                events.append((end + chapter.start(1), end + chapter.end(1), "part", (_roman_list(chapter[1]), [])))
                onward = (
                    rf"(?:og|,|samt)\s+kapittel\s({_ROMANS})(?:\s(?:til og med|til|–)\s(?:kapittel\s)?({_ROMANS}))?"
                )
                for more in re.finditer(onward, free[end + chapter.end() :]):
                    at_start, at_end = (end + chapter.end() + position for position in (more.start(1), more.end()))
                    romans = _roman_list(f"{more[1]} til {more[2]}" if more[2] else more[1])
                    events.append((at_start, at_end, "part", (romans, [])))
        opening = re.match(
            rf"\s*({_ROMANS}(?:\s?(?:,|og|til|–|-|samt)\s?{_ROMANS})*)(?=\s(?:§|trer|settes|tek|gjeld|skal))", free
        )
        if opening and not any(e[0] < opening.end() for e in events):
            events.append((opening.start(1), opening.end(1), "part", (_roman_list(opening[1]), [])))
        if any(e[2] == "part" for e in events):
            for match in re.finditer(
                rf"(?:,|\bog|\bsamt)\s({_ROMANS})(?=\s§|\s*(?:trer|settes|tek|,|$)|\s(?:og|samt)\s)", free
            ):  # "Romertall I § 2, II § 3 og III"
                if not _within(match.start(), titles) and not any(a <= match.start(1) < b for a, b, _, _ in events):
                    events.append((match.start(1), match.end(1), "part", ([match[1]], [])))
        taken = [(a, b) for a, b, _, _ in events]
        for match in re.finditer(r"§|\b[Kk]ap(?:ittel|itla|itlene|\.)", free):
            if (
                _within(match.start(), titles)
                or any(a <= match.start() < b for a, b in taken)
                or any(e[2] == "places" and e[0] <= match.start() < e[1] for e in events)
            ):
                continue
            limit = min([a for a, _ in (*taken, *titles) if a > match.start()] + [len(free)])
            tail = re.search(
                r"\b(?:trer|settes|tek|gjelder|gjeld|skal|får|blir|for så vidt|for så vitt|når det gjelder)\b",
                free[match.start() : limit],
            )
            stop = match.start() + tail.start() if tail else limit
            piece = re.sub(
                r"(?:,|\bog|\bsamt|\bsom|\bi|\bog i|\bendring\w*|\bny|\bnytt|\bnye|\bavgjerder|[.;:\s])+$",
                "",
                free[match.start() : stop].strip(),
            )
            targets = []
            piece = re.sub(r"\bnr\. (\d{1,2})-(\d{1,2})\b", r"nr. \1 til \2", piece)
            for each in _PIECES.split(piece):
                read = read_lead(each.strip(" ,.;") + " oppheves") if each.strip(" ,.;") else None
                targets += [f.target("") for act in (read.acts if read else ()) for f in act.found]
            events.append((match.start(), stop, "places", tuple(t for t in targets if t.steps)))
        events.sort(key=lambda e: e[:2])
        found: list[Scope] = []
        current: Scope | None = None
        closed = False  # the part came after its places: what follows is another scope
        for index, (start, end, kind, value) in enumerate(events):
            if (
                closed
                and current is not None
                and not (
                    kind == "act"
                    and re.search(r"\bom endring\w* (?:i|av) (?:lov )?$", free[max(0, start - 24) : start])
                )
            ):
                found.append(current)
                current, closed = None, False
            if kind == "part":
                romans, items = value
                attached = re.search(
                    r"\b(?:i|under|jf\.?(?: lovvedtaket| lovens| loven)?)\s+$", free[max(0, start - 20) : start]
                ) or re.match(r"(?:i|under)\s", free[start:end], re.IGNORECASE)
                if (
                    current is not None
                    and (current.places or current.act)
                    and not current.part
                    and len(romans) == 1
                    and attached
                ):
                    current = replace(current, part=romans[0])  # "§ 2-1 første ledd i lovens del I"
                    closed = True
                    continue
                if current is not None:
                    found.append(current)
                for roman in romans[:-1]:
                    found.append(Scope(roman))
                for item in items[:-1]:
                    found.append(Scope(romans[-1], item))
                current = Scope(romans[-1] if romans else "", items[-1] if items else "")
            elif kind == "act":
                after = bool(
                    current is not None
                    and current.places
                    and not current.act
                    and re.search(r"\bi\s(?:den |lov )?$|\bi\s$", free[max(0, start - 8) : start])
                )
                if current is None:
                    current = Scope(act=str(value))
                elif after or (closed and not current.act):  # "§ 5 i avsnitt I om endringer i panteloven"
                    current, closed = replace(current, act=str(value)), after
                elif current.act == value and not current.places:
                    pass
                elif (
                    shape is not None
                    and current.part
                    and not current.act
                    and value not in shape.acts
                    and len(shape.within.get(current.part.lower(), ())) == 1
                ):  # a citation that fits no amended act, in a part that amends one act
                    current = replace(current, act=next(iter(shape.within[current.part.lower()])))
                elif (
                    current.part
                    and not current.act
                    and not current.places
                    and not (shape is not None and value in shape.within.get(current.part.lower(), ()))
                    and re.fullmatch(r",?\s*(?:og|samt)?\s*", free[events[index - 1][1] : start])
                    and "," in free[events[index - 1][1] : start]
                ):
                    found.append(current)  # "…, del VI, straffegjennomføringsloven § 6"
                    current = Scope(act=str(value))
                elif current.places or current.act:
                    found.append(current)
                    current = Scope(current.part, current.item, str(value))
                else:
                    current = replace(current, act=str(value))
            else:
                own: list[Target] = []
                for target in value:
                    label = "§" + (target.section or "")
                    if (
                        shape is not None
                        and label.lower() in shape.parts
                        and (
                            current is None
                            or current.act in ("", amendment)
                            or (target.value("nummer") and f"samt {label.replace('§', '§ ')} " in free[start:end])
                        )
                        and not target.until
                    ):
                        # a closing section of the amending act itself: "§ 15 nr. 3, endringene i lov …"
                        if own:
                            found.append(replace(current or Scope(), places=tuple(own)))
                            reaches = (
                                own[-1].until.lower() == label.lower() and (target.value("nummer") or "").isdigit()
                            )
                            if reaches:  # "§ 1 til § 15 nr. 2": the numbers before it too
                                found += [Scope(label, str(n)) for n in range(1, int(target.value("nummer") or 1))]
                            own = []
                        elif current is not None:
                            found.append(current)
                        current = Scope(label, target.value("nummer") or "")
                    else:
                        own.append(target)
                        if (
                            shape is not None
                            and target.until.lower() in shape.parts
                            and (current is None or current.act in ("", amendment))
                            and not any(t.value("nummer") and "§" + (t.section or "") == target.until for t in value)
                        ):
                            found.append(Scope(target.until))  # "§ 20 til § 23", the last of which amends other acts
                if own:
                    if current is None:
                        current = Scope(places=tuple(own))
                    elif current.places:
                        current = replace(current, places=(*current.places, *own))
                    else:
                        current = replace(current, places=tuple(own))
        if current is not None:
            found.append(current)
        if shape is not None and shape.title and "endring" not in " ".join(shape.title[:6]):
            # sections of a new act are its own, not those of the acts that it amends at its end
            found = [replace(s, act=amendment) if s.places and not s.act and not s.part else s for s in found]
        return tuple(found)

    def own_act(self, refid: str, shape: Shape | None) -> str:
        """The amended act that is cited. A citation that fits none is taken for the one amended act that it misses by a slip.

        The slips: another number on the same day, another day with the same number in the same year, another year.
        """
        refid = self.names.canonical(refid)
        if shape is None or refid in shape.acts:
            return refid
        same = [a for a in shape.acts if a.rsplit("-", 1)[0] == refid.rsplit("-", 1)[0]]
        near = [
            a
            for a in shape.acts
            if a.split("-")[0] == refid.split("-")[0] and a.rsplit("-", 1)[1:] == refid.rsplit("-", 1)[1:]
        ]
        if not same and not near:
            near = [a for a in shape.acts if a.count("-") > 2 and a[8:] == refid[8:]]  # the year is wrong
        return same[0] if len(same) == 1 else near[0] if len(near) == 1 else refid

    def rules(
        self, text: str, amendment: str, basis: dt.date, document: str, kind: Source, part: str = ""
    ) -> list[Rule]:
        """The rules in *text* about *amendment*; *basis* is the day that "straks" means."""
        found: list[Rule] = []
        previous: Rule | None = None
        for sentence in _sentences(text):
            spared = re.match(
                r"(?:Dette|Det) gjeld(?:er)? likevel ikk(?:je|e) (?:for )?(?P<what>.+?)(?:,? som .*)?$",
                sentence.strip(),
            )
            if spared and found and not _dates(sentence, basis):  # an exception without a date of its own
                without = self.scopes(spared["what"], amendment, basis)
                found[-1] = previous = replace(found[-1], without=(*found[-1].without, *without))
                continue
            for rule in self.sentence(sentence.strip(), amendment, basis, document, kind, previous):
                found.append(rule)
                previous = rule
        return found

    def nested_exceptions(self, text: str, amendment: str, at: dt.date) -> tuple[str, tuple[Scope, ...]]:
        """Exceptions to single parts ("del IV med unntak av § 6, del V med unntak av § 27"): the rest, and the exceptions."""
        kept: list[str] = []
        without: list[Scope] = []
        end = 0
        for match in _ONE_EXCEPTION.finditer(text):
            kept.append(text[end : match.start()])
            end = match.end()
            before = re.findall(rf"\b(?:del|romertall)\s({_ROMANS})", "".join(kept))
            for scope in self.scopes(match["what"], amendment, at):
                without.append(replace(scope, part=before[-1]) if before and not scope.part else scope)
        return "".join(kept) + text[end:], tuple(without)

    def sentence(
        self, sentence: str, amendment: str, basis: dt.date, document: str, kind: Source, previous: Rule | None
    ) -> list[Rule]:
        """The rules in one sentence; *previous* is the rule before it, for "Det samme gjelder …"."""
        if not sentence or (not _VERB.search(sentence) and not (_EXCEPT.search(sentence) or _DATE.search(sentence))):
            return []
        if re.match(r"(?:Kongen|Departementet) kan ", sentence) and not _DATE.search(sentence):
            return []
        dates = _dates(sentence, basis)
        likewise = re.match(
            r"(?:Dette|Det) gjeld(?:er)? likevel ikk(?:je|e) for (?P<what>.+?),? som (?:trer|tek|settes|blir)", sentence
        )
        if likewise and dates:  # an exception to the rule before, with its own date
            own_scopes = self.scopes(likewise["what"], amendment, basis)
            return (
                [Rule(dates[0][2], document, sentence[:300], own_scopes, (), False, basis, kind)] if own_scopes else []
            )
        if (
            re.match(r"(?:Det same|Det samme|Tilsvarende|Likeeins) gjeld", sentence)
            and previous is not None
            and not dates
        ):
            return [replace(previous, scopes=self.scopes(sentence, amendment, basis), without=(), words=sentence[:300])]
        if (
            not dates
            and previous is not None
            and re.search(r"\b(?:fra|frå) (?:og med )?(?:same|samme) tid(?:spunkt)?", sentence)
        ):
            scopes = self.scopes(sentence, amendment, basis)
            return [replace(previous, scopes=scopes, without=(), words=sentence[:300])] if scopes else []
        if not dates:
            return []
        if not _COMMENCES.search(sentence):
            return []
        if kind == "decision" and re.match(
            r"(?:Endringen|Endringa|Vedtaket|Forskriften|Forskrifta|Resolusjonen|Denne endringen|Delegeringen) (?:trer|tek|gjelder|blir)",
            sentence,
        ):
            return []  # the decision itself
        if re.search(r"\b(?:oppheves|opphevast|opphører|opphøyrer)\b", sentence) and not re.search(
            r"(?:tr(?:er|e|ed) i kraft|settes? i kraft|gjelde|til å gjelde|gjelder fra)", sentence
        ):
            return []
        rules: list[Rule] = []
        held_without: tuple[Scope, ...] = ()
        end_before = 0
        passed = date_of(amendment)
        dates = [d for d in dates if d[2] is None or d[2] >= passed or d[2] == basis]
        held = ""  # what stands before an exception with a date of its own: it takes the date that follows
        for index, (start, end, day) in enumerate(dates):
            segment = sentence[end_before:start]
            aside = _EXCEPT.search(segment) if index == 0 and len(dates) > 1 else None
            if (
                aside
                and re.search(r"\bsom (?:likevel )?(?:trer|settes|tek|tar|gjelder) [^,]{0,25}$", segment)
                and re.match(r",\s|\s(?:og|samt)\s", sentence[end:])
                and re.search(r"\b(?:trer|settes|tek) [^,]{0,25}$", sentence[end : dates[1][0]])
            ):
                excepted = self.scopes(segment[aside.end() :], amendment, basis)
                before = re.findall(rf"\b(?:[Dd]el|[Rr]omertall)\s({_ROMANS})", segment[: aside.start()])
                if before:
                    excepted = tuple(replace(e, part=before[-1]) if not e.part else e for e in excepted)
                rules.append(Rule(day, document, sentence[:300], excepted, (), False, basis, kind))
                held, held_without, end_before = segment[: aside.start()], excepted, end
                continue
            if held:
                segment = held + segment
            after = sentence[end : dates[index + 1][0]] if index + 1 < len(dates) else sentence[end:]
            if index and not segment.strip(" ,og") and rules:
                continue
            without: tuple[Scope, ...] = ()
            if index == 0 and len(_EXCEPT.findall(segment)) > 1:
                segment, without = self.nested_exceptions(segment, amendment, basis)
            exception, own = "", segment
            hit = _EXCEPT.search(segment)
            if hit and index == 0:
                exception, own = segment[hit.end() :], segment[: hit.start()]
            elif hit:
                # "…, med unntak av § 5, som trer i kraft 1. juli": an exception to the rule before, with its own date
                own = segment[hit.end() :]
                if rules:
                    rules[0] = replace(rules[0], without=(*rules[0].without, *self.scopes(own, amendment, basis)))
            elif index and rules and rules[0].without and re.match(r",?\s*(?:og|samt)\b", segment):
                rules[0] = replace(rules[0], without=(*rules[0].without, *self.scopes(own, amendment, basis)))
            if held:
                without, held = (*without, *held_without), ""
            low = _LOW_EXCEPTION.match(exception)
            if low:  # "§ 17-1 første ledd med unntak av bokstav m, § 17-8 og § 17-9"
                above = re.findall(r"§+\s?[^§]*$", own)
                without = (
                    *without,
                    *self.scopes(f"{above[-1].strip(' ,')} {low['low']}" if above else "", amendment, basis),
                )
                part = re.findall(rf"\b(?:[Dd]el|[Rr]omertall)\s({_ROMANS})", own)
                without = tuple(replace(w, part=part[-1]) if part and not w.part else w for w in without)
                own, exception = f"{own.rstrip(' ,')}, {low['rest']}", ""
            if exception:
                # "del I med unntak av § 3-9, del II og del V trer i kraft": the parts go on after the exception
                onward = re.search(r",\s*(?:og\s)?(?:del|romertall|avsnitt) [IVX]+\b", exception)
                if onward and _PARTS.search(own):
                    own, exception = own + " " + exception[onward.start() :], exception[: onward.start()]
                without = (*without, *self.scopes(exception, amendment, basis))
            scopes = self.scopes(own, amendment, basis)
            listed = re.match(r"[^:]{0,40}:\s*(?=\S)", after)
            if (
                listed
                and index + 1 == len(dates)
                and re.match(r"(?:Følgende|Følgjande|Desse|Disse|Fylgjande)\b|.*\b(?:følgende|følgjande)\b", own)
            ):
                scopes = self.scopes(after[listed.end() :], amendment, basis) or scopes
            late = _EXCEPT.search(after)
            if late and index + 1 == len(dates):
                without = (*without, *self.scopes(after[late.end() :], amendment, basis))
            elif index + 1 == len(dates) and not scopes and re.match(r"\s*(?:for|når det gjelder)\s", after):
                scopes = self.scopes(after, amendment, basis)
            if without and scopes and not any(w.part for w in without) and len({c.part for c in scopes if c.part}) == 1:
                without = tuple(replace(w, part=scopes[0].part) if not w.part else w for w in without)
            effect = _EFFECT.search(after) if day == basis else None
            if effect and day is not None:  # "straks med virkning fra og med inntektsåret 2025": so Lovdata prints it
                later_day = (
                    dt.date(int(effect["income"]), 1, 1)
                    if effect["income"]
                    else _first_date(effect["date"] or effect["done"])
                )
                if later_day is not None and later_day > day and later_day.year <= day.year + 2:
                    day = later_day
            if kind == "decision" and not scopes and not _ABOUT_LAW.search(sentence):
                continue  # a treaty, or the decision itself
            if index and rules and not scopes and not rules[-1].without and not _COMMENCES.search(segment):
                continue  # a date of something else: "for utgifter pådratt fra og med 1. januar"
            if kind == "clause" and not scopes and len(sentence) > 60 and not _ABOUT_LAW.search(sentence):
                continue  # a rule of the act on when a judgment or a mandate takes effect
            rules.append(
                Rule(day, document, sentence[:300], scopes, without, _for_the_rest(own, sentence), basis, kind)
            )
            end_before = end
        return rules


def _for_the_rest(scope: str, sentence: str) -> bool:
    """Whether a rule is for what nothing else names: "for øvrig", "med unntak av endringene nevnt i punkt 2"."""
    return bool(_REST.search(scope) or re.search(r"\b(?:nevnt|nemnde?) i (?:punkt|nr)\b", sentence))


def _same_scopes(one: tuple[Scope, ...], two: tuple[Scope, ...]) -> bool:
    """Whether scopes are the same, where one side may leave the act or the part out."""
    if len(one) != len(two):
        return False
    return all(
        a.places == b.places
        and a.item == b.item
        and (a.act == b.act or not a.act or not b.act)
        and (a.part == b.part or not a.part or not b.part)
        for a, b in zip(one, two, strict=True)
    )


def _title_words(text: str) -> list[str]:
    bare = re.sub(r"\([^()]*\)", " ", text)
    return re.findall(r"\w+", re.sub(r"^(?:Midlertidig |Mellombels )?[Ll]ov\s", "", bare).lower())


def _title_end(text: str, start: int, shape: Shape | None) -> int:
    """Where the title of an act ends that *text* prints from *start* on; 0 when its words are not those of *shape*."""
    if shape is None or not shape.title:
        return 0
    end = start
    for word in shape.title:
        match = re.compile(r"\W*(\w+)").match(text, end)
        if match is None or match[1].lower() != word:
            return 0
        end = match.end()
    return end


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _covers(place: Target, act: str, steps: tuple[str, ...]) -> int:
    """How narrowly *place* covers the place *steps* of *act*: 0 not at all."""
    if place.act and place.act != act:
        return 0
    if not place.steps:
        return 1 if place.act else 0
    wanted = [s.lower().replace(" ", "") for s in place.steps]
    have = [s.lower().replace(" ", "") for s in steps]
    if place.section is None and wanted and wanted[0].startswith("kap"):
        if have and have[0] == wanted[0]:
            return 2
        section = next((s[1:] for s in have if s.startswith("§")), "")
        return 2 if section.startswith(wanted[0][3:] + "-") else 0
    have = [s for s in have if not s.startswith("kap")]
    if place.until and place.section and have and have[0].startswith("§"):
        from lovdata_ingest.amendments.tree import order_of

        low, high, key = (
            order_of(number_key(place.section)),
            order_of(number_key(place.until.lstrip("§"))),
            order_of(number_key(have[0][1:])),
        )
        return 3 if low <= key <= high else 0
    wanted = [s for s in wanted if not s.startswith("kap")]
    if not wanted:
        return 0
    if have[: len(wanted)] == wanted:
        return 2 + len(wanted)
    if len(wanted) > 1 and have[:1] == wanted[:1] and _same_below(wanted[1:], have[1:]):
        return 2 + len(wanted)
    return 0


def _same_below(wanted: list[str], have: list[str]) -> bool:
    """Whether steps fit when one side leaves the ledd out ("§ 4 bokstav b" and "§ 4 første ledd bokstav b")."""
    rest = iter(have)
    return bool(have) and all(any(step == other for other in rest) for step in wanted)


class Calendar:
    """Commencement of amending acts: their own clauses, decisions in the gazette, and, when asked, notes."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.clauses = Clauses(names)
        self.decisions: dict[str, list[Rule]] = {}
        self.own: dict[str, list[Rule]] = {}
        self.in_header: dict[str, dt.date | None] = {}
        self.notes: dict[tuple[str, str], list[tuple[dt.date | None, str, str]]] = {}
        self.noted: set[tuple[str, str]] = set()
        self.printed: dict[str, dict[str, dict[str, dt.date | None]]] = {}  # act, section as numbered now, amending act
        self.known: set[str] = set()
        self.chapters: dict[str, dict[str, str]] = {}  # act -> section -> "kap2"
        self.started: dict[str, dt.date] = {}  # acts whose commencement other acts wait for, as their headers give it

    # --- learning ------------------------------------------------------------------------------------------------------

    def learn_decisions(self, documents: Iterable[Document]) -> None:
        """Read commencement decisions; those about several acts are read for each."""
        for document in documents:
            title = document.header.title
            if not decides(title):
                continue
            basis = date_of(document.refid)
            lines = [n.text for n in document.body.walk() if n.text and n.kind not in ("note", "footnote")]
            text = "\n".join(line for line in lines[1:] if line) if len(lines) > 1 else title
            event = re.search(
                r"\b(?P<what>[A-Za-zæøåÆØÅ]{3,}?)(?:et|en|a) er (?:fastsatt|fastsett) til (?P<day>\d{1,2}\. \w+ \d{4})",
                " ".join(n.text for n in document.body.walk()),
            )
            if event:  # "fra det konstituerende møtet", whose day a footnote tells
                named_event = rf"\bde[nt] [\wæøå]+ {event['what'].lower()}(?:et|en|a)\b[^,.]*"
                text = re.sub(named_event, event["day"], text)
            based = re.findall(
                r"lov/\d{4}-\d{2}-\d{2}(?:-\d+)?", " ".join(f[2] for f in document.header.fields if f[0] == "basedOn")
            )
            named = [
                c[0]
                for c in citations(title)
                if not re.search(r"\bom (?:ei?n? )?endring\w* (?:i|av) (?:lov(?:en|a)? (?:av )?)?$", title[: c[1]])
                or c[0] in based
            ] or [c[0] for c in citations(title)]
            inside = [c[0] for line in lines for c in citations(line) if _VERB.search(line)]
            about = list(
                dict.fromkeys([*named[:1], *(n for n in named[1:] if n in inside), *(n for n in inside if n in based)])
            )
            if not about or (len(based) == 1 and about[0] not in self.known and based[0] in self.known):
                about = list(dict.fromkeys([*about, *based]))
            collective = re.search(r"lov(?:endring(?:er|ar)|er) (?:av )?\d", title)
            if collective:
                about = list(dict.fromkeys([*based, *named, *inside]))
            dates = [c.date for c in document.header.in_force if c.date]
            for act in about:
                rules = [
                    r
                    for line in self.own_lines(text, act, about)
                    for r in self.clauses.rules(line, act, basis, document.refid, "decision")
                ]
                own = [r for r in rules if self.about(r.words, act, about)]
                if (
                    not own
                    and not rules
                    and len(set(dates)) == 1
                    and dates[0] >= date_of(act)
                    and not _CHANGED.search(title)
                ):
                    own = [Rule(dates[0], document.refid, title[:200], decided=basis, kind="decision")]
                elif not own and not rules and not _CHANGED.search(title):
                    own = self.clauses.rules(title, act, basis, document.refid, "decision")
                if own:
                    changes = bool(_CHANGED.search(re.split(r"\b(?:av|for|om) lov(?:er|endring\w*)?\b", title)[0]))
                    self.decisions.setdefault(act, []).extend(replace(r, changes=changes) for r in own)

    def own_lines(self, text: str, act: str, about: list[str]) -> list[str]:
        """The paragraphs of a decision that speak of *act*: those that cite another of the acts decided on are left out."""
        lines: list[str] = []
        mine = True
        corrected = re.split(r"\n(?:Vedtaket|Forskriften|Resolusjonen) skal lyde:\n", text)
        if len(corrected) > 1:
            text = corrected[-1]  # "Rettelser": what was printed first does not hold
        for line in text.split("\n"):
            if re.match(r"(?:Merknad|Til §|Overgangsregl|Kommentar|Rettelse)", line):
                break  # explanations and transitional rules put nothing into force
            cited = [c[0] for c in citations(line) if c[0] in about]
            if cited:
                mine = act in cited
            if mine:
                lines.append(line)
        return ["\n".join(lines)]

    def about(self, words: str, act: str, about: list[str]) -> bool:
        """Whether a sentence of a decision speaks of *act*: it cites it, or cites none of the acts decided on."""
        cited = [c[0] for c in citations(words)]
        own = [c for c in cited if c in about]
        if not own:
            return True
        return act in own

    def learn_clauses(self, amendment: Amendment, document: Document | None = None) -> None:
        """Read the act's own clauses on commencement."""
        rules: list[Rule] = []
        basis = date_of(amendment.source)
        within: dict[str, set[str]] = {}
        for instruction in amendment.instructions:
            within.setdefault(instruction.part.lower(), set()).update(o.act for o in instruction.operations if o.act)
        self.clauses.shapes[amendment.source] = Shape(
            frozenset(within),
            frozenset(amendment.acts),
            {part: frozenset(acts) for part, acts in within.items()},
            tuple(_title_words(amendment.title)),
        )
        for part, words in amendment.commencement:
            rules += self.clauses.rules(words, amendment.source, basis, amendment.source, "clause", part)
        self.own[amendment.source] = rules
        self.known.add(amendment.source)
        if document is not None:
            dates = {c.date for c in document.header.in_force}
            if len(dates) == 1 and len(document.header.in_force) == 1:
                self.in_header[amendment.source] = next(iter(dates))

    def learn_notes(self, document: Document) -> None:
        """Take dates from the notes of amendment of a consolidated act; needed only when notes are asked for."""
        from lovdata_ingest.notes import parse_note

        for node in document.body.walk():
            if node.kind not in ("section", "division") or not node.notes:
                continue
            if node.kind == "section" and node.address is None:
                continue
            for note in node.notes:
                for entry in parse_note(note):
                    if not entry.act:
                        continue
                    key = (document.refid, entry.act)
                    self.noted.add(key)
                    if node.kind != "section":
                        continue
                    section = number_key(node.address.section or "") if node.address else ""
                    if section and not entry.pending and entry.action in ("changed", "added", "repealed", "moved"):
                        self.printed.setdefault(document.refid, {}).setdefault(section, {})[entry.act] = entry.date
                    for number in (section, *(number_key(n) for n in entry.former_numbers)):
                        rows = self.notes.setdefault((document.refid + "/" + number, entry.act), [])
                        if entry.in_force:
                            rows += [(f.date, f.scope, f.words) for f in entry.in_force]
                        elif entry.pending:
                            rows.append((None, "", "Endres ved"))
                        else:
                            rows.append((dt.date.max, "", ""))

    def amend_clauses(self, amendment: Amendment) -> None:
        """Take in what *amendment* orders of the clauses on commencement of other amending acts."""
        for operation in amendment.operations():
            act = operation.act
            if act not in self.own or act == amendment.source or operation.action not in ("change", "add"):
                continue
            places = [t for t in operation.targets if t.steps and re.match(r"(?:del|kap)[IVXLC]+$", t.steps[0])]
            text = "\n".join(n.text for c in operation.content for n in c.walk() if n.text)
            if not places or not _COMMENCES.search(text):
                continue
            rules = self.clauses.rules(text, act, date_of(act), amendment.source, "clause")
            if rules and len(places[0].steps) == 1:
                self.own[act] = rules
            elif rules:
                decided = date_of(amendment.source)
                self.own[act] = [*self.own[act], *(replace(r, decided=decided, changes=True) for r in rules)]

    # --- asking --------------------------------------------------------------------------------------------------------

    def rules_for(self, act: str) -> list[Rule]:
        """The rules of the act's own clauses, then those of decisions about it."""
        return [*self.own.get(act, []), *self.decisions.get(act, [])]

    def dates(self, act: str) -> tuple[set[dt.date], Source]:
        """All dates on which parts of *act* came into force, and the source; an empty set means not in force."""
        own = {r.date for r in self.own.get(act, []) if r.date is not None}
        decided = {r.date for r in self.decisions.get(act, []) if r.date is not None}
        if decided:
            return own | decided, "decision"
        if own:
            return own, "clause"
        return set(), "none"

    def when(
        self,
        act: str,
        operation: Operation,
        part: str,
        item: str = "",
        *,
        since: str = "",
        notes: bool | Literal["first"] = False,
    ) -> Commenced:
        """From when *operation* of *act* (in its roman part *part*) applies; *since* is the act whose commencement it waits for.

        With *notes* the note of amendment of the section is asked where the gazette is silent; with ``"first"`` before it.
        """
        gazette = self.from_gazette(act, operation, part, item)
        if since and since != act and gazette.date is not None:
            dates, kind = self.dates(since)
            start = self.started.get(since) or min(dates, default=None)
            if start is None:
                gazette = Commenced(None, "none", since, "waits for the commencement of " + since)
            elif gazette.date is not None and start > gazette.date:
                gazette = Commenced(
                    start, "decision" if kind == "decision" else "clause", since, "with the commencement of " + since
                )
        if notes == "first":
            noted = self.from_notes(act, operation)
            if noted is not None and noted.date is not None:
                return noted
        if notes and (gazette.date is None or gazette.doubts):
            noted = self.from_notes(act, operation)
            if noted is not None and (gazette.date is None or noted.date is not None):
                return noted
        return gazette

    def from_gazette(self, act: str, operation: Operation, part: str, item: str = "") -> Commenced:
        """From when an operation applies by the act's clauses and the decisions alone."""
        place = operation.targets[0] if operation.targets else operation.moves[0][1] if operation.moves else Target("")
        alternatives = [place]
        if operation.moves:
            alternatives = [operation.moves[0][1], operation.moves[0][0]]
        best: tuple[int, bool, int, int, int, Rule] | None = None
        rules = self.overtaken(self.rules_for(act))
        for index, rule in enumerate(rules):
            score = max(self.score(rule, each, part, item) for each in alternatives)
            if score <= 0:
                continue
            # a decision beats the clause that left it open; among equals the later decision holds
            weight = score + (0 if rule.date is not None or rule.kind == "decision" else -0)
            # what a decision has put into force stays in force, unless a later one says that it changes it;
            # within one decision the narrower rule holds, and an open clause comes last
            opened = rule.date is None
            key = (
                0 if opened else 1,
                rule.changes,
                # what is in force "for the rest" yields to any decision that names the place
                rule.decided.toordinal() if rule.changes else -(dt.date.max if rule.rest else rule.decided).toordinal(),
                weight,
                -index if rule.kind == "clause" and not rule.scopes else index,  # the act's main clause comes first
                rule,
            )
            if best is None or key[:5] > best[:5]:
                best = key
        narrower = any(self.narrower(rule, place, part) for rule in rules)
        if best is None:
            header = self.in_header.get(act)
            if header is not None and not rules:
                return Commenced(header, "clause", act, "header of the act")
            return Commenced(
                None,
                "none",
                "",
                "neither a clause nor a decision covers it" if rules else "no clause and no decision found",
            )
        rule = best[5]
        doubts = ("its commencement is divided more finely than the instruction",) if narrower else ()
        if (
            rule.kind == "clause"
            and re.search(r"\b(?:oppheves|opphevast|opphører|gjelder til|gjeld til|frem til|fram til)\b", rule.words)
            and _DATE.search(rule.words)
        ):
            doubts = (*doubts, "in force for a time only")
        return Commenced(rule.date, rule.kind, rule.source, rule.words, doubts)

    @staticmethod
    def overtaken(rules: list[Rule]) -> list[Rule]:
        """*rules* without those that a later decision overtook before their day came, with the same scope or for all."""
        decided = [r for r in rules if r.kind == "decision" and r.date is not None]
        gone = [
            r
            for r in decided
            if any(
                later.decided > r.decided
                and r.date is not None
                and later.decided < r.date
                and not later.rest
                and (not later.without or later.without == r.without)
                and (not later.scopes or _same_scopes(later.scopes, r.scopes))
                for later in decided
            )
        ]
        return [r for r in rules if not any(r is g for g in gone)] if gone else rules

    def learn_chapters(self, documents: Iterable[Document]) -> None:
        """Note which chapter each section stands in, for the acts of which some rule names a chapter; first come holds."""
        wanted = {
            scope.act
            for rules in (*self.own.values(), *self.decisions.values())
            for rule in rules
            for scope in (*rule.scopes, *rule.without)
            if any(p.section is None and p.steps and p.steps[0].startswith("kap") for p in scope.places)
        }
        amended = {
            act
            for source, rules in (*self.own.items(), *self.decisions.items())
            for rule in rules
            for scope in (*rule.scopes, *rule.without)
            if not scope.act
            and any(p.section is None and p.steps and p.steps[0].startswith("kap") for p in scope.places)
            and source in self.clauses.shapes
            for act in self.clauses.shapes[source].acts
        }
        for document in documents:
            act = document.refid
            if (act in wanted or act in amended) and act not in self.chapters:
                self.chapters[act] = {
                    number_key(section.address.section): division.name.lower()
                    for division in document.body.walk()
                    if division.kind == "division" and division.name.startswith("kap")
                    for section in division.children
                    if section.kind == "section" and section.address is not None and section.address.section
                }

    def score(self, rule: Rule, place: Target, part: str, item: str) -> int:
        """How narrowly a rule covers a place: 0 not at all, higher is narrower."""
        best = max((self.scope_score(scope, place, part, item) for scope in rule.scopes), default=0)
        if rule.scopes and best == 0:
            return 0
        for without in rule.without:
            hit = self.scope_score(without, place, part, item)
            if hit and hit >= best:
                return 0
        if rule.scopes:
            return best
        return 4 if rule.rest else 3

    def scope_score(self, scope: Scope, place: Target, part: str, item: str) -> int:
        """How narrowly a scope covers a place of a part: 0 not at all."""
        score = 5
        if scope.part:
            if scope.part.lower() != part.lower():
                return 0
            score += 3
        if scope.item:
            if scope.item != item:
                return 0
            score += 3
        if scope.act and not (scope.item and scope.part):  # a number of a closing section amends one act
            if scope.act != place.act:
                return 0
            score += 3
        if scope.places:
            steps = place.steps
            chapter = self.chapters.get(place.act, {}).get(number_key(place.section)) if place.section else None
            if chapter and not steps[0].startswith("kap"):
                steps = (chapter, *steps)
            hit = max(_covers(p, place.act, steps) for p in scope.places)
            if not hit:
                return 0
            score += 6 + hit * 2
        return score

    def narrower(self, rule: Rule, place: Target, part: str) -> bool:
        """Whether a rule speaks of something inside *place*."""
        return bool(place.steps) and any(
            (not scope.act or scope.act == place.act)
            and (not scope.part or scope.part.lower() == part.lower())
            and len(p.steps) > len(place.steps)
            and p.steps[: len(place.steps)] == place.steps
            for scope in (*rule.scopes, *rule.without)
            for p in scope.places
        )

    def from_notes(self, act: str, operation: Operation) -> Commenced | None:
        """The date in the note of the section; None when no note can be asked."""
        places = [p for p in operation.places if p.section]
        if not places:
            return None
        if operation.moves:
            places = [operation.moves[0][1], *places]
        for place in places:
            rows = self.notes.get((place.act + "/" + number_key(place.section or ""), act))
            if rows:
                scoped = [row for row in rows if row[1] and self.in_scope(row[1], place)]
                bare = [row for row in rows if not row[1]]
                chosen = (scoped or bare or rows)[0]
                if chosen[0] == dt.date.max:
                    return None
                return Commenced(chosen[0], "note", place.act, chosen[2])
        return None

    def in_scope(self, words: str, place: Target) -> bool:
        """Whether a note's limit ("fjerde ledd") covers a place."""
        read = read_lead(words + " oppheves")
        if read is None:
            return False
        steps = place.steps[1:]
        for act in read.acts:
            for found in act.found:
                own = found.target(place.act).steps
                own = own[1:] if own and own[0].startswith("§") else own
                if own and steps[: len(own)] == own:
                    return True
        return False
