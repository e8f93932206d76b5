-- What somebody who is invited may know of the rest of the agenda: that there is a point, no more.
CREATE FUNCTION vh.agenda_positions(p_overleg uuid) RETURNS SETOF smallint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.has_role('bedrijfsbureau', 'manager')
          OR EXISTS (SELECT FROM agenda_invitation v
                     WHERE v.overleg_id = p_overleg AND v.user_id = vh.uid())
          OR EXISTS (SELECT FROM agenda_casusoverleg o
                     WHERE o.id = p_overleg AND o.note_taker_id = vh.uid())) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT i.position::smallint FROM agenda_agendaitem i
    WHERE i.overleg_id = p_overleg ORDER BY 1;
END $$;
