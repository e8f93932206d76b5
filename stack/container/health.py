"""Is this container well? `python -m stack.container.health web` or `… beat`; exit code 0 is yes.

The worker is asked by Celery itself (`celery inspect ping`).
"""

import http.client
import os
import sys
import time
from pathlib import Path

PORT = 8000
BEAT_FILE = Path("/tmp/beat")  # noqa: S108 - a tmpfs of this container alone
BEAT_WRITES_WITHIN = 600  # seconds; Celery writes its schedule every three minutes


def web_is_well(port: int = PORT) -> bool:
    """The house answers, at the name by which people know it, that all is well."""
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def beat_is_well(file: Path = BEAT_FILE) -> bool:
    """The clock has written down lately what it did."""
    written = [path.stat().st_mtime for path in file.parent.glob(f"{file.name}*")]
    return bool(written) and time.time() - max(written) < BEAT_WRITES_WITHIN


if __name__ == "__main__":
    well = web_is_well() if sys.argv[1] == "web" else beat_is_well()
    sys.exit(0 if well else 1)
