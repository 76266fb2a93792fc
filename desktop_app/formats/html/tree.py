"""A page to a tree within limits, and the few questions that are asked of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.html import HTMLParser

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.sentences import SPLIT

_TAG = re.compile(r"<[a-zA-Z]")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})([^<>]{20000,})>?")
_VALUE = re.compile("\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1_000


def parse(text: str, limits: Limits) -> etree._Element | None:
    """Parse a page; None where there is nothing in it. Raises Refused beyond the limits."""
    if len(text) > limits.tags and sum(1 for _ in _TAG.finditer(text)) > limits.tags:
        raise Refused(
            f"The web page has more than {limits.tags:,} tags.",
            SPLIT,
        )
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True, remove_comments=True
    )
    # The parser compares each attribute of an element with all before it.
    text = _LONG_TAG.sub(_within_reason, text)
    # A zero byte would end the page for the parser.
    raw = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = cast("etree._Element | None", etree.fromstring(raw, parser))
    except etree.XMLSyntaxError:
        return None
    if tree is not None and _too_deep(tree, limits.depth):
        raise Refused(
            f"The web page's tags are nested more than {limits.depth} deep.",
            "Open it in a browser, save it as text, and import that.",
        )
    return tree


def _within_reason(tag: re.Match[str]) -> str:
    """A tag without its attributes where nobody can have meant them."""
    names = _VALUE.sub(" ", tag[2]).replace("/", " ").split()
    return tag[0] if len(names) <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def inner_text(element: etree._Element) -> str:
    """All text inside an element as it stands there."""
    return "".join(cast("Iterator[str]", element.itertext()))


def elements(tree: etree._Element, xpath: str) -> list[etree._Element]:
    """The elements at an XPath that names elements."""
    return cast("list[etree._Element]", tree.xpath(xpath))


def _too_deep(tree: etree._Element, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False
