-- Who comes to the table and who leaves it. These alone make an organisation, let its accounts work
-- and end that; the steps between (test, decision, declaration) are notes of the office. S2,
-- convenant: added "na accorderen door de Districtelijke Stuurgroep", "vastgelegd door een aan dit
-- convenant toe te voegen ondertekende verklaring". GOV-03.

-- The organisation that is proposed: one that is known already, or a new one. Until it is tested the
-- law gives it nothing.
CREATE FUNCTION vh.propose_partner(p_toetreding uuid, p_organisation bigint, p_name text,
    p_short text, p_slug text, p_chain text, p_proposal text, p_on date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_group int; v_organisation bigint := p_organisation;
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  IF v_organisation IS NULL THEN
    INSERT INTO auth_group (name) VALUES ('organisatie:' || p_slug) RETURNING id INTO v_group;
    INSERT INTO partners_organisation (name, short_name, slug, chain, signed_in_2006, is_neighbour,
        wgs_class, wgs_members, wgs_ground, group_id)
      VALUES (p_name, p_short, p_slug, p_chain, false, false, 'geen', '{}', 'Nog niet getoetst',
        v_group) RETURNING id INTO v_organisation;
  END IF;
  INSERT INTO partners_toetreding (id, organisation_id, status, proposal, proposed_on,
      proposed_by_id, test, wgs_class, wgs_members, decision, turned_down, leaving)
    VALUES (p_toetreding, v_organisation, 'voorgesteld', p_proposal, p_on, vh.uid(), '', '', '{}',
      '', '', '');
END $$;

-- From now on it is a partner, with the place in the law that was tested and a number of the
-- covenant. This and the next say whether the step could still be made.
CREATE FUNCTION vh.activate_partner(p_toetreding uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v partners_toetreding%ROWTYPE;
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  UPDATE partners_toetreding t SET status = 'actief', active_from = vh.today(), activated_at = now()
    WHERE t.id = p_toetreding AND t.status = 'ondertekend' AND EXISTS (
      SELECT FROM partners_ondertekening o JOIN partners_regeling r ON r.id = o.regeling_id
      WHERE o.organisation_id = t.organisation_id AND r.kind = 'convenant'
        AND r.status = 'geldig')
    RETURNING * INTO v;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  LOCK TABLE partners_organisation IN SHARE ROW EXCLUSIVE MODE;  -- two partners, two numbers
  UPDATE partners_organisation SET wgs_class = v.wgs_class, wgs_members = v.wgs_members,
      wgs_ground = v.test,
      number = coalesce(number, (SELECT max(number) + 1 FROM partners_organisation))
    WHERE id = v.organisation_id;
  RETURN true;
END $$;

-- The house cannot do without the organisation of who asks this: it would shut itself out.
CREATE FUNCTION vh.announce_leaving(p_toetreding uuid, p_day date, p_reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  IF EXISTS (SELECT FROM partners_toetreding t JOIN partners_user u
               ON u.organisation_id = t.organisation_id
             WHERE t.id = p_toetreding AND u.id = vh.uid()) THEN
    RAISE EXCEPTION 'nobody sends his own organisation away' USING errcode = '42501';
  END IF;
  UPDATE partners_toetreding SET status = 'vertrekt', leaves_on = greatest(p_day, vh.today()),
      leaving = p_reason, leaving_at = now(), leaving_by_id = vh.uid()
    WHERE id = p_toetreding AND status = 'actief';
  RETURN FOUND;
END $$;

-- As long as the day has not come.
CREATE FUNCTION vh.call_off_leaving(p_toetreding uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  UPDATE partners_toetreding SET status = 'actief', leaves_on = NULL, leaving = '',
      leaving_at = NULL, leaving_by_id = NULL
    WHERE id = p_toetreding AND status = 'vertrekt' AND leaves_on > vh.today();
  RETURN FOUND;
END $$;

-- The day has come: its accounts are off, its people are out, its roles are over and nobody comes in
-- by way of it. That it sees nothing any more since this morning, vh.seated_at decided already. Higher
-- floors let go of what they gave when the status becomes this (cases/migrations/0012_leaving.sql).
CREATE FUNCTION vh.let_leave(p_toetreding uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v partners_toetreding%ROWTYPE; v_people bigint[];
BEGIN
  UPDATE partners_toetreding SET status = 'uitgetreden'
    WHERE id = p_toetreding AND status = 'vertrekt' AND leaves_on <= vh.today() RETURNING * INTO v;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  v_people := ARRAY(SELECT id FROM partners_user WHERE organisation_id = v.organisation_id);
  UPDATE partners_user SET is_active = false WHERE id = ANY (v_people) AND is_active;
  DELETE FROM veiligheidshuis_session WHERE user_id = ANY (v_people);
  UPDATE partners_appointment SET ended_at = now(),
      end_date = greatest(start_date, v.leaves_on - 1)
    WHERE user_id = ANY (v_people) AND (end_date IS NULL OR end_date >= v.leaves_on);
  UPDATE partners_signonlink SET ended_at = now()
    WHERE user_id = ANY (v_people) AND ended_at IS NULL;
  DELETE FROM partners_user_groups g USING partners_organisation o
    WHERE o.id = v.organisation_id AND g.group_id = o.group_id;
  UPDATE partners_contactpoint SET user_id = NULL WHERE organisation_id = v.organisation_id;
  RETURN true;
END $$;

CREATE FUNCTION vh.leave(p_toetreding uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  RETURN vh.let_leave(p_toetreding);
END $$;

-- What the clock does on the day itself: who has to hear it, nobody when nobody left.
CREATE FUNCTION vh.leave_today() RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_id uuid; v_gone boolean := false;
BEGIN
  FOR v_id IN SELECT id FROM partners_toetreding
      WHERE status = 'vertrekt' AND leaves_on <= vh.today() FOR UPDATE SKIP LOCKED LOOP
    v_gone := vh.let_leave(v_id) OR v_gone;
  END LOOP;
  RETURN QUERY SELECT u.id FROM partners_user u WHERE v_gone AND vh.roles_at(u.id,
    statement_timestamp()) && ARRAY['interventiemanager', 'manager'] ORDER BY 1;
END $$;
GRANT EXECUTE ON FUNCTION vh.leave_today() TO vh_clock;

GRANT INSERT, UPDATE ON partners_organisation TO vh_kern;
