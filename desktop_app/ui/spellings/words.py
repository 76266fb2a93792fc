"""The words of a query whose spellings can be looked at, and what is done to the query with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.core.name_families import spelling_key
from desktop_app.core.query import parse
from desktop_app.core.query_edit import narrowed, replaced, widened, without
from desktop_app.core.query_tree import And, Family, Leaf, Near, Node, Or, Said, WordKind, spoken

_JOKERS = re.compile(r"[*?]+")


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word or a row of words of a query. part: what asks for it; None where more asks with it."""

    forms: str
    part: Leaf | None


def asked_words(text: str) -> tuple[AskedWord, ...]:
    """What a query wants said, from left to right, each once; jokers are no spellings."""
    found: dict[str, AskedWord] = {}
    for leaf in _wanted(parse(text).tree):
        alone = not isinstance(leaf, Near)
        for said in spoken(leaf):
            if isinstance(said, Said):
                if any(word.kind is WordKind.WILD for word in said.words):
                    continue
                forms = spelling_key(" ".join(word.text for word in said.words))
            else:
                forms = " ".join(said.forms)
            if forms:
                found.setdefault(forms, AskedWord(forms, leaf if alone else None))
    return tuple(found.values())


def word_at(text: str, at: int) -> str:
    """The letters of the word or row of words at a place of a query, without its jokers; or ""."""
    for leaf in parse(text).parts():
        if leaf.start <= at <= leaf.end and isinstance(leaf, Said | Family | Near):
            for said in spoken(leaf):
                if isinstance(said, Said):
                    forms = spelling_key(_JOKERS.sub("", " ".join(w.text for w in said.words)))
                else:
                    forms = " ".join(said.forms)
                if forms:
                    return forms
    return ""


def is_asked(text: str, forms: str) -> bool:
    """Whether a query asks for a spelling by itself."""
    return any(each.forms == forms and each.part is not None for each in asked_words(text))


def with_spelling(text: str, forms: str, other: str) -> str:
    """The query in which another spelling of a word is wanted as well as the word.

    Where the query does not ask for the word, either of them is to be said too.
    """
    word = next((each for each in asked_words(text) if each.forms == forms), None)
    if word is not None and word.part is not None:
        return widened(text, word.part, _typed(other))
    return narrowed(text, f"({_typed(forms)} OR {_typed(other)})")


def without_spelling(text: str, forms: str) -> str:
    """The query in which a spelling is not asked for."""
    word = next((each for each in asked_words(text) if each.forms == forms), None)
    return text if word is None or word.part is None else without(text, word.part)


def asks_for_name(text: str, forms: str) -> bool:
    """Whether a query asks for a name by one of its spellings."""
    return any(isinstance(each.part, Family) and each.forms == forms for each in asked_words(text))


def with_name(text: str, forms: str) -> str:
    """The query that asks for a name in all its spellings in the place of a word."""
    name = f'name:"{forms}"' if " " in forms else f"name:{forms}"
    word = next((each for each in asked_words(text) if each.forms == forms), None)
    if word is None or word.part is None:
        return narrowed(text, name)
    return replaced(text, word.part, name)


def _wanted(node: Node) -> list[Said | Family | Near]:
    match node:
        case Said() | Family() | Near():
            return [node]
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _wanted(part)]
    return []


def _typed(forms: str) -> str:
    # Exact: a spelling is meant, not its other forms, and so it is counted.
    return f'"{forms}"'
