"""The words of a document, which tell how one that was cut at the end of a line is written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


@dataclass(slots=True)
class Vocabulary:
    """How often each word stands inside a line, solid or with a hyphen; in small letters."""

    solid: Counter[str] = field(default_factory=Counter)
    hyphenated: Counter[str] = field(default_factory=Counter)

    def learn(self, line: str) -> None:
        """Take in the words of a line, but not one that is cut at its end."""
        for found in _WORD.finditer(line):
            if found.end() == len(line) - 1 and line[-1] in HYPHENS:
                continue
            word = found[0].lower().replace("\u2010", "-")
            (self.hyphenated if "-" in word else self.solid)[word] += 1

    def drops_hyphen(self, left: str, right: str) -> bool:
        """Tell whether a word that was cut here is written without a hyphen.

        A name such as Al-Assad keeps it; so does a word that stands with it elsewhere.
        """
        whole = self.hyphenated[f"{left}-{right}".lower().replace("\u2010", "-")]
        joined = f"{left}{right}".lower().replace("\u2010", "-")
        solid = self.solid[joined] + self.hyphenated[joined]
        if not right[0].islower():
            return left.isupper() and right.isupper() and solid > whole
        if whole or solid:
            return whole < solid
        return len(re.split("[-\u2010]", left)[-1]) > 1
