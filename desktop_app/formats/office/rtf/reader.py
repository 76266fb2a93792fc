"""Read RTF: headings, paragraphs, lists, tables, notes, comments and pictures."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.facts import (
    PROPERTIES,
    authors_stated,
    facts_of_text,
    made_on,
    title_stated,
)
from desktop_app.formats.office.rtf.tokens import Tokens
from desktop_app.formats.office.rtf.walk import Walk
from desktop_app.formats.sentences import CUT_SHORT, DELETED, HIDDEN, embedded, lost, warning_of
from desktop_app.formats.text.pictures import Pictures

EXTRACTOR = "rtf-1"


def read_rtf(file: File, limits: Limits) -> Reading:
    """Read an RTF file; what cannot be decoded is shown as \ufffd and said."""
    walk = Walk(Tokens(file.content), limits, Pictures(limits))
    walk.run()
    blocks = walk.end()
    limits.check_blocks(len(blocks))
    info = walk.info
    proposals = [
        *title_stated(info.get("title", ""), PROPERTIES),
        *authors_stated([info.get("author", "")], PROPERTIES),
        *facts_of_text(blocks),
        *made_on(_created(info), PROPERTIES),
    ]
    warning = warning_of(
        blocks,
        CUT_SHORT if walk.cut_short else None,
        lost(walk.lost),
        DELETED if walk.left_out else None,
        HIDDEN if walk.hidden else None,
        embedded(walk.objects),
        walk.pictures.say(),
    )
    files = walk.pictures.files(blocks)
    return Reading(blocks, proposals, EXTRACTOR, warning, pictures=files)


def _created(info: Mapping[str, str]) -> str:
    """The day, month or year on which the file was made, as far as it says; empty for none."""
    parts: list[str] = []
    for name, width in (("yr", 4), ("mo", 2), ("dy", 2)):
        if not (number := info.get(name, "")).isdecimal() or not int(number):
            break
        parts.append(number.zfill(width))
    return "-".join(parts)
