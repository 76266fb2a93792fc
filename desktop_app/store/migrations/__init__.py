"""The numbered steps that bring a library's database up to date, each in one transaction.

A step never imports the tables as they are now: it must do tomorrow what it did when it was
released. The number of the last step is the database's `user_version`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop_app import durable
from desktop_app.store.database import Database
from desktop_app.store.migrations import step_1, step_2, step_3, step_4, step_5, step_6

APPLICATION_ID = step_1.APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the schema. apply: is given the connection and the time in milliseconds."""

    number: int
    name: str
    apply: Callable[[Connection, int], None]


STEPS: tuple[Step, ...] = (
    Step(1, "tables, index queue, first collection", step_1.apply),
    Step(2, "whole pages, parts, proposals, folds by source, history of imports", step_2.apply),
    Step(3, "highlights, notes on documents, digits of tags", step_3.apply),
    Step(4, "equal texts, saved searches, name families, concordances", step_4.apply),
    Step(5, "codebooks: descriptions, marks, links, redirects, trash of tags", step_5.apply),
    Step(6, "how much carries each tag", step_6.apply),
)


def newest() -> int:
    """The number of the last step this version knows."""
    return STEPS[-1].number


def migrate(database: Database, done: int, now_ms: int) -> None:
    """Apply the steps after number `done`, each with the row that records it or not at all."""
    for step in STEPS:
        if step.number <= done:
            continue
        durable.point(f"migrate-{step.number}:before")
        with database.writing() as connection:
            step.apply(connection, now_ms)
            connection.exec_driver_sql(
                "INSERT INTO schema_step (number, name, applied_at) VALUES (?, ?, ?)",
                (step.number, step.name, now_ms),
            )
            connection.exec_driver_sql(f"PRAGMA user_version = {step.number}")
        durable.point(f"migrate-{step.number}:done")
