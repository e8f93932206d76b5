-- What somebody reported himself, as he told it, and what became of it. No number and no key of the
-- dossier: it is the same report whether we knew the person already or not. INT-10.

-- settings.REPORT_DAYS; a test compares them.
CREATE FUNCTION vh.report_days() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 183 $$;

-- Of somebody from whom he is barred, or who is under a regime that is not his, he hears nothing more.
-- That somebody was admitted has no day: it may have been before he was reported.
CREATE FUNCTION vh.own_reports()
RETURNS TABLE (id uuid, reported_as text, reported_at timestamptz, outcome text, route text,
               advice text, decided_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id, a.reported_as, a.reported_at, coalesce(w.status, ''), coalesce(w.route, ''),
    coalesce(w.advice, ''), CASE WHEN w.status = 'niet_toegelaten' THEN w.decided_on END
  FROM cases_aanmelding a
  JOIN partners_user u ON u.id = a.reported_by_id
  LEFT JOIN cases_weging w ON w.case_id = a.case_id AND w.status <> 'gevraagd'
    AND a.case_id <> ALL (vh.barred())
    AND (vh.process_view() OR vh.may_take_part(a.case_id, u.personal_group_id))
  WHERE a.reported_by_id = vh.uid() AND vh.works_with_persons()
    AND (w.id IS NULL OR vh.day(a.reported_at) > vh.today() - vh.report_days())
  ORDER BY a.reported_at DESC, a.id
$$;
