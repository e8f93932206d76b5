-- A document says what it said: its file is looked at once, and goes when it is refused or taken back;
-- it never becomes another. When that was, the database says itself. ADR 0038.
CREATE FUNCTION vh.keep_document() RETURNS trigger
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
  IF NEW.sealed_file <> OLD.sealed_file AND NEW.sealed_file <> '' THEN
    RAISE EXCEPTION 'a file never becomes another' USING errcode = '42501';
  END IF;
  IF NEW.status = OLD.status THEN
    IF (NEW.checked_at, NEW.checked_by, NEW.found, NEW.taken_back_at, NEW.taken_back_by_id,
        NEW.taken_back_because) IS DISTINCT FROM (OLD.checked_at, OLD.checked_by, OLD.found,
        OLD.taken_back_at, OLD.taken_back_by_id, OLD.taken_back_because) THEN
      RAISE EXCEPTION 'a document changes with its status alone' USING errcode = '42501';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'teruggenomen' THEN
    NEW.taken_back_at := clock_timestamp();
    NEW.taken_back_by_id := vh.uid();
  ELSE
    NEW.checked_at := clock_timestamp();
  END IF;
  IF OLD.checked_at IS NOT NULL AND (NEW.checked_at, NEW.checked_by, NEW.found)
      IS DISTINCT FROM (OLD.checked_at, OLD.checked_by, OLD.found) THEN
    RAISE EXCEPTION 'a document is looked at once' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_document BEFORE INSERT OR UPDATE ON cases_document
  FOR EACH ROW EXECUTE FUNCTION vh.keep_document();

-- Whose last day is over: the row goes, with its name. Returns the dossiers, for the log.
-- WGS 1.8 lid 7.
CREATE FUNCTION vh.destroy_documents() RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH gone AS (DELETE FROM cases_document WHERE keep_until < vh.today() RETURNING case_id)
  SELECT c.number::text FROM gone JOIN cases_case c ON c.id = gone.case_id ORDER BY 1
$$;
GRANT EXECUTE ON FUNCTION vh.destroy_documents() TO vh_clock;
