"""Highlights as quotations, and as a table in a file: gathered from the library."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import (
    MARK_COLOURS,
    Highlight,
    MarkStyle,
    Place,
    anchor_at,
    whole_letters,
)
from desktop_app.core.text import Text
from desktop_app.library.highlight_tables import TableForm, save
from desktop_app.library.quotation_words import Quotation, QuotationForm, write
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot, Store

__all__ = ["MOST_QUOTED", "Quotation", "QuotationForm", "Quotations", "TableForm", "write"]

MOST_QUOTED = 5_000  # for a clipboard, which others hold in memory as well
_AT_ONCE = 500


class Quotations:
    """The highlights of an open library as quotations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def many(self, ids: Sequence[int]) -> list[Quotation]:
        """Quotations in the order asked; those of highlights that are gone are left out.

        BadUsage for more than MOST_QUOTED.
        """
        if len(ids) > MOST_QUOTED:
            raise BadUsage(
                f"{len(ids):,} highlights are too many to be copied at once; {MOST_QUOTED:,} are the"
                " most. Save them as a table instead.",
                "Nothing has been copied.",
            )
        with self._store.read() as snapshot:
            return list(_gathered(snapshot, ids))

    def passage(self, document: int, version: str, start: int, end: int) -> Quotation:
        """A passage that is no highlight as a quotation; code points of the text in use.

        BadUsage where the text is another one by now, or the passage holds no letters.
        """
        with self._store.read() as snapshot:
            found = snapshot.documents.get(document)
            if found is None or found.text_version != version:
                raise BadUsage(
                    "The text has been read again meanwhile, so the passage may stand elsewhere.",
                    "Nothing has been copied; select it again.",
                )
            text = snapshot.texts.get(document)
            start, end = whole_letters(text.canonical, start, end)
            if start >= end:
                raise BadUsage(
                    "There are no letters in what is selected.", "Nothing has been copied."
                )
            stands = _Stands(text)
            page = stands.page(start)
            anchor = anchor_at(version, text.canonical, start, end, page=page)
            unmarked = Highlight(
                id=0,
                uuid="",
                document=document,
                anchor=anchor,
                colour=MARK_COLOURS[0],
                style=MarkStyle.FILL,
                note="",
                made_at=found.added_at,
                changed_at=found.added_at,
                place=Place(start, end),
            )
            return Quotation(unmarked, found, (), stands.paragraph(start), page)

    def save_table(self, ids: Sequence[int], target: Path, form: TableForm) -> int:
        """Write highlights to a file as a table, whole or not at all; return how many.

        A Problem says why the place cannot be written.
        """
        with self._store.read() as snapshot:
            found = list(_gathered(snapshot, ids))
        # Not while the library is read: a slow disk would keep its journal from being put away.
        return save(found, target, form)


def _gathered(snapshot: Snapshot, ids: Sequence[int]) -> Iterator[Quotation]:
    """The quotations of highlights, in the order asked."""
    marks = [each for some in _pieces(ids) for each in snapshot.highlights.many(some)]
    places = _places(snapshot, marks)
    tree = tags_of(snapshot)
    wanted = sorted({each.document for each in marks})
    documents = {
        each.id: each for some in _pieces(wanted) for each in snapshot.documents.many(some)
    }
    for each in marks:
        paragraph, page = places[each.id]
        names = _tag_paths(tree, each.tags)
        yield Quotation(each, documents[each.document], names, paragraph, page)


def _places(
    snapshot: Snapshot, marks: Iterable[Highlight]
) -> dict[int, tuple[int | None, int | None]]:
    """Paragraph and page of highlights; each text is looked at once."""
    wanted: dict[tuple[int, str], list[tuple[int, int, int | None]]] = defaultdict(list)
    for each in marks:
        anchor = each.anchor
        if each.place is None:
            key, start = (each.document, anchor.version), anchor.start
        else:
            key, start = (each.document, ""), each.place.start
        wanted[key].append((each.id, start, anchor.page))
    found: dict[int, tuple[int | None, int | None]] = {}
    for (document, version), here in wanted.items():
        text = (
            snapshot.texts.version(document, version) if version else snapshot.texts.get(document)
        )
        stands = _Stands(text) if text is not None else None
        for highlight, start, marked_on in here:
            paragraph = stands.paragraph(start) if stands is not None else None
            page = stands.page(start) if stands is not None else None
            found[highlight] = (paragraph, page if page is not None else marked_on)
    return found


class _Stands:
    """On which page and in which paragraph of a text a code point stands."""

    def __init__(self, text: Text) -> None:
        placed = list(zip(text.blocks, text.starts, strict=True))
        self._paragraphs = [start for block, start in placed if block.text]
        paged = [(start, block.page) for block, start in placed if block.page is not None]
        self._page_starts = [start for start, _page in paged]
        self._pages = [page for _start, page in paged]

    def paragraph(self, point: int) -> int | None:
        """The block with text that begins last before it, counted from 1."""
        return bisect_right(self._paragraphs, point) or None

    def page(self, point: int) -> int | None:
        """The page, counted from 1; None where the text has none."""
        at = bisect_right(self._page_starts, point)
        return self._pages[at - 1] if at else None


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _tag_paths(tree: TagTree, tags: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(tree.path(tag) for tag in tags if tag in tree.by_id))
