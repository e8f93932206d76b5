"""A closed room for work on what nobody vouches for: a process of its own, that only answers.

It gets bytes and gives bytes back. It knows none of the house's secrets (its environment is empty
and Django is not there), and has so much time and memory and no more. The reader of seals opens no
file and no connection at all once it is shut; the printer reads our own static files.
"""

import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent


class NoAnswer(Exception):
    """The closed room gave no answer: it failed, took too long or grew too large."""


def ask(work: str, given: bytes, *, seconds: int) -> bytes:
    """Have a closed room do this work (a module beside this one). Raises NoAnswer."""
    command = [sys.executable, "-I", str(ROOM), work]
    try:
        done = subprocess.run(  # noqa: S603 - our own Python, and a module of this folder
            command, input=given, capture_output=True, env={}, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NoAnswer(f"{work} gaf binnen {seconds} seconden geen antwoord") from late
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise NoAnswer(f"{work} stopte met {done.returncode}: {last[:200]}")
    return done.stdout
