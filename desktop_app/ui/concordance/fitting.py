"""Which words around a match there is room for: whole ones, the nearest first."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.ui.panes.document_row import Face

CUT = "…"
_MOST_KNOWN = 20_000


class Fitting:
    """Sets the words beside a match in lines of a face."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._known: dict[str, float] = {}
        self._blank = self._advance(" ")
        self._cut = self._advance(CUT)

    def before(self, text: str, width: float, *, lines: int = 1, cut: bool = False) -> list[str]:
        """The end of a text that stands before a match, in lines from the top.

        cut: whether the text goes on beyond, so that its outermost word may be a part of one.
        """
        found = text.split()
        if cut and found and not text[:1].isspace():
            del found[:1]
        found.reverse()
        set_lines, whole = self._set(found, width, lines, Qt.TextElideMode.ElideLeft)
        shown = [" ".join(reversed(line)) for line in reversed(set_lines)]
        if cut or not whole:
            shown[:1] = [_marked(shown[0] if shown else "", before=True)]
        return shown

    def behind(self, text: str, width: float, *, lines: int = 1, cut: bool = False) -> list[str]:
        """The beginning of a text that stands behind a match, in lines from the top; as before."""
        found = text.split()
        if cut and found and not text[-1:].isspace():
            del found[-1:]
        set_lines, whole = self._set(found, width, lines, Qt.TextElideMode.ElideRight)
        shown = [" ".join(line) for line in set_lines]
        if cut or not whole:
            shown[-1:] = [_marked(shown[-1] if shown else "", before=False)]
        return shown

    def _set(
        self, found: list[str], width: float, most: int, mode: Qt.TextElideMode
    ) -> tuple[list[list[str]], bool]:
        """Words in lines, as many as there is room for, and whether these are all."""
        lines: list[list[str]] = [[]]
        room = self._room(width, 1, most)
        for word in found:
            taken = self._advance(word) + (self._blank if lines[-1] else 0)
            if taken <= room:
                lines[-1].append(word)
                room -= taken
                continue
            if (
                taken > width / 2
            ):  # an address, or a script without blanks: as much as there is room
                part = self._face.metrics.elidedText(word, mode, room - self._blank)
                if part not in ("", CUT):
                    lines[-1].append(part)
                return lines, False
            if len(lines) == most:
                return lines, False
            lines.append([word])
            room = self._room(width, len(lines), most) - self._advance(word)
        return lines, True

    def _room(self, width: float, line: int, most: int) -> float:
        return width - (self._cut if line == most else 0)

    def _advance(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = self._face.metrics.horizontalAdvance(word)
        return known


def _marked(line: str, *, before: bool) -> str:
    """A line with the sign that more stands there, once."""
    if before:
        return line if line.startswith(CUT) else CUT + line
    return line if line.endswith(CUT) else line + CUT
