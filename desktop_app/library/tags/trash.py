"""The trash of tags: how tags come into it, come back from it, and leave it.

What lies there is the steps that bring it back, as JSON. They were written for the library of that
day: coming back, each is fitted to the library of today, and what no longer has a place is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Binned, Tag
from desktop_app.library.step_values import GroundChanged
from desktop_app.library.steps import Taking, reversed_steps
from desktop_app.library.tags.checks import carried_by
from desktop_app.library.tags.coming_back import ComingBack
from desktop_app.library.tags.in_the_trash import damaged, steps_in
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
    carriers,
    pairs_of,
)
from desktop_app.library.tags.steps import BinStep, RedirectStep


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
        ids = [tag.id for tag in tags]
        if links := sorted(work.tag_links.of(ids)):
            take(TagLinksStep(tuple(links), False))
        if documents := pairs_of(work.many_taggings.documents.of(ids)):
            self.documents |= carriers(documents)
            take(TaggingsStep(documents, False))
        if highlights := pairs_of(work.many_taggings.highlights.of(ids)):
            self.highlights |= carriers(highlights)
            take(HighlightTaggingsStep(highlights, False))
        for uuid, tag_id in work.many_tags.leading_to(ids):
            take(RedirectStep(uuid, tag_id, None))
        if tags:
            take(TagsStep(tuple((tag, None) for tag in reversed(tags))))
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
    where its name has been taken, or what was kept of it is damaged.
    """

    binned: int

    def do(self, taking: Taking) -> str:
        (binned,) = _present(taking, [self.binned])
        back = ComingBack(taking)
        try:
            back.take_all(steps_in(binned))
        except GroundChanged as reason:  # it names what neither the entry nor the library has
            raise damaged(binned) from reason
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
