"""Proofs that take too long for every change. Can be stopped and taken up again.

What was proved for this very code is not proved again: `.var/nightly.json` remembers it. The
result goes to docs/nightly.md, dated, to be committed with the issue that asked for it.
"""

import hashlib
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from stack.checks import SIDE_BY_SIDE
from stack.place import ROOT, ours, var
from stack.say import say
from stack.services import python

SEEDS = (1,)  # one order that anybody can repeat; every ./run test is another
TABLE = ROOT / "docs" / "nightly.md"
INTRODUCTION = """# Lange toetsen

Gemaakt door `./run nightly`. Elke regel is één bewijs; de code is de vingerafdruk van de bestanden
waarop het is geleverd.

| bewijs | uitslag | minuten | datum | code |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Proof:
    """One long question about the house, and the program that answers it."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Result:
    """What came out, when, and for which code."""

    passed: bool
    minutes: float
    day: str
    code: str


def all_proofs() -> list[Proof]:
    """A later issue adds its own line here."""
    pytest = python("-m", "pytest", "-q")
    return [
        Proof(
            "verse kloon, gewone gebruiker, lege cache", [*pytest, "-m", "nightly", "tests/stack"]
        ),
        Proof(
            "vijfhonderd keer gedood tussen logboek en pagina",
            [*pytest, "-m", "nightly", "tests/flows"],
        ),
        Proof(
            "elke pagina, voor ieder, breed en smal", [*pytest, "-m", "nightly", "tests/browser"]
        ),
        Proof("mutanten", python("-m", "tests.mutants")),
        Proof("wat de muur kost bij 100.000 dossiers", python("-m", "benchmarks", "100000")),
        Proof("wat de muur kost bij 1.000.000 dossiers", python("-m", "benchmarks", "1000000")),
        Proof("een miljoen pogingen op de database", [*pytest, "-m", "nightly", "tests/attempts"]),
        *(
            Proof(
                f"alle toetsen in volgorde {seed}",
                [*pytest, *SIDE_BY_SIDE, "--randomly-seed", str(seed)],
            )
            for seed in SEEDS
        ),
    ]


def run_proofs(proofs: Sequence[Proof], env: Mapping[str, str]) -> bool:
    """Deliver every proof that is not there yet for this code; True when all are green."""
    code = fingerprint()
    known = remembered()
    for proof in proofs:
        before = known.get(proof.name)
        if before and before.passed and before.code == code:
            say(f"al bewezen op {before.day}: {proof.name}")
            continue
        say(f"bewijs: {proof.name} ...")
        known[proof.name] = _deliver(proof, env, code)
        _remember(known)
        TABLE.write_text(as_table(proofs, known))
    return all(known[proof.name].passed for proof in proofs)


def fingerprint() -> str:
    """The same for the same files, whether committed or not, except for the table itself."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    digest = hashlib.sha256()
    for name in sorted(filter(None, listed)):
        path = ROOT / name.decode()
        if path.is_file() and path != TABLE:
            digest.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def remembered() -> dict[str, Result]:
    """What earlier runs found, by the name of the proof."""
    path = var() / "nightly.json"
    if not path.exists():
        return {}
    return {name: Result(**result) for name, result in json.loads(path.read_text()).items()}


def as_table(proofs: Sequence[Proof], results: Mapping[str, Result]) -> str:
    """The page for docs/."""
    return INTRODUCTION + "".join(_row(proof.name, results.get(proof.name)) for proof in proofs)


def _row(name: str, result: Result | None) -> str:
    if result is None:
        return f"| {name} | nog niet gedaan | | | |\n"
    verdict = "goed" if result.passed else "FOUT"
    minutes = f"{result.minutes:.1f}".replace(".", ",")
    return f"| {name} | {verdict} | {minutes} | {result.day} | {result.code} |\n"


def _deliver(proof: Proof, env: Mapping[str, str], code: str) -> Result:
    begin = time.monotonic()
    passed = subprocess.run(proof.command, cwd=ROOT, env=env).returncode == 0
    minutes = (time.monotonic() - begin) / 60
    return Result(passed, round(minutes, 1), datetime.now().astimezone().date().isoformat(), code)


def _remember(results: Mapping[str, Result]) -> None:
    path = ours(var()) / "nightly.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({name: asdict(r) for name, r in results.items()}, indent=1))
    draft.replace(path)
