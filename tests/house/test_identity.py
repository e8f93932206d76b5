"""Who is asking? Said once for each transaction, forgotten with it, and not to be argued with.

toegang.md decisions 5 to 7. The attacks are made in SQL, as somebody who got hold of the
application's own connection would make them.
"""

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from cases.models import Bar, Basis, Case, Participation, Scope
from partners.models import Appointment, User
from tests import situations
from tests.entering import enter
from tests.house import catalogue
from veiligheidshuis import needtoknow
from veiligheidshuis.celery import SilentTask, app
from veiligheidshuis.models import Submission
from veiligheidshuis.needtoknow import acting_as, acting_in_role, asking

REFUSED = "42501"  # insufficient_privilege: by a right, a policy or a function of the wall


def sql(statement: str, *args: object) -> object:
    """Run it as whoever is asking now; the first value of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, args)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


OPEN_CASE = "SELECT vh.open_case(%s, %s, 'veelpleger', 1, '', 'wgs', '', 'WGS 2.26')"


def assert_refused(statement: str, *args: object) -> None:
    with pytest.raises(ProgrammingError) as error, transaction.atomic():
        sql(statement, *args)
    assert error.value.__cause__.sqlstate == REFUSED, error.value


# --- said once, and forgotten ---------------------------------------------------------------


def test_nobody_said_who_asks_is_an_error_and_not_an_empty_house(own_house):
    situations.put_forward_case()

    with pytest.raises(ProgrammingError, match="nobody said who is asking"):
        Case.objects.count()


def test_the_identity_ends_with_the_transaction(own_house):
    case = situations.put_forward_case(by="politie")
    with acting_as(situations_user("politie").pk):
        assert Case.objects.get() == case

    assert asking() == needtoknow.ANONYMOUS
    with pytest.raises(ProgrammingError, match="nobody said who is asking"):
        Case.objects.count()


@override_settings(ROOT_URLCONF=__name__)
def test_the_identity_ends_with_the_request(own_house):
    situations.put_forward_case(by="politie")

    assert logged_in("politie").get("/count/").content == b"1"
    assert logged_in("ggd").get("/count/").content == b"0"
    with pytest.raises(ProgrammingError, match="nobody said who is asking"):
        Case.objects.count()


def test_the_former_identity_is_back_after_the_block_and_after_an_error(db):
    politie, ggd = situations.user("politie"), situations.user("ggd")
    with acting_as(politie.pk):
        with acting_as(ggd.pk):
            assert sql("SELECT vh.uid()") == ggd.pk == asking()
        assert sql("SELECT vh.uid()") == politie.pk == asking()
        with pytest.raises(ZeroDivisionError), acting_as(ggd.pk):
            1 / 0  # noqa: B018 - on purpose
        assert sql("SELECT vh.uid()") == politie.pk == asking()


def test_one_connection_serves_one_user_after_another_without_a_memory(db):
    politie, ggd = situations.user("politie"), situations.user("ggd")
    mine = situations.put_forward_case(by="politie")
    for _ in range(8):  # PostgreSQL keeps a plan after five times
        with acting_as(politie.pk):
            assert list(Case.objects.values_list("pk", flat=True)) == [mine.pk]
        with acting_as(ggd.pk):
            assert list(Case.objects.values_list("pk", flat=True)) == []


def logged_in(username: str) -> Browser:
    """A browser in a house of its own, where transactions really end."""
    browser = Browser(raise_request_exception=False)
    return enter(browser, situations.user(username))


def count(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Case.objects.count()))


def crash(request: HttpRequest) -> HttpResponse:
    Submission.objects.bulk_create([Submission(key=KEY, user_id=0, at=timezone.now())])
    raise RuntimeError("halverwege")


def half_done(request: HttpRequest) -> HttpResponse:
    Submission.objects.bulk_create([Submission(key=KEY, user_id=0, at=timezone.now())])
    return HttpResponse(status=int(request.GET["status"]))


KEY = uuid.UUID("6b0f3c52-1a67-4b0e-9a8e-5f3f8d0a7b11")
urlpatterns = [path("count/", count), path("crash/", crash), path("half/", half_done)]
handler500 = "django.views.defaults.server_error"


@pytest.mark.parametrize(
    ("address", "status", "kept"),
    [
        ("/crash/", 500, 0),
        ("/half/?status=503", 503, 0),
        ("/half/?status=500", 500, 0),
        ("/half/?status=422", 422, 1),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_half_a_deed_is_no_deed(own_house, owner, address, status, kept):
    answer = logged_in("politie").get(address)

    assert answer.status_code == status
    found = owner.execute("SELECT count(*) FROM veiligheidshuis_submission").fetchone()
    assert found == (kept,)


# --- the worker -----------------------------------------------------------------------------


@pytest.fixture
def count_cases():
    """A task that counts what it may see, known to the worker for the time of one test."""

    @app.task(name="tests.count_cases", shared=False)
    def count_cases() -> int:
        return Case.objects.count()

    yield count_cases
    app.tasks.pop("tests.count_cases")


def test_a_task_that_does_not_say_on_whose_behalf_fails_loudly(db, count_cases):
    with pytest.raises(SilentTask):
        count_cases.apply(throw=True)


def test_a_task_sees_what_the_one_on_whose_behalf_it_works_may_see(db, count_cases):
    situations.put_forward_case(by="politie")

    seen = {
        name: count_cases.apply(kwargs={"as_user": situations.user(name).pk}, throw=True).get()
        for name in ("politie", "ggd", "bureau")
    }

    assert seen == {"politie": 1, "ggd": 0, "bureau": 1}


def test_every_task_of_the_house_says_who_it_is_or_asks():
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}

    assert {"veiligheidshuis.send_outbox", "cases.sweep_deadlines"} <= ours.keys()
    for name, task in ours.items():
        assert task.role is None or f"vh_{task.role}" in needtoknow.ROLES, name


@pytest.mark.parametrize(
    ("role", "visible"),
    [
        ("clock", {"cases_deadline"}),
        ("post", {"veiligheidshuis_outboxmail"}),  # and of people only id, e-mail, is_active
        ("figures", set()),
    ],
)
def test_a_narrow_role_sees_its_own_tables_and_nothing_else(db, owner, role, visible):
    tables = [t.relname for t in catalogue.rows(owner, catalogue.OURS) if t.nspname == "public"]
    if role == "figures":
        assert_refused("SET LOCAL ROLE vh_figures")
        return

    with acting_in_role(role):
        for table in set(tables) - visible:
            assert_refused(f"TABLE {table}")
        for table in visible:
            sql(f"TABLE {table}")


def test_the_post_reads_addresses_and_not_names(db):
    with acting_in_role("post"):
        sql("SELECT id, email, is_active FROM partners_user LIMIT 1")
        assert_refused("SELECT last_name FROM partners_user")
        assert_refused("SELECT password FROM partners_user")


def test_only_the_narrow_roles_can_be_put_on(db):
    with acting_as(situations.user("bureau").pk):
        for role in ("vh_kern", "vh_owner", "vh_figures", "postgres"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                sql(f"SET LOCAL ROLE {role}")
    with pytest.raises(ValueError, match="geen smalle rol"), acting_in_role("kern"):
        pass


# --- attacks: the application's role writes no rights ---------------------------------------

DIRECT_WRITES = [
    "INSERT INTO cases_participation SELECT * FROM cases_participation",
    "UPDATE cases_participation SET end_date = NULL, closed_at = NULL",
    "DELETE FROM cases_participation",
    "DELETE FROM cases_bar",
    "UPDATE cases_bar SET user_id = 0",
    "INSERT INTO partners_appointment (user_id, role, start_date) VALUES (1, 'manager', now())",
    "UPDATE partners_appointment SET role = 'manager'",
    "INSERT INTO auth_group (name) VALUES ('indringers')",
    "INSERT INTO partners_user_groups (user_id, group_id) VALUES (1, 1)",
    "DELETE FROM partners_user_groups",
    "UPDATE partners_user SET organisation_id = 1",
    "UPDATE partners_user SET is_active = true",
    "UPDATE partners_user SET personal_group_id = 1",
    "UPDATE partners_user SET password = 'x'",
    "INSERT INTO partners_user SELECT * FROM partners_user",
    "UPDATE partners_organisation SET wgs_class = 'lid_1'",
    "UPDATE auth_permission SET codename = 'view_plan'",
    "UPDATE django_content_type SET model = 'case'",
    "TRUNCATE cases_case CASCADE",
    "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
    "DROP POLICY vh_app_select ON cases_case",
    "CREATE TEMP TABLE partners_appointment (user_id bigint, role text)",
    "CREATE TABLE public.lek (id int)",
    "COPY cases_client TO PROGRAM 'cat'",
    "SELECT vh.insert_participation(NULL, 1, 'hand', '{know_case}', NULL, '', NULL)",
    "SELECT vh.insert_user('x', 'x', 'x', 'x', 'x', 1)",
    "SELECT vh.next_case_number()",
    "SELECT * FROM vh.log_head",
]


@pytest.mark.parametrize("statement", DIRECT_WRITES)
@pytest.mark.parametrize("username", ["samira", "bureau"])
def test_the_application_cannot_write_who_may_what(db, acting, statement, username):
    with acting(username):
        assert_refused(statement)


# --- attacks: the functions of the wall refuse the wrong actor -------------------------------


@pytest.fixture
def case(db: None) -> Case:
    """A case that samira leads and in which the police take part by hand."""
    case = situations.planned_case(to="samira")
    samira, politie = situations.user("samira"), situations.user("politie")
    with acting_as(samira.pk):
        grant(case, politie, "hand", ["know_case"])
    return case


def grant(case: Case, to: User, basis: str, scopes: list[str]) -> None:
    sql(
        "SELECT vh.grant_access(%s, %s, %s, %s::text[], %s::date, 'omdat', NULL)",
        case.pk,
        to.personal_group_id,
        basis,
        scopes,
        timezone.localdate() + timedelta(days=7),
    )


def assert_no_grant(case: Case, to: User, basis: str, scopes: list[str]) -> None:
    with pytest.raises(ProgrammingError) as error, transaction.atomic():
        grant(case, to, basis, scopes)
    assert error.value.__cause__.sqlstate == REFUSED


def situations_user(username: str) -> User:
    with acting_as(needtoknow.ANONYMOUS):
        return situations.user(username)


@pytest.mark.parametrize("basis", Basis.values)
def test_nobody_grants_himself_a_case_that_he_does_not_know(case, basis, person):
    for username in ("tom", "ggd", "mondriaan", "stuurgroep", "bewoner", "buurtregisseur"):
        thief = person(username)
        with acting_as(thief.pk):
            assert_no_grant(case, thief, basis, ["know_case"])


def test_knowing_a_case_is_no_right_to_let_others_know_it(case, person):
    with acting_as(person("politie").pk):
        assert_no_grant(case, person("ggd"), "hand", ["know_case"])
        assert_no_grant(case, person("politie"), "hand", ["view_gezondheid"])
        assert_no_grant(case, person("politie"), "uitvoering", ["know_case"])


def test_by_hand_nobody_grants_what_he_does_not_hold_himself(case, person):
    with acting_as(person("samira").pk):
        assert_no_grant(case, person("politie"), "hand", ["view_victim"])
        assert_no_grant(case, person("politie"), "hand", ["view_huisvesting", "minutes"])
        assert_no_grant(case, person("politie"), "hand", ["lead_case"])
        assert_no_grant(case, person("politie"), "hand", ["bestaat_niet"])
        assert_no_grant(case, person("bewoner"), "hand", ["view_huisvesting"])
        grant(case, person("politie"), "hand", ["view_huisvesting"])
    with acting_as(person("politie").pk):
        visible = Case.objects.visible_to(person("politie"), Scope.VIEW_HUISVESTING)
        assert list(visible) == [case]


def test_a_basis_grants_no_more_than_its_own_scopes(case, person):
    with acting_as(person("samira").pk):
        assert_no_grant(case, person("politie"), "uitvoering", ["know_case", "view_plan"])
        assert_no_grant(case, person("politie"), "leveringsvraag", ["view_bsn"])
        assert_no_grant(case, person("politie"), "toewijzing", ["know_case"])
        assert_no_grant(case, person("politie"), "verzonnen", ["know_case"])


def test_the_office_does_not_look_into_a_case_by_granting_itself_content(case, person):
    for username in ("bureau", "manager"):
        office = person(username)
        with acting_as(office.pk):
            assert_no_grant(case, office, "hand", ["view_gezondheid"])
            assert_no_grant(case, office, "toewijzing", ["know_case"])
            assert_no_grant(case, office, "selectie", ["know_case", "view_justice"])
            assert_no_grant(case, office, "uitvoering", ["know_case"])


def test_an_existing_case_is_not_opened_a_second_time(case, person):
    for username in ("tom", "ggd", "politie", "bureau"):
        with acting_as(person(username).pk):
            assert_refused(OPEN_CASE, case.pk, uuid.uuid4())


@pytest.mark.parametrize("username", ["stuurgroep", "bewoner", "buurtregisseur"])
def test_who_does_not_work_with_persons_opens_no_case(db, acting, username):
    with acting(username):
        assert_refused(OPEN_CASE, uuid.uuid4(), uuid.uuid4())


def test_only_who_leads_or_administers_ends_the_access_of_others(case, person):
    for username in ("politie", "ggd", "tom", "bewoner"):
        with acting_as(person(username).pk):
            assert_refused("SELECT vh.close_access(%s, 'toewijzing', NULL, NULL)", case.pk)
            assert_refused("SELECT vh.close_access(%s, 'hand', NULL, NULL)", case.pk)
    with acting_as(person("samira").pk):
        assert Case.objects.visible_to(person("samira"), Scope.LEAD_CASE).get() == case


def test_only_the_office_bars_and_nobody_lifts_his_own_bar(case, person):
    with acting_as(person("samira").pk):
        assert_refused("SELECT vh.set_bar(%s, %s, 'weg ermee')", case.pk, person("politie").pk)
    with acting_as(person("bureau").pk):
        sql("SELECT vh.set_bar(%s, %s, 'zwager')", case.pk, person("samira").pk)
    with acting_as(person("samira").pk):
        assert not Case.objects.exists()
        assert Bar.objects.count() == 1  # she may know that she is barred, and not why
        assert_refused("SELECT reason FROM cases_bar")
        assert sql("SELECT count(*) FROM vh.who_is_barred(%s)", case.pk) == 0
        assert_refused("SELECT vh.lift_bar(%s, %s, 'toch niet')", case.pk, person("samira").pk)
        assert_refused("DELETE FROM cases_bar")
        assert_no_grant(case, person("samira"), "hand", ["know_case"])


def test_who_takes_part_is_told_to_who_leads_and_to_nobody_else(case, person):
    def told(username: str) -> object:
        with acting_as(person(username).pk):
            return sql("SELECT count(*) FROM vh.who_takes_part(%s)", case.pk)

    assert told("samira") > 0
    assert [told(name) for name in ("politie", "ggd", "tom", "bewoner")] == [0, 0, 0, 0]


def test_a_stranger_reads_of_the_access_table_only_his_own_rows(case, person):
    with acting_as(person("politie").pk):
        groups = set(Participation.objects.values_list("group_id", flat=True))
        assert groups <= set(person("politie").principal_ids)
    with acting_as(person("tom").pk):
        assert not Participation.objects.exists()


@pytest.mark.parametrize("username", ["samira", "politie", "manager", "stuurgroep", "bewoner"])
def test_only_the_office_gives_accounts_and_roles(person, username):
    me = person(username)
    today = timezone.localdate()
    office = Appointment.objects.filter(user=person("bureau")).first()
    with acting_as(me.pk):
        assert_refused("SELECT vh.appoint(%s, 'manager', %s, NULL)", me.pk, today)
        assert_refused("SELECT vh.appoint(%s, 'bedrijfsbureau', %s, NULL)", me.pk, today)
        assert_refused("SELECT vh.add_user('x', 'x', 'x', 'x@x.example', 1)")
        assert_refused("SELECT vh.end_appointment(%s, %s)", office.pk, today)
        assert_refused("SELECT vh.set_active(%s, false)", person("bureau").pk)
        assert_refused(
            "SELECT vh.set_contact_point(%s, 'eerste', %s, 'ik', '', '')",
            me.organisation_id,
            me.pk,
        )
        assert_refused("SELECT vh.open_house('x', 'x', 'x', 'x', 'x@x.example')")


def test_the_office_itself_gives_no_dossiers_to_who_may_not_have_them(person):
    with acting_as(person("bureau").pk):
        assert_refused(
            "SELECT vh.appoint(%s, 'ketenpartner', %s, NULL)",
            person("bewoner").pk,
            timezone.localdate(),
        )
        assert_refused("SELECT vh.open_house('x', 'x', 'x', 'x', 'x@x.example')")


def test_only_the_office_asks_whether_a_bsn_is_known(case, person):
    for username in ("samira", "politie", "manager", "bewoner"):
        with acting_as(person(username).pk):
            assert_refused("SELECT vh.clients_with_bsn(ARRAY['x'], 'wgs')")


def test_anonymous_can_read_and_write_nothing_of_anybody(case):
    with acting_as(needtoknow.ANONYMOUS):
        assert not Case.objects.exists()
        assert not Participation.objects.exists()
        assert_refused(OPEN_CASE, uuid.uuid4(), uuid.uuid4())
        assert_refused("SELECT vh.close_access(%s, 'toewijzing', NULL, NULL)", case.pk)
