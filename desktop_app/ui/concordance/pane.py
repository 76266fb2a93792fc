"""The concordance of what is searched for, in the list's place.

It shows what it is given and asks for what is clicked; it knows no library.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.concordances import Concordance, Gathering
from desktop_app.ui.concordance.asking import Listed, Wanted
from desktop_app.ui.concordance.bar import LineBar
from desktop_app.ui.concordance.model import LinesModel
from desktop_app.ui.concordance.table import LineTable
from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage

LEFT = 14


class ConcordancePane(QFrame):
    """Counts, progress, filters, lines, or why there are none."""

    wanted = Signal(object, bool)  # fields of Wanted by name; whether they come from typing
    width_asked = Signal(int)
    stop_asked = Signal()
    go_on_asked = Signal()
    opened = Signal(int)  # a row's number
    rested = Signal(int)
    chosen_changed = Signal()
    context_asked = Signal(QPoint)
    action_asked = Signal(str)
    digit_asked = Signal(int)
    left = Signal()  # the documents are wanted again

    def __init__(self, model: LinesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName(self.tr("Concordance"))
        self.model = model
        self._listed: Listed | None = None
        self._gathering: Gathering | None = None
        self._wanted = Wanted()
        self._shown: Concordance | None = None
        self._count = self._label(self.tr("How many lines"))
        self._progress = self._label(self.tr("How many lines were dealt with"))
        self.stop = QPushButton(self.tr("Stop"), self)
        self.stop.setProperty("kind", "link")
        self.stop.setAccessibleName(self.tr("Stop gathering lines"))
        self.go_on = QPushButton(self.tr("Gather the rest"), self)
        self.go_on.setProperty("kind", "link")
        self.doing = QToolButton(self)
        self.doing.setText(self.tr("Do ▾"))
        self.doing.setToolTip(self.tr("What can be done with the chosen lines"))
        self.doing.setAccessibleName(self.tr("Do something with the chosen lines"))
        self.doing.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._close = QToolButton(self)
        self._close.setIcon(icons.icon("close"))
        self._close.setToolTip(self.tr("Back to the documents"))
        self._close.setAccessibleName(self.tr("Back to the documents"))
        self.done = QProgressBar(self)
        self.done.setTextVisible(False)
        self.done.setFixedHeight(4)
        self.done.setAccessibleName(self.tr("Lines dealt with"))
        self.bar = LineBar(self)
        self.table = LineTable(model, theme, self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyPage(self)
        self._empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._place()
        self._connect()
        self.setFocusProxy(self.table)
        self.show_nothing()

    def _label(self, name: str) -> QLabel:
        made = QLabel(self)
        made.setProperty("tone", "small")
        made.setAccessibleName(name)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        return made

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(2)
        top.addWidget(self._count, 1)
        for button in (self.stop, self.go_on, self.doing, self._close):
            top.addWidget(button)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 6, 0)
        below.setSpacing(10)
        below.addWidget(self._progress, 1)
        below.addWidget(self.done, 1)
        self._head = inside = QVBoxLayout(head)
        inside.setContentsMargins(LEFT, 4, 8, 6)
        inside.setSpacing(4)
        inside.addLayout(top)
        inside.addLayout(below)
        inside.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.bar.wanted.connect(self.wanted)
        self.bar.width_asked.connect(self.width_asked)
        self.bar.left.connect(self.focus_table)
        self.stop.clicked.connect(self.stop_asked)
        self.go_on.clicked.connect(self.go_on_asked)
        self.table.sort_asked.connect(lambda sort: self.wanted.emit({"sort": sort}, False))
        self.table.opened.connect(self.opened)
        self.table.rested.connect(self.rested)
        self.table.chosen_changed.connect(self._on_chosen)
        self.table.key_asked.connect(self.action_asked)
        self.table.digit_asked.connect(self.digit_asked)
        self.table.left.connect(self._on_escape)
        self.table.customContextMenuRequested.connect(
            lambda point: self.context_asked.emit(self.table.viewport().mapToGlobal(point))
        )
        self._empty.action_asked.connect(self.action_asked)
        self._close.clicked.connect(self.left)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.table.meant(event) is not None
            and not self.bar.field.hasFocus()
        ):
            event.accept()  # from a button of this pane too, a key means the lines
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self.table.meant(event)
        if meant is not None:
            meant()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def take_lines(self, lines: Sequence[QWidget]) -> None:
        """Show what is said about the search, while this stands in the list's place."""
        for line in reversed(lines):
            self._head.insertWidget(0, line)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.table.set_theme(theme)

    def set_menu(self, menu: QMenu) -> None:
        """Offer what can be done with what is chosen."""
        self.doing.setMenu(menu)

    # What is shown.

    def show_nothing(self, emptiness: Emptiness | None = None) -> None:
        """Show no lines, and why there are none."""
        self._listed = self._shown = self._gathering = None
        self.model.forget()
        self._empty.show_emptiness(
            emptiness
            or Emptiness(
                self.tr("Every place where it is said"),
                self.tr(
                    "Type words in the search box: each match in your documents stands here on a"
                    " line of its own, with what is before and behind it. Example: dam NEAR/5 tabqa"
                ),
                (("edit.search", self.tr("Go to the search box")),),
            )
        )
        self._pages.setCurrentWidget(self._empty)
        self._say()

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show how far the lines are gathered; None: nothing is under way."""
        if gathering is not None and self._listed is None and self._gathering is None:
            self._empty.show_emptiness(
                Emptiness(
                    self.tr("Gathering lines"),
                    self.tr("Those that are found come here; they can be gone through meanwhile."),
                )
            )
        self._gathering = gathering
        self._say()

    def show_lines(self, listed: Listed, *, new: bool) -> None:
        """Show lines: another concordance from its top, the same one again where one was."""
        other = listed.concordance is not self._shown
        self._listed, self._shown = listed, listed.concordance
        self.model.tells_new = listed.known_before
        self.table.show_numbers(listed.numbers, new=new, other=other, current=listed.current)
        self.bar.show_width(listed.concordance.width)
        self.table.show_letters(listed.concordance.width)
        if len(listed.numbers):
            self._pages.setCurrentWidget(self.table)
        elif self._gathering is None:
            self._empty.show_emptiness(self._why_empty(listed))
            self._pages.setCurrentWidget(self._empty)
        self._say()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show which lines and which order are asked for."""
        self._wanted = wanted
        self.bar.show_wanted(wanted)
        self.table.show_order(wanted.sort, grouped=wanted.grouped)

    def _why_empty(self, listed: Listed) -> Emptiness:
        if listed.counts.lines and self._wanted.filtered:
            return Emptiness(
                self.tr("No line is like that"),
                self.tr("The filters above let none of the {0} lines through.").format(
                    f"{listed.counts.lines:,}"
                ),
                (("lines.unfilter", self.tr("Show all lines")),),
            )
        documents = len(listed.concordance.answer.ids)
        if documents:
            words = (
                self.tr("1 document is found")
                if documents == 1
                else self.tr("{0} documents are found").format(f"{documents:,}")
            )
            return Emptiness(
                self.tr("No line in the texts"),
                self.tr("{0} by title, notes, tags or facts, none by words of its text.").format(
                    words
                ),
                (("lines.leave", self.tr("Back to the documents")),),
            )
        if listed.concordance.answer.behind:
            return Emptiness(
                self.tr("Nothing is found yet"),
                self.tr(
                    "The search index is catching up. What it finds meanwhile comes here by itself."
                ),
            )
        return Emptiness(
            self.tr("Nothing is found"),
            self.tr("No document says this. The line above the documents says more."),
            (("lines.leave", self.tr("Back to the documents")),),
        )

    def focus_table(self) -> None:
        """Put the keys on the lines, on the first one if on none."""
        if self._pages.currentWidget() is self._empty:
            self._empty.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if len(self.model.numbers) and not self.table.chosen_count:
            self.table.choose_row(max(self.table.currentIndex().row(), 0))

    def _on_escape(self) -> None:
        if self._gathering is not None:
            self.stop_asked.emit()
        else:
            self.left.emit()

    def _on_chosen(self) -> None:
        self._say()
        self.chosen_changed.emit()

    # What is said.

    def _say(self) -> None:
        gathering, listed = self._gathering, self._listed
        self._set(self._count, self._counted())
        self.stop.setVisible(gathering is not None)
        self.go_on.setVisible(gathering is None and listed is not None and listed.gathering.stopped)
        self._set(self._progress, self._dealt_with())
        counts = listed.counts if listed is not None else None
        shown = counts is not None and counts.lines > 0 and gathering is None
        self.done.setVisible(shown)
        if counts is not None and shown:
            self.done.setRange(0, max(counts.lines, 1))
            self.done.setValue(counts.done)

    def _counted(self) -> str:
        gathering, listed = self._gathering, self._listed
        if gathering is not None:
            return self.tr("Gathering: {0} of {1} documents · {2} lines").format(
                f"{gathering.documents:,}", f"{gathering.total:,}", f"{gathering.lines:,}"
            )
        if listed is None:
            return self.tr("Concordance")
        counts = listed.counts
        words = _counted(counts.lines, "line")
        if counts.lines:
            words += f" in {_counted(counts.documents, 'document')}"
        if listed.shown != counts.lines:
            words = f"{listed.shown:,} of {words}"
        if listed.gathering.stopped:
            read, total = listed.gathering.documents, listed.gathering.total
            words += self.tr(" · stopped after {0} of {1} documents").format(
                f"{read:,}", f"{total:,}"
            )
        chosen = self.table.chosen_count
        if chosen > 1:
            words += self.tr(" · {0} selected").format(f"{chosen:,}")
        return words

    def _dealt_with(self) -> str:
        """How far the lines were gone through, what is new, and what stands elsewhere."""
        listed = self._listed
        if listed is None or self._gathering is not None:
            return ""
        counts, parts = listed.counts, []
        if counts.lines:
            parts.append(
                self.tr("{0} of {1} dealt with").format(f"{counts.done:,}", f"{counts.lines:,}")
            )
        if listed.known_before and counts.unknown:
            parts.append(self.tr("{0} new").format(f"{counts.unknown:,}"))
        elsewhere = len(listed.concordance.answer.ids) - counts.documents
        if elsewhere > 0 and counts.lines and listed.gathering.whole:
            parts.append(
                self.tr("{0} found elsewhere than in the text").format(
                    _counted(elsewhere, "document")
                )
            )
        return " · ".join(parts)

    def _set(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setAccessibleDescription(words)


def _counted(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"
