"""What a change touched, so that every view can decide for itself whether to look again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The sort of thing that a change touched."""

    ADDED = "added"  # documents came into the library
    REMOVED = "removed"  # documents are gone for good
    FACTS = "facts"  # title, authors, source, url, date, language
    STATE = "state"  # unread, reading, read; star; trash
    PROGRESS = "progress"  # how far a document has been read
    TAGGING = "tagging"  # which documents carry which tags
    TAGS = "tags"  # the tags themselves: names, colours, places
    COLLECTIONS = "collections"
    TEXT = "text"  # the text of a document, or what of it is folded
    FOLDS = "folds"  # the rules and phrases by which texts are folded
    HIGHLIGHTS = "highlights"  # the highlights of documents: places, looks, notes, tags
    NOTES = "notes"  # the note on a whole document
    SEARCHES = "searches"  # the saved searches: names, queries, order, what was looked at
    FAMILIES = "families"  # which spellings are one name
    LINES = "lines"  # what was said of lines of concordances
    EVERYTHING = "everything"  # the library was restored or replaced


@dataclass(frozen=True, slots=True)
class Changes:
    """The documents and the kinds of thing that a change touched; empty when it changed nothing."""

    documents: frozenset[int] = frozenset()
    kinds: frozenset[Kind] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.documents | other.documents, self.kinds | other.kinds)

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether any of the kinds was touched; EVERYTHING touches all."""
        return Kind.EVERYTHING in self.kinds or not self.kinds.isdisjoint(kinds)
