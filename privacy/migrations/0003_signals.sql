-- How people read, in numbers, for the clock that watches; and the signals it raises.

-- Whether somebody had business with a case on a day: a role in it, a meeting about it within two
-- weeks, or a task. Candidates are the task of bedrijfsbureau and manager, who see them by function;
-- of nobody else.
CREATE FUNCTION vh.had_business(p_user bigint, p_case uuid, p_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
      SELECT FROM cases_participation p JOIN partners_user_groups g ON g.group_id = p.group_id
      WHERE p.content_object_id = p_case AND g.user_id = p_user AND p.start_date <= p_day
        AND (p.end_date IS NULL OR p.end_date >= p_day)
        AND (p.closed_at IS NULL OR p.closed_at::date >= p_day))
    OR EXISTS (
      SELECT FROM agenda_agendaitem i JOIN agenda_casusoverleg o ON o.id = i.overleg_id
      WHERE i.case_id = p_case AND o."on" BETWEEN p_day - 14 AND p_day + 14
        AND (p_user IN (o.note_taker_id, o.planned_by_id) OR EXISTS (
          SELECT FROM agenda_invitation v WHERE v.item_id = i.id AND v.user_id = p_user)))
    OR EXISTS (
      SELECT FROM cases_timelineitem t
      WHERE t.case_id = p_case AND t.author_id = p_user AND t.kind <> 'lijst'  -- puts on everybody
        AND t.at::date BETWEEN p_day - 14 AND p_day)
    OR EXISTS (
      SELECT FROM cases_case c WHERE c.id = p_case AND c.status IN ('aangemeld', 'geprioriteerd')
        AND vh.process_view_at(p_user, least(statement_timestamp(),
              (p_day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' - interval '1 second')))
$$;

-- Each person's days of reading: what he opened, found, paged through and took along, each dossier
-- once a day. Whoever reads the log or asks who may see a case reads no case.
CREATE FUNCTION vh.reading_days(p_first date, p_last date, p_users bigint[])
RETURNS TABLE (user_id bigint, day date, opened int, searched int, listed int, taken_along int,
  refused int, at_night int, without_task int, namesakes int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET timezone = 'Europe/Amsterdam' AS $$
  WITH line AS (
    SELECT e.user_id, e.at::date AS day, extract(hour FROM e.at) NOT BETWEEN 6 AND 21 AS night,
      e.action, e.subjects, e.outcome
    FROM veiligheidshuis_accesslogentry e
    WHERE e.user_id > 0 AND e.at >= p_first::timestamptz AND e.at < (p_last + 1)::timestamptz
      AND (p_users IS NULL OR e.user_id = ANY (p_users))
      AND e.action NOT IN ('logboek lezen', 'uitleg vragen')
  ), seen AS (
    SELECT l.user_id, l.day, s AS number, bool_or(l.night) AS night,
      bool_or(l.action = 'zoeken') AS searched,
      bool_or(l.action <> 'zoeken' AND cardinality(l.subjects) = 1) AS opened,
      bool_or(l.action = 'inzien' AND cardinality(l.subjects) > 1) AS listed,
      bool_or(l.action = 'exporteren') AS taken_along
    FROM line l, unnest(l.subjects) AS s
    WHERE s LIKE 'VH-%' AND l.outcome NOT IN ('niet gevonden', 'geweigerd')
    GROUP BY 1, 2, 3
  ), judged AS (
    SELECT n.*, n.opened AND c.id IS NOT NULL
        AND NOT vh.had_business(n.user_id, c.id, n.day) AS without_task,
      n.opened AND lower(p.last_name) = lower(u.last_name) AS namesake
    FROM seen n JOIN partners_user u ON u.id = n.user_id
      LEFT JOIN cases_case c ON c.number = n.number LEFT JOIN cases_client p ON p.id = c.client_id
  ), refusals AS (
    SELECT l.user_id, l.day, count(*) AS refused FROM line l
    WHERE l.outcome = 'niet gevonden' GROUP BY 1, 2
  ), counted AS (
    SELECT j.user_id, j.day, count(*) FILTER (WHERE j.opened) AS opened,
      count(*) FILTER (WHERE j.searched) AS searched, count(*) FILTER (WHERE j.listed) AS listed,
      count(*) FILTER (WHERE j.taken_along) AS taken_along,
      count(*) FILTER (WHERE j.night) AS at_night,
      count(*) FILTER (WHERE j.without_task) AS without_task,
      count(*) FILTER (WHERE j.namesake) AS namesakes
    FROM judged j GROUP BY 1, 2
  )
  SELECT user_id, day, coalesce(c.opened, 0)::int, coalesce(c.searched, 0)::int,
    coalesce(c.listed, 0)::int, coalesce(c.taken_along, 0)::int, coalesce(r.refused, 0)::int,
    coalesce(c.at_night, 0)::int, coalesce(c.without_task, 0)::int, coalesce(c.namesakes, 0)::int
  FROM counted c FULL JOIN refusals r USING (user_id, day)
$$;

-- Who watches over privacy today, and has an account that is on.
CREATE FUNCTION vh.officers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT ARRAY(SELECT DISTINCT a.user_id FROM partners_appointment a
    JOIN partners_user u ON u.id = a.user_id
    WHERE a.role = 'fg' AND u.is_active AND a.start_date <= vh.today()
      AND (a.end_date IS NULL OR a.end_date >= vh.today()))
$$;

-- Keep a signal once; then who is to be told, and NULL when it was there already.
CREATE FUNCTION vh.raise_signal(p_kind text, p_user bigint, p_day date, p_count int)
RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO privacy_signal (id, kind, user_id, day, count, raised_at, finding)
    VALUES (gen_random_uuid(), p_kind, p_user, p_day, p_count, now(), '') ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN vh.officers();
END $$;

-- Whose second factor two others agreed to take away, or who stopped that, on which day. AUTH-12.
CREATE FUNCTION vh.reset_days(p_first date, p_last date)
RETURNS TABLE (user_id bigint, day date, count int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.user_id, vh.day(coalesce(r.approved_at, r.closed_at)), count(*)::int
  FROM partners_factorreset r
  WHERE (r.approved_at IS NOT NULL OR r.status = 'tegengehouden')
    AND vh.day(coalesce(r.approved_at, r.closed_at)) BETWEEN p_first AND p_last
  GROUP BY 1, 2
$$;

GRANT EXECUTE ON FUNCTION vh.reading_days(date, date, bigint[]), vh.reset_days(date, date),
  vh.raise_signal(text, bigint, date, int), vh.officers() TO vh_clock;
