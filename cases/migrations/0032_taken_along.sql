-- A list that begins with the former one begins with all of it: whoever opens it may be barred from
-- somebody on it, and nobody is let go of by that. They come along in their place, for the members of
-- the new meeting, and who opens the list notices nothing. S2, Aanpak: "worden niet meer losgelaten".
CREATE FUNCTION vh.take_along_unseen(p_list uuid, p_former uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_new cases_prioriteitenlijst;
  v_case uuid; v_position bigint;
BEGIN
  SELECT n.* INTO v_new FROM cases_prioriteitenlijst n
    JOIN cases_prioriteitenlijst f ON f.id = p_former AND f.regime = n.regime AND f.status <> 'concept'
    WHERE n.id = p_list AND n.status = 'concept' AND n.opened_by_id = vh.uid();
  IF v_new.id IS NULL OR NOT vh.process_view() THEN
    RAISE EXCEPTION 'you may not begin this list with that one' USING errcode = '42501';
  END IF;
  FOR v_case, v_position IN
    SELECT f.case_id, f.position FROM cases_lijstplaats f JOIN cases_case c ON c.id = f.case_id
    WHERE f.prioriteitenlijst_id = p_former AND c.regime = v_new.regime
      AND f.case_id = ANY (vh.barred())
      AND NOT EXISTS (SELECT FROM cases_lijstplaats
        WHERE prioriteitenlijst_id = p_list AND case_id = f.case_id)
    ORDER BY f.position, f.id
  LOOP
    INSERT INTO cases_lijstplaats (id, prioriteitenlijst_id, case_id, position, criteria_id,
        first_processed_on)
      SELECT gen_random_uuid(), p_list, v_case, coalesce(
          (SELECT max(n.position) + 1 FROM cases_lijstplaats n JOIN cases_lijstplaats f
             ON f.case_id = n.case_id AND f.prioriteitenlijst_id = p_former
           WHERE n.prioriteitenlijst_id = p_list AND f.position < v_position), 0),
        (SELECT id FROM veiligheidshuis_werkafspraak
           WHERE subject = 'criteria' AND withdrawn_at IS NULL AND valid_from <= vh.today()
           ORDER BY valid_from DESC LIMIT 1), vh.today();
    PERFORM vh.insert_participation(v_case, u.personal_group_id, 'selectie',
        CASE WHEN o.chain = 'straf' THEN ARRAY['know_case', 'view_justice']
          ELSE ARRAY['know_case'] END, NULL, '', p_list)
      FROM cases_selectielid m JOIN partners_user u ON u.id = m.user_id
      JOIN partners_organisation o ON o.id = u.organisation_id
      WHERE m.prioriteitenlijst_id = p_list AND u.id <> vh.uid()
        AND cardinality(vh.principals_at(u.id, statement_timestamp())) > 0
        AND vh.may_take_part(v_case, u.personal_group_id);
    INSERT INTO cases_timelineitem (id, case_id, at, kind, title, text, scope, author_id,
        first_processed_on)
      SELECT gen_random_uuid(), v_case, now(), 'lijst',
        'Voorgedragen op prioriteitenlijst ' || v_new.code, '', 'lead_case', vh.uid(), vh.today();
  END LOOP;
END $$;
