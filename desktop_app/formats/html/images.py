"""What an image of a page is: a picture in the file, a placeholder for one that is not, or words.

Nothing is fetched. Of what lies elsewhere only the address is kept, and only where it looks like
part of what one reads: not what counts visitors, no icons, no faces beside comments.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from lxml import etree

from desktop_app.core.text import Block, BlockKind, Picture, one_line
from desktop_app.core.words import words
from desktop_app.formats.html.elements import number_of, tag_of
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.text.links import target_of
from desktop_app.formats.text.pictures import Pictures

_FILE_NAME = re.compile(
    r"(?i)\S+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|avif)|image|img|photo|picture|null|undefined|\W*"
    r"|(?-i:[a-z0-9.]+(?:[-_][a-z0-9.]+)+|\S*_\S*_\S*)"
)
_STAND_IN = re.compile(
    r"(?i)placeholder|spacer|blank\.|transparent|1x1|pixel\.|loading|lazy[-_]?load"
)
_BESIDE = re.compile(
    r"(?i)(?:^|[^a-z])(?:avatar|gravatar|icon|icons|favicon|logo|emoji|smiley|sprite|badge|spinner|"
    r"loader|tracking|beacon|button|btn|share|social)(?:[^a-z]|$)"
)
_FORMULA = re.compile(r"(?i)(?:^|[^a-z])(?:math|tex|latex|equation|mwe-math)")
_SRC = ("src", "xlink:href", "{http://www.w3.org/1999/xlink}href", "href")
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-url",
    "data-image",
)
_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
_IN_SET = re.compile(r"\s*(\S*[^\s,])(?:\s+(\d{1,8}(?:\.\d{1,4})?)[wxh])?\s*(?:,|$)")
_SAVED = re.compile(
    r"(?:\./)?[^/:?#]+(?:_files|-Dateien|_fichiers|_archivos|_bestanden|\.files|_file)/"
)
_VARIABLE = re.compile(r"--(sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:[^\"')]+)", re.IGNORECASE)
_USES = re.compile(r"var\(\s*--(sf-img-\d+)", re.IGNORECASE)
_LEAST_SHOWN = 40
_LARGE = 100
_LONGEST_SET = 50_000


@dataclass(frozen=True, slots=True)
class Image:
    """text: the alternative text, in one line; empty where there is none worth showing."""

    text: str
    picture: Picture | None


class Images:
    """Tells what the images of one page show.

    pictures: takes those that are in the file; None leaves all of them words. find: gives the bytes
    that lie under an address as the page writes it, or None.
    """

    def __init__(
        self,
        root: etree._Element,
        base: str | None,
        pictures: Pictures | None,
        find: Callable[[str], bytes | None] | None,
    ) -> None:
        self.kept = pictures is not None
        self._base = base
        self._pictures = pictures
        self._find = find
        self._variables = _variables(root) if pictures else {}

    def of(self, element: etree._Element, *, in_figure: bool) -> Image | None:
        """What an image element shows; None where that is nothing."""
        text = one_line(element.get("alt") or "")
        text = "" if _FILE_NAME.fullmatch(text) else text
        sizes = [_pixels(element.get(name)) for name in ("width", "height")]
        if any(size is not None and size < 3 for size in sizes):
            return None
        told = [size for size in sizes if size]
        small = bool(told) and max(told) < _LEAST_SHOWN
        if self._pictures is None:
            return Image(text, None) if text else None
        address: str | None = None
        elsewhere = False
        for source in self._sources(element):
            content = self._content(source)
            if content is not None:
                picture = self._pictures.take(content, at_least=_LEAST_SHOWN) if content else None
                if picture:
                    return Image(text, picture)
                elsewhere = elsewhere or not content
                continue
            elsewhere = True
            if address is None and not _SAVED.match(source) and not _STAND_IN.search(source):
                address = _remote(source, self._base)
        beside = _BESIDE.search(
            " ".join((element.get("class") or "", element.get("id") or "", address or ""))
        )
        if small or (beside and not in_figure):
            return None
        large = any(size >= _LARGE for size in told)
        if elsewhere and (in_figure or text or large) and (address or in_figure or large):
            width, height = ((size or 0) for size in sizes)
            return Image(text, Picture(None, address, width, height))
        return Image(text, None) if text else None

    def drawing(self, element: etree._Element, *, in_figure: bool) -> Image | None:
        """What an svg element shows, which is not rendered: its words and a placeholder."""
        sizes = [_pixels(element.get(name)) or 0 for name in ("width", "height")]
        if not in_figure and (max(sizes) < _LARGE or element.get("role") != "img"):
            return None
        title = next((part for part in element if tag_of(part) == "title"), None)
        text = element.get("aria-label") or (inner_text(title) if title is not None else "")
        return Image(one_line(text), Picture(None, None, *sizes))

    def _sources(self, element: etree._Element) -> Iterator[str]:
        """The addresses that an image element names, best first, each once."""
        found: list[str] = []
        style = element.get("style") or ""
        if self._variables and (used := _USES.search(style)):
            found.append(self._variables.get(used[1], ""))
        source = next((value.strip() for name in _SRC if (value := element.get(name))), "")
        stands_in = _STAND_IN.search(source[:500]) or (
            source[:5].lower() == "data:" and len(source) < 400
        )
        found += [] if stands_in else [source]
        found += [(element.get(name) or "").strip() for name in _LAZY]
        for one in (element, *_alternatives(element)):
            for name in _SETS:
                found += _of_set(one.get(name) or "")
        found += [source] if stands_in else []
        yield from (source for source in dict.fromkeys(found) if source)

    def _content(self, source: str) -> bytes | None:
        """The bytes under an address, if they are in the file; none of a drawing's."""
        if source[:5].lower() == "data:":
            return of_data(source)
        content = self._find(source) if self._find else None
        if content is None:
            return None
        return b"" if b"<svg" in content[:1_000].lower() else content


