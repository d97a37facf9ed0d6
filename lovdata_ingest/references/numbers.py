"""What a written section number means in an act: one section, a section and a letter, or the ends of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lovdata_ingest.references.index import Act, number_key
from lovdata_ingest.references.mentions import Group, Item
from lovdata_ingest.references.tails import TailReading


class NumberReading(TailReading):
    """Reads a number against the sections that an act has."""

    def has_all(self, act: Act | None, group: Group) -> bool:
        """Whether an act has every section (chapter, part) that a group names, read in the plainest way."""
        if act is None:
            return False
        if group.kind != "section":
            table = act.chapters if group.kind == "chapter" else act.parts
            return all(
                number_key(item.number + item.letter) in table or number_key(item.number) in table
                for item in group.items
            )
        for item in group.items:
            pieces = self.read_number(item, act, group)
            if len(pieces) == 2 and not group.plural:
                return False  # "§ 2-7" with one sign is one section
            if any(act.section(number) is None for number, _, _, _ in pieces):
                return False
            if len(pieces) == 2 and act.order.get(pieces[0][0].lower(), 0) >= act.order.get(pieces[1][0].lower(), 0):
                return False
        return True

    def read_number(self, item: Item, act: Act | None, group: Group) -> list[tuple[str, str, int, int]]:
        """What a written number means in an act: one section, or the two ends of a range: (number, letter step, start, end)."""
        number, letter = item.number, item.letter
        if re.match(r"\d+[A-Za-zÆØÅ]-", number):
            return [
                (
                    number + letter if act is None or not letter or act.section(number + letter) else number,
                    f"bokstav/{letter.lower()}"
                    if letter and act is not None and act.section(number + letter) is None
                    else "",
                    item.start,
                    item.letter_end,
                )
            ]
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
            if (
                len(parts) == 2
                and not act.numbers_hyphened
                and (group.plural or act.section(parts[0]) or act.section(parts[1]))
            ):
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
