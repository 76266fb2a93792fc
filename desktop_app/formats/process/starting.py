"""Start a process that sees foreign bytes, and end it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from desktop_app.formats.limits import Limits
from desktop_app.formats.process.child import READY

_START_S = 60.0
_LONGEST_READY = 200


class Gone(Exception):
    """The process ended, or said something it should not have."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that is ready, and the pipe to it. layers: what holds it back, see confinement."""

    process: SpawnProcess
    connection: Connection
    layers: tuple[str, ...] = ()

    def end(self) -> None:
        """End it now, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def begin(
    serve: Callable[[Connection, Limits, int], None],
    limits: Limits,
    started: Callable[[SpawnProcess], None] = lambda _process: None,
) -> Running:
    """Start a process that runs serve, and wait until it is ready; raises Gone.

    On Linux it also ends with the thread that calls this. started: gets the process before it is
    ready, so that waiting for it can be ended by killing it.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, limits, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    started(process)
    try:
        if ours.poll(_START_S):
            ready = ours.recv_bytes(_LONGEST_READY)
            if ready[:1] == READY:
                said = ready[1:].decode("ascii", "replace").split()
                return Running(process, ours, tuple(said))
    except (EOFError, OSError) as error:
        Running(process, ours).end()
        raise Gone from error
    Running(process, ours).end()
    raise Gone