def formula_of(element: etree._Element, tag: str) -> str | None:
    """The words of a formula, written as an image or in MathML; None for everything else."""
    if tag == "math":
        return one_line(element.get("alttext") or "") or None
    if _FORMULA.search(element.get("class") or ""):
        return one_line(element.get("alt") or "") or None
    return None


def each_image_once(blocks: Iterable[Block], *, title: str = "") -> Iterator[Block]:
    """Leave out what a page tells again of its images, and pictures that it shows again.

    Pages give all their pictures one alternative text, often the title, or show one in many sizes.
    """
    seen: set[str] = set()
    about = set(words(title))
    for block in blocks:
        if block.kind is BlockKind.IMAGE:
            picture = block.picture
            shown = (picture.hash or picture.address) if picture else None
            again = block.text in seen or (
                len(about) > 2 and about.issuperset(words(block.text.removesuffix(" image")))
            )
            if shown and shown in seen:
                block = replace(block, picture=None)
            seen.update(key for key in (shown, block.text) if key)
            if again:
                block = replace(block, text="", spans=())
            if not block.text and not block.picture:
                continue
        yield block


def _alternatives(element: etree._Element) -> Iterator[etree._Element]:
    """The sources beside an image in a picture element; the parser nests what stands in a row."""
    parent = element.getparent()
    while parent is not None and parent.tag == "source":
        parent = parent.getparent()
    if parent is not None and parent.tag == "picture":
        yield from parent.iter("source")


def _of_set(value: str) -> list[str]:
    """The addresses of a srcset, the largest first."""
    if len(value) > _LONGEST_SET and not value.lstrip().lower().startswith("data:"):
        return []
    pairs = [(found[1], float(found[2] or 1)) for found in _IN_SET.finditer(value)]
    return [source for source, _ in sorted(pairs, key=lambda pair: -pair[1])]


def of_data(source: str) -> bytes:
    """The bytes of a data: address; none for a drawing or where they cannot be told."""
    head, comma, body = source.partition(",")
    if not comma or "svg" in head.lower():
        return b""
    raw = unquote_to_bytes(body)
    if ";base64" not in head.lower():
        return raw
    raw = raw.translate(None, b" \t\r\n")
    try:
        return b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw  # no picture: it is counted where it cannot be read


def _remote(source: str, base: str | None) -> str | None:
    address = target_of("https:" + source if source.startswith("//") and not base else source, base)
    return address if address and address.startswith("http") else None


def _pixels(value: str | None) -> int | None:
    """A declared size; None where there is none or it is a share of the window's."""
    if not value or "%" in value:
        return None
    number = number_of(re.sub(r"(?i)\s*px\s*$|\.\d+", "", value), -1)
    return number if number >= 0 else None


def _variables(root: etree._Element) -> Mapping[str, str]:
    """The pictures that SingleFile keeps in a style sheet, since the page shows them twice."""
    found: dict[str, str] = {}
    for style in root.iter("style"):
        text = style.text or ""
        if "--sf-img-" in text:
            found.update((one[1], one[2]) for one in _VARIABLE.finditer(text))
    return found
