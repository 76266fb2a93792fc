"""Whoosh's segment writer with two slow parts replaced; what it leaves on disk is stock Whoosh.

Stock Whoosh sorts every posting of a batch and hands them on one by one, which is half of the time
of building. Here postings are kept by word, in the order of the documents in which they come, and
written a word at a time. The order of a commit is its own too: everything is brought to the disk,
then the caller's manifest is written, and only then old files go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from operator import itemgetter
from pickle import dumps
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import SegmentReader
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from desktop_app.search.schema import ID, LANGUAGE, Places, pack

_BLOCK = 128
_PICKLE = 4  # the first protocol that writes bytes as bytes
# Bounds for a block's shortest and longest field, so that a scorer's quality bounds hold.
_SHORTEST, _LONGEST = 1, 100_000

Posting = tuple[int, float, bytes]
Pooled = tuple[str, bytes, int, float, bytes]


def _small(weights: list[float]) -> bytes | tuple[float, ...]:
    """How often a word stands in each document, a byte each where that can be: read alike."""
    return bytes(map(int, weights)) if max(weights) < 256 else tuple(weights)


class WordPool:
    """Postings of a batch by field and word; takes the place of Whoosh's sorting pool."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[bytes, list[Posting]]] = {}

    def words(self, field: str) -> dict[bytes, list[Posting]]:
        return self.fields.setdefault(field, {})

    def cleanup(self) -> None:
        self.fields = {}


class BulkFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes all postings of a word at once, in the blocks that Whoosh's own codec reads."""

    def add_words(self, field: str, spec: Any, words: dict[bytes, list[Posting]]) -> None:
        self.start_field(field, spec)
        prefix = pack_ushort(self._fieldid)
        keep_values = spec.format.fixed_value_size() != 0
        for word in sorted(words):
            info = self._write_postings(words[word], keep_values)
            self._tindex.add(prefix + word, info.to_bytes())
        self.finish_field()

    def _write_postings(self, postings: list[Posting], keep_values: bool) -> W3TermInfo:
        file = self._postfile
        start = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        total, heaviest = 0.0, 0.0
        for at in range(0, len(postings), _BLOCK):
            block = postings[at : at + _BLOCK]
            documents = [posting[0] for posting in block]
            weights = [posting[1] for posting in block]
            heaviest_here = max(weights)
            total += sum(weights)
            heaviest = max(heaviest, heaviest_here)
            gaps = (documents[0], *[b - a for a, b in pairwise(documents)])
            same = min(weights) == heaviest_here
            data = dumps(
                (
                    gaps,
                    (None if heaviest_here == 1.0 else heaviest_here) if same else _small(weights),
                    tuple([posting[2] for posting in block]) if keep_values else None,
                ),
                _PICKLE,
            )
            info = dumps((len(block), documents[-1], heaviest_here, 0, _SHORT_BYTE, _LONG_BYTE), 2)
            length = len(info) + len(data)
            file.write_int(-length if at + _BLOCK >= len(postings) else length)
            file.write(info)
            file.write(data)
        made = W3TermInfo(
            weight=total,
            df=len(postings),
            minlength=_SHORTEST,
            maxlength=_LONGEST,
            maxweight=heaviest,
            minid=postings[0][0],
            maxid=postings[-1][0],
        )
        made.set_extent(start, file.tell() - start)
        return made


_SHORT_BYTE, _LONG_BYTE = length_to_byte(_SHORTEST), length_to_byte(_LONGEST)


class BulkCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, with the quick writer of words; blocks are not compressed."""

    def field_writer(self, storage: Any, segment: Any) -> BulkFieldWriter:
        return BulkFieldWriter(self, storage, segment)


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one batch; `publish` is called with the files of the new state before old ones go."""

    def __init__(self, index: FileIndex, publish: Callable[[int], None]) -> None:
        super().__init__(index, codec=BulkCodec(compression=0))
        self.pool = WordPool()
        self._publish = publish

    def add_entry(self, id_: int, language: int, fields: Mapping[str, Places]) -> None:
        """Add a document; what add_document does for any schema, done for ours alone."""
        document, perdoc, schema = self.docnum, self.perdocwriter, self.schema
        perdoc.start_doc(document)
        for name, places in fields.items():
            words = self.pool.words(name)
            get = words.get
            length = 0
            for form, where in places.items():
                count = len(where)
                length += count
                posting = (document, float(count), pack(where))
                word = form.encode()
                postings = get(word)
                if postings is None:
                    words[word] = [posting]
                else:
                    postings.append(posting)
            perdoc.add_field(name, schema[name], None, length)
        spec = schema[ID]
        self.pool.words(ID)[spec.to_bytes(id_)] = [(document, 1.0, b"")]
        perdoc.add_column_value(ID, spec.column_type, spec.to_column_value(id_))
        perdoc.add_column_value(LANGUAGE, schema[LANGUAGE].column_type, language)
        perdoc.finish_doc()
        self._added = True
        self.docnum += 1

    def add_postings_to_pool(
        self, reader: SegmentReader, startdoc: int, docmap: dict[int, int] | None
    ) -> None:
        """Take over a segment's postings while merging; postings of deleted documents stay out."""
        for field, word, document, weight, value in postings_of(reader):
            moved = startdoc + document if docmap is None else docmap[document]
            # Weights that were kept as bytes come back as whole numbers.
            self.pool.words(field).setdefault(word, []).append((moved, float(weight), value))

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for field, words in sorted(self.pool.fields.items(), key=itemgetter(0)):
            self.fieldwriter.add_words(field, self.schema[field], words)
        self.fieldwriter.close()

    def _commit_toc(self, segments: list[Any]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        self._publish(self.generation)
        clean_files(self.storage, self.indexname, self.generation, segments)


def postings_of(reader: SegmentReader) -> Iterator[Pooled]:
    """All postings of a segment's documents that are not deleted, words in order."""
    for field, word in reader.all_terms():
        matcher = reader.postings(field, word)
        while matcher.is_active():
            yield field, word, matcher.id(), matcher.weight(), matcher.value() or b""
            matcher.next()


def merge_only(chosen: Iterable[Any]) -> Callable[[SegmentWriter, list[Any]], list[Any]]:
    """Make the merge policy that rewrites the chosen segments as one."""
    wanted = set(chosen)

    def merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
        for segment in segments:
            if segment in wanted and segment.doc_count():
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
        return [segment for segment in segments if segment not in wanted]

    return merge
