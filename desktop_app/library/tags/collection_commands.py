"""What a person can do to tag collections; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_looks import SCHEMES, scheme_of
from desktop_app.core.tag_names import checked_collection_name
from desktop_app.core.text import one_line
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import (
    changeable_collection,
    checked_text,
    counted_tags,
    present_collection,
    refuse_taken_collection,
    tags_of,
)
from desktop_app.library.tags.duplicating import copy_tags
from desktop_app.library.tags.many_steps import TagsStep
from desktop_app.library.tags.steps import CollectionStep, UseStep
from desktop_app.library.tags.trash import Binning

_LONGEST_LINE = 2_000  # of an author, a licence, a version


@dataclass(frozen=True, slots=True)
class CreateCollection:
    """Make a tag collection; it gets new tags from now on."""

    new_name: str

    def do(self, taking: Taking) -> str:
        name = checked_collection_name(self.new_name)
        refuse_taken_collection(taking.work, name)
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
        present = changeable_collection(taking.work, self.collection)
        name = checked_collection_name(self.new_name)
        refuse_taken_collection(taking.work, name, but=present.id)
        if name != present.name:
            taking.take(CollectionStep(present, replace(present, name=name)))
        return f"Rename the tag collection “{present.name}” to “{name}”"


@dataclass(frozen=True, slots=True)
class CollectionEdit:
    """What is to become of what is said of a collection; None leaves it."""

    name: str | None = None
    description: str | None = None
    author: str | None = None
    licence: str | None = None
    version: str | None = None
    scheme: str | None = None  # the name of one of the colour schemes

    def of(self, collection: TagCollection) -> TagCollection:
        """The collection as it is to be; BadUsage where a field cannot be so."""
        changed = collection
        if self.name is not None:
            changed = replace(changed, name=checked_collection_name(self.name))
        if self.description is not None:
            description = checked_text(self.description, what="description")
            changed = replace(changed, description=description)
        if self.scheme is not None:
            changed = replace(changed, scheme=_checked_scheme(self.scheme))
        if self.author is not None:
            changed = replace(changed, author=_checked_line(self.author, "author"))
        if self.licence is not None:
            changed = replace(changed, licence=_checked_line(self.licence, "licence"))
        if self.version is not None:
            changed = replace(changed, version=_checked_line(self.version, "version"))
        return changed


@dataclass(frozen=True, slots=True)
class EditCollection:
    """Change what is said of a tag collection, all at once."""

    collection: int
    edit: CollectionEdit

    def do(self, taking: Taking) -> str:
        present = changeable_collection(taking.work, self.collection)
        changed = self.edit.of(present)
        refuse_taken_collection(taking.work, changed.name, but=present.id)
        if changed != present:
            taking.take(CollectionStep(present, changed))
        return f"Change the tag collection “{present.name}”"


def _checked_scheme(scheme: str) -> str:
    if scheme not in SCHEMES:
        raise BadUsage(
            f"There is no colour scheme “{scheme}”.", f"There are: {', '.join(SCHEMES)}."
        )
    return scheme


def _checked_line(text: str, what: str) -> str:
    line = one_line(text)
    if len(line) > _LONGEST_LINE:
        raise BadUsage(
            f"The {what} is {len(line):,} characters long.",
            f"The longest that can be kept is {_LONGEST_LINE:,}; nothing has been changed.",
        )
    return line


@dataclass(frozen=True, slots=True)
class UseCollection:
    """Put a tag collection in use: it gets new tags."""

    collection: int

    def do(self, taking: Taking) -> str:
        wanted = present_collection(taking.work, self.collection)
        before = taking.work.collections.active()
        if wanted.archived:
            raise BadUsage(
                f"The tag collection “{wanted.name}” is archived.",
                "Take it out of the archive first, under Tag collections.",
            )
        if before.id != wanted.id:
            taking.take(UseStep(before.id, wanted.id))
        return f"Use the tag collection “{wanted.name}”"


@dataclass(frozen=True, slots=True)
class LockCollection:
    """Lock a tag collection, so that neither it nor its tags can be changed; or unlock it."""

    collection: int
    locked: bool = True

    def do(self, taking: Taking) -> str:
        present = present_collection(taking.work, self.collection)
        if present.locked != self.locked:
            taking.take(CollectionStep(present, replace(present, locked=self.locked)))
        return f"{'Lock' if self.locked else 'Unlock'} the tag collection “{present.name}”"


@dataclass(frozen=True, slots=True)
class ShowCollection:
    """Let a tag collection stand in the sidebar and be offered, or not.

    A locked one too: this says nothing of what is in it. The active one is offered all the same.
    """

    collection: int
    shown: bool = True

    def do(self, taking: Taking) -> str:
        present = present_collection(taking.work, self.collection)
        if present.shown != self.shown:
            taking.take(CollectionStep(present, replace(present, shown=self.shown)))
        return f"{'Show' if self.shown else 'Hide'} the tag collection “{present.name}”"


@dataclass(frozen=True, slots=True)
class ArchiveCollection:
    """Put a tag collection away, or take it out again; where it was in use, another one is then."""

    collection: int
    archived: bool = True

    def do(self, taking: Taking) -> str:
        present = changeable_collection(taking.work, self.collection)
        if present.archived != self.archived:
            if self.archived and present.active:
                others = _others(taking, present.id)
                if not others or others[0].archived:
                    raise BadUsage(
                        f"“{present.name}” is the only tag collection that is not archived.",
                        "A library needs one for new tags.",
                    )
                taking.take(UseStep(present.id, others[0].id))
            # Which one is active is not this step's.
            taking.take(CollectionStep(present, replace(present, archived=self.archived)))
        if self.archived:
            return f"Archive the tag collection “{present.name}”"
        return f"Take the tag collection “{present.name}” out of the archive"


@dataclass(frozen=True, slots=True)
class DuplicateCollection:
    """Make another collection with the same tags, under a name of its own.

    taggings: whether what carries the tags carries the new ones as well.
    """

    collection: int
    new_name: str
    taggings: bool = False

    def do(self, taking: Taking) -> str:
        model = present_collection(taking.work, self.collection)
        name = checked_collection_name(self.new_name)
        refuse_taken_collection(taking.work, name)
        made = taking.work.collections.add(name)
        taking.made(CollectionStep(None, made))
        like = replace(
            model, id=made.id, uuid=made.uuid, name=name, active=False, locked=False, archived=False
        )
        if like != made:
            taking.take(CollectionStep(made, like))
        said = copy_tags(taking, model.id, made.id, taggings=self.taggings)
        return f"Duplicate the tag collection “{model.name}” as “{name}” ({said})"


@dataclass(frozen=True, slots=True)
class RecolourCollection:
    """Give the tags of a collection the colours of its scheme: one each at the top, below the same."""

    collection: int

    def do(self, taking: Taking) -> str:
        present = changeable_collection(taking.work, self.collection)
        colours = scheme_of(present.scheme)
        tree = tags_of(taking.work)
        changed: list[tuple[Tag, Tag]] = []
        for number, top in enumerate(tree.children(None, present.id)):
            colour = colours[number % len(colours)]
            for tag in (top, *tree.below(top.id)):
                if tag.colour != colour:
                    changed.append((tag, replace(tag, colour=colour)))
        if changed:
            taking.take(TagsStep(tuple(changed)))
        return f"Recolour the tag collection “{present.name}” ({counted_tags(len(changed))})"


@dataclass(frozen=True, slots=True)
class DeleteCollection:
    """Put a tag collection with all its tags into the trash of tags; the last one has to stay."""

    collection: int

    def do(self, taking: Taking) -> str:
        doomed = changeable_collection(taking.work, self.collection)
        others = _others(taking, doomed.id)
        if not others:
            raise BadUsage(
                f"“{doomed.name}” is the only tag collection.", "A library needs one; rename it."
            )
        if doomed.active:
            following = others[0]
            if following.archived:
                taking.take(CollectionStep(following, replace(following, archived=False)))
            taking.take(UseStep(doomed.id, following.id))
        tree = tags_of(taking.work)
        tops = tree.children(None, doomed.id)
        binning = Binning(taking)
        carried = binning.delete([tag for top in tops for tag in (top, *tree.below(top.id))])
        taking.take(CollectionStep(replace(doomed, active=False), None))
        binning.keep(name=doomed.name, collection="")
        tags = counted_tags(binning.tags)
        return f"Delete the tag collection “{doomed.name}” ({tags}, {carried})"


def _others(taking: Taking, collection: int) -> list[TagCollection]:
    """The other collections by name, those that are archived last."""
    others = [each for each in taking.work.collections.all() if each.id != collection]
    return sorted(others, key=lambda each: each.archived)
