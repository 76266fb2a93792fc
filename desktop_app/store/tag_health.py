"""Whether tags and collections are as they should be, and what puts them right; see verify.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text, update

from desktop_app.core.model import LinkKind
from desktop_app.core.tag_aliases import aliases_in
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.words import name_key
from desktop_app.store.findings import Finding, Mending, there_are
from desktop_app.store.tables import collection, meta, tag, tag_link, tag_redirect

_SAFE = "Nothing is lost; repairing puts it right."
_PATTERNS = frozenset(pattern.value for pattern in Pattern)
_KINDS = frozenset(kind.value for kind in LinkKind)

# What triggers keep, counted anew. A document carries a tag once, itself or by any highlight.
_CARRIED = """
WITH pair AS (
    SELECT tag, document FROM tagging UNION SELECT tag, document FROM highlight_tagging
), documents AS (
    SELECT pair.tag, count(*) AS number FROM pair JOIN document ON document.id = pair.document
    WHERE document.trashed_at IS NULL GROUP BY pair.tag
), highlights AS (
    SELECT on_it.tag, count(*) AS number
    FROM highlight_tagging AS on_it JOIN document ON document.id = on_it.document
    WHERE document.trashed_at IS NULL GROUP BY on_it.tag
)
SELECT tag.id AS tag, coalesce(documents.number, 0) AS documents,
    coalesce(highlights.number, 0) AS highlights
FROM tag LEFT JOIN documents ON documents.tag = tag.id LEFT JOIN highlights ON highlights.tag = tag.id
"""


def findings_of_tags(connection: Connection) -> Iterator[Finding]:
    """Everything that is wrong with tags and collections themselves."""
    active = connection.execute(
        select(func.count()).select_from(collection).where(collection.c.active == 1)
    ).scalar_one()
    if active != 1:
        yield Finding(f"{active} tag collections are active, not one.", _SAFE, Mending.ACTIVE)
    if names_with_stale_keys(connection):
        yield Finding("Some tags would not be found by name.", _SAFE, Mending.NAME_KEYS)
    misplaced = misplaced_tags(connection)
    if misplaced:
        yield Finding(
            f"{there_are(len(misplaced), 'tag')} in a circle, or under a tag of another collection.",
            "Repairing puts it at the top of its collection.",
            Mending.TAG_PLACES,
        )
    if strange := _strange_tags(connection):
        yield Finding(
            f"{there_are(len(strange), 'tag')} whose pattern, key or names cannot be.",
            "Repairing takes away what cannot be, or numbers the name; the tag stays where it is.",
            Mending.TAG_LOOKS,
        )
    if leading := _needless_redirects(connection):
        yield Finding(
            f"{there_are(len(leading), 'tag')} that would be taken for another when it is imported.",
            _SAFE,
            Mending.TAG_LINKS,
        )
    if links := _strange_links(connection):
        yield Finding(
            f"{there_are(len(links), 'link')} of a tag with itself, or of no known kind.",
            "Repairing takes it away.",
            Mending.TAG_LINKS,
        )
    if _miscounted(connection):
        yield Finding("Some tags are counted wrong.", _SAFE, Mending.TAG_COUNTS)


def names_with_stale_keys(connection: Connection) -> list[tuple[Table, int, str]]:
    """Tags and collections whose key does not fit their name: table, id, right key."""
    return [
        (table, row.id, name_key(row.name))
        for table in (tag, collection)
        for row in connection.execute(select(table.c.id, table.c.name, table.c.name_key))
        if name_key(row.name) != row.name_key
    ]


def misplaced_tags(connection: Connection) -> list[int]:
    """Tags that do not lie under a tag of their own collection that leads to the top, sorted."""
    rows = connection.execute(select(tag.c.id, tag.c.parent, tag.c.collection)).all()
    above = {row.id: row.parent for row in rows}
    home = {row.id: row.collection for row in rows}
    wrong = {
        row.id for row in rows if row.parent is not None and home.get(row.parent) != row.collection
    }
    settled: set[int] = set()
    for start in above:
        way: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in settled and here in above:
            if here in way:
                wrong.add(here)
                break
            way[here] = None
            here = above[here]
        settled.update(way)
    return sorted(wrong)


def _strange_tags(connection: Connection) -> dict[int, dict[str, Any]]:
    """Tags with a value that there is not or that is another's, and what would stand there instead."""
    found: dict[int, dict[str, Any]] = {}
    digits: set[tuple[int, int]] = set()
    names: set[tuple[int, int | None, str]] = set()
    for row in connection.execute(select(tag).order_by(tag.c.id)):
        instead: dict[str, Any] = {}
        if row.pattern not in _PATTERNS:
            instead["pattern"] = Pattern.PLAIN.value
        digit = (row.collection, row.digit)
        if row.digit is not None and (row.digit not in range(1, 10) or digit in digits):
            instead["digit"] = None
        digits.add(digit)
        place = (row.collection, row.parent)
        name, number = row.name, 2
        while (*place, name_key(name)) in names:
            name, number = f"{row.name} ({number})", number + 1
        names.add((*place, name_key(name)))
        if name != row.name:
            instead |= {"name": name, "name_key": name_key(name)}
        try:
            aliases_in(json.loads(row.aliases))
        except (ValueError, TypeError, KeyError, IndexError):
            instead["aliases"] = "[]"
        if instead:
            found[row.id] = instead
    return found


