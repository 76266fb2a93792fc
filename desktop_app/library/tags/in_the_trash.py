"""What lies in the trash of tags, read back: each entry whole, or said to be damaged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Binned
from desktop_app.library.steps import Step, step_from_json
from desktop_app.store.findings import Finding

_LARGEST = 2**63  # that the database can hold
_HINT = (
    "Everything else is safe. Restore a backup to get it back, or delete it from the trash of tags."
)


def steps_in(binned: Binned) -> list[Step]:
    """The steps that bring an entry back; BadUsage where it is damaged."""
    try:
        steps = [step_from_json(raw) for raw in json.loads(binned.steps)]
    except (ValueError, TypeError, LookupError, AttributeError):
        raise damaged(binned) from None
    if not all(_fits(step, type(step)) for step in steps):
        raise damaged(binned)
    return steps


def damaged(binned: Binned) -> BadUsage:
    """What is said of an entry that nothing can be brought back from."""
    return BadUsage(f"“{binned.name}” cannot be restored: what was kept of it is damaged.", _HINT)


def findings_of_trash(entries: Iterable[Binned]) -> list[Finding]:
    """That some entries are damaged; a repair leaves them where they are."""
    names = []
    for binned in entries:
        try:
            steps_in(binned)
        except BadUsage:
            names.append(f"“{binned.name}”")
    if not names:
        return []
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    said = f"The trash of tags cannot bring back {', '.join(names[:5])}{more}: it is damaged."
    return [Finding(said, _HINT)]


@cache
def _hints(kind: type) -> dict[str, Any]:
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fits(value: object, hint: Any) -> bool:
    """Whether a value is of the type that the steps give it, as JSON does not see to."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in inner)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if inner[-1] is Ellipsis:
            return all(_fits(each, inner[0]) for each in value)
        return len(value) == len(inner) and all(map(_fits, value, inner))
    if hint is int:
        return type(value) is int and abs(value) < _LARGEST
    if not isinstance(value, hint):
        return False
    return all(_fits(getattr(value, name), each) for name, each in _hints(hint).items())
