from desktop_app.core.text import BlockKind
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.main import main_blocks
from desktop_app.formats.html.siblings import menus, overlooked
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits

TEXT = "The convoy waited at the bridge while the negotiators argued over the list of names. "


def article(body):
    tree = parse(
        f"<html><body><nav><p>Menu of the site</p></nav><article>{body}</article></body></html>",
        Limits(),
    )
    origins = []
    return main_blocks(tree, list(blocks_of(tree, origins=origins)), origins)


def test_a_refrain_is_kept_every_time():
    verses = "".join(
        f"<p>{TEXT}</p><p>Verse {n} has words of its own, enough of them.</p>" for n in range(4)
    )
    assert [block.text for block in article(verses)].count(TEXT.strip()) == 4


def test_text_behind_a_heading_without_a_paragraph_of_its_own_is_kept():
    made = article(f"<h2>One</h2>{TEXT * 2}<h2>Two</h2><a href='/x'></a>{TEXT * 3}<p>{TEXT}</p>")
    assert [block.kind for block in made] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


def test_numbers_depths_and_spans_come_from_the_page():
    made = article(
        f"<p>{TEXT * 3}</p><ol start=5><li>First <b>bold</b> words. {TEXT}<ul><li>Deeper words. {TEXT}</ul></ol><p>{TEXT}</p>"
    )
    items = [block for block in made if block.kind is BlockKind.LIST_ITEM]
    assert [(item.level, item.number) for item in items] == [(1, 5), (2, None)]
    assert items[0].text[items[0].spans[0].start : items[0].spans[0].end] == "bold"


def test_a_page_of_nothing_has_no_article():
    tree = parse("<html><body></body></html>", Limits())
    assert main_blocks(tree, [], []) == []


def test_the_parts_behind_an_advertisement_belong_to_the_article():
    parts = "".join(
        f"<div class=part><p>Part {n}, paragraph {m}. {TEXT}</p></div><div class=ad><p>Buy now</p></div>"
        for n in range(6)
        for m in range(2)
    )
    tree = parse(f"<html><body><div class=grid>{parts}</div></body></html>", Limits())
    origins = []
    blocks = list(blocks_of(tree, origins=origins))
    chosen = [block.text.startswith("Part 0") for block in blocks]
    found = overlooked(blocks, origins, chosen)
    assert [blocks[n].text[:6] for n in sorted(found)] == [
        f"Part {n}" for n in range(1, 6) for _ in range(2)
    ]


def test_quotations_between_paragraphs_belong_to_the_article():
    tweet = "<blockquote class='twitter-tweet'><p>Short words</p>&mdash; Somebody</blockquote>"
    made = article(f"<p>{TEXT * 3}</p>{tweet}<p>{TEXT * 4}</p>")
    assert "Short words" in [block.text for block in made]


def test_images_in_a_row_between_paragraphs_belong_to_the_article():
    pictures = (
        "<figure><img src=a alt='A bridge'></figure><figure><img src=b alt='A road'></figure>"
    )
    made = article(f"<p>{TEXT * 3}</p>{pictures}<h2>Then</h2><p>{TEXT * 4}</p>")
    assert [block.text for block in made[1:-1]] == ["A bridge", "A road", "Then"]


def test_menus_that_were_taken_for_text_are_left_out_unless_there_is_nothing_else():
    links = "".join(f"<li><a href='javascript:go({n})'>Office {n}</a>" for n in range(12))
    few = "".join(f"<li><a href='/{n}'>Reading {n}</a>" for n in range(4))
    for text, left in ((f"<p>{TEXT}</p>", 5), ("", 16)):
        tree = parse(f"<html><body><ul>{links}</ul>{text}<h2>Read</h2><ul>{few}</ul>", Limits())
        origins = []
        blocks = list(blocks_of(tree, origins=origins))
        found = menus(blocks, origins, [True] * len(blocks))
        assert (
            len([n for n in range(len(blocks)) if n not in found and blocks[n].text != "Read"])
            == left
        )
