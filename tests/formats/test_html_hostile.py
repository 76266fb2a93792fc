"""Pages that are made to hold a reader up: each gives one outcome, well within its time."""

import gc
import json
import time
from collections.abc import Iterator

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.html.reader import read_html
from desktop_app.formats.limits import Limits

LIMITS = Limits()
TEXT = "The convoy waited at the bridge while the negotiators argued over the list of names. "


def marks(count, body, href="#n{}"):
    links = (f"<p>x<sup><a id=r{n} href='{href.format(n)}'>1</a></sup>" for n in range(count))
    return "".join(links) + body


PAGES = {
    "tables in tables": ("<table><tr><td>" * 80 + TEXT + "</td></tr></table>" * 80) * 40,
    "a wide table": "<table>" + ("<tr>" + "<td>x" * 100) * 300,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{TEXT}</p>",
    "attributes without values": "<p " + " ".join(f"a{n}" for n in range(100_000)) + f">{TEXT}",
    "an attribute that never ends": f"<p>{TEXT}<p a='" + "b=1 " * 500_000,
    "a word": "<p>" + "a" * 500_000,
    "many words": ("<p>" + "a" * 500_000) * 20,
    "divs": "<div>" * 20_000 + TEXT,
    "bold": "<b>" * 240 + TEXT,
    "never closed": f"<p><b><i><font>{TEXT}" * 3_000,
    "inline tags": "<i>a</i> " * 40_000,
    "paragraphs": f"<p>{TEXT}" * 20_000,
    "one sentence": "<article>" + "<p>yes no maybe</p>" * 20_000 + f"<p>{TEXT * 5}",
    "links": "<li><a href='/x'>aa</a>" * 12_000,
    "links in one place": "<a href='/x'>aa</a><br><br>" * 12_000 + TEXT,
    "pictures elsewhere": f"<p>{TEXT * 3}"
    + "".join(f"<img src='http://x.org/{n}.jpg' alt='Picture {n}'>" for n in range(8_000))
    + f"<p>{TEXT * 3}",
    "a set of sources": f"<p>{TEXT}<img alt='A b' srcset='" + "a 1w," * 2_000_000 + "'>",
    "a set of data": f"<p>{TEXT}<img alt='A b' srcset='data:" + "a," * 2_000_000 + "'>",
    "style variables": "<style>" + '--sf-img-1:url("data:' * 200_000 + f"</style><p>{TEXT}",
    "figures in figures": "<figure>" * 80 + "<img src=x alt=a><figcaption>c" * 80,
    "drawings in drawings": "<svg role=img width=200><g>" * 80 + f"</svg><p>{TEXT}",
    "notes": marks(3_000, "".join(f"<li id=n{n}>n <a href='#r{n}'>^</a>" for n in range(3_000))),
    "marks of one note": marks(
        3_000, "<div id=n>" + "".join(f"<a href='#q{n}'>^</a>" for n in range(3_000)), "#n"
    ),
    "notes in one place": marks(5_000, "<div>" + "".join(f"<i id=n{n}>" for n in range(5_000))),
    "graphs in graphs": "<script type='application/ld+json'>"
    + '{"@graph":[' * 400
    + "]}" * 400
    + f"</script><p>{TEXT}",
    "authors": "<script type='application/ld+json'>"
    + json.dumps([{"@type": "Article", "author": [{"@id": "#a"}] * 200}] * 1_000)
    + f"</script><p>{TEXT}",
    "a comment": f"<p>{TEXT}" + "<!--" * 300_000,
    "signs": f"<p>{TEXT}" + "<" * 3_000_000,
    "escapes": "<p>" + "&amp;" * 1_000_000,
    "a title": f"<title>{'a | ' * 300_000}</title><h1>{'b - ' * 300_000}</h1><p>{TEXT}",
}


@pytest.fixture
def no_callbacks_of_the_collector() -> Iterator[None]:
    """The tests' own tools have some; what is raised while one runs is lost there."""
    kept = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = kept


@pytest.mark.usefixtures("no_callbacks_of_the_collector")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_would_hold_the_reader_up_has_an_outcome_in_time(name):
    content = f"<html><body>{PAGES[name]}".encode()
    begun = time.process_time()
    try:
        reading = read_html(File(content, "page.html"), LIMITS)
    except Refused as refused:
        assert "nested more than 256 deep" in refused.message
    else:
        assert reading.blocks
    assert time.process_time() - begun < LIMITS.seconds(len(content)) / 2
