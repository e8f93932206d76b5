"""What the stack tells the person at the keyboard. Never on stdout: that is the program's."""

import sys


def say(text: str) -> None:
    """One line on stderr, at once."""
    print(text, file=sys.stderr, flush=True)
