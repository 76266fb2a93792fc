"""A part of a query by which it can be found again after other changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is written.

    text: as it stands in the query. nth: which it is of those with the same text that are switched
    on, or of those switched off, from 0.
    """

    text: str
    nth: int = 0
    on: bool = True
