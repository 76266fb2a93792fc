"""Step 4: equal texts; saved searches and what was asked before; name families; concordances.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection

_STATEMENTS = (
    # Of the words, the same in texts that are equal; empty for a text without any.
    "ALTER TABLE text ADD COLUMN digest TEXT DEFAULT '' NOT NULL",
    """
CREATE TABLE saved_search (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    grammar INTEGER NOT NULL,
    position INTEGER NOT NULL,
    looked_at INTEGER,
    looked BLOB,
    UNIQUE (uuid)
)
    """,
    """
CREATE TABLE search_history (
    query TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (query)
) WITHOUT ROWID
    """,
    "CREATE INDEX search_history_by_used ON search_history (used_at)",
    """
CREATE TABLE name_family (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (uuid)
)
    """,
    """
CREATE TABLE name_spelling (
    forms TEXT NOT NULL,
    family INTEGER NOT NULL,
    PRIMARY KEY (forms),
    FOREIGN KEY(family) REFERENCES name_family (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX ix_name_spelling_family ON name_spelling (family)",
    """
CREATE TABLE concordance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL,
    width INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (query)
)
    """,
    """
CREATE TABLE concordance_line (
    concordance INTEGER NOT NULL,
    document INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (concordance, document, "key"),
    FOREIGN KEY(concordance) REFERENCES concordance (id) ON DELETE CASCADE,
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX ix_concordance_line_document ON concordance_line (document)",
    # The index holds of a text its words and its folds: what else changes in its row is no news.
    "DROP TRIGGER queue_text_update",
)

_QUEUE = """
CREATE TRIGGER {name} AFTER {event}
BEGIN
    DELETE FROM index_queue WHERE document = {document};
    INSERT INTO index_queue (document) VALUES ({document});
END
"""

_TRIGGERS = (
    (
        "queue_text_update",
        "UPDATE OF document, version, canonical, blocks, folds ON text",
        "new.document",
    ),
    ("queue_highlight_insert", "INSERT ON highlight", "new.document"),
    (
        "queue_highlight_update",
        "UPDATE OF document, quote, note ON highlight WHEN old.document IS NOT new.document"
        " OR old.quote IS NOT new.quote OR old.note IS NOT new.note",
        "new.document",
    ),
    (
        "queue_highlight_move",
        "UPDATE OF document ON highlight WHEN old.document <> new.document",
        "old.document",
    ),
    ("queue_highlight_delete", "DELETE ON highlight", "old.document"),
    ("queue_note_insert", "INSERT ON document_note", "new.document"),
    (
        "queue_note_update",
        "UPDATE OF document, note ON document_note WHEN old.document IS NOT new.document"
        " OR old.note IS NOT new.note",
        "new.document",
    ),
    (
        "queue_note_move",
        "UPDATE OF document ON document_note WHEN old.document <> new.document",
        "old.document",
    ),
    ("queue_note_delete", "DELETE ON document_note", "old.document"),
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the new tables, columns and triggers, and work out which texts are equal."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    # Before the index that is made of them: it is then written once, in order.
    _digest_texts(connection)
    connection.exec_driver_sql("CREATE INDEX text_by_digest ON text (digest, document, version)")
    for name, event, document in _TRIGGERS:
        connection.exec_driver_sql(_QUEUE.format(name=name, event=event, document=document))
    # What the index holds of a document has grown by its notes and its marked passages.
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO index_queue (document) SELECT id FROM document"
    )


def _digest_texts(connection: Connection) -> None:
    last = 0
    while True:
        # One document at a time: some texts are books of many megabytes.
        document = connection.exec_driver_sql(
            "SELECT min(document) FROM text WHERE document > ?", (last,)
        ).scalar()
        if document is None:
            return
        kept = connection.exec_driver_sql(
            "SELECT version, canonical FROM text WHERE document = ?", (document,)
        ).all()
        for version, canonical in kept:
            if canonical.strip():
                digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:32]
                connection.exec_driver_sql(
                    "UPDATE text SET digest = ? WHERE document = ? AND version = ?",
                    (digest, document, version),
                )
        last = document
