-- Who needs to know a case: the functions that answer it, and the only ones that write it down.

CREATE SEQUENCE cases_case_number;
GRANT USAGE ON SEQUENCE cases_case_number TO vh_kern;

CREATE FUNCTION vh.case_type() RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT id FROM django_content_type WHERE app_label = 'cases' AND model = 'case' $$;

CREATE FUNCTION vh.scope(p_scope text) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT id FROM auth_permission WHERE codename = p_scope AND content_type_id = vh.case_type() $$;

CREATE FUNCTION vh.barred_at(p_user bigint, p_at timestamptz) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(case_id), '{}') FROM cases_bar
  WHERE user_id = p_user AND set_at <= p_at AND (lifted_at IS NULL OR lifted_at > p_at)
$$;

CREATE FUNCTION vh.barred() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.barred_at(vh.uid(), statement_timestamp()) $$;

-- The rule of need-to-know, in the order in which it decides: may somebody see this part of this
-- case at that moment, by which rule, and by which row. The live question (vh.may), the explanation
-- (vh.explain) and the dry run (vh.reach) all ask it here; the policies (veiligheidshuis/locks.py)
-- and `visible_to` say the same for many rows at once, and a test compares all of them.
-- Without p_heed_bars: as who leads a case may know it, for a bar is not his to know.
CREATE FUNCTION vh.weigh(p_user bigint, p_case uuid, p_scope text, p_at timestamptz,
    p_heed_bars boolean DEFAULT true, OUT allowed boolean, OUT rule text, OUT row_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_regimes text[] := vh.regimes_at(p_user, p_at); v_counts boolean;
BEGIN
  allowed := false;
  IF NOT vh.account_on(p_user, p_at) THEN rule := 'account_off'; RETURN; END IF;
  IF v_regimes = '{}' THEN rule := 'no_participant'; RETURN; END IF;
  IF NOT vh.confirmed(p_user, vh.day(p_at), p_at) THEN rule := 'not_confirmed'; RETURN; END IF;
  IF NOT vh.works_at(p_user, p_at) THEN rule := 'no_role'; RETURN; END IF;
  IF p_heed_bars AND p_case = ANY (vh.barred_at(p_user, p_at)) THEN rule := 'bar'; RETURN; END IF;

  SELECT p.id, p.regime = ANY (v_regimes) INTO row_id, v_counts FROM cases_participation p
    WHERE p.content_object_id = p_case AND p.permission_id = vh.scope(p_scope)
      AND p.group_id = ANY (vh.principals_at(p_user, p_at)) AND p.granted_at <= p_at
      AND p.start_date <= vh.day(p_at) AND (p.end_date IS NULL OR p.end_date >= vh.day(p_at))
      AND (p.closed_at IS NULL OR p.closed_at > p_at)
    ORDER BY p.regime = ANY (v_regimes) DESC, p.granted_at, p.id LIMIT 1;
  IF v_counts THEN allowed := true; rule := 'participation'; RETURN; END IF;

  IF p_scope = 'know_case' AND vh.process_view_at(p_user, p_at)
     AND EXISTS (SELECT FROM cases_case WHERE id = p_case AND opened_at <= p_at) THEN
    allowed := true; rule := 'process_view'; row_id := NULL; RETURN;
  END IF;

  -- Given under a regime in which his organisation has no part (any more). PRV-20.
  IF row_id IS NOT NULL THEN rule := 'participation_other_regime'; RETURN; END IF;

  -- What he had before, or will have, tells more than "nothing".
  SELECT p.id INTO row_id FROM cases_participation p
    WHERE p.content_object_id = p_case AND p.permission_id = vh.scope(p_scope)
      AND p.granted_at <= p_at AND p.group_id IN (SELECT m.group_id FROM partners_membership m
        WHERE m.user_id = p_user AND m.joined_at <= p_at)
    ORDER BY p.granted_at DESC, p.id DESC LIMIT 1;
  rule := CASE WHEN FOUND THEN 'participation_not_in_force' ELSE 'nothing' END;
END $$;

-- The question of the policies, for one case; for use inside these functions only.
CREATE FUNCTION vh.may(p_case uuid, p_scope text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT allowed FROM vh.weigh(vh.uid(), p_case, p_scope, statement_timestamp()) $$;

-- The fixed set of each basis. The same table stands in cases.access.GRANTS; a test compares them.
CREATE FUNCTION vh.basis_scopes(p_basis text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT CASE p_basis
    WHEN 'aandragen' THEN ARRAY['know_case']
    WHEN 'weging' THEN ARRAY['know_case', 'view_report']
    WHEN 'selectie' THEN ARRAY['know_case', 'view_justice']
    WHEN 'toewijzing' THEN ARRAY['know_case', 'lead_case', 'view_report', 'view_bsn',
      'view_contact', 'view_secret_address', 'view_justice', 'view_plan', 'view_victim',
      'view_identiteitspapieren', 'view_huisvesting', 'view_werk_inkomen', 'view_educatie',
      'view_gezondheid', 'view_zelfredzaamheid', 'view_schuldsanering']
    WHEN 'leveringsvraag' THEN ARRAY['know_case']
    WHEN 'uitvoering' THEN ARRAY['know_case']
    WHEN 'notulist' THEN ARRAY['know_case', 'minutes']
    WHEN 'waarneming' THEN ARRAY['know_case', 'lead_case', 'view_report', 'view_contact', 'view_justice',
      'view_plan', 'view_identiteitspapieren', 'view_huisvesting', 'view_werk_inkomen',
      'view_educatie', 'view_gezondheid', 'view_zelfredzaamheid', 'view_schuldsanering']
    WHEN 'overdracht' THEN ARRAY['know_case', 'view_report', 'view_contact', 'view_justice',
      'view_plan', 'view_identiteitspapieren', 'view_huisvesting', 'view_werk_inkomen',
      'view_educatie', 'view_gezondheid', 'view_zelfredzaamheid', 'view_schuldsanering']
    WHEN 'noodtoegang' THEN ARRAY['know_case', 'view_report', 'view_contact', 'view_justice',
      'view_plan', 'view_identiteitspapieren', 'view_huisvesting', 'view_werk_inkomen',
      'view_educatie', 'view_gezondheid', 'view_zelfredzaamheid', 'view_schuldsanering']
    WHEN 'slachtoffer' THEN ARRAY['know_case', 'view_victim']
  END
$$;

-- The role that a basis rests on: what was given for it ends with it, also for who keeps another role
-- with persons. The other bases ask some role with persons (vh.works_at), whichever. ADR 0032.
CREATE FUNCTION vh.basis_role(p_basis text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT CASE
    WHEN p_basis IN ('toewijzing', 'waarneming', 'overdracht') THEN 'interventiemanager'
    WHEN p_basis = 'noodtoegang' THEN 'bedrijfsbureau'
  END
$$;

-- On which days the person of this group has a role.
CREATE FUNCTION vh.role_days(p_group int, p_role text) RETURNS datemultirange
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(range_agg(daterange(a.start_date, a.end_date, '[]')), '{}')
  FROM partners_appointment a JOIN partners_user u ON u.id = a.user_id
  WHERE u.personal_group_id = p_group AND a.role = p_role
$$;

-- The days from which and until which something is given: one period, or as many as the role has in it.
CREATE FUNCTION vh.days_given(p_group int, p_basis text, p_first date, p_last date)
RETURNS TABLE (first_day date, last_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p_first, p_last WHERE vh.basis_role(p_basis) IS NULL
  UNION ALL SELECT lower(part), upper(part) - 1
  FROM unnest(vh.role_days(p_group, vh.basis_role(p_basis))
              * datemultirange(daterange(p_first, p_last, '[]'))) AS part
  WHERE vh.basis_role(p_basis) IS NOT NULL
$$;

-- Under which regime a case is. PRV-20.
CREATE FUNCTION vh.regime_of(p_case uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT regime FROM cases_case WHERE id = p_case $$;

-- Under which regimes a group may take part: one person's, or one organisation's.
CREATE FUNCTION vh.regimes_of_group(p_group int) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.regimes_of(o.id, statement_timestamp())
  FROM partners_organisation o LEFT JOIN partners_user u
    ON u.organisation_id = o.id AND u.personal_group_id = p_group
  WHERE o.group_id = p_group OR u.is_active
$$;

-- A group may take part in a case when the regime of that case lets its organisation: by the closed
-- list of the law (WGS 2.27), or by the covenants in force (S2).
CREATE FUNCTION vh.may_take_part(p_case uuid, p_group int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT coalesce(vh.regime_of(p_case) = ANY (vh.regimes_of_group(p_group)), false) $$;

-- Whether a case was closed: then nobody comes in any more, on whatever ground. WGS 2.31 lid 8.
CREATE FUNCTION vh.is_closed(p_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT EXISTS (SELECT FROM cases_case WHERE id = p_case AND status = 'afgesloten') $$;

-- From a day (default today), until and with a day; or until a moment, for access by the hour. Never
-- outside the days of the role that it is given for.
CREATE FUNCTION vh.insert_participation(p_case uuid, p_group int, p_basis text, p_scopes text[],
    p_end date, p_reason text, p_because_of uuid, p_start date DEFAULT NULL,
    p_until timestamptz DEFAULT NULL) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO cases_participation (group_id, permission_id, content_object_id, start_date,
      end_date, basis, because_of, reason, granted_by_id, granted_at, closed_at, closed_by_id,
      regime, first_processed_on)
    SELECT p_group, vh.scope(s), p_case, d.first_day, d.last_day, p_basis,
      p_because_of, p_reason, vh.uid(), now(), p_until,
      CASE WHEN p_until IS NOT NULL THEN vh.uid() END, vh.regime_of(p_case), vh.today()
    FROM unnest(p_scopes) AS s,
      vh.days_given(p_group, p_basis, coalesce(p_start, vh.today()), p_end) AS d
    WHERE NOT vh.is_closed(p_case)
    ON CONFLICT DO NOTHING
$$;

-- To whom a case was given last: who leads it, or led it until his role ended and nobody took it over.
CREATE FUNCTION vh.given_to(p_case uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT group_id FROM cases_participation WHERE content_object_id = p_case AND basis = 'toewijzing'
  ORDER BY granted_at DESC, id DESC LIMIT 1
$$;

CREATE FUNCTION vh.next_case_number() RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT 'VH-' || extract(year FROM vh.today()) || '-' || lpad(n, greatest(4, length(n)), '0')
  FROM CAST(nextval('cases_case_number') AS text) AS n
$$;

-- Nobody but this function writes a new case: a number that one could choose would betray, by the
-- unique key, which numbers exist. Its client comes after it (the key is checked at the end), for a
-- client is visible by his case.
CREATE FUNCTION vh.open_case(p_case uuid, p_client uuid, p_doelgroep text, p_source bigint,
    p_source_note text, p_regime text, p_reason text, p_ground text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_number text;
BEGIN
  IF NOT (vh.works_with_persons() AND p_regime = ANY (vh.regimes())) THEN
    RAISE EXCEPTION 'only who may take part under a regime puts people forward under it (WGS 2.31 lid 1)'
      USING errcode = '42501';
  END IF;
  IF EXISTS (SELECT FROM cases_case WHERE id = p_case OR client_id = p_client)
     OR EXISTS (SELECT FROM cases_client WHERE id = p_client)
     OR EXISTS (SELECT FROM cases_participation WHERE content_object_id = p_case) THEN
    RAISE EXCEPTION 'no such new case' USING errcode = '42501';
  END IF;
  v_number := vh.next_case_number();
  INSERT INTO cases_case (id, number, client_id, doelgroep, status, source_id, source_note,
      opened_at, opened_by_id, regime, werkwijze_on, first_processed_on)
    VALUES (p_case, v_number, p_client, p_doelgroep, 'aangemeld', p_source, p_source_note, now(),
      vh.uid(), p_regime, vh.today(), vh.today());
  PERFORM vh.note_regime(p_case, p_regime, p_reason, p_ground, p_source, vh.today());
  IF NOT vh.process_view() THEN
    PERFORM vh.insert_participation(p_case, u.personal_group_id, 'aandragen',
      vh.basis_scopes('aandragen'), NULL, '', NULL) FROM partners_user u WHERE u.id = vh.uid();
  END IF;
  RETURN v_number;
END $$;

-- Whoever is named to stand in for an absent interventiemanager leads every case of his, for exactly
-- those days. Asked when the absence is noted and when a case comes to him; what is granted already
-- stays as it is. DOS-18.
CREATE FUNCTION vh.stand_in(p_user bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.insert_participation(led.case_id, s.personal_group_id, 'waarneming',
      vh.basis_scopes('waarneming'), a.end_date, '', a.id, greatest(a.start_date, vh.today()))
    FROM partners_absence a
    JOIN partners_user u ON u.id = a.user_id
    JOIN partners_user s ON s.id = a.stand_in_id AND s.id <> vh.uid()  -- nobody names himself
    JOIN LATERAL (SELECT DISTINCT p.content_object_id AS case_id FROM cases_participation p
      WHERE p.group_id = u.personal_group_id AND p.basis = 'toewijzing' AND p.closed_at IS NULL
        AND (p.end_date IS NULL OR p.end_date >= greatest(a.start_date, vh.today()))
    ) AS led ON true
    WHERE a.user_id = p_user AND a.end_date >= vh.today()
      AND vh.may_take_part(led.case_id, s.personal_group_id);
END $$;

-- The stand-in follows the absence: it begins and ends with it, whoever writes it down.
CREATE FUNCTION vh.follow_absence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
      WHERE basis = 'waarneming' AND because_of = OLD.id AND closed_at IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.stand_in_id IS NOT NULL THEN
    PERFORM vh.stand_in(NEW.user_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stand_in AFTER INSERT OR UPDATE OR DELETE ON partners_absence
  FOR EACH ROW EXECUTE FUNCTION vh.follow_absence();

-- Whom he was given and nobody took over he leads on every further day of his role, when the regime of
-- that dossier still lets his organisation take part. PRV-20.
CREATE FUNCTION vh.lead_again(p_group int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.insert_participation(led.case_id, p_group, 'toewijzing', vh.basis_scopes('toewijzing'),
    NULL, '', led.case_id, led.first_day)
  FROM (SELECT content_object_id AS case_id, greatest(vh.today(), max(end_date) FILTER (WHERE closed_at IS NULL) + 1)
      AS first_day
    FROM cases_participation WHERE group_id = p_group AND basis = 'toewijzing'
    GROUP BY content_object_id HAVING NOT bool_or(closed_at IS NULL AND end_date IS NULL)) AS led
  WHERE vh.given_to(led.case_id) = p_group AND vh.may_take_part(led.case_id, p_group)
$$;

-- What was given for a role follows the days of that role, in the statement that changes them and
-- whoever does so: what runs on is cut off, what counts on none of its days stops now. A client stays
-- given to his interventiemanager until another takes him over; who has that role again leads him
-- again. DOS-05, REG-08; ADR 0032.
CREATE FUNCTION vh.follow_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_group int := (SELECT personal_group_id FROM partners_user WHERE id = NEW.user_id);
  v_days datemultirange := vh.role_days(v_group, NEW.role);
  -- the clock and who repairs as the owner are nobody: then it is closed for who gave it
  v_by bigint := nullif(nullif(current_setting('vh.user_id', true), ''), '0');
BEGIN
  UPDATE cases_participation p SET closed_at = now(), closed_by_id = coalesce(v_by, p.granted_by_id)
    WHERE p.group_id = v_group AND vh.basis_role(p.basis) = NEW.role
      AND (p.closed_at IS NULL OR p.closed_at > now())
      AND (p.end_date IS NULL OR p.end_date >= vh.today())
      AND NOT v_days @> greatest(p.start_date, vh.today());
  UPDATE cases_participation p SET end_date = upper(part) - 1
    FROM unnest(v_days) AS part
    WHERE p.group_id = v_group AND vh.basis_role(p.basis) = NEW.role
      AND (p.closed_at IS NULL OR p.closed_at > now())
      AND part @> greatest(p.start_date, vh.today())
      AND coalesce(p.end_date, 'infinity') >= upper(part);
  IF v_by IS NOT NULL AND NEW.role = vh.basis_role('toewijzing') THEN
    PERFORM vh.lead_again(v_group);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_role AFTER INSERT OR UPDATE ON partners_appointment
  FOR EACH ROW EXECUTE FUNCTION vh.follow_role();

-- Whose account is switched off lets go of what he was given; when he is let in again he starts anew.
-- Whom he leads he keeps, until they are handed over: never let go.
CREATE FUNCTION vh.let_go_when_off() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_setting('vh.user_id', true) <> '' THEN  -- who repairs as the owner closes by himself
    UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
      WHERE group_id = NEW.personal_group_id AND basis NOT IN ('toewijzing', 'aandragen')
        AND closed_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER let_go_when_off AFTER UPDATE OF is_active ON partners_user
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
  EXECUTE FUNCTION vh.let_go_when_off();

-- Whoever is to support one victim has work in the case until that day, by name or as a contact
-- point: being asked, taking notes or judging is no such work. The bases: cases.access.WITH_A_ROLE.
CREATE FUNCTION vh.has_part(p_case uuid, p_group int, p_until date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_user u JOIN cases_participation p
      ON p.group_id = ANY (vh.principals_at(u.id, statement_timestamp()))
    WHERE u.personal_group_id = p_group AND p.content_object_id = p_case
      AND p.basis IN ('hand', 'uitvoering', 'waarneming') AND p.start_date <= vh.today()
      AND (p.end_date IS NULL OR p.end_date >= p_until)
      AND (p.closed_at IS NULL OR p.closed_at > statement_timestamp()))
$$;

-- When that work ends, so does the support, whoever ends it and in whatever way. Once for all that a
-- statement closes: asked row by row it took two seconds where a hundred grants ended at once.
CREATE FUNCTION vh.let_go_of_victims() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_cases uuid[] := ARRAY(SELECT DISTINCT n.content_object_id FROM now_there n
  JOIN was_there w ON w.id = n.id AND w.closed_at IS NULL
  WHERE n.closed_at IS NOT NULL AND n.basis IN ('hand', 'uitvoering', 'waarneming'));
BEGIN
  -- who repairs as the owner closes by himself
  IF v_cases <> '{}' AND current_setting('vh.user_id', true) <> '' THEN
    UPDATE cases_participation p SET closed_at = now(), closed_by_id = vh.uid()
      WHERE p.content_object_id = ANY (v_cases) AND p.basis = 'slachtoffer'
        AND p.closed_at IS NULL AND NOT vh.has_part(p.content_object_id, p.group_id, vh.today());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER let_go_of_victims AFTER UPDATE ON cases_participation
  REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION vh.let_go_of_victims();

-- The interventiemanager himself, to whom the whole case was given: not who stands in for him, and
-- not who supports one victim.
CREATE FUNCTION vh.keeps_victims(p_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.may(p_case, 'lead_case') AND vh.may(p_case, 'view_victim')
    AND EXISTS (SELECT FROM cases_participation p
      WHERE p.content_object_id = p_case AND p.basis = 'toewijzing'
        AND p.group_id = ANY (vh.principals()) AND p.regime = ANY (vh.regimes())
        AND p.closed_at IS NULL)
$$;

-- Who may grant what, for each basis. Nobody grants by hand a scope that he does not hold.
CREATE FUNCTION vh.grant_access(p_case uuid, p_group int, p_basis text, p_scopes text[],
    p_end date, p_reason text, p_because_of uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE allowed boolean := false; s text;
BEGIN
  IF p_basis <> 'hand' AND NOT p_scopes <@ vh.basis_scopes(p_basis) THEN
    RAISE EXCEPTION 'basis % does not grant %', p_basis, p_scopes USING errcode = '42501';
  END IF;
  IF vh.is_closed(p_case) THEN
    RAISE EXCEPTION 'this case is closed (WGS 2.31 lid 8)' USING errcode = '42501';
  END IF;
  IF NOT vh.may_take_part(p_case, p_group) THEN
    RAISE EXCEPTION 'this group may not take part in this case (WGS 2.27; S2, convenant)'
      USING errcode = '42501';
  END IF;
  -- Health, victims and the plan, that has both in it, are for people by name, never for whoever is a
  -- contact point that day. ADR 0033.
  IF p_scopes && ARRAY['view_gezondheid', 'view_victim', 'view_plan']
     AND NOT EXISTS (SELECT FROM partners_user WHERE personal_group_id = p_group) THEN
    RAISE EXCEPTION 'this is for people by name' USING errcode = '42501';
  END IF;
  CASE p_basis
    WHEN 'toewijzing' THEN
      allowed := vh.has_role('manager') AND vh.may(p_case, 'know_case') AND vh.admitted(p_case)
        AND EXISTS (
        SELECT FROM partners_user u JOIN partners_appointment a ON a.user_id = u.id
        WHERE u.personal_group_id = p_group AND u.id <> vh.uid() AND a.role = 'interventiemanager'
          AND a.start_date <= vh.today() AND (a.end_date IS NULL OR a.end_date >= vh.today()));
    WHEN 'weging' THEN  -- for people of core participants; and nobody asks himself
      allowed := vh.process_view() AND vh.may(p_case, 'know_case') AND EXISTS (
        SELECT FROM cases_weging w, partners_user u
        WHERE w.id = p_because_of AND w.case_id = p_case AND w.status = 'gevraagd'
          AND u.personal_group_id = p_group AND u.id <> vh.uid() AND vh.decides(u.id));
    WHEN 'selectie' THEN  -- offence data for the strafketen alone; and nobody chooses himself
      allowed := vh.process_view() AND vh.may(p_case, 'know_case') AND EXISTS (
        SELECT FROM cases_lijstplaats l
          JOIN cases_prioriteitenlijst p ON p.id = l.prioriteitenlijst_id
          JOIN cases_selectielid m ON m.prioriteitenlijst_id = p.id
          JOIN partners_user u ON u.id = m.user_id
          JOIN partners_organisation o ON o.id = u.organisation_id
        WHERE l.case_id = p_case AND p.id = p_because_of AND p.status = 'concept'
          AND u.personal_group_id = p_group AND u.id <> vh.uid()
          AND (o.chain = 'straf' OR NOT 'view_justice' = ANY (p_scopes)));
    WHEN 'leveringsvraag', 'uitvoering' THEN
      allowed := vh.may(p_case, 'lead_case')
        AND EXISTS (SELECT FROM partners_organisation WHERE group_id = p_group);
    WHEN 'hand' THEN  -- nobody gives himself what would outlive his own part
      allowed := vh.may(p_case, 'lead_case') AND NOT EXISTS (
        SELECT FROM partners_user WHERE id = vh.uid() AND personal_group_id = p_group);
      FOREACH s IN ARRAY p_scopes LOOP
        allowed := allowed AND vh.may(p_case, s) AND s NOT IN ('lead_case', 'view_victim');
      END LOOP;
    WHEN 'slachtoffer' THEN  -- because of one victim, until a day
      allowed := vh.keeps_victims(p_case) AND vh.has_part(p_case, p_group, p_end)
        AND p_end >= vh.today()
        AND EXISTS (SELECT FROM cases_slachtoffer
                    WHERE id = p_because_of AND case_id = p_case AND ended_on IS NULL);
    ELSE  -- the other bases are granted by functions of their own, together with what they are for
      allowed := false;
  END CASE;
  IF allowed IS NOT TRUE THEN
    RAISE EXCEPTION 'you may not grant this access' USING errcode = '42501';
  END IF;
  IF p_basis = 'toewijzing' THEN  -- exactly one interventiemanager at a time, with his stand-in
    UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
      WHERE content_object_id = p_case AND basis IN ('toewijzing', 'waarneming')
        AND closed_at IS NULL;
  END IF;
  -- Whoever sees a part of a case knows the case.
  PERFORM vh.insert_participation(p_case, p_group, p_basis,
    ARRAY(SELECT DISTINCT unnest('know_case'::text || p_scopes)), p_end, p_reason, p_because_of);
  IF p_basis = 'toewijzing' THEN
    PERFORM vh.stand_in(id) FROM partners_user WHERE personal_group_id = p_group;
  END IF;
END $$;

-- settings.HAND_OVER_DAYS; a test compares them. Here, because who calls must not choose.
CREATE FUNCTION vh.hand_over_days() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 14 $$;

-- From one interventiemanager to the next, at once. The former keeps reading for some days and then
-- drops out, unless his account is off; what he would be reminded of goes along. REG-01.
CREATE FUNCTION vh.hand_over(p_case uuid, p_to bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_from partners_user%ROWTYPE; v_group int;
BEGIN
  SELECT personal_group_id INTO v_group FROM partners_user WHERE id = p_to;
  SELECT u.* INTO v_from FROM partners_user u WHERE u.personal_group_id = vh.given_to(p_case);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody leads this case' USING errcode = '42501';
  END IF;
  PERFORM vh.grant_access(p_case, v_group, 'toewijzing', vh.basis_scopes('toewijzing'), NULL, '',
    p_case);
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = p_case AND basis = 'overdracht' AND closed_at IS NULL;
  -- who was blocked does not read on when he is let in again
  IF v_from.is_active AND vh.may_take_part(p_case, v_from.personal_group_id) THEN
    PERFORM vh.insert_participation(p_case, v_from.personal_group_id, 'overdracht',
      vh.basis_scopes('overdracht'), vh.today() + vh.hand_over_days(), '', p_case);
  END IF;
  UPDATE cases_deadline d SET recipient_id = p_to
    WHERE d.case_id = p_case AND d.recipient_id = v_from.id AND d.done_at IS NULL
      AND NOT EXISTS (SELECT FROM cases_deadline o WHERE o.subject_id = d.subject_id
        AND o.kind = d.kind AND o.recipient_id = p_to AND o.done_at IS NULL);
END $$;

-- Whether somebody leads a case, also one that the asking office may not know.
CREATE FUNCTION vh.leads_any(p_user bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN vh.process_view() AND EXISTS (
    SELECT FROM cases_participation p JOIN partners_user u ON u.personal_group_id = p.group_id
    WHERE u.id = p_user AND p.basis = 'toewijzing' AND p.permission_id = vh.scope('know_case')
      AND vh.given_to(p.content_object_id) = p.group_id AND NOT vh.is_closed(p.content_object_id));
END $$;

-- Close what a basis gave: to one group or to all, because of one thing or of any.
CREATE FUNCTION vh.close_access(p_case uuid, p_basis text, p_group int, p_because_of uuid)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE closed int;
BEGIN
  -- Who leads is let go of by giving the case to another (vh.hand_over) and in no other way.
  IF p_basis IN ('toewijzing', 'waarneming') OR NOT (vh.may(p_case, 'lead_case')
          OR (vh.process_view() AND vh.may(p_case, 'know_case'))
          -- who was asked and cannot deliver lets go by himself, and so does who handed a report in
          OR (p_basis IN ('leveringsvraag', 'aandragen')
            AND coalesce(p_group = ANY (vh.principals()), false))) THEN
    RAISE EXCEPTION 'you may not close this access' USING errcode = '42501';
  END IF;
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = p_case AND basis = p_basis AND closed_at IS NULL
      AND (p_group IS NULL OR group_id = p_group)
      AND (p_because_of IS NULL OR because_of = p_because_of);
  GET DIAGNOSTICS closed = ROW_COUNT;
  RETURN closed;
END $$;

-- The lists that are still discussed, for the office that keeps them; nobody else keeps any.
CREATE FUNCTION vh.kept_lists() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(id), '{}') FROM cases_prioriteitenlijst
    WHERE status = 'concept' AND vh.has_role('bedrijfsbureau', 'manager');
$$;

-- A list is adopted: its members let go of every candidate, also of one that the manager who adopts
-- may not see himself because he is barred from it.
CREATE FUNCTION vh.close_selection(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('manager');
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE basis = 'selectie' AND because_of = p_list AND closed_at IS NULL;
END $$;

-- A list is adopted by a manager who is barred from somebody on it: that one gets his place all the
-- same, in row, history and timeline, and the manager notices nothing. So does who was on the former
-- list and is not on this one: put_back in cases/operations/lists.py.
CREATE FUNCTION vh.adopt_unseen(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_case uuid; v_rank int;
  v_regime text := (SELECT regime FROM cases_prioriteitenlijst
                    WHERE id = p_list AND status = 'concept');
BEGIN
  PERFORM vh.require_role('manager');
  IF v_regime IS NULL THEN
    RAISE EXCEPTION 'only a list in discussion is adopted' USING errcode = '42501';
  END IF;
  FOR v_case, v_rank IN
    SELECT c.id, l.rank FROM cases_case c LEFT JOIN cases_lijstplaats l
      ON l.case_id = c.id AND l.prioriteitenlijst_id = p_list
    WHERE c.id = ANY (vh.barred()) AND c.regime = v_regime
      AND (l.rank IS NOT NULL OR c.priority IS NOT NULL)
  LOOP
    UPDATE cases_case SET priority = v_rank, status = CASE
        WHEN v_rank IS NOT NULL AND status = 'aangemeld' THEN 'geprioriteerd'
        WHEN v_rank IS NULL AND status = 'geprioriteerd' THEN 'aangemeld' ELSE status END,
        werkwijze_on = CASE WHEN v_rank IS NOT NULL AND status = 'aangemeld'
          THEN vh.today() ELSE werkwijze_on END
      WHERE id = v_case;
    INSERT INTO cases_historicalcase (id, number, client_id, doelgroep, status, source_id,
        source_note, opened_at, opened_by_id, manager_id, assigned_on, priority, regime,
        werkwijze_on, first_processed_on, history_id, history_date, history_type, history_user_id)
      SELECT id, number, client_id, doelgroep, status, source_id, source_note, opened_at,
        opened_by_id, manager_id, assigned_on, priority, regime, werkwijze_on, first_processed_on,
        gen_random_uuid(), now(), '~', vh.uid() FROM cases_case WHERE id = v_case;
    INSERT INTO cases_timelineitem (id, case_id, at, kind, title, text, scope, author_id,
        first_processed_on)
      SELECT gen_random_uuid(), v_case, now(), 'lijst',
        coalesce('Op plaats ' || v_rank || ' van de prioriteitenlijst',
          'Niet meer op de prioriteitenlijst'), '', 'lead_case', vh.uid(), vh.today();
  END LOOP;
END $$;

-- What happens in a case happens now: no line is written on an earlier day. As who asks, so that the
-- functions of the wall, and the owner who repairs, say the moment themselves.
CREATE FUNCTION vh.keep_moment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user = 'vh_app' THEN
    NEW.at := clock_timestamp();
    NEW.first_processed_on := vh.today();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_moment BEFORE INSERT ON cases_timelineitem
  FOR EACH ROW EXECUTE FUNCTION vh.keep_moment();

-- A bar, and its end: a closed row, so that it can be asked who was barred when. toegang.md 5.
CREATE FUNCTION vh.set_bar(p_case uuid, p_user bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.process_view() AND vh.may(p_case, 'know_case')) THEN
    RAISE EXCEPTION 'you may not bar somebody' USING errcode = '42501';
  END IF;
  INSERT INTO cases_bar (case_id, user_id, reason, set_by_id, set_at, lift_reason,
      first_processed_on)
    VALUES (p_case, p_user, p_reason, vh.uid(), now(), '', vh.today()) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION vh.lift_bar(p_case uuid, p_user bigint, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.process_view() AND vh.may(p_case, 'know_case')) THEN
    RAISE EXCEPTION 'you may not lift a bar' USING errcode = '42501';
  END IF;
  UPDATE cases_bar SET lifted_at = now(), lifted_by_id = vh.uid(), lift_reason = p_reason
    WHERE case_id = p_case AND user_id = p_user AND lifted_at IS NULL;
END $$;

-- Who was and is barred, and why: for the office alone, and not for who is barred himself.
CREATE FUNCTION vh.who_is_barred(p_case uuid)
RETURNS TABLE (user_id bigint, reason text, set_by_id bigint, set_at timestamptz,
               lifted_at timestamptz, lifted_by_id bigint, lift_reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.process_view() AND vh.may(p_case, 'know_case')) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT b.user_id, b.reason::text, b.set_by_id, b.set_at, b.lifted_at, b.lifted_by_id,
      b.lift_reason::text
    FROM cases_bar b WHERE b.case_id = p_case ORDER BY b.set_at, b.id;
END $$;

-- A mail about a case. Who is barred from it gets none, and who sends it does not notice.
CREATE FUNCTION vh.tell_of_case(p_id uuid, p_case uuid, p_kind text, p_to bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.may(p_case, 'know_case') THEN
    RAISE EXCEPTION 'you may not tell of this case' USING errcode = '42501';
  END IF;
  INSERT INTO veiligheidshuis_outboxmail (id, kind, recipient_id, created_at, attempts,
      next_attempt_at)
    SELECT p_id, p_kind, p_to, now(), 0, now() FROM partners_user u
    WHERE u.id = p_to AND NOT EXISTS (SELECT FROM cases_bar b
        WHERE b.case_id = p_case AND b.user_id = p_to AND b.lifted_at IS NULL)
      -- who put somebody forward under the one regime hears nothing of him under the other: PRV-20
      AND (vh.process_view_at(u.id, statement_timestamp())
        OR vh.may_take_part(p_case, u.personal_group_id));
END $$;

-- "Wie ziet dit": everybody who takes part today, for whoever leads or administers the case.
CREATE FUNCTION vh.who_takes_part(p_case uuid)
RETURNS TABLE (group_id int, scope text, basis text, start_date date, end_date date, reason text,
               ends_at timestamptz, because_of uuid, granted_by bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.may(p_case, 'lead_case') OR (vh.process_view() AND vh.may(p_case, 'know_case'))) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT p.group_id, s.codename::text, p.basis::text, p.start_date, p.end_date, p.reason::text,
      p.closed_at, p.because_of, p.granted_by_id
    FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
    WHERE p.content_object_id = p_case AND (p.closed_at IS NULL OR p.closed_at > statement_timestamp())
      AND p.start_date <= vh.today() AND (p.end_date IS NULL OR p.end_date >= vh.today());
END $$;

-- "Wie deed eerder mee": what counted and is over, with its last day, for the same people.
CREATE FUNCTION vh.who_took_part(p_case uuid)
RETURNS TABLE (group_id int, scope text, basis text, start_date date, last_day date, reason text,
               granted_by bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.may(p_case, 'lead_case') OR (vh.process_view() AND vh.may(p_case, 'know_case'))) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT p.group_id, s.codename::text, p.basis::text, p.start_date,
      least(p.end_date, vh.day(p.closed_at)), p.reason::text, p.granted_by_id
    FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
    WHERE p.content_object_id = p_case
      AND (p.closed_at <= statement_timestamp() OR p.end_date < vh.today())
      AND p.start_date <= coalesce(vh.day(p.closed_at), p.start_date);  -- was closed before it began
END $$;

-- Which of these BSNs are known under this regime? For the office that reads a list in; says which
-- client and nothing
-- else, and nothing of whom the reader is barred from. Who was closed is not known any more: he can
-- be put forward anew.
CREATE FUNCTION vh.clients_with_bsn(p_digests text[], p_regime text)
RETURNS TABLE (digest text, client_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_barred uuid[] := vh.barred();
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  RETURN QUERY SELECT b.digest::text, b.client_id
    FROM cases_clientbsn b JOIN cases_case c ON c.client_id = b.client_id
    WHERE b.digest = ANY (p_digests) AND c.regime = p_regime AND c.status <> 'afgesloten'
      AND NOT c.id = ANY (v_barred)
    ORDER BY c.opened_at;
END $$;
