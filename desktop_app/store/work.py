"""The unit of work: the repositories over one snapshot, or over one transaction.

Nothing outside the store opens a transaction of its own, and no row leaves it: repositories take
and give plain values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection, select

from desktop_app.store.collections import Collections, ReadCollections
from desktop_app.store.concordances import Concordances, ReadConcordances
from desktop_app.store.documents import Documents, ReadDocuments
from desktop_app.store.fold_rules import FoldRules, ReadFoldRules
from desktop_app.store.highlights import Highlights, ReadHighlights
from desktop_app.store.import_runs import ImportRuns, ReadImportRuns
from desktop_app.store.lines import Lines, ReadLines
from desktop_app.store.many_taggings import ManyTaggings
from desktop_app.store.many_tags import ManyTags
from desktop_app.store.name_families import NameFamilies, ReadNameFamilies
from desktop_app.store.parts import Parts, ReadParts
from desktop_app.store.proposing import Proposals, ReadProposals
from desktop_app.store.queue import Queue, ReadQueue
from desktop_app.store.saved_searches import ReadSavedSearches, SavedSearches
from desktop_app.store.search_history import ReadSearchHistory, SearchHistory
from desktop_app.store.tables import document, meta, name_family, saved_search, tag
from desktop_app.store.tag_bin import ReadTagBin, TagBin
from desktop_app.store.tag_links import ReadTagLinks, TagLinks
from desktop_app.store.taggings import ReadTaggings, Taggings
from desktop_app.store.tags import ReadTags, Tags
from desktop_app.store.texts import ReadTexts, Texts
from desktop_app.store.undo_steps import ReadUndoSteps, UndoSteps
from desktop_app.store.watched import ReadWatchedFolders, WatchedFolders

T = TypeVar("T")

# What was made of the tags, by name: the state of the tags that it was made of, and the thing itself.
Kept = dict[str, tuple[str, object]]


class Snapshot:
    """The library as it was at one moment; good inside the `with` that gave it, on one thread."""

    documents: ReadDocuments
    texts: ReadTexts
    tags: ReadTags
    collections: ReadCollections
    taggings: ReadTaggings
    queue: ReadQueue
    undo_steps: ReadUndoSteps
    parts: ReadParts
    proposals: ReadProposals
    imports: ReadImportRuns
    watched: ReadWatchedFolders
    fold_rules: ReadFoldRules
    lines: ReadLines
    highlights: ReadHighlights
    saved_searches: ReadSavedSearches
    search_history: ReadSearchHistory
    name_families: ReadNameFamilies
    tag_bin: ReadTagBin
    tag_links: ReadTagLinks
    concordances: ReadConcordances

    def __init__(self, connection: Connection, kept: Kept | None = None) -> None:
        self.connection = connection
        self._kept: Kept = {} if kept is None else kept
        self._lay_out()

    def of_tags(self, name: str, make: Callable[[], T]) -> T:
        """What is made of tags, collections and links alone; made anew only where they changed.

        name: what it is, always made in the same way. It is shared, and never to be changed.
        """
        state = self.tags.state()
        held = self._held(name)
        if held is None or held[0] != state:
            held = self._kept[name] = (state, make())
        return cast(T, held[1])

    def _held(self, name: str) -> tuple[str, object] | None:
        return self._kept.get(name)

    def meta(self, key: str) -> str | None:
        """A fact about the library itself, or None where it is not noted."""
        return self.connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()

    def is_empty(self) -> bool:
        """Whether there is nothing yet that a person brought in or made."""
        there = select(document.c.id).exists() | select(tag.c.id).exists()
        there |= select(saved_search.c.id).exists() | select(name_family.c.id).exists()
        return not self.connection.execute(select(there)).scalar_one()

    def _lay_out(self) -> None:
        self.documents = ReadDocuments(self.connection)
        self.texts = ReadTexts(self.connection)
        self.tags = ReadTags(self.connection)
        self.collections = ReadCollections(self.connection)
        self.taggings = ReadTaggings(self.connection)
        self.queue = ReadQueue(self.connection)
        self.undo_steps = ReadUndoSteps(self.connection)
        self.parts = ReadParts(self.connection)
        self.proposals = ReadProposals(self.connection)
        self.imports = ReadImportRuns(self.connection)
        self.watched = ReadWatchedFolders(self.connection)
        self.fold_rules = ReadFoldRules(self.connection)
        self.lines = ReadLines(self.connection)
        self.highlights = ReadHighlights(self.connection)
        self.saved_searches = ReadSavedSearches(self.connection)
        self.search_history = ReadSearchHistory(self.connection)
        self.name_families = ReadNameFamilies(self.connection)
        self.tag_bin = ReadTagBin(self.connection)
        self.tag_links = ReadTagLinks(self.connection)
        self.concordances = ReadConcordances(self.connection)


class Work(Snapshot):
    """One transaction: all of it or nothing. now_ms: the time that its changes bear."""

    documents: Documents
    texts: Texts
    tags: Tags
    collections: Collections
    taggings: Taggings
    queue: Queue
    undo_steps: UndoSteps
    parts: Parts
    proposals: Proposals
    imports: ImportRuns
    watched: WatchedFolders
    fold_rules: FoldRules
    lines: Lines
    highlights: Highlights
    saved_searches: SavedSearches
    search_history: SearchHistory
    name_families: NameFamilies
    tag_bin: TagBin
    tag_links: TagLinks
    many_tags: ManyTags
    many_taggings: ManyTaggings
    concordances: Concordances

    def __init__(self, connection: Connection, now_ms: int, known: Kept | None = None) -> None:
        self.now_ms = now_ms
        # What is made of tags as they may never be is not shared.
        self._known: Kept = {} if known is None else known
        super().__init__(connection)

    def _held(self, name: str) -> tuple[str, object] | None:
        return self._kept.get(name) or self._known.get(name)

    def set_meta(self, key: str, value: str) -> None:
        """Note a fact about the library itself."""
        self.connection.execute(
            meta.insert().prefix_with("OR REPLACE"), {"key": key, "value": value}
        )

    def _lay_out(self) -> None:
        self.documents = Documents(self.connection, self.now_ms)
        self.texts = Texts(self.connection, self.now_ms)
        self.tags = Tags(self.connection)
        self.collections = Collections(self.connection)
        self.taggings = Taggings(self.connection, self.now_ms)
        self.queue = Queue(self.connection)
        self.undo_steps = UndoSteps(self.connection, self.now_ms)
        self.parts = Parts(self.connection, self.now_ms)
        self.proposals = Proposals(self.connection)
        self.imports = ImportRuns(self.connection, self.now_ms)
        self.watched = WatchedFolders(self.connection, self.now_ms)
        self.fold_rules = FoldRules(self.connection)
        self.lines = Lines(self.connection)
        self.highlights = Highlights(self.connection, self.now_ms)
        self.saved_searches = SavedSearches(self.connection, self.now_ms)
        self.search_history = SearchHistory(self.connection, self.now_ms)
        self.name_families = NameFamilies(self.connection)
        self.tag_bin = TagBin(self.connection, self.now_ms)
        self.tag_links = TagLinks(self.connection)
        self.many_tags = ManyTags(self.connection)
        self.many_taggings = ManyTaggings(self.connection)
        self.concordances = Concordances(self.connection, self.now_ms)
