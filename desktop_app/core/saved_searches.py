"""Searches that are kept: those with a name in the sidebar, and what was asked before."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from desktop_app.core.query_edit import chips

LONGEST_NAME = 200
LONGEST_QUERY = 10_000
_HALVES = re.compile("[\ud800-\udfff]")


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


def kept_text(query: str) -> str:
    """A query as it is kept: with a blank for each half of a letter, which no library can hold."""
    return _HALVES.sub(" ", query).strip()


def asks_the_same(one: str, other: str) -> bool:
    """Whether two queries are the same but for the order of their facts and directives."""
    return one.strip() == other.strip() or _in_order(one) == _in_order(other)


@lru_cache(maxsize=1_000)
def _in_order(query: str) -> tuple[tuple[str, ...], str]:
    facts, rest = chips(query)
    return tuple(sorted(facts)), rest.strip()
