"""Answers compared with plain code, over libraries and queries drawn from the whole grammar."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Facts, Origin, OriginKind, ReadState, Sort
from desktop_app.core.query import Query, parse
from desktop_app.core.query_tree import Node, Place, Spoken
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.core.words import placed_words
from desktop_app.library import undoing
from desktop_app.library.commands import (
    AddTag,
    Command,
    RemoveTag,
    SetStarred,
    SetState,
    SetTrashed,
)
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    SetDocumentNote,
    SetNote,
    TagHighlights,
)
from desktop_app.library.indexing import InlineIndex
from desktop_app.library.searching import Answer, answer, hits, matches
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store
from tests.library.oracle_for_tests import (
    TODAY,
    Passage,
    Plain,
    World,
    asks_for_trash,
    stemmed,
)

_originals = itertools.count()
TAGS = ("place", "place/Syria", "Actors", "Actors/isis", "Actors/isis/check")


class Shelf:
    """A library with an index, and what the oracle knows of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime(2026, 3, 5, 12, tzinfo=UTC)
        self.store = Store.open(folder / "library", clock=lambda: self.now)
        self.index = InlineIndex(self.store, folder / "cache")
        self.tags: dict[str, int] = {}
        self.before: list[World] = []  # what an undo leads back to
        self.after: list[World] = []
        with self.store.write() as work:
            active = work.collections.active()
            for path in TAGS:
                above, _, name = path.rpartition("/")
                made = work.tags.add(
                    name=name, collection=active.id, parent=self.tags.get(above), colour="#112233"
                )
                self.tags[path] = made.id
        self.world = World(tags=frozenset(TAGS), collection=active.name)

    def put(self, *documents: Plain) -> None:
        for document in documents:
            noon = datetime(document.added.year, document.added.month, document.added.day, 12)
            self.now = noon.replace(tzinfo=UTC)
            with self.store.write() as work:
                (id_,) = work.documents.add_many([new(document)])
            self.world = self.world.put(id_, as_brought(document))
            if document.note:
                self.run(SetDocumentNote(id_, document.note), id_, note=document.note)
            for tag in sorted(document.tags):
                self.run(AddTag(self.tags[tag], (id_,)))
            self.world = self.world.put(id_, replace(self.world.documents[id_], tags=document.tags))
            for passage in document.passages.values():
                self.mark(id_, passage)
            if document.trashed:
                self.run(SetTrashed((id_,), True), id_, trashed=True)
        self.before.clear()  # of what is put here nothing is undone
        self.after.clear()

    def run(self, command: Command, id_: int = 0, **changes: object) -> None:
        """Carry a command out; changes: what it makes of a document."""
        before = self.world
        if undoing.do(self.store, command):
            self.before.append(before)
            self.after.clear()
        if changes:
            self.world = before.put(id_, replace(before.documents[id_], **changes))  # type: ignore[arg-type]

    def mark(self, id_: int, passage: Passage) -> None:
        """Mark the words of a document that a passage is to have, as far as it has them."""
        document = self.world.documents[id_]
        start = document.body.find(passage.quote)
        if start < 0:
            return
        with self.store.read() as snapshot:
            version = snapshot.texts.get(id_).version
        known = set(document.passages)
        end = start + len(passage.quote)
        tags = tuple(self.tags[tag] for tag in sorted(passage.tags))
        self.run(AddHighlight(id_, version, start, end, note=passage.note, tags=tags))
        with self.store.read() as snapshot:
            (made,) = {each.id for each in snapshot.highlights.of_document(id_)} - known
        passages = {**document.passages, made: passage}
        self.world = self.world.put(id_, replace(document, passages=passages))

    def change(self, change: str, number: int, given: Plain) -> None:
        """Change a document, drawn by a number, in one way."""
        ids = sorted(self.world.documents)
        if change == "put" or not ids:
            self.put(given)
            return
        id_ = ids[number % len(ids)]
        document = self.world.documents[id_]
        of_it = sorted(document.passages)
        path = TAGS[number % len(TAGS)]
        match change:
            case "retitle":
                self._retitle(id_, given)
            case "rewrite":
                self._rewrite(id_, given.body)
            case "trash":
                on = not document.trashed
                self.run(SetTrashed((id_,), on), id_, trashed=on)
            case "star":
                self.run(SetStarred((id_,), True), id_, starred=True)
            case "read":
                self.run(SetState((id_,), ReadState.READ), id_, state=ReadState.READ)
            case "note":
                self.run(SetDocumentNote(id_, given.title), id_, note=given.title)
            case "tag":
                self.run(AddTag(self.tags[path], (id_,)), id_, tags=document.tags | {path})
            case "untag":
                self.run(RemoveTag(self.tags[path], (id_,)), id_, tags=document.tags - {path})
            case "mark":
                first = next(placed_words(document.body), None)
                if first is not None:
                    quote = document.body[first.start : first.end]
                    self.mark(id_, Passage(quote, "a siege of note", frozenset({path})))
            case "remark" if of_it:
                passage = replace(document.passages[of_it[0]], note="Raqqa, besieged")
                changed = {**document.passages, of_it[0]: passage}
                self.run(SetNote(of_it[0], passage.note), id_, passages=changed)
            case "tag mark" if of_it:
                passage = document.passages[of_it[0]]
                passage = replace(passage, tags=passage.tags | {path})
                changed = {**document.passages, of_it[0]: passage}
                self.run(TagHighlights(self.tags[path], (of_it[0],)), id_, passages=changed)
            case "unmark" if of_it:
                left = {each: document.passages[each] for each in of_it[1:]}
                self.run(DeleteHighlights((of_it[0],)), id_, passages=left)
            case "join":
                self._join(("siege", "bombs"))
            case "undo":
                self._undo()
            case "redo":
                self._redo()
            case "remove":
                self._remove(id_)
            case "reopen":
                self._reopen()
            case "rebuild":
                self.index.rebuild()

    def _retitle(self, id_: int, given: Plain) -> None:
        with self.store.write() as work:
            found = work.documents.get(id_)
            assert found is not None
            facts = replace(found.facts, title=given.title, language=given.language)
            work.documents.set_facts(id_, facts)
        self._outside(lambda d: replace(d, title=given.title, language=given.language), id_)

    def _rewrite(self, id_: int, body: str) -> None:
        with self.store.write() as work:
            work.texts.put(id_, make_text(blocks(body), "txt 2"), "txt 2")
        self._outside(lambda document: replace(document, body=body, edges=()), id_)

    def _remove(self, id_: int) -> None:
        with self.store.write() as work:
            work.documents.remove([id_])
        left = {each: d for each, d in self.world.documents.items() if each != id_}
        self.world = replace(self.world, documents=left)
        self.before.clear()  # undoing what hung on it is refused, and told; not asked here
        self.after.clear()

    def _outside(self, change: Callable[[Plain], Plain], id_: int) -> None:
        """Note a change that no undo takes back."""

        def changed(world: World) -> World:
            return world.put(id_, change(world.documents[id_]))

        self.world = changed(self.world)
        self.before = [changed(world) for world in self.before]
        self.after = [changed(world) for world in self.after]

    def _join(self, spellings: tuple[str, ...]) -> None:
        self.run(JoinSpellings(spellings))
        self.world = replace(self.world, families=(frozenset(spellings),))

    def _undo(self) -> None:
        if self.before:
            report = undoing.undo(self.store)
            assert report is not None and report.refused is None
            self.after.append(self.world)
            self.world = self.before.pop()

    def _redo(self) -> None:
        if self.after:
            report = undoing.redo(self.store)
            assert report is not None and report.refused is None
            self.before.append(self.world)
            self.world = self.after.pop()

    def _reopen(self) -> None:
        self.close()
        self.store = Store.open(self.folder / "library", clock=lambda: self.now)
        self.index = InlineIndex(self.store, self.folder / "cache")

    def close(self) -> None:
        self.index.close()
        self.store.close()

    def ask(self, text: str, *, within: str = "", sort: Sort = Sort.ADDED_NEWEST) -> Answer:
        self.index.wait_until_current()
        return answer(self.store, self.index, text, sort=sort, within=within, today=TODAY)


