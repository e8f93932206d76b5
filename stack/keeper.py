"""The keeper: holds one server, and stops it when nobody uses it any more.

Started by sharing.py, in a session of its own, so that Ctrl-C in a terminal does not reach it.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from stack.broker import Broker
from stack.postgres import Postgres
from stack.refusal import Refusal
from stack.sharing import STOPS_WITHIN, Server, open_lock, try_lock

LOOKS_EVERY = 0.25  # seconds
SERVERS: dict[str, type[Postgres] | type[Broker]] = {"postgres": Postgres, "broker": Broker}


def keep(server: Server) -> None:
    """Start the server and stay with it until it stops or nobody uses it."""
    with open_lock(server, "keeper") as mine, open_lock(server, "users") as users:
        if not try_lock(mine):
            raise Refusal(f"{server.label} wordt al gestart.")
        mine.truncate(0)
        mine.write(str(os.getpid()))
        mine.flush()
        process = server.launch()
        try:
            while process.poll() is None and not try_lock(users):
                time.sleep(LOOKS_EVERY)
        except KeyboardInterrupt:  # the last user sends us home
            pass
        _stop(process, server.farewell())
        mine.truncate(0)


def _stop(process: subprocess.Popen[bytes], farewell: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(farewell)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _go_home(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # asked once is enough
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _go_home)
    try:
        keep(SERVERS[sys.argv[1]](Path(sys.argv[2])))
    except Refusal as refusal:
        sys.exit(str(refusal))
