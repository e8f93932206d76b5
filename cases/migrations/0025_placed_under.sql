-- Every place on a list names the published version of the criteria under which somebody was put
-- there, and a list takes its numbers once the core participants admitted all who stand on it.
-- WGS 2.31 lid 2-3, 2.32; BGS 2.22; PRI-06.

-- Not merely some agreement, and not one of tomorrow. The owner, who loads and repairs, is exempt.
CREATE FUNCTION vh.keep_criteria() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('vh_app', 'vh_kern') AND NEW.criteria_id IS DISTINCT FROM (
      SELECT id FROM veiligheidshuis_werkafspraak
        WHERE subject = 'criteria' AND withdrawn_at IS NULL AND valid_from <= vh.today()
        ORDER BY valid_from DESC LIMIT 1) THEN
    RAISE EXCEPTION 'a place names the criteria of today' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_criteria BEFORE INSERT ON cases_lijstplaats
  FOR EACH ROW EXECUTE FUNCTION vh.keep_criteria();

-- How many on a list were not admitted, also those of whom who asks may not know. Who is in hand was
-- admitted before he was assigned.
CREATE FUNCTION vh.unadmitted(p_list uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*)::int FROM cases_lijstplaats p JOIN cases_case c ON c.id = p.case_id
    WHERE p.prioriteitenlijst_id = p_list AND c.status IN ('aangemeld', 'geprioriteerd')
      AND NOT vh.admitted(c.id);
$$;

-- The same, for who keeps the lists.
CREATE FUNCTION vh.count_unadmitted(p_list uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN vh.process_view() THEN vh.unadmitted(p_list) ELSE 0 END;
$$;

CREATE OR REPLACE FUNCTION vh.number_places(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('manager');
  IF NOT EXISTS (SELECT FROM cases_prioriteitenlijst WHERE id = p_list AND status = 'concept') THEN
    RAISE EXCEPTION 'only a list in discussion is numbered' USING errcode = '42501';
  END IF;
  IF vh.unadmitted(p_list) > 0 THEN
    RAISE EXCEPTION 'somebody on this list was not admitted' USING errcode = '42501';
  END IF;
  UPDATE cases_lijstplaats l SET rank = o.number
    FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS number FROM cases_lijstplaats
          WHERE prioriteitenlijst_id = p_list) o
    WHERE l.id = o.id;
END $$;
