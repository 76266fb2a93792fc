"""How what is being typed into the search box may go on, and the line once one way was taken."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from desktop_app.core.query_typing import TypingKind, typing_at
from desktop_app.library.families import Families
from desktop_app.library.offering import FEW, MOST, Offering, Words
from desktop_app.library.saved_searches import SavedSearches
from desktop_app.library.suggestion import Suggestion, SuggestionKind
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Store

__all__ = ["MOST", "Suggestion", "SuggestionKind", "suggestions", "taken"]


def suggestions(
    text: str,
    at: int,
    *,
    store: Store,
    index: Words,
    tags: TagTree,
    searches: SavedSearches,
    families: Families,
) -> tuple[Suggestion, ...]:
    """What may be meant at a place of a line, the likeliest first; at most MOST."""
    typing = typing_at(text, at)
    offering = Offering(typing, store, index, tags, families)
    found: Iterable[Suggestion] = ()
    match typing.kind:
        case TypingKind.VALUE:
            found = offering.values()
        case TypingKind.FIELD:
            found = offering.fields(with_colon=False)
        case TypingKind.WORD:
            # What was asked before goes on from all that stands there, not from a word of it.
            whole = at >= len(text.rstrip()) and not typing.field
            recent = _recent(searches, text) if whole else []
            found = (*recent, *offering.anything())
    once = {(each.start, each.insert): each for each in reversed(list(found))}
    same_now = (each for each in reversed(once.values()) if not _is_there(text, each))
    return tuple(islice(same_now, MOST))


def taken(text: str, suggestion: Suggestion) -> tuple[str, int]:
    """The line with a suggestion taken, and where the caret then stands."""
    before, behind = text[: suggestion.start], text[suggestion.end :]
    caret = len(before) + len(suggestion.insert)
    if suggestion.kind is SuggestionKind.FIELD and behind.startswith(":"):
        return f"{before}{suggestion.insert}{behind}", caret + 1
    if suggestion.insert.endswith((":", "(")):
        return f"{before}{suggestion.insert}{behind}", caret
    blank = "" if behind[:1].isspace() else " "
    return f"{before}{suggestion.insert}{blank}{behind}", caret + 1


def _is_there(text: str, suggestion: Suggestion) -> bool:
    return text[suggestion.start : suggestion.end] == suggestion.insert


def _recent(searches: SavedSearches, text: str) -> list[Suggestion]:
    if text and not text.strip():
        return []
    limit = MOST if not text else FEW
    return [
        Suggestion(SuggestionKind.RECENT, asked.query, asked.query, 0, len(text))
        for asked in searches.recent(text, limit=limit + 1)
        if asked.query != text.strip()
    ][:limit]
