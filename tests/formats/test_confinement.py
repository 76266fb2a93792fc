"""Each escape is tried in a process that has settled in as the reading process does."""

import base64
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.formats.file import File
from desktop_app.formats.process.confinement import CALLS, FILES, LAYERS, MEMORY, level_in_words
from desktop_app.formats.process.unpacking import Unpacker
from desktop_app.formats.process.worker import Worker
from tests.faults.small_documents import SMALL
from tests.formats.mails_for_tests import picture

linux = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")
known_machine = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="numbers of calls are known for two"
)

PROGRAM = """
import base64, ctypes, fcntl, json, os, pathlib, signal, socket, subprocess, sys, tempfile, threading

out = os.fdopen(os.dup(1), "w")
given = json.load(sys.stdin)
from desktop_app.formats.process.child import settle_in
from desktop_app.formats.limits import Limits
layers = settle_in(Limits(), os.getppid())
from desktop_app.formats import reading
reading.warm()
from desktop_app.formats.process.confinement import lock_away
from desktop_app.formats.file import File
layers += lock_away()

libc = ctypes.CDLL(None, use_errno=True)
secret = pathlib.Path(given["secret"])
ours = pathlib.Path(sys.prefix)

def called(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")

def forked():
    if os.fork() == 0:
        os._exit(0)

def cloned():
    number = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
    result = libc.syscall(number, signal.SIGCHLD, 0, 0, 0, 0)
    if result == 0:
        os._exit(0)
    called(result)

def in_a_thread():
    done = []
    thread = threading.Thread(target=lambda: done.append(1))
    thread.start()
    thread.join()
    return done == [1]

attempts = {
    "read another file": secret.read_text,
    "list the home folder": lambda: list(pathlib.Path.home().iterdir()),
    "socket": lambda: socket.socket(socket.AF_INET),
    "dns": lambda: socket.getaddrinfo("localhost", 80),
    "subprocess": lambda: subprocess.run([sys.executable, "-c", ""]),
    "memory": lambda: bytearray(2 << 30),
    "fork": forked,
    "ptrace": lambda: called(libc.ptrace(16, os.getppid(), 0, 0)),
    "write outside": lambda: (secret.parent / "new").write_text("x"),
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "socket of another kind": lambda: socket.socket(socket.AF_UNIX),
    "clone": cloned,
    "list another folder": lambda: list(secret.parent.iterdir()),
    "list the processes": lambda: list(pathlib.Path("/proc").iterdir()),
    "read a password file": pathlib.Path("/etc/passwd").read_text,
    "write beside python": lambda: (ours / "new").write_text("x"),
    "write for all": lambda: pathlib.Path(tempfile.gettempdir(), "new-file-of-a-test").write_text("x"),
    "remove": secret.unlink,
    "rename": lambda: secret.rename(secret.with_name("other")),
    "change rights": lambda: secret.chmod(0o777),
    "change times": lambda: os.utime(secret),
    "link": lambda: os.link(secret, secret.with_name("other")),
    "signal": lambda: os.kill(os.getppid(), 0),
    "type into the terminal": lambda: fcntl.ioctl(2, 0x5412, b"x"),
    "fewer limits": lambda: __import__("resource").setrlimit(
        __import__("resource").RLIMIT_AS, (-1, -1)
    ),
}

def tried(act):
    try:
        act()
    except (OSError, MemoryError, ValueError) as error:
        return type(error).__name__
    return "done"

def read(name, content):
    try:
        made = reading.read(File(base64.b64decode(content), name), Limits())
    except Exception as error:
        return repr(error)
    return f"{made.text.canonical} {len(made.pictures)} pictures"

answers = {
    "layers": layers,
    "thread": in_a_thread(),
    "read": {name: read(name, content) for name, content in given["documents"].items()},
    "tried": {name: tried(act) for name, act in attempts.items()},
}
json.dump(answers, out)
out.close()
"""
NEEDS_FILES = (
    "read another file",
    "list the home folder",
    "write outside",
    "list another folder",
    "list the processes",
    "read a password file",
    "write beside python",
    "write for all",
    "remove",
    "rename",
    "link",
)
NEEDS_CALLS = (
    "socket",
    "subprocess",
    "fork",
    "ptrace",
    "exec",
    "socket of another kind",
    "clone",
    "change rights",
    "change times",
    "signal",
    "type into the terminal",
)
READ = [kind for kind in SMALL if kind not in ("mbox", "zip")]


