"""Asks clamd whether a file is known to do harm. UPL-04.

A client for one question (INSTREAM, man clamd): the bytes go over a socket and a line comes back.
Without an answer nobody knows, and a file of which nobody knows is not given to anyone.
"""

import socket
import struct
from dataclasses import dataclass

from django.conf import settings

PIECE = 1 << 16
SECONDS = 60
LONGEST_ANSWER = 4096
NOBODY = "niemand"  # where nothing is real: settings.TRUST_UNSCANNED


class NoScanner(Exception):
    """Nobody said anything of this file: there is no scanner, or it gave no answer."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner says: what was found, empty when it found nothing; and who looked."""

    found: str
    by: str


def is_there() -> bool:
    """Whether a file that comes in is looked at by anybody, so that it can be given out."""
    return bool(settings.CLAMD_ADDRESS) or settings.TRUST_UNSCANNED


def scan(content: bytes) -> Verdict:
    """Whether it does harm. Raises NoScanner."""
    if not settings.CLAMD_ADDRESS:
        if settings.TRUST_UNSCANNED:
            return Verdict("", NOBODY)
        raise NoScanner("CLAMD_ADDRESS is leeg")
    try:
        with _line(settings.CLAMD_ADDRESS) as line:
            return _read(_ask(line, content))
    except (OSError, ValueError) as gone:  # also an address that is none
        raise NoScanner(f"de scanner antwoordt niet: {type(gone).__name__}") from gone


def _line(address: str) -> socket.socket:
    """Of unix:/run/clamav/clamd.ctl, or clamav:3310."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _ask(line: socket.socket, content: bytes) -> str:
    """The file in pieces, each after its length; a piece of no length is the end."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode(errors="replace")


def _read(said: str) -> Verdict:
    """ "stream: OK", "stream: NAME FOUND"; anything else is no answer to the question."""
    answer = said.removeprefix("stream: ")
    if answer == "OK":
        return Verdict("", "ClamAV")
    if answer.endswith(" FOUND"):
        name = answer.removesuffix(" FOUND")
        return Verdict("".join(sign for sign in name if sign.isprintable())[:100] or "?", "ClamAV")
    raise NoScanner("de scanner zei iets anders dan goed of fout")
