"""Read OpenDocument texts (odt, ott, fodt): text, headings, lists, tables, notes, pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from lxml import etree

from desktop_app.core.text import one_line
from desktop_app.formats.containers.zips import Zip, damaged, locked
from desktop_app.formats.extract import Proposal, Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.facts import (
    PROPERTIES,
    authors_stated,
    facts_of_text,
    language_stated,
    made_on,
    title_stated,
)
from desktop_app.formats.office.odt.styles import styles_of
from desktop_app.formats.office.odt.walk import Walk
from desktop_app.formats.sentences import DELETED, HIDDEN, embedded, not_read, warning_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.xml_tree import local, parse_xml

EXTRACTOR = "odt-1"
_OTHERS = {
    "spreadsheet": "an OpenDocument spreadsheet",
    "presentation": "an OpenDocument presentation",
    "drawing": "an OpenDocument drawing",
    "chart": "an OpenDocument chart",
    "database": "an OpenDocument database",
}


def read_odt(file: File, limits: Limits) -> Reading:
    """Read a text, packed or as one flat XML file."""
    if file.content.startswith(b"PK"):
        archive = Zip(file.content, limits)
        _check_locked(archive, limits)
        content = _part(archive, "content.xml", limits)
        styles = _part(archive, "styles.xml", limits)
        meta = _part(archive, "meta.xml", limits)
        find = _finder(archive)
        if content is None:
            raise damaged()
    else:
        content = parse_xml(file.content, limits)
        styles, meta = None, content

        def find(source: str) -> bytes | None:
            return None

    text = _text(content)
    pictures = Pictures(limits)
    roots = [root for root in (styles, content) if root is not None]
    walk = Walk(styles_of(roots), limits, pictures, find)
    blocks = walk.read(text)
    limits.check_blocks(len(blocks))
    said, dates, languages = _properties(meta)
    warning = warning_of(
        blocks,
        DELETED if walk.deleted else None,
        HIDDEN if walk.hidden else None,
        embedded(walk.objects),
        pictures.say(),
    )
    return Reading(
        blocks,
        [*said, *facts_of_text(blocks), *dates],
        EXTRACTOR,
        warning,
        languages,
        pictures=pictures.files(blocks),
    )


def _check_locked(archive: Zip, limits: Limits) -> None:
    manifest = archive.find("META-INF/manifest.xml")
    if manifest is None:
        return
    try:
        root = parse_xml(archive.read(manifest), limits)
    except Refused:
        return
    if any(local(one) == "encryption-data" for one in root.iter()):
        raise locked()


def _part(archive: Zip, name: str, limits: Limits) -> etree._Element | None:
    """A part's XML; None where it is missing or, other than the content, damaged."""
    found = archive.find(name)
    if found is None:
        return None
    try:
        return parse_xml(archive.read(found), limits)
    except Refused:
        if name == "content.xml":
            raise
        return None


def _finder(archive: Zip) -> Callable[[str], bytes | None]:
    def find(source: str) -> bytes | None:
        name = archive.find(posixpath.normpath(source).lstrip("/"))
        return None if name is None else archive.read(name)

    return find


def _text(root: etree._Element) -> etree._Element:
    """The element that holds the text; raises Refused for other kinds of document."""
    body = next((one for one in root.iter() if local(one) == "body"), None)
    kinds = [] if body is None else [(local(one), one) for one in body]
    for kind, element in kinds:
        if kind == "text":
            return element
    for kind, _ in kinds:
        if kind in _OTHERS:
            raise not_read(_OTHERS[kind])
    raise damaged()


def _properties(
    root: etree._Element | None,
) -> tuple[list[Proposal], list[Proposal], list[Proposal]]:
    """What the document says about itself: title and authors, its date, its language."""
    meta = None if root is None else next((e for e in root.iter() if local(e) == "meta"), None)
    if meta is None:
        return [], [], []
    said: dict[str, str] = {}
    for element in meta:
        said.setdefault(local(element), one_line(inner_text(element)))
    authors = said.get("initial-creator") or said.get("creator", "")
    return (
        [
            *title_stated(said.get("title", ""), PROPERTIES),
            *authors_stated([authors], PROPERTIES),
        ],
        made_on(said.get("creation-date", ""), PROPERTIES),
        language_stated(said.get("language", ""), PROPERTIES),
    )
