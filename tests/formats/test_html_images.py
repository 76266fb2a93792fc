from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from desktop_app.core.text import Picture
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.images import each_image_once
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits
from desktop_app.formats.text.pictures import Pictures

BASE = "https://site.org/a/page.html"
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def png(colour="red", size=(120, 80)):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def data(content):
    return "data:image/png;base64," + b64encode(content).decode()


def shown(html, *, base=BASE, find=None):
    """The texts of images with where their pictures are: in the file, elsewhere, or nowhere."""
    pictures = Pictures(Limits())
    made = blocks_of(parse(html, Limits()), base=base, pictures=pictures, find=find)
    blocks = [block for block in made if block.kind == "image"]
    files = {file.hash for file in pictures.files()}
    assert all(b.picture.hash in files for b in blocks if b.picture and b.picture.hash)
    return [
        (b.text, "kept" if b.picture and b.picture.hash else b.picture and b.picture.address)
        for b in blocks
    ]


def test_a_picture_and_its_caption_are_one_block():
    html = f"<p>one<figure><img src='{data(png())}' alt='x y'><figcaption>The <b>bridge</b></figcaption></figure>"
    assert shown(html) == [("The bridge", "kept")]


def test_a_figure_of_several_pictures_gives_its_caption_to_the_last():
    html = (
        f"<figure><img alt='First one' src='{data(png())}'><img src='{data(png('blue'))}'>"
        "<figcaption><p>Both of them</p><p>Photograph: A. Name</p></figcaption></figure>"
    )
    assert shown(html) == [
        ("First one", "kept"),
        ("Both of them", "kept"),
        ("Photograph: A. Name", None),
    ]


def test_a_picture_of_a_cell_stands_behind_its_row():
    html = f"<table><tr><th>a<th>b<tr><td>c<td>d <img src='{data(png())}' alt='A map'></table>"
    pictures = Pictures(Limits())
    made = [(b.kind.value, b.text) for b in blocks_of(parse(html, Limits()), pictures=pictures)]
    assert made == [("table_row", "a\tb"), ("table_row", "c\td"), ("image", "A map")]


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<img src='b.jpg' alt='A bridge'>", "https://site.org/a/b.jpg"),
        ("<img src='b.jpg' width=640 height=480>", "https://site.org/a/b.jpg"),
        ("<img src='//cdn.org/b.jpg' width='640px'>", "https://cdn.org/b.jpg"),
        ("<figure><img src='/b.jpg'></figure>", "https://site.org/b.jpg"),
        (f"<img src='{GIF}' data-src='b.jpg' alt='A bridge'>", "https://site.org/a/b.jpg"),
        ("<img src='/blank.gif' data-original='b.jpg' alt='A bridge'>", "https://site.org/a/b.jpg"),
        (
            f"<img src='{GIF}' srcset='s.jpg 320w, l.jpg 1200w, m.jpg 640w' alt='A bridge'>",
            "https://site.org/a/l.jpg",
        ),
        (
            f"<picture><source srcset='a,b.jpg 2x'><img src='{GIF}' alt='A bridge'></picture>",
            "https://site.org/a/a,b.jpg",
        ),
        ("<amp-img src='b.jpg' width=640 height=480></amp-img>", "https://site.org/a/b.jpg"),
        ("<noscript><img src='b.jpg' alt='A bridge'></noscript>", "https://site.org/a/b.jpg"),
    ],
)
def test_a_picture_elsewhere_becomes_a_placeholder_with_its_address(html, address):
    assert [where for _, where in shown(html)] == [address]


@pytest.mark.parametrize(
    "html",
    [
        "<img src='b.jpg'>",
        "<img src='https://count.org/p' width=1 height=1 alt='x y z'>",
        "<img src='b.jpg' width=24 height=24 alt='Share this'>",
        "<img src='b.jpg' class='avatar avatar-96' alt='A person' width=96>",
        "<img src='/icons/icon-mail.png' alt='Mail us' width=200>",
        f"<img src='{GIF}'>",
        "<noscript><img height=1 width=1 style='display:none' src='https://x.org/tr?id=1'></noscript>",
        "<svg width=24 height=24><title>Menu</title></svg>",
    ],
)
def test_what_counts_visitors_or_decorates_is_no_picture(html):
    assert shown(html) == []


def test_the_same_picture_behind_a_script_and_without_one_is_told_once():
    html = (
        f"<p>one</p><img src='{GIF}' data-src='b.jpg' alt='A bridge'>"
        "<noscript><img src='b.jpg' alt='A bridge'></noscript><figure><img src='c.jpg'>"
        "<noscript><img src='c.jpg?again'></noscript></figure>"
    )
    pictures = Pictures(Limits())
    made = list(each_image_once(blocks_of(parse(html, Limits()), base=BASE, pictures=pictures)))
    assert [b.picture.address for b in made if b.picture] == [
        "https://site.org/a/b.jpg",
        "https://site.org/a/c.jpg",
    ]


def test_a_picture_in_the_file_goes_before_its_address_elsewhere():
    files = {"page_files/b.png": png()}
    html = "<img src='page_files/b.png' data-src='https://site.org/b.png' alt='A bridge'>"
    assert shown(html, find=files.get) == [("A bridge", "kept")]
    assert shown(html) == [("A bridge", "https://site.org/b.png")]


def test_a_picture_that_lies_nowhere_leaves_its_words():
    assert shown("<p>x<img src='page_files/b.png' alt='A bridge'>") == [("A bridge", None)]
    html = "<figure><img src='page_files/b.png'><figcaption>A bridge</figcaption></figure>"
    (block,) = blocks_of(parse(html, Limits()), base=BASE, pictures=Pictures(Limits()))
    assert (block.text, block.picture) == ("A bridge", Picture())


def test_pictures_that_were_moved_into_a_style_sheet_are_found():
    html = (
        f'<style>:root{{--sf-img-1: url("{data(png())}")}}</style>'
        "<img src=\"data:image/svg+xml,<svg></svg>\" alt='A bridge'"
        " style='background-image:var(--sf-img-1)!important'>"
    )
    assert shown(html) == [("A bridge", "kept")]


def test_drawings_are_told_and_pictures_that_they_frame_are_kept():
    svg = "<figure><svg role=img aria-label='A plan'><path d=x></svg></figure>"
    assert shown(svg) == [("A plan", None)]
    framed = f"<svg><image xlink:href='{data(png())}' width=600 height=800></image></svg>"
    assert shown(framed) == [("", "kept")]


def test_formulas_and_smileys_stand_in_their_sentence():
    html = (
        "<p>Let <img class='mwe-math-fallback-image-inline' alt='x^2' src='//x.org/a.svg'> and"
        " <math alttext='y'><mi>y</mi><annotation>\\y</annotation></math> be, <img alt='🙂' src=s.png>"
    )
    (block,) = blocks_of(parse(html, Limits()), base=BASE, pictures=Pictures(Limits()))
    assert block.text == "Let x^2 and y be, 🙂"


@pytest.mark.parametrize(
    "source",
    ["data:", "data:,", "data:image/png;base64,####", "data:image/png,%ff%fe", "data:x" * 50],
)
def test_broken_data_addresses_cost_no_more_than_the_picture(source):
    assert shown(f"<p>x<img src='{source}' alt='A bridge'>") == [("A bridge", None)]
