"""How much a page asks the database."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

NO_QUESTIONS = ("SAVEPOINT", "RELEASE", "SELECT set_config")


def asked_by(visitor: Any, path: str) -> list[str]:
    """What the page reads, without the words that tell the wall who asks."""
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(path).status_code == 200
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(NO_QUESTIONS)]
