"""`postil tag` and `postil collection`: every verb, its keys, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.conftest import Made, Terminal

TAG_KEYS = ["path", "collection", "documents", "highlights", "colour", "aliases"]


def paths(terminal: Terminal) -> list[str]:
    return [each["path"] for each in terminal.json("tag", "list")]


def test_a_tag_is_made_described_and_shown(own_terminal: Terminal) -> None:
    (new,) = own_terminal.json("tag", "new", "event/siege", "--colour", "#123456")
    assert list(new) == TAG_KEYS
    assert (new["path"], new["colour"], new["documents"]) == ("event/siege", "#123456", 0)
    edit = ["--definition", "A town that is cut off.", "--use-when", "Nobody gets out."]
    edit += ["--not-when", "A battle.", "--examples", "Halmar, 2016", "--pattern", "dots"]
    edit += ["--letters", "Sg", "--key", "9", "--alias", "blockade", "--abbreviation", "sg"]
    edit += ["--language", "ar=حصار"]
    (edited,) = own_terminal.json("tag", "edit", "event/siege", *edit)
    assert edited["aliases"] == ["blockade", "sg", "حصار"]
    (shown,) = own_terminal.json("tag", "show", "event/siege")
    assert list(shown)[: len(TAG_KEYS)] == TAG_KEYS
    assert shown["definition"] == "A town that is cut off."
    assert (shown["use_when"], shown["not_when"]) == ("Nobody gets out.", "A battle.")
    assert (shown["pattern"], shown["letters"], shown["key"]) == ("dots", "Sg", 9)
    assert shown["also_called"][2] == {"name": "حصار", "kind": "language", "language": "ar"}
    (edited,) = own_terminal.json(
        "tag", "edit", "event/siege", "--drop-alias", "SG", "--key", "none", "--examples", ""
    )
    assert edited["aliases"] == ["blockade", "حصار"]
    (shown,) = own_terminal.json("tag", "show", "event/siege")
    assert (shown["key"], shown["examples"]) == (None, "")
    assert own_terminal("undo") == 0
    assert own_terminal("tag", "show", "event/siege") == 0
    assert "definition: A town that is cut off." in own_terminal.out
    assert "key: 9" in own_terminal.out


def test_an_edit_of_nothing_or_of_what_cannot_be_is_bad_usage(own_terminal: Terminal) -> None:
    for words in (
        [],
        ["--key", "12"],
        ["--key", "0"],
        ["--pattern", "loud"],
        ["--language", "ar"],
        ["--drop-alias", "nope"],
        ["--letters", "abc"],
    ):
        assert own_terminal("tag", "edit", "place", *words) == 2, words
        assert own_terminal.err


def test_tags_are_linked_archived_and_moved_to_another_collection(own_terminal: Terminal) -> None:
    own_terminal("tag", "new", "person")
    own_terminal("tag", "link", "person", "place", "--kind", "opposite")
    own_terminal("tag", "link", "place", "person")
    (shown,) = own_terminal.json("tag", "show", "place")
    assert (shown["related"], shown["opposite"]) == (["person"], ["person"])
    own_terminal("tag", "unlink", "place", "person", "--kind", "related")
    (shown,) = own_terminal.json("tag", "show", "place")
    assert (shown["related"], shown["opposite"]) == ([], ["person"])
    own_terminal("tag", "archive", "place")
    assert own_terminal.json("tag", "show", "place/Halmar")[0]["archived"] is True
    own_terminal("tag", "unarchive", "place/Halmar")
    assert own_terminal.json("tag", "show", "place")[0]["archived"] is False
    own_terminal("collection", "new", "Thesis")
    (moved,) = own_terminal.json("tag", "move", "place", "Thesis::")
    assert (moved["collection"], moved["path"], moved["documents"]) == ("Thesis", "place", 3)
    (only,) = own_terminal.json("tag", "list", "--collection", "my tags")
    assert only["path"] == "person"
    assert own_terminal("tag", "move", "place", "Nope::") == 2


def test_a_merge_is_counted_without_being_done(own_terminal: Terminal, made: Made) -> None:
    ids = [said["id"] for said in made.said]
    own_terminal("tag", "add", "harbour", *ids[:2])
    own_terminal("tag", "add", "harbor/inner", ids[0])
    own_terminal("tag", "add", "harbor", ids[0])
    before = own_terminal.json("tag", "list")
    (preview,) = own_terminal.json("tag", "merge", "harbor", "harbour", "--preview")
    assert preview == {
        "loser": "harbor",
        "winner": "harbour",
        "documents": {"loser": 1, "winner": 2, "both": 1, "after": 2},
        "highlights": {"loser": 0, "winner": 0, "both": 0, "after": 0},
        "tags_below": 1,
        "aliases_gained": ["harbor"],
        "texts_cut": [],
    }
    assert own_terminal("tag", "merge", "harbor", "harbour", "--preview") == 0
    assert "1 + 2, 1 in common: 2" in own_terminal.out
    assert own_terminal.json("tag", "list") == before
    assert own_terminal("tag", "merge", "harbor", "harbor/inner", "--preview") == 2


def test_a_tag_is_split_by_the_lines_that_carry_it(own_terminal: Terminal, made: Made) -> None:
    # “How the quay …”, then “What do the pilots …”: by title.
    ids = [said["id"] for said in sorted(made.said, key=lambda said: said["title"])][:2]
    own_terminal("tag", "add", "harbour", *ids)
    (marked,) = own_terminal.json("highlight", ids[0], "--quote", "dry dock", "--tag", "harbour")
    lines = own_terminal.json("tag", "lines", "harbour")
    assert [(each["kind"], each["document"]) for each in lines] == [
        ("document", ids[0]),
        ("document", ids[1]),
        ("highlight", ids[0]),
    ]
    assert lines[2]["quote"] == "dry dock"
    picked = ["--document", ids[1], "--highlight", marked["id"]]
    left, other = own_terminal.json("tag", "split", "harbour", "dock", *picked)
    assert (left["path"], left["documents"], left["highlights"]) == ("harbour", 1, 0)
    assert (other["path"], other["documents"], other["highlights"]) == ("dock", 2, 1)
    assert own_terminal("tag", "split", "harbour", "dock", "--document", ids[0]) == 2
    words = ["harbour", "dock", "--document", ids[0], "--document", 99, "--existing"]
    left, other = own_terminal.json("tag", "split", *words, code=1)
    assert (left["documents"], other["documents"]) == (0, 2)
    assert "The document 99 does not carry" in own_terminal.err


def test_what_is_deleted_lies_in_the_trash_until_it_is_restored_or_forgotten(
    own_terminal: Terminal,
) -> None:
    own_terminal("tag", "delete", "place")
    own_terminal("collection", "new", "Thesis")
    own_terminal("collection", "delete", "Thesis")
    assert paths(own_terminal) == []
    collection, tag = own_terminal.json("tag", "bin", "list")
    assert list(tag) == [
        "id",
        "name",
        "collection",
        "tags",
        "documents",
        "highlights",
        "deleted_at",
    ]
    assert (tag["name"], tag["collection"], tag["tags"], tag["documents"]) == (
        "place",
        "My tags",
        2,
        3,
    )
    assert (collection["name"], collection["collection"]) == ("Thesis", None)
    back = own_terminal.json("tag", "bin", "restore", tag["id"])
    assert [(each["path"], each["documents"]) for each in back] == [
        ("place", 3),
        ("place/Halmar", 3),
    ]
    assert own_terminal("tag", "bin", "restore", tag["id"]) == 2
    assert own_terminal("tag", "bin", "forget") == 2
    assert own_terminal("tag", "bin", "forget", "--all") == 0
    assert own_terminal.json("tag", "bin", "list") == []
    own_terminal("undo")
    assert len(own_terminal.json("tag", "bin", "list")) == 1
    assert own_terminal("tag", "bin") == 2


def test_twins_and_tags_that_occur_together_are_listed(own_terminal: Terminal, made: Made) -> None:
    ids = [said["id"] for said in made.said]
    own_terminal("tag", "add", "pilot", *ids[:2])
    own_terminal("tag", "add", "pilots", ids[0])
    (twins,) = own_terminal.json("tag", "twins")
    assert twins["why"] == "plural"
    assert [(each["path"], each["documents"]) for each in twins["tags"]] == [
        ("pilot", 2),
        ("pilots", 1),
    ]
    together = own_terminal.json("tag", "together")
    assert [(each["tags"], each["documents"]) for each in together] == [
        (["pilot", "place/Halmar"], 2),
        (["pilot", "pilots"], 1),
        (["pilots", "place/Halmar"], 1),
    ]
    (pair,) = own_terminal.json("tag", "together", "pilots", "place", "--below")
    assert pair == {"tags": ["pilots", "place"], "documents": 1, "each": [1, 3]}
    assert own_terminal.json("tag", "together", "--unit", "highlights") == []
    assert own_terminal("tag", "together", "pilot", "--collection", "My tags") == 2


def test_collections_are_described_locked_hidden_archived_and_duplicated(
    own_terminal: Terminal,
) -> None:
    words = ["--author", "R. Reader", "--licence", "CC0", "--version", "2", "--scheme", "warm"]
    (edited,) = own_terminal.json(
        "collection", "edit", "my tags", "--description", "Of Halmar.", *words
    )
    assert (edited["description"], edited["author"]) == ("Of Halmar.", "R. Reader")
    assert (edited["licence"], edited["version"], edited["scheme"]) == ("CC0", "2", "warm")
    assert own_terminal("collection", "edit", "my tags") == 2
    assert own_terminal.json("collection", "lock", "my tags")[0]["locked"] is True
    assert own_terminal("tag", "rename", "place", "x") == 2
    assert "is locked" in own_terminal.err
    (copy,) = own_terminal.json("collection", "duplicate", "my tags", "Copy", "--taggings")
    assert (copy["name"], copy["tags"], copy["locked"]) == ("Copy", 2, False)
    counts = {
        each["path"]: each["documents"]
        for each in own_terminal.json("tag", "list", "--collection", "Copy")
    }
    assert counts == {"place": 3, "place/Halmar": 3}
    assert own_terminal.json("collection", "unlock", "my tags")[0]["locked"] is False
    assert own_terminal.json("collection", "hide", "Copy")[0]["shown"] is False
    assert own_terminal.json("collection", "show", "Copy")[0]["shown"] is True
    assert own_terminal.json("collection", "archive", "my tags")[0]["archived"] is True
    assert own_terminal.json("collection", "list")[0]["active"] is True
    assert own_terminal("collection", "use", "my tags") == 2
    assert own_terminal.json("collection", "unarchive", "my tags")[0]["archived"] is False
    assert own_terminal.json("collection", "rename", "my tags", "Mine")[0]["name"] == "Mine"
    own_terminal("collection", "recolour", "Mine")
    assert own_terminal.json("collection", "delete", "Mine") == []
    assert [each["name"] for each in own_terminal.json("collection", "list")] == ["Copy"]
    assert own_terminal("collection", "delete", "Copy") == 2


def test_a_library_that_is_not_there_reads_as_empty(nowhere: Terminal) -> None:
    for words in (["twins"], ["together"], ["bin", "list"], ["list", "--collection", "x"]):
        assert nowhere.json("tag", *words) == []
    assert nowhere("tag", "show", "x") == 2
    assert not nowhere.library.exists()


def test_every_verb_says_what_it_takes(terminal: Terminal) -> None:
    for group in ("tag", "collection"):
        assert terminal(group, "--help") == 0
        verbs = terminal.out.split("\n")[0].split(" ")[2].split("|")
        assert len(verbs) > 10
        for verb in verbs:
            try:
                code = terminal(group, verb, "--help")
            except SystemExit as end:  # the parser's own way
                code, terminal.out = 0, terminal.capture.readouterr().out
                assert end.code == 0
            assert code == 0
            assert f"postil {group} {verb}" in terminal.out


def test_a_name_that_holds_what_nobody_sees_finds_the_tag_that_is_made_of_it(
    own_terminal: Terminal,
) -> None:
    (made,) = own_terminal.json("tag", "add", "\u202ehid\u200bden", "1")
    assert made["path"] == "hidden"
    assert own_terminal.json("tag", "show", "hid\u200bden")[0]["path"] == "hidden"


def test_a_library_of_an_earlier_version_says_how_it_is_brought_up_to_date(
    nowhere: Terminal,
) -> None:
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "library-4.zip") as kept:
        kept.extractall(nowhere.library)
    assert nowhere("tag", "list") == 3
    assert "older version" in nowhere.err
    assert nowhere("reindex") == 0
    assert nowhere("tag", "list") == 0
