"""Documents inside files that are asked for by themselves: `papers.zip!/a/b.txt`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_app.library.import_items import INSIDE, Item


def file_of(path: str) -> Path:
    """The file on the disk that a path of an outcome means: for `mail.mbox!/3` the mailbox."""
    inside = path.find(INSIDE)
    # These two never raise, whatever the disk or the rights say.
    while inside >= 0 and not os.path.lexists(path):
        if os.path.isfile(path[:inside]):  # noqa: PTH113
            return Path(path[:inside])
        inside = path.find(INSIDE, inside + 1)
    return Path(path)


class Wanted:
    """Which files are to be read, and which documents alone of those that were named by a member.

    A file that is named itself, too, is wanted whole.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        members: dict[str, set[str]] = {}
        files: dict[Path, None] = {}
        whole: set[str] = set()
        for path in paths:
            file = file_of(path.as_posix())
            files[file] = None
            if file == path:
                whole.add(_key(file))
            else:
                members.setdefault(_key(file), set()).add(_key(path))
        self.files = tuple(files)
        self._members = {file: met for file, met in members.items() if file not in whole}
        self._not_met = {file: set(met) for file, met in self._members.items()}
        self._above = {a for met in self._members.values() for m in met for a in _containers(m)}

    def wants(self, file: str, item: Item) -> bool:
        """Whether a document inside of a file was asked for, or holds or belongs to one that was."""
        members = self._members.get(_key(file)) if self._members else None
        if members is None:
            return True
        key = _key(os.fsdecode(item.place))
        met = members.intersection([key, *_containers(key)])
        self._not_met[_key(file)] -= met
        return bool(met) or key in self._above

    def not_met(self, file: str) -> list[str]:
        """What was asked for and was not in a file that has been read to its end."""
        return sorted(self._not_met.pop(_key(file), ())) if self._members else []


def _containers(path: str) -> Iterator[str]:
    inside = path.find(INSIDE)
    while inside >= 0:
        yield path[:inside]
        inside = path.find(INSIDE, inside + 1)


def _key(path: str | Path) -> str:
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100
