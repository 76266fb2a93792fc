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

    looked: what it gave when it was last looked at, so that it comes back with that.
    """

    before: SavedSearch | None
    after: SavedSearch | None
    looked: Looked | None = None

    def reversed(self) -> SavedSearchStep:
        return SavedSearchStep(self.after, self.before, self.looked)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        kept = work.saved_searches.get(known.id)
        if _said(kept) != _said(self.before):
            raise GroundChanged(f"the saved search “{known.name}” has been changed since")
        if self.after is None:
            work.saved_searches.remove(known.id)
        elif self.before is None:
            work.saved_searches.add(self.after, self.looked)
        else:
            work.saved_searches.change(self.after)
        return Changes(kinds=frozenset([Kind.SEARCHES]))

    def to_json(self) -> list[Any]:
        looked = self.looked and [
            time_out(self.looked.at),
            b64encode(pack_ids(self.looked.ids)).decode(),
        ]
        return ["saved search", _search_out(self.before), _search_out(self.after), looked]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> SavedSearchStep:
        before, after, looked = raw
        if looked is not None:
            at = time_in(looked[0])
            assert at is not None
            looked = Looked(at, unpack_ids(b64decode(looked[1])))
        return cls(_search_in(before), _search_in(after), looked)


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
