"""Step 5: what collections and tags say of themselves, links, redirects, and the trash of tags.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE collection ADD COLUMN description TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE collection ADD COLUMN author TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE collection ADD COLUMN licence TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE collection ADD COLUMN version TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE collection ADD COLUMN scheme TEXT DEFAULT 'postil' NOT NULL",
    "ALTER TABLE collection ADD COLUMN shown INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE collection ADD COLUMN locked INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE collection ADD COLUMN archived INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE tag ADD COLUMN pattern TEXT DEFAULT 'plain' NOT NULL",
    "ALTER TABLE tag ADD COLUMN letters TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tag ADD COLUMN definition TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tag ADD COLUMN use_when TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tag ADD COLUMN not_when TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tag ADD COLUMN examples TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tag ADD COLUMN archived INTEGER DEFAULT '0' NOT NULL",
    """
CREATE TABLE tag_link (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (one, other, kind),
    FOREIGN KEY(one) REFERENCES tag (id) ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES tag (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX ix_tag_link_other ON tag_link (other)",
    """
CREATE TABLE tag_redirect (
    uuid TEXT NOT NULL,
    tag INTEGER NOT NULL,
    PRIMARY KEY (uuid),
    FOREIGN KEY(tag) REFERENCES tag (id) ON DELETE CASCADE
) WITHOUT ROWID
    """,
    "CREATE INDEX ix_tag_redirect_tag ON tag_redirect (tag)",
    """
CREATE TABLE tag_bin (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    collection TEXT NOT NULL,
    tags INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    highlights INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    steps TEXT NOT NULL
)
    """,
)


def apply(connection: Connection, now_ms: int) -> None:
    """Make the new columns and tables; what was there gets what it had without saying so."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
