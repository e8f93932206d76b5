-- A fact says what it said: it ends once, is said to be wrong once, and becomes secret, never open
-- again. When that was, the database says itself. ADR 0036.
CREATE FUNCTION vh.keep_fact() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user <> 'vh_app' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.recorded_at := clock_timestamp();
    NEW.first_processed_on := vh.today();
    RETURN NEW;
  END IF;
  IF NEW.scope <> OLD.scope AND NEW.scope <> 'view_secret_address' THEN
    RAISE EXCEPTION 'an address that is secret stays secret' USING errcode = '42501';
  END IF;
  IF OLD.withdrawn_at IS NOT NULL AND to_jsonb(NEW) - 'scope' <> to_jsonb(OLD) - 'scope' THEN
    RAISE EXCEPTION 'what was said to be wrong stays as it stood' USING errcode = '42501';
  END IF;
  IF OLD.until_on IS NOT NULL AND (NEW.until_on, NEW.ended_by_id)
      IS DISTINCT FROM (OLD.until_on, OLD.ended_by_id) THEN
    RAISE EXCEPTION 'a fact ends once' USING errcode = '42501';
  END IF;
  IF NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL THEN
    NEW.withdrawn_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_fact BEFORE INSERT OR UPDATE ON cases_datedfact
  FOR EACH ROW EXECUTE FUNCTION vh.keep_fact();

-- The day of a line: of a note that of the conversation, never one to come; of anything else the day
-- on which it was written down.
CREATE FUNCTION vh.keep_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.happened_on IS NULL OR (current_user = 'vh_app' AND NEW.kind <> 'contact') THEN
    NEW.happened_on := (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date;
  END IF;
  IF current_user = 'vh_app' AND NEW.happened_on > vh.today() THEN
    RAISE EXCEPTION 'a conversation that is noted was already' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
-- After keep_moment, that sets the moment: triggers run by name.
CREATE TRIGGER keep_the_day BEFORE INSERT ON cases_timelineitem
  FOR EACH ROW EXECUTE FUNCTION vh.keep_day();
