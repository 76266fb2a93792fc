import json

import pytest

from desktop_app.formats.extract import Extract
from desktop_app.formats.limits import Limits
from desktop_app.formats.reading import read

BODY = "The convoy waited at the bridge while the negotiators argued over the list of names. " * 4
TEXT = f"Siege\n\nSiege\n3 May 2016\nBy Jane Doe\n\nGrüße, {BODY}".encode()
MARKDOWN = b"# Siege\n\n1. one **bold** [link](https://example.org/)\n\n| a | b |\n|---|---|\n"


def extract(content=TEXT, name="a.txt"):
    return read(content, name, Limits())


@pytest.mark.parametrize(
    ("content", "name"), [(TEXT, "a.txt"), (MARKDOWN, "a.md"), (b"<p>x", "a.html")]
)
def test_an_extract_comes_back_as_it_went(content, name):
    made = extract(content, name)
    assert Extract.from_json(made.to_json()) == made


def changed(change, made=None):
    value = json.loads((made or extract()).to_json())
    change(value)
    return json.dumps(value).encode()


def put(*path, to):
    def change(value):
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("blocks", 0, 0, to="script"),
        put("blocks", 0, 1, to=3),
        put("blocks", 0, 1, to="bell\x07"),
        put("blocks", 0, 1, to="e\u0301"),
        put("blocks", 0, to=["paragraph", "text", 0, None, [[0, 9, "bold", None]]]),
        put("blocks", 0, to=["paragraph", "text", 0, None, [[3, 2, "bold", None]]]),
        put("blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "link", "file:///etc"]]]),
        put("blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "link", None]]]),
        put("blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "bold", "http://x.org"]]]),
        put("blocks", 0, to=["paragraph", "text", True, None, []]),
        put("blocks", 0, to=["heading", "text", 7, None, []]),
        put("blocks", 0, to=[]),
        put("blocks", to={}),
        put("folds", 0, to=[0, 10**9, "headline", "why"]),
        put("folds", 0, to=[5, 5, "headline", "why"]),
        put("proposals", 0, 0, to="colour"),
        put("proposals", 0, 1, to=""),
        put("proposals", 0, 1, to="two\nlines"),
        put("proposals", 0, 2, to="you"),
        put("proposals", 0, 4, to=2),
        put("proposals", 0, to=["published", "soon", "file", "x", 1]),
        put("proposals", 0, to=["url", "file:///etc/passwd", "file", "x", 1]),
        put("proposals", 0, to=["authors", [], "file", "x", 1]),
        put("proposals", 0, to=["authors", "Jane", "file", "x", 1]),
        put("proposals", to=[["title", "x", "file", "x", 1]] * 1_000),
        put("media_type", to="text/evil"),
        put("words", to=-1),
        put("words", to=10**9),
        put("warning", to=5),
    ],
)
def test_what_is_not_sound_is_not_taken(change):
    raw = changed(change)
    with pytest.raises(ValueError):
        Extract.from_json(raw)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b"{}"])
def test_what_is_no_extract_at_all_is_not_taken(raw):
    with pytest.raises(ValueError):
        Extract.from_json(raw)
