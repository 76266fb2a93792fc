"""Who is told of what about tags that occur together: the square, the search, files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.core.query_tree import tag_text
from desktop_app.library.library import Library
from desktop_app.library.tags.together import TagsTogether, Unit, save_together
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.highlights.tag_filter import TagFilter
from desktop_app.ui.joins.question import QuestionJoins
from desktop_app.ui.joins.tag_page import TagPageJoins
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.session import Session
from desktop_app.ui.tags.together_asking import TogetherAsking
from desktop_app.ui.tags.together_model import TogetherModel
from desktop_app.ui.tags.together_pane import TogetherPane

LEAST_WIDTH = 360


class TogetherJoins(QObject):
    """The connections of the table of tags that occur together."""

    situation_changed = Signal()

    def __init__(
        self,
        session: Session,
        question: Question,
        window: MainWindow,
        *,
        appearance: Appearance,
        searching: QuestionJoins,
        page: TagPageJoins,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._window = window
        self._searching = searching
        self._page = page
        self._actions: Actions = window.actions_table
        self.asking = TogetherAsking(session, self)
        self.model = TogetherModel(self)
        self.pane = TogetherPane(self.model, appearance.theme, window)
        self.pane.setMinimumWidth(LEAST_WIDTH)
        self.pane.hide()
        self.chooser = TagFilter(
            window,
            name=self.tr("Which tags are counted together"),
            hint=self.tr("A tag"),
            hints=self.tr(
                "Enter ticks or unticks · nothing ticked: all of the collection · Esc closes"
            ),
        )
        appearance.changed.connect(self.pane.set_theme)
        self._connect()
        self._show_asked()

    def _connect(self) -> None:
        pane, asking = self.pane, self.asking
        asking.asked.connect(self._show_asked)
        asking.counting.connect(lambda: pane.show_counting(asking.scope))
        asking.answered.connect(self._on_found)
        pane.wanted.connect(lambda fields: asking.want(**fields))
        pane.tags_asked.connect(self._choose_tags)
        pane.opened.connect(self.open_cell)
        pane.page_asked.connect(self._page.show)
        pane.menu_asked.connect(self._show_menu)
        pane.action_asked.connect(self._run)
        pane.left.connect(self.leave)
        self.chooser.tags_chosen.connect(lambda tags: asking.want(chosen=tags))
        self.chooser.closed.connect(self._show_asked)
        self._session.tags_changed.connect(self._on_tags)
        self._question.asked.connect(self._on_asked)
        self._window.places.currentChanged.connect(lambda _place: self._on_place())
        self._actions.on("tags.together", self._toggle)
        self._actions.on("together.save", self._save)

    # Showing.

    @property
    def shown(self) -> bool:
        """Whether the table stands in the place of the list."""
        return self._window.places.currentWidget() is self.pane

    def show(self) -> None:
        """Show the table in the place of the list."""
        self._window.leave_reader_alone()
        self._window.show_place(self.pane)
        self._show_asked()
        self._show_tree(self._tree)
        self.pane.focus_table()

    def leave(self) -> None:
        """Show the documents again."""
        if self.shown:
            self._window.show_place(self._window.list)
            self._window.list.focus()

    @property
    def _tree(self) -> TagTree:
        return self._session.tag_tree or TagTree()

    def _toggle(self) -> None:
        if self.shown:
            self.leave()
            self._actions["tags.together"].setChecked(False)
        else:
            self.show()

    def _on_place(self) -> None:
        self._actions["tags.together"].setChecked(self.shown)
        self.asking.set_active(self.shown)
        self.situation_changed.emit()

    def _on_asked(self) -> None:
        if not self.shown:
            return
        if self._window.header.isAncestorOf(self._window.focusWidget() or self._window):
            self._window.show_place(self._window.list)  # the keys stay in the search box
        else:
            self.leave()

    def _show_asked(self) -> None:
        self.pane.show_asked(self.asking.now, self._tree)

    def _on_tags(self, tree: TagTree) -> None:
        if self.shown:
            self._show_asked()
            self._show_tree(tree)

    def _show_tree(self, tree: TagTree) -> None:
        """Show tags under the names that they have now; counts come by themselves."""
        if tree.tags != self.model.tree.tags:
            self.pane.show_tree(tree)

    def _on_found(self, found: TagsTogether) -> None:
        had_keys = self.pane.isAncestorOf(self._window.focusWidget() or self._window)
        first = not self.model.tags
        self.pane.show_found(found, self._tree)
        if first and had_keys:
            self.pane.focus_table()
        self.situation_changed.emit()

    # What is asked for.

    def open_cell(self, row: int, column: int) -> None:
        """Search for what a cell counts."""
        if not self.model.count(row, column):
            self._session.said.emit(f"{self.model.about(row, column)}.")
            return
        one, other = self.model.tags[row].id, self.model.tags[column].id
        self._searching.choose_everything()
        self._window.header.search.set_text(self.query(one, other))
        self._question.set_text(self._window.header.search.text, at_once=True)
        self.leave()  # the very same may have been asked before

    def query(self, one: int, other: int) -> str:
        """The search that finds what carries two tags, as they were counted, each copy by itself."""
        found, tree = self.model.found, self._tree
        several = len(tree.collections) > 1

        def asked(tag: int) -> str:
            names = tree.names(tag)
            named = several or any("::" in name for name in names)
            known = tree.by_id[tag].collection
            collection = next(each.name for each in tree.collections if each.id == known)
            return tag_text(names, collection=collection if named else None, exact=not found.below)

        parts = " ".join(dict.fromkeys((asked(one), asked(other))))
        if found.unit is Unit.HIGHLIGHTS:
            return f"same:passage({parts}) find:passages"
        return f"{parts} dup:all"

    def _choose_tags(self) -> None:
        self.chooser.open_with(self._tree, self.asking.now.chosen)

    def _show_menu(self, tag: int, at: QPoint) -> None:
        menu = QMenu(self.pane)
        menu.addAction(self.tr("Page of the tag"), lambda: self._page.show(tag))
        menu.addAction(
            self.tr("What occurs with it first"), lambda: self.pane.table.beside_asked.emit(tag)
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _run(self, action: str) -> None:
        if action == "together.leave":
            self.leave()
        elif self._actions[action].isEnabled():
            self._actions[action].trigger()

    def _save(self) -> None:
        """Ask where to, and write the table as it stands there."""
        settings = self._session.settings
        folder = settings.now.last_folder or str(Path.home())
        chosen, _form = QFileDialog.getSaveFileName(
            self.pane,
            self.tr("Save tags that occur together"),
            str(Path(folder) / "tags together.csv"),
            self.tr("CSV, for spreadsheets (*.csv)"),
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != ".csv":
            target = target.with_name(f"{target.name}.csv")
        settings.change(last_folder=str(target.parent))
        found, tree = self.model.found, self._tree
        tags = tuple(tag.id for tag in self.model.tags)

        def work(_library: Library) -> int:
            return save_together(found, tree, target, tags=tags)

        def saved(number: int) -> None:
            self._session.said.emit(
                self.tr("Saved {0} tags as {1}").format(f"{number:,}", target.name)
            )

        self._session.long_work(self.tr("Saving the table"), work, saved)
