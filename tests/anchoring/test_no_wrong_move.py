"""No highlight is ever moved in silence to a place that is not its own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop_app.anchoring.finding import Finder
from desktop_app.core.highlights import How, anchor_at
from tests.anchoring.edits_for_tests import edited, is_right, original, place_of, written
from tests.benchmarks.anchoring import measure


def looked_for(seeds: range, passages: int) -> tuple[int, int, list[str]]:
    """Look for passages of made-up texts after known edits.

    Returns how many still stood word for word in one piece, how many of them were found so, and
    what was found wrongly.
    """
    here = found_here = 0
    wrong: list[str] = []
    for seed in seeds:
        chance = random.Random(seed)
        words = original(chance, chance.choice((3, 10, 40, 120)))
        old = written(words)
        changed = edited(words, chance, chance.choice((1, 3, 8, 20, 60)))
        new = written(changed, chance if chance.random() < 0.7 else None)
        finder = Finder(new.text)
        for _ in range(passages):
            first = chance.randrange(len(words))
            past = min(len(words), first + chance.choice((1, 1, 2, 3, 6, 15, 40)))
            marks = [word.mark for word in words[first:past]]
            start, end = old.places[marks[0]][0], old.places[marks[-1]][1]
            found = finder.find(anchor_at("1", old.text, start, end), old.text)
            known = place_of(new, marks)
            here += known is not None
            if found is None or found.how is How.CLOSE:
                assert found is None or end - start >= 20
                continue
            place = found.start, found.end
            found_here += known == place
            if not is_right(old, new, marks, place):
                wrong.append(f"{seed}: {old.text[start:end]!r} at {place}, not {known}")
    return here, found_here, wrong


def test_among_many_edited_texts_no_passage_is_moved_wrongly() -> None:
    here, found, wrong = looked_for(range(60), 10)
    assert not wrong, "\n".join(wrong)
    assert here >= 400 and found >= 0.8 * here


@pytest.mark.long
def test_among_very_many_edited_texts_no_passage_is_moved_wrongly() -> None:
    here, found, wrong = looked_for(range(1_000, 5_000), 25)
    assert not wrong, "\n".join(wrong)
    assert found >= 0.8 * here


@pytest.mark.corpus
@pytest.mark.parametrize(
    "every", [pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
def test_between_two_readers_of_real_pages_no_passage_is_moved_wrongly(
    corpus: Path, tmp_path: Path, every: int
) -> None:
    for page in sorted((corpus / "html").iterdir())[::every]:
        (tmp_path / page.name).symlink_to(page)
    wrong: list[str] = []

    def show(kind: str, line: str) -> None:
        if kind == "wrong":
            wrong.append(line)

    rows = measure(tmp_path, 2_000 // every, 1, show)
    assert not wrong, "\n".join(wrong)
    for name, row in rows.items():
        least = 0.95 if "article" in name else 0.92
        assert row.share("exact") >= least, name
        assert row.share("exact", "close") >= 0.95, name
