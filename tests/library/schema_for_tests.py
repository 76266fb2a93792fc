"""As much of JSON Schema as the project's own schemas use; an unknown keyword fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SAID_ONLY = {"$schema", "$id", "$defs", "title", "description"}
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
}


def breaches(value: object, schema: Mapping[str, Any]) -> list[str]:
    """Where a value does not follow a schema."""
    return list(_breaches(value, schema, schema, "$"))


def _breaches(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    for keyword, said in schema.items():
        if keyword in _SAID_ONLY:
            continue
        if keyword == "$ref":
            target: Any = root
            for step in said.removeprefix("#/").split("/"):
                target = target[step]
            yield from _breaches(value, target, root, place)
        elif keyword == "type":
            wrong = not isinstance(value, _TYPES[said])
            if wrong or (said == "integer" and isinstance(value, bool)):
                yield f"{place} is not of type {said}"
        elif keyword == "properties":
            for key, below in said.items():
                if isinstance(value, dict) and key in value:
                    yield from _breaches(value[key], below, root, f"{place}.{key}")
        elif keyword == "items":
            for number, each in enumerate(value if isinstance(value, list) else ()):
                yield from _breaches(each, said, root, f"{place}[{number}]")
        elif keyword == "anyOf":
            if all(list(_breaches(value, each, root, place)) for each in said):
                yield f"{place} is none of what it may be"
        elif not _kept(keyword, said, value):
            yield f"{place} breaks {keyword} {said}"


def _kept(keyword: str, said: Any, value: Any) -> bool:
    rules = {
        "const": lambda: value == said,
        "enum": lambda: value in said,
        "required": lambda: not isinstance(value, dict) or set(said) <= value.keys(),
        "pattern": lambda: not isinstance(value, str) or re.search(said, value) is not None,
        "minLength": lambda: not isinstance(value, str) or len(value) >= said,
        "maxLength": lambda: not isinstance(value, str) or len(value) <= said,
        "minimum": lambda: not isinstance(value, int) or value >= said,
        "maximum": lambda: not isinstance(value, int) or value <= said,
        "maxItems": lambda: not isinstance(value, list) or len(value) <= said,
    }
    return bool(rules[keyword]())
