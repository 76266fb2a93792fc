"""A file on its way into the library, or a document inside of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.core.file_names import shown_name
from desktop_app.formats.extract import Extract
from desktop_app.formats.file import File
from desktop_app.library.outcomes import Outcome, OutcomeKind

INSIDE = "!/"  # stands between a container and the way to a document in it


@dataclass(slots=True)
class Item:
    """One document to be, until what became of it is told.

    path: as it is told. place: the same from the root, in the file system's coding. name: what it
    is called by itself, with an ending. digest: empty where it was refused before it was read.
    folder: the one beside a saved page, not read yet. companions: the files of such a folder;
    left_out: how many of those were not taken. twin: whether a file with the same bytes is on its way before it.
    held: how many bytes it had when the worker was given it.
    """

    path: str
    place: bytes
    name: str
    content: bytes = b""
    folder: Path | None = None
    companions: Mapping[str, bytes] = field(default_factory=dict)
    left_out: int = 0
    digest: str = ""
    twin: bool = False
    held: int = 0
    in_trash: bool = False
    hidden: bool = False
    outcome: Outcome | None = None
    extract: Extract | None = None

    @property
    def kind(self) -> tuple[str, str]:
        """What the worker's answer depends on: the bytes, and the endings of the name."""
        return self.digest, ".".join(self.name.lower().rsplit(".", 2)[1:])

    @property
    def size(self) -> int:
        """How many bytes it holds in memory, roughly."""
        pictures = self.extract.pictures if self.extract else ()
        return (
            len(self.content)
            + sum(map(len, self.companions.values()))
            + sum(len(picture.content) for picture in pictures)
        )

    @property
    def settled(self) -> bool:
        """Whether it needs nothing more but to be written down."""
        return self.outcome is not None or self.extract is not None

    def file(self) -> File:
        """What the worker is given."""
        return File(self.content, self.name, self.companions)

    def refuse(self, problem: Problem) -> None:
        """Settle it: it does not come in."""
        self.settle(OutcomeKind.REFUSED, reason=str(problem))

    def settle(
        self, kind: OutcomeKind, document: int | None = None, title: str = "", *, reason: str = ""
    ) -> None:
        """Settle what becomes of it, and let go of what it holds."""
        self.outcome = Outcome(self.path, kind, document, title, reason)
        self.drop()

    def drop(self) -> None:
        """Let go of its bytes."""
        self.content, self.companions, self.extract = b"", {}, None


def item_at(path: str, root: str, *, name: str = "", content: bytes = b"") -> Item:
    """Make the item of a path. root: the folder that a path without one starts from."""
    # As text: this is done for every file, and making Path objects of them takes longer than reading.
    join, is_absolute, last = os.path.join, os.path.isabs, os.path.basename
    place = os.fsencode(path if is_absolute(path) else join(root, path))
    return Item(path, place, name or last(path), content)


def member_path(container: str, way: str) -> str:
    """The path of a document inside a file."""
    return f"{container}{INSIDE}{shown_name(way)}"
