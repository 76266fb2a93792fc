"""Fields of Word, in docx and in RTF alike: where their links lead, and what they show instead."""

from __future__ import annotations

import re

from desktop_app.formats.text.links import target_of

_HYPERLINK = re.compile(r"(?i)\bHYPERLINK\s+(\\l\s+)?\"?([^\s\"]+)")
_LOOKS_LIKE_ADDRESS = re.compile(r"(?i)(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?")


def target_of_field(instruction: str) -> str | None:
    """Where the link of a field leads; None for other fields and places in the document."""
    found = _HYPERLINK.search(instruction)
    return None if not found or found[1] else target_of(found[2], None)


def hides_address(shown: str, target: str) -> bool:
    """Tell words that look like an address and are not the whole one that they lead to."""
    return shown != target and _LOOKS_LIKE_ADDRESS.fullmatch(shown) is not None
