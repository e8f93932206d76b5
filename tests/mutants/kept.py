"""Which mutants were found is kept, so that a run can be stopped and taken up again (--hervat).

What was found stays found as long as the house is the same; what was not is tried anew, for
somebody who notices it may have come.
"""

import hashlib
import json

from tests.house.sources import FLOORS, GROUND, ROOT

KEPT = ROOT / ".var/mutanten.jsonl"


def code() -> str:
    """The same as long as what can be spoiled is the same: the code, the wall and the pages."""
    made_of = hashlib.sha256()
    folders = [ROOT / name for name in (GROUND, *FLOORS, "templates")]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix in (".py", ".sql", ".html"):
            made_of.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return made_of.hexdigest()[:12]


def found_before() -> dict[str, str]:
    """What betrayed each mutant of this very house that was found."""
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    known = [json.loads(line) for line in lines]
    return {each["name"]: each["betrayed"] for each in known if each["code"] == code()}


def keep(name: str, betrayed: str) -> None:
    """A line for a mutant that was found."""
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a") as lines:
        lines.write(json.dumps({"code": code(), "name": name, "betrayed": betrayed}) + "\n")
