"""What stands on the page of a tag: the documents that carry it, and taking it off what is chosen."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Document
from desktop_app.library.commands import counted, tag_in_quotes
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tags.steps import TaggingStep
from desktop_app.store import tagged
from desktop_app.store.store import Store
from desktop_app.store.tagged import Carried, TaggedSort

__all__ = ("Carried", "TagPages", "TaggedDocument", "TaggedSort", "TakeOff")


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """A document on the page of a tag, and why it is there."""

    document: Document
    carried: Carried


class TagPages:
    """What can be asked for the page of a tag. tags: the tag, and those below it where wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(
        self, tags: Collection[int], sort: TaggedSort = TaggedSort.TITLE, *, turned: bool = False
    ) -> array[int]:
        """The documents outside the trash that carry one of the tags, by themselves or by a mark."""
        with self._store.read() as snapshot:
            return tagged.documents(snapshot.connection, tags, sort, turned=turned)

    def rows(self, tags: Collection[int], ids: Sequence[int]) -> dict[int, TaggedDocument]:
        """Documents of the page by id; those that are gone, or no longer tagged, are left out."""
        with self._store.read() as snapshot:
            why = tagged.carried(snapshot.connection, tags, ids)
            found = snapshot.documents.many([each for each in ids if each in why])
        return {each.id: TaggedDocument(each, why[each.id]) for each in found}


@dataclass(frozen=True, slots=True)
class TakeOff:
    """Take tags off documents and highlights, as one step: a tag, and those below it where wanted.

    tags: the first names the step. Of documents only what they carry as a whole is taken: what
    their highlights carry stays, and BadUsage says so where there is nothing else.
    """

    tags: tuple[int, ...]
    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()

    def do(self, taking: Taking) -> str:
        work = taking.work
        name = tag_in_quotes(work, self.tags[0])
        documents: set[int] = set()
        marks: set[int] = set()
        for tag in self.tags:
            has = work.taggings.of_tag(tag)
            if ids := tuple(each for each in dict.fromkeys(self.documents) if each in has):
                taking.take(TaggingStep(tag, ids, False))
                documents.update(ids)
            carrying = work.highlights.carrying(tag, self.highlights) if self.highlights else set()
            if ids := tuple(each for each in dict.fromkeys(self.highlights) if each in carrying):
                taking.take(HighlightTaggingStep(tag, ids, False))
                marks.update(ids)
        if self.documents and not documents and not marks:
            raise BadUsage(
                f"Only highlights carry the tag {name} there, and no document as a whole.",
                "Nothing has been changed; take it off the highlights.",
            )
        what = " and ".join(
            words
            for words, some in (
                (counted(sorted(documents)), documents),
                (counted_highlights(sorted(marks)), marks),
            )
            if some
        )
        with_below = " and tags below it" if len(self.tags) > 1 else ""
        return f"Take the tag {name}{with_below} off {what or 'nothing'}"
