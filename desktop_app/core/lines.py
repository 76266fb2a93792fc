"""Lines as they are compared: what a site puts around its articles, whatever the counts in it.

A line is a block, or one of its lines where it has several; a normalised line is its folded words
with every number made one sign, so that "12 comments" and "40 comments" are the same. Of each text
the keys of its short lines are remembered, and beside them those of its sentences, by which
versions of one story are told from different texts of one source.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from desktop_app.core.text import Block, BlockKind
from desktop_app.core.words import fold

SHORT = 200  # letters; what is longer is prose and is never folded for being repeated
NUMBER = "#"

_TOKEN = re.compile(r"#+|\w+")
_NUMBER = re.compile(r"\d[\w]*")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[^.!?…\n]{60,}")

# What a key is of stands in its last two bits.
_LINE, _SENTENCE_OF_PROSE, _SENTENCE_OF_LINE = 0, 1, 2
_MOST_LINES = 600
_MOST_SENTENCES = 256
_KINDS_NOT_LEARNED = frozenset({BlockKind.TABLE_ROW, BlockKind.PREFORMATTED})

_FACT = re.compile(
    r"(?:(?:(?:written|posted|reported|story|text|words) )?(?:by|von|par|por|door|di)"
    r"|source|sources|quelle|quellen|fonte|fuente|bron|author|authors|autor|auteur|autore"
    r"|(?:originally|first) published|url|doi)\b"
)
_TOP = 6  # blocks in which a name that stands alone may be the author's
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,3} ){0,2}[^\W\d_a-z][\w.'’-]*){1,3}")
_DATE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """# monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec am pm a p m gmt utc est edt cet cest bst pst
    pdt et first last published posted updated modified date dated on at the of created erschienen
    veroffentlicht aktualisiert publie mis a jour le am um uhr den montag dienstag mittwoch
    donnerstag freitag samstag sonntag januar februar marz mai juni juli oktober dezember janvier
    fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi mardi mercredi
    jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre
    octubre noviembre diciembre de del""",
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text. start, end: code points of the canonical text, blanks at its ends left out.

    block: the number of its block. line: as normalised, "" where it is longer than SHORT.
    """

    start: int
    end: int
    block: int
    text: str
    line: str


def normalised(text: str) -> str:
    """The folded words of a line, one blank between two, each run of numbers as one sign."""
    made: list[str] = []
    for token in _TOKEN.findall(fold(text)):
        if token[0] == "#" or token[0].isdigit():
            if made and made[-1] == NUMBER:
                continue
            token = NUMBER
        made.append(token)
    return " ".join(made)


def key_of(line: str) -> int:
    """The key of a normalised line: 62 bits, the same on every computer; its last two bits are 0."""
    return _hash(line) | _LINE


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & 0x7FFF_FFFF_FFFF_FFFC


def lines_of(blocks: Sequence[Block], starts: Sequence[int]) -> list[Line]:
    """The lines of a text that hold anything but blanks, in order."""
    found: list[Line] = []
    for number, (block, start) in enumerate(zip(blocks, starts, strict=True)):
        if "\n" not in block.text:
            _add_line(found, block.text, start, number)
            continue
        for piece in block.text.split("\n"):
            _add_line(found, piece, start, number)
            start += len(piece) + 1
    return found


def _add_line(found: list[Line], piece: str, start: int, block: int) -> None:
    text = piece.strip()
    if text:
        start += len(piece) - len(piece.lstrip())
        line = normalised(text) if len(text) <= SHORT else ""
        found.append(Line(start, start + len(text), block, text, line))


def is_fact(line: str) -> bool:
    """Whether a normalised line says who wrote the text, when, or for whom.

    That is never boilerplate, however often a source repeats it.
    """
    words = line.split(" ")
    if len(words) <= 12 and all(word in _DATE_WORDS for word in words):
        return True
    return len(words) <= 9 and _FACT.match(line) is not None


