"""A handful of mutants in every test run; `./run mutants` makes hundreds. AC-17."""

import pytest

from tests.attempts.house import House
from tests.mutants.database import all_mutants
from tests.mutants.net import Net
from tests.mutants.report import Outcome, as_page, good_enough, score
from tests.mutants.source import all_spoiled

HANDFUL = (
    "cases_case: select vergeet de uitsluiting",
    "cases_timelineitem: select vergeet dat iets gesloten is",
    "cases_leefgebiedscore: select voor ieder",
    "cases_clientbsn: select verwisselt de scope",
    "cases_bar: rijbeveiliging uit",
    "maatwerkplan_partneraction: insert zonder slot",
    "vh.set_bar weigert niet",
    "vh.appoint vergeet de rol te eisen",
)


@pytest.mark.whole
def test_a_handful_of_mutants_is_caught(crowd: House):
    """AC-17: the wall forgets something, and somebody notices; mended, nobody does."""
    net = Net(crowd, seed=1)
    mutants = {mutant.name: mutant for mutant in all_mutants(crowd.owner)}

    assert [name for name in HANDFUL if not net.catches(mutants[name])] == []
    assert net.caught(["cases_case", "cases_bar", "set_bar", "appoint"]) is None


def test_there_are_hundreds_of_ways_to_spoil_the_house(owner):
    """And each has a name of its own."""
    names = [m.name for m in all_mutants(owner)] + [s.name for s in all_spoiled()]

    assert len(names) > 800
    assert len(set(names)) == len(names)


def test_a_survivor_that_changes_nothing_counts_for_nothing():
    same = Outcome("database", "slot open", "cases_case: update voor ieder", "")
    found = Outcome("database", "slot open", "cases_case: select voor ieder", "iemand zag het")
    missed = Outcome("pagina's", "bewaking weg", "cases:detail: zonder bewaking", "")

    assert score([same, found]) == 1
    assert good_enough([same, found])
    assert not good_enough([same, found, missed])
    page = as_page([same, found, missed])
    assert "| database | slot open | 2 | 1 | 1 | 0 |" in page
    assert "- pagina's: cases:detail: zonder bewaking" in page
