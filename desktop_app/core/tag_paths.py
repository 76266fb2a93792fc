"""How a tag is written: `place/Syria`, or `Field notes::place/Syria` with its collection.

A slash in a name is written `\\/`, a backslash `\\\\`. A colon needs no escape: the collection ends
at the first `::`, so that a tag whose own name holds `::` is written with its collection before it.
"""

from __future__ import annotations

from collections.abc import Iterable


def split_tag_path(path: str) -> tuple[str | None, tuple[str, ...]]:
    """The collection (None where it is not named) and the names from the top; blank parts go."""
    head, found, rest = path.partition("::")
    collection = head.strip() if found else None
    names: list[str] = [""]
    characters = iter(rest if found else path)
    for character in characters:
        if character == "\\":
            names[-1] += next(characters, "")
        elif character == "/":
            names.append("")
        else:
            names[-1] += character
    return collection, tuple(name.strip() for name in names if name.strip())


def join_tag_path(names: Iterable[str], *, collection: str | None = None) -> str:
    """Write the path of names so that split_tag_path reads it back."""
    path = "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)
    return f"{collection}::{path}" if collection is not None else path
