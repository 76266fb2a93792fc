from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Phrase, Prefix, Term

from desktop_app import durable
from desktop_app.core.query import parse
from desktop_app.core.query_tree import Near, Or, Said, Word, WordKind
from desktop_app.search import manifest as manifests
from desktop_app.search.found import Answers
from desktop_app.search.manifest import IndexUnusable, read_key
from desktop_app.search.mirror import Entry, Mirror
from desktop_app.search.schema import language_number, pack, unpack

LIBRARY = {"library": "uuid", "generation": "first"}


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    return read_key(tmp_path / "cache")


@pytest.fixture
def mirror(tmp_path: Path, key: bytes) -> Iterable[Mirror]:
    made = Mirror.create(tmp_path / "index", key, **LIBRARY)
    yield made
    made.close()


def ask(mirror: Mirror, *queries: str) -> Answers:
    """Ask queries of one part each."""
    parts = [part for query in queries for part in parse(query).parts()]
    assert len(parts) == len(queries)
    return mirror.ask([part for part in parts if isinstance(part, Said | Near | Or)])


def found(mirror: Mirror, query: str) -> list[int]:
    return list(ask(mirror, query).found[0].ids)


def put(mirror: Mirror, *entries: Entry, gone: Iterable[int] = ()) -> None:
    mirror.update(entries, gone, queue_id=mirror.manifest.queue_id + 1)


def test_words_are_found_in_title_and_text_whatever_their_case_and_accents(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "Raqqa", "the siege"),
        Entry(2, "Other", "RÁQQA, again"),
        Entry(3, "x", "y"),
    )
    assert found(mirror, "raqqa") == [1, 2]
    assert found(mirror, "title:Raqqa") == [1]
    assert found(mirror, "text:raqqa") == [2]
    assert found(mirror, "nowhere") == []


def test_a_phrase_is_found_past_punctuation_but_not_across_title_and_text(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "state", "of war. State\nof – war"),
        Entry(2, "a", "state of the war"),
        Entry(3, "b", "war of state"),
    )
    assert found(mirror, '"state of war"') == [1]
    assert found(mirror, '"of war state of"') == [1]
    assert found(mirror, '"war war"') == []
    assert found(mirror, '"state of wa"*') == [1]
    assert found(mirror, '"state of t"*') == [2]


def test_no_word_is_too_common_to_be_found(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "state of the art"), Entry(2, "", "state art"))
    assert found(mirror, '"state art"') == [2]
    assert found(mirror, "the") == [1]


def test_other_forms_are_found_in_documents_of_their_language_only(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "", "They were bombing", "en"),
        Entry(2, "", "They were bombing", "de"),
        Entry(3, "", "They were bombing"),
        Entry(4, "", "one bomb", "de"),
        Entry(5, "", "bombs", "en"),
    )
    assert found(mirror, "bomb") == [1, 4, 5]
    assert found(mirror, '"bomb"') == [4]
    (forms,) = ask(mirror, "bomb").forms.values()
    assert {k: sorted(v) for k, v in forms.items()} == {"en": ["bombing", "bombs"]}


def test_a_beginning_that_too_many_words_share_is_not_looked_for(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", " ".join(f"ab{n}" for n in range(2_001)) + " abc"))
    answers = ask(mirror, "ab*")
    assert answers.too_many == {Word("ab*", WordKind.WILD)}
    assert not answers.found[0].ids
    assert found(mirror, "abc*") == [1]


def test_words_of_any_length_are_found_by_their_beginning(mirror: Mirror) -> None:
    long = "ab" * 400_000
    put(mirror, Entry(1, "", f"aaa {long} {long}c abz"), Entry(2, "", f"abc {long}"))
    assert found(mirror, "aba*") == [1, 2]
    assert found(mirror, f"{long}") == [1, 2]
    assert found(mirror, "ab*c") == [1, 2]
    assert found(mirror, "aba*c") == [1]
    assert [word for word, _ in mirror.beginning_with("ab", 9)] == [long, f"{long}c", "abc", "abz"]


def test_words_like_one_that_is_typed_come_with_their_documents(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "Raqqa", "Raqqa and Raqqah and Tabqa"),
        Entry(2, "", "Rakka, ar-Raqqah", folds=((0, 5),)),
        Entry(3, "", "Tabaqa; Tabqah in the dam", notes=("Rakkah",)),
        Entry(4, "", "Raqqa"),
    )
    assert mirror.near_spellings("Raqqa", 9) == [("raqqah", 2), ("rakkah", 1)]
    assert mirror.near_spellings("tabqa", 9) == [("tabaqa", 1), ("tabqah", 1)]
    assert mirror.near_spellings("nowhere", 9) == []
    assert mirror.beginning_with("Ra", 2) == [("raqqa", 2), ("raqqah", 2)]
    put(mirror, gone=[3, 4])
    assert mirror.near_spellings("Raqqa", 9) == [("raqqah", 2)]
    assert mirror.beginning_with("ra", 9) == [("raqqah", 2), ("raqqa", 1)]
    assert mirror.beginning_with("tabaq", 9) == []


