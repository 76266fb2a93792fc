"""How well marked passages are found again in what another reader makes of the same page.

python -m tests.benchmarks.anchoring FOLDER [--passages N] [--seed N] [--show KIND]

FOLDER has html and mhtml pages, gzipped or not. From the text by one reader passages of 3 to 400
characters are drawn, whole words each, every fifth in words that come more than once; they are
looked for in the text by the other. The readers are Postil's article and its whole page, and
trafilatura and readability-lxml. N passages are drawn for each of the four ways.

Where a passage should be is told by an alignment of the words of both texts (difflib). Its place is
known when all of its words are aligned with words that follow one another in the other text;
shares are of those passages. A place is right when it begins and ends with the same words as the
known one, or when the letters of the passage and 60 more on both sides stand there. Of the others
it is printed how many were found word for word with 60 letters on one side; word for word without
them counts as wrong. One is wrong silently when it is not right and was not found by closeness.
--show prints the passages of a kind: exact, close, lost, wrong, wrong close,
unknown, unknown found.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import trafilatura
from lxml import etree, html

from desktop_app.anchoring.finding import Finder, Found
from desktop_app.core.errors import Problem
from desktop_app.core.highlights import How, anchor_at
from desktop_app.core.text import clean
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.reading import read
from desktop_app.formats.text.charset import decode

try:
    import readability
except ImportError:
    readability = None

_WORD = re.compile(r"\w+")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|dd|div|dl|dt|fig.*|footer|form|h.|header|li|main|nav"
    "|[ou]l|p|pre|section|t[dhr]|table"
)
_FEWEST_WORDS = 40
_AROUND = 60
_KINDS = ("exact", "close", "lost", "wrong", "wrong close", "unknown", "unknown found")


@dataclass(frozen=True)
class Passage:
    """A passage to look for. place: the range where it should be, None where that is not known."""

    start: int
    end: int
    place: tuple[int, int] | None


@dataclass
class Row:
    """What became of the passages of one way."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    texts: int = 0

    def share(self, *kinds: str) -> float:
        """The share of some kinds among the passages whose place is known."""
        known = sum(self.counts[kind] for kind in _KINDS[:5])
        return sum(self.counts[kind] for kind in kinds) / max(known, 1)

    def line(self, name: str) -> str:
        known = sum(self.counts[kind] for kind in _KINDS[:5])
        shares = (
            self.share("exact"),
            self.share("exact", "close"),
            self.share("close", "wrong close"),
            self.share("lost"),
        )
        return (
            f"{name:26}{self.texts:6}{known:8}{''.join(f'{100 * share:8.2f}' for share in shares)}"
            f"{self.counts['wrong']:8}{self.counts['wrong close']:8}{self.counts['unknown']:9}"
            f"{self.counts['unknown found']:7}{1000 * self.seconds / max(self.texts, 1):9.1f}"
        )


def readability_text(page: str) -> str:
    """The text that readability-lxml chooses, a line for each block."""
    summary = readability.Document(page).summary()
    parts: list[str] = []
    for event, element in etree.iterwalk(html.fromstring(summary), events=("start", "end")):
        is_block = isinstance(element.tag, str) and _BLOCKS.fullmatch(element.tag)
        if event == "start":
            parts += ["\0" if is_block else "", element.text or ""]
        else:
            parts += ["\0" if is_block else "", element.tail or ""]
    lines = (" ".join(line.split()) for line in "".join(parts).split("\0"))
    return clean("\n".join(line for line in lines if line))


def trafilatura_text(page: str) -> str:
    """The text that trafilatura chooses."""
    return clean(trafilatura.extract(page, include_comments=False) or "")


def texts_of(path: Path) -> Iterator[tuple[str, str, str]]:
    """The name of each way, the text in which passages are marked, and the other one."""
    content = path.read_bytes()
    try:
        extract = read(File(content, path.name), Limits())
    except Problem:
        return
    if extract.whole is not None:
        article, page = extract.text.canonical, extract.whole.canonical
        yield "article > whole page", article, page
        yield "whole page > article", page, article
    if readability is None or "mht" in path.suffix:
        return
    plain = decode(gzip.decompress(content) if path.suffix == ".gz" else content).text
    try:
        one, other = trafilatura_text(plain), readability_text(plain)
    except (readability.readability.Unparseable, etree.ParserError):
        return
    yield "trafilatura > readability", one, other
    yield "readability > trafilatura", other, one


class Alignment:
    """Which words of one text are aligned with which of another."""

    def __init__(self, one: str, other: str) -> None:
        self.one = list(_WORD.finditer(one))
        self.other = list(_WORD.finditer(other))
        matcher = SequenceMatcher(
            None, [word[0] for word in self.one], [word[0] for word in self.other], autojunk=False
        )
        self.to: dict[int, int] = {}
        for block in matcher.get_matching_blocks():
            for at in range(block.size):
                self.to[block.a + at] = block.b + at

    def place(self, first: int, past: int) -> tuple[int, int] | None:
        """Where words stand in the other text, if all do, one behind the other."""
        places = [self.to.get(at, -1) for at in range(first, past)]
        if places[0] < 0 or places != list(range(places[0], places[0] + past - first)):
            return None
        return self.other[places[0]].start(), self.other[places[-1]].end()


