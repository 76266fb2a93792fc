"""Icons of one family, Phosphor, drawn from the font that QtAwesome brings, in the theme's colours.

An icon asks the palette for its colour when it is painted, so it follows a change of theme by
itself. QtAwesome's own loader reads all of its fonts (a quarter of a second at start); only the
one font file and its list of characters are read here.
"""

from __future__ import annotations

import importlib.util
import json
from enum import Enum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)


class Tone(Enum):
    """Which colour of the theme an icon takes."""

    MUTED = QPalette.ColorRole.PlaceholderText
    INK = QPalette.ColorRole.WindowText
    ACCENT = QPalette.ColorRole.Accent
    PROBLEM = QPalette.ColorRole.BrightText


# What it means -> what Phosphor calls it.
_GLYPHS = {
    "add": "plus",
    "all": "books",
    "archive": "archive-box",
    "attachment": "paperclip",
    "back": "caret-left",
    "backup": "archive",
    "bad": "warning-circle",
    "caret": "cursor",
    "check": "check",
    "close": "x",
    "collection": "tag",
    "colour": "palette",
    "contents": "list-bullets",
    "copy": "copy",
    "delete": "trash",
    "details": "info",
    "document": "file-text",
    "down": "caret-down",
    "edit": "pencil-simple",
    "filter": "funnel",
    "find": "magnifying-glass",
    "fold": "arrows-in-line-vertical",
    "folder": "folder-open",
    "form": "sliders-horizontal",
    "forward": "caret-right",
    "help": "question",
    "hide": "eye-slash",
    "highlight": "pencil-simple",
    "image": "image",
    "import": "download-simple",
    "inbox": "tray",
    "keys": "keyboard",
    "lines": "text-align-center",
    "link": "link",
    "lock": "lock-simple",
    "menu": "dots-three",
    "merge": "git-merge",
    "minus": "minus",
    "move": "arrows-out-cardinal",
    "next": "caret-down",
    "note": "note",
    "palette": "command",
    "previous": "caret-up",
    "read": "check-circle",
    "reading": "book-open",
    "redo": "arrow-u-up-right",
    "refused": "warning",
    "rename": "pencil-simple",
    "restore": "clock-counter-clockwise",
    "retry": "arrow-clockwise",
    "save": "floppy-disk",
    "search": "magnifying-glass",
    "settings": "gear",
    "show": "eye",
    "sidebar": "columns",
    "sort": "sort-ascending",
    "star": "star",
    "starred": "star-fill",
    "stop": "stop",
    "tag": "tag",
    "text": "text-aa",
    "trash": "trash",
    "undo": "arrow-u-up-left",
    "unlock": "lock-simple-open",
    "unread": "circle",
    "untagged": "tag-simple",
    "up": "caret-up",
    "verify": "shield-check",
    "welcome": "book-bookmark",
}

NAMES = frozenset(_GLYPHS)
FAMILY = "Phosphor"


def icon(name: str, tone: Tone = Tone.MUTED) -> QIcon:
    """Make the icon of a name in NAMES; KeyError for any other."""
    return QIcon(_GlyphEngine(_characters()[_GLYPHS[name]], tone))


def paint(painter: QPainter, rect: QRect, name: str, tone: Tone = Tone.MUTED) -> None:
    """Draw an icon straight into a square, for delegates."""
    _GlyphEngine(_characters()[_GLYPHS[name]], tone).paint(
        painter, rect, QIcon.Mode.Normal, QIcon.State.Off
    )


class _GlyphEngine(QIconEngine):
    """Paints one character of the icon font at any size."""

    def __init__(self, character: str, tone: Tone) -> None:
        super().__init__()
        self._character = character
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode == QIcon.Mode.Disabled
        colours = QGuiApplication.palette()
        font = QFont(_family())
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.45 if disabled else 1.0)
        painter.setFont(font)
        painter.setPen(colours.color(QPalette.ColorGroup.Active, self._tone.value))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._character, self._tone)


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("QtAwesome, which brings the icons, is not installed")
    return Path(spec.origin).parent / "fonts"


@cache
def _characters() -> dict[str, str]:
    (path,) = _folder().glob("phosphor-charmap-*.json")
    codes: dict[str, str] = json.loads(path.read_text("utf-8"))
    return {name: chr(int(codes[name], 16)) for name in set(_GLYPHS.values())}


@cache
def _family() -> str:
    (path,) = _folder().glob("phosphor-[0-9]*.ttf")
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return families[0]
