-- A version of a werkafspraak begins after today, changes nothing any more, and can be taken back
-- only before its day: what held on a day that has come is the same for ever, so that a case keeps
-- what it was treated under. The owner, who loads the first versions, is exempt. GOV-11; ADR 0026.
CREATE FUNCTION vh.keep_werkafspraken() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user NOT IN ('vh_app', 'vh_kern') THEN
    RETURN NEW;
  END IF;
  IF NEW.valid_from <= vh.today() THEN
    RAISE EXCEPTION 'what holds today or held before stays as it is' USING errcode = '42501';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'nobody writes down what was taken back' USING errcode = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.withdrawn_at IS NOT NULL
      OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id'
         <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'
      OR NEW.withdrawn_by_id <> vh.uid()) THEN
    RAISE EXCEPTION 'a version is taken back as a whole, once' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_werkafspraken BEFORE INSERT OR UPDATE ON veiligheidshuis_werkafspraak
  FOR EACH ROW EXECUTE FUNCTION vh.keep_werkafspraken();

-- The number that was agreed about a subject, as it held on that day; for functions that count.
CREATE FUNCTION vh.agreed_number(p_subject text, p_day date) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT w.content::int FROM veiligheidshuis_werkafspraak w
  WHERE w.subject = p_subject AND w.withdrawn_at IS NULL
  ORDER BY w.valid_from <= p_day DESC, abs(w.valid_from - p_day) LIMIT 1
$$;
