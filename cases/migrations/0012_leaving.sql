-- A partner left: what its people and its contact points were given in a dossier is closed, whoever
-- noted it. Who led a dossier is still known as the one to take it over from; he sees nothing of it
-- any more, for his organisation does not sit at the table (vh.seated_at). GOV-03.
CREATE FUNCTION vh.let_go_of_leaver() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE cases_participation p SET closed_at = now(), closed_by_id = NEW.leaving_by_id
    WHERE (p.closed_at IS NULL OR p.closed_at > now()) AND p.basis <> 'toewijzing'
      AND p.group_id IN (
        SELECT o.group_id FROM partners_organisation o WHERE o.id = NEW.organisation_id
        UNION ALL
        SELECT u.personal_group_id FROM partners_user u
          WHERE u.organisation_id = NEW.organisation_id);
  RETURN NULL;
END $$;
CREATE TRIGGER let_go AFTER UPDATE OF status ON partners_toetreding
  FOR EACH ROW WHEN (NEW.status = 'uitgetreden') EXECUTE FUNCTION vh.let_go_of_leaver();
