"""The menu of a place on the page: what is selected, the link, the fold or the line that is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop_app.ui.reader.laid import SpotKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.view import PageView

SHORT_LINE = 200  # letters; a longer line is prose, and never repeated


def context_menu(view: PageView, place: QPoint) -> QMenu:
    """Make the menu of a place of the window."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    spot = view.spot_at(QPointF(place))
    if spot is not None and spot.kind in (SpotKind.FOLD, SpotKind.RULE):
        _add_fold(menu, view, int(spot.target), place)
        menu.addSeparator()
    copy = menu.addAction(_tr("Copy"), view.copy)
    copy.setEnabled(view.selection() is not None)
    link = view.link_at(QPointF(place))
    if link:
        menu.addAction(_tr("Copy link"), lambda: QGuiApplication.clipboard().setText(link))
    menu.addSeparator()
    menu.addAction(_tr("Select all"), view.select_all).setEnabled(view.text is not None)
    if view.has_folds():
        menu.addAction(_tr("Show or hide what is folded"), view.toggle_folds)
    line = view.line_at(QPointF(place)) if spot is None else ""
    if line and len(line) <= SHORT_LINE:
        menu.addSeparator()
        always = _tr("Always fold this line")
        _add_verdict(menu, view, always, lambda: view.always_fold_asked.emit(line))
    return menu


def _add_fold(menu: QMenu, view: PageView, index: int, place: QPoint) -> None:
    part, text = view.fold_at(index), view.text
    if part is None or text is None:
        return
    shown = _tr("Hide what was folded") if view.is_open(index) else _tr("Show what is folded")
    menu.addAction(shown, lambda: view.toggle_fold(index))
    menu.addAction(
        _tr("Why is this folded?"), lambda: view.say_at(QPointF(place), view.fold_rules(index))
    )
    never = _tr("Never fold this")
    _add_verdict(menu, view, never, lambda: view.never_fold_asked.emit(part.folds))


def _add_verdict(menu: QMenu, view: PageView, what: str, then: Callable[[], None]) -> None:
    """Offer to remember what becomes of a line in all texts of this document's source."""
    where = _tr("at {0}").format(_shortened(view.source).replace("&", "&&"))
    if not view.source:
        where = _tr("in texts without a source")
    menu.addAction(f"{what} {where}", then).setEnabled(not view.read_only)


def _shortened(name: str) -> str:
    return name if len(name) <= 40 else name[:39].rstrip() + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("reader", text)
