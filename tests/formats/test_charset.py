import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.text.charset import decode, known_charset

GERMAN = "Die Straße führt über die Brücke nach München."
FRENCH = "“Ça va?” – l’élève répondit: très bien, merci. Où êtes-vous né?"
RUSSIAN = "Привет, это небольшой текст на русском языке о войне."
POLISH = "Zażółć gęślą jaźń. Dziś w Warszawie było pięknie i słonecznie."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        ("日本語のテキストです。これは長い文章ではありません。", "cp932"),
        ("这是一个简短的中文文本，用于测试字符集。", "gb18030"),
    ],
)
def test_text_is_read_as_it_was_written(text, charset):
    decoded = decode(text.encode(charset))
    assert decoded.text == text
    assert decoded.warning is None


def test_utf_16_without_a_mark_is_told_by_its_zero_bytes():
    assert decode(GERMAN.encode("utf-16-le")).text == GERMAN
    assert decode(GERMAN.encode("utf-16-be")).text == GERMAN


def test_what_is_declared_is_believed_unless_the_bytes_are_utf_8():
    assert decode(RUSSIAN.encode("iso8859_5"), declared="ISO-8859-5").text == RUSSIAN
    assert decode(RUSSIAN.encode(), declared="iso-8859-1").text == RUSSIAN
    assert decode("“quoted”".encode("cp1252"), declared="iso-8859-1").text == "“quoted”"
    assert decode(GERMAN.encode("cp1252"), declared="no-such-charset").text == GERMAN


def test_a_few_broken_bytes_are_shown_and_counted():
    decoded = decode("Über die Brücke. ".encode() * 50 + b"\xff\xfe" + "Straße".encode())
    assert decoded.text.endswith("\ufffd\ufffdStraße")
    assert "2 characters" in decoded.warning


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Refused):
        decode(bytes(range(128, 256)) * 40, declared="utf-8")


def test_codecs_that_make_bytes_of_bytes_are_not_charsets():
    assert known_charset("zip") is None
    assert known_charset("rot13") is None
    assert known_charset("\x00") is None
    assert known_charset("LATIN1") == "cp1252"
