"""Step 3: highlights, where they stand, their tags; notes on documents; digits of tags.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """
CREATE TABLE highlight (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    document INTEGER NOT NULL,
    version TEXT NOT NULL,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    quote TEXT NOT NULL,
    text_before TEXT NOT NULL,
    text_after TEXT NOT NULL,
    page INTEGER,
    quads TEXT NOT NULL,
    colour TEXT NOT NULL,
    style TEXT NOT NULL,
    note TEXT NOT NULL,
    words_key TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    place_first INTEGER NOT NULL,
    place_past INTEGER NOT NULL,
    how TEXT NOT NULL,
    UNIQUE (uuid),
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
)
    """,
    "CREATE UNIQUE INDEX highlight_in_document ON highlight (id, document)",
    "CREATE INDEX highlight_by_document ON highlight (document, place_first)",
    "CREATE INDEX highlight_by_made ON highlight (made_at, id, document)",
    "CREATE INDEX highlight_by_changed ON highlight (changed_at, id, document)",
    "CREATE INDEX highlight_by_colour ON highlight (colour, style, document, place_first)",
    "CREATE INDEX highlight_by_how ON highlight (how, document)",
    "CREATE INDEX highlight_with_note ON highlight (document) WHERE note <> ''",
    "CREATE INDEX highlight_by_quote"
    " ON highlight (substr(words_key, 1, 48), document, place_first)",
    "CREATE INDEX document_in_trash ON document (id) WHERE trashed_at IS NOT NULL",
    """
CREATE TABLE placement (
    highlight INTEGER NOT NULL,
    version TEXT NOT NULL,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (highlight, version),
    FOREIGN KEY(highlight) REFERENCES highlight (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    """
CREATE TABLE highlight_tagging (
    tag INTEGER NOT NULL,
    highlight INTEGER NOT NULL,
    document INTEGER NOT NULL,
    tagged_at INTEGER NOT NULL,
    PRIMARY KEY (tag, highlight),
    FOREIGN KEY(highlight, document) REFERENCES highlight (id, document) ON DELETE CASCADE,
    FOREIGN KEY(tag) REFERENCES tag (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX highlight_tagging_by_highlight ON highlight_tagging (highlight, tag)",
    "CREATE INDEX highlight_tagging_by_document ON highlight_tagging (document, tag)",
    """
CREATE TABLE document_note (
    document INTEGER NOT NULL PRIMARY KEY,
    note TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
)
    """,
    "ALTER TABLE tag ADD COLUMN digit INTEGER",
    # The first nine tags at the top of each collection get the keys.
    """
UPDATE tag SET digit = (
    SELECT count(*) FROM tag AS other
    WHERE other.collection = tag.collection AND other.parent IS NULL AND other.id <= tag.id
)
WHERE parent IS NULL AND 9 >= (
    SELECT count(*) FROM tag AS other
    WHERE other.collection = tag.collection AND other.parent IS NULL AND other.id <= tag.id
)
    """,
    "CREATE UNIQUE INDEX one_tag_a_digit ON tag (collection, digit)",
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the new tables and columns."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
