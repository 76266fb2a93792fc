"""What a dragged tag looks like: a small chip beside the pointer, not the row of the sidebar."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QDrag, QFont
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.drag import tag_of
from desktop_app.ui.models.tags import TagModel
from desktop_app.ui.panes.tag_drag import tag_chip
from desktop_app.ui.panes.tag_tree_view import TagTreeView

SIEGE = Tag(7, "7", 1, None, "siege", "#4580b5")


def test_a_chip_shows_the_mark_and_as_much_of_the_name_as_leaves_it_small(
    qapp: QApplication,
) -> None:
    chip = tag_chip(SIEGE, QFont(), 1).toImage()
    assert chip.height() < 40 and chip.width() < 120
    assert any(
        chip.pixelColor(x, chip.height() // 2) == QColor(SIEGE.colour) for x in range(chip.width())
    )
    long = tag_chip(replace(SIEGE, name="m" * 24), QFont(), 1)
    assert tag_chip(replace(SIEGE, name="m" * 200), QFont(), 1).width() <= long.width() + 20


def test_the_tree_drags_a_chip_that_lies_beside_the_pointer(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int | None, int, int]] = []

    def dragged(drag: QDrag, *_actions: object) -> None:
        seen.append((tag_of(drag.mimeData()), drag.pixmap().width(), drag.hotSpot().x()))

    monkeypatch.setattr(QDrag, "exec", dragged)
    host = QWidget()
    host.resize(600, 300)
    model = TagModel()
    model.set_tree(TagTree((TagCollection(1, "1", "My tags", True),), (SIEGE,)))
    view = TagTreeView(model, host)
    view.resize(600, 300)
    view.setCurrentIndex(model.index_of(SIEGE.id))
    view.startDrag(model.supportedDragActions())
    ((tag, width, beside),) = seen
    assert tag == SIEGE.id and width < 120 and beside < 0
