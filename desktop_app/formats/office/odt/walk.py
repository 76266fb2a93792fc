"""Walk through an OpenDocument text.

What is not known is gone into, so that no text is lost.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.core.text import Block, SpanKind, one_line
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.body import DEEPEST_FLOW, Body, Form, Kinds
from desktop_app.formats.office.notes import comment_mark, noted
from desktop_app.formats.office.odt.elements import is_of_data, kinds_of_span, picture_of, rows_of
from desktop_app.formats.office.odt.styles import Styles, number
from desktop_app.formats.text.links import target_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.xml_tree import attribute, local

_SKIPPED = frozenset(
    {
        "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "forms",
        "title", "desc", "scripts", "font-face-decls", "annotation-end", "event-listeners",
        "note-citation", "bibliography-source", "table-of-content-source", "alphabetical-index-source",
        "user-index-source", "illustration-index-source", "table-index-source", "object-ole",
        "index-source-styles", "tracked-changes", "glue-point", "binary-data", "note-body",
    }
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 200


@dataclass(slots=True)
class _List:
    """An open list. name: of its style. count: the number of its last item."""

    name: str
    count: int
    numbered: bool


@dataclass(slots=True)
class Walk:
    """The state of a walk through a text.

    find: gives the bytes of a picture by its name in the document. deleted, hidden: whether
    some text was left out for that. objects: how many embedded ones were not read.
    """

    styles: Styles
    limits: Limits
    pictures: Pictures
    find: Callable[[str], bytes | None]
    bodies: list[Body] = field(default_factory=lambda: [Body()])
    lists: list[_List] = field(default_factory=list)
    last_counts: dict[tuple[str, int], int] = field(default_factory=dict)
    marker: str | None = None  # of the list item whose first paragraph is still to come
    notes: list[Block] = field(default_factory=list)
    waiting: deque[Callable[[], None]] = field(default_factory=deque)
    count: int = 0
    commented: int = 0
    rows: int = 0  # how many tables of data the walk is inside of
    deleted: bool = False
    hidden: bool = False
    objects: int = 0

    def read(self, root: etree._Element) -> list[Block]:
        """All blocks of a text, those of its notes last."""
        self._inside(root, ())
        blocks = self.bodies[0].end(Form())
        while self.waiting:
            self.waiting.popleft()()
        return [*blocks, *self.notes]

    def _inside(self, element: etree._Element, kinds: Kinds) -> None:
        """Go through what is between tags and inside the elements there."""
        if local(element) in ("p", "h", "span", "a", "ruby-base", "ruby-text", "meta", "title"):
            self._text(element.text, kinds)
            for one in element:
                self._take(one, kinds)
                self._text(one.tail, kinds)
            return
        field_of_text = len(element) == 0 and element.text and element.text.strip()
        if field_of_text:
            self._text(element.text, kinds)
        for one in element:
            self._take(one, kinds)

    def _text(self, text: str | None, kinds: Kinds) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        runs = self.bodies[-1].runs
        if text[0] == " " and (not runs or runs[-1][0][-1:] in (" ", "\n")):
            text = text[1:]
        if text:
            self.bodies[-1].add(text, kinds)

    def _take(self, element: etree._Element, kinds: Kinds) -> None:
        name = local(element)
        body = self.bodies[-1]
        if name in ("p", "h"):
            self._paragraph(element, name, kinds)
        elif name == "span":
            style = self.styles.of("text", attribute(element, "style-name"))
            if style.hidden:
                self.hidden = True
                return
            self._inside(element, kinds_of_span(kinds, style))
        elif name == "s":
            body.add(" " * min(number(attribute(element, "c"), 1), _MOST_SPACES), kinds)
        elif name == "tab":
            body.add(" ", kinds)
        elif name == "line-break":
            body.add("\n", ())
        elif name == "a":
            target = target_of(attribute(element, "href"), None)
            linked = [*kinds, (SpanKind.LINK, target)] if target else kinds
            self._inside(element, tuple(linked))
        elif name == "tracked-changes":
            self.deleted = self.deleted or any(
                local(one) == "deletion" and inner_text(one).strip() for one in element.iter()
            )
        elif name == "list":
            self._list(element, kinds)
        elif name == "table":
            self._table(element, kinds)
        elif name == "note":
            self._note(element)
        elif name == "annotation":
            self._comment(element)
        elif name == "frame":
            self._frame(element, kinds)
        elif name in ("hidden-text", "hidden-paragraph"):
            self._hidden(element, kinds)
        elif name == "ruby-text":
            body.add("(", kinds)
            self._inside(element, kinds)
            body.add(")", kinds)
        elif name not in _SKIPPED:
            self._inside(element, kinds)

    def _paragraph(self, element: etree._Element, name: str, kinds: Kinds) -> None:
        style = self.styles.of("paragraph", attribute(element, "style-name"))
        if style.hidden:
            self.hidden = self.hidden or bool(inner_text(element).strip())
            return
        body = self.bodies[-1]
        # One inside a box that stands in a line ends the line before it.
        if style.kind.value == "preformatted":
            self._inside(element, kinds)
        else:
            spans = (
                ()
                if name == "h" or style.heading
                else tuple((k, None) for k in sorted(style.spans))
            )
            self._inside(element, (*kinds, *spans))
        if self.rows:
            body.add(" ")
            return
        heading = style.heading
        if name == "h":
            heading = min(number(attribute(element, "outline-level"), 1) or 1, 6)
        says = any(text.strip() for text, _ in body.runs)
        marker = None
        if self.lists and says and not heading:
            marker, self.marker = self.marker, None
        depth = len(self.lists)
        body.end_paragraph(Form(heading, False, max(depth, 1), marker, style.kind))
        self.limits.check_blocks(len(body.blocks))

    def _list(self, element: etree._Element, kinds: Kinds) -> None:
        if self.rows:
            self._inside(element, kinds)
            return
        own = attribute(element, "style-name") or ""
        name = own or (self.lists[-1].name if self.lists else "")
        depth = len(self.lists) + 1
        level = self.styles.level(name, depth)
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(
            element, "continue-list"
        )
        count = self.last_counts.get((name, depth), level.start - 1) if goes_on else level.start - 1
        opened = _List(name, count, level.numbered)
        self.lists.append(opened)
        for item in element:
            if local(item) == "list-item":
                started = attribute(item, "start-value")
                opened.count = number(started, opened.count + 1) if started else opened.count + 1
                self.marker = f"{opened.count}." if opened.numbered else ""
                self._inside(item, kinds)
                self.marker = None
            elif local(item) == "list-header":
                self.marker = None
                self._inside(item, kinds)
        self.lists.pop()
        self.last_counts[name, depth] = opened.count

    def _table(self, element: etree._Element, kinds: Kinds) -> None:
        """A table's rows; one inside a cell is words of the cell."""
        body = self.bodies[-1]
        if not self.rows:
            body.end_paragraph(Form())
            if not is_of_data(element):
                self._inside(element, kinds)
                return
        self.rows += 1
        for row in rows_of(element):
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                self._inside(cell, kinds)
                if self.rows == 1:
                    body.end_cell()
                else:
                    body.add(" ")
            if self.rows == 1:
                body.end_row()
                self.limits.check_blocks(len(body.blocks))
        self.rows -= 1

    def _note(self, element: etree._Element) -> None:
        found = next((one for one in element if local(one) == "note-body"), None)
        if found is None:
            return
        self.count += 1
        order, label = self.count, f"note-{self.count}"
        self.bodies[-1].mark(f"[{order}]", label)
        self.waiting.append(
            lambda: self.notes.extend(noted(self._flow(found), label, number=order))
        )

    def _comment(self, element: etree._Element) -> None:
        said = {local(one): one_line(inner_text(one)) for one in element}
        self.commented += 1
        label = f"comment-{self.commented}"
        initials = said.get("sender-initials") or said.get("creator-initials") or ""
        by = said.get("creator", "")[:200]
        self.bodies[-1].mark(comment_mark(self.commented, initials, by), label)
        for one in list(element):
            if local(one) not in ("p", "list"):
                element.remove(one)
        self.waiting.append(lambda: self.notes.extend(noted(self._flow(element), label, by=by)))

    def _flow(self, element: etree._Element) -> list[Block]:
        """The blocks of a text of its own."""
        rows, self.rows = self.rows, 0
        lists, self.lists = self.lists, []
        marker, self.marker = self.marker, None
        self.bodies.append(Body())
        self._inside(element, ())
        self.rows, self.lists, self.marker = rows, lists, marker
        return self.bodies.pop().end(Form())

    def _hidden(self, element: etree._Element, kinds: Kinds) -> None:
        if attribute(element, "is-hidden") in (None, "true"):
            self.hidden = True
            return
        self._text(attribute(element, "string-value") or element.text, kinds)

    def _frame(self, element: etree._Element, kinds: Kinds) -> None:
        """A picture, or a box of text; of what is neither, its picture and its description."""
        described = [one for one in element if local(one) in ("desc", "title")]
        words = next((line for one in described if (line := one_line(inner_text(one)))), "")
        names = [local(one) for one in element]
        for box in (one for one in element if local(one) == "text-box"):
            if len(self.bodies) > DEEPEST_FLOW:
                self._inside(box, kinds)
            else:
                self.bodies[-1].beside += self._flow(box)
        if "object" in names or "object-ole" in names:
            self.objects += 1
        images = [one for one in element if local(one) == "image"]
        if images and "text-box" not in names:
            body = self.bodies[-1]
            body.picture(picture_of(images, self.pictures, self.find), words)
        for one in (one for one in element if local(one) == "table"):
            self._take(one, kinds)
