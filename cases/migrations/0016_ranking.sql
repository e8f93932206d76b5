-- Ranking moves one place and leaves the others where they are: between two places there is room.
-- Whoever moves a candidate may be barred from others on the list; those keep their places as well,
-- and he notices nothing of them. PRI-04.

-- Where the places have come too close together, all of them get room again.
CREATE FUNCTION vh.make_room(p_list uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE cases_lijstplaats l SET position = o.number * 4294967296
    FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS number FROM cases_lijstplaats
          WHERE prioriteitenlijst_id = p_list) o
    WHERE l.id = o.id;
$$;

-- Who ranks a list that is discussed: its members, and the office that keeps it.
CREATE FUNCTION vh.may_rank(p_list uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM cases_prioriteitenlijst WHERE id = p_list AND status = 'concept')
    AND (vh.process_view() OR EXISTS (SELECT FROM cases_selectielid
           WHERE prioriteitenlijst_id = p_list AND user_id = vh.uid()));
$$;

-- The place right before that of p_before, or the last one. Asked again when there was no room.
CREATE FUNCTION vh.free_position(p_list uuid, p_case uuid, p_before uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_next cases_lijstplaats; v_former bigint;
BEGIN
  IF p_before IS NULL THEN
    RETURN (SELECT max(position) + 4294967296 FROM cases_lijstplaats
            WHERE prioriteitenlijst_id = p_list);
  END IF;
  SELECT * INTO v_next FROM cases_lijstplaats
    WHERE prioriteitenlijst_id = p_list AND case_id = p_before;
  SELECT position INTO v_former FROM cases_lijstplaats
    WHERE prioriteitenlijst_id = p_list AND case_id <> p_case
      AND (position, id) < (v_next.position, v_next.id)
    ORDER BY position DESC, id DESC LIMIT 1;
  IF v_former IS NULL THEN
    RETURN v_next.position - 4294967296;
  END IF;
  RETURN CASE WHEN v_next.position - v_former >= 2
    THEN v_former + (v_next.position - v_former) / 2 END;
END $$;

CREATE FUNCTION vh.move_place(p_list uuid, p_case uuid, p_before uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_free bigint;
BEGIN
  IF NOT vh.may_rank(p_list) OR p_case IS NOT DISTINCT FROM p_before OR EXISTS (
      SELECT FROM unnest(ARRAY[p_case, coalesce(p_before, p_case)]) AS named (id)
      WHERE NOT vh.may(named.id, 'know_case') OR NOT EXISTS (
        SELECT FROM cases_lijstplaats WHERE prioriteitenlijst_id = p_list AND case_id = named.id))
  THEN
    RAISE EXCEPTION 'you may not move this case on this list' USING errcode = '42501';
  END IF;
  v_free := vh.free_position(p_list, p_case, p_before);
  IF v_free IS NULL THEN
    PERFORM vh.make_room(p_list);
    v_free := vh.free_position(p_list, p_case, p_before);
  END IF;
  UPDATE cases_lijstplaats SET position = v_free
    WHERE prioriteitenlijst_id = p_list AND case_id = p_case;
END $$;

-- A list that is being adopted gets its numbers, from 1, also where the manager may not look.
CREATE FUNCTION vh.number_places(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('manager');
  IF NOT EXISTS (SELECT FROM cases_prioriteitenlijst WHERE id = p_list AND status = 'concept') THEN
    RAISE EXCEPTION 'only a list in discussion is numbered' USING errcode = '42501';
  END IF;
  UPDATE cases_lijstplaats l SET rank = o.number
    FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS number FROM cases_lijstplaats
          WHERE prioriteitenlijst_id = p_list) o
    WHERE l.id = o.id;
END $$;
