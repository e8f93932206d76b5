-- What a visitor of the public form may do: file one report, and ask what came of it by its code.

-- Eight letters and digits that cannot be mistaken for each other; the randomness is that of a
-- UUID, whose seventh and ninth byte are partly fixed and left out.
CREATE FUNCTION vh.new_report_code() RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  SELECT string_agg(
    CASE WHEN place = 4 THEN '-' ELSE '' END
      || substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', get_byte(random.bytes, byte) % 32 + 1, 1),
    '' ORDER BY place)
  FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) AS random,
       unnest(ARRAY[0, 1, 2, 3, 4, 5, 9, 10]) WITH ORDINALITY AS chosen (byte, nth),
       LATERAL (SELECT nth - 1 AS place) AS counted
$$;

-- Twenty in an hour from one address: more than an office with a grievance, less than a machine.
CREATE FUNCTION vh.too_many_reports(p_sender text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM beheerscommissie_reportsender WHERE at < now() - interval '1 day';
  IF (SELECT count(*) FROM beheerscommissie_reportsender
      WHERE digest = p_sender AND at > now() - interval '1 hour') >= 20 THEN
    RETURN true;
  END IF;
  INSERT INTO beheerscommissie_reportsender (id, digest, at, first_processed_on)
    VALUES (gen_random_uuid(), p_sender, now(), vh.today());
  RETURN false;
END $$;

-- The only thing a visitor can write. Gives the code of the report; the same submission sent
-- twice gives the same code; NULL when too many came from this address lately.
CREATE FUNCTION vh.file_nuisance_report(p_submission uuid, p_sender text, p_area text,
    p_place bigint, p_kind text, p_happened_on date, p_day_part text, p_place_detail text,
    p_conduct text, p_name text, p_phone text, p_email text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE v_code text; v_melding uuid := gen_random_uuid(); v_area bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_submission::text, 0));
  SELECT code INTO v_code FROM beheerscommissie_reportcontent WHERE submission = p_submission;
  IF FOUND THEN
    RETURN v_code;
  END IF;
  SELECT p.area_id INTO v_area FROM beheerscommissie_place p
    JOIN beheerscommissie_area a ON a.id = p.area_id WHERE p.id = p_place AND a.slug = p_area;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this place is not in this area' USING errcode = '42501';
  END IF;
  IF p_happened_on > vh.today() OR p_happened_on < vh.today() - 366 THEN
    RAISE EXCEPTION 'a report is about the past year' USING errcode = '22008';
  END IF;
  IF trim(p_conduct) = '' OR char_length(p_conduct) > 4000 THEN
    RAISE EXCEPTION 'a report says what happened, in at most 4000 characters'
      USING errcode = '22001';
  END IF;
  IF vh.too_many_reports(p_sender) THEN
    RETURN NULL;
  END IF;
  INSERT INTO beheerscommissie_overlastmelding (id, area_id, place_id, kind, happened_on, day_part,
      reported_at, status, version, first_processed_on)
    VALUES (v_melding, v_area, p_place, p_kind, p_happened_on, p_day_part,
      now(), 'gemeld', 1, vh.today());
  v_code := vh.new_report_code();
  INSERT INTO beheerscommissie_reportcontent (melding_id, code, submission, place_detail, conduct,
      first_processed_on)
    VALUES (v_melding, v_code, p_submission, p_place_detail, p_conduct, vh.today());
  IF p_phone <> '' OR p_email <> '' THEN
    INSERT INTO beheerscommissie_melder (melding_id, name, phone, email, first_processed_on)
      VALUES (v_melding, p_name, p_phone, p_email, vh.today());
  END IF;
  RETURN v_code;
END $$;

-- What came of a report, for who has its code: how far it is, and the answer that was meant for
-- this page. What was told by telephone or mail stays between the two who spoke.
CREATE FUNCTION vh.report_outcome(p_area text, p_code text)
RETURNS TABLE (status text, answer text, told_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.status::text, s.text, s.told_on
  FROM beheerscommissie_reportcontent c
    JOIN beheerscommissie_overlastmelding m ON m.id = c.melding_id
    JOIN beheerscommissie_area a ON a.id = m.area_id
    LEFT JOIN beheerscommissie_reportstep s
      ON s.melding_id = m.id AND s.name = 'give_feedback' AND s.means = 'meldcode'
  WHERE a.slug = p_area AND c.code = p_code
$$;
