"""What readers of several formats say of a file, in the same words: warnings, refusals, hints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop_app.core.text import Block
from desktop_app.formats.extract import Refused

NO_TEXT: Final = "It opens but holds no text."
DELETED: Final = "Text that is marked as deleted was left out."
HIDDEN: Final = "Hidden text was left out."
CUT_SHORT: Final = "The file seems to be cut short: its end is not there."

# What to do about a file that is not read.
LEFT: Final = "The file was left as it is."
AGAIN: Final = "Fetch or copy it again."
SPLIT: Final = "Split it into parts and import those."
UNPACK: Final = "Unpack it and import what comes out."


def warning_of(blocks: Iterable[Block], *sentences: str | None) -> str | None:
    """As joined, with the sentence that there is no text first where there is none."""
    return joined(None if any(block.text for block in blocks) else NO_TEXT, *sentences)


def joined(*sentences: str | None) -> str | None:
    """One warning of several, each once; None where there is none."""
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence)) or None


def lost(count: int) -> str | None:
    """That characters could not be decoded; None where all could."""
    if count == 1:
        return "One character could not be read and is shown as \ufffd."
    return f"{count:,} characters could not be read and are shown as \ufffd." if count else None


def lost_in(blocks: Iterable[Block]) -> str | None:
    """As lost, for text whose parts were decoded one by one."""
    return lost(sum(block.text.count("\ufffd") for block in blocks))


def embedded(count: int) -> str | None:
    """That embedded files, charts and the like were not read; None where there are none."""
    if count == 1:
        return "An object that is embedded in it was not read."
    return f"{count:,} objects that are embedded in it were not read." if count else None


def not_read(what: str, hint: str = LEFT) -> Refused:
    """The refusal of a kind of file that is known and not read. what: "a PNG picture"."""
    return Refused(f"This is {what}, which Postil does not read.", hint)
