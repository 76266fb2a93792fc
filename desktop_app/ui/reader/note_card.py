"""A card with one note: a rule in the highlight's colour, the note, the tags; "more" shows all."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.note_body import NoteBody
from desktop_app.ui.reader.note_chips import ChipLines
from desktop_app.ui.reader.noted import Noted

_LONGEST_SAID = 600
_LEFT_PX = 11  # from the card's edge to its words
_TOP_PX = 2
_CHIPS_GAP_PX = 5
_FOOT_PX = 18
_TALLEST_PICTURE_PX = 2_000  # a taller card is painted anew, only what is seen of it


class NoteCard(QWidget):
    """Shows a Noted; what is done with it is told by signals."""

    picked = Signal(object)  # its Noted was clicked, or Enter pressed
    edit_asked = Signal(object)
    expand_asked = Signal(object)
    all_asked = Signal(object)  # more of the note is wanted than there is room for
    stepped = Signal(bool)  # Tab, backwards where False

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.noted: Noted | None = None
        self.read_only = False
        self._chosen = False
        # What was to be shown last, and how.
        self._asked: tuple[Noted, int, bool, int | None] | None = None
        self._body: NoteBody | None = None
        self._chips = ChipLines((), 100)
        self._hovered = False
        self._picture: QPixmap | None = None  # the card as it was painted last
        self._pictured: object = None  # the state in which that was
        self.setAccessibleName(self.tr("Note"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self._on_theme)
        self.hide()

    # What is shown.

    def show_noted(
        self, noted: Noted, width: int, *, expanded: bool, most: int | None = None
    ) -> None:
        """Show a note in a width; the card takes the height that it needs.

        most: pixels of an expanded note that are shown; None for all of it.
        """
        asked = (noted, width, expanded, most)
        if asked == self._asked and self._body is not None:
            return
        self._asked, self.noted = asked, noted
        inside = max(width - _LEFT_PX, 40)
        self._body = NoteBody(
            noted.note,
            inside,
            self._appearance.theme,
            plain=noted.plain,
            expanded=expanded,
            most=most,
        )
        self._chips = ChipLines(noted.chips, inside)
        self.resize(width, self._height())
        self._name_it(noted)
        self._picture = None
        self.update()

    def forget(self) -> None:
        """Let go of what was shown, for another theme or another text."""
        self.noted = self._asked = self._body = self._picture = None

    @Slot()
    def _on_theme(self) -> None:
        if self._asked is None or self.isHidden():
            self.forget()
            return
        noted, width, expanded, most = self._asked
        self.forget()
        self.show_noted(noted, width, expanded=expanded, most=most)

    def set_chosen(self, chosen: bool) -> None:
        """Stand out, or no longer."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._picture = None
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether some of the note is not shown."""
        return self._body is not None and self._body.is_cut

    def sizeHint(self) -> QSize:
        return self.size()

    def _note_height(self) -> int:
        return self._body.height if self._body is not None else 0

    def _height(self) -> int:
        height = _TOP_PX + self._note_height()
        if self._has_foot():
            height += _FOOT_PX
        if self._chips.height:
            height += self._chips.height + (_CHIPS_GAP_PX if self._note_height() else 0)
        return max(height + _TOP_PX, 20)

    def _has_foot(self) -> bool:
        unsaved = self.noted is not None and self.noted.unsaved
        return self.is_cut or self._can_fold() or unsaved

    def _can_fold(self) -> bool:
        return self._body is not None and self._body.can_fold

    def _foot(self) -> list[tuple[str, QRect, SignalInstance]]:
        """The words below the note, where they stand, and what a click on them asks."""
        words: list[tuple[str, SignalInstance]] = []
        if self.noted is not None and self.noted.unsaved:
            words.append((self.tr("Not saved yet · edit"), self.edit_asked))
        elif self._can_fold():
            words.append((self.tr("less"), self.expand_asked))
            if self.is_cut:
                words.append((self.tr("all of it"), self.all_asked))
        elif self.is_cut:
            words.append((self.tr("more"), self.expand_asked))
        metrics = QFontMetrics(fonts.interface(12))
        x, y = _LEFT_PX, _TOP_PX + self._note_height()
        found = []
        for word, asked in words:
            wide = metrics.horizontalAdvance(word)
            found.append((word, QRect(x, y, wide + 4, _FOOT_PX), asked))
            x += wide + 16
        return found

    def _foot_at(self, place: QPoint) -> SignalInstance | None:
        return next((asked for _, rect, asked in self._foot() if rect.contains(place)), None)

    def _chips_top(self) -> int:
        return self._height() - _TOP_PX - self._chips.height

    def _name_it(self, noted: Noted) -> None:
        said = noted.note[:_LONGEST_SAID]
        if noted.plain:
            name = self.tr("Footnote: {0}").format(said)
        elif noted.highlight is None:
            name = self.tr("Note on the document: {0}").format(said)
        elif noted.note:
            name = self.tr("Note on “{0}”: {1}").format(noted.quote, said)
        else:
            name = self.tr("Tags on “{0}”").format(noted.quote)
        if noted.chips:
            paths = ", ".join(chip.path for chip in noted.chips)
            name += self.tr(". Tags: {0}").format(paths)
        self.setAccessibleName(name)
        described = self.tr("Enter goes to the passage.") if noted.highlight is not None else ""
        if noted.unsaved:
            described = self.tr("Not saved yet.")
        self.setAccessibleDescription(described)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the card as it was painted once: a page that scrolls paints all of them each time."""
        if self._body is None or self.noted is None:
            return
        if self.height() > _TALLEST_PICTURE_PX:
            self._paint(QPainter(self), self.noted, self._body, event.rect())
            return
        state = (self.size(), self.devicePixelRatioF(), self.hasFocus(), self._hovered)
        if self._picture is None or state != self._pictured:
            self._pictured = state
            self._picture = QPixmap(self.size() * self.devicePixelRatioF())
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.fill(Qt.GlobalColor.transparent)
            self._paint(QPainter(self._picture), self.noted, self._body, self.rect())
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _paint(self, painter: QPainter, noted: Noted, body: NoteBody, part: QRect) -> None:
        theme = self._appearance.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._chosen or self.hasFocus():
            painter.setBrush(QColor(theme.box))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 0, 0, 0), 4, 4)
        rule = theme.line if noted.plain else theme.mark_lines.get(noted.colour, theme.accent)
        painter.fillRect(QRectF(0, 0, 4 if self._chosen else 2, self.height()), QColor(rule))
        strong = self._chosen or self._hovered or theme.strong
        painter.translate(_LEFT_PX, _TOP_PX)
        seen = QRectF(part.translated(-_LEFT_PX, -_TOP_PX))
        body.paint(painter, self.palette(), theme.ink if strong else theme.muted, seen)
        painter.translate(-_LEFT_PX, -_TOP_PX)
        if self._has_foot():
            painter.setFont(fonts.interface(12))
            painter.setPen(QColor(theme.problem if noted.unsaved else theme.accent))
            for word, rect, _ in self._foot():
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, word)
        if self._chips.height:
            painter.translate(_LEFT_PX, self._chips_top())
            self._chips.paint(painter, theme)
            painter.translate(-_LEFT_PX, -self._chips_top())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    # Mouse and keys.

    def link_at(self, place: QPointF) -> str:
        """Where the link at a place leads, "" where there is none."""
        inside = place - QPointF(_LEFT_PX, _TOP_PX)
        return self._body.link_at(inside) if self._body is not None else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.noted is None:
            event.ignore()
            return
        place = event.position()
        if (asked := self._foot_at(place.toPoint())) is not None:
            asked.emit(self.noted)
        elif link := self.link_at(place):
            self._link_menu(link).popup(event.globalPosition().toPoint())
        else:
            self.picked.emit(self.noted)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.noted is not None:
            foot = self._foot_at(event.position().toPoint())
            if foot is None and not self.link_at(event.position()) and self._can_edit():
                self.edit_asked.emit(self.noted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.noted is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.noted)
        elif event.key() == Qt.Key.Key_Space:
            if self.is_cut or self._can_fold():
                self.expand_asked.emit(self.noted)
        elif event.key() == Qt.Key.Key_F2 and self._can_edit():
            self.edit_asked.emit(self.noted)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave it to who placed the cards: the page below has steps of its own."""
        self.stepped.emit(forward)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.noted is None:
            return
        link = self.link_at(QPointF(event.pos()))
        menu = self._link_menu(link) if link else self._own_menu()
        noted = self.noted
        if not noted.plain:
            edit = menu.addAction(self.tr("Edit the note"), lambda: self.edit_asked.emit(noted))
            edit.setEnabled(self._can_edit())
        copy = menu.addAction(self.tr("Copy the note"), lambda: _copy(noted.note))
        copy.setEnabled(bool(noted.note))
        menu.popup(event.globalPos())

    def _can_edit(self) -> bool:
        return not self.read_only and self.noted is not None and not self.noted.plain

    def _own_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _link_menu(self, link: str) -> QMenu:
        """Offer a link; nothing here follows one."""
        menu = self._own_menu()
        menu.addAction(link if len(link) <= 80 else f"{link[:79]}…").setEnabled(False)
        menu.addAction(self.tr("Copy link"), lambda: _copy(link))
        menu.addSeparator()
        return menu

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = QPointF(event.pos())
            chip = self._chips.path_at(place.x() - _LEFT_PX, place.y() - self._chips_top())
            QToolTip.showText(event.globalPos(), self.link_at(place)[:300] or chip, self)
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hovered = False  # nothing tells a card that is put away that the pointer has left

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
