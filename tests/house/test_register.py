"""docs/veiligheid.md promises a test for every attack; a promise without a test is a red build."""

import re

from tests.house.sources import ROOT

REGISTER = (ROOT / "docs/veiligheid.md").read_text()
ROW = re.compile(r"^\| ([A-Z]+-\d\d) \| ([^|]+) \| ([^|]+) \|$", re.M)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
# Every attack of these groups that stops a merge, by the numbers of the threat model.
PROMISED = {
    "AC": (*range(1, 13), 17),
    "RLS": (*range(1, 8), 10, 11),
    "LEAK": (1, 2, 3, *range(6, 13)),
    "AUTH": (*range(1, 10), 11, 12, 13),
    "AUD": (*range(1, 10), 11),
    "HDR": (1, 2, 3),
}


def rows() -> dict[str, str]:
    return {number: answer for number, _, answer in ROW.findall(REGISTER)}


def test_every_attack_that_stops_a_merge_has_its_row():
    promised = {f"{group}-{n:02}" for group, numbers in PROMISED.items() for n in numbers}

    assert promised - rows().keys() == set()


def test_every_row_names_a_test_or_says_why_not():
    unsaid = [
        number
        for number, answer in rows().items()
        if not TEST.search(answer) and len(answer.partition("niet: ")[2]) < 20
    ]

    assert unsaid == []


def test_every_test_that_is_named_is_there():
    named = [(number, *test) for number, answer in rows().items() for test in TEST.findall(answer)]

    gone = [
        f"{number}: {path}::{name}"
        for number, path, name in named
        if f"def {name}(" not in _text(path)
    ]
    assert len(named) > 50
    assert gone == []


def _text(path: str) -> str:
    file = ROOT / path
    return file.read_text() if file.exists() else ""
