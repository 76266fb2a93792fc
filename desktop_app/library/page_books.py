"""The pages of all PDFs of a library; one process draws them all."""

from __future__ import annotations

from desktop_app.core.errors import BadUsage
from desktop_app.formats.process.pages import PageProcess
from desktop_app.formats.sniff import MediaType
from desktop_app.library.marked_pages import Colours, MarkedPages, marked_pages, marks_on
from desktop_app.library.pages import PageBook
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Store


class PageBooks:
    """Opens the pages of documents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = PageProcess()

    def open(self, document: int) -> PageBook | None:
        """The pages of a document, None where it is no PDF; Problem where they cannot be shown."""
        return self._opened(self._process, document)

    def marked(self, document: int, colours: Colours) -> MarkedPages:
        """A copy of a PDF with its highlights; see marked_pages. BadUsage where it is no PDF."""
        # In a process of its own, so that nobody who reads waits for a page meanwhile.
        process = PageProcess()
        try:
            pages = self._opened(process, document)
            if pages is None:
                raise BadUsage("This document is no PDF.", "Save the page as a PDF instead.")
            with self._store.read() as snapshot:
                text = snapshot.texts.get(document)
                highlights = snapshot.highlights.of_document(document)
                tags = tags_of(snapshot)
            return marked_pages(pages, text, highlights, tags, colours)
        finally:
            process.close()

    def to_print(self, document: int, colours: Colours) -> PageBook | None:
        """The pages of a PDF with its highlights on them, None where it is no PDF; Problem.

        They are drawn in a process of their own, which ends when they are closed.
        """
        process = PageProcess()
        try:
            pages = self._opened(process, document)
            if pages is None:
                process.close()
                return None
            with self._store.read() as snapshot:
                text = snapshot.texts.get(document)
                highlights = snapshot.highlights.of_document(document)
            marks, _ = marks_on(pages, text, highlights, TagTree(), colours)
            if marks:
                content = pages.annotated(marks)
                pages.close()
                pages = PageBook(process, process.open(lambda: content))
            pages.closing = process.close
            return pages
        except BaseException:
            process.close()
            raise

    def _opened(self, process: PageProcess, document: int) -> PageBook | None:
        with self._store.read() as snapshot:
            found = snapshot.documents.get(document)
        if found is None:
            raise BadUsage("That document is no longer in the library.")
        if found.media_type != MediaType.PDF:
            return None
        originals = self._store.originals
        return PageBook(process, process.open(lambda: originals.read(found.original)))

    def close(self) -> None:
        """End the process that draws."""
        self._process.close()
