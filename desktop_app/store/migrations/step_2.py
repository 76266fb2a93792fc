"""Step 2: whole pages, parts of documents, proposals, folds by source, and the history of imports.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE text ADD COLUMN role TEXT DEFAULT 'main' NOT NULL",
    "ALTER TABLE text ADD COLUMN chapters TEXT DEFAULT '[]' NOT NULL",
    """
CREATE TABLE part (
    document INTEGER NOT NULL,
    role TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    original TEXT,
    PRIMARY KEY (document, role, number),
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE,
    FOREIGN KEY(original) REFERENCES original (sha256)
) WITHOUT ROWID
    """,
    "CREATE INDEX ix_part_original ON part (original)",
    """
CREATE TABLE proposals (
    document INTEGER NOT NULL PRIMARY KEY,
    items TEXT NOT NULL,
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
)
    """,
    """
CREATE TABLE line (
    "key" INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY ("key", document),
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX line_by_document ON line (document)",
    """
CREATE TABLE fold_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_key TEXT NOT NULL,
    line TEXT NOT NULL,
    verdict TEXT NOT NULL,
    UNIQUE (source_key, line)
)
    """,
    """
CREATE TABLE fold_phrase (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    phrase TEXT NOT NULL,
    active INTEGER NOT NULL,
    UNIQUE (phrase)
)
    """,
    """
CREATE TABLE import_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL,
    paths BLOB NOT NULL,
    tag INTEGER,
    counts TEXT NOT NULL,
    undo_step INTEGER
)
    """,
    """
CREATE TABLE import_outcome (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    path BLOB NOT NULL,
    kind TEXT NOT NULL,
    document INTEGER,
    title TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run, number),
    FOREIGN KEY(run) REFERENCES import_run (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    """
CREATE TABLE watched (
    path BLOB NOT NULL,
    tag INTEGER,
    added_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (path)
)
    """,
    # Whose lines have not been gathered: the documents that were there before. The library gathers
    # them when it is next open for writing.
    "INSERT INTO meta (key, value) SELECT 'lines_due', '1' WHERE EXISTS (SELECT 1 FROM document)",
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the new tables and columns."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
