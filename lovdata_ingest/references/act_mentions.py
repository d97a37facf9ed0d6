"""Acts as a text names them: by name, by date and number, as "denne loven", "samme lov", as an EU act."""

from __future__ import annotations

import datetime as dt
import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.mentions import ActRef
from lovdata_ingest.references.names import Candidate
from lovdata_ingest.references.numbers import NumberReading
from lovdata_ingest.references.scanner import Token

_DATE_WORDS = {word[:7] for word in g.MONTHS}
_BARE_NUMBERS = re.compile(
    r"\s+(?=(\d{1,3}-\d{1,3}\b(?!\.)|\d{1,3}(?:\s[a-z])?,\s\d{1,3}(?:\s[a-z])?(?:,| og| eller)\s\d))(?=(\d))"
)
_MORE = re.compile(
    r",?\s+(?:m\.?\s?v\.?|m\.\s?m\.?|mm\.?|m\.\s?fl\.?)(?![\wæøå])|(?<=m\.[vm])\.|(?<=m\.fl)\.|(?<=[\s,]mv)\.(?=\s+(?:§|kap))"
)
_SHORT_DEFINED = re.compile(r"\s*[(\[]\s*([^()\[\]]{2,60}?)\s*[)\]]")
_DATED_BEFORE = re.compile(
    r"(?P<word>lov(?:en|a|er|ene|ane|ov)?|log|[\wæøå-]*lov(?:en|a)|[\wæøå-]*forskrift(?:en|a|er|ene)?|(?:kgl\.?|kongelig|kronprinsreg\w*)?\s*(?:resolusjon(?:en)?|res\.?)|instruks|plakat|forordning|kgl\.res\.?)"
    r"\s*,?\s*(?:av|frå|fra|datert)?\s*\(?\s*(?:nr\.?\s*\d+\s+av\s+)?$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"\b(?P<what>[a-zæøå-]*lov(?:a|en|ene|ane|er)?|forskrift(?:en|a|er)?) (?:om|til|inneholdende|indeholdende|angående|angaaende|vedkommende) (?:[^.;:§(]|o\.a\.|m\.v\.|m\.m\.){4,150}?\s(?P<of>(?:av|af|frå|fra)\s*)?$"
)
_TITLE_STOP = re.compile(
    r"\s(?:skal|gjelder|gjeld|får|fer|kan|har|er|blir|vert|jf\.?|jfr\.?|samt|finner|oppheves|endres|gjøres|trer|dersom|ytes|hvis)\s|(?<!m)(?<!mv)(?<!m\.v)(?<!m\.m)(?<!\sm\.fl)[.;:§]|\sforskrifter? om\s",
    re.IGNORECASE,
)


_LAW_ELSEWHERE = re.compile(
    r"\s+(?:i|på)\s+(?:den stat|den staten|landet|det land|det landet|vedkommende|en annen|en fremmed|domstols|hjem|bosteds|stedet|det sted|ein annan)"
)
_NORSKE_LOV = "lov/1687-04-15"  # cited by book, chapter and article: "Norske Lov 1-21-13"


class ActMentions(NumberReading):
    """Reads the acts of a text."""

    def on_name(self, token: Token) -> int | None:
        """A name of the table; numbers may follow it without a sign."""
        candidates = self.reader.names.literal.get(token.word, [])
        if not candidates:
            return None
        act = self.named(token.start, token.end, candidates, token.word)
        if act is None:
            return None
        self.remember(act)
        bare = _BARE_NUMBERS.match(self.text, act.end)
        if bare is not None and act.refid and not act.annex and act.refid != _NORSKE_LOV:
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
            if (
                inside in self.reader.names.abbreviations
                or inside in self.reader.names.literal
                or re.search(r"lov(?:en|a)?$", inside)
            ):
                position = bracket.end()
        match = g.DATED_AFTER_NAME.match(text, position)
        if match is not None and "," in match[0][:3] and match["day"] and match["number"]:
            given = (
                f"{match['year']}-{g.MONTHS[match['month'].lower()]:02}-{int(match['day']):02}-{int(match['number'])}"
            )
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
        lead = re.compile(r"\s*,?\s*(?:om|for|ang(?:\.|ående)|indeholdende|angaaende)\s", re.IGNORECASE).match(
            text, act.end
        )
        end = act.end
        seen = 0
        if lead is not None:
            loaded = self.index.get(act.refid)
            taken = end
            if loaded is not None:
                title = re.findall(r"[\wæøå]+", loaded.title.lower())
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
        if bracket is not None and (
            "lov" in bracket[1].lower() or bracket[1].lower().rstrip(".") in self.reader.names.abbreviations
        ):
            act.end = act.soft_end = bracket.end()

    def on_abbreviation(self, token: Token) -> int | None:
        """An abbreviation counts only right before a section or chapter; elsewhere it may be any word."""
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
        if base in (
            "lov",
            "loven",
            "lova",
            "særlov",
            "særloven",
            "endringslov",
            "endringsloven",
            "ikrafttredelsesloven",
        ):
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
        """Reads "denne lov", "loven her"."""
        act = self.own_act(token.start, token.end)
        return self.remember(act)

    def own_act(self, start: int, end: int, kind: str = "own") -> ActRef:
        """The act (or annexed treaty) that the text belongs to."""
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
        if re.search(
            r"(?:denne|samme|same|nemnde|nevnte|den|annen|anna|andre|norsk|utenlandsk|gjeldende|den nye|nye|eldre|tidligere)\s+$",
            before,
        ):
            return None
        date = re.match(r"\s+(?:av|om|frå|fra)\s", self.low[token.end : token.end + 6])
        if date:
            return None
        if _LAW_ELSEWHERE.match(self.low, token.end):
            return None
        last = self.last_act
        if (
            last is not None
            and last.kind in ("named", "dated", "same", "unknown")
            and not self._own_rather(token, last)
            and not self.sentence_border(last.end, token.start)
        ):
            act = ActRef(token.start, token.end, last.refid, "same", "")
            act.annex, act.status, act.note = last.annex, last.status, last.note
            return self.remember(act)
        if self.place.own.startswith("forskrift/"):
            return self.remember(self.enabling_act(token))
        return self.remember(self.own_act(token.start, token.end, "bare"))

    def enabling_act(self, token: Token) -> ActRef:
        """In a regulation "loven" is the act that it was given under, named before its first section."""
        under = self.place.under
        act = ActRef(token.start, token.end, under.refid if under is not None else "", "same", token.word)
        if under is None:
            act.status, act.note = "act_not_loaded", "the act that the regulation was given under is not named before"
        return act

    def _own_rather(self, token: Token, last: ActRef) -> bool:
        """Whether "lovens § 3" after a former act means the act itself: where that has the section."""
        if last.refid in self.index.acts or self.place.act is None:
            return False
        number = re.compile(r"\s+§+\s*(\d+(?:-\d+)?)").match(self.text, token.end)
        return number is not None and self.place.act.section(number[1]) is not None

    def on_same(self, token: Token) -> int | None:
        """Reads "samme lov", "nevnte lov": the act named last."""
        last = next((a for a in reversed(self.acts) if a.kind in ("named", "dated", "same", "unknown")), None)
        if last is None:
            last = self.place.lead or next(reversed(self.place.earlier), None)
        if last is None:
            act = self.own_act(token.start, token.end, "own")
            return self.remember(act)
        act = ActRef(token.start, token.end, last.refid, "same", "")
        act.annex, act.status, act.note, act.external = last.annex, last.status, last.note, last.external
        return self.remember(act)

    def on_month(self, token: Token) -> int | None:
        """A date with a year, and an act or regulation that is named by it."""
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
                last is not None
                and last.kind == "dated"
                and number is not None
                and re.fullmatch(
                    r"[\s,(]*(?:(?:og|eller|samt|som endret ved|jf\.|av|lov)\s*)*",
                    self.low[last.soft_end : start] if last.soft_end <= start else "x",
                )
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
            titled = self._by_title(refid, begin, end)
            if titled is None:
                return None
            refid = titled
        act = ActRef(begin, end, refid, "dated", "")
        more = (
            re.compile(r"\s+og\s+(?:nr\.?\s*)?(\d{1,4})(?![\d.-])").match(self.text, end)
            if number is not None
            else None
        )
        if more is not None and (second := self.reader.by_date(kind, *value, more[1])) in self.index.acts:
            self.remember(act)
            return self.remember(ActRef(more.start(1), more.end(), second, "dated", ""))
        self.extend_title(act)
        return self.remember(act)

    def _by_title(self, dated: str, begin: int, end: int) -> str | None:
        """The act of a date that is given without number: the one of that day whose title stands before or after."""
        around = {
            w[:7] for w in re.findall(r"[a-zæøå]{5,}", self.low[begin:end] + " " + self.low[end : end + 90])
        } - _DATE_WORDS
        titled = bool(re.search(r"\som\s", self.low[begin:end] + self.low[end : end + 5]))
        options = list(self.index.by_date.get(dated, []))
        best = [
            o
            for o in options
            if around & {w[:7] for w in re.findall(r"[a-zæøå]{5,}", self.index.acts[o].title.lower())}
        ]
        if len(best) == 1:
            return best[0]
        old = {
            h.act: h.names
            for h in self.reader.names.table.historical
            if h.act.startswith(dated + "-") or h.act == dated
        }
        same = [
            a
            for a, names in old.items()
            if any(name[:6] in "".join(self.low[begin : end + 90].split()) for name in names)
        ]
        if len(same) == 1:
            return same[0]
        if titled:
            return dated
        if len(options) + len(old) == 1:
            return [*options, *old][0]
        return dated if not options else None

    def on_eu(self, token: Token) -> int | None:
        """The number of an EU act."""
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


def _eu_target(match: re.Match[str]) -> str:
    """``(EU) 2016/679`` → ``eu/32016r0679``; ``2009/103/EF`` → ``eu/32009l0103``; kind by the word before the number."""
    word = (match["kind"] or "").lower()
    if match["org"]:
        a, b = int(match["a"]), int(match["b"])
        numbered = re.search(r"nr", match[0].lower()) is not None
        if (numbered and b >= 1950) or (b >= 1950 and a < 1950):
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
