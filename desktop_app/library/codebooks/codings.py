"""The uses of tags in a `.tagset.json`: text by text, each passage once with all of its tags."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktop_app.core.codebook import CodebookTag, CodedPassage, Coding
from desktop_app.core.text import clean, one_line
from desktop_app.library.codebooks.entries import Entry
from desktop_app.library.codebooks.fields import uuid_of
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import Unsound

MOST_CODINGS = 1_000_000
_PIECE = 2_000

_DIGEST = re.compile(r"[0-9a-f]{32}")
_ORIGINAL = re.compile(r"[0-9a-f]{64}")
_NAMED_BY = ("digest", "title", "file", "original")
_TEXT = {*_NAMED_BY, "tags", "passages"}
_PASSAGE = {"quote", "start", "end", "before", "after", "colour", "note", "uuid", "tags"}


def texts_of(codings: Sequence[Coding]) -> Iterator[Mapping[str, Any]]:
    """Each text as it is written, with the tags it has as a whole and its passages with theirs."""
    texts: dict[tuple[str, str, str, str], dict[CodedPassage | None, list[str]]] = {}
    for coding in codings:
        text = (coding.digest, coding.title, coding.file_name, coding.original)
        texts.setdefault(text, {}).setdefault(coding.passage, []).append(coding.tag)
    for text, passages in texts.items():
        written: dict[str, Any] = dict(zip(_NAMED_BY, text, strict=True))
        written["tags"] = passages.pop(None, [])
        written["passages"] = [
            {**_passage_out(passage), "tags": tags}
            for passage, tags in passages.items()
            if passage is not None
        ]
        yield {key: value for key, value in written.items() if value}


def in_order(codings: Iterable[Coding], tags: Sequence[CodebookTag]) -> tuple[Coding, ...]:
    """The uses of tags in the order in which a library gives them: documents, then passages."""
    of_documents: dict[str, list[Coding]] = {tag.uuid: [] for tag in tags}
    of_passages: dict[str, list[Coding]] = {tag.uuid: [] for tag in tags}
    for coding in codings:
        uses = of_documents if coding.passage is None else of_passages
        uses.setdefault(coding.tag, []).append(coding)
    return tuple(
        coding
        for uses in (of_documents, of_passages)
        for of_tag in uses.values()
        for coding in _in_turns(of_tag)
    )


def _in_turns(codings: list[Coding]) -> Iterable[Coding]:
    """Sort in pieces, with a turn for other threads between them."""
    pieces = [
        sorted(codings[start : start + _PIECE], key=_order)
        for start in range(0, len(codings), _PIECE)
    ]
    return pieces[0] if len(pieces) == 1 else heapq.merge(*pieces, key=_order)


def _order(coding: Coding) -> tuple[str, str, str, str, int, int, str]:
    passage = coding.passage
    place = (0, 0, "") if passage is None else (passage.start, passage.end, passage.uuid)
    return coding.title, coding.file_name, coding.digest, coding.original, *place


def codings_of(
    raw: Entry, version: int, known: Collection[str], remarks: Remarks
) -> Iterator[Coding]:
    """The uses of tags that a file holds. known: the uuids that mean one of its tags."""
    codings = _of_taggings(raw) if version == 1 else _of_texts(raw, remarks)
    for number, coding in enumerate(codings):
        if number >= MOST_CODINGS:
            raise Unsound(f"it says more than {MOST_CODINGS:,} times what a tag was put on.")
        if coding.tag not in known:
            raise Unsound("it says what a tag was put on that is not in it.")
        yield coding


def _of_texts(raw: Entry, remarks: Remarks) -> Iterator[Coding]:
    for each in raw.list_of("texts"):
        text = Entry.of(each, "a text")
        text.remark_unknown(_TEXT, remarks)
        digest, original = text.text("digest"), text.text("original")
        if (digest and not _DIGEST.fullmatch(digest)) or (
            original and not _ORIGINAL.fullmatch(original)
        ):
            raise Unsound("what a text is known by is not written as it has to be.")
        title, file_name = _plain(text.text("title")), _plain(text.text("file"))
        if not (digest or original or file_name):
            raise Unsound("it does not say which of your texts some of its tags were put on.")
        for tag in text.uuids("tags"):
            yield Coding(tag, digest, title, file_name, original=original)
        for part in text.list_of("passages"):
            entry = Entry.of(part, f"a passage of “{title or file_name}”")
            entry.remark_unknown(_PASSAGE, remarks)
            passage = _passage_in(entry)
            for tag in entry.uuids("tags"):
                yield Coding(tag, digest, title, file_name, passage, original)


def _of_taggings(raw: Entry) -> Iterator[Coding]:
    """As version 1 had them: by the file, never of a passage."""
    for each in raw.list_of("taggings"):
        entry = Entry.of(each, "a tagging")
        tag = uuid_of(entry.text("tag"))
        if tag is None:
            raise Unsound("a tagging does not say of which tag it is.")
        original = entry.text("original")
        if original and not _ORIGINAL.fullmatch(original):
            original = ""
        yield Coding(tag, "", file_name=_plain(entry.text("file")), original=original)


def _plain(name: str) -> str:
    """A name to find a file by, as it stands there, but for halves of letters."""
    return name.encode("utf-8", "replace").decode()


def _passage_in(entry: Entry) -> CodedPassage:
    quote, start, end = clean(entry.text("quote")), entry.number("start"), entry.number("end")
    if not quote or start is None or end is None or end <= start:
        raise Unsound(f"{entry.name} has no quote, or no place.")
    before, after, note = (clean(entry.text(key)) for key in ("before", "after", "note"))
    colour = one_line(entry.text("colour"))
    return CodedPassage(quote, start, end, before, after, colour, note, entry.uuid("uuid"))


def _passage_out(passage: CodedPassage) -> dict[str, Any]:
    written: dict[str, Any] = {"quote": passage.quote, "start": passage.start, "end": passage.end}
    for key in ("before", "after", "colour", "note", "uuid"):
        if said := getattr(passage, key):
            written[key] = said
    return written
