"""Reads what an amending act or a proposal orders, from its prose alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from lovdata_ingest.address import Address, natural_key
from lovdata_ingest.amendments.instruction import Action, Amendment, Instruction, Operation, Target, Unread, Words
from lovdata_ingest.amendments.names import Names, citations, date_of
from lovdata_ingest.amendments.prose import Act, Found, Lead, Path, expand, read_lead
from lovdata_ingest.model import Document, Node

_ITEM = re.compile(
    r"(?P<item>\d{1,3}\s?[.)]?|[IVX]{1,5}\.|[a-zæøå][.)])\s+(?=I\b|Lov|Mellombels|Midlertidig|[A-ZÆØÅ§])"
)
_ENTER = re.compile(
    r"(?:(?:Frå|Fra)\s(?:den\s|same\s|samme\s|det\s)?[^.:]{0,90}?(?:,\s|\s(?=gjøres|blir|vert|skal))?(?:gjøres|blir|vert|skal)?[^.:]{0,60}?)?"
    r"\b(?:[Ii]|[Ee]ndring(?:er|ar)?\s(?:i|av))\s+(?:den\s)?(?=(?:[Mm]idlertidig\s|[Mm]ellombels\s)?[Ll]ov\b|(?:[Mm]ilitær |[Aa]lm(?:innelig|indelig) borgerlig )?[A-ZÆØÅa-zæøå-]+lov(?:en|a|i)?\b|Grunnlov)"
)
_REGULATION = (
    r"(?:[Mm]idlertidig\s|[Mm]ellombels\s)?(?:[Ff]orskrift|[Ii]nstruks|[Vv]edtak|[Rr]eglement)(?:en|a|er|et|i)?\b"
)
# anything cited by its date: "I kirkeordning 30. mars 2019 nr. 2307 …", "I våpeninstruks for politiet 2. juli 2015 …"
_ENTER_REGULATION = re.compile(
    r"(?:(?:Frå|Fra|Med virkning fra)\s[^:]{0,70}?\s)?\b(?:[Ii]|[Ee]ndring(?:er|ar)?\s(?:i|av))\s+(?:den\s)?(?=[^§:«]{3,90}?\s\d{1,2}\. ?[a-z]{3,9} \d{4}\b)"
)
_DATED_REGULATION = re.compile(rf"{_REGULATION}\s(?:av\s)?\d{{1,2}}\. ?\w+ \d{{4}}")
_ORDERED_FIRST = re.compile(
    r"(?:Det\s)?(?:[Gg]jøres|[Bb]lir|[Vv]ert|[Ff]oretas)\s(?:det\s)?(?:gjort\s)?(?:følgende|følgjande|slike|disse|desse)\sendring\w*\si\s(?P<act>(?:lov|forskrift)\s[^:]{5,400}):$"
)
_DATED = re.compile(r"(?:[Mm]idlertidig |[Mm]ellombels |[Ff]ørebels )?[Ll]ov(?:en|a)? (?:av )?(?:\d{1,2}\. ?\w+ \d{4})")
_NAME = re.compile(
    r"(?:den )?(?P<name>(?:[Ll]ov om [a-zæøå ,-]+?(?= skal| gjøres| blir| vert| §|:|$))|[A-ZÆØÅa-zæøå][\wæøå-]*(?:loven|lova|lov|loven))\b"
)
_SHORT_NAME = re.compile(r"\((?P<name>[\wæøåÆØÅ-]+(?:loven|lova|lov))\)")
_LAW_ON = re.compile(r"(?:den )?[Ll]ov(?:en|a)? om ")
_VERB = re.compile(
    r"\b(?:skal|gjøres|gjerast|gjøre|blir|vert|oppheves|opphevast|oppheva|endres|endrast|erstattes|tilføyes|utgår|nåværende|noverande|nåverande|ny|nytt|nye|lyder|"
    r"sletter|slettes|gjer)\b|§|\b[Kk]apittel\b|\b[Kk]ap\.|:"
)
_CHANGES = re.compile(
    r"""(?:,?\s*(?:med\ virkning|med\ verknad)[^:]*?)?
    (?: (?:endres|endrast|(?:blir|vert)\ endr(?:a|et)|skal\ endres|gjøres\ endret)\ (?:slik|på\ følgende\ måte|på\ følgjande\ måte|som\ følger)\s*:?\s*
      | (?:skal\s)?(?:det\s)?(?:desse|disse|denne|dei|følgende|følgjande|slike)?\s?(?:endring(?:ane|ene|er|ar|a|en)|rettelser)\s(?:gjerast|gjøres|gjerast\ slik)[^:]*:?\s*
      | (?:skal\s)?(?:gjøres|blir|vert|gjerast|gjøre|foretas|bli|gjer|vedtas)\s?(?:vi\s|ein\s|det\s)?(?:gjort\s|gjerast\s|gjort\s)?(?:det\s|de\s|dei\s)?
        (?:disse|desse|denne|følgende|følgjande|følgene|følende|føljande|følgande|fylgjande|slik|slike|følge|nedenstående|ein|en)?\s?(?:nye\s)?(?:språklige\s)?(?:end[r]?ing(?:er|ar|en|a|ane)?|rettelser|rettinger|rettingar)\b[^:]*:?\s*
      | (?:innføres|vedtas|fastsettes|innførast|vedtakast)\s(?:følgende|følgjande)\s(?:nye\s)?(?:bestemmelser|føresegner|endring\w*)[^:]*:?\s*
      | skal\sdet\sgjerast\s[^:]{0,30}endring[^:]*:?\s* )""",
    re.IGNORECASE | re.VERBOSE,
)
_AMENDING = re.compile(
    r"\b(?:om|til) (?:ein |en )?endring(?:er|ar)? (?:(?:i|til)\b|av (?=lov\b|[\wæøå]+lov))", re.IGNORECASE
)
_IN_PART = re.compile(
    r"\b(?:i )?(?:lovens |lovas )?(?:del|romertall|romartal|avsnitt|kapittel|pkt\.?|punkt)\s(?P<part>[IVXLC]+|\d+)\b(?: nr\.? ?\d+)?",
    re.IGNORECASE,
)
_REPEALED_ACTS = re.compile(r"oppheves|opphevast|(?:blir|vert) oppheva|oppheva\b|opphøyrer|opphører", re.IGNORECASE)
COMMENCEMENT = re.compile(
    r"\b(?:tr(?:er|ør|ed|e) (?:straks )?i kr(?:a|e)ft|i kraft (?:straks|frå|fra)|kraft fr[aå]|sett(?:e|es|ast)? i kraft|set(?:je|t)? (?:føresegnene |lova )?i kraft|gjeld(?:er)? (?:straks|fr[aå] (?:den tid|og med|kongen|\d))|"
    r"gjeld(?:er)? fr[aå]|får verk?nad|(?:tek|tar) til å gjelde|tek til å gjelda|tek til å gjelde|byrjar å gjelde|ikr(?:aft|after)|tiltrer)",
    re.IGNORECASE,
)
_LOOKS_ORDERING = re.compile(
    r"(?:\bskal\b.{0,90}\blyde\b|\blyde(?: slik)?:?\s*$|\b(?:oppheves|opphevast|oppheva)\b\.?\s*$|\b(?:blir|vert) (?:ny|nytt|nye)\b|\bNåværende\b|\bNoverande\b|\berstattes (?:av|med)\b|\bføyes (?:det )?til\b|\bendres til\b|\btilføyes\b|\bgjøres følgende\b|^I (?:§|[Kk]apittel).{0,90}\b(?:erstattes|byttes|slettes|strykes|fjernes|utgår|settes)\b)"
)
_TARGETISH = re.compile(
    r"§|\bledd|\bpunktum|\bbokstav|\bkapittel|\bkap\.|\bnr\.|overskrift|\bdel\b|\bavsnitt|\btittel", re.IGNORECASE
)
_CORRECTIONS = re.compile(r"(?:rettelser?|rettingar?|retting(?:er)?)\b", re.IGNORECASE)
_PENDING_PREFIX = re.compile(
    r"(?:(?:I|Under) )?(?:lovens |lovas |lova )?(?:(?:del|avsnitt|romertall|romartal|kapittel|pkt\.?|punkt|nr\.?|§) ?(?P<part>[IVXLC]+|[\d-]+)\b,? ?)?(?:(?:del|avsnitt) [IVXLC]+,? )?(?:nr\.? ?\d+,? )?"
    r"(?:i |under )?(?:om )?(?:endring(?:en|ene|er|ar|a|ane)?) (?:i|av|til) (?=lov\b|[\wæøå]+lov(?:en|a)\b|den )",
    re.IGNORECASE,
)
_ACT_LINE = re.compile(
    r"(?:(?:\d{1,3}|[a-zæøå]{1,2})[.)]?\s+)?(?:I )?(?:[Mm]idlertidig |[Mm]ellombels )?(?:[Ll]ov(?:en|a)? (?:av )?\d{1,2}\. ?\w+ \d{4}|[A-ZÆØÅa-zæøå-]+lov(?:en|a)\b(?! (?:trer|tek|gjeld|skal)))"
)
_SINCE = re.compile(
    r"(?:[Mm]ed virkning [Ff]ra|[Mm]ed verknad frå|[Ff]ra|[Ff]rå) (?:den|same|det) (?:tid(?:en|a)?|tidspunkt(?:et)?)(?: (?:da|som|då|når))? (?:hele |heile )?(?P<act>.{4,90}?) (?:trer|tar|tek|settes|blir sett|vert sett|er satt|trår) (?:i kraft|til å gjelde)"
)
_ROMAN_LABEL = re.compile(r"(?:(?:kapittel|kap\.|del)\s)?(?P<part>[IVXLC]+)\b\.?(?=\s|$|:)", re.IGNORECASE)
_IN_TITLE = re.compile(
    r"\d{4}(?: nr\.? ?\d+)? om [^§:]*\b(?:etter|jf\.?|jfr\.?|i medhold av|i medhald av) [\wæøåÆØÅ]+lov(?:en|a) $"
)
# "§ 17-4 nr. 3 skal fagskoleloven § 4 b …", "oppheves endringen i utlendingsloven § 5 i del XI nr. 11": the act inside
_INNER = re.compile(
    r"^\s*(?:,\s*)?(?:I\s|i\s)?(?:(?P<section>§\s?\d+(?:-\d+)?(?:\s[a-z](?=\s))?)(?:\s(?:nr\.?|nummer)\s?\d+)?,?\s)?"
    r"(?P<verb>skal|(?:blir|vert|oppheves|opphevast)(?=\sendring))\s(?:endring(?:en|ene|a|ane)\s(?:i|av|til)\s)?(?P<name>[\wæøåÆØÅ]+lov(?:en|a))\s(?=§|[Kk]ap)"
)
_UNDER_PART = re.compile(
    r",?\s(?:i|under)\s(?:lovens\s|lovas\s)?(?:del|avsnitt|romertall)\s(?P<part>[IVXLC]+)(?:,?\snr\.?\s?\d+)?(?=\s|[.,:]|$)"
)
# orders about what has no address among the sections; they must not become text of the section before
_OUTSIDE = re.compile(
    r"(?:I |Under |Til slutt i )?(?:EØS|[Hh]jemmels|[Ii]nnledningsteksten|[Kk]orttittel|[Ff]otnote|[Tt]abell|[Aa]rtikkel|[Aa]rtiklene|[Bb]ilag|[Rr]egel|[Mm]erknad|[Vv]edlegg\w* [^:]{1,120}(?:gjøres|blir|vert) )[^:.]{0,200}?"
    r"\b(?:skal|oppheves|opphevast|tilføyes|endres|erstattes|utgår|fjernes|slettes|settes|byttes|lyde|endring\w*)\b.{0,160}?(?::|\.)?\s*$"
)
_TRANSITION = re.compile(
    r"\b(?:gjelder|gjeld|virkning|verknad|kraft|kreft|inntektsår\w*|overgang\w*|kan|skal ikke|plikter)\b|.{220}",
    re.DOTALL,
)
_NUMBERED_ACT = re.compile(r"\d{1,3}\. ?I (?:lov|den|midlertidig)\b")
_OWN_RULES = re.compile(
    r"(?:Fr[aå] .{0,200}?,? )?skal (?:følgende|følgjande) (?:reglar|regler|bestemmelser|føresegner) i "
    r"(?P<act>[\wæøå]+(?:lova|loven)) lyde\s*:?$"
)
_NOT_LEAD = re.compile(r"[«\"]?[a-zæøå]\)|–|\(\d")


_LEDD_ORDERS = re.compile(
    r"(?:§|Ny|Nå|No|I §|I kap|I (?:følg|desse|disse)|Overskrift|Kap|Tittel|Lovens|[A-ZÆØÅ]\w+ (?:ledd|punktum)|Bokstav|Nr)"
)
_ENDS_IN_LYDE = re.compile(r"lyd\w*(?: slik| som følger| som følgjer)?\s*:?\s*$")


def speaks_of_commencement(text: str) -> bool:
    """Whether *text* has the words of a clause on commencement; most text has none of them, which is told fast."""
    low = text.lower()
    return any(word in low for word in ("kraft", "kreft", "gjeld", "knad", "tiltrer")) and bool(
        COMMENCEMENT.search(text)
    )


class Block(NamedTuple):
    """A node of the amending act in reading order, with the part it stands in."""

    node: Node
    part: str
    group: int
    where: str  # "top", "part", "section", "item", "note"
    item: str = ""


class _Context(NamedTuple):
    """Which act is being amended, and what is carried over."""

    # since: see Instruction

    act: str = ""
    amends: str = ""  # the amending act whose instructions are amended
    amended_part: str = ""
    path: Path = ()
    item: str = ""


def blocks_of(body: Node) -> Iterator[Block]:
    """The blocks of an act in reading order; closing sections of new acts included, their own duties left out."""
    groups = 0
    has_parts = any(child.kind == "division" for child in body.children)

    def visit(node: Node, part: str, group: int, where: str) -> Iterator[Block]:
        nonlocal groups
        for child in node.children:
            kind = child.kind
            if kind == "division":
                label = child.designation or child.title or child.name
                heading = child.heading
                own = _ROMAN_LABEL.match((heading.label or heading.text) if heading else "")
                name = own["part"].upper() if own else re.sub(r"^(?:kap|del)", "", child.name) or label
                yield from visit(child, name if where in ("top",) else part, group, "part")
            elif kind == "change":
                yield from visit(child, part, groups, where)
                groups += 1
            elif kind == "document_change":
                yield from visit(child, part, group, where)
            elif kind == "section":
                yield Block(
                    Node("heading", None, child.name, child.designation, child.title),
                    child.name or part,
                    group,
                    "section_start",
                )
                yield from visit(child, child.name or part, group, "section")
                yield Block(Node("heading"), part, group, "section_end")
            elif kind == "list" and where != "content":
                yield Block(child, part, group, where)
            elif kind == "gazette_note":
                yield Block(child, part, group, "note")
            elif kind in ("note", "footnote", "image"):
                continue
            else:
                if kind == "paragraph" and where == "top" and has_parts and child.children:
                    continue  # the summary "Endringer i følgende lover:" above the parts
                yield Block(child, part, group, where)

    yield from visit(body, "", -1, "top")


class _Parser:
    """Reads one document. ``names`` resolves short names."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.source = document.refid
        self.date = date_of(document.refid)
        self.context = _Context()
        self.instructions: list[Instruction] = []
        self.corrections: list[Instruction] = []
        self.unread: list[Unread] = []
        self.commencement: list[tuple[str, str]] = []
        self.open: _Open | None = None
        self.position = 0
        self.correcting = False
        self.counter = 0
        self.standing = _Context()
        self.since = ""
        self.regulations = not document.refid.startswith("lov/") or document.refid.startswith("lov/9999")
        self.last_act = ""
        self.outside = False  # the last order was about an annex or an article; what follows without a section is too
        self.awaits_lead = False  # changes of an act were announced, none was read yet
        self.group_of: dict[str, int] = {}  # operation -> Lovdata's group of its place, where that is not the lead's

    # --- the acts that are named -------------------------------------------------------------------------------

    def enter(self, text: str) -> tuple[_Context, str] | None:
        """The act that *text* begins by naming, and the rest of the sentence; None when it names none."""
        item = ""
        match = _ITEM.match(text)
        body = text
        if match and not re.match(r"\d+\s+I\b$", text):
            item, body = match["item"].strip().rstrip(".)"), text[match.end() :]
        entered = _ENTER.match(body)
        dated = _DATED.match(body) if entered is None else _DATED.match(body, entered.end())
        if self.regulations and entered is None and dated is None:
            entered, dated = _ENTER_REGULATION.match(body), _DATED_REGULATION.match(body)
        if entered is None and (dated is None or body.lstrip().lower().startswith("loven")):
            return None
        start = entered.end() if entered else 0
        stop = self.verb_start(body, start)
        head, rest = body[start:stop], body[stop:]
        return self.act_named(head, item, rest)

    def act_named(self, head: str, item: str, rest: str) -> tuple[_Context, str] | None:
        cited = citations(head)
        amending = _AMENDING.search(head)
        if (
            cited
            and self.regulations
            and not re.match(r"(?:[Mm]idlertidig\s|[Mm]ellombels\s)?(?:[Ll]ov|[\wæøå-]+lov(?:en|a)?)\b", head)
        ):
            return _Context(cited[0][0].replace("lov/", "forskrift/", 1), "", "", (), item), rest
        if cited and (not amending or cited[0][1] < amending.start()):
            refid = self.names.canonical(cited[0][0])
        else:
            named = _NAME.match(head)
            resolved = None
            if head.lower().startswith("grunnlov"):
                resolved = "lov/1814-05-17"
            elif named:
                resolved = self.names.resolve(named["name"], self.date)
            short = _SHORT_NAME.search(head) if resolved is None else None
            if short:  # "lov om stier (stiloven)", without a date
                resolved = self.names.resolve(short["name"], self.date)
            if resolved is None:
                # "I lov om stier gjøres …": no act of that name, so what follows belongs to none, never to the act before
                unknown = named or cited or (_LAW_ON.match(head) and _CHANGES.match(rest))
                return (_Context("", "", "", (), item), rest) if unknown else None
            refid = resolved
        context = _Context(refid, "", "", (), item)
        if amending:
            inner_text = head[amending.end() :]
            part = _IN_PART.search(re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), inner_text)) or _IN_PART.match(
                re.sub(r"^\s*(?:skal\s)?(?:i\s)?", "", rest)
            )
            stripped = re.sub(r"\([^()]*\)", "", inner_text)
            inner_cited = citations(stripped)
            if (
                part
                and inner_cited
                and part.start() < inner_cited[-1][1]
                and part.re is _IN_PART
                and part.string == inner_text
            ):
                inner = inner_cited[-1][0]
            elif inner_cited:
                inner = inner_cited[0][0]
            else:
                found = [
                    self.names.resolve(m[0], self.date) for m in re.finditer(r"[\wæøå-]+(?:loven|lova)\b", stripped)
                ]
                inner = next((f for f in found if f), "")
            context = _Context(
                self.names.canonical(inner) if inner else "", refid, part["part"].upper() if part else "", (), item
            )
            if part and part.string != inner_text:
                rest = re.sub(r"^\s*(?:skal\s)?(?:i\s)?" + re.escape(part[0]), "skal", rest, count=1)
        return context, rest

    def verb_start(self, text: str, start: int) -> int:
        """Where the naming of the act ends and the order begins; parentheses are part of the name."""
        depth = 0
        for match in re.finditer(r"[()]|" + _VERB.pattern, text[start:]):
            sign = match[0]
            if sign == "(":
                depth += 1
            elif sign == ")":
                depth = max(0, depth - 1)
            elif depth == 0:
                if sign == "gjer" and re.match(r"gjer\s(?:blir|vert|skal)\b", text[start + match.start() :]):
                    continue  # "lov om skade som motorvogner gjer blir det gjort …": part of the title
                if sign in ("ny", "nytt", "nye") and not re.match(
                    r"(?:ny|nytt|nye) (?:§|kap|\w+ ledd|bokstav|\w+ punktum|nr)", text[start + match.start() :]
                ):
                    continue
                if sign.lower() in ("kapittel", "kap.") and _AMENDING.search(text[start : start + match.start()]):
                    continue
                if sign == "§" and _IN_TITLE.search(text, start, start + match.start()):
                    continue  # "lov … om embetsed etter Grunnloven § 21 oppheves": the section is part of the title
                return start + match.start()
        return len(text)

    # --- blocks -------------------------------------------------------------------------------------------------

    def from_title(self) -> _Context:
        """The one act that the title says is amended; an empty context where it names none, or several."""
        title = re.sub(r"\([^()]*\)", "", self.document.header.title)
        if self.regulations and re.match(r"(?:Forskrift om )?[Ee]ndring\w* (?:i|av) ", title):
            cited = [c[0] for c in citations(title)]
            named = re.search(r"\b(?:i|av) (?:forskrift|instruks|reglement|vedtak)\w* (?:av )?\d", title)
            return _Context(cited[0].replace("lov/", "forskrift/", 1)) if len(cited) == 1 and named else _Context()
        if not re.match(
            r"(?:Midlertidig lov|Mellombels lov|Lov) om (?:ein |en |midlertidige? |mellombelse )?endring(?:er|ar)? i ",
            title,
        ) or re.search(r"\bm\.? ?v\.?|m\.m|enkelte andre| og | m\.fl", title.split(" om ", 2)[1]):
            return _Context()
        entered = self.act_named(re.sub(r"^.*? i (?=[Ll]ov|[\wæøå-]+lov)", "", title, count=1), "", "")
        return entered[0] if entered and not entered[0].amends else _Context()

    def read(self, blocks: Iterable[Block]) -> Amendment:
        self.standing = self.from_title()
        for block in blocks:
            self.position += 1
            self.block(block)
        self.close()
        instructions = _settle(self.instructions)
        return Amendment(
            self.source,
            self.document.header.title,
            tuple(instructions),
            tuple(self.unread),
            tuple(self.commencement),
            tuple(self.corrections),
        )

    def block(self, block: Block) -> None:
        node, kind = block.node, block.node.kind
        if block.where == "section_start":
            self.close()
            self.context = _Context()
            self.since = ""
            return
        if block.where == "section_end":
            self.close()
            self.context = _Context()
            return
        if kind == "heading":
            self.close()
            self.awaits_lead = self.outside = False
            self.since = ""
            self.correcting = bool(_CORRECTIONS.match(node.text))
            if re.fullmatch(r"[IVXLC]*\.?", node.text.strip()):
                self.context = self.standing  # the act named above the roman parts
            elif self.open is None and node.text:
                entered = (
                    self.enter(node.text) or self.enter("I " + node.text[0].lower() + node.text[1:])
                    if _DATED.search(node.text)
                    else None
                )
                self.context = entered[0] if entered else _Context()
            else:
                self.context = _Context()
            return
        if kind == "list":
            self.list_block(block)
            return
        if kind == "new_section":
            cut = self.run_on(node)
            if cut:
                self.content(replace(node, children=node.children[:cut]), block)
                for child in node.children[cut:]:
                    self.position += 1
                    self.block(Block(child, block.part, block.group, block.where))
                return
        if kind in ("new_section", "new_heading", "table"):
            self.content(node, block)
            last = node.children[-1].text if kind == "new_section" and node.children else ""
            waits = _SINCE.search(last[:260]) if re.search(r"endring", last) else None
            if waits:  # a closing section that opens the list of amended acts
                self.close()
                self.since = self.waits_for(waits["act"])
            return
        if kind in ("paragraph", "ledd", "item", "continuation", "gazette_note"):
            cut = next(
                (
                    i
                    for i, child in enumerate(node.children)
                    if _NUMBERED_ACT.match(child.text) and self.enter(child.text)
                ),
                -1,
            )
            if cut < 0:
                self.prose(block)
                return
            self.prose(block._replace(node=replace(node, children=node.children[:cut])))
            for child in node.children[cut:]:  # the next act of the list, printed below the last ledd of the one before
                self.position += 1
                self.block(block._replace(node=child))

    def waits_for(self, words: str) -> str:
        """The act with whose commencement the instructions apply, as *words* name it; empty for this act itself."""
        named = citations(words)
        if named:
            return self.names.canonical(named[0][0])
        if re.search(r"straffeloven (?:av )?2005|ny straffelov", words):
            return "lov/2005-05-20-28"
        word = re.search(r"[\wæøå-]+(?:loven|lova)\b", words)
        return (
            (self.names.resolve(word[0], dt.date.max) or "")
            if word and not re.match(r"(?:loven|lova)", word[0])
            else ""
        )

    def run_on(self, node: Node) -> int:
        """Index of the first child of a new section that is no text of it: the next act's lead, or an instruction; 0 for none."""
        if re.search(
            r"ndring(?:er|ar|a|en)? (?:av|i) (?:andre|anna|annen|øvrige|lov)|lovendring|andre lover|anna lov",
            node.title,
        ):
            return 0
        seen_text = False
        for index, child in enumerate(node.children):
            if child.kind == "heading":
                continue
            text = child.text
            if (
                index
                and child.kind in ("ledd", "paragraph")
                and re.match(r"\d{1,3}\.? I (?:lov|den|midlertidig)|I lov \d{1,2}\. .*følg\w+ endring", text)
                and self.enter(text)
            ):
                before = node.children[index - 1].text
                return index - 1 if index > 1 and re.fullmatch(r"[IVXLC]+\.?", before) else index
            if child.kind in ("ledd", "paragraph") and seen_text:
                if (
                    child.kind == "paragraph"
                    and text.endswith(":")
                    and re.match(r"(?:§|Ny|Nå|No|Kap|Overskr|I §)", text)
                ):
                    lead = read_lead(text, self.context.path)
                    if lead is not None and self.sure(lead, text, child, Block(child, "", -1, "")):
                        return index
                if re.match(
                    r"(?:\d+\.\s)?[Ll]ov (?:av )?\d{1,2}\. \w+ \d{4}.*(?:oppheves|opphevast|oppheva|opphevet)\.?$", text
                ):
                    return index
                if (
                    re.match(
                        r"(?:Loven|Lova|Denne loven|Endringene|Endringane) (?:trer i kraft|gjelder fra den tid|tek til å gjelde|trer i kraft)",
                        text,
                    )
                    and not re.search(r"kraft|avslut|slutt|overgang|gjeld", node.title, re.IGNORECASE)
                    and index == len(node.children) - 1
                ):
                    return index
            seen_text = True
        return 0

    def list_block(self, block: Block) -> None:
        """A list on its own: content of the open lead, or leads one per item."""
        items = block.node.children
        leads = sum(self.enter(item.text) is not None and bool(_VERB.search(item.text)) for item in items)
        acts = sum(bool(_DATED.match(item.text)) for item in items)
        if self.open and self.open.takes_acts and acts:
            for item in items:
                self.open.lists.append(item)
            return
        if self.open and self.open.list_of_places:
            self.open.grouped(block, len(self.open.lists), len(items))
            for item in items:
                self.open.lists.append(item)
            return
        if leads and (not self.open or leads * 2 >= len(items)):
            for item in items:
                self.item_lead(item, block)
            return
        if self.open and self.open.expects:
            self.content(block.node, block)
            return
        for item in items:
            if speaks_of_commencement(item.text):
                self.commencement.append((block.part, _whole_text(item)))
            elif item.text and (self.context.act or self.enter(item.text)):
                self.item_lead(item, block)
            for child in item.children:
                if child.kind == "ledd" and speaks_of_commencement(child.text):
                    self.commencement.append((block.part, child.text))

    def item_lead(self, item: Node, block: Block) -> None:
        label = (item.label or item.name).strip(".) ")
        own = Node("paragraph", None, "", "", item.text, item.links)
        before = self.context
        self.prose(Block(own, block.part, block.group, "item", label))
        if self.open is None and self.context is before and self.context.act == "":
            return
        for child in item.children:
            self.position += 1
            self.block(Block(child, block.part, block.group, "item", label))

    def prose(self, block: Block) -> None:
        """A paragraph: names an act, orders something, is the new text, or speaks of commencement."""
        node = block.node
        text = node.text
        if self.open is not None and self.open.takes_acts and re.match(r"(?:\d+\.? )?[Ll]ov \d", text):
            self.open.lists.append(node)
            self.open.grouped(block, len(self.open.lists) - 1)
            return
        if (
            self.open is not None
            and self.open.list_of_places
            and _ACT_LINE.match(text)
            and not _CHANGES.search(text)
            and not re.search(r"\b(?:skal|oppheves|lyde)\b", re.sub(r"\([^()]*\)", "", text))
        ):
            self.open.grouped(block, len(self.open.lists))
            self.open.lists.append(node)
            return
        if not text:
            for child in node.children:
                self.block(Block(child, block.part, block.group, block.where))
            return
        entered = self.enter(text) if node.kind != "continuation" else None
        if entered is None:
            other = re.match(
                r"(?:Frå|Fra) .{0,120}?\bskal (?P<act>lov \d{1,2}\. .{3,200}?) (?:endrast|endres|endra) slik\s*:?$",
                text,
            )
            other = other or _ORDERED_FIRST.match(text)
            entered = self.enter("I " + other["act"] + " gjøres følgende endringer:") if other else None
        rules = _OWN_RULES.match(text) if entered is None else None
        named = self.names.resolve(rules["act"], self.date) if rules else None
        if named:  # each place is a line of its own
            self.close()
            self.context = _Context(named)
            return
        waits = _SINCE.search(text[:260]) if "tid" in text[:260] else None
        if waits and (entered or re.search(r"endring", text)):
            self.close()
            self.since = self.waits_for(waits["act"])
        expects = self.open is not None and self.open.expects
        if entered and not (
            expects and node.kind in ("ledd", "item") and self.open and self.open.unfilled and not _VERB.search(text)
        ):
            context, rest = entered
            changes = _CHANGES.match(rest)
            if not changes and re.match(r"§|[Kk]ap", rest):  # "I lov … § 17 gjøres følgende endring:"
                later = re.search(r"\b(?:skal|gjøres|blir|vert|gjerast)\b", rest)
                changes = _CHANGES.match(rest, later.start()) if later else None
                scope = read_lead(rest[: later.start()] + " oppheves") if changes and later else None
                if scope is not None and scope.acts and scope.acts[0].found and not scope.unknown:
                    context = context._replace(path=scope.context)
                else:
                    changes = None
            if changes:
                self.close()
                within = re.search(r"\b[Ee]nd(?:r)?ing\w* i (?P<where>(?:§|[Kk]ap)[^:]{1,60}):", changes[0])
                scope = read_lead(within["where"] + " oppheves") if within else None
                if scope is not None and not scope.unknown and scope.acts[0].found:
                    context = context._replace(path=scope.context)
                self.context = context
                self.last_act = context.act
                self.awaits_lead = True
                if block.where == "top":
                    self.standing = context
                if not context.act and not context.amends:
                    self.miss(text, "the act that is to be changed is not known by that name", block)
                after = rest[changes.end() :].strip()
                inline = node.children
                if after and read_lead(after):
                    self.lead(after, block, children=inline)
                else:
                    for child in inline:
                        self.position += 1
                        self.block(Block(child, block.part, block.group, "item"))
                return
            order = rest
            if not context.path:
                context, rest = self.inner_act(context, rest)
            lead = read_lead(rest)
            if (
                lead is not None
                and lead.opens
                and len(lead.acts) == 1
                and not lead.acts[0].found
                and context.amends
                and context.amended_part
                and re.fullmatch(r"\s*skal lyde:?\s*", rest)
            ):  # "Lov … om endringer i stiloven del II nr. 1 skal lyde:": the part of the amending act itself
                inside = re.search(rf"\b{context.amended_part} nr\.? ?(\d+)", text[: len(text) - len(rest)])
                number = f" nr. {inside[1]}" if inside else ""
                lead = read_lead(f"del {context.amended_part}{number} skal lyde:")
            if (
                lead is not None
                and lead.opens
                and len(lead.acts) == 1
                and not lead.acts[0].found
                and re.search(r"følg|desse|disse", rest)
            ):
                lead, rest = None, ""  # "skal følgende bestemmelser lyde:": each place is a line of its own
            if lead is not None or rest.strip() in ("", ":"):
                whole_act = re.match(
                    r"\s*(?:oppheves|opphevast|(?:blir|vert) oppheva)", rest
                ) and not _TARGETISH.search(rest)
                if whole_act or (
                    lead and lead.acts[0].action == "repeal" and not lead.acts[0].found and len(lead.acts) == 1
                ):
                    self.close()
                    self.repeal_acts(text, block)
                    return
                self.close()
                self.context = context
                if not context.act and not context.amends:
                    self.miss(text, "the act that is to be changed is not known by that name", block)
                if lead is not None:
                    self.lead(order, block, children=node.children, lead=lead, offset=len(text) - len(rest))
                else:
                    for child in node.children:
                        self.position += 1
                        self.block(Block(child, block.part, block.group, "item"))
                return
            if _LOOKS_ORDERING.search(text) and not expects:
                self.close()
                self.context = context
                self.miss(text, "names an act, but no instruction was found in it", block)
                return
        if self.repeals_acts(text, node) and not (expects and self.open and self.open.unfilled):
            self.close()
            self.repeal_acts(text, block)
            if speaks_of_commencement(text):
                self.commencement.append((block.part, _whole_text(node)))
            return
        if speaks_of_commencement(text) and self.is_commencement(text, block):
            self.close()
            listed = [item for child in node.children if child.kind == "list" for item in child.children]
            if text.rstrip().endswith(":") and listed and all(self.enter(item.text) for item in listed):
                self.commencement.append((block.part, text))  # the list is one of amended acts
                for child in node.children:
                    self.position += 1
                    self.block(block._replace(node=child, where="item"))
                return
            self.commencement.append((block.part, _whole_text(node)))
            return
        if "ndring" in text.lower() and (
            re.match(r"(?:I )?(?:følgende|følgjande|desse|disse) lover?\b.{0,40}endring", text, re.IGNORECASE)
            or (
                re.search(
                    r"(?:gjøres|blir|vert)[^.]{0,40}(?:følgende|følgjande|fylgjande|disse|desse)[^.]{0,30}endring[^.]{0,12}\b(?:i (?:følgende|disse|andre|desse|dei|andre)\s?.{0,30}lov|)",
                    text,
                    re.IGNORECASE,
                )
                and not expects
            )
        ):
            self.close()
            for child in node.children:
                self.position += 1
                self.block(Block(child, block.part, block.group, "item"))
            return
        if (
            not self.context.act
            and re.match(r"I (?:følgende|følgjande|desse|disse) (?:lov)?(?:bestemm?else|føresegn|lov)", text)
            and re.search(r"[«\"“]", text)
        ) and self.try_lead(text, block):
            return
        if node.kind == "paragraph" and (self.context.act or self.regulations) and _OUTSIDE.match(text):
            self.close()
            self.miss(text, "concerns an annex, an article, a table or a field of the header, not a section", block)
            self.outside = True
            return
        if self.context.act or self.context.amends or self.correcting or block.where == "note":
            scoped = re.match(r"I (?P<where>(?:§|[Kk]ap).{1,60}?) (?=(?:gjøres|blir|vert|skal) )", text)
            if scoped and _CHANGES.match(text, scoped.end()):
                scope = read_lead(scoped["where"] + " oppheves")
                if scope is not None and scope.context:
                    self.close()
                    self.context = self.context._replace(path=scope.context)
                    for child in node.children:
                        self.position += 1
                        self.block(Block(child, block.part, block.group, "item"))
                    return
            if self.pending_prefix(text, block):
                return
            inner, rest = self.inner_act(self.context, text)
            if inner is not self.context:
                read = read_lead(rest)
                if read is not None and any(a.found or a.moves or a.words for a in read.acts):
                    self.close()
                    before, self.context = self.context, inner
                    self.lead(text, block, children=node.children, lead=read)
                    self.context = before
                    return
            if self.try_lead(text, block):
                return
        if (
            self.regulations
            and not self.context.act
            and self.open is None
            and node.kind == "paragraph"
            and self.last_act
        ):
            # a part that names no regulation goes on with the one before
            self.context = _Context(self.last_act)
            if self.try_lead(text, block):
                return
            self.context = _Context()
        if (
            not (self.context.act or self.context.amends)
            and self.open is None
            and node.kind == "paragraph"
            and re.search(r"^(?:§|Ny §|Nye §|Nåværende|Noverande).{0,90}(?:skal lyde:|oppheves\.|blir )", text)
        ):
            self.miss(text, "an instruction, but no act is named before it", block)
            return
        self.content(node, block)

    def inner_act(self, context: _Context, rest: str) -> tuple[_Context, str]:
        """The act whose waiting amendment is meant, where the order names it ("§ 17-4 nr. 3 skal stiloven § 4 lyde")."""
        match = _INNER.match(rest)
        if match is None or not (context.act or context.amends) or not (context.amends or match["section"]):
            return context, rest
        inner = self.names.resolve(match["name"], self.date)
        if inner is None:
            return context, rest
        under = _UNDER_PART.search(rest, match.end())
        part = under["part"].upper() if under else re.sub(r"\s", "", match["section"] or "") or context.amended_part
        # what names the act is blanked, so that positions stay
        blank = [(0, match.start("verb")), match.span("name"), under.span() if under else (0, 0)]
        for start, end in blank:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        return _Context(inner, context.amends or context.act, part, (), context.item), rest

    def pending_prefix(self, text: str, block: Block) -> bool:
        """Read "I del II om endringer i lov … skal § 4 lyde:" inside an act that amends an amending act."""
        match = _PENDING_PREFIX.match(text)
        if match is None:
            return False
        stop = self.verb_start(text, match.end())
        head, rest = text[match.end() : stop], text[stop:]
        if rest.startswith(":"):
            rest = rest[1:]
        cited = citations(re.sub(r"\([^()]*\)", "", head))
        named = [self.names.resolve(m[0], self.date) for m in re.finditer(r"[\wæøå-]+(?:loven|lova)\b", head)]
        inner = self.names.canonical(cited[0][0]) if cited else next((n for n in named if n), "")
        if not inner and "lov om" in head.lower():
            inner = self.names.titled(head) or ""
        if not inner and head.strip():
            inner = self.context.act
        amends = self.context.amends or self.context.act
        context = _Context(inner, amends, (match["part"] or "").upper(), (), self.context.item)
        if not inner:
            return False
        if _CHANGES.match(rest) or not rest.strip():
            self.close()
            self.context = context
            for child in block.node.children:
                self.position += 1
                self.block(Block(child, block.part, block.group, "item"))
            return True
        lead = read_lead(rest)
        if lead is None or all(not a.found and not a.moves and not a.words for a in lead.acts):
            return False
        self.close()
        before, self.context = self.context, context
        self.lead(rest, block, children=block.node.children, lead=lead, offset=len(text) - len(rest))
        self.context = before._replace(path=self.context.path)
        return True

    def is_commencement(self, text: str, block: Block) -> bool:
        """Whether a paragraph on commencement speaks of this act, and is not new text."""
        if self.open is None or not self.open.expects:
            return not self.context.act or bool(
                re.search(r"\b(?:loven|lova|endring|del [IVX]|§|forskrift|bestemmels|føreseg)", text, re.IGNORECASE)
            )
        if self.open.unfilled:
            return False
        if not re.match(
            r"(?:\d\.\s)?(?:Loven|Lova|Denne lov|Endring|Endringslov|Del [IVX]|Dei|De|Føreseg|Bestemmels|Ikraft|Denne endring|Endringane|Nr)",
            text,
        ):
            return False
        return not self.open.whole_section or self.open.has_section_node

    def repeals_acts(self, text: str, node: Node) -> bool:
        if "pph" not in text or not _REPEALED_ACTS.search(text):
            return False
        if re.match(
            r"(?:Frå|Fra) (?:den tid|same tid|samme tid|same tidspunkt|samme tidspunkt|det tids).{0,200}?(?:opphev.{0,160}?\blov(?:en|a)? (?:av )?\d|\blov(?:en|a)? (?:av )?\d.{0,200}?oppheva)",
            text,
        ):
            return True
        if re.match(
            r"(?:Følgende|Følgjande|Desse|Disse|Følgande) (?:lov)?(?:bestemmelser|føresegner|føresegnene|bestemmelsene)(?: i (?:andre lover|annan lovgjeving|annen lovgivning|andre lovar))? (?:oppheves|opphevast|blir oppheva|vert oppheva)",
            text,
        ):
            return True
        if re.match(
            r"(?:Følgende|Følgjande|Desse|Disse) lov(?:er|ar|ane|ene)? (?:oppheves|opphevast|blir oppheva|vert oppheva|med)",
            text,
        ):
            return True
        if re.match(
            r"(?:Frå|Fra) \d{1,2}\. \w+ \d{4} (?:oppheves|opphevast) (?:lov|forskrift|instruks|vedtak) (?:av )?\d", text
        ):
            return True
        if re.search(
            r"(?:^|[.;] )(?:Frå|Fra) (?:det (?:tidspunktet|tidspunkt)|den tid(?:a|en)?) (?:denne )?(?:loven|lova) (?:trer i kraft|tek til å gjelde|tar til å gjelde|blir sett i kraft|settes i kraft),? (?:oppheves|opphevast|blir|vert) (?:lov(?:en|a)? (?:av )?\d|.{0,120}? oppheva)",
            text,
        ):
            return True
        sentence = re.search(
            r"(?:samme tid|same tid(?:a|en)?|samtidig|Samtidig|samstundes|Samstundes|da) (?:oppheves|opphevast|blir|vert|opphører)(?:[^.]|\.(?= ?\w+ \d{4}))*?\blov(?:en|a)? (?:av )?\d",
            text,
        )
        return sentence is not None

    def repeal_acts(self, text: str, block: Block) -> None:
        scan = [text] + [item.text for child in block.node.children if child.kind == "list" for item in child.children]
        acts: list[str] = []
        for each in scan:
            for sentence in re.split(r"(?<=[a-zæøå)])\.\s+(?=[A-ZÆØÅ])", each):
                if (len(scan) > 1 and each is not text) or _REPEALED_ACTS.search(sentence):
                    bare = re.sub(r"\([^()]*\)", "", sentence)
                    cited = [
                        c
                        for c in citations(bare)
                        if re.search(r"[Ll]ov(?:en|a)?(?: av)? (?:den )?$|^$", bare[max(0, c[1] - 12) : c[1]])
                    ]
                    amending = _AMENDING.search(sentence)
                    keep = [
                        c
                        for c in cited
                        if not (amending and c[1] > amending.start() and cited[0][1] < amending.start())
                    ]
                    acts += [self.names.canonical(c[0]) for c in keep]
                    acts += [
                        c[0].replace("lov/", "forskrift/", 1)  # regulations and instructions of the Storting
                        for c in citations(bare)
                        if re.search(
                            r"\b(?:oppheves|opphevast|oppheva) (?:forskrift|instruks|vedtak)(?: av)? (?:den )?$",
                            bare[: c[1]],
                        )
                    ]
        self.context = _Context()
        places = tuple(Target(act) for act in dict.fromkeys(acts))
        if places:
            excepted = re.search(r"(?:med unntak av|med unnatak av|unntatt|bortsett fra) (?P<what>.+)", text)
            read = read_lead(excepted["what"] + " oppheves") if excepted else None
            spared = tuple(
                ("except", f.target(places[0].act))
                for a in (read.acts if read else ())
                for f in a.found
                if any(s.kind == "§" for s in f.path)
            )
            operation = Operation(
                self.new_id(),
                "repeal",
                places,
                span=(0, len(text)),
                place=spared,
                doubts=("parts of the act are excepted",) if excepted else (),
            )
            self.record(
                Instruction(
                    self.source,
                    text,
                    (operation,),
                    places[0].act,
                    block.part,
                    block.item,
                    self.position,
                    block.node.address,
                    block.group,
                )
            )
            self.open = None
        else:
            self.open = _Open(text, (), Lead((), (), False, -1, ()), block, self.context, self.position)
            self.open.takes_acts = True

    def try_lead(self, text: str, block: Block) -> bool:
        """Read *text* as a lead if it is one; note it as unread if it only looks like one."""
        node = block.node
        if _NOT_LEAD.match(text) or len(text) > 1200:
            return False
        if self.outside and node.kind == "paragraph":
            if re.search(r"§|\b[Kk]apittel", text):
                self.outside = False
            elif _LOOKS_ORDERING.search(text):
                self.close()
                self.miss(text, "stands under an annex or an article, not a section", block)
                return True
        if node.kind == "paragraph" and re.match(
            r"(?:Nye? |Nåværende |Noverande )?\d+(?:-\d+)?(?: [a-z])? .{0,60}(?:skal lyde:|oppheves\.|blir )", text
        ):
            text = re.sub(r"^((?:Nye? |Nåværende |Noverande )?)(?=\d)", r"\1§ ", text)  # the sign was left out
        law_text = (
            node.kind in ("ledd", "continuation") and not _LEDD_ORDERS.match(text) and not _ENDS_IN_LYDE.search(text)
        )  # `sure` would refuse it whatever it says
        lead = None if law_text else read_lead(text, self.context.path)
        expects = self.open is not None and self.open.expects
        if lead is not None and self.sure(lead, text, node, block):
            self.close()
            self.lead(text, block, children=node.children, lead=lead)
            return True
        if (
            node.kind in ("paragraph", "item")
            and _LOOKS_ORDERING.search(text)
            and _TARGETISH.search(text)
            and block.where != "note"
        ):
            if expects and self.open and self.open.unfilled and not text.rstrip().endswith(":"):
                return False
            self.close()
            self.miss(text, "looks like an instruction that could not be read", block)
            return True
        if (
            node.kind == "paragraph"
            and text.endswith(":")
            and re.match(r"(?:Ny )?§ ?\d", text)
            and not (expects and self.open and self.open.unfilled)
        ):
            bare = read_lead(text[:-1] + " skal lyde:")
            if bare is not None and not bare.unknown and bare.acts[0].found:
                self.close()
                self.lead(text, block, children=node.children, lead=bare)
                return True
        if self.open is not None and self.open.list_of_places and _TARGETISH.search(text):
            self.open.grouped(block, len(self.open.lists))
            self.open.lists.append(node)
            return True
        return False

    def sure(self, lead: Lead, text: str, node: Node, block: Block) -> bool:
        """Whether what was read is an order of this act and no sentence of the law."""
        if all(not act.found and not act.moves and not act.words for act in lead.acts):
            return False
        if lead.opens and _ENDS_IN_LYDE.search(text) and (len(lead.unknown) <= 3 or node.kind == "paragraph"):
            return True
        quoted = any(act.action == "words" for act in lead.acts) and bool(re.search(r"[«\"“”]", text))
        if len(lead.unknown) > (
            2 if node.kind in ("paragraph", "gazette_note") else 3 if quoted and text.startswith("I ") else 0
        ):
            return False
        if node.kind in ("ledd", "continuation") and not _LEDD_ORDERS.match(text):
            return False
        if node.kind == "ledd" and not lead.opens and self.open and self.open.unfilled:
            return False
        return not (
            any(act.action == "words" and not act.words for act in lead.acts)
            and not re.search(r"[«\"“”]", text)
            and not lead.opens
        )

    def lead(
        self, text: str, block: Block, *, children: tuple[Node, ...] = (), lead: Lead | None = None, offset: int = 0
    ) -> None:
        read = lead or read_lead(text, self.context.path)
        assert read is not None
        self.awaits_lead = False
        self.open = _Open(text, tuple(read.acts), read, block, self.context, self.position)
        self.open.offset = offset
        self.context = self.context._replace(path=read.context)
        if read.content_start >= 0:
            rest = text[read.content_start :].strip()
            if rest:
                if self.open.list_of_places:
                    self.open.lists.append(Node("paragraph", None, text=rest))
                else:
                    self.open.content.append(Node("ledd", None, text=rest))
        for child in children:
            if self.open.list_of_places and child.kind == "list":
                self.open.lists += child.children
            elif self.open.expects:
                self.open.content.append(child)

    def content(self, node: Node, block: Block) -> None:
        if (
            self.open is not None
            and self.open.list_of_places
            and node.kind in ("paragraph", "ledd", "item")
            and _TARGETISH.search(node.text)
        ):
            self.open.grouped(block, len(self.open.lists))
            self.open.lists.append(node)
            return
        if self.open is None or not self.open.expects:
            if (self.open is not None and node.kind in ("new_section", "new_heading") and self.context.act) or (
                self.open is None and self.context.act and node.kind in ("new_section", "new_heading")
            ):
                self.bare(node, block)
            elif node.kind == "paragraph" and speaks_of_commencement(node.text):
                self.commencement.append((block.part, _whole_text(node)))
            elif self.open is None and node.kind == "ledd" and (inner := _clauses_inside(node)):
                self.commencement += [(block.part, text) for text in inner]
            elif self.open is None and self.awaits_lead and node.text:
                self.miss(node.text, "new text where an instruction was expected", block)
            elif self.context.act and _TARGETISH.search(node.text) and not _TRANSITION.search(node.text):
                self.miss(node.text, "stands among the instructions, but orders nothing that could be read", block)
            return
        self.open.content.append(node)

    def bare(self, node: Node, block: Block) -> None:
        """A section without a lead: read as a change of the section of that number, with a doubt; a heading only noted."""
        number = section_number(node) if node.kind == "new_section" else ""
        if not number or (block.group < 0 and not self.context.act):
            self.miss(f"{node.kind} {node.name}", "new text without a lead", block)
            return
        operation = Operation(
            self.new_id(),
            "change",
            (Target(self.context.act, ("§" + number,)),),
            content=(node,),
            pending=bool(self.context.amends),
            amends=self.context.amends,
            amended_part=self.context.amended_part,
            doubts=("new text without a lead of its own",),
        )
        self.record(
            Instruction(
                self.source,
                "",
                (operation,),
                self.context.act,
                block.part,
                block.item,
                self.position,
                node.address,
                block.group,
                1,
            )
        )

    def miss(self, text: str, reason: str, block: Block) -> None:
        self.awaits_lead = False  # what was announced has come, though it was not understood
        self.unread.append(Unread(self.source, text, reason, block.part, self.context.act, self.position, block.group))

    def new_id(self) -> str:
        self.counter += 1
        return f"{self.source}#{self.counter}"

    def record(self, instruction: Instruction) -> None:
        if self.since:
            instruction = replace(instruction, since=self.since)
        (self.corrections if self.correcting else self.instructions).append(instruction)

    def close(self) -> None:
        """Turn the open lead and its content into operations."""
        opened, self.open = self.open, None
        if opened is None:
            return
        if opened.takes_acts:
            places: list[Target] = []
            for item in opened.lists:
                entered = self.enter("I " + item.text[:1].lower() + item.text[1:])
                rest = entered[1] if entered else ""
                read = read_lead(rest.rstrip(" .;,") + " oppheves") if entered and "§" in rest else None
                found = (
                    [f.target(entered[0].act) for a in (read.acts if read else ()) for f in a.found] if entered else []
                )
                places += found or [Target(self.names.canonical(c[0])) for c in citations(item.text)[:1]]
            acts = [t.act for t in places]
            if acts:
                by_act = [
                    Operation(self.new_id(), "repeal", tuple(t for t in places if t.act == each))
                    for each in dict.fromkeys(acts)
                ]
                self.record(
                    Instruction(
                        self.source,
                        opened.text,
                        tuple(by_act),
                        acts[0],
                        opened.block.part,
                        opened.block.item,
                        opened.position,
                        opened.block.node.address,
                        opened.block.group if opened.block.group >= 0 else next(iter(opened.groups.values()), -1),
                    )
                )
            return
        operations = tuple(self.operations(opened))
        groups = [self.group_of.get(operation.id, opened.block.group) for operation in operations]
        cuts = [i for i in range(1, len(groups)) if groups[i] != groups[i - 1]]
        for start, end in zip([0, *cuts], [*cuts, len(groups)], strict=True):
            self.record(
                Instruction(
                    self.source,
                    opened.text,
                    operations[start:end],
                    opened.context.act,
                    opened.block.part,
                    opened.block.item or opened.context.item,
                    opened.position,
                    opened.block.node.address,
                    groups[start] if groups else opened.block.group,
                    len(opened.content),
                )
            )

    def operations(self, opened: _Open) -> Iterator[Operation]:
        context = opened.context
        if self.correcting and not context.act:
            context = context._replace(act=self.source)
        if context.amends and any(
            f.path and f.path[0].kind in ("del", "avsnitt") and not any(s.kind == "§" for s in f.path)
            for a in opened.acts
            for f in (*a.found, *(m[0] for m in a.moves))
        ):
            context = context._replace(act=context.amends)
        filling = [index for index, act in enumerate(opened.acts) if act.action in ("lyde", "change_moved")]
        dealt = _deal([opened.acts[index] for index in filling], opened.content)
        for index, act in enumerate(opened.acts):
            pending = act.pending or bool(context.amends)
            span = (act.start + opened.offset, act.end + opened.offset)
            common: dict[str, Any] = {
                "span": span,
                "pending": pending,
                "amends": context.amends,
                "amended_part": context.amended_part,
            }
            places = tuple((how, found.target(context.act)) for how, found in act.places)
            doubts = list(act.doubts)
            if act.unknown:
                doubts.append("words of the lead not understood: " + " ".join(act.unknown))
            if act.action == "move":
                if act.moves:
                    moves = tuple((a.target(context.act), b.target(context.act)) for a, b in act.moves)
                    yield Operation(self.new_id(), "move", (), moves, place=places, doubts=tuple(doubts), **common)
                else:
                    yield Operation(
                        self.new_id(),
                        "move",
                        tuple(f.target(context.act) for f in act.found),
                        place=places,
                        doubts=tuple(doubts),
                        **common,
                    )
            elif act.action == "repeal":
                targets = tuple(f.target(context.act) for f in act.found)
                if targets:
                    yield Operation(self.new_id(), "repeal", targets, place=places, doubts=tuple(doubts), **common)
            elif act.action == "words":
                yield from self.word_operations(opened, act, context, doubts, common)
            else:
                for _number, (found, content, doubt) in enumerate(dealt[filling.index(index)]):
                    target = found.target(context.act)
                    heading = bool(target.steps) and target.steps[-1] == "overskrift"
                    action: Action = "rename" if heading else "add" if found.new and act.action == "lyde" else "change"
                    joined = doubt == _JOINED
                    more = [*doubts, *([doubt] if doubt and not joined else [])]
                    called_new = (
                        bool(found.path) and found.path[0].kind == "§" and found.path[0].new and len(found.path) > 1
                    )
                    yield Operation(
                        self.new_id(),
                        action,
                        (target,),
                        content=tuple(content),
                        place=places,
                        joined=joined,
                        section_called_new=called_new,
                        before_move=act.action == "change_moved",
                        doubts=tuple(more),
                        **common,
                    )

    def word_operations(
        self, opened: _Open, act: Act, context: _Context, doubts: list[str], common: dict[str, Any]
    ) -> Iterator[Operation]:
        """A replacement of words: its places stand in the lead, or in the list that follows, act by act."""
        groups: list[tuple[_Context, list[Target], int]] = []
        own = [f.target(context.act) for f in act.found]
        if own:
            groups.append((context, own, -1))
        here = context
        bare: tuple[_Context, int] | None = None  # an act named on a line of its own, whose places come next
        for index, node in enumerate(opened.lists):
            group = opened.groups.get(index, -1)
            for text in _texts(node):
                body = re.sub(r"^(?:\d{1,3}|[a-zæøå]{1,2})[.)]?\s+(?=[Ll]ov|I |[\wæøå-]+lov(?:en|a))", "", text)
                entered = (
                    self.enter(body if _ENTER.match(body) else "I " + body[:1].lower() + body[1:])
                    if _ACT_LINE.match(text)
                    else None
                )
                rest = text
                if entered is not None and (entered[0].amends or entered[0].act):
                    if bare:
                        groups.append((bare[0], [Target(bare[0].act)], bare[1]))
                    named = entered[0]
                    if named.amends and not named.act:
                        named = named._replace(act=named.amends, amends="", amended_part="")
                    here, rest = named, entered[1]
                    bare = (here, group)
                read = read_lead(re.sub(r"[.;,:]?\s*$", "", rest) + " oppheves") if _TARGETISH.search(rest) else None
                targets = [f.target(here.act) for a in (read.acts if read else ()) for f in a.found]
                if act.of_heading:
                    targets = [replace(t, steps=(*t.steps, "overskrift")) for t in targets]
                if targets:
                    groups.append((here, targets, group))
                    bare = None
                elif rest.strip(" .:;,") and read is not None:
                    doubts.append("places not understood: " + rest[:60])
        if bare:
            groups.append((bare[0], [Target(bare[0].act)], bare[1]))
        if not groups and context.act:
            groups.append((context, [Target(context.act)], -1))
        words = act.words
        if not words and opened.lead.opens:  # "I § 3 fjernes:", the words stand below the lead
            words = tuple(Words(node.text.strip(), "") for node in opened.content if node.text)
            if not words:
                doubts.append("no words to take out were found below the lead")
        for where, targets, group in groups:
            pending = {"pending": True, "amends": where.amends, "amended_part": where.amended_part}
            operation = Operation(
                self.new_id(),
                "replace_words",
                tuple(targets),
                words=words,
                doubts=tuple(doubts),
                **(common | pending if where.amends else common),
            )
            if group >= 0:
                self.group_of[operation.id] = group
            yield operation


