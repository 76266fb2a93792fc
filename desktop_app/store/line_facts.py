"""What the library knows about the lines of a concordance, as JSON from one SQLite to another.

There may be a hundred thousand of them: what goes in or out is one statement and one text, so that
no thread of the window goes through them.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection

from desktop_app.core.line_states import LineState


def documents_for_lines(connection: Connection, ids: Collection[int]) -> str:
    """Documents as (id, title, folded title, source, folded source, date, version of the text)."""
    rows = connection.exec_driver_sql(
        "SELECT json_group_array(json_array(id, title, title_key, source, source_key, published,"
        " text_version)) FROM document WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return str(rows.scalar())


def kept_lines(connection: Connection, query: str) -> str | None:
    """What is kept of the lines of a query as (document, key, state); None where nothing is."""
    row = connection.exec_driver_sql(
        "SELECT id FROM concordance WHERE query = ?", (query,)
    ).one_or_none()
    if row is None:
        return None
    rows = connection.exec_driver_sql(
        "SELECT json_group_array(json_array(document, key, state)) FROM concordance_line"
        " WHERE concordance = ?",
        (row.id,),
    )
    return str(rows.scalar())


def know_lines(connection: Connection, query: str, lines: str) -> None:
    """Note that lines were looked at, JSON of (document, key); what was said of them stays.

    Of a query of which nothing is kept nothing is noted.
    """
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO concordance_line (concordance, document, key, state)"
        " SELECT concordance.id, document.id, json_extract(value, '$[1]'), ?"
        " FROM json_each(?) JOIN document ON document.id = json_extract(value, '$[0]')"
        " JOIN concordance ON concordance.query = ?",
        (int(LineState.KNOWN), lines, query),
    )
