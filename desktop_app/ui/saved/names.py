"""Whether a saved search can bear a name."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.saved_searches import LONGEST_NAME, SavedSearch
from desktop_app.core.text import one_line
from desktop_app.core.words import name_key


def search_name_problem(
    searches: Iterable[SavedSearch], name: str, *, of: int | None = None
) -> str:
    """What is wrong with a name for a saved search, in a sentence; "" where nothing is."""
    name = one_line(name)
    if not name:
        return "A saved search needs a name."
    if len(name) > LONGEST_NAME:
        return f"That is longer than {LONGEST_NAME} characters."
    for other in searches:
        if other.id != of and name_key(other.name) == name_key(name):
            return f"There is a saved search “{other.name}” already."
    return ""
