"""What a tag or a tag collection may be called."""

from __future__ import annotations

from desktop_app.core.errors import BadUsage
from desktop_app.core.text import one_line

LONGEST_NAME = 200


def checked_name(name: str, *, what: str = "tag") -> str:
    """The name with its white space made single; BadUsage where it is blank or too long."""
    name = one_line(name)
    if not name:
        raise BadUsage(f"A {what} needs a name.", "Nothing has been changed.")
    if len(name) > LONGEST_NAME:
        raise BadUsage(
            f"The name is {len(name):,} characters long.",
            f"A {what} can have a name of at most {LONGEST_NAME}.",
        )
    return name


def checked_collection_name(name: str) -> str:
    """The name of a tag collection; BadUsage also where a tag's path could not be read with it."""
    name = checked_name(name, what="tag collection")
    if "::" in name or name.endswith(":"):
        raise BadUsage(
            "The name of a tag collection cannot hold “::” or end in a colon.",
            "“::” stands between a collection and its tags.",
        )
    return name
