"""Bytes to an Extract: unpack, tell what it is, have the right reader read it.

Runs in the child only; what it imports is large and takes foreign bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import islice

from desktop_app.core.folding import Phrases
from desktop_app.core.folding_phrases import BUILT_IN_PHRASES
from desktop_app.formats.containers.gzipped import gunzip
from desktop_app.formats.containers.zips import Zip, is_locked_office, locked, zip_kind
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.facts.language import language_of
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading, finish
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.mbox import split_mbox
from desktop_app.formats.plain.reader import read_plain_text
from desktop_app.formats.sentences import LEFT, UNPACK
from desktop_app.formats.sniff import MediaType, head_of, sniff


def warm() -> None:
    """Load what nearly every document needs, before the first one's clock runs."""
    language_of(
        "Load the language model now, so that the first document need not wait for it. " * 2
    )


def read(file: File, limits: Limits, *, phrases: Phrases = BUILT_IN_PHRASES) -> Extract:
    """Read a file; raises Refused with the reason."""
    told, kind = _told(file, limits)
    reader = READERS.get(kind)
    if reader is None:
        raise Refused("It holds several documents.", UNPACK)
    return finish(reader(told, limits), kind.value, phrases=phrases)


def attachment(file: File, limits: Limits, number: int) -> tuple[str, bytes]:
    """Take an attachment out of a file, counted as its extract lists them; raises Refused."""
    told, kind = _told(file, limits)
    if kind is MediaType.MAIL:
        from desktop_app.formats.mail.reader import attachment_of_mail

        return attachment_of_mail(told, limits, number)
    if kind is MediaType.PDF:
        from desktop_app.formats.pdf.document import attachment_in

        return attachment_in(told.content, number, limits.entry_bytes)
    raise Refused("Files of this kind have no attachments.", LEFT)


def _told(file: File, limits: Limits) -> tuple[File, MediaType]:
    """Unpack a file where it is packed, and tell its kind; raises Refused."""
    content = file.content
    if len(content) > limits.file_bytes:
        raise too_large(limits.file_bytes)
    if is_locked_office(content):
        raise locked()
    # A browser may have unpacked the file and kept its name.
    name = file.name[:-3] if file.name.lower().endswith(".gz") else file.name
    kind = sniff(head_of(content), name)
    if kind is MediaType.GZIP:
        content = gunzip(content, limits.text_bytes)
        kind = sniff(head_of(content), name)
        if kind is MediaType.GZIP:
            raise Refused("It is packed with gzip twice.", UNPACK)
        messages = split_mbox(BytesIO(content), limits)
        if kind is MediaType.MAIL and len(list(islice(messages, 2))) > 1:
            kind = MediaType.MBOX
    if kind is MediaType.ZIP:
        kind = zip_kind(Zip(content, limits).names) or kind
    return File(content, name, file.companions), kind


# What is large is imported when it is first needed.


def _markdown(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.plain.markdown import read_markdown

    return read_markdown(file, limits)


def _html(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.html.reader import read_html

    return read_html(file, limits)


def _rtf(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.office.rtf.reader import read_rtf

    return read_rtf(file, limits)


def _pdf(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.pdf.reader import read_pdf

    return read_pdf(file, limits)


def _epub(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.epub.reader import read_epub

    return read_epub(file, limits)


def _docx(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.office.docx.reader import read_docx

    return read_docx(file, limits)


def _odt(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.office.odt.reader import read_odt

    return read_odt(file, limits)


def _mail(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.mail.reader import read_mail

    return read_mail(file, limits)


def _mhtml(file: File, limits: Limits) -> Reading:
    from desktop_app.formats.mail.mhtml import read_mhtml

    return read_mhtml(file, limits)


READERS: Mapping[MediaType, Callable[[File, Limits], Reading]] = {
    MediaType.PLAIN: read_plain_text,
    MediaType.MARKDOWN: _markdown,
    MediaType.HTML: _html,
    MediaType.XHTML: _html,
    MediaType.RTF: _rtf,
    MediaType.PDF: _pdf,
    MediaType.EPUB: _epub,
    MediaType.DOCX: _docx,
    MediaType.ODT: _odt,
    MediaType.MAIL: _mail,
    MediaType.MHTML: _mhtml,
}
