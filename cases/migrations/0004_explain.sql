-- Why somebody may see something, or not, at any moment; and what a change would open or close.
-- Both ask vh.weigh (0003_wall.sql): an explanation that is not the decision itself explains nothing.

-- Of any case at all: the one that decides first. Without a case only the person himself is weighed.
CREATE FUNCTION vh.weigh_any(p_user bigint, p_scope text, p_at timestamptz,
    OUT allowed boolean, OUT rule text, OUT row_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT w.allowed, w.rule, w.row_id FROM (
    SELECT DISTINCT p.content_object_id AS id FROM cases_participation p
      JOIN partners_membership m ON m.group_id = p.group_id
      WHERE m.user_id = p_user AND p.permission_id = vh.scope(p_scope)
    UNION ALL (SELECT c.id FROM cases_case c WHERE vh.process_view_at(p_user, p_at)
      AND c.opened_at <= p_at AND NOT c.id = ANY (vh.barred_at(p_user, p_at)) ORDER BY c.number LIMIT 1)
    UNION ALL SELECT NULL) AS one, LATERAL vh.weigh(p_user, one.id, p_scope, p_at) w
  ORDER BY w.allowed DESC, w.rule = 'nothing', w.row_id DESC LIMIT 1
$$;

-- "Mag X dit zien, en waarom?" Without a number: any case. Asked by the privacy officer, by who
-- leads the case, and by everybody about himself; it does not answer others. A case that is not
-- there and a case that was never granted are the same answer. To who leads it is as if nobody was
-- ever barred: any other answer about somebody to whom he gave access himself would tell. To who is
-- barred it is as if nothing was ever granted.
CREATE FUNCTION vh.explain(p_user bigint, p_number text, p_scope text, p_at timestamptz)
RETURNS TABLE (allowed boolean, rule text, ground text, first_day date, last_day date,
  begun_at timestamptz, ended_at timestamptz, reason text, by_whom bigint, via_group int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_case uuid := (SELECT id FROM cases_case WHERE number = p_number);
  v_knows_bars boolean := vh.has_role('fg');
  v record;
BEGIN
  IF NOT (p_user = vh.uid() OR v_knows_bars OR vh.may(v_case, 'lead_case')) THEN
    RAISE EXCEPTION 'you may not ask what somebody else may see' USING errcode = '42501';
  END IF;
  IF p_number IS NULL THEN
    SELECT * INTO v FROM vh.weigh_any(p_user, p_scope, p_at);
  ELSE
    SELECT * INTO v FROM vh.weigh(p_user, v_case, p_scope, p_at,
      p_heed_bars => v_knows_bars OR p_user = vh.uid());
  END IF;
  RETURN QUERY
    SELECT v.allowed, v.rule, p.basis::text, p.start_date, p.end_date, p.granted_at, p.closed_at,
        p.reason::text, p.granted_by_id, p.group_id
      FROM cases_participation p WHERE v.rule ^@ 'participation' AND p.id = v.row_id
    UNION ALL (SELECT v.allowed, v.rule, a.role::text, a.start_date, a.end_date, a.granted_at,
        NULL::timestamptz, NULL, a.granted_by_id, NULL::int
      FROM partners_appointment a
      WHERE v.rule IN ('no_role', 'process_view') AND a.user_id = p_user AND a.granted_at <= p_at
        AND (v.rule = 'no_role' OR a.role = ANY (vh.roles_at(p_user, p_at)))
      ORDER BY a.role IN ('bedrijfsbureau', 'manager') DESC, a.end_date DESC NULLS FIRST LIMIT 1)
    UNION ALL (SELECT v.allowed, v.rule, NULL, vh.day(r.began_at), r.last_day, r.began_at, NULL, NULL,
        NULL, NULL
      FROM partners_bevestigingsronde r WHERE v.rule = 'not_confirmed' AND r.began_at <= p_at
        AND r.last_day < vh.day(p_at) ORDER BY r.last_day DESC LIMIT 1)
    UNION ALL (SELECT v.allowed, v.rule, NULL, NULL, NULL, a.on_from, a.off_from, NULL, NULL, NULL
      FROM partners_activation a WHERE v.rule = 'account_off' AND a.user_id = p_user
        AND a.on_from <= p_at ORDER BY a.on_from DESC LIMIT 1)
    UNION ALL (SELECT v.allowed, v.rule, NULL, NULL, NULL, b.set_at, NULL, NULL, b.set_by_id, NULL
      FROM cases_bar b WHERE v.rule = 'bar' AND v_knows_bars AND b.user_id = p_user
        AND b.case_id = v_case AND b.set_at <= p_at
        AND (b.lifted_at IS NULL OR b.lifted_at > p_at) ORDER BY b.set_at DESC LIMIT 1);
  IF NOT FOUND THEN
    RETURN QUERY SELECT v.allowed,
      CASE WHEN v.rule = 'bar' AND NOT v_knows_bars THEN 'nothing' ELSE v.rule END, NULL,
      NULL::date, NULL::date, NULL::timestamptz, NULL::timestamptz, NULL, NULL::bigint, NULL::int;
  END IF;
END $$;

-- Everything that somebody holds at a moment, as far as whoever asks may know of the case: for the
-- dry run, that compares before and after. A row without a case: the process data of all cases.
CREATE FUNCTION vh.reach(p_user bigint, p_case uuid, p_at timestamptz)
RETURNS TABLE (case_id uuid, scope text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH held AS (
    SELECT DISTINCT p.content_object_id AS id, s.codename::text AS scope
    FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
      JOIN partners_membership m ON m.group_id = p.group_id
    WHERE m.user_id = p_user AND (p_case IS NULL OR p.content_object_id = p_case)
  ), known AS MATERIALIZED (  -- by whoever asks: once for each case, and not for each part of it
    SELECT c.id FROM (SELECT DISTINCT id FROM held) c
    WHERE vh.may(c.id, 'lead_case') OR (vh.process_view() AND NOT c.id = ANY (vh.barred()))
  )
  SELECT held.id, held.scope FROM held JOIN known USING (id), LATERAL vh.weigh(p_user, held.id,
    held.scope, p_at, p_heed_bars => vh.process_view()) w  -- to who leads it betrays no bar
  WHERE w.allowed
  UNION ALL SELECT NULL, 'know_case'
  WHERE p_case IS NULL AND vh.process_view() AND vh.process_view_at(p_user, p_at)
$$;
