import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.sniff import MediaType, head_of, sniff

SAYS = b"PK\x03\x04" + b"\x00" * 26 + b"mimetype"


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Some text", "a.txt", MediaType.PLAIN),
        (b"Some text", "README", MediaType.PLAIN),
        (b"# Heading", "a.MD", MediaType.MARKDOWN),
        (b"<p>fragment", "a.htm", MediaType.HTML),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "a.txt", MediaType.HTML),
        (b"<!-- saved --><HTML lang=en>", "a.md", MediaType.HTML),
        ("<html><body>".encode("utf-16"), "a.txt", MediaType.HTML),
        (
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
            "a.xhtml",
            MediaType.XHTML,
        ),
        (b"<div>scrape</div>", "page.2016", MediaType.HTML),
        (b"\x1f\x8b\x08", "a.txt", MediaType.GZIP),
        (b"%PDF-1.7\n\xe2\xe3", "a.txt", MediaType.PDF),
        (b"\x00junk %PDF-1.4\n", "a", MediaType.PDF),
        (b"%\xe2\xe3\n1 0 obj\n<<", "a.pdf", MediaType.PDF),
        (b"A file that begins with %PDF-1.4 is a PDF", "a.txt", MediaType.PLAIN),
        (b"<html><body>Log in to read the report", "a.pdf", MediaType.HTML),
        ("Größe".encode("utf-16-le") * 20, "a.txt", MediaType.PLAIN),
        (b"BMW and BZh are letters too", "a.txt", MediaType.PLAIN),
        (b"a < b, and <p> is a tag", "a.txt", MediaType.PLAIN),
    ],
)
def test_the_header_decides_and_the_suffix_where_there_is_none(head, name, expected):
    assert sniff(head, name) is expected


@pytest.mark.parametrize(
    ("head", "name", "word"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.txt", "blanks"),
        (b"\x00" * 100, "a.txt", "zero bytes"),
        (SAYS + b"application/vnd.oasis.opendocument.spreadsheetPK", "a.odt", "spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "PNG"),
        (b"\xff\xd8\xff\xe0", "a", "JPEG"),
        (b"RIFF\x00\x00\x00\x00WEBP", "a", "WebP"),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 10, "a.txt", "program"),
        (bytes(range(256)), "a.txt", "unknown kind"),
        (b'{"a": 1}', "a.json", "JSON"),
        (b"a,b\n1,2", "a.csv", "CSV"),
        (b"Access denied", "a.pdf", "does not begin as PDF"),
        (b"print(1)", "a.py", "another kind (.py)"),
        (b"<?xml version='1.0'?><feed>", "a.txt", "XML"),
        (b"<?xml version='1.0'?><svg>", "a.txt", "SVG"),
    ],
)
def test_what_is_not_read_is_refused_by_name(head, name, word):
    with pytest.raises(Refused) as refused:
        sniff(head, name)
    assert word in refused.value.message
    assert refused.value.message.endswith(".")


def test_white_space_at_the_beginning_does_not_make_a_file_empty():
    assert sniff(head_of(b"\n" * 10_000 + b"text"), "a.txt") is MediaType.PLAIN
    assert sniff(head_of(b" " * 10_000 + b"<!doctype html>"), "a.txt") is MediaType.HTML


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (SAYS + b"application/epub+zipPK", MediaType.EPUB),
        (SAYS + b"application/vnd.oasis.opendocument.text-templatePK", MediaType.ODT),
        (SAYS + b"nothing that is known", MediaType.ZIP),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", MediaType.ZIP),
        (b"{\\rtf1 text", MediaType.RTF),
        (b"\xef\xbb\xbf\n{\\rtf1 text", MediaType.RTF),
    ],
)
def test_office_files_are_told_by_their_header_and_zips_that_say_nothing_by_their_names(head, kind):
    assert sniff(head, "a.jpg") is kind


def test_a_file_of_blanks_is_not_called_empty():
    with pytest.raises(Refused, match="nothing but blanks"):
        sniff(b" \n\t\n", "a.txt")


def test_the_note_beside_an_open_word_document_is_not_called_damaged():
    with pytest.raises(Refused, match="while that is open"):
        sniff(b"\x05Ida Voss" + b"\x00" * 150, "~$report.docx")
