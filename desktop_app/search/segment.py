"""A segment of the index: what is asked of every document kept at hand, and its words' postings.

Whoosh's own matcher goes from posting to posting in Python; here a block of 128 is read at once,
and one without a wanted document is passed over without being read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, repeat
from pickle import loads
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from desktop_app.search.schema import BODY, ID, LANGUAGE

_MAGIC_BYTES = 4
_FIELD_BYTES = 2  # the number of its field before each word
_LENGTH_BYTES = 4
# How many bytes of a whole number follow the letter that a pickle begins it with.
_WHOLE = {ord("K"): 1, ord("M"): 2, ord("J"): 4}
# What a block's head has behind its two first numbers: a fraction, three bytes, and the end.
_REST_OF_HEAD = 9 + 3 * 2 + len(b"tq\0.")

# Of what is kept of a word: in how many documents it stands, and where its postings are.
_INFO = Struct("!5xI14xqi")
_RECORD = Struct("!II")  # how long a word and what is kept of it are
_PIECE = 1 << 18

# Documents by their number in the segment, how often each says the word, and where, packed.
Block = tuple[Sequence[int], Iterable[float], Sequence[bytes]]


class Postings:
    """The postings of one word in one field, documents that are deleted among them."""

    __slots__ = ("_file", "_length", "_offset", "count")

    def __init__(self, file: Any, info: bytes, at: int = 0) -> None:
        count: int
        count, self._offset, self._length = _INFO.unpack_from(info, at)
        self.count = count
        self._file = file

    def blocks(self, wanted: Sequence[int] | None = None) -> Iterator[Block]:
        """The postings, block by block; wanted: ascending, blocks that have none of them left out."""
        written = self._file.get(self._offset, self._length)
        at = _MAGIC_BYTES
        before = -1
        while at < len(written):
            length = abs(int.from_bytes(written[at : at + _LENGTH_BYTES], "big", signed=True))
            at += _LENGTH_BYTES
            head, newest = _head(written, at)
            if wanted is None or bisect_right(wanted, before) < bisect_right(wanted, newest):
                gaps, weights, places = loads(written[head : at + length])
                if weights is None:
                    weights = repeat(1.0, len(gaps))
                elif isinstance(weights, float):
                    weights = repeat(weights, len(gaps))
                yield list(accumulate(gaps)), weights, places
            before = newest
            at += length

    def documents(self) -> Iterator[int]:
        """The documents alone."""
        for documents, _, _ in self.blocks():
            yield from documents

    def places(self, wanted: Sequence[int] | None) -> dict[int, bytes]:
        """The word's places by document, packed; wanted: ascending, the only documents."""
        found: dict[int, bytes] = {}
        if wanted is None:
            for documents, _, places in self.blocks():
                found.update(zip(documents, places, strict=True))
            return found
        among = frozenset(wanted)
        for documents, _, places in self.blocks(wanted):
            for document, where in zip(documents, places, strict=True):
                if document in among:
                    found[document] = where
        return found


def _head(written: bytes, at: int) -> tuple[int, int]:
    """Where the head of a block ends, and the newest document in it; without unpickling it."""
    at += 3  # the protocol, and the beginning of a tuple
    at += 1 + _WHOLE[written[at]]
    size = _WHOLE[written[at]]
    newest = int.from_bytes(written[at + 1 : at + 1 + size], "little")
    return at + 1 + size + _REST_OF_HEAD, newest


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that is open for reading."""

    name: str
    reader: SegmentReader
    ids: array[int]
    languages: array[int]
    spoken: frozenset[int]  # the languages that there are
    lengths: array[int]
    deleted: frozenset[int]

    @classmethod
    def of(cls, reader: SegmentReader, known: Segment | None) -> Segment:
        """Read a segment; known: the same one before documents were deleted from it."""
        segment = reader.segment()
        deleted = frozenset(segment.deleted_docs())
        if known:
            return replace(known, reader=reader, deleted=deleted)
        count = segment.doc_count_all()
        languages = array("B", _column(reader, LANGUAGE, count))
        return cls(
            segment.segment_id(),
            reader,
            array("q", _column(reader, ID, count)),
            languages,
            frozenset(languages),
            array("I", [byte_to_length(byte) for byte in _lengths(reader, count)]),
            deleted,
        )

    def postings(self, field: str, form: str) -> Postings | None:
        """A word's postings; None where it does not stand."""
        terms = self.reader._terms
        key = terms._keycoder(field, form.encode())
        for place, length in terms._tindex.ranges_for_key(key):
            return Postings(terms._postfile, terms._dbfile.get(place, length))
        return None

    def beginning_with(self, field: str, beginning: str) -> Iterator[tuple[str, Postings]]:
        """The words of a field that begin so, in the order of their bytes."""
        terms = self.reader._terms
        if field not in terms.indexed_field_names():
            return
        index, file = terms._tindex, terms._dbfile
        wanted = terms._keycoder(field, beginning.encode())
        at = index.closest_key_pos(wanted)
        if at is None:
            return
        end = index.endofdata
        piece, here = b"", 0
        while at + here + _RECORD.size <= end:
            left = len(piece) - here
            needed = _RECORD.size
            if left >= needed:
                needed += sum(_RECORD.unpack_from(piece, here))
            if left < needed:
                # A word may be longer than a piece.
                at, here = at + here, 0
                piece = file.get(at, min(max(_PIECE, needed), end - at))
                if len(piece) < needed:
                    return
                continue
            size, kept = _RECORD.unpack_from(piece, here)
            here += _RECORD.size
            word = piece[here : here + size]
            if not word.startswith(wanted):
                return
            here += size
            yield word[_FIELD_BYTES:].decode(), Postings(terms._postfile, piece, here)
            here += kept


def _column(reader: SegmentReader, name: str, count: int) -> list[int]:
    column = reader.column_reader(name, translate=False)
    return [column[document] for document in range(count)]


def _lengths(reader: SegmentReader, count: int) -> Iterable[int]:
    perdoc = reader._perdoc
    if not perdoc.has_column(f"_{BODY}_len"):
        return [0] * count
    column = perdoc.column_reader(f"_{BODY}_len", LENGTHS_COLUMN)
    return [column[document] for document in range(count)]
