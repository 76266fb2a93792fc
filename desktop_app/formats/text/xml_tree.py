"""Parse XML from foreign files: no entities but plain ones, no DTD, no network, no endless depth.

The document type is taken off before the parser sees it. Entities that it declares as plain text
are put in by us, and so are the names that HTML has; everything else of the kind is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html.entities import html5
from typing import cast

from lxml import etree

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.sentences import AGAIN, LEFT
from desktop_app.formats.text.charset import BYTE_ORDER_MARKS, known_charset

_MARKS = (*BYTE_ORDER_MARKS, (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*+>")
_DOCTYPE = re.compile(r"(?>\s++|<!--(?s:.*?)-->|<\?(?s:.*?)\?>)*+(?P<type><!DOCTYPE\b)", re.I)
_IN_DOCTYPE = re.compile(r"<!--|<\?|<!ENTITY\b|[\[\]\"'>]")
_ENTITY = re.compile(
    r"<!ENTITY\s++(?P<parameter>%\s++)?+(?P<name>[^\s\"'>%]++)\s++"
    r"(?:(?P<elsewhere>SYSTEM|PUBLIC)\b|(?P<value>\"[^\"]*+\"|'[^']*+'))"
)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA = "<![CDATA["
_LONGEST_ENTITY = 2_000
_MOST_GROWTH = 5_000_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIMPLE = re.compile(r"(?>[^&]++|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)*+")


def parse_xml(content: bytes, limits: Limits) -> etree._Element:
    """Parse a file's XML, forgiving what is not well formed; comments are left out.

    Raises Refused for entities that refer to others or to other files, for elements nested deeper
    than the limit, and for what holds no element at all.
    """
    root = _parsed(content, limits, recover=True)
    if root is None:
        raise _not_xml()
    return root


def parse_well_formed(content: bytes, limits: Limits) -> etree._Element | None:
    """As parse_xml, but None for what is not well formed."""
    return _parsed(content, limits, recover=False)


def _parsed(content: bytes, limits: Limits, *, recover: bool) -> etree._Element | None:
    text = _decoded(content)
    text = _DECLARATION.sub("", text, count=1)
    entities: dict[str, str] = {}
    if found := _DOCTYPE.match(text):
        end = _read_doctype(text, found.end(), entities)
        if end is None:
            return None
        text = text[: found.start("type")] + text[end:]
    text = _CONTROLS.sub("", _with_entities(text, entities))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=recover,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = cast(
            "etree._Element | None",
            etree.fromstring(text.encode("utf-8", "replace"), parser),
        )
    except etree.XMLSyntaxError:
        return None
    if root is not None and _deeper(limits.depth)(root):
        raise Refused(
            f"Its elements are nested more than {limits.depth} deep, as no document’s are.",
            LEFT,
        )
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute by its name without a namespace."""
    value = element.get(name)
    if value is not None:
        return value
    for key, value in cast("Mapping[str, str]", element.attrib).items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def _decoded(content: bytes) -> str:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content.decode(charset, "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(content)
    charset = (known_charset(declared[1].decode("ascii")) if declared else None) or "utf-8"
    if charset.startswith(("utf-16", "utf_16", "utf-32", "utf_32")):
        charset = "utf-8"  # it says so in single bytes
    return content.decode(charset, "replace")


def _read_doctype(text: str, place: int, entities: dict[str, str]) -> int | None:
    """Go past a document type and take down its entities; None where it has no end."""
    inside = False
    while found := _IN_DOCTYPE.search(text, place):
        mark, place = found[0], found.end()
        closing = {"<!--": "-->", "<?": "?>"}.get(mark, mark)
        if mark in ("<!--", "<?", '"', "'"):
            place = text.find(closing, place) + len(closing)
            if place < len(closing):
                break
        elif mark in "[]":
            inside = mark == "["
        elif mark == ">":
            if not inside:
                return place
        elif entity := _ENTITY.match(text, found.start()):
            _take_entity(entity, entities)
            place = entity.end()
    return None


def _take_entity(entity: re.Match[str], entities: dict[str, str]) -> None:
    """Keep a plain entity, as it is to stand in the text; refuse the others."""
    if entity["elsewhere"]:
        raise Refused(
            "It takes in other files as parts of its text (external entities).",
            "No other file was opened, and this one was left as it is.",
        )
    value = entity["value"][1:-1]
    if entity["parameter"]:
        return
    if len(value) > _LONGEST_ENTITY or "<" in value or not _SIMPLE.fullmatch(value):
        raise _bomb()
    entities.setdefault(entity["name"], value)


def _with_entities(text: str, entities: Mapping[str, str]) -> str:
    if "&" not in text:
        return text
    grown = 0

    def put(found: re.Match[str]) -> str:
        nonlocal grown
        name = found[1]
        if name in _OWN:
            return found[0]
        value = entities.get(name)
        if value is None:
            value = html5.get(f"{name};")
            if value is None:
                return f"&amp;{name};"  # said as it stands there rather than lost
            value = value.replace("&", "&amp;").replace("<", "&lt;")
        grown += len(value)
        if grown > _MOST_GROWTH:
            raise _bomb()
        return value

    parts = text.split(_CDATA)
    done = [_REFERENCE.sub(put, parts[0])]
    for part in parts[1:]:
        inside, end, behind = part.partition("]]>")
        done += [_CDATA, inside, end, _REFERENCE.sub(put, behind)]
    return "".join(done)


@lru_cache(maxsize=4)
def _deeper(depth: int) -> etree.XPath:
    """Whether anything lies deeper: one step a level, so that each element is looked at once."""
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")


def _bomb() -> Refused:
    return Refused(
        "Its text grows out of entities that refer to one another, as only harmful files’ does.",
        LEFT,
    )


def _not_xml() -> Refused:
    return Refused("The file is damaged: a part of it that must be XML is not.", AGAIN)
