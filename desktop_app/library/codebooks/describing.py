"""All that is said of a tag in one text, for formats that have room for one text only.

The definition comes first; what else is said follows, each part after a blank line and a label:
“Use when: ”, “Not when: ”, “Examples: ”, “Also called: ”. Read back, the parts go where they came
from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.library.codebooks.fields import alias_of, once_each
from desktop_app.library.codebooks.remarks import Remarks

_LABELS = ("Use when", "Not when", "Examples", "Also called")
_LABEL = "|".join(_LABELS)
_PART = re.compile(rf"(?:\A|\n\n)({_LABEL}): ")
# A line of somebody's own that begins like a label has a backslash before it.
_LIKE = re.compile(rf"^(\\*(?:{_LABEL}): )", re.M)
_ESCAPED = re.compile(rf"^\\(\\*(?:{_LABEL}): )", re.M)

_KINDS = "|".join(AliasKind)
_ALIAS = re.compile(
    rf"(?P<name>.*\S) (?<!\\)\((?P<kind>{_KINDS})(?:, (?P<language>[\w-]+))?\)", re.S
)
_MARKS = re.compile(r"[\\;|(]")
_PIECE = re.compile(r"(?:\\.|[^\\;\n])+|\\", re.S)
_BARRED = re.compile(r"(?:\\.|[^\\|\n])+|\\", re.S)


@dataclass(frozen=True, slots=True)
class Described:
    """What a text says of a tag."""

    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: str = ""
    aliases: tuple[Alias, ...] = ()


def in_one_text(said: Described) -> str:
    """Write what is said of a tag as one text."""
    written = (said.use_when, said.not_when, said.examples)
    parts = [_LIKE.sub(r"\\\1", said.definition)] if said.definition else []
    parts += [
        f"{label}: " + _LIKE.sub(r"\\\1", part)
        for label, part in zip(_LABELS[:3], written, strict=True)
        if part
    ]
    if said.aliases:
        parts.append(f"{_LABELS[3]}: {in_one_cell(said.aliases)}")
    return "\n\n".join(parts)


def from_one_text(text: str, name: str, remarks: Remarks) -> Described:
    """Read such a text; one without labels is a definition. name: of the tag."""
    found = _PART.split(text)
    parts = dict.fromkeys(_LABELS, "")
    for label, part in zip(found[1::2], found[2::2], strict=True):
        parts[label] = f"{parts[label]}\n\n{part}" if parts[label] else part
    aliases = aliases_from(parts.pop("Also called"), name, remarks)
    said = {label: _ESCAPED.sub(r"\1", part) for label, part in parts.items()}
    definition = _ESCAPED.sub(r"\1", found[0])
    return Described(definition, said["Use when"], said["Not when"], said["Examples"], aliases)


def in_one_cell(aliases: tuple[Alias, ...]) -> str:
    """Write aliases after one another: `Syrie (language, fr); SYR (abbreviation); Suriya`."""
    return "; ".join(map(_alias_out, aliases))


def aliases_from(cell: str, name: str, remarks: Remarks) -> tuple[Alias, ...]:
    """Read them back, also where lines or bars part them. name: of the tag they are of."""
    pieces = _PIECE.findall(cell)
    if len(pieces) == 1:
        pieces = _BARRED.findall(cell)
    return once_each([_alias_in(piece.strip(), name, remarks) for piece in pieces])


def _alias_out(alias: Alias) -> str:
    name = _MARKS.sub(r"\\\g<0>", alias.name)
    if alias == Alias(alias.name):
        return name
    return f"{name} ({', '.join(filter(None, (alias.kind.value, alias.language)))})"


def _alias_in(piece: str, name: str, remarks: Remarks) -> Alias | None:
    kind, language = AliasKind.ALIAS.value, ""
    if found := _ALIAS.fullmatch(piece):
        piece, kind, language = found["name"], found["kind"], found["language"] or ""
    return alias_of("".join(_unescaped(piece)), kind, language, name, remarks)


def _unescaped(piece: str) -> Iterator[str]:
    letters = iter(piece)
    for letter in letters:
        yield next(letters, letter) if letter == "\\" else letter
