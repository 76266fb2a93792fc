"""A book's table of contents, from its navigation document (EPUB 3) or its NCX (EPUB 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from desktop_app.core.text import one_line
from desktop_app.formats.html.notes import types_of
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.text.xml_tree import local

_MOST = 20_000
_DEEPEST = 20
_LineOf = Callable[[etree._Element], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """level: from 1. href: as written, seen from the file that it stands in; empty for none."""

    level: int
    title: str
    href: str


def toc_of_nav(root: etree._Element) -> list[Line]:
    """The lines of a navigation document; empty where it holds no table of contents."""
    navs = [element for element in root.iter() if local(element).lower() == "nav"]
    toc = next((nav for nav in navs if "toc" in types_of(nav)), navs[0] if navs else None)
    return [] if toc is None else list(_within(toc, "li", _nav_line))


def toc_of_ncx(root: etree._Element) -> list[Line]:
    """The lines of an NCX."""
    top = next((element for element in root.iter() if local(element) == "navMap"), None)
    return [] if top is None else list(_within(top, "navPoint", _ncx_line))


def _within(top: etree._Element, inner: str, line_of: _LineOf) -> Iterator[Line]:
    """The lines of nested elements in the order of the document, without recursion."""
    level = 0
    count = 0
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if local(element) != inner:
            continue
        level += 1 if event == "start" else -1
        if event == "start" and level <= _DEEPEST:
            title, href = line_of(element)
            count += 1
            if count > _MOST:
                return
            if title:
                yield Line(level, title, href)


def _nav_line(item: etree._Element) -> tuple[str, str]:
    for child in item:
        if local(child).lower() in ("a", "span"):
            return _title(child), (child.get("href") or "").strip()
        if local(child).lower() == "ol":
            break
    return one_line(item.text or ""), ""


def _ncx_line(point: etree._Element) -> tuple[str, str]:
    title = href = ""
    for child in point:
        if local(child) == "navLabel":
            title = title or one_line(inner_text(child))
        elif local(child) == "content":
            href = href or (child.get("src") or "").strip()
    return title, href


def _title(element: etree._Element) -> str:
    """The words of a line; those that stand in for an image where it has no others."""
    text = one_line(inner_text(element))
    images = (one.get("alt") or "" for one in element.iter() if local(one).lower() == "img")
    return text or one_line(" ".join(images)) or one_line(element.get("title") or "")
