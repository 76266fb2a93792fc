"""Walk through the text of a Word document.

What is not known is gone into, so that no text is lost.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.core.text import Block, Picture, one_line
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.body import DEEPEST_FLOW, Body, Form, Kinds
from desktop_app.formats.office.docx.elements import (
    WRAPS,
    each,
    is_of_data,
    kinds_of_run,
    linked,
    symbol_of,
)
from desktop_app.formats.office.docx.package import Package, Relation, child, is_on, value
from desktop_app.formats.office.docx.styles import Numbering, Style, Styles, level_of
from desktop_app.formats.office.fields import target_of_field
from desktop_app.formats.office.notes import comment_mark, noted
from desktop_app.formats.office.styles import level_of_outline
from desktop_app.formats.text.links import target_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.symbol_fonts import symbol
from desktop_app.formats.text.xml_tree import attribute, local

_SKIPPED = frozenset(
    {
        "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "del", "moveFrom",
        "delText", "delInstrText", "docPr", "nvPicPr", "rubyPr", "ctrlPr", "oMathParaPr",
        "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator",
        "shapetype", "ffData", "fldData", "binData", "smartTagPr", "customXmlPr", "tblPrEx",
    }
)  # fmt: skip
_WORTH = frozenset({"txbxContent", "blip", "imagedata", "t"})
_DRAWINGS = (".emf", ".wmf", ".svg", ".pict", ".pct")
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # where Word keeps what is set in a font of symbols


@dataclass(slots=True)
class _Field:
    """A field that goes over several runs. shown: whether its result has begun."""

    instruction: str = ""
    shown: bool = False
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a part by their ids, and what that part refers to."""

    by_id: Mapping[str, etree._Element] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)


