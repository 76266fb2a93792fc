"""A file as a reader is given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class File:
    """Bytes and what they came under.

    name: only its suffix and stem are looked at. companions: the files of a saved page's own
    folder, by the way to them from the page, with slashes ("page_files/lamp.jpg").
    """

    content: bytes
    name: str
    companions: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it has, companions included."""
        return len(self.content) + sum(map(len, self.companions.values()))
