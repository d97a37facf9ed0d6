"""From an edited act the instructions that make it: in the form of the Ministry of Justice's drafting rules.

Each change has several forms, from the finest (a sentence, a letter) to the widest (the whole section). The finest one
is tried first; the instructions are then read and carried out by the same engine that reads promulgated acts, and
where the result is not the edited text, to the character, a wider form takes its place.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from lovdata_ingest.address import Address
from lovdata_ingest.alignment import align, likeness
from lovdata_ingest.model import Document, Header, Language, Node
from lovdata_ingest.plain_text import Unit, blocks_of, heading_of, section_text, text_of, units_of

_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
_ORDINALS = {
    "nb": "første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte trettende fjortende "
    "femtende sekstende syttende attende nittende tjuende tjueførste tjueandre tjuetredje tjuefjerde tjuefemte",
    "nn": "første andre tredje fjerde femte sjette sjuande åttande niande tiande ellevte tolvte trettande fjortande "
    "femtande sekstande syttande attande nittande tjuande tjueførste tjueandre tjuetredje tjuefjerde tjuefemte",
}
_PHRASES: dict[str, dict[Language, str]] = {
    "opening": {"nb": "I {law} gjøres følgende endringer:", "nn": "I {law} blir det gjort følgjande endringar:"},
    "reads": {"nb": "{place} skal lyde:", "nn": "{place} skal lyde:"},
    "repeal": {"nb": "{place} oppheves.", "nn": "{place} blir oppheva."},
    "current": {"nb": "Nåværende {old} blir {new}.", "nn": "Noverande {old} blir {new}."},
    "heading": {"nb": "{place} overskriften skal lyde:", "nn": "{place} overskrifta skal lyde:"},
    "chapter_heading": {"nb": "Overskriften til {place} skal lyde:", "nn": "Overskrifta til {place} skal lyde:"},
    "in_chapter": {"nb": "I {chapter} skal ny {place} lyde:", "nn": "I {chapter} skal ny {place} lyde:"},
    "title": {"nb": "Lovens tittel skal lyde:", "nn": "Tittelen på lova skal lyde:"},
    "force": {"nb": "Loven trer i kraft fra den tid Kongen bestemmer.",
              "nn": "Lova tek til å gjelde frå den tida Kongen fastset."},
    "act": {"nb": "Lov om endringer i {name}", "nn": "Lov om endringar i {name}"},
}  # fmt: skip


class DraftInstruction(Struct, frozen=True):
    """One instruction: the lead, the text that follows it (empty for repeals and moves), and the section it serves."""

    lead: str
    content: tuple[Node, ...] = ()
    section: str = ""


class Undrafted(Struct, frozen=True):
    """A place where the instructions do not give the edited text, with the reason."""

    address: str
    reason: str


class Draft(Struct, frozen=True):
    """The amending act. ``exact``: carrying it out gives the edited text; else ``undrafted`` names what it does not."""

    refid: str
    title: str
    language: Language
    instructions: tuple[DraftInstruction, ...]
    undrafted: tuple[Undrafted, ...] = ()
    law: str = ""

    @property
    def exact(self) -> bool:
        """Whether carrying the instructions out gives the edited text."""
        return not self.undrafted

    def lines(self) -> list[tuple[str, str]]:
        """(style, text) of the amending act: ``title``, ``part``, ``lead``, ``heading``, ``ledd``, ``item``."""
        found = [("title", self.title), ("part", "I"), ("lead", self.opening)] if self.instructions else []
        for instruction in self.instructions:
            found.extend(self.lines_of(instruction))
        if self.instructions:
            found += [("part", "II"), ("ledd", _PHRASES["force"][self.language])]
        return found

    def lines_of(self, instruction: DraftInstruction) -> list[tuple[str, str]]:
        """The lines of one instruction: the lead, then its text."""
        return [("lead", instruction.lead), *(line for node in instruction.content for line in _printed(node))]

    @property
    def opening(self) -> str:
        """The words that name the act."""
        return _PHRASES["opening"][self.language].format(law=self.law)

    def text(self) -> str:
        """The amending act as text, a blank line between paragraphs."""
        return "\n\n".join(text for _, text in self.lines()) + "\n"

    def document(self) -> Document:
        """The amending act laid out as in the gazette, for the parser of amendments."""
        refid = "lov/9999-01-01-1"
        part = Address(refid, ("kapI",))
        nodes: list[Node] = [Node("heading", text="I"), Node("paragraph", part.child("avsnitt/1"), text=self.opening)]
        for number, instruction in enumerate(self.instructions, 2):
            nodes.append(Node("paragraph", part.child(f"avsnitt/{number}"), text=instruction.lead))
            nodes.extend(instruction.content)
        body = Node("body", Address(refid), children=(
            Node("heading", text=self.title), Node("division", part, "kapI", children=tuple(nodes))))  # fmt: skip
        return Document("draft", Header(refid, title=self.title), body, self.language)


def _printed(node: Node) -> list[tuple[str, str]]:
    from lovdata_ingest.plain_text import lines_of

    if node.kind == "new_section":
        found = [("heading", heading_of(node))]
        return found + [line for block in blocks_of(node) for line in _printed(block)]
    if node.kind == "new_heading":
        return [("heading", " ".join(part for part in (node.label, node.text) if part))]
    return [("item" if depth else "ledd", line) for depth, line in lines_of(node)]


def same_law(one: Document, other: Document) -> list[str]:
    """Printed addresses of the places where two versions differ in their words or their order; empty when they agree.

    Sections of which only "(Opphevet)" is left count as absent.
    """
    before = [(str(u.address), _words(u)) for u in units_of(one) if not _gone(u)]
    after = [(str(u.address), _words(u)) for u in units_of(other) if not _gone(u)]
    if "\n".join(words for _, words in before if words) == "\n".join(words for _, words in after if words):
        return []
    old, new = dict(before), dict(after)
    differ = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    if differ:
        return differ
    return [a for (a, _), (b, _) in zip(before, after, strict=False) if a != b][:1] or ["order"]


def _words(unit: Unit) -> str:
    return "\n".join(" ".join(line.split()) for _, _, line in unit.lines)


def _gone(unit: Unit) -> bool:
    text = "\n".join(text_of(block) for block in unit.blocks).strip()
    heading = unit.node.heading.text if unit.node.heading else ""
    return unit.kind == "section" and bool(re.fullmatch(r"\W*opphev(?:et|a|d)\W*", text or heading, re.IGNORECASE))


def cite(document: Document) -> str:
    """``lov 17. juni 2005 nr. 64 om barnehager``: the act as an opening names it."""
    match = re.fullmatch(r"(lov|forskrift)/(\d{4})-(\d{2})-(\d{2})(?:-(\d+))?", document.refid)
    if match is None or match[2] == "9999":  # a text that tells no date
        title = re.sub(r"\s*[(\[][^()]*[)\]]\s*\.?$", "", document.header.title).strip()
        return title[:1].lower() + title[1:]
    kind, year, month, day, number = match.groups()
    date = dt.date(int(year), int(month), int(day))
    cited = f"{kind} {date.day}. {_MONTHS[date.month - 1]} {date.year}" + (f" nr. {number}" if number else "")
    name = re.sub(r"\s*[(\[][^()]*[)\]]\s*\.?$", "", document.header.title).strip()
    about = re.search(r"\b(?:om|for|angående|til|vedkommende)\b.*", name)
    return f"{cited} {about[0]}" if about else cited


Apply = Callable[[Document, Document], Document]


def draft(old: Document, new: Document, carry_out: Apply | None = None) -> Draft:
    """Write the instructions that turn *old* into *new*.

    Args:
        old: the act as it stands.
        new: the same act, edited (`act_text.read_act`).
        carry_out: takes the act and an amending act, gives the act as amended; the engine of this package when None.
    """
    run = carry_out or _engine
    writer = _Writer(old, new)
    forms = writer.forms()
    chosen = [0] * len(forms)
    made = writer.draft(forms, chosen)
    best, fewest = made, None
    for _ in range(6):
        differ = same_law(run(old, made.document()), new) if made.instructions else same_law(old, new)
        if fewest is None or len(differ) < fewest:
            best, fewest = _with(made, differ), len(differ)
        if not differ:
            return best
        wider = [
            index for index, form in enumerate(forms)
            if chosen[index] + 1 < len(form.options) and any(form.serves(address) for address in differ)
        ]  # fmt: skip
        if not wider:
            wider = [index for index, form in enumerate(forms) if chosen[index] + 1 < len(form.options)]
            if not wider:
                break
        for index in wider:
            chosen[index] += 1
        made = writer.draft(forms, chosen)
    return best


def _with(made: Draft, differ: Iterable[str]) -> Draft:
    from msgspec.structs import replace

    return replace(made, undrafted=tuple(
        Undrafted(address, "the instructions do not give the edited text here; write this one by hand") for address in differ
    ))  # fmt: skip


def _engine(act: Document, amending: Document) -> Document:
    from lovdata_ingest.amendments.apply import apply
    from lovdata_ingest.amendments.names import Names
    from lovdata_ingest.amendments.parse import parse_amendment, parse_instructions

    names = Names()
    names.learn([act], in_force=True)
    if act.refid.startswith("lov/9999"):  # a text without date and number: the opening cannot name it
        part = next(amending.body.of("division"))
        read = parse_instructions(part.children[2:], names, source=amending.refid, act=act.refid)
    else:
        read = parse_amendment(amending, names)
    return apply(act, list(read.operations())).document


class _Form(Struct):
    """One change: its options from the finest to the widest, and the addresses that it concerns."""

    options: list[list[DraftInstruction]]
    addresses: tuple[str, ...]

    def serves(self, address: str) -> bool:
        """Whether a difference at *address* may come from this change."""
        return address in self.addresses


class _Writer:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.language: Language = new.language
        body = " ".join(text_of(node) for node in new.body.of("ledd"))
        ordinals = _ORDINALS[self.language].split()
        if self.language == "nb" and len(re.findall(r"\bannet ledd\b", body)) > len(
            re.findall(r"\bandre ledd\b", body)
        ):
            ordinals[1] = "annet"
        self.ordinals = ordinals

    def say(self, phrase: str, **words: str) -> str:
        return _PHRASES[phrase][self.language].format(**words)

    def ordinal(self, number: int) -> str:
        return self.ordinals[number - 1] if number <= len(self.ordinals) else f"{number}."

    def draft(self, forms: Sequence[_Form], chosen: Sequence[int]) -> Draft:
        instructions = [made for form, index in zip(forms, chosen, strict=True) for made in form.options[index]]
        name = self.new.header.short_titles[0] if self.new.header.short_titles else cite(self.new)
        name = name[:1].lower() + name[1:] if name[1:2].islower() else name
        return Draft(self.new.refid, self.say("act", name=name), self.language, tuple(instructions), (), cite(self.old))

    # --- what changed ------------------------------------------------------------------------------------------------

    def forms(self) -> list[_Form]:
        """All changes in the order of the act."""
        old = list(units_of(self.old))
        new = list(units_of(self.new))
        forms: list[_Form] = []
        titles = [next((u.heading for u in side if u.kind == "title"), "") for side in (old, new)]
        if titles[0] != titles[1] and titles[1]:
            content = (Node("paragraph", None, text=titles[1]),)
            forms.append(_Form([[DraftInstruction(self.say("title"), content)]], (self.new.refid,)))
        before = {str(u.address): u for u in old if u.kind in ("section", "division") and u.address and not _gone(u)}
        after = {str(u.address): u for u in new if u.kind in ("section", "division") and u.address and not _gone(u)}
        pairs = _pairs(before, after)
        came = {b: a for a, b in pairs.items()}
        inside = _sections_of(self.new)
        held = _sections_of(self.old)
        done: set[str] = set()
        rows: list[tuple[float, _Form]] = []
        place = {key: float(index) for index, key in enumerate(after)}
        last = -1.0
        for key, unit in before.items():
            if key in pairs:
                last = max(last, place[pairs[key]])
                continue
            if key in done:
                continue
            below = held.get(key, ())
            if unit.kind == "division" and all(section not in pairs for section in below):
                done.update(below)
                rows.append((last + 0.5, _Form([[DraftInstruction(self.say("repeal", place=_start(self.chapter(unit))))]],
                                               (key, *below))))  # fmt: skip
            elif unit.kind == "section":
                rows.append((last + 0.5, self.repealed(key, unit)))
        for key, unit in after.items():
            if key in done:
                continue
            if key in came:
                form = self.changed(before[came[key]], unit)
                if form is not None:
                    rows.append((place[key], form))
            elif unit.kind == "division":
                below = inside.get(key, ())
                if all(section not in came for section in below):
                    done.update(below)
                    rows.append((place[key], self.new_chapter(unit, [after[s] for s in below if s in after])))
            else:
                rows.append((place[key], self.new_section(unit)))
        forms.extend(form for _, form in sorted(rows, key=lambda row: row[0]))
        return forms

    def chapter(self, unit: Unit) -> str:
        """``kapittel 3``, as a heading numbers it."""
        match = re.match(r"(\w+)\.?\s([\dIVXLC]+(?:\s?[A-Za-z](?![\wæøå]))?)", unit.heading)
        if match is None:
            return f"kapittel {unit.node.name.removeprefix('kap')}"
        word = {"kap": "kapittel", "kapitel": "kapittel"}.get(match[1].lower(), match[1].lower())
        return f"{word} {match[2]}"

    # --- a section as a whole -----------------------------------------------------------------------------------------

    def number(self, unit: Unit) -> str:
        """``§ 2 b`` as the act prints it."""
        label = unit.node.designation or unit.heading
        return label.rstrip(". ") or f"§ {unit.node.name[1:]}"

    def whole(self, unit: Unit) -> tuple[Node, ...]:
        name = unit.address.path[-1] if unit.address and unit.address.path else unit.node.name
        address = Address("lov/9999-01-01-1", ("kapI", f"ny{name}"))
        heading = unit.node.heading or Node("heading")
        children = (
            Node("heading", None, "", heading.label, heading.text),
            *(_bare(block, address) for block in unit.blocks),
        )
        return (Node("new_section", address, name, children=children),)

    def new_section(self, unit: Unit) -> _Form:
        key, number = str(unit.address), self.number(unit)
        options = [[DraftInstruction(f"Ny {self.say('reads', place=number)}", self.whole(unit), key)]]
        holder = _chapter_over(self.new, unit)
        if holder is not None:
            chapter = self.chapter(Unit("division", holder.address, heading_of(holder), [], holder))
            options.append(
                [DraftInstruction(self.say("in_chapter", chapter=chapter, place=number), self.whole(unit), key)]
            )
        options.append([DraftInstruction(self.say("reads", place=number), self.whole(unit), key)])
        return _Form(options, (key,))

    def new_chapter(self, unit: Unit, sections: Sequence[Unit]) -> _Form:
        lead = f"Nytt {self.say('reads', place=self.chapter(unit))}"
        content: list[Node] = [Node("new_heading", None, text=unit.heading)]
        for section in sections:
            content.extend(self.whole(section))
        keys = tuple(str(section.address) for section in sections)
        return _Form([[DraftInstruction(lead, tuple(content), str(unit.address))]], (str(unit.address), *keys))

    def repealed(self, key: str, unit: Unit) -> _Form:
        return _Form([[DraftInstruction(self.say("repeal", place=self.number(unit)), (), key)]], (key,))

    # --- a section that changes ---------------------------------------------------------------------------------------

    def changed(self, old: Unit, new: Unit) -> _Form | None:
        here, there = str(old.address), str(new.address)
        if old.kind == "division":
            if old.heading == new.heading:
                return None
            content = (Node("new_heading", None, text=new.heading),)
            lead = self.say("chapter_heading", place=self.chapter(old))
            return _Form([[DraftInstruction(lead, content, there)]], (here, there))
        if here != there:
            return self.moved(old, new)
        if _words(old) == _words(new):
            return None
        whole = [DraftInstruction(self.say("reads", place=self.number(new)), self.whole(new), there)]
        options = [fine for fine in (self.fine(old, new, True), self.fine(old, new, False)) if fine is not None]
        return _Form([*(option for option in options if len(option) <= 6), whole], (there,))

    def moved(self, old: Unit, new: Unit) -> _Form:
        here, there = str(old.address), str(new.address)
        existed = any(str(section.address) == there for section in self.old.sections())
        number = self.number(new) if existed else f"ny {self.number(new)}"
        move = DraftInstruction(self.say("current", old=self.number(old), new=number), (), there)
        whole = DraftInstruction(self.say("reads", place=self.number(new)), self.whole(new), there)
        heading = new.node.heading
        alike = heading is not None and old.node.heading is not None and heading.text == old.node.heading.text
        alike = alike and [text_of(b) for b in old.blocks] == [text_of(b) for b in new.blocks]
        rewritten = [
            DraftInstruction(self.say("repeal", place=self.number(old)), (), here),
            DraftInstruction(f"Ny {whole.lead}", whole.content, there),
        ]
        return _Form([[move] if alike else [move, whole], [move, whole], rewritten], (here, there))

    def fine(self, old: Unit, new: Unit, finest: bool) -> list[DraftInstruction] | None:
        """Instructions for the heading and for single ledd; None where the whole section is the better form."""
        there = str(new.address)
        place = self.number(new)
        made: list[DraftInstruction] = []
        heading = new.node.heading
        if old.heading != new.heading:
            if heading is None or not heading.text or not (old.node.heading and old.node.heading.text):
                return None
            stub = Node(
                "new_section", None, new.node.name, children=(Node("heading", None, "", heading.label, heading.text),)
            )
            made.append(DraftInstruction(self.say("heading", place=place), (stub,), there))
        if any(block.kind != "ledd" for block in (*old.blocks, *new.blocks)):
            return made if made and [text_of(b) for b in old.blocks] == [text_of(b) for b in new.blocks] else None
        before, after = [_core(b) for b in old.blocks], [_core(b) for b in new.blocks]
        pairs = align(before, after, alike=0.4)
        came = [j for i, j in pairs if i is None and j is not None]
        went = [i for i, j in pairs if j is None and i is not None]
        edited = [(i, j) for i, j in pairs if i is not None and j is not None and before[i] != after[j]]
        if (
            came
            and went
            and len(came) == len(went)
            and all(
                pairs[index][1] is None and pairs[index + 1][0] is None
                for index, pair in enumerate(pairs[:-1])
                if pair[1] is None
            )
        ):
            return None
        if (came and went) or not _run(came) or not _run(went):
            return None
        if len(edited) * 2 > len(after) and len(edited) > 1:
            return None
        ledd = self.ledd_units(old, new, came, went)
        for i, j in edited:
            made.extend(self.edited_ledd(place, old.blocks[i], new.blocks[j], j if came else i, finest, there))
        made.extend(ledd)
        return made or None

    def ledd_units(self, old: Unit, new: Unit, came: list[int], went: list[int]) -> list[DraftInstruction]:
        """New or repealed ledd, and what the ones after them become."""
        there, place = str(new.address), self.number(new)
        made = []
        if came:
            what = self.list_of([j + 1 for j in came])
            lead = f"{place} {'nytt' if len(came) == 1 else 'nye'} {what} ledd skal lyde:"
            holder = Address("lov/9999-01-01-1", ("kapI",))
            made.append(DraftInstruction(lead, tuple(_bare(new.blocks[j], holder) for j in came), there))
            made.extend(self.become(came[0], len(old.blocks), len(came), there))
        if went:
            lead = self.say("repeal", place=f"{place} {self.list_of([i + 1 for i in went])} ledd")
            made.append(DraftInstruction(lead, (), there))
            made.extend(self.become(went[-1] + 1, len(old.blocks), -len(went), there))
        return made

    def become(self, first: int, total: int, shift: int, section: str) -> list[DraftInstruction]:
        numbers = list(range(first + 1, total + 1))
        if not numbers:
            return []
        old = f"{self.list_of(numbers)} ledd"
        fresh = [number + shift for number in numbers if number + shift > total]
        stay = [number + shift for number in numbers if number + shift <= total]
        if not fresh:
            new = f"{self.list_of(stay)} ledd"
        elif not stay:
            new = f"{'nytt' if len(fresh) == 1 else 'nye'} {self.list_of(fresh)} ledd"
        elif len(stay) == 1 and len(fresh) == 1:
            new = f"{self.ordinal(stay[0])} og nytt {self.ordinal(fresh[0])} ledd"
        else:
            new = f"{self.list_of(stay + fresh)} ledd"
        return [DraftInstruction(self.say("current", old=old, new=new), (), section)]

    def list_of(self, numbers: Sequence[int]) -> str:
        """``tredje``, ``tredje og fjerde``, ``tredje til sjette``."""
        if len(numbers) > 2:
            return f"{self.ordinal(numbers[0])} til {self.ordinal(numbers[-1])}"
        return " og ".join(self.ordinal(number) for number in numbers)

    def edited_ledd(
        self, place: str, old: Node, new: Node, number: int, finest: bool, section: str
    ) -> list[DraftInstruction]:
        where = f"{place} {self.ordinal(number + 1)} ledd"
        holder = Address("lov/9999-01-01-1", ("kapI",))
        if finest:
            fine = self.item(where, old, new, section) or self.sentence(where, old, new, section)
            if fine is not None:
                return [fine]
        return [DraftInstruction(self.say("reads", place=where), (_bare(new, holder),), section)]

    def item(self, where: str, old: Node, new: Node, section: str) -> DraftInstruction | None:
        """One letter or number that changes, or one that is added at the end."""
        one, other = _only_list(old), _only_list(new)
        if one is None or other is None or old.text != new.text or _after_list(old) != _after_list(new):
            return None
        before, after = one.children, other.children
        if [c.label or c.name for c in before] != [c.label or c.name for c in after][: len(before)] or len(after) - len(
            before
        ) not in (0, 1):
            return None
        differ = [index for index, (a, b) in enumerate(zip(before, after, strict=False)) if text_of(a) != text_of(b)]
        if len(after) > len(before):
            if differ:
                return None
            item, fresh = after[-1], "ny "
        elif len(differ) == 1:
            item, fresh = after[differ[0]], ""
        else:
            return None
        core = (item.label or item.name).strip("(). ")
        if not core.isalnum() or len(before) < 2:
            return None
        word = f"nr. {core}" if core[0].isdigit() else f"bokstav {core}"
        holder = Address("lov/9999-01-01-1", ("kapI",))
        content = Node("list", holder, children=(_bare(item, holder),))
        return DraftInstruction(self.say("reads", place=f"{where} {fresh}{word}"), (content,), section)

    def sentence(self, where: str, old: Node, new: Node, section: str) -> DraftInstruction | None:
        """One sentence of a long ledd that changes, or one that is added at the end."""
        from lovdata_ingest.sentences import split_sentences

        if old.children or new.children or "\n" in old.text + new.text:
            return None
        before, after = ([new_.strip() for new_ in _sentences(split_sentences, node.text)] for node in (old, new))
        if len(before) < 3 or len(after) != len(before):
            return None
        differ = [index for index, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        if len(differ) != 1 or likeness(before[differ[0]], after[differ[0]]) < 0.3:
            return None
        lead = self.say("reads", place=f"{where} {self.ordinal(differ[0] + 1)} punktum")
        node = Node("ledd", Address("lov/9999-01-01-1", ("kapI", "ledd/1")), text=after[differ[0]])
        return DraftInstruction(lead, (node,), section)


def _sentences(split: Callable[..., Iterable[tuple[int, int]]], text: str) -> list[str]:
    found = []
    for piece in split(text):
        start, end = piece[0], piece[1]
        found.append(text[start:end])
    return found


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _core(block: Node) -> str:
    """The words of a ledd without its number."""
    text = text_of(block)
    return text[len(block.label) :].lstrip() if block.label else text


def _run(numbers: Sequence[int]) -> bool:
    return all(b == a + 1 for a, b in itertools.pairwise(numbers))


def _only_list(ledd: Node) -> Node | None:
    lists = [child for child in ledd.children if child.kind == "list"]
    return lists[0] if len(lists) == 1 else None


def _after_list(ledd: Node) -> list[str]:
    return [text_of(child) for child in ledd.children if child.kind != "list"]


def _bare(node: Node, holder: Address) -> Node:
    """The node without marks, links and notes, as an amending act would print it."""
    address = holder.child(*node.address.path[-2:]) if node.address is not None and len(node.address.path) > 1 else None
    kids = tuple(_bare(c, holder) for c in node.children if c.kind not in ("note", "footnote", "image"))
    name = node.name if node.kind == "item" else ""
    return Node(node.kind, address, name, node.label, node.text, children=kids)


def _sections_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The printed addresses of what stands below each division: sections and divisions."""
    return {
        str(node.address): tuple(str(inner.address) for inner in node.of("section", "division") if inner is not node)
        for node in document.body.of("division")
        if node.address is not None
    }


def _chapter_over(document: Document, unit: Unit) -> Node | None:
    for division in document.body.of("division"):
        if any(child.kind == "section" and child.address == unit.address for child in division.children):
            return division
    return None


def _pairs(before: dict[str, Unit], after: dict[str, Unit]) -> dict[str, str]:
    """Which unit became which: same number and alike, else the same words under another number."""

    def words(unit: Unit) -> str:
        heading = unit.node.heading
        return "\n".join((heading.text if heading else "", *(text_of(b) for b in unit.blocks)))

    pairs = {key: key for key in before if key in after and words(before[key]) == words(after[key])}
    left = {words(unit): key for key, unit in after.items() if key not in pairs and len(words(unit)) > 25}
    for key, unit in before.items():
        found = left.get(words(unit)) if key not in pairs else None
        if found is not None and found not in pairs.values() and unit.kind == "section":
            pairs[key] = found
    taken = set(pairs.values())
    for key in before:
        if key not in pairs and key in after and key not in taken:
            pairs[key] = key
    return pairs


__all__ = ["Draft", "DraftInstruction", "Undrafted", "cite", "draft", "same_law", "section_text"]
