"""`postil import`: one answer for each file, said once it is durable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call, Output, stop_printing, stopped_by_interrupt, writing
from desktop_app.core.errors import BadUsage
from desktop_app.core.file_names import shown_name
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress

if TYPE_CHECKING:
    from desktop_app.library.import_runs import ImportRun


def run_import(call: Call) -> int:
    """Import files and folders; 1 where some were refused or it was stopped.

    What is left out for being hidden is no failure.
    """
    parser = call.parser(
        "Import files and folders, and what mailboxes and zips hold. Each document gets one answer"
        " once it is on the disk."
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--tag", help="tag every imported document; made where it is missing")
    parser.add_argument(
        "--resume", action="store_true", help="go on with the newest import that was not done"
    )
    options = call.read(parser)
    if options.resume == bool(options.paths):
        raise BadUsage("Name files or folders to import, or --resume an import.")
    if options.resume and options.tag is not None:
        raise BadUsage("--resume goes on with the tag that the import began with.")
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
        writing(options.library, make=not options.resume, index="process") as library,
        stopped_by_interrupt() as stop,
    ):
        if options.resume:
            waiting = library.interrupted_imports()
            if not waiting:
                raise BadUsage("There is no import to resume.", "Nothing has been changed.")
            done = library.resume_import(waiting[0].id, stop=stop, on_outcome=say)
        else:
            done = library.import_files(options.paths, tag=options.tag, stop=stop, on_outcome=say)
        if not stop.is_set():
            library.wait_until_searchable()
        others = library.interrupted_imports()
    if not options.json:
        out.note(_summary(done))
    if stop.is_set():
        out.note(
            "Stopped. What is listed above is in the library; `postil import --resume` goes on."
        )
    elif others:
        out.note(_not_done(others))
    return 1 if done.refused > done.hidden or stop.is_set() else 0


def _not_done(others: Sequence[ImportRun]) -> str:
    when = f"{others[0].started_at.astimezone():%Y-%m-%d %H:%M}"
    if len(others) > 1:
        return (
            f"{len(others)} imports were not done, the newest of {when}; "
            "`postil import --resume` goes on with that one."
        )
    return f"The import of {when} was not done; `postil import --resume` goes on with it."


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
        return (
            f"{name}  imported  {outcome.title}{f' ({outcome.reason})' if outcome.reason else ''}"
        )
    return f"{name}  {outcome.kind.value:<8}  {shown_name(outcome.path)}: {outcome.reason}"


def _summary(done: Progress) -> str:
    counts = {
        "imported": done.imported,
        "imported with a warning": done.warnings,
        "known already": done.known,
        "refused": done.refused - done.hidden,
        "left out (hidden)": done.hidden,
    }
    said = f"{', '.join(f'{n:,} {what}' for what, n in counts.items() if n) or 'No files'}."
    if not done.in_trash:
        return said
    known = "It lies" if done.known == 1 else "All of them lie"
    if done.in_trash < done.known:
        lies = "lies" if done.in_trash == 1 else "lie"
        known = f"{done.in_trash:,} of those known {lies}"
    return (
        f"{said} {known} in the trash: put back what you want from the window’s Trash, or with "
        "`postil redo` where an import was undone and nothing done since."
    )
