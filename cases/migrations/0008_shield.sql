-- A case is closed: from this moment nobody takes part in it any more, on whatever ground, and
-- nobody is reminded of it; no list names him. What is left in view is that it was there, for the office. A judgement
-- on a noodtoegang must still be given. EXE-09; WGS 2.31 lid 8.
CREATE FUNCTION vh.shield_case(p_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.may(p_case, 'lead_case') AND vh.is_closed(p_case)
          AND EXISTS (SELECT FROM cases_afsluiting WHERE case_id = p_case)) THEN
    RAISE EXCEPTION 'you may not shield this case' USING errcode = '42501';
  END IF;
  UPDATE cases_noodtoegang SET ends_at = now() WHERE case_id = p_case AND ends_at > now();
  UPDATE cases_deadline SET done_at = now()
    WHERE case_id = p_case AND done_at IS NULL AND kind <> 'nood_toetsen';
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = p_case AND (closed_at IS NULL OR closed_at > now());
  PERFORM vh.strike_off(prioriteitenlijst_id, case_id) FROM cases_lijstplaats
    WHERE case_id = p_case;
END $$;
