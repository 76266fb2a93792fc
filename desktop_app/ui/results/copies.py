"""The rows of a list in which documents with the same text stand under one of them, or are shown."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet


def with_copies(
    ids: array[int], copies: Mapping[int, Sequence[int]], opened: AbstractSet[int]
) -> array[int]:
    """The documents of an answer, behind those that are opened their copies."""
    if not opened or opened.isdisjoint(copies):
        return ids
    shown: array[int] = array("q")
    for each in ids:
        shown.append(each)
        if each in opened and each in copies:
            shown.extend(copies[each])
    return shown


def standing_over(copies: Mapping[int, Sequence[int]], document: int) -> int | None:
    """The document that another stands under, or stands for it itself; None where it has no copy."""
    if document in copies:
        return document
    return next((over for over, under in copies.items() if document in under), None)
