"""How much there is to read in a text from a place on, and how fast somebody reads.

Words are what blanks part and what holds a letter or figure: rows of dots are no words. Scripts
that put no blanks between words are counted by letters, as so many words as take the same time to
read. What is folded away is not read.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence

from desktop_app.core.text import Text
from desktop_app.ui.reader.folded import Folded, folded_parts, touched

WORDS_A_MINUTE = 230
# Chinese and Japanese are read at some 400 letters a minute; of Thai, Lao, Burmese and Khmer five
# letters take about as long as a word.
_WORDS_A_LETTER = WORDS_A_MINUTE / 400
_WORDS_A_SMALL_LETTER = 1 / 5

_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SMALL_LETTERS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WORD = re.compile(r"\w\S*")


def words_to_read(text: str) -> float:
    """How many words a text takes as long as."""
    if text.isascii():
        return len(_WORD.findall(text))
    plain, letters = _LETTERS.subn(" ", text)
    plain, small = _SMALL_LETTERS.subn(" ", plain)
    return len(_WORD.findall(plain)) + letters * _WORDS_A_LETTER + small * _WORDS_A_SMALL_LETTER


class ReadingTime:
    """The words of a text up to each of its blocks, without what is folded."""

    def __init__(self, text: Text) -> None:
        self._starts = text.starts
        self._lengths = [len(block.text) for block in text.blocks]
        folds = folded_parts(text)
        self._before = array("d", [0.0])
        for start, block in zip(text.starts, text.blocks, strict=True):
            self._before.append(self._before[-1] + _open_words(block.text, start, folds))

    @property
    def words(self) -> float:
        """How many there are."""
        return self._before[-1]

    def before(self, point: int) -> float:
        """How many stand before a code point; inside a block by the share of its letters."""
        index = bisect_right(self._starts, point) - 1
        if index < 0:
            return 0.0
        share = min((point - self._starts[index]) / max(self._lengths[index], 1), 1.0)
        return self._before[index] + share * (self._before[index + 1] - self._before[index])


def _open_words(block: str, start: int, folds: Sequence[Folded]) -> float:
    """The words of a block that are not folded away."""
    hidden = touched(folds, start, start + len(block)) if folds else ()
    if not hidden:
        return words_to_read(block)
    kept: list[str] = []
    place = 0
    for index in sorted(hidden):
        kept.append(block[place : max(folds[index].start - start, place)])
        place = max(folds[index].end - start, place)
    kept.append(block[place:])
    return words_to_read(" ".join(kept))


class Pace:
    """How fast somebody reads, seen from how far they come.

    A stretch counts that lasts between a third of a minute and five minutes and is neither leafing
    nor lying open. kept: the pace of earlier days, in words a minute, 0 where none is known.
    """

    _LEAST_S, _MOST_S = 20.0, 300.0
    _SLOWEST, _FASTEST = 60.0, 800.0
    _ENOUGH = 1_500.0  # words that make a pace known
    _REMEMBERED = 20_000.0  # words; what is older counts less and less

    def __init__(self, kept: float = 0.0) -> None:
        self._words = 5_000.0 if kept else 0.0
        self._minutes = self._words / kept if kept else 0.0
        self._since: tuple[float, float] | None = None  # words before, and when

    @property
    def known(self) -> float:
        """Words a minute; 0 while too little was seen."""
        return self._words / self._minutes if self._words >= self._ENOUGH else 0.0

    @property
    def words_a_minute(self) -> float:
        """The pace to reckon with."""
        return self.known or WORDS_A_MINUTE

    def begin(self) -> None:
        """Begin anew: another text is read, or another place of it."""
        self._since = None

    def saw(self, words_before: float, now_s: float) -> None:
        """Take note of how far one has come at a time."""
        if self._since is None:
            self._since = (words_before, now_s)
            return
        words, seconds = words_before - self._since[0], now_s - self._since[1]
        if seconds < self._LEAST_S and words >= 0:
            return
        self._since = (words_before, now_s)
        if words <= 0 or seconds > self._MOST_S:
            return
        if self._SLOWEST <= words / seconds * 60 <= self._FASTEST:
            self._words += words
            self._minutes += seconds / 60
            if self._words > self._REMEMBERED:
                share = self._REMEMBERED / self._words
                self._words, self._minutes = self._words * share, self._minutes * share
