"""The heights of the rows of a list: what few have been measured, and what the others count for."""

from __future__ import annotations

from bisect import bisect_left, insort


class Heights:
    """The heights of many rows, of which few have been measured."""

    def __init__(self) -> None:
        self._usual = 60
        self._count = 0
        self._measured: dict[int, int] = {}
        self._rows: list[int] = []
        self._sums: list[int] | None = None  # of what measured rows exceed the usual by

    def reset(self, count: int, usual: int) -> None:
        """Begin anew with a number of rows of a usual height."""
        self._count, self._usual = count, usual
        self._measured.clear()
        self._rows.clear()
        self._sums = None

    def is_measured(self, row: int) -> bool:
        return row in self._measured

    def height(self, row: int) -> int:
        return self._measured.get(row, self._usual)

    def measure(self, row: int, height: int) -> int:
        """Set the height of a row; return by how much it grew."""
        grown = height - self.height(row)
        if row not in self._measured:
            insort(self._rows, row)
        self._measured[row] = height
        self._sums = None
        return grown

    def top(self, row: int) -> int:
        """Where a row begins; for the number of rows, where the last one ends."""
        return row * self._usual + self._excess(bisect_left(self._rows, row))

    def total(self) -> int:
        return self.top(self._count)

    def row_at(self, y: int) -> int:
        """The row that a height falls into, the last one for what lies beyond it; -1 for no rows."""
        low, high = 0, self._count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.top(middle) <= y:
                low = middle
            else:
                high = middle - 1
        return min(low, self._count - 1)

    def _excess(self, measured_before: int) -> int:
        if self._sums is None:
            total = 0
            self._sums = [0]
            for row in self._rows:
                total += self._measured[row] - self._usual
                self._sums.append(total)
        return self._sums[measured_before]
