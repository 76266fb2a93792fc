"""Lines of a page of a PDF to one block, every letter of which knows its place on the page.

A run of a block goes on for as long as letters and page run side by side. It ends, and the next one
begins, where a line-end hyphen or a soft one was dropped, white space was made single or put in,
or NFC made one letter of several. White space that was put in is a run of its own, of one letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.core.text import Block, BlockKind, Span, SpanKind
from desktop_app.formats.pdf_lines import Line
from desktop_app.formats.pdf_page import NOTHING

_HYPHENS = "-\u2010\u00ad"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"[^\W_]+")
_AND = frozenset({"and", "or", "und", "oder", "bis", "et", "ou", "y", "o", "to"})
_NO_SPACES = re.compile(
    "[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
_MARK = re.compile(r"[\d*†‡§¶,]+")
# What joins the letter before it although it is no combining mark: vowels of Hangul and of Indic
# scripts.
_JOINS_BEFORE = re.compile(
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1161-\u1175\u11a8-\u11c2\u1b35\U000110ba\U00011127\U0001133e\U00011357\U000114b0\U000114ba"
    "\U000114bd\U000115af\U00011930]"
)


@dataclass(slots=True)
class Vocabulary:
    """The words of a document as they stand inside lines, to tell how a cut word is written."""

    solid: Counter[str] = field(default_factory=Counter)
    hyphenated: Counter[str] = field(default_factory=Counter)

    def learn(self, line: str) -> None:
        """Take in the words of a line, but not one that is cut at its end."""
        for found in _WORD.finditer(line):
            if found.end() == len(line) - 1 and line[-1] in _HYPHENS:
                continue
            word = found[0].lower().replace("\u2010", "-")
            (self.hyphenated if "-" in word else self.solid)[word] += 1

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Tell whether a word that was cut here is one written with a hyphen."""
        left, right = left.lower().replace("\u2010", "-"), right.lower()
        whole = self.hyphenated[f"{left}-{right}"]
        solid = self.solid[left + right] + self.hyphenated[left + right]
        if whole or solid:
            return whole >= solid
        return len(left.rsplit("-", 1)[-1]) < 2


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a stretch of a page's characters."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """index: on the page; -1 for white space that was put in."""

    text: str
    index: int
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
    letters: list[_Letter] = []
    behind = -1
    for line in lines:
        more = _letters_of(line, kind)
        if letters and more:
            _close(letters, more, vocabulary, behind)
        letters += more
        behind = line.start + len(line.text) if line.spaced else -1
    letters = _trimmed(letters)
    if letters and letters[-1].text == _SOFT:
        letters = letters[:-1]
    letters = _normal(_trimmed(letters[without:]))
    text = "".join(letter.text for letter in letters)
    spans = () if kind is BlockKind.HEADING else tuple(_spans(letters))
    linked = tuple(_linked(letters, links)) if links else ()
    ordered = sorted((*spans, *linked), key=lambda span: (span.start, -span.end, span.kind))
    return Block(kind, text, level, number, tuple(ordered), page, tuple(_runs(letters)))


def _letters_of(line: Line, kind: BlockKind) -> list[_Letter]:
    """The letters of one line; between the cells of a table row stands a tab."""
    tabs = {gap.start for gap in line.gaps} if kind is BlockKind.TABLE_ROW else set()
    raised = {at for start, end in line.raised for at in range(start, end)}
    starts = dict(line.styles)
    made: list[_Letter] = []
    kinds: frozenset[SpanKind] = frozenset()
    for offset, letter in enumerate(line.text):
        at = line.start + offset
        if at in starts:
            style = starts[at]
            kinds = frozenset(
                kind
                for kind, set_so in (
                    (SpanKind.BOLD, style.bold),
                    (SpanKind.ITALIC, style.italic),
                    (SpanKind.SUPERSCRIPT, at in raised),
                )
                if set_so
            )
        if at in tabs:
            while made and made[-1].text == " ":
                made.pop()
            if made:
                made.append(_Letter("\t", -1))
        if letter == NOTHING or (letter == _SOFT and offset < len(line.text) - 1):
            continue
        if letter == " " and (not made or made[-1].text in " \t"):
            continue
        if made and at in raised and at in starts and _is_mark(line, at, made):
            made.append(_Letter(" ", -1))
        made.append(_Letter(letter, at, frozenset() if letter == " " else kinds))
    while made and made[-1].text == " ":
        made.pop()
    return made


