"""What the process that draws pages answers, checked and put in words."""

from __future__ import annotations

import math
import sys
from array import array

from desktop_app.core.pages import PageLetters, PageShape
from desktop_app.formats.extract import Refused
from desktop_app.formats.process import page_child as wire
from desktop_app.formats.process.answers import failed

_MOST_LETTERS = 5_000_000


def closed() -> Refused:
    return Refused("The document has been closed.")


def crashed(letter: bytes, page: int) -> Refused:
    if letter == wire.ANNOTATE:
        return Refused(
            "The process that writes highlights into PDFs crashed on this one.",
            "The original is untouched, and nothing is lost.",
        )
    if letter == wire.OPEN:
        return failed("the process that draws pages crashed on it")
    return Refused(
        f"Page {page:,} cannot be drawn: the process that draws pages crashed on it.",
        "The other pages are not affected, and nothing is lost.",
    )


def hung(letter: bytes, page: int, seconds: float) -> Refused:
    if letter == wire.ANNOTATE:
        return Refused(
            f"Writing the highlights took longer than {seconds:.0f} seconds and was stopped.",
            "The original is untouched, and nothing is lost.",
        )
    if letter == wire.OPEN:
        return Refused(f"Opening it took longer than {seconds:.0f} seconds.")
    return Refused(
        f"Drawing page {page:,} took longer than {seconds:.0f} seconds and was stopped.",
        "The other pages are not affected, and nothing is lost.",
    )


def read_answer(raw: bytes, letter: bytes) -> PageLetters | bytes:
    """Letters or a PDF out of an answer to a request; ValueError where they are none."""
    if letter == wire.LETTERS and raw[:1] == wire.LETTERED:
        return read_letters(raw)
    if letter == wire.ANNOTATE and raw[:6] == wire.ANNOTATED + b"%PDF-":
        return raw[1:]
    raise ValueError("an answer to something else")


def read_head(raw: bytes, most_pixels: int) -> tuple[int, int, PageShape]:
    """Width, height and shape of a picture out of an answer; ValueError where it is none."""
    if raw[:1] != wire.IMAGE or len(raw) != 1 + wire.SIDES.size + wire.SHAPE.size:
        raise ValueError("a picture without a head")
    width, height = wire.SIDES.unpack_from(raw, 1)
    if width < 1 or height < 1 or width * height > most_pixels:
        raise ValueError("a picture of no size, or of more than it may have")
    return width, height, _shape(raw)


def read_letters(raw: bytes) -> PageLetters:
    """The letters of a page out of an answer; ValueError where counts do not fit."""
    head = 1 + wire.SIDES.size + wire.SHAPE.size
    if len(raw) < head:
        raise ValueError("letters without a head")
    count, _ = wire.SIDES.unpack_from(raw, 1)
    if count > _MOST_LETTERS or len(raw) != head + count * (1 + 32 + 4):
        raise ValueError("more or fewer letters than it says")
    turns = raw[head : head + count]
    boxes = read_numbers(raw[head + count : head + 33 * count])
    text = raw[head + 33 * count :].decode("utf-32-le")
    if len(text) != count or any(turn > 3 for turn in turns):
        raise ValueError("letters that are none")
    return PageLetters(text, boxes, turns, _shape(raw))


def _shape(raw: bytes) -> PageShape:
    left, bottom, right, top, turns = wire.SHAPE.unpack_from(raw, 1 + wire.SIDES.size)
    if not all(map(math.isfinite, (left, bottom, right, top))) or turns > 3:
        raise ValueError("a page without a shape")
    if left >= right or bottom >= top:
        raise ValueError("a page of no size")
    return PageShape(left, bottom, right, top, turns)


def read_numbers(raw: bytes) -> array[float]:
    made = array("d")
    made.frombytes(raw)
    if sys.byteorder == "big":
        made.byteswap()
    if not all(map(math.isfinite, made)):
        raise ValueError("a number that is none")
    return made
