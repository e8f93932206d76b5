"""The database roles: what each may do is what the whole wall stands on."""

import psycopg
import pytest

from stack import roles
from stack.database import OurServer, connect
from stack.postgres import SUPERUSER, Postgres
from stack.refusal import Refusal
from stack.sharing import in_use
from tests.house.test_settings import manage
from veiligheidshuis.needtoknow import UNFIT_ROLE


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A PostgreSQL of its own, for roles are shared by all databases of a server."""
    server = Postgres(tmp_path_factory.mktemp("rollen") / "test" / "postgres")
    with in_use(server):
        yield server


@pytest.fixture
def database(server):
    """A database made as `./run` makes it."""
    database = OurServer(server, may_make_databases=True)
    database.prepare()
    yield database
    database.drop()


@pytest.fixture
def admin(server):
    with connect(server.address(SUPERUSER, "postgres")) as connection:
        yield connection


def as_application(database):
    return connect(database.address(roles.APPLICATION))


def test_production_does_not_even_migrate_as_a_superuser(server, database):
    """Issue 2 §1: the owner owns the tables, and walks around no lock either."""
    superuser = server.address(SUPERUSER, database.name)

    refused = manage("migrate", "--check", VH_AS_OWNER="1", OWNER_DATABASE_URL=superuser)

    assert refused.returncode != 0
    assert "De databaserol van OWNER_DATABASE_URL is superuser" in refused.stderr


def test_preparing_twice_changes_nothing(database):
    with connect(database.address(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE kept (n int)")
        owner.execute("INSERT INTO kept VALUES (7)")
        database.prepare()
        assert owner.execute("SELECT n FROM kept").fetchone() == (7,)


@pytest.mark.parametrize(
    ("role", "logs_in", "inherits"),
    [
        ("vh_owner", True, True),
        ("vh_app", True, False),
        ("vh_clock", False, True),
        ("vh_post", False, True),
        ("vh_kern", False, True),
        ("vh_figures", False, True),
    ],
)
def test_no_role_walks_around_the_locks(database, admin, role, logs_in, inherits):
    query = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcanlogin, rolinherit"
        " FROM pg_roles WHERE rolname = %s"
    )
    expected = (False, False, False, False, logs_in, inherits)
    assert admin.execute(query, [role]).fetchone() == expected


def test_the_application_makes_nothing(database):
    with as_application(database) as application:
        for statement in (
            "CREATE TABLE t (n int)",
            "CREATE TEMP TABLE t (n int)",
            "CREATE SCHEMA s",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)


def test_the_application_reads_no_table_that_no_migration_granted(database):
    with connect(database.address(roles.OWNER)) as owner, as_application(database) as application:
        owner.execute("CREATE TABLE closed (n int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM closed")


@pytest.mark.parametrize("role", ["vh_owner", "vh_kern", "vh_figures", "postgres"])
def test_the_application_does_not_become_a_role_that_owns(database, role):
    with (
        as_application(database) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(f"SET ROLE {role}")


@pytest.mark.parametrize("role", ["vh_clock", "vh_post"])
def test_the_application_has_a_narrow_role_only_by_putting_it_on(database, role):
    with connect(database.address(roles.OWNER)) as owner, as_application(database) as application:
        owner.execute("CREATE TABLE due (n int)")
        owner.execute(f"GRANT SELECT ON due TO {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM due")
        application.execute(f"SET ROLE {role}")
        assert application.execute("SELECT count(*) FROM due").fetchone() == (0,)


def test_the_owner_gives_functions_to_the_roles_that_judge(database):
    with connect(database.address(roles.OWNER)) as owner:
        owner.execute("GRANT CREATE ON SCHEMA public TO vh_kern")
        owner.execute("CREATE FUNCTION judge() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        owner.execute("ALTER FUNCTION judge() OWNER TO vh_kern")


def test_a_database_with_the_tables_of_another_is_refused_and_left_alone(server, admin):
    admin.execute("CREATE DATABASE van_een_ander")
    with connect(server.address(SUPERUSER, "van_een_ander")) as inside:
        inside.execute("CREATE TABLE facturen (n int)")
    database = OurServer(server, may_make_databases=True)
    database.name = "van_een_ander"
    with pytest.raises(Refusal, match="niet van het huis"):
        database.prepare()
    owner = admin.execute(
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'van_een_ander'"
    ).fetchone()
    assert owner == ("postgres",)


def test_an_empty_database_is_adopted(server, admin):
    admin.execute("CREATE DATABASE leeg")
    database = OurServer(server, may_make_databases=True)
    database.name = "leeg"
    database.prepare()
    with as_application(database) as application:
        assert application.execute("SELECT current_user").fetchone() == ("vh_app",)


def test_an_administrator_need_not_be_superuser(server, admin, database):
    admin.execute("CREATE ROLE beheerder LOGIN CREATEROLE CREATEDB")
    for role in (roles.OWNER, roles.APPLICATION, "vh_kern", "vh_figures", "vh_clock", "vh_post"):
        admin.execute(f"GRANT {role} TO beheerder WITH ADMIN OPTION")
    with connect(server.address("beheerder", "postgres")) as less:
        roles.make_roles(less, {roles.APPLICATION: "woord"}, may_make_databases=True)
        roles.make_database(less, "van_de_beheerder")
        roles.drop_database(less, "van_de_beheerder")


def test_a_user_who_may_not_make_roles_is_refused(server, admin):
    admin.execute("CREATE ROLE niemand LOGIN")
    with (
        connect(server.address("niemand", "postgres")) as nobody,
        pytest.raises(Refusal, match="mag geen rollen maken"),
    ):
        roles.make_roles(nobody, {}, may_make_databases=False)


def test_a_role_that_walks_around_the_locks_is_refused(database, admin):
    admin.execute("ALTER ROLE vh_app BYPASSRLS")
    try:
        with pytest.raises(Refusal, match="langs elk slot"):
            database.prepare()
    finally:
        admin.execute("ALTER ROLE vh_app NOBYPASSRLS")


def test_a_role_that_may_take_on_the_owner_is_no_role_to_serve_with(database, admin):
    """Its own rights are not all that a session has: SET ROLE gives it those of another."""
    with connect(database.address(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE proof (n int)")
    admin.execute(f"CREATE ROLE stagiair LOGIN IN ROLE {roles.OWNER}")
    try:
        with connect(database.address("stagiair")) as trainee:
            assert trainee.execute(UNFIT_ROLE).fetchone() == (False, False, True)
    finally:
        admin.execute("DROP ROLE stagiair")
    with as_application(database) as application:
        assert application.execute(UNFIT_ROLE).fetchone() == (False, False, False)
