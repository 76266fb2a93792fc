"""What a person can do to tags; see commands for what a command is, tidying for merging."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_looks import scheme_of
from desktop_app.core.tag_names import checked_name
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import name_key
from desktop_app.library.commands import AddTag, tag_in_quotes
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import checked_colour, present_tag, refuse_taken, tags_of
from desktop_app.library.tags.steps import TagStep
from desktop_app.store.store import Work


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
            siblings = tags_of(taking.work).children(parent, collection)
            known = next((t for t in siblings if name_key(t.name) == name_key(name)), None)
            if known is None:
                last = depth == len(names) - 1
                colour = checked_colour(self.colour) if self.colour and last else None
                known = taking.work.tags.add(
                    collection=collection,
                    parent=parent,
                    name=name,
                    colour=colour or _colour_for(taking.work, parent, collection),
                    digit=_free_digit(taking.work, collection) if parent is None else None,
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


def _colour_for(work: Work, parent: int | None, collection: int) -> str:
    tags = work.tags.all()
    if parent is not None:
        return next(tag.colour for tag in tags if tag.id == parent)
    tops = [tag.colour for tag in tags if tag.parent is None and tag.collection == collection]
    known = work.collections.get(collection)
    colours = scheme_of(known.scheme if known else "")
    return min(colours, key=lambda colour: (tops.count(colour), colours.index(colour)))


def _free_digit(work: Work, collection: int) -> int | None:
    """The first digit that gives no tag of a collection yet."""
    taken = {tag.key for tag in work.tags.all() if tag.collection == collection}
    return next((digit for digit in range(1, 10) if digit not in taken), None)


@dataclass(frozen=True, slots=True)
class SetTagKey:
    """Let a digit give a tag, or no digit (None); the tag that had it loses it."""

    tag: int
    key: int | None

    def do(self, taking: Taking) -> str:
        tag = present_tag(taking.work, self.tag)
        if self.key is not None and not 1 <= self.key <= 9:
            raise BadUsage("A tag's key is a digit from 1 to 9.", "Nothing has been changed.")
        if self.key != tag.key:
            for other in taking.work.tags.all():
                if other.collection == tag.collection and other.key == self.key is not None:
                    taking.take(TagStep(other, replace(other, key=None)))
            taking.take(TagStep(tag, replace(tag, key=self.key)))
        if self.key is None:
            return f"Take the key off the tag “{tag.name}”"
        return f"Give the tag “{tag.name}” the key {self.key}"


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Give a tag another name; BadUsage where a sibling has it."""

    tag: int
    new_name: str

    def do(self, taking: Taking) -> str:
        tag = present_tag(taking.work, self.tag)
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
        tag = present_tag(taking.work, self.tag)
        colour = checked_colour(self.colour)
        if colour != tag.colour:
            taking.take(TagStep(tag, replace(tag, colour=colour)))
        return f"Colour the tag “{tag.name}”"


@dataclass(frozen=True, slots=True)
class MoveTag:
    """Put a tag, with all below it, under another tag of its collection, or at the top (None)."""

    tag: int
    parent: int | None

    def do(self, taking: Taking) -> str:
        tag = present_tag(taking.work, self.tag)
        where = "the top"
        if self.parent is not None:
            parent = present_tag(taking.work, self.parent)
            where = f"“{parent.name}”"
            tree = tags_of(taking.work)
            if parent.id == tag.id or any(below.id == parent.id for below in tree.below(tag.id)):
                raise BadUsage(
                    f"“{tag.name}” cannot be put under {where}, which lies below it or is it.",
                    "Nothing has been moved.",
                )
            if parent.collection != tag.collection:
                raise BadUsage(
                    f"{where} is in another tag collection than “{tag.name}”.",
                    "Nothing has been moved.",
                )
        refuse_taken(taking.work, tag.collection, self.parent, tag.name, but=tag.id)
        if tag.parent != self.parent:
            taking.take(TagStep(tag, replace(tag, parent=self.parent)))
        return f"Move the tag “{tag.name}” to {where}"
