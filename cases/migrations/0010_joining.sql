-- Two dossiers of one person: what the office may learn of both, and how the one goes into the other.

-- Who compares two dossiers of one regime: the bedrijfsbureau, that may know both. PRV-20.
CREATE FUNCTION vh.require_comparing(p_case uuid, p_known uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.has_role('bedrijfsbureau') AND p_case <> p_known AND vh.may(p_case, 'know_case')
          AND vh.may(p_known, 'know_case')
          AND vh.regime_of(p_case) = vh.regime_of(p_known)) THEN
    RAISE EXCEPTION 'you may not compare these dossiers' USING errcode = '42501';
  END IF;
END $$;

-- Says that two numbers differ, and nothing of either.
CREATE FUNCTION vh.have_other_bsn(p_case uuid, p_known uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_comparing(p_case, p_known);
  RETURN (SELECT count(DISTINCT b.digest) = 2 FROM cases_clientbsn b
    JOIN cases_case c ON c.client_id = b.client_id WHERE c.id IN (p_case, p_known));
END $$;

-- All that hangs on a report goes to the dossier of the same person, as it was written. Whoever was
-- barred from the one is barred from the other. Everybody lets go of the report, and nobody comes to
-- know the dossier by it: who reported him may not learn that we knew him (INT-10). Of who was not
-- admitted nothing is left soon: a report that is joined to him would go along.
CREATE FUNCTION vh.join_case(p_case uuid, p_known uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_known cases_case%ROWTYPE;
BEGIN
  PERFORM vh.require_comparing(p_case, p_known);
  SELECT * INTO v_known FROM cases_case WHERE id = p_known;
  IF NOT EXISTS (SELECT FROM cases_case WHERE id = p_case AND status = 'aangemeld')
     OR v_known.status IN ('afgesloten', 'niet_toegelaten') OR v_known.joined_to_id IS NOT NULL
     OR vh.have_other_bsn(p_case, p_known)
     OR EXISTS (SELECT FROM cases_lijstplaats p JOIN cases_prioriteitenlijst l
       ON l.id = p.prioriteitenlijst_id WHERE p.case_id = p_case AND l.status = 'concept') THEN
    RAISE EXCEPTION 'this report can not be joined' USING errcode = '42501';
  END IF;
  INSERT INTO cases_bar (case_id, user_id, reason, set_by_id, set_at, lift_reason,
      first_processed_on)
    SELECT p_known, user_id, reason, set_by_id, now(), '', first_processed_on FROM cases_bar
    WHERE case_id = p_case AND lifted_at IS NULL
    ON CONFLICT DO NOTHING;
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = p_case AND closed_at IS NULL;
  INSERT INTO cases_clientbsn (client_id, ciphertext, digest, first_processed_on)
    SELECT v_known.client_id, b.ciphertext, b.digest, b.first_processed_on FROM cases_clientbsn b
      JOIN cases_case c ON c.client_id = b.client_id WHERE c.id = p_case
    ON CONFLICT DO NOTHING;
  UPDATE cases_offencerecord SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_timelineitem SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_document SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_aanmelding SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_deadline SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_importrow SET case_id = p_known WHERE case_id = p_case;
  UPDATE cases_case SET joined_to_id = p_known WHERE id = p_case;
END $$;
