"""A copy of a PDF with the highlights of the library in it, for any other viewer of PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle
from desktop_app.core.pages import PageMark
from desktop_app.core.text import Text
from desktop_app.library.pages import PageBook
from desktop_app.library.tags.tree import TagTree

Colours = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class MarkedPages:
    """A copy of a PDF. marked: how many highlights it has.

    left_out: those it could not have, since they are lost, or the letters of their pages are not
    those of the text.
    """

    content: bytes
    marked: int
    left_out: int


def marked_pages(
    pages: PageBook, text: Text, highlights: Sequence[Highlight], tags: TagTree, colours: Colours
) -> MarkedPages:
    """Write highlights onto copies of the pages; BadUsage where there are none to be written.

    colours: red, green and blue for each name of MARK_COLOURS.
    """
    marks, left_out = marks_on(pages, text, highlights, tags, colours)
    if not marks:
        raise BadUsage(
            "No highlight of this document stands on its pages.", "Nothing has been written."
        )
    return MarkedPages(pages.annotated(marks), len(highlights) - left_out, left_out)


def marks_on(
    pages: PageBook, text: Text, highlights: Sequence[Highlight], tags: TagTree, colours: Colours
) -> tuple[list[PageMark], int]:
    """The highlights as marks on pages, and how many stand on none of them."""
    marks: list[PageMark] = []
    left_out = 0
    for each in highlights:
        drawn = pages.places(text, each.place.start, each.place.end) if each.place else None
        if drawn is None or not drawn.whole or not drawn.quads:
            left_out += 1
            continue
        for number, (page, quads) in enumerate(sorted(drawn.quads.items())):
            marks.append(
                PageMark(
                    page,
                    quads,
                    colours.get(each.colour, colours[MARK_COLOURS[0]]),
                    f"{each.uuid}-{number}" if number else each.uuid,
                    "" if number else _note(each, tags),
                    each.style is MarkStyle.UNDERLINE,
                )
            )
    return marks, left_out


def _note(mark: Highlight, tags: TagTree) -> str:
    """What stands in the note of a highlight: the note, and its tags."""
    names = ", ".join(tags.path(tag) for tag in mark.tags if tag in tags.by_id)
    parts = [mark.note, f"Tags: {names}" if names else ""]
    return "\n\n".join(part for part in parts if part)
