"""The step of changes to the spellings of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.name_families import NameFamily
from desktop_app.library.step_values import GroundChanged
from desktop_app.store.store import Work


@dataclass(frozen=True, slots=True)
class FamilyStep:
    """Name families that others take the place of; each as a whole."""

    before: tuple[NameFamily, ...]
    after: tuple[NameFamily, ...]

    def reversed(self) -> FamilyStep:
        return FamilyStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        ids = {each.id for each in (*self.before, *self.after)}
        spellings = [forms for each in (*self.before, *self.after) for forms in each.spellings]
        there = {each.id: each for each in work.name_families.many(ids)}
        there |= {each.id: each for each in work.name_families.of_any(spellings)}
        if there != {each.id: each for each in self.before}:
            name = (self.before or self.after)[0].name
            raise GroundChanged(f"the spellings of “{name}” have been joined otherwise since")
        work.name_families.remove([each.id for each in self.before])
        for each in self.after:
            work.name_families.add(each)
        return Changes(kinds=frozenset([Kind.FAMILIES]))

    def to_json(self) -> list[Any]:
        return ["name family", _families_out(self.before), _families_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> FamilyStep:
        before, after = raw
        return cls(_families_in(before), _families_in(after))


def _families_out(families: Iterable[NameFamily]) -> Any:
    return [[each.id, each.uuid, each.name, list(each.spellings)] for each in families]


def _families_in(raw: Any) -> tuple[NameFamily, ...]:
    return tuple(
        NameFamily(identity, uuid, name, tuple(spellings))
        for identity, uuid, name, spellings in raw
    )