class _Open:
    """A lead that waits for its text."""

    def __init__(
        self, text: str, acts: tuple[Act, ...], lead: Lead, block: Block, context: _Context, position: int
    ) -> None:
        self.text = text
        self.acts = acts
        self.lead = lead
        self.block = block
        self.context = context
        self.position = position
        self.content: list[Node] = []
        self.lists: list[Node] = []
        self.groups: dict[int, int] = {}  # index in `lists` -> Lovdata's group, for comparison only
        self.offset = 0
        self.takes_acts = False

    def grouped(self, block: Block, first: int = 0, count: int = 1) -> None:
        """Note the group of *count* places of the list from *first* on, where it is not the lead's own."""
        if block.group >= 0 and block.group != self.block.group:
            self.groups.update(dict.fromkeys(range(first, first + count), block.group))

    @property
    def expects(self) -> bool:
        """Whether new text may follow."""
        return self.lead.opens

    @property
    def list_of_places(self) -> bool:
        """Whether places may follow, as after "I følgende bestemmelser skal «a» endres til «b»:"."""
        return bool(self.acts) and any(a.action == "words" for a in self.acts) and not self.lead.opens

    @property
    def targets(self) -> list[Found]:
        return [f for a in self.acts if a.action in ("lyde", "change_moved") for f in a.found]

    @property
    def unfilled(self) -> bool:
        """Whether fewer blocks have come than places were named."""
        return self.expects and len([c for c in self.content if c.kind != "new_heading"]) < max(1, len(self.targets))

    @property
    def whole_section(self) -> bool:
        return any(f.path and f.path[-1].kind in ("§", "kap", "del", "avsnitt") for f in self.targets)

    @property
    def has_section_node(self) -> bool:
        return any(c.kind == "new_section" for c in self.content)


