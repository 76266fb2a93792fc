"""Read one thing that is said: a word, a phrase, just this form, nearly this form, a name."""

from __future__ import annotations

import re

from desktop_app.core import query_said as said
from desktop_app.core.query_report import Report, StretchKind
from desktop_app.core.query_said import NAME, Typed
from desktop_app.core.query_tree import Node, Place

WORD_FIELDS = frozenset(place.value for place in Place if place.value)

_SPACE = re.compile(r"\s+")
_RUN = re.compile(r'[^\s()"|]+')
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"]+", re.IGNORECASE)
_ABOUT = re.compile(r"~([0-9]*)(?![^\s()\"|])")
_NEAR_UNFINISHED = re.compile(r"(NEAR|BEFORE)/(?![^\s()\"|])")
_NEAR_LIKE = re.compile(r"(near|before)(/[0-9]*)?", re.IGNORECASE)
_JOKER = re.compile(r"\*+|(?<!\?)\?++(?=[\w*])")


class SaidReader(Report):
    """Reads a line from left to right; `at` is the next letter.

    place: the place that the field of a bracket around it names, or "".
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.at = 0
        self.place = ""

    def skip_space(self) -> None:
        if space := _SPACE.match(self.text, self.at):
            self.at = space.end()

    def take(self, length: int, kind: StretchKind) -> None:
        self.paint(self.at, self.at + length, kind)
        self.at += length

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
