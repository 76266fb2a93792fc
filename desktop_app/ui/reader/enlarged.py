"""A picture alone, as large as the reader has room for, over the page; a click or Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.core.text import Picture
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.lines import settings
from desktop_app.ui.reader.pictures import Decoded
from desktop_app.ui.reader.view import PageView

EDGE_PX = 28


class Enlarged(QWidget):
    """Lies over the page while a picture is shown."""

    def __init__(self, appearance: Appearance, view: PageView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._picture: Picture | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        view.installEventFilter(self)
        view.picture_asked.connect(self._show_block)
        view.pictures.came.connect(self.update)

    @Slot(int)
    def _show_block(self, index: int) -> None:
        text = self._view.text
        if text is not None and (picture := text.blocks[index].picture) is not None:
            self.show_picture(picture, text.blocks[index].text)

    def show_picture(self, picture: Picture, caption: str) -> None:
        """Show a picture of the library."""
        self._picture = picture
        said = caption or self.tr("without a caption")
        self.setAccessibleName(self.tr("Picture: {0}. Esc closes it.").format(said[:300]))
        self.setGeometry(self._view.rect())
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_picture(self) -> None:
        """Show the page again."""
        if not self.isHidden():
            self.hide()
            self._picture = None
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> QRectF:
        """Where the picture is drawn: all of it, no larger than it is."""
        if self._picture is None:
            return QRectF()
        natural = QSize(max(self._picture.width, 1), max(self._picture.height, 1))
        room = self.size() - QSize(2 * EDGE_PX, 2 * EDGE_PX)
        if natural.width() > room.width() or natural.height() > room.height():
            natural.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRectF(0, 0, natural.width(), natural.height())
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None or self._picture.hash is None:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(theme.page))
        rect = self.place()
        size = (rect.size() * self.devicePixelRatioF()).toSize()
        found = self._view.pictures.get(self._picture.hash, size)
        if isinstance(found, Decoded):
            mat = settings(self._view.style_of_reading, theme).mat
            if found.clear and mat is not None:
                painter.fillRect(rect, mat)
            painter.drawImage(rect, found.image)
        else:
            painter.fillRect(rect, QColor(theme.box))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_picture()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.close_picture()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel, so that the page beneath stays where it is."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Claim Escape before a shortcut of the window takes it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.hide()
            self._picture = None
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._view:
            self.setGeometry(self._view.rect())
        return super().eventFilter(watched, event)
