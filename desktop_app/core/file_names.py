"""File names for showing: a name need not be text at all."""

from __future__ import annotations


def shown_name(name: str) -> str:
    """The name with every byte that is not UTF-8, and every control character, written out."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in readable)
