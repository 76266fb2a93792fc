"""An Extract as bytes for the pipe between the processes: a frame of JSON, then the pictures.

Nothing that comes back is trusted: `unpack` checks every type, size, offset, count and hash again
and builds the texts anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Origin, OriginKind
from desktop_app.core.text import (
    Block,
    BlockKind,
    Chapter,
    Fold,
    Picture,
    Span,
    SpanKind,
    Text,
    clean,
    make_text,
)
from desktop_app.formats.extract import (
    LINK_SCHEMES,
    MEDIA_TYPES,
    PICTURE_TYPES,
    Attachment,
    Extract,
    PictureFile,
    Proposal,
)
from desktop_app.formats.json_values import Json

_LONGEST_VALUE = 2_000
_LONGEST_TARGET = 4_000
_LONGEST_LABEL = 200
_MOST_PROPOSALS = 200
_MOST_PICTURES = 5_000
_MOST_ATTACHMENTS = 1_000
_WIDEST = 20_000
_LONGEST_LINES = 40_000

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_FACTS = {name.value: name for name in FactName}
_ORIGINS = {kind.value: kind for kind in OriginKind}

_Known = TypeVar("_Known")


def pack(extract: Extract) -> bytes:
    """Write an extract: four bytes with the length of the JSON, the JSON, the pictures."""
    value: dict[str, Json] = {
        "text": _text_out(extract.text),
        "whole": None if extract.whole is None else _text_out(extract.whole),
        "proposals": [_proposal_out(proposal) for proposal in extract.proposals],
        "media_type": extract.media_type,
        "extractor": extract.extractor,
        "words": extract.words,
        "warning": extract.warning,
        "pictures": [
            [p.hash, p.media_type, p.width, p.height, len(p.content)] for p in extract.pictures
        ],
        "attachments": [[a.name, a.media_type, a.size_bytes] for a in extract.attachments],
        "lines": extract.lines.hex(),
        "folded_as": extract.folded_as,
    }
    head = json.dumps(value, separators=(",", ":")).encode("ascii")
    parts = [len(head).to_bytes(4, "big"), head, *(p.content for p in extract.pictures)]
    return b"".join(parts)


def unpack(raw: bytes) -> Extract:
    """Read it back; ValueError for anything that is not sound."""
    end = 4 + int.from_bytes(raw[:4], "big")
    if len(raw) < end:
        raise ValueError("cut short")
    try:
        value = json.loads(raw[4:end])
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    fields = _mapping(value)
    media_type = _str(fields.get("media_type"), 100)
    if media_type not in MEDIA_TYPES:
        raise ValueError(f"unknown media type: {media_type!r}")
    extractor = _str(fields.get("extractor"), 40)
    pictures = _pictures_in(fields.get("pictures"), raw[end:])
    known = {picture.hash for picture in pictures}
    text = _text_in(fields.get("text"), extractor, known)
    whole = fields.get("whole")
    warning = fields.get("warning")
    return Extract(
        text,
        tuple(_proposal_in(item) for item in _list(fields.get("proposals"), _MOST_PROPOSALS)),
        media_type,
        extractor,
        _int(fields.get("words"), 0, len(text.canonical)),
        None if warning is None else _str(warning, _LONGEST_VALUE),
        None if whole is None else _text_in(whole, f"{extractor}+whole", known),
        pictures,
        tuple(_attachment_in(item) for item in _list(fields.get("attachments"), _MOST_ATTACHMENTS)),
        _lines_in(fields.get("lines")),
        _str(fields["folded_as"], 40) if fields.get("folded_as") else "",
    )


def _lines_in(value: Json) -> bytes:
    if not isinstance(value, str) or len(value) > _LONGEST_LINES:
        raise ValueError("not what is remembered of lines")
    lines = bytes.fromhex(value)
    if len(lines) % 8:
        raise ValueError("a key of a line that is cut short")
    return lines


def _text_out(text: Text) -> Json:
    return {
        "blocks": [_block_out(block) for block in text.blocks],
        "folds": [[fold.start, fold.end, fold.kind, fold.rule] for fold in text.folds],
        "chapters": [[c.level, c.title, c.start] for c in text.chapters],
    }


def _text_in(value: Json, extractor: str, pictures: set[str]) -> Text:
    fields = _mapping(value)
    blocks = [_block_in(item, pictures) for item in _list(fields.get("blocks"))]
    folds = [_fold_in(item) for item in _list(fields.get("folds"))]
    chapters = [_chapter_in(item) for item in _list(fields.get("chapters"))]
    return make_text(blocks, extractor, folds=folds, chapters=chapters)


def _pictures_in(value: Json, content: bytes) -> tuple[PictureFile, ...]:
    found: list[PictureFile] = []
    start = 0
    for item in _list(value, _MOST_PICTURES):
        fields = _list(item)
        if len(fields) != 5:
            raise ValueError("not a picture")
        media_type = fields[1]
        if not isinstance(media_type, str) or media_type not in PICTURE_TYPES:
            raise ValueError("not a kind of picture")
        width, height = _int(fields[2], 1, _WIDEST), _int(fields[3], 1, _WIDEST)
        size = _int(fields[4], 1, 2**31)
        part = content[start : start + size]
        if len(part) != size or hashlib.sha256(part).hexdigest() != fields[0]:
            raise ValueError("a picture that is not what its hash says")
        found.append(PictureFile(fields[0], media_type, width, height, part))
        start += size
    if start != len(content):
        raise ValueError("more bytes than pictures")
    return tuple(found)


def _attachment_in(value: Json) -> Attachment:
    fields = _list(value)
    if len(fields) != 3:
        raise ValueError("not an attachment")
    return Attachment(_str(fields[0], 500), _str(fields[1], 200), _int(fields[2], 0, 2**40))


def _chapter_in(value: Json) -> Chapter:
    fields = _list(value)
    if len(fields) != 3:
        raise ValueError("not a chapter")
    return Chapter(
        _int(fields[0], 1, 100), _str(fields[1], _LONGEST_VALUE), _int(fields[2], 0, 2**40)
    )


def _block_out(block: Block) -> list[Json]:
    if block.plain:
        return [block.kind.value, block.text]
    spans: list[Json] = [[s.start, s.end, s.kind.value, s.target] for s in block.spans]
    written: list[Json] = [block.kind.value, block.text, block.level, block.number, spans]
    if block.page is None and block.picture is None and block.note is None:
        return written
    shown = block.picture
    picture: Json = [shown.hash, shown.address, shown.width, shown.height] if shown else None
    return [*written, block.page, [[*run] for run in block.runs], picture, block.note]


def _block_in(value: Json, pictures: set[str]) -> Block:
    fields = _list(value)
    if len(fields) not in (2, 5, 9):
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
    if len(fields) == 5:
        return Block(kind, text, level, number, spans)
    page = None if fields[5] is None else _int(fields[5], 1, 10**7)
    runs = tuple(_run_in(run) for run in _list(fields[6]))
    if any(after[0] <= before[0] for before, after in pairwise(runs)) or (runs and page is None):
        raise ValueError("runs out of order, or of no page")
    picture = None if fields[7] is None else _picture_in(fields[7], pictures)
    if picture and kind is not BlockKind.IMAGE:
        raise ValueError("a picture outside an image")
    note = None if fields[8] is None else _str(fields[8], _LONGEST_LABEL)
    return Block(kind, text, level, number, spans, page, runs, picture, note)


def _run_in(value: Json) -> tuple[int, int]:
    fields = _list(value)
    if len(fields) != 2:
        raise ValueError("not a run")
    return _int(fields[0], 0, 2**40), _int(fields[1], 0, 2**40)


def _picture_in(value: Json, pictures: set[str]) -> Picture:
    fields = _list(value)
    if len(fields) != 4:
        raise ValueError("not what an image shows")
    if fields[0] is not None and fields[0] not in pictures:
        raise ValueError("a picture that did not come along")
    address = None if fields[1] is None else _str(fields[1], _LONGEST_TARGET)
    if address is not None and not address.startswith(LINK_SCHEMES[:2]):
        raise ValueError("an address that leads nowhere")
    hash_ = None if fields[0] is None else _str(fields[0], 64)
    return Picture(hash_, address, _int(fields[2], 0, 10**6), _int(fields[3], 0, 10**6))


def _span_in(value: Json, length: int) -> Span:
    fields = _list(value)
    if len(fields) != 4:
        raise ValueError("not a span")
    start = _int(fields[0], 0, length)
    end = _int(fields[1], start + 1, length)
    kind = _known(fields[2], _SPAN_KINDS)
    if (kind in (SpanKind.LINK, SpanKind.NOTE)) != (fields[3] is not None):
        raise ValueError("a target is for links and notes, and they have one")
    target = None
    if kind is SpanKind.NOTE:
        target = _str(fields[3], _LONGEST_LABEL)
    elif fields[3] is not None:
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


def _list(value: Json, most: int | None = None) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    if most is not None and len(value) > most:
        raise ValueError("a list that is too long")
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
