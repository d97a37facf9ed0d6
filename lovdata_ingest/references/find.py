"""Reads the references of a document: what the words say, which act and section they carry on, where they lead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lovdata_ingest.address import Address
from lovdata_ingest.model import Document, Node
from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.index import Act, Index, Provision, act_date, last_amended, number_key
from lovdata_ingest.references.names import Candidate
from lovdata_ingest.references.reference import Reference, Status, Via
from lovdata_ingest.references.scanner import HERE, Scanner, Token
from lovdata_ingest.references.text import CleanText

_READ_KINDS = frozenset(("ledd", "item", "paragraph", "continuation"))
_GAP_ACT = re.compile(r"[\s,(]*(?:(?:sin|sine|sitt|si|ny|nye|nytt|tidligere|tidlegare|den tidligere)\s*)?[\s(\[]*$", re.IGNORECASE)
_GAP_GENITIVE = re.compile(r"\s+(?:bestemmelse|føresegn|regle|regla|krav|vilkår|definisjon|overgangs|straffe|særregl)\w*\s+(?:[^.;:§]{0,80}\s)?(?:i|etter)\s+$", re.IGNORECASE)
_GAP_OF_THAT = re.compile(r"[^.;:§]*(?:unntak|unnatak|unntatt|unnateke|reglene i|reglane i|bestemmelsene i|føresegnene i)\s[^.;:§]*$", re.IGNORECASE)
_GAP_INCLUDING = re.compile(r"[^.;§]{0,90}?,?\s+(?:herunder|derunder|deriblant|medrekna|medregnet|blant annet|bl\.a\.|særlig|særleg)\s+(?:i\s+)?$", re.IGNORECASE)
_CHAPTER_PARTS = re.compile(r"\s[IVX]{1,4}(?![\wæøå.])(?:(?:,|\s+og|\s+eller)\s+[IVX]{1,4}(?![\wæøå.]))*")
_HEAD_WORD = re.compile(r"ledd(?:et)?|led|stykket?", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"(?P<word>[\wæøåé-]*(?:forordning(?:en|a)|direktivet|konvensjon(?:en)?|traktaten|avtalen|overenskomsten|protokoll(?:en)?|vedtekten[e]|vedtektane|forskrift(?:en|a)|instruksen"
    r"|skattevedtak|reglementet|forretningsorden(?:en)?)s?)(?:\s+(?:for|av)\s+[\wæøå]+(?:\s\d{4})?)?\s*,?\s*$"
)
_FINITE = re.compile(r"\s(?:gjelder|gjeld|får|fær|skal|kan|er|har|kommer|kjem|blir|vert)\s", re.IGNORECASE)
_GAP_DESCRIBED = re.compile(r"\s*,?\s+om\s[^.;:§]{3,140}?(?:,|\bog|\bsamt|\beller|\bjf\.?)\s+(?:(?:om\s[^.;:§]{3,80}\s)?(?:i|etter)\s+)?$", re.IGNORECASE)
_GAP_EXCEPTION = re.compile(r"[^.;]*\b(?:unntak av|unnatak av|unntak for|unntatt|unnateke|bortsett fr[aå]|likevel slik at|likevel ikke|likevel ikkje)\s*(?:[\d\w]+\s)?$", re.IGNORECASE)
_GAP_AMENDING = re.compile(r"\s+(?:skal|skulle|blir|vert|endres|endrast|oppheves|opphevast|opphøyrer|gjøres)\s+(?:[^.;:§]{0,40}\s)?$", re.IGNORECASE)
_REMARK_OM = re.compile(r"\s+om\s[^.;:§()\d]{3,120}?(?=(?:\s+og|\s+eller|,)\s+\d{1,3}-\d{1,3}\s)")
_REMARK = re.compile(r"\s*\([^()§]{3,120}\)")
_PARENTHESIS = re.compile(r"\([^()§]{2,160}\)")
_AMENDS = re.compile(r"^\s*(?:(?:\(?\d{1,3}[.)]\s*)?(?:[IVX]+\.?\s+)?I (?=\S)|\(?\d{1,3}[.)]\s*(?=lov\s+(?:av\s+)?\d))", re.IGNORECASE)
_CHANGES_IN = re.compile(r"\bendring(?:er|ar)?\s+i\s+$")
_AMENDS_WORD = re.compile(r"følgende endring|fylgjande endring|følgjande endring|slik endring|desse endring|disse endring|skal .{0,200}lyde|oppheves|opphev|gjøres|gjerast|lyder|lyda|endres slik|endres som|endrast slik", re.IGNORECASE)
_CONNECT = re.compile(
    r"[\s,;()\[\]–-]*(?:(?:og/eller|og|eller|samt|jf\.?|jfr\.?|jmf\.?|jamfør|jevnfør|jevnført|sammenholdt|jamført|saman|sammen|med|til|både|enten|anten|i|av|etter|kap\.?"
    r"|henholdsvis|hhv\.?|likeledes|dessuten|også|òg|sml\.?|smh\.?|ved|mot|verken|korkje|hverken|respektive|inntil|ikke|men|unntatt|unntak|unnateke|frå|fra|dog|so|så|for|jf|og\s+med)"
    r"(?=[\s,;()\[\]§.–-]|$)[\s,;()\[\].–-]*)*$",
    re.IGNORECASE,
)
_DATE_WORDS = {word[:7] for word in g.MONTHS}
_ORD_WORDS = "|".join(word for word in g.ORDINALS if word.isalpha())
_ORDINAL_PARTS = re.compile(rf"(?P<list>(?:{_ORD_WORDS})(?:\s*(?:,|og|eller|til|,\s*og)\s*(?:{_ORD_WORDS}))*)\s+(?P<unit>del|kapit+e?l)(?:en|et)?(?![\wæøå])")
_AFTER_ACT = re.compile(r"\s*,?\s*(?:i|av|etter|til)\s+(?:den\s+|selve\s+)?", re.IGNORECASE)
_BARE_NUMBERS = re.compile(r"\s+(?=(\d{1,3}-\d{1,3}\b(?!\.)|\d{1,3}(?:\s[a-z])?,\s\d{1,3}(?:\s[a-z])?(?:,| og| eller)\s\d))(?=(\d))")
_MORE = re.compile(r",?\s+(?:m\.?\s?v\.?|m\.\s?m\.?|mm\.?|m\.\s?fl\.?)(?![\wæøå])|(?<=m\.[vm])\.|(?<=[\s,]mv)\.(?=\s+(?:§|kap))")
_SHORT_DEFINED = re.compile(r"\s*[(\[]\s*([^()\[\]]{2,60}?)\s*[)\]]")
_DATED_BEFORE = re.compile(
    r"(?P<word>lov(?:en|a|er|ene|ane|ov)?|log|[\wæøå-]*lov(?:en|a)|[\wæøå-]*forskrift(?:en|a|er|ene)?|(?:kgl\.?|kongelig|kronprinsreg\w*)?\s*(?:resolusjon(?:en)?|res\.?)|instruks|plakat|forordning|kgl\.res\.?)"
    r"\s*,?\s*(?:av|frå|fra|datert)?\s*\(?\s*(?:nr\.?\s*\d+\s+av\s+)?$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"\b(?P<what>[a-zæøå-]*lov(?:a|en|ene|ane|er)?|forskrift(?:en|a|er)?) (?:om|til) (?:[^.;:§(]|o\.a\.|m\.v\.|m\.m\.){4,150}?\s(?P<of>(?:av|af|frå|fra)\s*)?$"
)
_TITLE_STOP = re.compile(r"\s(?:skal|gjelder|gjeld|får|fer|kan|har|er|blir|vert|jf\.?|jfr\.?|samt|finner|oppheves|endres|gjøres|trer|dersom|ytes|hvis)\s|(?<!m)(?<!mv)(?<!m\.v)(?<!m\.m)(?<!\sm\.fl)[.;:§]|\sforskrifter? om\s", re.IGNORECASE)
_AMENDED = re.compile(r"^\s*(?:\(?\d+\)?\.?\s*)?[Ii] (?=lov|[a-zæøå-]+lov|Grunn)", re.IGNORECASE)


class ActRef:
    """An act that the text names. ``refid`` is empty where the name could not be resolved."""

    __slots__ = ("annex", "end", "external", "former", "kind", "note", "past", "refid", "rivals", "soft_end", "start", "status", "used", "word")

    def __init__(self, start: int, end: int, refid: str, kind: str, word: str = "") -> None:
        self.start = start
        self.end = end
        self.soft_end = end
        self.refid = refid
        self.kind = kind  # own, named, dated, same, bare, external, unknown
        self.annex = ""
        self.external = False
        self.former = ""  # the act of the same name that a section last amended before this one began would mean
        self.rivals: tuple[str, ...] = ()  # other loaded acts of that name
        self.past = ""  # the latest former act of that name
        self.status: Status = "resolved"
        self.note = ""
        self.used = False
        self.word = word


class Tail:
    """Steps below a section, and where they are written."""

    __slots__ = ("end", "start", "steps", "via")

    def __init__(self, steps: tuple[str, ...], start: int, end: int, via: Via) -> None:
        self.steps = steps
        self.start = start
        self.end = end
        self.via = via


class Item:
    """One number of a list of sections, as written."""

    __slots__ = ("end", "letter", "letter_end", "number", "ranged", "start", "tails", "tails_end")

    def __init__(self, start: int, end: int, number: str) -> None:
        self.start = start
        self.end = end
        self.number = number
        self.letter = ""
        self.letter_end = end
        self.tails: list[Tail] = []
        self.tails_end = end
        self.ranged = False  # the upper end of a range that the item before begins


class Group:
    """A list of sections (or chapters, articles, parts) that one sign opens."""

    __slots__ = ("act", "basis", "connected", "end", "items", "kind", "plural", "start")

    def __init__(self, kind: str, start: int, plural: bool) -> None:
        self.kind = kind
        self.start = start
        self.end = start
        self.plural = plural
        self.items: list[Item] = []
        self.act: ActRef | None = None
        self.basis = "own"  # named, carried, after, lead, own, fallback
        self.connected: Group | None = None


class Place:
    """Where a text stands: the act that "denne lov" means there, the section, the ledd and item."""

    __slots__ = ("act", "amended", "amending", "annex", "article", "date", "default", "earlier", "lead", "offset", "own", "provision", "refid", "source", "steps")

    def __init__(self, refid: str, act: Act | None, source: Address) -> None:
        self.refid = refid
        self.act = act
        self.own = refid
        self.source = source
        self.annex = ""
        self.provision: Provision | None = None
        self.steps: tuple[str, ...] = ()
        self.amended: dt.date | None = None
        self.date = act_date(refid)
        self.lead: ActRef | None = None
        self.default = ""  # in an amending act without sections of its own: the one act that its title names
        self.offset = 0
        self.amending = False  # in the new text that an amending act gives: the section need not read so yet
        self.earlier: list[ActRef] = []  # acts named in the texts of the same section before this one
        self.article = False  # in an annexed treaty: positions count in the text of the whole article


class Reader:
    """Reads texts against one index. Keeps the automaton; holds no state of a document."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.names = index.names
        self.scanner = Scanner(self.names)

    # --- acts -----------------------------------------------------------------------------------------------------

    def choose(self, candidates: list[Candidate], place: Place, *, year: int = 0, date: str = "") -> tuple[str, tuple[str, ...], str]:
        """The act that a name means at a place: (target, rivals, reason)."""
        found = candidates
        if date or year:
            wanted = date or str(year)
            dated = [c for c in found if c.target.split("/", 1)[1].startswith(wanted)]
            if not dated:
                return "", (), f"no act of that name is of {wanted}"
            found = dated
        if len(found) == 1 and found[0].origin != "historical" and found[0].target not in self.names.predecessors:
            return found[0].target, (), ""
        loaded = [c.target for c in found if c.target in self.index.acts]
        past = [c.target for c in found if c.origin == "historical"]
        other = [c.target for c in found if c.target not in self.index.acts and c.origin != "historical"]
        if other and not loaded:
            return other[0], (), ""
        if not loaded:
            if not past:
                return found[0].target, tuple(c.target for c in found[1:]), ""
            past.sort(key=act_date)
            return self.former(past, place), (), ""
        if len(loaded) > 1:
            in_force = [a for a in loaded if self.index.in_force(self.index.acts[a])]
            pending = [a for a in loaded if a not in in_force]
            sibling = [a for a in pending if self.siblings(a, place.own)]
            if sibling:
                return sibling[0], (), ""
            for near in (place.own, place.refid):
                if near in loaded and not year and not date:
                    return near, tuple(f"rival {a}" for a in loaded if a != near), ""
            pool = in_force or pending
            best = max(pool, key=act_date)
            rivals = tuple(f"rival {a}" for a in sorted(loaded, key=act_date, reverse=True) if a != best)
        else:
            best = loaded[0]
            rivals = ()
        if not past or year or date:
            former = self.names.predecessors.get(best, ()) if not (year or date) else ()
            past = [old.act for old in former if any(c.target == old.act for c in candidates)]
        if past:
            past.sort(key=act_date)
            before = self.former([*past, best], place) if place.amended is not None and best != place.own else best
            return best, (f"former {before}", f"past {past[-1]}", *rivals), ""
        return best, rivals, ""

    def former(self, acts: list[str], place: Place) -> str:
        """Of acts that bore one name in turn, the one that the section meant when it was last amended."""
        when = place.amended or place.date
        until = {old.act: old.until for old in self.names.table.historical}
        for act in acts:
            end = until.get(act)
            if end is None:
                following = [a for a in acts if act_date(a) > act_date(act)]
                end = act_date(following[0]) if following else None
            else:
                following = [a for a in acts if act_date(a) > act_date(act)]
                if following:
                    end = min(end, act_date(following[0]))
            if end is None or when < end:
                return act
        return acts[-1]

    @staticmethod
    def siblings(one: str, other: str) -> bool:
        """Whether two acts were given on the same day with numbers next to each other."""
        a, b = one.rsplit("-", 1), other.rsplit("-", 1)
        return a[0] == b[0] and a[1].isdigit() and b[1].isdigit() and abs(int(a[1]) - int(b[1])) == 1 and one != other

    def act_of(self, target: str, start: int, end: int, kind: str, word: str) -> ActRef:
        """An `ActRef` of a target of the name table: an act, an annex of one, a regulation, a treaty."""
        parts = target.split("/")
        ref = ActRef(start, end, "/".join(parts[:2]) if parts[0] in ("lov", "forskrift") else target, kind, word)
        ref.annex = "/".join(parts[2:]) if parts[0] in ("lov", "forskrift") else ""
        ref.external = parts[0] not in ("lov", "forskrift")
        return ref

    def by_date(self, kind: str, day: int, month: int, year: int, number: str) -> str:
        date = f"{year}-{month:02}-{day:02}"
        if number:
            refid = f"{kind}/{date}-{int(number)}"
            if refid in self.index.acts or f"{kind}/{date}" not in self.index.acts:
                return refid
            return f"{kind}/{date}"
        return f"{kind}/{date}"


