"""Read a query from left to right, once; no text makes it fail.

What is written straight is a query's whole grammar: words, phrases, fields, brackets, OR, AND, NOT,
the minus, NEAR and BEFORE. Whatever else stands in the line is text. Here is read how
parts stand together; one part is read in `query_reading_parts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.core import query_said as said
from desktop_app.core.query_reading_parts import PartReader
from desktop_app.core.query_report import StretchKind
from desktop_app.core.query_tree import And, Everything, Node, Not, Or
from desktop_app.core.query_values import FACT_FIELDS

# Deeper brackets are read as if they were not there: nobody types them, and recursion has an end.
_DEEPEST = 40

_OPERATOR = re.compile(r"(?:AND|OR|NOT)(?![^\s()\"|])")
_LONGEST_VALUE = 100
_VALUE_BEFORE_BAR = re.compile(r"(?:^|[\s(|-])(\w+):([^\s()\"|:]+)$", re.ASCII)
_WORD_BEHIND_BAR = re.compile(r"\|([^\s()\"|:]+)(?![^\s()|])")
_NEAR = re.compile(r"(NEAR|BEFORE)/([0-9]+)(?![^\s()\"|])")


@dataclass(frozen=True, slots=True)
class Top:
    """A part at the top of a line, the negations before it included."""

    start: int
    end: int
    node: Node


@dataclass(frozen=True, slots=True)
class _Operator:
    typed: str
    distance: int
    ordered: bool


class Reader(PartReader):
    """Reads a line from left to right, once; `at` is the next letter.

    tops: after read_any, the parts of each alternative at the top of the line.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tops: list[list[Top]] = []

    def read_any(self, *, depth: int) -> Node | None:
        """Read alternatives up to a closing bracket or the end; None where nothing is asked."""
        alternatives: list[Node] = []
        read = empty = 0
        while True:
            found = self.read_all(depth=depth)
            read += 1
            empty += found is None
            if isinstance(found, Or):
                alternatives.extend(found.parts)
            elif found is not None:
                alternatives.append(found)
            if not self.take_or():
                break
        if read > 1 and empty:
            self.note("“OR” waits for something on either side, as in raqqa OR mosul.")
        if len(alternatives) < 2:
            return alternatives[0] if alternatives else None
        return Or(tuple(alternatives))

    def read_all(self, *, depth: int) -> Node | None:
        """Read parts up to an OR, a closing bracket or the end."""
        parts: list[Node] = []
        tops: list[Top] = []
        while True:
            self.skip_space()
            start = self.at
            part = self.read_part(depth=depth)
            if part is _END:
                break
            if isinstance(part, And):
                parts.extend(part.parts)
            elif part is not None:
                parts.append(part)
            if part is not None:
                tops.append(Top(start, self.at, part))
        if depth == 0:
            self.tops.append(tops)
        if len(parts) < 2:
            return parts[0] if parts else None
        return And(tuple(parts))

    def peek_operator(self) -> str:
        found = _OPERATOR.match(self.text, self.at)
        return found[0] if found else ""

    def take_or(self) -> bool:
        self.skip_space()
        if self.text.startswith("|", self.at):
            self.note_narrow_bar()
            self.take(1, StretchKind.OPERATOR)
            return True
        if self.peek_operator() == "OR":
            self.take(2, StretchKind.OPERATOR)
            return True
        return False

    def note_narrow_bar(self) -> None:
        """Say what a bar between two values means, where the second has no field of its own."""
        before = _VALUE_BEFORE_BAR.search(self.text[max(0, self.at - _LONGEST_VALUE) : self.at])
        behind = _WORD_BEHIND_BAR.match(self.text, self.at)
        if before and behind and before[1].lower() in FACT_FIELDS:
            field, first, second = before[1].lower(), before[2], behind[1]
            self.note(
                f"“{second}” was read as a word of its own: write {field}:({first} | {second}) "
                f"for either behind “{field}:”."
            )

    def take_near(self) -> _Operator | None:
        self.skip_space()
        if not (found := _NEAR.match(self.text, self.at)):
            return None
        self.take(len(found[0]), StretchKind.OPERATOR)
        return _Operator(found[0], said.number(found[2]), found[1] == "BEFORE")

    def read_part(self, *, depth: int) -> Node | None:
        """Read one part with the negations before it, and what is to be near it.

        None where it asks nothing; _END before an OR, a closing bracket or the end of the line.
        """
        given = len(self.directives)
        negated, start, part = self.read_signed(depth=depth)
        if part is _END or part is None:
            if negated and len(self.directives) > given:
                for left_out in self.directives[given:]:
                    self.note(
                        f"“-{left_out}” was left out: {left_out.name}: cannot be turned round."
                    )
                del self.directives[given:]
            return part
        part = self.read_near(part, start, depth=depth)
        if not negated:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def read_near(self, left: Node, start: int, *, depth: int) -> Node:
        """Read what is to be near a part that was read, as long as operators follow."""
        before: _Operator | None = None
        parts: tuple[Node, ...] = (left,)
        while operator := self.take_near():
            negated, _, right = self.read_signed(depth=depth)
            while right is None:
                negated, _, right = self.read_signed(depth=depth)
            if right is _END:
                self.note(
                    f"“{operator.typed}” waits for what is to be near, as in raqqa NEAR/8 dam."
                )
                break
            if negated:
                right = right.part if isinstance(right, Not) else Not(right)
            same = before is not None and (before.distance, before.ordered) == (
                operator.distance,
                operator.ordered,
            )
            if len(parts) > 1 and not same and before is not None:
                parts = (self.make_near(parts, before, start),)
            parts, before = (*parts, right), operator
        return parts[0] if before is None else self.make_near(parts, before, start)

    def make_near(self, parts: tuple[Node, ...], operator: _Operator, start: int) -> Node:
        return said.joined(
            parts, operator.distance, self, ordered=operator.ordered, start=start, end=self.at
        )

    def read_signed(self, *, depth: int) -> tuple[bool, int, Node | None]:
        """Read one part: whether it is negated, where it starts behind that, and itself."""
        negated = False
        while True:
            self.skip_space()
            operator = self.peek_operator()
            next_letter = self.text[self.at : self.at + 1]
            if operator == "AND":
                self.take(3, StretchKind.OPERATOR)
            elif operator == "NOT":
                self.take(3, StretchKind.OPERATOR)
                negated = not negated
            elif next_letter == "-":
                behind = self.text[self.at + 1 : self.at + 2]
                if behind and not behind.isspace() and behind not in "-|)":
                    self.paint(self.at, self.at + 1, StretchKind.MINUS)
                    negated = not negated
                self.at += 1
            elif next_letter == ")" and depth == 0:
                self.at += 1  # it closes nothing
            elif not next_letter or next_letter in "|)" or operator == "OR":
                return negated, self.at, _END
            elif left_out := self.take_near():
                self.note(
                    f"“{left_out.typed}” was left out: it stands between two things, "
                    "as in raqqa NEAR/8 dam."
                )
            else:
                break
        start = self.at
        return negated, start, self.read_one(next_letter, depth=depth)

    def read_bracket(self, *, depth: int) -> Node | None:
        self.at += 1
        if depth >= _DEEPEST:
            self.note(f"Brackets inside more than {_DEEPEST} others were left out.")
            return None
        found = self.read_any(depth=depth + 1)
        if self.text.startswith(")", self.at):
            self.at += 1
        return found


class _End(Everything):
    """Nothing more stands in this bracket."""


_END = _End()
