"""The manager's pages: overview, caseload and assigning."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from cases import access, operations
from cases.models import Case, Participation
from cases.states import CaseStatus
from tests import situations
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

CASELOAD, OVERVIEW = reverse("cases:caseload"), reverse("cases:overview")


def assign_url(case: Case) -> str:
    return reverse("cases:assign", args=[case.number])


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["caseload", "overview", "assign"])
def test_these_pages_are_there_for_the_manager_alone(browse, page):
    case = situations.listed_case()
    url = {"caseload": CASELOAD, "overview": OVERVIEW, "assign": assign_url(case)}[page]

    assert browse("manager").get(url).status_code == 200
    for username in ("bureau", "politie", "samira", "stuurgroep", "bewoner"):
        assert browse(username).get(url).status_code == 404
    assert browse().get(url).status_code == 302


@pytest.mark.django_db
def test_a_listed_client_goes_to_one_interventiemanager_and_is_counted_where_he_is_listed(
    browse, person, acting
):
    case = situations.listed_case(first_name="Nora")
    situations.assigned_case(to="tom")
    manager = browse("manager")
    assert [c.number for c in manager.get(CASELOAD).context["waiting"]] == [case.number]

    done = manager.post(assign_url(case), {"manager": person("samira").pk}, follow=True)

    assert "is toegewezen aan Samira Haddou." in done.text
    loads = {str(load.manager): load for load in done.context["caseloads"]}
    assert [c.number for c in loads["Samira Haddou"].cases] == [case.number]
    assert all(load.count == len(load.cases) == 1 for load in loads.values())
    assert list(done.context["waiting"]) == []
    with acting("samira"):
        assert Case.objects.get().status == CaseStatus.TOEGEDEELD


@pytest.mark.django_db
def test_who_is_assigned_already_or_barred_or_unknown_is_refused_in_words(browse, person):
    case = situations.listed_case()
    manager = browse("manager")

    for typed in ("", "\x00", str(person("politie").pk), "9" * 30):
        answer = manager.post(assign_url(case), {"manager": typed})
        assert answer.status_code == 422
        assert "Kies een interventiemanager" in answer.text

    with acting_as(person("manager").pk):
        access.bar(case, person("samira"), "familie")
    barred = manager.post(assign_url(case), {"manager": person("samira").pk})
    assert barred.status_code == 409
    assert "is uitgesloten van dit dossier" in barred.text
    assert f'value="{person("samira").pk}" checked' in barred.text

    assert manager.post(assign_url(case), {"manager": person("tom").pk}).status_code == 302
    again = manager.post(assign_url(case), {"manager": person("tom").pk})
    assert again.status_code == 409
    assert "op de lijst" in again.text


@pytest.mark.django_db
def test_an_absent_case_is_not_found(browse):
    assert browse("manager").get(reverse("cases:assign", args=["VH-2031-9999"])).status_code == 404


@pytest.mark.django_db
def test_the_overview_counts_and_names_nobody(browse, owner):
    situations.listed_case(first_name="Nora")
    situations.assigned_case(to="samira", first_name="Piet")
    ranked = situations.open_list(situations.put_forward_case(first_name="Els"))
    before = owner.execute("SELECT count(*) FROM veiligheidshuis_accesslogentry").fetchone()

    page = browse("manager").get(OVERVIEW)

    assert page.context["unassigned"] == 1
    counts = {phase.label: phase.count for phase in page.context["phases"]}
    assert (counts["aangemeld"], counts["op de lijst"], counts["toegewezen"]) == (1, 1, 1)
    loads = {str(load.manager): load.count for load in page.context["caseloads"]}
    assert loads == {"Samira Haddou": 1, "Tom Verhagen": 0}
    assert f"Prioriteitenlijst {ranked.code}" in page.text
    assert not any(name in page.text for name in ("Nora", "Piet", "Els"))
    assert owner.execute("SELECT count(*) FROM veiligheidshuis_accesslogentry").fetchone() == before


@pytest.mark.django_db
def test_a_full_caseload_asks_no_more_and_says_that_it_is_full(
    browse, agreed, django_assert_max_num_queries
):
    agreed("caseload_norm", 3)
    for _ in range(3):
        situations.assigned_case(to="samira")
    manager = browse("manager")

    with django_assert_max_num_queries(14):
        page = manager.get(CASELOAD)

    assert "Vol" in page.text


@pytest.mark.django_db
def test_what_the_caseload_shows_is_written_down(browse, owner):
    case = situations.assigned_case()
    browse("manager").get(CASELOAD)

    (subjects,) = owner.execute(
        "SELECT subjects FROM veiligheidshuis_accesslogentry WHERE route = 'cases:caseload' "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert case.number in subjects


def test_of_two_who_assign_at_once_one_does_and_the_client_has_one_manager(own_house):
    case = situations.listed_case()
    manager = situations.user("manager")
    start, refusals = threading.Barrier(2), []

    def assign(to: str) -> None:
        try:
            start.wait()
            with acting_as(manager.pk):
                operations.assign(case, situations.user(to), by=manager)
        except Refused as refused:
            refusals.append(refused.codes)
        finally:
            accesslog.close()
            connections.close_all()

    threads = [threading.Thread(target=assign, args=(to,)) for to in ("samira", "tom")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refusals == [{"wrong_status"}]
    with acting_as(manager.pk):
        leads = Participation.objects.current().of_scope("lead_case")
        assert leads.count() == 1


@pytest.mark.django_db
def test_a_place_on_a_local_list_says_on_which_list_it_is(browse):
    """Both lists have a first place. PRV-20."""
    local = situations.local_case()
    situations.admit(local)
    situations.local_list(local)
    situations.listed_case()

    manager = browse("manager")

    assert manager.get(CASELOAD).text.count("lokale lijst") == 1
    assert "Plaats 1 op de lokale lijst" in manager.get(assign_url(local)).text


@pytest.mark.django_db
def test_a_place_above_a_dossier_says_of_which_list_it_is(browse):
    """PRV-20."""
    local = situations.local_case()
    situations.admit(local)
    situations.local_list(local)
    manager = browse("manager")

    for case, told in (
        (local, "Prioriteit 1, lokale lijst"),
        (situations.listed_case(), "WGS-lijst"),
    ):
        assert told in manager.get(reverse("cases:detail", args=[case.number])).text