def _texts(node: Node) -> Iterator[str]:
    if node.kind == "list":
        for child in node.children:
            yield from _texts(child)
        return
    if node.text:
        yield node.text
    for child in node.children:
        yield from _texts(child)


def _whole_text(node: Node) -> str:
    parts = [node.text]
    for child in node.children:
        for item in child.walk():
            if item.text:
                parts.append((item.label + " " if item.label else "") + item.text)
    return "\n".join(p for p in parts if p)


def _clauses_inside(node: Node) -> list[str]:
    """Clauses on commencement that are printed as ledd inside another, a transitional rule."""
    return [
        child.text
        for child in node.children
        if child.kind == "ledd"
        and speaks_of_commencement(child.text)
        and re.match(r"(?:Endring|Lov|Del|Denne lov)", child.text)
    ]


def section_number(node: Node) -> str:
    """The number of a section that an amending act writes: ``2A-1``."""
    if node.name.startswith("§"):
        return re.sub(r"[\s.]+", "", node.name[1:])
    heading = node.heading
    text = (heading.label or heading.text) if heading else node.text
    match = re.match(
        r"§\s*(\d+(?:\s?[A-Za-z](?=\s?-\s?\d))?(?:\s?-\s?\d+(?:-\d+){0,2})?(?:\s?[A-Z](?!\w))?(?:\s?[a-zæøå](?!\w)|[a-z]{2}(?!\w))?)",
        text,
    )
    return re.sub(r"\s+", "", match[1]) if match else ""


