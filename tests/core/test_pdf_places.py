"""A passage is drawn where its letters stand on the page, all of it or said; and found back there."""

import random
from array import array

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.pages import PageLetters, PageShape
from desktop_app.core.pdf_places import PageMap, pages_of, quads_of, quads_on, start_of_page
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.formats.extract import Refused
from tests.formats.pages_for_tests import bare, letters_of_pages, under
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.formats.test_pdf import PROSE, extract_of, read_plainly, set_lines

QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def placed(*pages, **more):
    """The text of a PDF and the letters of its pages."""
    content = pdf_of(*pages, **more)
    return extract_of(content).text, letters_of_pages(content)


def check(text, letters, start, end, *, maps=None):
    """What lies under the quads of a passage is the passage, but for what is said to be missing."""
    drawn = quads_on(text, maps, start, end) if maps else quads_of(text, letters, start, end)
    said = {at for first, past in drawn.missing for at in range(first, past)}
    wanted = "".join(text.canonical[at] for at in range(start, end) if at not in said)
    found = "".join(under(letters[page], drawn.quads[page]) for page in sorted(drawn.quads))
    assert sorted(bare(found)) == sorted(bare(wanted)), (wanted, found)
    return drawn


def columns():
    page = Page()
    lines = set_lines(PROSE * 3, 40)
    half = len(lines) // 2
    return page.lines(60, 700, lines[:half]).lines(310, 700, lines[half:])


def table():
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    for number in range(3):
        for place, cell in enumerate(("Raqqa", "June 2016", "4,100")):
            page.at(70 + 120 * place, 560 - 14 * number, cell)
    return page


def upward():
    page = Page(width=842, height=595, rotate=90)
    for number, line in enumerate(set_lines(PROSE, 60)):
        page.content.append(
            b"BT /F 10 Tf 0 1 -1 0 %d 70 Tm (%s) Tj ET" % (100 + 12 * number, line.encode())
        )
    return page


def marks():
    return Page().at(70, 700, "The office~s ef`cient cafe| as ever, closed.", size=14)


LIGATURES = {code: chr(code) for code in range(32, 126)} | {96: "fi", 124: "\u0301", 126: "'"}

MADE = {
    "prose": lambda: placed(Page().lines(70, 700, set_lines(PROSE, 60))),
    "columns": lambda: placed(columns()),
    "table": lambda: placed(table()),
    "upward": lambda: placed(upward()),
    "turned": lambda: placed(Page(rotate=180).lines(70, 700, set_lines(PROSE, 60))),
    "hyphens": lambda: placed(
        Page().lines(70, 700, ["The nego-", "tiators came, and the well-", "known clerk wrote."])
    ),
    "ligatures and accents": lambda: placed(marks(), to_unicode=LIGATURES),
    "pages": lambda: placed(
        *[Page().lines(70, 700, set_lines(PROSE, 60)).at(70, 60, str(n)) for n in (1, 2, 3)]
    ),
    "small": lambda: placed(Page().at(70, 700, "Negotiators").at(122, 704, "12", size=6)),
}


@pytest.mark.parametrize("made", MADE)
def test_whole_texts_are_drawn_whole(made):
    text, letters = MADE[made]()
    assert text.canonical
    assert check(text, letters, 0, len(text.canonical)).whole


@pytest.mark.parametrize("made", MADE)
@given(data=st.data())
@QUIET
def test_any_passage_is_drawn_and_no_letter_more(made, data):
    text, letters = known(made)
    end = len(text.canonical)
    start = data.draw(st.integers(0, end - 1))
    past = data.draw(st.integers(start + 1, end))
    assert check(text, letters, start, past).whole


