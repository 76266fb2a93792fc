"""What an import says: one outcome a file, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OutcomeKind(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    KNOWN = "known"  # the same bytes are in the library already
    WARNING = "warning"  # imported, but something about it must be said
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, said once it is durable.

    path: as it was given or found; for a document in a mailbox or zip the way into it, too
    (`mail.mbox!/3`). document: None where it was refused. reason: a sentence for known, warning
    and refused; for imported one only where more than the file came in.
    """

    path: str
    kind: OutcomeKind
    document: int | None = None
    title: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come.

    found: files seen so far; counting: whether more may still be found.
    in_trash: of those known, as far as this went; hidden: of those refused, left out for their name.
    rate: files a second over the last seconds; left_s: None until it can be told.
    """

    done: int
    found: int
    counting: bool
    imported: int
    known: int
    warnings: int
    refused: int
    rate: float
    left_s: float | None
    in_trash: int = 0
    hidden: int = 0


def nothing_yet() -> Progress:
    """The progress of an import that has not begun."""
    return Progress(0, 0, False, 0, 0, 0, 0, 0.0, None)
