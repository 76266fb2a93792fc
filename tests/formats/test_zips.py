"""Zips in memory: found, unpacked and counted, whatever they say about themselves."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest

from desktop_app.formats.containers.zips import Zip, zip_kind
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.sniff import MediaType
from tests.formats.office_for_tests import zipped

LIMITS = Limits()


def overlapping(copies, size):
    """A zip whose entries all share the same packed bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"a" * size
    packed = squeeze.compress(plain) + squeeze.flush()
    check = zlib.crc32(plain)
    fields = (20, 0, 8, 0, 33, check, len(packed), size, 1, 0)
    made = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + b"x" + packed
    start = len(made)
    made = bytearray(made)
    for number in range(copies):
        name = f"{number:05}.txt".encode()
        fields = (20, 20, 0, 8, 0, 33, check, len(packed), size, len(name), 0, 0, 0, 0, 0, 0)
        made += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *fields) + name
    length = len(made) - start
    count = min(copies, 65_535)
    return bytes(made) + struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, start, 0
    )


def test_files_are_listed_in_order_without_folders():
    archive = Zip(zipped({"b/": "", "b/two.txt": "2", "a.txt": "1"}), LIMITS)
    assert archive.names == ("b/two.txt", "a.txt")
    assert archive.read("b/two.txt") == b"2"
    assert archive.size("a.txt") == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_common_way_of_packing_is_unpacked(method):
    text = b"".join(b"line %d\n" % number for number in range(300_000))
    assert Zip(zipped({"long.txt": text}, method=method), LIMITS).read("long.txt") == text


def test_a_missing_file_is_a_key_error():
    archive = Zip(zipped({"a.txt": "1"}), LIMITS)
    with pytest.raises(KeyError):
        archive.read("b.txt")


def test_names_are_found_whatever_their_case_and_slashes():
    archive = Zip(zipped({"Word\\Document.XML": "1"}), LIMITS)
    assert archive.find("word/document.xml") == "Word\\Document.XML"
    assert archive.find("/word/document.xml") == "Word\\Document.XML"
    assert archive.find("word/other.xml") is None


def test_two_files_of_one_name_are_both_there():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", "old")
        archive.writestr("a.txt", "new")
    archive = Zip(made.getvalue(), LIMITS)
    assert archive.names == ("a (2).txt", "a.txt")
    assert (archive.read("a (2).txt"), archive.read("a.txt")) == (b"old", b"new")


def test_a_name_in_utf_8_that_does_not_say_so_is_read_as_such():
    content = zipped({"Übersicht.txt": "1"}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    raw = content.replace(struct.pack("<H", 0x800), struct.pack("<H", 0))
    assert Zip(raw, LIMITS).names == ("Übersicht.txt",)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.txt", "a/../../b"])
def test_a_name_that_leads_elsewhere_is_only_a_name(name):
    archive = Zip(zipped({name: "1"}), LIMITS)
    assert archive.names == (name,)
    assert archive.read(name) == b"1"


def test_a_bomb_is_refused_by_its_ratio():
    content = zipped({"a.txt": b"a" * 5_000_000})
    with pytest.raises(Refused, match="more than 200 times"):
        Zip(content, LIMITS).read("a.txt")


def test_a_little_that_packs_well_is_no_bomb():
    content = zipped({"a.txt": b"a" * 900_000})
    assert len(Zip(content, LIMITS).read("a.txt")) == 900_000


def test_one_file_beyond_its_limit_is_refused():
    content = zipped({"a.txt": b"a" * 2_001}, method=zipfile.ZIP_STORED)
    with pytest.raises(Refused, match="2,000 bytes"):
        Zip(content, replace(LIMITS, entry_bytes=2_000)).read("a.txt")


def test_all_files_together_are_counted_each_once():
    content = zipped({"a": b"a" * 600, "b": b"b" * 600}, method=zipfile.ZIP_STORED)
    archive = Zip(content, replace(LIMITS, zip_bytes=1_000))
    assert archive.read("a") == archive.read("a")
    with pytest.raises(Refused, match="1,000 bytes"):
        archive.read("b")


def test_files_that_share_their_bytes_are_counted_together():
    archive = Zip(overlapping(2_000, 100_000), LIMITS)
    with pytest.raises(Refused, match="more than 200 times"):
        for name in archive.names:
            archive.read(name)


def test_too_many_files_are_refused_before_they_are_listed():
    with pytest.raises(Refused, match="more than 10,000 files"):
        Zip(overlapping(10_001, 1), LIMITS)


def test_a_directory_that_lies_about_a_size_is_not_believed():
    content = bytearray(zipped({"a.txt": b"abc" * 1_000}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    assert Zip(bytes(content), LIMITS).read("a.txt") == b"abc" * 1_000


def test_an_encrypted_file_is_said():
    content = bytearray(zipped({"a.txt": "secret"}))
    content[6] |= 1
    with pytest.raises(Refused, match="protected by a password"):
        Zip(bytes(content), LIMITS).read("a.txt")


def test_wrong_bytes_are_said():
    content = bytearray(zipped({"a.txt": b"abcdef"}, method=zipfile.ZIP_STORED))
    content[content.index(b"abcdef")] = 0
    with pytest.raises(Refused, match="damaged"):
        Zip(bytes(content), LIMITS).read("a.txt")


def test_every_cut_and_flip_is_refused_or_read():
    sound = zipped({"a.txt": "first " * 50, "b.txt": "second " * 50})
    cuts = [sound[:length] for length in range(0, len(sound), 7)]
    flips = [
        sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :]
        for place in range(0, len(sound), 3)
    ]
    refused = 0
    for content in cuts + flips:
        try:
            archive = Zip(content, LIMITS)
            for name in archive.names:
                archive.read(name)
        except Refused:
            refused += 1
    assert refused > len(cuts)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["mimetype", "META-INF/container.xml", "OEBPS/a.opf"], MediaType.EPUB),
        (["mimetype", "a.opf", "one.xhtml"], MediaType.EPUB),
        (["[Content_Types].xml", "word/document2.xml"], MediaType.DOCX),
        (["WORD\\DOCUMENT.XML"], MediaType.DOCX),
        (["mimetype", "content.xml", "styles.xml"], MediaType.ODT),
        (["papers/word/document.xml", "notes.txt"], None),
        (["content.xml"], None),
    ],
)
def test_a_zip_that_is_a_document_is_told_by_its_names(names, kind):
    assert zip_kind(names) is kind


def test_a_workbook_is_refused_by_name():
    with pytest.raises(Refused, match="Excel workbook"):
        zip_kind(["[Content_Types].xml", "xl/workbook.xml"])


def test_a_document_whose_own_names_are_damaged_is_no_archive_of_its_parts():
    for names in (["[Content_Types].xml", "wosd/document.xml"], ["mimetype", "contenu.xml"]):
        with pytest.raises(Refused, match="damaged"):
            zip_kind(names)
