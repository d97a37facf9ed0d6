"""An invented act on paths, in its text form, for comparisons, lovspeil, drafts and effects."""

from __future__ import annotations

from lovdata_ingest.model import Document
from lovdata_ingest.xml_reader import read_xml
from tests.conftest import act, act_xml, list_xml, section_xml

SECTIONS = (
    section_xml("1", "Loven skal fremme ferdsel til fots.", title="Formål"),
    section_xml("2", "Eieren av grunnen skal merke stien.", "Kommunen kan føre tilsyn med merkingen.",
                "Departementet kan gi forskrift om tilsynet etter andre ledd.", title="Merking"),
    section_xml("3", "Kommunen skal samarbeide med fylkeskommunen om vedlikehold.",
                "Merkingen skal vise" + list_xml(("a.", "hvor stien går,"), ("b.", "hvor lang den er, og"), ("c.", "hvor bratt den er.")),
                title="Vedlikehold"),
    section_xml("4", "Vedtak etter § 2 andre ledd kan påklages.", title="Klage"),
    section_xml("5", "Den som fjerner et skilt, skal betale gebyr etter § 4.", title="Gebyr"),
)  # fmt: skip


def paths(*sections: str) -> Document:
    """The act on paths, with other sections where they are given."""
    return act("".join(sections or SECTIONS))


def bridges() -> Document:
    """Another act, which refers to the act on paths."""
    refid = "lov/2002-02-02-2"
    body = (
        section_xml("1", "Bruer på stier skal merkes etter stiloven § 2 tredje ledd.", title="Bruer", refid=refid)
        + section_xml("2", "Klage avgjøres etter stiloven § 4.", title="Klage", refid=refid)
        + section_xml("3", "Reglene i stiloven § 6 gjelder for bruer.", title="Nye regler", refid=refid)
    )
    data = act_xml(body, refid=refid, short_title="Bruloven – brul").replace(
        b"Lov om stier (stiloven)", b"Lov om bruer (bruloven)"
    )
    return read_xml(data, name="bruloven")