_Dealt = list[tuple[Found, list[Node], str]]


def _deal(acts: list[Act], content: list[Node]) -> list[_Dealt]:
    """Deal the new text out to the places that the lead names, in order; a doubt where the numbers do not fit."""
    places = [(index, found) for index, act in enumerate(acts) for found in act.found]
    result: list[_Dealt] = [[] for _ in acts]
    if not places:
        return result
    for (index, found), (nodes, doubt) in zip(places, _deal_content([f for _, f in places], content), strict=True):
        result[index].append((found, nodes, doubt))
    return result


def _deal_content(places: list[Found], content: list[Node]) -> list[tuple[list[Node], str]]:
    if len(places) == 1:
        return [(content, "")]
    dealt: list[list[Node]] = [[] for _ in places]
    rest = list(content)
    if all(f.path[-1].kind == "kap" for f in places) and any(n.kind == "new_heading" for n in content):
        numbers = [f.path[-1].value.lower() for f in places]
        at = -1
        for node in content:
            heading = (
                re.match(r"(?:kap(?:ittel|itel|\.)?)\s+(\d+(?:\s?[a-z](?!\w))?|[ivxlc]+)\b", node.text, re.IGNORECASE)
                if node.kind == "new_heading"
                else None
            )
            if heading and re.sub(r"\s", "", heading[1]).lower() in numbers:
                at = numbers.index(re.sub(r"\s", "", heading[1]).lower())
            if at < 0:
                break
            dealt[at].append(node)
        if at >= 0 and all(dealt):
            return [(nodes, "") for nodes in dealt]
        dealt = [[] for _ in places]
    # sections go to the place that names them
    if any(s.kind == "§" for f in places for s in f.path) and any(n.kind == "new_section" for n in content):
        by_number = {f.path[-1].value.lower(): i for i, f in enumerate(places) if f.path[-1].kind == "§"}
        current = -1
        loose: list[Node] = []
        for node in content:
            number = section_number(node).lower() if node.kind == "new_section" else ""
            if node.kind == "new_section":
                holder = by_number.get(number, -1)
                if holder < 0:
                    holder = next((i for i, f in enumerate(places) if f.until and f.path[-1].kind == "§"), -1)
                if holder < 0:
                    holder = next(
                        (
                            i
                            for i, f in enumerate(places)
                            if any(s.kind == "§" and s.value.lower() == number for s in f.path)
                        ),
                        -1,
                    )
                current = holder
            if current < 0:
                loose.append(node)
            else:
                dealt[current].append(node)
        rest = loose
        empty = [i for i in range(len(places)) if not dealt[i] and places[i].path[-1].kind != "overskrift"]
        if rest and len(empty) == len(rest):
            for i, node in zip(empty, rest, strict=True):
                dealt[i].append(node)
            rest = []
        stub_heading = [i for i, f in enumerate(places) if f.path[-1].kind == "overskrift" and not dealt[i]]
        if stub_heading and not rest:
            pass
        doubt = f"{len(rest)} blocks of new text belong to no place that the lead names" if rest else ""
        missing = [i for i in range(len(places)) if not dealt[i]]
        if missing and not rest and len(missing) < len(places):
            dealt = _share_sections(places, dealt)
            missing = [i for i in range(len(places)) if not dealt[i]]
        return [(nodes, doubt or ("no new text for this place" if not nodes else "")) for nodes in dealt]
    units: list[list[Node]] = []
    item_places = all(f.path[-1].kind in ("bokstav", "nummer", "strek") for f in places)
    if item_places and len(rest) == 1 and rest[0].kind in ("ledd", "paragraph"):
        inner = next((c for c in rest[0].children if c.kind == "list"), None)
        if inner is not None and len(inner.children) == len(places):  # the words before the list are repeated
            rest = [inner]
    for node in rest:
        if node.kind == "list" and item_places:
            units += [[item] for item in node.children]
        elif node.kind in ("list", "table", "continuation") and units:
            units[-1].append(node)
        else:
            units.append([node])
    if len(units) == len(places):
        return [(nodes, "") for nodes in units]
    split = _split_mixed(places, rest)
    if split is not None:
        return [(nodes, "" if nodes else _JOINED) for nodes in split]
    if all(f.path[-1].kind == "setning" for f in places) and len({f.path[:-1] for f in places}) == 1:
        # several sentences in one paragraph: the first place takes all, the others none
        first: list[tuple[list[Node], str]] = [(rest, "")]
        return first + [([], _JOINED) for _ in places[1:]]
    doubt = f"{len(places)} places, {len(units)} blocks of new text"
    if all(f.path[:-1] == places[0].path[:-1] for f in places):
        return [(rest if i == 0 else [], doubt) for i in range(len(places))]
    best: list[tuple[list[Node], str]] = []
    for i in range(len(places)):
        best.append((units[i] if i < len(units) else [], doubt))
    for extra in units[len(places) :]:
        best[-1][0].extend(extra)
    return best


