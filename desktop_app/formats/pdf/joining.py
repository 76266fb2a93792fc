"""Lines of a page of a PDF to one block, every letter of which knows its place on the page.

A run of a block goes on for as long as letters and page run side by side. It ends, and the next one
begins, where a line-end hyphen or a soft one was dropped, white space was made single or put in,
or NFC made one letter of several. White space that was put in is a run of its own, of one letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from desktop_app.core.text import Block, BlockKind, Span, SpanKind
from desktop_app.formats.pdf.lines import Line
from desktop_app.formats.pdf.vocabulary import HYPHENS, Vocabulary

_SOFT = "\u00ad"
_LAST_PART = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"[^\W_]+")
_AND = frozenset({"and", "or", "und", "oder", "bis", "et", "ou", "y", "o", "to"})
_NO_SPACES = re.compile(
    "[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
_LETTERS = re.compile("[^ \x00\u00ad]+(?: [^ \x00\u00ad]+)*| +|\u00ad")
_KINDS = {
    (bold, italic, raised): frozenset(
        kind
        for kind, is_so in (
            (SpanKind.BOLD, bold),
            (SpanKind.ITALIC, italic),
            (SpanKind.SUPERSCRIPT, raised),
        )
        if is_so
    )
    for bold, italic, raised in product((False, True), repeat=3)
}
_MARK = re.compile(r"[\d*†‡§¶,]+")
# What joins the letter before it although it is no combining mark: vowels of Hangul and of Indic
# scripts.
_JOINS_BEFORE = re.compile(
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1161-\u1175\u11a8-\u11c2\u1b35\U000110ba\U00011127\U0001133e\U00011357\U000114b0\U000114ba"
    "\U000114bd\U000115af\U00011930]"
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a stretch of a page's characters."""

    start: int
    end: int
    address: str


class _Piece(NamedTuple):
    """Letters that stand side by side on the page, set alike.

    place: of the first one on the page; -1 for white space that was put in, which is one letter.
    """

    text: str
    place: int
    kinds: frozenset[SpanKind] = frozenset()


def block_of(
    lines: Sequence[Line],
    kind: BlockKind,
    page: int,
    vocabulary: Vocabulary,
    *,
    links: Sequence[Link] = (),
    level: int = 0,
    number: int | None = None,
    without: int = 0,
) -> Block:
    """Make a block of lines. without: how many letters of its beginning are left out (a bullet)."""
    pieces: list[_Piece] = []
    behind = -1
    for line in lines:
        more = _pieces_of(line, kind)
        if pieces and more:
            _close(pieces, more, vocabulary, behind)
        pieces += more
        behind = line.start + len(line.text) if line.spaced else -1
    _trim(pieces)
    if pieces and pieces[-1].text.endswith(_SOFT):
        pieces[-1] = _cut(pieces[-1], 0, -1)
    _drop(pieces, without)
    _trim(pieces)
    pieces = _normal(pieces)
    text = "".join([piece.text for piece in pieces])
    spans = [] if kind is BlockKind.HEADING else list(_spans(pieces))
    if links:
        spans += _linked(pieces, links)
    spans.sort(key=lambda span: (span.start, -span.end, span.kind))
    return Block(kind, text, level, number, tuple(spans), page, tuple(_runs(pieces)))


def _cut(piece: _Piece, start: int, end: int | None = None) -> _Piece:
    """A part of a piece."""
    return _Piece(piece.text[start:end], piece.place + start if start else piece.place, piece.kinds)


def _pieces_of(line: Line, kind: BlockKind) -> list[_Piece]:
    """The letters of one line; between the cells of a table row stands a tab."""
    tabs = {gap.start for gap in line.gaps} if kind is BlockKind.TABLE_ROW else set()
    end_of_line = line.start + len(line.text)
    bounds = [line.start, end_of_line]
    if tabs or line.raised or len(line.styles) > 1:
        inside = {
            *tabs,
            *(at for at, _ in line.styles),
            *(at for ends in line.raised for at in ends),
        }
        bounds = sorted(inside.union(bounds))
    marks = {start for start, end in line.raised if _MARK.fullmatch(_between(line, start, end))}
    styles, raised = dict(line.styles), dict(line.raised)
    made: list[_Piece] = []
    style, until = line.styles[0][1], -1
    for start, end in pairwise(bounds):
        style = styles.get(start, style)
        until = raised.get(start, until)
        kinds = _KINDS[style.bold, style.italic, start < until]
        if start in tabs:
            _trim_end(made)
            if made:
                made.append(_Piece("\t", -1))
        if start in marks and _ends_word(made):
            made.append(_Piece(" ", -1))
        text = _between(line, start, end)
        for found in _LETTERS.finditer(text):
            at = start + found.start()
            part = found[0]
            if part[0] == " ":
                if made and made[-1].text[-1] not in " \t":
                    made.append(_Piece(" ", at))
            elif part != _SOFT or at == end_of_line - 1:
                made.append(_Piece(part, at, kinds))
    _trim_end(made)
    return made


