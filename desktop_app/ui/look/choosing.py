"""Colours and type: what is chosen in the menus and in the reader, and remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.style import SIZES_PX, ReadingStyle
from desktop_app.ui.settings_keeper import SettingsKeeper

THEMES = ("system", "light", "sepia", "dark", "contrast")


class Looks(QObject):
    """The theme of the window and the type of the reader."""

    def __init__(
        self,
        settings: SettingsKeeper,
        appearance: Appearance,
        actions: Actions,
        reader: ReaderPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._appearance = appearance
        self._actions = actions
        self._reader = reader
        now = settings.now
        reader.set_reading(
            ReadingStyle(
                size_px=now.reader_size,
                width_px=now.reader_width,
                family=now.reader_family,
                line_height=now.reader_line_height,
                justified=now.reader_justified,
            )
        )
        actions[f"view.theme_{appearance.choice}"].setChecked(True)
        self._connect()

    def _connect(self) -> None:
        for theme in THEMES:
            self._actions.on(f"view.theme_{theme}", partial(self._choose_theme, theme))
        self._actions.on("view.text_larger", lambda: self._step(1))
        self._actions.on("view.text_smaller", lambda: self._step(-1))
        self._actions.on("view.text_normal", self._usual_size)
        self._reader.theme_chosen.connect(self._choose_theme)
        self._reader.reading_changed.connect(self._keep)

    def _choose_theme(self, choice: str) -> None:
        self._appearance.choose(choice)
        self._settings.change(theme=choice)
        self._actions[f"view.theme_{choice}"].setChecked(True)

    def _step(self, by: int) -> None:
        """Take the next larger or smaller size, of the text or of the pages."""
        if self._reader.sheets.in_pages:
            self._reader.pages.step_zoom(by)
            return
        now = self._reader.reading.size_px
        sizes = [size for size in SIZES_PX if (size > now if by > 0 else size < now)]
        if sizes:
            self._take(sizes[0] if by > 0 else sizes[-1])

    def _usual_size(self) -> None:
        if self._reader.sheets.in_pages:
            self._reader.pages.set_full_size()
        else:
            self._take(ReadingStyle().size_px)

    def _take(self, size_px: float) -> None:
        style = replace(self._reader.reading, size_px=size_px)
        self._reader.set_reading(style)
        self._keep(style)

    def _keep(self, style: ReadingStyle) -> None:
        self._settings.change(
            reader_size=style.size_px,
            reader_width=style.width_px,
            reader_family=str(style.family),
            reader_line_height=style.line_height,
            reader_justified=style.justified,
        )
