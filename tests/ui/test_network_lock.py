from __future__ import annotations

import subprocess
import sys

import pytest

_PROBE = """
import socket, subprocess, sys, threading
from desktop_app.ui.network_lock import lock_network
lock = lock_network()
def tried(family, kind=socket.SOCK_STREAM):
    try:
        socket.socket(family, kind).close()
        return "open"
    except OSError:
        return "refused"
found = [str(lock.holds), tried(socket.AF_INET), tried(socket.AF_INET6), tried(socket.AF_UNIX)]
thread = threading.Thread(target=lambda: found.append(tried(socket.AF_INET)))
thread.start(); thread.join()
child = "import socket\\ntry: socket.socket(); print('open')\\nexcept OSError: print('refused')"
found.append(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout.strip())
print(*found)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the lock is Linux's")
def test_no_internet_socket_can_be_had_by_process_thread_or_child() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True, timeout=60
    )
    holds, *tried = ran.stdout.split()
    assert holds == "True", ran.stderr
    assert tried == ["refused", "refused", "open", "refused", "refused"]
