"""What the system is really asked: synced before renamed, and both before it is acknowledged.

Killing a process loses nothing that the system has been given; a power cut does. The order of the
calls is read from a trace of them, where there is a program that can make one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

IMPORT = """
import os, sys
from pathlib import Path
from desktop_app.store.store import Store
from tests.faults.store_driver import document
with Store.open(Path(sys.argv[1])) as store:
    for batch in range(4):
        news = [document(f"{batch} {number}") for number in range(6)]
        store.originals.keep([(n.original, n.text.canonical.encode()) for n in news])
        with store.write() as work:
            work.documents.add_many(news)
        os.write(1, b"acknowledged\\n")
"""

_CALL = re.compile(r"\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed)(.*)")
_OPEN_FILE = re.compile(r"\d+<([^>]*)>")
_QUOTED = re.compile(r'"([^"]*)"')


def wrong_orders(trace: str) -> tuple[list[str], int]:
    """What was done in the wrong order, and how often something was acknowledged."""
    unsynced: set[str] = set()
    wrong: list[str] = []
    acknowledged = 0
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, arguments = call.groups()
        opened = _OPEN_FILE.search(arguments)
        if name in ("write", "pwrite64") and '"acknowledged' in arguments:
            acknowledged += 1
            wrong += [f"acknowledged before {path} was synced" for path in sorted(unsynced)]
        elif name in ("write", "pwrite64") and opened:
            path = opened[1]
            if path.endswith((".part", "-wal")):
                unsynced.add(path)
        elif name in ("fsync", "fdatasync") and opened:
            unsynced.discard(opened[1])
        elif name in ("rename", "renameat", "renameat2"):
            source, target = _QUOTED.findall(arguments)
            if source in unsynced:
                wrong.append(f"{source} was renamed before it was synced")
            unsynced.add(str(Path(target).parent))
        elif name in ("mkdir", "mkdirat"):
            unsynced.add(str(Path(_QUOTED.findall(arguments)[0]).parent))
    return wrong, acknowledged


def test_nothing_is_acknowledged_before_it_would_outlast_a_power_cut(tmp_path: Path) -> None:
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("there is no strace here")
    library = (tmp_path / "library").resolve()
    trace = tmp_path / "trace"
    calls = "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat"
    run = subprocess.run(
        [
            tracer,
            "-f",
            "-y",
            "-s",
            "400",
            "-e",
            calls,
            "-o",
            trace,
            sys.executable,
            "-c",
            IMPORT,
            library,
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    if "ptrace" in run.stderr:
        pytest.skip(f"processes may not be traced here: {run.stderr.strip()}")
    assert run.returncode == 0, run.stderr
    lines = [
        line
        for line in trace.read_text(errors="replace").splitlines()
        if str(tmp_path.resolve()) in line or '"acknowledged' in line
    ]
    wrong, acknowledged = wrong_orders("\n".join(lines))
    assert acknowledged == 4
    assert "\n".join(wrong) == ""


def test_a_wrong_order_would_be_seen() -> None:
    trace = "\n".join(
        (
            '7 write(3</l/a.part>, "x", 1) = 1',
            '7 rename("/l/a.part", "/l/a") = 0',
            '7 pwrite64(4</l/postil.db-wal>, "x", 1, 0) = 1',
            '7 write(1</dev/null>, "acknowledged\\n", 13) = 13',
        )
    )
    wrong, acknowledged = wrong_orders(trace)
    assert acknowledged == 1
    assert wrong == [
        "/l/a.part was renamed before it was synced",
        "acknowledged before /l was synced",
        "acknowledged before /l/a.part was synced",
        "acknowledged before /l/postil.db-wal was synced",
    ]
