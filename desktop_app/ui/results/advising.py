"""What to try where nothing was found: each a click away, with how many documents it would give."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.query_tree import Leaf
from desktop_app.ui.search.part import Part
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.answer import Advice, Answer

_QUOTED = re.compile(r'"([^"]*)"')
_MOST_SHOWN = 8  # of each sort


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to try, in words. part: what to leave out; None: to ask for text instead."""

    words: str
    part: Part | None = None
    text: str = ""


class Advising(QObject):
    """Finds out what could be tried instead of a query that found nothing."""

    came = Signal(object)  # tuple of Way, for the newest answer

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stop = threading.Event()

    def begin(self, answer: Answer) -> None:
        """Find out what to try instead of the query of an answer."""
        self.forget()
        stop = self._stop = threading.Event()
        self._session.read(
            lambda library: library.advice(answer, stop),
            lambda advice: self.came.emit(ways_of(answer, advice)),
            key="advice",
        )

    def forget(self) -> None:
        """Find out no more."""
        self._stop.set()
        self._session.tasks.forget("advice")


def ways_of(answer: Answer, advice: Advice) -> tuple[Way, ...]:
    """What to try instead: what else to ask for, then what is found without one of the parts."""
    return (*_instead(advice)[:_MOST_SHOWN], *_less(answer, advice)[:_MOST_SHOWN])


def _less(answer: Answer, advice: Advice) -> list[Way]:
    source = answer.query.source
    counts = {(start, end): count for _words, start, end, count in advice.without}
    seen: Counter[str] = Counter()
    ways: list[tuple[int, Way]] = []
    for leaf in answer.query.parts():
        text = source[leaf.start : leaf.end]
        if count := counts.get((leaf.start, leaf.end), 0):
            words = f"Without {_quoted(source, leaf)}: {_documents(count)}"
            ways.append((count, Way(words, Part(text, seen[text]))))
        seen[text] += 1
    return [way for _, way in sorted(ways, key=lambda each: -each[0])]


def _quoted(source: str, leaf: Leaf) -> str:
    """A part as it stands in the box, where it can be seen, in quotes; with the minus before it."""
    minus = "-" if source[: leaf.start].endswith("-") else ""
    typed = minus + source[leaf.start : leaf.end]
    curly = _QUOTED.sub("“\\1”", typed)
    return curly if curly != typed else f"“{typed}”"


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _instead(advice: Advice) -> list[Way]:
    return [
        Way(
            f"“{_bare(each.other)}” instead of “{_bare(each.typed)}”: {_documents(each.count)}",
            text=each.text,
        )
        for each in advice.instead
    ]


def _bare(typed: str) -> str:
    """What was typed without its quotes, for standing in others."""
    return typed.replace('"', "")
