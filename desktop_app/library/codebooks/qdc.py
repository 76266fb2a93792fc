"""The codebook of the REFI-QDA standard, `.qdc`: codes in codes, each with a colour and a text.

Namespace `urn:QDA-XML:codebook:1.0`. What Postil says of a tag beside its definition stands in the
description (see describing.py). Files of other programs are read also where they leave the standard
in small things; a document type, by which harmful files grow, is refused before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.errors import Problem
from desktop_app.library.codebooks.taguette import described

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Postil"

# What XML has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written_qdc(codebook: Codebook) -> bytes:
    """Write the tags of a collection as the standard has it."""
    if not codebook.tags:
        raise Problem(
            "A .qdc file holds at least one tag, and this collection has none.",
            "Nothing has been written.",
        )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<CodeBook xmlns="{NAMESPACE}" origin="{ORIGIN}">',
        "<Codes>",
        *_codes(codebook),
        "</Codes>",
        "</CodeBook>",
    ]
    return ("\n".join(lines) + "\n").encode()


def not_in_xml(codebook: Codebook) -> int:
    """How many tags have a character that XML has no way to write; U+FFFD stands for it there."""
    return sum(
        bool(_UNWRITABLE.search(tag.name) or _UNWRITABLE.search(described(tag)))
        for tag in codebook.tags
    )


def _codes(codebook: Codebook) -> Iterator[str]:
    """The tags, which stand parents first, opened and closed."""
    open_: list[str] = []
    for tag in codebook.tags:
        while open_ and open_[-1] != tag.parent:
            open_.pop()
            yield "</Code>"
        open_.append(tag.uuid)
        yield from _opened(tag)
    yield from ("</Code>" for _ in open_)


def _opened(tag: CodebookTag) -> Iterator[str]:
    colour = f' color="{tag.colour}"' if tag.colour else ""
    name = quoteattr(_UNWRITABLE.sub("\ufffd", tag.name))
    yield f'<Code guid="{tag.uuid}" name={name} isCodable="true"{colour}>'
    if text := _UNWRITABLE.sub("\ufffd", described(tag)):
        yield f"<Description>{escape(text)}</Description>"
