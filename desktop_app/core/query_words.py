"""Say a query in plain words, with how many documents each of its parts holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from desktop_app.core.model import Sort
from desktop_app.core.query_tree import (
    Amount,
    And,
    Choice,
    Days,
    Everything,
    Fact,
    FactField,
    Family,
    Impossible,
    Leaf,
    Name,
    Near,
    Node,
    Not,
    Or,
    Place,
    Recent,
    Said,
    Same,
    Special,
    Spoken,
    TagValue,
    Word,
    WordKind,
    leaves,
)
from desktop_app.core.tag_paths import join_tag_path

_PLACES = {
    Place.TITLE: " in the title",
    Place.TEXT: " in the text",
    Place.NOTE: " in a note",
    Place.QUOTE: " in a highlighted passage",
    Place.ANYWHERE: "",
}
_NONE = {
    FactField.AUTHOR: "without an author",
    FactField.SOURCE: "without a source",
    FactField.TAG: "without a tag",
    FactField.DOCTAG: "without a tag of its own",
    FactField.HLTAG: "without a tagged highlight",
    FactField.DATE: "without a date",
    FactField.LANG: "in an unknown language",
}
_TAGGED = {
    FactField.TAG: "tagged",
    FactField.DOCTAG: "itself tagged",
    FactField.HLTAG: "with a highlight tagged",
}
_NAMED = {
    FactField.AUTHOR: "by",
    FactField.SOURCE: "from",
    FactField.FILE: "from a file named",
}
ORDERS = {
    Sort.RELEVANCE: "the best first",
    Sort.DATE_NEWEST: "the newest first",
    Sort.DATE_OLDEST: "the oldest first",
    Sort.TITLE: "by title",
    Sort.ADDED_NEWEST: "last added first",
    Sort.ADDED_OLDEST: "first added first",
}
_STATES = {
    "duplicate": "with the same text as another document",
    "inbox": "in the inbox",
    "lost": "with a lost highlight",
    "trash": "in the trash",
}
_POSSESSIONS = {
    "date": "with a date",
    "author": "with an author",
    "source": "with a source",
    "url": "with a web address",
    "language": "with a language",
    "tag": "with a tag",
    "highlight": "with a highlight",
    "note": "with a note",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query in words, and the part of the query that it speaks of, if it does."""

    text: str
    leaf: Leaf | None = None


def no_note(leaf: Leaf) -> str:
    """Say nothing behind a part."""
    return ""


def in_words(node: Node, note: Callable[[Leaf], str] = no_note) -> str:
    """Say a tree in words. note: what to say behind each leaf, such as " (12)"."""
    return "".join(piece.text for piece in in_pieces(node, note))


def in_pieces(node: Node, note: Callable[[Leaf], str] = no_note) -> Iterator[Piece]:
    """Say a tree in words, in pieces: each leaf with its note is one, what joins them are others."""
    yield from _say(node, note, inner=False)
    if any(isinstance(leaf, Said | Family | Near) and leaf.folded for leaf in leaves(node)):
        yield Piece(", also in folded parts")


def _say(node: Node, note: Callable[[Leaf], str], *, inner: bool) -> Iterator[Piece]:
    match node:
        case Everything():
            yield Piece("everything")
        case Not(Fact()) if not inner:
            yield from _say_all((node,), note)
        case Not(part):
            yield Piece("not " if inner else "everything but ")
            yield from _say(part, note, inner=True)
        case Or(parts):
            yield from _bracketed(_joined(parts, " or ", note), inner)
        case And(parts):
            yield from _bracketed(_say_all(parts, note), inner)
        case _:
            yield Piece(leaf_in_words(node) + note(node), node)


def _joined(parts: Iterable[Node], between: str, note: Callable[[Leaf], str]) -> Iterator[Piece]:
    for number, part in enumerate(parts):
        if number:
            yield Piece(between)
        yield from _say(part, note, inner=True)


def _say_all(parts: Sequence[Node], note: Callable[[Leaf], str]) -> Iterator[Piece]:
    """Say what holds together: what is wanted first, then what is left out."""
    wanted = [part for part in parts if not isinstance(part, Not)]
    unwanted = [part.part for part in parts if isinstance(part, Not)]
    if wanted:
        yield from _joined(wanted, " and ", note)
    else:
        yield Piece("everything")
    for number, part in enumerate(unwanted):
        yield Piece(" and" if number else "," if wanted else "")
        said = list(_say(part, note, inner=True))
        first = said[0]
        if isinstance(part, Fact) and not first.text.startswith("with "):
            yield Piece(" not ")
        else:
            yield Piece(" without ")
            said[0] = Piece(first.text.removeprefix("with "), first.leaf)
        yield from said


def _bracketed(said: Iterator[Piece], inner: bool) -> Iterator[Piece]:
    if inner:
        yield Piece("(")
    yield from said
    if inner:
        yield Piece(")")


