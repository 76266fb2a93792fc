"""Import a folder and end at a chosen moment; run as a program by test_import_killed.

python -m tests.faults.import_driver LIBRARY CACHE FOLDER [POINT NUMBER]

Each outcome is printed as a line of JSON as soon as it is acknowledged. At the NUMBERth passing of
POINT the process kills itself; with POINT `record` it prints every point that it passes to
standard error instead.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections import Counter
from pathlib import Path

from desktop_app import durable
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome


def main() -> None:
    folder, cache, files, *when = sys.argv[1:]
    passed: Counter[str] = Counter()

    one_by_one = threading.Lock()  # originals are brought to the disk by several threads

    def at_point(name: str) -> None:
        with one_by_one:
            passed[name] += 1
            if when[0] == "record":
                print(name, file=sys.stderr)
            elif name == when[0] and passed[name] == int(when[1]):
                os.kill(os.getpid(), signal.SIGKILL)

    if when:
        durable.at_point = at_point

    def say(outcome: Outcome) -> None:
        line = {"outcome": outcome.kind, "id": outcome.document, "path": outcome.path}
        print(json.dumps(line), flush=True)

    library = Library.open(Path(folder), cache=Path(cache), index="inline")
    library.import_files([Path(files)], on_outcome=say)
    library.wait_until_searchable()
    library.close()


if __name__ == "__main__":
    main()
