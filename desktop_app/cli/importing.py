"""`postil import`: one answer for each file, said once it is durable."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from desktop_app.cli.call import Call, Output, stop_printing, writing
from desktop_app.core.errors import BadUsage
from desktop_app.core.file_names import shown_name
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress


def run_import(call: Call) -> int:
    """Import files and folders; 1 where some were refused or it was stopped."""
    parser = call.parser("Import files and folders. Each gets one answer once it is on the disk.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--tag", help="tag every imported document; made where it is missing")
    options = call.read(parser)
    if options.tag is not None and not options.tag.strip(" /"):
        raise BadUsage("--tag needs a tag, such as `place/Syria`.")
    out = Output(json=options.json)

    def say(outcome: Outcome) -> None:
        try:
            out.answer(_record(outcome), _words(outcome))
        except BrokenPipeError:
            # Nobody reads the answers any more, but the import was asked for whole.
            stop_printing()

    with (
        writing(options.library, make=True, index="process") as library,
        _stopped_by_interrupt() as stop,
    ):
        done = library.import_files(options.paths, tag=options.tag, stop=stop, on_outcome=say)
        if not stop.is_set():
            library.wait_until_searchable()
    if not options.json:
        out.note(_summary(done))
    if stop.is_set():
        out.note("Stopped. What is listed above is in the library; import again for the rest.")
    return 1 if done.refused or stop.is_set() else 0


def _record(outcome: Outcome) -> dict[str, Any]:
    return {
        "path": outcome.path,
        "outcome": outcome.kind.value,
        "id": outcome.document,
        "reason": outcome.reason or None,
        "title": outcome.title or None,
    }


def _words(outcome: Outcome) -> str:
    name = f"{outcome.document:>6}" if outcome.document is not None else " " * 6
    if outcome.kind is OutcomeKind.IMPORTED:
        return f"{name}  imported  {outcome.title}"
    return f"{name}  {outcome.kind.value:<8}  {shown_name(outcome.path)}: {outcome.reason}"


def _summary(done: Progress) -> str:
    counts = {
        "imported": done.imported,
        "imported with a warning": done.warnings,
        "known already": done.known,
        "refused": done.refused,
    }
    return f"{', '.join(f'{n:,} {what}' for what, n in counts.items() if n) or 'No files'}."


@contextmanager
def _stopped_by_interrupt() -> Iterator[threading.Event]:
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
