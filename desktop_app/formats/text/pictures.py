"""The pictures of a document, made anew: decoded, turned upright, cut down, and written again.

Nothing of a foreign picture's bytes is kept: what is shown later was written here, so a file that
is made to upset a decoder upsets this process and no other. Drawings (SVG, WMF) are not rendered.
"""

from __future__ import annotations

import hashlib
import struct
import time
import warnings
import zlib
from collections.abc import Iterable
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from desktop_app.core.text import Block, Picture
from desktop_app.formats.extract import PictureFile
from desktop_app.formats.limits import Limits

LONGEST_SIDE = 2_000
_LEAST = 4  # pixels of the shorter side: what is thinner is a rule or counts visitors
_MOST = 5_000
_COLOURS = 2_048  # a picture that has more of them is taken for a photograph
_ENOUGH_BYTES = 200_000  # a smaller PNG is not worth the look whether a JPEG were smaller

# Plugins are loaded with this module, so that none has to be found once files are locked away.
# Of the others, several start programs or open files.
_READ = tuple(
    name
    for plugin, name in (
        (PngImagePlugin, "PNG"),
        (JpegImagePlugin, "JPEG"),
        (MpoImagePlugin, "MPO"),
        (GifImagePlugin, "GIF"),
        (WebPImagePlugin, "WEBP"),
        (AvifImagePlugin, "AVIF"),
        (BmpImagePlugin, "BMP"),
        (TiffImagePlugin, "TIFF"),
    )
    if plugin and name in Image.OPEN
)
# What decoders raise for damage; Pillow's own are children of these.
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    RuntimeError,
)


class Pictures:
    """The pictures of one document, each once however often it is shown."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._made: dict[bytes, Picture | None] = {}
        self._files: dict[str, PictureFile] = {}
        self._bytes = 0
        self._taken_bytes = 0
        self._seconds = 0.0
        self._damaged = self._too_large = self._too_many = 0

    def take(self, content: bytes, *, at_least: int = _LEAST) -> Picture | None:
        """Make a picture anew; None where it cannot be shown or is too small to be one.

        at_least: pixels that its longer side must have.
        """
        key = hashlib.sha256(content).digest()
        if key not in self._made:
            self._taken_bytes += len(content)
            began = time.process_time()
            self._made[key] = self._make(content)
            self._seconds += time.process_time() - began
        made = self._made[key]
        return made if made and max(made.width, made.height) >= at_least else None

    def files(self, shown: Iterable[Block] | None = None) -> tuple[PictureFile, ...]:
        """The pictures that were taken, or of them only those that these blocks show."""
        if shown is None:
            return tuple(self._files.values())
        hashes = {block.picture.hash for block in shown if block.picture}
        return tuple(file for file in self._files.values() if file.hash in hashes)

    def say(self) -> str | None:
        """A sentence or two about those that are not shown; None where all are."""
        said = []
        if self._damaged:
            said.append(
                f"{_count(self._damaged)} damaged, cut short, or of a kind that is not shown."
            )
        if self._too_large:
            most = self._limits.picture_pixels // 1_000_000
            said.append(f"{_count(self._too_large)} larger than {most} megapixels and not shown.")
        if self._too_many:
            most = self._limits.pictures_bytes // 1_000_000
            said.append(
                f"{_count(self._too_many)} not shown, since all together are larger than {most} MB"
                " or take too long."
            )
        return " ".join([*said, "The original is kept with all of them."]) if said else None

    def _make(self, content: bytes) -> Picture | None:
        patience = self._limits.seconds(self._taken_bytes) / 3
        if self._seconds > patience or len(self._files) >= _MOST:
            self._too_many += 1
            return None
        try:
            with warnings.catch_warnings(action="ignore"), _opened(content) as image:
                if image.width * image.height > self._limits.picture_pixels:
                    self._too_large += 1
                    return None
                if min(image.size) < _LEAST:
                    return None
                made = _written(image)
        except Image.DecompressionBombError:
            self._too_large += 1
            return None
        except _DAMAGE:
            self._damaged += 1
            return None
        if made.hash not in self._files:
            if self._bytes + len(made.content) > self._limits.pictures_bytes:
                self._too_many += 1
                return None
            self._files[made.hash] = made
            self._bytes += len(made.content)
        return Picture(made.hash, width=made.width, height=made.height)


def _count(number: int) -> str:
    return "One picture is" if number == 1 else f"{number:,} pictures are"


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=_READ)


def _written(image: Image.Image) -> PictureFile:
    """A picture upright, not larger than it is shown, without anything beside its pixels."""
    lossy = image.format in ("JPEG", "MPO")
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded small at once
    image.load()
    upright = _plain(ImageOps.exif_transpose(image))
    if max(upright.size) > LONGEST_SIDE:
        if upright.mode == "P":
            upright = upright.convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    upright.info.clear()
    clear = upright.mode in ("RGBA", "LA")
    if not clear and upright.mode != "P" and (lossy or _is_photograph(upright)):
        kind, content = "image/jpeg", _saved(upright, "JPEG", quality=88)
    else:
        kind, content = "image/png", _saved(upright, "PNG", compress_level=6)
        if len(content) > _ENOUGH_BYTES and not clear and upright.mode != "P":
            smaller = _saved(upright, "JPEG", quality=88)
            if len(smaller) * 3 < len(content):
                kind, content = "image/jpeg", smaller
    return PictureFile(hashlib.sha256(content).hexdigest(), kind, *upright.size, content)


def _plain(image: Image.Image) -> Image.Image:
    """Bring every mode to L, P, RGB or, where something shines through, RGBA or LA."""
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        clear = image.convert("LA" if image.mode in ("LA", "La") else "RGBA")
        least = clear.getchannel("A").getextrema()[0]
        solid = isinstance(least, int | float) and least == 255
        return clear.convert(clear.mode.removesuffix("A")) if solid else clear
    if image.mode in ("L", "P", "RGB"):
        return image.copy()
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring 16 bits a pixel, or numbers, to 8: in proportion, or between least and most."""
    numbers = image.convert("F")
    low, high = (float(end) for end in numbers.getextrema() if isinstance(end, int | float))
    if image.mode.startswith("I;16") or (image.mode == "I" and low >= 0 and 255 < high < 65_536):
        low, high = 0.0, 65_535.0
    scale = 255.0 / (high - low) if high > low else 0.0
    return numbers.point(lambda value: value * scale - low * scale).convert("L")


def _is_photograph(image: Image.Image) -> bool:
    small = image.copy()
    small.thumbnail((200, 200), Image.Resampling.NEAREST)
    if image.mode == "L":
        return len(set(small.histogram())) > 120
    return small.getcolors(_COLOURS) is None


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
