"""What a change of rights would open or close, before it is saved. Issue 3 point 5."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Case, Participation, Scope, TimelineItem
from cases.operations.dry_run import dry_run
from cases.presenters.preview import of_all_cases, preview
from partners import operations as partner_work
from partners.models import Absence, Toetreding, User
from tests import situations
from tests.cases.test_victims import about
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db

LATER = timezone.localdate() + timedelta(days=90)


def let_in(case: Case, username: str, *scopes: str, by: str = "samira") -> None:
    operations.grant_by_hand(
        case,
        user(username),
        scopes=scopes,
        end_date=LATER,
        reason="Nodig voor het advies",
        by=user(by),
    )


def test_what_is_tried_is_told_and_nothing_of_it_stays():
    case, ggd = situations.assigned_case(), user("ggd")
    with acting_as(user("samira").pk):
        before = Participation.objects.count(), TimelineItem.objects.count()
        tried = preview(
            lambda: let_in(case, "ggd", Scope.VIEW_GEZONDHEID, Scope.VIEW_HUISVESTING),
            [ggd],
            case=case,
        )
        after = Participation.objects.count(), TimelineItem.objects.count()

    assert [line.gains for line in tried.lines] == [
        "weten dat het dossier bestaat, 2 leefgebieden (huisvesting, gezondheid)"
    ]
    assert tried.lines[0].loses == ""
    assert before == after
    with acting_as(ggd.pk):
        assert not access.may(ggd, Scope.KNOW_CASE, case)


def test_what_is_told_is_what_happens_when_it_is_done():
    case, ggd = situations.assigned_case(), user("ggd")

    def deed() -> None:
        let_in(case, "ggd", Scope.VIEW_JUSTICE)

    with acting_as(user("samira").pk):
        (told,) = dry_run(deed, [ggd], case=case)
        deed()
        assert access.reach(ggd, case) == told.opened
    with acting_as(ggd.pk):
        seen = {scope for scope in Scope if access.may(ggd, scope, case)}
    assert seen == {scope for _, scope in told.opened}


def test_what_somebody_keeps_on_another_ground_is_not_told_as_lost():
    case, ggd, samira = situations.assigned_case(), user("ggd"), user("samira")
    with acting_as(samira.pk):
        let_in(case, "ggd", Scope.VIEW_JUSTICE)
        access.grant(case, ggd.organisation.group, "uitvoering")
        (told,) = dry_run(
            lambda: operations.withdraw_by_hand(case, ggd.personal_group, by=samira),
            [ggd],
            case=case,
        )

    assert told.closed == {(case.pk, Scope.VIEW_JUSTICE)}
    assert told.opened == set()


def test_an_assignment_tells_who_gains_and_who_loses():
    case, manager, samira = situations.listed_case(), user("manager"), user("samira")
    with acting_as(manager.pk):
        people = [samira, *access.people_in(case)]
        told = {
            line.user.username: line
            for line in preview(
                lambda: operations.assign(case, samira, by=manager), people, case=case
            ).lines
        }
        case.refresh_from_db()

    assert "de regie voeren" in told["samira"].gains
    assert "7 leefgebieden" in told["samira"].gains
    assert told["politie"].loses == "weten dat het dossier bestaat"
    assert case.manager is None


def test_what_may_not_be_done_is_not_told_but_refused():
    case, bewoner = situations.assigned_case(), user("bewoner")
    with acting_as(user("samira").pk):
        tried = preview(lambda: let_in(case, "bewoner", Scope.KNOW_CASE), [bewoner], case=case)
    assert [obstacle.code for obstacle in tried.obstacles] == ["no_participant"]

    with acting_as(user("manager").pk), pytest.raises(PermissionDenied):
        dry_run(lambda: let_in(case, "ggd", by="manager"), [user("ggd")], case=case)


def test_a_stranger_is_told_nothing_by_what_somebody_holds():
    case, samira = situations.assigned_case(), user("samira")

    for username in ("tom", "ggd", "stuurgroep", "bewoner"):
        with acting_as(user(username).pk):
            assert access.reach(samira, case) == set(), username
            assert access.reach(samira) == set(), username


# --- the pages of a dossier -------------------------------------------------------------------


def test_who_leads_looks_first_and_what_he_typed_is_still_there(browse):
    case, ggd = situations.assigned_case(), user("ggd")
    typed = {
        "person": ggd.pk,
        "scopes": [Scope.VIEW_GEZONDHEID],
        "end_date": situations.typed_day(90),
        "reason": "Nodig voor het advies",
    }
    samira, address = browse("samira"), reverse("cases:access", args=[case.number])

    looked = samira.post(address, typed | {"voorproef": "ja"})

    page = looked.content.decode()
    assert looked.status_code == 200
    assert "weten dat het dossier bestaat, 1 leefgebied (gezondheid)" in page
    assert "Nodig voor het advies" in page
    with acting_as(ggd.pk):
        assert not access.may(ggd, Scope.KNOW_CASE, case)
    assert samira.post(address, typed).status_code == 302
    with acting_as(ggd.pk):
        assert access.may(ggd, Scope.VIEW_GEZONDHEID, case)


def test_the_manager_looks_first_who_gains_and_who_loses(browse):
    case, manager = situations.listed_case(), browse("manager")
    address = reverse("cases:assign", args=[case.number])
    typed = {"manager": user("samira").pk, "voorproef": "ja"}

    looked = manager.post(address, typed)

    page = looked.content.decode()
    assert looked.status_code == 200
    assert "<strong>Krijgt:</strong> weten dat het dossier bestaat, de regie voeren" in page
    assert "Marieke Loos</dt>" in page
    with acting_as(user("samira").pk):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_before_access_is_taken_back_it_says_what_goes(browse):
    case, ggd = situations.assigned_case(), user("ggd")
    with acting_as(user("samira").pk):
        let_in(case, "ggd", Scope.VIEW_JUSTICE)

    address = reverse("cases:access_withdraw", args=[case.number, ggd.personal_group_id])
    page = browse("samira").get(address).content.decode()

    assert "<strong>Verliest:</strong> weten dat het dossier bestaat, justitiële gegevens" in page
    with acting_as(ggd.pk):
        assert access.may(ggd, Scope.VIEW_JUSTICE, case)


# --- the pages of accounts --------------------------------------------------------------------


def account_off(person: User) -> str:
    return reverse("cases:preview_off", args=[person.pk])


def test_before_an_account_is_switched_off_it_says_how_many_dossiers_that_costs(browse):
    situations.put_forward_case(by="ggd")
    situations.put_forward_case(by="ggd")
    ggd, bureau = user("ggd"), browse("bureau")

    page = bureau.get(account_off(ggd)).content.decode()

    assert "<strong>Verliest:</strong> 2 dossiers" in page
    assert (
        account_off(ggd) in bureau.get(reverse("partners:user_off", args=[ggd.pk])).content.decode()
    )
    assert user("ggd").is_active


def test_of_the_office_it_says_that_the_process_data_of_all_cases_are_lost(browse):
    page = browse("bureau").get(account_off(user("manager"))).content.decode()

    assert "de procesgegevens van alle dossiers" in page


def test_the_end_of_a_role_is_told_as_of_the_day_after(browse):
    situations.put_forward_case(by="ggd")
    ggd, office = user("ggd"), user("bureau")
    role = ggd.appointments.get()
    address = reverse("cases:preview_role_end", args=[ggd.pk, role.pk])
    bureau, soon = browse("bureau"), timezone.localdate() + timedelta(days=10)
    day = f"{soon.day}-{soon.month}-{soon.year}"

    assert "1 dossier" in bureau.get(address, {"end_date": day}).content.decode()
    role.refresh_from_db()
    assert role.end_date is None

    with acting_as(office.pk):
        partner_work.appoint(ggd, "interventiemanager", by=office)
    told = bureau.get(address, {"end_date": day}).content.decode()
    assert "Voor niemand gaat er iets open of dicht." in told


@pytest.mark.parametrize(
    ("known", "led", "words"),
    [
        (3, 2, "3 dossiers, waarvan 2 met de regie"),
        (6, 7, "6 dossiers, de regie van 7 dossiers"),  # one of them he knew already
        (0, 1, "de regie van 1 dossier"),
    ],
)
def test_a_part_is_never_more_than_the_whole(known, led, words):
    cases = list(range(1, 9))
    held = [(case, Scope.KNOW_CASE) for case in cases[:known]]
    held += [(case, Scope.LEAD_CASE) for case in cases[:led]]

    assert of_all_cases(held).startswith(words)


@pytest.mark.parametrize("who", ["samira", "manager", "ggd", "fg", "stuurgroep", "bewoner"])
def test_the_preview_of_accounts_is_for_who_keeps_them(browse, who):
    assert browse(who).get(account_off(user("ggd"))).status_code == 404


def test_a_case_from_which_the_asker_is_barred_is_not_counted(browse):
    case = situations.put_forward_case(by="ggd")
    with acting_as(user("manager").pk):
        access.bar(case, user("bureau"), "verwant")

    page = browse("bureau").get(account_off(user("ggd"))).content.decode()

    assert "dossier" not in page.split("Wat verandert er?</h2>")[1].split("</section>")[0]


# --- handing over, keeping out and naming a contact point ---------------------------------------

LOOK_FIRST = {"voorproef": "ja"}


def test_before_a_client_is_handed_over_it_says_who_gains_and_who_loses_what(browse):
    case, manager = situations.assigned_case(to="samira"), browse("manager")
    typed = {"manager": user("tom").pk, "note": "Belt liever niet.", **LOOK_FIRST}

    for address, data in (
        (reverse("maatwerkplan:hand_over", args=[case.number]), typed),
        (
            reverse("cases:hand_over_all", args=[user("samira").pk]),
            {case.number: user("tom").pk, **LOOK_FIRST},
        ),
    ):
        answer = manager.post(address, data)
        lines = {str(line.user): line for line in answer.context["preview"].lines}
        assert answer.status_code == 200
        assert lines.keys() == {"Tom Verhagen", "Samira Haddou"}
        assert "regie" in lines["Tom Verhagen"].gains
        assert "regie" in lines["Samira Haddou"].loses
        assert "waarvan" not in lines["Samira Haddou"].loses  # she goes on to know them
    assert "Belt liever niet." in manager.post(address_of(case), typed).text
    with acting_as(user("samira").pk):
        assert access.may(user("samira"), Scope.LEAD_CASE, case)


def address_of(case: Case) -> str:
    return reverse("maatwerkplan:hand_over", args=[case.number])


def test_before_somebody_is_barred_or_let_in_again_it_says_what_that_costs(browse):
    case, bureau, ggd = situations.put_forward_case(by="ggd"), browse("bureau"), user("ggd")
    typed = {"person": ggd.pk, "reason": "familie"}
    bar = reverse("cases:bar", args=[case.number])

    told = bureau.post(bar, typed | LOOK_FIRST)
    assert told.status_code == 200
    assert "<strong>Verliest:</strong> weten dat het dossier bestaat" in told.text
    assert 'value="familie"' in told.text
    assert browse("ggd").get(f"/dossiers/{case.number}/").status_code == 200

    bureau.post(bar, typed)
    lift = reverse("cases:bar_lift", args=[case.number, ggd.pk])
    told = bureau.post(lift, {"reason": "vergissing"} | LOOK_FIRST)
    assert "<strong>Krijgt:</strong> weten dat het dossier bestaat" in told.text
    assert browse("ggd").get(f"/dossiers/{case.number}/").status_code == 404


def test_before_another_becomes_the_contact_point_it_says_who_gains_and_who_loses(browse):
    case, office, police = situations.assigned_case(), user("bureau"), user("politie").organisation
    with acting_as(user("samira").pk):
        access.grant(case, police.group, "uitvoering")
    with acting_as(office.pk):
        partner_work.set_contact_point(police, "plaatsvervanger", label="Balie", by=office)
    address = reverse("partners:contact_point", args=["politie", "eerste"])
    typed = {"user": user("politie2").pk, "label": "", "phone": "045 560 00 10", "email": ""}

    told = browse("bureau").post(address, typed | LOOK_FIRST)

    assert told.status_code == 200
    assert 'value="045 560 00 10"' in told.text
    (shown,) = told.context["previews"]
    lines = {line.user.username: (line.gains, line.loses) for line in shown.lines}
    assert lines == {"politie": ("", "1 dossier"), "politie2": ("1 dossier", "")}
    assert police.group in user("politie").groups.all()


# --- absence, a role, and an account that is switched on again -----------------------------------


def plain(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def told_of(answer: HttpResponse) -> dict[str, tuple[str, str]]:
    (shown,) = answer.context["previews"]
    return {line.user.username: (line.gains, line.loses) for line in shown.lines}


@pytest.mark.parametrize("days", [0, 3])
def test_before_an_absence_it_says_what_who_stands_in_will_lead(browse, days):
    """Every dossier of an interventiemanager opens to one colleague: that is seen before."""
    case = situations.assigned_case(to="samira")
    situations.assigned_case(to="samira")
    first = timezone.localdate() + timedelta(days=days)
    typed = {"start_date": plain(first), "end_date": plain(first + timedelta(days=7))}
    typed |= {"stand_in": user("tom").pk, **LOOK_FIRST}

    for who, address, more in (
        ("samira", reverse("partners:own_absence"), {}),
        ("bureau", reverse("partners:absences"), {"user": user("samira").pk}),
        ("bureau", reverse("partners:absence", args=[user("samira").pk]), {}),
    ):
        answer = browse(who).post(address, typed | more)
        assert answer.status_code == 200, address
        assert told_of(answer) == {"tom": ("2 dossiers, waarvan 2 met de regie", "")}, address
        assert f'value="{typed["end_date"]}"' in answer.text, address
    assert not Absence.objects.exists()
    with acting_as(user("tom").pk):
        assert not access.may(user("tom"), Scope.KNOW_CASE, case)


def test_an_absence_without_a_stand_in_opens_nothing(browse):
    situations.assigned_case(to="samira")
    day = plain(timezone.localdate())

    answer = browse("samira").post(
        reverse("partners:own_absence"), {"start_date": day, "end_date": day} | LOOK_FIRST
    )

    assert told_of(answer) == {}
    assert "Voor niemand gaat er iets open of dicht." in answer.text


def test_before_somebody_gets_a_role_it_says_what_that_opens(browse):
    case, politie2 = situations.put_forward_case(), user("politie2")
    address, today = reverse("partners:appoint", args=[politie2.pk]), timezone.localdate()
    typed = {"role": "manager", "start_date": plain(today), "end_date": ""}

    told = browse("bureau").post(address, typed | LOOK_FIRST)

    assert told.status_code == 200
    assert told_of(told) == {"politie2": ("de procesgegevens van alle dossiers", "")}
    assert not politie2.has_role("manager")
    assert browse("bureau").post(address, typed).status_code == 302
    with acting_as(politie2.pk):
        assert access.may(user("politie2"), Scope.KNOW_CASE, case)


def test_what_stands_in_the_way_of_a_role_is_told_by_the_preview_as_well(browse):
    fg = user("fg")
    typed = {"role": "interventiemanager", "start_date": plain(timezone.localdate())}

    told = browse("bureau").post(reverse("partners:appoint", args=[fg.pk]), typed | LOOK_FIRST)

    (shown,) = told.context["previews"]
    assert [obstacle.code for obstacle in shown.obstacles] == ["fg_apart"]
    assert shown.obstacles[0].message in told.text


def test_before_an_account_is_switched_on_again_it_says_what_that_opens(browse):
    situations.put_forward_case(by="ggd")
    office, ggd = user("bureau"), user("ggd")
    with acting_as(office.pk):
        partner_work.set_active(ggd, False, by=office)
    address = reverse("cases:preview_on", args=[ggd.pk])

    assert "<strong>Krijgt:</strong> 1 dossier" in browse("bureau").get(address).text
    assert address in browse("bureau").get(reverse("partners:user", args=[ggd.pk])).text
    assert not user("ggd").is_active


@pytest.mark.parametrize("days", [0, 30])
def test_before_a_partner_leaves_it_says_what_its_people_lose(browse, days):
    situations.put_forward_case(by="ggd")
    ggd, day = user("ggd"), timezone.localdate() + timedelta(days=days)
    with acting_as(user("bureau").pk):
        toetreding = Toetreding.objects.get(organisation=ggd.organisation)
    address = reverse("partners:toetreding_leaving", args=[toetreding.pk])
    typed = {"leaves_on": plain(day), "reason": "Fusie met een ander"}

    told = browse("bureau").post(address, typed | LOOK_FIRST)

    assert told.status_code == 200
    assert told_of(told)["ggd"] == ("", "1 dossier")
    assert 'value="Fusie met een ander"' in told.text
    with acting_as(user("bureau").pk):
        toetreding.refresh_from_db()
    assert toetreding.leaves_on is None
    assert browse("ggd").get("/dossiers/").status_code == 200


def test_before_somebody_supports_a_victim_it_says_what_he_would_see(browse):
    case, samira = situations.assigned_case(), user("samira")
    with acting_as(samira.pk):
        let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
        victim = operations.record_victim(case, about(), by=samira)
    page = reverse("cases:victim_support", args=[case.number, victim.pk])
    typed = {
        "person": user("ggd").pk,
        "end_date": situations.typed_day(30),
        "reason": "Begeleidt haar",
    }

    told = browse("samira").post(page, typed | LOOK_FIRST)

    (line,) = told.context["preview"].lines
    assert (told.status_code, line.user, bool(line.gains)) == (200, user("ggd"), True)
    assert "Begeleidt haar" in told.text
    with acting_as(user("ggd").pk):
        assert not access.may(user("ggd"), Scope.VIEW_VICTIM, case)
