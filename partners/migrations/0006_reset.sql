-- A lost second factor is taken away by two people, after a day in which its owner can stop it.
-- The rules stand here and not only in the application: whoever could do this alone could come in as
-- anybody whose password he knows. AUTH-12.

-- The hours between the second person and the deed. The code says the same: settings.RESET_HOURS.
CREATE FUNCTION vh.reset_hours() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 24 $$;

CREATE FUNCTION vh.ask_reset(p_reset uuid, p_user bigint, p_reason text, p_identity text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody asks for himself' USING errcode = '42501';
  END IF;
  INSERT INTO partners_factorreset (id, user_id, status, reason, identity, asked_by_id)
    VALUES (p_reset, p_user, 'gevraagd', p_reason, p_identity, vh.uid());
END $$;

-- The second person: of the office or the manager, never who asked and never he himself. This and
-- the next functions say whether the step could still be made.
CREATE FUNCTION vh.approve_reset(p_reset uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau', 'manager');
  IF EXISTS (SELECT FROM partners_factorreset
             WHERE id = p_reset AND vh.uid() IN (asked_by_id, user_id)) THEN
    RAISE EXCEPTION 'a second person looks along' USING errcode = '42501';
  END IF;
  UPDATE partners_factorreset SET status = 'goedgekeurd', approved_by_id = vh.uid(),
      approved_at = now(), not_before = now() + make_interval(hours => vh.reset_hours())
    WHERE id = p_reset AND status = 'gevraagd';
  RETURN FOUND;
END $$;

CREATE FUNCTION vh.refuse_reset(p_reset uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau', 'manager');
  UPDATE partners_factorreset SET status = 'afgewezen', closed_by_id = vh.uid(), closed_at = now()
    WHERE id = p_reset AND status IN ('gevraagd', 'goedgekeurd');
  RETURN FOUND;
END $$;

-- He himself, who came in with the factor that was said to be lost.
CREATE FUNCTION vh.stop_reset(p_reset uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM partners_factorreset WHERE id = p_reset AND user_id = vh.uid()) THEN
    RAISE EXCEPTION 'only he himself stops it' USING errcode = '42501';
  END IF;
  UPDATE partners_factorreset SET status = 'tegengehouden', closed_by_id = vh.uid(),
      closed_at = now()
    WHERE id = p_reset AND status IN ('gevraagd', 'goedgekeurd');
  RETURN FOUND;
END $$;

-- What he proved himself by is gone, and he is out everywhere; the next time he sets up another.
CREATE FUNCTION vh.carry_out_reset(p_reset uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_user bigint;
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  UPDATE partners_factorreset SET status = 'uitgevoerd', closed_by_id = vh.uid(), closed_at = now()
    WHERE id = p_reset AND status = 'goedgekeurd' AND not_before <= now() AND user_id <> vh.uid()
    RETURNING user_id INTO v_user;
  DELETE FROM mfa_authenticator WHERE user_id = v_user;
  DELETE FROM veiligheidshuis_session WHERE user_id = v_user;
  RETURN v_user IS NOT NULL;
END $$;
