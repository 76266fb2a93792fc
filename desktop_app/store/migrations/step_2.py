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
CREATE TABLE lines (
    document INTEGER NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    keys BLOB NOT NULL,
    folded_as TEXT NOT NULL,
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
)
    """,
    """
CREATE TABLE refold_queue (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_key TEXT NOT NULL,
    UNIQUE (source_key)
)
    """,
    "CREATE INDEX document_by_source ON document (source_key)",
    """
CREATE TABLE fold_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_key TEXT NOT NULL,
    source TEXT NOT NULL,
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
    PRIMARY KEY (path)
)
    """,
    """
CREATE TABLE watched_file (
    folder BLOB NOT NULL,
    path BLOB NOT NULL,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    PRIMARY KEY (folder, path),
    FOREIGN KEY(folder) REFERENCES watched (path) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    # The texts that were there before are folded when the library is next open for writing.
    "INSERT INTO refold_queue (source_key) SELECT DISTINCT source_key FROM document",
)

# Delete, then insert, as in the index queue: a change gets a new row id, so that whoever looks at a
# source cannot take away a change that came meanwhile.
_REFOLD = """
CREATE TRIGGER {name} AFTER {event}
BEGIN
    DELETE FROM refold_queue WHERE source_key IN ({sources});
    INSERT INTO refold_queue (source_key) {sources};
END
"""
_OF_TEXT = "SELECT source_key FROM document WHERE id = new.document"
_EVERY = "SELECT DISTINCT source_key FROM document"

_TRIGGERS = (
    ("refold_text_insert", "INSERT ON text", _OF_TEXT),
    ("refold_text_update", "UPDATE OF document, version, canonical, blocks ON text", _OF_TEXT),
    (
        "refold_document_update",
        "UPDATE OF title, source_key, text_version ON document WHEN old.title IS NOT new.title"
        " OR old.source_key IS NOT new.source_key OR old.text_version IS NOT new.text_version",
        "SELECT old.source_key UNION SELECT new.source_key",
    ),
    ("refold_document_delete", "DELETE ON document", "SELECT old.source_key"),
    ("refold_rule_insert", "INSERT ON fold_rule", "SELECT new.source_key"),
    ("refold_rule_delete", "DELETE ON fold_rule", "SELECT old.source_key"),
    ("refold_phrase_insert", "INSERT ON fold_phrase", _EVERY),
    ("refold_phrase_delete", "DELETE ON fold_phrase", _EVERY),
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the new tables, columns and triggers."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    for name, event, sources in _TRIGGERS:
        connection.exec_driver_sql(_REFOLD.format(name=name, event=event, sources=sources))
