-- What was adopted can be told from what was changed since: an adopted list has a fingerprint, of its
-- head (mark, meeting, who adopted it) and of each of its lines. Whoever need not be on it leaves it
-- at once (WGS 2.32 lid 4) and the fingerprint still holds: of his line only its own fingerprint
-- stays, which tells nothing, because the chance number in it (the id of the line) went with him.

CREATE FUNCTION vh.line_seal(p_line cases_lijstplaats) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(p_line.id, p_line.rank, c.number)::text,
      'UTF8')), 'hex')
    FROM cases_case c WHERE c.id = p_line.case_id;
$$;

CREATE FUNCTION vh.list_seal(p_list uuid, p_lines text[]) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(l.code, l.meeting_on,
      to_char(l.adopted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), l.adopted_by_id,
      (SELECT jsonb_agg(jsonb_build_array(m.user_id, m.organisation_id, m.attendance)
                        ORDER BY m.user_id)
         FROM cases_selectielid m WHERE m.prioriteitenlijst_id = l.id),
      to_jsonb(p_lines))::text, 'UTF8')), 'hex')
    FROM cases_prioriteitenlijst l WHERE l.id = p_list;
$$;

-- Once, by the manager who adopts, over all lines: also those of whom he may not know.
CREATE FUNCTION vh.seal_list(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_lines text[];
BEGIN
  PERFORM vh.require_role('manager');
  IF NOT EXISTS (SELECT FROM cases_prioriteitenlijst
                 WHERE id = p_list AND status = 'vastgesteld' AND seal = '') THEN
    RAISE EXCEPTION 'a list is sealed once, when it is adopted' USING errcode = '42501';
  END IF;
  SELECT coalesce(array_agg(vh.line_seal(p) ORDER BY p.rank), '{}') INTO v_lines
    FROM cases_lijstplaats p WHERE p.prioriteitenlijst_id = p_list;
  UPDATE cases_prioriteitenlijst SET line_seals = v_lines, seal = vh.list_seal(p_list, v_lines)
    WHERE id = p_list;
END $$;

-- Every adopted list: is it what was adopted, and how many were taken off since?
CREATE FUNCTION vh.check_lists()
RETURNS TABLE (list_id uuid, code text, whole boolean, taken_off int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.id, l.code::text,
      l.seal = vh.list_seal(l.id, l.line_seals) AND NOT EXISTS (
        SELECT FROM cases_lijstplaats p WHERE p.prioriteitenlijst_id = l.id
          AND l.line_seals[p.rank] IS DISTINCT FROM vh.line_seal(p)),
      cardinality(l.line_seals) - (SELECT count(*)::int FROM cases_lijstplaats p
                                   WHERE p.prioriteitenlijst_id = l.id)
    FROM cases_prioriteitenlijst l WHERE l.status <> 'concept' ORDER BY l.adopted_at, l.id;
$$;

-- One of them, for the office that keeps the lists.
CREATE FUNCTION vh.check_list(p_list uuid) RETURNS TABLE (whole boolean, taken_off int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.whole, c.taken_off FROM vh.check_lists() c
    WHERE c.list_id = p_list AND vh.process_view();
$$;
