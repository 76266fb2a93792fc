"""What a person is typing just now, for those who offer how it may go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.query_directives import VALUES
from desktop_app.core.query_reading_parts import FIELDS
from desktop_app.core.query_tree import straighten
from desktop_app.core.query_values import FACT_FIELDS

_BEHIND = re.compile(r"[^\s()\"|]*")
_FIELD = re.compile(r"(\w+):", re.ASCII)
_QUOTE = '"'


class TypingKind(StrEnum):
    """What is being typed."""

    FIELD = "field"  # the name of a field that stands there with its colon
    VALUE = "value"  # what stands behind the colon of a field
    WORD = "word"  # a word, or what may become the name of a field


@dataclass(frozen=True, slots=True)
class Typing:
    """What is being typed at a place. field: the known one before the value, in small letters, or "".

    start, end: what is to be replaced by what is chosen, without the field, its colon or a minus,
    with the quotes of a value. typed: what of it stands before the caret, without quotes.
    """

    kind: TypingKind
    field: str
    start: int
    end: int
    typed: str


def typing_at(text: str, at: int) -> Typing:
    """Tell what is being typed at a place of a line; any place is one."""
    text = straighten(text)
    at = max(0, min(at, len(text)))
    start, quoted_from, fields = _scan(text, at)
    end = at + len(_BEHIND.match(text, at)[0])  # type: ignore[index]
    around = fields[-1] if fields else ""
    begins = start
    signs = "-" if around in FACT_FIELDS else "-="
    while begins < at and text[begins] in signs:
        begins += 1
    if text.startswith("#", begins) and begins < at:
        return _value(text, "tag", begins + 1, at, end=end, quoted_from=quoted_from)
    name = _FIELD.match(text, begins)
    known = name is not None and name[1].lower() in FIELDS
    if name and known and name.end() <= at:
        return _value(text, name[1].lower(), name.end(), at, end=end, quoted_from=quoted_from)
    if name and known:
        return Typing(TypingKind.FIELD, "", begins, name.end() - 1, text[begins:at])
    if around in FACT_FIELDS or (around and around not in VALUES and quoted_from is None):
        return _value(text, around, begins, at, end=end, quoted_from=quoted_from)
    if quoted_from is not None:
        begins = max(begins, quoted_from + 1)
        blank = max(text.rfind(blank, begins, at) for blank in " \t\n")
        begins = max(begins, blank + 1)
    return Typing(TypingKind.WORD, around, begins, end, text[begins:at])


def _value(
    text: str, field: str, start: int, at: int, *, end: int, quoted_from: int | None
) -> Typing:
    """What stands behind a colon; an exact tag's equals sign is no part of it."""
    if start < at and text[start] == "=":
        start += 1
    if quoted_from is not None:
        closing = text.find(_QUOTE, at)
        line = text.find("\n", at)
        end = closing + 1 if closing >= 0 else line if line >= 0 else len(text)
        if closing >= 0:
            end += len(_BEHIND.match(text, end)[0])  # type: ignore[index]
    return Typing(TypingKind.VALUE, field, start, end, text[start:at].replace(_QUOTE, ""))


def _scan(text: str, at: int) -> tuple[int, int | None, list[str]]:
    """Read up to a place: where its run begins, the open quote before it, the fields of brackets."""
    start = 0
    quoted_from: int | None = None
    fields: list[str] = []
    place = 0
    while place < at:
        letter = text[place]
        if letter == "\\" and place + 1 < at:
            place += 2
            continue
        if letter == _QUOTE:
            quoted_from = place if quoted_from is None else None
        elif quoted_from is None and letter == "(":
            name = _FIELD.fullmatch(text[start:place].lstrip("-"))
            field = name[1].lower() if name else ""
            fields.append(field if field in FIELDS else fields[-1] if fields else "")
            start = place + 1
        elif quoted_from is None and letter == ")":
            if fields:
                fields.pop()
            start = place + 1
        elif quoted_from is None and (letter.isspace() or letter == "|"):
            start = place + 1
        place += 1
    return start, quoted_from, fields
