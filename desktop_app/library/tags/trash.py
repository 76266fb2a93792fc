"""The trash of tags: how tags come into it, come back from it, and leave it.

What lies there is the steps that bring it back, as JSON. They were written for the library of that
day: coming back, each is fitted to the library of today, and what no longer has a place is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Binned, Tag, TagCollection
from desktop_app.library.commands import counted
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Step, Taking, reversed_steps, step_from_json
from desktop_app.library.tags.checks import (
    carried_by,
    counted_tags,
    refuse_locked,
    refuse_taken_collection,
    tags_of,
)
from desktop_app.library.tags.steps import (
    BinStep,
    CollectionStep,
    RedirectStep,
    TaggingStep,
    TagLinkStep,
    TagStep,
)


@dataclass(slots=True)
class Binning:
    """Tags on their way into the trash, with all that hangs on them."""

    taking: Taking
    tags: int = 0
    documents: set[int] = field(default_factory=set)
    highlights: set[int] = field(default_factory=set)
    _first: int = field(init=False)  # of the steps that the trash keeps

    def __post_init__(self) -> None:
        self._first = len(self.taking.steps)

    def delete(self, tags: Sequence[Tag]) -> str:
        """Delete tags, given parents first; say how much carried them."""
        work, take = self.taking.work, self.taking.take
        led: dict[int, list[str]] = {}
        for uuid, tag_id in sorted(work.tag_links.redirects().items()):
            led.setdefault(tag_id, []).append(uuid)
        linked = sorted(work.tag_links.of([tag.id for tag in tags]))
        for link in linked:
            take(TagLinkStep(link, False))
        for tag in reversed(tags):
            if carried := work.taggings.of_tag(tag.id):
                self.documents |= carried
                take(TaggingStep(tag.id, tuple(sorted(carried)), False))
            if marked := work.highlights.of_tag(tag.id):
                self.highlights |= marked
                take(HighlightTaggingStep(tag.id, tuple(sorted(marked)), False))
            for uuid in led.get(tag.id, ()):
                take(RedirectStep(uuid, tag.id, None))
            take(TagStep(tag, None))
        self.tags += len(tags)
        return carried_by(self.documents, self.highlights)

    def keep(self, *, name: str, collection: str) -> None:
        """Put what was taken since into the trash as one thing."""
        back = reversed_steps(self.taking.steps[self._first :])
        made = self.taking.work.tag_bin.add(
            name=name,
            collection=collection,
            tags=self.tags,
            documents=len(self.documents),
            highlights=len(self.highlights),
            steps=json.dumps([step.to_json() for step in back], ensure_ascii=False),
        )
        self.taking.made(BinStep(None, made))


@dataclass(frozen=True, slots=True)
class RestoreBinned:
    """Bring a tag or a collection back from the trash of tags, with all that hung on it.

    What has gone meanwhile is passed over, and counted in the name of what was done. A tag whose
    parent is gone comes to the top, one whose collection is gone into the active one. BadUsage
    where its name has been taken.
    """

    binned: int

    def do(self, taking: Taking) -> str:
        (binned,) = _present(taking, [self.binned])
        back = _ComingBack(taking)
        for raw in json.loads(binned.steps):
            back.take(step_from_json(raw))
        taking.take(BinStep(binned, None))
        return f"Restore “{binned.name}” ({back.said()})"


@dataclass(frozen=True, slots=True)
class ForgetBinned:
    """Take tags and collections out of the trash of tags without bringing them back."""

    binned: tuple[int, ...]

    def do(self, taking: Taking) -> str:
        doomed = _present(taking, dict.fromkeys(self.binned))
        for each in doomed:
            taking.take(BinStep(each, None))
        if len(doomed) == 1:
            return f"Delete “{doomed[0].name}” from the trash of tags"
        return f"Delete {len(doomed):,} entries from the trash of tags"


def _present(taking: Taking, ids: Iterable[int]) -> list[Binned]:
    found = [taking.work.tag_bin.get(each) for each in ids]
    if None in found:
        raise BadUsage(
            "That is no longer in the trash of tags.", "It was restored or deleted meanwhile."
        )
    return [each for each in found if each is not None]


@dataclass(slots=True)
class _ComingBack:
    """Steps of the trash, fitted to the library as it is now."""

    taking: Taking
    tags: int = 0
    documents: set[int] = field(default_factory=set)
    highlights: set[int] = field(default_factory=set)
    lost_documents: set[int] = field(default_factory=set)
    lost_highlights: set[int] = field(default_factory=set)
    lost_links: int = 0

    def take(self, step: Step) -> None:
        match step:
            case CollectionStep(before=None, after=TagCollection() as collection):
                self._collection(collection)
            case TagStep(before=None, after=Tag() as tag):
                self._tag(tag)
            case TaggingStep(tagged=True):
                self._tagging(step)
            case HighlightTaggingStep(tagged=True):
                self._marked(step)
            case TagLinkStep(linked=True):
                self._link(step)
            case RedirectStep(before=None):
                if self.taking.work.tag_links.by_uuid(step.uuid) is None:
                    self.taking.take(step)
            case _:
                # Which collection is in use is not the trash's to say.
                pass

    def _collection(self, collection: TagCollection) -> None:
        work = self.taking.work
        refuse_taken_collection(work, collection.name)
        if any(each.uuid == collection.uuid for each in work.collections.all()):
            raise BadUsage(
                f"The tag collection “{collection.name}” has been brought in again since.",
                "Nothing has been restored. Delete that one first, or keep it.",
            )
        self.taking.take(CollectionStep(None, collection))

    def _tag(self, tag: Tag) -> None:
        work = self.taking.work
        collection = tag.collection
        if work.collections.get(collection) is None:
            collection = work.collections.active().id
        refuse_locked(work, collection)
        parent = None if tag.parent is None else work.tags.get(tag.parent)
        here = parent is not None and parent.collection == collection
        above = tag.parent if here else None
        if (taken := work.tags.by_name(collection, above, tag.name)) is not None:
            raise BadUsage(
                f"There is a tag “{taken.name}” in the place of the one to be restored.",
                "Nothing has been restored. Rename that one first, then restore; "
                "the two can be merged then.",
            )
        self._free_uuid(tag)
        key = None if tag.key is None or tag.key in work.tags.keys(collection) else tag.key
        back = replace(tag, collection=collection, parent=above, key=key)
        self.taking.take(TagStep(None, back))
        self.tags += 1

    def _free_uuid(self, tag: Tag) -> None:
        known = self.taking.work.tag_links.by_uuid(tag.uuid)
        if known is None:
            return
        if tag.uuid in self.taking.work.tag_links.redirects():
            self.taking.take(RedirectStep(tag.uuid, known, None))
            return
        raise BadUsage(
            f"The tag “{tag.name}” has been brought in again since, as "
            f"“{tags_of(self.taking.work).full_path(known)}”.",
            "Nothing has been restored. Delete that one first, or keep it.",
        )

    def _tagging(self, step: TaggingStep) -> None:
        there = self.taking.work.documents.titles(step.documents).keys()
        self.lost_documents |= set(step.documents) - there
        if ids := tuple(each for each in step.documents if each in there):
            self.taking.take(replace(step, documents=ids))
            self.documents |= set(ids)

    def _marked(self, step: HighlightTaggingStep) -> None:
        there = {each.id for each in self.taking.work.highlights.many(step.highlights)}
        self.lost_highlights |= set(step.highlights) - there
        if ids := tuple(each for each in step.highlights if each in there):
            self.taking.take(replace(step, highlights=ids))
            self.highlights |= set(ids)

    def _link(self, step: TagLinkStep) -> None:
        tags = self.taking.work.tags
        if tags.get(step.link.one) is None or tags.get(step.link.other) is None:
            self.lost_links += 1
        else:
            self.taking.take(step)

    def said(self) -> str:
        """What came back, and what could not."""
        carried = carried_by(self.documents, self.highlights)
        came = f"{counted_tags(self.tags)}, {carried}" if self.tags > 1 else carried
        gone: list[str] = []
        if self.lost_documents:
            gone.append(counted(sorted(self.lost_documents)))
        if self.lost_highlights:
            gone.append(counted_highlights(sorted(self.lost_highlights)))
        if self.lost_links:
            gone.append("1 link" if self.lost_links == 1 else f"{self.lost_links:,} links")
        return f"{came}; without {', '.join(gone)} gone since" if gone else came
