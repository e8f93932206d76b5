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
from pathlib import Path

from stack.checks import SIDE_BY_SIDE
from stack.place import ROOT, ours, var
from stack.refusal import Refusal
from stack.say import say
from stack.services import python

SEEDS = (1,)  # one order that anybody can repeat; every ./run test is another
TABLE = ROOT / "docs" / "nightly.md"
MEASURED = ("benchmarks.md", "benchmarks-1000000.md")
# What a proof writes down is no part of what it proved.
PICTURES = "handleiding/schermen"
WRITTEN = (TABLE, *(ROOT / "docs" / name for name in ("mutanten.md", PICTURES, *MEASURED)))
INTRODUCTION = """# Lange toetsen

Gemaakt door `./run nightly`. Elke regel is één bewijs; de code is de vingerafdruk van de bestanden
waarop het is geleverd. Met een naam erachter (`./run nightly mutanten`) levert het alleen dat.

| naam | bewijs | uitslag | minuten | datum | code |
|---|---|---|--:|---|---|
"""


@dataclass(frozen=True)
class Proof:
    """One long question about the house, the word by which you ask for it, and what answers it."""

    name: str
    question: str
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
    return [
        _tests("kloon", "verse kloon, gewone gebruiker, lege cache", "tests/stack"),
        _tests("gedood", "vijfhonderd keer gedood tussen logboek en pagina", "tests/flows"),
        _tests("browser", "elke pagina, voor ieder, breed en smal", "tests/browser"),
        Proof("mutanten", "huis met opzet stukgemaakt", python("-m", "tests.mutants")),
        Proof(
            "muur", "wat de muur kost bij 100.000 dossiers", python("-m", "benchmarks", "100000")
        ),
        Proof(
            "miljoen",
            "wat de muur kost bij 1.000.000 dossiers",
            python("-m", "benchmarks", "1000000"),
        ),
        _tests("pogingen", "een miljoen pogingen op de database", "tests/attempts/test_wall.py"),
        _tests(
            "paginas",
            "elke pagina, elke methode, elk soort nummer, voor ieder",
            "tests/attempts/test_pages.py",
        ),
        _tests(
            "klok",
            "verborgen en afwezig duren even lang",
            "tests/attempts/test_timing.py",
            "tests/house/test_search_wall.py",
        ),
        _tests(
            "werelden", "met of zonder een dossier: hetzelfde", "tests/house/test_two_worlds.py"
        ),
        _tests("lijst", "een lijst van 50.000 regels inlezen", "tests/cases"),
        _tests("verloop", "honderden verzonnen verlopen van een plan", "tests/maatwerkplan"),
        *map(_in_order, SEEDS),
    ]


def _in_order(seed: int) -> Proof:
    """The whole suite, side by side, shuffled in one way."""
    every_test = python("-m", "pytest", "-q", *SIDE_BY_SIDE, "--randomly-seed", str(seed))
    return Proof(f"volgorde-{seed}", f"alle toetsen in volgorde {seed}", every_test)


def _tests(name: str, question: str, *places: str) -> Proof:
    """The tests of these places that wait for the night."""
    return Proof(name, question, python("-m", "pytest", "-q", "-m", "nightly", *places))


def chosen(names: Sequence[str]) -> list[Proof]:
    """The proofs of these names, in the order of the house; without a name all of them."""
    proofs = all_proofs()
    known = [proof.name for proof in proofs]
    if strange := [name for name in names if name not in known]:
        raise Refusal(
            f"./run nightly kent geen '{strange[0]}'. Er zijn: {', '.join(known)}."
            " Zonder naam doet het alles."
        )
    return [proof for proof in proofs if not names or proof.name in names]


def run_proofs(proofs: Sequence[Proof], env: Mapping[str, str]) -> bool:
    """Deliver every proof that is not there yet for this code; True when all are green.

    A red one stops nothing, and the table is written after each.
    """
    code = fingerprint()
    known = remembered()
    for proof in proofs:
        before = known.get(proof.name)
        if before and before.passed and before.code == code:
            say(f"al bewezen op {before.day}: {proof.question}")
            continue
        say(f"bewijs: {proof.question} ...")
        known[proof.name] = _deliver(proof, env, code)
        _remember(known)
        TABLE.write_text(as_table(known))
    return all(known[proof.name].passed for proof in proofs)


def fingerprint() -> str:
    """The same for the same files, whether committed or not."""
    digest = hashlib.sha256()
    for path in proved_files():
        name = path.relative_to(ROOT).as_posix().encode()
        digest.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def proved_files() -> list[Path]:
    """Every file of the house that a proof is about: all but what proofs write down themselves."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    paths = [ROOT / name.decode() for name in sorted(filter(None, listed))]
    return [path for path in paths if path.is_file() and not {path, path.parent} & set(WRITTEN)]


def remembered() -> dict[str, Result]:
    """What earlier runs found, by the name of the proof."""
    path = var() / "nightly.json"
    if not path.exists():
        return {}
    return {name: Result(**result) for name, result in json.loads(path.read_text()).items()}


def as_table(results: Mapping[str, Result]) -> str:
    """The page for docs/: every proof of the house, also what was not asked for this time."""
    return INTRODUCTION + "".join(_row(proof, results.get(proof.name)) for proof in all_proofs())


def _row(proof: Proof, result: Result | None) -> str:
    about = f"| {proof.name} | {proof.question} |"
    if result is None:
        return f"{about} nog niet gedaan | | | |\n"
    verdict = "goed" if result.passed else "FOUT"
    minutes = f"{result.minutes:.1f}".replace(".", ",")
    return f"{about} {verdict} | {minutes} | {result.day} | {result.code} |\n"


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
