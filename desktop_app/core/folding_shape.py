"""What gives boilerplate away by its looks: share bars, photo credits, page heads, the headline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from desktop_app.core.lines import Line
from desktop_app.core.text import Block, BlockKind
from desktop_app.core.words import name_key

_NETWORKS = frozenset(
    re.findall(
        r"\S+",
        """facebook twitter pinterest linkedin whatsapp reddit telegram messenger tumblr flipboard
    instapaper digg stumbleupon delicious bluesky mastodon threads viber skype xing instagram
    youtube vkontakte vk tiktok""",
    )
)
_BESIDE_NETWORKS = frozenset(
    re.findall(
        r"\S+",
        """email e mail print share tweet pin copy link google plus pocket more on via by to this it sms
    save line buffer hacker news like follow x rss feed us comment comments bookmark # shares
    teilen drucken partager imprimer compartir imprimir condividi stampa delen afdrukken
    compartilhar imprimir fb wechat weibo kindle favorites mix and or opens in new window tab""",
    )
)
_AGENCY = (
    r"(?:getty(?: images)?|afp|reuters|associated press|ap|epa|efe|shutterstock|alamy(?: stock photo)?"
    r"|i?stock(?:photo)?|unsplash|rex(?: features)?|pa(?: wire| images)?|dpa|picture alliance|imago"
    r"|corbis|bloomberg|wikimedia(?: commons)?|flickr|pixabay|pexels|tass|xinhua|anp|ansa|keystone)"
)
_CREDIT_LABEL = re.compile(
    r"(?i)\W{0,3}(?:photo(?:graph(?:y|s|er)?|s)?|images?|pictures?|fotos?|fotograf(?:ie|ía)|bild(?:er)?"
    r"|illustration|cr[ée]dits?(?: photo)?|photo credits?|image credits?|abbildung|imagen|imagem"
    r"|cr[ée]dito)"
    r"(?: (?:credits?|courtesy|source|by|from))?\s*[:©]\s*(?P<name>\S.{1,110})"
)
_AGENCY_END = re.compile(
    rf"(?i)\W{{0,3}}[^.!?\n]{{0,70}}(?:/|\bvia |—|–|\||\(|©|\bphoto: ?)\s*{_AGENCY}"
    rf"(?:\s*[/,|]\s*[\w .]{{2,30}})?\W{{0,3}}"
)
_AGENCY_START = re.compile(
    r"(?:\((?:AP|AFP|Reuters|EPA)[ /][^()]{2,60}\)|REUTERS/[\w .'’-]{2,50})\W{0,2}"
)
_MORE_SENTENCES = re.compile(r"[.!?]\s+\S")

_HEADLINE_BLOCKS = 6
_EDGE = 2  # so many lines at the top and at the bottom of a page may be its head or foot
_PAGES = 3
_LONGEST_HEAD = 120
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_PAGE_WORDS = frozenset(
    ("#", "page", "seite", "pagina", "s", "p", "pp", "of", "von", "de", "sur", "di", "van")
)


def is_share_bar(line: Line) -> int:
    """How many networks a line of nothing but names of networks and what stands beside them has."""
    words = line.line.split(" ")
    if len(words) > 30 or not all(w in _NETWORKS or w in _BESIDE_NETWORKS for w in words):
        return 0
    return sum(word in _NETWORKS for word in words)


def is_beside_share_bar(line: Line) -> bool:
    """Whether a line may be part of a share bar that its neighbours are."""
    words = line.line.split(" ") if line.line else []
    return 0 < len(words) <= 4 and all(w in _NETWORKS or w in _BESIDE_NETWORKS for w in words)


def is_photo_credit(text: str) -> bool:
    """Whether a line says nothing but who made a picture."""
    if len(text) > 140:
        return False
    label = _CREDIT_LABEL.fullmatch(text)
    if label is not None:
        name = label["name"]
        return len(name.split()) <= 12 and _MORE_SENTENCES.search(name) is None
    return _AGENCY_START.fullmatch(text) is not None or (
        len(text.split()) <= 14 and _AGENCY_END.fullmatch(text) is not None
    )


def headlines(blocks: Sequence[Block], title: str) -> list[int]:
    """The numbers of the first blocks that are copies of the title."""
    key = name_key(title)
    told: list[int] = []
    for number, block in enumerate(blocks):
        if block.text:
            told.append(number)
            if len(told) == _HEADLINE_BLOCKS:
                break
    copies = [
        number
        for number in told
        if len(blocks[number].text) <= 3 * len(title) + 20 and name_key(blocks[number].text) == key
    ]
    if len(copies) == 1 and _is_sentence(blocks[copies[0]]):
        return []
    return copies


def _is_sentence(block: Block) -> bool:
    """A first sentence that had to serve as the title is part of the text."""
    return block.kind is not BlockKind.HEADING and block.text.endswith((".", ":", ";", ","))


def page_edges(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[tuple[int, bool]]:
    """The numbers of lines that are page numbers (True), or heads and feet of pages (False)."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        page = blocks[line.block].page
        if page is not None:
            pages[page].append(number)
    if len(pages) < _PAGES:
        return
    tops: Counter[str] = Counter()
    bottoms: Counter[str] = Counter()
    edges: list[tuple[int, str, Counter[str]]] = []
    for numbers in pages.values():
        half = min(_EDGE, (len(numbers) + 1) // 2)
        for chosen, counter in ((numbers[:half], tops), (numbers[-half:], bottoms)):
            kinds = {number: _edge(lines[number].line) for number in chosen}
            counter.update({kind for kind in kinds.values() if kind})
            edges.extend((number, kind, counter) for number, kind in kinds.items() if kind)
    for number, kind, counter in edges:
        if counter[kind] >= _PAGES:
            yield number, kind == "#"


def _edge(line: str) -> str:
    """The line as it is compared from page to page; "#" for a page number, "" for no short line."""
    if not line or len(line) > _LONGEST_HEAD:
        return ""
    words = line.split(" ")
    if _ROMAN.fullmatch(line) or ("#" in words and all(word in _PAGE_WORDS for word in words)):
        return "#"
    return line
