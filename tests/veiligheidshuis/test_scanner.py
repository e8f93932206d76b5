"""The client of clamd, against a stand-in that speaks its protocol over a real socket. UPL-04.

The stand-in is for clamd, and for nothing of ours: it reads INSTREAM as the manual of clamd has it,
and knows one virus.
"""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cases.files import EICAR, a_docx
from veiligheidshuis import scanner


class Clamd(socketserver.StreamRequestHandler):
    """Answers one question, and says what the test wants of an odd one."""

    says: bytes | None = None

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        content = b""
        while command == b"zINSTREAM\0" and (size := struct.unpack("!I", self.rfile.read(4))[0]):
            content += self.rfile.read(size)
        found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.wfile.write(found if self.says is None else self.says)


class Unix(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """By a path, as on one machine."""


class Tcp(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """By a host and a port, as in another container."""


@contextmanager
def clamd(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def by_path(tmp_path: Path, settings) -> Iterator[str]:
    path = str(tmp_path / "clamd")
    settings.CLAMD_ADDRESS = f"unix:{path}"
    with clamd(Unix(path, Clamd)):
        yield path


def test_what_does_no_harm_passes_and_what_does_is_named(by_path):
    assert scanner.scan(b"Geachte heer" * 100_000) == scanner.Verdict("", "ClamAV")
    assert scanner.scan(b"x" * 70_000 + EICAR).found == "Eicar-Signature"


def test_the_scanner_may_stand_on_another_machine(settings):
    server = Tcp(("127.0.0.1", 0), Clamd)
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"

    with clamd(server):
        assert scanner.scan(a_docx()).found == ""


@pytest.mark.parametrize("says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ?\0"])
def test_an_odd_answer_is_no_answer(by_path, monkeypatch, says):
    monkeypatch.setattr(Clamd, "says", says)

    with pytest.raises(scanner.NoScanner):
        scanner.scan(b"Geachte heer")


def test_a_scanner_that_is_away_or_says_nothing_is_no_answer(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanner, "SECONDS", 0.1)
    settings.CLAMD_ADDRESS = f"unix:{tmp_path}/niemand"
    with pytest.raises(scanner.NoScanner):
        scanner.scan(b"x")

    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(scanner.NoScanner):
            scanner.scan(b"x")

    settings.CLAMD_ADDRESS = "clamav"  # and no port
    with pytest.raises(scanner.NoScanner):
        scanner.scan(b"x")


def test_without_a_scanner_nothing_passes_but_where_nothing_is_real(settings):
    settings.CLAMD_ADDRESS, settings.TRUST_UNSCANNED = "", False
    assert not scanner.is_there()
    with pytest.raises(scanner.NoScanner):
        scanner.scan(b"x")

    settings.TRUST_UNSCANNED = True
    assert scanner.scan(EICAR) == scanner.Verdict("", scanner.NOBODY)