def _needless_redirects(connection: Connection) -> list[str]:
    """Redirects of uuids that a tag of the library has itself."""
    rows = select(tag_redirect.c.uuid).join(tag, tag.c.uuid == tag_redirect.c.uuid)
    return list(connection.execute(rows).scalars())


def _strange_links(connection: Connection) -> list[Any]:
    return [
        row
        for row in connection.execute(select(tag_link))
        if row.kind not in _KINDS or row.one == row.other
    ]


def _miscounted(connection: Connection) -> bool:
    both = f"SELECT * FROM ({_CARRIED}) EXCEPT SELECT tag, documents, highlights FROM tag_count"
    if connection.execute(text(f"SELECT EXISTS ({both})")).scalar_one():
        return True
    counted = "SELECT count(*) FROM tag_count", "SELECT count(*) FROM tag"
    first, second = (connection.exec_driver_sql(each).scalar_one() for each in counted)
    noted = connection.execute(select(meta.c.value).where(meta.c.key == "tags_changed")).scalar()
    return first != second or noted is None


def mend_looks(connection: Connection) -> None:
    """Put a plain value in the place of each that there is not."""
    for number, instead in _strange_tags(connection).items():
        connection.execute(update(tag).where(tag.c.id == number).values(**instead))


def mend_links(connection: Connection) -> None:
    """Take away links and redirects that lead from or to nothing, or nowhere else."""
    there = select(tag.c.id)
    for column in (tag_link.c.one, tag_link.c.other):
        connection.execute(delete(tag_link).where(column.not_in(there)))
    wrong = (tag_link.c.one == tag_link.c.other) | tag_link.c.kind.not_in(sorted(_KINDS))
    connection.execute(delete(tag_link).where(wrong))
    needless = tag_redirect.c.uuid.in_(select(tag.c.uuid)) | tag_redirect.c.tag.not_in(there)
    connection.execute(delete(tag_redirect).where(needless))


def mend_counts(connection: Connection) -> None:
    """Count anew what carries each tag."""
    connection.exec_driver_sql("DELETE FROM tag_count")
    connection.exec_driver_sql(f"INSERT INTO tag_count (tag, documents, highlights) {_CARRIED}")
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO meta (key, value) VALUES ('tags_changed', '0')"
    )
    # What was read of the tags before may be wrong.
    connection.exec_driver_sql("UPDATE meta SET value = value + 1 WHERE key = 'tags_changed'")
