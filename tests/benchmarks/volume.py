"""Articles in any number: from real prose where there is some, else from a seeded word model.

The same seed and count give the same articles. Each has a headline, a date, a byline and enough
paragraphs to make about `size` characters.
"""

from __future__ import annotations

import gzip
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent

_SOURCES = ("The Coast Ledger", "Harbour View", "Weekly Review", "The Oster Post", "Northern Wire")
_FIRST = ("Anna", "Bruno", "Clara", "David", "Edda", "Farid", "Greta", "Hassan", "Ines", "Jonas")
_LAST = ("Halm", "Oster", "Quay", "Rennick", "Sund", "Tamm", "Ulver", "Varga", "West", "Yilmaz")
_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "fa",
    "fi",
    "ga",
    "go",
    "ha",
    "he",
    "ka",
    "ki",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mi",
    "na",
    "ne",
    "no",
    "pa",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "wa",
    "we",
]


def prose_file() -> Path | None:
    """The file of real prose, or None where it is not here."""
    folder = Path(os.environ.get("POSTIL_CORPUS", PROJECT.parent / "shared" / "corpus"))
    path = folder / "prose.txt.gz"
    return path if path.is_file() else None


def _runs_of_prose(path: Path) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                runs[-1].append(line.replace("\0", " ").strip())
            elif runs[-1]:
                runs.append([])
    return [run for run in runs if run]


def _runs_of_words(random_: random.Random) -> list[list[str]]:
    """Sentences of made-up words whose frequencies fall as they do in a language (Zipf)."""
    lexicon = ["".join(random_.choices(_SYLLABLES, k=random_.randint(1, 4))) for _ in range(30_000)]
    common = ["the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "harbour", "town"]
    lexicon = common + lexicon
    weights = [1 / (rank + 2.7) for rank in range(len(lexicon))]
    words = random_.choices(lexicon, weights, k=400_000)
    sentences: list[str] = []
    start = 0
    while start + 40 < len(words):
        length = random_.randint(8, 30)
        sentences.append(" ".join(words[start : start + length]).capitalize() + ".")
        start += length
    return [sentences[i : i + 9] for i in range(0, len(sentences), 9)]


def articles(count: int, *, seed: int = 1, size: int = 6_000) -> Iterator[tuple[str, str]]:
    """File name and text of articles."""
    random_ = random.Random(seed)
    prose = prose_file()
    runs = _runs_of_prose(prose) if prose else _runs_of_words(random_)
    first_day = date(2009, 1, 1)
    for number in range(count):
        run = random_.choice(runs)
        headline = " ".join(random_.choice(run).split()[:9]).strip(".,;:") or "A report"
        day = first_day + timedelta(days=random_.randrange(6_000))
        author = f"{random_.choice(_FIRST)} {random_.choice(_LAST)}"
        parts = [f"{headline} ({number})", f"{day:%b} {day.day}, {day.year}", f"By {author}"]
        length = 0
        wanted = random_.randint(size // 2, size + size // 2)
        while length < wanted:
            paragraph = " ".join(random_.choice(runs)[:5])
            parts.append(paragraph)
            length += len(paragraph)
        parts.append(f"Source: {random_.choice(_SOURCES)}")
        yield f"{number:06}.txt", "\n\n".join(parts) + "\n"


def write_articles(folder: Path, count: int, *, seed: int = 1, size: int = 6_000) -> int:
    """Write articles as files, a thousand a folder; return how many bytes they are."""
    total = 0
    for number, (name, text) in enumerate(articles(count, seed=seed, size=size)):
        into = folder / f"{number // 1_000:03}"
        into.mkdir(parents=True, exist_ok=True)
        content = text.encode()
        (into / name).write_bytes(content)
        total += len(content)
    return total
