import io
import os
import random
import select
import signal
import subprocess
import sys
import zipfile

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.unpacking import Unpacker, is_container
from desktop_app.formats.sniff import MediaType

DOCX = {"[Content_Types].xml": "x", "word/document.xml": "<x/>"}
FROM = b"From jane@example.org Mon Jul 20 01:01:07 2015\n"


def packed(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def shared():
    with Unpacker() as unpacker:
        yield unpacker


def names(entries):
    return [entry.name for entry in entries if not entry.refused]


def refusals(entries):
    return {entry.name: entry.refused for entry in entries if entry.refused}


def test_entries_are_listed_in_their_order_without_folders_and_given_out_whole(shared):
    files = {"b/": b"", "b/two.txt": b"Two" * 1_000, "a.txt": b"One"}
    entries = shared.open(packed(files), "papers.zip")
    assert [(entry.number, entry.name) for entry in entries] == [(0, "b/two.txt"), (1, "a.txt")]
    assert [entry.size_bytes for entry in entries] == [3_000, 3]
    assert [shared.take(number) for number in (1, 0)] == [b"One", b"Two" * 1_000]


def test_names_are_shown_clean_and_can_be_told_apart(shared):
    files = {
        "../../etc/passwd": b"1",
        "/etc/passwd": b"2",
        "x\\y.txt": b"3",
        "straße.txt": b"4",
        "turned\u202e\x07.txt": b"5",
        "n" * 5_000: b"6",
    }
    entries = shared.open(packed(files), "o.zip")
    shown = names(entries)
    assert shown[:5] == ["etc/passwd", "etc/passwd (2)", "x/y.txt", "straße.txt", "turned.txt"]
    assert len(shown[5]) < 500
    assert [shared.take(number) for number in range(6)] == [b"%d" % n for n in range(1, 7)]


def test_names_in_utf_8_that_do_not_say_so_are_read_right(shared):
    raw = packed({"stra\xdfe.txt": b"x"}).replace("stra\xdfe".encode(), b"stra\xc3\x9fe")
    raw = raw.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")  # the mark for UTF-8 taken away
    assert names(shared.open(raw, "o.zip")) == ["straße.txt"]


def test_hidden_entries_are_said_once_for_a_folder(shared):
    files = {
        "__MACOSX/a": b"",
        "__MACOSX/b": b"",
        ".git/x": b"",
        ".git/y/z": b"",
        "a/.DS_Store": b"",
    }
    entries = shared.open(packed(files), "o.zip")
    assert set(refusals(entries)) == {"__MACOSX", ".git", "a/.DS_Store"}
    with pytest.raises(Refused, match="hidden"):
        shared.take(1)


def test_a_zip_in_a_zip_is_opened_and_a_third_is_not(shared):
    third = packed({"deep.txt": b"x"})
    inner = packed({"y.txt": b"why", "third.zip": third, "paper.docx": packed(DOCX)})
    entries = shared.open(packed({"in.zip": inner, "z.txt": b"end"}), "outer.zip")
    assert names(entries) == ["in.zip!/y.txt", "in.zip!/paper.docx", "z.txt"]
    assert "no deeper than two" in refusals(entries)["in.zip!/third.zip"]
    assert shared.take(0) == b"why"
    assert shared.take(2) == packed(DOCX)


def test_a_zip_inside_is_known_by_its_header(shared):
    files = {"noname": packed({"a.txt": b"x"}), "fake.zip": b"a text", "paper.zip": packed(DOCX)}
    assert names(shared.open(packed(files), "o.zip")) == ["noname!/a.txt", "fake.zip", "paper.zip"]


def test_a_zip_inside_that_is_damaged_or_empty_is_said(shared):
    files = {
        "cut.zip": packed({"a.txt": b"x"})[:40],
        "empty.zip": packed({}),
        "no.zip": packed({"b/": b""}),
    }
    entries = shared.open(packed(files), "o.zip")
    assert "damaged" in refusals(entries)["cut.zip"]
    assert "empty" in refusals(entries)["no.zip"]


@pytest.mark.parametrize(
    "files",
    [
        DOCX,
        {"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"},
        {"[Content_Types].xml": "x", "xl/workbook.xml": "<x/>"},
    ],
)
def test_a_document_that_is_packed_as_a_zip_is_one_document(shared, files):
    assert shared.open(packed(files), "a.zip") is None


def test_a_bomb_costs_itself_alone(shared):
    files = {"bomb.txt": b"\0" * 50_000_000, "a.txt": b"One"}
    entries = shared.open(packed(files), "o.zip")
    assert len(entries) == 2
    with pytest.raises(Refused, match="200 times its size"):
        shared.take(0)
    assert shared.take(1) == b"One"


def test_all_entries_together_have_a_limit_also_over_the_zips_inside():
    inner = packed({f"{number}.txt": b"The bridge. " * 3_000 for number in range(2)})
    with Unpacker(Limits(zip_bytes=100_000)) as unpacker:
        unpacker.open(packed({"a.zip": inner, "b.zip": inner}), "o.zip")
        for number in (0, 0, 1):
            assert len(unpacker.take(number)) == 36_000
        with pytest.raises(Refused, match="in all"):
            unpacker.take(2)


def test_too_many_entries_are_refused_also_over_the_zips_inside():
    many = packed({f"{number}.txt": b"" for number in range(30)})
    with Unpacker(Limits(zip_entries=20)) as unpacker:
        with pytest.raises(Refused, match="more than 20 files"):
            unpacker.open(many, "o.zip")
        few = packed({f"{number}.txt": b"" for number in range(15)})
        entries = unpacker.open(packed({"a.zip": few, "b.zip": few}), "o.zip")
        assert len(names(entries)) == 15
        assert "too many" in refusals(entries)["b.zip"]


def test_an_encrypted_entry_is_said_and_the_others_are_taken(shared):
    raw = bytearray(packed({"a.txt": b"One", "b.txt": b"Two"}))
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    shared.open(bytes(raw), "o.zip")
    with pytest.raises(Refused, match="password"):
        shared.take(0)
    assert shared.take(1) == b"Two"


def test_what_is_no_zip_at_all_is_refused(shared):
    with pytest.raises(Refused, match="damaged"):
        shared.open(b"PK\x03\x04" + b"x" * 1_000, "o.zip")


def test_a_child_that_is_killed_is_started_again(shared):
    shared.open(packed({"a.txt": b"One"}), "o.zip")
    os.kill(shared.process_id, signal.SIGKILL)
    assert shared.take(0) == b"One"
    os.kill(shared.process_id, signal.SIGKILL)
    assert len(shared.open(packed({"a.txt": b"One"}), "o.zip")) == 1


def test_an_entry_that_takes_too_long_or_too_much_memory_costs_itself_alone():
    slow = packed({"slow.txt": random.Random(1).randbytes(100) * 1_000_000, "a.txt": b"One"})
    with Unpacker(Limits(base_s=0.05, per_mb_s=0)) as unpacker:
        unpacker._running()
        unpacker.open(slow, "o.zip")
        with pytest.raises(Refused, match="longer than"):
            unpacker.take(0)
        assert unpacker.take(1) == b"One"


def test_entries_that_need_too_much_memory_cost_themselves_alone():
    text = random.Random(1).randbytes(100_000_000)
    large = packed({"large.txt": text, "a.txt": b"One"}, zipfile.ZIP_STORED)
    with Unpacker(Limits(memory_bytes=300_000_000)) as unpacker:
        unpacker.open(large, "o.zip")
        with pytest.raises(Refused, match="memory"):
            unpacker.take(0)
        assert unpacker.take(1) == b"One"


def test_nothing_is_started_before_a_zip_is_opened_and_nothing_after_closing():
    unpacker = Unpacker()
    assert unpacker.process_id is None
    unpacker.close()
    unpacker.close()
    with pytest.raises(RuntimeError):
        unpacker.open(packed({}), "o.zip")


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"PK\x03\x04....", "a.txt", MediaType.ZIP),
        (b"PK\x05\x06....", "a", MediaType.ZIP),
        (FROM + b"\nx", "a", MediaType.MBOX),
        (b"From - \nX-Status: 1\n", "Inbox", MediaType.MBOX),
        (b"From Wikipedia, the free encyclopedia\nCoordinates: 35N 39E\n", "wiki.txt", None),
        (b"From Raqqa\nhttps://example.org/quay\n", "saved.txt", None),
        (b"From clerk@example.org\nSubject: x\n", "Inbox", MediaType.MBOX),
        (b"From - \n\nx", "Inbox.mbox", MediaType.MBOX),
        (b"From London she wrote\n\nx", "letter.txt", None),
        (b"From: x\nTo: y\n\nx", "a.mbox", None),
        (b"", "a.zip", None),
    ],
)
def test_containers_are_known_by_their_first_bytes(head, name, kind):
    assert is_container(head, name) is kind


def test_bytes_cut_or_changed_anywhere_give_entries_or_a_refusal(shared):
    whole = packed({"a.txt": b"One " * 500, "in.zip": packed({"b.txt": b"Two " * 500})})
    chance = random.Random(7)
    for number in range(120):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        content = bytes(raw[: chance.randrange(len(raw))] if number % 3 == 0 else raw)
        try:
            entries = shared.open(content, "o.zip") or []
        except Refused:
            continue
        for entry in entries:
            try:
                shared.take(entry.number)
            except Refused as refused:
                assert "error in Postil" not in refused.message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the child ends with its pipe")
def test_the_child_ends_with_a_parent_that_is_killed(tmp_path):
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"One"}))
    program = tmp_path / "parent.py"
    program.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop_app.formats.process.unpacking import Unpacker\n"
        "if __name__ == '__main__':\n"
        "    unpacker = Unpacker()\n"
        "    unpacker.open(Path(sys.argv[1]).read_bytes(), 'a.zip')\n"
        "    print(unpacker.process_id, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, str(program), str(tmp_path / "a.zip")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as parent:
        handle = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            assert select.select([handle], [], [], 30)[0]
        finally:
            os.close(handle)
