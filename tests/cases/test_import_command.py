"""import_candidates: reads a list in at once, says what became of it, and is logged."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case
from tests.cases.lists_of_police import GOOD, OTHER, csv_of
from veiligheidshuis import accesslog

pytestmark = pytest.mark.django_db


@pytest.fixture
def police_list(tmp_path: Path) -> Path:
    path = tmp_path / "veelplegers.csv"
    path.write_bytes(
        csv_of(
            GOOD,
            OTHER,
            GOOD,
            GOOD.replace("111222333", "123456782"),
            "Fout;;Piet;31-2-1990;;Heerlen;veelpleger;1;Politie",
        )
    )
    return path


def run(*arguments: object) -> list[str]:
    said = StringIO()
    call_command("import_candidates", *map(str, arguments), stdout=said)
    return said.getvalue().splitlines()


def test_the_last_line_has_the_numbers_and_the_lines_before_it_every_row_to_look_at(police_list):
    *rows, last = run(police_list)

    assert last == "2 nieuw, 1 bekend, 1 twijfelachtig, 1 afgewezen"
    assert re.match(r"regel 5, twijfelachtig: Zelfde naam .* VH-\d{4}-\d{4}", rows[0])
    assert rows[1].startswith("regel 6, afgewezen: De geboortedatum bestaat niet.")
    assert "Smeets" not in "".join(rows)


def test_in_the_demo_house_the_bedrijfsbureau_reads_unless_somebody_is_named(police_list, acting):
    run(police_list)
    assert run(police_list, "--as", "bureau")[-1] == (
        "0 nieuw, 3 bekend, 1 twijfelachtig, 1 afgewezen"
    )

    with acting("bureau"):
        assert set(Case.objects.values_list("opened_by__username", flat=True)) == {"bureau"}


def test_outside_the_demo_house_it_refuses_without_a_name(police_list, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="--as"):
        run(police_list)
    assert run(police_list, "--as", "bureau")[-1].startswith("2 nieuw")


@pytest.mark.parametrize("username", ["manager", "politie", "niemand"])
def test_somebody_else_reads_no_list_in(police_list, username, acting):
    with pytest.raises(CommandError, match="bedrijfsbureau"):
        run(police_list, "--as", username)

    with acting("bureau"):
        assert not Case.objects.exists()


def test_what_is_no_list_gets_one_sentence(tmp_path, police_list):
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"\x00\x01\x02" * 99)
    large = tmp_path / "groot.csv"
    large.write_bytes(b"a" * (10 * 1024 * 1024 + 1))

    for path, said in ((junk, "geen CSV"), (large, "10 MB"), (tmp_path / "weg", "niet te openen")):
        with pytest.raises(CommandError, match=said):
            run(path)


def test_the_deed_stands_in_the_access_log_with_everybody_it_touched(police_list, owner, acting):
    run(police_list)

    line = owner.execute(
        "SELECT username, action, route, subjects FROM veiligheidshuis_accesslogentry "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert line[:3] == ("bureau", "importeren", "import_candidates")
    assert sum(each.startswith(f"lijst {police_list.name} (") for each in line[3]) == 1
    with acting("bureau"):
        assert set(Case.objects.values_list("number", flat=True)) <= set(line[3])


def test_when_the_log_cannot_be_written_nothing_is_read_in(police_list, monkeypatch, acting):
    monkeypatch.setattr(accesslog, "INSERT", "INSERT INTO er_is_geen_logboek VALUES (%s)")
    with pytest.raises(accesslog.LogUnavailable):
        run(police_list)
    monkeypatch.undo()

    accesslog.close()
    with acting("bureau"):
        assert not Case.objects.exists()
