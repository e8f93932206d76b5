"""The catalogue gate: a new table, view or function without a lock is a red build.

Asked of pg_class, pg_policy and pg_proc of the real, migrated database. Who opens a table on
purpose writes down here why.
"""

import shutil
from pathlib import Path

import psycopg
import pytest

from cases.access import GRANTS
from cases.models import Basis
from tests import databases
from tests.attempts.calls import HARMLESS, TRIED
from tests.attempts.reference import RULES
from tests.house import catalogue
from veiligheidshuis import locks

OPEN_TO_ALL = {
    "auth_group": "namen van groepen; wie in welke zit volgt uit het partnerregister",
    "auth_group_permissions": "van Django; niemand krijgt er iets op",
    "auth_permission": "de woorden voor de scopes, geen toekenningen",
    "beheerscommissie_area": "welke gebieden er zijn; het meldformulier is openbaar",
    "beheerscommissie_beheersplan": "het beheersplan is een openbaar stuk (S4)",
    "beheerscommissie_camerachange": "openbaar in het beheersplan (S4, 4.4)",
    "beheerscommissie_maatregel": "openbaar in het beheersplan (S4, 5)",
    "beheerscommissie_party": "partijen van het beheersplan, geen personen",
    "beheerscommissie_phonenumber": "nummers van functies, openbaar in het beheersplan (S4, 5)",
    "beheerscommissie_place": "straten; een melder kiest er een",
    "cases_meldformulier": "wat er bij elke bron van meldingen wordt gevraagd; noemt niemand",
    "django_content_type": "namen van modellen",
    "django_migrations": "welke migraties zijn gedaan; de opstartcontrole leest dat",
    "guardian_groupobjectpermission": "van guardian; niet gebruikt, niemand krijgt er iets op",
    "guardian_userobjectpermission": "van guardian; niet gebruikt, niemand krijgt er iets op",
    "log_head": "de koppen van het inzagelogboek; alleen vh_kern kan erbij",
    "partners_appointment": "professionals mogen weten wie welke rol heeft",
    "partners_contactpoint": "het partnerregister is openbaar binnen het huis",
    "partners_identityprovider": "adressen van inlogdiensten; het inlogscherm noemt ze",
    "partners_organisation": "het partnerregister is openbaar binnen het huis",
    "partners_user": "wie inlogt moet gevonden worden voordat bekend is wie hij is",
    "partners_user_groups": "wie voor wie contactpunt is, hoort bij het partnerregister",
    "partners_user_user_permissions": "van Django; niemand krijgt er iets op",
    "veiligheidshuis_session": "zonder sessie is nog niemand iemand; sleutels zijn niet te raden",
    "veiligheidshuis_submission": "sleutels van formulieren, zonder inhoud",
    "veiligheidshuis_wrongguess": "vingerafdrukken en aantallen; wie raadt is nog niemand",
}
# What the application may write in a table without a lock; SELECT alone needs no mention.
OPEN_WRITES = {
    "partners_user": "SELECT, UPDATE (last_login)",
    "veiligheidshuis_session": "SELECT, INSERT, UPDATE, DELETE",
    "veiligheidshuis_submission": "SELECT (key, user_id), INSERT",
    "veiligheidshuis_wrongguess": "SELECT, INSERT, UPDATE",
}
TRUE_ON_PURPOSE = {
    "veiligheidshuis_outboxmail.vh_app_insert": "een mail heeft geen inhoud; geen weg terug",
    "veiligheidshuis_outboxmail.vh_clock_insert": "de klok herinnert",
    "veiligheidshuis_outboxmail.vh_post_select": "de post leest wat er weg moet",
    "veiligheidshuis_outboxmail.vh_post_update": "en streept af wat weg is",
    "veiligheidshuis_werkafspraak.vh_app_select": "ieder mag weten hoe het huis werkt",
    "partners_bevestigingsronde.vh_app_select": "ieder mag weten tot wanneer er wordt bevestigd",
    "maatwerkplan_maatwerkplan.vh_figures_select": "telt plannen; ziet alleen dagen, geen tekst",
    "maatwerkplan_partneraction.vh_figures_select": "telt acties; ziet niet wat of van wie",
    "maatwerkplan_progressreport.vh_figures_select": "ziet of en wanneer een actie begon",
}
REMOVABLE = {
    "agenda_agendaitem": "een dossier dat toch niet wordt besproken, zolang er geen notulen zijn",
    "agenda_invitation": "wie toch niet hoeft te komen",
    "agenda_minutes": "Django vraagt erom; het slot zegt `false`",
    "cases_selectielid": "wie niet meer meedoet aan het selectieoverleg",
    "maatwerkplan_deliveryanswer": "gaat mee met de actie",
    "maatwerkplan_deliveryquestion": "gaat mee met de actie",
    "maatwerkplan_partneraction": "de interventiemanager haalt een actie uit zijn plan",
    "maatwerkplan_progressreport": "Django vraagt erom; het slot zegt `false`",
    "mfa_authenticator": "wie een passkey kwijt is, haalt hem weg; alleen die van hemzelf",
    "partners_absence": "wie toch niet weg is",
    "veiligheidshuis_draft": "wat alsnog is verstuurd of weggegooid; alleen het eigen",
    "veiligheidshuis_session": "uitloggen, hier en elders",
}
NO_RETENTION = {
    "account_emailaddress": "van allauth; niet gebruikt en voor de toepassing dicht",
    "account_emailconfirmation": "van allauth; niet gebruikt en voor de toepassing dicht",
    "agenda_casusoverleg": "het overleg noemt niemand; de punten doen dat",
    "beheerscommissie_route": "welke soort overlast naar welke partij gaat",
    "beheerscommissie_vergadering": "wanneer de beheerscommissie bij elkaar komt",
    "cases_bronvraag": "een organisatie is gevraagd; van mensen alleen wie het vroeg",
    "cases_importbatch": "een bestandsnaam en wie het inlas; de regels dragen de dag",
    "cases_indeling": "namen van kolommen; noemt niemand die op een lijst staat",
    "cases_deadline": "geen persoonsgegeven behalve het dossier; verdwijnt met het dossier",
    "cases_prioriteitenlijst": "de lijst zelf noemt niemand; de plaatsen doen dat",
    "cases_selectielid": "over een professional in zijn functie",
    "mfa_authenticator": "waarmee een professional inlogt; verdwijnt met zijn account",
    "partners_absence": "over een professional in zijn functie",
    "partners_clearance": "over een professional in zijn functie; verdwijnt met zijn account",
    "partners_bevestiging": "over een professional in zijn functie; verdwijnt met zijn account",
    "partners_bevestigingsronde": "wanneer ieder wordt bevestigd; noemt alleen wie begon",
    "partners_accountinvitation": "over een professional in zijn functie",
    "partners_factorreset": "over een professional in zijn functie",
    "partners_activation": "over een professional in zijn functie",
    "partners_signonlink": "over een professional in zijn functie",
    "partners_signonproposal": "over een professional in zijn functie",
    "partners_membership": "over een professional in zijn functie",
    "partners_ondertekening": "een organisatie tekent; van een mens alleen de functie",
    "partners_toetreding": "een organisatie komt of gaat; van mensen alleen wie het noteerde",
    "partners_mandaat": "over een functie bij een partner; noemt geen naam",
    "partners_regeling": "een afspraak tussen organisaties",
    "privacy_signal": "over een professional in zijn functie",
    "veiligheidshuis_accesslogentry": "het logboek heeft een eigen termijn",
    "veiligheidshuis_outboxmail": "noemt geen cliënt",
    "veiligheidshuis_werkafspraak": "hoe het huis werkt; noemt niemand",
}
# The narrow roles: exactly this, and nothing more.
NARROW = {
    "vh_clock": {
        "cases_bar": "SELECT (case_id, id, lifted_at, user_id)",
        "cases_deadline": "SELECT, UPDATE",
        "veiligheidshuis_outboxmail": "INSERT",
        "veiligheidshuis_draft": "SELECT (at), DELETE",
        "veiligheidshuis_session": "SELECT (expire_date), DELETE",
        "veiligheidshuis_submission": "SELECT (at), DELETE",
    },
    "vh_figures": {
        "maatwerkplan_maatwerkplan": (
            "SELECT (case_id, id, number, offered_at, refused_at, signed_at)"
        ),
        "maatwerkplan_partneraction": "SELECT (after_id, bridged_by_id, id, plan_id, start_date)",
        "maatwerkplan_progressreport": "SELECT (action_id, happened_on, kind)",
    },
    "vh_post": {
        "partners_user": "SELECT (email, id, is_active)",
        "veiligheidshuis_outboxmail": "SELECT, UPDATE",
    },
}
ROLES = {"vh_owner", "vh_app", "vh_kern", "vh_clock", "vh_post", "vh_figures"}


