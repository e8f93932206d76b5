"""A handful of mutants in every test run; `./run mutants` makes hundreds. AC-17."""

import pytest

from tests.attempts.house import House
from tests.mutants import kept
from tests.mutants.callers import callers, shows_on
from tests.mutants.database import all_mutants, demands, why_the_same
from tests.mutants.filling import filled
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


def test_a_spoiled_function_is_tried_wherever_it_shows(owner):
    asking = callers(owner)

    assert shows_on("reach", asking) == ["reach"]
    assert {"weigh", "may", "explain", "grant_access"} <= set(shows_on("weigh", asking))
    assert {"cases_case", "maatwerkplan_plantext"} <= set(shows_on("roles_at", asking))
    assert "partners_absence" in shows_on("stand_in", asking)  # by the trigger on that table


def test_a_guard_that_the_page_asks_again_itself_changes_nothing():
    """Who has no role with persons knows no case; another role, or another page, must be caught."""
    same = {spoiled.name for spoiled in all_spoiled() if spoiled.changes_nothing}

    assert {
        "cases:detail: zonder bewaking (1)",
        "cases:victim_edit: zonder bewaking (1)",  # by way of _kept_case
        "maatwerkplan:offer: zonder bewaking (1)",
    } < same
    assert (
        not {
            "cases:search: zonder bewaking (1)",
            "cases:bar: zonder bewaking (1)",
            "maatwerkplan:action: zonder bewaking",
        }
        & same
    )


def test_a_survivor_that_changes_nothing_counts_for_nothing():
    same = Outcome("database", "slot open", "cases_case: update voor ieder", "", "al bewaakt")
    found = Outcome("database", "slot open", "cases_case: select voor ieder", "iemand zag het")
    missed = Outcome("pagina's", "bewaking weg", "cases:detail: zonder bewaking", "")

    assert score([same, found]) == 1
    assert good_enough([same, found])
    assert not good_enough([same, found, missed])
    page = as_page([same, found, missed], {"database": 7, "pagina's": 1})
    assert "Deze keer: 2 van 7 (database), 1 van 1 (pagina's)." in page
    assert "| database | slot open | 2 | 1 | 1 | 0 |" in page
    assert "- al bewaakt: cases_case: update voor ieder" in page
    assert "- pagina's: cases:detail: zonder bewaking" in page


def test_one_in_twenty_missed_is_good_for_one_net_and_not_for_both():
    """Issue 3, Proof: 95 % of its own layer, 98 % together."""
    wall = [Outcome("database", "slot weg", str(n), "gezien") for n in range(20)]
    pages = [Outcome("pagina's", "bewaking weg", str(n), "gezien" * (n > 0)) for n in range(20)]

    assert score(pages) == 0.95
    assert not good_enough([*wall, *pages])
    assert good_enough([*wall * 3, *pages])


def test_what_a_function_gives_needs_no_grant_and_a_mutant_of_that_grant_changes_nothing():
    """Worked out from the conditions; where no function gives it as well, it must be caught."""
    grant = "(EXISTS (SELECT FROM p WHERE p.start_date <= ( SELECT vh.today() AS today)))"
    late = grant.replace("p.start_date <= ( SELECT vh.today() AS today)", "true")
    office, view = "(vh.has_role('manager'::text))", "vh.process_view()"

    assert demands("((a) AND ((b = 1) AND c))") == {"a", "b = 1", "c"}
    known = f"(({view} OR {grant}) AND {office})", f"(({view} OR {late}) AND {office})"
    assert why_the_same("vergeet de begindag", *known)
    assert not why_the_same(
        "vergeet de begindag", f"({grant} AND {office})", f"({late} AND {office})"
    )
    assert not why_the_same("verwisselt de scope", *known)


def test_a_form_is_filled_in_as_somebody_does_who_wants_to_get_on():
    page = b"""<main><form method=get><input name=q></form><form method=post action="../af/">
        <input type=hidden name=version value=3><input type=file name=lijst>
        <select name=party><option value="">Kies<option value=7>RIMO<option value=8>GGD</select>
        <input type=radio name=wish value=ja><input type=radio name=wish value=nee>
        <textarea name=text></textarea><input name=name value="Stond er al">
        <input type=checkbox name=agreed><button name=stap value=door>Verder</button>
        </form></main>"""

    form, another = filled(page, "/meldingen/1/")

    assert (form.files, dict(another.data)) == (("lijst",), dict(form.data) | {"party": "8"})
    assert form.address == "/meldingen/af/"
    assert dict(form.data) == {
        "version": "3",
        "party": "7",
        "wish": "ja",
        "text": "Proef.",
        "name": "Stond er al",
        "agreed": "on",
        "stap": "door",
    }


def test_what_was_found_is_not_made_again_until_the_house_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "KEPT", tmp_path / "mutanten.jsonl")
    assert kept.found_before() == {}

    kept.keep("cases:bar: zonder bewaking (1)", "manager: POST cases:bar")
    found = kept.found_before()
    monkeypatch.setattr(kept, "code", lambda: "een ander huis")

    assert found == {"cases:bar: zonder bewaking (1)": "manager: POST cases:bar"}
    assert kept.found_before() == {}
