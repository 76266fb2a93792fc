"""What single elements of a page mean: which are blocks, which stand beside, which hold data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

from desktop_app.core.text import SpanKind

BLOCKS = frozenset(
    {
        "address", "article", "aside", "body", "center", "details", "div", "dl", "dt", "dd",
        "fieldset", "figure", "figcaption", "footer", "form", "header", "hgroup", "html", "hr",
        "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
        "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "blockquote", "h1", "h2",
        "h3", "h4", "h5", "h6", "listing", "xmp", "plaintext", "search", "option",
    }
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "head", "iframe", "frame", "object", "embed",
        "applet", "svg", "canvas", "audio", "video", "map", "select", "datalist", "textarea",
        "button", "input", "progress", "meter", "dialog", "title", "link", "meta", "base", "rp",
    }
)  # fmt: skip
INLINE = {
    "b": SpanKind.BOLD,
    "strong": SpanKind.BOLD,
    "i": SpanKind.ITALIC,
    "em": SpanKind.ITALIC,
    "cite": SpanKind.ITALIC,
    "dfn": SpanKind.ITALIC,
    "var": SpanKind.ITALIC,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "sub": SpanKind.SUBSCRIPT,
    "sup": SpanKind.SUPERSCRIPT,
    "s": SpanKind.STRUCK,
    "strike": SpanKind.STRUCK,
    "del": SpanKind.STRUCK,
}
PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
_PICTURES = frozenset({"img", "amp-img", "image"})
_BESIDE = frozenset({"nav", "footer", "aside"})
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


def is_beside(element: etree._Element, tag: str) -> bool:
    """Tell whether an element stands beside the text: navigation, a footer, or hidden."""
    if tag in _BESIDE:
        return True
    attributes = cast("Mapping[str, str]", element.attrib)
    if not attributes:
        return False
    return (
        is_hidden(element)
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in ("navigation", "contentinfo", "banner", "search")
    )


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element says of itself that it is not to be seen."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def is_hidden_word(element: etree._Element) -> bool:
    """Tell whether what stands inside a line is not to be seen: words, no block and no picture."""
    if not element.attrib or not (is_hidden(element) or element.get("aria-hidden") == "true"):
        return False
    return not any(tag_of(one) in BLOCKS or tag_of(one) in _PICTURES for one in element.iter())


def tag_of(element: etree._Element) -> str:
    """The name of an element in small letters, without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_of_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only places things on the page."""
    if table.find(".//table") is not None:
        return False
    rows = 0
    wide = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        rows += 1
        wide += len(cells) > 1
        for cell in cells:
            if sum(1 for part in cell if part.tag in BLOCKS) > 3:
                return False
            if any(part.tag in HEADINGS for part in cell):
                return False
    return rows > 1 and wide * 2 >= rows


def number_of(text: str | None, otherwise: int) -> int:
    """The number in an attribute; otherwise where there is none or an absurd one."""
    try:
        number = int((text or "").strip())
    except ValueError:
        return otherwise
    return number if abs(number) < 10**6 else otherwise