def test_a_document_that_is_put_in_again_is_there_once(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "old"), Entry(2, "", "kept"))
    put(mirror, Entry(1, "", "new"), Entry(1, "", "newest"))
    assert (found(mirror, "old"), found(mirror, "new"), found(mirror, "newest")) == ([], [], [1])
    assert mirror.ids() == {1, 2} and mirror.count() == 2
    put(mirror, gone=[1, 99])
    assert mirror.ids() == {2}
    assert found(mirror, "newest") == []


def test_a_title_that_matches_and_a_shorter_text_score_higher(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "", "siege " + "word " * 300),
        Entry(2, "", "siege word"),
        Entry(3, "siege", "siege word"),
        *(Entry(n, "", "word") for n in range(4, 20)),
    )
    (answer,) = ask(mirror, "siege").found
    scores = dict(zip(answer.ids, answer.scores, strict=True))
    assert 0 < scores[1] < scores[2] < scores[3]


def test_stock_whoosh_reads_what_was_written(mirror: Mirror, tmp_path: Path) -> None:
    words = ["siege", "raqqa", "dam"]
    put(
        mirror,
        *(Entry(n, words[n % 3], f"{words[n % 2]} of the {words[n % 3]}") for n in range(1, 400)),
    )
    index = FileIndex(FileStorage(str(tmp_path / "index")), indexname="MAIN")
    with index.searcher() as searcher:
        ids = searcher.reader().column_reader("id")

        def stock(query: object) -> list[int]:
            return sorted(ids[number] for number in searcher.docs_for_query(query))

        assert stock(Term("body", "siege")) == found(mirror, "text:siege")
        assert stock(Phrase("body", ["of", "the", "dam"])) == found(mirror, 'text:"of the dam"')
        assert stock(Prefix("title", "r")) == found(mirror, "title:r*")
        assert len(searcher.search(Term("body", "dam"), limit=10)) == len(found(mirror, "text:dam"))


def test_merging_keeps_every_answer(mirror: Mirror) -> None:
    for n in range(1, 30):
        put(mirror, Entry(n, f"t{n}", f"common word{n} phrase number {n % 3}", "en"))
    put(mirror, gone=[3, 4])
    before = [found(mirror, q) for q in ("common", '"number 2"', "t7", "words", "word1*")]
    scores = list(ask(mirror, "common").found[0].scores)
    merged = 0
    while mirror.merge_some(largest=100):
        merged += 1
    assert merged
    assert [found(mirror, q) for q in ("common", '"number 2"', "t7", "words", "word1*")] == before
    assert len(mirror._segments) < 16
    after = list(ask(mirror, "common").found[0].scores)
    assert after == pytest.approx(scores, rel=0.1)


def test_words_that_stand_in_documents_more_or_less_often_are_found_after_merging(
    mirror: Mirror,
) -> None:
    for first in range(1, 40, 4):
        texts = {n: "siege " * (n % 4 + 1) + "dam " * n for n in range(first, first + 4)}
        put(mirror, *(Entry(n, "", text) for n, text in texts.items()))
    before = ask(mirror, "siege", '"siege dam"')
    while mirror.merge_some(largest=100):
        after = ask(mirror, "siege", '"siege dam"')
        assert [list(each.ids) for each in after.found] == [list(e.ids) for e in before.found]


def test_merging_ends_when_every_document_is_gone(mirror: Mirror) -> None:
    put(mirror, Entry(1, "one", "text"), Entry(2, "two", "text"))
    put(mirror, Entry(3, "three", "text"))
    put(mirror, gone=[1, 2, 3])
    while mirror.merge_some(largest=100):
        assert mirror.ids() == set()
    assert mirror._segments == []


def test_an_index_is_as_it_was_when_it_is_opened_again(tmp_path: Path, key: bytes) -> None:
    mirror = Mirror.create(tmp_path / "index", key, **LIBRARY)
    put(mirror, Entry(1, "one", "bombing", "en"))
    put(mirror, Entry(2, "two", "bombs", "en"))
    mirror.close()
    again = Mirror.open(tmp_path / "index", key)
    assert found(again, "bomb") == [1, 2]
    assert again.manifest.queue_id == 2
    put(again, Entry(3, "three", "bombed", "en"), gone=[1])
    assert found(again, "bomb") == [2, 3]
    again.close()


class Cut(BaseException):
    """The process ends here."""


