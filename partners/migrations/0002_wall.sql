-- Who the asking user is: his roles, his groups, and what his function lets him see.
-- All functions here run as vh_kern and repeat no rule of another: one question, one function.

-- What somebody was at a moment: account, roles, groups. What the policies ask (roles, principals,
-- process_view) is the same question, asked of whoever asks and of now.
CREATE FUNCTION vh.account_on(p_user bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_activation
    WHERE user_id = p_user AND on_from <= p_at AND (off_from IS NULL OR off_from > p_at))
$$;

-- Whether somebody's papers are in order at a moment: each of the three seen and still valid.
CREATE FUNCTION vh.cleared_at(p_user bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(DISTINCT kind) = 3 FROM partners_clearance
  WHERE user_id = p_user AND recorded_at <= p_at
    AND seen_on <= vh.day(p_at) AND valid_until >= vh.day(p_at)
$$;

-- The same on a day, for the lists of the application: as it is known now.
CREATE FUNCTION vh.cleared(p_user bigint, p_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(DISTINCT kind) = 3 FROM partners_clearance
  WHERE user_id = p_user AND seen_on <= p_day AND valid_until >= p_day
$$;

-- Whether somebody was confirmed since a round began, as known at a moment: by the last word about
-- him, or, without one, because his account is on since then: nobody asks of who was let in during
-- the round. Plpgsql, for the tables come later (0014_bevestigen.py). GOV-03; ADR 0035.
CREATE FUNCTION vh.confirmed_since(p_user bigint, p_began timestamptz, p_at timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN coalesce(
    (SELECT needed FROM partners_bevestiging
      WHERE user_id = p_user AND decided_at BETWEEN p_began AND p_at
      ORDER BY decided_at DESC, id DESC LIMIT 1),
    EXISTS (SELECT FROM partners_activation WHERE user_id = p_user
      AND on_from BETWEEN p_began AND p_at AND (off_from IS NULL OR off_from > p_at)));
END $$;

-- Whether somebody is confirmed on a day, as known at a moment: in the last round whose last day has
-- passed. The house keeps one door: as long as nobody of the bedrijfsbureau is confirmed, the
-- bedrijfsbureau still comes in, or nobody could confirm anybody any more. ADR 0035.
CREATE FUNCTION vh.confirmed(p_user bigint, p_day date, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_began timestamptz := (SELECT began_at FROM partners_bevestigingsronde
  WHERE last_day < p_day AND began_at <= p_at ORDER BY last_day DESC LIMIT 1);
BEGIN
  IF v_began IS NULL OR vh.confirmed_since(p_user, v_began, p_at) THEN
    RETURN true;
  END IF;
  RETURN EXISTS (SELECT FROM partners_appointment WHERE user_id = p_user
      AND role = 'bedrijfsbureau' AND start_date <= p_day AND (end_date IS NULL OR end_date >= p_day))
    AND NOT EXISTS (SELECT FROM partners_appointment a
      WHERE a.role = 'bedrijfsbureau' AND a.start_date <= p_day
        AND (a.end_date IS NULL OR a.end_date >= p_day) AND vh.account_on(a.user_id, p_at)
        AND vh.cleared_at(a.user_id, p_at) AND vh.confirmed_since(a.user_id, v_began, p_at));
END $$;

-- Whether an organisation sits at the table at a moment: it joined the covenant and did not leave. On
-- the day of leaving it is out; noted afterwards, it sat until that was noted. GOV-03.
CREATE FUNCTION vh.seated_at(p_organisation bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_toetreding WHERE organisation_id = p_organisation
    AND activated_at <= p_at AND active_from <= vh.day(p_at)
    AND (leaves_on IS NULL OR leaves_on > vh.day(p_at) OR leaving_at > p_at))
$$;

-- The same on a day, for the lists of the application: as it is known now.
CREATE FUNCTION vh.seated(p_organisation bigint, p_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_toetreding WHERE organisation_id = p_organisation
    AND active_from <= p_day AND (leaves_on IS NULL OR leaves_on > p_day))
$$;

-- Whether a covenant in force covers an organisation on a day: it signed that version, or it sat at
-- the table already when that version began (of the three who joined after 2006 no day is known). S2.
CREATE FUNCTION vh.covered(p_organisation bigint, p_day date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT FROM partners_regeling r WHERE r.kind = 'convenant'
    AND r.status IN ('geldig', 'vervangen') AND r.valid_from <= p_day
    AND (r.valid_until IS NULL OR r.valid_until >= p_day)
    AND (EXISTS (SELECT FROM partners_ondertekening o WHERE o.regeling_id = r.id
           AND o.organisation_id = p_organisation AND o.signed_on <= p_day)
      OR EXISTS (SELECT FROM partners_toetreding t WHERE t.organisation_id = p_organisation
           AND t.proposed_by_id IS NULL AND t.active_from >= r.valid_from)));
END $$;

-- Under which regimes an organisation may take part at a moment. By the law: the closed list of WGS
-- 2.27. In the local approach: who is covered by a covenant. PRV-20.
CREATE FUNCTION vh.regimes_of(p_organisation bigint, p_at timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce((SELECT array_remove(ARRAY[
      CASE WHEN o.wgs_class IN ('lid_1', 'lid_2') THEN 'wgs' END,
      CASE WHEN vh.covered(o.id, vh.day(p_at)) THEN 'lokale_pga' END], NULL)
    FROM partners_organisation o WHERE o.id = p_organisation AND vh.seated_at(o.id, p_at)), '{}')
$$;

-- Whether somebody of this organisation may have that role at a moment: no account works before it is
-- a partner, or after. Neighbours sit in the beheerscommissie, which is another table (S4).
CREATE FUNCTION vh.may_have_role(p_organisation bigint, p_role text, p_at timestamptz)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.seated_at(p_organisation, p_at) OR p_role IN ('commissielid', 'buurtregisseur')
    AND EXISTS (SELECT FROM partners_organisation WHERE id = p_organisation AND is_neighbour)
$$;

CREATE FUNCTION vh.roles_at(p_user bigint, p_at timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT a.role::text), '{}')
  FROM partners_appointment a JOIN partners_user u ON u.id = a.user_id
  WHERE a.user_id = p_user AND vh.account_on(p_user, p_at) AND a.granted_at <= p_at
    AND a.start_date <= vh.day(p_at)
    -- ended on a day that had passed: it counted until the moment in which that was done
    AND (a.end_date IS NULL OR a.end_date >= vh.day(p_at) OR a.ended_at > p_at)
    -- without papers only the roles that never see a person
    AND (a.role IN ('stuurgroep', 'commissielid') OR vh.cleared_at(p_user, p_at))
    AND vh.may_have_role(u.organisation_id, a.role, p_at)
    -- who was not confirmed in the last round has no role left, whichever it is
    AND vh.confirmed(p_user, vh.day(p_at), p_at)
$$;

CREATE FUNCTION vh.of_participant(p_user bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id
                 WHERE u.id = p_user AND o.wgs_class IN ('lid_1', 'lid_2')
                   -- by the column of this one user: of o it would be asked for every organisation
                   AND vh.seated_at(u.organisation_id, p_at))
$$;

-- Under which regimes somebody may take part at a moment: those of his organisation.
CREATE FUNCTION vh.regimes_at(p_user bigint, p_at timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.regimes_of((SELECT organisation_id FROM partners_user WHERE id = p_user), p_at)
$$;

-- Whether somebody may work with persons at all: a role for it, at who may take part in something.
CREATE FUNCTION vh.works_at(p_user bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.regimes_at(p_user, p_at) <> '{}' AND vh.roles_at(p_user, p_at)
    && ARRAY['interventiemanager', 'ketenpartner', 'bedrijfsbureau', 'manager']
$$;

-- The groups by which somebody may know a case; none for who may not work with persons.
CREATE FUNCTION vh.principals_at(p_user bigint, p_at timestamptz) RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN vh.works_at(p_user, p_at)
    THEN (SELECT coalesce(array_agg(DISTINCT group_id), '{}') FROM partners_membership
          WHERE user_id = p_user AND joined_at <= p_at AND (left_at IS NULL OR left_at > p_at))
    ELSE '{}' END
$$;

-- Bedrijfsbureau and manager see the process data (know_case) of all cases, under either regime:
-- they run the house, and work for a participant of the law. toegang.md decision 4.
CREATE FUNCTION vh.process_view_at(p_user bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.roles_at(p_user, p_at) && ARRAY['bedrijfsbureau', 'manager']
    AND vh.of_participant(p_user, p_at)
$$;

CREATE FUNCTION vh.roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.roles_at(vh.uid(), statement_timestamp()) $$;

CREATE FUNCTION vh.has_role(VARIADIC wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.roles() && wanted $$;

CREATE FUNCTION vh.works_with_persons() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.works_at(vh.uid(), statement_timestamp()) $$;

CREATE FUNCTION vh.principals() RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.principals_at(vh.uid(), statement_timestamp()) $$;

CREATE FUNCTION vh.regimes() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.regimes_at(vh.uid(), statement_timestamp()) $$;

CREATE FUNCTION vh.process_view() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT vh.process_view_at(vh.uid(), statement_timestamp()) $$;

-- Whatever switches an account or moves somebody between groups, the past is kept.
CREATE FUNCTION vh.keep_activation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE partners_activation SET off_from = now()
    WHERE user_id = NEW.id AND off_from IS NULL AND NOT NEW.is_active;
  INSERT INTO partners_activation (user_id, on_from)
    SELECT NEW.id, now() WHERE NEW.is_active AND NOT EXISTS
      (SELECT FROM partners_activation WHERE user_id = NEW.id AND off_from IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_activation AFTER INSERT OR UPDATE OF is_active ON partners_user
  FOR EACH ROW EXECUTE FUNCTION vh.keep_activation();

CREATE FUNCTION vh.keep_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE partners_membership SET left_at = now()
      WHERE user_id = OLD.user_id AND group_id = OLD.group_id AND left_at IS NULL;
  ELSE
    INSERT INTO partners_membership (user_id, group_id, joined_at)
      VALUES (NEW.user_id, NEW.group_id, now());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_membership AFTER INSERT OR DELETE ON partners_user_groups
  FOR EACH ROW EXECUTE FUNCTION vh.keep_membership();

CREATE FUNCTION vh.require_role(VARIADIC wanted text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.has_role(VARIADIC wanted) THEN
    RAISE EXCEPTION 'this needs the role %', array_to_string(wanted, ' or ')
      USING errcode = '42501';
  END IF;
END $$;

-- Who asked stands in a line of the access log as the house knows him at that moment, whatever the
-- writer says. Fires before the trigger `chain`, which seals the line (in order of the alphabet).
CREATE FUNCTION vh.name_asker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  SELECT u.username, o.name INTO NEW.username, NEW.organisation
    FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id
    WHERE u.id = NEW.user_id;
  NEW.username := coalesce(NEW.username, '');
  NEW.organisation := coalesce(NEW.organisation, '');
  NEW.roles := array_to_string(ARRAY(SELECT unnest(vh.roles()) ORDER BY 1), ' ');
  RETURN NEW;
END $$;
CREATE TRIGGER asker BEFORE INSERT ON veiligheidshuis_accesslogentry
  FOR EACH ROW EXECUTE FUNCTION vh.name_asker();
ALTER TABLE veiligheidshuis_accesslogentry ENABLE ALWAYS TRIGGER asker;

-- Accounts. Written here only: the application's role has no INSERT on users, groups or roles.
CREATE FUNCTION vh.insert_user(p_username text, p_password text, p_first text, p_last text,
                               p_email text, p_organisation bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_group int; v_user bigint;
BEGIN
  INSERT INTO auth_group (name) VALUES ('persoon:' || p_username) RETURNING id INTO v_group;
  INSERT INTO partners_user (username, password, first_name, last_name, email, organisation_id,
      personal_group_id, is_superuser, is_staff, is_active, date_joined)
    VALUES (p_username, p_password, p_first, p_last, p_email, p_organisation,
      v_group, false, false, true, now()) RETURNING id INTO v_user;
  INSERT INTO partners_user_groups (user_id, group_id) VALUES (v_user, v_group);
  RETURN v_user;
END $$;

-- The roles that a partner's own administrator gives: none higher than his own, and none of the
-- house. The code says the same (models.GIVES).
CREATE FUNCTION vh.roles_of_partners() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT ARRAY['ketenpartner', 'partnerbeheerder']
$$;

-- Whether the asker keeps the accounts of this organisation: the bedrijfsbureau of all of them, a
-- partner's own administrator of his own.
CREATE FUNCTION vh.keeps_accounts_at(p_organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.has_role('bedrijfsbureau') OR vh.has_role('partnerbeheerder') AND EXISTS
    (SELECT FROM partners_user WHERE id = vh.uid() AND organisation_id = p_organisation)
$$;

-- Whether he keeps this one account. An administrator not his own, and of nobody who has a role, or
-- will have one, that he could not give: of those the house decides.
CREATE FUNCTION vh.keeps_account(p_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.has_role('bedrijfsbureau') OR p_user <> vh.uid()
    AND vh.keeps_accounts_at((SELECT organisation_id FROM partners_user WHERE id = p_user))
    AND NOT EXISTS (SELECT FROM partners_appointment
      WHERE user_id = p_user AND (end_date IS NULL OR end_date >= vh.today())
        AND role <> ALL (vh.roles_of_partners()))
$$;

CREATE FUNCTION vh.require_keeper(p_user bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT coalesce(vh.keeps_account(p_user), false) THEN
    RAISE EXCEPTION 'this account is kept by others' USING errcode = '42501';
  END IF;
END $$;

-- Nobody thinks up the password of another: an account begins without one (0013_invitations.sql).
CREATE FUNCTION vh.add_user(p_username text, p_first text, p_last text, p_email text,
                            p_organisation bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT vh.keeps_accounts_at(p_organisation) THEN
    RAISE EXCEPTION 'the accounts of this organisation are kept by others' USING errcode = '42501';
  END IF;
  IF NOT EXISTS (SELECT FROM partners_organisation WHERE id = p_organisation
                 AND (is_neighbour OR vh.seated_at(id, statement_timestamp()))) THEN
    RAISE EXCEPTION 'no account before an organisation is a partner (S2, convenant)'
      USING errcode = '42501';
  END IF;
  RETURN vh.insert_user(p_username, '!', p_first, p_last, p_email, p_organisation);
END $$;

-- Somebody's own password and nobody else's; the application has no right to the column.
CREATE FUNCTION vh.change_password(p_password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE partners_user SET password = p_password WHERE id = vh.uid() AND is_active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only one''s own password' USING errcode = '42501';
  END IF;
END $$;

-- The very first account of an empty house: the bedrijfsbureau, at the municipality (number 1).
CREATE FUNCTION vh.open_house(p_username text, p_password text, p_first text, p_last text,
                              p_email text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_user bigint;
BEGIN
  LOCK TABLE partners_user IN SHARE ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM partners_user) THEN
    RAISE EXCEPTION 'the house is open already' USING errcode = '42501';
  END IF;
  v_user := vh.insert_user(p_username, p_password, p_first, p_last, p_email,
                           (SELECT id FROM partners_organisation WHERE number = 1));
  INSERT INTO partners_appointment (user_id, role, start_date)
    VALUES (v_user, 'bedrijfsbureau', vh.today());
  -- There is nobody yet who could have seen his papers; within three months there must be.
  INSERT INTO partners_clearance (user_id, kind, seen_on, valid_until)
    SELECT v_user, kind, vh.today(), vh.today() + 90
    FROM unnest(ARRAY['vog', 'scholing', 'geheimhouding']) AS kind;
  RETURN v_user;
END $$;

-- Somebody's standing rests on a role and on papers: of these two nobody gives both (AC-12). Here
-- is whether the asker recorded one of his papers, or gave him a role, that counts or will count.
CREATE FUNCTION vh.saw_papers_of(p_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_clearance
    WHERE user_id = p_user AND recorded_by_id = vh.uid() AND valid_until >= vh.today())
$$;

CREATE FUNCTION vh.gave_role_to(p_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_appointment
    WHERE user_id = p_user AND granted_by_id = vh.uid()
      AND (end_date IS NULL OR end_date >= vh.today()))
$$;

-- A house begins with one person, who can only do both for the second of the office: for as long as
-- no third ever had such a role and all papers. Who went or was put out counts: nobody comes to be
-- alone by switching the others off.
CREATE FUNCTION vh.second_of_the_house(p_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM partners_appointment
      WHERE user_id = p_user AND role IN ('bedrijfsbureau', 'manager')
        AND (end_date IS NULL OR end_date >= vh.today()))
    AND NOT EXISTS (SELECT FROM partners_appointment a
      WHERE a.role IN ('bedrijfsbureau', 'manager') AND a.user_id NOT IN (p_user, vh.uid())
        AND (SELECT count(DISTINCT kind) = 3 FROM partners_clearance c
             WHERE c.user_id = a.user_id))
$$;

CREATE FUNCTION vh.appoint(p_user bigint, p_role text, p_start date, p_end date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody gives himself a role' USING errcode = '42501';
  END IF;
  PERFORM vh.require_keeper(p_user);
  IF p_role <> ALL (vh.roles_of_partners()) THEN
    PERFORM vh.require_role('bedrijfsbureau');
  END IF;
  PERFORM FROM partners_user WHERE id = p_user FOR NO KEY UPDATE;  -- not both at the same time
  IF vh.saw_papers_of(p_user) THEN
    RAISE EXCEPTION 'who saw the papers gives no role' USING errcode = '42501';
  END IF;
  IF p_role IN ('interventiemanager', 'ketenpartner', 'bedrijfsbureau', 'manager')
     AND NOT EXISTS (SELECT FROM partners_user u JOIN partners_organisation o
                       ON o.id = u.organisation_id
                     WHERE u.id = p_user AND (o.wgs_class IN ('lid_1', 'lid_2')
                       -- who runs the house sees both regimes, so the law must know him
                       OR p_role IN ('interventiemanager', 'ketenpartner')
                         AND vh.covered(o.id, vh.today()))) THEN
    RAISE EXCEPTION 'no account for dossiers at this organisation (WGS 2.27; S2, convenant)'
      USING errcode = '42501';
  END IF;
  IF NOT vh.may_have_role((SELECT organisation_id FROM partners_user WHERE id = p_user), p_role,
                          statement_timestamp()) THEN
    RAISE EXCEPTION 'no role before an organisation is a partner (S2, convenant)'
      USING errcode = '42501';
  END IF;
  IF EXISTS (SELECT FROM partners_appointment a WHERE a.user_id = p_user
      AND daterange(a.start_date, a.end_date, '[]') && daterange(p_start, p_end, '[]')
      AND (p_role IN ('fg', 'privacyfunctionaris') AND a.role IN ('interventiemanager',
          'ketenpartner', 'bedrijfsbureau', 'manager')
        OR a.role IN ('fg', 'privacyfunctionaris') AND p_role IN ('interventiemanager',
          'ketenpartner', 'bedrijfsbureau', 'manager'))) THEN
    RAISE EXCEPTION 'who supervises does not work with dossiers (AVG 38 lid 6)'
      USING errcode = '42501';
  END IF;
  INSERT INTO partners_appointment (user_id, role, start_date, end_date, granted_by_id)
    VALUES (p_user, p_role, p_start, p_end, vh.uid());
END $$;

-- A colleague of the office saw a paper, or the manager. Nobody sees his own, or of whom he appointed.
CREATE FUNCTION vh.record_clearance(p_user bigint, p_kind text, p_seen date, p_until date)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau', 'manager');
  IF p_user = vh.uid() THEN
    RAISE EXCEPTION 'nobody sees his own papers' USING errcode = '42501';
  END IF;
  PERFORM FROM partners_user WHERE id = p_user FOR NO KEY UPDATE;  -- not both at the same time
  IF vh.gave_role_to(p_user) AND NOT vh.second_of_the_house(p_user) THEN
    RAISE EXCEPTION 'who gave the role sees no papers' USING errcode = '42501';
  END IF;
  INSERT INTO partners_clearance (user_id, kind, seen_on, valid_until, recorded_by_id)
    VALUES (p_user, p_kind, p_seen, p_until, vh.uid());
END $$;

-- Whose papers end within this many days and who was not told yet: a first time, and a last time
-- shortly before the end. From now on he was. A paper that was renewed needs no reminder.
CREATE FUNCTION vh.remind_of_papers(p_days int, p_last_days int)
RETURNS TABLE (user_id bigint, last_time boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH told AS (
    UPDATE partners_clearance c SET reminded_at = coalesce(c.reminded_at, now()),
      last_reminded_at = CASE WHEN c.valid_until <= vh.today() + p_last_days THEN now() END
    WHERE (c.reminded_at IS NULL AND c.valid_until <= vh.today() + p_days
        OR c.last_reminded_at IS NULL AND c.valid_until <= vh.today() + p_last_days)
      AND NOT EXISTS (SELECT FROM partners_clearance n WHERE n.user_id = c.user_id
                      AND n.kind = c.kind AND n.valid_until > c.valid_until)
      AND EXISTS (SELECT FROM partners_user u WHERE u.id = c.user_id AND u.is_active)
    RETURNING c.user_id, c.last_reminded_at IS NOT NULL AS last_time)
  SELECT t.user_id, bool_or(t.last_time) FROM told t GROUP BY t.user_id ORDER BY t.user_id
$$;

-- Who is the bedrijfsbureau now.
CREATE FUNCTION vh.office() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT a.user_id FROM partners_appointment a WHERE a.role = 'bedrijfsbureau'
    AND 'bedrijfsbureau' = ANY (vh.roles_at(a.user_id, statement_timestamp()))
$$;
GRANT EXECUTE ON FUNCTION vh.remind_of_papers(int, int), vh.office() TO vh_clock;

CREATE FUNCTION vh.end_appointment(p_appointment bigint, p_end date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_keeper((SELECT user_id FROM partners_appointment WHERE id = p_appointment));
  -- A role that is over is over: nobody changes afterwards that somebody had it.
  IF EXISTS (SELECT FROM partners_appointment
             WHERE id = p_appointment AND end_date < vh.today()) THEN
    RAISE EXCEPTION 'this role has ended already' USING errcode = '42501';
  END IF;
  -- Who stays longer is appointed anew, by somebody else, after everything that this asks.
  IF EXISTS (SELECT FROM partners_appointment
             WHERE id = p_appointment AND end_date < greatest(p_end, start_date)) THEN
    RAISE EXCEPTION 'a role is not made longer' USING errcode = '42501';
  END IF;
  UPDATE partners_appointment SET end_date = greatest(p_end, start_date), ended_at = now()
    WHERE id = p_appointment;
END $$;

-- Who put an account out may have had a reason that its own organisation does not know: in again is
-- for the house.
CREATE FUNCTION vh.set_active(p_user bigint, p_active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_keeper(p_user);
  IF p_active THEN
    PERFORM vh.require_role('bedrijfsbureau');
  END IF;
  UPDATE partners_user SET is_active = p_active WHERE id = p_user;
  DELETE FROM veiligheidshuis_session WHERE user_id = p_user;  -- also when he is let in again later
END $$;

-- A contact point with an account joins the organisation's group; who was it before, leaves.
CREATE FUNCTION vh.set_contact_point(p_organisation bigint, p_kind text, p_user bigint,
                                     p_label text, p_phone text, p_email text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_group int;
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  SELECT group_id INTO STRICT v_group FROM partners_organisation WHERE id = p_organisation;
  IF p_user IS NOT NULL AND NOT EXISTS
     (SELECT FROM partners_user WHERE id = p_user AND organisation_id = p_organisation) THEN
    RAISE EXCEPTION 'a contact point works for the organisation itself' USING errcode = '42501';
  END IF;
  INSERT INTO partners_contactpoint (organisation_id, kind, user_id, label, phone, email)
    VALUES (p_organisation, p_kind, p_user, p_label, p_phone, p_email)
    ON CONFLICT (organisation_id, kind) DO UPDATE
      SET user_id = p_user, label = p_label, phone = p_phone, email = p_email;
  DELETE FROM partners_user_groups g WHERE g.group_id = v_group AND NOT EXISTS
    (SELECT FROM partners_contactpoint c
     WHERE c.organisation_id = p_organisation AND c.user_id = g.user_id);
  INSERT INTO partners_user_groups (user_id, group_id)
    SELECT c.user_id, v_group FROM partners_contactpoint c
    WHERE c.organisation_id = p_organisation AND c.user_id IS NOT NULL
    ON CONFLICT DO NOTHING;
END $$;

GRANT INSERT, UPDATE, DELETE ON auth_group, partners_user, partners_user_groups,
  partners_appointment, partners_contactpoint TO vh_kern;
