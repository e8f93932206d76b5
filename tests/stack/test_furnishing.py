"""When the house looks again at its tables and its demo, and when it need not."""

import os

import pytest

from stack.furnishing import code_on_disk


@pytest.fixture
def checkout(tmp_path):
    for name in ("cases/models.py", "static/vh.css", "tests/test_x.py", ".var/postgres/PG_VERSION"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("begin")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["cases/models.py", "static/vh.css", "cases/migrations/0002_new.py"]
)
def test_new_code_asks_for_a_new_look(checkout, name):
    before = code_on_disk(checkout)
    (checkout / name).parent.mkdir(exist_ok=True)
    (checkout / name).write_text("anders")
    assert code_on_disk(checkout) != before


def test_code_that_was_put_back_in_an_older_version_asks_for_a_new_look(checkout):
    before = code_on_disk(checkout)
    os.utime(checkout / "cases" / "models.py", (1, 1))
    assert code_on_disk(checkout) != before


@pytest.mark.parametrize("name", ["tests/test_x.py", ".var/postgres/PG_VERSION"])
def test_what_is_not_the_house_does_not(checkout, name):
    before = code_on_disk(checkout)
    (checkout / name).write_text("anders")
    assert code_on_disk(checkout) == before
