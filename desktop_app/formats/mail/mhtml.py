"""Read a web page that was saved in one file (MHTML): the page, with the pictures saved beside it.

What browsers write is a mail without a reader: the page is a part, and each thing that it shows is
another, named by the address that it was fetched from or by a Content-ID.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urljoin

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Refused
from desktop_app.formats.facts.proposals import guessed, stated
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.reader import read_html
from desktop_app.formats.limits import Limits
from desktop_app.formats.mail.header import Header
from desktop_app.formats.mail.parts import Part, parts_of, plain_address, start_among
from desktop_app.formats.sentences import joined
from desktop_app.formats.text.charset import decode

EXTRACTOR = "mhtml-1"

_PAGES = ("text/html", "application/xhtml+xml")
_META = re.compile(rb"(<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*)[\w.:-]{2,40}", re.IGNORECASE)


def read_mhtml(file: File, limits: Limits) -> Reading:
    """Read a saved page; raises Refused where no page is in it."""
    saved = parts_of(file.content, limits)
    page = _page_of(saved)
    if page is None:
        raise Refused(
            "It calls itself a saved web page, but there is no page in it.",
            "Save the page again, as HTML or as MHTML.",
        )
    address = _address_of(saved.header, page)
    content, warning = _with_charset(page)
    reading = read_html(
        File(content, file.name),
        limits,
        find=_finder(saved, page, page.location or address or ""),
        address=address,
    )
    # Its date is that of saving it; what it is called and where it was may be all there is.
    said = [
        *guessed(FactName.TITLE, saved.header.text("subject"), "name of the saved page", 0.6),
        *stated(FactName.URL, address or "", "address of the saved page"),
    ]
    known = {proposal.fact for proposal in reading.proposals}
    proposals = [*reading.proposals, *(one for one in said if one.fact not in known)]
    return replace(
        reading,
        proposals=proposals,
        extractor=f"{EXTRACTOR}+{reading.extractor}",
        warning=joined(reading.warning, warning),
    )


def _page_of(saved: Part) -> Part | None:
    """The page itself: the part that the file names as its start, or the first page in it."""
    pages = [part for part in saved.leaves() if part.kind in _PAGES]
    return start_among(saved, pages) or (pages[0] if pages else None)


def _address_of(header: Header, page: Part) -> str | None:
    """The address that the page was saved from."""
    said = [
        header.first("snapshot-content-location") or "",
        page.location,
        header.first("content-location") or "",
    ]
    return next((one for one in said if one.startswith(("http://", "https://"))), None)


def _with_charset(page: Part) -> tuple[bytes, str | None]:
    """The page's bytes, as UTF-8 where only the part says how they were written, and a warning."""
    body = page.body()
    if not page.charset:
        return body, None
    decoded = decode(body, declared=page.charset)
    # What the page says of its own charset is true no longer.
    content = _META.sub(rb"\1utf-8", decoded.text.encode("utf-8", "replace"), count=1)
    return content, decoded.warning


def _finder(saved: Part, page: Part, base: str) -> Callable[[str], bytes | None]:
    by_address: dict[str, Part] = {}
    for part in saved.leaves():
        if part is page:
            continue
        if part.content_id:
            by_address.setdefault(f"cid:{part.content_id}", part)
        if part.location:
            by_address.setdefault(part.location, part)
            by_address.setdefault(urljoin(base, part.location), part)

    def find(address: str) -> bytes | None:
        address = plain_address(address)
        part = by_address.get(address)
        try:
            part = part or by_address.get(urljoin(base, address))
        except ValueError:  # an address that is none
            return None
        return part.body() if part else None

    return find
