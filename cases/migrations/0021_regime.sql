-- Under which regime a case is: the choice at first, and the deliberate step to the other. PRV-20.

CREATE FUNCTION vh.note_regime(p_case uuid, p_regime text, p_reason text, p_ground text,
    p_decided_by bigint, p_decided_on date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO cases_regimekeuze (id, case_id, regime, reason, ground, decided_by_id, decided_on,
      chosen_by_id, chosen_at, first_processed_on)
    VALUES (gen_random_uuid(), p_case, p_regime, p_reason, p_ground, p_decided_by, p_decided_on,
      vh.uid(), statement_timestamp(), vh.today())
$$;

-- Whoever was given something takes part on as far as the regime of now lets his organisation; for
-- everybody else it ends this moment. The row of before is closed, so that the past can be asked.
CREATE FUNCTION vh.carry_over(p_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_held cases_participation[] := ARRAY(
  SELECT p FROM cases_participation p WHERE content_object_id = p_case
    AND (closed_at IS NULL OR closed_at > now())
    AND (end_date IS NULL OR end_date >= vh.today()) ORDER BY id);
BEGIN
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE id IN (SELECT id FROM unnest(v_held));
  INSERT INTO cases_participation (group_id, permission_id, content_object_id, start_date,
      end_date, basis, because_of, reason, granted_by_id, granted_at, closed_at, closed_by_id,
      regime, first_processed_on)
    SELECT v.group_id, v.permission_id, p_case, greatest(v.start_date, vh.today()), v.end_date,
        v.basis, v.because_of, v.reason, v.granted_by_id, now(), v.closed_at, v.closed_by_id,
        vh.regime_of(p_case), v.first_processed_on
      FROM unnest(v_held) AS v WHERE vh.may_take_part(p_case, v.group_id);
  UPDATE cases_noodtoegang n SET ends_at = now()
    WHERE n.case_id = p_case AND n.ends_at > now() AND NOT vh.may_take_part(p_case,
      (SELECT personal_group_id FROM partners_user WHERE id = n.opened_by_id));
  UPDATE cases_deadline d SET done_at = now()
    WHERE d.case_id = p_case AND d.done_at IS NULL AND NOT vh.may_take_part(p_case,
      (SELECT personal_group_id FROM partners_user WHERE id = d.recipient_id));
END $$;

-- A list is of one regime: who goes to the other leaves the lists that are discussed or adopted.
CREATE FUNCTION vh.leave_lists(p_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_list uuid;
BEGIN
  FOR v_list IN SELECT l.id FROM cases_lijstplaats p JOIN cases_prioriteitenlijst l
      ON l.id = p.prioriteitenlijst_id WHERE p.case_id = p_case AND l.status <> 'vervangen'
  LOOP
    PERFORM vh.strike_off(v_list, p_case);
    UPDATE cases_prioriteitenlijst SET version = version + 1 WHERE id = v_list;
  END LOOP;
END $$;

-- From the one regime to the other: by who leads the case or the office, when who leads it may lead it
-- there as well. Who was on a list and in nobody's hands is a candidate again (put_back).
CREATE FUNCTION vh.change_regime(p_case uuid, p_regime text, p_reason text, p_ground text,
    p_decided_by bigint, p_decided_on date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v cases_case%ROWTYPE;
BEGIN
  SELECT * INTO v FROM cases_case WHERE id = p_case FOR UPDATE;
  IF NOT (vh.may(p_case, 'lead_case') OR (vh.process_view() AND vh.may(p_case, 'know_case')))
     OR NOT p_regime = ANY (vh.regimes()) OR v.regime = p_regime
     OR v.status IN ('afgesloten', 'samengevoegd', 'niet_toegelaten')
     OR trim(p_reason) = '' OR trim(p_ground) = ''
     OR NOT p_regime = ANY (vh.regimes_of(p_decided_by, statement_timestamp()))
     OR EXISTS (SELECT FROM partners_user u
          WHERE u.id = v.manager_id AND NOT p_regime = ANY (vh.regimes_of_group(u.personal_group_id)))
     THEN
    RAISE EXCEPTION 'this case may not go to that regime' USING errcode = '42501';
  END IF;
  PERFORM vh.leave_lists(p_case);
  UPDATE cases_case SET regime = p_regime, priority = NULL,
      status = CASE WHEN status = 'geprioriteerd' THEN 'aangemeld' ELSE status END
    WHERE id = p_case;
  PERFORM vh.note_regime(p_case, p_regime, p_reason, p_ground, p_decided_by, p_decided_on);
  PERFORM vh.carry_over(p_case);
END $$;
