-- A list opens many cases at once, each as vh.open_case does, in the order in which they are given;
-- under the law, as the list is read.
-- By the indexes: in a young house PostgreSQL takes its tables for empty, and would read through all
-- that this list opened for every next one (measured).
CREATE FUNCTION vh.open_cases(p_cases uuid[], p_clients uuid[], p_doelgroepen text[],
    p_sources bigint[], p_source_notes text[], p_ground text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
BEGIN
  FOR i IN 1 .. coalesce(array_length(p_cases, 1), 0) LOOP
    PERFORM vh.open_case(p_cases[i], p_clients[i], p_doelgroepen[i], p_sources[i],
      p_source_notes[i], 'wgs', '', p_ground);
  END LOOP;
END $$;

-- A list that was read in by mistake is taken back, as long as nobody did anything with it.

-- The candidates that a list brought in: those whom it opened, whoever decided so.
CREATE FUNCTION vh.brought_in(p_batch uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(case_id), '{}') FROM cases_importrow
  WHERE batch_id = p_batch AND outcome = 'nieuw' AND case_id IS NOT NULL
$$;

-- With how many of them somebody did anything since: a step, a place on a list, an access or a bar,
-- a word, a comparison, or another list that knew them already. Counts also those whom the asking
-- office may not know, and says of nobody that he is one.
CREATE FUNCTION vh.worked_on_of_import(p_batch uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_cases uuid[] := vh.brought_in(p_batch);
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  RETURN (SELECT count(*) FROM cases_case c WHERE c.id = ANY (v_cases) AND (
    c.status <> 'aangemeld' OR c.joined_to_id IS NOT NULL
    OR (SELECT count(*) FROM cases_historicalcase h WHERE h.id = c.id) > 1
    OR (SELECT count(*) FROM cases_historicalclient h WHERE h.id = c.client_id) > 1
    OR (SELECT count(*) FROM cases_timelineitem t WHERE t.case_id = c.id) > 1
    OR (SELECT count(*) FROM cases_offencerecord o WHERE o.case_id = c.id) > 1
    OR EXISTS (SELECT FROM cases_case o WHERE o.joined_to_id = c.id)
    OR EXISTS (SELECT FROM cases_lijstplaats p WHERE p.case_id = c.id)
    OR EXISTS (SELECT FROM cases_participation p WHERE p.content_object_id = c.id)
    OR EXISTS (SELECT FROM cases_bar b WHERE b.case_id = c.id)
    OR EXISTS (SELECT FROM cases_screening s WHERE s.case_id = c.id)
    OR EXISTS (SELECT FROM cases_toldapart a WHERE c.id IN (a.case_id, a.other_id))
    OR EXISTS (SELECT FROM cases_importrow r JOIN cases_importbatch b ON b.id = r.batch_id
      WHERE r.case_id = c.id AND b.id <> p_batch AND b.confirmed_at IS NOT NULL)));
END $$;

-- Everything that came in with the list is wiped. Its rows stay as rejected, without a word of whom
-- they were about; that the list was there stays as well, and so does the access log.
CREATE FUNCTION vh.undo_import(p_batch uuid, p_hours integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_cases uuid[] := vh.brought_in(p_batch);
  v_clients uuid[] := ARRAY(SELECT client_id FROM cases_case WHERE id = ANY (v_cases));
BEGIN
  -- whether the office asks, vh.worked_on_of_import says
  IF vh.worked_on_of_import(p_batch) > 0 OR NOT EXISTS (SELECT FROM cases_importbatch
      WHERE id = p_batch AND undone_at IS NULL AND p_hours <= 24
        AND confirmed_at > now() - make_interval(hours => p_hours)) THEN
    RAISE EXCEPTION 'this list can not be taken back' USING errcode = '42501';
  END IF;
  UPDATE cases_importrow SET outcome = 'afgewezen', reason = 'Teruggedraaid.', case_id = NULL,
    sealed_data = '', gave = '{}' WHERE batch_id = p_batch;
  -- Somebody looked at another list meanwhile: it is weighed again when it is read in.
  UPDATE cases_importrow SET case_id = NULL WHERE case_id = ANY (v_cases);
  DELETE FROM cases_offencerecord WHERE case_id = ANY (v_cases);
  DELETE FROM cases_timelineitem WHERE case_id = ANY (v_cases);
  DELETE FROM cases_clientbsn WHERE client_id = ANY (v_clients);
  DELETE FROM cases_historicalcase WHERE id = ANY (v_cases);
  DELETE FROM cases_regimekeuze WHERE case_id = ANY (v_cases);
  DELETE FROM cases_historicalclient WHERE id = ANY (v_clients);
  DELETE FROM cases_case WHERE id = ANY (v_cases);
  DELETE FROM cases_client WHERE id = ANY (v_clients);
  UPDATE cases_importbatch SET undone_at = now() WHERE id = p_batch;
END $$;
