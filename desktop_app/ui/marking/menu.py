"""What the menu of a place in the reader offers for the passage or the highlights that are there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.marking import STYLES
from desktop_app.ui.highlights.swatch import swatch_icon
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.marking.verbs import MarkVerbs
from desktop_app.ui.panes.fields import short


def fill(
    menu: QMenu, here: Sequence[Highlight], verbs: MarkVerbs, actions: Actions, theme: Theme
) -> None:
    """Put the verbs of marking at the top of a menu. here: the highlights under its place."""
    target = verbs.aim.target()
    if target is None:
        return
    marked = target if isinstance(target, Highlight) else None
    first = menu.actions()[0] if menu.actions() else None
    made: list[QAction] = []
    if marked is None:
        made.append(actions["mark.highlight"])
    made.append(actions["mark.note"])
    made.append(_tags(menu, marked, verbs, actions))
    made.append(_colours(menu, marked, actions, theme))
    made.append(_styles(menu, marked, actions))
    if len(here) > 1:
        made.append(_choosing(menu, here, marked, verbs, theme))
    if marked is not None:
        made.append(actions["mark.delete"])
    if first is None:
        menu.addActions(made)
    else:
        menu.insertActions(first, made)
        menu.insertSeparator(first)


def _tags(menu: QMenu, marked: Highlight | None, verbs: MarkVerbs, actions: Actions) -> QAction:
    inner = QMenu(_tr("Tag"), menu)
    for tag in verbs.tags.keyed():
        entry = inner.addAction(tag_icon(tag), f"{tag.key}  {short(tag.name)}".replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(marked is not None and tag.id in marked.tags)
        entry.setEnabled(actions["mark.tags"].isEnabled())
        entry.triggered.connect(partial(_tag_by_key, verbs, tag.key))
    if inner.actions():
        inner.addSeparator()
    more = inner.addAction(_tr("All tags… (T)"), verbs.pick_tags)
    more.setEnabled(actions["mark.tags"].isEnabled())
    return inner.menuAction()


def _tag_by_key(verbs: MarkVerbs, key: int | None, _checked: bool = False) -> None:
    if key is not None:
        verbs.tags.tag_by_key(key)


def _colours(menu: QMenu, marked: Highlight | None, actions: Actions, theme: Theme) -> QAction:
    inner = QMenu(_tr("Colour"), menu)
    for colour in MARK_COLOURS:
        action = actions[f"mark.colour_{colour}"]
        entry = inner.addAction(swatch_icon(colour, MarkStyle.FILL, theme), action.text())
        entry.setCheckable(True)
        entry.setChecked(marked is not None and marked.colour == colour)
        entry.setEnabled(action.isEnabled())
        entry.triggered.connect(action.trigger)
    return inner.menuAction()


def _styles(menu: QMenu, marked: Highlight | None, actions: Actions) -> QAction:
    inner = QMenu(_tr("Style"), menu)
    for style in STYLES:
        action = actions[f"mark.style_{style}"]
        entry = inner.addAction(action.text())
        entry.setCheckable(True)
        entry.setChecked(marked is not None and marked.style is style)
        entry.setEnabled(action.isEnabled())
        entry.triggered.connect(action.trigger)
    return inner.menuAction()


def _choosing(
    menu: QMenu,
    here: Sequence[Highlight],
    marked: Highlight | None,
    verbs: MarkVerbs,
    theme: Theme,
) -> QAction:
    inner = QMenu(_tr("Highlights here"), menu)
    for each in here:
        quote = short(" ".join(each.anchor.quote.split()), 60).replace("&", "&&")
        entry = inner.addAction(swatch_icon(each.colour, each.style, theme), f"“{quote}”")
        entry.setCheckable(True)
        entry.setChecked(marked is not None and marked.id == each.id)
        entry.triggered.connect(partial(_choose, verbs, each.id))
    return inner.menuAction()


def _choose(verbs: MarkVerbs, highlight: int, _checked: bool = False) -> None:
    verbs.choose(highlight)


def _tr(text: str) -> str:
    return QCoreApplication.translate("marking", text)
