from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from desktop_app.formats.extract import Refused
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.html import reader as html_reader
from desktop_app.formats.html.reader import ALL_OF_IT, read_html
from desktop_app.formats.limits import Limits
from desktop_app.formats.patience import OutOfPatience

LIMITS = Limits()
TEXT = "The convoy waited at the bridge while the negotiators argued over the list of names. "
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Siege of the town | The Daily Paper</title>
<meta property="og:site_name" content="The Daily Paper"><link rel="canonical" href="https://daily.example/2016/03/25/siege">
</head><body><nav><ul><li><a href="/">Home</a><li><a href="/news">News</a></ul></nav>
<article><h1>Siege of the town</h1><p class="byline">By Jane Doe</p>
<p>{TEXT * 3}</p><h2>The list</h2><p>It was <b>long</b>, see <a href="/list">the list</a>. {TEXT * 2}</p>
<figure><img src="b.jpg" alt="A bridge"><figcaption>The bridge at noon</figcaption></figure>
<ul><li>{TEXT}</li><li>Second item of it. {TEXT}</li></ul><blockquote><p>{TEXT}</p></blockquote></article>
<div class="share"><a href="x">Share on a network</a></div>
<footer>© 2016 The Daily Paper, all rights reserved</footer></body></html>"""


def read(content, limits=LIMITS, companions=()):
    return read_html(File(content, "page.html", dict(companions)), limits)


def picture(colour, size=(300, 200)):
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def test_the_article_is_kept_with_its_structure_and_the_rest_is_not():
    reading = read(PAGE.encode())
    kinds = [block.kind.value for block in reading.blocks if block.text != "Siege of the town"]
    assert kinds[-7:] == [
        "paragraph",
        "heading",
        "paragraph",
        "image",
        "list_item",
        "list_item",
        "quotation",
    ]
    text = "\n".join(block.text for block in reading.blocks)
    for beside in ("Home", "Share on", "all rights reserved"):
        assert beside not in text
    link = next(s for b in reading.blocks for s in b.spans if s.target)
    assert link.target == "https://daily.example/list"


def test_what_the_page_says_about_itself():
    reading = read(PAGE.encode())
    facts = facts_from([*reading.proposals, *reading.language_stated], "x.html")
    assert facts.title == "Siege of the town"
    assert facts.authors == ("Jane Doe",)
    assert facts.source == "The Daily Paper"
    assert facts.url == "https://daily.example/2016/03/25/siege"
    assert str(facts.published) == "2016-03-25"
    assert facts.language == "en"


def test_a_page_without_an_article_gives_all_of_its_text():
    reading = read(b"<html><body><table><tr><td>Just a word</table>")
    assert [block.text for block in reading.blocks] == ["Just a word"]


def test_a_page_whose_article_is_not_found_in_time_gives_all_of_its_text_and_says_so(monkeypatch):
    def slow(*_):
        raise OutOfPatience

    monkeypatch.setattr(html_reader, "main_blocks", slow)
    reading = read(PAGE.encode())
    assert reading.warning == ALL_OF_IT
    assert "Second item" in "\n".join(block.text for block in reading.blocks)


def test_a_page_without_text_is_read_as_empty():
    for page in (b"<html></html>", b"<!doctype html>", b"<html><body><script>x</script>"):
        assert list(read(page).blocks) == []


@pytest.mark.parametrize("tag", ["div", "b", "font", "blockquote", "ul><li", "table><tr><td"])
def test_tags_nested_too_deep_are_refused(tag):
    page = "<html><body>" + f"<{tag}>" * 20_000 + "text"
    with pytest.raises(Refused, match="nested more than 256 deep"):
        read(page.encode())


def test_too_many_tags_and_too_large_a_page_are_refused():
    with pytest.raises(Refused, match="more than 1,000 tags"):
        read(b"<html>" + b"<i>a</i>" * 1_001, Limits(tags=1_000))
    with pytest.raises(Refused, match="larger than 25 MB"):
        read(b"<html>" + b" " * 25_000_001)


def test_charsets_of_pages():
    body = f"<p>Grüße aus Köln — naïve façade</p><p>{TEXT}</p>"
    for charset in ("utf-8", "iso-8859-15", "windows-1252", "utf-16"):
        page = f'<html><head><meta charset="{charset}"></head><body>{body.replace("—", "-")}'
        reading = read(page.encode(charset))
        assert "Grüße aus Köln - naïve façade" in "\n".join(b.text for b in reading.blocks)
    page = b'<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1251">'
    reading = read(page + "<p>Привет, мир и война".encode("cp1251"))
    assert reading.blocks[0].text == "Привет, мир и война"


def test_half_a_million_letters_without_a_space():
    reading = read(b"<html><body><p>" + b"a" * 500_000)
    assert [len(block.text) for block in reading.blocks] == [500_000]


def test_zero_bytes_and_odd_characters_do_not_cut_a_page():
    page = f"<html><body><p>one\x00two &#0; &#55555; &bogus; {TEXT}</p><p>end".encode()
    text = "\n".join(block.text for block in read(page).blocks)
    assert "end" in text
    assert "onetwo" in text


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0033)https://daily.example/a/siege.html -->",
        "<!--\n Page saved with SingleFile \n url: https://daily.example/a/siege.html \n saved date: x-->",
    ],
)
def test_the_address_that_a_browser_notes_when_it_saves_a_page_is_taken(note):
    page = f"<!DOCTYPE html>\n{note}\n<html><body><p>{TEXT} <a href='b.html'>b</a>"
    reading = read(page.encode())
    facts = facts_from(reading.proposals, "x.html")
    assert facts.url == "https://daily.example/a/siege.html"
    assert facts.source == "daily.example"
    assert reading.blocks[0].spans[0].target == "https://daily.example/a/b.html"


def test_pictures_that_share_one_alternative_text_are_told_once():
    picture = "<p><img alt='A bridge at noon'></p>"
    paragraphs = "".join(f"<p>Paragraph {n}. {TEXT * 2}</p>{picture}" for n in range(3))
    page = f"<html><body><article>{paragraphs}<p>{TEXT * 3}</p></article>"
    texts = [block.text for block in read(page.encode()).blocks]
    assert texts.count("A bridge at noon") == 1
    assert len(texts) == 5


def test_all_of_the_page_is_kept_beside_its_article_without_what_is_hidden():
    page = PAGE.replace("<footer>", "<p style='display:none'>Never seen</p><footer>")
    reading = read(page.encode())
    whole = [block.text for block in reading.whole]
    for beside in ("Home", "Share on a network", "© 2016 The Daily Paper, all rights reserved"):
        assert beside in whole
    assert "Never seen" not in whole
    assert set(reading.blocks) <= set(reading.whole)


def test_a_page_that_is_nothing_but_its_article_has_one_text():
    page = f"<html><body><p>{TEXT * 3}</p><p>And {TEXT * 3}</p>"
    assert read(page.encode()).whole is None


@pytest.mark.parametrize("said", ["style='display:none'", "hidden", "aria-hidden='true'"])
def test_a_hidden_paragraph_is_no_part_of_the_article(said):
    paragraphs = f"<p>One. {TEXT * 3}</p><p {said}>Never. {TEXT}</p><p>Two. {TEXT * 3}</p>"
    reading = read(f"<html><body><article>{paragraphs}</article>".encode())
    assert [block.text[:3] for block in reading.blocks] == ["One", "Two"]


def test_hidden_words_do_not_come_back_in_the_article():
    toll = "It was <span style='display:none'>200 </span>12 dead, <s>ten</s> as the town was told. "
    page = f"<html><body><article><p>{TEXT * 3}</p><p>{toll}{TEXT}</p><p>{TEXT * 4}</p></article>"
    texts = [block.text for block in read(page.encode()).blocks]
    assert "200" not in "".join(texts)
    assert texts[1].startswith("It was 12 dead, ten as")


def test_an_article_that_a_script_would_uncover_is_in_all_of_the_page_too():
    page = f"<html><body><article style='display:none'><p>{TEXT * 3}</p><p>{TEXT * 4}</p></article><p>Menu"
    reading = read(page.encode())
    assert TEXT.strip() in reading.blocks[0].text
    assert {block.text for block in reading.blocks} <= {block.text for block in reading.whole}


def test_the_pictures_in_the_folder_of_a_saved_page_are_kept_and_decorations_are_not():
    page = (
        f"<html><body><img src='./page_files/icon.png'><article><p>{TEXT * 3}</p>"
        f"<figure><img src='./page_files/b%C3%BCr%20o.png'><figcaption>A b</figcaption></figure>"
        f"<p>{TEXT * 2}</p><img src='page_files/Lamp.PNG?x=1'><p>More. {TEXT * 2}</p></article>"
    )
    companions = {
        "page_files/icon.png": picture("red", (16, 16)),
        "page_files/bu\u0308r o.png": picture("blue"),
        "page_files/lamp.png": picture("green"),
        "page_files/other.png": picture("black"),
    }
    reading = read(page.encode(), companions=companions)
    shown = [block.picture.hash for block in reading.blocks if block.picture]
    assert len(shown) == 2
    assert {file.hash for file in reading.pictures} == set(shown)
    assert reading.whole is None
    assert reading.warning is None


def test_pictures_inside_the_page_itself_are_kept_and_damaged_ones_are_told():
    source = "data:image/png;base64," + b64encode(picture("red")).decode()
    cut = source[:200]
    page = (
        f"<html><body><article><p>{TEXT * 3}</p><img src='{source}'><p>{TEXT * 4}</p>"
        f"<img src='{source}'><img src='{cut}' alt='A cut one'></article>"
    )
    reading = read(page.encode())
    assert len(reading.pictures) == 1
    assert len([block for block in reading.blocks if block.picture]) == 1
    assert reading.warning.startswith("One picture is damaged")


def test_the_picture_above_an_article_is_shown_and_one_elsewhere_on_the_page_is_not():
    top, side = (
        "data:image/png;base64," + b64encode(picture(colour)).decode() for colour in ("red", "blue")
    )
    page = (
        f"<html><body><div><img src='{side}' alt='Our sponsor'></div><article><h1>Siege</h1>"
        f"<figure><img src='{top}'><figcaption>The bridge</figcaption></figure>"
        f"<p>{TEXT * 3}</p><p>And {TEXT * 4}</p></article><footer>Foot</footer>"
    )
    reading = read(page.encode())
    assert [block.text for block in reading.blocks if block.picture] == ["The bridge"]
    assert len(reading.pictures) == 2


def test_the_notes_of_an_article_come_with_it():
    page = (
        f"<html><body><article><p>{TEXT * 3}<sup><a id=r1 href='#n1'>1</a></sup></p><p>{TEXT * 4}</p>"
        "</article><div class=footnotes><ol><li id=n1>Ibid. <a href='#r1'>↩</a></ol></div>"
        "<footer>Foot</footer>"
    )
    reading = read(page.encode())
    assert [block.text for block in reading.blocks if block.note == "n1"] == ["Ibid."]
    assert "Foot" not in [block.text for block in reading.blocks]
