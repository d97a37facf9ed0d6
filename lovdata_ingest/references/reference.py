"""A reference found in the text of the law, and where it leads or why it does not."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import Address

Via = Literal["text", "range", "relative", "list"]
Status = Literal[
    "resolved", "no_such_section", "no_such_ledd", "repealed", "act_not_loaded", "act_replaced", "ambiguous", "external"
]


class Reference(Struct, frozen=True, omit_defaults=True):
    """One target of one reference: a row of ``pliktgraf refs``.

    ``start`` and ``end`` are character positions in the text of the node at ``source`` (a ledd or an item).
    ``target`` is an address printed in Lovdata's form; for what is no Norwegian act (``eu/32016r0679``) it is the
    printed identifier; empty where nothing could be named. ``reason`` says in words why the status is not resolved.
    """

    source: Address
    start: int
    end: int
    text: str
    target: str
    via: Via
    status: Status
    reason: str = ""
