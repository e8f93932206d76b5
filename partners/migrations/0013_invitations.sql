-- Somebody chooses his own password, by a link that is mailed to him and works once. Nobody knows
-- the password of another, and nobody alone sends a link to who had one already. SEC-01, AC-12.

-- The days that a link works. The code says the same: settings.INVITATION_DAYS.
CREATE FUNCTION vh.invitation_days() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 7 $$;

-- An account that never had a password gets its link at once; of who lost his, a second person looks
-- along first. An older link is dead. Whether it leaves at once.
CREATE FUNCTION vh.invite(p_invitation uuid, p_user bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_first boolean;
BEGIN
  PERFORM vh.require_keeper(p_user);
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody invites himself' USING errcode = '42501';
  END IF;
  SELECT password LIKE '!%' INTO v_first FROM partners_user
    WHERE id = p_user AND is_active FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this account is off' USING errcode = '42501';
  END IF;
  UPDATE partners_accountinvitation SET closed_at = now()
    WHERE user_id = p_user AND closed_at IS NULL;
  INSERT INTO partners_accountinvitation (id, user_id, asked_by_id, approved_at, expires_at)
    VALUES (p_invitation, p_user, vh.uid(), CASE WHEN v_first THEN now() END,
      CASE WHEN v_first THEN now() + make_interval(days => vh.invitation_days()) END);
  RETURN v_first;
END $$;

-- Who looks along: who keeps the account, or the manager; never who asked, and never he himself.
-- This and the next say whether the step could still be made.
CREATE FUNCTION vh.approve_invitation(p_invitation uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v partners_accountinvitation%ROWTYPE;
BEGIN
  SELECT * INTO v FROM partners_accountinvitation WHERE id = p_invitation;
  IF NOT vh.has_role('manager') THEN
    PERFORM vh.require_keeper(v.user_id);
  END IF;
  IF vh.uid() IN (v.asked_by_id, v.user_id) THEN
    RAISE EXCEPTION 'a second person looks along' USING errcode = '42501';
  END IF;
  UPDATE partners_accountinvitation SET approved_by_id = vh.uid(), approved_at = now(),
      expires_at = now() + make_interval(days => vh.invitation_days())
    WHERE id = p_invitation AND closed_at IS NULL AND approved_at IS NULL;
  RETURN FOUND;
END $$;

CREATE FUNCTION vh.withdraw_invitation(p_invitation uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.has_role('manager') THEN
    PERFORM vh.require_keeper(
      (SELECT user_id FROM partners_accountinvitation WHERE id = p_invitation));
  END IF;
  UPDATE partners_accountinvitation SET closed_at = now()
    WHERE id = p_invitation AND closed_at IS NULL;
  RETURN FOUND;
END $$;

-- The post makes the link when the mail leaves, and once: of which invitation, and its fingerprint.
CREATE FUNCTION vh.invitation_of(p_user bigint) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id FROM partners_accountinvitation
  WHERE user_id = p_user AND closed_at IS NULL AND expires_at > now()
$$;

CREATE FUNCTION vh.seal_invitation(p_invitation uuid, p_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE partners_accountinvitation SET token_hash = p_hash
  WHERE id = p_invitation AND token_hash = '' AND closed_at IS NULL AND expires_at > now()
$$;
GRANT EXECUTE ON FUNCTION vh.invitation_of(bigint), vh.seal_invitation(uuid, text) TO vh_post;

-- Whose link this is, for who holds it: of a link that was used, is too old or never was, nobody's.
CREATE FUNCTION vh.invited(p_hash text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.user_id FROM partners_accountinvitation i JOIN partners_user u ON u.id = i.user_id
  WHERE i.token_hash = p_hash AND p_hash <> '' AND i.closed_at IS NULL AND i.expires_at > now()
    AND u.is_active
$$;

-- He chose his password: the link is used, and whoever came in by the old one is out. Whose it was.
CREATE FUNCTION vh.take_invitation(p_hash text, p_password text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_user bigint := vh.invited(p_hash);
BEGIN
  UPDATE partners_accountinvitation SET used_at = now(), closed_at = now()
    WHERE token_hash = p_hash AND user_id = v_user AND closed_at IS NULL;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE partners_user SET password = p_password WHERE id = v_user;
  DELETE FROM veiligheidshuis_session WHERE user_id = v_user;
  RETURN v_user;
END $$;
