"""Which act a list of sections belongs to: the one before it, the one after it, one carried on, the list lead's, the own."""

from __future__ import annotations

import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.act_mentions import ActMentions
from lovdata_ingest.references.index import act_date
from lovdata_ingest.references.mentions import ActRef, Group
from lovdata_ingest.references.scanner import Token

_GAP_ACT = re.compile(
    r"[\s,(]*(?:(?:sin|sine|sitt|si|ny|nye|nytt|tidligere|tidlegare|den tidligere)\s*)?[\s(\[]*$", re.IGNORECASE
)
_GAP_GENITIVE = re.compile(
    r"\s+(?:bestemmelse|føresegn|regle|regla|krav|vilkår|definisjon|overgangs|straffe|særregl)\w*\s+(?:[^.;:§]{0,80}\s)?(?:i|etter)\s+$",
    re.IGNORECASE,
)
_GAP_OF_THAT = re.compile(
    r"[^.;:§]{0,90}?\b(?:unntak|unnatak|unntatt|unnateke|reglene i|reglane i|bestemmelsene i|føresegnene i)\s[^.;:§]*$",
    re.IGNORECASE,
)
_GAP_INCLUDING = re.compile(
    r"[^.;§]{0,90}?,?\s+(?:herunder|derunder|deriblant|medrekna|medregnet|blant annet|bl\.a\.|særlig|særleg)\s+(?:i\s+)?$",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(?P<word>[\wæøåé-]*(?:forordning(?:en|a)|direktivet|konvensjon(?:en)?|traktaten|avtalen|overenskomsten|protokoll(?:en)?|vedtekten[e]|vedtektane|forskrift(?:en|a)|instruksen"
    r"|skattevedtak|vedtaket|reglementet|forretningsorden(?:en)?)s?)(?:\s+(?:for|av)\s+[\wæøå]+(?:\s\d{4})?)?\s*,?\s*$"
)
_FINITE = re.compile(r"\s(?:gjelder|gjeld|får|fær|skal|kan|er|har|kommer|kjem|blir|vert)\s", re.IGNORECASE)
_GAP_DESCRIBED = re.compile(
    r"\s*,?\s+om\s[^.;:§]{3,140}?(?:,|\bog|\bsamt|\beller|\bjf\.?)\s+(?:(?:om\s[^.;:§]{3,80}\s)?(?:i|etter)\s+)?$",
    re.IGNORECASE,
)
_GAP_EXCEPTION = re.compile(
    r"[^.;]*\b(?:unntak av|unnatak av|unntak for|unntatt|unnateke|bortsett fr[aå]|likevel slik at|likevel ikke|likevel ikkje)\s*(?:[\d\w]+\s)?$",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\([^()§]{2,160}\)")
_FOREIGN = re.compile(r"(?P<word>(?:danske|svenske|finske|islandske|færøyske|grønlandske)\s+lov)(?:\s[^.;§]{0,50})?\s$")
_TRANSITION = re.compile(r"før (?:loven|lova)|tidligere|tidlegare|ikraft|i kraft|overgang")
_CONNECT = re.compile(
    r"[\s,;()\[\]–-]*(?:(?:og/eller|og|eller|samt|jf\.?|jfr\.?|jmf\.?|jamfør|jevnfør|jevnført|sammenholdt|jamført|saman|sammen|med|til|både|enten|anten|i|av|etter|kap\.?"
    r"|henholdsvis|hhv\.?|likeledes|dessuten|også|òg|sml\.?|smh\.?|ved|mot|verken|korkje|hverken|respektive|inntil|ikke|men|unntatt|unntak|unnateke|frå|fra|dog|so|så|for|jf|og\s+med)"
    r"(?=[\s,;()\[\]§.–-]|$)[\s,;()\[\].–-]*)*$",
    re.IGNORECASE,
)
_AFTER_ACT = re.compile(
    r"\s*,?\s*(?:i|av|etter|til)\s+(?:(?:den|selve|tidligere|tidlegare|dagjeldende|midlertidig|mellombels)\s+)*",
    re.IGNORECASE,
)


def _described(gap: str) -> bool:
    """Whether words between two sections only tell what the first is about: " om skyss … og "."""
    return _GAP_DESCRIBED.fullmatch(gap) is not None and (_FINITE.search(gap) is None or gap.rstrip().endswith(" og i"))


class Binding(ActMentions):
    """Binds groups to acts."""

    def bind(self, group: Group) -> None:
        """Decide which act a group means: named before it, named after it, carried on, from the list's lead, the own."""
        act = self.last_act
        group.act = None
        if act is not None and act.end <= group.start and (self.last_group is None or act.start >= self.last_group.end):
            gap = self.text[act.end : group.start]
            if (
                _GAP_ACT.fullmatch(gap)
                or (
                    act.soft_end > act.end
                    and group.start <= act.soft_end + 3
                    and not re.search(r"\s(?:i|etter|av|med|til|om|på|ved|fra|og|eller|jf\.?|følger|følgjer)\s*$", gap)
                )
                or (_GAP_GENITIVE.fullmatch(gap) and self.low[act.end - 1] == "s")
            ):
                group.act, group.basis = act, "named"
        if group.act is None:
            group.act = self.outside_before(group)
            if group.act is not None:
                group.basis = "named"
        after = self.act_after(group.end)
        previous = self.last_group
        if group.act is None and previous is not None:
            gap = _PARENTHESIS.sub(" ", self.text[previous.end : group.start])
            if (
                act is not None
                and act.start >= previous.end
                and not self.in_parenthesis(act, previous.end, group.start)
            ):
                # an act between: "§ 5 i den loven og § 7"
                trailing = previous.act is act
                between = self.text[act.end : group.start]
                if trailing and _CONNECT.fullmatch(between):
                    group.connected = previous
            elif (
                (_CONNECT.fullmatch(gap) or (previous.act is not None and _described(gap)))
                and not self.sentence_border(previous.end, group.start)
                and (previous.kind == "article") == (group.kind == "article")
            ):
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
        elif (
            group.kind == "section"
            and (loaded := self.index.get(act.refid)) is not None
            and not self.has_all(loaded, group)
            and all(("-" in item.number) != loaded.numbers_hyphened for item in group.items)
        ):
            act.refid = act.past
        act.past = ""

    def outside_before(self, group: Group) -> ActRef | None:
        """A treaty, a regulation, articles of association named right before a number: "vedtektenes § 3"."""
        match = _OUTSIDE.search(self.low, max(0, group.start - 60), group.start)
        match = match or _FOREIGN.search(self.low, max(0, group.start - 90), group.start)
        if match is None:
            return None
        word = match["word"]
        if word.startswith(("forskrift", "føresegn")) and (
            self.place.own.startswith("forskrift") or word in ("forskrift", "forskrifter")
        ):
            return None
        act = ActRef(match.start("word"), match.end("word"), "", "external", word)
        act.used = True
        if "forskrift" in word or "instruks" in word or "vedtak" in word:
            act.status, act.note = (
                "act_not_loaded",
                f"{self.text[match.start('word') : match.end('word')]}: not among the loaded acts and regulations",
            )
        else:
            act.external, act.note = (
                True,
                f"{self.text[match.start('word') : match.end('word')]}: outside Norwegian acts",
            )
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
            gap = (
                self.text[act.end : group.start]
                if self.last_group is None or self.last_group.act is not act
                else self.text[self.last_group.end : group.start]
            )
            if (
                group.act is None
                and act.refid
                and act.refid not in self.index.acts
                and not self.has_all(own, group)
                and _GAP_OF_THAT.fullmatch(gap)
            ):
                self.choose_act(group, act, "weighed")
                return
            cue = (
                _GAP_EXCEPTION.fullmatch(gap)
                or _GAP_INCLUDING.fullmatch(gap)
                or (
                    ":" in gap
                    and re.search(
                        r"f[øy]lg(?:ende|jande)|bestemmelse|føresegn", self.low[max(0, act.start - 80) : act.start]
                    )
                )
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
        for act in [*sentence, *others, *lead, *self.named_earlier()]:
            if act in self.acts and self.in_parenthesis(act, 0, group.start):
                continue
            if (
                act.refid
                and act.refid != self.place.own
                and act.kind in ("named", "dated", "same")
                and self.has_all(self.index.get(act.refid), group)
            ):
                self.choose_act(group, act, "weighed")
                link = group.connected
                while link is not None and link.act is None and self.has_all(self.index.get(act.refid), link):
                    self.choose_act(link, act, "weighed")
                    link = link.connected
                return
        if group.act is None:
            self.of_predecessor(group)

    def named_earlier(self) -> list[ActRef]:
        """Acts named in earlier texts of the section; not for new text of an act with sections, which means itself."""
        own = self.place.act
        if self.place.amending and own is not None and own.sections:
            return []
        return self.place.earlier[::-1]

    def of_predecessor(self, group: Group) -> bool:
        """Transition rules speak of the former act without naming it: numbers in a style that the act itself has not."""
        own = self.place.act
        former = self.reader.names.predecessors.get(self.place.own, ())
        if own is None or group.kind != "section" or not former or not _TRANSITION.search(self.low):
            return False
        if not all(("-" in item.number) != own.numbers_hyphened for item in group.items):
            return False
        names = {name.lower() for name in own.short_titles}
        same = [old.act for old in former if names & {name.lower() for name in old.names}]
        if not same and len(former) > 1:
            return False
        latest = max(same or [old.act for old in former], key=act_date)
        self.choose_act(group, ActRef(group.start, group.start, latest, "named"), "weighed")
        return True

    def choose_act(self, group: Group, act: ActRef, basis: str) -> None:
        """Give a group its act."""
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

    def acts_before(self, group: Group) -> bool:
        """Whether the text has named an act, or had a section of another, before this group."""
        return bool(self.acts) or (self.last_group is not None and self.last_group.basis != "lead")

    def act_after(self, end: int) -> ActRef | None:
        """An act named right after a group: "§ 18 i denne lov", "§ 3 i lov 17. juni 2005 nr. 64"."""
        match = _AFTER_ACT.match(self.text, end)
        if match is None:
            return None
        position = match.end()
        token = self.starts.get(position)
        external = g.EXTERNAL_AFTER.match(self.text, end)
        dated = re.compile(
            r"(?:lov(?:a|en)?|[\wæøå-]*forskrift(?:en|a)?|(?:kgl\.?\s*|kongelig\s+)?res(?:olusjon)?\.?)\s+(?:av\s+|frå\s+|nr\.?\s*\d+\s+av\s+)?(\d{1,2})\.?\s+([a-z]+)\.?\s+\d{4}",
            re.IGNORECASE,
        ).match(self.text, position)
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
        elif external is not None and self.text[end:position].strip(" ,").startswith("i"):
            act = ActRef(position, external.end(), "", "external", "")
            act.external = True
            act.used = True
            act.note = "section of " + self.text[position : external.end()]
        elif re.match(r"[a-zæøå-]+lov(?:en|a)\b", self.low[position : position + 50]):
            word = re.match(r"[a-zæøå-]+?(lov(?:en|a))\b", self.low[position : position + 50])
            if word is not None and self.on_suffix(
                Token(position + word.start(1), position + word.end(1), "suffix", word[1])
            ):
                act = self.last_act
        self.acts, self.last_act = saved
        if (
            act is not None
            and act.kind == "bare"
            and self.text[act.end : act.end + 1] not in (".", ",", " ", ")", ";", ":", "")
        ):
            return None
        return act

    def assign_back(self, group: Group, act: ActRef) -> None:
        """The act after the list governs the chain back to where another act was named."""
        link: Group | None = group
        while (
            link is not None
            and (link.act is None or link.basis in ("carried", "lead", "own", "weighed"))
            and link.basis != "after"
        ):
            if (link.kind == "article") != (group.kind == "article"):
                break
            link.act, link.basis = act, "after"
            link = link.connected
