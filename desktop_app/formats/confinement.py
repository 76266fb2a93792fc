"""What the reading process gives up for good before it sees a foreign byte.

Everywhere but on Windows limits on memory and core dumps; on Linux also sockets, starting
programs and, where the kernel has Landlock, every file but those that Python itself is made of.
Each layer that a system lacks is left out: none of them is relied on alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_EPERM = 1

# linux/audit.h: what a system call says it was made for.
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket, connect, bind, listen, accept, accept4, sendto, sendmsg, execve, execveat, ptrace, mount,
# unshare, setns, bpf, io_uring_setup, keyctl, process_vm_readv, process_vm_writev, userfaultfd,
# pidfd_getfd, perf_event_open
_REFUSED = {
    "x86_64": (
        41, 42, 49, 50, 43, 288, 44, 46, 59, 322, 101, 165, 272, 308, 321, 425, 250, 310, 311, 323,
        438, 298,
    ),
    "aarch64": (
        198, 203, 200, 201, 202, 242, 206, 211, 221, 281, 117, 40, 97, 268, 280, 425, 219, 270, 271,
        282, 438, 241,
    ),
}  # fmt: skip

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version knows
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3


def limit(memory_bytes: int | None) -> None:
    """Limit memory and refuse core dumps. Nothing on Windows."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes is not None:
        # Not every system lets one lower it.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def end_with(parent: int) -> None:
    """Have the system end this process when its parent's thread ends. Only on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def lock_away() -> list[str]:
    """Give up sockets, programs and foreign files; returns the names of the layers that hold."""
    if sys.platform != "linux":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return []
    layers = []
    if _only_files_under(libc, _own_folders()):
        layers.append("files")
    if _refuse_calls(libc):
        layers.append("calls")
    return layers


def _own_folders() -> Iterable[str]:
    """Where Python, its packages and what they are linked with lie."""
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        own.append(bundle)
    own += ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo"]
    return [folder for folder in dict.fromkeys(own) if folder and Path(folder).exists()]


def _only_files_under(libc: ctypes.CDLL, folders: Iterable[str]) -> bool:
    """Landlock: from now on only these folders can be read, and nothing can be written."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << _LANDLOCK_RIGHTS.get(version, 16)) - 1
    attributes = struct.pack("Q", rights)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        for folder in folders:
            handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
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
    """Seccomp: answer the refused system calls with EPERM; kill what calls for another machine."""
    machine = platform.machine()
    if machine not in _MACHINES or sys.maxsize < 2**32:
        return False
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
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
    steps.append((answer, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)
