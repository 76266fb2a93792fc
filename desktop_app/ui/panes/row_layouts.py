"""The rows of the document list as they are laid out, and how high that makes them.

A row counts with its usual height until it is seen.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.panes.document_row import Laid, RowPainter
from desktop_app.ui.panes.heights import Heights

_MOST_KEPT = 2_000


class RowLayouts:
    """What was laid out; grown is called when a row came out higher or lower than it was thought."""

    def __init__(self, painter: RowPainter, grown: Callable[[], None]) -> None:
        self.painter = painter
        self.tree: TagTree | None = None
        self.with_passages = False
        self.heights = Heights()
        self._grown = grown
        self._laid: dict[int, tuple[object, Laid]] = {}  # by document

    def begin(self, rows: int) -> None:
        """Forget all layouts: every row has its usual height again."""
        usual = self.painter.usual_height(with_passages=self.with_passages)
        self.heights.reset(rows, usual)
        self._laid.clear()

    def measure(self, model: DocumentsModel, row: int, width: int) -> Laid | None:
        """Lay a row out, if it is there, and take its height into account."""
        shown = model.row(row)
        if shown is None:
            return None
        document = shown.document.id
        kept = self._laid.get(document)
        if kept is not None and kept[0] is shown:
            laid = kept[1]
        else:
            laid = self.painter.lay_out(shown, self.tree, width)
            if len(self._laid) > _MOST_KEPT:
                self._laid.clear()
            self._laid[document] = (shown, laid)
        if not self.heights.is_measured(row) or self.heights.height(row) != laid.height:
            self.heights.measure(row, laid.height)
            self._grown()
        return laid
