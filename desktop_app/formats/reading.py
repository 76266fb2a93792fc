"""Bytes to an Extract: unpack, tell what it is, have the right reader read it.

Runs in the child only; what it imports is large and takes foreign bytes.
"""

from __future__ import annotations

from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.finish import finish
from desktop_app.formats.language import language_of
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.plain_text import read_plain_text
from desktop_app.formats.sniff import MediaType, head_of, sniff
from desktop_app.formats.unpack import gunzip


def warm() -> None:
    """Load what nearly every document needs, before the first one's clock runs."""
    language_of(
        "Load the language model now, so that the first document need not wait for it. " * 2
    )


def read(content: bytes, name: str, limits: Limits) -> Extract:
    """Read a file's bytes; raises Refused with the reason. name: for the suffix."""
    if len(content) > limits.file_bytes:
        raise too_large(limits.file_bytes)
    # A browser may have unpacked the file and kept its name.
    name = name[:-3] if name.lower().endswith(".gz") else name
    kind = sniff(head_of(content), name)
    if kind is MediaType.GZIP:
        content = gunzip(content, limits.text_bytes)
        kind = sniff(head_of(content), name)
        if kind is MediaType.GZIP:
            raise Refused(
                "It is packed with gzip twice.", "Unpack it once and import what comes out."
            )
    if kind in (MediaType.HTML, MediaType.XHTML):
        from desktop_app.formats.html import read_html

        return finish(read_html(content, limits), kind.value)
    if len(content) > limits.text_bytes:
        raise too_large(limits.text_bytes)
    if kind is MediaType.MARKDOWN:
        from desktop_app.formats.markdown import read_markdown

        return finish(read_markdown(content, limits), kind.value)
    return finish(read_plain_text(content, limits), kind.value)
