-- Twice a year every colleague is confirmed by another. What a round and a confirmation mean for
-- who sees what, vh.confirmed decides (0002_wall.sql). GOV-03; ADR 0035.

-- One round at a time, for as many days as the house agreed. Whether it began.
CREATE FUNCTION vh.start_round(p_round uuid, p_by bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  LOCK TABLE partners_bevestigingsronde IN SHARE ROW EXCLUSIVE MODE;  -- not two at the same time
  IF EXISTS (SELECT FROM partners_bevestigingsronde WHERE last_day >= vh.today()) THEN
    RETURN false;
  END IF;
  INSERT INTO partners_bevestigingsronde (id, began_by_id, last_day)
    VALUES (p_round, p_by, vh.today() + vh.agreed_number('confirm_days', vh.today()));
  RETURN true;
END $$;

CREATE FUNCTION vh.begin_round(p_round uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  RETURN vh.start_round(p_round, vh.uid());
END $$;

-- Who keeps the account says it, or the manager; of himself nobody does.
CREATE FUNCTION vh.confirm(p_user bigint, p_needed boolean, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody confirms himself' USING errcode = '42501';
  END IF;
  IF NOT vh.has_role('manager') THEN
    PERFORM vh.require_keeper(p_user);
  END IF;
  INSERT INTO partners_bevestiging (user_id, ronde_id, needed, reason, decided_by_id)
    SELECT u.id, r.id, p_needed, p_reason, vh.uid()
    FROM partners_user u, partners_bevestigingsronde r WHERE u.id = p_user AND u.is_active
    ORDER BY r.began_at DESC LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no round, or this account is off' USING errcode = '42501';
  END IF;
END $$;

-- Who has to hear that people of his wait: an administrator of his own organisation when one of those
-- whom he can confirm waits, the bedrijfsbureau of everybody.
CREATE FUNCTION vh.who_confirms(p_round uuid) RETURNS TABLE (user_id bigint, of_the_house boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH waiting AS (
    SELECT u.id, u.organisation_id, EXISTS (SELECT FROM partners_appointment a
        WHERE a.user_id = u.id AND (a.end_date IS NULL OR a.end_date >= vh.today())
          AND a.role <> ALL (vh.roles_of_partners())) AS of_the_house
    FROM partners_user u, partners_bevestigingsronde r
    WHERE r.id = p_round AND u.is_active AND NOT vh.confirmed_since(u.id, r.began_at, now()))
  SELECT k.id, 'bedrijfsbureau' = ANY (k.roles)
  FROM (SELECT u.id, u.organisation_id, vh.roles_at(u.id, statement_timestamp()) AS roles
        FROM partners_user u WHERE u.is_active) AS k
  WHERE 'bedrijfsbureau' = ANY (k.roles) AND EXISTS (SELECT FROM waiting w WHERE w.id <> k.id)
    OR 'partnerbeheerder' = ANY (k.roles) AND EXISTS (SELECT FROM waiting w WHERE w.id <> k.id
      AND w.organisation_id = k.organisation_id AND NOT w.of_the_house)
  ORDER BY 1
$$;

-- What the clock does: begin a round when the last one (or the house) is so many days old, or remind
-- once, so many days before the last day. Who hears it, and whether this is the reminder.
CREATE FUNCTION vh.tend_round() RETURNS TABLE (user_id bigint, of_the_house boolean, reminder boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_round uuid; v_reminder boolean := true;
  v_since timestamptz := coalesce((SELECT max(began_at) FROM partners_bevestigingsronde),
    (SELECT min(on_from) FROM partners_activation));
BEGIN
  UPDATE partners_bevestigingsronde SET reminded_at = now()
    WHERE reminded_at IS NULL AND last_day >= vh.today()
      AND last_day <= vh.today() + vh.agreed_number('confirm_reminder_days', vh.day(began_at))
    RETURNING id INTO v_round;
  IF v_round IS NULL
     AND vh.day(v_since) + vh.agreed_number('confirm_every_days', vh.today()) <= vh.today() THEN
    v_round := gen_random_uuid();
    v_reminder := false;
    IF NOT vh.start_round(v_round, NULL) THEN
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT w.user_id, w.of_the_house, v_reminder FROM vh.who_confirms(v_round) w;
END $$;
GRANT EXECUTE ON FUNCTION vh.tend_round() TO vh_clock;
