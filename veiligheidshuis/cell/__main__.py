"""The closed room itself: what it will need comes in first, then the door shuts, then it works.

The keeper takes in what the work needs and waits at the hatch. For every question it makes a copy
of itself (fork): that is the room. It has the line to who asked and nothing else, and ends.
"""

import contextlib
import gc
import importlib
import os
import resource
import signal
import socket
import sys
from types import ModuleType

GIGABYTE = 1024**3
DONE, FAILED = b"+", b"-"


def shut(files: int, largest: int) -> None:
    """From here on: so many files at a time, so large; so much memory and time, and no core dump.

    Who may open zero files can open no connection either: to the kernel both are one kind.
    """
    for what, most in (
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, GIGABYTE),
        (resource.RLIMIT_CPU, 20),
    ):
        resource.setrlimit(what, (most, most))


def keep(work: ModuleType, hatch: socket.socket) -> None:
    """A new room for everybody who asks, until nobody is left who can."""
    gc.freeze()  # a room shares what is here already, and does not go through it again
    while True:
        seconds, lines, _, _ = socket.recv_fds(hatch, 16, 1)
        if not seconds:
            break
        if not os.fork():
            hatch.close()
            answer(work, lines[0], int(seconds))
        os.close(lines[0])
        with contextlib.suppress(ChildProcessError):  # nobody left to see off
            while any(os.waitpid(-1, os.WNOHANG)):
                pass


def answer(work: ModuleType, line: int, seconds: int) -> None:
    """Do the work on what comes in along this line, say what came of it, and end."""
    signal.alarm(seconds)
    try:
        given = b"".join(iter(lambda: os.read(line, 1 << 16), b""))
        work.get_ready()
        shut(work.FILES, work.LARGEST)
        said = DONE + work.done(given)
    except BaseException as wrong:
        said = FAILED + f"{type(wrong).__name__}: {wrong}".encode()
    while said:
        said = said[os.write(line, said) :]
    os._exit(0)


keep(importlib.import_module(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
