"""The XMP packet of a PDF: what it says about itself in XML.

pdfium does not give it out, so it is looked for in the bytes: packets are there as they are, or
each in a stream of its own that is packed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.text.xml_tree import parse_xml

_LARGEST = 1_000_000
_MOST = 60
_BEGIN = re.compile(rb"<(?:x:xmpmeta|rdf:RDF)\b")
_ENDS = {b"<x:xmpmeta": b"</x:xmpmeta>", b"<rdf:RDF": b"</rdf:RDF>"}
_PACKED = re.compile(
    rb"/Type\s*/Metadata\b[^>]{0,300}>>\s*stream\r?\n|/Subtype\s*/XML\b[^>]{0,300}>>\s*stream\r?\n"
)
# A picture brings a packet of its own.
_OF_DOCUMENT = (
    b"http://ns.adobe.com/pdf/1.3/",
    b"http://prismstandard.org/",
    b"pdfaid",
    b"<dc:title",
)
_OF_PICTURE = (b"http://ns.adobe.com/tiff/1.0/", b"http://ns.adobe.com/exif/1.0/")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SHORT = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://crossref.org/crossmark/1.0/": "crossmark",
}
_PRISM = re.compile(r"http://prismstandard\.org/namespaces/basic/")

Said = Mapping[str, tuple[str, ...]]


def xmp_of(content: bytes, limits: Limits) -> Said:
    """What the last packet of the document says: values by names such as `dc:title`."""
    said: Said = {}
    for packet in _packets(content):
        if not any(mark in packet for mark in _OF_DOCUMENT):
            continue
        if any(mark in packet for mark in _OF_PICTURE) and _OF_DOCUMENT[0] not in packet:
            continue
        try:
            said = _said(parse_xml(packet, limits)) or said
        except Refused:
            continue
    return said


def _packets(content: bytes) -> Iterator[bytes]:
    """The packets that lie open, then those that are packed; of either not endlessly many."""
    for begin in islice(_BEGIN.finditer(content), _MOST):
        mark = _ENDS[begin[0]]
        end = content.find(mark, begin.end(), begin.start() + _LARGEST)
        inside = b"<x:xmpmeta" in content[max(begin.start() - 400, 0) : begin.start()]
        if end > 0 and not (inside and begin[0] == b"<rdf:RDF"):
            yield content[begin.start() : end + len(mark)]
    for begin in islice(_PACKED.finditer(content), _MOST):
        if b"FlateDecode" not in content[max(begin.start() - 300, 0) : begin.end()]:
            continue
        try:
            packet = zlib.decompressobj().decompress(
                content[begin.end() : begin.end() + _LARGEST], _LARGEST
            )
        except zlib.error:
            continue
        for inner in islice(_BEGIN.finditer(packet), 1):
            yield packet[inner.start() : packet.rfind(_ENDS[inner[0]]) + len(_ENDS[inner[0]])]


def _said(tree: etree._Element) -> Said:
    """The values of all properties; of a text in several languages, the default one first."""
    said: dict[str, tuple[str, ...]] = {}
    for described in tree.iter(f"{_RDF}Description"):
        for name, value in described.items():
            if short := _name(str(name)):
                said.setdefault(short, (str(value),))
        for entry in described:
            short = _name(str(entry.tag))
            if not short:
                continue
            items = list(entry.iter(f"{_RDF}li"))
            items.sort(key=lambda item: "default" not in str(item.attrib))
            values = ["".join(map(str, item.itertext())).strip() for item in items or [entry]]
            said.setdefault(short, tuple(value for value in values[:100] if value))
    return {name: values for name, values in said.items() if values}


def _name(full: str) -> str | None:
    namespace, _, name = full.removeprefix("{").partition("}")
    if _PRISM.match(namespace):
        return f"prism:{name}"
    short = _SHORT.get(namespace)
    return f"{short}:{name}" if short else None
