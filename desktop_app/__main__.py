"""The command `postil`: a verb for the terminal, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.cli.run import run


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line, by default this process's own, and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["self-check"]:
        # For `dev.py run` where there is no display; it is not one of the verbs.
        from desktop_app.self_check import run as check

        return check(words[1:])
    return run(words, open_window=_open_window)


def _open_window(library: Path | None, files: Sequence[Path]) -> int:
    from desktop_app.main import run as open_window

    return open_window(library, files)


if __name__ == "__main__":
    sys.exit(main())
