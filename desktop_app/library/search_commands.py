"""What a person can do to saved searches; see commands."""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass, field, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.query import GRAMMAR
from desktop_app.core.saved_searches import LONGEST_NAME, LONGEST_QUERY, SavedSearch, kept_text
from desktop_app.core.text import one_line
from desktop_app.core.words import name_key
from desktop_app.library.search_steps import SavedSearchStep, SearchOrderStep
from desktop_app.library.steps import Taking
from desktop_app.store.store import Work

_LONGEST_SHOWN = 60


def new_search_uuid() -> str:
    """A name for a saved search that is about to be made."""
    return str(uuids.uuid4())


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """Keep a query under a name, behind those that are kept already.

    name: "" for the query itself. uuid: known beforehand, so that whoever asked finds it again.
    """

    name: str
    query: str
    uuid: str = field(default_factory=new_search_uuid)

    def do(self, taking: Taking) -> str:
        work = taking.work
        query = _checked_query(self.query)
        name = _checked_name(work, self.name or query[:LONGEST_NAME])
        new = SavedSearch(0, self.uuid, name, query, GRAMMAR, work.saved_searches.next_position())
        taking.made(SavedSearchStep(None, replace(new, id=work.saved_searches.add(new))))
        return f"Save the search “{_shown(name)}”"


@dataclass(frozen=True, slots=True)
class RenameSearch:
    """Give a saved search another name."""

    search: int
    name: str

    def do(self, taking: Taking) -> str:
        before = _present(taking.work, self.search)
        name = _checked_name(taking.work, self.name, of=before.id)
        if name != before.name:
            taking.take(SavedSearchStep(before, replace(before, name=name)))
        return f"Rename the saved search “{_shown(before.name)}” to “{_shown(name)}”"


@dataclass(frozen=True, slots=True)
class ChangeSearch:
    """Let a saved search ask something else."""

    search: int
    query: str

    def do(self, taking: Taking) -> str:
        before = _present(taking.work, self.search)
        query = _checked_query(self.query)
        if (query, GRAMMAR) != (before.query, before.grammar):
            after = replace(before, query=query, grammar=GRAMMAR)
            looked = taking.work.saved_searches.looked(before.id)
            taking.take(SavedSearchStep(before, after, looked))
        return f"Change what the saved search “{_shown(before.name)}” asks"


@dataclass(frozen=True, slots=True)
class DeleteSearch:
    """Keep a saved search no longer; what it found stays."""

    search: int

    def do(self, taking: Taking) -> str:
        before = _present(taking.work, self.search)
        looked = taking.work.saved_searches.looked(before.id)
        taking.take(SavedSearchStep(before, None, looked))
        return f"Delete the saved search “{_shown(before.name)}”"


@dataclass(frozen=True, slots=True)
class MoveSearch:
    """Put a saved search at another place among all of them, counted from 0 without it."""

    search: int
    place: int

    def do(self, taking: Taking) -> str:
        moved = _present(taking.work, self.search)
        before = tuple(each.id for each in taking.work.saved_searches.all())
        others = [each for each in before if each != moved.id]
        place = min(max(self.place, 0), len(others))
        after = (*others[:place], moved.id, *others[place:])
        if after != before:
            taking.take(SearchOrderStep(before, after))
        return f"Move the saved search “{_shown(moved.name)}”"


def _present(work: Work, search: int) -> SavedSearch:
    found = work.saved_searches.get(search)
    if found is None:
        raise BadUsage("The saved search has been deleted.", "Undo brings it back.")
    return found


def _checked_query(query: str) -> str:
    query = kept_text(query)
    if not query:
        raise BadUsage("There is nothing to save: the search box is empty.", "Type a search first.")
    if len(query) > LONGEST_QUERY:
        raise BadUsage(
            f"The search is {len(query):,} characters long.",
            f"The longest that can be saved is {LONGEST_QUERY:,}.",
        )
    return query


def _checked_name(work: Work, name: str, *, of: int | None = None) -> str:
    name = one_line(name)
    if not name:
        raise BadUsage("A saved search needs a name.", "Nothing has been changed.")
    if len(name) > LONGEST_NAME:
        raise BadUsage(
            f"The name is {len(name):,} characters long.",
            f"The longest that can be kept is {LONGEST_NAME:,}.",
        )
    for other in work.saved_searches.all():
        if other.id != of and name_key(other.name) == name_key(name):
            raise BadUsage(
                f"There is a saved search “{_shown(other.name)}” already.", "Choose another name."
            )
    return name


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1].rstrip()}…"