def can_repeat(line: Line, blocks: Sequence[Block]) -> bool:
    """Whether a line may be folded because its source repeats it."""
    return (
        bool(line.line)
        and blocks[line.block].kind not in _KINDS_NOT_LEARNED
        and _LETTER.search(line.line) is not None
        and not is_fact(line.line)
        and not (line.block < _TOP and _NAME.fullmatch(line.text))
    )


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a text, for others of its source.

    short: keys of its short lines. sentences: keys of the sentences of its prose, or where it has
    too little of that, of all its lines; of a long text a fair sample.
    """

    short: frozenset[int]
    sentences: frozenset[int]

    def tells_the_story_of(self, other: Remembered) -> bool:
        """Whether the two are versions of one text: they share a good part of the shorter one."""
        ours, theirs = _comparable(self.sentences, other.sentences)
        fewer = min(len(ours), len(theirs))
        if not fewer:
            return self.sentences == other.sentences and self.short == other.short
        return len(ours & theirs) >= max(1, fewer * 0.3)


def _comparable(
    ours: frozenset[int], theirs: frozenset[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """Of samples, leave what the other's could not hold."""
    for full, sample in ((ours, theirs), (theirs, ours)):
        if len(sample) >= _MOST_SENTENCES > len(full):
            largest = max(sample)
            cut = frozenset(key for key in full if key <= largest)
            return (cut, sample) if full is ours else (sample, cut)
    return ours, theirs


def remember(blocks: Sequence[Block], lines: Sequence[Line]) -> bytes:
    """Write what is to be remembered of a text: keys, ascending, eight bytes each."""
    short = [key_of(line.line) for line in lines if can_repeat(line, blocks)]
    if len(short) > _MOST_LINES:
        short = [*short[: _MOST_LINES // 2], *short[-_MOST_LINES // 2 :]]
    prose: set[int] = set()
    rest: set[int] = set()
    for line in lines:
        if len(line.text) >= 60:
            (rest if line.line else prose).update(_sentences(line.text))
    few = (
        {key | _SENTENCE_OF_PROSE for key in prose},
        {key | _SENTENCE_OF_LINE for key in rest},
    )
    keys = set(short).union(*(sorted(kind)[:_MOST_SENTENCES] for kind in few))
    made = array("q", sorted(keys))
    return made.tobytes()


def _sentences(text: str) -> Iterator[int]:
    for sentence in _SENTENCE.findall(text):
        yield _hash(sentence.casefold().replace(" ", ""))


def remembered(written: bytes) -> Remembered:
    """Read what remember wrote."""
    keys = array("q")
    keys.frombytes(written)
    kinds: tuple[list[int], list[int], list[int]] = ([], [], [])
    for key in keys:
        kinds[key & 3 if key & 3 < 3 else 0].append(key)
    prose = kinds[_SENTENCE_OF_PROSE]
    if len(prose) < 3:
        prose = [*prose, *kinds[_SENTENCE_OF_LINE]]
    return Remembered(frozenset(kinds[_LINE]), frozenset(prose))


def repeated_lines(texts: Iterable[Remembered], *, least: int = 3) -> frozenset[int]:
    """The keys of the short lines that stand in so many texts of different stories.

    texts: of one source, in an order that does not depend on when they came.
    """
    holders: dict[int, list[Remembered]] = {}
    for text in texts:
        for key in text.short:
            holders.setdefault(key, []).append(text)
    return frozenset(
        key
        for key, held in holders.items()
        if len(held) >= least and _has_stories(held[:_MOST_COMPARED], least)
    )


# Of a line that very many texts hold, so many are looked at to find different stories.
_MOST_COMPARED = 64


def _has_stories(texts: Sequence[Remembered], least: int) -> bool:
    stories: list[Remembered] = []
    for text in texts:
        if not any(text.tells_the_story_of(story) for story in stories):
            stories.append(text)
            if len(stories) >= least:
                return True
    return False
