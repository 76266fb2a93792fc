"""Searches that are kept: those with a name in the sidebar, and what was asked before."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 200
LONGEST_QUERY = 10_000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name. query: as it was typed, in the language of number `grammar`.

    position: in the sidebar, from the lowest. looked_at: when its result was last looked at.
    """

    id: int
    uuid: str
    name: str
    query: str
    grammar: int
    position: int
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a saved search gave when it was last looked at: documents, or highlights, by id."""

    at: datetime
    ids: Set[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was asked before: when last, and how often in all."""

    query: str
    used_at: datetime
    times: int
