"""What a text is made of, to go to: its chapters, or else its headings, or else its pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from desktop_app.core.text import BlockKind, Chapter, Text
from desktop_app.ui.reader.folded import folded_parts, touched


def contents_of(text: Text) -> tuple[Chapter, ...]:
    """The table of contents of a text, ascending by start; what has no chapters and the like: ().

    A heading that is folded away is left out, and so is what has no title.
    """
    named = tuple(chapter for chapter in text.chapters if chapter.title.strip())
    return named or _headings(text) or _pages(text)


def has_contents(text: Text) -> bool:
    """Tell whether a text has anything to go to, without making the list."""
    return bool(contents_of(text)) if text.folds else _has_any(text)


def place_in(contents: Sequence[Chapter], point: int) -> int | None:
    """The index of the entry that a code point stands in; None above the first."""
    index = bisect_right(contents, point, key=lambda chapter: chapter.start) - 1
    return index if index >= 0 else None


class PageNumbers:
    """The pages of a text."""

    def __init__(self, text: Text) -> None:
        self._text = text
        blocks = text.blocks
        self.last = next((b.page for b in reversed(blocks) if b.page is not None), None)

    def at(self, point: int) -> int | None:
        """The page that a code point stands on; None where the text has no pages."""
        if self.last is None:
            return None
        index = bisect_right(self._text.starts, point) - 1
        blocks = self._text.blocks
        while index >= 0 and (blocks[index].page is None or not blocks[index].text):
            index -= 1
        return blocks[index].page if index >= 0 else 1


def _has_any(text: Text) -> bool:
    kinds = {block.kind for block in text.blocks}
    return bool(text.chapters) or BlockKind.HEADING in kinds or BlockKind.PAGE_BREAK in kinds


def _headings(text: Text) -> tuple[Chapter, ...]:
    folded = folded_parts(text)
    return tuple(
        Chapter(max(block.level, 1), " ".join(block.text.split()), start)
        for block, start in zip(text.blocks, text.starts, strict=True)
        if block.kind is BlockKind.HEADING
        and block.text.strip()
        and not touched(folded, start, start + len(block.text))
    )


def _pages(text: Text) -> tuple[Chapter, ...]:
    found: list[Chapter] = []
    page: int | None = None
    for block, start in zip(text.blocks, text.starts, strict=True):
        if block.page is not None and block.page != page and block.text:
            page = block.page
            found.append(Chapter(1, f"Page {page}", start))
    return tuple(found) if len(found) > 1 else ()
