"""Break-glass: one dossier, a reason, some hours, and another who judges it. DOS-04, AC-16."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases import access, operations
from cases.models import Case, Deadline, DeadlineKind, LeefgebiedScore, Noodtoegang, Scope
from partners import operations as accounts
from partners.models import Role
from tests import situations
from tests.cases.test_handing_over import away
from tests.entering import enter
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def open_in_nood(case: Case, hours: int = 2, reason: str = "Hij staat aan de balie") -> Noodtoegang:
    office = user("bureau")
    with acting_as(office.pk):
        return operations.break_glass(case, reason=reason, hours=hours, by=office)


def close(emergency: Noodtoegang, by: str = "bureau") -> None:
    person = user(by)
    with acting_as(person.pk):
        operations.end_emergency(emergency, by=person)


def scopes_of(who: str, case: Case) -> set[str]:
    person = user(who)
    with acting_as(person.pk):
        return {scope for scope in Scope if access.may(person, scope, case)}


def page(case: Case, name: str, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


def test_the_office_reads_one_dossier_and_no_more_than_the_content():
    case, other = situations.planned_case(), situations.planned_case()

    open_in_nood(case)

    assert scopes_of("bureau", case) == set(access.GRANTS["noodtoegang"])
    assert scopes_of("bureau", other) == {Scope.KNOW_CASE}
    with acting_as(user("bureau").pk):
        assert set(LeefgebiedScore.objects.values_list("case_id", flat=True)) == {case.pk}
    for hidden in (Scope.LEAD_CASE, Scope.VIEW_BSN, Scope.VIEW_VICTIM, Scope.MINUTES):
        assert hidden not in access.GRANTS["noodtoegang"]


def test_the_yellow_bar_stands_on_every_page_while_it_runs_and_on_no_page_of_another(browse):
    """Issue 3, point 3: nobody forgets that a dossier lies open while he does something else."""
    case = situations.planned_case()
    office, colleague = browse("bureau"), browse("gemeente")
    pages = ["/vandaag/", "/dossiers/", "/kandidaten/", "/prioriteitenlijst/", "/hulp/"]
    opened = open_in_nood(case)

    for address in pages:
        shown = office.get(address)
        assert shown.text.count(f"Noodtoegang tot {case.number}") == 1, address
        assert case.client.last_name not in shown.text.split("<main")[0], address
        assert "Noodtoegang tot" not in colleague.get(address).text, address
    assert office.get(page(case, "detail")).text.count("Noodtoegang tot") == 1
    close(opened)
    for address in pages:
        assert "Noodtoegang tot" not in office.get(address).text, address


def test_a_reader_is_told_that_self_reliance_is_not_judged_yet(browse):
    """Half a sentence ("De cliënt .") leaves him guessing."""
    case = situations.diagnosis_case()
    open_in_nood(case)

    shown = browse("bureau").get(page(case, "diagnosis")).content.decode()

    assert "Nog niet beoordeeld." in shown
    assert "De cliënt ." not in shown


def test_closing_it_shuts_the_dossier_at_once():
    case = situations.planned_case()
    opened = open_in_nood(case)
    close(opened)
    assert scopes_of("bureau", case) == {Scope.KNOW_CASE}
    with acting_as(user("bureau").pk):
        assert not LeefgebiedScore.objects.exists()


@pytest.mark.parametrize(("who", "may"), [("samira", True), ("manager", True), ("tom", False)])
def test_who_leads_and_the_manager_can_shut_it_too(who, may):
    opened = open_in_nood(situations.planned_case())
    if may:
        close(opened, by=who)
    else:
        with pytest.raises(ProgrammingError), transaction.atomic():
            close(opened, by=who)


def test_a_bar_beats_the_emergency_before_and_after():
    """AC-09, AC-16: also when he already broke the glass."""
    case, office = situations.planned_case(), user("bureau")
    open_in_nood(case)
    with acting_as(user("manager").pk):
        access.bar(case, office, "zwager")
    assert scopes_of("bureau", case) == set()
    with acting_as(office.pk):
        assert not Noodtoegang.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.break_glass(case, "toch", 1)


@pytest.mark.parametrize("who", ["samira", "manager", "politie", "tom", "stuurgroep"])
def test_nobody_but_the_office_breaks_the_glass_also_not_past_the_operation(who):
    case, person = situations.planned_case(), user(who)
    with acting_as(person.pk):
        with pytest.raises(PermissionDenied):
            operations.break_glass(case, reason="x", hours=1, by=person)
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.break_glass(case, "x", 1)


def test_the_database_itself_keeps_to_the_hours_and_the_reason():
    case = situations.planned_case()
    with acting_as(user("bureau").pk):
        for reason, hours in (("x", 0), ("x", settings.EMERGENCY_HOURS + 1), ("  ", 1)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                access.break_glass(case, reason, hours)


def test_a_dossier_without_interventiemanager_or_open_already_is_not_opened():
    case = situations.listed_case()
    with pytest.raises(Refused) as nobody:
        open_in_nood(case)
    assert nobody.value.codes == {"nobody_leads"}
    led = situations.assigned_case()
    open_in_nood(led)
    with pytest.raises(Refused) as again:
        open_in_nood(led)
    assert again.value.codes == {"open_already"}


def test_who_leads_the_manager_and_the_fg_are_told_and_a_judgement_is_due():
    case = situations.planned_case()
    opened = open_in_nood(case)
    judges = {user("manager").pk, user("fg").pk}
    with acting_as(user("manager").pk):
        due = Deadline.objects.filter(subject_id=opened.pk, kind=DeadlineKind.NOOD_TOETSEN)
        assert set(due.values_list("recipient_id", flat=True)) == judges
        assert due.filter(done_at=None).count() == 2


def judge(opened: Noodtoegang, by: str, justified: bool = True) -> None:
    person = user(by)
    with acting_as(person.pk):
        operations.review_emergency(opened, justified=justified, review="Zo gezien.", by=person)


def test_who_opened_it_opens_it_again_only_after_another_judged_the_first_time():
    """Closing it and opening it anew would be a dossier that stays open, with nobody looking."""
    case, other, office = situations.planned_case(), situations.planned_case(), user("bureau")
    first = open_in_nood(case)
    close(first)

    with pytest.raises(Refused) as refused:
        open_in_nood(case)
    assert refused.value.codes == {"not_judged"}
    with acting_as(office.pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.break_glass(case, "toch", 1)
    open_in_nood(other)

    with acting_as(user("fg").pk):
        first.refresh_from_db()
    judge(first, "fg", justified=False)
    open_in_nood(case)


def test_a_colleague_opens_what_waits_for_a_judgement(browse):
    """Somebody at the desk cannot wait for the manager: then a second person looks."""
    case, office, second = situations.planned_case(), user("bureau"), user("politie2")
    with acting_as(office.pk):
        accounts.appoint(second, Role.BEDRIJFSBUREAU, by=office)
    close(open_in_nood(case))

    shown = browse("bureau").get(page(case, "emergency")).text
    assert "Dan opent een collega het dossier." in shown
    assert 'name="reason"' not in shown
    with acting_as(second.pk):
        operations.break_glass(case, reason="Hij staat aan de balie", hours=1, by=second)
    assert scopes_of("politie2", case) >= set(access.GRANTS["noodtoegang"])


@pytest.mark.parametrize("who", ["manager", "fg"])
def test_the_judgement_is_given_once_and_settles_the_term(who):
    opened = open_in_nood(situations.planned_case())
    close(opened)
    with acting_as(user(who).pk):
        found = Noodtoegang.objects.get()
    judge(found, who, justified=False)
    with acting_as(user(who).pk):
        found = Noodtoegang.objects.get()
        assert (found.justified, found.reviewed_by) == (False, user(who))
    with acting_as(user("manager").pk):
        assert not Deadline.objects.filter(subject_id=opened.pk, done_at=None).exists()
    with pytest.raises(Refused) as again:
        judge(found, who)
    assert again.value.codes == {"reviewed_already"}


def test_nobody_judges_himself_or_before_it_is_over():
    office = user("bureau")
    opened = open_in_nood(situations.planned_case())
    with pytest.raises(Refused) as running:
        judge(opened, "manager")
    assert running.value.codes == {"running"}
    close(opened)
    with pytest.raises(PermissionDenied):
        judge(opened, "bureau")
    second = user("politie2")
    with acting_as(office.pk):
        accounts.appoint(second, Role.BEDRIJFSBUREAU, by=office)
    with acting_as(second.pk):
        accounts.appoint(office, Role.MANAGER, by=second)
    with acting_as(user("bureau").pk):
        found = Noodtoegang.objects.get()
    with pytest.raises(Refused) as own:
        judge(found, "bureau")
    assert own.value.codes == {"own_deed"}
    with acting_as(office.pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.review_emergency(found, True, "prima")


# --- the pages ---------------------------------------------------------------------------------

TYPED = {"tried": "on", "reason": "Hij staat aan de balie", "hours": "2"}


def test_the_page_asks_a_reason_and_opens_the_dossier_under_a_yellow_bar(browse):
    case, office = situations.planned_case(), browse("bureau")

    assert office.post(page(case, "emergency"), {"hours": "2"}).status_code == 422
    assert scopes_of("bureau", case) == {Scope.KNOW_CASE}
    assert office.get(page(case, "diagnosis")).status_code == 404
    assert office.post(page(case, "emergency"), TYPED).status_code == 302

    for name in ("cases:detail", "cases:diagnosis", "cases:access", "agenda:of_case"):
        shown = office.get(reverse(name, args=[case.number]))
        assert shown.status_code == 200, name
        assert "Noodtoegang tot" in shown.content.decode(), name
    other = situations.assigned_case()
    elsewhere = office.get(page(other, "detail")).text
    assert f"Noodtoegang tot {case.number}" in elsewhere
    assert "Je hebt dit dossier geopend" not in elsewhere
    again = office.post(page(case, "emergency"), TYPED)
    assert again.status_code == 409


def test_an_old_proof_of_who_you_are_is_asked_again_first(person, client):
    case = situations.planned_case()
    office = enter(client, person("bureau"), proved_at=0.0)
    asked = office.get(page(case, "emergency"))
    assert asked.status_code == 302
    assert asked.url.startswith(reverse("confirm"))
    assert office.post(page(case, "emergency"), TYPED).status_code == 302
    assert scopes_of("bureau", case) == {Scope.KNOW_CASE}


def test_the_bar_has_the_way_out(browse):
    case, office = situations.planned_case(), browse("bureau")
    opened = open_in_nood(case)
    assert (
        page(case, "emergency_end", opened.pk) in office.get(page(case, "detail")).content.decode()
    )
    assert browse("ggd").post(page(case, "emergency_end", opened.pk)).status_code == 404
    assert office.post(page(case, "emergency_end", opened.pk)).status_code == 302
    assert "Noodtoegang tot" not in office.get(page(case, "detail")).content.decode()
    assert office.get(page(case, "diagnosis")).status_code == 404


def test_who_leads_reads_in_his_dossier_that_it_was_opened_and_why(browse):
    case = situations.planned_case()
    open_in_nood(case)
    shown = browse("samira").get(page(case, "detail")).content.decode()
    assert "Noodtoegang door" in shown
    assert "Hij staat aan de balie" in shown
    assert (
        "Opende het dossier in nood" in browse("samira").get(page(case, "access")).content.decode()
    )


def test_the_judge_finds_what_waits_and_judges_it_on_a_page(browse):
    case = situations.planned_case()
    opened = open_in_nood(case)
    close(opened)
    address = reverse("cases:emergency_review", args=[opened.pk])
    for who in ("manager", "fg"):
        assert address in browse(who).get(reverse("cases:emergencies")).content.decode()
    judge_ = browse("fg")
    assert judge_.post(address, {}).status_code == 422
    assert judge_.post(address, {"justified": "nee", "review": "Tom was er."}).status_code == 302
    assert "Tom was er." in browse("manager").get(reverse("cases:emergencies")).content.decode()
    assert [browse(who).get(address).status_code for who in ("bureau", "samira")] == [404, 404]


def test_who_judges_after_another_reads_that_judgement_and_what_he_typed_himself(browse):
    opened = open_in_nood(situations.planned_case())
    close(opened)
    address = reverse("cases:emergency_review", args=[opened.pk])
    browse("fg").post(address, {"justified": "nee", "review": "Tom was er."})

    late = browse("manager").post(address, {"justified": "ja", "review": "Niemand nam op."})

    assert late.status_code == 409
    words = [late.content.decode().count(each) for each in ("Tom was er.", "Niemand nam op.")]
    assert words == [1, 1]


def test_the_office_reads_who_stands_in_before_it_breaks_the_glass(browse):
    case = situations.assigned_case()
    away()
    shown = browse("bureau").get(page(case, "emergency")).content.decode()
    assert str(user("tom")) in shown


def test_the_hours_of_the_code_and_of_the_database_are_the_same(owner):
    found = owner.execute("SELECT vh.emergency_hours(), vh.hand_over_days()").fetchone()
    assert found == (settings.EMERGENCY_HOURS, settings.HAND_OVER_DAYS)
