"""The tree of a query: what is asked, without a word on how it is answered.

Two trees are equal when they ask the same, wherever it was typed: `start`, `end` and `typed` take
no part in comparing. `typed` of a leaf is the text that asks for it and nothing else, and `str` of
a node puts these together so that they parse to an equal tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import cast

from desktop_app.core.tag_paths import join_tag_path

_STRAIGHT = str.maketrans(
    dict.fromkeys("“”„‟″«»＂", '"')
    | dict.fromkeys("‘’‚‛′‹›", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), " ")  # half a letter, which no file can hold
)


class Place(StrEnum):
    """Where words are looked for."""

    TITLE = "title"
    TEXT = "text"
    NOTE = "note"  # notes on the document and on its highlights
    QUOTE = "quote"  # the passages that are highlighted
    ANYWHERE = ""  # title, text and notes


class FactField(StrEnum):
    """The fields that are answered by what is known about a document."""

    AUTHOR = "author"
    SOURCE = "source"
    TAG = "tag"  # on the document or on a highlight of it
    DOCTAG = "doctag"  # on the document itself
    HLTAG = "hltag"  # on a highlight
    DATE = "date"
    ADDED = "added"
    IS = "is"
    HAS = "has"
    LANG = "lang"
    TYPE = "type"
    FILE = "file"
    WORDS = "words"
    HIGHLIGHTS = "highlights"


class WordKind(StrEnum):
    """Which words of a text a word of a query means."""

    PLAIN = "plain"  # all forms of its stem, by the language of the document
    EXACT = "exact"  # this folded form
    WILD = "wild"  # `*` stands for any letters or none, `?` for one
    FUZZY = "fuzzy"  # within so many edits of this folded form
    CASED = "cased"  # just as written, neither case nor accents folded


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query.

    text: folded, but for CASED; WILD: with its jokers. edits: 1 or 2 for FUZZY, an edit being a
    letter more, fewer, another, or two neighbours swapped; 0 for every other kind.
    """

    text: str
    kind: WordKind = WordKind.PLAIN
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Words that must be said one behind the other, at least one; in a row none is PLAIN.

    folded: whether they may stand in folded parts too. start, end: code points of the query.
    """

    words: tuple[Word, ...]
    place: Place = Place.ANYWHERE
    folded: bool = False
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Family:
    """A name in any of the spellings that were joined: exact words in a row, folded."""

    forms: tuple[str, ...]
    place: Place = Place.ANYWHERE
    folded: bool = False
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Near:
    """Two or more things that must be said near each other, in one place, none overlapping another.

    A match of one is a run of words. A match of all together has a match of each; from the last
    word of its first to the first word of its last there are at most `distance` steps (or as many
    as there are parts, less one, where that is more). Of matches that hold each other the smallest
    counts. ordered: only in the order given. parts: of the same place and `folded`; an Or among
    them holds nothing but what may stand here itself.
    """

    parts: tuple[Spoken | Or, ...]
    distance: int
    ordered: bool = False
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def place(self) -> Place:
        """Where all of it is looked for."""
        return spoken(self)[0].place

    @property
    def folded(self) -> bool:
        """Whether it may stand in folded parts too."""
        return spoken(self)[0].folded

    def __str__(self) -> str:
        return self.typed


class Special(StrEnum):
    """Values that stand for themselves."""

    NONE = "none"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class TagValue:
    """A tag by its names from the top, or by the last of them. exact: without its children."""

    names: tuple[str, ...]
    collection: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """All days from first to last; None where it is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Recent:
    """The last so many days, today among them."""

    days: int


@dataclass(frozen=True, slots=True)
class Name:
    """Folded words one behind the other in a name. prefix: the last is only a beginning."""

    forms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list, by its own name there."""

    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number from least to most, both among them; None where it is open."""

    least: int | None
    most: int | None


FactValue = Special | TagValue | Days | Recent | Name | Choice | Amount


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that must be known about a document."""

    name: FactField
    value: FactValue
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Same:
    """One highlight that all of a tree holds for. Its words are looked for in quote and note."""

    part: Node
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Impossible:
    """A part with a value that its field cannot have; a query that holds one does not run."""

    name: str
    value: str
    typed: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts, none of them an And."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts, none of them an Or."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(
            f"({part})" if isinstance(part, And) else str(part) for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part, which is not a Not."""

    part: Node

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, And | Or) else f"-{self.part}"


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents: nothing is asked."""

    def __str__(self) -> str:
        return ""


# What is said in texts; the rest is known about documents.
Spoken = Said | Family | Near
Leaf = Spoken | Fact | Same | Impossible
Node = Leaf | And | Or | Not | Everything


def leaves(node: Node) -> list[Leaf]:
    """The parts of a tree that ask something, from left to right, repeats kept."""
    match node:
        case Everything():
            return []
        case Not(part):
            return leaves(part)
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case _:
            return [node]


def conjuncts(node: Node) -> list[Node]:
    """The parts of a tree that must all hold."""
    if isinstance(node, Everything):
        return []
    return list(node.parts) if isinstance(node, And) else [node]


def wanted(node: Node) -> list[Spoken]:
    """What of a tree a document is found by in its texts: that which no Not stands over."""
    match node:
        case Said() | Family() | Near():
            return [node]
        case And(parts) | Or(parts):
            return [said for part in parts for said in wanted(part)]
        case _:
            return []


def spoken(node: Spoken | Or) -> list[Said | Family]:
    """The words and names inside something that is said, from left to right."""
    match node:
        case Near(parts) | Or(parts):
            return [said for part in parts for said in spoken(cast("Spoken | Or", part))]
        case _:
            return [node]


def in_folded_too(node: Node) -> Node:
    """The same tree, its words looked for in folded parts too."""
    match node:
        case Said() | Family():
            return replace(node, folded=True)
        case Near(parts):
            inner = tuple(cast("Spoken | Or", in_folded_too(part)) for part in parts)
            return replace(node, parts=inner)
        case And(parts):
            return And(tuple(in_folded_too(part) for part in parts))
        case Or(parts):
            return Or(tuple(in_folded_too(part) for part in parts))
        case Not(part):
            return Not(in_folded_too(part))
    return node


def quoted(value: str) -> str:
    """Write a field's value in quotes so that it is read back as it is."""
    written: list[str] = []
    units = iter(value)
    for unit in units:
        if unit == "\\":
            written.append(unit + next(units, "\\"))
        else:
            written.append('\\"' if unit == '"' else unit)
    return '"' + "".join(written) + '"'


def straighten(text: str) -> str:
    """Make curly quotes and long dashes straight, and half letters blanks, letter for letter."""
    return text.translate(_STRAIGHT)


def tag_text(names: Iterable[str], *, collection: str | None = None, exact: bool = False) -> str:
    """Write the query that asks for a tag, whatever characters its names hold.

    A tag whose own name holds `::` needs its collection before it.
    """
    path = quoted(straighten(join_tag_path(names, collection=collection)))
    return f"tag:={path}" if exact else f"tag:{path}"
