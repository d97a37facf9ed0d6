"""The norm frame: one duty, prohibition, permission, right or recommendation, as the guideline defines it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lovdata_ingest.address import Address
from lovdata_ingest.model import Language

Category = Literal[
    "cooperation", "coordination", "individual_plan", "cooperation_agreement", "information_sharing",
    "confidentiality", "information_to_person",
]  # fmt: skip
Modality = Literal["duty", "prohibition", "permission", "right", "recommendation"]
Level = Literal["individual", "system", "both", "-"]


class Frame(Struct, frozen=True, omit_defaults=True):
    """Who must, may or must not cooperate or share information with whom, and when.

    ``address`` is the sentence: ``lov/2005-06-17-64/§2b/ledd/1/setning/2``. ``item`` is the path of the list item
    below the ledd that holds the trigger (``bokstav/a``), empty when it stands in the ledd itself. ``start`` and
    ``end`` are positions of the trigger words in the text of the ledd or item. ``bearer`` and ``counterpart`` hold
    actor ids, the responsible body first. ``condition`` holds condition ids. ``confidence`` is 0 to 1, calibrated on
    the annotated acts. ``rule`` is the id of the rule that fired.
    """

    address: Address
    category: Category
    modality: Modality
    bearer: tuple[str, ...] = ()
    counterpart: tuple[str, ...] = ()
    level: Level = "-"
    condition: tuple[str, ...] = ()
    item: str = ""
    start: int = 0
    end: int = 0
    language: Language = "nb"
    confidence: float = 0.5
    rule: str = ""