def leaf_in_words(leaf: Leaf) -> str:
    """Say one part in words."""
    match leaf:
        case Said() | Family() | Near():
            return f"{_say_spoken(leaf)}{_PLACES[leaf.place]}"
        case Same(part):
            return f"on one highlight ({in_words(part)})"
        case Impossible():
            return leaf.typed
        case Fact(name, TagValue() as tag):
            path = join_tag_path(tag.names, collection=tag.collection)
            return f"{_TAGGED[name]} “{path}”{' itself' if tag.exact else ''}"
        case Fact(name, Special.NONE):
            return _NONE[name]
        case Fact(_, Special.GUESSED):
            return "with a guessed date"
        case Fact(name, Name(forms, prefix)):
            return f"{_NAMED[name]} “{' '.join(forms)}{'…' if prefix else ''}”"
        case Fact(name, Days(first, last)):
            verb = "added" if name is FactField.ADDED else "published"
            return f"{verb} {_say_days(first, last)}"
        case Fact(_, Recent(days)):
            return "added today" if days <= 1 else f"added in the last {days:,} days"
        case Fact(name, Amount(least, most)):
            return f"with {_say_amount(least, most, 'word' if name is FactField.WORDS else 'highlight')}"
        case Fact(FactField.IS, Choice(state)):
            return _STATES.get(state, state)
        case Fact(FactField.HAS, Choice(what)):
            return _POSSESSIONS[what]
        case Fact(FactField.LANG, Choice(code)):
            return f"in the language “{code}”"
        case Fact(_, Choice(kind)):
            return f"of type {kind}"
    return leaf.typed


def _say_spoken(part: Spoken | Or) -> str:
    """Say what is said, without the place where it is."""
    match part:
        case Said(words):
            return _say_row(words) if len(words) > 1 else _say_word(words[0])
        case Family(forms):
            return f"the name “{' '.join(forms)}”"
        case Near(parts, distance, ordered):
            return _say_near([_say_inside(each) for each in parts], distance, ordered=ordered)
        case Or(parts):
            return " or ".join(_say_spoken(cast("Spoken", each)) for each in parts)


def _say_inside(part: Spoken | Or) -> str:
    said = _say_spoken(part)
    return f"({said})" if isinstance(part, Near | Or) else said


def _say_near(said: Sequence[str], distance: int, *, ordered: bool) -> str:
    words = "word" if distance == 1 else "words"
    if len(said) == 2 and ordered:
        return f"{said[0]} at most {distance:,} {words} before {said[1]}"
    if len(said) == 2:
        return f"{said[0]} within {distance:,} {words} of {said[1]}"
    if ordered:
        return f"{', then '.join(said)} within {distance:,} {words}"
    return f"{', '.join(said[:-1])} and {said[-1]} within {distance:,} {words} of each other"


def _say_word(word: Word) -> str:
    match word.kind:
        case WordKind.EXACT:
            return f"exactly “{word.text}”"
        case WordKind.CASED:
            return f"“{word.text}” just as written"
        case WordKind.FUZZY:
            return f"“{word.text}” or a word {_say_edits(word.edits)}"
        case WordKind.WILD:
            core = word.text.strip("*")
            if "*" in core or "?" in core:
                return f"words like “{word.text}”"
            if not word.text.startswith("*"):
                return f"words beginning with “{core}”"
            return f"words {'holding' if word.text.endswith('*') else 'ending in'} “{core}”"
    return f"“{word.text}”"


def _say_row(words: Sequence[Word]) -> str:
    last = words[-1]
    texts = [word.text for word in words]
    wild = [word for word in words if word.kind is WordKind.WILD]
    if wild == [last] and last.text.find("*") == len(last.text) - 1 and "?" not in last.text:
        return f"phrases beginning with “{' '.join(texts)[:-1]}”"
    said = f"the phrase “{' '.join(texts)}”"
    if last.kind is WordKind.FUZZY:
        return f"{said}, its last word as it stands or {_say_edits(last.edits)}"
    if any(word.kind is WordKind.CASED for word in words):
        return f"{said} just as written"
    return said


def _say_edits(edits: int) -> str:
    return "one letter off" if edits == 1 else "up to two letters off"


def _say_amount(least: int | None, most: int | None, what: str) -> str:
    if least == most and least is not None:
        return _counted(least, what)
    if least is not None and most is not None:
        return f"{least:,} to {_counted(most, what)}"
    if least is not None:
        return f"at least {_counted(least, what)}"
    return f"at most {_counted(most or 0, what)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _say_days(first: date | None, last: date | None) -> str:
    if first is None:
        return f"up to {last}"
    if last is None:
        return f"from {first} on"
    if first == last:
        return f"on {first}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"in {first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        months = [f"{day.year:04}-{day.month:02}" for day in (first, last)]
        return f"in {months[0]}" if months[0] == months[1] else f"from {months[0]} to {months[1]}"
    return f"from {first} to {last}"
