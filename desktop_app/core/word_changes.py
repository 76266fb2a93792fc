"""Which words of two wordings of a passage differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|[^\w\s]")
# More pairs of words than this are not compared: what lies between equal ends differs as a whole.
_MOST_PAIRS = 4_000_000

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WordChanges:
    """The ranges that only one of two texts has: code points of each, end exclusive, ascending.

    places: how many there are; a word that stands for another is one.
    """

    gone: Ranges
    come: Ranges
    places: int

    @property
    def any(self) -> bool:
        """Whether a word or a sign differs."""
        return bool(self.gone or self.come)


def word_changes(before: str, after: str) -> WordChanges:
    """Compare two wordings word by word and sign by sign; blanks count for nothing."""
    old = [(m.start(), m.end()) for m in _TOKEN.finditer(before)]
    new = [(m.start(), m.end()) for m in _TOKEN.finditer(after)]
    old_words = [before[start:end] for start, end in old]
    new_words = [after[start:end] for start, end in new]
    same = 0
    while same < min(len(old), len(new)) and old_words[same] == new_words[same]:
        same += 1
    ends = 0
    while ends < min(len(old), len(new)) - same and old_words[-1 - ends] == new_words[-1 - ends]:
        ends += 1
    gone: list[tuple[int, int]] = []
    come: list[tuple[int, int]] = []
    places = 0
    middle_old = old_words[same : len(old) - ends]
    middle_new = new_words[same : len(new) - ends]
    if len(middle_old) * len(middle_new) > _MOST_PAIRS:
        gone.append((old[same][0], old[len(old) - ends - 1][1]))
        come.append((new[same][0], new[len(new) - ends - 1][1]))
        places = 1
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for kind, first, past, new_first, new_past in matcher.get_opcodes():
            if kind == "equal":
                continue
            places += 1
            if past > first:
                gone.append((old[same + first][0], old[same + past - 1][1]))
            if new_past > new_first:
                come.append((new[same + new_first][0], new[same + new_past - 1][1]))
    return WordChanges(tuple(gone), tuple(come), places)
