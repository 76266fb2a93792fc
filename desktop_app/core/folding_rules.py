"""What is folded by rule: phrases, lines that a source repeats, and what the user says of a source.

A phrase is written in words and stands for a whole line: `*` for any words, `#` for a number,
`one/other` for either, `(word)` for one that may be missing, `:` for a colon that must be there.
Capitals, accents and other punctuation make no difference.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

from desktop_app.core.lines import NUMBER, Line, normalised
from desktop_app.core.words import fold

SHARE, NEWSLETTER, CONTINUE, RELATED = "share bar", "newsletter", "continue reading", "related"
AUDIO, COOKIES, CREDIT, COMMENTS = "audio player", "cookies", "photo credit", "comments"
ADVERT, COPYRIGHT, SITE, HEADLINE = "advertisement", "copyright", "site notice", "headline"
PAGE_NUMBER, RUNNING_HEAD = "page number", "running head"
REPEATED, CHOSEN = "repeated line", "line you chose"

# The kinds that a phrase can be of.
KINDS = (
    SHARE, NEWSLETTER, CONTINUE, RELATED, AUDIO, COOKIES, CREDIT, COMMENTS, ADVERT, COPYRIGHT, SITE,
)  # fmt: skip
# In a rule this and a kind stand for everything of that kind.
KIND_RULE = "kind:"
RULED_KINDS = (*KINDS, HEADLINE, PAGE_NUMBER, RUNNING_HEAD, REPEATED)

_MOST_SPELLINGS = 200
_PIECE = re.compile(r"\(|\)|\*|:|#+|[\w/]+")
_LINE_TOKEN = re.compile(r":(?!\d)|#+|\w+")


class Verdict(StrEnum):
    """What the user says of a line."""

    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class FoldRule:
    """What the user said of a line of a source. line: as normalised, or KIND_RULE and a kind."""

    source: str
    line: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and the kind of fold that it makes."""

    kind: str
    phrase: str
    active: bool = True


class PhraseRefused(ValueError):
    """A phrase that cannot be meant; the message is the sentence that says so."""


class _Node:
    """A word of phrases, and the words that may follow. loops: any words may stand here."""

    __slots__ = ("end", "follow", "loops", "star")

    def __init__(self, *, loops: bool = False) -> None:
        self.follow: dict[str, _Node] = {}
        self.star: _Node | None = None
        self.loops = loops
        self.end: tuple[int, Phrase] | None = None


class Phrases:
    """A list of phrases, ready to be looked for. key: the same for the same active phrases."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Raises PhraseRefused."""
        self._root = _Node()
        seed = blake2b(digest_size=8)
        for number, phrase in enumerate(p for p in phrases if p.active):
            seed.update(f"{phrase.kind}\0{phrase.phrase}\0".encode())
            for spelling in _spellings(phrase.phrase):
                self._add(spelling, (number, phrase))
        self.key = seed.hexdigest()

    def _add(self, tokens: Sequence[str], end: tuple[int, Phrase]) -> None:
        node = self._root
        for token in tokens:
            if token == "*":
                if not node.loops:
                    node.star = node.star or _Node(loops=True)
                    node = node.star
                continue
            node = node.follow.setdefault(token, _Node())
        if node.end is None or end[0] < node.end[0]:
            node.end = end

    def find(self, line: Line) -> Phrase | None:
        """The first phrase that stands for this line; None for none."""
        if not line.line:
            return None
        tokens = _tokens(line.text) if ":" in line.text else line.line.split(" ")
        return self.match(tokens)

    def match(self, tokens: Sequence[str]) -> Phrase | None:
        """The first phrase that stands for these words; None for none."""
        active = _reached([self._root])
        for token in tokens:
            following: list[_Node] = []
            for node in active:
                if node.loops or token == ":":
                    following.append(node)
                child = node.follow.get(token)
                if child is not None:
                    following.append(child)
            if not following:
                return None
            active = _reached(following)
        ends = [node.end for node in active if node.end is not None]
        return min(ends, key=lambda end: end[0])[1] if ends else None

    def match_text(self, text: str) -> Phrase | None:
        """The first phrase that stands for this text."""
        return self.match(_tokens(text))


def _reached(nodes: list[_Node]) -> list[_Node]:
    """These nodes and those behind a star, each once."""
    reached: dict[int, _Node] = {}
    for node in nodes:
        reached[id(node)] = node
        if node.star is not None:
            reached[id(node.star)] = node.star
    return list(reached.values())


def _tokens(text: str) -> list[str]:
    made: list[str] = []
    for token in _LINE_TOKEN.findall(fold(text)):
        if token[0] == "#" or token[0].isdigit():
            if made and made[-1] == NUMBER:
                continue
            token = NUMBER
        made.append(token)
    return made


def _spellings(phrase: str) -> list[list[str]]:
    """All ways in which a phrase can be written, as words; raises PhraseRefused."""
    choices: list[list[list[str]]] = []
    optional: list[list[list[str]]] | None = None
    for piece in _PIECE.findall(fold(phrase)):
        if piece == "(":
            if optional is not None:
                raise PhraseRefused("A bracket stands inside another.")
            optional = []
        elif piece == ")":
            if optional is None:
                raise PhraseRefused("A bracket is closed that was not opened.")
            choices.append([[], *_all(optional)])
            optional = None
        else:
            either = [list(_words(word)) for word in piece.split("/") if word]
            if either:
                (choices if optional is None else optional).append(either)
    if optional is not None:
        raise PhraseRefused("A bracket is not closed.")
    if not any(
        len(word) > 1 for choice in choices for words in choice for word in words if word != "*"
    ):
        raise PhraseRefused("A phrase needs at least one word of two letters.")
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST_SPELLINGS:
        raise PhraseRefused("The phrase can be written in too many ways: make several of it.")
    return _all(choices)


def _all(choices: Sequence[list[list[str]]]) -> list[list[str]]:
    return [list(itertools.chain(*chosen)) for chosen in itertools.product(*choices)]


def _words(piece: str) -> Iterator[str]:
    if piece in "*:":
        yield piece
    else:
        yield from normalised(piece).split(" ")


def merged(built_in: Iterable[Phrase], own: Iterable[Phrase]) -> list[Phrase]:
    """The product's phrases as the user left them, and behind them the user's own."""
    said = {phrase.phrase: phrase for phrase in own}
    known = list(built_in)
    names = {phrase.phrase for phrase in known}
    return [
        *(said.get(phrase.phrase, phrase) for phrase in known),
        *(phrase for phrase in said.values() if phrase.phrase not in names),
    ]


_NONE = Phrases(())


@dataclass(frozen=True, slots=True)
class FoldRules:
    """What folds the texts of one source beside their shape.

    repeated: keys of the lines that stand in several of its texts. never, always: normalised
    lines, or KIND_RULE and a kind, of which the user said so.
    """

    phrases: Phrases = field(default=_NONE)
    repeated: frozenset[int] = frozenset()
    never: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
