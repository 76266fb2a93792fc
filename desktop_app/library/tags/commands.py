"""What a person can do to single tags; see commands for what a command is.

Merging and deleting are in tidying, splitting in splitting, what is said of a tag in editing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_names import checked_name
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.library.commands import AddTag, RemoveTag, tag_in_quotes
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import (
    changeable_tag,
    checked_colour,
    checked_key,
    colour_for,
    free_key,
    present_collection,
    present_tag,
    refuse_locked,
    refuse_taken,
    tags_of,
    unused_key,
)
from desktop_app.library.tags.steps import TagStep


@dataclass(frozen=True, slots=True)
class CreateTag:
    """Make a tag, and those above it that its path names; put it on documents or highlights as well.

    collection: None for the one the path names, or else the active one. parent: where the path
    starts, None for the top. colour: None takes the parent's, or at the top the next unused one.
    A tag that is there already is used as it is.
    """

    name_path: str
    collection: int | None = None
    colour: str | None = None
    parent: int | None = None
    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()

    def do(self, taking: Taking) -> str:
        tree = tags_of(taking.work)
        named, names = split_tag_path(self.name_path)
        if not names:
            raise BadUsage("A tag needs a name.", "Nothing has been changed.")
        parent = self.parent
        if parent is not None:
            tag_in_quotes(taking.work, parent)
            collection = tree.by_id[parent].collection
        elif named is not None:
            collection = tree.collection_named(named).id
        else:
            collection = self.collection or tree.active_collection.id
        made = False
        for depth, name in enumerate(names):
            name = checked_name(name)
            known = taking.work.tags.by_name(collection, parent, name)
            if known is None:
                refuse_locked(taking.work, collection)
                last = depth == len(names) - 1
                colour = checked_colour(self.colour) if self.colour and last else None
                known = taking.work.tags.add(
                    collection=collection,
                    parent=parent,
                    name=name,
                    colour=colour or colour_for(taking.work, parent, collection),
                    digit=unused_key(taking.work, collection) if parent is None else None,
                )
                taking.made(TagStep(None, known))
                made = True
            parent = known.id
        if self.documents:
            assert parent is not None
            tagged = AddTag(parent, self.documents).do(taking)
            return f"{tagged} (a new tag)" if made else tagged
        if self.highlights:
            assert parent is not None
            tagged = TagHighlights(parent, self.highlights).do(taking)
            return f"{tagged} (a new tag)" if made else tagged
        return f"Create the tag “{names[-1]}”"


@dataclass(frozen=True, slots=True)
class TakeOffMade:
    """Take off a tag that CreateTag was asked for a moment ago, before anyone knew its number.

    Nothing happens where it was not made.
    """

    name_path: str
    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()

    def do(self, taking: Taking) -> str:
        tree = tags_of(taking.work)
        named, names = split_tag_path(self.name_path)
        collection = tree.collection_named(named).id if named else tree.active_collection.id
        parent: int | None = None
        for name in names:
            known = taking.work.tags.by_name(collection, parent, name)
            if known is None:
                return f"Take off the tag “{names[-1]}”"
            parent = known.id
        assert parent is not None
        if self.highlights:
            return TagHighlights(parent, self.highlights, False).do(taking)
        return RemoveTag(parent, self.documents).do(taking)


@dataclass(frozen=True, slots=True)
class SetTagKey:
    """Let a digit give a tag, or no digit (None); the tag that had it loses it."""

    tag: int
    key: int | None

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        key = None if self.key is None else checked_key(self.key)
        if key != tag.key:
            free_key(taking, tag.collection, key, but=tag.id)
            taking.take(TagStep(tag, replace(tag, key=key)))
        if self.key is None:
            return f"Take the key off the tag “{tag.name}”"
        return f"Give the tag “{tag.name}” the key {self.key}"


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Give a tag another name; BadUsage where a sibling has it."""

    tag: int
    new_name: str

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        name = checked_name(self.new_name)
        refuse_taken(taking.work, tag.collection, tag.parent, name, but=tag.id)
        if name != tag.name:
            taking.take(TagStep(tag, replace(tag, name=name)))
        return f"Rename the tag “{tag.name}” to “{name}”"


@dataclass(frozen=True, slots=True)
class RecolourTag:
    """Give a tag another colour."""

    tag: int
    colour: str

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        colour = checked_colour(self.colour)
        if colour != tag.colour:
            taking.take(TagStep(tag, replace(tag, colour=colour)))
        return f"Colour the tag “{tag.name}”"


@dataclass(frozen=True, slots=True)
class MoveTag:
    """Put a tag, with all below it, under another tag, or at the top (None).

    collection: where the top is meant, None for the one it is in. A parent may be in another
    collection. There, those that move lose a digit that gives another tag.
    """

    tag: int
    parent: int | None
    collection: int | None = None

    def do(self, taking: Taking) -> str:
        work = taking.work
        tag = changeable_tag(work, self.tag)
        if self.parent is not None:
            parent = present_tag(work, self.parent)
            collection, where = parent.collection, f"“{parent.name}”"
            if parent.id in work.tags.below(tag.id):
                raise BadUsage(
                    f"“{tag.name}” cannot be put under {where}, which lies below it or is it.",
                    "Nothing has been moved.",
                )
        else:
            home = present_collection(work, self.collection or tag.collection)
            collection, where = home.id, "the top"
            if home.id != tag.collection:
                where = f"the tag collection “{home.name}”"
        refuse_locked(work, collection)
        refuse_taken(work, collection, self.parent, tag.name, but=tag.id)
        if collection != tag.collection:
            self._let_keys_go(taking, collection)
            tag = present_tag(work, tag.id)
        if (tag.parent, tag.collection) != (self.parent, collection):
            taking.take(TagStep(tag, replace(tag, parent=self.parent, collection=collection)))
        return f"Move the tag “{tag.name}” to {where}"

    def _let_keys_go(self, taking: Taking, collection: int) -> None:
        moving = taking.work.tags.below(self.tag)
        taken = taking.work.tags.keys(collection)
        home = present_tag(taking.work, self.tag).collection
        for key, holder in taking.work.tags.keys(home).items():
            if holder in moving and key in taken:
                tag = present_tag(taking.work, holder)
                taking.take(TagStep(tag, replace(tag, key=None)))
