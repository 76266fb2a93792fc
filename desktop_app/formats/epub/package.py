"""What an EPUB is made of: its package file with metadata, reading order and the toc’s place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from desktop_app.formats.containers.zips import Zip, damaged
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.sentences import AGAIN, LEFT
from desktop_app.formats.text.xml_tree import local, parse_xml

_DOCUMENTS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_SHOWN = _DOCUMENTS | {"image/svg+xml", "image/jpeg", "image/png", "image/gif", "image/webp"}
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LICENCES = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book. path: its name in the archive, empty if it is not there. kind: its media
    type. fallback: the id of what stands in for it.
    """

    path: str
    kind: str
    properties: frozenset[str]
    fallback: str


@dataclass(frozen=True, slots=True)
class Package:
    """A book. metadata: the element of that name. spine: in reading order, what stands beside the
    order last. nav, ncx: the files with the table of contents. missing: how many parts are not
    there.
    """

    metadata: etree._Element | None
    spine: tuple[Item, ...]
    nav: str | None
    ncx: str | None
    missing: int


def open_package(archive: Zip, limits: Limits) -> Package:
    """Find and read the package file. Raises Refused where there is none, or the book is locked."""
    _check_locks(archive, limits)
    path = _package_path(archive, limits)
    root = parse_xml(archive.read(path), limits)
    items = dict(_items(root, path, archive))
    spine, missing = _spine(root, items)
    nav = next(
        (item.path for item in items.values() if "nav" in item.properties and item.path), None
    )
    toc = next((element.get("toc") or "" for element in _named(root, "spine")), "")
    ncx = items.get(toc) or next(
        (item for item in items.values() if item.kind == "application/x-dtbncx+xml"), None
    )
    metadata = next(_named(root, "metadata"), None)
    return Package(metadata, tuple(spine), nav, (ncx.path or None) if ncx else None, missing)


def resolve(archive: Zip, base: str, href: str) -> tuple[str | None, str]:
    """Where a reference leads, seen from a file: the archive's name, None if it is not in it, and
    the fragment. base: the name of the file that refers.
    """
    href = href.strip()
    if _SCHEME.match(href) or href.startswith("//"):
        return None, ""
    way, _, fragment = href.partition("#")
    fragment = unquote(fragment)
    way = way.partition("?")[0]
    if not way:
        return base, fragment
    folder = posixpath.dirname(base.replace("\\", "/"))
    for one in (unquote(way), way):
        joined = one if one.startswith("/") else posixpath.join(folder, one)
        found = archive.find(posixpath.normpath(joined).lstrip("/"))
        if found is not None:
            return found, fragment
    return None, fragment


def _check_locks(archive: Zip, limits: Limits) -> None:
    """Refuse a book that needs a key; mixed-up fonts need none to be read."""
    name = archive.find("META-INF/encryption.xml")
    if name is None:
        if any(archive.find(licence) for licence in _LICENCES):
            raise _locked()
        return
    for method in _named(parse_xml(archive.read(name), limits), "EncryptionMethod"):
        parent = method.getparent()
        if parent is None or local(parent) != "EncryptedData":
            continue
        if (method.get("Algorithm") or "").strip() not in _FONTS:
            raise _locked()


def _locked() -> Refused:
    return Refused(
        "It is protected by DRM, a lock that only the shop’s own program opens.",
        LEFT,
    )


def _package_path(archive: Zip, limits: Limits) -> str:
    container = archive.find("META-INF/container.xml")
    if container is not None:
        for rootfile in _named(_forgiven(archive, container, limits), "rootfile"):
            path = archive.find(posixpath.normpath(unquote(rootfile.get("full-path") or "")))
            if path is not None:
                return path
    found = [name for name in archive.names if name.lower().endswith(".opf")]
    if not found:
        raise Refused(
            "It is no whole EPUB: the file that names its parts is missing.",
            AGAIN,
        )
    return found[0]


def _forgiven(archive: Zip, name: str, limits: Limits) -> etree._Element:
    """A file that the book can do without, empty where it is damaged."""
    try:
        return parse_xml(archive.read(name), limits)
    except Refused:
        return etree.Element("empty")


def _items(root: etree._Element, base: str, archive: Zip) -> Iterator[tuple[str, Item]]:
    for manifest in _named(root, "manifest"):
        for item in _named(manifest, "item"):
            path, _ = resolve(archive, base, item.get("href") or "")
            properties = frozenset((item.get("properties") or "").split())
            kind = (item.get("media-type") or "").strip().lower()
            made = Item(path or "", kind, properties, item.get("fallback") or "")
            yield item.get("id") or "", made


def _spine(root: etree._Element, items: Mapping[str, Item]) -> tuple[list[Item], int]:
    """The parts in the order of reading, each once, and how many cannot be had."""
    linear: dict[str, Item] = {}
    beside: dict[str, Item] = {}
    missing = 0
    for reference in (one for spine in _named(root, "spine") for one in _named(spine, "itemref")):
        item = _readable(items, reference.get("idref") or "")
        if item is None:
            missing += 1
        elif (reference.get("linear") or "").lower() == "no":
            beside.setdefault(item.path, item)
        else:
            linear.setdefault(item.path, item)
    found = [*linear.values(), *(item for path, item in beside.items() if path not in linear)]
    if not found:
        found = [item for item in items.values() if item.path and item.kind in _DOCUMENTS]
    if not found:
        raise damaged()
    return found, missing


def _readable(items: Mapping[str, Item], name: str) -> Item | None:
    """The item, or the first of those that stand in for it, of a kind that can be read."""
    for _ in range(_LONGEST_CHAIN):
        item = items.get(name)
        if item is None:
            return None
        shown = item.kind in _SHOWN or item.path.lower().endswith((".xhtml", ".html", ".htm"))
        if item.path and shown:
            return item
        name = item.fallback
    return None


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a name below, whatever their namespace."""
    return root.iter(name, f"{{*}}{name}")
