"""How one row of the list is laid out and painted: title, facts, passages, tags, dot and star.

A row is laid out once for a width and kept; painting then only draws. Nothing is asked of the
library here: what a row shows is in its Row, and the names and colours of tags in the TagTree.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
)

from desktop_app.core.model import ReadState, Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look import fonts, icons
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.models.document_words import facts_line, highlights_in_words
from desktop_app.ui.models.documents import Row
from desktop_app.ui.panes import row_passages
from desktop_app.ui.panes.row_passages import LaidPassages

LEFT = 22  # room for the dot of an unread document
RIGHT = 18
INDENT = 20  # of a document that stands under another with the same text
ABOVE = 11
BELOW = 11
PASSAGE_LINES = 2
CHIP_HEIGHT = 20


class Face:
    """A font with its measures."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag under a document, or, with none, how many highlights it has."""

    name: str
    tag: Tag | None
    width: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A row laid out for a width. copies: words about those under it, and where they stand."""

    height: int
    left: int
    title: str
    facts: str
    facts_top: float
    copies: str
    copies_place: QRectF
    passage: LaidPassages | None
    beside: LaidPassages | None
    passage_top: float
    beside_top: float
    chips: tuple[Chip, ...]
    chips_left_out: int
    chips_top: float


class RowPainter:
    """Lays rows out and paints them, in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.opened: AbstractSet[int] = frozenset()  # documents whose copies are shown under them
        self._title = Face(fonts.interface(14.5, strong=True))
        self._facts = Face(fonts.interface(12.5))
        self._copies_face = Face(fonts.interface(12.5, strong=True))
        self._passage = Face(fonts.interface(13.5))
        self._chip = Face(fonts.interface(12))

    @property
    def small_font(self) -> QFont:
        """The font of the line under a title."""
        return self._facts.font

    def usual_height(self, *, with_passages: bool) -> int:
        """The height to expect of a row that is not there yet."""
        height = ABOVE + self._title.metrics.height() + 2 + self._facts.metrics.height() + BELOW
        if with_passages:
            height += 4 + PASSAGE_LINES * self._passage.metrics.lineSpacing()
        return round(height)

    def lay_out(self, row: Row, tree: TagTree | None, width: int) -> Laid:
        """Lay a row out for a width in pixels."""
        indent = INDENT if row.under else 0
        inner = max(width - LEFT - RIGHT - indent, 60)
        star = 20 if row.document.starred else 0
        title = " ".join(row.document.title.split())
        title = self._title.metrics.elidedText(title, Qt.TextElideMode.ElideRight, inner - star)
        copies = self._copies(row)
        copies_width = self._copies_face.metrics.horizontalAdvance(copies)
        words = facts_line(row.document) + (" · " if copies else "")
        room = inner - copies_width
        facts = self._facts.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        top = ABOVE + self._title.metrics.height() + 2
        facts_top = top
        copies_left = LEFT + indent + self._facts.metrics.horizontalAdvance(facts)
        copies_place = QRectF(copies_left, top, copies_width, self._facts.metrics.height())
        top += self._facts.metrics.height()
        passage = self._lay_passages(row, inner)
        passage_top = top + 4
        if passage is not None:
            top = passage_top + passage.height
        elif row.waiting and not row.hit:  # so that nothing moves when they come
            top = passage_top + PASSAGE_LINES * self._passage.metrics.lineSpacing()
        beside = self._lay_beside(row, inner)
        beside_top = passage_top if passage is None else top
        if beside is not None:
            top = beside_top + beside.height
        chips, left_out = self._lay_chips(row, tree, inner)
        chips_top = top + 6
        if chips:
            top = chips_top + CHIP_HEIGHT
        return Laid(
            height=round(top + BELOW),
            left=LEFT + indent,
            title=title,
            facts=facts,
            facts_top=facts_top,
            copies=copies,
            copies_place=copies_place,
            passage=passage,
            passage_top=passage_top,
            beside=beside,
            beside_top=beside_top,
            chips=chips,
            chips_left_out=left_out,
            chips_top=chips_top,
        )

    def paint(
        self, painter: QPainter, rect: QRect, row: Row, laid: Laid, *, chosen: bool, focused: bool
    ) -> None:
        """Paint a row in its place."""
        theme = self.theme
        self._ground(painter, rect, chosen=chosen, focused=focused)
        left, top = rect.left() + laid.left, rect.top()
        right = rect.right() - RIGHT
        if row.under:
            bar = QRectF(rect.left() + LEFT - 2, top + ABOVE, 2, rect.height() - ABOVE - BELOW)
            painter.fillRect(bar, QColor(theme.line))
        if row.document.state is ReadState.UNREAD:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            middle = top + ABOVE + self._title.metrics.height() / 2
            painter.drawEllipse(QPointF(left - 10, middle), 3.2, 3.2)
        if row.document.starred:
            icons.paint(
                painter, QRect(right - 14, top + ABOVE + 2, 15, 15), "starred", icons.Tone.ACCENT
            )
        here = QPointF(left, top)
        self._text(painter, self._title, theme.ink, here + QPointF(0, ABOVE), laid.title)
        self._text(painter, self._facts, theme.muted, here + QPointF(0, laid.facts_top), laid.facts)
        if laid.copies:
            place = laid.copies_place.topLeft() + QPointF(rect.left(), top)
            self._text(painter, self._copies_face, theme.accent, place, laid.copies)
        if laid.passage is not None:
            painter.setPen(QColor(theme.ink))
            laid.passage.layout.draw(painter, QPointF(left, top + laid.passage_top))
        if laid.beside is not None:
            painter.setPen(QColor(theme.ink))
            laid.beside.layout.draw(painter, QPointF(left, top + laid.beside_top))
        self._paint_chips(painter, laid, left, top + laid.chips_top)

    def paint_waiting(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        """Paint the place of a row that is still to come."""
        self._ground(painter, rect, chosen=chosen, focused=False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.selection))
        left, top = rect.left() + LEFT, rect.top() + ABOVE + 4
        painter.drawRoundedRect(QRectF(left, top, rect.width() * 0.55, 9), 4, 4)
        painter.drawRoundedRect(QRectF(left, top + 20, rect.width() * 0.3, 7), 3, 3)

    def _ground(self, painter: QPainter, rect: QRect, *, chosen: bool, focused: bool) -> None:
        theme = self.theme
        painter.fillRect(rect, QColor(theme.selection if chosen else theme.list))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        if chosen:
            # Not by colour alone: the chosen rows carry a bar at their edge.
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(theme.accent)
            )
        if focused:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _text(self, painter: QPainter, face: Face, colour: str, place: QPointF, text: str) -> None:
        painter.setFont(face.font)
        painter.setPen(QColor(colour))
        painter.drawText(place + QPointF(0, face.metrics.ascent()), text)

    def _lay_passages(self, row: Row, width: float) -> LaidPassages | None:
        if row.hit is None or not row.hit.passages:
            return None
        return row_passages.lay_out(
            row.hit.passages,
            self._passage.font,
            self.theme.match,
            width=width,
            lines=PASSAGE_LINES,
            spacing=self._passage.metrics.lineSpacing(),
        )

    def _lay_beside(self, row: Row, width: float) -> LaidPassages | None:
        """A line of what a note says, or of a highlighted passage where nothing else is found."""
        if row.hit is None:
            return None
        passages, before = row.hit.notes, "Note: "
        if not passages and not row.hit.passages:
            passages, before = row.hit.quotes, "Highlighted: "
        if not passages:
            return None
        return row_passages.lay_out(
            passages[:1],
            self._passage.font,
            self.theme.match,
            width=width,
            lines=1,
            spacing=self._passage.metrics.lineSpacing(),
            before=before,
        )

    def _copies(self, row: Row) -> str:
        """What is said of documents with the same text that stand under a row."""
        if not row.copies:
            return ""
        words = "1 copy" if row.copies == 1 else f"{row.copies:,} copies"
        return f"\N{MINUS SIGN}{words}" if row.document.id in self.opened else f"+{words}"

    def _lay_chips(
        self, row: Row, tree: TagTree | None, width: float
    ) -> tuple[tuple[Chip, ...], int]:
        tags = [tree.by_id[tag] for tag in row.document.tags if tag in tree.by_id] if tree else []
        chips: list[Chip] = []
        used = 0.0
        marks = []
        if row.highlights:
            words = highlights_in_words(row.highlights)
            marks = [Chip(words, None, self._chip.metrics.horizontalAdvance(words) + 18)]
            width -= marks[0].width + 6  # it stands behind the tags, and is always seen
        for number, tag in enumerate(tags):
            name = self._chip.metrics.elidedText(tag.name, Qt.TextElideMode.ElideRight, 120)
            needed = self._chip.metrics.horizontalAdvance(name) + 31
            room = width - (34 if number < len(tags) - 1 else 0)
            if used + needed > room:
                return (*chips, *marks), len(tags) - number
            chips.append(Chip(name, tag, needed))
            used += needed + 6
        return (*chips, *marks), 0

    def _paint_chips(self, painter: QPainter, laid: Laid, left: float, top: float) -> None:
        theme = self.theme
        painter.setFont(self._chip.font)
        base = top + (CHIP_HEIGHT + self._chip.metrics.ascent() - self._chip.metrics.descent()) / 2
        left_out = f"+{laid.chips_left_out}" if laid.chips_left_out else ""
        for chip in laid.chips:
            if left_out and chip.tag is None:
                left += self._paint_left_out(painter, left_out, QPointF(left + 2, base))
                left_out = ""
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.list))
            painter.drawRoundedRect(
                QRectF(left + 0.5, top + 0.5, chip.width, CHIP_HEIGHT - 1), 9, 9
            )
            if chip.tag is not None:
                paint_tag_mark(painter, QRectF(left + 9, top + 6, 8, 8), chip.tag, theme)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QPointF(left + (22 if chip.tag else 9), base), chip.name)
            left += chip.width + 6
        if left_out:
            self._paint_left_out(painter, left_out, QPointF(left + 2, base))

    def _paint_left_out(self, painter: QPainter, words: str, place: QPointF) -> float:
        """Say how many tags have no room; return the room that takes."""
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(place, words)
        return self._chip.metrics.horizontalAdvance(words) + 8
