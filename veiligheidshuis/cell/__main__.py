"""The closed room itself: what it will need comes in first, then the door shuts, then it works."""

import importlib
import resource
import sys

GIGABYTE = 1024**3


def shut(files: int, largest: int) -> None:
    """From here on: so many files at a time, so large; so much memory and time, and no core dump.

    Who may open zero files can open no connection either: to the kernel both are one kind.
    """
    sys.stdout.flush()
    for what, most in (
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, GIGABYTE),
        (resource.RLIMIT_CPU, 20),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Do the work that was named, on what comes in."""
    work = importlib.import_module(sys.argv[1])
    given = sys.stdin.buffer.read()
    shut(work.FILES, work.LARGEST)
    sys.stdout.buffer.write(work.done(given))


main()
