"""What the Tags menu does for collections and for the trash of tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import TagCollection
from desktop_app.core.words import name_key
from desktop_app.library.tags.collection_commands import UseCollection
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.collections import CollectionsDialog
from desktop_app.ui.dialogs.tag_bin import TagBinDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.tag_words import tags_in_words
from desktop_app.ui.panes.choice_list import Choice
from desktop_app.ui.panes.chooser import Asked, Chooser
from desktop_app.ui.session import Session


class CollectionVerbs(QObject):
    """The verbs of collections, and of what was deleted."""

    def __init__(
        self, session: Session, actions: Actions, window: MainWindow, chooser: Chooser
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._chooser = chooser
        self._collections: CollectionsDialog | None = None
        self._bin: TagBinDialog | None = None
        actions.on("tags.switch", self.switch)
        actions.on("tags.collections", self.show_collections)
        actions.on("tags.bin", self.show_bin)
        window.sidebar.collections_asked.connect(self.show_collections)
        session.changed.connect(self._on_changes)

    @property
    def _tree(self) -> TagTree:
        return self._session.tag_tree or TagTree()

    def switch(self) -> None:
        """Ask which collection is to be the one in use."""

        def find(typed: str) -> Sequence[Choice]:
            key, tree = name_key(typed), self._tree
            rows = [each for each in tree.collections if key in name_key(each.name)]
            # The one in use comes last: what is asked for is another.
            rows.sort(
                key=lambda each: (
                    each.archived,
                    each.active,
                    not name_key(each.name).startswith(key),
                )
            )
            return [self._row(each) for each in rows]

        def chosen(value: object) -> None:
            if isinstance(value, TagCollection) and not value.active:
                self._session.do(UseCollection(value.id))

        title = self.tr("Use which tag collection?")
        hint = self.tr("A tag collection")
        nothing = self.tr("No collection is called so. Esc closes.")
        self._chooser.ask(Asked(title, hint, find, chosen, nothing))

    def _row(self, collection: TagCollection) -> Choice:
        count = sum(1 for tag in self._tree.tags if tag.collection == collection.id)
        said = [self.tr("in use")] if collection.active else []
        said += [self.tr("locked")] if collection.locked else []
        said += [self.tr("archived")] if collection.archived else []
        return Choice(
            collection,
            collection.name,
            " · ".join(said),
            tags_in_words(count),
            icon="collection",
            enabled=not collection.archived,
        )

    def show_collections(self, collection: object = None) -> None:
        """Show the tag collections, at one of them where it is named."""
        dialog = self._collections
        if dialog is None:
            dialog = self._collections = CollectionsDialog(self._window)
            dialog.command.connect(self._session.do)
            self._session.tags_changed.connect(dialog.set_tags)
        dialog.set_tags(self._tree)
        if isinstance(collection, TagCollection):
            dialog.choose(collection.id)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def show_bin(self) -> None:
        """Show what lies in the trash of tags."""
        dialog = self._bin
        if dialog is None:
            dialog = self._bin = TagBinDialog(self._window)
            dialog.command.connect(self._session.do)
        self._fill_bin()
        dialog.show()
        dialog.focus_table()
        dialog.raise_()
        dialog.activateWindow()

    def _on_changes(self, changes: Changes) -> None:
        shown = self._bin is not None and self._bin.isVisible()
        if shown and changes.touches(Kind.TAGS, Kind.COLLECTIONS):
            self._fill_bin()

    def _fill_bin(self) -> None:
        if self._bin is not None:
            self._session.read(lambda library: library.tag_bin(), self._bin.set_rows, key="bin")
