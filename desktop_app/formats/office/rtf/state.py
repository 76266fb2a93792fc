"""What a group of RTF inherits, and what a field in it does and shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.formats.office.body import Kinds

_LONGEST = 2_000


@dataclass(slots=True)
class Field:
    """A field: what it is to do, and what it shows."""

    instruction: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


class State(NamedTuple):
    """What a group inherits and its end takes back. into: where text goes (see Walk.emit)."""

    into: str = "body"
    before: str = "body"
    kinds: Kinds = ()
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # how many characters after \\u stand for those that cannot read it
    charset: str = ""  # empty: the file's own
    style: int = 0
    outline: int | None = None
    in_table: bool = False
    depth: int = 1
    field: Field | None = None


def longer(text: str, more: str) -> str:
    """A short text and what follows it, not without end."""
    return text + more if len(text) < _LONGEST else text