def all_complaints(link: psycopg.Connection) -> list[str]:
    """Everything that the gate has to say about this database."""
    return [
        *catalogue.unlocked(link, OPEN_TO_ALL),
        *catalogue.wrong_owner(link),
        *catalogue.granted_wrongly(link, ROLES),
        *catalogue.written_openly(link, OPEN_WRITES),
        *catalogue.lax_policies(link, TRUE_ON_PURPOSE),
        *catalogue.removable(link, REMOVABLE),
        *catalogue.rewritten_history(link),
        *catalogue.unretained(link, NO_RETENTION),
        *catalogue.unsafe_functions(link),
        *catalogue.dangerous_roles(link),
    ]


def test_everything_in_the_database_is_locked_or_open_with_a_reason(owner):
    assert all_complaints(owner) == []


def test_the_narrow_roles_may_exactly_what_they_need(owner):
    assert {role: catalogue.rights_of(owner, role) for role in NARROW} == NARROW


def test_the_application_puts_on_the_clock_and_the_post_by_saying_so_and_nothing_else(owner):
    assert catalogue.memberships(owner) == {"vh_clock", "vh_post"}


def test_who_is_asking_is_never_remembered_by_a_plan(owner):
    asking = {f.proname: f.volatility for f in catalogue.rows(owner, catalogue.FUNCTIONS)}

    assert asking["uid"] == "s"


