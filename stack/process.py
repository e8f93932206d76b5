"""Starting programs that never outlive us, not even when we are killed with -9."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def dies_with_us(with_signal: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends the child this signal when we die, however we die."""
    parent = os.getpid()

    def in_the_child() -> None:
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, with_signal)
            if os.getppid() != parent:  # we died between the fork and the line above
                os._exit(1)

    return in_the_child


def run_to_end(
    command: Sequence[str | Path], env: Mapping[str, str], cwd: Path | None = None
) -> int:
    """Run a program at our own terminal. Ctrl-C is its to answer; we wait until it has."""
    before = {s: signal.signal(s, _let_the_child_answer) for s in (signal.SIGINT, signal.SIGQUIT)}
    child = subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=dies_with_us())
    try:
        code = child.wait()
    except KeyboardInterrupt:  # someone sent us, not the terminal, a SIGTERM
        child.terminate()
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def stop_politely_when_asked() -> None:
    """A closed terminal or a `kill` is a Ctrl-C: what we started is stopped in good order.

    Ctrl-C itself is named too: who is started in the background by a script ignores it otherwise.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def finish_undisturbed() -> None:
    """From here on we are stopping: a second, impatient Ctrl-C must not leave half of it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _let_the_child_answer)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _let_the_child_answer(_number: int, _frame: FrameType | None) -> None:
    """A handler, not SIG_IGN: programs that we start would inherit the latter."""