def as_brought(plain: Plain) -> Plain:
    """A document before anybody did anything with it."""
    return replace(plain, trashed=False, note="", tags=frozenset(), passages={})


def blocks(body: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, line) for line in body.split("\n")]


def new(plain: Plain) -> NewDocument:
    origin = Origin(OriginKind.GUESSED if plain.guessed else OriginKind.FILE)
    text = make_text(blocks(plain.body), "txt 1", folds=plain.folds)
    assert text.canonical == plain.body
    open_words = [
        word
        for word in placed_words(plain.body)
        if not any(fold.start <= word.start < fold.end for fold in text.folds)
    ]
    return NewDocument(
        facts=Facts(
            plain.title,
            plain.authors,
            plain.source,
            plain.url,
            PartialDate.parse(plain.published) if plain.published else None,
            plain.language,
            {FactName.PUBLISHED: origin} if plain.published else {},
        ),
        media_type=plain.media_type,
        file_name=plain.file_name,
        original=hashlib.sha256(str(next(_originals)).encode()).hexdigest(),
        size_bytes=1,
        text=text,
        extractor="txt 1",
        words=len(open_words),
        state=plain.state,
        starred=plain.starred,
    )


def check(shelf: Shelf, text: str, *, within: str = "") -> None:
    """Compare an answer with what plain code says: documents, copies, counts, matches, passages."""
    given, query, view = shelf.ask(text, within=within), parse(text), parse(within)
    if given.errors:
        assert not given.ids
        return
    assert given.behind == 0
    world = shelf.world
    trash = asks_for_trash(query.tree) or asks_for_trash(view.tree)
    scope = {
        id_: plain
        for id_, plain in world.documents.items()
        if (trash or not plain.trashed) and world.matches(view.tree, plain)
    }
    if query.passages:
        check_passages(world, scope, query, given)
    else:
        check_documents(world, scope, query, given)
    parts = [part.count for part in given.parts]
    assert parts == [count(world, scope, part, query.passages) for part in query.parts()], text
    for id_ in given.ids:
        check_matches(shelf, given, id_)


