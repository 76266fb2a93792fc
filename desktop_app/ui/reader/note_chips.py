"""Tags as small chips under a note: a coloured square and a name, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.core.model import Tag
from desktop_app.ui.look import fonts
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.look.theme import Theme

CHIP_PX = 19
GAP_PX = 5
_FONT_PX = 12
_SQUARE_PX = 8
_PAD_PX = 7
MOST = 8


@dataclass(frozen=True, slots=True)
class TagChip:
    """A tag as it is shown. path: with the names of the tags above it. tag None: it counts others."""

    name: str
    tag: Tag | None
    path: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A chip in its place, its words cut to what fits. tag None: it counts what is not shown."""

    rect: QRectF
    words: str
    tag: Tag | None
    path: str


class ChipLines:
    """The chips of one card, set for a width."""

    def __init__(self, chips: Sequence[TagChip], width: int) -> None:
        self._placed: list[_Placed] = []
        shown = list(chips[:MOST])
        if len(chips) > MOST:
            rest = ", ".join(chip.path for chip in chips[MOST:])
            shown.append(TagChip(f"+{len(chips) - MOST}", None, rest))
        metrics = QFontMetricsF(fonts.interface(_FONT_PX))
        x = y = 0.0
        for chip in shown:
            around = 2 * _PAD_PX + (_SQUARE_PX + 5 if chip.tag else 0)
            room = max(width - around, 10)
            words = metrics.elidedText(chip.name, Qt.TextElideMode.ElideRight, room)
            wide = metrics.horizontalAdvance(words) + around
            if x > 0 and x + wide > width:
                x, y = 0.0, y + CHIP_PX + GAP_PX
            self._placed.append(_Placed(QRectF(x, y, wide, CHIP_PX), words, chip.tag, chip.path))
            x += wide + GAP_PX
        self.height = round(y + CHIP_PX) if shown else 0

    def path_at(self, x: float, y: float) -> str:
        """The path of the tag at a place, "" where there is none."""
        return next((each.path for each in self._placed if each.rect.contains(x, y)), "")

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the chips from the painter's origin."""
        painter.setFont(fonts.interface(_FONT_PX))
        for each in self._placed:
            rect = each.rect.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.page))
            painter.drawRoundedRect(rect, CHIP_PX / 2, CHIP_PX / 2)
            left = rect.left() + _PAD_PX
            if each.tag is not None:
                top = rect.center().y() - _SQUARE_PX / 2
                paint_tag_mark(painter, QRectF(left, top, _SQUARE_PX, _SQUARE_PX), each.tag, theme)
                left += _SQUARE_PX + 5
            painter.setPen(QColor(theme.muted))
            words = QRectF(left, rect.top(), rect.right() - left, rect.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, each.words)
