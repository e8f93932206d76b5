-- Who comes back from the login service of his organisation, and how he is linked to it. AUTH-13.

-- Whose account it is, when it may come in at all: of the organisation of this login service, on,
-- and with a role today. For whoever may not there is one answer: nobody.
CREATE FUNCTION vh.signs_on(p_provider bigint, p_subject text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id FROM partners_identityprovider p
    JOIN partners_signonlink l ON l.issuer = p.issuer AND l.subject = p_subject
      AND l.ended_at IS NULL
    JOIN partners_user u ON u.id = l.user_id AND u.organisation_id = p.organisation_id
  WHERE p.id = p_provider AND p.is_on AND u.is_active
    AND cardinality(vh.roles_at(u.id, statement_timestamp())) > 0
$$;

-- Everybody links himself alone, and with the login service of his own organisation alone.
CREATE FUNCTION vh.link_sign_on(p_provider bigint, p_subject text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO partners_signonlink (issuer, subject, user_id, linked_by_id)
    SELECT p.issuer, p_subject, u.id, u.id
    FROM partners_identityprovider p JOIN partners_user u ON u.organisation_id = p.organisation_id
    WHERE p.id = p_provider AND p.is_on AND u.id = vh.uid() AND u.is_active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not the login service of your organisation' USING errcode = '42501';
  END IF;
END $$;

-- Whether there was a link to end.
CREATE FUNCTION vh.unlink_sign_on(p_user bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_user <> vh.uid() THEN
    PERFORM vh.require_role('bedrijfsbureau');
  END IF;
  UPDATE partners_signonlink SET ended_at = now() WHERE user_id = p_user AND ended_at IS NULL;
  RETURN FOUND;
END $$;
