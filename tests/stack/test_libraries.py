"""What the machine lacks is named, with the line to type."""

import pytest

from stack import libraries
from stack.libraries import find_browser, get_pdf_libraries, missing_pdf_packages


@pytest.fixture(autouse=True)
def _no_apt(tmp_path, monkeypatch):
    """These tests install nothing on the machine that runs them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("VH_CHROMIUM", raising=False)


def program(folder, name, code):
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_a_library_that_is_not_there_is_named_with_its_package(monkeypatch, capsys):
    wanted = {"libc.so.6": "libc6", "libbestaatniet.so.9": "libbestaatniet9"}
    monkeypatch.setattr(libraries, "PDF_LIBRARIES", wanted)
    assert missing_pdf_packages() == ["libbestaatniet9"]
    assert get_pdf_libraries() == ["libbestaatniet9"]
    said = capsys.readouterr()
    assert "apt-get install --no-install-recommends libbestaatniet9" in said.err
    assert "ondertekenen" in said.err
    assert said.out == ""


def test_without_a_browser_there_is_none():
    assert find_browser() is None


def test_a_browser_that_does_not_run_is_passed_over(tmp_path):
    program(tmp_path, "chromium", code=1)
    second = program(tmp_path, "chromium-browser", code=0)
    assert find_browser() == second


def test_the_browser_of_your_choice_comes_first(tmp_path, monkeypatch):
    program(tmp_path, "chromium", code=0)
    mine = program(tmp_path, "mijn-chromium", code=0)
    monkeypatch.setenv("VH_CHROMIUM", mine)
    assert find_browser() == mine
