"""Each escape is tried in a process that has locked itself away, as the reading process does."""

import json
import os
import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

PROGRAM = """
import ctypes, json, os, pathlib, resource, socket, subprocess, sys
from desktop_app.formats import reading
from desktop_app.formats.confinement import limit, lock_away
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
limit(1_500_000_000)
reading.warm()
layers = lock_away()

def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"

secret = pathlib.Path(sys.argv[1])
page = b"<html><body><p>" + b"The convoy waited at the bridge. " * 20
print(json.dumps({
    "layers": layers,
    "socket": tried(lambda: socket.socket(socket.AF_INET)),
    "unix socket": tried(lambda: socket.socket(socket.AF_UNIX)),
    "program": tried(lambda: os.execv("/nowhere/true", ["true"])),
    "read": tried(lambda: secret.read_text()),
    "list": tried(lambda: list(secret.parent.iterdir())),
    "write": tried(lambda: (secret.parent / "new").write_text("x")),
    "write beside python": tried(lambda: (pathlib.Path(sys.prefix) / "new").write_text("x")),
    "remove": tried(secret.unlink),
    "memory": tried(lambda: bytearray(2_000_000_000)),
    "html": reading.read(File(page, "a.html"), Limits()).words,
    "markdown": reading.read(File(b"# Head", "a.md"), Limits()).words,
    "latin": reading.read(File("Stra\\u00dfe \\u0431".encode("utf-16"), "a.txt"), Limits()).words,
}))
"""


@pytest.fixture(scope="module")
def escapes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    (folder / "secret").write_text("x")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "secret")],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert (folder / "secret").exists() or "files" not in json.loads(done.stdout)["layers"]
    return json.loads(done.stdout)


@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="numbers of calls are known for two"
)
@pytest.mark.parametrize("escape", ["socket", "unix socket", "program"])
def test_no_socket_and_no_program(escapes, escape):
    assert "calls" in escapes["layers"]
    assert escapes[escape] == "PermissionError"


@pytest.mark.parametrize("escape", ["read", "list", "write", "write beside python", "remove"])
def test_no_foreign_file(escapes, escape):
    if "files" not in escapes["layers"]:
        pytest.skip("the kernel has no Landlock")
    assert escapes[escape] == "PermissionError"


def test_no_more_memory_than_the_limit(escapes):
    assert escapes["memory"] == "MemoryError"


def test_reading_goes_on_behind_the_lock(escapes):
    assert escapes["html"] == 120
    assert escapes["markdown"] == 1
    assert escapes["latin"] == 2
