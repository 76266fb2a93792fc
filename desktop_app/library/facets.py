"""What the rows of an answer have in common: tags, sources, years, with how many rows each.

A count is exact: as many rows as there are once the query is narrowed by the value's part.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from desktop_app.core.language_names import NAMES
from desktop_app.core.query import parse
from desktop_app.core.query_tree import quoted, straighten, tag_text
from desktop_app.core.query_values import MEDIA_TYPES
from desktop_app.core.words import words
from desktop_app.library.answer import Answer, Facet, FacetValue
from desktop_app.library.copies import Folding, may_fold
from desktop_app.library.tags.reading import reading_of
from desktop_app.store import facets as stored
from desktop_app.store.copies import equal_texts
from desktop_app.store.passage_filters import documents_of_highlights
from desktop_app.store.store import Snapshot, Store

_STATES = {"unread": "Unread", "reading": "Reading", "read": "Read"}


def facets(store: Store, found: Answer, stop: threading.Event | None = None) -> tuple[Facet, ...]:
    """The values of an answer's rows, field by field; stopped, only of the fields counted by then.

    A value that no row has is left out, and so is a field without any.
    """
    made: list[Facet] = []
    with store.read() as snapshot:
        rows = _Rows(snapshot, found)
        for field, count in _FIELDS.items():
            if stop is not None and stop.is_set():
                break
            if values := tuple(count(snapshot, rows)):
                made.append(Facet(field, values))
    return tuple(made)


class _Rows:
    """The rows of an answer, to be counted by the documents or highlights that have a value."""

    def __init__(self, snapshot: Snapshot, found: Answer) -> None:
        self.documents = set(found.ids)
        self.documents.update(each for others in found.copies.values() for each in others)
        self.highlights: set[int] | None = None
        self._folding = Folding()
        self._in: dict[int, int] = {}
        if found.highlights is not None:
            self.highlights = set(found.highlights)
            standing = documents_of_highlights(snapshot.connection)
            for document in map(standing.__getitem__, self.highlights & standing.keys()):
                self._in[document] = self._in.get(document, 0) + 1
        elif may_fold(found.query, parse(found.within)):
            self._folding = Folding(equal_texts(snapshot.connection))

    def of(self, documents: AbstractSet[int]) -> int:
        """How many rows some documents of the answer make."""
        if self.highlights is not None:
            return sum(self._in.get(each, 0) for each in documents)
        return self._folding.rows(documents)


def _tags(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    marked = rows.highlights
    chosen = rows.documents if marked is None else marked
    carrying = stored.by_tag(snapshot.connection, chosen, highlights=marked is not None)

    def count(ids: AbstractSet[int]) -> int:
        return rows.of(ids) if marked is None else len(ids)

    reading = reading_of(snapshot)
    above = stored.tags_above(snapshot.connection)
    values: list[FacetValue] = []
    for tag in _with_those_above(carrying, above):
        value = reading.asks_for(tag)
        meant = reading.meant(value).tags
        having = set().union(*(carrying[each] for each in meant if each in carrying))
        part = tag_text(value.names, collection=value.collection)
        values.append(FacetValue(reading.path(tag), part, count(having)))
    bare = chosen - set().union(*carrying.values())
    return _most_first(values, FacetValue("No tag", "tag:none", count(bare)))


def _with_those_above(carried: Iterable[int], above: Mapping[int, int | None]) -> dict[int, None]:
    found: dict[int, None] = {}
    for each in carried:
        tag: int | None = each
        while tag is not None and tag not in found:
            found[tag] = None
            tag = above.get(tag)
    return found


def _sources(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    by_key = stored.by_source(snapshot.connection, rows.documents)
    keys = {key: ids for key, ids in by_key.items() if key and key.strip()}
    bare = set().union(*(ids for key, ids in by_key.items() if key not in keys))
    names = stored.source_names(snapshot.connection, [min(ids) for ids in keys.values()])
    # A source's words may stand in the names of others, as “Guardian” does in “Guardian Weekly”.
    holding: dict[str, list[str]] = {}
    for key in keys:
        for word in set(key.split()):
            holding.setdefault(word, []).append(key)
    values: list[FacetValue] = []
    for key, ids in keys.items():
        rarest = min((holding[word] for word in key.split()), key=len)
        having = ids.union(*(keys[other] for other in rarest if other != key and key in other))
        name = names.get(min(ids), "") or key.strip()
        values.append(FacetValue(name, f"source:{quoted(straighten(name))}", rows.of(having)))
    return _most_first(values, *_without_a_source(snapshot, rows, bare))


def _without_a_source(snapshot: Snapshot, rows: _Rows, bare: set[int]) -> Iterable[FacetValue]:
    """Those without a source; one that has no word in its name cannot be asked for."""
    if bare:
        named = stored.source_names(snapshot.connection, bare)
        yield FacetValue(
            "No source", "source:none", rows.of({each for each in bare if not named.get(each)})
        )


def _years(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    by_year = stored.by_year(snapshot.connection, rows.documents)
    for year in sorted((each for each in by_year if each is not None), reverse=True):
        yield FacetValue(year, f"date:{year}", rows.of(by_year[year]))
    if None in by_year:
        yield FacetValue("No date", "date:none", rows.of(by_year[None]))


def _types(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    by_type = stored.by_media_type(snapshot.connection, rows.documents)
    values: list[FacetValue] = []
    for kind, types in MEDIA_TYPES.items():
        having = set().union(*(by_type[each] for each in types if each in by_type))
        values.append(FacetValue(kind, f"type:{kind}", rows.of(having)))
    return _most_first(values)


def _languages(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    by_language = stored.by_language(snapshot.connection, rows.documents)
    bare = by_language.pop(None, set())
    by_code: dict[str, set[int]] = {}
    for language, ids in by_language.items():
        by_code.setdefault((language or "").partition("-")[0], set()).update(ids)
    values = [
        FacetValue(NAMES.get(code, code), f"lang:{code}", rows.of(ids))
        for code, ids in by_code.items()
    ]
    return _most_first(values, FacetValue("Unknown", "lang:none", rows.of(bare)))


def _states(snapshot: Snapshot, rows: _Rows) -> Iterable[FacetValue]:
    by_state = stored.by_state(snapshot.connection, rows.documents)
    for state, label in _STATES.items():
        if state in by_state:
            yield FacetValue(label, f"is:{state}", rows.of(by_state[state]))
    if starred := stored.starred(snapshot.connection, rows.documents):
        yield FacetValue("Starred", "is:starred", rows.of(starred))


def _most_first(values: Iterable[FacetValue], *last: FacetValue) -> list[FacetValue]:
    """Values by how many rows have them, then by name; those that stand for none at the end."""
    order = sorted(values, key=lambda value: (-value.count, " ".join(words(value.label))))
    return [value for value in (*order, *last) if value.count]


_FIELDS: Mapping[str, Callable[[Snapshot, _Rows], Iterable[FacetValue]]] = {
    "tag": _tags,
    "source": _sources,
    "year": _years,
    "type": _types,
    "language": _languages,
    "state": _states,
}
