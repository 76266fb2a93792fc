"""Letters looked for in the whole of a text, with a bound on how much is looked through."""

from __future__ import annotations

from desktop_app.anchoring.letters import Letters
from desktop_app.anchoring.runs import Runs

# Bytes that are looked through for all passages of one text together; a few seconds' worth.
PATIENCE = 6_000_000_000
_EACH = 200  # what a search costs in a text of no length
_WORTH_RUNS = 24  # times a text has to be gone through before its runs are noted


class Searched:
    """A text's letters, searched until patience ends; what it does not suffice for is not found."""

    def __init__(self, letters: Letters, *, patience: int = PATIENCE) -> None:
        self.letters = letters
        self.bytes = letters.bytes
        self._left = patience
        self._full = patience
        self._runs: Runs | None = None

    def spend(self, cost: int) -> bool:
        """Take a cost off the patience; False, and nothing taken, where it does not suffice."""
        if cost > self._left:
            return False
        self._left -= cost
        return True

    def within(
        self, wanted: bytes, text: bytes, start: int, end: int, *, most: int
    ) -> list[int] | None:
        """Where letters stand in a range of a text; None for more places than most, or too dear."""
        if not self.spend(max(end - start, 0) + _EACH):
            return None
        found: list[int] = []
        at = text.find(wanted, start, end)
        while at >= 0:
            if len(found) == most:
                return None
            found.append(at)
            at = text.find(wanted, at + 1, end)
        return found

    def everywhere(self, wanted: bytes, *, most: int) -> list[int] | None:
        """Where letters stand in all of the text; None as above."""
        runs = self._noted()
        if runs is not None:
            for offset, place in runs.of(wanted):
                if place is None:
                    return []
                if place >= 0:
                    at = place - offset
                    return [at] if at >= 0 and self.bytes.startswith(wanted, at) else []
        return self.within(wanted, self.bytes, 0, len(self.bytes), most=most)

    def pieces(self, wanted: bytes, length: int, count: int) -> list[tuple[int, int]]:
        """Pieces of letters that stand once in the text: where in the letters, where in it."""
        runs = self._noted()
        if runs is not None:
            placed = runs.of(wanted)
            if placed:
                return [
                    (offset, place) for offset, place in placed if place is not None and place >= 0
                ]
        step = max(length, len(wanted) // count)
        found: list[tuple[int, int]] = []
        for offset in range(0, len(wanted) - length + 1, step):
            piece = wanted[offset : offset + length]
            places = self.within(piece, self.bytes, 0, len(self.bytes), most=1)
            found += [(offset, place) for place in places or ()]
        return found

    def _noted(self) -> Runs | None:
        """The runs of the text, once going through it again and again has cost more than them."""
        spent = self._full - self._left
        if self._runs is None and spent > _WORTH_RUNS * len(self.bytes) > _WORTH_RUNS * 50_000:
            self._runs = Runs(self.bytes)
        return self._runs
