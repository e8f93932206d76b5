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

-- Linking beforehand: one of the office says who a colleague is at his organisation, another agrees.
-- Nobody proposes or approves for himself, and nobody approves what he proposed.
CREATE FUNCTION vh.propose_sign_on(p_user bigint, p_subject text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody proposes his own link' USING errcode = '42501';
  END IF;
  IF EXISTS (SELECT FROM partners_signonlink WHERE user_id = p_user AND ended_at IS NULL) THEN
    RAISE EXCEPTION 'linked already'
      USING errcode = '23505', constraint = 'person_is_one_subject';
  END IF;
  INSERT INTO partners_signonproposal (user_id, issuer, subject, proposed_by_id, approved)
    SELECT u.id, p.issuer, p_subject, vh.uid(), false
    FROM partners_identityprovider p JOIN partners_user u ON u.organisation_id = p.organisation_id
    WHERE u.id = p_user AND u.is_active AND p.is_on;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no login service for this account' USING errcode = '42501';
  END IF;
END $$;

-- Whether there was something left to decide. An approved proposal is a link from now on, when the
-- login service is still the one it was proposed for.
CREATE FUNCTION vh.decide_sign_on(p_proposal bigint, p_approve boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v partners_signonproposal%ROWTYPE;
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  SELECT * INTO v FROM partners_signonproposal
    WHERE id = p_proposal AND decided_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_approve AND vh.uid() IN (v.proposed_by_id, v.user_id) THEN
    RAISE EXCEPTION 'a second pair of eyes approves' USING errcode = '42501';
  END IF;
  UPDATE partners_signonproposal
    SET decided_by_id = vh.uid(), decided_at = now(), approved = p_approve WHERE id = v.id;
  IF p_approve THEN
    INSERT INTO partners_signonlink (issuer, subject, user_id, linked_by_id)
      SELECT v.issuer, v.subject, u.id, vh.uid()
      FROM partners_identityprovider p JOIN partners_user u ON u.organisation_id = p.organisation_id
      WHERE u.id = v.user_id AND u.is_active AND p.is_on AND p.issuer = v.issuer;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no login service for this account' USING errcode = '42501';
    END IF;
  END IF;
  RETURN true;
END $$;
