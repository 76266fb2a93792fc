"""Read a query from left to right, once; no text makes it fail.

What is written straight is a query's whole grammar: words, phrases, fields, brackets, OR, AND, NOT,
the minus, NEAR and BEFORE. Whatever else stands in the line is text. What single parts mean is read
in `query_said` (words), `query_values` (facts) and `query_directives`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.core import query_directives as directives
from desktop_app.core import query_said as said
from desktop_app.core.query_refused import ValueRefused
from desktop_app.core.query_report import Directive, Report, StretchKind
from desktop_app.core.query_said import NAME, Typed
from desktop_app.core.query_tree import (
    And,
    Everything,
    Fact,
    Impossible,
    Node,
    Not,
    Or,
    Place,
    Same,
)
from desktop_app.core.query_values import EXAMPLES, FACT_FIELDS, read_value

# Deeper brackets are read as if they were not there: nobody types them, and recursion has an end.
_DEEPEST = 40

_SPACE = re.compile(r"\s+")
_RUN = re.compile(r'[^\s()"|]+')
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"]+", re.IGNORECASE)
_FIELD = re.compile(r"(\w+):", re.ASCII)
_ABOUT = re.compile(r"~([0-9]*)(?![^\s()\"|])")
_OPERATOR = re.compile(r"(?:AND|OR|NOT)(?![^\s()\"|])")
_NEAR = re.compile(r"(NEAR|BEFORE)/([0-9]+)(?![^\s()\"|])")
_NEAR_UNFINISHED = re.compile(r"(NEAR|BEFORE)/(?![^\s()\"|])")
_NEAR_LIKE = re.compile(r"(near|before)(/[0-9]*)?", re.IGNORECASE)
_JOKER = re.compile(r"\*+|\?+(?=[\w*])")
SAME = "same"
_SAME = re.compile(r"same:passages?", re.IGNORECASE)
WORD_FIELDS = frozenset(place.value for place in Place if place.value)
FIELDS = FACT_FIELDS | WORD_FIELDS | directives.VALUES.keys() | {NAME, SAME}


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


class Reader(Report):
    """Reads a line from left to right, once; `at` is the next letter.

    tops: after read_any, the parts of each alternative at the top of the line.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.at = 0
        self.field = ""  # the field that a bracket is read for: title:(raqqa OR mosul)
        self.place = ""  # the place that such a field, or one around it, names
        self.inside_same = False
        self.tops: list[list[Top]] = []

    def read_any(self, *, depth: int) -> Node | None:
        """Read alternatives up to a closing bracket or the end; None where nothing is asked."""
        alternatives: list[Node] = []
        while True:
            found = self.read_all(depth=depth)
            if isinstance(found, Or):
                alternatives.extend(found.parts)
            elif found is not None:
                alternatives.append(found)
            if not self.take_or():
                break
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

    def skip_space(self) -> None:
        if space := _SPACE.match(self.text, self.at):
            self.at = space.end()

    def take(self, length: int, kind: StretchKind) -> None:
        self.paint(self.at, self.at + length, kind)
        self.at += length

    def peek_operator(self) -> str:
        found = _OPERATOR.match(self.text, self.at)
        return found[0] if found else ""

    def take_or(self) -> bool:
        self.skip_space()
        if self.text.startswith("|", self.at):
            self.take(1, StretchKind.OPERATOR)
            return True
        if self.peek_operator() == "OR":
            self.take(2, StretchKind.OPERATOR)
            return True
        return False

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

    def read_one(self, letter: str, *, depth: int) -> Node | None:
        if letter == "(":
            return self.read_bracket(depth=depth)
        start = self.at
        name = _FIELD.match(self.text, start)
        field = name[1].lower() if name else ""
        if letter == "#":
            self.take(1, StretchKind.FIELD)
            value, quoted, typed = self.read_value()
            if not value.strip():
                return None
            return self.make_fact("tag", value, start, quoted=quoted, typed=f"#{typed}")
        if name and field in directives.VALUES:
            return self.read_directive(field, start, name.end())
        if name and field == SAME:
            return self.read_same(start, name.end(), depth=depth)
        if name and field in FIELDS:
            return self.read_field(field, start, name.end(), depth=depth)
        if self.field in FACT_FIELDS:
            return self.read_bracketed_fact(start)
        return self.read_said(self.field, start, name[1] if name else "")

    def read_bracket(self, *, depth: int) -> Node | None:
        self.at += 1
        if depth >= _DEEPEST:
            self.note(f"Brackets inside more than {_DEEPEST} others were left out.")
            return None
        found = self.read_any(depth=depth + 1)
        if self.text.startswith(")", self.at):
            self.at += 1
        return found

    def read_field(self, name: str, start: int, behind: int, *, depth: int) -> Node | None:
        letter = self.text[behind : behind + 1]
        if letter == "(":
            self.paint(start, behind, StretchKind.FIELD)
            field, place = self.field, self.place
            self.field, self.at = name, behind
            self.place = name if name in WORD_FIELDS else place
            found = self.read_bracket(depth=depth)
            self.field, self.place = field, place
            return found
        self.at = behind
        value, quoted, typed = self.read_value()
        if not value.strip():
            if letter and letter != '"':
                # A pasted title may well hold "Source: The Guardian": it is text.
                self.note(
                    f"“{name}:” was read as a word: its value stands right behind the colon, "
                    f"as in {EXAMPLES[name]}."
                )
                return said.plain(self.typed(self.text[start : behind - 1], "", start), self)
            self.paint(start, behind, StretchKind.FIELD)
            self.note(f"“{name}:” waits for its value, as in {EXAMPLES[name]}.")
            return None
        self.paint(start, behind, StretchKind.FIELD)
        if name in FACT_FIELDS:
            return self.make_fact(name, value, start, quoted=quoted, typed=f"{name}:{typed}")
        self.at = behind
        return self.read_said(name, start, "")

    def read_bracketed_fact(self, start: int) -> Node | None:
        """Read a value that stands in the brackets of a fact's field."""
        value, quoted, typed = self.read_value()
        if not value.strip():
            if self.at == start:
                self.at += 1
            return None
        return self.make_fact(
            self.field, value, start, quoted=quoted, typed=f"{self.field}:{typed}"
        )

    def read_directive(self, name: str, start: int, behind: int) -> Node | None:
        """Read a part that asks nothing itself but says how the line is answered."""
        self.at = behind
        value, _, typed = self.read_value()
        wish = value.strip().lower()
        if wish in directives.VALUES[name]:
            self.paint(start, self.at, StretchKind.DIRECTIVE)
            for other in self.directives:
                if other.name == name == directives.ORDER and other.value != wish:
                    self.note(f"“{other}” was left out: only the last order holds, {name}:{wish}.")
            self.directives.append(Directive(name, wish, start, self.at))
            return None
        if not wish:
            if self.text[behind : behind + 1]:
                self.note(directives.read_as_word(name))
                return said.plain(self.typed(self.text[start : behind - 1], "", start), self)
            self.paint(start, behind, StretchKind.DIRECTIVE)
            self.note(directives.waiting(name))
            return None
        self.refuse(start, self.at, directives.refused(name, value))
        return Impossible(name, value, f"{name}:{typed}", start, self.at)

    def read_same(self, start: int, behind: int, *, depth: int) -> Node | None:
        """Read what must all hold for one highlight."""
        example = "same:passage(tag:siege note:check)"
        found = _SAME.match(self.text, start)
        if found and self.text.startswith("(", found.end()):
            self.paint(start, found.end(), StretchKind.FIELD)
            self.at = found.end()
            field, place, nested = self.field, self.place, self.inside_same
            self.field, self.place, self.inside_same = "", "", True
            part = self.read_bracket(depth=depth)
            self.field, self.place, self.inside_same = field, place, nested
            if part is None:
                self.note(f"“same:passage” waits for what it asks, as in {example}.")
                return None
            typed = f"same:passage({part})"
            if nested:
                self.refuse(
                    start,
                    self.at,
                    "“same:passage” cannot stand inside another: it is one highlight already. "
                    f"Write {example}.",
                )
                return Impossible(SAME, typed, typed, start, self.at)
            return Same(part, typed, start, self.at)
        self.at = behind
        value, _, typed = self.read_value()
        if not value.strip() and self.text[behind : behind + 1]:
            self.note(
                f"“same:” was read as a word: its value stands right behind the colon, "
                f"as in {example}."
            )
            return said.plain(self.typed(self.text[start : behind - 1], "", start), self)
        if "passages".startswith(value.strip().lower()):
            self.paint(start, self.at, StretchKind.FIELD)
            self.note(f"“same:passage” waits for its bracket, as in {example}.")
            return None
        self.refuse(
            start, self.at, f"“same:” knows only “passage”, with a bracket behind it: {example}."
        )
        return Impossible(SAME, value, f"{SAME}:{typed}", start, self.at)

    def read_value(self) -> tuple[str, bool, str]:
        """Read what stands behind a colon: its value, whether any of it was quoted, and its text.

        A backslash keeps the letter behind it; of the two, only a quote loses its backslash.
        """
        units: list[str] = []
        typed: list[str] = []
        quoted = inside = False
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\\":
                pair = self.text[self.at : self.at + 2]
                if len(pair) < 2 or (pair[1].isspace() and not inside):
                    self.at += 1
                    break
                units.append('"' if pair[1] == '"' else pair)
                typed.append(pair)
                self.at += 2
                continue
            if letter == '"':
                quoted, inside = True, not inside
            elif not inside and (letter.isspace() or letter in "()|"):
                break
            else:
                units.append(letter)
            typed.append(letter)
            self.at += 1
        return "".join(units), quoted, "".join(typed) + ('"' if inside else "")

    def typed(self, value: str, field: str, start: int, *, begins: int | None = None) -> Typed:
        """What was typed up to here. field: the one before it. begins: where the value stands."""
        place = field if field in WORD_FIELDS else self.place
        return Typed(value, Place(place), start, self.at, start if begins is None else begins)

    def read_said(self, field: str, start: int, unknown: str) -> Node | None:
        """Read one thing that is said. unknown: a name before a colon that is no field."""
        begins = self.at
        if url := _URL.match(self.text, begins):
            self.at = url.end()
            typed = self.typed(url[0], field, start)
            return said.family(typed, self, quoted=True) if field == NAME else said.literal(typed)
        if self.text.startswith('="', begins):
            self.take(1, StretchKind.OPERATOR)
            inner, _ = self.take_quoted()
            typed = self.typed(inner, field, start)
            if field == NAME:
                return said.family(typed, self, quoted=True)
            return said.cased(typed, self)
        if self.text.startswith('"', begins):
            return self.read_phrase(field, start)
        run = _RUN.match(self.text, begins)
        if run is None:  # pragma: no cover - every letter that is no run was taken before
            self.at += 1
            return None
        self.at = run.end()
        if field == NAME:
            return said.family(self.typed(run[0], field, start), self, quoted=False)
        return self.read_run(run[0], field, start, unknown)

    def take_quoted(self) -> tuple[str, bool]:
        """Take what stands in quotes; whether they were closed."""
        start = self.at
        end = self.text.find('"', start + 1)
        closed = end >= 0
        self.at = end + 1 if closed else len(self.text)
        self.paint(start, self.at, StretchKind.PHRASE)
        inner = self.text[start + 1 : end if closed else len(self.text)]
        self.paint_jokers(inner, start + 1)
        return inner, closed

    def paint_jokers(self, text: str, begins: int) -> None:
        for found in _JOKER.finditer(text):
            self.paint(begins + found.start(), begins + found.end(), StretchKind.JOKER)

    def read_phrase(self, field: str, start: int) -> Node | None:
        begins = self.at + 1
        inner, closed = self.take_quoted()
        if closed and self.text.startswith("*", self.at):
            self.take(1, StretchKind.JOKER)
            inner += "*"
        about = _ABOUT.match(self.text, self.at) if closed else None
        if about:
            self.take(len(about[0]), StretchKind.OPERATOR)
        if field == NAME:
            name = inner + (about[0] if about else "")
            return said.family(self.typed(name, field, start), self, quoted=True)
        typed = self.typed(inner, field, start, begins=begins)
        return said.phrase_near(typed, about[1], self) if about else said.phrase(typed, self)

    def read_run(self, run: str, field: str, start: int, unknown: str) -> Node | None:
        """Read a run of letters that stands in no quotes."""
        begins = self.at - len(run)
        if unknown and not unknown.isdigit() and len(run) > len(unknown) + 1:
            self.note(f"“{unknown}:” is not a field, so it was read as text.")
        if run == "or":
            self.note("“or” was read as a word: OR in capitals means either.")
        if begins == start:
            if _NEAR_UNFINISHED.fullmatch(run):
                self.paint(begins, self.at, StretchKind.OPERATOR)
                self.note(f"“{run}” waits for a number of words, as in raqqa {run}8 dam.")
                return None
            if _NEAR_LIKE.fullmatch(run) and (run.isupper() or "/" in run):
                self.note(
                    f"“{run}” was read as text: raqqa NEAR/8 dam means within eight words, "
                    "BEFORE/8 in that order."
                )
        self.paint_jokers(run, begins)
        if run.startswith("="):
            self.paint(begins, begins + 1, StretchKind.OPERATOR)
            return said.cased(self.typed(run[1:], field, start), self)
        if about := _ABOUT.search(run):
            self.paint(begins + about.start(), self.at, StretchKind.JOKER)
            return said.nearly(self.typed(run[: about.start()], field, start), about[1], self)
        return said.plain(self.typed(run, field, start), self)

    def make_fact(
        self, name: str, value: str, start: int, *, quoted: bool, typed: str
    ) -> Node | None:
        exact = typed.startswith(("#=", f"{name}:="))
        field_end = start + 1 if typed.startswith("#") else start + len(name) + 1
        if self.text[start:field_end].lower() in ("#", f"{name}:"):
            self.paint(field_end, self.at, StretchKind.VALUE)
        else:
            self.paint(start, self.at, StretchKind.VALUE)
        try:
            field, read = read_value(name, value, quoted=quoted, exact=exact)
        except ValueRefused as refused:
            self.refuse(start, self.at, str(refused))
            return Impossible(name, value, typed, start, self.at)
        return Fact(field, read, typed, start, self.at)


class _End(Everything):
    """Nothing more stands in this bracket."""


_END = _End()
