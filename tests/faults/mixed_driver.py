"""Import a folder, or go on with what was begun; run as a program by the tests beside it.

python -m tests.faults.mixed_driver LIBRARY CACHE FOLDER | --read-again

Each outcome is printed as a line of JSON as soon as it is acknowledged; with --read-again each
batch that was read again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome
from desktop_app.library.reading_again import ReadAgain


def main() -> None:
    folder, cache, files = sys.argv[1:]

    def say(outcome: Outcome) -> None:
        line = [outcome.path, outcome.kind, outcome.document, outcome.title, outcome.reason]
        print(json.dumps(line), flush=True)

    def say_read(done: ReadAgain) -> None:
        print(json.dumps([done.done, done.of]), flush=True)

    library = Library.open(Path(folder), cache=Path(cache), index="inline")
    waiting = library.interrupted_imports()
    if files == "--read-again":
        library.read_again(on_progress=say_read)
    elif waiting:
        library.resume_import(waiting[0].id, on_outcome=say)
    elif not library.import_runs():
        library.import_files([Path(files)], tag="harbours/new", on_outcome=say)
    library.wait_until_searchable()
    library.close()


if __name__ == "__main__":
    main()
