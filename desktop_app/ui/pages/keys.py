"""What the keys do on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop_app.ui.pages.area import LINE_PX

if TYPE_CHECKING:
    from desktop_app.ui.pages.view import PagesView

_Key = Qt.Key
_Held = Qt.KeyboardModifier


def press(view: PagesView, event: QKeyEvent) -> bool:
    """Do what a key of the pages does; tell whether it is one."""
    key, held = event.key(), event.modifiers() & ~_Held.KeypadModifier
    shift = bool(held & _Held.ShiftModifier)
    if event.matches(QKeySequence.StandardKey.SelectAll):
        view.select_all()
    elif event.matches(QKeySequence.StandardKey.Copy):
        view.copy()
    elif held == _Held.ControlModifier and key in (_Key.Key_PageDown, _Key.Key_PageUp):
        view.turn_pages(1 if key == _Key.Key_PageDown else -1)
    elif held & ~_Held.ShiftModifier:
        return False
    elif key == _Key.Key_Space:
        view.turn(-1 if shift else 1)
    elif shift and key in (_Key.Key_Left, _Key.Key_Right):
        view.extend(1 if key == _Key.Key_Right else -1)
    elif key in (_Key.Key_PageDown, _Key.Key_PageUp):
        view.turn(1 if key == _Key.Key_PageDown else -1)
    elif key in (_Key.Key_Down, _Key.Key_Up) and not shift:
        view.scroll_by(LINE_PX if key == _Key.Key_Down else -LINE_PX)
    elif key in (_Key.Key_Left, _Key.Key_Right):
        _sideways_or_turn(view, 1 if key == _Key.Key_Right else -1)
    elif key in (_Key.Key_Home, _Key.Key_End):
        view.scroll_to_edge(end=key == _Key.Key_End)
    elif key in (_Key.Key_Return, _Key.Key_Enter):
        return view.open_note_of_chosen()
    else:
        return False
    return True


def _sideways_or_turn(view: PagesView, by: int) -> None:
    bar = view.horizontalScrollBar()
    if bar.maximum() > 0:
        bar.setValue(bar.value() + by * LINE_PX)
    else:
        view.turn_pages(by)
