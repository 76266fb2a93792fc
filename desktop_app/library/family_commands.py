"""What a person can do to the spellings of names; see commands."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.name_families import (
    LONGEST_SPELLING,
    MOST_SPELLINGS,
    NameFamily,
    spelling_key,
)
from desktop_app.core.text import one_line
from desktop_app.library.family_steps import FamilyStep
from desktop_app.library.steps import Taking

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class JoinSpellings:
    """Let spellings be one name, with all that are joined with any of them already.

    The first gives a new family its name; a family that is there keeps its own.
    """

    spellings: tuple[str, ...]

    def do(self, taking: Taking) -> str:
        forms = tuple(dict.fromkeys(_checked(spelling) for spelling in self.spellings))
        families = taking.work.name_families
        before = tuple(families.of_any(forms))
        joined = {each for family in before for each in family.spellings}.union(forms)
        if len(joined) < 2:
            raise BadUsage("A name needs two spellings to be joined.", "Choose another one.")
        if len(joined) > MOST_SPELLINGS:
            raise BadUsage(
                f"That would be {len(joined):,} spellings of one name.",
                f"The most that can be joined is {MOST_SPELLINGS}; nothing has been changed.",
            )
        # That of the first spelling keeps its name, or else the one that is found first.
        kept = families.of(forms[0]) or next(iter(before), None)
        spellings = tuple(sorted(joined))
        if kept is not None and (before, kept.spellings) == ((kept,), spellings):
            return _named(forms)
        if kept is not None:
            taking.take(FamilyStep(before, (replace(kept, spellings=spellings),)))
            return _named(forms)
        name = one_line(self.spellings[0])
        new = NameFamily(0, str(uuids.uuid4()), name, spellings)
        taking.made(FamilyStep((), (replace(new, id=families.add(new)),)))
        return _named(forms)


@dataclass(frozen=True, slots=True)
class LeaveFamily:
    """Let a spelling no longer be one of its name; of two the other is no family either."""

    spelling: str

    def do(self, taking: Taking) -> str:
        forms = _checked(self.spelling)
        before = taking.work.name_families.of(forms)
        if before is not None:
            rest = tuple(each for each in before.spellings if each != forms)
            after = (replace(before, spellings=rest),) if len(rest) > 1 else ()
            taking.take(FamilyStep((before,), after))
        name = "its name" if before is None else f"“{before.name}”"
        return f"Part the spelling “{forms}” from {name}"


def _checked(spelling: str) -> str:
    forms = spelling_key(spelling)
    if not forms:
        raise BadUsage(f"“{one_line(spelling)}” has no word.", "Choose a spelling that has one.")
    if len(forms) > LONGEST_SPELLING:
        raise BadUsage(
            f"The spelling is {len(forms):,} characters long.",
            f"The longest that can be joined is {LONGEST_SPELLING}.",
        )
    return forms


def _named(forms: Sequence[str]) -> str:
    shown = ", ".join(f"“{each}”" for each in forms[:_SHOWN])
    more = len(forms) - _SHOWN
    return f"Join the spellings {shown}{f' and {more:,} more' if more > 0 else ''}"
