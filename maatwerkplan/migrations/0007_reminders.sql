-- Who hears of a term is who it concerns on the day itself, and not who did when it was set: in a week
-- somebody else can lead, be contact point or be manager. S2, voetnoot 11; EXE-01.
--   start_nadert       who leads the case, who stands in for him, and the partner's contact points
--   start_bureau       the bedrijfsbureau
--   start_laatste_dag, start_gemist   the managers
--   vervolg_weigering  who leads the case and who stands in for him
CREATE FUNCTION vh.reminded_of(p_kind text, p_case uuid, p_subject uuid) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id FROM cases_participation p JOIN partners_user u ON u.personal_group_id = p.group_id
    WHERE p_kind IN ('start_nadert', 'vervolg_weigering') AND p.content_object_id = p_case
      AND p.basis IN ('toewijzing', 'waarneming') AND p.closed_at IS NULL
      AND (vh.weigh(u.id, p_case, 'lead_case', statement_timestamp())).allowed
  UNION
  SELECT c.user_id FROM maatwerkplan_partneraction a
    JOIN partners_contactpoint c ON c.organisation_id = a.organisation_id
    WHERE p_kind = 'start_nadert' AND a.id = p_subject AND c.user_id IS NOT NULL
      AND (vh.weigh(c.user_id, p_case, 'know_case', statement_timestamp())).allowed
  UNION
  SELECT a.user_id FROM partners_appointment a
    WHERE a.role = CASE WHEN p_kind IN ('start_laatste_dag', 'start_gemist') THEN 'manager'
                        WHEN p_kind = 'start_bureau' THEN 'bedrijfsbureau' END
      AND a.role = ANY (vh.roles_at(a.user_id, statement_timestamp()))
      AND (vh.weigh(a.user_id, p_case, 'know_case', statement_timestamp())).allowed
$$;

-- The terms of today that nobody heard of yet get their readers of today. Asked twice, or by two
-- sweeps at once, it changes nothing more: one reminder of a kind for one person (the unique index).
CREATE FUNCTION vh.address_reminders() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE d record;
BEGIN
  FOR d IN SELECT DISTINCT case_id, subject_id, kind, remind_on FROM cases_deadline
    WHERE kind IN ('start_nadert', 'start_bureau', 'start_laatste_dag', 'start_gemist',
                   'vervolg_weigering')
      AND done_at IS NULL AND sent_at IS NULL AND remind_on <= vh.today()
    ORDER BY subject_id, kind
  LOOP
    UPDATE cases_deadline SET done_at = now()
      WHERE subject_id = d.subject_id AND kind = d.kind AND done_at IS NULL AND sent_at IS NULL
        AND recipient_id NOT IN (SELECT vh.reminded_of(d.kind, d.case_id, d.subject_id));
    INSERT INTO cases_deadline (id, case_id, subject_id, kind, remind_on, recipient_id)
      SELECT gen_random_uuid(), d.case_id, d.subject_id, d.kind, d.remind_on, someone
      FROM vh.reminded_of(d.kind, d.case_id, d.subject_id) AS someone ORDER BY someone
      ON CONFLICT DO NOTHING;
  END LOOP;
END $$;
