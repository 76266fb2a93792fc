"""What marking asks of whatever shows a text: the text page, or the pages of a PDF.

Places are code points of the canonical text of `version`, end exclusive. A surface also has the
signals selection_changed(), selection_made(), chosen_changed(object), marks_changed(),
resize_asked(int, int, int) and menu_asked(object, object). selection_made says that a hand has let go
of the mouse over a fresh selection or over a highlight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRect

from desktop_app.core.highlights import Highlight, Quad
from desktop_app.core.text import Text
from desktop_app.ui.reader.marks import Marks

Range = tuple[int, int]


class MarkSurface(Protocol):
    """Shows a text with its highlights; one of them may be chosen."""

    @property
    def document_id(self) -> int | None:
        """The document that is shown."""

    @property
    def version(self) -> str:
        """The version of the text that places are in, "" where nothing is shown."""

    @property
    def text(self) -> Text | None:
        """The text that places are in."""

    @property
    def marks(self) -> Marks:
        """The highlights that are shown."""

    def set_marks(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights; one that is chosen stays so while it is among them."""

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that is chosen."""

    def choose(self, highlight: int | None) -> None:
        """Choose a highlight, or none."""

    def marks_at(self, place: QPointF) -> list[Highlight]:
        """The highlights at a place of the view, the shortest first."""

    def selection(self) -> Range | None:
        """The range that is selected, None where nothing is."""

    def select(self, start: int, end: int) -> None:
        """Select a range; an empty one selects nothing."""

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view."""

    def in_view(self, point: int) -> bool:
        """Tell whether a code point is in view."""

    def position(self) -> int:
        """The code point at the top of the view."""

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """Where a range stands on the pages of a PDF; empty where that is not known."""

    def hidden_lines(self, start: int, end: int) -> int:
        """How many lines of a range are folded away."""

    def place_of(self, start: int, end: int) -> QRect:
        """The box around what is in view of a range, on the screen; empty where nothing is."""

    def say(self, start: int, words: str) -> None:
        """Say something in a card beside a place, until the pointer or the page moves."""
