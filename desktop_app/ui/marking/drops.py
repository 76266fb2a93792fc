"""A tag that is dropped on a text: on a highlight, on what is selected, or on the paragraph there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.ui.marking.aim import MarkAim
from desktop_app.ui.marking.marker import Marker
from desktop_app.ui.models.drag import tag_of
from desktop_app.ui.panes.sidebar_painting import theme_palette
from desktop_app.ui.reader.mark_surface import MarkSurface, Range

_EDGE_PX = 28  # a tag that is held so near to an edge moves the text
_EVERY_MS = 30
_STEP_PX = 9
_BESIDE_PX = 40  # so far beside its letters a paragraph is still meant


class Ground(MarkSurface, Protocol):
    """Shows a text with its highlights, in a view that scrolls."""

    def viewport(self) -> QWidget: ...

    def point_at(self, place: QPointF, /) -> int: ...

    def scroll_by(self, pixels: int, /) -> None: ...


class _Frame(QWidget):
    """Lies over the view and frames what would get the tag."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box = QRect()
        self.hide()

    def show_box(self, box: QRect) -> None:
        """Frame a box of the view; an empty one frames nothing."""
        over = self.parentWidget()
        assert over is not None
        self._box = box
        self.setGeometry(over.rect())
        self.setVisible(not box.isEmpty())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme_palette().color(QPalette.ColorRole.Accent), 2))
        painter.drawRoundedRect(QRectF(self._box).adjusted(-4, -2, 4, 2), 6, 6)
        painter.end()


class TagDrops(QObject):
    """Lets tags be dropped on one of the surfaces of the reader."""

    def __init__(
        self, ground: Ground, aim: MarkAim, marker: Marker, may_change: Callable[[], bool]
    ) -> None:
        super().__init__(aim)
        self._ground = ground
        self._aim = aim
        self._marker = marker
        self._may_change = may_change
        self._frame = _Frame(ground.viewport())
        self._place = QPointF()
        self._scroller = QTimer(self, interval=_EVERY_MS)
        self._scroller.timeout.connect(self._scroll)
        ground.viewport().setAcceptDrops(True)
        ground.viewport().installEventFilter(self)

    def target_at(self, place: QPointF) -> Highlight | Range | None:
        """What a tag dropped at a place of the view would go on; None where there is nothing."""
        ground = self._ground
        text = ground.text
        if text is None or not self._may_change():
            return None
        point = ground.point_at(place)
        selected = ground.selection()
        if selected is not None and selected[0] <= point <= selected[1]:
            return selected if self._box(*selected).contains(place.toPoint()) else None
        marked = ground.marks_at(place)
        if marked:
            return next((each for each in marked if each.id == ground.chosen), marked[0])
        start = text.canonical.rfind("\n", 0, point) + 1
        end = text.canonical.find("\n", point)
        end = len(text.canonical) if end < 0 else end
        if not text.canonical[start:end].strip():
            return None
        box = self._box(start, end).adjusted(-_BESIDE_PX, -2, _BESIDE_PX, 2)
        return (start, end) if box.contains(place.toPoint()) else None

    def drop(self, tag: int, place: QPointF) -> bool:
        """Put a tag on what is at a place; False where there is nothing."""
        match self.target_at(place):
            case Highlight() as marked:
                if tag in marked.tags:
                    self._aim.tell(self.tr("The highlight has this tag already."))
                else:
                    self._marker.tag(marked, tag, tagged=True)
            case None:
                return False
            case start, end:
                self._aim.mark(start, end, tags=(tag,))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a tag over the text; whatever else is dragged is not for it."""
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        elif isinstance(event, QDropEvent) and (tag := tag_of(event.mimeData())) is not None:
            self._place = event.position()
            if event.type() == QEvent.Type.Drop:
                self._end()
                event.setDropAction(Qt.DropAction.CopyAction)
                event.setAccepted(self.drop(tag, event.position()))
            else:
                self._scroller.start()
                framed = self._show()
                event.setDropAction(Qt.DropAction.CopyAction)
                event.setAccepted(framed or event.type() == QEvent.Type.DragEnter)
            return True
        return False

    def _show(self) -> bool:
        """Frame what would get the tag; False where nothing would."""
        target = self.target_at(self._place)
        box = QRect()
        if isinstance(target, Highlight):
            box = self._box(target.place.start, target.place.end) if target.place else box
        elif target is not None:
            box = self._box(*target)
        self._frame.show_box(box)
        return target is not None

    def _box(self, start: int, end: int) -> QRect:
        box = self._ground.place_of(start, end)
        if box.isEmpty():
            return QRect()
        return QRect(self._ground.viewport().mapFromGlobal(box.topLeft()), box.size())

    def _scroll(self) -> None:
        height, y = self._ground.viewport().height(), self._place.y()
        if y < _EDGE_PX:
            self._ground.scroll_by(-_STEP_PX)
        elif y > height - _EDGE_PX:
            self._ground.scroll_by(_STEP_PX)
        else:
            return
        self._show()

    def _end(self) -> None:
        self._scroller.stop()
        self._frame.show_box(QRect())
