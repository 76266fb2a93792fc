"""What can be asked of an open library; nothing here changes it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from math import inf
from pathlib import Path
from time import perf_counter

from desktop_app.core.errors import BadUsage
from desktop_app.core.folding import FoldRule, Phrase
from desktop_app.core.matches import Matches
from desktop_app.core.model import (
    Counts,
    Document,
    Part,
    Proposal,
    Sort,
    TextRole,
)
from desktop_app.core.text import Text
from desktop_app.library.advice import advice as find_advice
from desktop_app.library.answer import Advice, Answer, Facet, Hit
from desktop_app.library.codebooks.questions import CodebookQuestions
from desktop_app.library.concordances import Concordances
from desktop_app.library.facets import facets as find_facets
from desktop_app.library.families import Families
from desktop_app.library.hits import hits as find_hits
from desktop_app.library.hits import matches as find_matches
from desktop_app.library.hits import matches_in as find_matches_in
from desktop_app.library.indexing import IndexProcess, IndexState, InlineIndex
from desktop_app.library.marked_pages import Colours, MarkedPages
from desktop_app.library.marks import Marks
from desktop_app.library.page_books import PageBooks
from desktop_app.library.pages import PageBook
from desktop_app.library.quotations import Quotations
from desktop_app.library.reviewing import Reviewing
from desktop_app.library.saved_searches import SavedSearches
from desktop_app.library.searching import answer as find_answer
from desktop_app.library.spellings import Spellings
from desktop_app.library.spellings import spellings as find_spellings
from desktop_app.library.suggesting import Suggestion, suggestions
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.carrying import carriers as find_carriers
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.counting import counts_below
from desktop_app.library.tags.page import TagPages
from desktop_app.library.tags.questions import TagQuestions
from desktop_app.library.tags.tree import TagTree
from desktop_app.library.taking_out import TakingOut
from desktop_app.store.store import Store

# What is counted so soon is not shown in two parts.
_SOON_S = 0.03


class Questions(TagQuestions, CodebookQuestions):
    """An open library as it is asked; `Library` is one that also changes."""

    def __init__(self, store: Store, index: IndexProcess | InlineIndex) -> None:
        self._store = store
        self._index = index
        self._taking_out = TakingOut(store)
        self._page_books = PageBooks(store)
        self._below_took_s = inf  # counting them; not known before the first time
        self._below: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self._tag_turn = 0  # goes on when what tags count may be another; see tag_tree
        self._counted: tuple[int, TagTree] | None = None
        self.marks = Marks(store)
        self.concordances = Concordances(store, index)
        self.quotations = Quotations(store)
        self.reviewing = Reviewing(store)
        self.searches = SavedSearches(store, self.search)
        self.families = Families(store)
        self.tag_pages = TagPages(store)

    @property
    def folder(self) -> Path:
        return self._store.folder

    @property
    def name(self) -> str:
        return self._store.folder.name

    @property
    def read_only(self) -> bool:
        return self._store.read_only

    def counts(self) -> Counts:
        with self._store.read() as snapshot:
            return snapshot.documents.counts()

    def tag_tree(self, *, counted: bool = True) -> TagTree:
        """All tags, with the counts of their documents and highlights unless they are not wanted.

        They are counted again only where what they count has changed: a mark in the text is made
        while somebody waits.
        """
        turn = self._tag_turn
        if counted and self._counted is not None and self._counted[0] == turn:
            return self._counted[1]
        with self._store.read() as snapshot:
            tree = tags_of(snapshot)
            if not counted:
                return tree
            own = snapshot.tags.own_counts()
        begun = perf_counter()
        below = counts_below(self._store, self._index)
        self._below_took_s = perf_counter() - begun
        tree = tree.counted(own.documents, own.highlights, *below)
        self._below = below
        # In a library that another process writes nobody says when something has changed.
        if not self.read_only:
            self._counted = (turn, tree)
        return tree

    def tag_tree_at_once(self) -> TagTree:
        """All tags with what carries each itself, in some milliseconds however many there are.

        Where counting with the tags below takes longer, these counts are those of `tag_tree` when it
        counted last, of a tag for which it never did its own, and the tree is not `whole`.
        """
        turn = self._tag_turn
        if self._counted is not None and self._counted[0] == turn:
            return self._counted[1]
        if self._below_took_s < _SOON_S:
            return self.tag_tree()
        with self._store.read() as snapshot:
            tree = tags_of(snapshot)
            own = snapshot.tags.own_counts()
        documents, highlights = self._below
        return tree.counted(
            own.documents,
            own.highlights,
            own.documents | documents,
            own.highlights | highlights,
            whole=False,
        )

    def carriers(self, ids: Sequence[int], *, highlights: bool = False) -> Carriers:
        """Which tags some documents, or some highlights, carry, counted; any number of them."""
        return find_carriers(self._store, ids, highlights=highlights)

    def search(
        self,
        query: str,
        *,
        sort: Sort = Sort.ADDED_NEWEST,
        within: str = "",
        stop: threading.Event | None = None,
        off: Sequence[str] = (),
        folding: bool = True,
    ) -> Answer:
        """Find every document that the query and the view `within` mean.

        stop: set by whoever no longer waits; what is under way is then given up. off: parts that
        are switched off, to be counted only. folding: whether copies stand under one another.
        """
        return find_answer(
            self._store,
            self._index,
            query,
            sort=sort,
            within=within,
            stop=stop,
            off=off,
            folding=folding,
        )

    def facets(self, answer: Answer, stop: threading.Event | None = None) -> tuple[Facet, ...]:
        """What the rows of an answer have in common, with how many rows each part would leave."""
        return find_facets(self._store, answer, stop)

    def advice(self, answer: Answer, stop: threading.Event | None = None) -> Advice:
        """What would be found otherwise, for an answer without any row."""
        return find_advice(self._store, self._index, answer, stop=stop)

    def suggest(self, text: str, at: int) -> tuple[Suggestion, ...]:
        """How what is typed at a place of a query may go on, the likeliest first."""
        return suggestions(
            text,
            at,
            store=self._store,
            index=self._index,
            tags=self.tag_tree(),
            searches=self.searches,
            families=self.families,
        )

    def spellings(self, word: str) -> Spellings:
        """The words of the library that are near a word in spelling, and the name it is joined to."""
        return find_spellings(self._store, self._index, word)

    def hits(
        self,
        answer: Answer,
        ids: Sequence[int],
        *,
        passages: int = 2,
        stop: threading.Event | None = None,
    ) -> dict[int, Hit]:
        """How often documents of an answer say it, and their best passages, so many for each.

        Read piece by piece where the index is kept; stopped, those that were not read are missing.
        """
        return find_hits(self._store, self._index, answer, ids, passages_each=passages, stop=stop)

    def matches(self, answer: Answer, document: int) -> list[tuple[int, int]]:
        """Where a document's text says what was asked: code points, sorted."""
        return find_matches(self._index, answer, document)

    def matches_in(self, answer: Answer, document: int) -> Matches:
        """Where a document's text says what was asked, and the words of it that are marked."""
        return find_matches_in(self._index, answer, document)

    def documents(self, ids: Sequence[int]) -> list[Document]:
        """Documents in the order asked; those that are gone are left out."""
        with self._store.read() as snapshot:
            return snapshot.documents.many(ids)

    def text(self, document: int) -> Text:
        """The text of a document; BadUsage where there is no such document."""
        with self._store.read() as snapshot:
            if snapshot.documents.get(document) is None:
                raise _no_document(document)
            return snapshot.texts.get(document)

    def shows_whole_page(self, document: int) -> bool | None:
        """Whether the whole page of a web page is in use, or its article; None: it has one text."""
        with self._store.read() as snapshot:
            if not snapshot.texts.with_whole_page([document]):
                return None
            return snapshot.texts.in_use(document) is TextRole.WHOLE

    def picture(self, picture: str) -> bytes:
        """The bytes of a picture that texts show, by its hash; Problem where it is missing."""
        return self._store.originals.read(picture)

    def original(self, document: int) -> tuple[str, bytes]:
        """The name a document came under, and its bytes."""
        with self._store.read() as snapshot:
            found = snapshot.documents.get(document)
        if found is None:
            raise _no_document(document)
        return found.file_name, self._store.originals.read(found.original)

    def pages(self, document: int) -> PageBook | None:
        """The pages of a document as its file has them; None where it is no PDF.

        They are to be closed. Problem where the file cannot be opened to be drawn.
        """
        return self._page_books.open(document)

    def marked_pages(self, document: int, colours: Colours) -> MarkedPages:
        """A copy of a PDF with the document's highlights in it; the original is untouched.

        colours: red, green and blue of each colour of highlights. BadUsage where there is nothing
        to write or no PDF; Problem where it cannot be written.
        """
        return self._page_books.marked(document, colours)

    def pages_to_print(self, document: int, colours: Colours) -> PageBook | None:
        """As pages, with the highlights drawn on them; in a process of its own."""
        return self._page_books.to_print(document, colours)

    def proposals(self, ids: Sequence[int]) -> dict[int, tuple[Proposal, ...]]:
        """What files and texts propose as facts, best first; documents without any are left out."""
        with self._store.read() as snapshot:
            return snapshot.proposals.many(ids)

    def attachments(self, document: int) -> tuple[Part, ...]:
        """The files that can be taken out of a document's original."""
        with self._store.read() as snapshot:
            return snapshot.parts.attachments(document)

    def attachment(self, document: int, number: int) -> tuple[str, bytes]:
        """The name and the bytes of an attachment, taken out of the original."""
        return self._taking_out.attachment(document, number)

    def fold_phrases(self) -> list[Phrase]:
        """The user's own phrases of boilerplate, and those of the product that are switched off."""
        with self._store.read() as snapshot:
            return snapshot.fold_rules.phrases()

    def fold_rules(self) -> list[FoldRule]:
        """What was said of single lines of sources, by source and line."""
        with self._store.read() as snapshot:
            return snapshot.fold_rules.all()

    def index_state(self) -> IndexState:
        return self._index.state()


def _no_document(document: int) -> BadUsage:
    return BadUsage(
        f"There is no document {document} in this library.", "It may have been removed for good."
    )
