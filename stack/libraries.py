"""What the machine itself must have, because no wheel brings it: PDF libraries and a browser."""

import ctypes
import os
import shutil
import subprocess
import sys

from stack.say import say

PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def install_line(packages: list[str]) -> str:
    """What the person can type himself."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def missing_pdf_packages() -> list[str]:
    """The packages without which no plan can be printed, and so none be signed."""
    if sys.platform != "linux":
        return []  # elsewhere the names differ; signing itself says what is missing
    return [package for file, package in PDF_LIBRARIES.items() if not _loads(file)]


def get_pdf_libraries() -> list[str]:
    """Install what is missing where we may; returns what is missing still, after saying so."""
    missing = missing_pdf_packages()
    if missing and _install(missing):
        missing = missing_pdf_packages()
    if missing:
        say(
            "Let op: zonder deze bibliotheken maakt het huis geen PDF en kan niemand een plan"
            f" ondertekenen. Typ: {install_line(missing)}"
        )
    return missing


def get_browser() -> str | None:
    """The path of a Chromium that runs; installed where it is missing and we may."""
    return find_browser() or (find_browser() if _install(["chromium"]) else None)


def find_browser() -> str | None:
    """A Chromium that is there and runs: VH_CHROMIUM, else one of the usual names."""
    for name in (os.environ.get("VH_CHROMIUM"), *BROWSERS):
        path = shutil.which(name) if name else None
        if path and _runs(path):
            return path
    return None


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _runs(browser: str) -> bool:
    """Ubuntu's package `chromium-browser` is only a pointer to a snap, which may not be there."""
    try:
        return (
            subprocess.run([browser, "--version"], capture_output=True, timeout=30).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install(packages: list[str]) -> bool:
    """By apt, when we are root; says what it does, for this takes a while."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Ik installeer {', '.join(packages)} ...")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-qq"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (update, install):
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode == 0
