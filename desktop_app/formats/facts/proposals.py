"""What a file proposes about itself, made presentable, and the choice among proposals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import cast

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Facts, Origin, OriginKind
from desktop_app.core.text import clean, one_line
from desktop_app.formats.extract import Proposal

_LONGEST = 500
_UNTITLED = "Untitled document"
_TAG = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$)")
_READ = re.compile(
    r"(?i)\.(?:txt|text|asc|md|markdown|mdown|mkd|s?html?|xht(?:ml)?|mht(?:ml)?|eml|mbox|pdf|epub"
    r"|doc[xm]|dot[xm]|odt|ott|fodt|rtf)$"
)


def stated(fact: FactName, value: str | Iterable[str], place: str) -> list[Proposal]:
    """A proposal that the file makes by name, as a list; empty where the value is nothing."""
    return _made(fact, value, Origin(OriginKind.FILE, place))


def guessed(
    fact: FactName, value: str | Iterable[str], place: str, confidence: float
) -> list[Proposal]:
    """A proposal concluded from the text, as a list; empty where the value is nothing."""
    return _made(fact, value, Origin(OriginKind.GUESSED, place, confidence))


def facts_from(proposals: Iterable[Proposal], file_name: str) -> Facts:
    """Choose the first proposal of each fact; the file name stands in for a missing title."""
    chosen: dict[FactName, Proposal] = {}
    for proposal in proposals:
        chosen.setdefault(proposal.fact, proposal)
    origins = {fact: proposal.origin for fact, proposal in chosen.items()}
    if FactName.TITLE not in chosen:
        origins[FactName.TITLE] = Origin(OriginKind.GUESSED, "file name", 0.2)

    def one(fact: FactName) -> str | None:
        return cast("str", chosen[fact].value) if fact in chosen else None

    authors = chosen.get(FactName.AUTHORS)
    published = one(FactName.PUBLISHED)
    return Facts(
        title=one(FactName.TITLE) or title_of_file_name(file_name),
        authors=cast("tuple[str, ...]", authors.value) if authors else (),
        source=one(FactName.SOURCE),
        url=one(FactName.URL),
        published=PartialDate.parse(published) if published else None,
        language=one(FactName.LANGUAGE),
        origins=origins,
    )


def title_of_file_name(file_name: str) -> str:
    """A title from a file name: without its suffixes, underscores as spaces."""
    name = PurePath(file_name).name.encode("utf-8", "replace").decode("utf-8")
    name = re.sub(r"(?i)\.gz$", "", name)
    name = _READ.sub("", name)
    return short_line(name.replace("_", " ")) or _UNTITLED


def short_line(text: str) -> str:
    """Text as it may stand in a field: clean, white space made single, not endless."""
    line = one_line(text)
    if len(line) > _LONGEST:
        line = line[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return line


def language_code(written: str) -> str:
    """The language that a tag names, "en" of "en-GB"; empty for what is no tag."""
    found = _TAG.match(written)
    return found[1].lower() if found else ""


def _made(fact: FactName, value: str | Iterable[str], origin: Origin) -> list[Proposal]:
    if isinstance(value, str):
        # A shortened address or date would be a wrong one.
        line = short_line(value) if fact is not FactName.URL else clean(value).strip()
        if not line or (fact is FactName.URL and (len(line) > 2_000 or "\n" in line)):
            return []
        return [Proposal(fact, line, origin)]
    names = tuple(dict.fromkeys(line for name in value if (line := short_line(name))))
    return [Proposal(fact, names[:200], origin)] if names else []
