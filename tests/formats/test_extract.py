import hashlib
import json

import pytest

from desktop_app.core.text import (
    Block,
    BlockKind,
    Chapter,
    Picture,
    Span,
    SpanKind,
    make_text,
)
from desktop_app.formats.extract import Attachment, Extract, PictureFile
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.extract_wire import pack, unpack
from desktop_app.formats.reading import read

BODY = "The convoy waited at the bridge while the negotiators argued over the list of names. " * 4
TEXT = f"Siege\n\nSiege\n3 May 2016\nBy Jane Doe\n\nGrüße, {BODY}".encode()
MARKDOWN = b"# Siege\n\n1. one **bold** [link](https://example.org/)\n\n| a | b |\n|---|---|\n"


def extract(content=TEXT, name="a.txt"):
    return read(File(content, name), Limits())


@pytest.mark.parametrize(
    ("content", "name"), [(TEXT, "a.txt"), (MARKDOWN, "a.md"), (b"<p>x", "a.html")]
)
def test_an_extract_comes_back_as_it_went(content, name):
    made = extract(content, name)
    assert unpack(pack(made)) == made


def changed(change, made=None):
    raw = pack(made or extract())
    end = 4 + int.from_bytes(raw[:4], "big")
    value = json.loads(raw[4:end])
    change(value)
    head = json.dumps(value).encode()
    return len(head).to_bytes(4, "big") + head + raw[end:]


def put(*path, to):
    def change(value):
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("text", "blocks", 0, 0, to="script"),
        put("text", "blocks", 0, 1, to=3),
        put("text", "blocks", 0, 1, to="bell\x07"),
        put("text", "blocks", 0, 1, to="e\u0301"),
        put("text", "blocks", 0, to=["paragraph", "text", 0, None, [[0, 9, "bold", None]]]),
        put("text", "blocks", 0, to=["paragraph", "text", 0, None, [[3, 2, "bold", None]]]),
        put(
            "text", "blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "link", "file:///etc"]]]
        ),
        put("text", "blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "link", None]]]),
        put(
            "text", "blocks", 0, to=["paragraph", "text", 0, None, [[0, 2, "bold", "http://x.org"]]]
        ),
        put("text", "blocks", 0, to=["paragraph", "text", True, None, []]),
        put("text", "blocks", 0, to=["heading", "text", 7, None, []]),
        put("text", "blocks", 0, to=[]),
        put("text", "blocks", to={}),
        put("text", "folds", 0, to=[0, 10**9, "headline", "why"]),
        put("text", "folds", 0, to=[5, 5, "headline", "why"]),
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
        unpack(raw)


@pytest.mark.parametrize(
    "change",
    [
        put(
            "text",
            "blocks",
            0,
            to=["image", "", 0, None, [], None, [], ["a" * 64, None, 1, 1], None],
        ),
        put(
            "text",
            "blocks",
            0,
            to=["image", "", 0, None, [], None, [], [None, "file:///x", 1, 1], None],
        ),
        put(
            "text",
            "blocks",
            0,
            to=["paragraph", "x", 0, None, [], None, [], [None, None, 1, 1], None],
        ),
        put("text", "blocks", 0, to=["paragraph", "x", 0, None, [], 0, [], None, None]),
        put("text", "blocks", 0, to=["paragraph", "x", 0, None, [], 1, [[5, 0]], None, None]),
        put(
            "text",
            "blocks",
            0,
            to=["paragraph", "xy", 0, None, [], 1, [[1, 0], [1, 4]], None, None],
        ),
        put("text", "blocks", 0, to=["paragraph", "xy", 0, None, [[0, 1, "note", None]]]),
        put("text", "chapters", to=[[1, "One", 10**6]]),
        put("whole", to={"blocks": [["script", "x"]], "folds": [], "chapters": []}),
        put("pictures", to=[["b" * 64, "image/png", 1, 1, 4]]),
        put("attachments", to=[["a.pdf", "application/pdf", -1]]),
    ],
)
def test_what_is_not_sound_about_pictures_pages_and_notes_is_not_taken(change):
    raw = changed(change)
    with pytest.raises(ValueError):
        unpack(raw)


def test_pictures_pages_notes_and_chapters_come_back_as_they_went():
    shown = PictureFile(hashlib.sha256(b"png").hexdigest(), "image/png", 3, 2, b"png")
    blocks = [
        Block(BlockKind.PAGE_BREAK, "", page=1),
        Block(
            BlockKind.PARAGRAPH, "One1", 0, None, (Span(3, 4, SpanKind.NOTE, "n1"),), 1, ((0, 7),)
        ),
        Block(BlockKind.IMAGE, "A lamp", picture=Picture(shown.hash, None, 3, 2)),
        Block(BlockKind.PARAGRAPH, "A note.", note="n1"),
    ]
    text = make_text(blocks, "pdf-1", chapters=[Chapter(1, "One", 0)])
    made = Extract(
        text,
        (),
        "application/pdf",
        "pdf-1",
        4,
        whole=make_text([Block(BlockKind.PARAGRAPH, "All of it")], "pdf-1+whole"),
        pictures=(shown,),
        attachments=(Attachment("a.pdf", "application/pdf", 9),),
    )
    assert unpack(pack(made)) == made
    with pytest.raises(ValueError):
        unpack(pack(made)[:-1] + b"x")


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b"{}"])
def test_what_is_no_extract_at_all_is_not_taken(raw):
    with pytest.raises(ValueError):
        unpack(raw)
