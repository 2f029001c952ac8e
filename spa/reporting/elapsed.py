"""Time between two moments, counted by the database: seconds, and the middle and the slow end of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Float, Subquery, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):  # noqa: N801 - reads as the SQL function it stands for
    """Seconds from the first moment to the second."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _in_sqlite(element: seconds_between, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    # Days as a floating number hold a moment to about 0.04 ms: rounded, so that 2 hours are not a little less.
    return f"ROUND((julianday({second}) - julianday({first})) * 86400.0, 3)"


@compiles(seconds_between, "postgresql")
def _in_postgresql(element: seconds_between, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(EXTRACT(EPOCH FROM ({second} - {first})) AS double precision)"


@dataclass(frozen=True)
class Spread:
    """Of `count` times in seconds: half were at most `middle`, nine in ten at most `slow`."""

    count: int
    middle: float
    slow: float


def spreads(session: Session, measured: Subquery) -> Mapping[Any, Spread]:
    """By group. `measured` has the columns `kind` and `seconds`; the values given are times that were measured, none between two."""
    kind, seconds = measured.c.kind, measured.c.seconds
    ranked = select(
        kind,
        seconds,
        func.row_number().over(partition_by=kind, order_by=seconds).label("place"),
        func.count().over(partition_by=kind).label("number"),
    ).subquery()
    place, number = ranked.c.place, ranked.c.number
    query = select(
        ranked.c.kind,
        func.max(number),
        func.min(case((place * 2 >= number, ranked.c.seconds))),
        func.min(case((place * 10 >= number * 9, ranked.c.seconds))),
    ).group_by(ranked.c.kind)
    return {found: Spread(count, middle, slow) for found, count, middle, slow in session.execute(query)}