@dataclass(slots=True)
class Walk:
    """The state of a walk through a document.

    relations: of the part that is walked through. deleted, hidden: whether some text was left
    out for that. chunks: how many embedded texts of other kinds were not read.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    limits: Limits
    pictures: Pictures
    relations: Mapping[str, Relation]
    footnotes: Notes
    endnotes: Notes
    comments: Notes
    bodies: list[Body] = field(default_factory=lambda: [Body()])
    fields: list[_Field] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    waiting: deque[tuple[etree._Element, Notes, str, str]] = field(default_factory=deque)
    labels: dict[etree._Element, str] = field(default_factory=dict)
    count: int = 0  # of notes so far
    rows: int = 0  # how many tables the walk is inside of
    deleted: bool = False
    hidden: bool = False
    chunks: int = 0

    def read(self, root: etree._Element) -> list[Block]:
        """All blocks of a part, those of its notes last."""
        self._inside(root, ())
        blocks = self.bodies[0].end(Form())
        self._end_notes()
        return [*blocks, *self.notes]

    def _inside(self, element: etree._Element, kinds: Kinds) -> None:
        for one in element:
            self._take(one, kinds)

    def _take(self, element: etree._Element, kinds: Kinds) -> None:
        name = local(element)
        body = self.bodies[-1]
        if name == "r":
            self._run(element, kinds)
        elif name == "t":
            self._add(element.text or "", kinds)
        elif name == "p":
            self._paragraph(element, kinds)
        elif name in _SKIPPED:
            self.deleted = self.deleted or (
                name in ("del", "moveFrom")
                and any(local(one) == "delText" or local(one) == "t" for one in element.iter())
            )
        elif name == "tbl":
            self._table(element, kinds)
        elif name in ("tab", "ptab"):
            self._add(" ", kinds)
        elif name in ("br", "cr"):
            self._add("\n" if value(element, "type") in (None, "textWrapping") else " ", kinds)
        elif name == "noBreakHyphen":
            self._add("\u2011", kinds)
        elif name == "softHyphen":
            self._add("\xad", kinds)
        elif name == "sym":
            self._add(symbol_of(element), kinds)
        elif name in ("hyperlink", "fldSimple"):
            self._inside(element, linked(kinds, self._target(element, name)))
        elif name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name == "instrText":
            if self.fields and len(self.fields[-1].instruction) < 5_000:
                self.fields[-1].instruction += element.text or ""
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(element, self.footnotes if name[0] == "f" else self.endnotes)
        elif name == "commentReference":
            self._comment(element)
        elif name == "AlternateContent":
            self._alternatives(element, kinds)
        elif name in ("drawing", "pict", "object"):
            self._drawing(element, kinds)
        elif name == "txbxContent":
            self._box(element)
        elif name == "rt":
            body.add("(", kinds)
            self._inside(element, kinds)
            body.add(")", kinds)
        elif name == "altChunk":
            self.chunks += 1
        elif name != "pPr":
            self._inside(element, kinds)

    def _add(self, text: str, kinds: Kinds) -> None:
        if any(not one.shown for one in self.fields):
            return  # what a field is to do, not what it shows
        if _PRIVATE.search(text):
            text = _PRIVATE.sub(lambda found: symbol(ord(found[0])) or "•", text)
        target = next((one.target for one in reversed(self.fields) if one.target), None)
        self.bodies[-1].add(text, linked(kinds, target))

    def _run(self, element: etree._Element, kinds: Kinds) -> None:
        properties = child(element, "rPr")
        if properties is not None:
            if is_on(child(properties, "vanish")):
                self.hidden = self.hidden or any(local(one) == "t" for one in element)
                return
            style = self.styles.of(value(child(properties, "rStyle")))
            kinds = kinds_of_run(kinds, properties, style)
        self._inside(element, kinds)

    def _paragraph(self, element: etree._Element, kinds: Kinds) -> None:
        properties = child(element, "pPr")
        style = self.styles.of(value(child(properties, "pStyle")))
        self._inside(element, kinds)
        body = self.bodies[-1]
        if self.rows:
            body.add(" ")
            return
        body.end_paragraph(self._form(properties, style))
        self.limits.check_blocks(len(body.blocks))

    def _form(self, properties: etree._Element | None, style: Style) -> Form:
        heading = style.heading
        outline = value(child(properties, "outlineLvl"))
        heading = heading or level_of_outline(outline)
        numbers = child(properties, "numPr")
        list_id = value(child(numbers, "numId")) or style.list_id
        written = value(child(numbers, "ilvl"))
        level = level_of(written) if written else style.list_level
        marker = None
        empty = not any(text.strip() for text, _ in self.bodies[-1].runs)
        if list_id and list_id != "0" and not empty:
            marker = self.numbering.marker(list_id, level)
            if marker and not heading:
                marker = f"{self.numbering.number(list_id, level)}."
        return Form(heading, False, level + 1, marker, style.kind)

    def _table(self, element: etree._Element, kinds: Kinds) -> None:
        """A table's rows; one inside a cell is words of the cell."""
        body = self.bodies[-1]
        if not self.rows:
            body.end_paragraph(Form())
            if not is_of_data(element):
                self._inside(element, kinds)
                return
        self.rows += 1
        for row in each(element, "tr", through=WRAPS):
            if child(row, "trPr", "del") is not None:
                self.deleted = True
                continue
            for cell in each(row, "tc", through=WRAPS):
                self._inside(cell, kinds)
                if self.rows == 1:
                    body.end_cell()
                else:
                    body.add(" ")
            if self.rows == 1:
                body.end_row()
                self.limits.check_blocks(len(body.blocks))
        self.rows -= 1

    def _target(self, element: etree._Element, name: str) -> str | None:
        """Where a link leads that is an element of its own."""
        if name == "fldSimple":
            return target_of_field(attribute(element, "instr") or "")
        relation = self.relations.get(value(element, "id") or "")
        return target_of(relation.target, None) if relation and relation.outside else None

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
            self.fields[-1].target = target_of_field(self.fields[-1].instruction)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, element: etree._Element, notes: Notes) -> None:
        found = notes.by_id.get(value(element, "id") or "")
        if found is None:
            return
        label = self.labels.get(found)
        if label is None:
            self.count += 1
            label = self.labels[found] = f"note-{self.count}"
            self.waiting.append((found, notes, label, ""))
        self.bodies[-1].mark(f"[{label.removeprefix('note-')}]", label)

    def _comment(self, element: etree._Element) -> None:
        found = self.comments.by_id.get(value(element, "id") or "")
        if found is None or found in self.labels:
            return
        number = len(self.labels) - self.count + 1
        label = self.labels[found] = f"comment-{number}"
        by = one_line(value(found, "author") or "")[:200]
        mark = comment_mark(number, one_line(value(found, "initials") or ""), by)
        self.bodies[-1].mark(mark, label)
        self.waiting.append((found, self.comments, label, by))

    def _end_notes(self) -> None:
        """Read the notes that were marked; they may hold marks of others."""
        while self.waiting:
            element, notes, label, by = self.waiting.popleft()
            before, self.relations = self.relations, notes.relations
            blocks = self._flow(element)
            self.relations = before
            number = None if notes is self.comments else int(label.removeprefix("note-"))
            self.notes += noted(blocks, label, number=number, by=by)
            self.limits.check_blocks(len(self.notes))

    def _flow(self, element: etree._Element) -> list[Block]:
        """The blocks of a text of its own."""
        rows, self.rows = self.rows, 0
        fields, self.fields = self.fields, []
        self.bodies.append(Body())
        self._inside(element, ())
        self.rows, self.fields = rows, fields
        return self.bodies.pop().end(Form())

    def _box(self, element: etree._Element) -> None:
        if len(self.bodies) > DEEPEST_FLOW:
            self._inside(element, ())
            return
        blocks = self._flow(element)
        self.bodies[-1].beside += blocks

    def _alternatives(self, element: etree._Element, kinds: Kinds) -> None:
        """Take the first of several ways to say the same that says something."""
        ways = [one for one in element if local(one) in ("Choice", "Fallback")]
        for way in ways:
            if any(local(one) in _WORTH for one in way.iter()) or way is ways[-1]:
                self._inside(way, kinds)
                return

    def _drawing(self, element: etree._Element, kinds: Kinds) -> None:
        """Pictures and boxes of text; a shape without either says nothing."""
        words = ""
        for one in element.iter():
            name = local(one)
            if name == "docPr":
                words = one_line(attribute(one, "descr") or attribute(one, "title") or "")
            elif name in ("shape", "rect") and not words:
                words = one_line(attribute(one, "alt") or "")
        boxed = any(local(one) == "txbxContent" for one in element.iter())
        for one in element.iter("{*}blip", "{*}imagedata"):
            self._picture(one, "" if boxed else words)
        if boxed:
            self._inside(element, kinds)

    def _picture(self, element: etree._Element, words: str) -> None:
        named = (value(element, name) or "" for name in ("embed", "id", "link"))
        relation = next((self.relations[one] for one in named if one in self.relations), None)
        words = words or one_line(value(element, "title") or "")
        body = self.bodies[-1]
        if relation is None:
            body.picture(None, words)
        elif relation.outside:
            address = target_of(relation.target, None)
            shown = address if address and address.startswith("http") else None
            body.picture(Picture(None, shown), words)
        elif relation.target.lower().endswith(_DRAWINGS):
            body.picture(Picture(), words)
        else:
            try:
                content = self.package.archive.read(relation.target)
            except Refused:
                body.picture(Picture(), words)
            else:
                body.picture(self.pictures.take(content), words)
