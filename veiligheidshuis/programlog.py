"""What the programs of the house write on their own output, for whoever keeps the machine.

He keeps the machine and needs to know nobody: no address (it may hold a case number, a name that
was searched for or the key of an invitation) and nothing that an error quotes: PostgreSQL quotes
whole rows. Who did what stands in the access log (accesslog.py), which is read for a reason only.
"""

import logging
import traceback
from typing import Any


class Discreet(logging.Formatter):
    """Says which page and which line of code; never where the page was or what was on it."""

    def format(self, record: logging.LogRecord) -> str:
        record = logging.makeLogRecord(record.__dict__)
        if isinstance(record.args, dict) and "exc" in record.args:  # a task that failed, by Celery
            kind = record.exc_info[0] if record.exc_info else None
            record.args = {**record.args, "exc": kind.__name__ if kind else "een fout"}
        if request := getattr(record, "request", None):
            page = getattr(request.resolver_match, "view_name", None) or "geen pagina"
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{request.method} {page} {status}".rstrip(), ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """Where it went wrong and what kind of error it was, without what the error says."""
        kind, _, where = ei
        return "".join([*traceback.format_tb(where), kind.__name__])
