"""Amendments on a terminal: instructions, a word diff per ledd, then what they do elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from graph.compare import Diff, OperationView, ReferenceChange, SectionChange
from graph.lovspeil import rows, short, status_words
from graph.names import CATEGORIES, MODALITIES, TYPES, actor_name
from graph.report.reasons import reason_in
from graph.word_diff import Piece

Lang = Literal["nb", "en"]

_WORDS = {
    "instructions": ("Instrukser", "Instructions"),
    "applied": ("{} utført", "{} applied"),
    "not_applied": ("{} ikke utført", "{} not applied"),
    "doubted": ("{} utført med tvil", "{} applied with doubts"),
    "unread": ("{} ikke tolket", "{} not parsed"),
    "why": ("ikke utført", "not applied"),
    "doubt": ("se etter", "look twice"),
    "no_changes": ("Ingen endringer i de innlastede lovene.", "No changes to the loaded acts."),
    "broken": ("Henvisninger som brytes", "References broken"),
    "repaired": ("Henvisninger som repareres", "References repaired"),
    "retargeted": ("Henvisninger som stille leder et annet sted", "References silently retargeted"),
    "should": ("skulle vært {}", "should be {}"),
    "added": ("Nye normer", "Norms added"),
    "removed": ("Normer som faller bort", "Norms removed"),
    "changed": ("Normer som endres", "Norms changed"),
    "closed": ("Funn som lukkes", "Findings closed"),
    "opened": ("Funn som oppstår", "Findings opened"),
    "stay": ("Funn som blir, med flere eller færre bestemmelser", "Findings that stay, with more or fewer provisions"),
    "effects": ("Virkninger", "Effects"),
    "no_effects": ("Ingen virkninger funnet på henvisninger, normer eller funn.",
                   "No effects found on references, norms or findings."),
    "same": ("({} ledd uendret)", "({} ledd unchanged)"),
    "from": ("fra", "from"),
}  # fmt: skip
_SLOTS = {
    "category": ("type", "category"), "modality": ("modalitet", "modality"), "bearer": ("pliktsubjekt", "bearer"),
    "counterpart": ("motpart", "counterpart"), "level": ("nivå", "level"), "condition": ("vilkår", "condition"),
}  # fmt: skip


class DiffView:
    """What ``pliktgraf diff`` prints. Without colours, ``[-out-]`` and ``{+in+}`` mark what went out and came in."""

    def __init__(self, diff: Diff, lang: Lang = "nb", *, effects: bool = True) -> None:
        self.diff, self.lang, self.computed = diff, lang, effects

    def say(self, key: str, *values: object) -> str:
        """Words in the view's language."""
        return _WORDS[key][self.lang == "en"].format(*values)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Operations that need a look, sections with a word diff, effects, and a last line of counts."""
        colour = console.color_system is not None
        if self.diff.title:
            yield Text(self.diff.title, "bold")
        yield from self.operations()
        if not self.diff.acts:
            yield Text(self.say("no_changes"))
        for act in self.diff.acts:
            yield Rule(Text(act.title or act.refid, "bold"), align="left", style="dim")
            for section in act.sections:
                yield from self.section(section, colour)
        yield from self.effects()

    def operations(self) -> Iterator[Any]:
        """Counts, then each instruction that was not carried out or is in doubt, with its place."""
        views = self.diff.operations
        unread = [note for note in self.diff.notes if note.kind == "unread"]
        if not views and not unread:
            return
        failed = [view for view in views if view.status == "not_applied"]
        doubted = [view for view in views if view.status == "applied" and view.doubts]
        counts = [self.say("applied", len(views) - len(failed))]
        counts += [self.say("not_applied", len(failed))] if failed else []
        counts += [self.say("doubted", len(doubted))] if doubted else []
        counts += [self.say("unread", len(unread))] if unread else []
        yield Text(f"{self.say('instructions')}: {', '.join(counts)}")
        for view in failed:
            yield Padding(
                Text(
                    f"✗ {_place(view)}{_clip(view.text_span)}: {self.say('why')}: {reason_in(view.reason, self.lang)}",
                    "red",
                ),
                (0, 0, 0, 2),
            )
        for note in unread:
            where = f" [{note.where}]" if note.where else ""
            yield Padding(Text(f"✗ {note.nb if self.lang == 'nb' else note.en}{where}", "red"), (0, 0, 0, 2))
        for view in doubted:
            text = f"? {_place(view)}{_clip(view.text_span)}: {self.say('doubt')}: {reason_in('; '.join(view.doubts), self.lang)}"
            yield Padding(Text(text, "yellow"), (0, 0, 0, 2))

    def section(self, section: SectionChange, colour: bool) -> Iterator[Any]:
        """A section: its status, and each ledd that changed."""
        yield Text()
        yield Text.assemble((short(section.address), "bold cyan"), f"  {status_words(section, self.lang)}")
        if section.status == "unchanged_renumbered":
            return
        same = 0
        for row in rows(section):
            one, other = row.texts
            if one == other:
                same += row.style == "ledd"
                if row.style == "heading":
                    yield Padding(Text(one or "", "dim"), (0, 0, 0, 2))
                continue
            pieces = _merged(row.before, row.after)
            yield Padding(_marked(pieces, colour, "bold" if row.style == "heading" else ""), (0, 0, 0, 2))
        if same:
            yield Padding(Text(self.say("same", same), "dim"), (0, 0, 0, 2))

    def effects(self) -> Iterator[Any]:
        """References, norms and findings."""
        diff = self.diff
        if not diff.acts or not self.computed:
            return
        yield Rule(Text(self.say("effects"), "bold"), align="left", style="dim")
        anything = False
        for key, style in (("broken", "red"), ("retargeted", "yellow"), ("repaired", "green")):
            found: tuple[ReferenceChange, ...] = getattr(diff.references, key)
            if found:
                anything = True
                yield Text(f"{self.say(key)} ({len(found)})", f"bold {style}")
                for change in found:
                    yield Padding(Text(self.reference(change)), (0, 0, 0, 2))
        for key, sign, style in (("added", "+", "green"), ("removed", "-", "red")):
            norms: tuple[dict[str, Any], ...] = getattr(diff.duties, key)
            if norms:
                anything = True
                yield Text(f"{self.say(key)} ({len(norms)})", f"bold {style}")
                for row in norms:
                    yield Padding(Text(f"{sign} {self.norm(row)}"), (0, 0, 0, 2))
        if diff.duties.changed:
            anything = True
            yield Text(f"{self.say('changed')} ({len(diff.duties.changed)})", "bold yellow")
            for norm in diff.duties.changed:
                slots = "; ".join(
                    f"{_SLOTS[s.slot][self.lang == 'en']}: {self.value(s.slot, s.before)} → {self.value(s.slot, s.after)}"
                    for s in norm.slots
                )
                yield Padding(Text(f"~ {norm.address}: {slots}"), (0, 0, 0, 2))
        for key, style in (("closed", "green"), ("opened", "red")):
            findings = getattr(diff.findings, key)
            if findings:
                anything = True
                yield Text(f"{self.say(key)} ({len(findings)})", f"bold {style}")
                for finding in findings:
                    title = finding.title.nb if self.lang == "nb" else finding.title.en
                    kind = TYPES[finding.type]
                    yield Padding(
                        Text(f"{title} [{kind.nb if self.lang == 'nb' else kind.en}] {finding.id}"), (0, 0, 0, 2)
                    )
        if diff.findings.changed:
            anything = True
            yield Text(f"{self.say('stay')} ({len(diff.findings.changed)})", "bold yellow")
            for stays in diff.findings.changed:
                titles = [f.title.nb if self.lang == "nb" else f.title.en for f in (stays.before, stays.after)]
                yield Padding(Text(f"{' → '.join(dict.fromkeys(titles))} {stays.after.id}"), (0, 0, 0, 2))
        if not anything:
            yield Text(self.say("no_effects"))

    def reference(self, change: ReferenceChange) -> str:
        """One reference: where it stands, its words, where it led, where it leads now."""
        arrow = f"{change.before} → {change.after}" if change.before and change.before != change.after else change.after
        should = f"; {self.say('should', change.should_be)}" if change.should_be else ""
        return f"{change.source} «{change.text}»: {arrow} ({reason_in(change.reason, self.lang)}{should})"

    def value(self, slot: str, value: str) -> str:
        """A slot's value in words."""

        def one(word: str) -> str:
            names = {"category": CATEGORIES, "modality": MODALITIES}.get(slot, {}).get(word)
            if slot in ("bearer", "counterpart") and word != "-":
                names = actor_name(word)
            return (names.nb if self.lang == "nb" else names.en) if names else word

        return ", ".join(one(word) for word in value.split("; "))

    def norm(self, row: dict[str, Any]) -> str:
        """One norm in a line."""
        bearer = self.value("bearer", "; ".join(row["bearer"]) if row.get("bearer") else "-")
        counterpart = self.value("counterpart", "; ".join(row["counterpart"])) if row.get("counterpart") else ""
        what = f"{self.value('modality', row['modality'])}: {self.value('category', row['category'])}"
        return f"{row['address']} {what}, {bearer}{' → ' + counterpart if counterpart else ''}"


