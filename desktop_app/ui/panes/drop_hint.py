"""Files that are dragged over the window: which they are, and what is shown meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui.models.drag import DOCUMENTS_MIME


class DropHint(QLabel):
    """Lies over the window while files can be dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Drop to import"), parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet(
            "background: palette(base); color: palette(accent); font-size: 22px;"
            " border: 2px dashed palette(accent); border-radius: 12px;"
        )
        self.setVisible(False)


def paths_of(data: QMimeData) -> list[Path]:
    """The files of a drag from outside; none of a drag of our own documents."""
    if data.hasFormat(DOCUMENTS_MIME):
        return []
    return [Path(name) for url in data.urls() if (name := _local(url))]


def _local(url: QUrl) -> str:
    return url.toLocalFile() if url.isLocalFile() else ""
