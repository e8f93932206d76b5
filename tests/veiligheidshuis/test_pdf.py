"""A document is drawn in a closed room: it finds our own static files, and nothing else."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

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


COUNTING = """
FILES = LARGEST = 0
seen = []
def get_ready(): pass
def done(given):
    seen.append(given)
    return b",".join(seen)
"""


@pytest.fixture
def counting(tmp_path, monkeypatch):
    """A kind of work that tells everything that was ever asked of it in this room."""
    room = tmp_path / "kamer"
    shutil.copytree(cell.ROOM, room)
    (room / "counting.py").write_text(COUNTING)
    monkeypatch.setattr(cell, "ROOM", room)
    yield lambda given: cell.ask("counting", given, seconds=20)
    cell.leave()


def test_no_room_knows_what_another_was_asked(counting):
    assert [counting(b"een"), counting(b"twee")] == [b"een", b"twee"]


def test_whoever_asks_after_the_keeper_was_killed_gets_an_answer_all_the_same(counting):
    counting(b"een")
    (keeper,) = (each for (_, work), each in cell._keepers.items() if work == "counting")
    keeper.process.kill()
    keeper.process.wait()

    assert counting(b"twee") == b"twee"


def test_many_can_ask_at_once(counting):
    """Also when a room ends while the keeper opens the next, and when none is left."""
    given = [str(n % 10).encode() * 100_000 for n in range(100)]

    with ThreadPoolExecutor(8) as everybody:
        assert list(everybody.map(counting, given)) == given


def test_what_goes_wrong_in_a_room_is_told_and_the_next_room_works(counting):
    with pytest.raises(cell.NoAnswer, match="stopte: -JSONDecodeError"):
        cell.ask("printer", b"geen json", seconds=20)

    assert counting(b"een") == b"een"