def check_documents(world: World, scope: dict[int, Plain], query: Query, given: Answer) -> None:
    expected = {id_ for id_, plain in scope.items() if world.matches(query.tree, plain)}
    under = [id_ for others in given.copies.values() for id_ in others]
    shown = [*given.ids, *under]
    assert set(shown) == expected, query.source
    assert len(shown) == len(expected) and given.total == len(given.ids)
    for id_, others in given.copies.items():
        assert id_ in given.ids and list(others) == sorted(others)
        assert {world.documents[each].body for each in (id_, *others)} == {scope[id_].body}
    if given.copies:
        bodies = [scope[id_].body for id_ in given.ids]
        assert len(bodies) == len(set(bodies)), query.source


def check_passages(world: World, scope: dict[int, Plain], query: Query, given: Answer) -> None:
    expected = {
        (id_, each)
        for id_, plain in scope.items()
        for each, passage in plain.passages.items()
        if world.holds(query.tree, passage, plain)
    }
    assert given.highlights is not None
    assert list(given.highlights) == [*dict.fromkeys(given.highlights)]
    assert set(given.highlights) == {each for _, each in expected}, query.source
    assert set(given.ids) == {id_ for id_, _ in expected}, query.source


def count(world: World, scope: dict[int, Plain], part: Node, passages: bool) -> int:
    if not passages:
        return sum(world.matches(part, plain) for plain in scope.values())
    return sum(
        world.holds(part, passage, plain)
        for plain in scope.values()
        for passage in plain.passages.values()
    )


def check_matches(shelf: Shelf, given: Answer, id_: int) -> None:
    plain = shelf.world.documents[id_]
    language = stemmed(plain.language)
    wanted = given.query.wanted()

    def spans(place: Place, text: str) -> list[tuple[int, int]]:
        parts = [part for part in wanted if looked_for(part, place)]
        hidden = plain.hidden if place is Place.TEXT else ()
        return shelf.world.spans(parts, text, hidden, language)

    expected = spans(Place.TEXT, plain.body)
    assert matches(shelf.index, given, id_) == expected, (given.query.source, plain)
    for place, text in (
        (Place.TITLE, plain.title),
        (Place.NOTE, plain.note),
        *((Place.QUOTE, each.quote) for each in plain.passages.values()),
        *((Place.NOTE, each.note) for each in plain.passages.values()),
    ):
        found = given.matcher.spans(text, language=language, place=place)
        assert found == spans(place, text), (given.query.source, place, text)
    hit = hits(shelf.store, shelf.index, given, [id_])[id_]
    assert hit.matches == len(expected)
    assert bool(hit.passages) == bool(expected)
    for passage in hit.passages:
        assert plain.body[passage.start : passage.end] == passage.text
        for start, end in passage.marks:
            assert any(a <= start < end <= b for a, b in expected)