def _share_sections(places: list[Found], dealt: list[list[Node]]) -> list[list[Node]]:
    """A section stub with heading and ledd serves several places in it: heading, first ledd …."""
    for i, found in enumerate(places):
        if dealt[i]:
            continue
        number = next((s.value.lower() for s in found.path if s.kind == "§"), "")
        for j, nodes in enumerate(dealt):
            if j == i:
                continue
            stub = next((n for n in nodes if n.kind == "new_section" and section_number(n).lower() == number), None)
            if stub is None:
                continue
            if found.path[-1].kind == "overskrift" and stub.heading:
                dealt[i] = [Node("new_section", stub.address, stub.name, children=(stub.heading,))]
                dealt[j] = [n if n is not stub else stub for n in nodes]
            break
    # a section held by its heading's place, its ledd by the ledd named
    by_section: dict[str, list[int]] = {}
    for i, found in enumerate(places):
        number = next((s.value.lower() for s in found.path if s.kind == "§"), "")
        by_section.setdefault(number, []).append(i)
    for indexes in by_section.values():
        ledd_places = [i for i in indexes if places[i].path[-1].kind in ("ledd",)]
        if not ledd_places or any(places[i].path[-1].kind == "§" for i in indexes):
            continue
        holder = next((i for i in indexes if any(n.kind == "new_section" and n.ledd for n in dealt[i])), -1)
        if holder < 0:
            continue
        stub = next(n for n in dealt[holder] if n.kind == "new_section")
        bodies = [c for c in stub.children if c.kind != "heading"] + [n for n in dealt[holder] if n is not stub]
        groups: list[list[Node]] = []
        for node in bodies:
            if node.kind in ("list", "table", "continuation") and groups:
                groups[-1].append(node)
            else:
                groups.append([node])
        if len(groups) == len(ledd_places):
            if places[holder].path[-1].kind == "overskrift" and stub.heading:
                dealt[holder] = [Node("new_section", stub.address, stub.name, children=(stub.heading,))]
            for i, nodes in zip(ledd_places, groups, strict=True):
                dealt[i] = nodes
    return dealt


