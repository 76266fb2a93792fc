"""The bar at the top: the name, the search box, import, and the menus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.table import MENUS
from desktop_app.ui.look import fonts, icons
from desktop_app.ui.panes.search_box import SearchBox
from desktop_app.ui.saved.star import StarButton

HEIGHT = 48


class Header(QFrame):
    """The bar at the top of the window."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setFixedHeight(HEIGHT)
        self._name = QLabel("Postil", self)
        self._name.setFont(fonts.font(fonts.SERIF, 20, weight=QFont.Weight.DemiBold))
        self._name.setStyleSheet(
            f'font-family: "{fonts.SERIF}"; font-size: 20px; font-weight: 600;'
        )
        self._name.setFixedWidth(222)
        self.search = SearchBox(self)
        self.search.setMaximumWidth(640)
        self.star = StarButton(self.search)
        inner = self.search.layout()
        assert isinstance(inner, QHBoxLayout)
        self.spellings = QToolButton(self.search)
        self.spellings.setText(self.tr("Spellings"))
        self.spellings.setToolTip(self.tr("Similar words of the library (Ctrl+Shift+E)"))
        self.spellings.setAccessibleName(self.tr("Similar words"))
        self.spellings.setAutoRaise(True)
        self.search.add_before_cross(self.spellings)
        inner.addWidget(self.star)
        # The cross stays where it is, whether there is something to save or not.
        keeps = self.star.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.star.setSizePolicy(keeps)
        self.filters = self._button(self.tr("Filters ▾"), "")
        self.filters.setAccessibleName(self.tr("Filters"))
        self.filters.setToolTip(self.tr("Narrow what was found by tag, source, year and more"))
        self.concordance = self._button(self.tr("Concordance"), "")
        self.concordance.setCheckable(True)
        self.concordance.setToolTip(self.tr("Every place where it is said, a line each"))
        lines = actions["search.concordance"]
        self.concordance.clicked.connect(lines.trigger)
        lines.toggled.connect(self.concordance.setChecked)
        self.import_button = self._button(self.tr("Import…"), "import")
        self.import_button.setMenu(self._import_menu(actions))
        self.import_button.setToolTip(self.tr("Bring files or a folder into the library"))
        self.menu_button = self._button("", "menu")
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu (F10)"))
        self.menu_button.setMenu(self._main_menu(actions))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._name)
        row.addWidget(self.search, 1)
        row.addWidget(self.filters)
        row.addWidget(self.concordance)
        row.addStretch(0)
        row.addWidget(self.import_button)
        row.addWidget(self.menu_button)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the room of the name and of words beside an icon to the search box."""
        self._name.setVisible(not narrow)
        self.import_button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )

    def align(self, sidebar_width: int) -> None:
        """Let the search box begin where the list begins."""
        self._name.setFixedWidth(max(80, sidebar_width - 18 - 5))

    def _button(self, text: str, icon: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setAccessibleName(text.rstrip("…"))
        if icon:
            made.setIcon(icons.icon(icon))
        made.setIconSize(QSize(17, 17))
        made.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if text
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _import_menu(self, actions: Actions) -> QMenu:
        ids = ("file.import_files", "file.import_folder", "file.import_list")
        return actions.menu("Import", self, ids=ids)

    def _main_menu(self, actions: Actions) -> QMenu:
        menu = QMenu(self)
        for name in MENUS:
            menu.addMenu(actions.menu(name, menu))
        return menu
