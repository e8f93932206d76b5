"""The long proofs: taken up where they stopped, and never believed for other code."""

import sys

import pytest

from stack import nightly
from stack.nightly import Proof, Result, as_table, chosen, remembered, run_proofs
from stack.refusal import Refusal


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VH_VAR", str(tmp_path))
    monkeypatch.setattr(nightly, "TABLE", tmp_path / "nightly.md")


def counting(tmp_path, name, code=0):
    """A proof that leaves one line for every time it is delivered."""
    script = f"import sys; open({str(tmp_path / name)!r}, 'a').write('x'); sys.exit({code})"
    return Proof(name, f"de vraag van {name}", [sys.executable, "-c", script])


def of_this_house(monkeypatch, *proofs):
    """These are all the proofs there are."""
    monkeypatch.setattr(nightly, "all_proofs", lambda: list(proofs))
    return list(proofs)


def times(tmp_path, name):
    return len((tmp_path / name).read_text())


def test_what_is_proved_is_not_proved_again_and_what_failed_is(tmp_path, monkeypatch):
    red, green = counting(tmp_path, "rood", code=1), counting(tmp_path, "groen")
    proofs = of_this_house(monkeypatch, red, green)
    assert run_proofs(proofs, {}) is False
    assert run_proofs(proofs, {}) is False
    assert times(tmp_path, "groen") == 1  # it came, although the one before it was red
    assert times(tmp_path, "rood") == 2
    table = (tmp_path / "nightly.md").read_text()
    assert "| groen | de vraag van groen | goed |" in table
    assert "| rood | de vraag van rood | FOUT |" in table


def test_one_proof_by_its_name_leaves_the_others_in_the_table(tmp_path, monkeypatch):
    one, other = of_this_house(monkeypatch, counting(tmp_path, "een"), counting(tmp_path, "ander"))
    assert run_proofs([other], {}) is True
    assert run_proofs(chosen(["een"]), {}) is True
    assert [times(tmp_path, proof.name) for proof in (one, other)] == [1, 1]
    table = (tmp_path / "nightly.md").read_text()
    assert table.index("| een |") < table.index("| ander |")
    assert table.count("| goed |") == 2


def test_a_name_that_there_is_not_is_refused_with_those_that_there_are(tmp_path, monkeypatch):
    of_this_house(monkeypatch, counting(tmp_path, "een"), counting(tmp_path, "ander"))
    with pytest.raises(Refusal, match=r"kent geen 'enn'\. Er zijn: een, ander"):
        chosen(["enn"])
    assert [proof.name for proof in chosen([])] == ["een", "ander"]


def test_for_other_code_everything_is_proved_anew(tmp_path, monkeypatch):
    proofs = [counting(tmp_path, "groen")]
    assert run_proofs(proofs, {}) is True
    monkeypatch.setattr(nightly, "fingerprint", lambda: "andere code")
    assert run_proofs(proofs, {}) is True
    assert times(tmp_path, "groen") == 2


def test_a_proof_that_was_interrupted_leaves_the_ones_before_it(tmp_path):
    nobody = Proof("breekt af", "", [str(tmp_path / "bestaat-niet")])
    with pytest.raises(FileNotFoundError):
        run_proofs([counting(tmp_path, "eerst"), nobody], {})
    assert list(remembered()) == ["eerst"]


def test_the_table_names_what_was_not_done_yet(monkeypatch):
    of_this_house(monkeypatch, Proof("gedaan", "Is het zo?", []), Proof("later", "En dit?", []))
    done = Result(passed=True, minutes=1.5, day="2026-11-22", code="abc")
    table = as_table({"gedaan": done})
    assert "| gedaan | Is het zo? | goed | 1,5 | 2026-11-22 | abc |" in table
    assert "| later | En dit? | nog niet gedaan |" in table


def test_what_a_proof_writes_down_does_not_undo_the_others():
    """Else a night that was broken off would begin anew after every table."""
    proved = {path.relative_to(nightly.ROOT).as_posix() for path in nightly.proved_files()}
    assert not proved & {"docs/mutanten.md", "docs/benchmarks.md", "docs/nightly.md"}
    assert proved > {"docs/veiligheid.md", "stack/nightly.py", "tests/stack/test_nightly.py"}


def test_the_proofs_of_the_house_have_names_of_their_own():
    names = [proof.name for proof in nightly.all_proofs()]
    assert len(set(names)) == len(names) > 0
