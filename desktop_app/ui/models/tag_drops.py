"""What dropping something onto a row of the sidebar's tags asks for."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from desktop_app.core.model import Tag
from desktop_app.library.commands import AddTag, Command
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.commands import MoveTag
from desktop_app.ui.models.drag import highlights_of, ids_of, tag_of
from desktop_app.ui.models.tag_places import TagPlaces, collection_of
from desktop_app.ui.models.tag_words import is_locked


def dropped(places: TagPlaces, data: QMimeData, onto: int | None) -> Command | None:
    """The command; None where it cannot be dropped there.

    onto: the number of the row, a tag's id or a collection's number; None for the active one.
    """
    tree = places.tree
    heading = None if onto is None else collection_of(onto)
    target = None if onto is None or heading is not None else tree.by_id.get(onto)
    if target is not None and (documents := ids_of(data)):
        return AddTag(target.id, tuple(documents))
    if target is not None and (highlights := highlights_of(data)):
        return TagHighlights(target.id, tuple(highlights))
    moved = tree.by_id.get(tag_of(data) or 0)
    if moved is None or is_locked(tree, moved):
        return None
    if target is None:
        return _to_the_top(places, moved, heading if heading is not None else places.active)
    below = {tag.id for tag in tree.below(moved.id)}
    if target.id in {moved.id, moved.parent, *below} or is_locked(tree, target):
        return None
    return MoveTag(moved.id, target.id)


def _to_the_top(places: TagPlaces, moved: Tag, home: int | None) -> MoveTag | None:
    """Move a tag to the top of a collection, unless it stands there or nothing may come there."""
    there = next((c for c in places.tree.collections if c.id == home), None)
    if there is None or there.locked or (moved.parent is None and moved.collection == there.id):
        return None
    return MoveTag(moved.id, None, there.id if there.id != moved.collection else None)
