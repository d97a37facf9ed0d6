"""From what is written to rows: each target looked up, with its status and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lovdata_ingest.acts import succession
from lovdata_ingest.address import Address
from lovdata_ingest.references.act_mentions import ActMentions
from lovdata_ingest.references.index import Act, Provision, number_key
from lovdata_ingest.references.mentions import ActRef, Group, Item, Tail
from lovdata_ingest.references.reference import Reference, Status, Via
from lovdata_ingest.sentences import split_sentences

_HEAD_WORD = re.compile(r"ledd(?:et)?|led|stykket?", re.IGNORECASE)


def _succeeded(refid: str, number: str, status: Status, reason: str) -> tuple[Status, str]:
    """The successor of a section of a replaced act, where ``data/acts.yaml`` knows it."""
    successor = succession(Address(refid, ("§" + number,)))
    return (status, reason) if successor is None else ("act_replaced", successor.explain("en"))


class Results(ActMentions):
    """Writes the rows."""

    def add(self, start: int, end: int, target: str, via: Via, status: Status, reason: str) -> None:
        """Write a row; positions are turned into those of the raw text."""
        begin, stop = self.clean.original(start), self.clean.original_end(end)
        shift = self.place.offset
        self.rows.append(
            Reference(self.place.source, begin + shift, stop + shift, self.raw[begin:stop], target, via, status, reason)
        )

    def emit(self) -> None:
        """Write all rows of the text."""
        for group in self.groups:
            self.emit_group(group)
        for act in self.acts:
            if not act.used:
                self.emit_act(act)
        self.emit_relatives()
        for start, end, target in self.eu:
            self.add(start, end, target, "text", "external", "act of the European Union")

    def emit_act(self, act: ActRef) -> None:
        """Write an act that stands without a section."""
        if act.external:
            self.add(
                act.start, act.end, act.refid, "text", "external", act.note or "treaty or act outside Norwegian law"
            )
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
        """Whether an act is loaded, replaced or not there."""
        if act.refid in self.index.acts:
            return "resolved", ""
        if act.status != "resolved":
            return act.status, act.note
        old = next((h for h in self.reader.names.table.historical if h.act == act.refid and h.successor), None)
        if old is not None:
            return "act_replaced", f"replaced by {old.successor}"
        return "act_not_loaded", "the act is not among those loaded"

    def emit_group(self, group: Group) -> None:
        """Write the rows of a list."""
        act = group.act
        if act is None and self.place.outside:
            return
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
        """Write the rows of a list of sections."""
        via: Via = "list" if group.basis == "lead" else "text"
        loaded = self.index.get(act.refid) if act.refid else None
        before: str | None = None
        before_start = group.start
        for item in group.items:
            pieces = self.read_number(item, loaded, group)
            for place, (number, letter_step, start, end) in enumerate(pieces):
                if ((item.ranged and place == 0) or place == 1) and before is not None and loaded is not None:
                    for between in self.between(loaded, before, number):
                        self.add_target(act, loaded, between, (), before_start, end, "range")
                last = place == len(pieces) - 1
                base = (letter_step,) if letter_step else ()
                if last and item.tails:
                    first = True
                    for head, begin, end_of_head in self.heads_of(item):
                        self.add_target(act, loaded, number, head, begin, end_of_head, via)
                    for tail in item.tails:
                        steps = (
                            (*base, *tail.steps)
                            if not (tail.steps and tail.steps[0].startswith("ledd/"))
                            else tail.steps
                        )
                        begin = start if first and tail.via != "range" else tail.start
                        self.add_target(
                            act, loaded, number, steps, begin, tail.end, "range" if tail.via == "range" else via
                        )
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
            if (
                len(item.tails) > 1
                and run
                and all(len(t.steps) > 1 for t in run)
                and run[0].steps[0].startswith("ledd/")
            ):
                common = 1
                while len(run) > 1 and all(
                    len(t.steps) > common + 1 and t.steps[common] == run[0].steps[common] for t in run
                ):
                    common += 1
                start = item.start if run[0] is item.tails[0] else run[0].start
                word = _HEAD_WORD.search(self.text, max(run[0].start, item.letter_end), run[0].end + 40)
                if word is not None:
                    yield run[0].steps[:common], start, word.end()
            run = [tail] if tail is not None else []

    def between(self, act: Act, first: str, last: str) -> list[str]:
        """The sections of an act between two of its numbers."""
        low, high = act.order.get(first.lower()), act.order.get(last.lower())
        if low is None or high is None or high - low > 400:
            return []
        return [number for number, place in act.order.items() if low < place < high]

    def add_target(
        self, act: ActRef, loaded: Act | None, number: str, steps: tuple[str, ...], start: int, end: int, via: Via
    ) -> None:
        """Write one target of a section reference."""
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
                status, reason = _succeeded(act.refid, number, status, reason)
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
                    count = len(split_sentences(words)) + int(value) + 1
                found.append(f"{kind}/{max(1, count)}")
            else:
                found.append(step)
        return tuple(found)

    @staticmethod
    def provision_status(provision: Provision, steps: tuple[str, ...]) -> tuple[Status, str]:
        """Whether a place exists and is in force."""
        if provision.repealed:
            return "repealed", f"{provision.address} is repealed"
        if steps and provision.actual(steps) is None:
            return "no_such_ledd", f"{provision.address} has no {'/'.join(steps)}"
        return "resolved", ""

    def emit_chapters(self, group: Group, act: ActRef) -> None:
        """Write the rows of a list of chapters or parts."""
        loaded = self.index.get(act.refid) if act.refid else None
        via: Via = "list" if group.basis == "lead" else "text"
        word = "kap" if group.kind == "chapter" else "del"
        before: str | None = None
        for item in group.items:
            if act.external or not act.refid:
                self.add(
                    item.start,
                    item.end,
                    "",
                    via,
                    "external" if act.external else act.status,
                    act.note or "no Norwegian act",
                )
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
                self.add(
                    item.start,
                    end,
                    f"{act.refid}/{word}{item.number}{item.letter}",
                    via,
                    "no_such_section",
                    f"{act.refid} has no {'chapter' if word == 'kap' else 'part'} {item.number}{item.letter}",
                )

    def emit_articles(self, group: Group, act: ActRef) -> None:
        """Write the rows of a list of articles of an annexed or outside treaty."""
        own = group.act is None
        loaded = self.index.get(act.refid) if act.refid else None
        annex = act.annex if not own else self.place.annex
        table = loaded.annexes.get(annex) if loaded is not None else None
        for item in group.items:
            key = (item.number + item.letter).lower()
            if act.external or table is None:
                if act.external and act.refid:
                    self.add(
                        item.start,
                        item.end,
                        f"{act.refid}/a{key}",
                        "text",
                        "external",
                        act.note or "article outside Norwegian law",
                    )
                continue
            provision = table.get(key)
            base = f"{act.refid}/{annex + '/' if annex else ''}a{item.number}{item.letter}"
            for tail in item.tails or [Tail((), item.start, item.end, "text")]:
                start = item.start if tail is (item.tails[0] if item.tails else tail) else tail.start
                if provision is None:
                    self.add(start, tail.end, base, "text", "no_such_section", f"no article {key}")
                else:
                    steps = self.absolute(provision, tail.steps)
                    self.add(
                        start,
                        tail.end,
                        "/".join((str(provision.address), *steps)),
                        "range" if tail.via == "range" else "text",
                        "resolved",
                        "",
                    )

    def emit_relatives(self) -> None:
        """Write the relative references."""
        provision = self.place.provision
        if provision is None:
            return
        for start, end, steps, via in self.relatives:
            self.emit_relative(provision, start, end, steps, via)

    def emit_relative(self, provision: Provision, start: int, end: int, steps: tuple[str, ...], via: Via) -> None:
        """Write one relative reference."""
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
            if provision.actual(path) is not None and (
                not path or tuple(s.lower() for s in path if not s.startswith("setning")) in provision.paths
            ):
                return path
        found = provision.actual(steps)
        if found is not None:
            return (*found, *(s for s in steps if s.startswith("setning/")))
        return (*own[:1], *steps)
