"""Say a query in plain words, with how many documents each of its parts holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from desktop_app.core.query_tree import (
    And,
    Choice,
    Days,
    Everything,
    Fact,
    FactField,
    Impossible,
    Leaf,
    Name,
    Node,
    Not,
    Or,
    Place,
    Recent,
    Said,
    Special,
    TagValue,
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
    FactField.DATE: "without a date",
    FactField.LANG: "in an unknown language",
}
_STATES = {
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


def _no_note(leaf: Leaf) -> str:
    return ""


def in_words(node: Node, note: Callable[[Leaf], str] = _no_note) -> str:
    """Say a tree in words. note: what to say behind each leaf, such as " (12)"."""
    said = _say(node, note, inner=False)
    if any(isinstance(leaf, Said) and leaf.folded for leaf in leaves(node)):
        said += ", also in folded parts"
    return said


def _say(node: Node, note: Callable[[Leaf], str], *, inner: bool) -> str:
    match node:
        case Everything():
            return "everything"
        case Not(part):
            said = f"not {_say(part, note, inner=True)}"
            return said if inner else f"everything but {_say(part, note, inner=True)}"
        case Or(parts):
            return _bracketed(" or ".join(_say(part, note, inner=True) for part in parts), inner)
        case And(parts):
            wanted = [_say(part, note, inner=True) for part in parts if not isinstance(part, Not)]
            unwanted = [
                _say(part.part, note, inner=True) for part in parts if isinstance(part, Not)
            ]
            said = " and ".join(wanted) or "everything"
            if unwanted:
                without = (part.removeprefix("with ") for part in unwanted)
                said += f"{',' if wanted else ''} without {' and without '.join(without)}"
            return _bracketed(said, inner)
        case _:
            return leaf_in_words(node) + note(node)


def _bracketed(said: str, inner: bool) -> str:
    return f"({said})" if inner else said


def leaf_in_words(leaf: Leaf) -> str:
    """Say one part in words."""
    match leaf:
        case Said():
            return _say_said(leaf)
        case Impossible():
            return leaf.typed
        case Fact(FactField.TAG, TagValue() as tag):
            path = join_tag_path(tag.names, collection=tag.collection)
            return f"tagged “{path}”{' itself' if tag.exact else ''}"
        case Fact(name, Special.NONE):
            return _NONE[name]
        case Fact(_, Special.GUESSED):
            return "with a guessed date"
        case Fact(name, Name(forms, prefix)):
            before = "by" if name is FactField.AUTHOR else "from"
            return f"{before} “{' '.join(forms)}{'…' if prefix else ''}”"
        case Fact(name, Days(first, last)):
            verb = "added" if name is FactField.ADDED else "published"
            return f"{verb} {_say_days(first, last)}"
        case Fact(_, Recent(days)):
            return "added today" if days <= 1 else f"added in the last {days:,} days"
        case Fact(FactField.IS, Choice(state)):
            return _STATES.get(state, state)
        case Fact(FactField.HAS, Choice(what)):
            return _POSSESSIONS[what]
        case Fact(FactField.LANG, Choice(code)):
            return f"in the language “{code}”"
        case Fact(_, Choice(kind)):
            return f"of type {kind}"
    return leaf.typed


def _say_said(said: Said) -> str:
    forms = " ".join(word.text for word in said.words)
    last = said.words[-1]
    if last.kind is WordKind.WILD and last.text.find("*") == len(last.text) - 1:
        what = "words beginning with" if len(said.words) == 1 else "phrases beginning with"
        return f"{what} “{forms[:-1]}”{_PLACES[said.place]}"
    exact = last.kind is WordKind.EXACT
    what = "the phrase " if len(said.words) > 1 else "exactly " if exact else ""
    return f"{what}“{forms}”{_PLACES[said.place]}"


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
