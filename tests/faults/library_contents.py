"""Everything that a library holds, as plain values to compare; times and its own name left out."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

# What is of the moment: when it was made, and what the machine does next.
_TIMES = {"kept_at", "added_at", "changed_at", "made_at", "tagged_at", "started_at", "ended_at"}
_LEFT_OUT = {"meta", "schema_step", "index_queue", "undo_step", "sqlite_sequence", "refold_queue"}
_OWN_NAMES = {"uuid"}


def contents(library: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table, and the hashes of the kept files."""
    connection = sqlite3.connect(library / "postil.db")
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    found: dict[str, list[tuple[object, ...]]] = {}
    for (name,) in names:
        if name in _LEFT_OUT:
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info('{name}')")]
        kept = [c for c in columns if c not in _TIMES | _OWN_NAMES]
        listed = ", ".join(f'"{column}"' for column in kept)
        found[name] = sorted(connection.execute(f"SELECT {listed} FROM {name}"), key=repr)
    undo = connection.execute("SELECT name, undone FROM undo_step ORDER BY id").fetchall()
    found["undo_step"] = undo
    connection.close()
    files = sorted((library / "originals").glob("*/*"))
    found["files"] = [(f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in files]
    return found
