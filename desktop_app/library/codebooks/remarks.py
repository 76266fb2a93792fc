"""What a reader guessed or left out, gathered into few sentences however often it happened."""

from __future__ import annotations


class Remarks:
    """Sentences, each with how often it is true and of what first."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str, int]] = {}

    def add(self, one: str, many: str = "", name: str = "") -> None:
        """Remark on one more thing.

        one: the sentence where it is the only one, {name} in it. many: the sentence where there are
        several, {count} and the first {name} in it; "" where it is said once in any case.
        """
        _, first, count = self._found.get(one, (many, name, 0))
        self._found[one] = (many, first, count + 1)

    def said(self) -> tuple[str, ...]:
        """The sentences, in the order in which they were first true."""
        return tuple(
            (many if many and count > 1 else one).format(name=name, count=f"{count:,}")
            for one, (many, name, count) in self._found.items()
        )
