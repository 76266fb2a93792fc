"""What a reader makes of a file, and how it travels between the processes.

An Extract goes over the pipe as JSON. Nothing that comes back is trusted: `from_json` checks every
type, size, offset and count again and builds the text anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import Problem
from desktop_app.core.model import FactName, Origin, OriginKind
from desktop_app.core.text import Block, BlockKind, Fold, Span, SpanKind, Text, clean, make_text

MEDIA_TYPES: Final = frozenset(
    {"text/plain", "text/markdown", "text/html", "application/xhtml+xml"}
)
LINK_SCHEMES: Final = ("http://", "https://", "mailto:")
_LONGEST_VALUE = 2_000
_LONGEST_TARGET = 4_000
_MOST_PROPOSALS = 200

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_FACTS = {name.value: name for name in FactName}
_ORIGINS = {kind.value: kind for kind in OriginKind}

_Known = TypeVar("_Known")
Json = str | int | float | None | list["Json"] | dict[str, "Json"]


class Refused(Problem):
    """A file that is not taken in; the message says why, without naming the file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file says or lets guess about itself.

    value: a tuple of names for the authors, ISO text for the date (`2016-03`), text for the rest.
    """

    fact: FactName
    value: str | tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what it says about itself.

    proposals: best first; a fact may have several. words: how many the canonical text has.
    warning: a sentence, where the file was read but something about it must be said.
    """

    text: Text
    proposals: tuple[Proposal, ...]
    media_type: str
    extractor: str
    words: int
    warning: str | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.text.blocks

    @property
    def folds(self) -> tuple[Fold, ...]:
        return self.text.folds

    def to_json(self) -> bytes:
        """Write it as JSON, in ASCII."""
        value: dict[str, Json] = {
            "blocks": [_block_out(block) for block in self.text.blocks],
            "folds": [[fold.start, fold.end, fold.kind, fold.rule] for fold in self.text.folds],
            "proposals": [_proposal_out(proposal) for proposal in self.proposals],
            "media_type": self.media_type,
            "extractor": self.extractor,
            "words": self.words,
            "warning": self.warning,
        }
        return json.dumps(value, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_json(cls, raw: bytes) -> Extract:
        """Read it back; ValueError for anything that is not sound."""
        try:
            value = json.loads(raw)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        fields = _mapping(value)
        blocks = [_block_in(item) for item in _list(fields.get("blocks"))]
        folds = [_fold_in(item) for item in _list(fields.get("folds"))]
        proposals = _list(fields.get("proposals"))
        if len(proposals) > _MOST_PROPOSALS:
            raise ValueError("too many proposals")
        media_type = _str(fields.get("media_type"), 100)
        if media_type not in MEDIA_TYPES:
            raise ValueError(f"unknown media type: {media_type!r}")
        extractor = _str(fields.get("extractor"), 40)
        text = make_text(blocks, extractor, folds=folds)
        warning = fields.get("warning")
        return cls(
            text,
            tuple(_proposal_in(item) for item in proposals),
            media_type,
            extractor,
            _int(fields.get("words"), 0, len(text.canonical)),
            None if warning is None else _str(warning, _LONGEST_VALUE),
        )


def _block_out(block: Block) -> list[Json]:
    if not block.spans and not block.level and block.number is None:
        return [block.kind.value, block.text]
    spans: list[Json] = [[s.start, s.end, s.kind.value, s.target] for s in block.spans]
    return [block.kind.value, block.text, block.level, block.number, spans]


def _block_in(value: Json) -> Block:
    fields = _list(value)
    if len(fields) not in (2, 5):
        raise ValueError("not a block")
    kind = _known(fields[0], _BLOCK_KINDS)
    text = fields[1]
    if not isinstance(text, str):
        raise ValueError("a block's text is no text")
    if len(fields) == 2:
        return Block(kind, text)
    level = _int(fields[2], 0, 6 if kind is BlockKind.HEADING else 10_000)
    number = None if fields[3] is None else _int(fields[3], -(10**9), 10**9)
    spans = tuple(_span_in(span, len(text)) for span in _list(fields[4]))
    return Block(kind, text, level, number, spans)


def _span_in(value: Json, length: int) -> Span:
    fields = _list(value)
    if len(fields) != 4:
        raise ValueError("not a span")
    start = _int(fields[0], 0, length)
    end = _int(fields[1], start + 1, length)
    kind = _known(fields[2], _SPAN_KINDS)
    if (kind is SpanKind.LINK) != (fields[3] is not None):
        raise ValueError("a target is for links, and a link has one")
    target = None
    if fields[3] is not None:
        target = _str(fields[3], _LONGEST_TARGET)
        if not target.startswith(LINK_SCHEMES):
            raise ValueError("a link that leads nowhere")
    return Span(start, end, kind, target)


def _fold_in(value: Json) -> Fold:
    fields = _list(value)
    if len(fields) != 4:
        raise ValueError("not a fold")
    start, end = _int(fields[0], 0, 2**40), _int(fields[1], 0, 2**40)
    return Fold(start, end, _str(fields[2], 40), _str(fields[3], 200))


def _proposal_out(proposal: Proposal) -> list[Json]:
    value: Json = proposal.value if isinstance(proposal.value, str) else [*proposal.value]
    origin = proposal.origin
    return [proposal.fact.value, value, origin.kind.value, origin.place, origin.confidence]


def _proposal_in(value: Json) -> Proposal:
    fields = _list(value)
    if len(fields) != 5:
        raise ValueError("not a proposal")
    fact = _known(fields[0], _FACTS)
    kind = _known(fields[2], _ORIGINS)
    if kind is OriginKind.YOU:
        raise ValueError("a file does not speak for the reader")
    confidence = fields[4]
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise ValueError("not a confidence")
    if not 0 <= confidence <= 1:
        raise ValueError("a confidence lies between 0 and 1")
    origin = Origin(kind, _str(fields[3], 200), float(confidence))
    if fact is FactName.AUTHORS:
        names = tuple(_str(name, _LONGEST_VALUE) for name in _list(fields[1]))
        if not 0 < len(names) <= 500:
            raise ValueError("not a list of authors")
        return Proposal(fact, names, origin)
    text = _str(fields[1], _LONGEST_VALUE)
    if fact is FactName.PUBLISHED:
        PartialDate.parse(text)
    if fact is FactName.URL and not text.startswith(LINK_SCHEMES[:2]):
        raise ValueError("not an address")
    return Proposal(fact, text, origin)


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _str(value: Json, longest: int) -> str:
    """A single line of text that is not empty."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise ValueError("not a text, empty, or too long")
    if clean(value) != value or "\n" in value:
        raise ValueError("a text with control characters")
    return value


def _known(value: Json, names: Mapping[str, _Known]) -> _Known:
    if not isinstance(value, str) or value not in names:
        raise ValueError("an unknown name")
    return names[value]


def _int(value: Json, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError("not a number, or out of its range")
    return value
