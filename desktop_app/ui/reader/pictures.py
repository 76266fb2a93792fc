"""The pictures of a page: decoded beside the window, kept while there is room, painted when there.

The page asks for what it paints; what has left the view before its turn came is not fetched. Bytes
come from the library, which made every picture anew when it was imported: nothing but PNG, JPEG
and WebP is opened, and only by the decoder of that format.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

ROOM_BYTES = 64_000_000
AT_ONCE = 2
MOST_PIXELS = 50_000_000


class Absence(Enum):
    """Why there is nothing to paint."""

    COMING = "coming"
    MISSING = "missing"  # the library does not have it
    DAMAGED = "damaged"  # it cannot be decoded


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture ready to be painted.

    clear: one can see through some of it. whole: it has all the pixels that there are of it.
    """

    image: QImage
    clear: bool
    whole: bool


class Pictures(QObject):
    """The shelf that a page takes its pictures from."""

    wanted = Signal(str, QSize)  # a picture's hash, and the pixels it will be painted in
    came = Signal()  # what was asked for can be painted now, or never will

    def __init__(self, parent: QObject | None = None, *, room_bytes: int = ROOM_BYTES) -> None:
        super().__init__(parent)
        self._room_bytes = room_bytes
        self._kept: OrderedDict[str, Decoded] = OrderedDict()
        self._kept_bytes = 0
        self._absent: dict[str, Absence] = {}
        self._asked: dict[str, QSize] = {}  # in the newest painting, in its order
        self._under_way: dict[str, QSize] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._send)

    @property
    def kept_bytes(self) -> int:
        """How much memory the kept pictures take."""
        return self._kept_bytes

    def begin_painting(self) -> None:
        """Forget what earlier paintings asked for and did not get yet."""
        self._asked.clear()

    def forget_absent(self) -> None:
        """Ask again for what was not there: another document is shown, or the library changed."""
        self._absent.clear()

    def get(self, picture: str, size: QSize) -> Decoded | Absence:
        """A picture by its hash; asked for where it is not there or too coarse for the size."""
        if picture in self._absent:
            return self._absent[picture]
        found = self._kept.get(picture)
        if found is not None:
            self._kept.move_to_end(picture)
            if found.whole or _fills(found.image.size(), size):
                return found
        if picture not in self._under_way:
            self._asked[picture] = size
            if not self._soon.isActive():
                self._soon.start()
        return found or Absence.COMING

    def supply(self, picture: str, decoded: Decoded | Absence) -> None:
        """Bring what was wanted, or why it is not there."""
        self._under_way.pop(picture, None)
        if isinstance(decoded, Absence):
            self._absent[picture] = decoded
        else:
            self._absent.pop(picture, None)
            before = self._kept.pop(picture, None)
            if before is not None:
                self._kept_bytes -= before.image.sizeInBytes()
            self._kept[picture] = decoded
            self._kept_bytes += decoded.image.sizeInBytes()
            while self._kept_bytes > self._room_bytes and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._kept_bytes -= gone.image.sizeInBytes()
        self.came.emit()
        self._send()

    @Slot()
    def _send(self) -> None:
        while self._asked and len(self._under_way) < AT_ONCE:
            picture = next(iter(self._asked))
            size = self._asked.pop(picture)
            self._under_way[picture] = size
            self.wanted.emit(picture, size)


def decode(content: bytes, size: QSize) -> Decoded | Absence:
    """Decode a picture, no larger than a size; runs in any thread."""
    form = _form_of(content)
    if form is None:
        return Absence.DAMAGED
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoDetectImageFormat(False)
    natural = reader.size()
    if not natural.isValid() or natural.width() * natural.height() > MOST_PIXELS:
        return Absence.DAMAGED
    whole = size.width() >= natural.width()
    if not whole:
        reader.setScaledSize(natural.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return Absence.DAMAGED
    clear = image.hasAlphaChannel() and _is_clear(image)
    kind = QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32
    return Decoded(image.convertToFormat(kind), clear, whole)


def _fills(image: QSize, place: QSize) -> bool:
    """Tell whether a picture that was fitted into a place is large enough for it."""
    return image.width() >= place.width() - 1 or image.height() >= place.height() - 1


def _form_of(content: bytes) -> bytes | None:
    if content.startswith(b"\x89PNG\r\n"):
        return b"png"
    if content.startswith(b"\xff\xd8\xff"):
        return b"jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return b"webp"
    return None


def _is_clear(image: QImage) -> bool:
    """Tell whether one can see through a picture: many have room for it and do not use it."""
    small = image.scaled(64, 64, mode=Qt.TransformationMode.SmoothTransformation)
    alpha = small.convertToFormat(QImage.Format.Format_Alpha8)
    return min(bytes(alpha.constBits())) < 250
