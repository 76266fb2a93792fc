"""What a person can do to tags and tag collections; see commands for what a command is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_names import COLOURS, checked_collection_name, checked_name
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import name_key
from desktop_app.library.commands import AddTag, counted, tag_in_quotes
from desktop_app.library.highlight_commands import TagHighlights, counted_highlights
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tag_steps import CollectionStep, TaggingStep, TagStep, UseStep
from desktop_app.library.tag_tree import TagTree
from desktop_app.store.store import Snapshot, Work

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def tags_of(snapshot: Snapshot) -> TagTree:
    """The tags of a library without their counts."""
    return TagTree(tuple(snapshot.collections.all()), tuple(snapshot.tags.all()))


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
                colour = _checked_colour(self.colour) if self.colour and last else None
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


def _checked_colour(colour: str) -> str:
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise BadUsage(f"“{colour}” is not a colour.", "A colour is written like #4580b5.")
    return colour


def _colour_for(work: Work, parent: int | None, collection: int) -> str:
    tags = work.tags.all()
    if parent is not None:
        return next(tag.colour for tag in tags if tag.id == parent)
    tops = [tag.colour for tag in tags if tag.parent is None and tag.collection == collection]
    return min(COLOURS, key=lambda colour: (tops.count(colour), COLOURS.index(colour)))


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
        tag = _present(taking.work, self.tag)
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
        tag = _present(taking.work, self.tag)
        name = checked_name(self.new_name)
        _refuse_taken(taking.work, tag.collection, tag.parent, name, but=tag.id)
        if name != tag.name:
            taking.take(TagStep(tag, replace(tag, name=name)))
        return f"Rename the tag “{tag.name}” to “{name}”"


@dataclass(frozen=True, slots=True)
class RecolourTag:
    """Give a tag another colour."""

    tag: int
    colour: str

    def do(self, taking: Taking) -> str:
        tag = _present(taking.work, self.tag)
        colour = _checked_colour(self.colour)
        if colour != tag.colour:
            taking.take(TagStep(tag, replace(tag, colour=colour)))
        return f"Colour the tag “{tag.name}”"


@dataclass(frozen=True, slots=True)
class MoveTag:
    """Put a tag, with all below it, under another tag of its collection, or at the top (None)."""

    tag: int
    parent: int | None

    def do(self, taking: Taking) -> str:
        tag = _present(taking.work, self.tag)
        where = "the top"
        if self.parent is not None:
            parent = _present(taking.work, self.parent)
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
        _refuse_taken(taking.work, tag.collection, self.parent, tag.name, but=tag.id)
        if tag.parent != self.parent:
            taking.take(TagStep(tag, replace(tag, parent=self.parent)))
        return f"Move the tag “{tag.name}” to {where}"


@dataclass(frozen=True, slots=True)
class MergeTags:
    """Let one tag go up in another: its documents, the tags below it and its names go over.

    The loser's name and aliases become aliases of the winner, and its key the winner's where that
    has none. Tags of one name below both are merged in their turn.
    """

    loser: int
    winner: int

    def do(self, taking: Taking) -> str:
        loser, winner = _present(taking.work, self.loser), _present(taking.work, self.winner)
        below = {tag.id for tag in tags_of(taking.work).below(loser.id)} | {loser.id}
        if winner.id in below:
            raise BadUsage(
                f"“{loser.name}” cannot be merged into “{winner.name}”, which lies below it or is it.",
                "Nothing has been merged.",
            )
        if winner.collection != loser.collection:
            raise BadUsage(
                f"“{loser.name}” and “{winner.name}” are in different tag collections.",
                "Nothing has been merged.",
            )
        carried = _carried_by(
            taking.work.taggings.of_tag(loser.id), taking.work.highlights.of_tag(loser.id)
        )
        _merge(taking, loser, winner)
        return f"Merge “{loser.name}” into “{winner.name}” ({carried})"


def _merge(taking: Taking, loser: Tag, winner: Tag) -> None:
    work = taking.work
    losing, winning = work.taggings.of_tag(loser.id), work.taggings.of_tag(winner.id)
    if losing:
        taking.take(TaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(TaggingStep(winner.id, tuple(sorted(losing - winning)), True))
    _merge_on_highlights(taking, loser, winner)
    tree = tags_of(work)
    kept = {name_key(tag.name): tag for tag in tree.children(winner.id, winner.collection)}
    for child in tree.children(loser.id, loser.collection):
        if twin := kept.get(name_key(child.name)):
            _merge(taking, child, twin)
        else:
            taking.take(TagStep(child, replace(child, parent=winner.id)))
    taking.take(TagStep(loser, None))
    winner = _present(work, winner.id)
    known = {name_key(winner.name), *map(name_key, winner.aliases)}
    new: list[str] = []
    for name in (loser.name, *loser.aliases):
        if name_key(name) not in known:
            known.add(name_key(name))
            new.append(name)
    key = loser.key if winner.key is None else winner.key
    if new or key != winner.key:
        merged = replace(winner, aliases=(*winner.aliases, *new), key=key)
        taking.take(TagStep(winner, merged))


def _merge_on_highlights(taking: Taking, loser: Tag, winner: Tag) -> None:
    highlights = taking.work.highlights
    losing, winning = highlights.of_tag(loser.id), highlights.of_tag(winner.id)
    if losing:
        taking.take(HighlightTaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(HighlightTaggingStep(winner.id, tuple(sorted(losing - winning)), True))


@dataclass(frozen=True, slots=True)
class DeleteTag:
    """Delete a tag and all tags below it; the documents and highlights stay."""

    tag: int

    def do(self, taking: Taking) -> str:
        tag = _present(taking.work, self.tag)
        doomed = [tag, *tags_of(taking.work).below(tag.id)]
        carried = _delete(taking, doomed)
        also = f" and {len(doomed) - 1:,} below it" if len(doomed) > 1 else ""
        return f"Delete the tag “{tag.name}”{also} ({carried})"


def _delete(taking: Taking, tags: list[Tag]) -> str:
    """Delete tags, given parents first; say how much carried them."""
    documents: set[int] = set()
    highlights: set[int] = set()
    for tag in reversed(tags):
        carried = taking.work.taggings.of_tag(tag.id)
        documents |= carried
        if carried:
            taking.take(TaggingStep(tag.id, tuple(sorted(carried)), False))
        marked = taking.work.highlights.of_tag(tag.id)
        highlights |= marked
        if marked:
            taking.take(HighlightTaggingStep(tag.id, tuple(sorted(marked)), False))
        taking.take(TagStep(tag, None))
    return _carried_by(documents, highlights)


def _carried_by(documents: Collection[int], highlights: Collection[int]) -> str:
    """Write how many documents and highlights there are; highlights only where there are any."""
    if not highlights:
        return counted(sorted(documents))
    marked = counted_highlights(sorted(highlights))
    return f"{counted(sorted(documents))}, {marked}" if documents else marked


@dataclass(frozen=True, slots=True)
class CreateCollection:
    """Make a tag collection; it gets new tags from now on."""

    new_name: str

    def do(self, taking: Taking) -> str:
        name = checked_collection_name(self.new_name)
        _refuse_taken_collection(taking.work, name)
        before = taking.work.collections.active()
        made = taking.work.collections.add(name)
        taking.made(CollectionStep(None, made))
        taking.take(UseStep(before.id, made.id))
        return f"Create the tag collection “{name}”"


@dataclass(frozen=True, slots=True)
class RenameCollection:
    """Give a tag collection another name."""

    collection: int
    new_name: str

    def do(self, taking: Taking) -> str:
        present = _present_collection(taking.work, self.collection)
        name = checked_collection_name(self.new_name)
        _refuse_taken_collection(taking.work, name, but=present.id)
        if name != present.name:
            taking.take(CollectionStep(present, replace(present, name=name)))
        return f"Rename the tag collection “{present.name}” to “{name}”"


@dataclass(frozen=True, slots=True)
class UseCollection:
    """Put a tag collection in use: it gets new tags."""

    collection: int

    def do(self, taking: Taking) -> str:
        wanted = _present_collection(taking.work, self.collection)
        before = taking.work.collections.active()
        if before.id != wanted.id:
            taking.take(UseStep(before.id, wanted.id))
        return f"Use the tag collection “{wanted.name}”"


@dataclass(frozen=True, slots=True)
class DeleteCollection:
    """Delete a tag collection with all its tags; the last one cannot be deleted."""

    collection: int

    def do(self, taking: Taking) -> str:
        doomed = _present_collection(taking.work, self.collection)
        others = [c for c in taking.work.collections.all() if c.id != doomed.id]
        if not others:
            raise BadUsage(
                f"“{doomed.name}” is the only tag collection.", "A library needs one; rename it."
            )
        tree = tags_of(taking.work)
        tops = tree.children(None, doomed.id)
        tags = [tag for top in tops for tag in (top, *tree.below(top.id))]
        carried = _delete(taking, tags)
        if doomed.active:
            taking.take(UseStep(doomed.id, others[0].id))
        taking.take(CollectionStep(replace(doomed, active=False), None))
        return f"Delete the tag collection “{doomed.name}” ({len(tags):,} tags, {carried})"


def _present(work: Work, tag: int) -> Tag:
    tag_in_quotes(work, tag)
    found = work.tags.get(tag)
    assert found is not None
    return found


def _present_collection(work: Work, collection: int) -> TagCollection:
    found = next((c for c in work.collections.all() if c.id == collection), None)
    if found is None:
        raise BadUsage("The tag collection has been deleted.", "Undo brings it back.")
    return found


def _refuse_taken(
    work: Work, collection: int, parent: int | None, name: str, *, but: int | None = None
) -> None:
    for tag in tags_of(work).children(parent, collection):
        if tag.id != but and name_key(tag.name) == name_key(name):
            raise BadUsage(
                f"There is a tag “{tag.name}” in that place already.",
                "Nothing has been changed; the two can be merged.",
            )


def _refuse_taken_collection(work: Work, name: str, *, but: int | None = None) -> None:
    for collection in work.collections.all():
        if collection.id != but and name_key(collection.name) == name_key(name):
            raise BadUsage(
                f"There is a tag collection “{collection.name}” already.",
                "Nothing has been changed.",
            )
