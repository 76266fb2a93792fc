"""A parsed page to flat blocks, by a list of what is allowed; everything else gives only its text.

Scripts, forms and whatever is embedded are left out. No address is followed and no image fetched:
html_images tells what an image is, html_notes which links are marks of notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from desktop_app.core.text import Block
from desktop_app.formats.html.elements import (
    BLOCKS,
    SKIPPED,
    is_beside,
    is_hidden,
    is_hidden_word,
    tag_of,
)
from desktop_app.formats.html.images import Images, formula_of
from desktop_app.formats.html.notes import Notes, is_way_back, notes_of
from desktop_app.formats.html.walk import Walk
from desktop_app.formats.text.pictures import Pictures


def blocks_of(
    root: etree._Element,
    *,
    base: str | None = None,
    pictures: Pictures | None = None,
    find: Callable[[str], bytes | None] | None = None,
    notes: Notes | None = None,
    places: dict[str, int] | None = None,
    hidden: set[int] | None = None,
    aside: set[int] | None = None,
    origins: list[etree._Element | None] | None = None,
) -> Iterator[Block]:
    """The blocks of a parsed page, in its order.

    base: the address that relative links are seen from; None leaves them out. pictures: takes the
    pictures that are in the file; without it images are words. find: gives the bytes under an
    address as the page writes it; data: addresses need none. notes: those of the file, told by
    html_notes where None. Filled on the way: places, with the ids of elements and the index of the
    block that begins with or behind each, which may be one behind the last block; hidden, with the
    indexes of blocks that the page does not show; aside, with those of blocks that stand beside the
    text (navigation, footers, what is hidden); origins, with the element that each block stands in.
    """
    images = Images(root, base, pictures, find)
    walk = Walk(base, images, notes or notes_of(root))
    walk.origins = origins
    steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: etree._Element | None = None  # its end is told, its beginning was not
    for event, element in steps:
        if event == "start":
            tag = tag_of(element)
            if tag in SKIPPED or _is_told(walk, element, tag):
                steps.skip_subtree()
                skipped = element
                _take_from_skipped(walk, element, tag)
                continue
            walk.begin(element, tag)
            if places is not None:
                _note_places(places, element, tag, walk.count)
            if hidden is not None and is_hidden(element):
                walk.marked.append((element, hidden))
            if aside is not None and element is not root and is_beside(element, tag):
                walk.marked.append((element, aside))
            walk.add(element.text)
        else:
            if event == "end" and element is not skipped:
                walk.end(element, tag_of(element))
                while walk.marked and walk.marked[-1][0] is element:
                    walk.marked.pop()
            if element is not root:
                walk.add(element.tail)
        if walk.done:
            yield from walk.done
            walk.done.clear()
    walk.flush()
    yield from walk.done


def _is_told(walk: Walk, element: etree._Element, tag: str) -> bool:
    """Take in what is told in other words than those inside it, or not at all; tell whether."""
    if tag not in BLOCKS and is_hidden_word(element):
        return True
    if tag == "math" and (formula := formula_of(element, tag)):
        walk.add(formula)
        return True
    if tag == "a" and walk.within and (element.get("href") or "").startswith("#"):
        return is_way_back(element)
    return tag in ("annotation", "annotation-xml")


def _take_from_skipped(walk: Walk, element: etree._Element, tag: str) -> None:
    """Take in the little that counts of what is left out."""
    if tag == "button":
        walk.add(" ")
    elif tag == "svg" and walk.shown.kept:
        walk.drawing(element)
    elif tag == "noscript" and walk.shown.kept and not (walk.figures and walk.figures[-1].images):
        for image in element.iter("img"):
            walk.image(image)


def _note_places(places: dict[str, int], element: etree._Element, tag: str, count: int) -> None:
    for name in (element.get("id"), element.get("name") if tag == "a" else None):
        if name:
            places.setdefault(name, count)
