from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.dates import PartialDate
from desktop_app.core.matching import fold_edges
from desktop_app.core.model import FactName, Facts, Origin, OriginKind, ReadState, Sort
from desktop_app.core.query import parse
from desktop_app.core.query_tree import (
    And,
    Choice,
    Days,
    Everything,
    Fact,
    FactField,
    Name,
    Node,
    Not,
    Or,
    Place,
    Said,
    Special,
    TagValue,
)
from desktop_app.core.text import Block, BlockKind, Fold, make_text
from desktop_app.core.words import placed_words, words
from desktop_app.library.indexing import InlineIndex
from desktop_app.library.searching import Answer, answer, hits, matches
from desktop_app.search.schema import STEMMED
from desktop_app.search.stems import stemmer
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
    edges: tuple[tuple[int, int], ...] = ()  # of folds; what lies outside the body is left out

    @property
    def folds(self) -> list[Fold]:
        cut = [(start, min(end, len(self.body))) for start, end in self.edges]
        return [Fold(start, end, "related", "chosen") for start, end in cut if start < end]

    @property
    def open_words(self) -> list[str]:
        """The words of the body, those in folds as words that nobody asks for."""
        hidden = fold_edges(self.body, self.folds)
        return [
            "\0" if any(start <= word.start < end for start, end in hidden) else word.form
            for word in placed_words(self.body)
        ]

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
            words=1,
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

    def expected(self, text: str) -> set[int]:
        tree = parse(text).tree
        trash = "is:trash" in text and "-is:trash" not in text
        return {
            id_
            for id_, plain in self.plain.items()
            if (trash or not plain.trashed) and oracle(tree, plain)
        }

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


def oracle(node: Node, plain: Plain) -> bool:
    """Say in plain code whether a document is what a query asks for."""
    match node:
        case Everything():
            return True
        case Not(part):
            return not oracle(part, plain)
        case And(parts):
            return all(oracle(part, plain) for part in parts)
        case Or(parts):
            return any(oracle(part, plain) for part in parts)
        case Said():
            title, body = words(plain.title), words(plain.body)
            if not node.folded:
                body = plain.open_words
            places = {
                Place.ANYWHERE: (title, body),
                Place.TITLE: (title,),
                Place.TEXT: (body,),
            }
            return any(says(node, text, plain.language) for text in places[node.place])
        case Fact(FactField.AUTHOR, Name(forms, prefix)):
            return says(said(forms, True, prefix), words(plain.author or ""), None)
        case Fact(FactField.SOURCE, Name(forms, prefix)):
            return says(said(forms, True, prefix), words(plain.source or ""), None)
        case Fact(FactField.TAG, Special.NONE) | Fact(FactField.IS, Choice("untagged")):
            return not plain.tags
        case Fact(FactField.TAG, TagValue((*names,), _, exact)):
            wanted = [name.casefold() for name in names]
            paths = [[name.casefold() for name in path.split("/")] for path in plain.tags]
            return any(path == wanted if exact else path[: len(wanted)] == wanted for path in paths)
        case Fact(FactField.DATE, Special.NONE):
            return plain.published is None
        case Fact(FactField.DATE, Special.GUESSED):
            return plain.published is not None and plain.guessed
        case Fact(FactField.DATE, Days(first, last)):
            if plain.published is None:
                return False
            day = PartialDate.parse(plain.published)
            return (first is None or day.last() >= first) and (last is None or day.first() <= last)
        case Fact(FactField.LANG, Choice(code)):
            return plain.language == code
        case Fact(FactField.TYPE, Choice(kind)):
            return {"text": "text/plain", "html": "text/html"}[kind] == plain.media_type
        case Fact(FactField.IS, Choice(state)):
            return {
                "unread": plain.state is ReadState.UNREAD,
                "read": plain.state is ReadState.READ,
                "starred": plain.starred,
                "inbox": plain.state is ReadState.UNREAD and not plain.tags,
                "trash": plain.trashed,
            }[state]
        case Fact(FactField.HAS, Choice("author")):
            return plain.author is not None
    raise AssertionError(node)


def says(said: Said, text: list[str], language: str | None) -> bool:
    number = STEMMED.index(language) if language in STEMMED and language else 0

    def same(asked: str, there: str) -> bool:
        if said.exact or not number:
            return asked == there
        return asked == there or stemmer(number)(asked) == stemmer(number)(there)

    length = len(said.forms)
    for at in range(len(text) - length + 1):
        window = text[at : at + length]
        if said.prefix:
            if window[:-1] == list(said.forms[:-1]) and window[-1].startswith(said.forms[-1]):
                return True
        elif all(same(a, b) for a, b in zip(said.forms, window, strict=True)):
            return True
    return False


WORDS = ["siege", "sieges", "besieged", "bomb", "bombs", "bombing", "Raqqa", "al-Adnani", "adnani", "état", "etat",
         "STATE", "of", "war", "Häuser", "hauser", "haus"]  # fmt: skip
