"""The QActions of the table of actions, and the menus made of them.

What an action does is said by whoever joins the parts (`Actions.on`). Single letters act only
outside text fields: a field that is being typed in takes them first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_app.ui.actions.marking import REPEATED
from desktop_app.ui.actions.table import ACTIONS, MENUS, Action, Situation
from desktop_app.ui.look import icons

# A key that is held down repeats these. Of all others it asks once: a key left lying on Undo or on
# Delete would take away the work of a day.
_REPEATED = REPEATED | frozenset(
    (
        "document.next",
        "document.previous",
        "search.next_result",
        "search.previous_result",
        "document.next_match",
        "document.previous_match",
        "view.text_larger",
        "view.text_smaller",
    )
)


class Actions(QObject):
    """The QActions of the table, and the keys that the user gave them instead of ours."""

    def __init__(self, window: QWidget, *, keys: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._table = {action.id: action for action in ACTIONS}
        self._made: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._situation: Situation | None = None
        for action in ACTIONS:
            self._made[action.id] = self._make(action)
        for action_id, changed in (keys or {}).items():
            if action_id in self._made:
                self.set_keys(action_id, changed)
        self.set_situation(Situation())

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def on(self, action_id: str, slot: Callable[[], object]) -> None:
        """Say what an action does."""
        self._made[action_id].triggered.connect(lambda _checked=False: slot())

    def entries(self) -> list[tuple[Action, QAction]]:
        """Every action with its QAction, in the order of the table."""
        return [(action, self._made[action.id]) for action in ACTIONS]

    def menu(self, name: str, parent: QWidget, *, ids: Sequence[str] = ()) -> QMenu:
        """Make a menu of the table: all actions that stand in it, or those of `ids` in their order."""
        menu = QMenu(_words(name), parent)
        chosen = [self._table[each] for each in ids] or sorted(
            (a for a in ACTIONS if a.menu == name), key=lambda action: action.part
        )
        part = chosen[0].part if chosen else 0
        inside: dict[str, QMenu] = {}
        for action in chosen:
            if action.part != part:
                menu.addSeparator()
                part = action.part
            place = menu
            if action.inside and not ids:
                if action.inside not in inside:
                    inside[action.inside] = menu.addMenu(_words(action.inside))
                place = inside[action.inside]
            place.addAction(self._made[action.id])
        return menu

    def give_keys(self, reader: QWidget) -> None:
        """Let the keys that are for the reader act while it or a part of it has the keys."""
        for action in ACTIONS:
            if action.in_reader:
                reader.addAction(self._made[action.id])

    def fill(self, bar: QMenuBar) -> None:
        """Fill a menu bar with the menus of the table."""
        for name in MENUS:
            menu = self.menu(name, bar)
            menu.setTitle(f"&{_words(name)}")
            bar.addMenu(menu)

    def set_situation(self, now: Situation) -> None:
        """Enable what can be done now, and name what would be undone."""
        if now == self._situation:
            return
        self._situation = now
        for action in ACTIONS:
            self._made[action.id].setEnabled(action.enabled(now))
        self._made["edit.undo"].setText(_with_name(_words("Undo"), now.undo_name))
        self._made["edit.redo"].setText(_with_name(_words("Redo"), now.redo_name))

    def keys(self, action_id: str) -> list[str]:
        """The keys of an action as they are now, in portable writing."""
        portable = QKeySequence.SequenceFormat.PortableText
        return [key.toString(portable) for key in self._made[action_id].shortcuts()]

    def set_keys(self, action_id: str, keys: Sequence[str]) -> None:
        """Give an action other keys."""
        self._made[action_id].setShortcuts([QKeySequence(key) for key in keys])

    def taken_by(self, key: str) -> str | None:
        """The id of the action that a key already belongs to; None where it is free."""
        wanted = QKeySequence(key)
        for action_id, made in self._made.items():
            if wanted in made.shortcuts():
                return action_id
        return None

    def reset_keys(self) -> None:
        """Give every action the keys of the table."""
        for action in ACTIONS:
            self.set_keys(action.id, action.keys)

    def _make(self, action: Action) -> QAction:
        made = QAction(_words(action.text), self._window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if action.in_reader
            else Qt.ShortcutContext.WindowShortcut
        )
        made.setAutoRepeat(action.id in _REPEATED)
        made.setCheckable(action.checkable)
        if action.icon:
            made.setIcon(icons.icon(action.icon))
        made.setProperty("more", action.more)
        made.setProperty("menu", action.menu)
        made.setProperty("group", _words(action.inside))
        if action.group:
            group = self._groups.get(action.group)
            if group is None:
                group = self._groups[action.group] = QActionGroup(self)
            group.addAction(made)
        if not action.in_reader:
            self._window.addAction(made)
        return made


def _words(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def _with_name(verb: str, name: str | None) -> str:
    return f"{verb}: {name}" if name else verb
