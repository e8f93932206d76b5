-- Break-glass: the office opens the content of one dossier when nobody who leads it can be reached.
-- For some hours, with a reason, and somebody else judges it afterwards. DOS-04, AC-16; ADR 0016.

-- settings.EMERGENCY_HOURS; a test compares them. Here, because who opens must not choose.
CREATE FUNCTION vh.emergency_hours() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 4 $$;

-- Whether what the asking user opened should have been judged by now, of whichever dossier: also one
-- that he may not know any more. How long a judgement may take is agreed (werkafspraken).
CREATE FUNCTION vh.judgement_overdue() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM cases_noodtoegang n WHERE n.opened_by_id = vh.uid()
    AND n.reviewed_at IS NULL AND now() > n.opened_at + make_interval(
      days => vh.agreed_number('emergency_review_days', vh.day(n.opened_at))))
$$;

CREATE FUNCTION vh.break_glass(p_id uuid, p_case uuid, p_reason text, p_hours int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_until timestamptz := now() + make_interval(hours => p_hours);
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  -- vh.may: a bar beats this as well
  IF NOT vh.may(p_case, 'know_case') OR p_hours NOT BETWEEN 1 AND vh.emergency_hours()
     OR trim(p_reason) = ''
     OR vh.given_to(p_case) IS NULL OR vh.is_closed(p_case)
     -- still open, or over and not judged: his next one waits for what another says of this one
     OR EXISTS (SELECT FROM cases_noodtoegang WHERE case_id = p_case
                AND opened_by_id = vh.uid() AND reviewed_at IS NULL)
     -- nor opens he another dossier while somebody waits too long for a judgement on any of his
     OR vh.judgement_overdue() THEN
    RAISE EXCEPTION 'you may not open this dossier' USING errcode = '42501';
  END IF;
  INSERT INTO cases_noodtoegang (id, case_id, opened_by_id, reason, opened_at, ends_at, review,
      first_processed_on)
    VALUES (p_id, p_case, vh.uid(), p_reason, now(), v_until, '', vh.today());
  PERFORM vh.insert_participation(p_case, u.personal_group_id, 'noodtoegang',
      vh.basis_scopes('noodtoegang'), NULL, p_reason, p_id, NULL, v_until)
    FROM partners_user u WHERE u.id = vh.uid();
END $$;

-- Before its hours are over: by who opened, by who leads, or by the manager.
CREATE FUNCTION vh.end_emergency(p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v cases_noodtoegang%ROWTYPE;
BEGIN
  SELECT * INTO v FROM cases_noodtoegang WHERE id = p_id;
  IF (vh.may(v.case_id, 'know_case') AND (v.opened_by_id = vh.uid() OR vh.has_role('manager')
      OR vh.may(v.case_id, 'lead_case'))) IS NOT TRUE THEN
    RAISE EXCEPTION 'you may not end this' USING errcode = '42501';
  END IF;
  UPDATE cases_noodtoegang SET ends_at = now() WHERE id = p_id AND ends_at > now();
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE basis = 'noodtoegang' AND because_of = p_id AND closed_at > now();
END $$;

-- The judgement, once, when it is over: by the manager or the FG, never by who opened.
CREATE FUNCTION vh.review_emergency(p_id uuid, p_justified boolean, p_review text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v cases_noodtoegang%ROWTYPE;
BEGIN
  SELECT * INTO v FROM cases_noodtoegang WHERE id = p_id FOR UPDATE;
  IF (v.opened_by_id <> vh.uid() AND v.ends_at <= now() AND v.reviewed_at IS NULL
      AND (vh.has_role('fg') OR (vh.has_role('manager') AND vh.may(v.case_id, 'know_case'))))
     IS NOT TRUE THEN
    RAISE EXCEPTION 'you may not review this' USING errcode = '42501';
  END IF;
  UPDATE cases_noodtoegang SET reviewed_at = now(), reviewed_by_id = vh.uid(),
      justified = p_justified, review = p_review WHERE id = p_id;
  UPDATE cases_deadline SET done_at = now() WHERE subject_id = p_id AND done_at IS NULL;
END $$;

-- Of which dossiers: the FG, who sees no dossier, reads the number of one that was opened in nood.
CREATE FUNCTION vh.emergency_numbers() RETURNS TABLE (id uuid, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, c.number FROM cases_noodtoegang n JOIN cases_case c ON c.id = n.case_id
  WHERE vh.has_role('fg') OR (vh.has_role('manager') AND vh.process_view()
                              AND NOT c.id = ANY (vh.barred()))
$$;
