"""Rows of a table that are chosen again after it was filled anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from desktop_app.ui.panes.plain_table import PlainTable


def choose_rows(view: PlainTable, rows: Sequence[int]) -> None:
    """Choose just these rows; the keys go on from the first of them."""
    model = view.model()
    chosen = QItemSelection()
    for row in rows:
        chosen.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(chosen, flags.ClearAndSelect)
    if rows:
        view.selectionModel().setCurrentIndex(model.index(rows[0], 0), flags.NoUpdate)
