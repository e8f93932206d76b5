"""Commands of manage.py that the stack itself needs on the way."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from stack.place import MANAGE, ROOT
from stack.process import dies_with_us
from stack.refusal import Refusal
from stack.services import python

STDERR = 2


@contextmanager
def step(
    arguments: list[str], env: Mapping[str, str], stdout: int = STDERR
) -> Iterator[subprocess.Popen[str]]:
    """A command of manage.py that is stopped when we are. What it says comes on stderr."""
    process = subprocess.Popen(
        python(str(MANAGE), *arguments),
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        text=True,
        start_new_session=True,  # Ctrl-C comes to us, and is told here
        preexec_fn=dies_with_us(),
    )
    with process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


def do(arguments: list[str], env: Mapping[str, str]) -> None:
    """One command from begin to end; the house goes no further when it fails."""
    with step(arguments, env) as process:
        finish(arguments[0], process)


def finish(name: str, process: subprocess.Popen[str]) -> None:
    """Wait until the command has ended well."""
    if process.wait():
        raise Refusal(
            f"De stap {name} is niet gelukt. Lees hierboven waarom. Helpt dat niet, maak dan het"
            " demohuis opnieuw met: ./run demo"
        )
