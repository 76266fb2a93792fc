"""The colours of the window: light, dark and sepia, and how they are put on.

Every pair of text and ground that these colours make meets WCAG AA; a test computes it. Widgets
that paint themselves read the palette (see `palette`) or take a Theme; none names a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.ui import fonts
from desktop_app.ui.stylesheet import stylesheet

SYSTEM = "system"  # the choice that follows the desktop between light and dark


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, all as `#rrggbb`.

    Grounds: window (bars), sidebar, list, page (the reader), box (code and pictures on the page).
    match is a word that was searched; match_now the one that was jumped to, which has match_edge
    drawn around it as well.
    marks: the colours of highlights by name.
    """

    name: str
    dark: bool
    window: str
    sidebar: str
    list: str
    page: str
    box: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    text_selection: str
    match: str
    match_now: str
    match_edge: str
    strip: str
    problem: str
    problem_soft: str
    marks: Mapping[str, str]


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f6f4ef",
    sidebar="#efece5",
    list="#fbfaf7",
    page="#fffefb",
    box="#f4f2ec",
    ink="#22252a",
    muted="#5f6269",
    line="#e0dcd2",
    accent="#2c5d63",
    on_accent="#ffffff",
    accent_soft="#dfeae8",
    selection="#e4ebe9",
    text_selection="#c9dfdf",
    match="#ffe08a",
    match_now="#ffc93d",
    match_edge="#8a6100",
    strip="#c99400",
    problem="#9b2c2c",
    problem_soft="#f8e4e0",
    marks=MappingProxyType(
        {"yellow": "#fdeeb0", "green": "#d5ecc9", "blue": "#cfe3f5", "pink": "#f6d3dd"}
    ),
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1d1f22",
    sidebar="#191b1e",
    list="#212428",
    page="#1f2225",
    box="#292d31",
    ink="#d9d6cf",
    muted="#9da0a6",
    line="#303439",
    accent="#7fb8b4",
    on_accent="#14201f",
    accent_soft="#27393a",
    selection="#2a3335",
    text_selection="#2f5053",
    match="#6b5415",
    match_now="#735a17",
    match_edge="#f0c65a",
    strip="#c79a2e",
    problem="#e59a93",
    problem_soft="#3d2626",
    marks=MappingProxyType(
        {"yellow": "#5a4d1c", "green": "#2f4a2a", "blue": "#24415c", "pink": "#5a2f3c"}
    ),
)

SEPIA = Theme(
    name="sepia",
    dark=False,
    window="#efe4cd",
    sidebar="#e8dcc2",
    list="#f4ead6",
    page="#f7eedb",
    box="#eee2ca",
    ink="#3b2f22",
    muted="#65543f",
    line="#d8c9a8",
    accent="#2f5a55",
    on_accent="#fffaf0",
    accent_soft="#dcdcc0",
    selection="#e2d9bd",
    text_selection="#c8d2b8",
    match="#f2cd6b",
    match_now="#eab93c",
    match_edge="#77530a",
    strip="#a97500",
    problem="#8f2a22",
    problem_soft="#f0d5c2",
    marks=MappingProxyType(
        {"yellow": "#f5dd93", "green": "#d3dcae", "blue": "#c5d7d8", "pink": "#ecc7bd"}
    ),
)

THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, SEPIA)})


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
    if app.style().name() != "fusion":
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
