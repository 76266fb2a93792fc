"""Which tags are counted together, and on what; counted again when the library changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.tags.together import TagsTogether, Unit, in_tree_order
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

SOON_MS = 200
WHILE_IMPORTING_MS = 3_000
EVERY = 0
MOST_TAGS = 250  # a larger square can neither be read nor found one's way in

_KINDS = (
    Kind.HIGHLIGHTS,
    Kind.TAGGING,
    Kind.STATE,
    Kind.ADDED,
    Kind.REMOVED,
    Kind.TAGS,
    Kind.COLLECTIONS,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted. collection: None for the active one, EVERY for all. chosen: these tags instead."""

    unit: Unit = Unit.DOCUMENTS
    below: bool = False
    collection: int | None = None
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """The tags that are counted, in their order, and how many there would be without a limit."""

    tags: tuple[int, ...]
    of: int


class TogetherAsking(QObject):
    """The question of the table, and its newest answer."""

    asked = Signal()
    counting = Signal()
    answered = Signal(object)  # TagsTogether

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.now = Asked()
        self.scope = Scope((), 0)
        self._active = self._running = False
        self._due = True
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.timeout.connect(self._ask)
        session.changed.connect(self._on_changes)
        session.tags_changed.connect(self._on_tags)

    def set_active(self, active: bool) -> None:
        """Say whether the table is shown: while it is not, nothing is counted."""
        self._active = active
        if active and self._due:
            self._ask()

    def want(self, **fields: object) -> None:
        """Count something else; the fields are those of Asked."""
        wanted = replace(self.now, **fields)  # type: ignore[arg-type]
        if wanted != self.now:
            self.now = wanted
            self.asked.emit()
            self._ask()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(*_KINDS):
            self._due = True
            if not self.soon.isActive():
                self.soon.start(WHILE_IMPORTING_MS if self._session.importing else SOON_MS)

    def _on_tags(self, tree: TagTree) -> None:
        """Count again where there are other tags to count than when that was begun last."""
        if self._active and _scope(tree, self.now) != self.scope:
            self._due = True
            if not self.soon.isActive():
                self.soon.start(SOON_MS)

    def _ask(self) -> None:
        self._due = True
        tree = self._session.tag_tree
        if self._running or not self._active or tree is None:
            return
        self._due, self._running = False, True
        asked = self.now
        self.scope = scope = _scope(tree, asked)
        self.counting.emit()

        def came(found: TagsTogether) -> None:
            self._running = False
            if asked == self.now:
                self.answered.emit(found)
            if self._due or asked != self.now:
                self._ask()

        def failed(error: Exception) -> None:
            self._running = False
            self._session.say_problem(error)

        def work(library: Library) -> TagsTogether:
            found = library.tags_together(scope.tags, unit=asked.unit, below=asked.below)
            found.met  # noqa: B018 - worked out here, not while the window paints
            return found

        self._session.read(work, came, failed)


def _scope(tree: TagTree, asked: Asked) -> Scope:
    """The tags to count: where there are too many, the most used of them in the same order."""
    if asked.chosen:
        order = [tag for each in tree.collections for tag in in_tree_order(tree, each.id)]
        put_away = [tag for tag in asked.chosen if tag in tree.by_id and tag not in set(order)]
        every = tuple(tag for tag in (*order, *put_away) if tag in asked.chosen)
    elif asked.collection == EVERY:
        every = tuple(tag for each in tree.collections for tag in in_tree_order(tree, each.id))
    else:
        known = {each.id for each in tree.collections}
        active = next((each.id for each in tree.collections if each.active), 0)
        collection = asked.collection if asked.collection in known else active
        every = in_tree_order(tree, collection or active)
    if len(every) <= MOST_TAGS:
        return Scope(every, len(every))
    used = tree.highlights if asked.unit is Unit.HIGHLIGHTS else tree.own
    most = set(sorted(every, key=lambda tag: -used.get(tag, 0))[:MOST_TAGS])
    return Scope(tuple(tag for tag in every if tag in most), len(every))