def _place(view: OperationView) -> str:
    where = ", ".join(part for part in (view.proposal, view.where) if part)
    return f"{where}: " if where else ""


def _clip(text: str, width: int = 100) -> str:
    words = " ".join(text.split())
    return f"«{words if len(words) <= width else words[: width - 1] + '…'}»"


def _merged(before: tuple[Piece, ...] | None, after: tuple[Piece, ...] | None) -> list[Piece]:
    """Deleted and inserted pieces in one run, common ones once."""
    if before is None or after is None:
        return list(before or after or ())
    result: list[Piece] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and before[i].kind == "deleted":
            result.append(before[i])
            i += 1
        elif j < len(after) and after[j].kind == "inserted":
            result.append(after[j])
            j += 1
        else:
            result.append(before[i])
            i, j = i + 1, j + 1
    return result


def _marked(pieces: list[Piece], colour: bool, style: str) -> Text:
    text = Text(style=style)
    for piece in pieces:
        if piece.kind == "same":
            text.append(piece.text)
        elif colour:
            text.append(piece.text, "red strike" if piece.kind == "deleted" else "green underline")
        else:
            text.append(f"[-{piece.text}-]" if piece.kind == "deleted" else "{+" + piece.text + "+}")
    return text


class HistoryView:
    """What ``pliktgraf history`` prints: the versions of a provision, newest first, each with the act and a word diff."""

    def __init__(self, versions: list[Any], name: str, lang: Lang = "nb") -> None:
        self.versions, self.name, self.lang = versions, name, lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One block a version."""
        from graph.word_diff import word_diff

        colour = console.color_system is not None
        yield Text(self.name, "bold")
        for number in range(len(self.versions) - 1, -1, -1):
            version = self.versions[number]
            before = self.versions[number - 1] if number else None
            yield Text()
            yield Text.assemble((f"{version.since}", "bold cyan"), f"  {version.act}  ({version.source})")
            if version.text is None:
                yield Padding(Text("(opphevet)" if self.lang == "nb" else "(repealed)", "red"), (0, 0, 0, 2))
                continue
            old = _full(before) if before is not None and before.text is not None else ""
            new = _full(version)
            pieces = list(word_diff(old, new)) if old else [Piece("same", new)]
            yield Padding(_marked(pieces, colour, ""), (0, 0, 0, 2))


def _full(version: Any) -> str:
    return "\n".join(part for part in (version.heading, version.text) if part)
