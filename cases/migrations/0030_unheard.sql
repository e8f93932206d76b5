-- Of how many organisations somebody was asked to weigh and no judgement is there yet: a number and
-- no names, because who weighs does not see who else was asked. BGS 2.20 lid 3.
CREATE FUNCTION vh.count_unheard(p_weging uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(DISTINCT u.organisation_id)::int
  FROM cases_weging w
  JOIN cases_participation p ON p.content_object_id = w.case_id AND p.basis = 'weging'
    AND p.closed_at IS NULL
  JOIN partners_user u ON u.personal_group_id = p.group_id
  WHERE w.id = p_weging AND w.status = 'gevraagd' AND vh.may(w.case_id, 'view_report')
    AND NOT EXISTS (SELECT FROM cases_oordeel j
      WHERE j.weging_id = w.id AND j.organisation_id = u.organisation_id)
$$;