def _split_mixed(places: list[Found], content: list[Node]) -> list[list[Node]] | None:
    """Places of different depth: sentences share a paragraph, letters come as a list, ledd as paragraphs."""
    groups: list[list[int]] = []
    for i, found in enumerate(places):
        same = (
            groups
            and places[groups[-1][0]].path[:-1] == found.path[:-1]
            and found.path[-1].kind == places[groups[-1][0]].path[-1].kind
        )
        if same and found.path[-1].kind == "setning":
            groups[-1].append(i)
        else:
            groups.append([i])
    units: list[list[Node]] = []
    for node in content:
        if node.kind == "list" and len(node.children) and any(f.path[-1].kind in ("bokstav", "nummer") for f in places):
            units += [[item] for item in node.children]
        elif node.kind in ("list", "table", "continuation") and units:
            units[-1].append(node)
        else:
            units.append([node])
    if len(units) != len(groups):
        return None
    dealt: list[list[Node]] = [[] for _ in places]
    for indexes, nodes in zip(groups, units, strict=True):
        dealt[indexes[0]] = nodes
    return dealt


_JOINED = "together with the sentence before"


def _settle(instructions: list[Instruction]) -> list[Instruction]:
    """Tell by the act's moves what a "skal lyde" without "ny" means.

    On an address that the act vacates by a move upwards it is an addition: the old text moves on. On one that a later
    move takes downwards it is a change of the text that has the number before the move.
    """
    moves: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], int]]] = {}
    for instruction in instructions:
        for operation in instruction.operations:
            for source, target in operation.moves:
                row = moves.setdefault(source.act + "|" + instruction.part, [])
                row += [(a, b, instruction.position) for a, b in single_moves(source, target)]
    if not moves:
        return instructions
    settled = []
    for instruction in instructions:
        own = moves.get(instruction.act + "|" + instruction.part, [])
        if own:
            operations = tuple(_settled(operation, own, instruction.position) for operation in instruction.operations)
            if operations != instruction.operations:
                instruction = replace(instruction, operations=operations)
        settled.append(instruction)
    return settled