def _is_mark(line: Line, at: int, before: Sequence[_Letter]) -> bool:
    """Tell the mark of a note, which would make another word of the one it stands at."""
    end = next(end for start, end in line.raised if start <= at < end)
    mark = line.text[at - line.start : end - line.start]
    word = "".join(letter.text for letter in before[-3:])
    return bool(_MARK.fullmatch(mark)) and len(word) == 3 and word.isalpha() and word[1:].islower()


def _close(
    letters: list[_Letter], more: Sequence[_Letter], vocabulary: Vocabulary, behind: int
) -> None:
    """Bring the end of one line and the beginning of the next together.

    behind: where the page has white space between them, mostly of pdfium's; -1 where it has none.
    """
    last, first = letters[-1].text, more[0].text
    if last in _HYPHENS:
        tail = "".join(letter.text for letter in letters[-60:])
        left = _LAST_PART.search(tail)
        right = _FIRST_PART.match("".join(letter.text for letter in more[:60]))
        if left and right:
            if last == _SOFT:
                letters.pop()
                return
            if right[0].lower() in _AND:
                letters.append(_Letter(" ", behind))
            elif first.islower() and not vocabulary.keeps_hyphen(left[1], right[0]):
                letters.pop()
            return
        if last == _SOFT:
            letters.pop()
    if _NO_SPACES.match(last) and _NO_SPACES.match(first):
        return
    letters.append(_Letter(" ", behind))


def _trimmed(letters: Sequence[_Letter]) -> list[_Letter]:
    start, end = 0, len(letters)
    while start < end and letters[start].text.isspace():
        start += 1
    while end > start and letters[end - 1].text.isspace():
        end -= 1
    return list(letters[start:end])


def _normal(letters: list[_Letter]) -> list[_Letter]:
    """Bring letters to NFC; what is made of several stands where the first of them stood."""
    if unicodedata.is_normalized("NFC", "".join(letter.text for letter in letters)):
        return letters
    made: list[_Letter] = []
    for cluster in _clusters(letters):
        text = unicodedata.normalize("NFC", "".join(letter.text for letter in cluster))
        fewer = len(cluster) - len(text)
        for place, new in enumerate(text):
            # It is the first letter that takes others in.
            old = cluster[min(place + max(fewer, 0), len(cluster) - 1) if place else 0]
            made.append(replace(old, text=new))
    return made


def _clusters(letters: Iterable[_Letter]) -> Iterable[list[_Letter]]:
    """Letters with all that may join them."""
    cluster: list[_Letter] = []
    for letter in letters:
        joins = unicodedata.combining(letter.text) or _JOINS_BEFORE.match(letter.text)
        if cluster and not joins:
            yield cluster
            cluster = []
        cluster.append(letter)
    if cluster:
        yield cluster


def _runs(letters: Sequence[_Letter]) -> Iterable[tuple[int, int]]:
    """Where letters and page stop running side by side; what was put in stands behind the last."""
    behind = 0
    put_in = True
    for offset, letter in enumerate(letters):
        if letter.index < 0 or put_in or letter.index != behind:
            yield offset, behind if letter.index < 0 else letter.index
        put_in = letter.index < 0
        behind = behind if put_in else letter.index + 1


def _spans(letters: Sequence[_Letter]) -> Iterable[Span]:
    """Bold, italic and raised stretches; what is all bold says nothing."""
    for kind in (SpanKind.BOLD, SpanKind.ITALIC, SpanKind.SUPERSCRIPT):
        start = end = -1
        whole = True
        found: list[Span] = []
        for offset, letter in enumerate(letters):
            if kind in letter.kinds:
                start = offset if start < 0 else start
                end = offset + 1
            elif not letter.text.isspace():
                whole = False
                if start >= 0:
                    found.append(Span(start, end, kind))
                start = -1
        if start >= 0:
            found.append(Span(start, end, kind))
        if not whole:
            yield from found


def _linked(letters: Sequence[_Letter], links: Sequence[Link]) -> Iterable[Span]:
    for link in links:
        inside = [
            offset
            for offset, letter in enumerate(letters)
            if link.start <= letter.index < link.end and not letter.text.isspace()
        ]
        if inside:
            yield Span(inside[0], inside[-1] + 1, SpanKind.LINK, link.address)
