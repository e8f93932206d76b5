-- How much there is to take over in a case: numbers alone, for the manager who hands it over and for
-- who leads it. What is asked and done is content, and stays with who leads.
CREATE FUNCTION vh.running_work(p_case uuid)
RETURNS TABLE (open_questions int, running_actions int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (vh.may(p_case, 'lead_case') OR (vh.process_view() AND vh.may(p_case, 'know_case'))) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT
    (SELECT count(*)::int FROM maatwerkplan_deliveryquestion q
       JOIN maatwerkplan_maatwerkplan p ON p.id = q.plan_id
       JOIN maatwerkplan_partneraction a ON a.id = q.action_id AND a.revision = q.revision
     WHERE q.case_id = p_case AND p.status = 'concept' AND NOT EXISTS (
       SELECT FROM maatwerkplan_deliveryanswer n WHERE n.question_id = q.id)),
    (SELECT count(*)::int FROM maatwerkplan_partneraction a
       JOIN maatwerkplan_maatwerkplan p ON p.id = a.plan_id
     WHERE a.case_id = p_case AND p.status IN ('ondertekend', 'uitgevallen') AND NOT EXISTS (
       SELECT FROM maatwerkplan_progressreport r
       WHERE r.action_id = a.id AND r.kind IN ('afgerond', 'gestopt')));
END $$;
