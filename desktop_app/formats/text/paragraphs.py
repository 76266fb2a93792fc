"""Lines of plain text to paragraphs.

Two manners are met: paragraphs wrapped at some 70 columns with blank lines between, and one long
line a paragraph. A line goes on in the next one only where the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.core.text import Block, BlockKind

_NARROWEST = 40
_WIDEST = 110  # lines longer than this were not wrapped by hand or mailer
_COLUMNS = re.compile(r"\S(?:\t+| {3,})\S")
_BULLET = re.compile(r"\s*(?:[-*•·–—+]|\(?\d{1,3}[.)]|[a-z]\))\s+\S")
_RULE = re.compile(r"[\s=*_~#.\-–—•]*")


def paragraphs(text: str, *, width: int | None = None) -> Iterator[Block]:
    """The blocks of a plain text; text must be clean. Rules made of dashes are left out.

    width: the column at which lines were wrapped, 0 where they were not; None looks for it.
    """
    lines = text.expandtabs(8).split("\n") if "\t" in text and "\n\t" in text else text.split("\n")
    width = _width(lines) if width is None else width
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield from _blocks(group, width)
            group = []
    if group:
        yield from _blocks(group, width)


def _width(lines: Sequence[str]) -> int:
    """The column at which the text was wrapped; 0 where it was not."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 2:
        return 0
    width = lengths[min(int(len(lengths) * 0.98), len(lengths) - 1)]
    return width if _NARROWEST <= width <= _WIDEST else 0


def _blocks(group: Sequence[str], width: int) -> Iterator[Block]:
    if len(group) > 1 and _is_preformatted(group):
        indent = min(len(line) - len(line.lstrip()) for line in group)
        yield Block(BlockKind.PREFORMATTED, "\n".join(line[indent:] for line in group))
        return
    paragraph: list[str] = []
    for number, line in enumerate(group):
        if _RULE.fullmatch(line):
            yield from _joined(paragraph)
            paragraph = []
            continue
        paragraph.append(line.strip())
        follower = group[number + 1] if number + 1 < len(group) else ""
        if not follower or not _goes_on(line, follower, width):
            yield from _joined(paragraph)
            paragraph = []
    yield from _joined(paragraph)


def _goes_on(line: str, follower: str, width: int) -> bool:
    """Tell whether the next line is the same paragraph wrapped."""
    if not width or _BULLET.match(follower):
        return False
    first_word = len(follower.split(maxsplit=1)[0])
    return len(line) + 1 + first_word > width - 2 and len(line) <= width + 20


def _is_preformatted(group: Sequence[str]) -> bool:
    """Tables in columns, and listings set in by four or more everywhere."""
    columns = sum(1 for line in group if _COLUMNS.search(line.strip()))
    return columns * 2 > len(group) or all(line.startswith("    ") for line in group)


def _joined(lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Block(BlockKind.PARAGRAPH, " ".join(lines))