class TextReader:
    """Reads one text at one place."""

    def __init__(self, reader: Reader, raw: str, place: Place) -> None:
        self.reader = reader
        self.index = reader.index
        self.clean = CleanText(raw)
        self.raw = raw
        self.text = self.clean.text
        self.low = self.text.lower()
        self.place = place
        self.tokens: list[Token] = reader.scanner.tokens(self.low)
        self.starts: dict[int, Token] = {}
        for token in reversed(self.tokens):
            if token.kind in ("name", "own", "same", "lov", "abbreviation"):
                known = self.starts.get(token.start)
                if known is None or token.end > known.end:
                    self.starts[token.start] = token
        self.groups: list[Group] = []
        self.acts: list[ActRef] = []
        self.relatives: list[tuple[int, int, tuple[str, ...], Via]] = []
        self.rows: list[Reference] = []
        self.last_group: Group | None = None
        self.last_act: ActRef | None = None
        self.eu: list[tuple[int, int, str]] = []
        self.amends = bool(_AMENDS.match(self.text)) and _AMENDS_WORD.search(self.text) is not None

    # --- reading --------------------------------------------------------------------------------------------------

    def read(self) -> list[Reference]:
        position = 0
        for token in self.tokens:
            if token.start < position:
                continue
            handler = getattr(self, "on_" + token.kind, None)
            if handler is None:
                continue
            end = handler(token)
            if end:
                position = end
        self.emit()
        self.rows.sort(key=lambda row: (row.start, row.end, row.target))
        return self.rows

    def sentence_border(self, start: int, end: int) -> bool:
        return g.SENTENCE_END.search(self.text, start, min(end + 1, len(self.text))) is not None

    # acts ---------------------------------------------------------------------------------------------------------

    def remember(self, act: ActRef) -> int:
        self.acts.append(act)
        self.last_act = act
        return act.end

    def on_name(self, token: Token) -> int | None:
        candidates = self.reader.names.literal.get(token.word, [])
        if not candidates:
            return None
        act = self.named(token.start, token.end, candidates, token.word)
        if act is None:
            return None
        self.remember(act)
        bare = _BARE_NUMBERS.match(self.text, act.end)
        if bare is not None and act.refid and not act.annex:
            return self.section_group(bare.end(), bare.end(), True) or act.end
        return act.end

    def named(self, start: int, end: int, candidates: list[Candidate], word: str) -> ActRef | None:
        """An act by its name, with what may follow: the year or date of the act, its short name in parentheses."""
        text = self.text
        year, date, number = 0, "", ""
        position = end
        more = _MORE.match(text, position)
        if more is not None:
            position = end = more.end()
        bracket = _SHORT_DEFINED.match(text, position)
        if bracket is not None:
            inside = bracket[1].lower().rstrip(".")
            if inside in self.reader.names.abbreviations or inside in self.reader.names.literal or re.search(r"lov(?:en|a)?$", inside):
                position = bracket.end()
        match = g.DATED_AFTER_NAME.match(text, position)
        if match is not None and "," in match[0][:3] and match["day"] and match["number"]:
            given = f"{match['year']}-{g.MONTHS[match['month'].lower()]:02}-{int(match['day']):02}-{int(match['number'])}"
            if not any(c.target.endswith(given) for c in candidates) and any(c.origin == "title" for c in candidates):
                match = None  # "forvaltningsloven, lov 4. desember 1992 nr. 126 …" names two acts
        if match is not None:
            tail = text[match.end() : match.end() + 3]
            if match["day"]:
                date = f"{match['year']}-{g.MONTHS[match['month'].lower()]:02}-{int(match['day']):02}"
                number = match["number"] or ""
                position = match.end()
            elif not re.match(r"\s*[/–-]\s*\d", tail):
                year = int(match["year"])
                position = match.end()
        if candidates[0].origin in ("alias", "external", "regulation") and (year or (date and not number)):
            year, date = 0, ""
        if date and number:
            kind = "forskrift" if candidates[0].target.startswith("forskrift") else "lov"
            y, m, d = date.split("-")
            target = self.reader.by_date(kind, int(d), int(m), int(y), number)
            act = self.reader.act_of(target, start, position, "dated", word)
        else:
            target, rivals, reason = self.reader.choose(candidates, self.place, year=year, date=date)
            if not target and date:
                target, reason = self.reader.by_date("lov", int(date[8:]), int(date[5:7]), int(date[:4]), ""), ""
            if not target and year:
                folded = [c for c in self.reader.names.by_fold(word) if c.target.split("/", 1)[1].startswith(str(year))]
                if len(folded) == 1:
                    target, reason = folded[0].target, ""
            if not target:
                act = ActRef(start, position, "", "unknown", word)
                act.status, act.note = "act_not_loaded", reason
                return act
            act = self.reader.act_of(target, start, position, "named", word)
            act.former = next((r[7:] for r in rivals if r.startswith("former ")), "")
            act.rivals = tuple(r[6:] for r in rivals if r.startswith("rival "))
            act.past = next((r[5:] for r in rivals if r.startswith("past ")), "")
        if date and number:
            self.extend_title(act)
        bracket = _SHORT_DEFINED.match(text, act.end)
        if bracket is not None and re.search(r"lov(?:en|a)?$", bracket[1].lower()) and position == act.end and not year:
            act.end = act.soft_end = bracket.end()
        return act

    def extend_title(self, act: ActRef) -> None:
        """Let the title that follows a date belong to the mention: as far as it is the act's own, else up to a sign."""
        text = self.text
        full = False
        lead = re.compile(r"\s*,?\s*(?:om|for|ang(?:\.|ående)|indeholdende|angaaende)\s", re.IGNORECASE).match(text, act.end)
        end = act.end
        seen = 0
        if lead is not None:
            loaded = self.index.get(act.refid)
            taken = end
            if loaded is not None:
                title = [w for w in re.findall(r"[\wæøå]+", loaded.title.lower())]
                words = list(re.finditer(r"[\wæøåÆØÅ]+", text[end : end + 400]))
                where = title.index("om") if "om" in title else 0
                for word in words:
                    if where + seen < len(title) and title[where + seen] == word[0].lower():
                        seen += 1
                        taken = end + word.end()
                    else:
                        break
                if seen <= 1:
                    taken = end
            if taken > end:
                if text[taken : taken + 1] in (")", "]") and re.search(r"[(\[]", text[end:taken]):
                    taken += 1
                while text[taken : taken + 1] == "." and re.match(r"[mvf.l]+$", text[max(0, taken - 1) : taken]):
                    taken += 1
                end = taken
                act.end = act.soft_end = end
            if loaded is not None:
                full = where + seen >= len(title) - 1
            stop = _TITLE_STOP.search(text, end, min(len(text), end + 170))
            paren = text.find("(", end, end + 170)
            limit = stop.start() if stop is not None else min(len(text), end + 170)
            if paren != -1 and paren <= limit:
                limit = paren
            act.soft_end = act.end if full else max(act.end, min(limit, act.end + 70) if seen > 2 else limit)
        bracket = _SHORT_DEFINED.match(text, act.soft_end)
        if bracket is not None and ("lov" in bracket[1].lower() or bracket[1].lower().rstrip(".") in self.reader.names.abbreviations):
            act.end = act.soft_end = bracket.end()

    def on_abbreviation(self, token: Token) -> int | None:
        if not re.match(r"\.?\s*(?:§|kap)", self.low[token.end : token.end + 6]):
            return None
        target = self.reader.names.abbreviations[token.word]
        return self.remember(self.reader.act_of(target, token.start, token.end, "named", token.word))

    def on_suffix(self, token: Token) -> int | None:
        """A word in -lov(en) that no name matches: another spelling, or a near match that must not win silently."""
        start = token.start
        while start and (self.low[start - 1].isalnum() or self.low[start - 1] == "-"):
            start -= 1
        word = self.low[start : token.end].strip("-")
        if any(act.start <= start < act.end for act in self.acts[-2:]):
            return None
        base = re.sub(r"(?<=lov)(?:ens|as)$", "en", word)
        compound = re.search(r"([\wæøå-]+-,? (?:og|eller) )$", self.low[max(0, start - 40) : start])
        options: list[tuple[int, str]] = []
        if compound:
            options.append((start - len(compound[1]), compound[1] + base))
        options.append((start, base))
        for where, name in options:
            found = self.reader.names.by_fold(name)
            if found:
                act = self.named(where, token.end, found, name)
                if act is not None and act.refid:
                    return self.remember(act)
        ahead = g.DATED_AFTER_NAME.match(self.text, token.end)
        if ahead is not None and ahead["day"] and ahead["number"]:
            act2 = self.named(start, token.end, [Candidate("lov/0000-00-00", "title")], base)
            if act2 is not None and act2.refid:
                return self.remember(act2)
        if not re.match(r"(?:\s*\(?(?:av )?\d{4}\)?)?\s*,?\s*(?:§|kap)", self.low[token.end : token.end + 14]):
            return None
        if base in ("lov", "loven", "lova", "særlov", "særloven", "endringslov", "endringsloven", "ikrafttredelsesloven"):
            return None
        near = self.reader.names.near(base)
        act3 = ActRef(start, token.end, "", "unknown", base)
        if near:
            act3.status = "ambiguous"
            act3.note = f"no act is called {base}; near: " + ", ".join(f"{name} ({score})" for name, score in near)
        else:
            act3.status = "act_not_loaded"
            act3.note = f"no loaded act is called {base}"
        return self.remember(act3)

    def on_own(self, token: Token) -> int | None:
        act = self.own_act(token.start, token.end)
        return self.remember(act)

    def own_act(self, start: int, end: int, kind: str = "own") -> ActRef:
        act = ActRef(start, end, self.place.own, kind, "")
        act.annex = self.place.annex if self.place.own == self.place.refid else ""
        return act

    def on_lov(self, token: Token) -> int | None:
        """Bare "loven", "lovens": the act itself, or the one that the sentence has just named."""
        if token.word.startswith("forskrift"):
            if not self.place.own.startswith("forskrift"):
                return None
            return self.remember(self.own_act(token.start, token.end, "bare"))
        before = self.low[max(0, token.start - 30) : token.start]
        if re.search(r"(?:denne|samme|same|nemnde|nevnte|den|annen|anna|andre|norsk|utenlandsk|gjeldende|den nye|nye|eldre|tidligere)\s+$", before):
            return None
        date = re.match(r"\s+(?:av|om|frå|fra)\s", self.low[token.end : token.end + 6])
        if date:
            return None
        last = self.last_act
        if last is not None and last.kind in ("named", "dated", "same", "unknown") and not self.sentence_border(last.end, token.start):
            act = ActRef(token.start, token.end, last.refid, "same", "")
            act.annex, act.status, act.note = last.annex, last.status, last.note
            return self.remember(act)
        return self.remember(self.own_act(token.start, token.end, "bare"))

    def on_same(self, token: Token) -> int | None:
        last = next((a for a in reversed(self.acts) if a.kind in ("named", "dated", "same", "unknown")), None)
        if last is None:
            last = self.place.lead
        if last is None:
            act = self.own_act(token.start, token.end, "own")
            return self.remember(act)
        act = ActRef(token.start, token.end, last.refid, "same", "")
        act.annex, act.status, act.note, act.external = last.annex, last.status, last.note, last.external
        return self.remember(act)

    def on_month(self, token: Token) -> int | None:
        head = self.text[: token.start]
        day = g.DAY.search(head[-8:])
        year = g.YEAR.match(self.text, token.end)
        if day is None or year is None:
            return None
        start = token.start - (len(head[-8:]) - day.start())
        end = year.end()
        number = g.ACT_NUMBER.match(self.text, end)
        before_text = self.text[max(0, start - 60) : start]
        before = _DATED_BEFORE.search(before_text)
        kind = "lov"
        begin = start
        if before is not None:
            word = before["word"].lower()
            begin = start - (len(before_text) - before.start())
            if "forskrift" in word or "res" in word or "instruks" in word:
                kind = "forskrift"
            elif word == "forordning" or word == "plakat":
                kind = "lov"
        else:
            last = self.last_act
            if (
                last is not None and last.kind == "dated" and number is not None
                and re.fullmatch(r"[\s,(]*(?:(?:og|eller|samt|som endret ved|jf\.|av|lov)\s*)*", self.low[last.soft_end : start] if last.soft_end <= start else "x")
            ):
                kind = last.refid.split("/")[0]
            else:
                title = _TITLE_BEFORE.search(self.low[max(0, start - 160) : start])
                if title is None or (title["of"] is None and number is None):
                    return None
                kind = "forskrift" if title["what"].startswith("forskrift") else "lov"
                begin = max(0, start - 160) + title.start()
        if number is not None:
            end = number.end()
        try:
            value = (int(day[1]), g.MONTHS[token.word], int(year[1]))
            dt.date(value[2], value[1], value[0])
        except ValueError:
            return None
        refid = self.reader.by_date(kind, *value, number[1] if number else "")
        if number is None and kind == "forskrift":
            known = [a.target for a in self.reader.names.table.regulations if a.target.startswith(refid + "-")]
            refid = known[0] if len(known) == 1 else refid
        if number is None and kind == "lov":
            refid = self._by_title(refid, begin, end)
            if refid is None:
                return None
        act = ActRef(begin, end, refid, "dated", "")
        more = re.compile(r"\s+og\s+(?:nr\.?\s*)?(\d{1,4})(?![\d.-])").match(self.text, end) if number is not None else None
        if more is not None and (second := self.reader.by_date(kind, *value, more[1])) in self.index.acts:
            self.remember(act)
            return self.remember(ActRef(more.start(1), more.end(), second, "dated", ""))
        self.extend_title(act)
        return self.remember(act)

    def _by_title(self, dated: str, begin: int, end: int) -> str | None:
        """The act of a date that is given without number: the one of that day whose title stands before or after."""
        around = {w[:7] for w in re.findall(r"[a-zæøå]{5,}", self.low[begin:end] + " " + self.low[end : end + 90])} - _DATE_WORDS
        titled = bool(re.search(r"\som\s", self.low[begin:end] + self.low[end : end + 5]))
        options = list(self.index.by_date.get(dated, []))
        best = [o for o in options if around & {w[:7] for w in re.findall(r"[a-zæøå]{5,}", self.index.acts[o].title.lower())}]
        if len(best) == 1:
            return best[0]
        old = {h.act: h.names for h in self.reader.names.table.historical if h.act.startswith(dated + "-") or h.act == dated}
        same = [a for a, names in old.items() if any(name[:6] in "".join(self.low[begin : end + 90].split()) for name in names)]
        if len(same) == 1:
            return same[0]
        if titled:
            return dated
        if len(options) + len(old) == 1:
            return [*options, *old][0]
        return dated if not options else None

    def on_eu(self, token: Token) -> int | None:
        start = max(0, token.start - 60)
        for match in g.EU_NUMBER.finditer(self.text, start, min(len(self.text), token.end + 30)):
            if match.start() <= token.start < match.end():
                target = _eu_target(match)
                where = match.start() + (len(match[0]) - len(match[0].lstrip()))
                if target:
                    self.eu.append((where, match.end(), target))
                    act = ActRef(where, match.end(), target, "external", "")
                    act.external = True
                    act.used = True
                    self.acts.append(act)
                    self.last_act = act
                    return match.end()
        return None

    # sections -----------------------------------------------------------------------------------------------------

    def on_section(self, token: Token) -> int | None:
        """A section sign. In an annexed treaty "§ 2" is a paragraph of the article at hand."""
        if self.place.article and self.place.annex:
            return self.treaty_paragraph(token)
        match = re.compile(r"§(?:\s*§)*\s*").match(self.text, token.start)
        assert match is not None
        return self.section_group(token.start, match.end(), match[0].count("§") > 1)

    def treaty_paragraph(self, token: Token) -> int | None:
        match = re.compile(r"§§?\s*(\d{1,2})(?!\d)").match(self.text, token.start)
        if match is None:
            return None
        last = self.last_group
        step = f"nummer/{match[1]}"
        if last is not None and last.kind == "article" and not self.text[last.end : token.start].strip():
            item = last.items[-1]
            item.tails = [Tail((step,), item.start, match.end(), "text")]
            item.tails_end = last.end = match.end()
        else:
            self.relatives.append((token.start, match.end(), (step,), "relative"))
        return match.end()

    def on_paragraph_word(self, token: Token) -> int | None:
        match = re.compile(r"\s+(?=\d)").match(self.text, token.end)
        if match is None:
            return None
        return self.section_group(token.start, match.end(), token.word != "paragraf")

    def section_group(self, start: int, position: int, plural: bool) -> int | None:
        group = Group("section", start, plural)
        end = self.read_items(group, start, position)
        if end is None:
            return None
        group.end = end
        self.bind(group)
        return end

    def read_items(self, group: Group, start: int, position: int) -> int | None:
        text = self.text
        ranged = False
        after_tail_number = False
        end = None
        separator = None
        while True:
            match = g.SECTION_NUMBER.match(text, position)
            if match is None:
                break
            if group.items:
                if g.NOT_A_SECTION.match(text, match.end()) and not (group.plural and re.match(r"\s?m(?:[,.;]|\s(?:og|eller|til))", text[match.end() : match.end() + 8])):
                    break
                if after_tail_number and not group.plural and not match[3]:
                    break
                gap = text[group.items[-1].tails_end : position] if separator is None else separator
                if not group.plural and "," in gap and match[1].isdigit() and int(match[1]) < int(re.match(r"\d+", group.items[-1].number)[0]):  # type: ignore[index]
                    break
                if not group.plural and not re.search(r",|;|og|eller|samt|til|[–-]|/|jf", gap):
                    break
                if group.plural and re.fullmatch(r"\s+", gap):
                    break
            number = (match[1] + (match[2] or "") + re.sub(r"\s", "", match[3] or "")).replace(" ", "")
            item = Item(start if not group.items else position, match.end(), number)
            item.ranged = ranged
            position = match.end()
            if not match[2]:
                capital = g.SECTION_CAPITAL.match(text, position)
                if capital is not None:
                    item.letter = capital[1]
                    position = capital.end()
            if not item.letter:
                letter = g.SECTION_LETTER.match(text, position)
                if letter is not None and self._letter_belongs(letter, position, number):
                    item.letter = letter[1]
                    position = letter.end()
            item.letter_end = position
            item.tails, position = self.read_tails(position, (), plural=group.plural)
            item.tails_end = position
            after_tail_number = bool(item.tails)
            group.items.append(item)
            end = position
            paren = (_REMARK.match(text, position) or _REMARK_OM.match(text, position)) if group.plural else None
            sep = g.SECTION_SEP.match(text, paren.end() if paren is not None else position)
            if sep is None:
                break
            separator = sep[0]
            ranged = bool(g.SECTION_RANGE.match(separator))
            position = sep.end()
        return end

    def _letter_belongs(self, letter: re.Match[str], position: int, number: str) -> bool:
        """Whether a letter after a number is part of it: "i" and "å" are mostly words."""
        if letter.start(1) == position:
            return True
        if letter[1] in "iå":
            own = self.place.act
            if own is not None and own.section(number + letter[1]) and re.match(r"\s+(?:gjeld|får|fær|skal|kan|er|har|kjem|kommer)", self.low[letter.end() : letter.end() + 9]):
                return True
            return bool(re.match(r"\s*(?:[,.;)]|$|og\s+(?:§|\d)|eller\s+(?:§|\d)|første\s|annet\s|andre\s|til\s+(?:\d|[a-z]\b))", self.low[letter.end() : letter.end() + 10]))
        return True

    # tails --------------------------------------------------------------------------------------------------------

    _TAIL_LEAD = re.compile(r"\s*,?\s*(?:i\s+|nytt\s+|ny\s+|nye\s+|nåværende\s+|noverande\s+|nogjeldande\s+|nøverande\s+|unntatt\s+|unnateke\s+|med unntak av\s+)?")
    _TAIL_JOIN = re.compile(r"\s*,?\s*(?:(?:og/eller|og|eller|samt|jf\.?|jfr\.?|til|hhv\.|henholdsvis|og\s+i|i|sammenholdt\s+med)\s+)?")

    def read_tails(self, position: int, base: tuple[str, ...], *, plural: bool = False) -> tuple[list[Tail], int]:
        """Ledd, sentences, letters and numbers after a section."""
        tails: list[Tail] = []
        current = base
        end = position
        first = True
        while True:
            lead = (self._TAIL_LEAD if first else self._TAIL_JOIN).match(self.text, end)
            assert lead is not None
            joined = bool(re.search(r"og|eller|samt|jf|til|,|hhv|hen|samm", lead[0])) and not first
            here = lead.end()
            step = self.read_step(here, current, joined, plural=plural, first=first)
            if step is None:
                break
            found, kind, stop = step
            path = self._prefix(current, kind, joined)
            new = [Tail((*path, value), s, e, via) for value, s, e, via in found]
            if not joined and tails and not first:
                # deeper: the last tail grows
                new[0].start = tails.pop().start
            tails.extend(new)
            current = (*path, found[-1][0])
            end = stop
            first = False
        return tails, end

    @staticmethod
    def _prefix(current: tuple[str, ...], kind: str, joined: bool) -> tuple[str, ...]:
        kinds = [step.split("/")[0] for step in current]
        if kind in kinds:
            return current[: kinds.index(kind)]
        if kind == "ledd":
            return current if current and kinds[0] == "nummer" and not joined else ()
        if joined and kind == "setning":
            keep = [i for i, k in enumerate(kinds) if k == "ledd"]
            return current[: keep[0] + 1] if keep else ()
        if joined and kind in ("bokstav", "nummer") and "setning" in kinds:
            return current[: kinds.index("setning")]
        return current

    def read_step(
        self, position: int, current: tuple[str, ...], joined: bool, *, plural: bool, first: bool
    ) -> tuple[list[tuple[str, int, int, Via]], str, int] | None:
        text = self.text
        match = g.ORD_LIST.match(text, position)
        if match is not None:
            unit = g.UNIT_WORDS[match["unit"].lower()]
            found: list[tuple[str, int, int, Via]] = []
            items = list(g.ORD_ITEM.finditer(text, match.start("list"), match.end("list")))
            before: int | None = None
            for place, item in enumerate(items):
                value = g.ordinal(item["word"] or item["digit"])
                end = item.end() if place + 1 < len(items) else match.end()
                if before is not None and g.RANGE_WORD.match(text[items[place - 1].end() : item.start()]) and value > before:
                    found.extend((f"{unit}/{between}", items[place - 1].start(), end, "range") for between in range(before + 1, value))
                found.append((f"{unit}/{value}", item.start(), end, "text"))
                before = value
            return found, unit, match.end()
        paren = g.PAREN_LEDD.match(text, position)
        if paren is not None and not joined and int(paren[1]) < 30 and first:
            return [(f"ledd/{paren[1]}", paren.start(), paren.end(), "text")], "ledd", paren.end()
        digit = g.UNIT_DIGIT.match(text, position)
        if digit is not None:
            return [(f"ledd/{digit[1]}", digit.start(), digit.end(), "text")], "ledd", digit.end()
        letter_word = g.LETTER_WORD.match(text, position) or g.LETTER_POINT.match(text, position)
        if letter_word is not None and letter_word.end() > position:
            letters = self.read_letters(letter_word.end(), position)
            if letters is not None:
                return letters[0], "bokstav", letters[1]
        number_word = g.NUMBER_WORD.match(text, position)
        if number_word is not None:
            numbers = self.read_numbers(number_word.end(), position, plural)
            if numbers is not None:
                return numbers[0], "nummer", numbers[1]
        if current and current[-1].startswith("ledd/") and not joined:
            letters = self.read_letters(position, position, bare=True)
            if letters is not None:
                return letters[0], "bokstav", letters[1]
        return None

    def read_letters(self, position: int, start: int, *, bare: bool = False) -> tuple[list[tuple[str, int, int, Via]], int] | None:
        text = self.text
        found: list[tuple[str, int, int, Via]] = []
        end = position
        ranged = False
        while True:
            match = g.LETTER.match(text, end)
            if match is None or not self._is_letter(match, bool(found), bare):
                break
            value = match[1].lower()
            begin = match.start() if found else start
            if ranged and found and len(value) == 1:
                before = found[-1][0].split("/")[1]
                if len(before) == 1 and before < value:
                    for code in range(ord(before) + 1, ord(value)):
                        found.append((f"bokstav/{chr(code)}", found[-1][1] if found[-1][3] != "range" else begin, match.end(), "range"))
            found.append((f"bokstav/{value}", begin, match.end(), "text"))
            stop = match.end()
            separator = g.LETTER_SEP.match(text, stop)
            if separator is None:
                end = stop
                break
            ranged = bool(re.match(r"\s*(?:til(?:\s+og\s+med)?|[–-])\s*", separator[0]))
            following = g.LETTER.match(text, separator.end())
            if following is None or not self._is_letter(following, True, False):
                end = stop
                break
            end = separator.end()
        if not found:
            return None
        return found, found[-1][2]

    def _is_letter(self, match: re.Match[str], listed: bool, bare: bool) -> bool:
        word = match[1]
        after = self.low[match.end() : match.end() + 14]
        if len(word) == 2 and (word[0] != word[1]):
            return False
        if word.isupper() and listed:
            return False
        if word in ("i", "å") and not match[0].endswith(")"):
            return bool(re.match(r"\s*(?:[,.;:)–-]|$|(?:og|eller|samt|til|jf|første|annet|andre|nr)\b)", after)) and not re.match(r"\s*,?\s*og\s+i\b", after)
        if bare:
            return bool(re.match(r"\)?\s*(?:[,.;:)–-]|$|(?:og|eller|samt|til|jf|i|første|annet|nr)\b)", after)) and word.islower()
        return True

    def read_numbers(self, position: int, start: int, plural: bool) -> tuple[list[tuple[str, int, int, Via]], int] | None:
        text = self.text
        found: list[tuple[str, int, int, Via]] = []
        end = position
        ranged = False
        stop = position
        while True:
            match = g.SUBNUMBER.match(text, end)
            if match is None:
                break
            after = text[match.end() : match.end() + 30]
            if found:
                if re.match(r"\s?[-–]\d", text[match.end(1) : match.end(1) + 3]) and re.search(r"\d-\d", text[match.start() : match.end(1) + 3]) and plural:
                    break
                if plural and (match[2] and not re.match(r"\s*\)", after)):
                    break
                if g.ORD_LIST.match(text, match.end() + 1) and " " in text[match.end() : match.end() + 1] and "ledd" in after:
                    break
                if re.match(r"\s*(?:nr\.?|bokstav)\s", after) and plural and not text[: match.start()].rstrip().endswith("nr."):
                    break
                if g.NOT_A_SECTION.match(text, match.end()):
                    break
            value = match[1]
            letter_end = match.end(1)
            if match[2] and match[2] not in "iå" and not found and text[match.end(1)] != " ":
                value += match[2]
                letter_end = match.end()
            if ranged and found and value.isdigit():
                before = found[-1][0].split("/")[1]
                if before.isdigit() and int(before) < int(value) < int(before) + 60:
                    begin = found[-1][1]
                    found.extend((f"nummer/{between}", begin, letter_end, "range") for between in range(int(before) + 1, int(value)))
            found.append((f"nummer/{value}", match.start() if found else start, letter_end, "text"))
            stop = letter_end
            separator = g.SUBNUMBER_SEP.match(text, stop)
            if separator is None:
                break
            if plural and text[separator.end() :] and re.match(r"\d+-\d", text[separator.end() : separator.end() + 8]):
                break
            ranged = bool(re.match(r"\s*(?:til(?:\s+og\s+med)?|[–-])\s*", separator[0]))
            end = separator.end()
        if not found:
            return None
        return found, stop

    # binding ------------------------------------------------------------------------------------------------------

    def bind(self, group: Group) -> None:
        """Decide which act a group means: named before it, named after it, carried on, from the list's lead, the own."""
        act = self.last_act
        group.act = None
        if act is not None and act.end <= group.start and (self.last_group is None or act.start >= self.last_group.end):
            gap = self.text[act.end : group.start]
            if _GAP_ACT.fullmatch(gap):
                group.act, group.basis = act, "named"
            elif act.soft_end > act.end and group.start <= act.soft_end + 3 and not re.search(
                r"\s(?:i|etter|av|med|til|om|på|ved|fra|og|eller|jf\.?|følger|følgjer)\s*$", gap
            ):
                group.act, group.basis = act, "named"
            elif _GAP_GENITIVE.fullmatch(gap) and self.low[act.end - 1] == "s":
                group.act, group.basis = act, "named"
        if group.act is None:
            group.act = self.outside_before(group)
            if group.act is not None:
                group.basis = "named"
        after = self.act_after(group.end)
        previous = self.last_group
        if group.act is None and previous is not None:
            gap = _PARENTHESIS.sub(" ", self.text[previous.end : group.start])
            if act is not None and act.start >= previous.end and not self.in_parenthesis(act, previous.end, group.start):
                # an act between: "§ 5 i den loven og § 7"
                trailing = previous.act is act
                between = self.text[act.end : group.start]
                if trailing and _CONNECT.fullmatch(between):
                    group.connected = previous
            elif (_CONNECT.fullmatch(gap) or (_GAP_DESCRIBED.fullmatch(gap) and previous.act is not None and (not _FINITE.search(gap) or gap.rstrip().endswith(" og i")))) and not self.sentence_border(
                previous.end, group.start
            ):
                if (previous.kind == "article") == (group.kind == "article"):
                    group.connected = previous
        if after is not None:
            self.assign_back(group, after)
        elif group.act is None and group.connected is not None and group.connected.act is not None:
            group.act, group.basis = group.connected.act, "carried"
        elif group.act is None and self.amends and self.acts and self.acts[0].kind in ("named", "dated"):
            group.act, group.basis = self.acts[0], "carried"
        elif group.act is None and self.place.lead is not None and not self.acts_before(group):
            group.act, group.basis = self.place.lead, "lead"
        if group.kind in ("section", "chapter", "part"):
            if group.act is not None and (group.act.past or group.act.rivals):
                self.date_act(group, group.act)
            self.weigh(group)
        if group.act is not None:
            group.act.used = True
        self.groups.append(group)
        self.last_group = group

    def in_parenthesis(self, act: ActRef, start: int, end: int) -> bool:
        """Whether an act is named inside parentheses that close before *end*: a remark, which carries nothing on."""
        return any(m.start() < act.start - start < m.end() for m in _PARENTHESIS.finditer(self.text[start:end]))

    def date_act(self, group: Group, act: ActRef) -> None:
        """Where a number follows a name that two acts have borne, decide by the age of the text and by what exists."""
        if act.rivals and act.refid in self.index.acts and not self.has_all(self.index.get(act.refid), group):
            for rival in act.rivals:
                if self.has_all(self.index.get(rival), group):
                    act.refid, act.past = rival, ""
                    return
        if not act.past:
            return
        if act.former and act.former != act.refid:
            act.refid = act.former
        elif group.kind == "section" and (loaded := self.index.get(act.refid)) is not None and not self.has_all(loaded, group):
            if all(("-" in item.number) != loaded.numbers_hyphened for item in group.items):
                act.refid = act.past
        act.past = ""

    def outside_before(self, group: Group) -> ActRef | None:
        """A treaty, a regulation, articles of association named right before a number: "vedtektenes § 3"."""
        match = _OUTSIDE.search(self.low, max(0, group.start - 60), group.start)
        if match is None:
            return None
        word = match["word"]
        if word.startswith(("forskrift", "føresegn")) and (self.place.own.startswith("forskrift") or word in ("forskrift", "forskrifter")):
            return None
        act = ActRef(match.start("word"), match.end("word"), "", "external", word)
        act.used = True
        if "forskrift" in word or "instruks" in word or "vedtak" in word:
            act.status, act.note = "act_not_loaded", f"{self.text[match.start('word') : match.end('word')]}: not among the loaded acts and regulations"
        else:
            act.external, act.note = True, f"{self.text[match.start('word') : match.end('word')]}: outside Norwegian acts"
        return act

    def weigh(self, group: Group) -> None:
        """Let the acts speak: where the act so far assumed lacks the sections and another one named here has them."""
        if group.basis in ("named", "after") and group.act is not None and group.act.kind != "bare":
            return
        own = self.place.act
        assumed = self.index.get(group.act.refid) if group.act is not None else own
        sentence = self.in_sentence(group.start)
        for act in sentence:
            if act.refid == self.place.own or act.external:
                continue
            gap = self.text[act.end : group.start] if self.last_group is None or self.last_group.act is not act else self.text[self.last_group.end : group.start]
            if group.act is None and act.refid and act.refid not in self.index.acts and not self.has_all(own, group) and _GAP_OF_THAT.fullmatch(gap):
                self.choose_act(group, act, "weighed")
                return
            cue = _GAP_EXCEPTION.fullmatch(gap) or _GAP_INCLUDING.fullmatch(gap) or (
                ":" in gap and re.search(r"f[øy]lg(?:ende|jande)|bestemmelse|føresegn", self.low[max(0, act.start - 80) : act.start])
            )
            if cue and group.act is None and self.has_all(self.index.get(act.refid), group):
                self.choose_act(group, act, "weighed")
                return
            break
        if group.act is not None and group.act.refid not in self.index.acts and group.act.kind != "bare":
            return
        if self.has_all(assumed, group):
            return
        if group.act is not None and own is not None and group.basis != "lead" and self.has_all(own, group):
            group.act, group.basis = None, "own"
            return
        others = [a for a in reversed(self.acts) if a not in sentence]
        lead = [self.place.lead] if self.place.lead is not None else []
        for act in [*sentence, *others, *lead, *reversed(self.place.earlier)]:
            if act in self.acts and self.in_parenthesis(act, 0, group.start):
                continue
            if act.refid and act.refid != self.place.own and act.kind in ("named", "dated", "same") and self.has_all(self.index.get(act.refid), group):
                self.choose_act(group, act, "weighed")
                link = group.connected
                while link is not None and link.act is None and self.has_all(self.index.get(act.refid), link):
                    self.choose_act(link, act, "weighed")
                    link = link.connected
                return

    def choose_act(self, group: Group, act: ActRef, basis: str) -> None:
        group.act, group.basis = act, basis
        act.used = True

    def in_sentence(self, position: int) -> list[ActRef]:
        """The acts named earlier in the sentence, nearest first."""
        found = []
        for act in reversed(self.acts):
            if act.end > position:
                continue
            if self.sentence_border(act.end, position):
                break
            if act.kind in ("named", "dated", "same"):
                found.append(act)
        return found

    def has_all(self, act: Act | None, group: Group) -> bool:
        """Whether an act has every section (chapter, part) that a group names, read in the plainest way."""
        if act is None:
            return False
        if group.kind != "section":
            table = act.chapters if group.kind == "chapter" else act.parts
            return all(number_key(item.number + item.letter) in table or number_key(item.number) in table for item in group.items)
        for item in group.items:
            pieces = self.read_number(item, act, group)
            if any(act.section(number) is None for number, _, _, _ in pieces):
                return False
            if len(pieces) == 2 and act.order.get(pieces[0][0].lower(), 0) >= act.order.get(pieces[1][0].lower(), 0):
                return False
        return True

    def acts_before(self, group: Group) -> bool:
        return bool(self.acts) or (self.last_group is not None and self.last_group.basis != "lead")

    def act_after(self, end: int) -> ActRef | None:
        """An act named right after a group: "§ 18 i denne lov", "§ 3 i lov 17. juni 2005 nr. 64"."""
        match = _AFTER_ACT.match(self.text, end)
        if match is None:
            return None
        position = match.end()
        token = self.starts.get(position)
        external = g.EXTERNAL_AFTER.match(self.text, end)
        dated = re.compile(r"(?:lov(?:a|en)?|[\wæøå-]*forskrift(?:en|a)?|(?:kgl\.?\s*|kongelig\s+)?res(?:olusjon)?\.?)\s+(?:av\s+|frå\s+|nr\.?\s*\d+\s+av\s+)?(\d{1,2})\.?\s+([a-z]+)\.?\s+\d{4}", re.IGNORECASE).match(self.text, position)
        saved = (list(self.acts), self.last_act)
        act: ActRef | None = None
        if dated is not None and dated[2].lower() in g.MONTHS:
            month = Token(dated.start(2), dated.end(2), "month", dated[2].lower())
            if self.on_month(month):
                act = self.last_act
        elif token is not None:
            handler = getattr(self, "on_" + token.kind)
            if token.kind != "abbreviation" and handler(token):
                act = self.last_act
        elif external is not None and self.text[end : position].strip(" ,").startswith("i"):
            act = ActRef(position, external.end(), "", "external", "")
            act.external = True
            act.used = True
            act.note = "section of " + self.text[position : external.end()]
        elif re.match(r"[a-zæøå-]+lov(?:en|a)\b", self.low[position : position + 50]):
            word = re.match(r"[a-zæøå-]+?(lov(?:en|a))\b", self.low[position : position + 50])
            if word is not None and self.on_suffix(Token(position + word.start(1), position + word.end(1), "suffix", word[1])):
                act = self.last_act
        self.acts, self.last_act = saved
        if act is not None and act.kind == "bare" and self.text[act.end : act.end + 1] not in (".", ",", " ", ")", ";", ":", ""):
            return None
        return act

    def assign_back(self, group: Group, act: ActRef) -> None:
        """The act after the list governs the chain back to where another act was named."""
        link: Group | None = group
        while link is not None and (link.act is None or link.basis in ("carried", "lead", "own")) and link.basis != "after":
            if (link.kind == "article") != (group.kind == "article"):
                break
            link.act, link.basis = act, "after"
            link = link.connected

    # chapters, parts, articles ------------------------------------------------------------------------------------

    def on_chapter(self, token: Token) -> int | None:
        match = g.CHAPTER_WORD.match(self.text, token.start)
        if match is None:
            return None
        group = Group("chapter", token.start, False)
        position = match.end()
        end = None
        ranged = False
        while True:
            number = g.CHAPTER_NUMBER.match(self.text, position)
            if number is None:
                break
            if group.items and g.NOT_A_SECTION.match(self.text, number.end()):
                break
            value = number[1] or number[2] or number[3]
            item = Item(token.start if not group.items else position, number.end(), value)
            item.end = number.end()
            if number[4]:
                if number[4] in "iå":
                    item.end = number.start(4) - (self.text[number.start(4) - 1] == " ")
                else:
                    item.letter = number[4]
            if number[1]:
                part = _CHAPTER_PARTS.match(self.text, number.end(1))
                if part is not None:  # "kapittel 16 I, II og III": parts of one chapter
                    item.letter, item.end = "", part.end()
            item.ranged = ranged
            item.tails_end = item.letter_end = item.end
            group.items.append(item)
            end = item.end
            separator = g.CHAPTER_SEP.match(self.text, end)
            if separator is None:
                break
            ranged = bool(g.SECTION_RANGE.match(separator[0]))
            position = separator.end()
        if end is None:
            return None
        group.end = end
        self.bind(group)
        return end

    def on_part(self, token: Token) -> int | None:
        match = g.PART.match(self.text, token.start)
        if match is None or (match[1].isalpha() and not match[1].isupper()):
            return None
        group = Group("part", token.start, False)
        item = Item(token.start, match.end(), match[1])
        item.tails_end = item.letter_end = match.end()
        group.items.append(item)
        group.end = match.end()
        self.bind(group)
        return match.end()

    def on_article(self, token: Token) -> int | None:
        match = g.ARTICLE.match(self.text, token.start)
        if match is None:
            return None
        group = Group("article", token.start, False)
        position = match.end()
        end = None
        while True:
            number = g.ARTICLE_NUMBER.match(self.text, position)
            if number is None:
                break
            item = Item(token.start if not group.items else position, number.end(1), number[1])
            end = number.end(1)
            if number[2] and self.text[number.start(2) - 1] != " ":
                item.letter = number[2]
                end = number.end()
            item.end = item.letter_end = end
            item.tails, end = self.read_tails(end, ())
            item.tails_end = end
            group.items.append(item)
            separator = g.SECTION_SEP.match(self.text, end)
            if separator is None or item.tails and not re.search("art", separator[0]):
                break
            position = separator.end()
        if end is None:
            return None
        group.end = end
        self.bind(group)
        return end

    # relative -----------------------------------------------------------------------------------------------------

    def on_ordinal(self, token: Token) -> int | None:
        part = _ORDINAL_PARTS.match(self.low, token.start)
        if part is not None:
            group = Group("part" if part["unit"] == "del" else "chapter", token.start, False)
            for word in g.ORD_ITEM.finditer(self.low, part.start(), part.end("list")):
                value = g.ordinal(word["word"] or word["digit"])
                item = Item(word.start(), word.end(), str(value))
                item.tails_end = item.letter_end = word.end()
                group.items.append(item)
            group.items[-1].end = group.items[-1].tails_end = part.end()
            group.end = part.end()
            value = g.ordinal(g.ORD_ITEM.match(self.low, token.start)[0])  # type: ignore[index]
            if value < 1:
                return None
            act = self.last_act
            own = self.place.act
            table = (own.parts if group.kind == "part" else own.chapters) if own is not None else {}
            named = act is not None and _GAP_ACT.fullmatch(self.text[act.end : token.start]) is not None and act.end <= token.start
            if not named and str(value) not in table:
                return None
            self.bind(group)
            return part.end()
        return self.relative(token.start)

    def on_letter(self, token: Token) -> int | None:
        return self.relative(token.start)

    def on_number(self, token: Token) -> int | None:
        provision = self.place.provision
        match = g.NUMBER_WORD.match(self.text, token.start)
        if provision is None or match is None:
            return None
        before = self.low[max(0, token.start - 2) : token.start]
        if before.strip() and before[-1] == ")":
            return None
        if re.search(r"(?:\d{4},?|\w*forordning|direktiv|protokoll|konvensjon|vedtak|prop\.|st\.|lov|\(ef\)|\(eu\)|\(eøf\))\s*$", self.low[max(0, token.start - 25) : token.start]):
            return None
        number = g.SUBNUMBER.match(self.text, match.end())
        if number is None:
            return None
        last = self.last_group
        if last is not None and last.kind == "section" and _CONNECT.fullmatch(self.text[last.end : token.start]):
            return self.relative(token.start)
        steps = self.place.steps
        ledd = steps[:1] if steps and steps[0].startswith("ledd") else ()
        if (
            provision.actual((*ledd, f"nummer/{number[1]}")) is None and provision.actual((*steps, f"nummer/{number[1]}")) is None
            and provision.actual((f"nummer/{number[1]}",)) is None
        ):
            return None
        return self.relative(token.start)

    def on_unit(self, token: Token) -> int | None:
        head = re.search(r"(?:\d{1,2}\.?\s*(?:,|og|eller|til|–|-)\s*)*\d{1,2}\.\s*$", self.low[max(0, token.start - 20) : token.start])
        if head is None:
            return None
        start = max(0, token.start - 20) + head.start()
        if g.ORD_LIST.match(self.text, start) is None:
            return None
        return self.relative(start)

    def relative(self, start: int) -> int | None:
        """"første ledd", "bokstav a", "annet punktum" without a section: of the section before it, or where it stands."""
        last = self.last_group
        if last is not None and last.kind == "section" and last.end <= start and not self.sentence_border(last.end, start):
            gap = self.text[last.end : start]
            if _CONNECT.fullmatch(gap) and gap.strip() and last.items:
                item = last.items[-1]
                base = item.tails[-1].steps if item.tails else ()
                tails, end = self.read_tails_joined(start, base)
                if tails:
                    item.tails.extend(tails) if item.tails else item.tails.extend([Tail((), item.start, item.letter_end, "text"), *tails])
                    item.tails_end = end
                    last.end = end
                    return end
        tails, end = self.read_tails(start, ())
        if not tails:
            return None
        if self.place.provision is None:
            return end
        external = g.EXTERNAL_AFTER.match(self.text, end)
        after = self.act_after(end) if external is None else None
        if external is not None or (after is not None and after.kind not in ("own", "bare")):
            return end
        for tail in tails:
            self.relatives.append((tail.start, tail.end, tail.steps, tail.via if tail.via == "range" else "relative"))
        return end

    def read_tails_joined(self, start: int, base: tuple[str, ...]) -> tuple[list[Tail], int]:
        """Tails that go on from *base* ("jf. bokstav b" keeps the ledd)."""
        step = self.read_step(start, base, True, plural=False, first=False)
        if step is None:
            return [], start
        found, kind, stop = step
        path = self._prefix(base, kind, True)
        tails = [Tail((*path, value), s, e, via) for value, s, e, via in found]
        more, end = self.read_tails(stop, tails[-1].steps)
        if more:
            tails[-1:] = [Tail(more[0].steps, tails[-1].start, more[0].end, more[0].via), *more[1:]]
            stop = end
        return tails, stop

    def on_previous(self, token: Token) -> int | None:
        match = re.compile(r"\s+(ledd|punktum|setning|paragraf|bokstav|nummer|nr\.?|kapit+e?l)(?:et|en)?(?![\wæøå])").match(self.low, token.end)
        if match is None or self.place.provision is None:
            return None
        forward = token.word == "neste"
        steps = self._neighbour(match[1], forward, token.start)
        if steps is None:
            return match.end()
        self.relatives.append((token.start, match.end(), steps, "relative"))
        return match.end()

    def _neighbour(self, unit: str, forward: bool, position: int) -> tuple[str, ...] | None:
        steps = self.place.steps
        shift = 1 if forward else -1
        if unit in ("punktum", "setning"):
            number = 1 + len(g.SENTENCE_END.findall(self.text[:position]))
            if number + shift < 1:
                return None
            return (*steps, f"setning/{number + shift}")
        if unit == "ledd":
            if steps and steps[0].startswith("ledd/"):
                value = int(steps[0].split("/")[1]) + shift
                return (f"ledd/{value}",) if value > 0 else None
            return None
        if unit in ("bokstav", "nummer", "nr", "nr."):
            for place in range(len(steps) - 1, -1, -1):
                kind, _, value = steps[place].partition("/")
                if kind == "bokstav" and unit == "bokstav" and len(value) == 1:
                    return (*steps[:place], f"bokstav/{chr(ord(value) + shift)}")
                if kind == "nummer" and unit != "bokstav" and value.isdigit():
                    return (*steps[:place], f"nummer/{int(value) + shift}")
            return None
        if unit == "paragraf":
            return ("§" + str(shift),)
        return None

    def on_here(self, token: Token) -> int | None:
        kind = HERE[token.word]
        provision = self.place.provision
        if provision is None:
            return None
        if kind == "section":
            self.relatives.append((token.start, token.end, (), "relative"))
        elif kind == "chapter" and provision.chapter is not None:
            self.add(token.start, token.end, str(provision.chapter), "relative", "resolved", "")
        elif kind == "ledd" and self.place.steps[:1]:
            self.relatives.append((token.start, token.end, self.place.steps[:1], "relative"))
        elif kind == "item" and len(self.place.steps) > 1:
            self.relatives.append((token.start, token.end, self.place.steps, "relative"))
        return token.end

    # --- results --------------------------------------------------------------------------------------------------

    def add(self, start: int, end: int, target: str, via: Via, status: Status, reason: str) -> None:
        begin, stop = self.clean.original(start), self.clean.original_end(end)
        shift = self.place.offset
        self.rows.append(Reference(self.place.source, begin + shift, stop + shift, self.raw[begin:stop], target, via, status, reason))

    def emit(self) -> None:
        for group in self.groups:
            self.emit_group(group)
        for act in self.acts:
            if not act.used:
                self.emit_act(act)
        self.emit_relatives()
        for start, end, target in self.eu:
            self.add(start, end, target, "text", "external", "act of the European Union")

    def emit_act(self, act: ActRef) -> None:
        if act.external:
            self.add(act.start, act.end, act.refid, "text", "external", act.note or "treaty or act outside Norwegian law")
            return
        if not act.refid:
            self.add(act.start, act.end, "", "text", act.status, act.note)
            return
        target = act.refid + (f"/{act.annex}" if act.annex else "")
        if act.kind in ("own", "bare"):
            self.add(act.start, act.end, target, "relative", "resolved", "")
            return
        status, reason = self.act_status(act)
        self.add(act.start, act.end, target, "text", status, reason)

    def act_status(self, act: ActRef) -> tuple[Status, str]:
        if act.refid in self.index.acts:
            return "resolved", ""
        if act.status != "resolved":
            return act.status, act.note
        old = next((h for h in self.reader.names.table.historical if h.act == act.refid and h.successor), None)
        if old is not None:
            return "act_replaced", f"replaced by {old.successor}"
        return "act_not_loaded", "the act is not among those loaded"

    def emit_group(self, group: Group) -> None:
        act = group.act
        if act is None:
            act = self.fallback(group)
        if group.kind == "section":
            self.emit_sections(group, act)
        elif group.kind in ("chapter", "part"):
            self.emit_chapters(group, act)
        else:
            self.emit_articles(group, act)

    def fallback(self, group: Group) -> ActRef:
        """The own act; where that has no such section and an act named before in the sentence has, that one."""
        if self.place.default and group.kind in ("section", "chapter", "part"):
            return ActRef(group.start, group.start, self.place.default, "named")
        return self.own_act(group.start, group.start)

    def emit_sections(self, group: Group, act: ActRef) -> None:
        via: Via = "list" if group.basis == "lead" else "text"
        loaded = self.index.get(act.refid) if act.refid else None
        before: str | None = None
        before_start = group.start
        for item in group.items:
            pieces = self.read_number(item, loaded, group)
            for place, (number, letter_step, start, end) in enumerate(pieces):
                if (item.ranged and place == 0 or place == 1) and before is not None and loaded is not None:
                    for between in self.between(loaded, before, number):
                        self.add_target(act, loaded, between, (), before_start, end, "range")
                last = place == len(pieces) - 1
                base = (letter_step,) if letter_step else ()
                if last and item.tails:
                    first = True
                    for head, begin, end_of_head in self.heads_of(item):
                        self.add_target(act, loaded, number, head, begin, end_of_head, via)
                    for tail in item.tails:
                        steps = (*base, *tail.steps) if not (tail.steps and tail.steps[0].startswith("ledd/")) else tail.steps
                        begin = start if first and tail.via != "range" else tail.start
                        self.add_target(act, loaded, number, steps, begin, tail.end, "range" if tail.via == "range" else via)
                        first = first and tail.via == "range"
                else:
                    self.add_target(act, loaded, number, base, start, end, via)
                before, before_start = number, start

    def heads_of(self, item: Item) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Of "§ 3 første ledd bokstav a og b" the head "§ 3 første ledd": where a list of places hangs on one section, each ledd in it."""
        run: list[Tail] = []
        for tail in [*item.tails, None]:
            if tail is not None and (not run or (tail.steps[:1] == run[0].steps[:1] and tail.steps[:1])):
                run.append(tail)
                continue
            if len(item.tails) > 1 and run and all(len(t.steps) > 1 for t in run) and run[0].steps[0].startswith("ledd/"):
                common = 1
                while len(run) > 1 and all(len(t.steps) > common + 1 and t.steps[common] == run[0].steps[common] for t in run):
                    common += 1
                start = item.start if run[0] is item.tails[0] else run[0].start
                word = _HEAD_WORD.search(self.text, max(run[0].start, item.letter_end), run[0].end + 40)
                if word is not None:
                    yield run[0].steps[:common], start, word.end()
            run = [tail] if tail is not None else []

    def between(self, act: Act, first: str, last: str) -> list[str]:
        low, high = act.order.get(first.lower()), act.order.get(last.lower())
        if low is None or high is None or high - low > 400:
            return []
        return [number for number, place in act.order.items() if low < place < high]

    def read_number(self, item: Item, act: Act | None, group: Group) -> list[tuple[str, str, int, int]]:
        """What a written number means in an act: one section, or the two ends of a range: (number, letter step, start, end)."""
        number, letter = item.number, item.letter
        if re.match(r"\d+[A-Za-zÆØÅ]-", number):
            return [(number + letter if act is None or not letter or act.section(number + letter) else number, f"bokstav/{letter.lower()}" if letter and act is not None and act.section(number + letter) is None else "", item.start, item.letter_end)]
        parts = [part for part in re.split(r"[-–]", number) if part]
        full = "-".join(parts)
        if act is not None:
            if letter and act.section(full + letter):
                return [(full + letter, "", item.start, item.letter_end)]
            step = f"bokstav/{letter.lower()}" if letter else ""
            if act.section(full) is not None:
                if letter and letter.islower() and not self._letter_in(act, full, letter):
                    return [(full + letter, "", item.start, item.letter_end)]
                return [(full, step, item.start, item.letter_end)]
            ends = self._ends(parts, letter)
            for low, high, high_step in ends:
                if act.section(low) is not None and act.section(high) is not None:
                    return self._two(item, low, high, high_step)
            if len(parts) == 2 and not act.numbers_hyphened and (group.plural or act.section(parts[0]) or act.section(parts[1])):
                return self._two(item, parts[0], parts[1] + letter, "")
            if len(parts) == 4:
                return self._two(item, "-".join(parts[:2]), "-".join(parts[2:]) + letter, "")
            return [(full + letter, "", item.start, item.letter_end)]
        if len(parts) == 4:
            return self._two(item, "-".join(parts[:2]), "-".join(parts[2:]) + letter, "")
        if len(parts) == 2 and group.plural and parts[0].isdigit() and parts[1].isdigit():
            others = [i for i in group.items if i is not item and "-" in i.number]
            if int(parts[0]) < int(parts[1]) and not others and (len(group.items) == 1 or int(parts[0]) > 30):
                return self._two(item, parts[0], parts[1] + letter, "")
        return [(full + letter, "", item.start, item.letter_end)]

    @staticmethod
    def _letter_in(act: Act, number: str, letter: str) -> bool:
        provision = act.section(number)
        return provision is not None and provision.actual((f"bokstav/{letter}",)) is not None

    @staticmethod
    def _ends(parts: list[str], letter: str) -> Iterator[tuple[str, str, str]]:
        if len(parts) == 2:
            if letter:
                yield parts[0], parts[1] + letter, ""
            yield parts[0], parts[1], f"bokstav/{letter}" if letter else ""
        elif len(parts) == 4:
            yield "-".join(parts[:2]), "-".join(parts[2:]) + letter, ""
        elif len(parts) == 3:
            yield "-".join(parts[:2]), f"{parts[0]}-{parts[2]}{letter}", ""
            yield "-".join(parts[:2]), parts[2] + letter, ""

    def _two(self, item: Item, low: str, high: str, step: str) -> list[tuple[str, str, int, int]]:
        text = self.text[item.start : item.end]
        digits = [m.end() for m in re.finditer(r"\d+", text)]
        cut = digits[low.count("-")] if low.count("-") < len(digits) - 1 else digits[0]
        middle = item.start + cut
        rest = middle + len(re.match(r"[\s–-]*", self.text[middle : item.end])[0])  # type: ignore[index]
        return [(low, "", item.start, middle), (high, step, rest, item.letter_end)]

    def add_target(
        self, act: ActRef, loaded: Act | None, number: str, steps: tuple[str, ...], start: int, end: int, via: Via
    ) -> None:
        if act.external or not act.refid:
            status: Status = "external" if act.external else act.status
            if via != "range":
                self.add(start, end, "", via, status, act.note or "no Norwegian act")
            return
        provision = loaded.section(number) if loaded is not None else None
        if provision is None:
            target = "/".join((act.refid, "§" + number, *steps))
            if loaded is None:
                status, reason = self.act_status(act)
            else:
                status, reason = "no_such_section", f"{act.refid} has no § {number}"
            self.add(start, end, target, via, status, reason)
            return
        steps = self.absolute(provision, steps)
        status, reason = self.provision_status(provision, steps)
        if status == "no_such_ledd" and (self.amends or self.place.amending):
            status, reason = "resolved", "new in the amended act"
        self.add(start, end, "/".join((str(provision.address), *steps)), via, status, reason)

    @staticmethod
    def absolute(provision: Provision, steps: tuple[str, ...]) -> tuple[str, ...]:
        """Steps with "siste ledd" counted out."""
        if not any("/-" in step for step in steps):
            return steps
        found: list[str] = []
        for step in steps:
            kind, _, value = step.partition("/")
            if value.startswith("-"):
                if kind == "ledd":
                    count = provision.ledd_count + int(value) + 1
                else:
                    path = provision.actual(tuple(found))
                    words = provision.paths.get(path if path else ("ledd/1",), "") if path is not None else ""
                    count = 1 + len(g.SENTENCE_END.findall(words)) + int(value) + 1
                found.append(f"{kind}/{max(1, count)}")
            else:
                found.append(step)
        return tuple(found)

    @staticmethod
    def provision_status(provision: Provision, steps: tuple[str, ...]) -> tuple[Status, str]:
        if provision.repealed:
            return "repealed", f"{provision.address} is repealed"
        if steps and provision.actual(steps) is None:
            return "no_such_ledd", f"{provision.address} has no {'/'.join(steps)}"
        return "resolved", ""

    def emit_chapters(self, group: Group, act: ActRef) -> None:
        loaded = self.index.get(act.refid) if act.refid else None
        via: Via = "list" if group.basis == "lead" else "text"
        word = "kap" if group.kind == "chapter" else "del"
        before: str | None = None
        for item in group.items:
            if act.external or not act.refid:
                self.add(item.start, item.end, "", via, "external" if act.external else act.status, act.note or "no Norwegian act")
                continue
            key = number_key(item.number + item.letter)
            end = item.end
            table = (loaded.chapters if group.kind == "chapter" else loaded.parts) if loaded is not None else {}
            if act.annex and loaded is not None and group.kind == "chapter":
                table = loaded.annex_chapters.get(act.annex, {})
            address = table.get(key)
            if address is None and item.letter:
                address = table.get(number_key(item.number))
                if address is not None:
                    end = item.end - 1 - (self.text[item.end - 2] == " ")
            if item.ranged and before is not None and address is not None:
                keys = list(table)
                if before in keys and key in keys:
                    for between in keys[keys.index(before) + 1 : keys.index(key)]:
                        self.add(group.start, end, str(table[between]), "range", "resolved", "")
            before = key
            if address is not None:
                self.add(item.start, end, str(address), via, "resolved", "")
            elif loaded is None:
                status, reason = self.act_status(act)
                self.add(item.start, end, f"{act.refid}/{word}{item.number}{item.letter}", via, status, reason)
            else:
                self.add(item.start, end, f"{act.refid}/{word}{item.number}{item.letter}", via, "no_such_section",
                         f"{act.refid} has no {'chapter' if word == 'kap' else 'part'} {item.number}{item.letter}")

    def emit_articles(self, group: Group, act: ActRef) -> None:
        own = group.act is None
        loaded = self.index.get(act.refid) if act.refid else None
        annex = act.annex if not own else self.place.annex
        table = loaded.annexes.get(annex) if loaded is not None else None
        for item in group.items:
            key = (item.number + item.letter).lower()
            if act.external or table is None:
                if act.external and act.refid:
                    self.add(item.start, item.end, f"{act.refid}/a{key}", "text", "external", act.note or "article outside Norwegian law")
                continue
            provision = table.get(key)
            base = f"{act.refid}/{annex + '/' if annex else ''}a{item.number}{item.letter}"
            for tail in item.tails or [Tail((), item.start, item.end, "text")]:
                start = item.start if tail is (item.tails[0] if item.tails else tail) else tail.start
                if provision is None:
                    self.add(start, tail.end, base, "text", "no_such_section", f"no article {key}")
                else:
                    steps = self.absolute(provision, tail.steps)
                    self.add(start, tail.end, "/".join((str(provision.address), *steps)), "range" if tail.via == "range" else "text", "resolved", "")

    def emit_relatives(self) -> None:
        provision = self.place.provision
        if provision is None:
            return
        for start, end, steps, via in self.relatives:
            self.emit_relative(provision, start, end, steps, via)

    def emit_relative(self, provision: Provision, start: int, end: int, steps: tuple[str, ...], via: Via) -> None:
        if steps and steps[0].startswith("§"):
            act = self.place.act
            number = (provision.address.section or "").lower()
            if act is None or number not in act.order:
                return
            numbers = list(act.order)
            place = act.order[number] + int(steps[0][1:])
            if 0 <= place < len(numbers):
                self.add(start, end, str(act.sections[numbers[place]].address), via, "resolved", "")
            return
        if steps and not steps[0].startswith("ledd/"):
            steps = self.complete(provision, steps)
        steps = self.absolute(provision, steps)
        target = "/".join((str(provision.address), *steps))
        if steps and provision.actual(steps) is None and not self.place.amending:
            self.add(start, end, target, via, "no_such_ledd", f"{provision.address} has no {'/'.join(steps)}")
        else:
            self.add(start, end, target, via, "resolved", "")

    def complete(self, provision: Provision, steps: tuple[str, ...]) -> tuple[str, ...]:
        """A relative letter, number or sentence with the ledd (and item) where it stands, the nearest place that has it."""
        own = self.place.steps
        kind = steps[0].split("/")[0]
        if kind == "setning":
            cut = len(own)
            return (*own[:cut], *steps)
        for cut in range(len(own), -1, -1):
            kinds = [step.split("/")[0] for step in own[:cut]]
            if kind in kinds and kind != "nummer":
                continue
            path = (*own[:cut], *steps)
            if provision.actual(path) is not None and (not path or tuple(s.lower() for s in path if not s.startswith("setning")) in provision.paths):
                return path
        found = provision.actual(steps)
        if found is not None:
            return (*found, *(s for s in steps if s.startswith("setning/")))
        return (*own[:1], *steps)


def _eu_target(match: re.Match[str]) -> str:
    """``(EU) 2016/679`` → ``eu/32016r0679``; ``2009/103/EF`` → ``eu/32009l0103``; kind by the word before the number."""
    word = (match["kind"] or "").lower()
    if match["org"]:
        a, b = int(match["a"]), int(match["b"])
        numbered = re.search(r"nr", match[0].lower()) is not None
        if numbered and b >= 1950 or (b >= 1950 and a < 1950):
            number, year = a, b
        elif numbered and b < 100:
            number, year = a, 1900 + b
        elif a >= 1950:
            year, number = a, b
        else:
            return ""
        letter = "l" if "direktiv" in word else "d" if "beslutning" in word or "vedtak" in word else "r"
    else:
        year, number = int(match["c"]), int(match["d"])
        year = year if year >= 1000 else 1900 + year
        letter = "f" if "rammebeslutning" in word else "d" if "beslutning" in word or "vedtak" in word else "l"
    return f"eu/3{year}{letter}{number:04}"


# --- documents ----------------------------------------------------------------------------------------------------


class DocumentReader:
    """Walks a document and reads each text at its place."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.reader = reader
        self.index = reader.index
        self.document = document
        self.refid = document.refid
        self.act = reader.index.get(document.refid) or Act(document)
        self.rows: list[Reference] = []
        self.amending: str | None = None
        self.earlier: list[ActRef] = []
        self.default = self.titled() if not self.act.sections else ""

    def titled(self) -> str:
        """The one act that the title of an amending act names; empty where it names none or several."""
        reading = TextReader(self.reader, self.document.header.title, Place(self.refid, self.act, Address(self.refid)))
        reading.read()
        named = {act.refid for act in reading.acts if act.kind in ("named", "dated") and act.refid in self.index.acts}
        return named.pop() if len(named) == 1 else ""

    def read(self) -> list[Reference]:
        self.walk(self.document.body, None, None, None, Address(self.refid))
        return self.rows

    def walk(self, node: Node, section: Provision | None, amended: dt.date | None, lead: ActRef | None, near: Address) -> ActRef | None:
        for child in node.children:
            kind = child.kind
            where = child.address or near
            if kind in ("section", "division", "document_change"):
                self.amending = None
            if kind == "section":
                self.earlier = []
                provision = self.provision(child)
                self.walk(child, provision, last_amended(child, self.act.date), None, where)
                continue
            if kind in _READ_KINDS:
                last = self.read_text(child, section, amended, lead, where)
                self.walk(child, section, amended, last, where)
            elif kind in ("note", "footnote", "heading", "gazette_note", "image", "new_heading", "caption"):
                continue
            else:
                self.walk(child, section, amended, lead, where)
        return None

    def offset(self, article: Provision, node: Node) -> int:
        """Where the text of *node* begins in the text of an annexed article (`source_text`)."""
        position = 0
        for other in texts_of(article.node):
            if other is node:
                return position
            position += len(other.text) + 1
        return 0

    def amended_section(self, where: Address) -> Provision | None:
        """The section that a new text becomes, where the amended act is loaded and has it."""
        act = self.index.get(self.amending or "")
        step = next((step for step in where.path if step.startswith("ny§")), None)
        return act.section(step[3:]) if act is not None and step is not None else None

    @staticmethod
    def amended_steps(where: Address) -> tuple[str, ...]:
        place = next((i for i, step in enumerate(where.path) if step.startswith("ny§")), None)
        return where.path[place + 1 :] if place is not None else ()

    def provision(self, node: Node) -> Provision | None:
        address = node.address
        if address is None or not address.path:
            return None
        step = address.path[-1]
        if step.startswith("§"):
            found = self.act.section(step.lstrip("§"))
        else:
            found = self.act.annexes.get("/".join(address.path[:-1]), {}).get(step.lstrip("a").lower())
        if found is not None and found.node is node:
            return found
        return Provision(address, node, False, found.chapter if found else None)

    def read_text(self, node: Node, section: Provision | None, amended: dt.date | None, lead: ActRef | None, where: Address) -> ActRef | None:
        """Read one node; return the act that a list under it takes over."""
        text = node.text
        if not text:
            return lead
        source = where
        place = Place(self.refid, self.act, source)
        if self.amending is not None and not _AMENDS.match(text):
            place.own = self.amending
            place.amending = True
            place.act = self.index.get(self.amending)
            place.provision = self.amended_section(where)
            place.steps = self.amended_steps(where)
        elif section is not None:
            place.provision = section
            cut = len(section.address.path)
            if section.address.path and not section.address.path[-1].startswith("§"):
                place.annex = "/".join(section.address.path[:-1])
                place.article = True
                place.source = section.address
                place.offset = self.offset(section, node)
            place.steps = where.path[cut:] if section.address.contains(where) else ()
            place.amended = amended
        place.lead = lead
        if section is None and self.amending is None:
            place.default = self.default
        place.earlier = self.earlier
        reading = TextReader(self.reader, text, place)
        if not reading.tokens:
            return None
        self.rows.extend(reading.read())
        self.earlier.extend(act for act in reading.acts if act.kind in ("named", "dated") and act.refid in self.index.acts)
        if reading.amends:
            named = next((a for a in reading.acts if a.kind in ("named", "dated")), None)
            if named is not None and named.refid and named.start < 60:
                self.amending = named.refid
        elif reading.text.rstrip().endswith(":") and reading.acts:
            named = reading.acts[-1]
            if named.kind in ("named", "dated") and named.refid and _CHANGES_IN.search(reading.low[: named.start]):
                self.amending = named.refid
        if not any(child.kind == "list" for child in node.children):
            return None
        return reading_lead(reading) or lead


