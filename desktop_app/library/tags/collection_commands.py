"""What a person can do to tag collections; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_names import checked_collection_name
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import present_collection, refuse_taken_collection, tags_of
from desktop_app.library.tags.steps import CollectionStep, UseStep
from desktop_app.library.tags.tidying import delete_tags


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
        present = present_collection(taking.work, self.collection)
        name = checked_collection_name(self.new_name)
        refuse_taken_collection(taking.work, name, but=present.id)
        if name != present.name:
            taking.take(CollectionStep(present, replace(present, name=name)))
        return f"Rename the tag collection “{present.name}” to “{name}”"


@dataclass(frozen=True, slots=True)
class UseCollection:
    """Put a tag collection in use: it gets new tags."""

    collection: int

    def do(self, taking: Taking) -> str:
        wanted = present_collection(taking.work, self.collection)
        before = taking.work.collections.active()
        if before.id != wanted.id:
            taking.take(UseStep(before.id, wanted.id))
        return f"Use the tag collection “{wanted.name}”"


@dataclass(frozen=True, slots=True)
class DeleteCollection:
    """Delete a tag collection with all its tags; the last one cannot be deleted."""

    collection: int

    def do(self, taking: Taking) -> str:
        doomed = present_collection(taking.work, self.collection)
        others = [c for c in taking.work.collections.all() if c.id != doomed.id]
        if not others:
            raise BadUsage(
                f"“{doomed.name}” is the only tag collection.", "A library needs one; rename it."
            )
        tree = tags_of(taking.work)
        tops = tree.children(None, doomed.id)
        tags = [tag for top in tops for tag in (top, *tree.below(top.id))]
        carried = delete_tags(taking, tags)
        if doomed.active:
            taking.take(UseStep(doomed.id, others[0].id))
        taking.take(CollectionStep(replace(doomed, active=False), None))
        return f"Delete the tag collection “{doomed.name}” ({len(tags):,} tags, {carried})"
