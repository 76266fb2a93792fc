"""Concordances: every match a line, in any order, and what was said of lines kept."""

from __future__ import annotations

import csv
import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage, DiskTrouble
from desktop_app.core.fold_edges import fold_edges
from desktop_app.core.query import parse
from desktop_app.core.words import words
from desktop_app.library import line_reading
from desktop_app.library.commands import SetTrashed
from desktop_app.library.concordances import (
    Concordance,
    Gathering,
    LineSort,
    LineState,
    name_of,
)
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines, TaggedLine, TagLines
from desktop_app.library.tags.commands import CreateTag
from tests.library.conftest import Bring
from tests.library.oracle_for_tests import STEMMERS, World

ONE = (
    "---\ntitle: B one\ndate: 2016-03\nsource: Ledger\n---\n\n"
    "The old quay stood. The new quay fell.\n"
)
TWO = "---\ntitle: A two\ndate: 2015\nsource: Herald\n---\n\nA quay above the dam, =SUM(1) quay end.\n"


@pytest.fixture
def filled(library: Library, bring: Bring) -> Library:
    bring(ONE, TWO, names=("one.md", "two.md"))
    assert library.wait_until_searchable(30)
    return library


def _gathered(library: Library, query: str) -> Concordance:
    made = library.concordances.open(library.search(query))
    made.gather()
    return made


def _shown(made: Concordance, sort: LineSort, **more: object) -> list[str]:
    numbers = made.numbers(sort, **more)  # type: ignore[arg-type]
    lines = {line.number: line for line in made.lines([n for n in numbers if n > 0])}
    titles = made.documents([-n for n in numbers if n < 0])
    return [
        f"{' '.join(lines[n].left.split()[-2:])}|{' '.join(lines[n].right.split()[:2])}"
        if n > 0
        else titles[-n].title
        for n in numbers
    ]


def _mark(library: Library, made: Concordance, number: int, state: LineState) -> None:
    (line,) = made.lines([number])
    made.keep()
    library.run(MarkLines(made.query, ((line.document, line.key),), state, made.width))
    made.look_up_states()


def test_every_order_is_by_what_it_says(filled: Library) -> None:
    made = _gathered(filled, "quay")
    old, new, above, end = "The old|stood. The", "The new|fell.", "A|above the", "dam, =SUM(1)|end."
    assert _shown(made, LineSort.DOCUMENT) == [above, end, old, new]
    assert _shown(made, LineSort.RIGHT_1) == [above, end, new, old]
    assert _shown(made, LineSort.LEFT_1) == [end, above, new, old]
    assert _shown(made, LineSort.DATE_NEWEST) == [old, new, above, end]
    assert _shown(made, LineSort.DATE_OLDEST) == [above, end, old, new]
    assert _shown(made, LineSort.SOURCE) == [above, end, old, new]
    made.close()


def test_groups_stand_under_their_document_in_the_order_of_lines(filled: Library) -> None:
    made = _gathered(filled, "quay")
    assert _shown(made, LineSort.RIGHT_1, grouped=True) == [
        "A two", "A|above the", "dam, =SUM(1)|end.", "B one", "The new|fell.", "The old|stood. The"
    ]  # fmt: skip
    grouped = _shown(made, LineSort.DATE_NEWEST, grouped=True)
    assert [each for each in grouped if "|" not in each] == ["B one", "A two"]
    made.close()


def test_filters_go_by_words_and_by_what_was_said(filled: Library) -> None:
    made = _gathered(filled, "quay")
    assert _shown(made, LineSort.DOCUMENT, words="NEW fell") == [
        "The old|stood. The",
        "The new|fell.",
    ]
    first = made.numbers()[0]
    _mark(filled, made, first, LineState.SEEN)
    assert made.numbers(states=(LineState.SEEN,)).tolist() == [first]
    assert first not in made.numbers(states=(LineState.KNOWN, None))
    assert made.shown(states=(LineState.KNOWN, None), words="quay") == 3
    made.close()


def test_what_was_said_is_kept_for_the_query_in_any_order_and_new_lines_are_told(
    filled: Library, bring: Bring
) -> None:
    made = _gathered(filled, "quay")
    _mark(filled, made, made.numbers()[0], LineState.IRRELEVANT)
    made.know()
    made.close()
    bring("A late one\n\nThe third quay came.\n", names=("three.txt",))
    assert filled.wait_until_searchable(30)
    filled.reindex()
    assert filled.wait_until_searchable(30)
    again = _gathered(filled, "quay sort:date")
    counts = again.counts()
    assert (counts.lines, counts.irrelevant, counts.unknown) == (5, 1, 1)
    assert again.known_before
    again.know()
    again.look_up_states()
    assert again.counts().unknown == 0
    again.close()


def test_undo_takes_back_what_was_said(filled: Library) -> None:
    made = _gathered(filled, "quay")
    _mark(filled, made, made.numbers()[0], LineState.SEEN)
    assert made.counts().seen == 1
    filled.undo()
    made.look_up_states()
    assert made.counts().seen == made.counts().unknown == 0
    filled.redo()
    made.look_up_states()
    assert made.counts().seen == 1
    made.close()


