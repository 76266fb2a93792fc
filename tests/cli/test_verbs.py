"""Each verb on a real library: its keys, its exit codes, and what it says."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop_app.store.store import Store
from tests.work_for_tests import times_the_work

if TYPE_CHECKING:
    from conftest import Made, Terminal

LIST_KEYS = [
    "id",
    "title",
    "authors",
    "source",
    "published",
    "date_from",
    "language",
    "media_type",
    "words",
    "state",
    "tags",
    "story",
    "highlights",
]


def test_import_says_one_outcome_a_file(made: Made) -> None:
    assert [list(said) for said in made.said] == [["path", "outcome", "id", "reason", "title"]] * 3
    assert {Path(said["path"]).name for said in made.said} == {"quay.txt", "pilots.md", "café.txt"}
    assert {said["outcome"] for said in made.said} == {"imported"}


def test_import_again_finds_all_known_and_a_bad_file_refused(
    own_terminal: Terminal, made: Made, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    files = [said["path"] for said in made.said]
    said = own_terminal.json("import", *files, empty, tmp_path / "gone.txt", code=1)
    assert [each["outcome"] for each in said] == ["known"] * 3 + ["refused"] * 2
    assert [each["id"] for each in said[:3]] == [each["id"] for each in made.said]
    assert all(each["reason"] for each in said)
    assert own_terminal.err == ""


def test_list_gives_every_key(terminal: Terminal) -> None:
    listed = terminal.json("list")
    assert [list(each) for each in listed] == [LIST_KEYS] * 3
    quay = next(each for each in listed if each["source"])
    assert quay["title"] == "How the quay at Halmar was rebuilt"
    assert quay["authors"] == ["Ilse Brandt"]
    assert (quay["source"], quay["published"]) == ("The Coast Ledger", "2016-03-25")
    assert (quay["date_from"], quay["media_type"]) == ("guessed", "text/plain")
    assert (quay["state"], quay["tags"]) == ("unread", ["place/Halmar"])
    assert (quay["story"], quay["highlights"]) == (None, 0)


def test_list_takes_a_query(terminal: Terminal) -> None:
    assert [each["authors"] for each in terminal.json("list", "date:2015")] == [["Per Holm"]]
    assert len(terminal.json("list", "tag:place")) == 3
    assert terminal.json("list", "is:read") == []


def test_search_marks_code_points_of_the_text(terminal: Terminal) -> None:
    (found,) = terminal.json("search", "cafe")
    assert list(found) == ["id", "title", "score", "hits", "passages"]
    assert found["hits"] == 1  # the first sentence; the repeated headline is folded
    assert terminal.json("search", "cafe in:all")[0]["hits"] == 2
    assert terminal("show", found["id"], "--text") == 0
    text = terminal.out
    for passage in found["passages"]:
        assert list(passage) == ["start", "end", "text", "marks"]
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert passage["marks"]
        for start, end in passage["marks"]:
            assert text[start:end] == "Café"


def test_search_stops_at_its_limit_and_takes_options_in_any_place(terminal: Terminal) -> None:
    assert len(terminal.json("search", '"dry dock"')) == 2
    assert len(terminal.json("search", "--limit", 1, '"dry dock"')) == 1
    assert terminal.json("search", "--", "-dock")[0]["title"] == "Zum Café am Hafen"


def test_explaining_says_in_words_what_was_asked(terminal: Terminal) -> None:
    assert terminal("search", "dock", "--explain") == 0
    assert "dock" in terminal.err


def test_a_query_that_means_nothing_is_bad_usage(terminal: Terminal) -> None:
    for verb in ("list", "search"):
        assert terminal(verb, "date:2016-13") == 2
        assert terminal.out == ""
        assert "2016" in terminal.err


def test_show_gives_the_keys_of_list_and_the_text(terminal: Terminal, made: Made) -> None:
    id = next(said["id"] for said in made.said if said["path"].endswith(".md"))
    (shown,) = terminal.json("show", id)
    assert list(shown) == [*LIST_KEYS, "blocks", "folds"]
    assert shown["highlights"] == []
    terminal("show", id, "--text")
    canonical = terminal.out.removesuffix("\n")
    assert "\n".join(block["text"] for block in shown["blocks"] if block["text"]) == canonical
    bold = next(
        (block, span)
        for block in shown["blocks"]
        for span in block["spans"]
        if span["kind"] == "bold"
    )
    assert bold[0]["text"][bold[1]["start"] : bold[1]["end"]] == "berth"
    for fold in shown["folds"]:
        assert list(fold) == ["start", "end", "kind", "rule"]
        assert 0 <= fold["start"] < fold["end"] <= len(canonical)


def test_the_original_comes_back_byte_for_byte_and_over_no_other_file(
    terminal: Terminal, made: Made, tmp_path: Path
) -> None:
    out = tmp_path / "out.txt"
    said = made.said[0]
    assert terminal("show", said["id"], "--original", out) == 0
    assert out.read_bytes() == Path(said["path"]).read_bytes()
    assert terminal("show", said["id"], "--original", out) == 2


def test_a_document_that_is_not_there_is_bad_usage(terminal: Terminal) -> None:
    assert terminal("show", 99) == 2
    assert terminal.err.startswith("There is no document 99")


def test_tags_are_made_put_on_and_taken_off(own_terminal: Terminal, made: Made) -> None:
    ids = [said["id"] for said in made.said]
    (tag,) = own_terminal.json("tag", "add", "claim/contested", *ids[:2])
    assert list(tag) == ["path", "collection", "documents", "highlights", "colour", "aliases"]
    assert (tag["path"], tag["documents"]) == ("claim/contested", 2)
    assert own_terminal.json("tag", "remove", "claim/contested", ids[0])[0]["documents"] == 1
    assert own_terminal("undo") == 0
    counts = {each["path"]: each["documents"] for each in own_terminal.json("tag", "list")}
    assert counts == {"place": 3, "place/Halmar": 3, "claim": 2, "claim/contested": 2}


def test_tagging_a_document_that_is_not_there_does_the_others(
    own_terminal: Terminal, made: Made
) -> None:
    (tag,) = own_terminal.json("tag", "add", "x", made.said[0]["id"], 99, code=1)
    assert tag["documents"] == 1
    assert own_terminal.err == "There is no document 99 in this library.\n"


def test_tags_are_renamed_moved_merged_and_deleted(own_terminal: Terminal, made: Made) -> None:
    id = made.said[0]["id"]
    own_terminal("tag", "add", "Hallmar", id)
    assert own_terminal.json("tag", "rename", "place", "places")[0]["path"] == "places"
    assert own_terminal.json("tag", "move", "Hallmar", "places")[0]["path"] == "places/Hallmar"
    assert own_terminal.json("tag", "move", "places/Hallmar", "/")[0]["path"] == "Hallmar"
    (winner,) = own_terminal.json("tag", "merge", "Hallmar", "places/Halmar")
    assert (winner["path"], winner["aliases"]) == ("places/Halmar", ["Hallmar"])
    assert own_terminal.json("tag", "delete", "places/Halmar") == []
    assert [each["path"] for each in own_terminal.json("tag", "list")] == ["places"]
    for _ in range(3):
        own_terminal("undo")
    paths = [each["path"] for each in own_terminal.json("tag", "list")]
    assert paths == ["places", "places/Hallmar", "places/Halmar"]


def test_an_unknown_tag_is_bad_usage(own_terminal: Terminal) -> None:
    for words in (["rename", "nope", "x"], ["delete", "nope"], ["merge", "nope", "place"]):
        assert own_terminal("tag", *words) == 2
        assert "nope" in own_terminal.err


def test_a_tag_is_written_with_its_collection_where_its_path_means_another(
    own_terminal: Terminal, made: Made
) -> None:
    id = made.said[0]["id"]
    own_terminal("collection", "new", "Thesis")
    own_terminal("collection", "use", "Thesis")
    own_terminal("tag", "add", "Thesis::place/Halmar", id)
    (found,) = own_terminal.json("list", 'tag:"Thesis"::place')
    assert sorted(found["tags"]) == ["My tags::place/Halmar", "place/Halmar"]


def test_collections_are_listed_made_and_used(own_terminal: Terminal) -> None:
    assert own_terminal.json("collection", "new", "Actors")[0]["name"] == "Actors"
    assert own_terminal.json("collection", "use", "actors")[0]["active"] is True
    listed = own_terminal.json("collection", "list")
    assert {each["name"]: each["active"] for each in listed} == {"My tags": False, "Actors": True}
    assert own_terminal("collection", "use", "nope") == 2


def test_a_tag_collection_goes_out_and_comes_in(own_terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "mine.tagset.json"
    assert own_terminal.json("tag", "export", file)[0]["tags"] == 2
    other = own_terminal.at(tmp_path / "other")
    assert other.json("tag", "import", file)[0]["tags"] == 2
    assert [each["path"] for each in other.json("tag", "list")] == ["place", "place/Halmar"]
    assert own_terminal("tag", "export", tmp_path / "mine.doc") == 2


def test_undo_redo_and_history(own_terminal: Terminal, made: Made) -> None:
    own_terminal("tag", "add", "x", made.said[0]["id"])
    (undone,) = own_terminal.json("undo")
    assert list(undone) == ["name", "refused"]
    newest = own_terminal.json("history")[0]
    assert list(newest) == ["name", "done_at", "undone"]
    assert (newest["name"], newest["undone"]) == (undone["name"], True)
    assert own_terminal.json("redo") == [undone]
    assert own_terminal.json("redo") == []
    assert own_terminal.err == "There is nothing to do again.\n"


def test_a_backup_of_everything_is_restored_into_another_library(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    (made,) = own_terminal.json("backup", "--out", tmp_path / "all.zip")
    assert zipfile.is_zipfile(made["path"])
    other = own_terminal.at(tmp_path / "other")
    assert other.json("restore", made["path"])[0]["documents"] == 3
    assert other.json("list") == own_terminal.json("list")
    assert len(other.json("search", "dock")) == 2
    assert other("verify") == 0


def test_a_backup_inside_the_library_and_a_restore_of_nothing(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    (made,) = own_terminal.json("backup")
    assert Path(made["path"]).is_relative_to(own_terminal.library / "backups")
    assert own_terminal("restore", tmp_path / "gone") == 2


def test_verify_catches_up_a_missing_index_and_reindex_makes_it_anew(
    own_terminal: Terminal,
) -> None:
    assert own_terminal("verify", "--json") == 0
    assert (own_terminal.out, own_terminal.err) == ("", "")
    assert len(own_terminal.json("search", "dock")) == 2
    assert own_terminal.json("reindex") == [{"documents": 3}]
    assert len(own_terminal.json("search", "dock")) == 2


def test_verify_says_what_is_damaged(own_terminal: Terminal) -> None:
    originals = [path for path in (own_terminal.library / "originals").rglob("*") if path.is_file()]
    originals[0].write_bytes(b"spoilt")
    found = own_terminal.json("verify", code=1)
    assert found
    assert list(found[0]) == ["what", "hint", "repairable"]


def test_a_library_that_is_not_there_reads_as_empty(nowhere: Terminal) -> None:
    for words in (
        ["list"],
        ["search", "x"],
        ["tag", "list"],
        ["collection", "list"],
        ["history"],
        ["verify"],
    ):
        assert nowhere.json(*words) == [], words
    assert not nowhere.library.exists()


def test_what_needs_a_library_makes_none(nowhere: Terminal) -> None:
    for words in (["undo"], ["reindex"], ["backup"], ["tag", "add", "x", 1], ["show", 1]):
        assert nowhere(*words) == 2, words
        assert nowhere.err
    assert not nowhere.library.exists()


def test_while_another_writes_reading_goes_on_and_writing_says_who_it_is(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    with Store.open(own_terminal.library):
        assert len(own_terminal.json("list")) == 3
        assert own_terminal("verify") == 0
        assert own_terminal("backup", "--out", tmp_path / "all.zip") == 0
        assert own_terminal("tag", "export", tmp_path / "tags.tagset.json") == 0
        for words in (["undo"], ["tag", "add", "x", 1], ["reindex"], ["verify", "--repair"]):
            assert own_terminal(*words) == 3, words
            assert own_terminal.out == ""
            assert str(os.getpid()) in own_terminal.err


def test_a_damaged_library_is_said(own_terminal: Terminal) -> None:
    (own_terminal.library / "postil.db").write_bytes(b"not a database" * 1_000)
    assert own_terminal("list") == 3
    assert own_terminal.err.strip()


@pytest.mark.parametrize("words", [["search", "dock", "--limit", "0"], ["history", "--limit", "-"]])
def test_a_limit_that_is_no_number_is_bad_usage(terminal: Terminal, words: list[str]) -> None:
    assert terminal(*words) == 2


def test_a_file_whose_name_is_not_text_can_be_imported_and_said(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9 news.txt")
    file.write_text("Nothing new from the harbour this week, says the board.", encoding="utf-8")
    (said,) = own_terminal.json("import", file)
    assert (said["outcome"], said["id"]) == ("imported", 4)
    assert said["path"].endswith("caf\udce9 news.txt")


def test_list_loads_no_qt_and_is_quick(made: Made) -> None:
    code = (
        "import sys; from desktop_app.__main__ import main; assert main(['list']) == 0;"
        "heavy = {'PySide6', 'lxml', 'trafilatura', 'numpy', 'py3langid'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    where = {**os.environ, "POSTIL_LIBRARY": str(made.folder), "XDG_CACHE_HOME": str(made.cache)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=where, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 3
    # It is three to four times what has to be loaded at least; each worker process, or an index
    # that is made anew, would add as much again.
    assert times_the_work(code, "import sqlalchemy", limit=7, environment=where) < 7


def test_an_import_goes_on_when_nobody_reads_its_answers(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(40):
        text = f"The harbour board met for the {number}th time behind closed doors."
        (articles / f"{number:02}.txt").write_text(text, encoding="utf-8")
    postil = [sys.executable, "-m", "desktop_app", "--library", str(tmp_path / "library")]
    importing = subprocess.Popen(
        [*postil, "import", str(articles)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert importing.stdout is not None and importing.stderr is not None
    importing.stdout.close()
    assert importing.stderr.read() == b"40 imported.\n"
    importing.stderr.close()
    assert importing.wait() == 0


def test_a_list_ends_when_nobody_reads_it(made: Made) -> None:
    listing = subprocess.Popen(
        [sys.executable, "-m", "desktop_app", "--library", str(made.folder), "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert listing.stdout is not None and listing.stderr is not None
    listing.stdout.close()
    assert listing.stderr.read() == b""
    listing.stderr.close()
    assert listing.wait() == 0


def test_a_search_makes_an_index_that_is_not_there(own_terminal: Terminal) -> None:
    assert len(own_terminal.json("search", "dock")) == 2
    assert own_terminal.err == ""


def test_a_search_without_an_index_in_a_library_that_is_held_says_that_it_is_partial(
    own_terminal: Terminal,
) -> None:
    with Store.open(own_terminal.library):
        assert own_terminal.json("search", "dock") == []
    assert "3 documents" in own_terminal.err


def marked(terminal: Terminal, made: Made, ending: str = ".md") -> int:
    return next(said["id"] for said in made.said if said["path"].endswith(ending))


HIGHLIGHT_KEYS = [
    "id",
    "document",
    "title",
    "start",
    "end",
    "quote",
    "tags",
    "note",
    "colour",
    "style",
    "state",
    "page",
    "made_at",
]


def test_a_quote_is_highlighted_and_found_in_every_list(own_terminal: Terminal, made: Made) -> None:
    id = marked(own_terminal, made)
    asked = ["--tag", "claim", "--tag", "place/Halmar", "--note", "why *now*?"]
    (said,) = own_terminal.json(
        "highlight", id, "--quote", "a say in the\n winter", *asked, "--colour", "blue"
    )
    assert list(said) == HIGHLIGHT_KEYS
    assert (said["quote"], said["note"]) == ("a say in the winter", "why *now*?")
    assert sorted(said["tags"]) == ["claim", "place/Halmar"]
    assert (said["colour"], said["style"], said["state"]) == ("blue", "fill", "placed")
    assert own_terminal.json("highlights") == [said]
    assert own_terminal.json("highlights", "has:highlight", "--tag", "place") == [said]
    assert own_terminal.json("highlights", "date:2016") == []
    (shown,) = own_terminal.json("show", id)
    keys = ("id", "start", "end", "quote", "tags", "note", "state")
    assert shown["highlights"] == [{key: said[key] for key in keys}]
    own_terminal("show", id, "--text")
    assert own_terminal.out[said["start"] : said["end"]] == said["quote"]
    counts = {each["id"]: each["highlights"] for each in own_terminal.json("list")}
    assert counts[id] == 1 and sum(counts.values()) == 1
    tags = {each["path"]: each for each in own_terminal.json("tag", "list")}
    assert (tags["claim"]["documents"], tags["claim"]["highlights"]) == (1, 1)
    assert (tags["place"]["documents"], tags["place"]["highlights"]) == (3, 1)
    # The tag that was made and the highlight are one step.
    assert own_terminal("undo") == 0
    assert own_terminal.json("highlights") == []
    assert "claim" not in {each["path"] for each in own_terminal.json("tag", "list")}


def test_a_quote_that_stands_in_several_places_needs_a_number(
    own_terminal: Terminal, made: Made
) -> None:
    id = marked(own_terminal, made)
    assert own_terminal("highlight", id, "--quote", "the") == 2
    assert "4 times" in own_terminal.err and "--number" in own_terminal.err
    assert own_terminal.out == ""
    assert own_terminal("highlight", id, "--quote", "the", "--number", 5) == 2
    (said,) = own_terminal.json("highlight", id, "--quote", "the", "--number", 2)
    own_terminal("show", id, "--text")
    text = own_terminal.out
    assert said["start"] == text.index("the", text.index("the") + 1)


def test_what_cannot_be_highlighted_is_bad_usage_and_leaves_nothing(
    own_terminal: Terminal, made: Made
) -> None:
    id = marked(own_terminal, made)
    for words in (
        (id, "--quote", "a berth in the sky"),
        (id, "--quote", "  "),
        (99, "--quote", "berth"),
        (id, "--quote", "dry dock", "--colour", "plaid"),
        (id, "--quote", "dry dock", "--style", "plaid"),
        (id, "--quote", "dry dock", "--tag", "/"),
        (id,),
    ):
        assert own_terminal("highlight", *words) == 2, words
        assert own_terminal.err
    assert own_terminal.json("highlights") == []
    assert own_terminal("highlights", "--state", "plaid") == 2
    assert own_terminal("highlights", "--tag", "plaid") == 2


def test_highlights_are_written_as_csv_and_markdown(
    own_terminal: Terminal, made: Made, tmp_path: Path
) -> None:
    id = marked(own_terminal, made)
    own_terminal("highlight", id, "--quote", "winter schedule")
    table = tmp_path / "table.csv"
    said = own_terminal.json("highlights", "--out", table)
    assert said == [{"path": str(table), "highlights": 1}]
    assert "winter schedule" in table.read_text("utf-8-sig")
    notes = tmp_path / "notes.txt"
    assert own_terminal("highlights", "--format", "md", "--out", notes) == 0
    assert "> winter schedule" in notes.read_text("utf-8")
    assert own_terminal("highlights", "--out", tmp_path / "table.markdown") == 0
    assert own_terminal("highlights", "--out", tmp_path / "table.xyz") == 2
    assert own_terminal("highlights", "--format", "csv") == 2
    assert own_terminal("highlights", "--out", table) == 2
    assert "is there already" in own_terminal.err


def test_the_same_passage_is_not_highlighted_twice_unawares(
    own_terminal: Terminal, made: Made
) -> None:
    id = marked(own_terminal, made)
    assert own_terminal("highlight", id, "--quote", "winter schedule") == 0
    assert own_terminal("highlight", id, "--quote", "winter schedule") == 2
    assert "already" in own_terminal.err and "--again" in own_terminal.err
    assert own_terminal("highlight", id, "--quote", "winter schedule", "--again") == 0
    assert len(own_terminal.json("highlights")) == 2


def test_the_text_of_a_document_comes_as_json_too(own_terminal: Terminal, made: Made) -> None:
    id = marked(own_terminal, made)
    own_terminal("show", id, "--text")
    text = own_terminal.out.removesuffix("\n")
    assert own_terminal.json("show", id, "--text") == [{"id": id, "text": text}]


def test_highlights_of_a_library_that_is_not_there(nowhere: Terminal) -> None:
    assert nowhere.json("highlights") == []
    assert nowhere("highlight", 1, "--quote", "x") == 2
