"""What the styles and lists of a Word document make of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.core.text import BlockKind, SpanKind
from desktop_app.formats.office.docx.package import child, is_on, value
from desktop_app.formats.office.styles import heading_level, kind_of_style, level_of_outline
from desktop_app.formats.text.xml_tree import local

_LONGEST_CHAIN = 20
_DEEPEST = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip

# The properties of a run that are on or off, and what each sets it in.
SWITCHES = (
    ("b", SpanKind.BOLD),
    ("i", SpanKind.ITALIC),
    ("strike", SpanKind.STRUCK),
    ("dstrike", SpanKind.STRUCK),
)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes over from those that it is based on."""

    heading: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    spans: frozenset[SpanKind] = frozenset()
    list_id: str | None = None
    list_level: int = 0


_PLAIN = Style()


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else [one for one in root if local(one) == "style"]
        self._elements = {value(one, "styleId") or "": one for one in elements}
        self._made: dict[str, Style] = {}

    def of(self, name: str | None) -> Style:
        """A style by its id; the plain one for None and for an id that names none."""
        if not name:
            return _PLAIN
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Style:
        heading, kind = 0, BlockKind.PARAGRAPH
        spans: dict[SpanKind, bool] = {}
        list_id: str | None = None
        list_level = 0
        for element in self._chain(name):
            called = value(child(element, "name")) or ""
            outline = value(child(element, "pPr", "outlineLvl"))
            heading = heading or heading_level(called) or level_of_outline(outline)
            if kind is BlockKind.PARAGRAPH:
                kind = kind_of_style(called)
            numbers = child(element, "pPr", "numPr")
            if list_id is None and numbers is not None:
                list_id = value(child(numbers, "numId"))
                list_level = level_of(value(child(numbers, "ilvl")))
            for mark, span in SWITCHES:
                said = child(element, "rPr", mark)
                if said is not None:
                    spans.setdefault(span, is_on(said))
        if (
            kind is BlockKind.PREFORMATTED
            and value(self._elements.get(name), "type") == "character"
        ):
            spans[SpanKind.CODE] = True
        on = frozenset(span for span, is_set in spans.items() if is_set)
        return Style(heading, kind, on, list_id, list_level)

    def _chain(self, name: str) -> list[etree._Element]:
        """The elements of a style and those that it is based on, nearest first."""
        found: list[etree._Element] = []
        while name in self._elements and len(found) < _LONGEST_CHAIN:
            element = self._elements[name]
            if element in found:
                break
            found.append(element)
            name = value(child(element, "basedOn")) or ""
        return found


def level_of(written: str | None) -> int:
    """A list level as written, from 0."""
    return min(int(written), _DEEPEST - 1) if written and written.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # how its numbers look: decimal, bullet, lowerRoman …
    start: int
    text: str  # "%1.%2"


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted while they are read."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    sources: dict[str, str] = field(
        default_factory=dict
    )  # num -> abstract, which does the counting
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def marker(self, list_id: str, level: int) -> str | None:
        """Count an item; what stands before it: "3.", empty for a dot, None for nothing."""
        levels = self.levels.get(list_id)
        if levels is None:
            return None
        said = levels.get(level, _Level("bullet", 1, ""))
        counts = self.counts.setdefault(self.sources[list_id], {})
        for one, start in self.restarts.pop(list_id, {}).items():
            counts[one] = start - 1
        counts[level] = counts.get(level, said.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if said.form in ("bullet", "none") or not said.text:
            return "" if said.form == "bullet" else None

        def written(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = levels.get(at, said)
            return _number(counts.get(at, other.start), other.form)

        return re.sub(r"%([1-9])", written, said.text)

    def number(self, list_id: str, level: int) -> int:
        """The number of the item that was counted last on a level."""
        return self.counts[self.sources[list_id]][level]


def numbering_of(root: etree._Element | None) -> Numbering:
    """Read the lists that a document defines."""
    found = Numbering()
    if root is None:
        return found
    abstract: dict[str, dict[int, _Level]] = {}
    for element in root:
        if local(element) == "abstractNum":
            abstract[value(element, "abstractNumId") or ""] = _levels(element)
    for element in root:
        if local(element) != "num":
            continue
        name = value(element, "numId") or ""
        source = value(child(element, "abstractNumId")) or ""
        levels = dict(abstract.get(source, {}))
        restarts: dict[int, int] = {}
        for override in element:
            if local(override) != "lvlOverride":
                continue
            at = level_of(value(override, "ilvl"))
            for made in _levels(override).values():
                levels[at] = made
            start = value(child(override, "startOverride"))
            if start and start.isdecimal():
                restarts[at] = min(int(start), 10**6)
        found.levels[name], found.sources[name] = levels, source
        found.restarts[name] = restarts
    return found


def _levels(element: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in element:
        if local(level) == "lvl":
            start = value(child(level, "start")) or "1"
            found[level_of(value(level, "ilvl"))] = _Level(
                value(child(level, "numFmt")) or "decimal",
                min(int(start), 10**6) if start.isdecimal() else 1,
                value(child(level, "lvlText")) or "",
            )
    return found


def _number(number: int, form: str) -> str:
    """A number as a list writes it."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter[:20].upper() if form == "upperLetter" else letter[:20]
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4_000:
        written, rest = "", number
        for amount, sign in _ROMAN:
            while rest >= amount:
                written += sign
                rest -= amount
        return written.upper() if form == "upperRoman" else written
    return str(number)
