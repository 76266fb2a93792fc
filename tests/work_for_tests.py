"""How much work something is, for tests that guard against work that gets out of hand.

None of them judges a moment by the clock, or the speed of the machine: they take the least of
several tries, for what the machine does besides only ever adds to it, and leave it room.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

_TRIES = 4


def work_of(doing: Callable[[], object]) -> float:
    """The processor seconds that this thread works for something."""
    gc.disable()  # a look for rubbish is longer the more tests there were before
    try:
        begun = time.thread_time()
        doing()
        return time.thread_time() - begun
    finally:
        gc.enable()


def least_work(round_of: Callable[[], Mapping[str, float]], limit: float) -> dict[str, float]:
    """The least work of each step over rounds of them, which end as soon as all are below a limit."""
    least: dict[str, float] = {}
    for _ in range(_TRIES):
        for step, work in round_of().items():
            least[step] = min(work, least.get(step, work))
        if max(least.values()) < limit:
            break
    return least


def times_the_work(
    code: str, other: str, limit: float, environment: Mapping[str, str] | None = None
) -> float:
    """How many times the work of a Python process that runs other code one that runs this is.

    Both run in turn until it is below the limit; the machine is as fast for the one as for the
    other.
    """
    this, that = [], []
    for _ in range(_TRIES):
        this.append(_work_of_process(code, environment))
        that.append(_work_of_process(other, environment))
        if min(this) / min(that) < limit:
            break
    return min(this) / min(that)


def _work_of_process(code: str, environment: Mapping[str, str] | None) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