def test_a_concordance_that_nothing_was_said_of_is_not_kept(filled: Library) -> None:
    made = _gathered(filled, "quay")
    made.know()
    made.look_up_states()
    assert not made.known_before and made.counts().unknown == 4
    made.close()


def test_a_tagged_line_is_a_highlight_of_its_match_once(filled: Library) -> None:
    filled.run(CreateTag("ports"))
    filled.run(CreateTag("stone"))
    tree = filled.tag_tree()
    ports, stone = tree.find("ports"), tree.find("stone")
    assert ports is not None and stone is not None
    made = _gathered(filled, "quay")
    (line,) = made.lines(made.numbers()[:1])
    document = made.documents([line.document])[line.document]
    tagged = TaggedLine(line.document, document.version, line.start, line.end, line.key)
    filled.run(TagLines(made.query, (tagged,), (ports.id,)))
    filled.run(TagLines(made.query, (tagged,), (stone.id,)))
    (mark,) = filled.marks.of(line.document)
    assert mark.anchor.quote == "quay" and set(mark.tags) == {ports.id, stone.id}
    made.look_up_states()
    assert made.counts().tagged == 1
    filled.undo()
    (mark,) = filled.marks.of(line.document)
    assert mark.tags == (ports.id,)
    old = TaggedLine(line.document, "another", line.start, line.end, line.key)
    with pytest.raises(BadUsage, match="read again"):
        filled.run(TagLines(made.query, (old,), (stone.id,)))
    made.close()


def test_a_stopped_gathering_says_so_and_can_go_on(filled: Library) -> None:
    made = filled.concordances.open(filled.search("quay"))
    stop = threading.Event()
    stop.set()
    assert made.gather(stop).stopped and made.counts().lines == 0
    made.know()  # keeps nothing of what was not seen
    done = made.gather()
    assert not done.stopped and done.whole and made.counts().lines == 4
    made.close()


def test_a_long_text_is_read_in_pieces_that_give_the_same_lines(
    library: Library, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = " ".join(f"The quay {n % 7} stood." for n in range(300))
    bring(long, "Another quay.\n", long + " quay", names=("a.txt", "b.txt", "c.txt"))
    assert library.wait_until_searchable(30)
    answer = library.search("quay")
    whole = list(library.concordances.lines(answer))
    assert len(whole) == 602
    monkeypatch.setattr(line_reading, "_BUDGET_S", 0.0)
    assert list(library.concordances.lines(answer)) == whole
    stop = threading.Event()
    made = library.concordances.open(answer)
    counted: list[int] = []

    def some(gathering: Gathering) -> None:
        counted.append(gathering.lines)
        line_reading._held.clear()  # as when something else was read meanwhile
        if gathering.lines % 50 == 0:
            stop.set()

    while not made.gather(stop, some).whole:
        stop.clear()
    assert made.counts().lines == 602
    assert sorted(set(counted)) == list(range(1, 603))  # a line a call
    got = made.lines(made.numbers())
    assert sorted((line.document, line.start, line.left) for line in got) == sorted(
        (line.document, line.start, line.left) for line in whole
    )
    assert len({(line.document, line.key) for line in got}) == 602
    made.close()


def test_copies_are_counted_and_their_lines_left_out(filled: Library, bring: Bring) -> None:
    bring(ONE.replace("B one", "C copy"), names=("copy.md",))
    assert filled.wait_until_searchable(30)
    made = _gathered(filled, "quay")
    assert (made.folded, made.counts().lines) == (1, 4)
    made.close()
    every = _gathered(filled, "quay dup:all")
    assert (every.folded, every.counts().lines) == (0, 6)
    every.close()


def test_lines_of_removed_documents_are_passed_over_when_more_is_said(filled: Library) -> None:
    made = _gathered(filled, "quay")
    (line,) = made.lines(made.numbers()[:1])
    filled.run(SetTrashed((line.document,), True))
    filled.empty_trash()
    _mark(filled, made, line.number, LineState.SEEN)
    assert made.counts().seen == 0
    made.close()


def test_saved_lines_read_back_and_hold_no_formula(filled: Library, tmp_path: Path) -> None:
    made = _gathered(filled, '"sum 1" OR stood')
    target = tmp_path / "lines.csv"
    numbers = made.numbers(LineSort.DOCUMENT, grouped=True)
    assert made.save(numbers, target) == 2
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["match"] for row in rows] == ["SUM(1", "stood"]
    assert [row["document"] for row in rows] == ["A two", "B one"]
    assert all(
        not value.lstrip().startswith(("=", "+", "-", "@")) for r in rows for value in r.values()
    )
    with pytest.raises(DiskTrouble, match="was not saved"):
        made.save(numbers, tmp_path / "none" / "lines.csv")
    made.close()


