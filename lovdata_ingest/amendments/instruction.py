"""What an amending act orders: operations on places of an act, each with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import Address, AddressError, parse_address
from lovdata_ingest.model import Node

Action = Literal["change", "add", "repeal", "move", "rename", "replace_words"]


class Target(Struct, frozen=True, omit_defaults=True):
    """A place that an instruction names, as the prose names it.

    ``steps`` are printed steps of an address, outermost first (``("§2b", "ledd/1")``); a step may be open until the
    text is at hand: ``ledd/siste``, ``ledd/nest-siste``. ``until`` is the last number of a range of sections or
    chapters (``§19`` of "§§ 17 til 19"), which only the text can count. ``new`` says that the prose calls the place new.
    """

    act: str
    steps: tuple[str, ...] = ()
    new: bool = False
    until: str = ""

    @property
    def address(self) -> Address | None:
        """The address, None while a step is open."""
        try:
            return parse_address("/".join((self.act, *self.steps))) if self.act else None
        except AddressError:
            return None

    @property
    def section(self) -> str | None:
        """The section's number without sign and space, None above the section."""
        return next((step[1:] for step in self.steps if step.startswith("§")), None)

    def value(self, word: str) -> str | None:
        """``"3"`` of the step ``ledd/3`` for *word* ``ledd``; None when there is no such step."""
        return next((step.partition("/")[2] for step in self.steps if step.startswith(word + "/")), None)

    def __str__(self) -> str:
        return "/".join((self.act or "?", *self.steps)) + (f"–{self.until}" if self.until else "")


class Words(Struct, frozen=True):
    """Words to put in place of others; ``new`` is empty when they go out."""

    old: str
    new: str


class Operation(Struct, frozen=True, omit_defaults=True):
    """One thing to do.

    ``targets`` are the places in the order of the prose; for ``move`` they are empty and ``moves`` holds from and to.
    ``content`` holds the new text as nodes (``ledd``, ``new_section``, ``new_heading``, ``list``, ``item``,
    ``paragraph``), all of the lead's targets together: `apply` deals it out and doubts where the numbers do not fit.
    ``place`` is where a new unit goes when the prose says so (``("after", §5)``, ``("in", kap2)``, ``("before", §9)``).
    ``pending`` marks an operation on what another amending act orders, which is named in ``amends``; ``amended_part``
    is that act's roman part, when it is named. ``before_move`` says that the targets are named by their numbers before
    the act's own moves ("femte ledd blir sjette ledd og skal lyde"); ``joined`` that the text of several places came in
    one block, which stands with the operation before; ``section_called_new`` that "ny" stands before the section, not the place. ``span`` counts characters in the lead. ``doubts`` are reasons why a
    reader should look twice; an operation with doubts is still carried out where that is possible.
    """

    id: str
    action: Action
    targets: tuple[Target, ...] = ()
    moves: tuple[tuple[Target, Target], ...] = ()
    content: tuple[Node, ...] = ()
    words: tuple[Words, ...] = ()
    place: tuple[tuple[str, Target], ...] = ()
    span: tuple[int, int] = (0, 0)
    before_move: bool = False
    joined: bool = False
    section_called_new: bool = False
    pending: bool = False
    amends: str = ""
    amended_part: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def act(self) -> str:
        """The act that the operation changes; empty when it could not be told."""
        if self.moves:
            return self.moves[0][0].act
        return self.targets[0].act if self.targets else ""

    @property
    def places(self) -> tuple[Target, ...]:
        """All places named: targets, then both ends of moves."""
        return (*self.targets, *(end for move in self.moves for end in move))


class Instruction(Struct, frozen=True, omit_defaults=True):
    """A lead (the sentence that orders something), what it orders, and where both stand.

    ``part`` is the roman part or the section of the amending act (``II``, ``§12``); ``item`` the number before the
    amended act in a list ("23. I lov …"). ``position`` counts the blocks of the amending act; ``group`` is the index
    of Lovdata's group of instructions, for comparison only, -1 without one. ``since`` is the act with whose commencement
    the instruction applies, where its lead says so.
    """

    source: str
    lead: str
    operations: tuple[Operation, ...] = ()
    act: str = ""
    part: str = ""
    item: str = ""
    position: int = 0
    address: Address | None = None
    group: int = -1
    content_blocks: int = 0
    since: str = ""


class Unread(Struct, frozen=True, omit_defaults=True):
    """Words that look like an instruction and could not be read as one, with the reason."""

    source: str
    text: str
    reason: str
    part: str = ""
    act: str = ""
    position: int = 0
    group: int = -1


class Amendment(Struct, frozen=True, omit_defaults=True):
    """All that one amending act or proposal orders.

    ``commencement`` holds its clauses on commencement as (part, words); ``acts`` the acts it changes, in order.
    """

    source: str
    title: str = ""
    instructions: tuple[Instruction, ...] = ()
    unread: tuple[Unread, ...] = ()
    commencement: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Instruction, ...] = ()

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that are changed, in the order of the amending act."""
        return tuple(dict.fromkeys(op.act for op in self.operations() if op.act))

    def operations(self) -> Iterator[Operation]:
        """All operations, in the order of the prose."""
        return (operation for instruction in self.instructions for operation in instruction.operations)


Status = Literal["applied", "not_applied"]


class Outcome(Struct, frozen=True, omit_defaults=True):
    """What became of one operation; ``reason`` tells why it was not applied, ``doubts`` why one should look twice.

    ``touched`` are the sections that it changed, in the numbering after it.
    """

    operation: str
    status: Status
    reason: str = ""
    doubts: tuple[str, ...] = ()
    touched: tuple[Address, ...] = ()
