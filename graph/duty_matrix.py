"""Fills the matrix of services and kinds of duty from the norms."""

from __future__ import annotations

from graph.finding import Words
from graph.law import DutyType, Law, Service, duty_types, exceptions
from graph.matrix import Cell, DutyTypeName, Matrix, ServiceName

# Norms of one kind that a rule of another kind already holds: the attention duty in the same sentence as the report,
# the child coordinator named in the duty to cooperate.
IN_WORDS = {
    "child_coordinator_coordinates": "barnekoordinator",
    "attention_health_social": "oppmerksom",
}


def presence(law: Law, service: Service, type_: DutyType) -> tuple[str, ...]:
    """The ledd of a service's own act that hold a kind of duty, in the order of the law."""
    found = [n.ledd for n in law.by_act.get(service.act, ()) if n.duty_type == type_.id]
    word = IN_WORDS.get(type_.id)
    if word and not found:
        related = {"child_coordinator_coordinates": ("cooperation", "coordination")}.get(
            type_.id, ("information_sharing",)
        )
        found = [
            n.ledd for n in law.by_act.get(service.act, ())
            if n.frame.category in related and word in n.text
            and (type_.id != "attention_health_social" or n.duty_type == "inform_health_social")
        ]  # fmt: skip
    return tuple(dict.fromkeys(found))


def _expected(service: Service, type_: DutyType, have: int, of: int) -> bool:
    common = have * 5 >= of * 2  # two services of five
    if type_.expected == "all":
        return True
    if type_.expected == "municipal":
        return service.municipal or common
    return type_.expected == "peers" and common


def matrix_of(law: Law) -> Matrix:
    """The matrix of the services whose act is loaded; columns are the kinds of duty that at least one of them has."""
    rows = law.services
    cells: list[Cell] = []
    columns: list[DutyType] = []
    for type_ in duty_types():
        held = {s.id: presence(law, s, type_) for s in rows}
        if not any(held.values()) or type_.id.endswith("_other"):
            continue
        columns.append(type_)
        excused = {
            s.id for s in rows if (s.id, type_.id) in exceptions() and not exceptions()[s.id, type_.id].provision
        }
        counted = [s for s in rows if s.id not in excused]
        have = sum(bool(held[s.id]) for s in counted)
        for service in rows:
            addresses, exception = held[service.id], exceptions().get((service.id, type_.id))
            if addresses:
                cells.append(Cell(service.id, type_.id, "own", addresses))
            elif exception and exception.provision:
                cells.append(Cell(service.id, type_.id, "elsewhere", (exception.provision,), exception.why))
            elif exception:
                cells.append(Cell(service.id, type_.id, "not_expected", (), exception.why))
            elif _expected(service, type_, have, len(counted)):
                cells.append(Cell(service.id, type_.id, "missing", (), type_.why))
            else:
                cells.append(Cell(service.id, type_.id, "not_expected", (), Words("", "")))
    order = {s.id: i for i, s in enumerate(rows)}
    column = {t.id: i for i, t in enumerate(columns)}
    cells.sort(key=lambda c: (order[c.service], column[c.duty_type]))
    return Matrix(
        tuple(ServiceName(s.id, s.names.nb, s.names.en, s.act) for s in rows),
        tuple(DutyTypeName(t.id, t.names.nb, t.names.en, t.group) for t in columns),
        tuple(cells),
    )
