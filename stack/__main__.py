"""`./run …` ends up here."""

import sys

from stack.commands import COMMANDS
from stack.process import stop_politely_when_asked
from stack.refusal import Refusal
from stack.say import say

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main(arguments: list[str]) -> int:
    """Do what was typed; what cannot be done is one sentence, never a traceback."""
    stop_politely_when_asked()
    name = arguments[0] if arguments else ""
    if name in ("-h", "--help"):
        name = "help"
    if name not in COMMANDS:
        raise Refusal(f"./run kent geen '{name}'. Typ ./run help voor wat er wel kan.")
    return COMMANDS[name](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refusal as refusal:
        say(f"\n{refusal}")
        sys.exit(1)
    except PermissionError as error:
        say(
            f"\nIk mag niet bij {error.filename}. Is ./run hier eerder door iemand anders gestart,"
            " bijvoorbeeld door root? Start het als die gebruiker, of geef u zelf die map."
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
