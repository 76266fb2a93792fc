"""Who is told of what about tags: the sidebar, the verbs of the Tags menu, the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.tag_places import TagsShown
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.collections import CollectionVerbs
from desktop_app.ui.verbs.tags import TagVerbs

# What of the tags the sidebar shows: the action that changes it, and the setting that keeps it.
_SHOWN = {"tags.highlights": "tag_highlights", "tags.archived": "archived_tags"}


class TagJoins(QObject):
    """The connections of tags; `verbs` is for whoever needs a tag to be asked for."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self.verbs = TagVerbs(session, actions, chosen, window)
        self.collections = CollectionVerbs(session, actions, window, self.verbs.chooser)
        self._actions = actions
        self._sidebar = window.sidebar
        window.sidebar.command.connect(session.do)
        for action, setting in _SHOWN.items():
            actions.on(action, partial(self._keep_shown, action, setting))
        window.sidebar.tags.offer_actions(
            [actions[each] for each in ("tags.highlights", "tags.archived", "tags.collections")]
        )
        session.settings.changed.connect(lambda _settings: self._show())
        self._show()

    def _keep_shown(self, action: str, setting: str) -> None:
        self._session.settings.change(**{setting: self._actions[action].isChecked()})

    def _show(self) -> None:
        """Show of the tags what is set."""
        now = self._session.settings.now
        for action, setting in _SHOWN.items():
            self._actions[action].setChecked(getattr(now, setting))
        self._sidebar.tags.show_tags(TagsShown(now.tag_highlights, now.archived_tags))

    @property
    def count(self) -> int:
        """How many tags there are."""
        tree = self._session.tag_tree
        return len(tree.tags) if tree is not None else 0
