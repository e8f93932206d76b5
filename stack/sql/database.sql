-- Who may do what in the database of the house. Run in that database, after roles.sql, by its
-- owner or a superuser; may be run again.

ALTER SCHEMA public OWNER TO vh_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO vh_app, vh_clock, vh_post, vh_kern, vh_figures;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO vh_app', current_database());
END
$$;
