"""How much of an article, and of nothing else, is found in web pages.

python -m tests.benchmarks.main_content FOLDER [--page PAGE]

FOLDER has gzipped pages; beside it lies html-ground-truth.json with the article of each by hand.
The measure is that of scrapinghub's article-extraction-benchmark: the runs of four words of both
texts, counted with their repeats; precision and recall for each page; their means over the pages;
F1 of the means. What is folded is left out, and no title is added. Printed is a row a way of
reading with its seconds, the share of the articles' characters that is folded, and the ten pages
where Postil is worst. --page shows what one page has too much and too little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import trafilatura
from lxml import html

from desktop_app.core.text import Text
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.reading import read
from desktop_app.formats.text.charset import decode

try:
    import readability
except ImportError:
    readability = None

_WORD = re.compile(r"\w+")
_RUN = 4


@dataclass
class Row:
    """The scores of one way of reading, page by page."""

    precision: dict[str, float] = field(default_factory=dict)
    recall: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def f1(self) -> float:
        both = mean(self.precision.values()) + mean(self.recall.values())
        return 2 * mean(self.precision.values()) * mean(self.recall.values()) / both

    def of_page(self, page: str) -> float:
        precision, recall = self.precision.get(page, 0.0), self.recall.get(page, 0.0)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words; a shorter text is one run."""
    words = _WORD.findall(text)
    count = max(1, len(words) - _RUN + 1)
    return Counter(run for n in range(count) if (run := tuple(words[n : n + _RUN])))


def score(row: Row, page: str, found: str, truth: str) -> None:
    """Note how a text compares; a page of which nothing was found has no precision."""
    ours, theirs = runs(found), runs(truth)
    common = (ours & theirs).total()
    if ours:
        row.precision[page] = common / ours.total()
    if theirs:
        row.recall[page] = common / theirs.total()


def unfolded(text: Text) -> str:
    """The canonical text without what is folded."""
    parts: list[str] = []
    end = 0
    for fold in sorted(text.folds, key=lambda fold: fold.start):
        parts.append(text.canonical[end : max(fold.start, end)])
        end = max(fold.end, end)
    return "\n".join([*parts, text.canonical[end:]])


def folded_of_article(text: Text, truth: str) -> tuple[int, list[str]]:
    """How many characters of the article are folded, and the folds that hold some."""
    left = runs(truth)
    found = list(_WORD.finditer(text.canonical))
    of_article = [False] * len(found)
    for n in range(max(0, len(found) - _RUN + 1)):
        run = tuple(word[0] for word in found[n : n + _RUN])
        if left[run] > 0:
            left[run] -= 1
            of_article[n : n + _RUN] = [True] * _RUN
    count = 0
    lost: list[str] = []
    for fold in text.folds:
        inside = sum(
            len(word[0])
            for word, yes in zip(found, of_article, strict=True)
            if yes and fold.start <= word.start() and word.end() <= fold.end
        )
        if inside:
            lost.append(f"{fold.kind}: {text.canonical[fold.start : fold.end][:110]!r}")
            count += inside
    return count, lost


def trafilatura_text(page: str) -> str:
    return trafilatura.extract(page, fast=True, include_comments=False) or ""


def readability_text(page: str) -> str:
    summary = readability.Document(page).summary()
    return html.fromstring(summary).text_content() if summary else ""


def differences(found: str, truth: str) -> None:
    """Print what a text has too much and too little, word run by word run."""
    for mark, one, other in (("+", found, truth), ("-", truth, found)):
        left = runs(other)
        words = _WORD.findall(one)
        strange: list[str] = []
        for n in range(max(1, len(words) - _RUN + 1)):
            run = tuple(words[n : n + _RUN])
            if left[run] > 0:
                left[run] -= 1
                if strange:
                    print(mark, " ".join(strange))
                strange = []
            else:
                strange += run if not strange else run[-1:]
        if strange:
            print(mark, " ".join(strange))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", help="show the differences of the page whose name begins so")
    asked = parser.parse_args()
    truths = json.loads((asked.folder.parent / "html-ground-truth.json").read_text("utf-8"))
    others: dict[str, Callable[[str], str]] = {"trafilatura, fast": trafilatura_text}
    if readability is not None:
        others["readability-lxml"] = readability_text
    rows = {name: Row() for name in ("Postil", "Postil, folds open", *others)}
    limits = Limits()
    read(File(b"<p>Begin with what is slow to load.", "a.html"), limits)
    folded = article = 0
    lost: list[tuple[str, str]] = []
    for path in sorted(asked.folder.glob("*.html.gz")):
        page = path.name.partition(".")[0]
        if asked.page and not page.startswith(asked.page):
            continue
        truth = truths[page]["articleBody"]
        content = path.read_bytes()
        begun = time.perf_counter()
        text = read(File(content, path.name), limits).text
        rows["Postil"].seconds += time.perf_counter() - begun
        score(rows["Postil"], page, unfolded(text), truth)
        score(rows["Postil, folds open"], page, text.canonical, truth)
        article += sum(len(word) for word in _WORD.findall(truth))
        count, folds = folded_of_article(text, truth)
        folded += count
        lost += [(page, fold) for fold in folds]
        plain = decode(gzip.decompress(content)).text
        for name, way in others.items():
            begun = time.perf_counter()
            found = way(plain)
            rows[name].seconds += time.perf_counter() - begun
            score(rows[name], page, found, truth)
        if asked.page:
            differences(unfolded(text), truth)
    print(f"{'':20}{'precision':>11}{'recall':>9}{'F1':>9}{'seconds':>10}")
    for name, row in rows.items():
        seconds = f"{row.seconds:10.2f}" if row.seconds else f"{'':10}"
        print(
            f"{name:20}{mean(row.precision.values()):11.4f}{mean(row.recall.values()):9.4f}"
            f"{row.f1():9.4f}{seconds}"
        )
    if readability is None:
        print("readability-lxml is not installed")
    print(f"folded: {100 * folded / max(article, 1):.3f} % of the articles' characters")
    for page, fold in lost:
        print(f"  {page[:8]} {fold}")
    ours, reference = rows["Postil"], rows["trafilatura, fast"]
    print("the worst pages: Postil, trafilatura")
    for page in sorted(ours.recall, key=ours.of_page)[:10]:
        name = f"{page[:8]} {truths[page]['url'][:70]}"
        print(f"  {ours.of_page(page):.3f}  {reference.of_page(page):.3f}  {name}")


if __name__ == "__main__":
    main()
