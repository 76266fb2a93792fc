"""The themes of the window, and how they are put on.

Widgets that paint themselves read the palette (see `palette`) or take a Theme; none names a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.ui.look import fonts
from desktop_app.ui.look.colours import CONTRAST, DARK, LIGHT, SEPIA, Theme
from desktop_app.ui.look.stylesheet import stylesheet

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "SEPIA",
    "SYSTEM",
    "THEMES",
    "Appearance",
    "Theme",
    "apply",
    "palette",
    "theme_named",
]

SYSTEM = "system"  # the choice that follows the desktop between light and dark


THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, SEPIA, CONTRAST)})


def theme_named(choice: str) -> Theme:
    """Find the theme of a choice: a theme's name, or SYSTEM (also any unknown name)."""
    if choice in THEMES:
        return THEMES[choice]
    hints = QApplication.styleHints()
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """Make the palette of a theme.

    Window, AlternateBase and Base are the grounds window, sidebar and list; Text and WindowText
    are ink, PlaceholderText is muted, Mid is line, Accent and Link are accent, Highlight is
    selection with ink on it, BrightText is problem.
    """
    made = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.Button, role.Light, role.Midlight), theme.window),
        ((role.AlternateBase,), theme.sidebar),
        ((role.Base, role.ToolTipBase), theme.list),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.ink),
        ((role.HighlightedText,), theme.ink),
        ((role.PlaceholderText,), theme.muted),
        ((role.Mid, role.Dark, role.Shadow), theme.line),
        ((role.Accent, role.Link, role.LinkVisited), theme.accent),
        ((role.Highlight,), theme.selection),
        ((role.BrightText,), theme.problem),
    ):
        for one in roles:
            made.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(theme.muted))
    return made


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme on the whole application: style, fonts, palette and the one style sheet."""
    fonts.load()
    # With a style sheet on, the style does not say its name any more, and setting it again would
    # have Qt go through every widget once more.
    if not app.styleSheet():
        app.setStyle("Fusion")
    if app.font() != fonts.interface():
        app.setFont(fonts.interface())
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))


class Appearance(QObject):
    """The theme that is on, and the news that it changed.

    Made once after the QApplication and passed to the panes that paint with a Theme.
    """

    changed = Signal(object)  # the Theme that is on now

    def __init__(self, app: QApplication, choice: str = SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._theme = theme_named(choice)
        apply(app, self._theme)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme

    @property
    def choice(self) -> str:
        """What was chosen: a theme's name, or SYSTEM."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Change to a theme by name, or to SYSTEM."""
        self._choice = choice
        theme = theme_named(choice)
        if theme is not self._theme:
            self._theme = theme
            apply(self._app, theme)
            self.changed.emit(theme)

    @Slot()
    def _follow_system(self) -> None:
        if self._choice not in THEMES:
            self.choose(self._choice)
