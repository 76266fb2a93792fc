"""What brings tags back from their trash, fitted to the library as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection, TagLink
from desktop_app.library.commands import counted
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Step, Taking
from desktop_app.library.tags.checks import (
    carried_by,
    counted_tags,
    refuse_locked,
    refuse_taken_collection,
    tags_of,
)
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    Pairs,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
    among,
    carriers,
)
from desktop_app.library.tags.steps import (
    CollectionStep,
    RedirectStep,
    TaggingStep,
    TagLinkStep,
    TagStep,
)


@dataclass(slots=True)
class ComingBack:
    """Steps of the trash, taken as far as they still fit, and what came back by them."""

    taking: Taking
    tags: int = 0
    documents: set[int] = field(default_factory=set)
    highlights: set[int] = field(default_factory=set)
    lost_documents: set[int] = field(default_factory=set)
    lost_highlights: set[int] = field(default_factory=set)
    lost_links: int = 0

    def take_all(self, steps: Sequence[Step]) -> None:
        """Take all that is of one sort together; steps of one tag are of earlier versions."""
        tags: list[Tag] = []
        on_documents: list[tuple[int, tuple[int, ...]]] = []
        on_highlights: list[tuple[int, tuple[int, ...]]] = []
        links: list[TagLink] = []
        redirects: list[RedirectStep] = []
        for step in steps:
            match step:
                case CollectionStep(before=None, after=TagCollection() as collection):
                    self._collection(collection)
                case TagsStep():
                    tags += [after for before, after in step.changes if before is None and after]
                case TagStep(before=None, after=Tag() as tag):
                    tags.append(tag)
                case TaggingsStep(tagged=True):
                    on_documents += step.pairs
                case TaggingStep(tagged=True):
                    on_documents.append((step.tag, step.documents))
                case HighlightTaggingsStep(tagged=True):
                    on_highlights += step.pairs
                case HighlightTaggingStep(tagged=True):
                    on_highlights.append((step.tag, step.highlights))
                case TagLinksStep(linked=True):
                    links += step.links
                case TagLinkStep(linked=True):
                    links.append(step.link)
                case RedirectStep(before=None):
                    redirects.append(step)
                case _:
                    # Which collection is in use is not the trash's to say.
                    pass
        self._tags(tags)
        self._redirects(redirects)
        self._taggings(tuple(on_documents))
        self._marked(tuple(on_highlights))
        self._links(links)

    def _collection(self, collection: TagCollection) -> None:
        work = self.taking.work
        refuse_taken_collection(work, collection.name)
        if any(each.uuid == collection.uuid for each in work.collections.all()):
            raise BadUsage(
                f"The tag collection “{collection.name}” has been brought in again since.",
                "Nothing has been restored. Delete that one first, or keep it.",
            )
        self.taking.take(CollectionStep(None, collection))

    def _tags(self, tags: Sequence[Tag]) -> None:
        if not tags:
            return
        fitted = self._fitted(tags)
        if taken := self.taking.work.many_tags.in_the_way(fitted):
            raise BadUsage(
                f"There is a tag “{taken[0].name}” in the place of the one to be restored.",
                "Nothing has been restored. Rename that one first, then restore; "
                "the two can be merged then.",
            )
        self._free_uuids(fitted)
        self.taking.take(TagsStep(tuple((None, tag) for tag in fitted)))
        self.tags = len(fitted)

    def _fitted(self, tags: Iterable[Tag]) -> list[Tag]:
        """The tags as they can come back: where their place is gone, at the top."""
        work = self.taking.work
        there = {each.id for each in work.collections.all()}
        active = work.collections.active().id
        homes: dict[int, int] = {}  # of those that come back, and of the tags above them
        digits: dict[int, set[int]] = {}
        fitted: list[Tag] = []
        for tag in tags:
            collection = tag.collection if tag.collection in there else active
            if collection not in digits:
                refuse_locked(work, collection)
                digits[collection] = set(work.tags.keys(collection))
            if tag.parent is not None and tag.parent not in homes:
                above = work.tags.get(tag.parent)
                homes[tag.parent] = 0 if above is None else above.collection
            key = tag.key
            if key in digits[collection]:
                key = None
            elif key is not None:
                digits[collection].add(key)
            here = tag.parent is not None and homes[tag.parent] == collection
            parent = tag.parent if here else None
            fitted.append(replace(tag, collection=collection, parent=parent, key=key))
            homes[tag.id] = collection
        return fitted

    def _free_uuids(self, tags: Iterable[Tag]) -> None:
        work = self.taking.work
        uuids = {tag.uuid: tag for tag in tags}
        for uuid, known in sorted(work.many_tags.by_uuid(uuids).items()):
            if work.tag_links.led(uuid) is None:
                raise BadUsage(
                    f"The tag “{uuids[uuid].name}” has been brought in again since, as "
                    f"“{tags_of(work).full_path(known)}”.",
                    "Nothing has been restored. Delete that one first, or keep it.",
                )
            self.taking.take(RedirectStep(uuid, known, None))

    def _redirects(self, steps: Sequence[RedirectStep]) -> None:
        known = self.taking.work.many_tags.by_uuid([step.uuid for step in steps])
        self.taking.take_all(step for step in steps if step.uuid not in known)

    def _taggings(self, pairs: Pairs) -> None:
        wanted = carriers(pairs)
        self.documents = set(self.taking.work.documents.present(wanted))
        self.lost_documents = wanted - self.documents
        if left := among(pairs, self.documents):
            self.taking.take(TaggingsStep(left, True))

    def _marked(self, pairs: Pairs) -> None:
        wanted = carriers(pairs)
        self.highlights = self.taking.work.many_taggings.present_highlights(wanted)
        self.lost_highlights = wanted - self.highlights
        if left := among(pairs, self.highlights):
            self.taking.take(HighlightTaggingsStep(left, True))

    def _links(self, links: Sequence[TagLink]) -> None:
        ends = {end for link in links for end in (link.one, link.other)}
        there = self.taking.work.many_tags.names(ends)
        left = [link for link in links if link.one in there and link.other in there]
        self.lost_links = len(links) - len(left)
        if left:
            self.taking.take(TagLinksStep(tuple(left), True))

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
