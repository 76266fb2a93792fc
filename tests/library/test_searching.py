from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Facts, Origin, OriginKind, ReadState, Sort
from desktop_app.core.text import Block, BlockKind, Fold, make_text
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.indexing import InlineIndex
from desktop_app.library.searching import Answer, answer, hits, matches
from desktop_app.library.undoing import do
from desktop_app.store.documents import NewDocument
from desktop_app.store.lines import Refolded
from desktop_app.store.store import Store

TODAY = date(2026, 3, 5)
_originals = itertools.count()


@dataclass(frozen=True)
class Plain:
    """A document as the oracle sees it."""

    title: str = "Untitled"
    body: str = "nothing"
    language: str | None = None
    author: str | None = None
    source: str | None = None
    published: str | None = None
    guessed: bool = False
    media_type: str = "text/plain"
    state: ReadState = ReadState.UNREAD
    starred: bool = False
    trashed: bool = False
    tags: frozenset[str] = frozenset()  # paths
    words: int = 1
    edges: tuple[tuple[int, int], ...] = ()  # of folds; what lies outside the body is left out

    @property
    def folds(self) -> list[Fold]:
        cut = [(start, min(end, len(self.body))) for start, end in self.edges]
        return [Fold(start, end, "related", "chosen") for start, end in cut if start < end]

    def new(self) -> NewDocument:
        blocks = [Block(BlockKind.PARAGRAPH, line) for line in self.body.split("\n")]
        text = make_text(blocks, "txt 1", folds=self.folds)
        origin = Origin(OriginKind.GUESSED if self.guessed else OriginKind.FILE)
        return NewDocument(
            facts=Facts(
                self.title,
                (self.author,) if self.author else (),
                self.source,
                None,
                PartialDate.parse(self.published) if self.published else None,
                self.language,
                {FactName.PUBLISHED: origin} if self.published else {},
            ),
            media_type=self.media_type,
            file_name="file",
            original=hashlib.sha256(str(next(_originals)).encode()).hexdigest(),
            size_bytes=1,
            text=text,
            extractor="txt 1",
            words=self.words,
            state=self.state,
            starred=self.starred,
        )


