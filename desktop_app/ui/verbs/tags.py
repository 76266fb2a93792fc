"""What the Tags menu does: for the tag that the sidebar's keys are at, or for one that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from desktop_app.core.errors import Problem
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.words import name_key
from desktop_app.library.tags.commands import MoveTag
from desktop_app.library.tags.editing import ArchiveTag
from desktop_app.library.tags.previews import MergePreview
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.merge import MergeDialog
from desktop_app.ui.dialogs.tag_editor import TagEditor
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.models.tag_words import is_locked
from desktop_app.ui.panes.choice_list import Choice, tag_choice
from desktop_app.ui.panes.chooser import Asked, Chooser
from desktop_app.ui.panes.fields import short
from desktop_app.ui.session import Session

_MOST_ROWS = 200
# What stands beside the window looks at changed tags in a turn of its own: each takes its time.
_LATER = Qt.ConnectionType.QueuedConnection


class TagVerbs(QObject):
    """The verbs of tags; `about_tag` and `ask_tag` are for those that live elsewhere."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._chosen = chosen  # the documents that an action is about
        self._window = window
        self._merging: set[MergeDialog] = set()  # those that are open
        self.chooser = Chooser(window)
        sidebar = window.sidebar
        actions.on("tags.new", lambda: sidebar.new_tag(None, self._chosen()))
        self.about_tag("tags.edit", self.tr("Edit which tag?"), self.edit)
        self.about_tag("tags.move", self.tr("Move which tag?"), self.move)
        self.about_tag("tags.archive", self.tr("Archive which tag?"), self.archive)
        self.about_tag("tags.rename", self.tr("Rename which tag?"), self.rename)
        self.about_tag("tags.merge", self.tr("Merge which tag?"), self.merge)
        self.about_tag("tags.delete", self.tr("Delete which tag?"), self.delete)
        sidebar.merge_offered.connect(partial(self.merge, taken=True))
        session.tags_changed.connect(lambda _tree: self.chooser.look_again())

    @property
    def tree(self) -> TagTree:
        """The tags as the window knows them now."""
        return self._session.tag_tree or TagTree()

    # Which tag is meant.

    def about_tag(self, action: str, question: str, run: Callable[[int], object]) -> None:
        """Say what an action about one tag does; a tag's menu in the sidebar holds it from now on.

        question: asks which tag is meant, where the sidebar's keys are at none.
        """
        self._actions.on(action, lambda: self.with_tag(question, run))
        self._window.sidebar.tags.offer_verb(action, run)

    def with_tag(self, question: str, then: Callable[[int], object]) -> None:
        """Do something with the tag that the sidebar's keys are at, or with one that is asked for."""
        at_hand = self._window.sidebar.tag_at_hand()
        if at_hand is not None:
            then(at_hand)
        else:
            self.ask_tag(question, lambda tag: then(tag.id))

    def ask_tag(
        self, question: str, then: Callable[[Tag], object], *, but: Collection[int] = ()
    ) -> None:
        """Ask for a tag by typing, whatever the sidebar's keys are at."""
        seen = self.tree
        finder = TagFinder(seen)

        def find(typed: str) -> Sequence[Choice]:
            nonlocal seen, finder
            tree = self.tree
            if seen is not tree:
                seen, finder = tree, TagFinder(tree)
            found = [tag for tag in finder.find(typed, limit=_MOST_ROWS) if tag.id not in but]
            return [tag_choice(tree, tag, f"{tree.own.get(tag.id, 0):,}") for tag in found]

        def chosen(value: object) -> None:
            if isinstance(value, Tag):
                then(value)

        hint, nothing = self.tr("A tag"), self.tr("No tag is called so. Esc closes.")
        self.chooser.ask(Asked(question, hint, find, chosen, nothing))

    # Single tags.

    def edit(self, tag: int) -> None:
        """Show all that is said of a tag, to be changed."""
        tree = self.tree
        if tag not in tree.by_id:
            return
        dialog = TagEditor(tree, tag, self._window, read_only=self._session.read_only)
        dialog.command.connect(self._session.do)
        dialog.merge_asked.connect(partial(self.merge, taken=True))
        self._session.tags_changed.connect(dialog.set_tags, _LATER)
        dialog.show()

    def move(self, tag: int) -> None:
        """Ask where a tag is to stand, with all below it."""
        known = self.tree.by_id.get(tag)
        if known is None:
            return

        def find(typed: str) -> Sequence[Choice]:
            return places_for(self.tree, tag, typed)

        def chosen(value: object) -> None:
            if isinstance(value, Tag):
                self._session.do(MoveTag(tag, value.id))
            elif isinstance(value, TagCollection):
                self._session.do(MoveTag(tag, None, value.id))

        title = self.tr("Move “{0}” to").format(short(known.name))
        hint = self.tr("A tag that it is to stand below, or a collection")
        self.chooser.ask(Asked(title, hint, find, chosen, self.tr("There is no such place.")))

    def archive(self, tag: int) -> None:
        """Put a tag away with all below it, or take it out again."""
        known = self.tree.by_id.get(tag)
        if known is not None:
            self._session.do(ArchiveTag(tag, not known.archived))

    def rename(self, tag: int) -> None:
        """Rename a tag where it stands in the sidebar; one that does not stand there in its editor."""
        self._bring_sidebar()
        if not self._window.sidebar.rename_tag(tag):
            self.edit(tag)

    def merge(self, tag: int, winner: int | None = None, *, taken: bool = False) -> None:
        """Ask into which other tag one is to go up; winner, taken: see MergeDialog."""
        if tag not in self.tree.by_id:
            return
        dialog = MergeDialog(self.tree, tag, self._window, winner=winner, taken=taken)
        dialog.command.connect(self._session.do)
        dialog.count_asked.connect(partial(self._count_merge, dialog))
        dialog.finished.connect(lambda _result: self._merging.discard(dialog))
        self._merging.add(dialog)
        self._session.tags_changed.connect(dialog.set_tags, _LATER)
        dialog.show()

    def _count_merge(self, dialog: MergeDialog, loser: int, winner: int) -> None:
        def refused(error: Exception) -> None:
            if not isinstance(error, Problem):
                self._session.say_problem(error)
            elif dialog in self._merging:
                dialog.show_refused(error)

        def counted(preview: MergePreview) -> None:
            if dialog in self._merging:
                dialog.show_count(loser, winner, preview)

        self._session.read(
            lambda library: library.merge_preview(loser, winner),
            counted,
            refused,
            key="merge-preview",
        )

    def delete(self, tag: int) -> None:
        """Delete a tag with all below it."""
        self._session.do(DeleteTag(tag))

    def _bring_sidebar(self) -> None:
        if self._window.sidebar.isHidden():
            self._window.leave_reader_alone()
            self._window.show_sidebar(True)


def places_for(tree: TagTree, tag: int, typed: str) -> list[Choice]:
    """Where a tag can be moved: the tops of the collections, then below other tags; best first."""
    known = tree.by_id.get(tag)
    if known is None:
        return []
    key = name_key(typed)
    tops = [
        Choice(each, f"The top of “{short(each.name)}”", icon="up")
        for each in tree.collections
        if not each.locked
        and not each.archived
        and (known.parent is not None or each.id != known.collection)
        and (key in name_key(each.name) or "the top".startswith(key))
    ]
    tops.sort(key=lambda row: isinstance(row.value, TagCollection) and not row.value.active)
    barred = {tag, known.parent, *(below.id for below in tree.below(tag))}
    found = [
        each
        for each in TagFinder(tree).find(typed, limit=_MOST_ROWS + len(barred))
        if each.id not in barred and not is_locked(tree, each)
    ]
    return [*tops, *(tag_choice(tree, each) for each in found[:_MOST_ROWS])]
