"""Footnotes and endnotes of a page: which links are marks of notes, and where the notes stand.

A note is told by what the page says of it (epub:type, role), or by a small link to a place further
down that links back. Everything else stays a link and a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from desktop_app.core.text import one_line
from desktop_app.formats.html.elements import BLOCKS, tag_of
from desktop_app.formats.html.tree import inner_text

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_MARK_TYPES = frozenset({"noteref", "doc-noteref"})
_MARK_CLASS = re.compile(r"(?i)foot-?note|note-?ref|fn-?ref|endnote|sdfootnoteanc|mso-?footnote")
_MARK_TEXT = re.compile(
    r"\W{0,2}(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|(?:note|n\.)\s?\d{1,4}|[*†‡§¶]+)\W{0,2}|[*†‡§¶]+",
    re.I,
)
_NOTE_ID = re.compile(r"(?i)_?(?:fn|ftn|edn|footnote|endnote|note|cite_note|sdfootnote)[\w:.-]*")
_COUNT = re.compile(r"(?<=\w)[_:.-]\d+$|(?<=\d)[a-z]$")
_LONGEST_MARK = 12
_LONGEST_LABEL = 200
_OUTER = frozenset({"li", "aside", "div", "dd", "section", "td"})


@dataclass(frozen=True, slots=True)
class Notes:
    """marks: link as written -> label of its note. bodies: element that is a note -> label."""

    marks: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[etree._Element, str] = field(default_factory=dict)


def notes_of(
    root: etree._Element,
    *,
    prefix: str = "",
    marks: Mapping[str, str] | None = None,
    wanted: Collection[str] = (),
) -> Notes:
    """Find the notes of one file.

    prefix: goes before an id to make a label that no other file has. marks: links into other files,
    as written, that are known to lead to notes, with their labels. wanted: ids of elements here
    that are notes because a mark in another file leads to them.
    """
    order, ids, links = _surveyed(root)
    chosen: dict[str, etree._Element] = {}
    for name, element in ids.items():
        if name in wanted or types_of(element) & _NOTE_TYPES:
            chosen[name] = element
    backs: dict[etree._Element, set[str]] = {}
    for link, name in links:
        target = ids.get(name)
        if target is None or name in chosen:
            continue
        if types_of(link) & _MARK_TYPES or (
            order[target] > order[link]
            and looks_like_mark(link)
            and _answers(target, name, link, backs)
        ):
            chosen[name] = target
    bodies = {
        body: _label(prefix, name)
        for name, element in chosen.items()
        if (body := _body(element, root)) is not None
    }
    found = {
        f"#{name}": _label(prefix, name) for name in chosen if _body(chosen[name], root) in bodies
    }
    return Notes({**found, **(marks or {})}, bodies)


def marks_in(root: etree._Element) -> Iterator[str]:
    """The links, as written, that the file calls marks of notes or that look like ones."""
    for link in root.iter("a", "{*}a"):
        href = (link.get("href") or "").strip()
        if "#" in href and (types_of(link) & _MARK_TYPES or looks_like_mark(link)):
            yield href


def types_of(element: etree._Element) -> set[str]:
    """What an element says that it is, by epub:type and role."""
    said = (element.get(name) for name in ("epub:type", _EPUB_TYPE, "role"))
    return {word for value in said if value for word in value.lower().split()}


def looks_like_mark(link: etree._Element) -> bool:
    """Tell a link that is a number or a star, and small or named a mark."""
    text = one_line(inner_text(link))
    if not text or len(text) > _LONGEST_MARK or not _MARK_TEXT.fullmatch(text):
        return False
    parent = link.getparent()
    around = [link] if parent is None else [link, parent]
    return (
        any(
            tag_of(element) == "sup" or _MARK_CLASS.search(element.get("class") or "")
            for element in around
        )
        or link.find(".//sup") is not None
        or bool(re.search(r"[\d*†‡]", text) and "[" in text)
    )


def is_way_back(link: etree._Element) -> bool:
    """Tell a link out of a note that is an arrow or the like, and no text."""
    text = one_line(inner_text(link))
    return len(text) < 20 and not re.search(r"\w", re.sub(r"(?i)\b(?:back|return|up)\b", "", text))


def _surveyed(
    root: etree._Element,
) -> tuple[dict[etree._Element, int], dict[str, etree._Element], list[tuple[etree._Element, str]]]:
    """Where the elements stand that have a name or lead to one: order, names, links."""
    order: dict[etree._Element, int] = {}
    ids: dict[str, etree._Element] = {}
    links: list[tuple[etree._Element, str]] = []
    for element in cast(
        "list[etree._Element]",
        root.xpath("descendant-or-self::*[@id or @name or starts-with(@href, '#')]"),
    ):
        order[element] = len(order)
        if name := element.get("id"):
            ids.setdefault(name, element)
        if tag_of(element) != "a":
            continue
        if name := element.get("name"):
            ids.setdefault(name, element)
        href = (element.get("href") or "").strip()
        if href.startswith("#") and len(href) > 1:
            links.append((element, href[1:]))
    return order, ids, links


def _answers(
    target: etree._Element,
    name: str,
    link: etree._Element,
    backs: dict[etree._Element, set[str]],
) -> bool:
    """Whether what a mark leads to links back to it, or is named as notes are.

    backs: where the notes that were looked at link to, each looked through once.
    """
    body = _body(target, None)
    if body is None:
        return False
    if body not in backs:
        hrefs = ((back.get("href") or "").strip() for back in body.iter("a", "{*}a"))
        backs[body] = {_stem(href[1:]) for href in hrefs if href.startswith("#")}
    near = [link, *list(link.iterancestors())[:2], *link]
    own = {value for one in near for value in (one.get("id"), one.get("name")) if value}
    if any(_stem(value) in backs[body] for value in own):
        return True
    return bool(_NOTE_ID.fullmatch(name)) and tag_of(body) not in ("div", "section", "body")


def _stem(name: str) -> str:
    """A name without the count of its marks, if a note has several: cite_ref-3_0, cite_ref-3_1."""
    return _COUNT.sub("", name) or name


def _body(element: etree._Element, root: etree._Element | None) -> etree._Element | None:
    """The block that is the note: the element itself, or what is around a bare anchor."""
    while element is not None and tag_of(element) not in BLOCKS:
        if element is root:
            return None
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    if tag_of(element) in ("body", "html", "main", "article", "table", "tbody", "ol", "ul", "dl"):
        return None
    parent = element.getparent()
    if (
        parent is not None
        and tag_of(element) == "p"
        and tag_of(parent) in _OUTER
        and parent is not root
    ):
        others = [child for child in parent if tag_of(child) in BLOCKS]
        named = parent.get("id") or ""
        if _NOTE_ID.fullmatch(named) or (
            tag_of(parent) in ("li", "aside", "dd") and others[0] is element
        ):
            return parent
    if tag_of(element) == "dt":
        following = element.getnext()
        return following if following is not None and tag_of(following) == "dd" else None
    return element


def _label(prefix: str, name: str) -> str:
    return one_line(prefix + name)[:_LONGEST_LABEL] or "note"
