"""Whether the tags of a file make a tree: each known once, each below one that is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.core.codebook import CodebookTag
from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.tag_names import LONGEST_NAME, checked_name
from desktop_app.core.text import one_line
from desktop_app.core.words import name_key

MOST_TAGS = 100_000
DEEPEST = 100
MOST_ALIASES = 1_000


TOO_LONG = (
    f"The name of “{{name}}” is longer than {LONGEST_NAME} characters; it was cut, and stands whole "
    "in the definition.",
    f"{{count}} names are longer than {LONGEST_NAME} characters; they were cut, and stand whole in "
    "the definitions. The first is “{name}”.",
)
TWICE = (
    "“{name}” stands twice in one place of the file, and was read as one tag.",
    "{count} tags stand twice in one place of the file, and were read as one each; "
    "the first is “{name}”.",
)


class Unsound(Exception):
    """Why a file cannot be read as a tag collection, as the end of a sentence."""


def sound_name(name: str, where: str) -> str:
    """The name of a tag as it may be; where: what has it, as in “line 3”."""
    try:
        return checked_name(name)
    except BadUsage as refused:
        raise Unsound(f"{where} cannot be taken: {refused.message}") from refused


def shortened(name: str, where: str) -> tuple[str, str]:
    """The name of a tag as it may be, and all of it where it had to be made shorter, else ""."""
    whole = one_line(name)
    if len(whole) <= LONGEST_NAME:
        return sound_name(whole, where), ""
    return f"{whole[: LONGEST_NAME - 1].rstrip()}…", whole


def arranged(tags: Sequence[CodebookTag]) -> tuple[CodebookTag, ...]:
    """Put parents before their children, and siblings in the order of their names.

    Raises Unsound for more than anybody would read of one tag; for two tags of a uuid, or of a name
    in one place; for a parent that is not there; for tags that stand inside themselves; for a tree
    that is too deep or too large.
    """
    if len(tags) > MOST_TAGS:
        raise Unsound(f"it holds more than {MOST_TAGS:,} tags.")
    known: dict[str, CodebookTag] = {}
    for tag in tags:
        if tag.uuid in known:
            raise Unsound(f"the tag “{tag.name}” has the uuid of “{known[tag.uuid].name}”.")
        known[tag.uuid] = tag
        _refuse_endless(tag)
    below: dict[str | None, dict[str, CodebookTag]] = defaultdict(dict)
    for tag in tags:
        if tag.parent is not None and tag.parent not in known:
            raise Unsound(f"the tag that “{tag.name}” stands in is not in the file.")
        if below[tag.parent].setdefault(name_key(tag.name), tag) is not tag:
            raise Unsound(f"the tag “{tag.name}” stands twice in one place.")
    found: list[CodebookTag] = []
    waiting = [(tag, 1) for tag in _backwards(below[None])]
    while waiting:
        tag, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unsound(f"its tags are nested more than {DEEPEST} deep.")
        found.append(tag)
        waiting += [(child, depth + 1) for child in _backwards(below[tag.uuid])]
    if len(found) < len(tags):
        reached = {tag.uuid for tag in found}
        lost = next(tag for tag in tags if tag.uuid not in reached)
        raise Unsound(f"the tag “{lost.name}” stands inside itself.")
    return tuple(found)


def _refuse_endless(tag: CodebookTag) -> None:
    for said in (tag.definition, tag.use_when, tag.not_when, tag.examples):
        if len(said) > LONGEST_NOTE:
            raise Unsound(
                f"what it says of the tag “{tag.name}” is {len(said):,} characters long; "
                f"{LONGEST_NOTE:,} can be kept."
            )
    if len(tag.aliases) > MOST_ALIASES:
        raise Unsound(f"the tag “{tag.name}” has more than {MOST_ALIASES:,} other names.")


def _backwards(siblings: dict[str, CodebookTag]) -> list[CodebookTag]:
    return [tag for _, tag in sorted(siblings.items(), reverse=True)]


def joined(tags: Iterable[CodebookTag]) -> tuple[list[CodebookTag], list[str]]:
    """Make one tag of those that have the same name in one place; also return these names.

    Parents have to stand before their children. What the later ones say is added to the first, and
    their uuids lead to it.
    """
    kept: dict[str, CodebookTag] = {}
    places: dict[tuple[str | None, str], str] = {}
    instead: dict[str, str] = {}
    twice: list[str] = []
    for tag in tags:
        parent = instead.get(tag.parent, tag.parent) if tag.parent is not None else None
        first = places.setdefault((parent, name_key(tag.name)), tag.uuid)
        if first == tag.uuid:
            kept[tag.uuid] = replace(tag, parent=parent)
            continue
        twice.append(tag.name)
        instead[tag.uuid] = first
        kept[first] = _as_one(kept[first], tag)
    return list(kept.values()), twice


def _as_one(first: CodebookTag, second: CodebookTag) -> CodebookTag:
    said = first.definition
    if second.definition and second.definition not in said:
        said = f"{said}\n\n{second.definition}" if said else second.definition
    return replace(
        first,
        definition=said,
        colour=first.colour or second.colour,
        aliases=tuple(dict.fromkeys((*first.aliases, *second.aliases))),
        formerly=(*first.formerly, second.uuid),
    )
