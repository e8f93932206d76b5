"""A rejection with data beside it may not be kept. BGS 1.16 lid 1 b; eisen.md 0.5 and 5.4."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from cases import operations
from cases.models import Case, Vervolg
from cases.tasks import destroy_declined, destroy_documents
from tests import situations
from tests.cases.test_documents import kept
from tests.situations import user
from veiligheidshuis.accesslog import LogUnavailable
from veiligheidshuis.needtoknow import acting_as

NAME = "Vernietigdaal"
# Tables with a key to a case of which a report that was only weighed can have no row.
NO_ROWS_YET = {
    "cases_afsluiting", "cases_datedfact", "cases_diagnosis",
    "cases_leefgebiedscore", "cases_noodtoegang", "cases_slachtoffer", "cases_vaststelling",
    "maatwerkplan_aanspreking", "maatwerkplan_deliveryquestion", "maatwerkplan_doel",
    "maatwerkplan_doorzetting", "maatwerkplan_drangstap",
    "maatwerkplan_evaluatie",
    "maatwerkplan_herziening",
    "maatwerkplan_maatwerkplan", "maatwerkplan_offertalk",
    "maatwerkplan_partneraction",
    "maatwerkplan_plandocument", "maatwerkplan_plantext", "maatwerkplan_progressreport",
    "maatwerkplan_refusal",
    "maatwerkplan_signature", "maatwerkplan_stapuitkomst",
}  # fmt: skip


def declined_case() -> Case:
    """A report with everything that can hang on it, and then not admitted."""
    partner, office = user("mondriaan"), user("bureau")
    with acting_as(partner.pk):
        case = operations.nominate(
            situations.a_person(last_name=NAME, bsn="123456782"),
            doelgroep="huiselijk_geweld",
            report=situations.a_report(reason=f"{NAME} slaapt in het park."),
            by=partner,
        )
    other = situations.put_forward_case(
        first_name=case.client.first_name,
        last_name=NAME + "s",
        birth_date=case.client.birth_date,
    )
    situations.open_list(case)
    with acting_as(office.pk):
        operations.screen(case, "zorg", by=office)
        operations.bar(case, user("tom"), reason="Familie.", by=office)
        operations.tell_apart(case, other, reason="Broers.", by=office)
    weging = situations.asked_to_weigh(case)
    situations.judge_all(weging, met=False)
    police = user("politie")
    with acting_as(police.pk):
        operations.decline(weging, route=Vervolg.ADVIES, advice="Bel het wijkteam.", by=police)
    return case


def left_of(owner: psycopg.Connection, *words: str) -> set[str]:
    """The tables in which any of these words stands, whoever may see them."""
    tables = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    found = set()
    for (table,) in tables:
        query = f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text ~* %s)'  # noqa: S608
        if owner.execute(query, ["|".join(words)]).fetchone()[0]:  # type: ignore[arg-type]
            found.add(table)
    return found


def put_document_in(owner: psycopg.Connection, case: Case) -> None:
    """Of a report there can be none by the rules; were there one, it would go along."""
    document = kept(situations.assigned_case())
    owner.execute(
        "INSERT INTO cases_document SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'case_id', %s::uuid))).*"
        " FROM cases_document d WHERE id = %s",
        [case.pk, document.pk],
    )


def on_day_of_destruction(owner: psycopg.Connection) -> None:
    """The days of the decision passed; the database counts by its own clock."""
    owner.execute(
        "UPDATE cases_weging SET decided_on = decided_on - %s WHERE decided_on IS NOT NULL",
        [settings.DECLINED_DAYS],
    )


def test_nothing_is_left_but_that_it_happened(own_house, owner):
    case = declined_case()
    put_document_in(owner, case)
    words = (f"{NAME}([^s]|$)", str(case.pk), str(case.client_id))
    filled = {"cases_client", "cases_historicalclient", "cases_aanmelding", "cases_document"}
    assert filled <= left_of(owner, *words)

    assert destroy_declined.apply(throw=True).get() == 0, "the reporter reads the advice first"
    on_day_of_destruction(owner)
    assert destroy_declined.apply(throw=True).get() == 1
    assert destroy_declined.apply(throw=True).get() == 0

    assert left_of(owner, *words) == set()
    assert left_of(owner, case.number) <= {"veiligheidshuis_accesslogentry", "cases_timelineitem"}
    (line,) = owner.execute(
        "SELECT subjects, outcome FROM veiligheidshuis_accesslogentry WHERE action = 'vernietigen'"
    ).fetchall()
    assert line == ([case.number], "gedaan")


def test_without_a_log_nothing_is_destroyed(own_house, owner, monkeypatch):
    declined_case()
    on_day_of_destruction(owner)

    def broken(*args: object, **kwargs: object) -> None:
        raise LogUnavailable("de schijf is vol")

    monkeypatch.setattr("veiligheidshuis.accesslog.write", broken)
    with pytest.raises(LogUnavailable):
        destroy_declined.apply(throw=True)

    assert "cases_client" in left_of(owner, NAME)


@pytest.mark.django_db
def test_nobody_but_the_clock_destroys():
    for name in ("bureau", "manager", "politie"):
        with acting_as(user(name).pk), connection.cursor() as cursor:
            cursor.execute("SELECT has_function_privilege('vh.destroy_declined()', 'EXECUTE')")
            assert cursor.fetchone() == (False,)


def test_every_table_with_a_key_to_a_case_or_a_client_is_thought_of(owner):
    """A new table is destroyed as well, or its rows cannot be there yet."""
    keys = owner.execute(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        " AND confrelid IN ('cases_case'::regclass, 'cases_client'::regclass)"
    )
    (source,) = owner.execute(
        "SELECT prosrc FROM pg_proc WHERE oid = 'vh.destroy_case(uuid)'::regprocedure"
    ).fetchone()

    forgotten = {table for (table,) in keys if f"{table} " not in source}

    assert forgotten - NO_ROWS_YET == set()


def test_the_database_keeps_the_terms_of_the_settings(owner):
    kept = owner.execute("SELECT vh.declined_days(), vh.weighing_chains()").fetchone()

    assert kept == (settings.DECLINED_DAYS, settings.WEIGHING_CHAINS)


def test_a_document_goes_on_the_day_after_its_last_with_its_name(own_house, owner):
    gone = kept(situations.assigned_case(), title="Weggaandaal")
    stays = kept(situations.assigned_case(), title="Blijfdaal")
    owner.execute(
        "UPDATE cases_document SET keep_until = vh.today() - (id = %s)::int,"
        " first_processed_on = vh.today() - 9",
        [gone.pk],
    )

    assert [destroy_documents.apply(throw=True).get() for _ in range(2)] == [1, 0]

    assert left_of(owner, "Weggaandaal", str(gone.pk)) == set()
    assert left_of(owner, "Blijfdaal") == {"cases_document"}
    (line,) = owner.execute(
        "SELECT subjects FROM veiligheidshuis_accesslogentry WHERE action = 'vernietigen'"
    ).fetchone()
    assert line == [gone.case.number, "stuk"]
    assert stays.case.number not in line


def test_documents_go_along_to_the_dossier_of_the_same_person(own_house, owner):
    known = situations.assigned_case()
    about = known.client
    report = situations.put_forward_case(
        by="rimo",
        first_name=about.first_name,
        name_prefix=about.name_prefix,
        last_name=about.last_name,
        birth_date=about.birth_date,
        bsn="",
    )
    put_document_in(owner, report)

    office = user("bureau")
    with acting_as(office.pk):
        operations.join(report, known, reason="Dezelfde.", by=office)

    (moved,) = owner.execute(
        "SELECT count(*) FROM cases_document WHERE case_id = %s", [known.pk]
    ).fetchone()
    assert moved == 1
