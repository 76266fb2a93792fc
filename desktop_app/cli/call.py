"""One call of a verb: its words, its library, and where its answers go.

Answers go to standard output, one a line: as JSON with stable keys where that was asked for, and
otherwise in words. Everything else that is said goes to standard error, a sentence at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from desktop_app import paths
from desktop_app.core.errors import BadUsage, DiskTrouble, LibraryBusy, LibraryMissing

if TYPE_CHECKING:
    from desktop_app.library.library import Library


class Parser(argparse.ArgumentParser):
    """Reads the words after a verb; what it cannot read is a BadUsage."""

    def error(self, message: str) -> NoReturn:
        raise BadUsage(f"{message[:1].upper()}{message[1:]}.", f"See `{self.prog} --help`.")


@dataclass(frozen=True, slots=True)
class Call:
    """A verb with the words after it. library: the folder named before the verb, or the default."""

    verb: str
    words: tuple[str, ...]
    library: Path

    def parser(self, what: str) -> Parser:
        """Begin to say what the verb takes; every verb takes --json and --library."""
        parser = Parser(prog=f"postil {self.verb}", description=what, allow_abbrev=False)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder")
        return parser

    def read(self, parser: Parser) -> argparse.Namespace:
        """Read the words; raises BadUsage for what the verb does not take."""
        # Options may stand between the words, unless `--` ends them: argparse cannot do both.
        ended = "--" in self.words
        options = (
            parser.parse_args(self.words) if ended else parser.parse_intermixed_args(self.words)
        )
        options.library = options.library or self.library
        return options


class Output:
    """Where answers go. json: one object a line, and nothing else on standard output."""

    def __init__(self, *, json: bool) -> None:
        self.json = json

    def answer(self, keys: Mapping[str, Any], words: str = "") -> None:
        """Print one answer, in one of its two forms; blank words print nothing."""
        if self.json:
            print(json.dumps(keys, ensure_ascii=False), flush=True)
        elif words:
            print(words, flush=True)

    def text(self, text: str) -> None:
        """Print text as it is."""
        sys.stdout.write(text)

    def note(self, sentence: str) -> None:
        """Say something that is not an answer."""
        if sentence:
            print(sentence, file=sys.stderr, flush=True)


def stop_printing() -> None:
    """Send answers nowhere from now on: whoever was reading them has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def stopped_by_interrupt() -> Iterator[threading.Event]:
    """Give an event that the first Ctrl+C sets; the second interrupts as usual."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def first(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def reading(folder: Path) -> Iterator[Library | None]:
    """Open a library to read it, also while another process writes; None where there is none."""
    from desktop_app.library.library import Library

    try:
        library = Library.peek(folder, cache=paths.cache())
    except LibraryMissing:
        yield None
        return
    try:
        yield library
    finally:
        library.close()


@contextmanager
def writing(
    folder: Path, *, make: bool = False, index: Literal["process", "inline"] = "inline"
) -> Iterator[Library]:
    """Open a library to change it; LibraryBusy where another process does.

    make: make it where there is none; otherwise that is a BadUsage.
    """
    from desktop_app.library.library import Library

    if not make and not holds_library(folder):
        raise BadUsage(f"There is no library in {folder}.", "`postil import` makes one.")
    library = Library.open(folder, cache=paths.cache(), index=index)
    library.listen_trouble(lambda problem: print(f"postil: {problem}", file=sys.stderr))
    try:
        yield library
    finally:
        library.close()


@contextmanager
def writing_if_free(folder: Path) -> Iterator[Library | None]:
    """Open a library to change it, or only to read it; None: no library.

    Only to read where another process holds it, or the disk lets nothing be written.
    """
    if not holds_library(folder):
        yield None
        return
    with ExitStack() as opened:
        library: Library | None
        try:
            library = opened.enter_context(writing(folder))
        except (LibraryBusy, DiskTrouble):
            library = opened.enter_context(reading(folder))
        yield library


def holds_library(folder: Path) -> bool:
    """Tell whether a library lies in the folder, readable or not; what is left of one counts."""
    return any((folder / name).exists() for name in ("postil.db", "originals", "backups"))
