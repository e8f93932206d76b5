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
        if request := getattr(record, "request", None):
            record = logging.makeLogRecord(record.__dict__)
            page = getattr(request.resolver_match, "view_name", None) or "geen pagina"
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{request.method} {page} {status}".rstrip(), ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """Where it went wrong and what kind of error it was, without what the error says."""
        kind, _, where = ei
        return "".join([*traceback.format_tb(where), kind.__name__])