def test_a_batch_that_is_cut_short_anywhere_leaves_the_index_as_it_was_or_as_it_should_be(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    points: list[str] = []

    start = Mirror.create(tmp_path / "start", key, **LIBRARY)
    for n in range(8):
        put(start, Entry(n, f"t{n}", f"old word{n}", "en"))
    start.close()

    def build(folder: Path, at_point: Callable[[str], None]) -> None:
        copytree(tmp_path / "start", folder)
        mirror = Mirror.open(folder, key)
        monkeypatch.setattr(durable, "at_point", at_point)
        try:
            put(mirror, Entry(1, "t1", "fresh", "en"), gone=[2])
            mirror.merge_some(largest=100)
        finally:
            monkeypatch.setattr(durable, "at_point", lambda name: None)
            mirror.close()

    build(tmp_path / "whole", points.append)
    assert {"index-forms:before-sync", "index-file:synced", "index-manifest:renamed"} <= set(points)
    for cut in range(len(points)):
        passed = 0

        def stop(name: str, cut: int = cut) -> None:
            nonlocal passed
            passed += 1
            if passed > cut:
                raise Cut

        folder = tmp_path / f"cut-{cut}"
        with pytest.raises(Cut):
            build(folder, stop)
        mirror = Mirror.open(folder, key)
        old, fresh = found(mirror, "old"), found(mirror, "fresh")
        assert (old, fresh) in (([*range(8)], []), ([0, 3, 4, 5, 6, 7], [1])), points[cut]
        put(mirror, Entry(1, "t1", "fresh", "en"), gone=[2])
        assert (found(mirror, "old"), found(mirror, "fresh")) == ([0, 3, 4, 5, 6, 7], [1])
        assert mirror.ids() == {0, 1, 3, 4, 5, 6, 7}
        mirror.close()


class Bomb:
    """What a crafted index would hold: unpickling it leaves a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> object:
        return (os.mkdir, (str(self.trace),))


def test_nothing_is_unpickled_from_an_index_that_was_not_written_here(
    tmp_path: Path, key: bytes
) -> None:
    folder = tmp_path / "index"
    mirror = Mirror.create(folder, key, **LIBRARY)
    put(mirror, Entry(1, "one", "text"))
    mirror.close()
    (toc,) = folder.glob("*.toc")
    toc.write_bytes(pickle.dumps(Bomb(tmp_path / "trace")))
    with pytest.raises(IndexUnusable):
        Mirror.open(folder, key)
    assert not (tmp_path / "trace").exists()


def test_a_newer_table_of_contents_that_nothing_names_is_not_opened(
    tmp_path: Path, key: bytes
) -> None:
    folder = tmp_path / "index"
    mirror = Mirror.create(folder, key, **LIBRARY)
    put(mirror, Entry(1, "one", "text"))
    mirror.close()
    (folder / "_MAIN_99.toc").write_bytes(pickle.dumps(Bomb(tmp_path / "trace")))
    reading = Mirror.open(folder, key, read_only=True)
    assert found(reading, "text") == [1]
    reading.close()
    writing = Mirror.open(folder, key)
    assert found(writing, "text") == [1]
    assert not (folder / "_MAIN_99.toc").exists()
    assert not (tmp_path / "trace").exists()
    writing.close()


def test_a_flipped_bit_in_any_file_is_noticed(tmp_path: Path, key: bytes) -> None:
    folder = tmp_path / "index"
    mirror = Mirror.create(folder, key, **LIBRARY)
    put(mirror, Entry(1, "one", "bombing text", "en"))
    mirror.close()
    named = set(manifests.read_manifest(folder, key).files or ())
    assert len(named) == 2
    for path in [folder / name for name in (*named, "forms", "manifest.json")]:
        whole = path.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
            with pytest.raises(IndexUnusable):
                Mirror.open(folder, key)
        path.unlink()
        with pytest.raises(IndexUnusable):
            Mirror.open(folder, key)
        path.write_bytes(whole)
    Mirror.open(folder, key).close()


def test_a_key_of_another_cache_opens_nothing(tmp_path: Path, mirror: Mirror) -> None:
    with pytest.raises(IndexUnusable):
        Mirror.open(mirror.folder, read_key(tmp_path / "elsewhere"))


def test_a_key_that_others_can_read_is_replaced(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "cache" / "index.key"
    assert read_key(tmp_path / "cache") == key
    path.chmod(0o644)
    assert read_key(tmp_path / "cache") != key
    assert path.stat().st_mode & 0o077 == 0


def test_the_language_codes_that_mean_one_language_have_one_number() -> None:
    assert language_number("nb") == language_number("no") != 0
    assert language_number("EN") == language_number("en")
    assert language_number(None) == language_number("ku") == 0


@given(st.lists(st.integers(0, 1 << 20), min_size=1, unique=True).map(sorted))
@settings(deadline=None)
def test_places_are_read_as_they_were_written(places: list[int]) -> None:
    assert list(unpack(pack(places))) == places
