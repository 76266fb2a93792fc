"""Short names that are spelled like another: those of tags, which the index knows nothing of."""

from __future__ import annotations

from collections.abc import Sequence


def spelled_like(name: str, names: Sequence[str], edits: int) -> list[int]:
    """The places of the names that so many edits or fewer make of a name, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(name, names, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return [place for _, _, place in found]
