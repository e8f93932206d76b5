"""A document is drawn in a closed room: it finds our own static files, and nothing else."""

import json
import shutil

import pytest
from django.conf import settings

from veiligheidshuis import cell, pdf
from veiligheidshuis.cell import printer


@pytest.mark.parametrize(
    "address",
    [
        "https://huis.invalid/etc/passwd",
        "https://huis.invalid/static/../veiligheidshuis/settings.py",
        "https://huis.invalid/static/%2e%2e/veiligheidshuis/settings.py",
        "https://elders.example/static/css/print.css",
        "file:///etc/passwd",
    ],
)
def test_a_document_fetches_nothing_but_our_own_static_files(address):
    with pytest.raises(ValueError, match=r"hoort niet in een document|ligt niet in static"):
        printer.static_file(address, [settings.ROOT / "static"])
    with pytest.raises(cell.NoAnswer, match="Error fetching"):
        pdf.print_html(f'<html lang="nl"><link rel="stylesheet" href="{address}"></html>', {})


def test_the_styles_of_a_document_are_found():
    styles = '<link rel="stylesheet" href="https://huis.invalid/static/css/print.css">'

    assert pdf.print_html(f'<html lang="nl">{styles}</html>', {}).startswith(b"%PDF")


PRYING = """
import json, os, socket
FILES = LARGEST = 0
def get_ready(): pass
def got(deed):
    try:
        return bool(deed())
    except OSError:
        return False
def done(given):
    return json.dumps({
        "a secret": got(lambda: os.environ.get("SEAL_KEY")),
        "a file": got(lambda: open("/etc/hostname")),
        "a connection": got(socket.socket),
    }).encode()
"""


def test_who_works_in_a_closed_room_gets_nothing_but_what_he_was_given(tmp_path, monkeypatch):
    room = tmp_path / "kamer"
    shutil.copytree(cell.ROOM, room)
    (room / "prying.py").write_text(PRYING)
    monkeypatch.setattr(cell, "ROOM", room)
    monkeypatch.setenv("SEAL_KEY", "geheim")

    got = json.loads(cell.ask("prying", b"iets", seconds=20))

    assert got == {"a secret": False, "a file": False, "a connection": False}


def test_work_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    room = tmp_path / "kamer"
    shutil.copytree(cell.ROOM, room)
    (room / "endless.py").write_text(
        "FILES = LARGEST = 0\ndef get_ready(): pass\ndef done(given):\n    while True: pass\n"
    )
    monkeypatch.setattr(cell, "ROOM", room)

    with pytest.raises(cell.NoAnswer, match="binnen 1 seconden geen antwoord"):
        cell.ask("endless", b"", seconds=1)
