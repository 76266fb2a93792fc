"""Tags that are called nearly as one that is about to be made, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.tag_paths import split_tag_path
from desktop_app.library.tags.near_names import NearName, NearNames, Why
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import collection_of_path, path_problem
from desktop_app.ui.panes.fields import short

_SHORTEST = 3  # letters that are typed before anything is said


class NearTags:
    """Looks for them in one tree."""

    def __init__(self, tree: TagTree) -> None:
        self._tree = tree
        self._names = NearNames(tree)

    def prepare(self) -> None:
        """Do what takes longest now, beside the window, rather than at the first key."""
        self._names.prepare()

    def of(self, path: str, *, parent: int | None = None) -> list[NearName]:
        """The tags like the one that a path would make, the likest first; none where none would be."""
        _named, names = split_tag_path(path)
        if not names or len(names[-1]) < _SHORTEST or path_problem(self._tree, path, parent=parent):
            return []
        collection = collection_of_path(self._tree, path, parent=parent)
        if collection is None:
            return []
        placed = len(names) > 1 or parent is not None  # then where it is to stand has been said
        above = {name.casefold() for name in names[:-1]}
        return [
            near
            for near in self._names.find(names[-1], collection)
            if not (placed and near.why is Why.PLACE)
            and near.tag.id != parent
            and near.tag.name.casefold() not in above
        ]


def difference(near: NearName) -> str:
    """Say what the names differ in, as a few words."""
    match near.why:
        case Why.PLACE:
            return "the same name, elsewhere"
        case Why.SPACING:
            return "nearly the same: blanks or hyphens"
        case Why.PLURAL:
            return "nearly the same: singular or plural"
        case Why.SPELLING:
            return "nearly the same: spelling"


def question_about(tree: TagTree, typed: str, found: Sequence[NearName], *, sure: str) -> str:
    """Ask whether one of the tags is meant. sure: the keys that make the new one all the same."""
    named = " and ".join(f"“{tree.path(near.tag.id)}”" for near in found[:2])
    are = "is" if len(found[:2]) == 1 else "are"
    return f"{named} {are} there already. Enter takes it; {sure} makes “{short(typed, 60)}”."
