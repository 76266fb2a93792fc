"""Lines of a concordance written as CSV by SQLite; see gathered_lines."""

from __future__ import annotations

CSV_COLUMNS = (
    "left",
    "match",
    "right",
    "document",
    "source",
    "date",
    "state",
    "id",
    "start",
    "end",
)


def _cell(column: str) -> str:
    """A column as a cell: on one line, and none that a spreadsheet takes for a formula."""
    text = f"coalesce({column}, '')"
    for blank in (9, 10, 11, 12, 13):
        text = f"replace({text}, char({blank}), ' ')"
    first = "substr(ltrim(value), 1, 1)"
    risky = f"{first} <> '' AND instr('=+-@＝＋－＠', {first}) > 0"
    apostrophe = f"CASE WHEN {risky} THEN char(39) ELSE '' END"
    quoted = f"char(34) || {apostrophe} || replace(value, char(34), char(34, 34)) || char(34)"
    return f"(SELECT {quoted} FROM (SELECT {text} AS value))"


_CELLS = " || ',' || ".join(
    (
        _cell("line.before"),
        _cell("line.match"),
        _cell("line.behind"),
        _cell("document.title"),
        _cell("document.source"),
        _cell("document.published"),
        "CASE line.state WHEN 1 THEN 'seen' WHEN 2 THEN 'irrelevant' WHEN 3 THEN 'tagged'"
        " ELSE 'open' END",
        "line.document",
        "line.first",
        "line.past",
    )
)
# One text of the lines whose numbers a JSON list has, in its order; None for none.
CSV_ROWS = f"""
SELECT group_concat(row, char(13, 10)) FROM (
    SELECT {_CELLS} AS row
    FROM json_each(?) AS wanted
    JOIN line ON line.number = wanted.value
    JOIN document ON document.id = line.document
    ORDER BY wanted.key
)
"""
