"""A card with one note: a rule in the highlight's colour, the note, the tags; "more" shows all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from desktop_app.ui import fonts
from desktop_app.ui.reader.note_chips import ChipLines, TagChip
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.note_text import LINE_PX, NoteDocument, note_document
from desktop_app.ui.theme import Appearance

PREVIEW_PX = 8 * LINE_PX  # what is shown of a longer note
_PREVIEW_LETTERS = 1_200
_LONGEST_SAID = 600
_LEFT_PX = 11  # from the card's edge to its words
_TOP_PX = 2
_CHIPS_GAP_PX = 5
_FOOT_PX = 18


@dataclass(frozen=True, slots=True)
class Noted:
    """What a card shows.

    highlight: its id; None where the note is on the whole document. colour: a name of a colour of
    highlights. start: the code point that it stands beside. unsaved: what was typed could not be
    written yet. plain: it is of the text itself and no Markdown.
    """

    subject: NoteSubject
    highlight: int | None
    note: str
    start: int = 0
    colour: str = ""
    quote: str = ""
    chips: tuple[TagChip, ...] = ()
    unsaved: bool = False
    plain: bool = False


class NoteCard(QWidget):
    """Shows a Noted; what is done with it is told by signals."""

    picked = Signal(object)  # its Noted was clicked, or Enter pressed
    edit_asked = Signal(object)
    expand_asked = Signal(object)
    stepped = Signal(bool)  # Tab, backwards where False

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.noted: Noted | None = None
        self.read_only = False
        self._chosen = False
        self._expanded = False
        self._full = False  # the document holds all of the note
        self._cut: int | None = None  # how much of a longer note is shown
        self._document: NoteDocument | None = None
        self._chips = ChipLines((), 100)
        self._hovered = False
        self._picture: QPixmap | None = None  # the card as it was painted last
        self._pictured: object = None  # the state in which that was
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    # What is shown.

    def show_noted(self, noted: Noted, width: int, *, expanded: bool) -> None:
        """Show a note in a width; the card takes the height that it needs."""
        same = noted == self.noted and expanded == self._expanded and width == self.width()
        if same and self._document is not None:
            return
        self.noted, self._expanded = noted, expanded
        inside = max(width - _LEFT_PX, 40)
        shown = noted.note
        self._full = expanded or len(shown) <= _PREVIEW_LETTERS
        if not self._full:
            shown = shown[:_PREVIEW_LETTERS]
        self._document = note_document(shown, self._appearance.theme, plain=noted.plain)
        self._document.setTextWidth(inside)
        self._cut = None if expanded else self._cut_at(PREVIEW_PX)
        self._chips = ChipLines(noted.chips, inside)
        self.resize(width, self._height())
        self._name_it(noted)
        self._picture = None
        self.update()

    def forget(self) -> None:
        """Let go of what was shown, for another theme or another text."""
        self.noted = self._document = self._picture = None

    def set_chosen(self, chosen: bool) -> None:
        """Stand out, or no longer."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._picture = None
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether some of the note is not shown."""
        return self._cut is not None

    def sizeHint(self) -> QSize:
        return self.size()

    def _cut_at(self, most: int) -> int | None:
        """Where the last line ends that is shown; None where all of the note is."""
        document = self._document
        if document is None:
            return None
        whole = document.size().height()
        if self._full and whole <= most + LINE_PX:  # “more” takes a line itself
            return None
        layout = document.documentLayout()
        block = document.begin()
        end = 0.0
        while block.isValid():
            top = layout.blockBoundingRect(block).top()
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                bottom = top + line.y() + line.height()
                if bottom > most:
                    return round(end)
                end = bottom
            block = block.next()
        return round(end)

    def _note_height(self) -> int:
        if self._document is None or self.noted is None or not self.noted.note:
            return 0
        return self._cut if self._cut is not None else round(self._document.size().height())

    def _height(self) -> int:
        height = _TOP_PX + self._note_height()
        if self._has_foot():
            height += _FOOT_PX
        if self._chips.height:
            height += self._chips.height + (_CHIPS_GAP_PX if self._note_height() else 0)
        return max(height + _TOP_PX, 20)

    def _has_foot(self) -> bool:
        unsaved = self.noted is not None and self.noted.unsaved
        return self._cut is not None or self._can_fold() or unsaved

    def _can_fold(self) -> bool:
        return self._expanded and self._document is not None and (
            self._document.size().height() > PREVIEW_PX + LINE_PX
        )  # fmt: skip

    def _foot_words(self) -> str:
        if self.noted is not None and self.noted.unsaved:
            return self.tr("Not saved yet · edit")
        return self.tr("more") if self._cut is not None else self.tr("less")

    def _foot_rect(self) -> QRect:
        if not self._has_foot():
            return QRect()
        return QRect(_LEFT_PX, _TOP_PX + self._note_height(), self.width() - _LEFT_PX, _FOOT_PX)

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
        if self._document is None or self.noted is None:
            return
        state = (self.size(), self.devicePixelRatioF(), self.hasFocus(), self._hovered)
        if self._picture is None or state != self._pictured:
            self._pictured = state
            self._picture = QPixmap(self.size() * self.devicePixelRatioF())
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.fill(Qt.GlobalColor.transparent)
            self._paint(QPainter(self._picture), self.noted, self._document)
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _paint(self, painter: QPainter, noted: Noted, document: NoteDocument) -> None:
        theme = self._appearance.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._chosen or self.hasFocus():
            painter.setBrush(QColor(theme.box))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 0, 0, 0), 4, 4)
        rule = theme.line if noted.plain else theme.mark_lines.get(noted.colour, theme.accent)
        painter.fillRect(QRectF(0, 0, 4 if self._chosen else 2, self.height()), QColor(rule))
        if self._note_height():
            self._paint_note(painter, document)
        if self._has_foot():
            painter.setFont(fonts.interface(12))
            painter.setPen(QColor(theme.problem if noted.unsaved else theme.accent))
            painter.drawText(self._foot_rect(), Qt.AlignmentFlag.AlignVCenter, self._foot_words())
        if self._chips.height:
            painter.translate(_LEFT_PX, self._chips_top())
            self._chips.paint(painter, theme)
            painter.translate(-_LEFT_PX, -self._chips_top())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_note(self, painter: QPainter, document: NoteDocument) -> None:
        theme = self._appearance.theme
        how = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette(self.palette())
        strong = self._chosen or self._hovered or theme.strong
        colours.setColor(QPalette.ColorRole.Text, QColor(theme.ink if strong else theme.muted))
        how.palette = colours
        how.clip = QRectF(0, 0, self.width(), self._note_height())
        painter.save()
        painter.translate(_LEFT_PX, _TOP_PX)
        painter.setClipRect(how.clip)
        document.documentLayout().draw(painter, how)
        painter.restore()

    # Mouse and keys.

    def link_at(self, place: QPointF) -> str:
        """Where the link at a place leads, "" where there is none."""
        if self._document is None or place.y() > _TOP_PX + self._note_height():
            return ""
        inside = place - QPointF(_LEFT_PX, _TOP_PX)
        return self._document.documentLayout().anchorAt(inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.noted is None:
            event.ignore()
            return
        place = event.position()
        if self._foot_rect().contains(place.toPoint()):
            asked = self.edit_asked if self.noted.unsaved else self.expand_asked
            asked.emit(self.noted)
        elif link := self.link_at(place):
            self._link_menu(link).popup(event.globalPosition().toPoint())
        else:
            self.picked.emit(self.noted)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.noted is not None:
            foot = self._foot_rect().contains(event.position().toPoint())
            if not foot and not self.link_at(event.position()) and self._can_edit():
                self.edit_asked.emit(self.noted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.noted is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.noted)
        elif event.key() == Qt.Key.Key_Space:
            if self._cut is not None or self._can_fold():
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
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
