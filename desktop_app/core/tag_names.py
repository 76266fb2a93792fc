"""What a tag or a tag collection may be called."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.core.errors import BadUsage
from desktop_app.core.text import one_line

LONGEST_NAME = 200

# Not seen, so that two names could look the same: controls, marks of direction, and blanks of no
# width. What joins letters or keeps them apart (U+200C, U+200D) belongs to the writing.
_UNSEEN = re.compile("[\x80-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f]")


def visible(name: str) -> str:
    """The name in one line without what nobody sees, as a name that was given is kept."""
    return one_line(_UNSEEN.sub("", name.replace("\x85", " ")))


def checked_name(name: str, *, what: str = "tag") -> str:
    """The name in one line without what nobody sees; BadUsage where it is blank or too long."""
    name = visible(name)
    article = "An" if what[0] in "aeiou" else "A"
    if not any(unicodedata.category(each)[0] in "LNPS" for each in name):
        raise BadUsage(f"{article} {what} needs a name.", "Nothing has been changed.")
    if len(name) > LONGEST_NAME:
        raise BadUsage(
            f"The name is {len(name):,} characters long.",
            f"{article} {what} can have a name of at most {LONGEST_NAME}.",
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