def texts_of(node: Node) -> Iterator[Node]:
    """The nodes of a section or article that references are read from, in the order of the text."""
    for child in node.children:
        if child.kind in ("note", "footnote", "heading", "gazette_note", "image", "new_heading", "caption"):
            continue
        if child.kind in _READ_KINDS and child.text:
            yield child
        yield from texts_of(child)


def source_text(document: Document, source: Address) -> str | None:
    """The text in which the positions of a reference count: the ledd's or item's own words.

    In an annexed treaty the source is the article, and its text is that of its ledd and items, one line each. None
    where the document has no such place.
    """
    for node in document.body.walk():
        if node.address == source and node.kind in (*_READ_KINDS, "section"):
            if node.kind != "section":
                return node.text
            if not source.path[-1].startswith("§"):
                return "\n".join(other.text for other in texts_of(node))
    return None


_LEAD_NOUN = re.compile(r"(?:følgende|fylgjande|følgjande|desse|disse)\s+(?:[a-zæøå]+\s+){1,2}(?:i|etter|av)\s+$", re.IGNORECASE)


def reading_lead(reading: TextReader) -> ActRef | None:
    """The act that a list takes from its lead: only where the lead ends in it, or speaks of "the following" of that act."""
    text = reading.text.rstrip()
    end = len(text.rstrip(": "))
    for act in reversed(reading.acts):
        rest = text[act.end : end].strip(" ,:")
        if act.kind in ("own", "bare"):
            return None
        if text.endswith(":") and "." not in rest and "§" not in rest and _LEAD_NOUN.search(reading.low[: act.start]):
            return act
        if rest and not re.fullmatch(r"(?:§§?|kapit+el|kap\.?|sine?|om|av)", rest, re.IGNORECASE):
            return None
        before = reading.low[max(0, act.start - 25) : act.start]
        return None if re.search(r"(?:etter|med hjemmel i|i medhold av)\s*$", before) and not rest else act
    return None


def find_references(document: Document, index: Index) -> list[Reference]:
    """The references of one document, in the order of the text.

    Read from the words alone; Lovdata's links are not looked at. Pure: the same document and index give the same rows.
    """
    return DocumentReader(reader_of(index), document).read()


def reader_of(index: Index) -> Reader:
    """The reader of an index, made once."""
    reader = index.__dict__.get("_reader")
    if reader is None:
        reader = Reader(index)
        index.__dict__["_reader"] = reader
    return reader