BREAKAGES = {
    "a table without a lock": (
        "CREATE TABLE cases_geheim (id int)",
        "cases_geheim: geen slot en niet in OPEN_TO_ALL",
    ),
    "a lock that does not hold for the owner": (
        "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
        "cases_case: geen slot en niet in OPEN_TO_ALL",
    ),
    "a lock that was switched off": (
        "ALTER TABLE cases_historicalclient DISABLE ROW LEVEL SECURITY",
        "cases_historicalclient: geschiedenis zonder slot",
    ),
    "a view that shows what its owner sees": (
        "CREATE VIEW cases_overzicht AS SELECT * FROM cases_case",
        "cases_overzicht: view zonder security_invoker",
    ),
    "a materialized view": (
        "CREATE MATERIALIZED VIEW cases_telling AS SELECT count(*) FROM cases_case",
        "cases_telling: materialized view",
    ),
    "something for everybody": (
        "GRANT SELECT ON cases_client TO PUBLIC",
        "cases_client: SELECT voor PUBLIC",
    ),
    "a column for everybody": (
        "GRANT SELECT (last_name) ON cases_client TO PUBLIC",
        "cases_client: SELECT voor PUBLIC",
    ),
    "truncate": (
        "GRANT TRUNCATE ON cases_case TO vh_app",
        "cases_case: TRUNCATE voor vh_app",
    ),
    "an open table that can be written": (
        "GRANT INSERT ON partners_appointment TO vh_app",
        "partners_appointment: vh_app mag SELECT, INSERT, afgesproken is SELECT",
    ),
    "a column of an open table that can be written": (
        "GRANT UPDATE (is_active) ON partners_user TO vh_app",
        (
            "partners_user: vh_app mag SELECT, UPDATE (is_active, last_login), "
            "afgesproken is SELECT, UPDATE (last_login)"
        ),
    ),
    "rows that can be removed": (
        "GRANT DELETE ON cases_timelineitem TO vh_app",
        "cases_timelineitem: vh_app mag rijen weghalen",
    ),
    "history that can be rewritten": (
        "GRANT UPDATE ON cases_historicalcase TO vh_app",
        "cases_historicalcase: geschiedenis die vh_app mag herschrijven",
    ),
    "a policy for everybody": (
        "CREATE POLICY ruim ON cases_case USING (number = '1')",
        "cases_case.ruim: voor PUBLIC",
    ),
    "a policy without a condition": (
        "CREATE POLICY ruim ON cases_case FOR SELECT TO vh_app USING (true)",
        "cases_case.ruim: geldt voor elke rij",
    ),
    "a policy that calls a function for every row": (
        "CREATE POLICY traag ON cases_case FOR SELECT TO vh_app USING (vh.may(id, 'know_case'))",
        "cases_case.traag: roept voor elke rij een functie aan",
    ),
    "personal data without the day of their retention": (
        "ALTER TABLE cases_client DROP COLUMN first_processed_on",
        "cases_client: geen first_processed_on",
    ),
    "a function that everybody may call": (
        "GRANT EXECUTE ON FUNCTION vh.insert_user TO PUBLIC",
        "vh.insert_user(text,text,text,text,text,bigint): iedereen mag haar aanroepen",
    ),
    "a function that anybody can lead astray": (
        "ALTER FUNCTION vh.barred() RESET search_path",
        "vh.barred(): geen vast search_path",
    ),
    "a function that remembers another user": (
        "ALTER FUNCTION vh.principals() IMMUTABLE",
        "vh.principals(): IMMUTABLE, maar vraagt wie er vraagt",
    ),
    "a function of the wrong owner": (
        (
            "CREATE FUNCTION vh.alles() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
            "SET search_path = public AS 'SELECT count(*) FROM cases_case'"
        ),
        "vh.alles(): van vh_owner",
    ),
    "room for a temporary table": (
        """DO $$ BEGIN
             EXECUTE format('GRANT TEMP ON DATABASE %I TO vh_app', current_database());
           END $$""",
        "vh_app: TEMP in deze database",
    ),
    "room for a table": (
        "GRANT CREATE ON SCHEMA public TO vh_app",
        "vh_app: CREATE in schema public",
    ),
}


