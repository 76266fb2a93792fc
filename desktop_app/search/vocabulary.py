"""All words of the library, to be looked through for those that are like another.

Words of documents that are gone stay in it until the index is made anew; whoever asks looks
whether a word still stands somewhere. What compares letters is loaded when it is first needed:
most searches never need it, and starting must stay quick.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

_JOKERS = re.compile(r"[*?]")
# Behind every word that begins with what stands before it.
_LAST = "\U0010ffff"
# How alike words must be to be taken for spellings of one name.
_ALIKE = 0.6
_SOUND_ALIKE = 0.8
_VOWELS = re.compile(r"(?<=.)[aeiouy]+|(?<=.)h(?![aeiouy])|(?<=[bdfkprst])h")
_SAME_SOUND = str.maketrans("qcgzpvwj", "kkksbffy")
_DOUBLED = re.compile(r"(.)\1+")


class Vocabulary:
    """Words in order, each once. Any thread may add and look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words: list[str] = []
        self._new: list[str] = []
        # By sound; words whose sound nobody has asked for by their first letter; and the newest.
        self._sounds: defaultdict[str, list[str]] = defaultdict(list)
        self._unheard: defaultdict[str, list[str]] = defaultdict(list)
        self._unsorted: list[str] = []

    def add(self, words: Iterable[str]) -> None:
        """Take in words that are not there yet."""
        with self._lock:
            new = list(words)
            self._new.extend(new)
            self._unsorted.extend(new)

    def words(self) -> list[str]:
        """All words in order; not to be changed."""
        with self._lock:
            if self._new:
                # A fresh list: whoever goes through the old one is not disturbed.
                self._words = sorted([*self._words, *self._new])
                self._new = []
            return self._words

    def beginning_with(self, beginning: str) -> list[str]:
        """The words that begin so."""
        words = self.words()
        return words[bisect_left(words, beginning) : bisect_left(words, beginning + _LAST)]

    def like(self, pattern: str) -> Iterator[str]:
        """The words that a pattern with jokers stands for."""
        joker = _JOKERS.search(pattern)
        beginning = pattern[: joker.start()] if joker else pattern
        among = self.beginning_with(beginning)
        if pattern == f"{beginning}*":
            yield from among
            return
        fits = wild(pattern).fullmatch
        # Looking for letters is many times quicker than trying the pattern.
        letters = max(_JOKERS.split(pattern[len(beginning) :]), key=len)
        for word in among:
            if letters in word and fits(word):
                yield word

    def within(self, word: str, edits: int) -> list[str]:
        """The words that so many edits or fewer make of a word, the nearest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(
            word, self.words(), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        return [each for each, _, _ in found]

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Words that may be other spellings of a word, and how much they are like it, the likest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = {
            each: float(alike)
            for each, alike, _ in process.extract(
                word,
                self.words(),
                scorer=OSA.normalized_similarity,
                score_cutoff=_ALIKE,
                limit=limit,
            )
        }
        for each in self._sounding_like(word):
            alike = OSA.normalized_similarity(word, each)
            found[each] = max(found.get(each, 0.0), (_SOUND_ALIKE + alike) / 2)
        found.pop(word, None)
        likely = [pair for pair in found.items() if pair[1] >= _ALIKE]
        return sorted(likely, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _sounding_like(self, word: str) -> list[str]:
        mine = sound(word)
        if len(mine) < 2:
            return []
        with self._lock:
            # Each word is heard once, and only where it may sound alike: there may be hundreds of
            # thousands. The first letter stays in every sound.
            for each in self._unsorted:
                self._unheard[each[0].translate(_SAME_SOUND)].append(each)
            self._unsorted = []
            for each in self._unheard.pop(mine[0], ()):
                if each.isalpha():
                    self._sounds[sound(each)].append(each)
            return list(self._sounds.get(mine, ()))


def edits(one: str, other: str) -> int:
    """How many letters must be put in, left out, exchanged or swapped to make one word of another."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))


def wild(pattern: str) -> re.Pattern[str]:
    """A folded word with jokers as an expression that a whole word is to match."""
    first, *rest = [
        "".join(r"\w" if letter == "?" else re.escape(letter) for letter in piece)
        for piece in pattern.split("*")
    ]
    if not rest:
        return re.compile(first)
    # Each piece is taken where it comes first and never given back, so that no word, however long,
    # is gone through more often than there are pieces.
    middle = "".join(rf"(?>\w*?{piece})" for piece in rest[:-1] if piece)
    return re.compile(rf"{first}{middle}\w*{rest[-1]}")


def sound(word: str) -> str:
    """A word without what its spellings differ in most: vowels, doubled letters, q for k."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word.translate(_SAME_SOUND)))