class Shelf:
    """A library with an index, and what the oracle knows of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(
            folder / "library", clock=lambda: datetime(2026, 3, 5, 12, tzinfo=UTC)
        )
        self.index = InlineIndex(self.store, folder / "cache")
        self.plain: dict[int, Plain] = {}
        self.tags: dict[str, int] = {}

    def put(self, *documents: Plain) -> list[int]:
        with self.store.write() as work:
            ids = work.documents.add_many([document.new() for document in documents])
            for id_, document in zip(ids, documents, strict=True):
                if document.trashed:
                    work.documents.set_trashed([id_], datetime.now(UTC))
        self.plain.update(zip(ids, documents, strict=True))
        for id_, document in zip(ids, documents, strict=True):
            for path in document.tags:
                self.tag(path, id_)
        return ids

    def tag(self, path: str, *ids: int) -> None:
        with self.store.write() as work:
            active = work.collections.active().id
            parent: int | None = None
            names = path.split("/")
            for depth, name in enumerate(names, 1):
                so_far = "/".join(names[:depth])
                if so_far not in self.tags:
                    made = work.tags.add(
                        name=name, collection=active, parent=parent, colour="#112233"
                    )
                    self.tags[so_far] = made.id
                parent = self.tags[so_far]
            work.taggings.add(self.tags[path], ids)
        for id_ in ids:
            self.plain[id_] = replace(self.plain[id_], tags=self.plain[id_].tags | {path})

    def retitle(self, id_: int, title: str, language: str | None) -> None:
        with self.store.write() as work:
            document = work.documents.get(id_)
            assert document is not None
            work.documents.set_facts(id_, replace(document.facts, title=title, language=language))
        self.plain[id_] = replace(self.plain[id_], title=title, language=language)

    def rewrite(self, id_: int, body: str) -> None:
        blocks = [Block(BlockKind.PARAGRAPH, line) for line in body.split("\n")]
        with self.store.write() as work:
            work.texts.put(id_, make_text(blocks, "txt 2"), "txt 2")
        self.plain[id_] = replace(self.plain[id_], body=body, edges=())

    def trash(self, id_: int, *, on: bool = True) -> None:
        with self.store.write() as work:
            work.documents.set_trashed([id_], datetime.now(UTC) if on else None)
        self.plain[id_] = replace(self.plain[id_], trashed=on)

    def remove(self, id_: int) -> None:
        with self.store.write() as work:
            work.documents.remove([id_])
        del self.plain[id_]

    def ask(self, text: str, *, sort: Sort = Sort.ADDED_NEWEST, within: str = "") -> Answer:
        return answer(self.store, self.index, text, sort=sort, within=within, today=TODAY)

    def found(self, text: str, *, within: str = "") -> set[int]:
        self.index.wait_until_current()
        given = self.ask(text, within=within)
        assert given.total == len(given.ids) == len(set(given.ids))
        assert given.behind == 0
        return set(given.ids)

    def reopen(self) -> None:
        self.close()
        self.store = Store.open(self.folder / "library")
        self.index = InlineIndex(self.store, self.folder / "cache")

    def close(self) -> None:
        self.index.close()
        self.store.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


def test_the_line_says_what_ran_with_a_count_for_each_part(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="the siege of Raqqa", language="en"),
        Plain(body="sieges and bombs", language="en"),
        Plain(body="raqqa raqqa", trashed=True),
    )
    shelf.index.wait_until_current()
    given = shelf.ask("siege raqqa OR -is:unread")
    assert given.words == "(“siege” (2; also sieges) and “raqqa” (1)) or not unread (2)"
    assert [(part.text, part.count) for part in given.parts] == [
        ("“siege”", 2),
        ("“raqqa”", 1),
        ("unread", 2),
    ]


def test_an_impossible_value_keeps_the_search_from_running(shelf: Shelf) -> None:
    shelf.put(Plain())
    given = shelf.ask("nothing date:2016-13")
    assert (given.total, list(given.ids)) == (0, [])
    assert [(e.start, e.end) for e in given.errors] == [(8, 20)]


def test_a_tag_that_is_not_there_gives_nothing_and_names_the_closest(shelf: Shelf) -> None:
    shelf.put(Plain(tags=frozenset({"place/Syria"})))
    given = shelf.ask("tag:place/Syrai")
    assert given.total == 0
    assert given.notes == ("There is no tag “place/Syrai”. The closest: “place/Syria”, “place”.",)
    assert shelf.found("#syria") == shelf.found("tag:place") == {1}


def test_a_view_narrows_a_query_and_its_counts(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa"), Plain(body="raqqa", starred=True), Plain(body="mosul"))
    assert shelf.found("raqqa", within="is:starred") == {2}
    assert shelf.ask("raqqa", within="is:starred").words == "“raqqa” (1)"
    assert shelf.found("", within="is:starred") == {2}


def test_the_trash_is_left_out_unless_it_is_asked_for(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa"), Plain(body="raqqa", trashed=True))
    assert shelf.found("raqqa") == shelf.found("-mosul") == shelf.found("") == {1}
    assert shelf.found("raqqa is:trash") == shelf.found("", within="is:trash") == {2}


def test_an_answer_while_the_index_is_behind_says_that_it_is_partial(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa"))
    shelf.index.wait_until_current()
    shelf.put(Plain(body="raqqa again"), Plain(body="mosul"))
    given = shelf.ask("raqqa")
    assert (list(given.ids), given.behind) == ([1], 2)
    assert "partial: 2 documents" in given.notes[-1]
    assert shelf.ask("is:unread").behind == 0
    assert set(shelf.ask("is:unread").ids) == {1, 2, 3}
    assert shelf.index.state().waiting == 2
    assert shelf.index.state().note == "Catching up, 2 of 3 to go."


def test_a_document_that_is_gone_never_appears_whatever_the_index_says(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa"), Plain(body="raqqa"))
    shelf.index.wait_until_current()
    shelf.remove(1)
    given = shelf.ask("raqqa")
    assert list(given.ids) == [2]
    assert hits(shelf.store, shelf.index, given, [1, 2]).keys() == {2}


def test_the_best_match_comes_first_when_asked_for(shelf: Shelf) -> None:
    shelf.put(
        Plain(title="Raqqa", body="raqqa"),
        Plain(body="a raqqa among many other words " * 3 + "nothing " * 50),
        *(Plain() for _ in range(5)),
    )
    shelf.index.wait_until_current()
    assert list(shelf.ask("raqqa", sort=Sort.RELEVANCE).ids) == [1, 2]
    assert list(shelf.ask("raqqa").ids) == [2, 1]
    assert shelf.ask("is:unread", sort=Sort.RELEVANCE).ids[0] == 7


def test_folded_parts_are_found_only_with_in_all(shelf: Shelf) -> None:
    body = "The siege of Raqqa\nShare this siege\nof the dam\nThe dam held"
    start = body.index("Share")
    shelf.put(Plain(body=body, edges=((start, body.index("\nThe dam held")),)), Plain(body="siege"))
    for query, plain, everywhere in [
        ("share", set(), {1}),
        ("sha*", set(), {1}),
        ('"siege of"', {1}, {1}),
        ('"siege of the"', set(), {1}),
        ('"raqqa share"', set(), {1}),
        ('"raqqa the dam held"', set(), set()),
        ('"dam the dam"', set(), {1}),
        ("text:siege", {1, 2}, {1, 2}),
        ("-share", {1, 2}, {2}),
    ]:
        assert shelf.found(query) == plain, query
        assert shelf.found(f"{query} in:all") == everywhere, query
    given = shelf.ask("siege dam")
    found = hits(shelf.store, shelf.index, given, [1])[1]
    assert found.matches == 2
    assert [passage.text for passage in found.passages] == ["The siege of Raqqa", "The dam held"]
    everywhere_ = shelf.ask("siege dam in:all")
    assert hits(shelf.store, shelf.index, everywhere_, [1])[1].matches == 4
    assert everywhere_.words == "“siege” (2) and “dam” (1), also in folded parts"
    assert shelf.ask("siege").scores[1] < shelf.ask("siege in:all").scores[1]


def test_other_folds_are_taken_into_the_index_by_themselves(shelf: Shelf) -> None:
    body = "The siege\nShare this"
    shelf.put(Plain(body=body))
    assert shelf.found("share") == {1}
    with shelf.store.write() as work:
        text = work.texts.get(1)
        folds = (Fold(10, len(body), "share bar", "chosen"),)
        work.lines.set_folds([Refolded(1, text.version, folds, 2)])
    assert shelf.found("share") == set()
    assert shelf.found("share in:all") == {1}


def test_hits_have_passages_with_their_marks(shelf: Shelf) -> None:
    shelf.put(Plain(body="First line\nThe “Siege” and the sieges of Ráqqa", language="en"))
    shelf.index.wait_until_current()
    given = shelf.ask("siege raqqa")
    hit = hits(shelf.store, shelf.index, given, given.ids)[1]
    assert hit.matches == 3
    (passage,) = hit.passages
    text = shelf.plain[1].body
    assert [text[s:e] for s, e in passage.marks] == ["Siege", "sieges", "Ráqqa"]
    assert passage.text == text[passage.start : passage.end]
    assert matches(shelf.index, given, 1) == list(passage.marks)


def test_a_beginning_that_too_many_words_share_asks_for_more_letters(shelf: Shelf) -> None:
    shelf.put(Plain(body=" ".join(f"ab{n}" for n in range(2_100))))
    shelf.index.wait_until_current()
    given = shelf.ask("raqqa OR ab*")
    assert given.errors[0].start == 9
    assert "more letters" in given.errors[0].message


def test_a_query_of_far_too_many_parts_says_so(shelf: Shelf) -> None:
    given = shelf.ask("word " * 1_000)
    assert "1,000 things" in given.errors[0].message


def test_documents_are_found_by_when_they_were_added(shelf: Shelf) -> None:
    shelf.put(Plain())
    assert (
        shelf.found("added:1d")
        == shelf.found("added:2026-03-05")
        == shelf.found("added:99999y")
        == {1}
    )
    assert shelf.found("added:<2026-03-05") == shelf.found("added:>2026-03") == set()


def test_a_search_that_is_stopped_says_so_and_gives_nothing(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa"))
    shelf.index.wait_until_current()
    stop = threading.Event()
    stop.set()
    given = answer(shelf.store, shelf.index, "raqqa", today=TODAY, stop=stop)
    assert (given.stopped, list(given.ids), given.errors) == (True, [], ())
    assert not shelf.ask("raqqa").stopped


def test_reading_texts_stops_between_two_pieces(shelf: Shelf) -> None:
    body = "raqqa " + "word " * 400
    shelf.put(*(Plain(body=f"{body} {number}", words=150_000) for number in range(4)))
    shelf.index.wait_until_current()
    given = shelf.ask("raqqa")
    stop = threading.Event()
    read: list[int] = []

    class Stopping:
        def look(self, reading: str, argument: Any) -> tuple[Any, bytes]:
            read.extend(argument["ids"])
            stop.set()
            return shelf.index.look(reading, argument)

    found = hits(shelf.store, Stopping(), given, given.ids, stop=stop)
    assert list(found) == read == [4]


def test_parts_that_are_switched_off_are_counted_and_do_not_run(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa siege"), Plain(body="raqqa"), Plain(body="mosul"))
    shelf.index.wait_until_current()
    given = answer(shelf.store, shelf.index, "raqqa", today=TODAY, off=["siege", "-mosul"])
    assert list(given.ids) == [2, 1]
    assert [(part.text, part.count) for part in given.off] == [
        ("“siege”", 1),
        ("everything but “mosul”", 2),
    ]
    off = ["siege", "is:unread", "is:duplicate", "same:passage(siege)"]
    known = answer(shelf.store, shelf.index, "raqqa", today=TODAY, off=off)
    assert [part.count for part in known.off] == [1, 3, 0, 0]
    passages = answer(shelf.store, shelf.index, "find:passages", today=TODAY, off=off[:2])
    assert [part.count for part in passages.off] == [0, 0]


def test_a_part_that_is_switched_off_never_keeps_the_others_from_running(shelf: Shelf) -> None:
    shelf.put(Plain(body="raqqa " + " ".join(f"ab{n}" for n in range(2_100))))
    shelf.index.wait_until_current()
    off = ["ab*", "raqqa", "date:2016-13", "same:passage(raqqa)"]
    given = answer(shelf.store, shelf.index, "raqqa", today=TODAY, off=off)
    assert (list(given.ids), given.errors) == ([1], ())
    assert [part.count for part in given.off] == [None, 1, None, 0]


def test_the_order_in_the_query_goes_before_that_of_the_list(shelf: Shelf) -> None:
    shelf.put(*(Plain(title=title, body=f"raqqa {title}") for title in ("b", "c", "a")))
    shelf.index.wait_until_current()
    assert list(shelf.ask("raqqa sort:title", sort=Sort.RELEVANCE).ids) == [3, 1, 2]
    assert list(shelf.ask("raqqa", within="sort:title").ids) == [3, 1, 2]


def test_copies_stand_under_the_first_of_them_in_the_order(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="raqqa", title="b"), Plain(body="raqqa", title="a"), Plain(body="mosul"),
        Plain(body="raqqa", trashed=True),
    )  # fmt: skip
    shelf.index.wait_until_current()
    given = shelf.ask("raqqa")
    assert (list(given.ids), given.copies, given.total) == ([2], {2: (1,)}, 1)
    assert given.notes[-1].startswith("1 document has the same text as another")
    assert [part.count for part in given.parts] == [2]
    assert shelf.ask("raqqa sort:-added").copies == {2: (1,)}
    assert shelf.ask("raqqa", sort=Sort.TITLE).copies == {2: (1,)}
    for shown in ("raqqa dup:all", "is:duplicate", "raqqa is:trash OR raqqa", ""):
        assert shelf.ask(shown).copies == {}, shown
    assert list(shelf.ask("is:duplicate").ids) == [2, 1]
    assert list(shelf.ask("is:duplicate is:trash").ids) == [4]
    whole = answer(shelf.store, shelf.index, "raqqa", today=TODAY, folding=False)
    assert (list(whole.ids), whole.copies) == ([2, 1], {})


def test_empty_texts_are_no_copies_of_each_other(shelf: Shelf) -> None:
    shelf.put(Plain(body=""), Plain(body=""))
    assert shelf.found("is:unread") == {1, 2}
    assert shelf.found("is:duplicate") == set()


def test_case_is_decided_by_the_letters_of_the_text(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="what IS said"), Plain(body="what is said"), Plain(body="THIS, ISIS"),
        Plain(body="nothing", title="IS"), Plain(body="Share IS", edges=((0, 8),)),
        Plain(body="the “IS”, they say: is it?"),
    )  # fmt: skip
    assert shelf.found("=IS") == {1, 4, 6}
    assert shelf.found("=is") == {2, 6}
    assert shelf.found("=IS in:all") == {1, 4, 5, 6}
    assert shelf.found("text:=IS") == {1, 6}
    assert shelf.found("=IS NEAR/2 said") == {1}
    given = shelf.ask("=IS")
    assert matches(shelf.index, given, 6) == [(5, 7)]
    assert [part.count for part in given.parts] == [3]


def test_a_word_that_stands_for_too_many_is_told_wherever_it_stands(shelf: Shelf) -> None:
    body = " ".join(f"ab{n}" for n in range(2_100))
    (id_,) = shelf.put(Plain(body=body))
    with shelf.store.read() as snapshot:
        version = snapshot.texts.get(id_).version
    do(shelf.store, AddHighlight(id_, version, 0, len(body)))
    shelf.index.wait_until_current()
    for query in ("ab*", "raqqa NEAR/3 ab*", "-ab*", "ab* find:passages"):
        given = shelf.ask(query)
        assert "more letters" in given.errors[0].message, query
        assert not given.ids
    assert shelf.ask("raqqa", within="ab*").errors


def test_a_document_of_a_highlight_shows_all_that_is_near_in_spelling(shelf: Shelf) -> None:
    (id_,) = shelf.put(Plain(body="Raqqa and Raqqah"))
    with shelf.store.read() as snapshot:
        version = snapshot.texts.get(id_).version
    do(shelf.store, AddHighlight(id_, version, 0, 5))
    shelf.index.wait_until_current()
    given = shelf.ask("raqqa~ find:passages")
    assert given.highlights is not None and len(given.highlights) == 1
    assert matches(shelf.index, given, id_) == [(0, 5), (10, 16)]
