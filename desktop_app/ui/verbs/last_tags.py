"""The tags that were given last, by whichever way: a key, the picker, a drop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop_app.library.commands import AddTag, Command, RemoveTag
from desktop_app.library.highlight_commands import AddHighlight, TagHighlights
from desktop_app.library.tags.commands import CreateTag, TakeOffMade
from desktop_app.library.tags.giving import GiveTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import tag_at_path
from desktop_app.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Made:
    """A tag that was made while it was given: known by where it was to stand."""

    path: str
    parent: int | None


_Given = int | _Made


class LastTags(QObject):
    """Follows what is done. Tags given to the same things one after another belong together."""

    def __init__(
        self, session: Session, name_of: Callable[[int], str | None], parent: QObject
    ) -> None:
        """name_of: the uuid of a highlight of the open document, None for any other."""
        super().__init__(parent)
        self._session = session
        self._name_of = name_of
        self._to: tuple[bool, tuple[object, ...]] | None = None  # what got them
        self._tags: list[_Given] = []
        self.on_documents = False  # whether it was documents that got them
        session.did.connect(self._follow)

    def now(self, tree: TagTree) -> tuple[int, ...]:
        """Those of the last tags that are there; none where nothing was tagged yet."""
        found: list[int] = []
        for each in self._tags:
            if isinstance(each, _Made):
                known = tag_at_path(tree, each.path, parent=each.parent)
                found += [known.id] if known is not None else []
            elif each in tree.by_id:
                found.append(each)
        return tuple(dict.fromkeys(found))

    def _follow(self, command: Command) -> None:
        match command:
            case AddTag():
                self._give(command.documents, (command.tag,), on_documents=True)
            case RemoveTag():
                self._take(command.documents, command.tag)
            case TagHighlights(tagged=True):
                self._give(self._marks(command.highlights), (command.tag,))
            case TagHighlights():
                self._take(self._marks(command.highlights), command.tag)
            case AddHighlight() if command.tags:
                self._give((command.uuid,), command.tags)
            case CreateTag() if command.documents or command.highlights:
                to = command.documents or self._marks(command.highlights)
                made = _Made(command.name_path, command.parent)
                self._give(to, (made,), on_documents=bool(command.documents))
            case TakeOffMade():
                of = command.documents or self._marks(command.highlights)
                self._take(of, _Made(command.name_path, None))
            case GiveTags():
                to = command.documents or self._marks(command.highlights)
                self._give(to, command.tags, on_documents=bool(command.documents))

    def _marks(self, highlights: tuple[int, ...]) -> tuple[object, ...]:
        """Highlights by what they are called from the moment on that they are marked."""
        if len(highlights) != 1:
            return highlights
        return (self._name_of(highlights[0]) or highlights[0],)

    def _give(
        self, to: tuple[object, ...], tags: tuple[_Given, ...], *, on_documents: bool = False
    ) -> None:
        target = (on_documents, to)
        if target != self._to:
            self._to, self._tags, self.on_documents = target, [], on_documents
        self._tags = [*(each for each in self._tags if each not in tags), *tags]

    def _take(self, of: tuple[object, ...], tag: _Given) -> None:
        if self._to is not None and of == self._to[1]:
            left = [each for each in self._tags if each != tag]
            self._tags = left or self._tags  # what was taken off last can still be given to others
