"""Texts made up for tests, edited so that it is known where each of their words stands then."""

from __future__ import annotations

import random
from dataclasses import dataclass

_SYLLABLES = ["ba", "de", "ka", "li", "mo", "nu", "ra", "sa", "ti", "vo", "zu", "fen", "gar", "hol"]
_SYLLABLES += ["mir", "pel", "shu", "tor", "wen", "yas"]
_COMMON = [
    "the",
    "a",
    "of",
    "in",
    "and",
    "to",
    "was",
    "had",
    "by",
    "on",
    "that",
    "it",
    "with",
    "for",
]
_NAMES = ["Tabqa", "Raqqa", "al-Adnani", "the Islamic State of Iraq", "Deir ez-Zor", "ISIS"]
_BOILERPLATE = [
    "Sign up for our newsletter and read the best of the week every Monday morning.",
    "Reply",
    "Report this comment to the moderators",
    "All rights reserved.",
    "Continue reading the main story",
]


# So few letters more on one side tell nothing: both places were changed right beside the passage.
_NOTHING_MORE = 10


@dataclass(frozen=True)
class Word:
    """A word of a text. mark: the same for the same word before and after editing; 0 for none."""

    letters: str
    mark: int
    ends_line: bool = False


@dataclass(frozen=True)
class Made:
    """A text, and where its words stand in it by their marks."""

    text: str
    places: dict[int, tuple[int, int]]
    order: list[int]


def words_of(sentences: list[str], first: int = 0) -> list[Word]:
    """The words of sentences, each sentence a line; marked from a number on, or with 0."""
    made: list[Word] = []
    for sentence in sentences:
        parts = sentence.split()
        for number, part in enumerate(parts):
            mark = first + len(made) if first else 0
            made.append(Word(part, mark, number == len(parts) - 1))
    return made


def sentence(chance: random.Random) -> str:
    """A sentence that hardly comes twice, but of words that do."""
    if chance.random() < 0.15:
        return chance.choice(_BOILERPLATE)
    parts: list[str] = []
    for _ in range(chance.randrange(4, 24)):
        kind = chance.random()
        if kind < 0.4:
            parts.append(chance.choice(_COMMON))
        elif kind < 0.5:
            parts.append(chance.choice(_NAMES))
        else:
            parts.append("".join(chance.choices(_SYLLABLES, k=chance.randrange(1, 4))))
    if chance.random() < 0.3:
        at = chance.randrange(len(parts))
        parts[at] = f"“{parts[at]}”"
    return " ".join(parts).capitalize() + "."


def original(chance: random.Random, sentences: int) -> list[Word]:
    """The words of a new text."""
    return words_of([sentence(chance) for _ in range(sentences)], 1)


def edited(words: list[Word], chance: random.Random, edits: int) -> list[Word]:
    """Words with some cut out, put in, changed, moved, or said again elsewhere."""
    words = list(words)
    for _ in range(edits):
        if not words:
            return words
        first = chance.randrange(len(words))
        past = min(first + chance.choice((1, 1, 2, 5, 20, 60)), len(words))
        at = chance.randrange(len(words) + 1)
        kind = chance.choice(("cut", "put", "put near", "change", "move", "say again", "say again"))
        copied = [Word(each.letters, 0, each.ends_line) for each in words[first:past]]
        if kind == "cut":
            del words[first:past]
        elif kind == "put":
            words[at:at] = words_of([sentence(chance)])
        elif kind == "put near":
            words[first:first] = [Word(chance.choice(_COMMON + _NAMES), 0)]
        elif kind == "change":
            other = sentence(chance).split()[0]
            words[first] = Word(other, 0, words[first].ends_line)
        elif kind == "move":
            moved = words[first:past]
            del words[first:past]
            at = min(at, len(words))
            words[at:at] = moved
        elif kind == "say again":
            # Half of what is said again stands right beside where it was said before.
            where = at if chance.random() < 0.5 else past
            words[where:where] = copied
    return words


def written(words: list[Word], chance: random.Random | None = None) -> Made:
    """The text of words; with chance, set as another reader would set it."""
    parts: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    length = 0
    for word in words:
        letters = _set_anew(word.letters, chance) if chance else word.letters
        if word.mark:
            places[word.mark] = (length, length + len(letters))
        gap = "\n" if word.ends_line else " "
        if chance and chance.random() < 0.1:
            gap = chance.choice(("\n", "  ", "\u00a0", " \n "))
        parts += [letters, gap]
        length += len(letters) + len(gap)
    return Made("".join(parts), places, [word.mark for word in words])


def _set_anew(letters: str, chance: random.Random) -> str:
    letters = letters.replace("fi", "ﬁ") if chance.random() < 0.1 else letters
    if chance.random() < 0.5:
        letters = letters.replace("“", '"').replace("”", '"')
    if chance.random() < 0.04 and len(letters) > 6 and letters.isalpha():
        broken = chance.choice(("-\n", "\u00ad", "- "))
        letters = f"{letters[:4]}{broken}{letters[4:]}"
    return letters


def place_of(made: Made, marks: list[int]) -> tuple[int, int] | None:
    """Where words stand in a text, if all do, one behind the other."""
    if not all(mark in made.places for mark in marks):
        return None
    first = made.order.index(marks[0])
    if made.order[first : first + len(marks)] != marks:
        return None
    return made.places[marks[0]][0], made.places[marks[-1]][1]


def letters(text: str) -> str:
    """A text without blanks, hyphens and quote marks."""
    text = text.replace("ﬁ", "fi")
    return "".join(each for each in text if each.isalnum() or each in ".,")


def sides(
    one: str, passage: tuple[int, int], other: str, place: tuple[int, int]
) -> tuple[int, int]:
    """How many letters agree before and behind two passages, up to 300."""
    (start, end), (at, past) = passage, place
    before = _same(
        letters(one[max(start - 600, 0) : start])[::-1], letters(other[max(at - 600, 0) : at])[::-1]
    )
    return before, _same(letters(one[end : end + 600]), letters(other[past : past + 600]))


def _same(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one[:300], other[:300], strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def is_right(old: Made, new: Made, marks: list[int], found: tuple[int, int]) -> bool:
    """Whether a place is the passage's, or at least as good as the one where its words went.

    Where words were said again and the first of them changed, the copy may stand better.
    """
    known = place_of(new, marks)
    if known == found:
        return True
    start, end = old.places[marks[0]][0], old.places[marks[-1]][1]
    passage = letters(old.text[start:end])
    if passage != letters(new.text[found[0] : found[1]]):
        return False
    mine = sides(old.text, (start, end), new.text, found)
    if sum(mine) + len(passage) < 20:
        return False
    rivals = []
    if known and letters(new.text[known[0] : known[1]]) == passage:
        rivals.append(sides(old.text, (start, end), new.text, known))
    first = next((mark for mark, place in new.places.items() if place[0] == found[0]), None)
    last = next((mark for mark, place in new.places.items() if place[1] == found[1]), None)
    if first and last and first != marks[0]:
        there = old.places[first][0], old.places[last][1]
        if letters(old.text[there[0] : there[1]]) == passage:
            rivals.append(sides(old.text, there, new.text, found))
    return all(
        before <= mine[0] + _NOTHING_MORE and behind <= mine[1] + _NOTHING_MORE
        for before, behind in rivals
    )
