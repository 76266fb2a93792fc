"""Step 6: how much carries each tag, kept by triggers, and which state of the tags this is.

Never edited once a version with it was released: libraries out there were made by it.
"""

from __future__ import annotations

from sqlalchemy import Connection

_TABLE = """
CREATE TABLE tag_count (
    tag INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    highlights INTEGER NOT NULL,
    PRIMARY KEY (tag),
    FOREIGN KEY(tag) REFERENCES tag (id) ON DELETE CASCADE
)
"""

# A document carries a tag once, itself or by any of its highlights; in the trash it does not count,
# and one that is removed for good is taken away like one that goes into the trash.
_SEEN = "EXISTS (SELECT 1 FROM document WHERE id = {row}.document AND trashed_at IS NULL)"
_ITSELF = "EXISTS (SELECT 1 FROM tagging WHERE document = {row}.document AND tag = {row}.tag)"
_ON_HIGHLIGHTS = (
    "EXISTS (SELECT 1 FROM highlight_tagging WHERE document = {row}.document AND tag = {row}.tag"
    "{other})"
)
_OTHER = " AND highlight <> {row}.highlight"

_OF_DOCUMENT = """
CREATE TRIGGER {name} AFTER {event} ON tagging
WHEN {seen} AND NOT {on_highlights}
BEGIN
    UPDATE tag_count SET documents = documents {sign} 1 WHERE tag = {row}.tag;
END
"""

_OF_HIGHLIGHT = """
CREATE TRIGGER {name} AFTER {event} ON highlight_tagging
WHEN {seen}
BEGIN
    UPDATE tag_count
    SET highlights = highlights {sign} 1,
        documents = documents {sign} NOT ({itself} OR {on_highlights})
    WHERE tag = {row}.tag;
END
"""

_OF_TRASH = """
CREATE TRIGGER {name} {event}
BEGIN
    UPDATE tag_count
    SET documents = documents {sign} 1,
        highlights = highlights {sign} (
            SELECT count(*) FROM highlight_tagging AS on_it
            WHERE on_it.document = {row}.id AND on_it.tag = tag_count.tag
        )
    WHERE tag IN (
        SELECT tag FROM tagging WHERE document = {row}.id
        UNION SELECT tag FROM highlight_tagging WHERE document = {row}.id
    );
END
"""

_OF_TAG = """
CREATE TRIGGER count_tag_insert AFTER INSERT ON tag
BEGIN
    INSERT INTO tag_count (tag, documents, highlights) VALUES (new.id, 0, 0);
END
"""

# Each change of a tag, a collection or a link is another state; what was read of one holds for as
# long as it is this one.
_STATE = """
CREATE TRIGGER tags_changed_{table}_{event} AFTER {event} ON {table}
BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'tags_changed';
END
"""

_COUNT = """
INSERT INTO tag_count (tag, documents, highlights)
SELECT
    tag.id,
    (
        SELECT count(*) FROM tagging JOIN document ON document.id = tagging.document
        WHERE tagging.tag = tag.id AND document.trashed_at IS NULL
    ) + (
        SELECT count(DISTINCT on_it.document)
        FROM highlight_tagging AS on_it JOIN document ON document.id = on_it.document
        WHERE on_it.tag = tag.id AND document.trashed_at IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM tagging
                WHERE tagging.document = on_it.document AND tagging.tag = on_it.tag
            )
    ),
    (
        SELECT count(*)
        FROM highlight_tagging AS on_it JOIN document ON document.id = on_it.document
        WHERE on_it.tag = tag.id AND document.trashed_at IS NULL
    )
FROM tag
"""


def _triggers() -> list[str]:
    made = [_OF_TAG]
    for event, row, sign in (("INSERT", "new", "+"), ("DELETE", "old", "-")):
        seen, itself = _SEEN.format(row=row), _ITSELF.format(row=row)
        said = {"event": event, "row": row, "sign": sign, "seen": seen, "itself": itself}
        name = f"count_tagging_{event.lower()}"
        by_any = _ON_HIGHLIGHTS.format(row=row, other="")
        made.append(_OF_DOCUMENT.format(name=name, on_highlights=by_any, **said))
        by_other = _ON_HIGHLIGHTS.format(row=row, other=_OTHER.format(row=row))
        name = f"count_highlight_tagging_{event.lower()}"
        made.append(_OF_HIGHLIGHT.format(name=name, on_highlights=by_other, **said))
    for name, event, row, sign in (
        (
            "count_document_trashed",
            "AFTER UPDATE OF trashed_at ON document"
            " WHEN old.trashed_at IS NULL AND new.trashed_at IS NOT NULL",
            "new",
            "-",
        ),
        (
            "count_document_taken_out",
            "AFTER UPDATE OF trashed_at ON document"
            " WHEN old.trashed_at IS NOT NULL AND new.trashed_at IS NULL",
            "new",
            "+",
        ),
        (
            "count_document_delete",
            "BEFORE DELETE ON document WHEN old.trashed_at IS NULL",
            "old",
            "-",
        ),
    ):
        made.append(_OF_TRASH.format(name=name, event=event, row=row, sign=sign))
    made += [
        _STATE.format(table=table, event=event)
        for table in ("tag", "collection", "tag_link")
        for event in ("INSERT", "UPDATE", "DELETE")
    ]
    return made


def apply(connection: Connection, now_ms: int) -> None:
    """Make the table and the triggers, and count once."""
    connection.exec_driver_sql(_TABLE)
    connection.exec_driver_sql(_COUNT)
    connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('tags_changed', '0')")
    for trigger in _triggers():
        connection.exec_driver_sql(trigger)
