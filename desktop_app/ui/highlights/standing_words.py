"""How surely highlights stand, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from desktop_app.core.highlights import Highlight, HighlightFilter, Standing
from desktop_app.ui.panes.fields import short

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.reviewing import ReviewCase

Standings = Mapping[Standing, int]


def standings_of(highlights: Iterable[Highlight]) -> Standings:
    """Count highlights by how surely they stand."""
    return Counter(each.standing for each in highlights)


def standings_in(library: Library, documents: Collection[int]) -> Standings:
    """Count the highlights of documents by how surely they stand."""
    among = frozenset(documents)
    return {
        standing: len(
            library.marks.ids(HighlightFilter(standing=frozenset((standing,)), documents=among))
        )
        for standing in Standing
        if among
    }


def to_review_in_words(counts: Standings) -> str:
    """Say what is to be looked at: `3 highlights to review · 1 lost`; "" where nothing is."""
    review, lost = counts.get(Standing.REVIEW, 0), counts.get(Standing.LOST, 0)
    parts = []
    if review:
        parts.append(f"{_counted(review)} to review")
    if lost:
        parts.append(f"{lost:,} lost" if review else f"{_counted(lost)} lost")
    return " · ".join(parts)


def standing_in_words(counts: Standings) -> str:
    """Say how many stand how surely, in a sentence; "" where there are none."""
    every = sum(counts.values())
    if not every:
        return ""
    placed = counts.get(Standing.PLACED, 0)
    if placed == every:
        return (
            "The highlight was found for sure."
            if every == 1
            else f"All {every:,} highlights were found for sure."
        )
    review, lost = counts.get(Standing.REVIEW, 0), counts.get(Standing.LOST, 0)
    parts = [f"{placed:,} {'was' if placed == 1 else 'were'} found for sure"]
    if review:
        parts.append(f"{review:,} {'is' if review == 1 else 'are'} to be reviewed")
    if lost:
        parts.append(f"{lost:,} {'is' if lost == 1 else 'are'} lost")
    return f"Of {_counted(every)}, {', '.join(parts)}."


def said_of(case: ReviewCase) -> str:
    """Say in a sentence why a highlight is in the list."""
    parts = []
    if case.highlight.standing is Standing.LOST:
        parts.append("Its words are not in the text in use. It is kept, with its note and tags.")
        if case.likely is None:
            parts.append("Nothing around it is left that tells where it stood.")
    elif case.changes is not None and not case.changes.any:
        parts.append("Found by a close match: only blanks and line ends differ.")
    elif case.changes is not None:
        number = case.changes.places
        told = "1 difference" if number == 1 else f"{number:,} differences"
        parts.append(f"Found by a close match, with {told} in words.")
    if not case.kept:
        parts.append("The text that it was marked in is gone.")
    if case.highlight.note:
        note = " ".join(case.highlight.note.split())
        parts.append(f"Note: {short(note, 160)}")
    return " ".join(parts)


def _counted(number: int) -> str:
    return "1 highlight" if number == 1 else f"{number:,} highlights"
