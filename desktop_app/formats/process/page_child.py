"""The process that draws pages of PDFs.

Frames over a pipe. A request is one letter and JSON, and behind OPEN a second frame with the bytes.
An answer is one letter and what was asked for as numbers and bytes, laid out by `pack_letters` and
the others here and read by `page_answers`; never pickle. Behind IMAGE come the pixels, as of `bulk`.
Documents stay open until they are closed, or until too many are. The modules that draw are imported
here and nowhere in the parent.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from array import array
from collections import OrderedDict
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from desktop_app.core.pages import PageImage, PageLetters, PageMark, PageShape
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.bulk import send_bulk
from desktop_app.formats.process.child import MEMORY, READY, failure, refusal, settle_in
from desktop_app.formats.process.confinement import lock_away

if TYPE_CHECKING:
    from desktop_app.formats.pdf.drawing import Drawing

OPEN, CLOSE, DRAW, LETTERS, ANNOTATE = b"O", b"X", b"D", b"L", b"A"
SIZES, IMAGE, LETTERED, ANNOTATED, NOT_OPEN, CLOSED = b"S", b"I", b"T", b"P", b"N", b"C"
# A page may name fonts that its file does not hold.
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
DOCUMENTS = 3  # that are open at once
SHAPE = struct.Struct("<4dB")
SIDES = struct.Struct("<II")


def serve(connection: Connection, limits: Limits, parent: int) -> None:
    """Answer requests until the pipe closes. parent: the process to die with."""
    layers = settle_in(limits, parent)
    from desktop_app.formats.pdf.drawing import Drawing

    layers += lock_away(_FONTS)
    open_now: OrderedDict[int, Drawing] = OrderedDict()
    with contextlib.suppress(OSError, EOFError):
        connection.send_bytes(READY + " ".join(layers).encode("ascii"))
        while True:
            frame = connection.recv_bytes()
            image: PageImage | None = None
            try:
                asked = json.loads(frame[1:])
                if frame[:1] == OPEN:
                    _let_go(open_now, asked["document"])
                    _close(open_now, DOCUMENTS - 1)
                    drawing = open_now[asked["document"]] = Drawing(connection.recv_bytes(), limits)
                    answer = SIZES + numbers_out(drawing.sizes())
                    del drawing
                elif frame[:1] == CLOSE:
                    _let_go(open_now, asked["document"])
                    answer = CLOSED
                elif frame[:1] == DRAW:
                    image = _drawn(open_now, asked)
                    answer = NOT_OPEN if image is None else IMAGE + pack_image(image)
                else:
                    answer = _answered(open_now, frame[:1], asked)
            except Refused as refused:
                answer = refusal(refused)
            except MemoryError:
                connection.send_bytes(MEMORY)
                return
            except Exception as error:  # noqa: BLE001 whatever a page makes stumble costs that page
                answer = failure(error)
            connection.send_bytes(answer)
            if image is not None and answer[:1] == IMAGE:
                send_bulk(connection, memoryview(image.pixels))
            del answer, image


def _drawn(open_now: OrderedDict[int, Drawing], asked: Any) -> PageImage | None:
    """The picture that is asked for; None where its document is not open."""
    drawing = open_now.get(asked["document"])
    if drawing is None:
        return None
    open_now.move_to_end(asked["document"])
    part = tuple(asked["part"]) if asked["part"] else None
    return drawing.draw(asked["page"], asked["scale"], turns=asked["turns"], part=part)


def _answered(open_now: OrderedDict[int, Drawing], letter: bytes, asked: Any) -> bytes:
    drawing = open_now.get(asked["document"])
    if drawing is None:
        return NOT_OPEN
    open_now.move_to_end(asked["document"])
    if letter == LETTERS:
        return LETTERED + pack_letters(drawing.letters(asked["page"]))
    if letter == ANNOTATE:
        return ANNOTATED + drawing.annotated([mark_in(mark) for mark in asked["marks"]])
    raise ValueError("an unknown request")


def _let_go(open_now: OrderedDict[int, Drawing], document: int) -> None:
    closed = open_now.pop(document, None)
    if closed is not None:
        closed.close()


def _close(open_now: OrderedDict[int, Drawing], most: int) -> None:
    """Close what was used least until there are no more than most."""
    while len(open_now) > most:
        open_now.popitem(last=False)[1].close()


def pack_shape(shape: PageShape) -> bytes:
    return SHAPE.pack(shape.left, shape.bottom, shape.right, shape.top, shape.turns)


def pack_image(image: PageImage) -> bytes:
    """The sides and the shape; the pixels go behind it."""
    return SIDES.pack(image.width, image.height) + pack_shape(image.shape)


def pack_letters(letters: PageLetters) -> bytes:
    """The count, the shape, the turns, the boxes, the letters in UTF-32."""
    text = letters.text.encode("utf-32-le", "surrogatepass")
    count = SIDES.pack(len(letters.text), 0)
    boxes = numbers_out(letters.boxes)
    return b"".join([count, pack_shape(letters.shape), letters.turns, boxes, text])


def mark_out(mark: PageMark) -> list[Any]:
    """A mark as JSON has it."""
    return [mark.page, mark.quads, mark.colour, mark.name, mark.note, mark.underlined]


def mark_in(raw: list[Any]) -> PageMark:
    """A mark that `mark_out` made."""
    page, quads, colour, name, note, underlined = raw
    red, green, blue = colour
    return PageMark(
        page, tuple(tuple(quad) for quad in quads), (red, green, blue), name, note, underlined
    )


def numbers_out(numbers: array[float]) -> bytes:
    """Numbers as bytes, the least one of each first on every machine."""
    if sys.byteorder == "big":
        numbers = array("d", numbers)
        numbers.byteswap()
    return numbers.tobytes()
