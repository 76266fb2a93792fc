"""What single elements of a Word document mean: runs, symbols, fields, tables that hold data."""

from __future__ import annotations

from lxml import etree

from desktop_app.core.text import SpanKind
from desktop_app.formats.office.body import Kinds
from desktop_app.formats.office.docx.package import child, is_on, value
from desktop_app.formats.office.docx.styles import SWITCHES, Style
from desktop_app.formats.text.symbol_fonts import in_signs, in_symbol, symbol
from desktop_app.formats.text.xml_tree import local

WRAPS = ("sdt", "sdtContent", "customXml", "ins")


def is_of_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only places text on the page."""
    wide = False
    for row in each(table, "tr", through=WRAPS):
        cells = each(row, "tc", through=WRAPS)
        wide = wide or len(cells) > 1
        for cell in cells:
            blocks = [one for one in cell if local(one) == "tbl" or _says(one)]
            if len(blocks) > 3 or any(local(one) == "tbl" for one in blocks):
                return False
    return wide


def _says(element: etree._Element) -> bool:
    """Whether a paragraph has any text."""
    return local(element) == "p" and any(one.text for one in element.iter("{*}t"))


def each(element: etree._Element, name: str, *, through: tuple[str, ...]) -> list[etree._Element]:
    """The children of a name, also inside what only wraps them."""
    found: list[etree._Element] = []
    for one in element:
        if local(one) == name:
            found.append(one)
        elif local(one) in through:
            found += each(one, name, through=through)
    return found


def kinds_of_run(kinds: Kinds, properties: etree._Element, style: Style) -> Kinds:
    """What a run's properties add to how it is set."""
    on = set(style.spans)
    for name, kind in SWITCHES:
        said = child(properties, name)
        if said is not None:
            on = on | {kind} if is_on(said) else on - {kind}
    where = value(child(properties, "vertAlign"))
    if where == "superscript":
        on.add(SpanKind.SUPERSCRIPT)
    elif where == "subscript":
        on.add(SpanKind.SUBSCRIPT)
    return (*kinds, *((kind, None) for kind in sorted(on)))


def linked(kinds: Kinds, target: str | None) -> Kinds:
    """How a run is set that is part of a link; the link around it stays where there is one."""
    if target is None or any(kind is SpanKind.LINK for kind, _ in kinds):
        return kinds
    return (*kinds, (SpanKind.LINK, target))


def symbol_of(element: etree._Element) -> str:
    """The letter of a symbol, which is named by its font and its place there; empty for none."""
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    font = (value(element, "font") or "").lower()
    if "symbol" in font and "segoe" not in font:
        return symbol(code | 0xF000) or in_symbol(bytes((code & 0xFF,)))
    if 0xF000 <= code <= 0xF0FF or code < 0x100:
        return in_signs(bytes((code & 0xFF,)))
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else ""
