"""The matrix of services and kinds of duty, with the section in each cell."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from graph.finding import Words

Status = Literal["own", "elsewhere", "missing", "not_expected"]


class ServiceName(Struct, frozen=True):
    """A row of the matrix: a welfare service, its names and the act that binds it."""

    id: str
    nb: str
    en: str
    act: str


class DutyTypeName(Struct, frozen=True):
    """A column of the matrix: a kind of duty, its names and the group it belongs to."""

    id: str
    nb: str
    en: str
    group: str


class Cell(Struct, frozen=True, omit_defaults=True):
    """Where a service has a kind of duty.

    ``own``: in its own act, ``addresses`` are the ledd. ``elsewhere``: another act lays it on the service. ``missing``:
    peers have it and this service does not. ``not_expected``: neither. ``reason`` tells why.
    """

    service: str
    duty_type: str
    status: Status
    addresses: tuple[str, ...] = ()
    reason: Words = Words("", "")


class Matrix(Struct, frozen=True):
    """Services × kinds of duty; ``cells`` row by row."""

    services: tuple[ServiceName, ...] = ()
    duty_types: tuple[DutyTypeName, ...] = ()
    cells: tuple[Cell, ...] = ()

    def cell(self, service: str, duty_type: str) -> Cell | None:
        """The cell, None when the matrix has no such row or column."""
        return next((c for c in self.cells if c.service == service and c.duty_type == duty_type), None)

    def row(self, service: str) -> tuple[Cell, ...]:
        """The cells of a service in the order of the columns."""
        return tuple(c for c in self.cells if c.service == service)
