"""How long answers take, beside SQLite's FTS5 in the same run; a table, and nothing else.

python -m tests.benchmarks.search [--documents 10000] [--size 3000] [--keep FOLDER] [--rounds 20]

Both engines are warm. Postil is asked as the window asks it: the index in a process of its own,
words with all forms of their stems, a count for each part, documents in order. FTS5 stems too; it
gives the numbers of all articles found, best first. A ratio over 1 says that FTS5 is quicker.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop_app.core.model import Sort
from desktop_app.library.library import Library
from tests.benchmarks.search_ground import make_fts, make_library, phrases, words_by_share

Row = tuple[str, Callable[[int], object], Callable[[int], object] | None]
_BY_RANK = "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY bm25(fts)"
_SNIPPETS = "SELECT snippet(fts, 1, '<', '>', '…', 32) FROM fts WHERE fts MATCH ? LIMIT 20"
_LINES = "SELECT rowid, highlight(fts, 1, char(1), char(2)) FROM fts WHERE fts MATCH ?"
_TAGGED = "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid IN (SELECT article FROM tagged WHERE tag = 0)"
_DATED = (
    "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid IN"
    " (SELECT id FROM article WHERE day BETWEEN '2016-01-01' AND '2016-12-31')"
)
_BY_DAY = (
    "SELECT fts.rowid FROM fts JOIN article ON article.id = fts.rowid"
    " WHERE fts MATCH ? ORDER BY day DESC"
)
_FACETS = (
    "SELECT {} AS value, count(*) FROM article"
    " WHERE id IN (SELECT rowid FROM fts WHERE fts MATCH ?) GROUP BY value"
)
_TAG_FACET = (
    "SELECT tag, count(*) FROM tagged"
    " WHERE article IN (SELECT rowid FROM fts WHERE fts MATCH ?) GROUP BY tag"
)


class Asked:
    """Both engines over the same articles, and the words to ask for."""

    def __init__(self, folder: Path, count: int, size: int) -> None:
        make_library(folder, count, size)
        self.fts = make_fts(folder, count, size)
        self.library = Library.open(folder / "library", cache=folder / "cache")
        self.library.wait_until_searchable()
        words = words_by_share(count, size)
        self.common, self.middling, self.rare = words["common"], words["middling"], words["rare"]
        self.pairs = phrases(count, size, self.middling)
        self.long = [word for word in self.middling if len(word) > 6] or self.middling
        # Words that stand nearly 10,000 times, as far as there are any.
        most = (
            "SELECT term, cnt FROM vocabulary WHERE cnt < 10000 AND length(term) > 3"
            " ORDER BY cnt DESC LIMIT 12"
        )
        counted = self.fts.execute(most).fetchall()
        self.lined = [word for word, _ in counted]
        self.lines_each = sum(count for _, count in counted) // max(len(counted), 1)

    def close(self) -> None:
        self.library.close()
        self.fts.close()

    def postil(self, text: str, sort: Sort = Sort.RELEVANCE) -> int:
        """Ask the library; how many documents."""
        answer = self.library.search(f"{text} dup:all", sort=sort)
        if answer.errors:
            raise SystemExit(f"{text}: {answer.errors[0].message}")
        return answer.total

    def concordance(self, word: str) -> int:
        """Gather every match of a word on a line of its own; how many lines."""
        answer = self.library.search(f"{word} dup:all", sort=Sort.RELEVANCE)
        lines = self.library.concordances.open(answer)
        try:
            return lines.gather().lines
        finally:
            lines.close()

    def beside(self, sql: str, match: str) -> int:
        """Ask FTS5; how many rows."""
        return len(self.fts.execute(sql, (match,)).fetchall())


def turned(words: Sequence[str], by: int = 0) -> Callable[[int], str]:
    """The words one after the other, over and over."""
    return lambda number: words[(number + by) % len(words)]


def rows(asked: Asked) -> Iterator[Row]:
    """What is timed: its name, the question to Postil, the question to FTS5 or None."""
    common, other, middling, rare, long, lined = (
        turned(asked.common),
        turned(asked.common, 7),
        turned(asked.middling),
        turned(asked.rare),
        turned(asked.long),
        turned(asked.lined),
    )
    pair = lambda n: asked.pairs[n % len(asked.pairs)]  # noqa: E731
    postil, beside = asked.postil, asked.beside

    def same(
        text: Callable[[int], str], match: Callable[[int], str], sql: str = _BY_RANK
    ) -> tuple[Callable[[int], object], Callable[[int], object]]:
        return (lambda n: postil(text(n))), (lambda n: beside(sql, match(n)))

    yield "common word", *same(common, common)
    yield "rare word", *same(rare, rare)
    both = lambda n: f"{common(n)} {middling(n)}"  # noqa: E731
    yield "common AND middling", *same(both, both)
    yield "two common", *same(*[lambda n: f"{common(n)} {other(n)}"] * 2)
    yield "OR of three", *same(*[lambda n: f"{common(n)} OR {middling(n)} OR {rare(n)}"] * 2)
    yield "phrase of two", *same(*[lambda n: '"{} {}"'.format(*pair(n))] * 2)
    yield "prefix of 3", *same(*[lambda n: f"{middling(n)[:3]}*"] * 2)
    yield "prefix of 5", *same(*[lambda n: f"{long(n)[:5]}*"] * 2)
    yield "wildcard, lett?r*", (lambda n: postil(_joked(long(n)))), None
    yield "fuzzy, within 1", (lambda n: postil(f"{_misspelt(long(n), n)}~")), None
    yield "fuzzy, within 2", (lambda n: postil(f"{_misspelt(long(n), n)}~2")), None
    yield (
        "NEAR/8",
        *same(
            lambda n: "{} NEAR/8 {}".format(*pair(n)), lambda n: "NEAR({} {}, 7)".format(*pair(n))
        ),
    )
    yield (
        "NEAR/8 of two common",
        *same(
            lambda n: f"{common(n)} NEAR/8 {other(n)}", lambda n: f"NEAR({common(n)} {other(n)}, 7)"
        ),
    )
    yield "tag and common word", *same(lambda n: f'tag:"topic 0" {common(n)}', common, _TAGGED)
    yield "date and common word", *same(lambda n: f"date:2016 {common(n)}", common, _DATED)
    yield (
        "common word by date",
        lambda n: postil(common(n), Sort.DATE_NEWEST),
        lambda n: beside(_BY_DAY, common(n)),
    )
    answers = [asked.library.search(common(n), sort=Sort.RELEVANCE) for n in range(10)]
    answer = lambda n: answers[n % len(answers)]  # noqa: E731
    yield (
        "passages of 20",
        lambda n: asked.library.hits(answer(n), answer(n).ids[:20]),
        lambda n: beside(_SNIPPETS, common(n % len(answers))),
    )
    yield (
        "facets of a common word",
        lambda n: asked.library.facets(answer(n)),
        lambda n: [
            *(beside(_FACETS.format(of), common(n % 10)) for of in ("source", "substr(day, 1, 4)")),
            beside(_TAG_FACET, common(n % 10)),
        ],
    )
    yield (
        f"concordance, ~{asked.lines_each:,} lines",
        lambda n: asked.concordance(lined(n)),
        lambda n: beside(_LINES, lined(n)),
    )


def _joked(word: str) -> str:
    return f"{word[:3]}?{word[4:6]}*"


def _misspelt(word: str, seed: int) -> str:
    at = random.Random(seed).randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def timed(ask: Callable[[int], object], rounds: int) -> list[float]:
    """How long each of so many questions took, in ms, sorted; one before them is not counted."""
    ask(rounds)
    took = []
    for number in range(rounds):
        begun = time.perf_counter()
        ask(number)
        took.append((time.perf_counter() - begun) * 1_000)
    return sorted(took)


def at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def table(asked: Asked, rounds: int) -> None:
    print(f"\n{'':26}{'Postil p50':>12}{'p95':>9}{'FTS5 p50':>11}{'p95':>9}{'ratio':>9}")
    for name, ours, theirs in rows(asked):
        mine = timed(ours, rounds)
        line = f"{name:26}{at(mine, 0.5):12.1f}{at(mine, 0.95):9.1f}"
        if theirs is not None:
            other = timed(theirs, rounds)
            ratio = at(mine, 0.5) / max(at(other, 0.5), 0.001)
            line += f"{at(other, 0.5):11.1f}{at(other, 0.95):9.1f}{ratio:9.2f}"
        print(f"{line}   ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=3_000, help="characters of an article")
    parser.add_argument("--keep", type=Path, help="where both are made and kept")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-search-") as scratch:
        asked = Asked(given.keep or Path(scratch), given.documents, given.size)
        try:
            table(asked, given.rounds)
        finally:
            asked.close()


if __name__ == "__main__":
    main()
