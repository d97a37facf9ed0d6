from __future__ import annotations

from msgspec.structs import replace

from graph.findings import terms
from tests.findings.conftest import act, frame, law

ONE, TWO, THREE, FOUR = (f"lov/2001-01-01-{n}" for n in (1, 2, 3, 4))
LIST = (
    "I loven menes med\n- helse- og omsorgstjenesten: hyttelegen på fjellet, den kommunale helse- og omsorgstjenesten ved vannet "
    "og spesialisthelsetjenesten i byen"
)
INFORM = "Vertene skal av eget tiltak gi sosialtjenesten og {} opplysninger."


def acts(*receivers: str):
    defining = act(4, "Ordloven", {"§1": [LIST]})
    section = defining.body.children[0]
    headed = replace(section, children=(replace(section.children[0], text="Definisjoner"), *section.children[1:]))
    found = [act(n, f"Lov {n}", {"§1": [INFORM.format(r)]}) for n, r in enumerate(receivers, 1)]
    return [*found, replace(defining, body=replace(defining.body, children=(headed,)))]


def test_a_receiver_named_bare_in_some_acts_and_municipal_in_another_is_in_doubt():
    found = list(
        terms.bare_terms(
            law(
                acts(
                    "helse- og omsorgstjenesten",
                    "helse- og omsorgstjenesten",
                    "den kommunale helse- og omsorgstjenesten",
                )
            )
        )
    )
    assert [(f.type, f.provisions) for f in found] == [
        (
            "definition_divergence",
            (f"{ONE}/§1/ledd/1", f"{TWO}/§1/ledd/1", f"{THREE}/§1/ledd/1", f"{FOUR}/§1/ledd/1/bokstav/a"),
        )
    ]


def test_a_receiver_named_the_same_everywhere_is_in_no_doubt():
    assert list(terms.bare_terms(law(acts("helse- og omsorgstjenesten", "helse- og omsorgstjenesten")))) == []


def test_kindergartens_without_grants_are_bound_and_not_defined():
    from graph.law import services

    kindergartens = next(s.act for s in services() if s.id == "barnehage")
    duty = "Barnehagen skal samarbeide med andre tjenesteytere dersom samarbeid er nødvendig."
    for who, count in (("barnehager som får tilskudd", 1), ("barnehager", 0)):
        document = act(
            1, "Stiloven", {"§1": [duty, f"Med tjenesteytere menes kommunale tjenesteytere og {who} etter § 2."]}
        )
        moved = _moved(document, kindergartens)
        norm = frame(
            f"{kindergartens}/§1/ledd/1", "cooperation", "duty", "barnehage", "tjenesteytere", level="individual"
        )
        assert [f.type for f in terms.bound_and_defined(law([moved], [norm]))] == ["definition_divergence"] * count


def _moved(document, refid: str):
    """The document under another refid."""

    def node(one):
        address = None if one.address is None else replace_act(one.address)
        return replace(one, address=address, children=tuple(node(c) for c in one.children))

    def replace_act(address):
        from lovdata_ingest.address import Address

        return Address(refid, address.path)

    return replace(document, body=node(document.body), header=replace(document.header, refid=refid))
