"""Which tags of two codebooks are the same: by uuid, else by name in the same place."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.tag_paths import join_tag_path
from desktop_app.core.words import name_key


def matched(one: Codebook, other: Codebook) -> dict[str, str]:
    """For every tag of the other codebook the uuid of the one it is; its own where there is none."""
    own = {tag.uuid: tag.uuid for tag in one.tags} if one.own_uuids and other.own_uuids else {}
    led = {uuid: tag.uuid for tag in one.tags for uuid in tag.formerly} if own else {}
    places: dict[tuple[str | None, str], str] = {}
    aliases: dict[tuple[str | None, str], str] = {}
    for tag in one.tags:
        places[tag.parent, name_key(tag.name)] = tag.uuid
        for alias in tag.aliases:
            aliases.setdefault((tag.parent, name_key(alias.name)), tag.uuid)
    match: dict[str, str] = {}
    for tag in other.tags:
        parent = None if tag.parent is None else match[tag.parent]
        place = parent, name_key(tag.name)
        formerly = (own[uuid] for uuid in tag.formerly if uuid in own)
        match[tag.uuid] = (
            own.get(tag.uuid)
            or led.get(tag.uuid)
            or next(formerly, None)
            or places.get(place)
            or aliases.get(place)
            or tag.uuid
        )
    return match


def paths_of(codebook: Codebook) -> Iterator[tuple[CodebookTag, str]]:
    """The tags of a codebook with their paths."""
    names: dict[str, tuple[str, ...]] = {}
    for tag in codebook.tags:
        above = () if tag.parent is None else names[tag.parent]
        names[tag.uuid] = (*above, tag.name)
        yield tag, join_tag_path(names[tag.uuid])