@pytest.mark.parametrize("broken", BREAKAGES)
def test_the_gate_bites(owner, broken):
    deed, complaint = BREAKAGES[broken]
    owner.autocommit = False

    owner.execute(deed)
    complaints = all_complaints(owner)
    owner.rollback()

    assert complaint in complaints


def test_the_day_in_the_locks_is_the_day_of_the_wall(owner):
    (today,) = owner.execute("SELECT prosrc FROM pg_proc WHERE oid = 'vh.today()'::regprocedure")

    assert today[0].strip() == f"SELECT {locks.TODAY}"


def test_the_database_and_the_code_grant_the_same_on_every_basis(owner):
    in_the_database = {
        basis: owner.execute("SELECT vh.basis_scopes(%s)", [basis.value]).fetchone()[0]
        for basis in Basis
    }

    in_the_code = {basis: [str(scope) for scope in GRANTS.get(basis, ())] for basis in Basis}
    assert {b: sorted(scopes or []) for b, scopes in in_the_database.items()} == {
        b: sorted(scopes) for b, scopes in in_the_code.items()
    }


def test_the_design_says_of_every_locked_table_who_may_what(owner):
    """Tried by everybody, a hundred thousand times, in tests/attempts/test_wall.py."""
    assert catalogue.locked(owner) - RULES.keys() == set(), "zet in tests/attempts/reference.py"
    assert RULES.keys() - catalogue.locked(owner) == set()


def test_every_function_of_the_wall_is_tried_by_everybody(owner):
    """In tests/attempts/calls.py, or harmless for a reason that stands there."""
    callable_ = {
        name
        for (name,) in owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'vh'::regnamespace"
            " AND has_function_privilege('vh_app', oid, 'EXECUTE')"
        )
    }

    assert callable_ - TRIED - HARMLESS.keys() == set(), "zet in tests/attempts/calls.py"
    assert (TRIED | HARMLESS.keys()) - callable_ == set()


def test_a_changed_wall_makes_a_new_database_for_the_tests(tmp_path, monkeypatch):
    for source in [
        *databases.ROOT.glob("*/migrations/*.py"),
        *databases.ROOT.glob("*/migrations/*.sql"),
        databases.ROOT / "veiligheidshuis/locks.py",
    ]:
        copy = tmp_path / source.relative_to(databases.ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    before = databases._fingerprint()

    for changed in ("cases/migrations/0003_wall.sql", "veiligheidshuis/locks.py"):
        with Path(tmp_path / changed).open("a") as file:
            file.write("\n")
        after = databases._fingerprint()
        assert after != before
        before = after
