"""The tags of one collection as they will be, while a codebook is laid over them line by line."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.model import Tag
from desktop_app.core.tag_names import LONGEST_NAME
from desktop_app.core.words import name_key


class Ground:
    """The tags, found by id, uuid, place and other name. Tags that are to be made have ids below 0."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self.by_id: dict[int, Tag] = {}
        self.by_uuid: dict[str, Tag] = {}
        self._places: dict[tuple[int | None, str], int] = {}
        self._aliases: dict[tuple[int | None, str], int] = {}
        self._digits: dict[int, int] = {}
        self._last = 0
        for tag in tags:
            self.put(tag)

    def next_id(self) -> int:
        """An id for a tag that is to be made."""
        self._last -= 1
        return self._last

    def put(self, tag: Tag) -> None:
        """Let a tag be there as it is given, in place of the one of that id."""
        before = self.by_id.get(tag.id)
        if before is not None:
            del self._places[before.parent, name_key(before.name)]
            if before.key is not None:
                del self._digits[before.key]
        self.by_id[tag.id] = tag
        self.by_uuid[tag.uuid] = tag
        self._places[tag.parent, name_key(tag.name)] = tag.id
        for alias in tag.also_called:
            self._aliases.setdefault((tag.parent, name_key(alias)), tag.id)
        if tag.key is not None:
            self._digits[tag.key] = tag.id

    def at(self, parent: int | None, name: str) -> Tag | None:
        """The tag of a name under a parent."""
        found = self._places.get((parent, name_key(name)))
        return None if found is None else self.by_id[found]

    def also_called(self, parent: int | None, name: str) -> Tag | None:
        """The tag under a parent that has a name as another name."""
        found = self._aliases.get((parent, name_key(name)))
        if found is None:
            return None
        tag = self.by_id[found]
        return tag if tag.parent == parent else None

    def has_digit(self, digit: int, *, but: int | None = None) -> bool:
        """Whether a digit gives another tag than one."""
        return self._digits.get(digit, but) != but

    def is_below(self, tag: int | None, above: int) -> bool:
        """Whether a tag is another, or stands somewhere below it."""
        seen: set[int] = set()
        while tag is not None and tag not in seen:
            if tag == above:
                return True
            seen.add(tag)
            tag = self.by_id[tag].parent
        return False

    def free_name(self, parent: int | None, name: str) -> str:
        """The name, with a number behind it where it is taken under a parent."""
        number, free = 1, name
        while self.at(parent, free) is not None:
            number += 1
            more = f" ({number})"
            free = f"{name[: LONGEST_NAME - len(more)].rstrip()}{more}"
        return free

    def names(self, tag: int | None) -> tuple[str, ...]:
        """The names from the top down to a tag; () for the top."""
        found: list[str] = []
        while tag is not None and len(found) <= len(self.by_id):
            found.append(self.by_id[tag].name)
            tag = self.by_id[tag].parent
        return tuple(reversed(found))
