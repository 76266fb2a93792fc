"""What a note is on: a highlight, or a whole document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteSubject:
    """What a note is on. uuid: of the highlight; "" where it is on the whole document."""

    document: int
    uuid: str = ""

    @property
    def key(self) -> str:
        """A name of it for files."""
        return f"highlight:{self.uuid}" if self.uuid else f"document:{self.document}"
