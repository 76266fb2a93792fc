"""Understand a command line, and carry it out.

The first word that is no option is a verb, or else a file: files open the window. Exit codes: 0 all
well, 1 some items refused, 2 bad usage or query, 3 the library is busy, too new, or damaged.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from desktop_app import __version__, paths
from desktop_app.core.errors import (
    BadUsage,
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryTooOld,
    Problem,
)
from desktop_app.log_file import write_log_to

_log = logging.getLogger(__name__)

WELL, REFUSED, BAD_USAGE, NO_LIBRARY = 0, 1, 2, 3

# Each verb: the module that has it, what it takes, what it does.
VERBS = {
    "import": ("importing", "PATH... [--tag TAG] | --resume", "bring in files and folders"),
    "list": ("looking", "[QUERY] [--explain]", "documents, newest first"),
    "search": ("looking", "QUERY [--limit N] [--explain]", "documents with the passages found"),
    "concordance": (
        "concordance",
        "QUERY [--width N] [--explain]",
        "every match on a line of its own",
    ),
    "show": ("showing", "ID [--text | --original FILE]", "one document"),
    "highlight": (
        "marking",
        "ID --quote TEXT [--tag TAG] [--note TEXT] [--number N]",
        "mark a passage of a document",
    ),
    "highlights": (
        "marking",
        "[QUERY] [--tag TAG] [--state STATE] [--explain] [--format csv|md --out FILE]",
        "marked passages, or a table of them",
    ),
    "tag": (
        "tagging",
        "add|remove|list|show|new|edit|rename|move|merge|split|delete|bin|export|import ...",
        "tags, and documents with them; `postil tag --help` names all",
    ),
    "collection": (
        "collections",
        "list | new NAME | use NAME | edit|lock|archive|duplicate|delete ...",
        "tag collections; `postil collection --help` names all",
    ),
    "verify": ("keeping", "[--repair]", "look for damage"),
    "reindex": ("keeping", "[--extract]", "make the index anew, or read the originals again"),
    "backup": ("keeping", "[--out PATH]", "make a checked backup"),
    "restore": ("keeping", "PATH", "put a backup in the library's place"),
    "undo": ("undoing", "", "take back the last thing done"),
    "redo": ("undoing", "", "do again what was undone"),
    "history": ("undoing", "[--limit N]", "what was done, newest first"),
}

OpenWindow = Callable[[Path | None, Sequence[Path]], int]


@dataclass(frozen=True, slots=True)
class Request:
    """A command line that was understood. library: the folder named, None where none was."""

    verb: str | None
    words: tuple[str, ...]
    library: Path | None


def run(arguments: Sequence[str], *, open_window: OpenWindow) -> int:
    """Carry out a command line and return its exit code; what goes wrong is said in a sentence."""
    _speak_utf8()
    try:
        return _carry_out(understand(arguments, os.environ.get("POSTIL_LIBRARY")), open_window)
    except Problem as problem:
        print(problem, file=sys.stderr)
        if isinstance(problem, LibraryBusy | LibraryTooNew | LibraryTooOld | LibraryDamaged):
            return NO_LIBRARY
        return BAD_USAGE if isinstance(problem, BadUsage) else REFUSED
    except BrokenPipeError:
        # Whoever was reading has seen enough.
        from desktop_app.cli.call import stop_printing

        stop_printing()
        return WELL
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return REFUSED


def understand(arguments: Sequence[str], named: str | None) -> Request:
    """Divide a command line into its library, its verb and the words after that.

    named: the library that the environment names, if it does. Raises BadUsage.
    """
    library = named or None
    words = list(arguments)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word == "--":
            return Request(None, tuple(words), _folder(library))
        if word == "--library" and words:
            library = words.pop(0)
        elif word.startswith("--library=") and word != "--library=":
            library = word.partition("=")[2]
        elif word in ("-h", "--help", "--version"):
            return Request(word, (), _folder(library))
        elif word.startswith("--library"):
            raise BadUsage("--library needs a folder after it.")
        else:
            raise BadUsage(f"There is no option {word}.", "See `postil --help`.")
    if words and words[0] in VERBS:
        return Request(words[0], tuple(words[1:]), _folder(library))
    return Request(None, tuple(words), _folder(library))


def help_text() -> str:
    """All verbs in one page."""
    lines = ["postil [--library DIR]", "    open the window", ""]
    lines += ["postil [--library DIR] FILE...", "    import files and open the first", ""]
    for verb, (_, takes, does) in VERBS.items():
        lines += [f"postil {verb} {takes}".rstrip(), f"    {does}"]
    lines += [
        "",
        "Every verb takes --json: one object a line, nothing else on standard output. `--` ends the",
        "options. The library is the one that --library or $POSTIL_LIBRARY names, else your own.",
        "Exit codes: 0 all well, 1 some items refused, 2 bad usage or query, 3 the library is busy,",
        "too new, or damaged. `postil VERB --help` says more about a verb.",
    ]
    return "\n".join(lines)


def _folder(library: str | None) -> Path | None:
    return Path(library).expanduser() if library else None


def _carry_out(request: Request, open_window: OpenWindow) -> int:
    if request.verb in ("-h", "--help"):
        print(help_text())
        return WELL
    if request.verb == "--version":
        print(f"postil {__version__}")
        return WELL
    if request.verb is None:
        for word in request.words:
            if not Path(word).exists():
                raise BadUsage(f"There is no command and no file “{word}”.", "See `postil --help`.")
        return open_window(request.library, [Path(word) for word in request.words])
    from desktop_app.cli.call import Call

    verbs = import_module(f"desktop_app.cli.{VERBS[request.verb][0]}")
    library = request.library or paths.default_library()
    carry_out: Callable[[Call], int] = getattr(verbs, f"run_{request.verb}")
    with _logging():
        try:
            return carry_out(Call(request.verb, request.words, library))
        except (Problem, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001 - a mistake of ours; a traceback helps nobody who types verbs
            _log.exception("`%s` failed", request.verb)
            print(
                "Postil made a mistake and could not go on. What was answered is in the library; "
                f"the log says more: {paths.log_file()}",
                file=sys.stderr,
            )
            return REFUSED


@contextmanager
def _logging() -> Iterator[None]:
    """Send what goes wrong inside of Postil to its log, and none of it to the terminal."""
    handler = write_log_to(paths.log_file()) or logging.NullHandler()
    root = logging.getLogger()
    if handler not in root.handlers:
        root.addHandler(handler)
    before = threading.excepthook

    def in_thread(error: threading.ExceptHookArgs) -> None:
        if error.exc_value is not None:
            _log.error("a thread ended", exc_info=error.exc_value)

    threading.excepthook = in_thread
    try:
        yield
    finally:
        threading.excepthook = before
        root.removeHandler(handler)
        handler.close()


def _speak_utf8() -> None:
    """Let any file name be printed: what the terminal cannot show is written out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
