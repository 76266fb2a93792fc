"""Read a query from left to right, once; no text makes it fail.

What is written straight is a query's whole grammar: words, phrases, fields, brackets, OR, AND, NOT
and the minus. Whatever else stands in the line is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.core.query_tree import (
    And,
    Everything,
    Fact,
    Impossible,
    Node,
    Not,
    Or,
    Place,
    Said,
    Word,
    WordKind,
)
from desktop_app.core.query_values import EXAMPLES, FACT_FIELDS, ValueRefused, read_value
from desktop_app.core.words import placed_words

# Deeper brackets are read as if they were not there: nobody types them, and recursion has an end.
_DEEPEST = 40

_SPACE = re.compile(r"\s+")
_RUN = re.compile(r'[^\s()"|]+')
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"]+", re.IGNORECASE)
_FIELD = re.compile(r"(\w+):", re.ASCII)
_ABOUT = re.compile(r"~[0-9]*(?![^\s()\"|])")
_NEAR = re.compile(r"(?:NEAR|BEFORE)/[0-9]+")
_JOKER = re.compile(r"\w\?\w")
_WORD_FIELDS = frozenset({Place.TITLE.value, Place.TEXT.value})
_IN = "in"
_OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True, slots=True)
class QueryError:
    """A part that cannot be answered: its place in the typed line and a sentence with an example."""

    start: int
    end: int
    message: str


class Reader:
    """Reads a line from left to right, once; `at` is the next letter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.field = ""  # the field that a bracket is read for: title:(raqqa OR mosul)
        self.problems: list[QueryError] = []
        self.notes: list[str] = []
        self.folded = False  # in:all was asked, which holds for the whole line

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
        while (part := self.read_part(depth=depth)) is not _END:
            if isinstance(part, And):
                parts.extend(part.parts)
            elif part is not None:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return And(tuple(parts))

    def skip_space(self) -> None:
        if space := _SPACE.match(self.text, self.at):
            self.at = space.end()

    def peek_operator(self) -> str:
        run = _RUN.match(self.text, self.at)
        return run[0] if run and run[0] in _OPERATORS else ""

    def take_or(self) -> bool:
        self.skip_space()
        if self.text.startswith("|", self.at):
            self.at += 1
            return True
        if self.peek_operator() == "OR":
            self.at += 2
            return True
        return False

    def read_part(self, *, depth: int) -> Node | None:
        """Read one part with the negations before it.

        None where it asks nothing; _END before an OR, a closing bracket or the end of the line.
        """
        negated = False
        while True:
            self.skip_space()
            operator = self.peek_operator()
            next_letter = self.text[self.at : self.at + 1]
            if operator == "AND":
                self.at += 3
            elif operator == "NOT":
                self.at += 3
                negated = not negated
            elif next_letter == "-":
                self.at += 1
                behind = self.text[self.at : self.at + 1]
                if behind and not behind.isspace() and behind not in "-|)":
                    negated = not negated
            elif next_letter == ")" and depth == 0:
                self.at += 1  # it closes nothing
            elif not next_letter or next_letter in "|)" or operator == "OR":
                return _END
            else:
                break
        asked_before = self.folded
        part = self.read_one(next_letter, depth=depth)
        if negated and part is None:
            self.folded = asked_before
        if part is None or not negated:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def read_one(self, letter: str, *, depth: int) -> Node | None:
        if letter == "(":
            return self.read_bracket(depth=depth)
        start = self.at
        if letter == '"':
            return self.read_phrase(start)
        if url := _URL.match(self.text, start):
            self.at = url.end()
            return self.make(url[0], start, quoted=True, typed=f'"{url[0]}"')
        if letter == "#":
            self.at += 1
            value, quoted, typed = self.read_value()
            if not value.strip():
                return None
            return self.make_fact("tag", value, start, quoted=quoted, typed=f"#{typed}")
        name = _FIELD.match(self.text, start)
        if name and name[1].lower() == _IN:
            return self.read_in(start, name.end())
        if name and name[1].lower() in FACT_FIELDS | _WORD_FIELDS:
            return self.read_field(name[1].lower(), start, name.end(), depth=depth)
        return self.read_word(start, unknown=name[1] if name else "")

    def read_bracket(self, *, depth: int) -> Node | None:
        self.at += 1
        if depth >= _DEEPEST:
            self.notes.append("Brackets inside more than 40 others were left out.")
            return None
        found = self.read_any(depth=depth + 1)
        if self.text.startswith(")", self.at):
            self.at += 1
        return found

    def read_phrase(self, start: int) -> Node | None:
        end = self.text.find('"', start + 1)
        inner = self.text[start + 1 : end if end >= 0 else len(self.text)]
        self.at = end + 1 if end >= 0 else len(self.text)
        star = "*" if end >= 0 and self.text.startswith("*", self.at) else ""
        self.at += len(star)
        if about := _ABOUT.match(self.text, self.at):
            self.leave_out_about(about[0])
            self.at = about.end()
        return self.make(inner + star, start, quoted=True, typed=f'"{inner}"{star}')

    def read_field(self, name: str, start: int, behind: int, *, depth: int) -> Node | None:
        letter = self.text[behind : behind + 1]
        if letter == "(":
            outer, self.field, self.at = self.field, name, behind
            found = self.read_bracket(depth=depth)
            self.field = outer
            return found
        self.at = behind
        value, quoted, typed = self.read_value()
        if value.strip():
            return self.make_field(name, value, start, quoted=quoted, typed=typed)
        if letter and letter != '"':
            # A pasted title may well hold "Source: The Guardian": it is text.
            self.notes.append(
                f"“{name}:” was read as a word: its value stands right behind the colon, "
                f"as in {EXAMPLES[name]}."
            )
            return self.make(self.text[start : behind - 1], start, quoted=False)
        self.notes.append(f"“{name}:” waits for its value, as in {EXAMPLES[name]}.")
        return None

    def read_in(self, start: int, behind: int) -> Node | None:
        """Read in:all, which asks nothing itself but says where to look."""
        self.at = behind
        value, _, typed = self.read_value()
        if value.strip().lower() == "all":
            self.folded = True
            return None
        if not value.strip():
            if self.text[behind : behind + 1]:
                return self.make(self.text[start : behind - 1], start, quoted=False)
            self.notes.append("“in:” waits for “all”: in:all looks into folded parts too.")
            return None
        self.problems.append(
            QueryError(
                start,
                self.at,
                "“in:” knows only “all”: in:all looks into folded parts too. "
                f'To find the words themselves, write "in {value.strip()}".',
            )
        )
        return Impossible(_IN, value, f"{_IN}:{typed}", start, self.at)

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

    def read_word(self, start: int, *, unknown: str) -> Node | None:
        run = _RUN.match(self.text, start)
        if run is None:  # pragma: no cover - every letter that is no run was taken before
            self.at += 1
            return None
        self.at = run.end()
        typed = run[0]
        if unknown and not unknown.isdigit() and len(typed) > len(unknown) + 1:
            self.notes.append(f"“{unknown}:” is not a field, so it was read as text.")
        if typed == "or":
            self.notes.append("“or” was read as a word: OR in capitals means either.")
        if _NEAR.fullmatch(typed):
            self.notes.append(f"“{typed}” was left out: nearness cannot be searched for.")
            return None
        if _JOKER.search(typed):
            self.notes.append("“?” stands for no letter: only * at the end of a word does.")
        if typed.startswith("="):
            self.notes.append(f"“{typed}” finds just this form, in capitals or not.")
            return self.make(typed[1:], start, quoted=True, typed=f'"{typed[1:]}"')
        if about := _ABOUT.search(typed):
            self.leave_out_about(about[0])
            typed = typed[: about.start()]
        return self.make(typed, start, quoted=False)

    def leave_out_about(self, about: str) -> None:
        self.notes.append(f"“{about}” was left out: only exact words can be searched for.")

    def make(self, value: str, start: int, *, quoted: bool, typed: str = "") -> Node | None:
        """Make the leaf of words typed outside any field, or inside the brackets of one."""
        if self.field in FACT_FIELDS:
            return self.make_fact(self.field, value, start, quoted=quoted, typed=typed)
        return self.make_said(self.field, value, start, quoted=quoted, typed=typed)

    def make_field(
        self, name: str, value: str, start: int, *, quoted: bool, typed: str
    ) -> Node | None:
        if name in FACT_FIELDS:
            return self.make_fact(name, value, start, quoted=quoted, typed=f"{name}:{typed}")
        return self.make_said(name, value, start, quoted=quoted, typed=f"{name}:{typed}")

    def make_said(
        self, place: str, value: str, start: int, *, quoted: bool, typed: str
    ) -> Node | None:
        found = list(placed_words(value))
        if not found:
            return None
        last = found[-1].end
        prefix = value[last : last + 1] == "*" and (not quoted or typed.endswith("*"))
        exact = quoted or len(found) > 1
        if not typed.startswith(f"{place}:") or not place:
            typed = _written(value[found[0].start : last], exact=exact, prefix=prefix)
            typed = f"{place}:{typed}" if place else typed
        if not quoted and "*" in value[:last]:
            self.notes.append("“*” stands only at the end of a word, so it was left out.")
        kind = WordKind.EXACT if exact else WordKind.PLAIN
        sought = [Word(word.form, kind) for word in found]
        if prefix:
            sought[-1] = Word(f"{found[-1].form}*", WordKind.WILD)
        return Said(tuple(sought), Place(place), typed=typed, start=start, end=self.at)

    def make_fact(
        self, name: str, value: str, start: int, *, quoted: bool, typed: str
    ) -> Node | None:
        if not typed.startswith((f"{name}:", "#")):
            typed = f"{name}:{typed or value}"
        exact = typed.startswith(("#=", f"{name}:="))
        try:
            field, read = read_value(name, value, quoted=quoted, exact=exact)
        except ValueRefused as refused:
            self.problems.append(QueryError(start, self.at, str(refused)))
            return Impossible(name, value, typed, start, self.at)
        return Fact(field, read, typed, start, self.at)


def _written(words: str, *, exact: bool, prefix: bool) -> str:
    """Write words so that they are read back alike: an operator as a word, many as a phrase."""
    star = "*" if prefix else ""
    if exact:
        return f'"{words}"{star}'
    if prefix:
        return f"{words}*"
    return f"{words}," if words in _OPERATORS else words


class _End(Everything):
    """Nothing more stands in this bracket."""


_END = _End()
