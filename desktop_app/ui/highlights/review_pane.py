"""The highlights that somebody has to look at, in the list's place: each with before and after.

It shows what it is given and asks for what is wanted; it knows no library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.reviewing import ReviewCase
from desktop_app.ui.highlights.comparison import Comparison
from desktop_app.ui.highlights.review_buttons import ReviewButtons
from desktop_app.ui.highlights.review_table import ReviewModel, ReviewTable
from desktop_app.ui.highlights.standing_words import said_of
from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage
from desktop_app.ui.panes.fields import OneLine, label, short

LEFT = 14


class ReviewPane(QFrame):
    """Count, list, comparison, and what can be done."""

    action_asked = Signal(str)
    rested = Signal(int)  # the highlight that is at hand
    only_removed = Signal()  # not only of one document any more
    save_asked = Signal()
    left = Signal()

    def __init__(self, model: ReviewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName(self.tr("Highlights to review"))
        self.model = model
        self.case: ReviewCase | None = None
        self._moving = False
        self._writable = True
        self._count = OneLine("small", self)
        self._only = QPushButton(self)
        self._only.setProperty("kind", "chip")
        self._only.hide()
        self._all = QPushButton(self.tr("Tick all"), self)
        self._accept_ticked = QPushButton(self.tr("Accept ticked"), self)
        self._save = QToolButton(self)
        self._save.setIcon(icons.icon("save"))
        self._save.setToolTip(self.tr("Save this list as a table…"))
        self._save.setAccessibleName(self.tr("Save this list as a table"))
        self._close = QToolButton(self)
        self._close.setIcon(icons.icon("close"))
        self._close.setToolTip(self.tr("Back to the documents"))
        self._close.setAccessibleName(self.tr("Back to the documents"))
        self.table = ReviewTable(model, theme, self)
        self.table.keys = self._meant
        self._title = OneLine("title", self)
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self.comparison = Comparison(theme, self)
        self.buttons = ReviewButtons(self)
        self._empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        self._keys: dict[int, str] = {
            Qt.Key.Key_A: "review.accept",
            Qt.Key.Key_D: "review.delete",
            Qt.Key.Key_Delete: "review.delete",
            Qt.Key.Key_M: "review.move",
            Qt.Key.Key_N: "review.next",
        }
        self._place()
        self._connect()
        self.setFocusProxy(self.table)
        self.show_case(None)

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout(head)
        top.setContentsMargins(LEFT, 4, 8, 4)
        top.setSpacing(6)
        top.addWidget(self._count, 1)
        for widget in (self._only, self._all, self._accept_ticked, self._save, self._close):
            top.addWidget(widget)
        below = QFrame(self)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(LEFT, 10, LEFT, 10)
        inside.setSpacing(6)
        inside.addWidget(self._title)
        inside.addWidget(self._said)
        inside.addWidget(self.comparison, 1)
        inside.addWidget(self.buttons)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(below)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([260, 420])
        self._pages.addWidget(halves)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
        self._empty.show_emptiness(
            Emptiness(
                self.tr("Nothing to review"),
                self.tr(
                    "When a text is read anew, a highlight whose words have changed waits here with"
                    " the passage as you marked it and as it was found. Example: press W on a web"
                    " page to read all of it, and back."
                ),
                (("review.leave", self.tr("Back to the documents")),),
            )
        )

    def _connect(self) -> None:
        self.model.ticked_changed.connect(self._show_ticks)
        self.table.rest.setInterval(120)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.table.rest.start())
        self.table.rested.connect(self.rested)
        self.table.opened.connect(self.rested)
        self.table.left.connect(self._leave)
        self._all.clicked.connect(self._tick_all)
        self._accept_ticked.clicked.connect(lambda: self.action_asked.emit("review.accept_ticked"))
        self._only.clicked.connect(self.only_removed)
        self._save.clicked.connect(self.save_asked)
        self._close.clicked.connect(self.left)
        self._empty.action_asked.connect(self.action_asked)
        self.buttons.action_asked.connect(self.action_asked)

    # What is shown.

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.table.set_theme(theme)
        self.comparison.set_theme(theme)

    def set_writable(self, writable: bool) -> None:
        """Say whether anything can be decided here."""
        self._writable = writable
        self.buttons.writable = writable
        self._show_ticks()

    def show_lists(self, closely: array[int], lost: array[int]) -> None:
        """Show what was found by a close match, and what is lost; the one at hand stays."""
        row = self.table.currentIndex().row()
        current = self.table.current_of()
        self.model.set_lists(closely, lost)
        ids = self.model.ids
        parts = [self.tr("{0} to review").format(f"{len(closely):,}")] if len(closely) else []
        if len(lost):
            parts.append(self.tr("{0} lost").format(f"{len(lost):,}"))
        self._count.setText(" · ".join(parts))
        self._pages.setCurrentIndex(0 if len(ids) else 1)
        if not len(ids):
            self.show_case(None)
            return
        place = ids.index(current) if current is not None and current in ids else None
        if place is None:
            place = min(max(row, 0), len(ids) - 1)
        if self.table.currentIndex().row() != place or not self.table.chosen_count:
            self.table.choose_row(place)
        self.table.rest.start()

    def show_only(self, title: str) -> None:
        """Say that only one document's are shown; "" for all."""
        self._only.setVisible(bool(title))
        self._only.setText(f"{short(title, 24)} ×".replace("&", "&&"))
        self._only.setAccessibleName(self.tr("Only “{0}”; remove").format(title))
        self._only.setToolTip(self.tr("Only those in “{0}”. Click for all.").format(title))

    def show_case(self, case: ReviewCase | None) -> None:
        """Show what is to be decided."""
        before = self.case
        self.case = case
        if case is None or before is None or before.highlight.id != case.highlight.id:
            self._moving = False
        self._title.setText(case.document.title if case else "")
        self._said.setText(said_of(case) if case else "")
        self.comparison.show_case(case)
        self.buttons.show_case(self.case, moving=self._moving)

    def set_moving(self, moving: bool) -> None:
        """Wait for a passage to be selected in the reader, or no longer."""
        self._moving = moving
        if self.case is not None:
            if moving:
                self._said.setText(
                    self.tr(
                        "Select the right passage in the document beside, then press “Put it"
                        " here” or Ctrl+Enter."
                    )
                )
            else:
                self._said.setText(said_of(self.case))
        self.buttons.show_case(self.case, moving=self._moving)

    @property
    def moving(self) -> bool:
        """Whether a passage is to be selected in the reader."""
        return self._moving

    def set_can_put(self, can: bool) -> None:
        """Say whether a passage of the right document is selected."""
        self.buttons.set_can_put(can)

    def focus_list(self) -> None:
        """Put the keys on the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next(self) -> None:
        """Go to the next highlight, from the last one to the first."""
        rows = len(self.model.ids)
        if rows:
            self.table.choose_row((self.table.currentIndex().row() + 1) % rows)
            self.focus_list()

    def _tick_all(self) -> None:
        self.model.tick_all(len(self.model.ticked) < len(self.model.closely))

    def _show_ticks(self) -> None:
        ticked, closely = len(self.model.ticked), len(self.model.closely)
        self._all.setVisible(closely > 0)
        self._all.setText(self.tr("Untick all") if ticked == closely else self.tr("Tick all"))
        self._accept_ticked.setVisible(closely > 0)
        self._accept_ticked.setEnabled(ticked > 0 and self._writable)
        words = self.tr("Accept ticked")
        self._accept_ticked.setText(f"{words} ({ticked:,})" if ticked else words)

    # Keys.

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._meant(event) is not None
        ):
            event.accept()  # else the window's own letters would act on documents
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._meant(event)
        if meant is not None:
            meant()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        if self._moving:
            self.set_moving(False)
        else:
            self.left.emit()

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if event.key() == Qt.Key.Key_Space and self.table.hasFocus():
            return self.table.tick_current
        action = self._keys.get(event.key())
        return None if action is None else partial(self.action_asked.emit, action)
