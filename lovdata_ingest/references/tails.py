"""Places below a section as they are written: ledd, sentences, letters, numbers, their lists and ranges."""

from __future__ import annotations

import re

from lovdata_ingest.references import grammar as g
from lovdata_ingest.references.mentions import Tail
from lovdata_ingest.references.reference import Via
from lovdata_ingest.references.state import TextState


class TailReading(TextState):
    """Reads what follows a section, or stands for one: "første ledd bokstav a til c"."""

    _TAIL_LEAD = re.compile(
        r"\s*,?\s*(?:i\s+|nytt\s+|ny\s+|nye\s+|nåværende\s+|noverande\s+|nogjeldande\s+|nøverande\s+|unntatt\s+|unnateke\s+|med unntak av\s+)?"
    )

    _TAIL_JOIN = re.compile(
        r"\s*,?\s*(?:(?:og/eller|og|eller|samt|jf\.?|jfr\.?|til|hhv\.|henholdsvis|og\s+i|i|sammenholdt\s+med)\s+)?"
    )

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
        """One unit (ledd, sentence, letter, number) at *position*: (values with positions, kind, end)."""
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
                if (
                    before is not None
                    and g.RANGE_WORD.match(text[items[place - 1].end() : item.start()])
                    and value > before
                ):
                    found.extend(
                        (f"{unit}/{between}", items[place - 1].start(), end, "range")
                        for between in range(before + 1, value)
                    )
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

    def read_letters(
        self, position: int, start: int, *, bare: bool = False
    ) -> tuple[list[tuple[str, int, int, Via]], int] | None:
        """A list of letters: (values with positions, end)."""
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
                        found.append(
                            (
                                f"bokstav/{chr(code)}",
                                found[-1][1] if found[-1][3] != "range" else begin,
                                match.end(),
                                "range",
                            )
                        )
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
            return bool(
                re.match(r"\s*(?:[,.;:)–-]|$|(?:og|eller|samt|til|jf|første|annet|andre|nr)\b)", after)
            ) and not re.match(r"\s*,?\s*og\s+i\b", after)
        if bare:
            return (
                bool(re.match(r"\)?\s*(?:[,.;:)–-]|$|(?:og|eller|samt|til|jf|i|første|annet|nr)\b)", after))
                and word.islower()
            )
        return True

    def read_numbers(
        self, position: int, start: int, plural: bool
    ) -> tuple[list[tuple[str, int, int, Via]], int] | None:
        """A list of numbers below the section: (values with positions, end)."""
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
                if (
                    re.match(r"\s?[-–]\d", text[match.end(1) : match.end(1) + 3])
                    and re.search(r"\d-\d", text[match.start() : match.end(1) + 3])
                    and plural
                ):
                    break
                if plural and (match[2] and not re.match(r"\s*\)", after)):
                    break
                if (
                    g.ORD_LIST.match(text, match.end() + 1)
                    and " " in text[match.end() : match.end() + 1]
                    and "ledd" in after
                ):
                    break
                if (
                    re.match(r"\s*(?:nr\.?|bokstav)\s", after)
                    and plural
                    and not text[: match.start()].rstrip().endswith("nr.")
                ):
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
                    found.extend(
                        (f"nummer/{between}", begin, letter_end, "range")
                        for between in range(int(before) + 1, int(value))
                    )
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
