"""Lists of sections, chapters, parts and articles as they are written."""

from __future__ import annotations

import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.binding import Binding
from lovdata_ingest.references.mentions import Group, Item, Tail
from lovdata_ingest.references.scanner import Token

_CHAPTER_PARTS = re.compile(r"\s[IVX]{1,4}(?![\wæøå.])(?:(?:,|\s+og|\s+eller)\s+[IVX]{1,4}(?![\wæøå.]))*")
_REMARK_OM = re.compile(r"\s+om\s[^.;:§()\d]{3,120}?(?=(?:\s+og|\s+eller|,)\s+\d{1,3}-\d{1,3}\s)")
_REMARK = re.compile(r"\s*\([^()§]{3,120}\)")


_PLAIN_NUMBER = re.compile(r"(\d{1,4})()()")


def _is_range(match: re.Match[str]) -> bool:
    """Whether "107 b-107" begins a range: the number after the hyphen is no smaller one of a chapter."""
    base, after = int(match[1]), int(re.split(r"[-–]", match[3].strip(" -–"))[0])
    return after == base or (base > 20 and after > base)


def _first_number(number: str) -> int:
    """3 of ``3-4``, 12 of ``12A``."""
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0


class ListReading(Binding):
    """Reads the lists that a sign or word opens."""

    def on_section(self, token: Token) -> int | None:
        """A section sign. In an annexed treaty "§ 2" is a paragraph of the article at hand."""
        if self.place.article and self.place.annex:
            return self.treaty_paragraph(token)
        match = re.compile(r"§(?:\s*§)*\s*").match(self.text, token.start)
        assert match is not None
        return self.section_group(token.start, match.end(), match[0].count("§") > 1)

    def treaty_paragraph(self, token: Token) -> int | None:
        """Reads "artikkel 3 § 1", or "§ 1" alone, in an annexed treaty."""
        match = re.compile(r"(?:§§?|[Pp]aragraf(?:en|ene)?)\s*(\d{1,2})(?!\d)").match(self.text, token.start)
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
        """Reads "Paragraf 6", "Paragrafane 9 og 10"."""
        match = re.compile(r"\s+(?=\d)").match(self.text, token.end)
        if match is None:
            return None
        if self.place.article and self.place.annex:
            return self.treaty_paragraph(token)
        return self.section_group(token.start, match.end(), token.word != "paragraf")

    def section_group(self, start: int, position: int, plural: bool) -> int | None:
        """Read a list of sections and bind it to an act; the end of the list."""
        group = Group("section", start, plural)
        end = self.read_items(group, start, position)
        if end is None:
            return None
        group.end = end
        self.bind(group)
        return end

    def read_items(self, group: Group, start: int, position: int) -> int | None:
        """The numbers of a list, each with what follows it."""
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
                if g.NOT_A_SECTION.match(text, match.end()) and not (
                    group.plural and re.match(r"\s?m(?:[,.;]|\s(?:og|eller|til))", text[match.end() : match.end() + 8])
                ):
                    break
                if after_tail_number and not group.plural and not match[3]:
                    break
                gap = text[group.items[-1].tails_end : position] if separator is None else separator
                if not group.plural and "," in gap and int(match[1]) < _first_number(group.items[-1].number):
                    break  # "§ 145, 11 og 12": the list of before goes on
                if not group.plural and not re.search(r",|;|og|eller|samt|til|[–-]|/|jf", gap):
                    break
                if group.plural and re.fullmatch(r"\s+", gap):
                    break
            if match[2] and match[2].islower() and _is_range(match):
                match = _PLAIN_NUMBER.match(text, position) or match  # "§§ 107 b-107 g" is a range
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
            if (
                own is not None
                and own.section(number + letter[1])
                and re.match(
                    r"\s+(?:gjeld|får|fær|skal|kan|er|har|kjem|kommer)", self.low[letter.end() : letter.end() + 9]
                )
            ):
                return True
            return bool(
                re.match(
                    r"\s*(?:[,.;)]|$|og\s+(?:§|\d)|eller\s+(?:§|\d)|første\s|annet\s|andre\s|til\s+(?:\d|[a-z]\b))",
                    self.low[letter.end() : letter.end() + 10],
                )
            )
        return True

    def on_chapter(self, token: Token) -> int | None:
        """Reads "kapittel 3 og 5 A", "kap. VII"."""
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
        """Reads "del II", "del B"."""
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
        """Reads "artikkel 5 og 7 nr. 2"."""
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
            if separator is None or (item.tails and not re.search("art", separator[0])):
                break
            position = separator.end()
        if end is None:
            return None
        group.end = end
        self.bind(group)
        return end
