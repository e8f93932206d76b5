-- A status changes only by a move of its flow, and a row begins where its flow begins, whoever asks
-- and whatever his lock allows; the owner, who loads and repairs, is exempt. The arguments are where
-- it begins and the moves, as 'from>to'. See docs/stromen; tests/house/test_states.py compares.
CREATE FUNCTION vh.keep_flow() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF current_user NOT IN ('vh_app', 'vh_kern') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' AND NEW.status <> TG_ARGV[0] THEN
    RAISE EXCEPTION '% does not begin as %', TG_TABLE_NAME, NEW.status USING errcode = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status
     AND NOT (OLD.status || '>' || NEW.status) = ANY (TG_ARGV[1:]) THEN
    RAISE EXCEPTION '% does not go from % to %', TG_TABLE_NAME, OLD.status, NEW.status
      USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
