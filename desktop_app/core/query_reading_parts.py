"""Read one part of a line: a field with its value, what says how to answer, or what is said."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from desktop_app.core import query_directives as directives
from desktop_app.core import query_said as said
from desktop_app.core.query_reading_said import WORD_FIELDS, SaidReader
from desktop_app.core.query_refused import ValueRefused
from desktop_app.core.query_report import Directive, StretchKind
from desktop_app.core.query_said import NAME
from desktop_app.core.query_tree import Fact, Impossible, Node, Same
from desktop_app.core.query_values import EXAMPLES, FACT_FIELDS, read_value

SAME = "same"
FIELDS = FACT_FIELDS | WORD_FIELDS | directives.VALUES.keys() | {NAME, SAME}

_FIELD = re.compile(r"(\w+):", re.ASCII)
_SAME = re.compile(r"same:passages?", re.IGNORECASE)


class PartReader(SaidReader, ABC):
    """Reads parts; whoever knows what may stand in brackets reads these."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.field = ""  # the field that a bracket is read for: title:(raqqa OR mosul)
        self.inside_same = False

    @abstractmethod
    def read_bracket(self, *, depth: int) -> Node | None:
        """Read a bracket and what stands in it; None where that asks nothing."""

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
