"""The clauses of a sentence as the trained parser sees them, in the form that `clauses` gives from words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duties.clauses import Clause, ClauseKind, Parse
from duties.words import Token

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

_KINDS: dict[str, ClauseKind] = {
    "main": "main", "relative": "relative", "condition": "condition", "exception": "condition", "purpose": "purpose",
    "time": "condition", "cause": "condition", "content": "complement", "other": "condition",
}  # fmt: skip


def parse_tree(tokens: list[Token], doc: Doc, offset: int) -> Parse | None:
    """The clauses by the tree of *doc*, whose text begins at position *offset* of the flow; None where it has no main clause."""
    from duties.syntax import clause_kind, enclosing_clauses, is_finite

    starts = {token.idx + offset: token for token in doc}
    seen: dict[int, tuple[tuple[SpacyToken, str], ...]] = {}

    def path_of(token: SpacyToken) -> tuple[tuple[SpacyToken, str], ...]:
        if token.i not in seen:
            seen[token.i] = tuple((head, str(kind)) for head, kind in enclosing_clauses(token) if kind != "infinitive")
        return seen[token.i]

    numbers: dict[int, int] = {}
    clauses: list[Clause] = []
    of: list[int] = []
    last: SpacyToken | None = None

    def clause(path: tuple[tuple[SpacyToken, str], ...], first: int) -> int:
        head, kind = path[0]
        if head.i in numbers:
            return numbers[head.i]
        above = clause(path[1:], first) if len(path) > 1 else None
        if kind == "main":
            above = None
        mapped: ClauseKind = _KINDS.get(kind, "condition")
        if kind == "content" and not any(child.lower_ == "at" for child in head.children):
            mapped = "question"
        clauses.append(Clause(mapped, above, first))
        numbers[head.i] = len(clauses) - 1
        return numbers[head.i]

    position_of: dict[int, int] = {}
    for i, token in enumerate(tokens):
        word = starts.get(token.start)
        if word is None:
            word = next((t for t in doc if t.idx + offset <= token.start < t.idx + offset + len(t)), last)
        if word is None:
            return None
        last = word
        path = path_of(word)
        if not path:
            of.append(of[-1] if of else -1)
            continue
        number = clause(path, i)
        position_of.setdefault(word.i, i)
        of.append(number)
    if not clauses or not any(c.kind == "main" for c in clauses):
        return None
    main = next(k for k, c in enumerate(clauses) if c.kind == "main")
    of = [main if number == -1 else number for number in of]
    for head, number in numbers.items():
        if is_finite(doc[head]) and head in position_of:
            clauses[number].finite = position_of[head]
    for k, part in enumerate(clauses):
        own = [i for i, number in enumerate(of) if number == k]
        if own:
            part.first, part.last = own[0], own[-1]
    if main != 0:  # the finder takes clause 0 for the first main clause
        clauses[0], clauses[main] = clauses[main], clauses[0]
        swap = {0: main, main: 0}
        of = [swap.get(number, number) for number in of]
        for part in clauses:
            if part.parent is not None:
                part.parent = swap.get(part.parent, part.parent)
    _ = clause_kind
    return Parse(tokens, clauses, of)
