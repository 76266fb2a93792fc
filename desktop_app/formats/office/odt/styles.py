"""What the styles of an OpenDocument text make of its paragraphs, runs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.core.text import BlockKind, SpanKind
from desktop_app.formats.office.styles import heading_level, kind_of_style
from desktop_app.formats.text.xml_tree import attribute, local

_CODED = re.compile(r"_([0-9a-fA-F]{2,4})_")
_LONGEST_CHAIN = 20
_WANTED = ("font-weight", "font-style", "text-line-through-style", "text-position", "display")
_BOLD = re.compile(r"bold|[6-9]00")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes over from its parents."""

    heading: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    spans: frozenset[SpanKind] = frozenset()
    hidden: bool = False
    list_style: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list. numbered: whether its items have numbers; start: the first of them."""

    numbered: bool
    start: int = 1


_PLAIN = Style()
_DOT = Level(False)


@dataclass(slots=True)
class Styles:
    """The styles of a document by family and name."""

    elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    made: dict[tuple[str, str], Style] = field(default_factory=dict)

    def of(self, family: str, name: str | None) -> Style:
        """A style by its name. family: "paragraph" or "text"."""
        if not name:
            return _PLAIN
        key = (family, name)
        if key not in self.made:
            self.made[key] = self._make(family, name)
        return self.made[key]

    def level(self, list_style: str, depth: int) -> Level:
        """How the items of a list are marked. depth: from 1."""
        return self.lists.get(list_style, {}).get(depth, _DOT)

    def _make(self, family: str, name: str) -> Style:
        heading, kind, list_style, hidden = 0, BlockKind.PARAGRAPH, "", False
        said: dict[str, str] = {}
        for called, element in self._chain(family, name):
            plain = _CODED.sub(lambda found: chr(int(found[1], 16)), called)
            if element is not None:
                plain = attribute(element, "display-name") or plain
                outline = attribute(element, "default-outline-level") or ""
                if not heading and outline.isdecimal():
                    heading = min(int(outline), 6)
                list_style = list_style or attribute(element, "list-style-name") or ""
                for properties in element:
                    if local(properties) == "text-properties":
                        for wanted in _WANTED:
                            value = attribute(properties, wanted)
                            if value is not None:
                                said.setdefault(wanted, value)
            heading = heading or (heading_level(plain) if family == "paragraph" else 0)
            if kind is BlockKind.PARAGRAPH:
                kind = kind_of_style(plain)
        hidden = said.get("display") == "none"
        spans = set(_spans(said))
        if family == "text" and kind is BlockKind.PREFORMATTED:
            spans.add(SpanKind.CODE)
        return Style(heading, kind, frozenset(spans), hidden, list_style)

    def _chain(self, family: str, name: str) -> Iterable[tuple[str, etree._Element | None]]:
        """The names and elements of a style and its parents, nearest first."""
        seen: set[str] = set()
        while name and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            element = self.elements.get((family, name))
            yield name, element
            name = (attribute(element, "parent-style-name") or "") if element is not None else ""


def styles_of(roots: Iterable[etree._Element]) -> Styles:
    """Gather the styles of a document's parts; those of a later part go before."""
    found = Styles()
    for root in roots:
        for element in root.iter():
            name = attribute(element, "name") or ""
            kind = local(element)
            if kind == "style":
                found.elements[attribute(element, "family") or "", name] = element
            elif kind == "list-style":
                found.lists[name] = _levels(element)
    return found


def _spans(said: dict[str, str]) -> Iterable[SpanKind]:
    if _BOLD.fullmatch(said.get("font-weight", "")):
        yield SpanKind.BOLD
    if said.get("font-style", "") in ("italic", "oblique"):
        yield SpanKind.ITALIC
    if said.get("text-line-through-style", "none") != "none":
        yield SpanKind.STRUCK
    where = said.get("text-position", "").split(" ")[0]
    if where == "super" or (where.endswith("%") and where[:1].isdigit() and where != "0%"):
        yield SpanKind.SUPERSCRIPT
    elif where == "sub" or where.startswith("-"):
        yield SpanKind.SUBSCRIPT


def _levels(element: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in element:
        depth = number(attribute(one, "level"), 0)
        if local(one) == "list-level-style-number":
            numbered = bool(attribute(one, "num-format"))
            found[depth] = Level(numbered, number(attribute(one, "start-value"), 1))
    return found


def number(written: str | None, otherwise: int) -> int:
    """A number as written; otherwise where there is none or an absurd one."""
    written = (written or "").strip()
    return int(written) if written.isdecimal() and len(written) < 7 else otherwise
