"""What commands on tags ask first: what is there, what may be changed, how much carries it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.model import Tag, TagCollection, TagLink
from desktop_app.core.tag_looks import scheme_of
from desktop_app.core.text import clean
from desktop_app.core.words import name_key
from desktop_app.library.commands import counted
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.steps import Taking
from desktop_app.library.tags.steps import TagStep
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot, Work

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def tags_of(snapshot: Snapshot) -> TagTree:
    """The tags of a library with their links, without their counts."""
    return snapshot.of_tags("tree", lambda: _tree(snapshot))


def _tree(snapshot: Snapshot) -> TagTree:
    links: dict[int, list[TagLink]] = defaultdict(list)
    for link in snapshot.tag_links.all():
        links[link.one].append(link)
        links[link.other].append(link)
    return TagTree(
        tuple(snapshot.collections.all()),
        tuple(snapshot.tags.all()),
        links={tag: tuple(each) for tag, each in links.items()},
    )


def checked_colour(colour: str) -> str:
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise BadUsage(f"“{colour}” is not a colour.", "A colour is written like #4580b5.")
    return colour


def checked_text(text: str, *, what: str) -> str:
    """What is said of a tag or a collection, clean; BadUsage where nobody would read so much."""
    text = clean(text).strip()
    if len(text) > LONGEST_NOTE:
        raise BadUsage(
            f"The {what} is {len(text):,} characters long.",
            f"It can hold {LONGEST_NOTE:,}; the one that was there has been kept.",
        )
    return text


def checked_key(key: int) -> int:
    if not 1 <= key <= 9:
        raise BadUsage("A tag's key is a digit from 1 to 9.", "Nothing has been changed.")
    return key


def carried_by(documents: Collection[int], highlights: Collection[int]) -> str:
    """Write how many documents and highlights there are; highlights only where there are any."""
    if not highlights:
        return counted(sorted(documents))
    marked = counted_highlights(sorted(highlights))
    return f"{counted(sorted(documents))}, {marked}" if documents else marked


def counted_tags(number: int) -> str:
    """Write how many tags there are."""
    return "1 tag" if number == 1 else f"{number:,} tags"


def present_tag(work: Snapshot, tag: int) -> Tag:
    found = work.tags.get(tag)
    if found is None:
        raise BadUsage("The tag has been deleted.", "Undo brings it back.")
    return found


def changeable_tag(work: Work, tag: int) -> Tag:
    """A tag that is to be changed; BadUsage where it is gone, or its collection is locked."""
    found = present_tag(work, tag)
    refuse_locked(work, found.collection)
    return found


def present_collection(work: Snapshot, collection: int) -> TagCollection:
    found = work.collections.get(collection)
    if found is None:
        raise BadUsage("The tag collection has been deleted.", "Undo brings it back.")
    return found


def changeable_collection(work: Work, collection: int) -> TagCollection:
    """A collection that is to be changed; BadUsage where it is gone or locked."""
    found = present_collection(work, collection)
    refuse_locked(work, collection)
    return found


def refuse_locked(work: Snapshot, *collections: int) -> None:
    """BadUsage where any of the collections is locked: its tags may only be given and taken."""
    for each in collections:
        found = work.collections.get(each)
        if found is not None and found.locked:
            raise BadUsage(
                f"The tag collection “{found.name}” is locked.",
                "Nothing has been changed. Unlock it under Tag collections.",
            )


def refuse_taken(
    work: Snapshot, collection: int, parent: int | None, name: str, *, but: int | None = None
) -> None:
    tag = work.tags.by_name(collection, parent, name)
    if tag is not None and tag.id != but:
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


def free_key(taking: Taking, collection: int, key: int | None, *, but: int) -> None:
    """Take a digit off the tag of a collection that has it, if another one than `but` does."""
    had = None if key is None else taking.work.tags.keys(collection).get(key)
    if had is not None and had != but:
        other = present_tag(taking.work, had)
        taking.take(TagStep(other, replace(other, key=None)))


def unused_key(work: Work, collection: int) -> int | None:
    """The first digit that gives no tag of a collection yet."""
    taken = work.tags.keys(collection)
    return next((digit for digit in range(1, 10) if digit not in taken), None)


def colour_for(work: Work, parent: int | None, collection: int) -> str:
    """The colour of a new tag: its parent's, at the top the one of the scheme least used there."""
    if parent is not None:
        return present_tag(work, parent).colour
    tops = [tag.colour for tag in work.tags.children(None, collection)]
    known = work.collections.get(collection)
    colours = scheme_of(known.scheme if known else "")
    return min(colours, key=lambda colour: (tops.count(colour), colours.index(colour)))
