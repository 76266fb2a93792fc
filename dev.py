#!/usr/bin/env python3
"""Set Postil up in a checkout and run it, or run every check on it. Standard library only.

python3 dev.py run [--self-check] [FILE or FOLDER ...]
python3 dev.py test [--all]

Both make `.venv` beside this file and install the locked, hashed packages into it. Before anything
is downloaded, Qt's system libraries are looked for; what is missing is installed where that needs
no password, and otherwise named in a line to copy.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "packaging" / "requirements.lock"
TEST_LOCK = ROOT / "packaging" / "requirements-test.lock"
OLDEST = (3, 11)

# A file of tests stays in one process: its fixtures are made once. The files come in the order that
# tests/conftest.py gives them, the long ones first.
PYTEST = ["-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]

# Each library that the Qt wheels look for, and the Debian package that has it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def main(arguments: list[str]) -> int:
    """Do what the words after `dev.py` ask for; return the exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return _say(f"Postil needs Python 3.11 or newer; this is Python {found}.")
    if arguments[:1] == ["run"]:
        return _run(arguments[1:])
    if arguments in (["test"], ["test", "--all"]):
        return _test(everything="--all" in arguments)
    print(__doc__)
    return 0 if arguments in ([], ["--help"], ["-h"]) else 2


def _run(words: list[str]) -> int:
    headless = "--self-check" in words
    files = [word for word in words if word != "--self-check"]
    unknown = [word for word in files if word.startswith("-")]
    if unknown:
        return _say(f"run does not know {unknown[0]}. It takes files, folders and --self-check.")
    missing_files = [word for word in files if not Path(word).exists()]
    if missing_files:
        return _say(f"There is no file or folder {missing_files[0]}.")
    display = has_display()
    if not (headless or display):
        print("There is no display here, so Postil goes the whole way without one.", flush=True)
        headless = True
    problem = set_up(RUN_LOCK, display=display)
    if problem:
        return _say(problem)
    command = [str(PYTHON), "-m", "desktop_app"]
    if headless:
        command += ["self-check", "--", *files]
    elif files:
        command += ["--", *(str(Path(word).absolute()) for word in files)]
    return _hand_over(command)


def _test(*, everything: bool) -> int:
    problem = set_up(TEST_LOCK, display=has_display())
    if problem:
        return _say(problem)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # The tests start hundreds of processes; each would compile anew all that it imports.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    chosen = [] if everything else ["-m", "not long"]
    checks = {
        "ruff check": ["-m", "ruff", "check", "--quiet", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "pytest": [*PYTEST, *chosen],
    }
    failed = []
    for name, words in checks.items():
        print(f"== {name}", flush=True)
        if not _ran([PYTHON, *words], environment=environment):
            failed.append(name)
    if failed:
        return _say(f"Failed: {', '.join(failed)}.")
    return 0


def has_display() -> bool:
    """Tell whether a window could be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up(lock: Path, *, display: bool) -> str:
    """Bring `.venv` to what the lock file says; return what stands in the way, or nothing.

    Whatever changes what is installed is in the stamp; while it holds, nothing is looked at again.
    """
    if sys.platform.startswith("linux"):
        problem = _system_packages(display=display)
        if problem:
            return problem
    if importlib.util.find_spec("ensurepip") is None:
        return "This Python can make no virtual environment: its modules venv and ensurepip are missing."
    stamp = VENV / ".postil"
    wanted = _fingerprint(lock)
    stamps = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
    if wanted in stamps and PYTHON.exists():
        return ""
    started = time.monotonic()
    problem = _make_venv() or _install(lock)
    if problem:
        return problem
    # The test lock holds all of the other, so tests leave an environment that `run` can use.
    done = {_fingerprint(RUN_LOCK), wanted} if lock == TEST_LOCK else {wanted}
    stamp.write_text("\n".join(sorted(done)), encoding="utf-8")
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)
    return ""


def missing_packages(*, display: bool) -> dict[str, str]:
    """Name the libraries that the system lacks, each with its Debian package."""
    wanted = dict(QT_LIBRARIES)
    if display and os.environ.get("DISPLAY"):
        wanted |= X11_LIBRARIES
    if display and os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND_LIBRARIES
    missing = {}
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def _system_packages(*, display: bool) -> str:
    missing = missing_packages(display=display)
    packages = sorted(set(missing.values()))
    if importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    if not packages:
        return ""
    if not shutil.which("apt-get"):
        return _line_without_apt(missing)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = _root_prefix()
    if prefix is None:
        return (
            "Postil needs system packages that are not installed. Nothing has been downloaded. "
            "Please run\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n\nand then this command again."
        )
    print(f"Installing the system packages that Postil needs: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], [*install, "-qq"]):
        if not _ran([*prefix, *command], output="on failure", environment=environment):
            return f"This did not work: {' '.join([*prefix, *command])}"
    importlib.invalidate_caches()
    still = missing_packages(display=display)
    return f"These libraries are still missing: {', '.join(still)}." if still else ""


def _line_without_apt(missing: dict[str, str]) -> str:
    names = sorted(missing)
    if not names:
        return ""
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            capabilities = " ".join(f"'{name}()(64bit)'" for name in names)
            return (
                "Postil needs system libraries that are not installed. Nothing has been "
                f"downloaded. Please run\n\n    sudo {manager} install {capabilities}\n\n"
                "and then this command again."
            )
    return (
        "Postil needs system libraries that are not installed. Nothing has been downloaded. "
        f"Please install what has these files, and run this command again: {', '.join(names)}"
    )


def _root_prefix() -> list[str] | None:
    """What to put before a command to run it as root without being asked; None where that fails."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _ran([sudo, "-n", "true"], output="never"):
        return [sudo, "-n"]
    return None


def _fingerprint(lock: Path) -> str:
    parts = [sys.version, str(ROOT), (ROOT / "pyproject.toml").read_text(encoding="utf-8")]
    parts.append(lock.read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _make_venv() -> str:
    """Make `.venv`, or give an existing one that works its pip; a broken one is made again."""
    if any(
        _ran([PYTHON, "-m", *words], output="never") for words in (["pip", "-V"], ["ensurepip"])
    ):
        return ""
    print("Making .venv ...", flush=True)
    if _ran([sys.executable, "-m", "venv", "--clear", VENV], output="on failure"):
        return ""
    return "The virtual environment could not be made; what Python says about it stands above."


def _install(lock: Path) -> str:
    print("Installing the packages that Postil is made of ...", flush=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet"]
    quiet = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    steps: tuple[list[str | Path], ...] = (
        ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock],
        ["--no-deps", "--no-build-isolation", "--editable", ROOT],
    )
    for words in steps:
        if not _ran([*pip, *words], environment={**os.environ, **quiet}):
            return "The packages could not be installed; what pip says about it stands above."
    return ""


def _ran(
    command: list[str | Path], *, output: str = "shown", environment: dict[str, str] | None = None
) -> bool:
    """Run a command in the checkout and tell whether it ended well.

    output: "shown", "never", or "on failure".
    """
    kept = None if output == "shown" else subprocess.PIPE
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            env=environment,
            stdout=kept,
            stderr=kept and subprocess.STDOUT,
        )
    except OSError:
        return False
    if done.returncode and output == "on failure":
        sys.stderr.buffer.write(done.stdout)
    return done.returncode == 0


def _hand_over(command: list[str]) -> int:
    """Become the command; on Windows, where that would lose the terminal, wait for it."""
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


def _say(sentence: str) -> int:
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
