"""The parts that ask nothing themselves but say how a line is answered."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.model import Sort
from desktop_app.core.query_report import Directive

FOLDS = "in"
COPIES = "dup"
UNIT = "find"
ORDER = "sort"

VALUES: Mapping[str, tuple[str, ...]] = {
    FOLDS: ("all",),
    COPIES: ("all",),
    UNIT: ("passages",),
    ORDER: ("date", "-date", "relevance", "title", "added", "-added"),
}
MEANINGS: Mapping[str, str] = {
    FOLDS: "in:all looks into folded parts too",
    COPIES: "dup:all gives every copy of a text by itself",
    UNIT: "find:passages finds highlights instead of documents",
    ORDER: "sort:-date puts the newest first",
}


def waiting(name: str) -> str:
    """The sentence for a directive whose value is still to come."""
    known = " or ".join(f"“{value}”" for value in VALUES[name])
    return f"“{name}:” waits for {known}: {MEANINGS[name]}."


def read_as_word(name: str) -> str:
    """The sentence for a directive's name with a blank behind its colon."""
    return (
        f"“{name}:” was read as a word: its value stands right behind the colon, "
        f"as in {name}:{VALUES[name][0]}."
    )


def refused(name: str, value: str) -> str:
    """The sentence for a value that a directive does not have."""
    if len(VALUES[name]) == 1:
        return (
            f"“{name}:” knows only “{VALUES[name][0]}”: {MEANINGS[name]}. "
            f'To find the words themselves, write "{name} {value.strip()}".'
        )
    listed = ", ".join(f"{name}:{each}" for each in VALUES[name][:-1])
    return (
        f"“{name}:{value}” is not known: write {listed} or {name}:{VALUES[name][-1]}; "
        f"{MEANINGS[name]}."
    )


def sort_of(directives: list[Directive]) -> Sort | None:
    """The order that was asked for; of several the last."""
    orders = [each.value for each in directives if each.name == ORDER]
    return Sort(orders[-1]) if orders else None


def has(directives: list[Directive], name: str) -> bool:
    """Whether a directive was given."""
    return any(each.name == name for each in directives)
