-- "Vastpakken en niet meer loslaten" (S0, S2): whom does nobody hold? In names of dossiers and a word
-- each, for the manager: what is asked, done and agreed is content, and stays with who leads.
--   leider   waits on the list, or his interventiemanager cannot work (any more), or not under his regime
--   actie    nothing runs or waits: all actions ended, the offer was withdrawn or was not answered
--            within the term in which a plan begins, no step of drang en dwang stands for today or
--            later, or nothing was offered within what was agreed since he was first assigned
--   start    an action of a signed plan did not start within the week after the offer; which one is
--            for who leads
--   overleg  no casusoverleg is planned in which he is spoken of
CREATE FUNCTION vh.loose_ends() RETURNS TABLE (case_id uuid, kind text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.has_role('manager') AND vh.process_view()) THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH held AS MATERIALIZED (
    SELECT c.id, c.status, c.manager_id, c.regime FROM cases_case c
      WHERE c.status NOT IN ('aangemeld', 'samengevoegd', 'niet_toegelaten', 'afgesloten')
        AND NOT c.id = ANY (vh.barred())),
  working AS MATERIALIZED (
    SELECT m.manager_id AS id, m.regime FROM (SELECT DISTINCT manager_id, regime FROM held) m
      WHERE 'interventiemanager' = ANY (vh.roles_at(m.manager_id, statement_timestamp()))
        AND m.regime = ANY (vh.regimes_at(m.manager_id, statement_timestamp()))),
  planned AS MATERIALIZED (
    SELECT h.id AS of_case, plan.* FROM held h CROSS JOIN LATERAL (
      SELECT p.id, p.status, vh.day(p.offered_at) AS offered_on FROM maatwerkplan_maatwerkplan p
        WHERE p.case_id = h.id ORDER BY  -- as in Maatwerkplan.objects.latest_first()
          (h.status = 'uitvoering' AND p.status = 'ondertekend'
            OR h.status = 'drang_dwang' AND p.status IN ('geweigerd', 'uitgevallen')) DESC,
          p.number DESC LIMIT 1) plan)
  SELECT h.id, 'leider' FROM held h WHERE NOT EXISTS (
    SELECT FROM working w WHERE w.id = h.manager_id AND w.regime = h.regime)
  UNION ALL
  SELECT of_case, 'actie' FROM planned plan
    WHERE plan.status = 'ingetrokken'
      OR (plan.status = 'aangeboden' AND plan.offered_on
            + vh.agreed_number('start_within_days', plan.offered_on) < vh.today())
      OR (plan.status IN ('geweigerd', 'uitgevallen') AND NOT EXISTS (
            SELECT FROM maatwerkplan_drangstap s WHERE s.plan_id = plan.id AND s."on" >= vh.today()
              AND NOT EXISTS (SELECT FROM maatwerkplan_stapuitkomst u WHERE u.step_id = s.id)))
      OR (plan.status = 'ondertekend' AND NOT EXISTS (SELECT FROM maatwerkplan_partneraction a
            WHERE a.plan_id = plan.id AND NOT EXISTS (SELECT FROM maatwerkplan_progressreport r
              WHERE r.action_id = a.id AND r.kind IN ('afgerond', 'gestopt'))))
  UNION ALL
  SELECT h.id, 'actie' FROM held h
    JOIN LATERAL (SELECT min(p.start_date) AS since FROM cases_participation p
      WHERE p.content_object_id = h.id AND p.basis = 'toewijzing') given ON true
    WHERE h.manager_id IS NOT NULL  -- handed over since, he still waits as long
      AND given.since + vh.agreed_number('offer_within_days', given.since) < vh.today()
      AND NOT EXISTS (SELECT FROM maatwerkplan_maatwerkplan p
        WHERE p.case_id = h.id AND p.offered_at IS NOT NULL)
  UNION ALL
  SELECT DISTINCT h.id, 'start' FROM held h  -- also while another plan is being made
    JOIN maatwerkplan_maatwerkplan p ON p.case_id = h.id
    WHERE p.status IN ('ondertekend', 'uitgevallen')
      AND vh.day(p.offered_at) + vh.agreed_number('start_within_days', vh.day(p.offered_at))
        < vh.today()
      AND EXISTS (SELECT FROM maatwerkplan_partneraction a
        WHERE a.plan_id = p.id  -- what waits for another begins on its own day (PLN-04)
          AND (a.start_date < vh.today() OR a.after_id IS NULL AND a.bridged_by_id IS NULL)
          AND NOT EXISTS (SELECT FROM maatwerkplan_progressreport r
          WHERE r.action_id = a.id AND r.kind IN ('start', 'afgerond', 'gestopt')))
  UNION ALL
  SELECT h.id, 'overleg' FROM held h WHERE h.manager_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM agenda_agendaitem i JOIN agenda_casusoverleg o ON o.id = i.overleg_id
      WHERE i.case_id = h.id AND o.status = 'gepland' AND o."on" >= vh.today());
END $$;