@pytest.mark.parametrize("made", MADE)
def test_every_letter_is_found_back_where_it_is_drawn(made):
    text, letters = known(made)
    maps = {page: PageMap(text, page, each) for page, each in letters.items()}
    for at, letter in enumerate(text.canonical):
        drawn = quads_on(text, maps, at, at + 1)
        if letter.isspace():
            continue
        ((page, (quad, *rest)),) = drawn.quads.items()
        assert not rest
        middle = ((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)
        assert maps[page].letter_at(*middle) == at
        assert maps[page].point_at(*lean(quad, 0.1)) == at
        assert maps[page].point_at(*lean(quad, 0.9)) == at + 1


def lean(quad, share):
    """A point half up a quad, so far along it."""
    along = [quad[n] + share * (quad[2 + n] - quad[n]) for n in (0, 1)]
    return tuple(along[n] + (quad[6 + n] - quad[n]) / 2 for n in (0, 1))


_known = {}


def known(made):
    if made not in _known:
        _known[made] = MADE[made]()
    return _known[made]


def test_a_passage_over_lines_has_one_quad_for_each():
    text, letters = known("prose")
    lines = set_lines(PROSE, 60)
    drawn = quads_of(text, letters, 0, len(text.canonical))
    assert len(drawn.quads[1]) == len(lines)
    tops = [quad[5] for quad in drawn.on(1)]
    assert tops == sorted(tops, reverse=True)
    assert {round(quad[0]) for quad in drawn.on(1)} <= {70, 71}
    # From the bottom left around: as PDF counts.
    a, b, c, d, e, f, g, h = drawn.on(1)[0]
    assert (a, b, e, f) == (g, d, c, h)
    assert a < c and b < h


def test_the_cells_of_a_table_are_not_joined_and_the_columns_of_a_page_neither():
    text, letters = known("table")
    start = text.canonical.index("Raqqa")
    drawn = quads_of(text, letters, start, start + len("Raqqa\tJune 2016\t4,100"))
    assert len(drawn.on(1)) == 3
    text, letters = known("columns")
    drawn = quads_of(text, letters, 0, len(text.canonical))
    assert all(quad[2] < 310 or quad[0] > 300 for quad in drawn.on(1))


def test_a_passage_over_a_page_break_stands_on_both_pages():
    text, letters = known("pages")
    second = start_of_page(text, 2)
    assert pages_of(text, second - 10, second + 10) == [1, 2]
    drawn = quads_of(text, letters, second - 10, second + 10)
    assert sorted(drawn.quads) == [1, 2]
    assert drawn.whole
    alone = quads_of(text, {1: letters[1]}, second - 10, second + 10)
    assert sorted(alone.quads) == [1]
    assert not alone.whole
    assert alone.missing[0][0] >= second - 1


def test_a_block_of_no_page_among_others_hides_none_of_them():
    text, letters = known("pages")
    for at in range(len(text.blocks) + 1):
        aside = (*text.blocks[:at], Block(BlockKind.PARAGRAPH, "Aside"), *text.blocks[at:])
        made = make_text(aside, "pdf")
        for page in (1, 2, 3):
            first = next(n for n, each in enumerate(text.blocks) if each.text and each.page == page)
            start = text.starts[first] + (len("Aside\n") if at <= first else 0)
            assert start_of_page(made, page) == start
            drawn = quads_of(made, letters, start, start + 20)
            assert sorted(drawn.quads) == [page]
            assert drawn.whole
        assert start_of_page(made, 4) == len(made.canonical)


def test_the_pages_of_passages():
    text, _ = known("pages")
    ends = [start_of_page(text, page) for page in (1, 2, 3, 4)]
    assert ends[0] == 0
    assert ends[3] == len(text.canonical)
    for page in (1, 2, 3):
        assert pages_of(text, ends[page - 1], ends[page] - 1) == [page]
        assert pages_of(text, ends[page - 1], ends[page - 1] + 1) == [page]
    assert pages_of(text, 0, len(text.canonical)) == [1, 2, 3]
    plain = make_text([Block(BlockKind.PARAGRAPH, "No pages.")], "txt")
    assert pages_of(plain, 0, 5) == []
    assert quads_of(plain, {}, 0, 2).missing == ((0, 2),)


def test_a_line_at_a_point():
    text, letters = known("hyphens")
    known_page = PageMap(text, 1, letters[1])
    at = text.canonical.index("clerk")
    (quad,) = quads_of(text, letters, at + 1, at + 2).on(1)
    first, past = known_page.line_at(*lean(quad, 0.5))
    assert text.canonical[first:past] == "known clerk wrote."


def test_a_point_beside_the_text_is_the_nearest_place():
    text, letters = known("columns")
    page = PageMap(text, 1, letters[1])
    assert page.point_at(0, 842) == 0
    assert page.point_at(595, 0) == len(text.canonical)
    first, past = page.line_at(60, 702)
    assert page.point_at(20, 702) == first
    # In the gutter the nearer column is taken.
    assert page.point_at(255, 702) == past
    assert page.letter_at(20, 702) is None


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("made", ["columns", "upward", "turned", "table"])
def test_how_far_down_a_page_was_seen(made, turns):
    text, letters = known(made)
    page = PageMap(text, 1, letters[1])
    shape = letters[1].shape.turned(turns)
    reach = page.reach(shape)
    feet = {}
    for at, letter in enumerate(text.canonical):
        if not letter.isspace():
            (quad,) = quads_of(text, letters, at, at + 1).on(1)
            feet[at] = max(shape.shown(quad[n], quad[n + 1])[1] for n in range(0, 8, 2))
    for y in range(0, round(shape.size[1]), 23):
        cut = next((at for at, foot in feet.items() if foot > y), None)
        assert reach.first_cut(y) == cut
        found = reach.first_at(y)
        if found is None:
            assert all(foot < y + 10 for foot in feet.values())
        else:
            assert feet[found] > y
            assert found >= cut


def test_on_an_empty_page_there_is_nothing_and_nothing_goes_wrong():
    text, letters = placed(Page().at(70, 700, "Some text"), Page())
    page = PageMap(text, 2, letters[2])
    assert page.point_at(10, 10) == len(text.canonical)
    assert page.line_at(10, 10) is None
    reach = page.reach(letters[2].shape)
    assert reach.first_cut(0) is reach.first_at(0) is None
    assert page.quads(0, 99) == ((), set())


def letters_in_a_row(text, *, width=6.0, turn=0):
    """Letters one behind the other on one line, in the order in which they are drawn."""
    boxes = array("d")
    for at in range(len(text)):
        boxes.extend((at * width, 100.0, (at + 1) * width, 112.0))
    return PageLetters(text, boxes, bytes([turn]) * len(text), PageShape(0, 0, 600, 800))


def text_with(text, runs, page=1):
    return make_text([Block(BlockKind.PARAGRAPH, text, page=page, runs=runs)], "pdf")


def test_what_the_page_does_not_have_there_is_told_and_not_drawn():
    text = text_with("The clerk wrote.", ((0, 0),))
    drawn = quads_of(text, {1: letters_in_a_row("Quite other ones than those.")}, 0, 9)
    assert not drawn.whole
    marked = sum(len(range(*each)) for each in drawn.missing)
    assert marked >= 7
    beyond = quads_of(text, {1: letters_in_a_row("The")}, 0, 9)
    assert beyond.missing == ((0, 3), (4, 9))
    assert beyond.quads == {}


def test_blocks_without_runs_are_looked_for_when_a_page_has_none():
    text = make_text(
        [
            Block(BlockKind.PARAGRAPH, "One line of it.", page=1),
            Block(BlockKind.PARAGRAPH, "Nowhere at all.", page=1),
            Block(BlockKind.PARAGRAPH, "Another nego\u00adtiator.", page=1),
        ],
        "pdf",
    )
    letters = {1: letters_in_a_row("One  line of it. Another nego- tiator. One line of it.")}
    first = quads_of(text, letters, 0, 15)
    assert first.whole
    assert under(letters[1], first.on(1)).replace(" ", "") == "Onelineofit."
    start = text.canonical.index("Nowhere")
    assert quads_of(text, letters, start, start + 7).missing == ((start, start + 7),)
    last = text.canonical.index("Another")
    assert quads_of(text, letters, last, last + 7).whole


def test_what_was_written_onto_a_page_is_never_drawn_on_its_text():
    note = b"/Subtype /Text /Contents (The clerk)"
    text, letters = placed(Page(notes=[note]).at(70, 700, "The clerk wrote that down."))
    start = text.canonical.rindex("The clerk")
    assert start > 0
    drawn = quads_of(text, letters, start, start + 9)
    assert drawn.quads == {}
    assert drawn.missing == ((start, start + 3), (start + 4, start + 9))


def test_letters_that_run_to_the_left_are_found_by_the_side_they_are_read_from():
    text = text_with("שלום abc", ((0, 0),))
    boxes = array("d")
    # In the order of reading: the first letter is the rightmost of its word.
    for at in range(4):
        boxes.extend((100 - (at + 1) * 6, 100, 100 - at * 6, 112))
    boxes.extend((100, 100, 103, 112))
    for at in range(3):
        boxes.extend((103 + at * 6, 100, 109 + at * 6, 112))
    letters = PageLetters(text.canonical, boxes, bytes(8), PageShape(0, 0, 600, 800))
    page = PageMap(text, 1, letters)
    assert page.point_at(99, 106) == 0
    assert page.point_at(95, 106) == 1
    assert page.point_at(77, 106) == 4
    assert page.point_at(104, 106) == 5
    (quad,) = quads_of(text, {1: letters}, 1, 3).on(1)
    assert (quad[0], quad[2]) == (82, 94)
    both = quads_of(text, {1: letters}, 0, 8).on(1)
    assert len(both) == 1
    # The first letters of each: two pieces, since others stand between.
    apart = quads_of(text, {1: letters}, 0, 2).on(1) + quads_of(text, {1: letters}, 7, 8).on(1)
    assert len(apart) == 2


def test_a_letter_made_of_several_and_marks_put_in_order_are_drawn_whole():
    page = "cafe\u0301 q\u0307\u0323x"
    text = text_with("caf\u00e9 q\u0323\u0307x", ((0, 0), (3, 3), (4, 5)))
    letters = {1: letters_in_a_row(page)}
    assert quads_of(text, letters, 0, 8).whole
    (quad,) = quads_of(text, letters, 3, 4).on(1)
    assert (quad[0], quad[2]) == (18, 30)
    assert PageMap(text, 1, letters[1]).letter_at(27, 106) == 3


# One file there has a glyph that stands for a whole word and is drawn over another one.
DRAWN_OVER = {"pypdf-samples-habibi-oneline-cmap.pdf"}


@pytest.mark.corpus
@pytest.mark.parametrize("read", [extract_of, read_plainly])
def test_random_passages_of_real_documents(corpus, read):
    count = missing = 0
    rng = random.Random(7)
    for path in sorted((corpus / "pdf").iterdir()):
        content = path.read_bytes()
        try:
            text = read(content).text
        except Refused:
            continue
        if not text.canonical or path.name in DRAWN_OVER:
            continue
        letters = letters_of_pages(content)
        maps = {page: PageMap(text, page, each) for page, each in letters.items()}
        for _ in range(25):
            start = rng.randrange(len(text.canonical))
            end = min(start + rng.choice((1, 4, 20, 100, 600)), len(text.canonical))
            drawn = check(text, letters, start, end, maps=maps)
            count += 1
            missing += not drawn.whole
            written = [block for block in text.blocks if block.text and not block.runs]
            if not written:
                assert drawn.whole, (path.name, text.canonical[start:end], drawn.missing)
    assert count > 2_000
    assert missing < 0.15 * count
