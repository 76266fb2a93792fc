"""What was written in the search box before, so that it can be brought back."""

from __future__ import annotations

from desktop_app.ui.search.written import Written

_MOST = 200  # steps


class Past:
    """Steps back and on again; letters typed one behind the other are one step."""

    def __init__(self) -> None:
        self._back: list[Written] = []
        self._on: list[Written] = []
        self._direction = 0  # of the letters that are being typed: 1 more, -1 fewer

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether a step back was taken that can be taken on again."""
        return bool(self._on)

    def note(self, before: Written, now: Written, *, typed: bool) -> None:
        """Keep what was written before a change. typed: by a key or a paste in the line."""
        if now == before:
            return
        grown = len(now.rest) - len(before.rest)
        direction = grown if typed and abs(grown) == 1 and now.chips == before.chips else 0
        if not direction or direction != self._direction:
            self._back.append(before)
            del self._back[:-_MOST]
        self._direction = direction
        self._on.clear()

    def undo(self, now: Written) -> Written | None:
        """What was written a step ago; None where nothing is known of it."""
        return self._step(now, self._back, self._on)

    def redo(self, now: Written) -> Written | None:
        """What was written before the last step back."""
        return self._step(now, self._on, self._back)

    def _step(self, now: Written, out_of: list[Written], into: list[Written]) -> Written | None:
        self._direction = 0
        while out_of:
            found = out_of.pop()
            # What only became a chip since then is the same to the eye of who goes back.
            if found.settled() != now.settled():
                into.append(now)
                return found
        return None
