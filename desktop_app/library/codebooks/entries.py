"""An object of a JSON file, asked for its values by what they must be."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from desktop_app.library.codebooks.fields import uuid_of
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import Unsound


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of a file. name: what it is called where something is wrong with it.

    What is not there is blank; what is there and of another kind than it must be is Unsound.
    """

    raw: Mapping[str, Any]
    name: str

    @classmethod
    def of(cls, raw: object, name: str) -> Entry:
        if not isinstance(raw, dict):
            raise Unsound(f"{name} is not written as one (an object of JSON).")
        return cls(raw, name)

    def text(self, key: str) -> str:
        value = self.raw.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._unsound(key, "text")
        return value

    def number(self, key: str) -> int | None:
        """A whole number from 0 on."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
            raise self._unsound(key, "a whole number")
        return value

    def flag(self, key: str) -> bool:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._unsound(key, "true or false")
        return bool(value)

    def list_of(self, key: str) -> list[Any]:
        value = self.raw.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._unsound(key, "a list")
        return value

    def uuid(self, key: str) -> str:
        """A uuid in its usual form; "" where there is none."""
        raw = self.text(key)
        found = uuid_of(raw) if raw else ""
        if found is None:
            raise self._unsound(key, "a uuid")
        return found

    def uuids(self, key: str) -> tuple[str, ...]:
        found: list[str] = []
        for each in self.list_of(key):
            uuid = uuid_of(each) if isinstance(each, str) else None
            if uuid is None:
                raise self._unsound(key, "a list of uuids")
            found.append(uuid)
        return tuple(found)

    def remark_unknown(self, known: Set[str], remarks: Remarks) -> None:
        """Say which keys mean nothing here."""
        if self.raw.keys() <= known:
            return
        for key in sorted(self.raw.keys() - known):
            remarks.add(
                "What the file says under “{name}” is not known here, and was left out.",
                "What the file says in {count} places is not known here, and was left out; "
                "the first is under “{name}”.",
                key[:60],
            )

    def _unsound(self, key: str, what: str) -> Unsound:
        return Unsound(f"“{key}” of {self.name} is not {what}.")
