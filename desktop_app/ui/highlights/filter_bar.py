"""What the table is filtered by: a field for words, a menu for the rest, and what is in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from desktop_app.core.highlights import MARK_COLOURS, HighlightSort, MarkStyle
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.highlights.asking import Order, Wanted
from desktop_app.ui.highlights.model import STANDING_WORDS
from desktop_app.ui.highlights.swatch import swatch_icon
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.fields import short
from desktop_app.ui.panes.flow import FlowLayout

ORDERS = {
    Order(HighlightSort.DOCUMENT): "Document",
    Order(HighlightSort.QUOTE): "Words of the highlight",
    Order(HighlightSort.NOTE): "Note",
    Order(HighlightSort.TAGS): "Tag",
    Order(HighlightSort.COLOUR): "Colour",
    Order(HighlightSort.DATE_NEWEST): "Date of the document, newest first",
    Order(HighlightSort.DATE_OLDEST): "Date of the document, oldest first",
    Order(HighlightSort.NEWEST): "Marked last first",
    Order(HighlightSort.OLDEST): "Marked first first",
    Order(HighlightSort.CHANGED): "Changed last first",
}


class FilterBar(QWidget):
    """The field and the menus."""

    wanted = Signal(object, bool)  # fields of Wanted by name; whether they come from typing
    tags_asked = Signal()
    sort_asked = Signal(object)  # Order
    cleared = Signal()
    left = Signal()  # Down or Enter: go to the table

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = Wanted()
        self._document: tuple[int, str] | None = None  # the one that is open
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Words in highlights, notes and titles"))
        self.field.setAccessibleName(self.tr("Filter the highlights by words"))
        self.field.setClearButtonEnabled(True)
        self.filters = QToolButton(self)
        self.filters.setText(self.tr("Filter ▾"))
        self.filters.setAccessibleName(self.tr("Filter by colour, tag, state or note"))
        self.filters.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order = QToolButton(self)
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setToolTip(self.tr("The order of the table"))
        self._menu = QMenu(self.filters)
        self._menu.aboutToShow.connect(self._fill)
        self.filters.setMenu(self._menu)
        self._orders: dict[Order, QAction] = {}
        self.order.setMenu(self._order_menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.filters)
        row.addWidget(self.order)
        self.field.textEdited.connect(lambda text: self.wanted.emit({"words": text}, True))
        # The button in the field empties it without a key.
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.show_order(Order())

    def set_theme(self, theme: Theme) -> None:
        """Show colours as a theme has them."""
        self._theme = theme

    def set_document(self, document: tuple[int, str] | None) -> None:
        """Know which document is open: its id and title."""
        self._document = document

    def show_wanted(self, wanted: Wanted) -> None:
        """Show what is in force."""
        self._now = wanted
        if self.field.text() != wanted.words:
            self.field.setText(wanted.words)

    def show_order(self, order: Order) -> None:
        """Show the order that is in force."""
        known = self._orders.get(order) or self._orders.get(Order(order.by))
        name = ORDERS.get(Order(order.by), "") if known else ""
        for action in self._orders.values():
            action.setChecked(action is known)
        words = self.tr(name).split(",")[0]
        self.order.setText(f"{short(words, 22)} ▾")
        turned = self.tr(", from the end") if order.turned else ""
        self.order.setAccessibleName(self.tr("Order: {0}").format(self.tr(name) + turned))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.field.text():
                    self.field.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if text != self._now.words:
            self.wanted.emit({"words": text}, bool(text))

    def _order_menu(self) -> QMenu:
        menu = QMenu(self.order)
        group = QActionGroup(menu)
        for order, name in ORDERS.items():
            action = menu.addAction(self.tr(name))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, order=order: self.sort_asked.emit(order))
            group.addAction(action)
            self._orders[order] = action
        return menu

    def _fill(self) -> None:
        """Fill the menu with what can be asked now, ticked where it is asked."""
        menu, now = self._menu, self._now
        menu.clear()
        colours = menu.addMenu(self.tr("Colour"))
        for colour in MARK_COLOURS:
            icon = swatch_icon(colour, MarkStyle.FILL, self._theme)
            ticked = colour in now.colours
            fields = {"colours": now.colours ^ {colour}}
            self._tick(colours, self.tr(colour.capitalize()), ticked, fields, icon)
        tags = menu.addAction(self.tr("Tag…"))
        tags.triggered.connect(self.tags_asked)
        menu.addSeparator()
        for standing, words in STANDING_WORDS.items():
            name = self.tr(words.capitalize())
            also = {"standing": now.standing ^ {standing}}
            self._tick(menu, name, standing in now.standing, also)
        menu.addSeparator()
        noted = now.with_note
        self._tick(
            menu, self.tr("With a note"), noted is True, {"with_note": None if noted else True}
        )
        without: dict[str, object] = {"with_note": None if noted is False else False}
        self._tick(menu, self.tr("Without a note"), noted is False, without)
        menu.addSeparator()
        document = self._document[0] if self._document else None
        here = now.document is not None and now.document == document
        only = self._tick(
            menu, self.tr("Only the open document"), here, {"document": None if here else document}
        )
        only.setEnabled(document is not None)
        menu.addSeparator()
        clear = menu.addAction(self.tr("Remove all filters"))
        clear.setEnabled(now.any)
        clear.triggered.connect(self.cleared)

    def _tick(
        self,
        menu: QMenu,
        text: str,
        ticked: bool,
        fields: Mapping[str, object],
        icon: QIcon | None = None,
    ) -> QAction:
        # An icon stands where the tick would be: then the tick follows the words.
        shown = f"{text}  ✓" if icon is not None and ticked else text
        action = menu.addAction(icon, shown) if icon is not None else menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(ticked)
        action.triggered.connect(lambda _=False: self.wanted.emit(fields, False))
        return action


class FilterChips(QWidget):
    """The filters in force; a click takes one away."""

    wanted = Signal(object, bool)  # as of FilterBar
    cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Show colours as a theme has them."""
        self._theme = theme

    def show_wanted(self, wanted: Wanted, tree: TagTree, title: Callable[[int], str]) -> None:
        """Show the filters in force, but for the words, which stand in their field.

        title: of the document that only is shown.
        """
        self._flow.clear()
        chips: list[tuple[str, dict[str, object], QIcon | None]] = []
        if wanted.found is not None:
            chips.append((self.tr("What the search found"), {"found": None}, None))
        for colour in sorted(wanted.colours, key=MARK_COLOURS.index):
            icon = swatch_icon(colour, MarkStyle.FILL, self._theme)
            left = wanted.colours - {colour}
            chips.append((self.tr(colour.capitalize()), {"colours": left}, icon))
        for tag in sorted(wanted.tags):
            known = tree.by_id.get(tag)
            name = tree.path(tag) if known else self.tr("a tag that is gone")
            square = tag_icon(known, self._theme) if known else None
            chips.append((name, {"tags": wanted.tags - {tag}}, square))
        for standing in sorted(wanted.standing):
            words = self.tr(STANDING_WORDS[standing].capitalize())
            chips.append((words, {"standing": wanted.standing - {standing}}, None))
        if wanted.with_note is not None:
            words = self.tr("With a note") if wanted.with_note else self.tr("Without a note")
            chips.append((words, {"with_note": None}, None))
        if wanted.document is not None:
            words = self.tr("Only “{0}”").format(title(wanted.document))
            chips.append((words, {"document": None}, None))
        for text, fields, sign in chips:
            self._flow.add(self._chip(text, fields, sign))
        if len(chips) + bool(wanted.words) > 1:
            every = QPushButton(self.tr("Remove all"), self)
            every.setProperty("kind", "link")
            every.setAccessibleName(self.tr("Remove all filters"))
            every.clicked.connect(self.cleared)
            self._flow.add(every)
        self.setVisible(bool(chips))

    def _chip(self, text: str, fields: dict[str, object], icon: QIcon | None) -> QPushButton:
        chip = QPushButton(f"{short(text)} ×".replace("&", "&&"), self)
        if icon is not None:
            chip.setIcon(icon)
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(self.tr("Filter: {0}; remove").format(text))
        chip.setToolTip(self.tr("Only those: {0}. Click to remove.").format(text))
        chip.clicked.connect(lambda _=False: self.wanted.emit(fields, False))
        return chip
