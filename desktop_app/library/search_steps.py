"""The steps of changes to saved searches."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.saved_searches import Looked, SavedSearch
from desktop_app.library.step_values import GroundChanged, time_in, time_out
from desktop_app.store.packed_ids import pack_ids, unpack_ids
from desktop_app.store.store import Work


@dataclass(frozen=True, slots=True)
class SavedSearchStep:
    """A saved search that is made (before is None), changed, or deleted (after is None).

    looked, looked_then: what it gave when it was last looked at, before and after, so that it comes
    back with that.
    """

    before: SavedSearch | None
    after: SavedSearch | None
    looked: Looked | None = None
    looked_then: Looked | None = None

    def reversed(self) -> SavedSearchStep:
        return SavedSearchStep(self.after, self.before, self.looked_then, self.looked)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        kept = work.saved_searches.get(known.id)
        if _said(kept) != _said(self.before):
            raise GroundChanged(f"the saved search “{known.name}” has been changed since")
        if self.after is None:
            work.saved_searches.remove(known.id)
        elif self.before is None:
            work.saved_searches.add(self.after, self.looked_then)
        else:
            work.saved_searches.change(self.after, self.looked_then)
        return Changes(kinds=frozenset([Kind.SEARCHES]))

    def to_json(self) -> list[Any]:
        searches = [_search_out(self.before), _search_out(self.after)]
        return ["saved search", *searches, _looked_out(self.looked), _looked_out(self.looked_then)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> SavedSearchStep:
        before, after, looked, then = raw
        return cls(_search_in(before), _search_in(after), _looked_in(looked), _looked_in(then))


@dataclass(frozen=True, slots=True)
class SearchOrderStep:
    """All saved searches in another order; ids."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    def reversed(self) -> SearchOrderStep:
        return SearchOrderStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        if tuple(each.id for each in work.saved_searches.all()) != self.before:
            raise GroundChanged("saved searches have been moved, made or deleted since")
        work.saved_searches.order(self.after)
        return Changes(kinds=frozenset([Kind.SEARCHES]))

    def to_json(self) -> list[Any]:
        return ["search order", list(self.before), list(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> SearchOrderStep:
        before, after = raw
        return cls(tuple(before), tuple(after))


def _said(search: SavedSearch | None) -> SavedSearch | None:
    """What a person said of a search, without its place and when it was looked at."""
    return search and replace(search, position=0, looked_at=None)


def _search_out(search: SavedSearch | None) -> Any:
    return search and [
        search.id,
        search.uuid,
        search.name,
        search.query,
        search.grammar,
        search.position,
    ]


def _search_in(raw: Any) -> SavedSearch | None:
    return raw and SavedSearch(*raw)


def _looked_out(looked: Looked | None) -> Any:
    return looked and [time_out(looked.at), b64encode(pack_ids(looked.ids)).decode()]


def _looked_in(raw: Any) -> Looked | None:
    if raw is None:
        return None
    at = time_in(raw[0])
    assert at is not None
    return Looked(at, unpack_ids(b64decode(raw[1])))
