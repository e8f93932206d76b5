-- Who may read the access log, and how much of it. Nobody reads the table itself.

-- The functionaris gegevensbescherming reads all of it, the newest line first, from `p_before` back.
CREATE FUNCTION vh.read_log(p_user bigint, p_number text, p_organisation text, p_from timestamptz,
    p_until timestamptz, p_action text, p_outcomes text[], p_before bigint, p_limit int)
RETURNS SETOF veiligheidshuis_accesslogentry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM vh.require_role('fg');
  RETURN QUERY
    SELECT e.* FROM veiligheidshuis_accesslogentry e
    WHERE (p_user IS NULL OR e.user_id = p_user)
      AND (p_number IS NULL OR e.subjects && ARRAY[p_number, 'number=' || p_number])
      AND (p_organisation IS NULL OR e.organisation = p_organisation)
      AND (p_from IS NULL OR e.at >= p_from) AND (p_until IS NULL OR e.at < p_until)
      AND (p_action IS NULL OR e.action = p_action)
      AND (p_outcomes IS NULL OR e.outcome = ANY (p_outcomes))
      AND (p_before IS NULL OR e.id < p_before)
    ORDER BY e.id DESC LIMIT p_limit;
END $$;

-- The privacyfunctionaris of a partner reads what the people of his own organisation did, while they
-- worked there. Which dossier it was is not his to know: he is told how many. AUD-14.
CREATE FUNCTION vh.read_own_people(p_user bigint, p_from timestamptz, p_until timestamptz,
    p_outcomes text[], p_before bigint, p_limit int)
RETURNS TABLE (id bigint, at timestamptz, user_id bigint, username text, organisation text,
  roles text, on_behalf_of text, emergency boolean, action text, scope text, ground text,
  purpose text, outcome text, dossiers int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET plan_cache_mode = force_custom_plan AS $$
DECLARE v_organisation text;
BEGIN
  PERFORM vh.require_role('privacyfunctionaris');
  SELECT o.name INTO STRICT v_organisation FROM partners_user u
    JOIN partners_organisation o ON o.id = u.organisation_id WHERE u.id = vh.uid();
  RETURN QUERY
    SELECT e.id, e.at, e.user_id, e.username::text, e.organisation::text, e.roles::text, ''::text,
      e.emergency, e.action::text, e.scope::text,
      -- who reads the log may have asked for one dossier
      CASE WHEN e.action = 'logboek lezen' THEN '' ELSE e.ground END,
      e.purpose::text, e.outcome::text,
      (SELECT count(*)::int FROM unnest(e.subjects) AS s WHERE s LIKE 'VH-%')
    FROM veiligheidshuis_accesslogentry e
    WHERE e.organisation = v_organisation AND (p_user IS NULL OR e.user_id = p_user)
      AND (p_from IS NULL OR e.at >= p_from) AND (p_until IS NULL OR e.at < p_until)
      AND (p_outcomes IS NULL OR e.outcome = ANY (p_outcomes))
      AND (p_before IS NULL OR e.id < p_before)
    ORDER BY e.id DESC LIMIT p_limit;
END $$;

-- Whether the asking user may be told who looked into this case: who leads it, and the FG.
CREATE FUNCTION vh.may_know_looks(p_number text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.has_role('fg')
    OR coalesce(vh.may((SELECT id FROM cases_case WHERE number = p_number), 'lead_case'), false)
$$;

-- The lines in which something of this case was shown to somebody. Who reads the log or asks who may
-- see a case sees nothing of it.
CREATE FUNCTION vh.shown_of(p_number text) RETURNS SETOF veiligheidshuis_accesslogentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT * FROM veiligheidshuis_accesslogentry
  WHERE subjects @> ARRAY[p_number] AND user_id > 0 AND action NOT IN ('logboek lezen', 'uitleg vragen')
    AND outcome NOT IN ('niet gevonden', 'geweigerd')
$$;

-- "Wie keek". Without the other people of a line that shows more than one.
CREATE FUNCTION vh.looks_at(p_number text, p_before bigint, p_limit int)
RETURNS TABLE (id bigint, at timestamptz, user_id bigint, username text, organisation text,
  roles text, on_behalf_of text, emergency boolean, action text, scope text, ground text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.may_know_looks(p_number) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT e.id, e.at, e.user_id, e.username::text, e.organisation::text, e.roles::text,
      e.on_behalf_of::text, e.emergency, e.action::text, e.scope::text, e.ground
    FROM vh.shown_of(p_number) e
    WHERE p_before IS NULL OR e.id < p_before ORDER BY e.id DESC LIMIT p_limit;
END $$;

-- For the client: on which days an organisation looked, and nobody's name. AVG 15, SEC-07.
CREATE FUNCTION vh.looking_days(p_number text) RETURNS TABLE (organisation text, day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.may_know_looks(p_number) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT DISTINCT e.organisation::text, (e.at AT TIME ZONE 'Europe/Amsterdam')::date
    FROM vh.shown_of(p_number) e ORDER BY 1, 2;
END $$;
