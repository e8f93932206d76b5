-- The ground of the wall: who is asking, what day it is, and the chain of the access log.
-- Roles are made by the set-up of the database; none of them may bypass row-level security.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA vh;
GRANT USAGE ON SCHEMA vh TO vh_app, vh_kern, vh_clock, vh_post, vh_figures;
GRANT CREATE ON SCHEMA vh TO vh_kern, vh_figures;
GRANT USAGE ON SCHEMA public TO vh_app, vh_kern, vh_clock, vh_post, vh_figures;

-- STABLE, never IMMUTABLE: a prepared plan would remember another user (measured).
-- Raises when nobody said who asks: silence would look like an empty house.
CREATE FUNCTION vh.uid() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE v text := nullif(current_setting('vh.user_id', true), '');
BEGIN
  IF v IS NULL THEN
    RAISE EXCEPTION 'nobody said who is asking (vh.user_id)' USING errcode = '42501';
  END IF;
  RETURN v::bigint;
END $$;

-- Terms are dates in Europe/Amsterdam, wherever the server stands.
CREATE FUNCTION vh.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date $$;

-- The day in Heerlen of any moment.
CREATE FUNCTION vh.day(p_at timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (p_at AT TIME ZONE 'Europe/Amsterdam')::date $$;

GRANT EXECUTE ON FUNCTION vh.uid(), vh.today(), vh.day(timestamptz) TO vh_app, vh_kern, vh_clock, vh_post, vh_figures;

-- The access log: sixteen chains, so that two people reading do not wait for each other.
CREATE TABLE vh.log_head (shard smallint PRIMARY KEY, place bigint NOT NULL, hash bytea NOT NULL);
INSERT INTO vh.log_head SELECT n, 0, '\x00' FROM generate_series(0, 15) AS n;
GRANT SELECT, UPDATE ON vh.log_head TO vh_kern;

-- What of a line is sealed: everything that was said, in its place.
CREATE FUNCTION vh.log_line(e veiligheidshuis_accesslogentry) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT convert_to(jsonb_build_array(
    e.shard, e.place, extract(epoch FROM e.at), e.request_id, e.user_id, e.username,
    e.organisation, e.roles, e.on_behalf_of, e.emergency, e.action, e.route, e.subjects, e.scope,
    e.ground, e.purpose, e.outcome)::text, 'UTF8')
$$;

CREATE FUNCTION vh.chain_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE head vh.log_head%ROWTYPE;
BEGIN
  NEW.at := clock_timestamp();
  NEW.shard := (abs(NEW.user_id) % 16)::smallint;
  SELECT * INTO STRICT head FROM vh.log_head WHERE shard = NEW.shard FOR UPDATE;
  NEW.place := head.place + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := sha256(head.hash || vh.log_line(NEW));
  UPDATE vh.log_head SET place = NEW.place, hash = NEW.hash WHERE shard = NEW.shard;
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON veiligheidshuis_accesslogentry
  FOR EACH ROW EXECUTE FUNCTION vh.chain_log();
-- Also when somebody says that his session only copies what another server did.
ALTER TABLE veiligheidshuis_accesslogentry ENABLE ALWAYS TRIGGER chain;
