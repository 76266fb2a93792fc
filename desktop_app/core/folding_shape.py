"""What gives boilerplate away by its looks: share bars, photo credits, page heads, the headline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from desktop_app.core.lines import Line
from desktop_app.core.text import Block, BlockKind, SpanKind
from desktop_app.core.words import name_key

_NETWORKS = frozenset(
    re.findall(
        r"\S+",
        """facebook twitter pinterest linkedin whatsapp reddit telegram messenger tumblr flipboard
    instapaper digg stumbleupon delicious bluesky mastodon threads viber skype xing instagram
    youtube vkontakte vk tiktok""",
    )
)
_VERBS = frozenset(("share", "tweet", "email", "print", "teilen", "twittern", "mailen", "drucken"))
_BESIDE_NETWORKS = frozenset(
    re.findall(
        r"\S+",
        """email e mail print share tweet twittern mailen pin copy link google plus pocket more on via by to this it sms
    save line buffer hacker news like follow x rss feed us comment comments bookmark # shares
    teilen drucken partager imprimer compartir imprimir condividi stampa delen afdrukken
    compartilhar imprimir fb wechat weibo kindle favorites mix and or opens in new window tab""",
    )
)
_AGENCY = (
    r"(?:Getty(?: Images)?|GETTY(?: IMAGES)?|AFP|Reuters|REUTERS|Associated Press|AP|EPA|EFE|Shutterstock"
    r"|Alamy(?: Stock Photo)?|iStock(?:photo)?|Unsplash|Rex(?: Features)?|PA(?: Wire| Images)?|dpa|DPA"
    r"|[Pp]icture [Aa]lliance|imago|IMAGO|Corbis|Bloomberg|Wikimedia(?: Commons)?|Flickr|Pixabay|Pexels"
    r"|TASS|Xinhua|ANP|ANSA|KEYSTONE|Keystone)"
)
_CREDIT_LABEL = re.compile(
    r"(?i)\W{0,3}(?:photo(?:graph(?:y|s|er)?|s)?|images?|pictures?|fotos?|fotograf(?:ie|ía)|bild(?:er)?"
    r"|illustration|cr[ée]dits?(?: photo)?|photo credits?|image credits?|abbildung|imagen|imagem"
    r"|cr[ée]dito)"
    r"(?: (?:credits?|courtesy|source|by|from))?\s*[:©]\s*(?P<name>\S.{1,110})"
)
_AGENCY_END = re.compile(
    rf"\W{{0,3}}[^.!?\n]{{0,70}}(?:/|\b[Vv]ia |—|–|\||\(|©|\b[Pp]hoto: ?)\s*{_AGENCY}"
    rf"(?:\s*[/,|]\s*[\w .]{{2,30}})?\W{{0,3}}"
)
_AGENCY_NAME = re.compile(rf"{_AGENCY}\b")
_AGENCY_START = re.compile(
    r"(?:\((?:AP|AFP|Reuters|EPA)[ /][^()]{2,60}\)|REUTERS/[\w .'’-]{2,50})\W{0,2}"
)
_COPYRIGHT = re.compile(
    r"\W{0,3}(?:©|\([cC]\)|Copyright ©?)\s*(?:\d{4}(?:[-–]\d{2,4})?)\b[^.!?]{0,80}\.?"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*/\s*-?\d{1,2}:\d{2}(?::\d{2})?")
_LABELLED = re.compile(r".{20,}[^.!?]\s*\[[A-Z][A-Z ]{2,16}\]\W{0,3}")
_TITLE = 170  # letters of a line that may be the title of another article
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
    """How many networks a line names that holds nothing else, or asks to follow somebody there."""
    words = line.line.split(" ")
    networks = sum(word in _NETWORKS for word in words)
    if words[0] == "follow" and networks >= 2 and len(line.text) <= 130:
        return networks
    if len(words) > 30 or not all(w in _NETWORKS or w in _BESIDE_NETWORKS for w in words):
        return 0
    return max(networks, sum(word in _VERBS for word in words))


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
        if len(name.split()) > 12 or _MORE_SENTENCES.search(name):
            return False
        return not name[0].islower() or _AGENCY_NAME.match(name) is not None
    return _AGENCY_START.fullmatch(text) is not None or (
        len(text.split()) <= 14 and _AGENCY_END.fullmatch(text) is not None
    )


def is_copyright(text: str) -> bool:
    """Whether a line claims copyright and nothing else: "© 2016 The Daily Example"."""
    return len(text) <= 120 and _COPYRIGHT.fullmatch(text) is not None


def is_clock(text: str) -> bool:
    """Whether a line is the clock of a player: "00:00 / 04:31"."""
    return len(text) <= 30 and _CLOCK.fullmatch(text) is not None


def is_labelled_link(text: str) -> bool:
    """Whether a line is the headline of another article with a label: "… [VIDEO]"."""
    return len(text) <= _TITLE and _LABELLED.fullmatch(text) is not None


def links_at_end(
    blocks: Sequence[Block], lines: Sequence[Line], end: int, taken: Sequence[bool]
) -> list[int]:
    """The numbers of the lines that end the text and are nothing but links, where there are some.

    end: the number of the line behind the text. taken: which lines are folded already.
    """
    found: list[int] = []
    for number in range(end - 1, -1, -1):
        if taken[number]:
            continue
        if not _is_link(blocks[lines[number].block], lines[number]):
            break
        found.append(number)
    before = sum(len(line.text) >= 100 for line in lines[: found[-1]]) if found else 0
    return found if len(found) >= 2 and before >= 3 else []


def _is_link(block: Block, line: Line) -> bool:
    """Whether a line is one link to an article: words, not an address, and no whole sentence."""
    return (
        len(block.text) <= _TITLE
        and block.text.count(" ") >= 2
        and "://" not in block.text
        and not block.text.endswith(".")
        and len(line.text) == len(block.text.strip())
        and any(
            span.kind is SpanKind.LINK and span.end - span.start >= len(line.text)
            for span in block.spans
        )
    )


def is_credit_in_brackets(text: str) -> bool:
    """Whether brackets at the end of prose say nothing but who made a picture."""
    return _AGENCY_START.fullmatch(text) is not None or (
        _CREDIT_LABEL.fullmatch(text) is not None and is_photo_credit(text)
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
        if page is not None and blocks[line.block].kind is not BlockKind.TABLE_ROW:
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
