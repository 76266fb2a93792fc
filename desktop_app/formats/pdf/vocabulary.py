"""The words of a document, which tell how one that was cut at the end of a line is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


@dataclass(slots=True)
class Vocabulary:
    """How often each word stands inside a line, solid or with a hyphen; in small letters."""

    solid: Counter[str] = field(default_factory=Counter)
    hyphenated: Counter[str] = field(default_factory=Counter)

    def learn(self, lines: Iterable[str]) -> None:
        """Take in the words of lines, but none that is cut at the end of one."""
        found: list[str] = []
        for line in lines:
            found += _WORD.findall(line)
            if line[-1:] in HYPHENS and _WORD.match(line[-2:-1]):
                found.pop()
        words = " ".join(found).lower().replace("\u2010", "-").split()
        self.solid.update([word for word in words if "-" not in word])
        self.hyphenated.update([word for word in words if "-" in word])

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