def drawn(alignment: Alignment, count: int, chance: random.Random) -> Iterator[Passage]:
    """Passages of the one text, whole words each."""
    words = alignment.one
    seen: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(words) - 2):
        seen.setdefault(tuple(word[0] for word in words[at : at + 3]), []).append(at)
    repeated = [at for places in seen.values() if len(places) > 1 for at in places]
    for number in range(count):
        length = round(3 * (400 / 3) ** chance.random())
        first = chance.choice(repeated) if repeated and number % 5 == 0 else -1
        if first < 0:
            first = chance.randrange(len(words))
        start = words[first].start()
        past = first + 1
        while past < len(words) and words[past].end() - start <= length:
            past += 1
        yield Passage(start, words[past - 1].end(), alignment.place(first, past))


def what_became(passage: Passage, found: Found | None, one: str, other: str) -> str:
    """The kind of an outcome."""
    if passage.place is None:
        if found is None or found.how is How.CLOSE:
            return "unknown"
        return "unknown found" if any(sides_agree(passage, found, one, other)) else "wrong"
    if found is None:
        return "lost"
    start, end = passage.place
    bare = other[found.start : found.end]
    offset = re.match(r"\W*", bare).end()  # type: ignore[union-attr]
    place = (found.start + offset, found.end - len(bare) + len(re.sub(r"\W+\Z", "", bare)))
    right = place == (start, end) or all(sides_agree(passage, found, one, other))
    if found.how is How.CLOSE:
        return "close" if right else "wrong close"
    return "exact" if right else "wrong"


def sides_agree(passage: Passage, found: Found, one: str, other: str) -> tuple[bool, bool]:
    """Whether the letters before, and those behind a passage are those at the place found."""

    def squeezed(text: str) -> str:
        return "".join(_WORD.findall(text))

    if squeezed(one[passage.start : passage.end]) != squeezed(other[found.start : found.end]):
        return False, False
    before = squeezed(one[: passage.start][-2 * _AROUND :])[-_AROUND:]
    behind = squeezed(one[passage.end :][: 2 * _AROUND])[:_AROUND]
    return (
        squeezed(other[: found.start][-3 * _AROUND :]).endswith(before),
        squeezed(other[found.end :][: 3 * _AROUND]).startswith(behind),
    )


def shown(kind: str, passage: Passage, found: Found | None, one: str, other: str) -> str:
    def around(text: str, start: int, end: int) -> str:
        parts = text[max(start - 70, 0) : start], text[start:end], text[end : end + 70]
        return "{}[[{}]]{}".format(*parts).replace("\n", "⏎")

    lines = [f"{kind}: {around(one, passage.start, passage.end)}"]
    if passage.place:
        lines.append(f"   known: {around(other, *passage.place)}")
    if found:
        lines.append(f"   {found.how}: {around(other, found.start, found.end)}")
    return "\n".join(lines)


def measure(
    folder: Path, passages: int, seed: int, show: Callable[[str, str], None]
) -> dict[str, Row]:
    """Draw and look for passages; show is given each outcome, its kind first."""
    rows: dict[str, Row] = {}
    paths = sorted(
        path for path in folder.rglob("*") if re.search(r"\.x?html?(\.gz)?$|\.mht", path.name)
    )
    per_text = max(1, round(passages / max(len(paths), 1)))
    for path in paths:
        for name, one, other in texts_of(path):
            alignment = Alignment(one, other)
            if min(len(alignment.one), len(alignment.other)) < _FEWEST_WORDS or one == other:
                continue
            row = rows.setdefault(name, Row())
            row.texts += 1
            chance = random.Random(f"{seed} {name} {path.name}")
            chosen = list(drawn(alignment, per_text, chance))
            begun = time.perf_counter()
            finder = Finder(other)
            found = [finder.find(anchor_at("", one, each.start, each.end), one) for each in chosen]
            row.seconds += time.perf_counter() - begun
            for each, place in zip(chosen, found, strict=True):
                kind = what_became(each, place, one, other)
                row.counts[kind] += 1
                show(kind, f"{path.name[:8]} {shown(kind, each, place, one, other)}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the passages of a kind")
    asked = parser.parse_args()

    def show(kind: str, line: str) -> None:
        if kind == asked.show:
            print(line)

    rows = measure(asked.folder, asked.passages, asked.seed, show)
    print(
        f"{'':26}{'texts':>6}{'known':>8}{'exact %':>8}{'+close%':>8}{'review%':>8}{'lost %':>8}"
        f"{'wrong':>8}{'wrong c':>8}{'unknown':>9}{'found':>7}{'ms/text':>9}"
    )
    for name, row in rows.items():
        print(row.line(name))
    if readability is None:
        print("readability-lxml is not installed")


if __name__ == "__main__":
    main()
