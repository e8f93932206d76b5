-- Under which agreements a case is treated changes once: on the day that a candidate is chosen, to
-- that day. The owner, who loads and repairs, is exempt. GOV-11; ADR 0026.
CREATE FUNCTION vh.keep_werkwijze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user IN ('vh_app', 'vh_kern') AND NEW.werkwijze_on <> OLD.werkwijze_on
     AND NOT (OLD.status = 'aangemeld' AND NEW.status <> OLD.status
              AND NEW.werkwijze_on = vh.today()) THEN
    RAISE EXCEPTION 'a case keeps what it was treated under' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_werkwijze BEFORE UPDATE OF werkwijze_on ON cases_case
  FOR EACH ROW EXECUTE FUNCTION vh.keep_werkwijze();
