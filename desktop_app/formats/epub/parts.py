"""The documents of a book, parsed, with drawings and pictures as plain images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop_app.core.text import one_line
from desktop_app.formats.containers.zips import Zip
from desktop_app.formats.epub.package import Item
from desktop_app.formats.extract import Refused
from desktop_app.formats.html.notes import marks_in, types_of
from desktop_app.formats.html.tree import inner_text, parse
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.text.charset import decode
from desktop_app.formats.text.xml_tree import attribute, local, parse_well_formed, parse_xml

_LISTS = frozenset({"page-list", "doc-pagelist", "landmarks"})
_PAGE_BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_LONGEST_NUMBER = 20  # what is longer is the page itself
_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([\w.:-]{2,40})")


@dataclass(slots=True)
class Part:
    """A document of the book. number: from 1. root: its elements by small names, no namespaces."""

    number: int
    path: str
    root: etree._Element

    @property
    def prefix(self) -> str:
        """What goes before an id to make a label that no other part has."""
        return f"{self.number}."


def parts_of(archive: Zip, spine: tuple[Item, ...], limits: Limits) -> Iterator[Part | None]:
    """Parse the documents of the spine; None for one that cannot be read."""
    size = 0
    for number, item in enumerate(spine, 1):
        if item.kind.startswith("image/") and item.kind != "image/svg+xml":
            yield Part(number, item.path, _of_picture(item.path))
            continue
        try:
            content = archive.read(item.path)
            size += len(content)
            if len(content) > limits.html_bytes or size > limits.text_bytes:
                raise _Beyond
            root = _parsed(content, item.kind, limits)
        except _Beyond:
            raise too_large(limits.text_bytes, what="The text of the book") from None
        except Refused:
            root = None
            if len(spine) == 1:
                raise
        yield None if root is None else Part(number, item.path, root)


class _Beyond(Exception):
    """More text than a document may have."""


def _of_picture(path: str) -> etree._Element:
    body = etree.Element("body")
    etree.SubElement(body, "img", {"src": path.rpartition("/")[2]})
    return body


def _parsed(content: bytes, kind: str, limits: Limits) -> etree._Element | None:
    root = parse_well_formed(content, limits)
    if root is None and kind == "image/svg+xml":
        root = parse_xml(content, limits)
    if root is None:
        declared = _DECLARED.search(content[:2_000])
        name = declared[1].decode("ascii") if declared else None
        root = parse(decode(content, declared=name).text, limits)
    if root is None:
        return None
    if sum(1 for _ in root.iter()) > limits.tags:
        raise _Beyond
    _by_small_names(root)
    if root.tag == "svg":
        return _of_drawing(root)
    _without_page_numbers(root)
    for drawing in list(root.iter("svg")):
        _unwrap(drawing)
    return root


def _by_small_names(root: etree._Element) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            try:
                element.tag = local(element).lower()
            except ValueError:
                element.tag = "span"  # tag soup: what stands there is the name of nothing


def _without_page_numbers(root: etree._Element) -> None:
    """Take out the numbers of the printed book's pages, and lists that only programs show.

    The elements stay: chapters may begin at them.
    """
    for element in root.iter("nav"):
        if types_of(element) & _LISTS or element.get("hidden") is not None:
            _empty(element)
    for element in root.iter():
        if types_of(element) & _PAGE_BREAKS and len(inner_text(element)) <= _LONGEST_NUMBER:
            _empty(element)


def _empty(element: etree._Element) -> None:
    element.text = None
    del element[:]


def _of_drawing(svg: etree._Element) -> etree._Element:
    """A page that is a drawing: its pictures, and its words a paragraph each."""
    body = etree.Element("body")
    title = svg.find("title")
    if title is not None and (words := one_line(inner_text(title))):
        etree.SubElement(body, "p").text = words
    for element in svg.iter("image", "text", "foreignobject", "desc"):
        if element.tag == "image":
            source = attribute(element, "href")
            if source:
                etree.SubElement(body, "img", {"src": source})
        elif words := one_line(inner_text(element)):
            etree.SubElement(body, "p").text = words
    return body


def _unwrap(drawing: etree._Element) -> None:
    """Put a picture that a drawing only wraps in the drawing's place; keep a drawing's words."""
    images = [one for one in drawing.iter("image") if attribute(one, "href")]
    parent = drawing.getparent()
    if parent is None or not images or any(True for _ in drawing.iter("path", "svg:path")):
        return
    title = drawing.find("title")
    words = one_line(inner_text(title)) if title is not None else ""
    place = parent.index(drawing)
    for number, image in enumerate(images):
        made = etree.Element("img", {"src": attribute(image, "href") or "", "alt": words})
        if number == len(images) - 1:
            made.tail = drawing.tail
        parent.insert(place + number, made)
    drawing.tail = None
    parent.remove(drawing)


def named_by(part: Part) -> frozenset[str]:
    """The names of the other files that a part has links to, without their folders."""
    return frozenset(
        (link.get("href") or "").partition("#")[0].rpartition("/")[2]
        for link in part.root.iter("a")
    )


def marks_of(part: Part) -> Iterator[tuple[str, bool]]:
    """The links that look like marks of notes, as written, and whether the book says they are."""
    said = {
        (link.get("href") or "").strip()
        for link in part.root.iter("a")
        if types_of(link) & {"noteref", "doc-noteref"}
    }
    for href in dict.fromkeys(marks_in(part.root)):
        yield href, href in said
