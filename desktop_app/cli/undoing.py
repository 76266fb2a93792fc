"""`postil undo`, `redo` and `history`: what was done, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.library.undoing import UndoReport


def run_undo(call: Call) -> int:
    """Take back the last thing done; 1 where something stands in the way."""
    options = call.read(call.parser("Take back the last thing done."))
    with writing(options.library) as library:
        report = library.undo()
    return _say(report, "Undone", "There is nothing to undo.", Output(json=options.json))


def run_redo(call: Call) -> int:
    """Do again what was undone last; 1 where something stands in the way."""
    options = call.read(call.parser("Do again what was undone last."))
    with writing(options.library) as library:
        report = library.redo()
    return _say(report, "Done again", "There is nothing to do again.", Output(json=options.json))


def run_history(call: Call) -> int:
    """List what was done, newest first."""
    parser = call.parser("List what was done, the newest first.")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="usually 100")
    options = call.read(parser)
    if options.limit < 1:
        raise BadUsage("--limit needs a number from 1 up.")
    out = Output(json=options.json)
    with reading(options.library) as library:
        for done in library.history(options.limit) if library is not None else ():
            at = done.done_at.isoformat(timespec="seconds")
            out.answer(
                {"name": done.name, "done_at": at, "undone": done.undone},
                f"{at}  {done.name}{'  (undone)' if done.undone else ''}",
            )
    return 0


def _say(report: UndoReport | None, verb: str, nothing: str, out: Output) -> int:
    if report is None:
        out.note(nothing)
        return 0
    if report.refused is not None:
        out.note(report.refused)
    out.answer(
        {"name": report.name, "refused": report.refused},
        "" if report.refused else f"{verb}: {report.name}",
    )
    return 1 if report.refused else 0