def looked_for(part: Spoken, place: Place) -> bool:
    return part.place is place or (part.place is Place.ANYWHERE and place is not Place.QUOTE)


# Libraries.

WORDS = ["siege", "sieges", "besieged", "bomb", "bombs", "bombing", "Raqqa", "Raqqah", "al-Adnani",
         "adnani", "état", "etat", "STATE", "State", "of", "war", "IS", "is", "Häuser", "haus", "½"]  # fmt: skip
BODIES = (
    st.lists(st.sampled_from([*WORDS, ",", "\n"]), min_size=1, max_size=14)
    .map(" ".join)
    .map(lambda text: "\n".join(line.strip() for line in text.split("\n") if line.strip()))
    .filter(bool)
)
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
SOME_TAGS = st.frozensets(st.sampled_from(TAGS), max_size=2)
PASSAGES = st.dictionaries(
    st.integers(0, 1),
    st.builds(
        Passage,
        quote=st.sampled_from(["siege", "of war", "Raqqa", "STATE of", "al-Adnani", "bombs"]),
        note=st.one_of(st.just(""), TITLES),
        tags=SOME_TAGS,
    ),
    max_size=2,
)
PLAIN = st.builds(
    Plain,
    title=TITLES,
    body=st.one_of(BODIES, st.sampled_from(["siege of Raqqa", "the state of war", ", ."])),
    language=st.sampled_from([None, "en", "en", "de", "ku", "pt-br"]),
    authors=st.sampled_from([(), ("Martin Chulov",), ("Ann of War", "Bo Etat")]),
    source=st.sampled_from([None, "The Guardian", "ICSR"]),
    url=st.sampled_from([None, "https://example.org/a"]),
    published=st.sampled_from([None, "2016", "2016-03", "2016-03-25", "2015-12-31"]),
    guessed=st.booleans(),
    added=st.sampled_from([TODAY, TODAY - timedelta(days=3), date(2025, 12, 31)]),
    media_type=st.sampled_from(["text/plain", "text/html"]),
    file_name=st.sampled_from(["Report of war.txt", "siège-01.html"]),
    state=st.sampled_from(list(ReadState)),
    starred=st.booleans(),
    trashed=st.sampled_from([False, False, False, True]),
    note=st.one_of(st.just(""), TITLES),
    tags=SOME_TAGS,
    edges=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=2).map(tuple),
    passages=PASSAGES,
)  # fmt: skip

# Queries, of every row of the grammar.

