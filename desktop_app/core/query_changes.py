"""Change the tree of a query part by part; what is left keeps the rules of a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop_app.core.query_near import near_text
from desktop_app.core.query_tree import And, Everything, Near, Node, Not, Or, Same, conjuncts

Change = Callable[[Node], Node | None]

MISSING: Node = Everything()  # known by its identity, since it asks nothing


def changed(tree: Node, part: Node, change: Change) -> Node | None:
    """The tree with a part changed; None where nothing is left, MISSING where it has no such part."""
    if not any(_is(node, part) for node in _nodes(tree)):
        return MISSING
    return _change(tree, part, change)


def _nodes(tree: Node) -> Iterator[Node]:
    yield tree
    match tree:
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from _nodes(part)
        case Not(part) | Same(part):
            yield from _nodes(part)


def _is(node: Node, part: Node) -> bool:
    if isinstance(node, And | Or | Not | Everything) or isinstance(
        part, And | Or | Not | Everything
    ):
        return False
    return (node.start, node.end) == (part.start, part.end) and node == part


def _change(node: Node, part: Node, change: Change) -> Node | None:
    if _is(node, part):
        return change(node)
    match node:
        case And(parts):
            return together(_changes(parts, part, change)) if parts else None
        case Or(parts):
            return either(_changes(parts, part, change))
        case Not(inner):
            found = _change(inner, part, change)
            if found is None:
                return None
            return found.part if isinstance(found, Not) else Not(found)
        case Near(parts, distance, ordered):
            kept = _changes(parts, part, change)
            if len(kept) < 2:
                return kept[0] if kept else None
            if kept == list(parts):
                return node
            text = near_text(kept, distance, ordered=ordered)
            return Near(tuple(kept), distance, ordered, text)  # type: ignore[arg-type]
        case Same(inner):
            found = _change(inner, part, change)
            return None if found is None else Same(found, f"same:passage({found})")
    return node


def _changes(parts: Sequence[Node], part: Node, change: Change) -> list[Node]:
    changed = (_change(each, part, change) for each in parts)
    return [each for each in changed if each is not None]


def together(parts: Sequence[Node]) -> Node:
    """A tree in which all of some parts hold."""
    flat = [each for part in parts for each in conjuncts(part)]
    if len(flat) < 2:
        return flat[0] if flat else Everything()
    return And(tuple(flat))


def either(parts: Sequence[Node]) -> Node | None:
    """A tree in which any of some parts holds; None of none."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, Or) else (part,))]
    if len(flat) < 2:
        return flat[0] if flat else None
    return Or(tuple(flat))


def is_beside(tree: Node, part: Node, other: Node) -> bool:
    """Whether an alternative to a part, or it itself, is wanted there already."""
    if part == other:
        return True
    return any(
        isinstance(node, Or) and any(_is(each, part) for each in node.parts) and other in node.parts
        for node in _nodes(tree)
    )
