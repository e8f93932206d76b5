"""A real broker of a test's own: its messages reach its own worker and nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack.broker import Broker
from tests.flows.worker import wait_until


@contextmanager
def own_broker(folder: Path) -> Iterator[Broker]:
    """A broker that lives as long as the block, with nobody else's messages."""
    server = Broker(folder)
    process = server.launch()
    try:
        wait_until(server.answers, "de berichtenserver antwoordt")
        yield server
    finally:
        process.terminate()
        process.wait()
