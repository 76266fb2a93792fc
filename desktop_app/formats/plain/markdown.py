"""Read Markdown: headings, lists, quotations, code, tables and links; HTML in it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, BlockKind, Picture, SpanKind, block_of_runs, clean
from desktop_app.formats.extract import LINK_SCHEMES, Proposal
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.facts.proposals import guessed, language_code, stated
from desktop_app.formats.facts.written_dates import read_date
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.images import of_data
from desktop_app.formats.limits import Limits
from desktop_app.formats.sentences import joined, warning_of
from desktop_app.formats.text.charset import decode
from desktop_app.formats.text.links import target_of
from desktop_app.formats.text.paragraphs import paragraphs
from desktop_app.formats.text.pictures import Pictures

EXTRACTOR = "md-1"
TOO_DEEP = (
    "Its lists or quotations are nested too deep to be set as such; it is shown as plain text."
)
_DEEPEST = 60

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_FACTS = {
    "title": FactName.TITLE,
    "author": FactName.AUTHORS,
    "authors": FactName.AUTHORS,
    "creator": FactName.AUTHORS,
    "date": FactName.PUBLISHED,
    "published": FactName.PUBLISHED,
    "source": FactName.SOURCE,
    "publisher": FactName.SOURCE,
    "publication": FactName.SOURCE,
    "site": FactName.SOURCE,
    "url": FactName.URL,
    "link": FactName.URL,
    "lang": FactName.LANGUAGE,
    "language": FactName.LANGUAGE,
}
_SPANS = {"strong": SpanKind.BOLD, "em": SpanKind.ITALIC}
_Run = tuple[str, tuple[tuple[SpanKind, str | None], ...]]


def read_markdown(file: File, limits: Limits) -> Reading:
    """Read Markdown as CommonMark with tables, its front matter as what it says about itself.

    Of its pictures those are shown that are written into it; the others are placeholders.
    """
    limits.check_text(len(file.content))
    decoded = decode(file.content)
    text = clean(decoded.text)
    front: list[Proposal] = []
    found = _FRONT.match(text)
    if found:
        front = list(_front_matter(found[1]))
        text = text[found.end() :]
    options = {"html": False, "maxNesting": _DEEPEST}
    tokens = MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).parse(text)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        # The parser leaves out what lies deeper.
        plain = list(paragraphs(text))
        limits.check_blocks(len(plain))
        return Reading(plain, front, EXTRACTOR, joined(decoded.warning, TOO_DEEP))
    pictures = Pictures(limits)
    blocks: list[Block] = []
    for block in _blocks(tokens, pictures):
        if block.text or block.picture:
            blocks.append(block)
            limits.check_blocks(len(blocks))
    proposals = [*front, *_heading(blocks)]
    lines = [line for block in blocks[:40] for line in block.text.split("\n")]
    proposals += from_first_lines(lines)
    languages = [p for p in proposals if p.fact is FactName.LANGUAGE]
    others = [p for p in proposals if p.fact is not FactName.LANGUAGE]
    return Reading(
        blocks,
        others,
        EXTRACTOR,
        warning_of(blocks, decoded.warning, pictures.say()),
        languages,
        pictures=pictures.files(blocks),
    )


def _heading(blocks: Sequence[Block]) -> list[Proposal]:
    """The first heading of the first level is the title."""
    for block in blocks[:20]:
        if block.kind is BlockKind.HEADING and block.level == 1:
            return guessed(FactName.TITLE, block.text, "first heading", 0.9)
    return []


def _front_matter(text: str) -> Iterator[Proposal]:
    """Plain `name: value` lines and lists; what is nested deeper is passed over."""
    values: dict[str, list[str]] = {}
    name = ""
    for line in text.split("\n"):
        if found := _FIELD.fullmatch(line):
            name = found[1].strip().lower()
            value = found[2].strip()
            if value.startswith("[") and value.endswith("]"):
                values[name] = [_bare(part) for part in value[1:-1].split(",")]
            else:
                values[name] = [_bare(value)] if _bare(value) else []
        elif name and (item := re.fullmatch(r"\s*-\s+(.*)", line)):
            values[name].append(_bare(item[1]))
    for name, found_values in values.items():
        fact = _FACTS.get(name)
        if fact is None or not found_values:
            continue
        if fact is FactName.AUTHORS:
            yield from stated(fact, found_values, "front matter")
            continue
        value = found_values[0]
        if fact is FactName.PUBLISHED:
            value = read_date(value) or ""
        if fact is FactName.URL and not value.startswith(LINK_SCHEMES[:2]):
            continue
        if fact is FactName.LANGUAGE:
            value = language_code(value)
        yield from stated(fact, value, "front matter")


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _blocks(tokens: Sequence[Token], pictures: Pictures) -> Iterator[Block]:
    lists: list[int | None] = []  # the next number of each open list, None for bullets
    number: int | None = None
    in_item = quotes = heading = 0
    row: list[_Run] | None = None
    for token in tokens:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1) if kind.startswith("ordered") else None
            lists.append(start)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            in_item += 1
            number = lists[-1]
            if number is not None:
                lists[-1] = number + 1
        elif kind == "list_item_close":
            in_item -= 1
        elif kind == "blockquote_open":
            quotes += 1
        elif kind == "blockquote_close":
            quotes -= 1
        elif kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "heading_close":
            heading = 0
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close":
            yield block_of_runs(BlockKind.TABLE_ROW, row or [])
            row = None
        elif kind in ("fence", "code_block"):
            yield block_of_runs(BlockKind.PREFORMATTED, [(token.content.rstrip("\n"), ())])
        elif kind == "inline" and row is not None:
            if row:
                row.append(("\t", ()))
            row.extend((text.replace("\n", " "), kinds) for text, kinds in _runs(token))
            row.append(("", ()))
        elif kind == "inline":
            image = _only_image(token)
            if image is not None:
                made = block_of_runs(BlockKind.IMAGE, [(image.content, ())])
                yield replace(made, picture=_picture(image, pictures))
            elif heading:
                yield block_of_runs(BlockKind.HEADING, _runs(token), level=heading)
            elif in_item:
                yield block_of_runs(
                    BlockKind.LIST_ITEM, _runs(token), level=len(lists), number=number
                )
                number = None
            else:
                yield block_of_runs(
                    BlockKind.QUOTATION if quotes else BlockKind.PARAGRAPH, _runs(token)
                )


def _only_image(token: Token) -> Token | None:
    """The image of a paragraph that is nothing else; None for every other one."""
    parts = [part for part in token.children or [] if part.type != "text" or part.content.strip()]
    if len(parts) == 1 and parts[0].type == "image":
        return parts[0]
    return None


def _picture(image: Token, pictures: Pictures) -> Picture | None:
    """What an image shows; None for one that is written into the text and cannot be shown."""
    source = str(image.attrGet("src") or "").strip()
    if source[:5].lower() == "data:":
        return pictures.take(content) if (content := of_data(source)) else Picture()
    address = target_of(source, None)
    return Picture(None, address if address and address.startswith("http") else None)


def _runs(token: Token) -> Iterator[_Run]:
    kinds: list[tuple[SpanKind, str | None]] = []
    for part in token.children or []:
        name, _, end = part.type.rpartition("_")
        if name in _SPANS and end == "open":
            kinds.append((_SPANS[name], None))
        elif name == "link" and end == "open":
            kinds.append((SpanKind.LINK, target_of(str(part.attrGet("href") or ""), None)))
        elif (name in _SPANS or name == "link") and end == "close":
            kinds.pop()
        elif part.type == "code_inline":
            yield part.content, (*_with_target(kinds), (SpanKind.CODE, None))
        elif part.type == "softbreak":
            yield " ", _with_target(kinds)
        elif part.type == "hardbreak":
            yield "\n", ()
        elif part.content:
            yield part.content, _with_target(kinds)


def _with_target(
    kinds: Sequence[tuple[SpanKind, str | None]],
) -> tuple[tuple[SpanKind, str | None], ...]:
    """A link that leads nowhere is plain text."""
    return tuple(kind for kind in kinds if kind[0] is not SpanKind.LINK or kind[1])
