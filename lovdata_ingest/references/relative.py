"""References by where they stand: "første ledd", "foregående punktum", "paragrafen her", "dette kapittelet"."""

from __future__ import annotations

import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.lists import ListReading
from lovdata_ingest.references.mentions import Group, Item, Tail
from lovdata_ingest.references.results import Results
from lovdata_ingest.references.scanner import HERE, Token
from lovdata_ingest.sentences import split_sentences

_GAP_ACT = re.compile(
    r"[\s,(]*(?:(?:sin|sine|sitt|si|ny|nye|nytt|tidligere|tidlegare|den tidligere)\s*)?[\s(\[]*$", re.IGNORECASE
)
_CONNECT = re.compile(
    r"[\s,;()\[\]–-]*(?:(?:og/eller|og|eller|samt|jf\.?|jfr\.?|jmf\.?|jamfør|jevnfør|jevnført|sammenholdt|jamført|saman|sammen|med|til|både|enten|anten|i|av|etter|kap\.?"
    r"|henholdsvis|hhv\.?|likeledes|dessuten|også|òg|sml\.?|smh\.?|ved|mot|verken|korkje|hverken|respektive|inntil|ikke|men|unntatt|unntak|unnateke|frå|fra|dog|so|så|for|jf|og\s+med)"
    r"(?=[\s,;()\[\]§.–-]|$)[\s,;()\[\].–-]*)*$",
    re.IGNORECASE,
)
_ORD_WORDS = "|".join(word for word in g.ORDINALS if word.isalpha())
_ORDINAL_PARTS = re.compile(
    rf"(?P<list>(?:{_ORD_WORDS})(?:\s*(?:,|og|eller|til|,\s*og)\s*(?:{_ORD_WORDS}))*)\s+(?P<unit>del|kapit+e?l)(?:en|et)?(?![\wæøå])"
)


class RelativeReading(ListReading, Results):
    """Reads references without an act or a section."""

    def on_ordinal(self, token: Token) -> int | None:
        """Reads "femte del", "annet kapittel", or a relative "første ledd"."""
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
            named = (
                act is not None
                and _GAP_ACT.fullmatch(self.text[act.end : token.start]) is not None
                and act.end <= token.start
            )
            if not named and str(value) not in table:
                return None
            self.bind(group)
            return part.end()
        return self.relative(token.start)

    def on_letter(self, token: Token) -> int | None:
        """Reads "bokstav a" without a section."""
        return self.relative(token.start)

    def on_number(self, token: Token) -> int | None:
        """Reads "nr. 2" without a section, only where the section has such a number."""
        provision = self.place.provision
        match = g.NUMBER_WORD.match(self.text, token.start)
        if provision is None or match is None:
            return None
        before = self.low[max(0, token.start - 2) : token.start]
        if before.strip() and before[-1] == ")":
            return None
        if re.search(
            r"(?:\d{4},?|\w*forordning|direktiv|protokoll|konvensjon|vedtak|prop\.|st\.|lov|\(ef\)|\(eu\)|\(eøf\))\s*$",
            self.low[max(0, token.start - 25) : token.start],
        ):
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
            provision.actual((*ledd, f"nummer/{number[1]}")) is None
            and provision.actual((*steps, f"nummer/{number[1]}")) is None
            and provision.actual((f"nummer/{number[1]}",)) is None
        ):
            return None
        return self.relative(token.start)

    def on_unit(self, token: Token) -> int | None:
        """Reads "2. ledd": the digit stands before the unit."""
        head = re.search(
            r"(?:\d{1,2}\.?\s*(?:,|og|eller|til|–|-)\s*)*\d{1,2}\.\s*$",
            self.low[max(0, token.start - 20) : token.start],
        )
        if head is None:
            return None
        start = max(0, token.start - 20) + head.start()
        if g.ORD_LIST.match(self.text, start) is None:
            return None
        return self.relative(start)

    def relative(self, start: int) -> int | None:
        """Reads "første ledd", "bokstav a", "annet punktum" without a section: of the section before it, or where it stands."""
        last = self.last_group
        if (
            last is not None
            and last.kind == "section"
            and last.end <= start
            and not self.sentence_border(last.end, start)
        ):
            gap = self.text[last.end : start]
            if _CONNECT.fullmatch(gap) and gap.strip() and last.items:
                item = last.items[-1]
                base = item.tails[-1].steps if item.tails else ()
                tails, end = self.read_tails_joined(start, base)
                if tails:
                    item.tails.extend(tails) if item.tails else item.tails.extend(
                        [Tail((), item.start, item.letter_end, "text"), *tails]
                    )
                    item.tails_end = end
                    last.end = end
                    return end
        tails, end = self.read_tails(start, ())
        if not tails:
            return None
        if self.place.provision is None:
            return end
        section = re.compile(r"\s+i\s+(?:lovens\s+)?(§\s*)(?=\d)").match(self.text, end)
        if section is not None:
            return self.tails_before(tails, section.start(1), section.end())
        external = g.EXTERNAL_AFTER.match(self.text, end)
        after = self.act_after(end) if external is None else None
        if external is not None or (after is not None and after.kind not in ("own", "bare")):
            return end
        for tail in tails:
            self.relatives.append((tail.start, tail.end, tail.steps, tail.via if tail.via == "range" else "relative"))
        return end

    def tails_before(self, tails: list[Tail], sign: int, position: int) -> int | None:
        """Reads "nr. 3 og 5 i § 12-5": the places stand before their section."""
        group = Group("section", sign, False)
        end = self.read_items(group, tails[0].start, position)
        if end is None:
            return None
        first = group.items[0]
        if not first.tails:
            first.tails = tails
        group.end = end
        self.bind(group)
        return end

    def on_previous(self, token: Token) -> int | None:
        """Reads "foregående punktum", "forrige ledd", "neste ledd"."""
        match = re.compile(
            r"\s+(ledd|punktum|setning|paragraf|bokstav|nummer|nr\.?|kapit+e?l)(?:et|en)?(?![\wæøå])"
        ).match(self.low, token.end)
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
            number = max(1, sum(start <= position for start, _ in split_sentences(self.raw)))
            if number + shift < 1:
                return None
            return (*steps, f"setning/{number + shift}")
        if unit == "ledd":
            if steps and steps[0].startswith("ledd/"):
                number = int(steps[0].split("/")[1]) + shift
                return (f"ledd/{number}",) if number > 0 else None
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
        """Reads "dette kapittelet", "paragrafen her", "dette ledd"."""
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
            steps = self.place.steps
            place = max(
                (i for i, s in enumerate(steps) if s.startswith(("bokstav/", "nummer/"))), default=len(steps) - 1
            )
            self.relatives.append((token.start, token.end, steps[: place + 1], "relative"))
        return token.end
