from __future__ import annotations

import pytest

from duties.clauses import parse
from duties.words import tokens_of


def clauses(text: str) -> list[tuple[str, str]]:
    """(kind, words) of each clause, without signs."""
    tree = parse(tokens_of(text))
    return [
        (clause.kind, " ".join(tree.tokens[i].lower for i in tree.members(number) if tree.tokens[i].lower.isalpha()))
        for number, clause in enumerate(tree.clauses)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Enhver som arbeider i skolen, skal varsle.",
            [("main", "enhver skal varsle"), ("relative", "som arbeider i skolen")],
        ),
        (
            "Dersom eleven er borte, skal skolen varsle.",
            [("main", "skal skolen varsle"), ("condition", "dersom eleven er borte")],
        ),
        ("Er eleven borte, skal skolen varsle.", [("main", "skal skolen varsle"), ("condition", "er eleven borte")]),
        (
            "Skolen skal, når det er nødvendig, varsle.",
            [("main", "skolen skal varsle"), ("condition", "når det er nødvendig")],
        ),
        (
            "Den som mottar opplysninger har taushetsplikt.",
            [("main", "den har taushetsplikt"), ("relative", "som mottar opplysninger")],
        ),
        ("Skolen skal rydde, og skal varsle.", [("main", "skolen skal rydde"), ("main", "og skal varsle")]),
        ("Kommunen som skolemyndighet skal varsle.", [("main", "kommunen som skolemyndighet skal varsle")]),
        ("Skolen skal så langt som mulig varsle.", [("main", "skolen skal så langt som mulig varsle")]),
        (
            "Skolen skal sørge for at eleven får vite det.",
            [("main", "skolen skal sørge"), ("complement", "for at eleven får vite det")],
        ),
        ("For å hjelpe eleven kan skolen varsle.", [("main", "kan skolen varsle"), ("purpose", "for å hjelpe eleven")]),
        ("Skulen skal varsle når eleven er borte.", [("main", "skulen skal varsle"), ("condition", "når eleven er borte")]),
    ],
)  # fmt: skip
def test_clauses_are_told_by_first_words_commas_and_finite_verbs(text: str, expected: list[tuple[str, str]]) -> None:
    assert clauses(text) == expected


def test_words_of_references_and_titles_are_no_triggers() -> None:
    words = {token.lower: token for token in tokens_of("Skolen skal varsle, jf. reglene om samarbeid i skoleloven.")}
    assert words["samarbeid"].masked
    assert not words["varsle"].masked


def test_a_compound_with_a_hyphen_is_known_by_its_last_part() -> None:
    (token,) = tokens_of("PNR-opplysningene")
    assert "info" in token.tags
