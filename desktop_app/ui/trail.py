"""Where one has been reading: a trail of places, to go back on and forward again.

The last place of each document that was passed is where one left it, not where one came in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

KEPT_STEPS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A place: a document, and the code point of its text at the top of the window."""

    document: int
    position: int


class Trail:
    """The steps, and at which of them one is."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        self.steps: list[Step] = list(steps[-KEPT_STEPS:])
        self.at = len(self.steps) - 1
        self._stepping = False  # one came here stepping, or just opened it, and has not read on

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place that one came back from."""
        return self.at + 1 < len(self.steps)

    def leave(self, position: int) -> None:
        """Take note of where one is, before one goes anywhere."""
        if self.at >= 0:
            self.steps[self.at] = Step(self.steps[self.at].document, position)

    def visit(self, document: int) -> None:
        """Come to a document; coming to the one where one is makes no step."""
        if self.at < 0 or self.steps[self.at].document != document:
            self._add(Step(document, 0))
        self._stepping = True

    def jump(self, position: int, *, stepping: bool) -> None:
        """Go elsewhere in the same document, from a position.

        stepping: from match to match, or from highlight to highlight. Many such steps in a row are
        one, and behind the opening of a document none, so that going back leads to where one read.
        """
        if self.at < 0 or (stepping and self._stepping):
            return
        self.leave(position)
        self._stepping = stepping
        self._add(Step(self.steps[self.at].document, position))

    def read_on(self) -> None:
        """Take the place where one is for one where one reads."""
        self._stepping = False

    def go(self, by: int, position: int) -> Step | None:
        """Go back (-1) or forward (+1) from a position; None where there is nothing more.

        A step to the place where one is already is passed over.
        """
        self.leave(position)
        here = self.steps[self.at] if self.at >= 0 else None
        to = self.at + by
        while 0 <= to < len(self.steps) and self.steps[to] == here:
            to += by
        if not 0 <= to < len(self.steps):
            return None
        self.at = to
        self._stepping = False
        return self.steps[to]

    def forget(self, document: int) -> None:
        """Leave out a document that is gone."""
        before = sum(1 for step in self.steps[: self.at + 1] if step.document != document)
        self.steps = [step for step in self.steps if step.document != document]
        self.at = before - 1

    def move(self, document: int, moved: Callable[[int], int]) -> None:
        """Follow a document to another text: what was at a position is at moved(position) now."""
        self.steps = [
            Step(document, moved(step.position)) if step.document == document else step
            for step in self.steps
        ]

    def _add(self, step: Step) -> None:
        del self.steps[self.at + 1 :]
        self.steps.append(step)
        del self.steps[:-KEPT_STEPS]
        self.at = len(self.steps) - 1