def _between(line: Line, start: int, end: int) -> str:
    return line.text[start - line.start : end - line.start]


def _ends_word(pieces: Sequence[_Piece]) -> bool:
    """Tell whether a word ends here which the mark of a note would make another one."""
    word = "".join([piece.text for piece in pieces[-3:]])[-3:]
    return len(word) == 3 and word.isalpha() and word[1:].islower()


def _close(
    pieces: list[_Piece], more: Sequence[_Piece], vocabulary: Vocabulary, behind: int
) -> None:
    """Bring the end of one line and the beginning of the next together.

    behind: where the page has white space between them, mostly of pdfium's; -1 where it has none.
    """
    last, first = pieces[-1].text[-1], more[0].text[0]
    if last in HYPHENS:
        left = _LAST_PART.search("".join([piece.text for piece in pieces[-8:]])[-60:])
        right = _FIRST_PART.match("".join([piece.text for piece in more[:8]])[:60])
        drops = last == _SOFT
        if left and right and not drops:
            if right[0].lower() in _AND:
                pieces.append(_Piece(" ", behind))
                return
            drops = vocabulary.drops_hyphen(left[1], right[0])
        if drops:
            pieces[-1] = _cut(pieces[-1], 0, -1)
            if not pieces[-1].text:
                pieces.pop()
        if left and right:
            return
    if _NO_SPACES.match(last) and _NO_SPACES.match(first):
        return
    if pieces:
        pieces.append(_Piece(" ", behind))


def _trim(pieces: list[_Piece]) -> None:
    """Take white space off both ends."""
    _trim_end(pieces)
    while pieces and (text := pieces[0].text) != (bare := text.lstrip()):
        _drop(pieces, len(text) - len(bare))


def _trim_end(pieces: list[_Piece]) -> None:
    while pieces and (text := pieces[-1].text) != (bare := text.rstrip()):
        if bare:
            pieces[-1] = _cut(pieces[-1], 0, len(bare))
            return
        pieces.pop()


def _drop(pieces: list[_Piece], count: int) -> None:
    """Leave out letters at the beginning."""
    gone = 0
    while gone < len(pieces) and count >= len(pieces[gone].text):
        count -= len(pieces[gone].text)
        gone += 1
    del pieces[:gone]
    if pieces and count:
        pieces[0] = _cut(pieces[0], count)


def _normal(pieces: list[_Piece]) -> list[_Piece]:
    """Bring letters to NFC; what is made of several begins where the first of them stood."""
    if unicodedata.is_normalized("NFC", "".join([piece.text for piece in pieces])):
        return pieces
    letters = [_cut(piece, at, at + 1) for piece in pieces for at in range(len(piece.text))]
    made: list[_Piece] = []
    for cluster in _clusters(letters):
        text = "".join([letter.text for letter in cluster])
        composed = unicodedata.normalize("NFC", text)
        made += cluster if composed == text else [cluster[0]._replace(text=composed)]
    return made


def _clusters(letters: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Letters with all that may join them; nothing joins white space."""
    cluster: list[_Piece] = []
    for letter in letters:
        joins = unicodedata.combining(letter.text) or _JOINS_BEFORE.match(letter.text)
        if cluster and (not joins or cluster[-1].text.isspace()):
            yield cluster
            cluster = []
        cluster.append(letter)
    if cluster:
        yield cluster


def _runs(pieces: Iterable[_Piece]) -> Iterator[tuple[int, int]]:
    """Where letters and page stop running side by side; what was put in stands behind the last."""
    offset, behind = 0, 0
    put_in = True
    for piece in pieces:
        if piece.place < 0 or put_in or piece.place != behind:
            yield offset, behind if piece.place < 0 else piece.place
        put_in = piece.place < 0
        offset += len(piece.text)
        behind = behind if put_in else piece.place + len(piece.text)


def _spans(pieces: Sequence[_Piece]) -> Iterator[Span]:
    """Bold, italic and raised stretches; what is all bold says nothing."""
    for kind in frozenset().union(*[piece.kinds for piece in pieces]):
        start, end, offset = -1, -1, 0
        whole = True
        found: list[Span] = []
        for piece in pieces:
            if kind in piece.kinds:
                start = offset if start < 0 else start
                end = offset + len(piece.text)
            elif not piece.text.isspace():
                whole = False
                if start >= 0:
                    found.append(Span(start, end, kind))
                start = -1
            offset += len(piece.text)
        if start >= 0:
            found.append(Span(start, end, kind))
        if not whole:
            yield from found


def _linked(pieces: Sequence[_Piece], links: Sequence[Link]) -> Iterator[Span]:
    for link in links:
        start, end, offset = -1, -1, 0
        for piece in pieces:
            low = max(link.start - piece.place, 0)
            high = min(link.end - piece.place, len(piece.text))
            if piece.place >= 0 and low < high and not piece.text.isspace():
                start = offset + low if start < 0 else start
                end = offset + high
            offset += len(piece.text)
        if start >= 0:
            yield Span(start, end, SpanKind.LINK, link.address)