def page_with_pictures():
    shown = base64.b64encode(picture()).decode()
    return (
        f"<h1>Head</h1><p>The quay.</p><img alt=Lamp src='data:image/png;base64,{shown}'>".encode()
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    secret = folder / "secret"
    secret.write_text("x")
    documents = {f"a.{kind}": SMALL[kind]("The ferry left.") for kind in READ}
    documents["pictures.html"] = page_with_pictures()
    packed = {name: base64.b64encode(content).decode() for name, content in documents.items()}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps({"secret": str(secret), "documents": packed}).encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    answers = json.loads(done.stdout)
    assert secret.exists() or FILES not in answers["layers"]
    return answers


@linux
@known_machine
@pytest.mark.parametrize("attempt", NEEDS_CALLS)
def test_no_socket_no_program_and_no_other_process(answers, attempt):
    assert CALLS in answers["layers"]
    assert answers["tried"][attempt] == "PermissionError"


@linux
@known_machine
def test_no_name_is_looked_up(answers):
    assert answers["tried"]["dns"] == "gaierror"


@linux
@pytest.mark.parametrize("attempt", NEEDS_FILES)
def test_no_foreign_file(answers, attempt):
    if FILES not in answers["layers"]:
        pytest.skip("the kernel has no Landlock")
    assert answers["tried"][attempt] == "PermissionError"


@linux
def test_no_more_memory_than_the_limit_and_no_raising_it(answers):
    assert answers["tried"]["memory"] == "MemoryError"
    assert answers["tried"]["fewer limits"] == "ValueError"


@linux
def test_threads_go_on_behind_the_lock(answers):
    assert answers["thread"]


@linux
@pytest.mark.parametrize("kind", READ)
def test_every_kind_of_document_is_read_behind_the_lock(answers, kind):
    assert "The ferry left." in answers["read"][f"a.{kind}"]


@linux
def test_pictures_are_made_anew_behind_the_lock(answers):
    assert "1 pictures" in answers["read"]["pictures.html"]


PROBE = """
import json, multiprocessing, os, pathlib, sys

def look(answers, paths):
    from desktop_app.formats.process.child import settle_in
    from desktop_app.formats.limits import Limits
    settle_in(Limits(), os.getppid())
    from desktop_app.formats import reading
    reading.warm()
    from desktop_app.formats.process.confinement import lock_away
    from desktop_app.formats.file import File
    told = {"layers": lock_away()}
    for name, path in paths.items():
        try:
            told[name] = pathlib.Path(path).read_text()[:9]
        except OSError as error:
            told[name] = type(error).__name__
    told["read"] = reading.read(File(b"<p>The ferry left.", "a.html"), Limits()).text.canonical
    answers.put(told)

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn")
    answers = process.SimpleQueue()
    child = process.Process(target=look, args=(answers, json.loads(os.environ["LOOK_AT"])))
    child.start()
    print(json.dumps(answers.get()))
    child.join()
"""
PROJECT = Path(__file__).resolve().parents[2]


@linux
@pytest.mark.parametrize("started", ["as a module", "as a program", "installed", "in its checkout"])
def test_the_folder_it_was_started_in_is_no_part_of_it(started, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "probe.py").write_text(PROBE)
    (home / "secret.txt").write_text("secret")
    beside = PROJECT / "pyproject.toml"
    packages = PROJECT
    if started == "installed":
        packages = tmp_path / "lib" / "site-packages"
        shutil.copytree(
            PROJECT / "desktop_app",
            packages / "desktop_app",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        beside = tmp_path / "lib" / "beside.txt"
        beside.write_text("secret")
    program = ["-m", "probe"] if started == "as a module" else [str(home / "probe.py")]
    look_at = {"secret": str(home / "secret.txt"), "beside": str(beside)}
    environ = os.environ | {
        "HOME": str(home),
        "PYTHONPATH": str(packages),
        "LOOK_AT": json.dumps(look_at),
    }
    done = subprocess.run(
        [sys.executable, *program],
        cwd=PROJECT if started == "in its checkout" else home,
        env=environ,
        capture_output=True,
        check=True,
        timeout=120,
    )
    told = json.loads(done.stdout)
    if FILES not in told["layers"]:
        pytest.skip("the kernel has no Landlock")
    assert told["read"] == "The ferry left."
    assert told["secret"] == "PermissionError"
    assert told["beside"] == "PermissionError"


def test_the_worker_says_which_layers_hold():
    with Worker() as worker:
        assert worker.layers == ()
        layers = worker.wait_for_layers(60)
        assert layers == worker.layers
        assert set(layers) <= set(LAYERS)
        if sys.platform == "linux":
            assert {CALLS, MEMORY} <= set(layers)
        worker.extract(File(b"text", "a.txt"))
        assert worker.layers == layers


@linux
def test_the_process_that_opens_zips_is_locked_away_as_well():
    with Unpacker() as unpacker:
        unpacker.open(SMALL["zip"]("The ferry left."), "a.zip")
        status = Path(f"/proc/{unpacker.process_id}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


def test_the_level_is_said_in_words():
    everything = level_in_words(LAYERS)
    assert "cannot open files" in everything
    assert "nothing keeps it" not in everything
    nothing = level_in_words(())
    assert "process of its own." in nothing
    assert "nothing keeps it from opening other files" in nothing
    some = level_in_words((MEMORY,))
    assert "cannot take more memory" in some
    assert "nothing keeps it from opening other files" in some
