"""Runs of letters by which places in long texts are found without going through them again.

Which runs are looked at depends on nothing but the letters at their beginning, so that the same
run is looked at wherever it stands, whatever was put in or taken out before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Of Latin letters about each sixteenth begins a run, of others about as many. Only one byte is
# taken at a time: whether a run begins must not hang on what stands before it.
_OFTEN = re.compile(
    rb"[hmpyHMPY05](?=[aeornAEORN02])|[\x80\x81\x85\x8c\x94\xa8\xb1\xb2\xba](?=[\xc0-\xff])"
)
# About each hundredth.
_SELDOM = re.compile(
    rb"[hmpyHMPY05](?=[aornAORN02][aegilmnotuyACEGIKMOQSUWY02468][bcdfghklmtuwyBCDFGHKLMTUWY1357])"
    rb"|[\x80\x81](?=[\xc0-\xff])"
)

SHORT = 16  # bytes of letters


def beginnings(letters: bytes, length: int, *, often: bool) -> Iterator[tuple[int, bytes]]:
    """The runs of a length that are looked at, with where they begin."""
    for found in (_OFTEN if often else _SELDOM).finditer(letters):
        at = found.start()
        run = letters[at : at + length]
        if len(run) == length:
            yield at, run


class Runs:
    """Where the short runs of a text stand that stand there once."""

    def __init__(self, letters: bytes) -> None:
        self._places: dict[bytes, int] = {}
        for at, run in beginnings(letters, SHORT, often=True):
            self._places[run] = -1 if run in self._places else at

    def of(self, wanted: bytes) -> list[tuple[int, int | None]]:
        """For each run in some letters: where it begins in them, and in the text.

        None where it stands nowhere in the text, -1 where it stands there more than once.
        """
        return [
            (offset, self._places.get(run)) for offset, run in beginnings(wanted, SHORT, often=True)
        ]
