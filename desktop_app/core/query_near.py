"""Put things near each other, or say why they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from desktop_app.core.query_tree import (
    And,
    Family,
    Impossible,
    Near,
    Node,
    Not,
    Or,
    Place,
    Said,
    Spoken,
    spoken,
)

FARTHEST = 1_000
MOST_PARTS = 20
# Runs of words in any order, none overlapping another, are found by trying which comes first: the
# work doubles with every part.
MOST_LONG = 6
# What is near what is near something else: nobody types it deeper, and recursion has an end.
_DEEPEST = 10


def can_be_near(node: Node) -> TypeGuard[Spoken | Or]:
    """Whether a part is said, so that something can be near it."""
    if isinstance(node, Or):
        return all(can_be_near(part) for part in node.parts)
    return isinstance(node, Said | Family | Near)


def near_text(parts: Sequence[Node], distance: int, *, ordered: bool) -> str:
    """Write what stands near what, so that it is read back alike."""
    operator = f" {'BEFORE' if ordered else 'NEAR'}/{distance} "
    return operator.join(
        f"({part})" if isinstance(part, Or | And | Not) or _is_chain(part) else str(part)
        for part in parts
    )


def _is_chain(part: Node) -> bool:
    """Whether a part is written with an operator, not as a phrase with a distance behind it."""
    if isinstance(part, Near):
        return part.typed == near_text(part.parts, part.distance, ordered=part.ordered)
    return isinstance(part, Impossible) and part.name == "near"


def why_not_near(parts: Sequence[Node], distance: int, *, ordered: bool) -> str:
    """The sentence that says why things cannot be asked for near each other; "" where they can."""
    operator = f"{'BEFORE' if ordered else 'NEAR'}/{distance}"
    if trouble := why_not_distance(distance, operator):
        return trouble
    for part in parts:
        if can_be_near(part):
            continue
        if isinstance(part, Not):
            return (
                f"“{operator}” cannot have a minus or NOT beside it: put it before all of it, "
                f"as in -(raqqa {operator} siege)."
            )
        if isinstance(part, And):
            return (
                f"“{operator}” cannot have several words in a bracket beside it, unless OR stands "
                f"between them: write raqqa {operator} siege {operator} dam, or quote a phrase."
            )
        return (
            f"“{operator}” stands between words, phrases and alternatives of them only: "
            f'“{part}” is none. Write raqqa {operator} "siege of" {part}.'
        )
    places = {each.place for part in parts if can_be_near(part) for each in spoken(part)}
    if len(places) > 1:
        field = min(place.value for place in places if place is not Place.ANYWHERE)
        return (
            f"What stands in different places is never near each other: write "
            f"{field}:(raqqa {operator} siege) for both in one place."
        )
    if len(parts) > MOST_PARTS:
        return (
            f"“{operator}” joins {len(parts):,} things; the most is {MOST_PARTS}. "
            "Put words that follow each other in quotes, such as “state of war”."
        )
    if not ordered and len(parts) > MOST_LONG and not all(map(_is_word, parts)):
        return (
            f"“{operator}” joins {len(parts):,} things of which some can be longer than a word; the "
            f"most is {MOST_LONG}, or {MOST_PARTS} single words. Where they follow each other write "
            f"BEFORE/{distance} between them."
        )
    if 1 + max(map(_depth, parts)) > _DEEPEST:
        return (
            f"“{operator}” stands more than {_DEEPEST} deep in others: use the same distance "
            f"throughout, as in raqqa {operator} siege {operator} dam."
        )
    return ""


def why_not_distance(distance: int, operator: str) -> str:
    """The sentence that says why a distance cannot be; "" where it can. operator: as it is typed."""
    name = operator.rstrip("0123456789")
    if distance < 1:
        return f"“{operator}” is nearer than words can be: {name}1 means side by side."
    if distance > FARTHEST:
        return f"“{name}” reaches over {FARTHEST:,} words at most: write {name}{FARTHEST}."
    return ""


def _is_word(node: Node) -> bool:
    """Whether a part is never longer than one word."""
    if isinstance(node, Or):
        return all(map(_is_word, node.parts))
    return isinstance(node, Said) and len(node.words) == 1


def _depth(node: Node) -> int:
    match node:
        case Near(parts):
            return 1 + max(map(_depth, parts))
        case Or(parts):
            return max(map(_depth, parts))
    return 0
