"""Read RTF: headings, paragraphs, lists, tables, notes, comments and pictures."""

from __future__ import annotations

from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits
from desktop_app.formats.office_facts import (
    authors_stated,
    facts_of_text,
    made_on,
    title_stated,
    warning_of,
)
from desktop_app.formats.pictures import Pictures
from desktop_app.formats.rtf_tokens import Tokens
from desktop_app.formats.rtf_walk import Walk

EXTRACTOR = "rtf-1"


def read_rtf(file: File, limits: Limits) -> Reading:
    """Read an RTF file; what cannot be decoded is shown as \ufffd and said."""
    walk = Walk(Tokens(file.content), limits, Pictures(limits))
    walk.run()
    blocks = walk.end()
    limits.check_blocks(len(blocks))
    info = walk.info
    created = "-".join(f"{int(info.get(part, 0) or 0):02}" for part in ("yr", "mo", "dy"))
    proposals = [
        *title_stated(info.get("title", ""), "document properties"),
        *authors_stated([info.get("author", "")], "document properties"),
        *facts_of_text(blocks),
        *made_on(created, "document properties"),
    ]
    warning = warning_of(
        blocks,
        _lost(walk.lost),
        "Text that is marked as deleted was left out." if walk.left_out else None,
        "Hidden text was left out." if walk.hidden else None,
        walk.pictures.say(),
    )
    files = walk.pictures.files(blocks)
    return Reading(blocks, proposals, EXTRACTOR, warning, pictures=files)


def _lost(count: int) -> str | None:
    if count == 1:
        return "One character could not be read and is shown as \ufffd."
    return f"{count:,} characters could not be read and are shown as \ufffd." if count else None
