"""What a codebook says otherwise of a tag than the library does, and the tag with what it says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.core.codebook import CodebookTag
from desktop_app.core.model import Tag
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.words import name_key


class Field(StrEnum):
    """What can be said of a tag, in the words that a person reads."""

    NAME = "name"
    PLACE = "place"
    COLOUR = "colour"
    PATTERN = "pattern"
    LETTERS = "letters"
    KEY = "key"
    ALIASES = "other names"
    DEFINITION = "definition"
    USE_WHEN = "when to use"
    NOT_WHEN = "when not to"
    EXAMPLES = "examples"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same, in words. fills: nothing of it is said in the library yet."""

    field: Field
    here: str
    there: str
    fills: bool


def differences(
    here: Tag, there: CodebookTag, *, place_here: str, place_there: str
) -> tuple[Difference, ...]:
    """What the codebook says otherwise; what it leaves open is no difference.

    place_here, place_there: where the tag stands, and where the codebook has it, in words.
    """
    found: list[Difference] = []

    def add(field: Field, ours: str, theirs: str, *, fills: bool = False) -> None:
        found.append(Difference(field, ours, theirs, fills))

    if there.name != here.name:
        add(Field.NAME, here.name, there.name)
    if place_here != place_there:
        add(Field.PLACE, place_here, place_there)
    if there.colour and there.colour != here.colour:
        add(Field.COLOUR, here.colour, there.colour)
    if there.pattern not in (Pattern.PLAIN, here.pattern):
        add(Field.PATTERN, here.pattern, there.pattern, fills=here.pattern is Pattern.PLAIN)
    if there.letters and there.letters != here.letters:
        add(Field.LETTERS, here.letters, there.letters, fills=not here.letters)
    if there.key is not None and there.key != here.key:
        add(Field.KEY, str(here.key or ""), str(there.key), fills=here.key is None)
    if new := _new_aliases(here, there):
        ours = ", ".join(here.also_called)
        add(Field.ALIASES, ours, ", ".join(alias.name for alias in new), fills=True)
    for field, ours, theirs in (
        (Field.DEFINITION, here.definition, there.definition),
        (Field.USE_WHEN, here.use_when, there.use_when),
        (Field.NOT_WHEN, here.not_when, there.not_when),
        (Field.EXAMPLES, here.examples, there.examples),
    ):
        if theirs and theirs != ours:
            add(field, ours, theirs, fills=not ours)
    if there.archived and not here.archived:
        add(Field.ARCHIVED, "no", "yes")
    return tuple(found)


def with_these(here: Tag, there: CodebookTag, fields: Collection[Field]) -> Tag:
    """The tag with what the codebook says of some fields; its place is the caller's."""
    wanted = set(fields)

    def pick(field: Field, ours: str, theirs: str) -> str:
        return theirs if field in wanted else ours

    return replace(
        here,
        name=pick(Field.NAME, here.name, there.name),
        colour=pick(Field.COLOUR, here.colour, there.colour),
        pattern=there.pattern if Field.PATTERN in wanted else here.pattern,
        letters=pick(Field.LETTERS, here.letters, there.letters),
        key=there.key if Field.KEY in wanted else here.key,
        aliases=(
            (*here.aliases, *_new_aliases(here, there)) if Field.ALIASES in wanted else here.aliases
        ),
        definition=pick(Field.DEFINITION, here.definition, there.definition),
        use_when=pick(Field.USE_WHEN, here.use_when, there.use_when),
        not_when=pick(Field.NOT_WHEN, here.not_when, there.not_when),
        examples=pick(Field.EXAMPLES, here.examples, there.examples),
        archived=here.archived or (there.archived and Field.ARCHIVED in wanted),
    )


def _new_aliases(here: Tag, there: CodebookTag) -> tuple[Alias, ...]:
    known = {name_key(here.name), *map(name_key, here.also_called)}
    new: list[Alias] = []
    for alias in there.aliases:
        if name_key(alias.name) not in known:
            known.add(name_key(alias.name))
            new.append(alias)
    return tuple(new)
