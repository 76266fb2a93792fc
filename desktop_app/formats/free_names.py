"""Names that may fall together, each told from the others."""

from __future__ import annotations


class FreeNames:
    """Give names out, each once: "a.txt", then "a (2).txt", which keeps its suffix."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # a name that came again: the number that it was given

    def take(self, name: str) -> str:
        """The name itself where it is free, else with the next free number."""
        free = name
        if name in self._taken:
            stem, dot, suffix = name.rpartition(".")
            if not dot or "/" in suffix:
                stem, dot, suffix = name, "", ""
            number = self._last.get(name, 1)
            while free in self._taken:
                number += 1
                free = f"{stem} ({number}){dot}{suffix}"
            self._last[name] = number
        self._taken.add(free)
        return free
