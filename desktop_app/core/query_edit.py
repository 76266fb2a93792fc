"""Change a typed query part by part, and keep the rest as it was typed.

What comes out is always read as what was meant: a line is changed where it was typed, read again,
and compared with the tree that it should give; where it gives another, the tree is written out.
A part is one of a query that was read from the very same text; any other changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop_app.core.query import Query, parse
from desktop_app.core.query_changes import MISSING, changed, either, is_beside, together
from desktop_app.core.query_reading import Reader
from desktop_app.core.query_tree import (
    Everything,
    Fact,
    Leaf,
    Node,
    Not,
    Or,
    Place,
    Said,
    conjuncts,
    in_folded_too,
    straighten,
)

_NEGATED = re.compile(r"(?:(?<![^\s(|])(?:NOT\s+|-\s*))+$")
_BEHIND_OPERATOR = re.compile(r"(?<![^\s()\"])(?:AND|OR|\||(?:NEAR|BEFORE)/[0-9]+)\s*$")
_AHEAD_OPERATOR = re.compile(r"^\s*(?:AND|OR|\||(?:NEAR|BEFORE)/[0-9]+)(?![^\s()\"])")
_EMPTY_BRACKET = re.compile(r"(?:(?<![^\s(|])-)?(?:[a-z]+:)?\(\s*\)", re.IGNORECASE)
_BLANKS = re.compile(r"\s{2,}")
_LEADING = re.compile(r"^(?:(?:AND|OR)\s+|\|\s*)+")

_TRAILING = re.compile(r"(?:(?:^|\s+)(?:AND|OR|NOT|\||-|(?:NEAR|BEFORE)/[0-9]+))+$")


def without(text: str, part: Leaf) -> str:
    """The query without a part, nor the minus before it or the operator beside it."""
    query = parse(text)
    tree = changed(query.tree, part, lambda _: None)
    if tree is MISSING:
        return text
    before, behind = text[: part.start], text[part.end :]
    unsigned = _NEGATED.sub("", before)
    one_less = _BEHIND_OPERATOR.sub("", unsigned)
    ahead_less = _AHEAD_OPERATOR.sub("", behind)
    candidates = [_gap(unsigned, ahead_less), _gap(one_less, ahead_less), _gap(unsigned, behind)]
    if one_less != unsigned:
        candidates.insert(0, _gap(one_less, behind))
    return _first_right(map(_tidy, candidates), tree or Everything(), query.asides())


def narrowed(text: str, part_text: str) -> str:
    """The query and another one, both of which must hold; the same text where it does already."""
    query, other = parse(text), parse(part_text)
    held = conjuncts(query.tree)
    new = [part for part in conjuncts(other.tree) if part not in held]
    if query.folded:
        new = [part for part in map(in_folded_too, new) if part not in held]
    asides = _joined_asides(query, other)
    if not new and asides == query.asides():
        return text
    if other.sort is not None and query.sort is not None:
        text = _cut(
            text, [(each.start, each.end) for each in query.directives if each.name == "sort"]
        )
    tree = together([*held, *new])
    if "in:all" in asides:
        tree = in_folded_too(tree)
    plain, added = text.strip(), part_text.strip()
    candidates = [
        f"{_TRAILING.sub('', plain)} {added}".strip(),
        f"{plain} {added}".strip(),
        f"{plain} ({added})",
        f"({plain}) {added}",
        f"({plain}) ({added})",
        f"{plain} {_conjunction(new)}".strip(),
        f"({plain}) {_conjunction(new)}",
    ]
    return _first_right(candidates, tree, asides)


def widened(text: str, part: Leaf, alternative: str) -> str:
    """The query in which a part, or the alternative instead of it, is wanted.

    What the alternative says without a field of its own is looked for where the part is.
    """
    query = parse(text)
    place = part.place if isinstance(part, Said) else Place.ANYWHERE
    bare = alternative.strip()
    other = parse(f"{place.value}:({bare})" if place.value else bare).tree
    if isinstance(other, Everything):
        return text
    if query.folded:
        other = in_folded_too(other)
    if is_beside(query.tree, part, other):
        return text
    tree = changed(query.tree, part, lambda node: either([node, other]))
    if tree is MISSING or tree is None:
        return text
    before, typed, behind = text[: part.start], text[part.start : part.end], text[part.end :]
    field = f"{place.value}:"
    candidates = [f"{before}{typed} OR {bare}{behind}", f"{before}({typed} OR {bare}){behind}"]
    if place.value and typed.lower().startswith(field):
        candidates.append(f"{before}{field}({typed[len(field) :]} OR {bare}){behind}")
    return _first_right(candidates, tree, query.asides())


def replaced(text: str, part: Leaf, new: str) -> str:
    """The query with something else in the place of a part."""
    query, other = parse(text), parse(new)
    if isinstance(other.tree, Everything):
        rest = without(text, part)
        return narrowed(rest, new) if other.asides() else rest
    asides = _joined_asides(query, other)
    wanted = in_folded_too(other.tree) if query.folded else other.tree
    tree = changed(query.tree, part, lambda _: wanted)
    if tree is MISSING or tree is None:
        return text
    if "in:all" in asides:
        tree = in_folded_too(tree)
    before, behind = text[: part.start], text[part.end :]
    candidates = [f"{before}{new.strip()}{behind}", f"{before}({new.strip()}){behind}"]
    return _first_right(candidates, tree, asides)


def chips(text: str) -> tuple[tuple[str, ...], str]:
    """Take a query apart: the facts that hold for all of it and how it is answered; and the rest.

    Each of the first is a query of its own; `joined` puts all of it together again.
    """
    reader = Reader(straighten(text))
    reader.read_any(depth=0)
    tops = [top for alternative in reader.tops for top in alternative]
    one_way = sum(1 for alternative in reader.tops if alternative) < 2
    taken = [(top.start, top.end, str(top.node)) for top in tops if one_way and _is_fact(top.node)]
    taken += [
        (each.start, each.end, str(each))
        for each in reader.directives
        if not any(top.start <= each.start < top.end for top in tops)
    ]
    taken.sort()
    rest = _cut(text, [(start, end) for start, end, _ in taken])
    rest = _LEADING.sub("", rest) if one_way else rest
    found = tuple(dict.fromkeys(said for _, _, said in taken))
    before, after = parse(text), parse(joined(found, rest))
    if after.asides() != before.asides() or not _same_parts(after.tree, before.tree):
        return (), text
    return found, rest


def joined(chips: Iterable[str], rest: str) -> str:
    """Put together what `chips` took apart."""
    before = " ".join(chips)
    if not before or not rest.strip():
        return before or rest
    facts, other = parse(before), parse(rest)
    tree = together([*conjuncts(facts.tree), *conjuncts(other.tree)])
    asides = _joined_asides(facts, other)
    if "in:all" in asides:
        tree = in_folded_too(tree)
    plain = rest.strip()
    return _first_right(
        [f"{before} {plain}", f"{before} ({plain})", f"{before} ({plain}"], tree, asides
    )


def _is_fact(node: Node) -> bool:
    return isinstance(node.part if isinstance(node, Not) else node, Fact)


def _same_parts(one: Node, other: Node) -> bool:
    """Whether two trees ask for the same parts together, in any order, each however often."""
    return set(conjuncts(one)) == set(conjuncts(other))


def _conjunction(parts: Sequence[Node]) -> str:
    return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in parts)


def _joined_asides(query: Query, other: Query) -> list[str]:
    """How a line is answered that holds both: of two orders the second."""
    asides = parse(" ".join((*query.asides(), *other.asides())))
    return asides.asides()


def _first_right(candidates: Iterable[str], tree: Node, asides: list[str]) -> str:
    """The first text that is read as a tree; the tree written out where none is."""
    for candidate in candidates:
        query = parse(candidate)
        if query.tree == tree and query.asides() == asides:
            return candidate
    said = [str(tree)] if str(tree) else []
    return " ".join((*said, *asides))


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = _gap(text[:start], text[end:])
    return text


def _gap(before: str, behind: str) -> str:
    """Close the gap that something left."""
    before, behind = before.rstrip(), behind.lstrip()
    if not before or not behind or before.endswith("(") or behind.startswith(")"):
        return before + behind
    return f"{before} {behind}"


def _tidy(text: str) -> str:
    """Leave out brackets that hold nothing."""
    while (tidied := _EMPTY_BRACKET.sub("", text)) != text:
        text = _BLANKS.sub(" ", tidied)
    return text.strip()
