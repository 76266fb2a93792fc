import pytest

from desktop_app.core.text import SpanKind
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.notes import marks_in, notes_of
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits

TYPED = (
    "<p>Text<a epub:type='noteref' href='#n1'>1</a> goes on</p>"
    "<aside epub:type='footnote' id='n1'><p>Of the note</p><p>and more</p></aside><p>end"
)
ROLES = TYPED.replace("epub:type='noteref'", "role=doc-noteref").replace(
    "epub:type='footnote'", "role='doc-footnote'"
)
LIST = (
    "<p>Text<sup><a href='#n1' id='r1'>[1]</a></sup> goes on</p><h2>Notes</h2>"
    "<ol><li id='n1'><p>Of the note <a href='#r1'>↑</a></p><p>and more</p></li></ol><p>end"
)
WIKI = (
    "<p>Text<sup id='cite_ref-a_1-0' class=reference><a href='#cite_note-a-1'>[1]</a></sup> goes on"
    "<ol><li id='cite_note-a-1'><b>^ <a href='#cite_ref-a_1-0'>a</a></b> <p>Of the note</p>"
    "<p>and more</p></li></ol><p>end"
)
WORD = (
    "<p>Text<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> goes on</p><hr><div id=ftn1>"
    "<p><a href='#_ftnref1' name='_ftn1'></a>Of the note</p><p>and more</p></div><p>end"
)


def told(html):
    return list(blocks_of(parse(html, Limits())))


@pytest.mark.parametrize("html", [TYPED, ROLES, LIST, WORD], ids=["type", "role", "list", "word"])
def test_marks_lead_to_the_blocks_of_their_note(html):
    blocks = told(html)
    text = blocks[0]
    (mark,) = [span for span in text.spans if span.kind is SpanKind.NOTE]
    assert text.text[mark.start : mark.end].strip("[]") == "1"
    of_note = [block.text for block in blocks if block.note == mark.target]
    assert of_note == ["Of the note", "and more"]
    assert blocks[-1].text == "end"
    assert blocks[-1].note is None


def test_a_note_that_is_marked_twice():
    blocks = told(WIKI)
    (mark,) = [span for span in blocks[0].spans if span.kind is SpanKind.NOTE]
    assert "Of the note" in [block.text for block in blocks if block.note == mark.target]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href='#s1'>1. Section</a></ul><h2 id=s1>Section <a href='#top'>up</a></h2>",
        "<p id=top>x<p>See <a href='#s1'>1</a></p><div id=s1><p>text <a href='#top'>top</a></div>",
        "<p id=n1>x <a href='#r1'>1</a><p>later <sup><a id=r1 href='#n1'>1</a></sup>",
        "<p>see<sup><a href='#gone'>1</a></sup>",
    ],
    ids=["contents", "top", "backwards", "nowhere"],
)
def test_other_links_in_a_page_are_no_notes(html):
    blocks = told(html)
    assert not [span for block in blocks for span in block.spans if span.kind is SpanKind.NOTE]
    assert not [block for block in blocks if block.note]


def test_notes_in_another_file():
    text = parse("<p>Text<a epub:type=noteref href='notes.xhtml#n1'>1</a>", Limits())
    assert list(marks_in(text)) == ["notes.xhtml#n1"]
    marks = notes_of(text, marks={"notes.xhtml#n1": "notes.xhtml#n1"})
    (block,) = blocks_of(text, notes=marks)
    assert block.spans[0].target == "notes.xhtml#n1"
    notes = parse("<p id=n0>Not this<p id=n1>Of the note", Limits())
    blocks = blocks_of(notes, notes=notes_of(notes, prefix="notes.xhtml#", wanted={"n1"}))
    assert [block.note for block in blocks] == [None, "notes.xhtml#n1"]


def test_places_of_names_in_a_page():
    places = {}
    html = "<h1 id=a>A</h1><p>one<p>two <a name=b></a><i id=c>x</i><section id=d><h2>D</h2></section><i id=e>"
    assert len(list(blocks_of(parse(html, Limits()), places=places))) == 4
    assert places == {"a": 0, "b": 2, "c": 2, "d": 3, "e": 4}