def single_moves(source: Target, target: Target) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The moves that two ranges of sections stand for, by counting; others as they are."""
    if not source.until or not source.section or not target.section:
        return [(source.steps, target.steps)]
    left = [source.section, *(expand(source.section, source.until.lstrip("§")) or [])]
    right = [target.section, *(expand(target.section, target.until.lstrip("§")) or [])]
    return [(("§" + a,), ("§" + b,)) for a, b in zip(left, right, strict=False)]


def _leapt(source: tuple[str, ...], target: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    """Whether a ledd or sentence moves up over *steps*, a sibling that does not move itself."""
    if not (len(source) == len(target) == len(steps) > 1) or not (source[:-1] == target[:-1] == steps[:-1]):
        return False
    numbers = [step.partition("/") for step in (source[-1], steps[-1], target[-1])]
    if len({n[0] for n in numbers}) != 1 or not all(n[2].isdigit() for n in numbers):
        return False
    low, here, high = (int(n[2]) for n in numbers)
    return low < here < high


def _settled(
    operation: Operation, moves: list[tuple[tuple[str, ...], tuple[str, ...], int]], position: int
) -> Operation:
    if (
        operation.action == "add"
        and operation.targets
        and len(operation.targets[0].steps) > 1
        and any(b == operation.targets[0].steps[:1] for _, b, _ in moves)
        and operation.targets[0].steps not in {b for _, b, _ in moves}
        and operation.section_called_new
    ):
        target = operation.targets[0]
        return replace(operation, action="change", targets=(Target(target.act, target.steps, False, target.until),))
    if operation.action != "change" or operation.before_move or not operation.targets or operation.targets[0].until:
        return operation
    steps = operation.targets[0].steps
    if (
        any(_leapt(a, b, steps) for a, b, at in moves if at != position)
        and not any(steps in (a, b) for a, b, _ in moves)
    ):  # "§ 3 fjerde til sjette ledd skal lyde. Nåværende fjerde og femte ledd blir sjuende og åttende ledd": there was no sixth
        target = operation.targets[0]
        return replace(operation, action="add", targets=(Target(target.act, target.steps, True, target.until),))
    leaving = [(a, b, at) for a, b, at in moves if a == steps and at != position]
    arriving = [(a, b, at) for a, b, at in moves if b == steps]
    if not leaving or (arriving and leaving[0][2] <= position):
        return operation
    upwards = natural_key(leaving[0][1][-1]) > natural_key(steps[-1])
    if arriving:
        return replace(operation, before_move=True) if not upwards and leaving[0][2] > position else operation
    if upwards:
        target = operation.targets[0]
        return replace(operation, action="add", targets=(Target(target.act, target.steps, True, target.until),))
    return replace(operation, before_move=True) if leaving[0][2] > position else operation


def parse_amendment(document: Document, names: Names) -> Amendment:
    """Read all that *document* orders, in the order of its prose.

    *names* resolves short names on the document's date (see `Names.learn`). Links and structured targets of the
    source are not read.
    """
    return _Parser(document, names).read(blocks_of(document.body))


def parse_instructions(
    nodes: Iterable[Node], names: Names, *, source: str = "lov/9999-01-01", act: str = "", title: str = ""
) -> Amendment:
    """Read instructions from loose blocks, such as come from a Word file or plain text.

    Args:
        nodes: ``paragraph`` and ``ledd`` nodes (and ``list``, ``new_section``, ``table`` where the input has them) in
            reading order. Plain paragraphs suffice: see `shape`, which gathers lines into sections and lists.
        names: resolves short names of acts.
        source: what to call the proposal; its date is the date at which names are resolved.
        act: the act that is amended from the start, where the blocks do not say.
        title: the proposal's title; where it names one act, that act is meant until the blocks say otherwise.
    """
    from lovdata_ingest.model import Header

    body = Node("body", Address(source), children=tuple(nodes))
    document = Document(source, Header(source, title=title), body)
    parser = _Parser(document, names)
    parser.date = dt.date.max if source.startswith("lov/9999") else parser.date
    parser.context = _Context(act)
    return parser.read(blocks_of(shape(body)))


_SECTION_LINE = re.compile(
    r"§\s*(?P<number>\d+(?:\s?[A-Za-z](?=\s?-\s?\d))?(?:\s?-\s?\d+(?:-\d+){0,2})?(?:\s?[A-Z](?!\w))?(?:\s?[a-zæøå](?![\wæøå]))?)\s*\.?\s+(?P<title>[^.]{0,160}?)\s*$"
)
_CHAPTER_LINE = re.compile(r"(?:Kapittel|Kap\.|Del|Avsnitt)\s+(?:\d+|[IVXLC]+)\s?[A-Za-z]?\b\.?")
_ITEM_LINE = re.compile(r"(?P<label>[a-zæøå]{1,2}\)|[a-zæøå]\.|\d{1,2}[.)]|[–-])\s+")
_LEDD_LABEL = re.compile(r"\(\d{1,2}\)\s+")


def shape(body: Node) -> Node:
    """Gather plain paragraphs into what they stand for: sections under their heading, items into lists, numbered ledd.

    Blocks that already have a shape pass through. A line "§ 5 a Title" without a verb of order opens a section, which
    lasts until the next instruction, heading line or act.
    """
    shaped: list[Node] = []
    section: tuple[Node, str, list[Node]] | None = None

    def end() -> None:
        nonlocal section
        if section is not None:
            head, number, inner = section
            shaped.append(Node("new_section", None, "§" + number, children=(head, *inner)))
            section = None

    for node in body.children:
        if node.kind not in ("paragraph", "ledd") or node.children:
            if node.kind == "list" and section is not None:
                _attach(section[2], node)
                continue
            end()
            shaped.append(node)
            continue
        text = node.text.strip()
        line = _SECTION_LINE.match(text)
        if line and read_lead(text) is None and not speaks_of_commencement(text):
            end()
            number = re.sub(r"\s+", "", line["number"])
            section = (
                Node("heading", None, "", text[: line.end("number")].strip() + ".", line["title"].strip(". ")),
                number,
                [],
            )
            continue
        roman_line = re.fullmatch(r"(?:Del )?[IVXLC]+\.?", text)
        if roman_line:
            end()
            shaped.append(Node("heading", None, "", "", text))
            continue
        item = _ITEM_LINE.match(text)
        lead = read_lead(text) if item is None else None
        ordering = (
            lead is not None
            and (text.endswith(":") or not lead.unknown)
            and any(a.found or a.moves or a.words for a in lead.acts)
        )
        act_line = bool(re.match(r"(?:\d+\.?\s)?I (?:lov|midlertidig lov|[\wæøå-]+lov(?:en|a)) ", text))
        if ordering or act_line:
            end()
            shaped.append(Node("paragraph", node.address, "", "", text))
            continue
        if _CHAPTER_LINE.match(text) and len(text) < 160:
            end()
            shaped.append(Node("new_heading", None, "", "", text))
            continue
        inner = section[2] if section is not None else shaped
        if item is not None:
            label = item["label"]
            piece = Node("item", None, label.strip("–-") and label, "" if label in "–-" else label, text[item.end() :])
            _attach(inner, Node("list", None, children=(piece,)))
            continue
        label_match = _LEDD_LABEL.match(text)
        ledd = Node(
            "ledd",
            None,
            "",
            label_match[0].strip() if label_match else "",
            text[label_match.end() :] if label_match else text,
        )
        inner.append(ledd)
    end()
    return Node("body", body.address, children=tuple(shaped))


def _attach(nodes: list[Node], piece: Node) -> None:
    """Add a list to the ledd before it, or to the list that this ledd already ends with."""
    if nodes and nodes[-1].kind in ("ledd", "paragraph"):
        last = nodes[-1]
        children = last.children
        if children and children[-1].kind == "list":
            children = (*children[:-1], Node("list", None, children=(*children[-1].children, *piece.children)))
        else:
            children = (*children, piece)
        nodes[-1] = Node(last.kind, last.address, last.name, last.label, last.text, last.links, last.marks, children)
    elif nodes and nodes[-1].kind == "list":
        nodes[-1] = Node("list", None, children=(*nodes[-1].children, *piece.children))
    else:
        nodes.append(piece)
