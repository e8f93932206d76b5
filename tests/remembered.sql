-- What a test wrote, and writing it again: for the tests' own database alone (remembered.py).
-- The functions are the superuser's: rows are laid down as they were, past the wall and its triggers.
CREATE SCHEMA remembered;
GRANT USAGE ON SCHEMA remembered TO vh_app;

-- Every table of the house that somebody can write, with the columns that are not computed.
CREATE VIEW remembered.tables AS
SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name,
    string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
    (SELECT string_agg(format('t.%1$I = r.%1$I', k.attname), ' AND ')
       FROM pg_index AS i JOIN pg_attribute AS k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
      WHERE i.indrelid = c.oid AND i.indisprimary) AS same
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   AND a.attgenerated = ''
 WHERE c.relkind = 'r' AND n.nspname IN ('public', 'vh')
   AND c.relname !~ '^(veiligheidshuis_accesslog|log_)'
 GROUP BY c.oid, n.nspname, c.relname;

-- The rows that this transaction wrote, by table; nothing when it took rows away as well.
CREATE FUNCTION remembered.written() RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    first numeric := (pg_current_xact_id_if_assigned()::text::numeric)::bigint & 4294967295;
    each record;
    rows jsonb;
    found jsonb := '{}';
BEGIN
    FOR each IN SELECT * FROM remembered.tables LOOP
        IF pg_stat_get_xact_tuples_deleted(each.oid) > 0 THEN
            RETURN NULL;
        END IF;
        EXECUTE format(
            'SELECT jsonb_agg(to_jsonb(t)) FROM %s AS t WHERE t.xmin::text::bigint >= $1', each.name
        ) INTO rows USING first;
        IF rows IS NOT NULL THEN
            found := found || jsonb_build_object(each.name, rows);
        END IF;
    END LOOP;
    RETURN found;
END $$;

-- Lay those rows down again; a row that was there already is written over.
CREATE FUNCTION remembered.lay_down(given text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog SET session_replication_role = replica AS $$
DECLARE
    each record;
BEGIN
    FOR each IN
        SELECT t.*, g.value AS rows FROM jsonb_each(given::jsonb) AS g
          JOIN remembered.tables AS t ON t.name = g.key
    LOOP
        EXECUTE format(
            'DELETE FROM %1$s AS t USING jsonb_populate_recordset(NULL::%1$s, $1) AS r WHERE %2$s',
            each.name, each.same
        ) USING each.rows;
        EXECUTE format(
            'INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE'
            ' SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$s, $1)', each.name, each.columns
        ) USING each.rows;
    END LOOP;
    RETURN true;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA remembered TO vh_app;