A_WORD = st.sampled_from(
    [*WORDS, "bomb*", "*sieged", "b*s", "?s", "raqqa?", "raqqa~", "bomb~2", "sieg~", "=IS", "=STATE", "=Häuser",
     "=is", "al-adnan*", "état", "nothing", "~", "*", "=", "or"]
)  # fmt: skip
A_ROW = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda row: f'"{" ".join(row)}"'),
    st.sampled_from(['"state of war"', '"al adnani"', '"of w*"', '"state o"*', '"of war"', '""']),
)
SAID = st.one_of(A_WORD, A_WORD, A_ROW, st.sampled_from(["name:siege", "name:raqqa", "name:bombs"]))
NEARBY = st.one_of(
    st.builds("{} {}/{} {}".format, SAID, st.sampled_from(["NEAR", "BEFORE"]), st.integers(0, 5), SAID),
    st.builds("{}~{}".format, A_ROW, st.integers(0, 4)),
    st.builds("({} OR {}) NEAR/3 {}".format, SAID, SAID, SAID),
    st.builds("{} NEAR/{} {} NEAR/2 {}".format, SAID, st.integers(0, 3), SAID, SAID),
)  # fmt: skip
PLACED = st.builds(
    "{}:{}".format, st.sampled_from(["title", "text", "note", "quote"]),
    st.one_of(SAID, st.builds("({})".format, NEARBY), st.builds("({} -{})".format, SAID, SAID)),
)  # fmt: skip
TAGGED = st.sampled_from(
    ["tag:place", "tag:place/syria", "tag:syria", "#Actors", "#isis", "tag:=place", "tag:none", "doctag:actors",
     "doctag:none", "hltag:isis", "hltag:=actors", "hltag:none", "tag:nowhere", 'tag:"nowhere::place"', "tag:check"]
)  # fmt: skip
FACTS = st.sampled_from(
    ["author:chulov", 'author:"ann of"', 'author:"war bo"', "author:none", "source:guardian", "source:the",
     "source:gu*", "source:none", "file:report", "file:siege", 'file:"of war"', "file:htm*", "date:2016",
     "date:2016-03", "date:>=2016-03-26", "before:2016", "after:2015", "date:2015-11..2016-01", "date:none",
     "date:guessed", "date:..2016-02", "added:7d", "added:1d", "added:2025", "added:>=2026-03-05", "added:2026-03-02",
     "is:unread", "is:reading", "is:read", "is:starred", "is:tagged", "is:untagged", "is:inbox", "is:trash",
     "is:duplicate", "lang:en", "lang:de", "lang:pt", "lang:none", "type:html", "type:txt", "type:pdf", "has:author",
     "has:date", "has:url", "has:source", "has:language", "has:tag", "has:highlight", "has:note", "words:>3",
     "words:3", "words:2..5", "words:<4", "highlights:>=1", "highlights:0", "highlights:1..2", "words:many"]
)  # fmt: skip
SAME = st.builds(
    "same:passage({} {}{})".format,
    st.one_of(SAID, PLACED, TAGGED), st.sampled_from(["", "OR ", "-"]), st.one_of(SAID, TAGGED, PLACED),
)  # fmt: skip
LEAVES = st.one_of(SAID, SAID, NEARBY, PLACED, TAGGED, FACTS, SAME)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        st.lists(inner, min_size=2, max_size=2).map(" | ".join),
        inner.map("-({})".format),
        inner.map("NOT ({})".format),
        inner.map("({})".format),
    ),
    max_leaves=5,
)
WAYS = st.sampled_from(["{}"] * 5 + ["{} in:all", "{} dup:all", "{} find:passages", "{} find:passages in:all",
                                     "{} sort:title", "{} sort:-date", "{} sort:relevance"])  # fmt: skip
ASKED = st.builds(lambda way, query: way.format(query), WAYS, QUERIES)
WITHIN = st.sampled_from(["", "", "", "tag:place", "is:trash", "-siege", "has:highlight"])
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            ["put", "retitle", "rewrite", "trash", "star", "read", "note", "tag", "untag", "mark", "remark",
             "tag mark", "unmark", "join", "undo", "undo", "redo", "remove", "reopen", "rebuild"]
        ),
        st.integers(0, 20),
    ),
    max_size=8,
)  # fmt: skip


def compare(
    documents: Sequence[Plain],
    queries: Sequence[tuple[str, str]],
    changes: Sequence[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        try:
            shelf.put(*documents)
            for query, within in queries:
                check(shelf, query, within=within)
            for change, number in changes:
                shelf.change(change, number, documents[number % len(documents)])
                for query, within in queries[:3]:
                    check(shelf, query, within=within)
            for query, within in queries:
                check(shelf, f"({query}) is:trash", within=within)
                check(shelf, f"({query}) find:passages", within=within)
        finally:
            shelf.close()


SOME_QUERIES = st.lists(st.tuples(ASKED, WITHIN), min_size=1, max_size=8)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.lists(PLAIN, min_size=2, max_size=8), SOME_QUERIES, CHANGES)
@settings(SETTINGS, max_examples=25)
def test_answers_are_what_plain_code_says_also_after_changes(
    documents: list[Plain], queries: list[tuple[str, str]], changes: list[tuple[str, int]]
) -> None:
    compare(documents, queries, changes)


@pytest.mark.long
@given(st.lists(PLAIN, min_size=3, max_size=15), SOME_QUERIES, CHANGES)
@settings(SETTINGS, max_examples=1_000)
def test_many_answers_are_what_plain_code_says(
    documents: list[Plain], queries: list[tuple[str, str]], changes: list[tuple[str, int]]
) -> None:
    compare(documents, queries, changes)
