"""The step of what is said of lines of concordances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.line_states import LineState
from desktop_app.library.step_values import GroundChanged
from desktop_app.store.concordances import Line
from desktop_app.store.store import Work


@dataclass(frozen=True, slots=True)
class LinesStep:
    """Lines of a query's concordance of which one thing was said and another is; None: nothing.

    Lines of documents that have left the library for good are passed over.
    """

    query: str
    width: int
    lines: tuple[Line, ...]
    before: LineState | None
    after: LineState | None

    def reversed(self) -> LinesStep:
        return replace(self, before=self.after, after=self.before)

    def take(self, work: Work) -> Changes:
        documents = set(work.documents.titles({document for document, _ in self.lines}))
        lines = [line for line in self.lines if line[0] in documents]
        kept = work.concordances.lines(self.query, lines)
        if any(kept.get(line) != self.before for line in lines):
            raise GroundChanged("something else was said of these lines since")
        work.concordances.set(self.query, dict.fromkeys(lines, self.after), width=self.width)
        return Changes(kinds=frozenset([Kind.LINES]))

    def to_json(self) -> list[Any]:
        states = (None if state is None else int(state) for state in (self.before, self.after))
        lines = [list(line) for line in self.lines]
        return ["concordance lines", self.query, self.width, lines, *states]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> LinesStep:
        query, width, lines, *states = raw
        before, after = (None if state is None else LineState(state) for state in states)
        return cls(query, width, tuple((line[0], line[1]) for line in lines), before, after)
