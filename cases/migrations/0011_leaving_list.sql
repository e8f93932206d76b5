-- What a list says of somebody goes: his place, how he was moved, and what the members of its meeting
-- knew of him. A list that was adopted keeps the numbers of the others. WGS 2.32 lid 4; PRI-07.
CREATE FUNCTION vh.strike_off(p_list uuid, p_case uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM cases_verplaatsing WHERE prioriteitenlijst_id = p_list AND case_id = p_case;
  DELETE FROM cases_lijstplaats WHERE prioriteitenlijst_id = p_list AND case_id = p_case;
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = p_case AND basis = 'selectie' AND because_of = p_list
      AND closed_at IS NULL;
$$;

-- By the office, of somebody whom it knows and who stands on that list.
CREATE FUNCTION vh.take_off_list(p_list uuid, p_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.process_view() AND vh.may(p_case, 'know_case') AND EXISTS (
      SELECT FROM cases_lijstplaats WHERE prioriteitenlijst_id = p_list AND case_id = p_case)) THEN
    RAISE EXCEPTION 'you may not take this case off this list' USING errcode = '42501';
  END IF;
  PERFORM vh.strike_off(p_list, p_case);
END $$;
