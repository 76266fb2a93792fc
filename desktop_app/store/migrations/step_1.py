"""Step 1: the tables as they first were, the triggers of the index queue, and an empty library.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

import secrets
import uuid

from sqlalchemy import Connection

APPLICATION_ID = 0x506F7374  # "Post"

_TABLES = (
    """
CREATE TABLE collection (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    active INTEGER NOT NULL,
    UNIQUE (uuid),
    UNIQUE (name_key)
)
    """,
    """
CREATE TABLE index_queue (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    UNIQUE (document)
)
    """,
    """
CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE original (
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (sha256)
)
    """,
    """
CREATE TABLE schema_step (
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (number)
)
    """,
    """
CREATE TABLE undo_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    commands TEXT NOT NULL
)
    """,
    """
CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    authors TEXT NOT NULL,
    authors_key TEXT NOT NULL,
    source TEXT,
    source_key TEXT NOT NULL,
    url TEXT,
    published TEXT,
    published_first TEXT,
    published_last TEXT,
    language TEXT,
    origins TEXT NOT NULL,
    media_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    original TEXT NOT NULL,
    text_version TEXT NOT NULL,
    words INTEGER NOT NULL,
    state TEXT NOT NULL,
    progress FLOAT NOT NULL,
    position INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    trashed_at INTEGER,
    CONSTRAINT one_document_an_original UNIQUE (original),
    FOREIGN KEY(original) REFERENCES original (sha256)
)
    """,
    "CREATE INDEX document_by_added ON document (added_at, id, trashed_at)",
    "CREATE INDEX document_by_published ON document (published_first, id, trashed_at)",
    "CREATE INDEX document_by_state ON document (state, starred, trashed_at)",
    "CREATE INDEX document_by_title ON document (title_key, id DESC, trashed_at)",
    """
CREATE TABLE tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    collection INTEGER NOT NULL,
    parent INTEGER,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    colour TEXT NOT NULL,
    aliases TEXT NOT NULL,
    UNIQUE (uuid),
    FOREIGN KEY(collection) REFERENCES collection (id) ON DELETE CASCADE,
    FOREIGN KEY(parent) REFERENCES tag (id) ON DELETE CASCADE
)
    """,
    "CREATE INDEX ix_tag_parent ON tag (parent)",
    "CREATE UNIQUE INDEX one_name_among_siblings ON tag (collection, coalesce(parent, 0), name_key)",
    """
CREATE TABLE tagging (
    tag INTEGER NOT NULL,
    document INTEGER NOT NULL,
    tagged_at INTEGER NOT NULL,
    PRIMARY KEY (tag, document),
    FOREIGN KEY(tag) REFERENCES tag (id) ON DELETE CASCADE,
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX tagging_by_document ON tagging (document, tag)",
    """
CREATE TABLE text (
    document INTEGER NOT NULL,
    version TEXT NOT NULL,
    extractor TEXT NOT NULL,
    canonical TEXT NOT NULL,
    blocks BLOB NOT NULL,
    folds TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (document, version),
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
)
    """,
)

# Delete, then insert: a change gets a new row id, so that an indexer that reports the ids it read
# cannot take away a change that came while it worked. INSERT OR REPLACE would not do: inside a
# trigger the conflict clause of the outer statement wins.
_QUEUE = """
CREATE TRIGGER {name} AFTER {event} {condition}
BEGIN
    DELETE FROM index_queue WHERE document = {document};
    INSERT INTO index_queue (document) VALUES ({document});
END
"""

_TRIGGERS = (
    ("queue_document_insert", "INSERT ON document", "", "new.id"),
    (
        "queue_document_update",
        "UPDATE OF title, language, text_version ON document",
        "WHEN old.title IS NOT new.title OR old.language IS NOT new.language"
        " OR old.text_version IS NOT new.text_version",
        "new.id",
    ),
    ("queue_document_delete", "DELETE ON document", "", "old.id"),
    ("queue_text_insert", "INSERT ON text", "", "new.document"),
    ("queue_text_update", "UPDATE ON text", "", "new.document"),
    # Where a text moves from one document to another, the one it left has changed too.
    (
        "queue_text_move",
        "UPDATE OF document ON text",
        "WHEN old.document <> new.document",
        "old.document",
    ),
    ("queue_text_delete", "DELETE ON text", "", "old.document"),
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the tables, the triggers and one active collection."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    for name, event, condition, document in _TRIGGERS:
        connection.exec_driver_sql(
            _QUEUE.format(name=name, event=event, condition=condition, document=document)
        )
    facts = {
        "uuid": str(uuid.uuid4()),
        "generation": secrets.token_hex(8),
        "created_at": str(now_ms),
    }
    for key, value in facts.items():
        connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
    connection.exec_driver_sql(
        "INSERT INTO collection (uuid, name, name_key, active) VALUES (?, ?, ?, 1)",
        (str(uuid.uuid4()), "My tags", "my tags"),
    )
