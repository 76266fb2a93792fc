"""The words of a library that are near a word in spelling, and the name that they are joined to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_app.core.name_families import NameFamily, spelling_key
from desktop_app.core.query_tree import Said, Spoken, Word, WordKind
from desktop_app.library.hearing import Hearing, Index
from desktop_app.store.store import Store

_NEAR = 40  # words that are looked at; not all are said outside the trash
_MOST = 24


class Vocabulary(Index, Protocol):
    """An index that also knows the words of a library."""

    def near_spellings(self, form: str, limit: int) -> Sequence[tuple[str, int]]: ...


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling: its folded words with one blank between two, and how many documents say it.

    joined: whether it is one of the name's. elsewhere: the other name that it is joined to, or "".
    """

    forms: str
    documents: int
    joined: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Spellings:
    """A spelling and what is near it. family: the name it is joined to.

    near: the joined ones first, then the others, the likest first; the spelling itself is not in it.
    """

    asked: Spelling
    family: NameFamily | None = None
    near: tuple[Spelling, ...] = ()

    @classmethod
    def nothing(cls) -> Spellings:
        """Of no word."""
        return cls(Spelling("", 0))


def spellings(store: Store, index: Vocabulary, word: str) -> Spellings:
    """The words near a word or a row of words; counts are exact and leave the trash out."""
    asked = spelling_key(word)
    if not asked:
        return Spellings.nothing()
    with store.read() as snapshot:
        family = snapshot.name_families.of(asked)
    near = _near(index, asked)
    joined = () if family is None else family.spellings
    every = list(dict.fromkeys((asked, *joined, *near)))
    counts = _counts(store, index, every)
    with store.read() as snapshot:
        names = {
            forms: other.name
            for other in snapshot.name_families.of_any(every)
            if family is None or other.id != family.id
            for forms in other.spellings
        }
    told = [
        Spelling(forms, counts[forms], forms in joined, names.get(forms, ""))
        for forms in every
        if forms != asked and (counts[forms] or forms in joined)
    ]
    most = max(_MOST, len(joined))
    return Spellings(Spelling(asked, counts[asked], asked in joined), family, tuple(told[:most]))


def _near(index: Vocabulary, asked: str) -> Iterable[str]:
    """Words near a word; for a row of words rows in which its last or longest word is another."""
    row = asked.split()
    if len(row) == 1:
        return [form for form, _ in index.near_spellings(asked, _NEAR)]
    longest = max(range(len(row)), key=lambda at: len(row[at]))
    found = [row[longest]]
    for form, _ in index.near_spellings(row[longest], _NEAR):
        found += [form, " ".join([*row[:longest], form, *row[longest + 1 :]])]
    return found


def _counts(store: Store, index: Index, every: Sequence[str]) -> dict[str, int]:
    """How many documents outside the trash say each."""
    asked: list[Spoken] = [
        Said(tuple(Word(form, WordKind.EXACT) for form in forms.split())) for forms in every
    ]
    heard = Hearing(store, index).hear(asked, ())
    with store.read() as snapshot:
        there = snapshot.documents.all_ids()
    return {
        forms: len(there.intersection(heard.documents[part].ids))
        for forms, part in zip(every, asked, strict=True)
    }