PLAIN = st.builds(
    Plain,
    title=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    body=st.lists(st.sampled_from([*WORDS, ",", "\n"]), min_size=1, max_size=12).map(" ".join).map(str.strip).filter(bool)
    .map(lambda text: "\n".join(line.strip() for line in text.split("\n") if line.strip())),
    language=st.sampled_from([None, "en", "en", "de", "ku"]),
    author=st.sampled_from([None, "Martin Chulov", "Ann of War"]),
    source=st.sampled_from([None, "The Guardian", "ICSR"]),
    published=st.sampled_from([None, "2016", "2016-03", "2016-03-25", "2015-12-31"]),
    guessed=st.booleans(),
    media_type=st.sampled_from(["text/plain", "text/html"]),
    state=st.sampled_from([ReadState.UNREAD, ReadState.READ]),
    starred=st.booleans(),
    trashed=st.sampled_from([False, False, False, True]),
    tags=st.frozensets(st.sampled_from(["place", "place/Syria", "Actors/isis"]), max_size=2),
    edges=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=3).map(tuple),
)  # fmt: skip
LEAVES = st.sampled_from(
    [*WORDS, "bomb*", "si*", '"state of war"', '"siege"', '"of war" ', "title:siege", "text:raqqa", 'title:"of war"',
     "title:bo*", '"state o"*', "tag:place", "tag:place/syria", "#Actors", "tag:=place", "tag:none", "author:chulov",
     'author:"ann of"', "source:guardian", "source:the", "source:gu*", "date:2016", "date:2016-03", "date:>=2016-03-26",
     "before:2016", "after:2015", "date:2015-11..2016-01", "date:none", "date:guessed", "is:unread", "is:read",
     "is:starred", "is:untagged", "is:inbox", "lang:en", "lang:de", "type:html", "type:txt", "has:author"]
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    ),
    max_leaves=5,
)
QUERIES = st.one_of(QUERIES, QUERIES.map("{} in:all".format))
CHANGES = st.lists(
    st.sampled_from(
        ["retitle", "rewrite", "trash", "untrash", "remove", "tag", "put", "reopen", "rebuild"]
    ),
    max_size=4,
)


def check(shelf: Shelf, query: str) -> None:
    assert shelf.found(query) == shelf.expected(query), query
    given = shelf.ask(query)
    for id_ in given.ids:
        plain = shelf.plain[id_]
        found = matches(shelf.store, given, id_)
        wanted = [part for part in given.query.wanted() if part.place is not Place.TITLE]
        body = words(plain.body) if given.query.folded else plain.open_words
        said = any(says(part, body, plain.language) for part in wanted)
        assert bool(found) == said, (query, plain)
        assert all(0 <= start < end <= len(plain.body) for start, end in found)
        hidden = [] if given.query.folded else fold_edges(plain.body, plain.folds)
        assert all(end <= a or b <= start for start, end in found for a, b in hidden) or any(
            len(part.forms) > 1 for part in wanted
        )
        for passage in hits(shelf.store, given, [id_])[id_].passages:
            assert plain.body[passage.start : passage.end] == passage.text
            assert all(
                passage.end <= a or b <= passage.start for a, b in hidden if words(plain.body[a:b])
            )


def compare(
    documents: list[Plain], queries: list[str], changes: list[str], draw: Callable[[int], int]
) -> None:
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        try:
            shelf.put(*documents)
            for query in queries:
                check(shelf, query)
            for number, change in enumerate(changes):
                id_ = sorted(shelf.plain)[draw(number) % len(shelf.plain)] if shelf.plain else 0
                if change == "put" or not id_:
                    shelf.put(documents[0])
                elif change == "retitle":
                    shelf.retitle(id_, "besieged Häuser", "de")
                elif change == "rewrite":
                    shelf.rewrite(id_, "bombing of war")
                elif change in ("trash", "untrash"):
                    shelf.trash(id_, on=change == "trash")
                elif change == "remove":
                    shelf.remove(id_)
                elif change == "tag":
                    shelf.tag("place/Syria", id_)
                elif change == "reopen":
                    shelf.reopen()
                else:
                    shelf.index.rebuild()
                for query in queries[:2]:
                    check(shelf, query)
            for query in queries:
                check(shelf, f"({query}) is:trash")
                check(shelf, f"({query}) in:all")
        finally:
            shelf.close()


@given(
    st.lists(PLAIN, min_size=1, max_size=8),
    st.lists(QUERIES, min_size=1, max_size=6),
    CHANGES,
    st.lists(st.integers(0, 7), min_size=4, max_size=4),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_answers_are_what_plain_code_says_also_after_changes(
    documents: list[Plain], queries: list[str], changes: list[str], chosen: list[int]
) -> None:
    compare(documents, queries, changes, chosen.__getitem__)


@pytest.mark.long
@given(
    st.lists(PLAIN, min_size=1, max_size=15),
    st.lists(QUERIES, min_size=1, max_size=12),
    CHANGES,
    st.lists(st.integers(0, 7), min_size=4, max_size=4),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_many_answers_are_what_plain_code_says(
    documents: list[Plain], queries: list[str], changes: list[str], chosen: list[int]
) -> None:
    compare(documents, queries, changes, chosen.__getitem__)


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
    shelf.put(Plain(body="raqqa"), Plain(body="mosul"))
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
    assert hits(shelf.store, given, [1, 2]).keys() == {2}


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
    found = hits(shelf.store, given, [1])[1]
    assert found.matches == 2
    assert [passage.text for passage in found.passages] == ["The siege of Raqqa", "The dam held"]
    everywhere_ = shelf.ask("siege dam in:all")
    assert hits(shelf.store, everywhere_, [1])[1].matches == 4
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
    hit = hits(shelf.store, given, given.ids)[1]
    assert hit.matches == 3
    (passage,) = hit.passages
    text = shelf.plain[1].body
    assert [text[s:e] for s, e in passage.marks] == ["Siege", "sieges", "Ráqqa"]
    assert passage.text == text[passage.start : passage.end]
    assert matches(shelf.store, given, 1) == list(passage.marks)


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
