-- Who sits at which table. These functions answer once for a statement, so that the policies probe
-- a small set of ids. {know_case} and {lead_case} stand for the question of veiligheidshuis.locks.

-- The points the asking user is invited to, of cases that he may (still) know.
CREATE FUNCTION vh.my_agenda_items() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(i.id), '{}')
  FROM agenda_invitation v JOIN agenda_agendaitem i ON i.id = v.item_id
  WHERE v.user_id = vh.uid() AND {know_case}
$$;

-- The meetings of which he takes the notes, until their minutes are adopted.
CREATE FUNCTION vh.my_note_taking() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(id), '{}') FROM agenda_casusoverleg
  WHERE note_taker_id = vh.uid() AND status NOT IN ('vastgesteld', 'afgezegd') AND vh.works_with_persons()
$$;

-- The meetings to which he is a party: invited to a point, taking notes, or leading a case.
CREATE FUNCTION vh.my_overleggen() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(mine.id), '{}') FROM (
    SELECT i.overleg_id AS id FROM agenda_agendaitem i
    WHERE i.id = ANY (vh.my_agenda_items())
    UNION
    SELECT i.overleg_id FROM cases_participation led
    JOIN agenda_agendaitem i ON i.case_id = led.content_object_id
    WHERE led.group_id = ANY ((SELECT vh.principals())::int[])
      AND led.permission_id = (SELECT vh.scope('lead_case')) AND {lead_case}
    UNION
    SELECT unnest(vh.my_note_taking())) AS mine
$$;

-- The note-taker of a meeting knows the case of one of its points and writes its minutes, until
-- they are adopted. The point is the ground: without it on the agenda nobody takes notes of a case.
CREATE FUNCTION vh.let_note(p_item uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_case uuid; v_overleg uuid; v_group int;
BEGIN
  SELECT i.case_id, o.id, u.personal_group_id INTO v_case, v_overleg, v_group
    FROM agenda_agendaitem i JOIN agenda_casusoverleg o ON o.id = i.overleg_id
    JOIN partners_user u ON u.id = o.note_taker_id
    WHERE i.id = p_item AND o.status NOT IN ('vastgesteld', 'afgezegd');
  IF v_case IS NULL OR NOT (vh.process_view() AND vh.may(v_case, 'know_case'))
     OR NOT vh.may_take_part(v_case, v_group) THEN
    RAISE EXCEPTION 'no notes are taken of this point' USING errcode = '42501';
  END IF;
  PERFORM vh.insert_participation(v_case, v_group, 'notulist', vh.basis_scopes('notulist'), NULL,
    '', v_overleg);
END $$;

-- Whether notes were taken of a point: the office reads them not, and takes no such point away.
CREATE FUNCTION vh.has_minutes(p_item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.process_view() AND EXISTS (SELECT FROM agenda_minutes m
    WHERE m.item_id = p_item AND vh.may(m.case_id, 'know_case'))
$$;

-- Whether a case fits on the agenda of a meeting: its points are of one regime. PRV-20.
CREATE FUNCTION vh.fits_overleg(p_overleg uuid, p_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.process_view() AND vh.may(p_case, 'know_case') AND NOT EXISTS (
    SELECT FROM agenda_agendaitem i WHERE i.overleg_id = p_overleg
      AND vh.regime_of(i.case_id) <> vh.regime_of(p_case))
$$;

-- What a party to the meeting may know of the rest of its agenda: that there is a point, no more.
CREATE FUNCTION vh.agenda_positions(p_overleg uuid) RETURNS SETOF smallint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.process_view() OR p_overleg = ANY (vh.my_overleggen())) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT i.position::smallint FROM agenda_agendaitem i
    WHERE i.overleg_id = p_overleg ORDER BY 1;
END $$;
