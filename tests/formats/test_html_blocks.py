import pytest

from desktop_app.core.text import Span, SpanKind
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits


def blocks(html, **named):
    return list(blocks_of(parse(html, Limits()), **named))


def told(html, **named):
    return [(b.kind.value, b.text, b.level, b.number) for b in blocks(html, **named)]


def test_every_kind_of_block():
    html = (
        "<h2>Title</h2><p>Text\n  with   space<p>More<ol start=3><li>three<li>four<ul><li>below</ul>"
        "</ol><blockquote><p>quoted</blockquote><pre>\n x\n  y\n</pre>"
    )
    assert told(html) == [
        ("heading", "Title", 2, None),
        ("paragraph", "Text with space", 0, None),
        ("paragraph", "More", 0, None),
        ("list_item", "three", 1, 3),
        ("list_item", "four", 1, 4),
        ("list_item", "below", 2, None),
        ("quotation", "quoted", 0, None),
        ("preformatted", " x\n  y", 0, None),
    ]


def test_a_table_of_data_becomes_rows_with_tabs():
    html = (
        "<table><caption>Cap</caption><tr><th>a<th>b<th>c<tr><td><td> <p>2</p> <td>x<br>y"
        "</table>after"
    )
    assert told(html) == [
        ("paragraph", "Cap", 0, None),
        ("table_row", "a\tb\tc", 0, None),
        ("table_row", "\t2\tx y", 0, None),
        ("paragraph", "after", 0, None),
    ]


def test_a_table_that_only_places_things_gives_its_blocks():
    html = "<table><tr><td><h1>Head</h1><p>one<p>two<td>side<tr><td>foot</table>"
    assert [text for _, text, _, _ in told(html)] == ["Head", "one", "two", "side", "foot"]


def test_breaks_are_lines_and_two_of_them_paragraphs():
    assert told("<p>one<br>two<br><br>three") == [
        ("paragraph", "one\ntwo", 0, None),
        ("paragraph", "three", 0, None),
    ]


def test_spans_of_nested_elements():
    made = blocks("<p>A <b>bold <i>both</i></b> H<sub>2</sub>O <code>x</code></p>")[0]
    assert made.text == "A bold both H2O x"
    assert set(made.spans) == {
        Span(2, 11, SpanKind.BOLD),
        Span(7, 11, SpanKind.ITALIC),
        Span(13, 14, SpanKind.SUBSCRIPT),
        Span(16, 17, SpanKind.CODE),
    }


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_what_was_struck_out_says_so(tag):
    made = blocks(f"<p>The toll was <{tag}>200</{tag}> 12 dead")[0]
    assert made.text == "The toll was 200 12 dead"
    assert made.spans == (Span(13, 16, SpanKind.STRUCK),)


@pytest.mark.parametrize("said", ["style='display: none'", "hidden", "aria-hidden=true"])
def test_words_that_are_not_shown_are_left_out(said):
    assert [block.text for block in blocks(f"<p>It was <span {said}>200</span>12 dead")] == [
        "It was 12 dead"
    ]


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org/a", "http://example.org/a"),
        ("/b?c=1", "https://site.org/b?c=1"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("#note", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://[bad", None),
        ("https://", None),
    ],
)
def test_links_lead_to_pages_and_mail_only(href, target):
    made = blocks(f'<p>a <a href="{href}">link</a>', base="https://site.org/a/")[0]
    assert made.text == "a link"
    assert [span.target for span in made.spans] == ([target] if target else [])


def test_images_are_their_caption_or_their_alternative_text():
    html = (
        "<p>one<figure><img src=x alt='A bridge'><figcaption>The bridge at <b>noon</b></figcaption>"
        "</figure><p>two <img alt='A tower'> three<img alt='IMG_12.jpg'><img alt=dot width=1>"
        "<img alt='🙂'>"
    )
    assert [(kind, text) for kind, text, _, _ in told(html)] == [
        ("paragraph", "one"),
        ("image", "The bridge at noon"),
        ("paragraph", "two three🙂"),
        ("image", "A tower"),
    ]


def test_scripts_forms_and_embedded_things_are_left_out():
    html = (
        "<p>one<script>bad()</script><style>p{}</style> two</p><select><option>x</select>"
        "<button>Share</button><iframe>y</iframe><svg><text>z</text></svg><noscript>n</noscript>"
        "<textarea>t</textarea><template><p>u</template>tail"
    )
    assert [text for _, text, _, _ in told(html)] == ["one two", "tail"]


def test_unknown_elements_give_their_text():
    assert told("<my-box>one <blink>two</blink></my-box>") == [("paragraph", "one two", 0, None)]


def test_what_stands_beside_the_text_is_told():
    html = (
        "<body><nav>menu</nav><main><p>text</main><aside>more</aside><p hidden>h<p style='display:"
        " none'>n<div role=banner>b</div><footer>foot</footer>end"
    )
    aside = set()
    texts = [text for _, text, _, _ in told(html, aside=aside)]
    assert [text for number, text in enumerate(texts) if number not in aside] == ["text", "end"]
    assert len(texts) == 8


@pytest.mark.parametrize(
    "tag", ["figure", "li", "blockquote", "pre", "table", "caption", "h2", "nav"]
)
def test_what_stands_beside_the_text_leaves_no_trace_behind_it(tag):
    html = f"<body><p>one<{tag} hidden>x</{tag}><ol><li>two</ol><p>three"
    aside = set()
    found = told(html, aside=aside)
    assert [found[number][:2] for number in range(len(found)) if number not in aside] == [
        ("paragraph", "one"),
        ("list_item", "two"),
        ("paragraph", "three"),
    ]
