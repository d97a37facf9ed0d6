"""When an amending act, and each of its instructions, came into force, and which source says so.

Sources in this order: the act's own clause; a commencement decision in the gazette; the note of amendment under the
section. A clause or decision is read into rules, each with a scope (roman parts, amended acts, sections, ledd) and a
date; the narrowest rule that covers an instruction decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.amendments.instruction import Amendment, Operation, Target
from lovdata_ingest.amendments.names import Names, citations, date_of
from lovdata_ingest.amendments.prose import MONTHS, read_lead
from lovdata_ingest.amendments.tree import number_key
from lovdata_ingest.model import Document
from lovdata_ingest.sentences import split_sentences

Source = Literal["clause", "decision", "note", "none"]

_DATE = re.compile(r"\b(?:den )?(\d{1,2})\. ?(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)(?: (\d{4}))?", re.IGNORECASE)
_OPEN = re.compile(r"(?:fr[aå]|på) (?:den|det|dei?) (?:tid(?:a|en|spunkt(?:et)?)?|tida)(?: som)? (?:\w+ ){0,3}?(?:bestemm?er|fastset(?:ter)?|avgjer|fastsett|føreskriv|fastlegger|vedtek)|(?:Kongen|departementet|Kongen i statsråd) (?:bestemmer|fastset|fastsetter|avgjer)(?: når)?|Kongen fastset|når (?:Kongen|departementet) (?:bestemmer|fastset)|det tidspunkt(?:et)? Kongen|tidspunkt departementet fastsetter", re.IGNORECASE)
_NOW = re.compile(r"\b(?:straks|med det same|umiddelbart|med umiddelbar virkning|ved kunngjøringen|frå i dag|fra i dag|omgående|med ein gong)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:tr(?:er|ør|ed|e|eng|ing) (?:ikke |likevel |også |straks |derfor |dermed |imidlertid |òg |tidligst )?i kr(?:a|e)ft|(?:sett?es|setjast|sett|setter|blir sett|vert sett|settast) i kraft|set(?:je|te)?r? i kraft|(?:skal )?gjeld(?:er|e)?|(?:tek|tar|ta|tek det|skal ta) (?:likevel |også |òg )?til å gjelde|byrjar å gjelde|"
    r"ikraftset(?:ting|tes|jing)|ikrafttred(?:else|en|ing)|ikraftsetjing|i kraft(?: straks)?(?= fr| \d| straks| same)|får virkning|oppheves|skal settes i kraft|iverksettes|ikraftsettes)\b", re.IGNORECASE)
_COMMENCES = re.compile(r"kr(?:a|e)ft|gjeld|ikraft|iverks", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:med unntak (?:av|for|frå|fra)|med unnatak (?:av|for|frå)|unntatt|unnateke|bortsett fra|bortsett frå|utenom|men ikke|dog ikke|likevel ikke|med følgende unntak)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:for øvrig|øvrige|resten|elles|ellers|dei andre|de andre|de resterende|resterende|attståande|andre endring)", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:under|i|del(?:ene|ane)?|avsnitt(?:ene)?|romertall|romartal|pkt\.?|kapittel|punkt|under punkt)\s+((?:[IVXLC]+\b(?:\s*(?:,|og|til|–|-|samt)\s*(?:del |romertall )?)?)+)(?!\s*(?:i lov|kapittel))")
_WHOLE = re.compile(r"\b(?:[Ll]oven|[Ll]ova|[Dd]enne lov|[Ll]ov [^§]*?|[Ee]ndringsloven|[Ee]ndringslova|[Ee]ndring(?:ene|ane|en|a)|[Dd]e øvrige)\b")
_OWN = re.compile(r"\b(?:denne lovens?|loven her|lova her|lovens|lovas)\b", re.IGNORECASE)


_NO_DECISION = re.compile(r"(?:Forskrift om (?:endring|opphev|overgang|delegering)|Delegering|Overgangs|Endringer i forskrift|Endring i forskrift|Opphevelse)", re.IGNORECASE)
_OF_REGULATION = re.compile(r"(?:ikraft\w*|i kraft|iverks\w*|sette i verk)(?:\s\w+){0,2}?\s(?:av|for)\s(?:endring\w*\s(?:i|av)\s)?(?:deler av )?(?:ny )?(?:forskrift|instruks|EØS|vedtak|avtale|konvensjon)", re.IGNORECASE)
_CHANGED = re.compile(r"utset|utsatt|endr(?:ing|et|a) (?:av|i) (?:ikraft|iverks|vedtak|kgl|kongeleg|res|tidspunkt|forskrift)|endret ikraft|ny(?:tt)? (?:ikraft|tidspunkt|dato)|opphev\w* (?:av )?(?:vedtak|ikraft|kgl|kongel|res|delvis)|omgjøring|tilbakekall|oppheving av", re.IGNORECASE)


def decides(title: str) -> bool:
    """Whether the title of a regulation speaks of putting an act into force."""
    return bool(re.search(r"ikraft|i kraft|sett?e i verk|iverks", title, re.IGNORECASE)) and not _NO_DECISION.match(title) and not _OF_REGULATION.search(title)


class Rule(Struct, frozen=True, omit_defaults=True):
    """What comes into force and when. ``date`` None: left to somebody to decide. Empty scope fields mean no limit.

    ``parts`` are roman parts of the amending act, ``acts`` the amended acts, ``places`` sections and below (with the act
    where it is named), ``without`` places and parts that are excepted. ``rest`` marks "for øvrig", ``changes`` a decision that
    changes an earlier one.
    """

    date: dt.date | None
    source: str
    words: str = ""
    parts: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    places: tuple[Target, ...] = ()
    without: tuple[Target, ...] = ()
    without_parts: tuple[str, ...] = ()
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
        before = text[max(0, match.start() - 26): match.start()]
        if re.search(r"\b(?:[Ll]ov(?:en|a|er)?(?: av)?|[Ff]orskrift(?: av)?|res\.?|resolusjon|[Vv]edtak|[Dd]irektiv|loven?\)?|lov) $", before) or re.match(r" nr\.? ?\d", text[match.end():]) or before.endswith(" av "):
            continue
        if re.search(r"(?:virkning|verknad|gjeldende|gjeldande)(?: også)? (?:fra|frå)?(?: og med)? ?$", before) and not re.search(r"(?:kraft|gjelde|gjelder|gjeld) med (?:virkning|verknad) (?:fra|frå)(?: og med)? ?$", text[: match.start()]):
            if found or _NOW.search(text):
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


def _roman_list(text: str) -> list[str]:
    names = ["", *"I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII XXVIII XXIX XXX".split()]
    found: list[str] = []
    ranged = False
    for token in re.findall(r"[IVXLC]+|til|–|-", text):
        if token in ("til", "–", "-"):
            ranged = True
        elif token in names:
            if ranged and found and found[-1] in names and names.index(found[-1]) < names.index(token):
                found += names[names.index(found[-1]) + 1: names.index(token) + 1]
            else:
                found.append(token)
            ranged = False
    return found


def _sentences(text: str) -> list[str]:
    return [line[a:b] for line in text.split("\n") for a, b in split_sentences(line)]


class Clauses:
    """Reads clauses and decisions into rules."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def scope(self, text: str, amendment: str, at: dt.date) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Target, ...]]:
        """Parts, acts and places that *text* names."""
        title_free = re.sub(r"\([^()]*\)", " ", text)
        parts: list[str] = []
        for match in _PARTS.finditer(title_free):
            parts += _roman_list(match[1])
        cited = [(c[0], c[1], c[2]) for c in citations(title_free)]
        acts: list[tuple[str, int]] = []
        titled_to = -1
        for refid, start, end in cited:
            if refid == amendment:
                follow = re.match(r"[^§]*?\bom (?:ei?n? )?endring(?:er|ar)? i [^§]*?(?=(?:,| del | avsnitt | romertall |\s(?:skal|trer|tek|settes|blir|§|med unntak)|$))", title_free[end:])
                titled_to = max(titled_to, end + (follow.end() if follow else 0))
                continue
            if start < titled_to:
                continue
            acts.append((self.names.canonical(refid), start))
        for match in re.finditer(r"\b[\wæøåÆØÅ-]*[a-zæøå]lov(?:en|a|ens|as)?\b", title_free):
            word = re.sub(r"(?<=en|va)s$", "", match[0])
            if word.lower() in ("endringsloven", "endringslova", "lov", "loven", "lova") or match.start() < titled_to:
                continue
            refid = self.names.resolve(word, at)
            if refid:
                acts.append((refid, match.start()))
        if re.search(r"\bGrunnlov", title_free):
            pass
        places: list[Target] = []
        # read stretches that hold sections, each with the act named before it
        marks = sorted(acts, key=lambda a: a[1])
        if "§" in title_free or re.search(r"\bkap(?:ittel|\.)", title_free):
            bounds = [0, *[m[1] for m in marks], len(title_free)]
            owners = ["", *[m[0] for m in marks]]
            for owner, a, b in zip(owners, bounds, bounds[1:], strict=False):
                stretch = title_free[a:b]
                if a < titled_to:
                    stretch = title_free[max(a, min(titled_to, b)): b]
                first = re.search(r"§|\bkap(?:ittel|\.)", stretch)
                if not first:
                    # "ny § 4 i barnevernloven": the act stands after the sections
                    continue
                piece = stretch[first.start():]
                tail = re.search(r"\b(?:trer|settes|tek|gjelder|skal|får|blir)\b", piece)
                read = read_lead(piece[: tail.start()] if tail else piece)
                read = read_lead(re.sub(r"[.;:]\s*$", "", piece[: tail.start()] if tail else piece) + " oppheves")
                targets = [f.target(owner) for act in (read.acts if read else ()) for f in act.found]
                if not owner and targets and marks and re.search(r"\bi (?:lov|den|[\wæøå-]+lov)", stretch[-40:] + title_free[b: b + 12]):
                    targets = [replace(t, act=marks[0][0]) for t in targets]
                places += [t for t in targets if t.steps]
        used = {t.act for t in places if t.act}
        return tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(a for a, _ in acts if a not in used)), tuple(places)

    def rules(self, text: str, amendment: str, basis: dt.date, document: str, kind: Source, part: str = "") -> list[Rule]:
        """The rules in *text* about *amendment*; *basis* is the day that "straks" means."""
        found: list[Rule] = []
        previous: Rule | None = None
        for sentence in _sentences(text):
            for rule in self.sentence(sentence.strip(), amendment, basis, document, kind, previous):
                found.append(rule)
                previous = rule
        return found

    def sentence(self, sentence: str, amendment: str, basis: dt.date, document: str, kind: Source, previous: Rule | None) -> list[Rule]:
        if not sentence or not _VERB.search(sentence) and not (_EXCEPT.search(sentence) or _DATE.search(sentence)):
            return []
        if re.match(r"(?:Kongen|Departementet) kan ", sentence) and not _DATE.search(sentence):
            return []
        dates = _dates(sentence, basis)
        if re.match(r"(?:Det same|Det samme|Tilsvarende|Likeeins) gjeld", sentence) and previous is not None and not dates:
            parts, acts, places = self.scope(sentence, amendment, basis)
            return [replace(previous, parts=parts, acts=acts, places=places, without=(), without_parts=(), words=sentence[:300])]
        if not dates:
            return []
        if not _COMMENCES.search(sentence):
            return []
        if re.search(r"\b(?:oppheves|opphevast|opphører|opphøyrer)\b", sentence) and not re.search(r"(?:tr(?:er|e|ed) i kraft|settes? i kraft|gjelde|til å gjelde|gjelder fra)", sentence):
            return []
        rules: list[Rule] = []
        end_before = 0
        for index, (start, end, day) in enumerate(dates):
            segment = sentence[end_before: start]
            after = sentence[end: dates[index + 1][0]] if index + 1 < len(dates) else sentence[end:]
            if index and not segment.strip(" ,og") and rules:
                continue
            exception = ""
            own = segment
            hit = _EXCEPT.search(segment)
            if hit and index == 0 and _VERB.search(segment, hit.end()):
                exception, own = segment[hit.end():], segment[: hit.start()]
            elif hit and index == 0:
                exception, own = segment[hit.end():], segment[: hit.start()]
            elif hit and index:
                # "…, med unntak av § 5, som trer i kraft 1. juli": an exception to the rule before, with its own date
                own = segment[hit.end():]
                if rules:
                    first = rules[-1] if len(rules) == 1 else rules[0]
                    without = self.excepted(segment[hit.end():], amendment, basis)
                    position = rules.index(first)
                    rules[position] = replace(first, without=(*first.without, *without[0]), without_parts=(*first.without_parts, *without[1]))
            if exception:
                # "del I med unntak av § 3-9, del II og del V trer i kraft": the parts go on after the exception
                onward = re.search(r",\s*(?:og\s)?(?:del|romertall|avsnitt) [IVX]+\b", exception)
                if onward and _PARTS.search(own):
                    own, exception = own + " " + exception[onward.start():], exception[: onward.start()]
            parts, acts, places = self.scope(own, amendment, basis)
            without_places: tuple[Target, ...] = ()
            without_parts: tuple[str, ...] = ()
            if exception:
                without_places, without_parts = self.excepted(exception, amendment, basis)
            late = _EXCEPT.search(after)
            if late and index + 1 == len(dates):
                more = self.excepted(after[late.end():], amendment, basis)
                without_places, without_parts = (*without_places, *more[0]), (*without_parts, *more[1])
            elif index + 1 == len(dates) and not parts and not acts and not places and re.match(r"\s*(?:for|når det gjelder)\s", after):
                parts, acts, places = self.scope(after, amendment, basis)
            rules.append(Rule(day, document, sentence[:300], parts, acts, places, without_places, without_parts,
                              bool(_REST.search(own)), basis, kind))
            end_before = end
        return rules

    def excepted(self, text: str, amendment: str, basis: dt.date) -> tuple[tuple[Target, ...], tuple[str, ...]]:
        parts, acts, places = self.scope(text, amendment, basis)
        if places:
            return places, ()
        return tuple(Target(act) for act in acts), parts


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
    if place.until and place.section and have and have[0].startswith("§"):
        from lovdata_ingest.amendments.tree import order_of

        low, high, key = order_of(number_key(place.section)), order_of(number_key(place.until.lstrip("§"))), order_of(number_key(have[0][1:]))
        return 3 if low <= key <= high else 0
    have = [s for s in have if not s.startswith("kap")]
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
        self.known: set[str] = set()
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
            based = re.findall(r"lov/\d{4}-\d{2}-\d{2}(?:-\d+)?", " ".join(f[2] for f in document.header.fields if f[0] == "basedOn"))
            named = [c[0] for c in citations(title)]
            inside = [c[0] for line in lines for c in citations(line) if _VERB.search(line)]
            about = list(dict.fromkeys([*named[:1], *(n for n in named[1:] if n in inside), *(n for n in inside if n in based)]))
            if not about or len(based) == 1 and about[0] not in self.known and based[0] in self.known:
                about = list(dict.fromkeys([*about, *based]))
            collective = re.search(r"lov(?:endring(?:er|ar)|er) (?:av )?\d", title)
            if collective:
                about = list(dict.fromkeys([*based, *named, *inside]))
            dates = [c.date for c in document.header.in_force if c.date]
            for act in about:
                rules = [r for line in self.own_lines(text, act, about) for r in self.clauses.rules(line, act, basis, document.refid, "decision")]
                own = [r for r in rules if self.about(r.words, act, about)]
                if not own and not rules and len(set(dates)) == 1:
                    own = [Rule(dates[0], document.refid, title[:200], decided=basis, kind="decision")]
                elif not own and not rules:
                    own = self.clauses.rules(title, act, basis, document.refid, "decision")
                if own:
                    changes = bool(_CHANGED.search(title))
                    self.decisions.setdefault(act, []).extend(replace(r, changes=changes) for r in own)

    def own_lines(self, text: str, act: str, about: list[str]) -> list[str]:
        """The paragraphs of a decision that speak of *act*: those that cite another of the acts decided on are left out."""
        lines: list[str] = []
        for line in text.split("\n"):
            cited = [c[0] for c in citations(line) if c[0] in about]
            if not cited or act in cited:
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
                    for number in (section, *(number_key(n) for n in entry.former_numbers)):
                        rows = self.notes.setdefault((document.refid + "/" + number, entry.act), [])
                        if entry.in_force:
                            rows += [(f.date, f.scope, f.words) for f in entry.in_force]
                        elif entry.pending:
                            rows.append((None, "", "Endres ved"))
                        else:
                            rows.append((dt.date.max, "", ""))

    # --- asking --------------------------------------------------------------------------------------------------------

    def rules_for(self, act: str) -> list[Rule]:
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

    def when(self, act: str, operation: Operation, part: str, *, since: str = "", notes: bool = False) -> Commenced:
        """From when *operation* of *act* (in its roman part *part*) applies; *since* is the act whose commencement it waits for.

        With *notes* the note of amendment of the section is asked where the gazette is silent.
        """
        gazette = self.from_gazette(act, operation, part)
        if since and since != act and gazette.date is not None:
            dates, kind = self.dates(since)
            start = self.started.get(since) or min(dates, default=None)
            if start is None:
                gazette = Commenced(None, "none", since, "waits for the commencement of " + since)
            elif start > gazette.date:
                gazette = Commenced(start, "decision" if kind == "decision" else "clause", since, "with the commencement of " + since)
        if notes and (gazette.date is None or gazette.doubts):
            noted = self.from_notes(act, operation)
            if noted is not None and (gazette.date is None or noted.date is not None):
                return noted
        return gazette

    def from_gazette(self, act: str, operation: Operation, part: str) -> Commenced:
        place = operation.targets[0] if operation.targets else operation.moves[0][1] if operation.moves else Target("")
        alternatives = [place]
        if operation.moves:
            alternatives = [operation.moves[0][1], operation.moves[0][0]]
        best: tuple[int, bool, int, Rule] | None = None
        rules = self.rules_for(act)
        for index, rule in enumerate(rules):
            score = max(self.score(rule, each, part) for each in alternatives)
            if score <= 0:
                continue
            # a decision beats the clause that left it open; among equals the later decision holds
            weight = score + (0 if rule.date is not None or rule.kind == "decision" else -0)
            # of two decisions of the same breadth the first holds, unless the second says that it changes the first
            key = (weight if not (rule.date is None and rule.kind == "clause") else weight - 100, rule.changes,
                   rule.decided.toordinal() if rule.changes else -rule.decided.toordinal(), rule)
            if best is None or key[:3] > best[:3]:
                best = key
        narrower = any(self.narrower(rule, place) for rule in rules)
        if best is None:
            header = self.in_header.get(act)
            if header is not None and not rules:
                return Commenced(header, "clause", act, "header of the act")
            return Commenced(None, "none", "", "neither a clause nor a decision covers it" if rules else "no clause and no decision found")
        rule = best[3]
        doubts = ("its commencement is divided more finely than the instruction",) if narrower else ()
        if rule.kind == "clause" and re.search(r"\b(?:oppheves|opphevast|opphører|gjelder til|gjeld til|frem til|fram til)\b", rule.words) and _DATE.search(rule.words):
            doubts = (*doubts, "in force for a time only")
        return Commenced(rule.date, rule.kind, rule.source, rule.words, doubts)

    def score(self, rule: Rule, place: Target, part: str) -> int:
        """How narrowly a rule covers a place: 0 not at all, higher is narrower."""
        label = part.split("/")[0].upper()
        for without in rule.without:
            if _covers(without, place.act, place.steps) and not (rule.places and any(_covers(p, place.act, place.steps) > _covers(without, place.act, place.steps) for p in rule.places)):
                return 0
        if label and label in rule.without_parts:
            return 0
        if rule.places:
            hit = max(_covers(p, place.act, place.steps) for p in rule.places)
            if hit:
                return 20 + hit * 2 + (1 if label in rule.parts else 0)
            if rule.acts and place.act in rule.acts:
                return 12
            if rule.parts and not any(p.act for p in rule.places) and label in rule.parts and not any(p.section for p in rule.places):
                return 10
            if rule.parts and label in rule.parts and any(p.act and p.act != place.act for p in rule.places):
                return 0
            return 0
        if rule.acts:
            if place.act in rule.acts:
                return 12 + (1 if label in rule.parts else 0)
            if rule.parts and label in rule.parts:
                return 10
            if _WHOLE.match(rule.words) and rule.kind == "decision" and not rule.parts:
                return 2
            return 0
        if rule.parts:
            return 10 if label in rule.parts else 0
        return 3 if rule.rest else 2

    def narrower(self, rule: Rule, place: Target) -> bool:
        """Whether a rule speaks of something inside *place*."""
        return any(p.act in ("", place.act) and len(p.steps) > len(place.steps) and p.steps[: len(place.steps)] == place.steps
                   for p in (*rule.places, *rule.without)) and bool(place.steps)

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
