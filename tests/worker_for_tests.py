"""One process that reads files, for all libraries that the tests of a process open."""

from __future__ import annotations

import atexit
from functools import cache

from desktop_app.formats.process.worker import Worker


@cache
def one_worker() -> Worker:
    """A worker that outlives the libraries it reads for: a new one takes a second to be ready."""
    made = Worker()
    atexit.register(made.close)
    return made
