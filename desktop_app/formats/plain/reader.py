"""Read plain text."""

from __future__ import annotations

from desktop_app.core.text import Block, clean
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits
from desktop_app.formats.text.charset import decode
from desktop_app.formats.text.paragraphs import paragraphs

EXTRACTOR = "txt-1"


def read_plain_text(file: File, limits: Limits) -> Reading:
    """Read text in any charset into paragraphs; raises Refused for what is no text."""
    limits.check_text(len(file.content))
    decoded = decode(file.content)
    blocks: list[Block] = []
    for block in paragraphs(clean(decoded.text.replace("\f", "\n\n"))):
        blocks.append(block)
        limits.check_blocks(len(blocks))
    lines = [line for block in blocks for line in block.text.split("\n")]
    return Reading(blocks, from_first_lines(lines), EXTRACTOR, decoded.warning)
