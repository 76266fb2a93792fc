"""What can be asked of a library about its tags, beside their tree."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.errors import Problem
from desktop_app.core.model import Binned
from desktop_app.library.indexing import IndexProcess, InlineIndex
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.lines import TagLines, tag_lines
from desktop_app.library.tags.previews import MergePreview, merge_preview
from desktop_app.library.tags.together import TagsTogether, Unit, tags_together
from desktop_app.library.tags.twins import TagTwins, tag_twins, twins_beside
from desktop_app.store.store import Store


class TagQuestions:
    """The part of an open library that answers about tags."""

    _store: Store
    _index: IndexProcess | InlineIndex

    def merge_preview(self, loser: int, winner: int) -> MergePreview:
        """Count what merging one tag into another would come to; BadUsage where it is refused."""
        with self._store.read() as snapshot:
            return merge_preview(snapshot, loser, winner)

    def tag_lines(self, tag: int) -> TagLines:
        """The documents and highlights that carry a tag itself, to pick some of them."""
        with self._store.read() as snapshot:
            return tag_lines(snapshot, tag)

    def tag_bin(self) -> list[Binned]:
        """The tags and collections in the trash of tags, newest first, without their steps."""
        with self._store.read() as snapshot:
            return snapshot.tag_bin.listed()

    def tag_twins(self, collection: int | None = None) -> tuple[TagTwins, ...]:
        """The tags whose names are so near that they may be one; None: of every collection."""
        with self._store.read() as snapshot:
            tree = tags_of(snapshot)
        try:
            return twins_beside(tree, self._index, collection)
        except Problem:  # the index is no place to compare now
            return tag_twins(tree, collection)

    def tags_together(
        self,
        tags: Sequence[int] | None = None,
        *,
        collection: int | None = None,
        unit: Unit = Unit.DOCUMENTS,
        below: bool = False,
    ) -> TagsTogether:
        """Count how often tags occur together: those named, or else all of a collection.

        collection: None for the active one. below: with what carries a tag below one of them.
        """
        with self._store.read() as snapshot:
            if tags is None:
                tree = tags_of(snapshot)
                tops = tree.children(None, collection or tree.active_collection.id)
                tags = [tag.id for top in tops for tag in (top, *tree.below(top.id))]
            return tags_together(snapshot, tags, unit=unit, below=below)
