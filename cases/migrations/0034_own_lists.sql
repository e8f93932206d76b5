-- How a list of one's own organisation was read in. Only how many lines there were and how many could
-- not be read: who was known already, or is doubted, is not for who supplied it. INT-10.
CREATE FUNCTION vh.own_lists()
RETURNS TABLE (id uuid, supplied_on date, read_in_on date, lines int, unreadable int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT b.id, b.supplied_on, vh.day(b.confirmed_at), count(r.id)::int,
    (count(r.id) FILTER (WHERE r.outcome = 'afgewezen' AND r.decision = ''))::int
  FROM cases_importbatch b
  JOIN partners_user u ON u.organisation_id = b.source_id AND u.id = vh.uid()
  LEFT JOIN cases_importrow r ON r.batch_id = b.id
  WHERE vh.works_with_persons() AND b.undone_at IS NULL
    AND vh.day(b.confirmed_at) > vh.today() - vh.report_days()
  GROUP BY b.id
  ORDER BY b.confirmed_at DESC, b.id
$$;
