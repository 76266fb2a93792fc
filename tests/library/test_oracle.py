"""Answers compared with plain code, over libraries and queries drawn from the whole grammar."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
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
from desktop_app.library.answer import Answer, Hit
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
from desktop_app.library.searching import answer, hits, matches
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
            case "untag" if path in document.tags:
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
        if (trash or not plain.trashed) and (view.passages or world.matches(view.tree, plain))
    }
    inside = {
        (id_, each)
        for id_, plain in scope.items()
        for each, passage in plain.passages.items()
        if not view.passages or world.holds(view.tree, passage, plain)
    }
    if view.passages:
        scope = {id_: scope[id_] for id_, _ in inside}
    if query.passages:
        check_passages(world, inside, query, given)
    else:
        check_documents(world, scope, query, given)
    parts = [part.count for part in given.parts]
    assert parts == [
        count(world, scope, inside, part, passages=query.passages) for part in query.parts()
    ], text
    told = hits(shelf.store, shelf.index, given, given.ids)
    assert set(told) == set(given.ids)
    for id_ in given.ids:
        check_matches(shelf, given, id_, told[id_])


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


def check_passages(world: World, inside: set[tuple[int, int]], query: Query, given: Answer) -> None:
    expected = {(id_, each) for id_, each in inside if held(world, query.tree, id_, each)}
    assert given.highlights is not None
    assert list(given.highlights) == [*dict.fromkeys(given.highlights)]
    assert set(given.highlights) == {each for _, each in expected}, query.source
    assert set(given.ids) == {id_ for id_, _ in expected}, query.source


def held(world: World, tree: Node, id_: int, passage: int) -> bool:
    plain = world.documents[id_]
    return world.holds(tree, plain.passages[passage], plain)


def count(
    world: World,
    scope: dict[int, Plain],
    inside: set[tuple[int, int]],
    part: Node,
    *,
    passages: bool,
) -> int:
    if passages:
        return sum(held(world, part, id_, each) for id_, each in inside)
    return sum(world.matches(part, plain) for plain in scope.values())


def check_matches(shelf: Shelf, given: Answer, id_: int, hit: Hit) -> None:
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
    assert hit.matches == len(expected)
    assert bool(hit.passages) == bool(expected)
    for passage in hit.passages:
        assert plain.body[passage.start : passage.end] == passage.text
        for start, end in passage.marks:
            assert any(a <= start < end <= b for a, b in expected)


def looked_for(part: Spoken, place: Place) -> bool:
    return part.place is place or (part.place is Place.ANYWHERE and place is not Place.QUOTE)


# Libraries and queries. They are drawn by weight: of draws that are equally likely, most texts would
# say nothing of what most queries ask for.

OFTEN = ["siege", "of", "war", "Raqqa", "bombs"]
SELDOM = ["sieges", "besieged", "bomb", "bombing", "Raqqah", "al-Adnani", "adnani", "état", "etat",
          "STATE", "State", "IS", "is", "Häuser", "haus", "½"]  # fmt: skip
BODIES = ["siege of Raqqa", "the state of war", ", ."]
QUOTES = ["siege", "of war", "Raqqa", "STATE of", "al-Adnani", "bombs", "war"]

NEARLY = ["bomb*", "*sieged", "b*s", "?s", "raqqa?", "w*r", "si*", "raqqa~", "bomb~2", "sieg~", "wur~", "=IS",
          "=STATE", "=Häuser", "=is", "=Raqqa", "al-adnan*", "ANYTHING", "~", "*", "=", "or"]  # fmt: skip
ROWS = ['"state of war"', '"al adnani"', '"of w*"', '"state o"*', '"of war"', '"siege of"', '""']
NAMES = ["name:siege", "name:raqqa", "name:bombs"]
TAGGED = ["tag:place", "tag:place/syria", "tag:syria", "#Actors", "#isis", "tag:=place", "tag:none", "doctag:actors",
          "doctag:none", "hltag:isis", "hltag:=actors", "hltag:none", "tag:nowhere", 'tag:"nowhere::place"',
          "tag:check"]  # fmt: skip
FACTS = ["author:chulov", 'author:"ann of"', 'author:"war bo"', "author:none", "source:guardian", "source:the",
         "source:gu*", "source:none", "file:report", "file:siege", 'file:"of war"', "file:htm*", "date:2016",
         "date:2016-03", "date:>=2016-03-26", "before:2016", "after:2015", "date:2015-11..2016-01", "date:none",
         "date:guessed", "date:..2016-02", "added:7d", "added:1d", "added:2025", "added:>=2026-03-05",
         "added:2026-03-02", "is:unread", "is:reading", "is:read", "is:starred", "is:tagged", "is:untagged",
         "is:inbox", "is:trash", "is:duplicate", "lang:en", "lang:de", "lang:pt", "lang:none", "type:html",
         "type:txt", "type:pdf", "has:author", "has:date", "has:url", "has:source", "has:language", "has:tag",
         "has:highlight", "has:note", "words:>3", "words:3", "words:2..5", "words:<9", "highlights:>=1",
         "highlights:0", "highlights:1..2", "words:many"]  # fmt: skip
WAYS = ["in:all", "dup:all", "find:passages", "sort:title", "sort:-date", "sort:relevance"]
WITHIN = ["", "", "", "", "tag:place", "is:trash", "-siege", "has:highlight", "siege find:passages"]
CHANGES = ["put", "retitle", "rewrite", "trash", "star", "read", "note", "tag", "untag", "mark", "remark",
           "tag mark", "unmark", "join", "undo", "undo", "redo", "remove", "reopen", "rebuild"]  # fmt: skip


class Draw:
    """Draws libraries and queries of every row of the grammar."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.one = random.choice
        self.many = random.randint

    def often(self, of_ten: int) -> bool:
        return self.many(1, 10) <= of_ten

    def word(self) -> str:
        return self.one(OFTEN) if self.often(6) else self.one(SELDOM)

    def words(self, most: int) -> str:
        return " ".join(self.word() for _ in range(self.many(1, most)))

    def document(self) -> Plain:
        pieces = [
            self.one([",", "\n"]) if self.often(1) else self.word() for _ in range(self.many(1, 24))
        ]
        lines = (line.strip() for line in " ".join(pieces).split("\n"))
        body = "\n".join(filter(None, lines))
        tags = [frozenset(self.random.sample(TAGS, self.one([0, 0, 1, 2]))) for _ in range(4)]
        edges = [(self.many(0, 60), self.many(0, 90)) for _ in range(self.one([0, 0, 1, 2]))]
        return Plain(
            title=self.words(3),
            body=body if body and self.often(7) else self.one(BODIES),
            language=self.one([None, "en", "en", "en", "de", "ku", "pt-br"]),
            authors=self.one([(), ("Martin Chulov",), ("Ann of War", "Bo Etat")]),
            source=self.one([None, "The Guardian", "ICSR"]),
            url=self.one([None, "https://example.org/a"]),
            published=self.one([None, "2016", "2016-03", "2016-03-25", "2015-12-31"]),
            guessed=self.often(5),
            added=self.one([TODAY, TODAY - timedelta(days=3), date(2025, 12, 31)]),
            media_type=self.one(["text/plain", "text/html"]),
            file_name=self.one(["Report of war.txt", "siège-01.html"]),
            state=self.one(list(ReadState)),
            starred=self.often(5),
            trashed=self.often(2),
            note=self.words(3) if self.often(3) else "",
            tags=tags[0],
            edges=tuple(edges),
            passages={
                n: Passage(self.one(QUOTES), self.words(3) if self.often(4) else "", tags[n])
                for n in range(1, self.one([1, 2, 3, 4]))
            },
        )

    def row(self) -> str:
        return f'"{self.words(3)}"' if self.often(5) else self.one(ROWS)

    def said(self) -> str:
        return self.one(
            [self.word, self.word, lambda: self.one(NEARLY), self.row, lambda: self.one(NAMES)]
        )()

    def near(self) -> str:
        operator = f"{self.one(['NEAR', 'NEAR', 'BEFORE'])}/{self.many(0, 7)}"
        first = f"({self.said()} OR {self.said()})" if self.often(2) else self.said()
        match self.many(1, 8):
            case 1 | 2:
                return f'"{self.words(4)}"~{self.many(0, 6)}'
            case 3:
                return f"{first} {operator} {self.said()} {operator} {self.said()}"
            case 4:
                return f"({first} {operator} {self.said()}) NEAR/{self.many(0, 5)} {self.said()}"
            case _:
                return f"{first} {operator} {self.said()}"

    def placed(self) -> str:
        inside = self.one(
            [self.said, lambda: f"({self.near()})", lambda: f"({self.said()} -{self.said()})"]
        )
        return f"{self.one(['title', 'text', 'note', 'quote', 'note', 'quote'])}:{inside()}"

    def same(self) -> str:
        parts = [self.one([self.said, self.placed, lambda: self.one(TAGGED)])() for _ in range(2)]
        return f"same:passage({self.one([' ', ' OR ', ' -']).join(parts)})"

    def part(self) -> str:
        known = [lambda: self.one(TAGGED), lambda: self.one(FACTS), lambda: self.one(FACTS)]
        return self.one(
            [self.said, self.said, self.near, self.near, self.placed, self.same, *known]
        )()

    def tree(self, depth: int) -> str:
        if depth == 0 or self.often(4):
            return self.part()
        if self.often(2):
            return self.one(["-({})", "NOT ({})", "({})", "-{}"]).format(self.tree(depth - 1))
        joint = self.one([" ", " ", " OR ", " OR ", " | ", " -", " AND "])
        parts = [self.tree(depth - 1) for _ in range(self.one([2, 2, 3]))]
        return joint.join(f"({part})" if self.often(3) else part for part in parts)

    def query(self) -> tuple[str, str]:
        """A query, and one that stands for a view."""
        ways = [self.one(WAYS)] if self.often(4) else []
        return " ".join([self.tree(self.many(0, 2)), *ways]), self.one(WITHIN)


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


