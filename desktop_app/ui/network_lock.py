"""Give up Internet sockets for good: for this process, all its threads, and every child it starts.

On Linux a seccomp filter refuses `socket()` for IPv4 and IPv6, and refuses every call of a foreign
ABI and io_uring, which opens sockets by itself. Sockets of the machine itself (the display, the desktop's bus) stay. It cannot be taken back.
Elsewhere nothing is locked: there the promise rests on no part of the program asking for one.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass

# linux/audit.h and the tables of system calls: AUDIT_ARCH_*, socket, seccomp.
_MACHINES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}
_X32_BIT = 0x40000000
_IO_URING_SETUP = 425  # on every machine

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1

# linux/bpf_common.h and linux/seccomp.h.
_LOAD = 0x20
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_AT_LEAST = 0x35
_RETURN = 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000

_OFFSET_CALL, _OFFSET_ARCH, _OFFSET_FIRST_ARGUMENT = 0, 4, 16
_AF_INET, _AF_INET6, _AF_PACKET = 2, 10, 17


@dataclass(frozen=True, slots=True)
class NetworkLock:
    """Whether Internet sockets are refused, and what to say of it."""

    holds: bool
    sentence: str


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def lock_network() -> NetworkLock:
    """Give up Internet sockets; call once the display is connected."""
    if not sys.platform.startswith("linux"):
        return NetworkLock(False, "This system has no such lock; Postil asks for no socket.")
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return NetworkLock(False, f"No lock is known for {platform.machine()} processors.")
    arch, socket_call, seccomp_call = machine
    program = ctypes.create_string_buffer(_program(arch, socket_call))
    filled = _Program(len(program) // 8, ctypes.addressof(program))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return _refused(ctypes.get_errno())
    if libc.syscall(
        seccomp_call, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(filled)
    ):
        return _refused(ctypes.get_errno())
    return NetworkLock(True, "The system refuses this program every Internet socket.")


def _refused(error: int) -> NetworkLock:
    name = errno.errorcode.get(error, str(error))
    return NetworkLock(False, f"The system did not take the lock ({name}).")


def _program(arch: int, socket_call: int) -> bytes:
    """The filter: allow everything but socket() of three families, and nothing of a foreign ABI."""
    steps = (
        (_LOAD, 0, 0, _OFFSET_ARCH),
        (_JUMP_IF_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
        (_LOAD, 0, 0, _OFFSET_CALL),
        (_JUMP_IF_AT_LEAST, 7, 0, _X32_BIT),  # -> refuse
        (_JUMP_IF_EQUAL, 6, 0, _IO_URING_SETUP),  # -> refuse: it opens sockets without socket()
        (_JUMP_IF_EQUAL, 0, 4, socket_call),  # else -> allow
        (_LOAD, 0, 0, _OFFSET_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 3, 0, _AF_INET),
        (_JUMP_IF_EQUAL, 2, 0, _AF_INET6),
        (_JUMP_IF_EQUAL, 1, 0, _AF_PACKET),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | errno.EACCES),
    )
    return b"".join(struct.pack("HBBI", code, yes, no, value) for code, yes, no, value in steps)
