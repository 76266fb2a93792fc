"""What the reading process gives up for good before it sees a foreign byte.

Everywhere but on Windows limits on memory and core dumps; on Linux also sockets, starting
programs and, where the kernel has Landlock, every file but those that Python itself is made of.
Each layer that a system lacks is left out: none of them is relied on alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_OF_PYTHON = ("stdlib", "platstdlib", "purelib", "platlib")
# What the folders are called that packages are installed in.
_OF_PACKAGES = frozenset({"site-packages", "dist-packages", "lib-dynload"})

MEMORY, FILES, CALLS = "memory", "files", "calls"
LAYERS = (FILES, CALLS, MEMORY)
# What a layer keeps the process from, behind "it cannot" and behind "nothing keeps it from".
_IN_WORDS = {
    FILES: (
        "open files other than those that Postil itself is made of",
        "opening other files",
    ),
    CALLS: (
        "reach a network, start programs or touch other processes",
        "reaching a network, starting programs or touching other processes",
    ),
    MEMORY: ("take more memory than a document may have", "taking more and more memory"),
}

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_EPERM = 1

# linux/audit.h: what a system call says it was made for.
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Sockets: socket, connect, bind, listen, accept, accept4, sendto, sendmsg. Processes: execve,
# execveat, fork, vfork, ptrace, kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_open,
# pidfd_send_signal, pidfd_getfd, process_vm_readv, process_vm_writev. Files, by what Landlock does
# not look at: chmod, fchmod, fchmodat, fchmodat2, chown, fchown, lchown, fchownat, utime, utimes,
# futimesat, utimensat, setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr.
# The system: mount, unshare, setns, bpf, io_uring_setup, keyctl, userfaultfd, perf_event_open.
_REFUSED = {
    "x86_64": (
        41, 42, 49, 50, 43, 288, 44, 46,
        59, 322, 57, 58, 101, 62, 200, 129, 297, 434, 424, 438, 310, 311,
        90, 91, 268, 452, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199,
        165, 272, 308, 321, 425, 250, 323, 298,
    ),
    "aarch64": (
        198, 203, 200, 201, 202, 242, 206, 211,
        221, 281, 117, 129, 130, 138, 240, 434, 424, 438, 270, 271,
        52, 53, 452, 54, 55, 88, 5, 6, 7, 14, 15, 16,
        40, 97, 268, 280, 425, 219, 282, 241,
    ),
}  # fmt: skip
# clone is refused unless it makes a thread; clone3, whose flags no filter can see, is answered as
# if the kernel did not know it, and the C library then uses clone. ioctl is refused where it would
# type into the terminal (TIOCSTI), and tgkill where it is another process that it means.
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_IOCTL = {"x86_64": 16, "aarch64": 29}
_TGKILL = {"x86_64": 234, "aarch64": 131}
_THREAD = 0x10000
_TIOCSTI = 0x5412
_ENOSYS = 38

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version knows
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3


def limit(memory_bytes: int | None) -> list[str]:
    """Limit memory and refuse core dumps; returns the layer if it holds. Nothing on Windows."""
    if sys.platform == "win32":
        return []
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes is None:
        return []
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    except (OSError, ValueError):
        return []  # not every system lets one lower it
    return [MEMORY]


def level_in_words(layers: Sequence[str]) -> str:
    """Say in a sentence or two what a process with these layers cannot do, and what it could."""
    refused = [words for layer, (words, _) in _IN_WORDS.items() if layer in layers]
    free = [words for layer, (_, words) in _IN_WORDS.items() if layer not in layers]
    said = "Foreign files are read in a process of its own"
    said += f" that cannot {_listed(refused)}." if refused else "."
    if free:
        said += f" On this system nothing keeps it from {_listed(free)}."
    return said


def _listed(parts: Sequence[str]) -> str:
    return "; or ".join(parts)


def end_with(parent: int) -> None:
    """Have the system end this process when its parent's thread ends. Only on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def lock_away(also: Iterable[str] = ()) -> list[str]:
    """Give up sockets, programs, processes and foreign files; returns the layers that hold.

    also: further folders that may be read.
    """
    if sys.platform != "linux":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return []
    layers = []
    if _only_files_under(libc, [*_own_folders(), *also]):
        layers.append(FILES)
    if _refuse_calls(libc):
        layers.append(CALLS)
    return layers


def _own_folders() -> Iterable[str]:
    """Where Python, the packages it has imported and what they are linked with lie.

    Never a folder for being on the path to import from: the first of those is the one that Postil
    was started in, which may be somebody's home.
    """
    own: list[str | None] = [sysconfig.get_paths()[kind] for kind in _OF_PYTHON]
    own.append(sysconfig.get_config_var("LIBDIR"))
    own += (folder for folder in sys.path if Path(folder).name in _OF_PACKAGES)
    own += _imported()
    own.append(getattr(sys, "_MEIPASS", None))
    own += ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo"]
    return [folder for folder in dict.fromkeys(own) if folder and Path(folder).is_absolute()]


def _imported() -> Iterator[str]:
    """The folder of each package that has been imported, or the file of a module in none."""
    for name, module in list(sys.modules.items()):
        if "." in name or name in ("__main__", "__mp_main__"):
            continue
        folders = [str(folder) for folder in getattr(module, "__path__", ())]
        file = getattr(module, "__file__", None)
        yield from folders or ([file] if isinstance(file, str) else [])


def _only_files_under(libc: ctypes.CDLL, folders: Iterable[str]) -> bool:
    """Landlock: from now on only these folders can be read, and nothing can be written."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << _LANDLOCK_RIGHTS.get(version, 16)) - 1
    attributes = struct.pack("Q", rights)
    if version >= 4:
        attributes += struct.pack("Q", 0b11)  # no TCP port may be bound or connected to
    if version >= 6:
        attributes += struct.pack("Q", 0b11)  # no abstract socket, no signal to a process outside
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        for folder in folders:
            try:
                handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue  # named, but not there
            try:
                allowed = _READ_FILE | (_READ_FOLDER if Path(folder).is_dir() else 0)
                libc.syscall(_LANDLOCK_ADD, rules, 1, struct.pack("=Qi", allowed, handle), 0)
            finally:
                os.close(handle)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _refuse_calls(libc: ctypes.CDLL) -> bool:
    """Seccomp: answer the refused system calls with EPERM; kill what calls for another machine.

    The filter is handed over to threads and must be made in the process that it is for.
    """
    machine = platform.machine()
    if machine not in _MACHINES or sys.maxsize < 2**32:
        return False
    load, equal, at_least, has_bits, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050000 | _EPERM, 0x80000000
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, _MACHINES[machine]),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),
    ]
    if machine == "x86_64":
        steps += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, kill)]  # the x32 calls
    for number in _REFUSED[machine]:
        steps += [(equal, 0, 1, number), (answer, 0, 0, refuse)]
    steps += [(equal, 0, 1, _CLONE3), (answer, 0, 0, 0x00050000 | _ENOSYS)]
    # (load what the call was given, compare it, go on with the first answer or with the second)
    for number, offset, compare, value, first, second in (
        (_CLONE[machine], 16, has_bits, _THREAD, allow, refuse),
        (_IOCTL[machine], 24, equal, _TIOCSTI, refuse, allow),
        (_TGKILL[machine], 16, equal, os.getpid(), allow, refuse),
    ):
        steps += [
            (equal, 0, 4, number),
            (load, 0, 0, offset),
            (compare, 0, 1, value),
            (answer, 0, 0, first),
            (answer, 0, 0, second),
        ]
    steps.append((answer, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)
