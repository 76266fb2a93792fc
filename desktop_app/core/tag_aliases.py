"""The other names of a tag: what each is to it, and how they are written as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_LANGUAGE = 35  # of a language tag (RFC 5646)
LANGUAGE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"  # as the schema of tag collections has it too


def is_language(code: str) -> bool:
    """Tell whether something is written as the code of a language is: ar, ckb, zh-Hant; "" too."""
    return not code or (len(code) <= LONGEST_LANGUAGE and bool(re.fullmatch(LANGUAGE, code)))


class AliasKind(StrEnum):
    """What another name is to a tag."""

    ALIAS = "alias"
    ABBREVIATION = "abbreviation"
    FORMER = "former"  # what the tag was called, or a tag that went up in it
    LANGUAGE = "language"  # the name in another language


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a tag, found as its own is. language: see is_language, "" where it is not said."""

    name: str
    kind: AliasKind = AliasKind.ALIAS
    language: str = ""


def aliases_out(aliases: Iterable[Alias]) -> list[list[str]]:
    """Write aliases so that aliases_in reads them back."""
    return [[alias.name, alias.kind.value, alias.language] for alias in aliases]


def aliases_in(raw: Iterable[str | Sequence[Any]]) -> tuple[Alias, ...]:
    """Read aliases; plain text is one of no particular kind, as they all once were."""
    return tuple(
        Alias(each) if isinstance(each, str) else Alias(each[0], AliasKind(each[1]), each[2])
        for each in raw
    )