def test_the_name_of_a_concordance_is_what_is_asked_in_no_order(filled: Library) -> None:
    plain = name_of(filled.search("quay").query)
    assert name_of(filled.search("quay sort:-date").query) == plain
    assert name_of(filled.search("quay in:all").query) != plain


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("folders", "queries"),
    [
        pytest.param(("articles", "txt", "md"), 40, id="some"),
        pytest.param(("articles", "txt", "md", "html"), 200, id="all", marks=pytest.mark.long),
    ],
)
def test_lines_over_real_texts_equal_a_brute_force_count(
    library: Library, corpus: Path, folders: tuple[str, ...], queries: int
) -> None:
    library.import_files([corpus / name for name in folders])
    assert library.wait_until_searchable(120)
    texts = {d: library.text(d) for d in library.search("dup:all").ids}
    forms = {d: _open_words(library, d) for d in texts}
    chosen = random.Random(11)
    known = sorted({form for found in forms.values() for form in found} - {"\0"})
    asked: list[tuple[str, tuple[str, ...]]] = []
    for _ in range(queries // 2):
        form = chosen.choice(known)
        asked.append((f'"{form}"', (form,)))
    while len(asked) < queries:
        found = forms[chosen.choice(list(forms))]
        if len(found) > 5:
            start = chosen.randrange(len(found) - 3)
            row = tuple(found[start : start + chosen.choice((2, 3))])
            if "\0" not in row:
                asked.append((f'"{" ".join(row)}"', row))
    for query, row in asked:
        answer = library.search(f"text:{query} dup:all")
        lines = list(library.concordances.lines(answer))
        counted = {d: n for d, found in forms.items() if (n := _times(found, row))}
        got: dict[int, int] = {}
        for line in lines:
            got[line.document] = got.get(line.document, 0) + 1
            whole = texts[line.document].canonical
            assert whole[line.start : line.end] == line.match
            assert whole[: line.start].endswith(line.left)
            assert whole[line.end :].startswith(line.right)
        assert got == counted, query


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("rounds", "least"),  # through all kinds; lines that must have been compared
    [pytest.param(1, 20, id="some"), pytest.param(4, 100, id="all", marks=pytest.mark.long)],
)
def test_lines_of_every_kind_of_words_equal_those_of_the_plain_meaning(
    library: Library, corpus: Path, rounds: int, least: int
) -> None:
    library.import_files([corpus / name for name in ("articles", "txt", "md")])
    assert library.wait_until_searchable(120)
    found = library.documents(list(library.search("dup:all").ids))
    # The plain meaning goes through all words of a text for each part, and knows two stemmers.
    plain = {each.id: library.text(each.id) for each in found if each.words < 6_000}
    languages = {each.id: each.facts.language or "" for each in found}
    known = {d for d in plain if languages[d] in ("", *STEMMERS)}
    assert len(known) > 15
    chosen = random.Random(7)
    times = Counter(form for d in known for form in words(plain[d].canonical) if len(form) > 3)
    some = chosen.sample(sorted(form for form, count in times.items() if count < 60), 16 * rounds)
    asked = []
    for n, (one, other) in enumerate(zip(some[::2], some[1::2], strict=True)):
        kinds = (
            one,
            f"{one[:4]}*",
            f"{one[0]}?{one[2:]}",
            f"{one}~",
            f"={one.title()}",
            f"{one} NEAR/9 {other}",
            f'"{other[:3]}* {one}" OR {other}',
            f"{one[:3]}* BEFORE/6 {other[:3]}*",
        )
        asked.append(f"text:({kinds[n % len(kinds)]}) dup:all")
    counted = 0
    for text in asked:
        answer = library.search(text)
        assert not answer.errors, text
        lines = {d: [] for d in known}  # type: dict[int, list[tuple[int, int]]]
        for line in library.concordances.lines(answer):
            if line.document in known:
                lines[line.document].append((line.start, line.end))
        parts = parse(text).wanted()
        for d in known:
            canonical = plain[d].canonical
            hidden = fold_edges(canonical, plain[d].folds)
            spans = World().spans(parts, canonical, hidden, languages[d])
            assert lines[d] == spans, (text, d)
            counted += len(spans)
    assert counted > least


def _open_words(library: Library, document: int) -> list[str]:
    """The words of a text, those of folded parts as none that can be asked for."""
    text = library.text(document)
    found: list[str] = []
    start = 0
    for fold in sorted(text.folds, key=lambda fold: fold.start):
        if fold.end <= start:
            continue
        found += words(text.canonical[start : max(fold.start, start)])
        found += ["\0"] * len(words(text.canonical[max(fold.start, start) : fold.end]))
        start = fold.end
    return found + words(text.canonical[start:])


def _times(found: list[str], row: tuple[str, ...]) -> int:
    """How often a row of words is said; rows that share words count once."""
    runs = [n for n in range(len(found) - len(row) + 1) if tuple(found[n : n + len(row)]) == row]
    times, end = 0, -1
    for start in runs:
        if start > end:
            times += 1
        end = start + len(row) - 1
    return times
