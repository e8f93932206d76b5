"""Where the sources of the house lie, for the tests that read them."""

from pathlib import Path

from django.conf import settings

ROOT: Path = settings.ROOT
GROUND = "veiligheidshuis"
FLOORS = (
    "partners",
    "cases",
    "agenda",
    "maatwerkplan",
    "beheerscommissie",
    "stuurgroep",
    "privacy",
)
OUR_APPS = (GROUND, *FLOORS)
PACKAGES = (*OUR_APPS, "demo", "stack", "benchmarks")


def modules_of(package: str) -> list[Path]:
    """The modules of a package, without what makemigrations wrote."""
    return [
        path
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.relative_to(ROOT).parts
    ]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def short(path: Path) -> str:
    """The path as it is written in a message."""
    return path.relative_to(ROOT).as_posix()
