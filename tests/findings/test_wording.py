from __future__ import annotations

import pytest

from graph.wording import compare, normal, tokens


def test_nynorsk_and_bokmaal_of_one_rule_have_the_same_words():
    nn = "Turlaget skal samarbeide med andre tenesteytarar når det er nødvendig, og teieplikta gjeld."
    nb = "Turlaget skal samarbeide med andre tjenesteytere når det er nødvendig, og taushetsplikten gjelder."
    assert normal(nn, "nn") == normal(nb, "nb")


@pytest.mark.parametrize(
    ("left", "right", "aspect"),
    [
        ("Turlaget skal varsle hytta.", "Fjellstyret skal varsle hytta.", "bearer"),
        ("Turlaget skal varsle hytta om pasienten.", "Turlaget skal varsle hytta om eleven.", "beneficiary"),
        ("Turlaget skal merke stier i samråd med tjenesteytere.", "Turlaget skal merke stier i samråd med organisasjoner.",
         "counterpart"),
        ("Turlaget skal merke stier dersom snøen er borte.", "Turlaget skal merke stier.", "threshold"),
        ("Turlaget skal merke stier.", "Turlaget kan merke stier.", "modality"),
        ("Turlaget skal melde funn uten hinder av taushetsplikt.", "Turlaget skal melde funn.", "secrecy"),
        ("Turlaget skal følge reglene i fjelloven.", "Turlaget skal følge reglene i skogsloven.", "reference"),
        ("Turlaget skal merke røde stier.", "Turlaget skal merke blå stier.", "wording"),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_what_it_is_about(left: str, right: str, aspect: str):
    assert compare(tokens(left), tokens(right)).aspects == {aspect}


def test_bearer_and_person_served_do_not_count_in_the_likeness():
    one = tokens("Turlaget skal følge pasienten trygt hjem når turlaget har tid.")
    two = tokens("Fjellstyret skal følge eleven trygt hjem når fjellstyret har tid.")
    assert compare(one, two).similarity == 1.0


def test_the_bearer_is_found_after_the_verb_of_an_inverted_sentence():
    one = tokens("Dersom snøen er borte, skal turlaget merke stier.")
    two = tokens("Dersom snøen er borte, skal fjellstyret merke stier.")
    assert compare(one, two).aspects == {"bearer"}
