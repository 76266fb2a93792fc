"""What commands on tags ask first: what is there, what may be changed, how much carries it."""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.words import name_key
from desktop_app.library.commands import counted, tag_in_quotes
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot, Work

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def tags_of(snapshot: Snapshot) -> TagTree:
    """The tags of a library without their counts."""
    return TagTree(tuple(snapshot.collections.all()), tuple(snapshot.tags.all()))


def checked_colour(colour: str) -> str:
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise BadUsage(f"“{colour}” is not a colour.", "A colour is written like #4580b5.")
    return colour


def carried_by(documents: Collection[int], highlights: Collection[int]) -> str:
    """Write how many documents and highlights there are; highlights only where there are any."""
    if not highlights:
        return counted(sorted(documents))
    marked = counted_highlights(sorted(highlights))
    return f"{counted(sorted(documents))}, {marked}" if documents else marked


def present_tag(work: Work, tag: int) -> Tag:
    tag_in_quotes(work, tag)
    found = work.tags.get(tag)
    assert found is not None
    return found


def present_collection(work: Work, collection: int) -> TagCollection:
    found = next((c for c in work.collections.all() if c.id == collection), None)
    if found is None:
        raise BadUsage("The tag collection has been deleted.", "Undo brings it back.")
    return found


def refuse_taken(
    work: Work, collection: int, parent: int | None, name: str, *, but: int | None = None
) -> None:
    for tag in tags_of(work).children(parent, collection):
        if tag.id != but and name_key(tag.name) == name_key(name):
            raise BadUsage(
                f"There is a tag “{tag.name}” in that place already.",
                "Nothing has been changed; the two can be merged.",
            )


def refuse_taken_collection(work: Work, name: str, *, but: int | None = None) -> None:
    for collection in work.collections.all():
        if collection.id != but and name_key(collection.name) == name_key(name):
            raise BadUsage(
                f"There is a tag collection “{collection.name}” already.",
                "Nothing has been changed.",
            )
