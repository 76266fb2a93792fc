"""A window on the pages that scrolls and zooms: what one looks at stays there through every change.

What is drawn is for drawn.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages.layout import MARGIN_PX, Fit, PageLayout, Zoom

HURRY_MS = 90  # one scrolls on while less than this has passed since the last move
LINE_PX = 48
READ_AT = 1 / 3  # the share of the view at which one reads


@dataclass(frozen=True, slots=True)
class Held:
    """A place of a page, in shares of it, and where in the view it is kept."""

    page: int
    inside: QPointF
    at: QPointF


class PagesArea(QAbstractScrollArea):
    """Scrolls pages and paints those that are in view."""

    moved = Signal()  # another part of the pages is in view
    scrolled = Signal()  # and the reader did it
    zoom_changed = Signal(object)  # Zoom
    wants_changed = Signal()  # something else is to be drawn or read next

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = Zoom()
        self._appearance = appearance
        self._sizes: Sequence[tuple[float, float]] = ()
        self._layout = PageLayout((), self.zoom, 1, 1)
        self._held: Held | None = None
        self._placing = False
        self._wheel = 0.0
        self._calm = QTimer(self, singleShot=True, interval=HURRY_MS)
        self._calm.timeout.connect(self.wants_changed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget(self))  # the style's own has a frame
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(LINE_PX)
            bar.valueChanged.connect(self._on_bar)
        appearance.changed.connect(self.viewport().update)

    # What is shown.

    def set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show other pages, of these sizes in points, from the first one on."""
        self._sizes = sizes
        self._held = None
        self._lay_out()
        self._put(QPointF(0, 0))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def is_hurried(self) -> bool:
        """Whether one scrolls on just now."""
        return self._calm.isActive()

    @property
    def offset(self) -> QPointF:
        """What of all the pages is at the top left of the view."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def page_rect(self, page: int) -> QRectF:
        """Where a page stands in the view."""
        return self._layout.rect(page).translated(-self.offset)

    def pages_in_view(self) -> range:
        """The pages of which something is in view."""
        return self._layout.visible(self.offset.y(), self.viewport().height())

    def page_at(self, place: QPointF) -> int:
        """The page at a place of the view, or the nearest one."""
        return self._layout.page_at(place + self.offset)

    def page_read(self) -> int:
        """The page that one reads: that begins in the first third of the view, or goes on there.

        At the end it is the last one.
        """
        if not self.count:
            return 0
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return self.count - 1
        top = self.offset.y()
        return self._layout.page_read(top, top + self.viewport().height() * READ_AT)

    def shown_zoom(self) -> float:
        """How large the page that one reads is shown; 1 is as on paper."""
        return self._layout.shown_zoom(self.page_read()) if self.count else 1.0

    # Scrolling.

    def scroll_by(self, pixels: float) -> None:
        """Move the pages by some pixels, as the reader does."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pixels))

    def turn(self, by: int) -> None:
        """Go on by a view, back where negative; where a whole page fits, by a page."""
        if not self.count:
            return
        height = self.viewport().height()
        page = self.page_read()
        if self._layout.rect(page).height() <= height:
            self.turn_pages(by)
        else:
            self.scroll_by(by * (height - LINE_PX))

    def turn_pages(self, by: int) -> None:
        """Go to the beginning of the next page, or of one before."""
        if self.count:
            wanted = self._layout.next_row(self.page_read(), by)
            self.verticalScrollBar().setValue(
                round(self._layout.rect(wanted).top()) - MARGIN_PX // 2
            )

    def scroll_to_edge(self, *, end: bool) -> None:
        """Show the beginning of the first page or the end of the last one."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if end else 0)

    def show_page(self, page: int, inside: float = 0.0, *, at: float = 0.0) -> None:
        """Bring a height of a page, as a share of it, to a height of the view, as a share of it."""
        if not 0 <= page < self.count:
            return
        rect = self._layout.rect(page)
        above = self.viewport().height() * at if inside or at else MARGIN_PX / 2
        self._put(QPointF(self._sideways(rect), rect.top() + inside * rect.height() - above))
        self._hold()

    def _sideways(self, rect: QRectF) -> float:
        """Where to stand sideways so that a page is in view, moving only where it is not."""
        x, width = self.offset.x(), self.viewport().width()
        if rect.right() - x < width / 2 or rect.left() - x > width / 2:
            return rect.left() - MARGIN_PX
        return x

    def _put(self, offset: QPointF) -> None:
        """Move the pages, as a change does and not the reader."""
        self._placing = True
        self.horizontalScrollBar().setValue(round(offset.x()))
        self.verticalScrollBar().setValue(round(offset.y()))
        self._placing = False
        self._after_move()

    @Slot()
    def _on_bar(self) -> None:
        if self._placing:
            return
        self._hold()
        self._calm.start()
        self._after_move()
        self.scrolled.emit()

    def _after_move(self) -> None:
        self.viewport().update()
        self.moved.emit()
        self.wants_changed.emit()

    # Zooming.

    def set_zoom(self, zoom: Zoom, *, about: QPointF | None = None) -> None:
        """Show the pages larger or smaller; what is at a place of the view stays there."""
        if zoom == self.zoom:
            return
        held = self._held_at(about) if about is not None else self._held
        self.zoom = zoom
        self._held = held
        self._lay_out()
        self._stay()
        self._hold()
        self.zoom_changed.emit(zoom)

    def step_zoom(self, steps: int, *, about: QPointF | None = None) -> None:
        """Show the pages larger by a step, or smaller."""
        if self.count:
            self.set_zoom(self.zoom.stepped(self.shown_zoom(), steps), about=about)

    def set_full_size(self) -> None:
        """Show the pages as large as on paper."""
        self.set_zoom(replace(self.zoom, fit=Fit.FREE, scale=1.0))

    def _lay_out(self) -> None:
        view = self.viewport().size()
        self._layout = PageLayout(self._sizes, self.zoom, view.width(), view.height())
        self._placing = True
        for bar, whole, room in (
            (self.verticalScrollBar(), self._layout.height, view.height()),
            (self.horizontalScrollBar(), self._layout.width, view.width()),
        ):
            bar.setRange(0, max(0, whole - room))
            bar.setPageStep(room)
        self._placing = False

    def _held_at(self, at: QPointF) -> Held | None:
        if not self.count:
            return None
        page = self.page_at(at)
        rect = self.page_rect(page)
        away = at - rect.topLeft()
        return Held(page, QPointF(away.x() / rect.width(), away.y() / rect.height()), at)

    def _hold(self) -> None:
        """Take note of what is to stay through changes of size: the line that one reads."""
        view = self.viewport()
        at_top = self.offset.y() <= 0
        at = QPointF(view.width() / 2, 0 if at_top else view.height() * READ_AT)
        self._held = None if at_top and not self.offset.x() else self._held_at(at)

    def _stay(self) -> None:
        """Bring the pages to what is held."""
        held = self._held
        if held is None or held.page >= self.count:
            self._put(QPointF(self.offset.x() if held else self._middle(), 0))
            return
        rect = self._layout.rect(held.page)
        inside = QPointF(held.inside.x() * rect.width(), held.inside.y() * rect.height())
        self._put(rect.topLeft() + inside - held.at)

    def _middle(self) -> float:
        return (self._layout.width - self.viewport().width()) / 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = self._held
        if held is not None and event.oldSize().height() > 0:
            at = QPointF(self.viewport().width() / 2, self.viewport().height() * READ_AT)
            self._held = replace(held, at=at)
        self._lay_out()
        self._stay()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Do nothing: the scroll bars' own signals move the pages."""