def compare_drawn(random: Random, *, most: int) -> None:
    draw = Draw(random)
    documents = [draw.document() for _ in range(draw.many(2, most))]
    queries = [draw.query() for _ in range(draw.many(3, most))]
    changes = [(draw.one(CHANGES), draw.many(0, 20)) for _ in range(draw.many(0, most))]
    compare(documents, queries, changes)


RANDOM = st.integers(0, 2**64 - 1).map(Random)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(RANDOM)
@settings(SETTINGS, max_examples=8)
def test_answers_are_what_plain_code_says_also_after_changes(random: Random) -> None:
    compare_drawn(random, most=8)


@given(RANDOM)
@settings(SETTINGS, max_examples=4)
def test_texts_and_highlights_that_are_read_in_pieces_are_read_whole(random: Random) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop_app.library.hits.CHUNK", 60)
        patch.setattr("desktop_app.library.hearing._MOST_HIGHLIGHTS", 1)
        compare_drawn(random, most=8)


@pytest.mark.long
@given(RANDOM)
@settings(SETTINGS, max_examples=1_000)
def test_many_answers_are_what_plain_code_says(random: Random) -> None:
    compare_drawn(random, most=12)


def test_a_word_that_is_wanted_twice_near_another_is_found_where_all_of_them_are() -> None:
    bodies = ("of of Raqqa", "of of war", "Raqqa, Raqqa", "Raqqa of Raqqa")
    queries = ['"of Raqqa of"~4', "of NEAR/3 Raqqa NEAR/3 of", "Raqqa BEFORE/2 of BEFORE/2 Raqqa"]
    compare([Plain(body=body) for body in bodies], [(query, "") for query in queries], [])
