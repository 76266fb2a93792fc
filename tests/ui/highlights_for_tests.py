"""A library with highlights, and a window on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.highlights import Highlight
from desktop_app.core.text import make_text
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library
from tests.ui.window_for_tests import Desk, make_library


def mark(library: Library, quote: str, **more: object) -> int:
    """Mark words in the first document that has them."""
    for document in sorted(library.search("").ids):
        text = library.text(document)
        start = text.canonical.find(quote)
        if start >= 0:
            command = AddHighlight(
                document,
                text.version,
                start,
                start + len(quote),
                **more,  # type: ignore[arg-type]
            )
            library.run(command)
            return next(m.id for m in library.marks.of(document) if m.uuid == command.uuid)
    raise AssertionError(f"no document has “{quote}”")


def make_marked_library(home: Path) -> None:
    """A library of three documents with five highlights."""
    make_library(home)
    library = Library.open(home / "library", cache=home / "cache", index="inline")
    mark(library, "stayed closed through the winter", colour="green")
    mark(library, "cut back to bedrock", note="By whom?")
    mark(library, "A berth beside the dry dock", colour="blue")
    mark(library, "a say", note="Who decides?")
    mark(library, "walked the strand")
    library.close()


def read_otherwise(library: Library, document: int, *changes: tuple[str, str]) -> None:
    """Give a document the text that another reader would have made of it."""
    with library._store.write() as work:
        text = work.texts.get(document)
        blocks = []
        for block in text.blocks:
            words = block.text
            for before, after in changes:
                words = words.replace(before, after)
            blocks.append(replace(block, text=words, spans=()))
        work.texts.put(document, make_text(blocks, "another"), "another")
    library._tell(Changes(frozenset((document,)), frozenset((Kind.TEXT,))))


class MarkedDesk(Desk):
    """A desk whose table and review list are waited for as well."""

    def __init__(self, home: Path, **more: object) -> None:
        super().__init__(home, **more)  # type: ignore[arg-type]
        self.joined = self.open.joins.highlights
        self.pane = self.joined.pane
        self.table = self.pane.table
        self.asking = self.joined.asking
        self.review = self.joined.review
        waits = (
            self.asking.typing,
            self.asking.refresh,
            self.table.rest,
            self.review.pane.table.rest,
            self.review.news.saying,
        )
        for timer in waits:
            timer.setInterval(1)
        self._timers = (
            *self._timers,
            *waits,
            self.joined.model.paged.soon,
            self.review.model.paged.soon,
        )
        self.window.showNormal()  # the screen of tests is small, and the window as large as it
        self.window.resize(1366, 768)
        self.settle()

    def marks(self) -> list[Highlight]:
        """The highlights of the table, in its order."""
        return self.library.marks.many(list(self.joined.model.ids))

    def quotes(self) -> list[str]:
        """Their words."""
        return [each.anchor.quote for each in self.marks()]

    def row_of(self, quote: str) -> int:
        """The row of the highlight with these words."""
        return self.quotes().index(quote)

    def settle(self) -> None:
        super().settle()
        if hasattr(self, "table"):
            self.table.viewport().repaint()
            self.review.pane.table.viewport().repaint()
            super().settle()
