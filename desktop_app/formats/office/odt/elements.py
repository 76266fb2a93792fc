"""What single elements of an OpenDocument text mean: spans, pictures, tables that hold data."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Sequence

from lxml import etree

from desktop_app.core.text import Picture
from desktop_app.formats.extract import Refused
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.office.body import Kinds
from desktop_app.formats.office.odt.styles import Style
from desktop_app.formats.text.links import target_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.xml_tree import attribute, local

_DRAWINGS = re.compile(r"(?i).*\.(?:svm|emf|wmf|svg|gdimetafile)|ObjectReplacements/.*|.*/[^./]+")
_LONGEST_BASE64 = 300_000_000


def picture_of(
    images: Sequence[etree._Element], pictures: Pictures, find: Callable[[str], bytes | None]
) -> Picture | None:
    """What the first of several forms of one picture shows that can be shown."""
    shown = Picture()
    for image in images:
        address = attribute(image, "href") or ""
        content = _content(image, address, find)
        if content is None:
            outside = target_of(address, None)
            if outside and outside.startswith("http"):
                shown = Picture(None, outside)
        elif not _DRAWINGS.fullmatch(address.removeprefix("./")):
            return pictures.take(content)
    return shown


def _content(
    image: etree._Element, address: str, find: Callable[[str], bytes | None]
) -> bytes | None:
    """The bytes of a picture; None for what is not in the file."""
    data = next((one for one in image if local(one) == "binary-data"), None)
    try:
        if data is not None and data.text and len(data.text) < _LONGEST_BASE64:
            return b64decode(data.text)
        return find(address)
    except (ValueError, Refused):
        return b""


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, also those in its header and in groups, not those of tables inside."""
    found: list[etree._Element] = []
    for one in table:
        if local(one) == "table-row":
            found.append(one)
        elif local(one) in ("table-header-rows", "table-rows", "table-row-group"):
            found += rows_of(one)
    return found


def is_of_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only places text on the page."""
    wide = False
    for row in rows_of(table):
        cells = [one for one in row if local(one) in ("table-cell", "covered-table-cell")]
        wide = wide or len(cells) > 1
        for cell in cells:
            blocks = [one for one in cell if local(one) == "table" or inner_text(one).strip()]
            if len(blocks) > 3 or any(local(one) == "table" for one in blocks):
                return False
    return wide


def kinds_of_span(kinds: Kinds, style: Style) -> Kinds:
    return (*kinds, *((kind, None) for kind in sorted(style.spans)))
