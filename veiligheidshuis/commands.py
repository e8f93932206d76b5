"""How a command of the house refuses: in one sentence, and with an exit code that is not zero."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class HouseCommand(BaseCommand):
    """A command of `./run manage`. Who typed it reads only the sentence; who calls it from code, or
    asks for --traceback, gets the CommandError itself."""

    _called_from_command_line: bool  # of Django, which has no type for it

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except CommandError as refused:  # of an argument, before the command began
            if "--traceback" in argv:
                raise
            self._refuse(refused)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as refused:
            if not self._called_from_command_line or options.get("traceback"):
                raise
            self._refuse(refused)
            return None

    def _refuse(self, refused: CommandError) -> None:
        self.stderr.write(str(refused))
        sys.exit(refused.returncode)
