"""What office documents say about themselves: in their properties, and in their first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, BlockKind, SpanKind, one_line
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.facts.proposals import guessed, language_code, stated
from desktop_app.formats.facts.written_dates import read_date

# What programs write where nobody gave a title.
_NO_TITLE = re.compile(
    r"(?i)(?:microsoft word|powerpoint) -.*|.*\.(?:docx?|odt|rtf|dotx?|tmp)|untitled.*|document ?\d*"
    r"|dokument ?\d*|unknown|no title|title|normal|template|word document|\W*|ohne titel.*"
)
_NOBODY = re.compile(
    r"(?i)(?:windows |microsoft )?(?:user|office user)|unknown|author|admin(?:istrator)?|owner|\W*"
    r"|python-docx|apache poi|user\d*|default|creator"
)
# Where clocks of programs begin that were never set.
_CLOCKS_BEGIN = ("0000", "1601", "1899", "1904-01-01", "1970-01-01", "1980-01-01")
_LINES = 40
PROPERTIES = "document properties"


def title_stated(title: str, place: str) -> list[Proposal]:
    """The title that a file's properties name, unless a program put it there."""
    line = one_line(title)
    return [] if _NO_TITLE.fullmatch(line) else stated(FactName.TITLE, line, place)


def authors_stated(names: Sequence[str], place: str) -> list[Proposal]:
    """The authors that a file's properties name, unless a program put them there."""
    split = [part.strip() for name in names for part in name.split(";")]
    people = [name for name in split if not _NOBODY.fullmatch(name)]
    return stated(FactName.AUTHORS, people, place)


def made_on(written: str, place: str) -> list[Proposal]:
    """The day on which a file was made: a poor guess at when its text was published."""
    found = read_date(written[:10]) if not written.startswith(_CLOCKS_BEGIN) else None
    return guessed(FactName.PUBLISHED, found, f"{place}: made on", 0.3) if found else []


def language_stated(written: str, place: str) -> list[Proposal]:
    """The language that a file names, "en" of "en-GB"; programs often name their own."""
    return stated(FactName.LANGUAGE, language_code(written), place)


def facts_of_text(blocks: Sequence[Block]) -> list[Proposal]:
    """What the first lines say: a heading of the first level before a line that looks like one."""
    text = [block for block in blocks[:_LINES] if block.note is None]
    heading = next(
        (_unmarked(b) for b in text[:20] if b.kind is BlockKind.HEADING and b.level == 1), None
    )
    lines = [line for block in text for line in _unmarked(block).split("\n")]
    titles = guessed(FactName.TITLE, heading, "first heading", 0.9) if heading else []
    return [*titles, *from_first_lines(lines)]


def _unmarked(block: Block) -> str:
    """The text of a block without the marks of its notes."""
    text = block.text
    for span in reversed(block.spans):
        if span.kind is SpanKind.NOTE:
            text = text[: span.start] + text[span.end :]
    return text
