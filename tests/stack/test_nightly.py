"""The long proofs: taken up where they stopped, and never believed for other code."""

import sys

import pytest

from stack import nightly
from stack.nightly import Proof, Result, as_table, remembered, run_proofs


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VH_VAR", str(tmp_path))
    monkeypatch.setattr(nightly, "TABLE", tmp_path / "nightly.md")


def counting(tmp_path, name, code=0):
    """A proof that leaves one line for every time it is delivered."""
    script = f"import sys; open({str(tmp_path / name)!r}, 'a').write('x'); sys.exit({code})"
    return Proof(name, [sys.executable, "-c", script])


def times(tmp_path, name):
    return len((tmp_path / name).read_text())


def test_what_is_proved_is_not_proved_again_and_what_failed_is(tmp_path):
    proofs = [counting(tmp_path, "groen"), counting(tmp_path, "rood", code=1)]
    assert run_proofs(proofs, {}) is False
    assert run_proofs(proofs, {}) is False
    assert times(tmp_path, "groen") == 1
    assert times(tmp_path, "rood") == 2
    table = (tmp_path / "nightly.md").read_text()
    assert "| groen | goed |" in table
    assert "| rood | FOUT |" in table


def test_for_other_code_everything_is_proved_anew(tmp_path, monkeypatch):
    proofs = [counting(tmp_path, "groen")]
    assert run_proofs(proofs, {}) is True
    monkeypatch.setattr(nightly, "fingerprint", lambda: "andere code")
    assert run_proofs(proofs, {}) is True
    assert times(tmp_path, "groen") == 2


def test_a_proof_that_was_interrupted_leaves_the_ones_before_it(tmp_path):
    nobody = Proof("breekt af", [str(tmp_path / "bestaat-niet")])
    with pytest.raises(FileNotFoundError):
        run_proofs([counting(tmp_path, "eerst"), nobody], {})
    assert list(remembered()) == ["eerst"]


def test_the_table_names_what_was_not_done_yet():
    done = Result(passed=True, minutes=1.5, day="2026-11-22", code="abc")
    table = as_table([Proof("gedaan", []), Proof("later", [])], {"gedaan": done})
    assert "| gedaan | goed | 1,5 | 2026-11-22 | abc |" in table
    assert "| later | nog niet gedaan |" in table


def test_the_proofs_of_the_house_have_names_of_their_own():
    names = [proof.name for proof in nightly.all_proofs()]
    assert len(set(names)) == len(names) > 0
