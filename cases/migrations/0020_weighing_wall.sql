-- Who decides whether somebody is for this house, and how a report of who is not is destroyed.

-- Somebody of a core participant who works with persons. WGS 2.27 lid 1, 2.31 lid 2.
CREATE FUNCTION vh.decides(p_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT vh.account_on(p_user, statement_timestamp())
    AND vh.of_participant(p_user, statement_timestamp())
    AND vh.works_at(p_user, statement_timestamp())
    AND EXISTS (SELECT FROM partners_user u JOIN partners_organisation o
      ON o.id = u.organisation_id WHERE u.id = p_user AND o.wgs_class = 'lid_1')
$$;

-- Before anybody leads a case, the core participants admitted it. WGS 2.31 lid 3.
CREATE FUNCTION vh.admitted(p_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT EXISTS (SELECT FROM cases_weging WHERE case_id = p_case AND status = 'toegelaten') $$;

-- Who reported somebody is called within some working days: on the last of them the office hears of
-- it, once, unless somebody called. Whoever becomes the office later reads it on his list. INT-05.
CREATE FUNCTION vh.remind_of_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO cases_deadline (id, case_id, subject_id, kind, remind_on, recipient_id)
    SELECT gen_random_uuid(), NEW.case_id, NEW.id, 'contact_vandaag', NEW.contact_by, o
    FROM vh.office() AS o;
  RETURN NULL;
END $$;
CREATE TRIGGER remind_of_contact AFTER INSERT ON cases_aanmelding
  FOR EACH ROW EXECUTE FUNCTION vh.remind_of_contact();

-- settings.WEIGHING_CHAINS; a test compares them. Here, because who decides must not choose.
CREATE FUNCTION vh.weighing_chains() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 2 $$;

-- From how many chains a core participant judged all four criteria.
CREATE FUNCTION vh.heard(p_weging uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(DISTINCT o.chain)::int FROM partners_organisation o WHERE o.id IN (
    SELECT j.organisation_id FROM cases_oordeel j WHERE j.weging_id = p_weging
    GROUP BY 1 HAVING count(*) = 4)
$$;

-- The core participants decide: one of them writes it down. From here on those who weighed need not
-- read the report any more; of who is not admitted only who reported him still knows. WGS 2.31 lid 2.
-- That nobody is declined who is in hand already, the flow of a case keeps (vh.keep_flow).
CREATE FUNCTION vh.settle_weighing(p_weging uuid, p_admitted boolean, p_route text, p_advice text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v cases_weging%ROWTYPE; v_against boolean;
BEGIN
  SELECT * INTO v FROM cases_weging WHERE id = p_weging FOR UPDATE;
  v_against := EXISTS (SELECT FROM cases_oordeel WHERE weging_id = p_weging AND NOT met);
  IF (v.status = 'gevraagd' AND vh.decides(vh.uid()) AND vh.may(v.case_id, 'view_report')
      AND vh.heard(p_weging) >= vh.weighing_chains() AND v_against <> p_admitted) IS NOT TRUE THEN
    RAISE EXCEPTION 'you may not decide this' USING errcode = '42501';
  END IF;
  UPDATE cases_weging SET decided_by_id = vh.uid(), decided_on = vh.today(),
      status = CASE WHEN p_admitted THEN 'toegelaten' ELSE 'niet_toegelaten' END,
      route = CASE WHEN p_admitted THEN '' ELSE p_route END,
      advice = CASE WHEN p_admitted THEN '' ELSE p_advice END
    WHERE id = p_weging;
  UPDATE cases_participation SET closed_at = now(), closed_by_id = vh.uid()
    WHERE content_object_id = v.case_id AND closed_at IS NULL
      AND (basis = 'weging' OR (NOT p_admitted AND basis <> 'aandragen'));
  IF NOT p_admitted THEN
    PERFORM vh.strike_off(prioriteitenlijst_id, case_id) FROM cases_lijstplaats
      WHERE case_id = v.case_id;
    UPDATE cases_case SET status = 'niet_toegelaten' WHERE id = v.case_id;
    UPDATE cases_deadline SET done_at = now() WHERE case_id = v.case_id AND done_at IS NULL;
  END IF;
END $$;

-- settings.DECLINED_DAYS; a test compares them. The law gives no number of days (BGS 1.16 lid 1 b).
CREATE FUNCTION vh.declined_days() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 14 $$;

-- All that hangs on one report, history included. A table with a key to a case or a client stands
-- here, or its rows cannot be there yet: tests/cases/test_destroying.py.
CREATE FUNCTION vh.destroy_case(p_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_client uuid; v_joined uuid;
BEGIN
  FOR v_joined IN SELECT id FROM cases_case WHERE joined_to_id = p_case LOOP
    PERFORM vh.destroy_case(v_joined);
  END LOOP;
  SELECT client_id INTO v_client FROM cases_case WHERE id = p_case;
  -- A candidate may have been put on an agenda: the floor above, and the same report.
  DELETE FROM agenda_invitation WHERE case_id = p_case;
  DELETE FROM agenda_minutes WHERE case_id = p_case;
  DELETE FROM agenda_agendaitem WHERE case_id = p_case;
  DELETE FROM cases_oordeel WHERE case_id = p_case;
  DELETE FROM cases_weging WHERE case_id = p_case;
  DELETE FROM cases_screening WHERE case_id = p_case;
  DELETE FROM cases_aanmelding WHERE case_id = p_case;
  DELETE FROM cases_deadline WHERE case_id = p_case;
  DELETE FROM cases_timelineitem WHERE case_id = p_case;
  DELETE FROM cases_document WHERE case_id = p_case;
  DELETE FROM cases_offencerecord WHERE case_id = p_case;
  DELETE FROM cases_toldapart WHERE p_case IN (case_id, other_id);
  DELETE FROM cases_verplaatsing WHERE case_id = p_case;
  DELETE FROM cases_lijstplaats WHERE case_id = p_case;
  DELETE FROM cases_participation WHERE content_object_id = p_case;
  DELETE FROM cases_bar WHERE case_id = p_case;
  DELETE FROM cases_regimekeuze WHERE case_id = p_case;
  UPDATE cases_importrow SET case_id = NULL, sealed_data = '', reason = '', gave = '{}' WHERE case_id = p_case;
  DELETE FROM cases_historicalcase WHERE id = p_case;
  DELETE FROM cases_case WHERE id = p_case;
  IF NOT EXISTS (SELECT FROM cases_case WHERE client_id = v_client) THEN
    DELETE FROM cases_clientbsn WHERE client_id = v_client;
    DELETE FROM cases_historicalclient WHERE id = v_client;
    DELETE FROM cases_client WHERE id = v_client;
  END IF;
END $$;

-- Reports that were not admitted, once whoever reported them had time to read why. BGS 1.16 lid 1 b.
-- Returns their numbers, for the log.
CREATE FUNCTION vh.destroy_declined() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v record;
BEGIN
  FOR v IN SELECT c.id, c.number FROM cases_case c JOIN cases_weging w ON w.case_id = c.id
    WHERE c.status = 'niet_toegelaten' AND w.decided_on <= vh.today() - vh.declined_days()
    ORDER BY c.number FOR UPDATE OF c SKIP LOCKED LOOP
    PERFORM vh.destroy_case(v.id);
    RETURN NEXT v.number;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION vh.destroy_declined() TO vh_clock;
