"""What was asked of the tags of some things, in order, until it is seen in what was read of them.

An answer that was read before something was done would show the state before it. So what is asked
is numbered, and holds against every answer that is older.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import tag_at_path

_Named = int | str  # a tag, or the path of one that is being made


@dataclass(frozen=True, slots=True)
class _Ask:
    number: int
    tag: _Named
    on: bool


class AskedTags:
    """Tags to be put on and taken off; count numbers what was asked, from the very first on."""

    def __init__(self) -> None:
        self.count = 0
        self._open: list[_Ask] = []
        self._latest: list[_Named] = []

    def begin(self, *, keep: bool) -> None:
        """Forget what was put on last; keep: it is for the same things, so what is open holds."""
        self._open = self._open if keep else []
        self._latest = []
        for each in self._open:
            self._note(each.tag, on=each.on)

    def ask(self, tag: _Named, *, on: bool) -> None:
        """Note that a tag is to be put on, or taken off."""
        self.count += 1
        self._open.append(_Ask(self.count, tag, on))
        self._note(tag, on=on)

    def refused(self, number: int) -> None:
        """Forget something that was asked and could not be done."""
        gone = [each.tag for each in self._open if each.number == number]
        self._open = [each for each in self._open if each.number != number]
        self._latest = [each for each in self._latest if each not in gone]

    def left(self, tree: TagTree, settled: int | None) -> Iterator[tuple[int, bool]]:
        """Drop what was done by then (None: all); give the rest, as far as its tags are there."""
        self._open = [each for each in self._open if settled is not None and each.number > settled]
        found = [_found(tree, each) for each in self._latest]
        self._latest = [
            each if tag is None else tag for each, tag in zip(self._latest, found, strict=True)
        ]
        for each in self._open:
            tag = _found(tree, each.tag)
            if tag is not None:
                yield tag, each.on

    def latest(self, tree: TagTree) -> list[int]:
        """The tags that are there of those that were put on and not taken off again, newest last."""
        there = [each for each in self._latest if isinstance(each, int) and each in tree.by_id]
        return list(dict.fromkeys(there))

    def being_made(self) -> str | None:
        """The path of what was put on last, where that is a tag that is still being made."""
        last = self._latest[-1] if self._latest else None
        return last if isinstance(last, str) else None

    def _note(self, tag: _Named, *, on: bool) -> None:
        self._latest = [*(each for each in self._latest if each != tag), *([tag] if on else [])]


def _found(tree: TagTree, tag: _Named) -> int | None:
    if isinstance(tag, int):
        return tag if tag in tree.by_id else None
    known = tag_at_path(tree, tag, parent=None)
    return known.id if known is not None else None
