"""Read web pages: the article of a page, all of the page, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, BlockKind
from desktop_app.core.words import name_key
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.first_lines import dates_in
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.companions import Companions
from desktop_app.formats.html.facts import each_once, facts_of_page
from desktop_app.formats.html.images import each_image_once
from desktop_app.formats.html.main import main_blocks
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.patience import OutOfPatience, patience
from desktop_app.formats.sentences import warning_of
from desktop_app.formats.text.charset import decode
from desktop_app.formats.text.pictures import Pictures

EXTRACTOR = "html-2"
ALL_OF_IT = (
    "The page is too long to tell its article from what stands beside it; all its text was taken."
)
_MOST_ELEMENTS = 150_000

# What browsers and SingleFile write above a page that they save.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)"
    r"(https?://[^\s<>]{4,1500})",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)


def read_html(
    file: File,
    limits: Limits,
    *,
    find: Callable[[str], bytes | None] | None = None,
    address: str | None = None,
) -> Reading:
    """Read a page; where no article is found in it, all of its text.

    find: gives what lies under an address as the page writes it; None looks in the companions.
    address: where the page comes from, as whoever saved it noted outside of it.
    """
    content = file.content
    if len(content) > limits.html_bytes:
        raise too_large(limits.html_bytes, what="The web page")
    declared = _DECLARED.search(content[:8_000])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    decoded = decode(content, declared=name)
    tree = parse(decoded.text, limits)
    if tree is None:
        return Reading([], [], EXTRACTOR, warning_of([], decoded.warning))
    saved = _SAVED_FROM.search(decoded.text[:4_000])
    facts = facts_of_page(tree, saved_from=saved[1] if saved else address)
    pictures = Pictures(limits)
    if find is None and file.companions:
        find = Companions(file.companions).find
    hidden: set[int] = set()
    aside: set[int] = set()
    origins: list[etree._Element | None] = []
    page: list[Block] = []
    for block in blocks_of(
        tree,
        base=facts.base,
        pictures=pictures,
        find=find,
        hidden=hidden,
        aside=aside,
        origins=origins,
    ):
        page.append(block)
        limits.check_blocks(len(page))
    too_long: str | None = None
    try:
        article = _article(tree, page, origins, limits.seconds(len(content)) / 4)
    except OutOfPatience:
        article, too_long = [], ALL_OF_IT
    proposals = each_once([*facts.proposals, *_visible_date(facts.proposals, page)])
    if not article:
        article = [block for number, block in enumerate(page) if number not in aside] or page
    article = _without_hidden(article, page, hidden, origins)
    title = next((str(p.value) for p in proposals if p.fact is FactName.TITLE), "")
    main = list(each_image_once(article, title=title))
    kept = set(map(id, article))
    seen = [block for n, block in enumerate(page) if n not in hidden or id(block) in kept]
    whole = list(each_image_once(seen, title=title))
    return Reading(
        main,
        proposals,
        EXTRACTOR,
        warning_of(main, decoded.warning, too_long, pictures.say()),
        facts.language,
        whole=None if whole == main else whole,
        pictures=pictures.files([*main, *whole]),
    )


def _without_hidden(
    article: list[Block],
    page: Sequence[Block],
    hidden: set[int],
    origins: Sequence[etree._Element | None],
) -> list[Block]:
    """An article without what the page does not show; all of it where a script would uncover it."""
    unseen = {
        id(block)
        for number, block in enumerate(page)
        if number in hidden or _is_for_eyes_alone(origins[number])
    }
    seen = [block for block in article if id(block) not in unseen]
    if len(seen) == len(article):
        return article
    return seen if 2 * _letters(seen) >= _letters(article) else article


def _is_for_eyes_alone(element: etree._Element | None) -> bool:
    while element is not None:
        if element.get("aria-hidden") == "true":
            return True
        element = element.getparent()
    return False


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _article(
    tree: etree._Element,
    page: Sequence[Block],
    origins: Sequence[etree._Element | None],
    seconds: float,
) -> list[Block]:
    """The blocks of the article; raises OutOfPatience where it is not found in time."""
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise OutOfPatience
    if not page:
        return []
    with patience(seconds):
        return main_blocks(tree, page, origins)


def _visible_date(proposals: Sequence[Proposal], page: Sequence[Block]) -> list[Proposal]:
    """A date that stands right by the headline."""
    titles = {name_key(str(p.value)) for p in proposals if p.fact is FactName.TITLE}
    for number, block in enumerate(page):
        if block.kind is BlockKind.HEADING and name_key(block.text) in titles:
            near = [near.text for near in page[max(number - 3, 0) : number + 9]]
            return [p for p in dates_in(near, "date on the page") if p.value]
    return []
