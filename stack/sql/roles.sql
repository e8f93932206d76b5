-- The roles of the house. May be run again at any time, by a role that may make roles;
-- PostgreSQL 15 to 18. Passwords are set elsewhere (roles.py; stack/container/10-rollen.sh).
--
--   vh_owner    owns the tables, migrates. Never serves a page.
--   vh_app      serves pages and does tasks. Owns nothing; every lock holds for it.
--   vh_clock    what the sweep of the deadlines may see. The application puts it on by SET ROLE.
--   vh_post     what the outbox may see. Likewise.
--   vh_kern     owns the functions that judge who needs to know. Nobody logs in as it.
--   vh_figures  owns the functions that count for the steering group. Likewise.
--
-- No default privileges: every migration says for each table who may do what.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('vh_owner',   'LOGIN INHERIT'),
            ('vh_app',     'LOGIN NOINHERIT'),
            ('vh_clock',   'NOLOGIN'),
            ('vh_post',    'NOLOGIN'),
            ('vh_kern',    'NOLOGIN'),
            ('vh_figures', 'NOLOGIN')
        ) AS role (name, attributes)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format(
                'CREATE ROLE %I %s NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION',
                wanted.name, wanted.attributes
            );
        ELSIF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = wanted.name) THEN
            RAISE EXCEPTION 'role % may walk around every lock', wanted.name;
        END IF;
    END LOOP;
END
$$;

-- The owner must be able to give a function to the role that is to own it.
GRANT vh_kern, vh_figures, vh_clock, vh_post TO vh_owner;

-- The application may put these two on, and only by saying so: nothing is inherited.
-- From 16 on the grant itself says that; before, NOINHERIT of the role does.
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'GRANT vh_clock, vh_post TO vh_app WITH INHERIT FALSE, SET TRUE';
    ELSE
        EXECUTE 'GRANT vh_clock, vh_post TO vh_app';
    END IF;
END
$$;
