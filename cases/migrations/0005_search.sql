-- Finding and counting inside the wall. Row-level security makes the index of names useless: LIKE
-- is not leakproof, so PostgreSQL asks the lock of every row first (measured: 400 ms instead of 4).
-- So these functions run as vh_kern and ask the rule themselves, in one place: vh.known_to. They
-- give back what the asking user may know and nothing else; no row that he may not know has any
-- part in what is found, in which order, or how much of it. tests/cases/test_search_wall.py.

-- Which cases somebody was granted to know: the rule of locks.knows, as a set. The office, that knows
-- all, is not asked here. PostgreSQL writes it into the query that asks, and then starts from the few
-- that he knows or from the few that fit. For that it may be no definer function and have no setting
-- of its own; vh_app cannot call it.
CREATE FUNCTION vh.known_to(p_groups int[], p_regimes text[], p_scope int,
    p_barred uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
  SELECT p.content_object_id FROM public.cases_participation p
  WHERE p.group_id = ANY (p_groups) AND p.permission_id = p_scope
    AND p.regime = ANY (p_regimes) AND p.start_date <= (SELECT vh.today())
    AND (p.closed_at IS NULL OR p.closed_at > statement_timestamp())
    AND (p.end_date IS NULL OR p.end_date >= (SELECT vh.today()))
    AND NOT p.content_object_id = ANY (p_barred)
$$;

-- Whether he knows so many that it is quicker to ask of each case whether he knows it.
CREATE FUNCTION vh.knows_many(p_groups int[], p_scope int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT count(*) = 2000 FROM (SELECT FROM cases_participation
    WHERE group_id = ANY (p_groups) AND permission_id = p_scope LIMIT 2000) AS lines
$$;

-- A slip of the pen: every word starts like, or is almost, one of the words of the name.
CREATE FUNCTION vh.resembles(p_name text, p_words text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(bool_and(EXISTS (
    SELECT FROM string_to_table(p_name, ' ') AS part
    WHERE starts_with(part, word) OR (length(word) > 2 AND strpos(part, word) > 0)
       OR levenshtein_less_equal(word, part, slips) <= slips)), true)
  FROM unnest(p_words) AS word, LATERAL (SELECT
    CASE WHEN length(word) < 4 THEN 0 WHEN length(word) < 6 THEN 1 ELSE 2 END) AS s (slips)
$$;

SELECT show_limit();  -- loads pg_trgm, so that its setting below is known

-- Whether somebody is who was meant. Also written into the query that asks, so that it can start
-- from the index of names (by the first part, the longest) or from that of birth dates.
CREATE FUNCTION vh.fits(p_name text, p_birth date, p_words text[], p_parts text[], p_born date,
    p_forgiving boolean) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (p_born IS NULL OR p_birth = p_born)
    AND (p_forgiving OR p_words = '{}'
         OR (p_name LIKE p_parts[1] AND p_name LIKE ALL (p_parts[2:])))
    AND (NOT p_forgiving OR p_words = '{}'
         OR (p_name OPERATOR(public.%>) p_words[1] AND vh.resembles(p_name, p_words)))
$$;

-- What LIKE looks for. Words that are too short for the index count at the beginning only.
CREATE FUNCTION vh.parts(p_words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(CASE WHEN length(w) < 3 THEN '% ' ELSE '%' END || w || '%'
                            ORDER BY place), '{}')
  FROM unnest(p_words) WITH ORDINALITY AS u (w, place)
$$;

-- The clients whose name or birth date fits, known or not. Planned anew each time: other words,
-- another way.
CREATE FUNCTION vh.who_fits(p_words text[], p_born date, p_forgiving boolean, p_limit int)
RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public
SET plan_cache_mode = force_custom_plan SET pg_trgm.word_similarity_threshold = 0.25 AS $$
DECLARE
  v_parts text[] := vh.parts(p_words);
BEGIN
  RETURN ARRAY(SELECT k.id FROM cases_client k WHERE
    vh.fits(k.search_name, k.birth_date, p_words, v_parts, p_born, p_forgiving) LIMIT p_limit);
END $$;

-- The same, of the clients of these cases only.
CREATE FUNCTION vh.who_fits_among(p_cases uuid[], p_words text[], p_born date, p_forgiving boolean)
RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan SET pg_trgm.word_similarity_threshold = 0.25 AS $$
DECLARE
  v_parts text[] := vh.parts(p_words);
BEGIN
  RETURN ARRAY(SELECT DISTINCT k.id FROM unnest(p_cases) AS known,
      LATERAL (SELECT client_id FROM cases_case WHERE id = known OFFSET 0) AS c,
      LATERAL (SELECT * FROM cases_client WHERE id = c.client_id OFFSET 0) AS k
    WHERE vh.fits(k.search_name, k.birth_date, p_words, v_parts, p_born, p_forgiving));
END $$;

-- The words are those of name_key: letters and digits, so they mean nothing to LIKE. Few fit, or he
-- knows many: then it is asked of all that fit whether he knows them; when both are many, by one
-- read of all that he knows and not by a look for each. Else it is asked of all that he knows whether
-- they fit. All give the same answer; left to itself PostgreSQL guesses wrong how many fit (measured).
CREATE FUNCTION vh.search_cases(p_words text[], p_born date, p_forgiving boolean, p_limit int)
RETURNS TABLE (case_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25 SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_all boolean := vh.process_view();
  v_groups int[] := CASE WHEN NOT v_all THEN vh.principals() END;
  v_regimes text[] := CASE WHEN NOT v_all THEN vh.regimes() END;
  v_know int := CASE WHEN NOT v_all THEN vh.scope('know_case') END;
  v_barred uuid[] := vh.barred();
  v_text text := array_to_string(p_words, ' ');
  v_longest_first text[] := ARRAY(SELECT w FROM unnest(p_words) AS w ORDER BY length(w) DESC, w);
  v_few int := 200;
  v_fit uuid[];
  v_many boolean := false;
BEGIN
  IF p_words = '{}' AND p_born IS NULL THEN
    RETURN;
  END IF;
  v_fit := vh.who_fits(v_longest_first, p_born, p_forgiving, v_few);
  IF cardinality(v_fit) = v_few THEN
    v_many := NOT v_all AND vh.knows_many(v_groups, v_know);
    IF v_all OR v_many THEN
      v_fit := vh.who_fits(v_longest_first, p_born, p_forgiving, NULL);
    ELSE
      v_fit := vh.who_fits_among(ARRAY(
        SELECT DISTINCT known FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known),
        v_longest_first, p_born, p_forgiving);
    END IF;
  END IF;
  RETURN QUERY
    SELECT mine.id
    FROM (SELECT c.id, fit FROM unnest(v_fit) AS fit,
            LATERAL (SELECT id FROM cases_case WHERE client_id = fit OFFSET 0) AS c
          WHERE CASE
            WHEN v_all THEN NOT c.id = ANY (v_barred)
            WHEN v_many THEN c.id IN (
              SELECT known FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known)
            ELSE EXISTS (SELECT FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known
                         WHERE known = c.id OFFSET 0) END
          OFFSET 0) AS mine,
      LATERAL (SELECT * FROM cases_client WHERE id = mine.fit OFFSET 0) AS k
    ORDER BY strict_word_similarity(v_text, k.search_name) DESC, k.sort_name, mine.id
    LIMIT p_limit;
END $$;

-- The case with this number, for who may know it; otherwise the number of no case, and equally soon.
-- The number is the one thing of a case that somebody can guess. Were it looked up behind the lock,
-- PostgreSQL would weigh who asks only when there is a row to hide: half a thousandth of a second,
-- which tells an outsider which numbers exist. Here that is weighed first, and a case that is not
-- there is weighed like one that is. LEAK-16; tests/attempts/test_timing.py.
CREATE FUNCTION vh.case_numbered(p_number text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_none CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  v_all boolean := vh.process_view();
  v_groups int[] := CASE WHEN NOT v_all THEN vh.principals() END;
  v_regimes text[] := CASE WHEN NOT v_all THEN vh.regimes() END;
  v_know int := CASE WHEN NOT v_all THEN vh.scope('know_case') END;
  v_barred uuid[] := vh.barred();
  v_case uuid := coalesce((SELECT id FROM cases_case WHERE number = p_number), v_none);
  v_known boolean := CASE WHEN v_all THEN NOT v_case = ANY (v_barred) ELSE EXISTS (
    SELECT FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known
    WHERE known = v_case) END;
BEGIN
  RETURN CASE WHEN v_known THEN v_case ELSE v_none END;
END $$;

-- A page of the cases that the asking user knows, newest first. Who knows many finds them soonest
-- by walking past the newest of all; who knows few, among his own. The office does not browse what
-- was closed: that is shielded, and found by who asks for it by name or number (WGS 2.31 lid 8).
CREATE FUNCTION vh.newest_cases(p_skip int, p_limit int) RETURNS TABLE (case_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25 SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_all boolean := vh.process_view();
  v_groups int[] := CASE WHEN NOT v_all THEN vh.principals() END;
  v_regimes text[] := CASE WHEN NOT v_all THEN vh.regimes() END;
  v_know int := CASE WHEN NOT v_all THEN vh.scope('know_case') END;
  v_barred uuid[] := vh.barred();
BEGIN
  IF v_all THEN
    RETURN QUERY
      SELECT c.id FROM cases_case c
      WHERE c.status <> 'afgesloten' AND NOT c.id = ANY (v_barred)
      ORDER BY c.opened_at DESC, c.id DESC LIMIT p_limit OFFSET p_skip;
  ELSIF vh.knows_many(v_groups, v_know) THEN
    RETURN QUERY
      SELECT c.id FROM cases_case c
      WHERE EXISTS (SELECT FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known
                    WHERE known = c.id OFFSET 0)
      ORDER BY c.opened_at DESC, c.id DESC LIMIT p_limit OFFSET p_skip;
  ELSE
    RETURN QUERY
      SELECT c.id
      FROM (SELECT DISTINCT known
            FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known) AS mine,
        LATERAL (SELECT id, opened_at FROM cases_case WHERE id = mine.known OFFSET 0) AS c
      ORDER BY c.opened_at DESC, c.id DESC LIMIT p_limit OFFSET p_skip;
  END IF;
END $$;

-- How many cases newest_cases would page through, no further than asked. From the access table: it
-- need not look at the cases, but for the office, that does not browse what was closed. Who knows all
-- of them would wait longer with every case that is opened.
CREATE FUNCTION vh.count_cases(p_most int DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_all boolean := vh.process_view();
  v_groups int[] := CASE WHEN NOT v_all THEN vh.principals() END;
  v_regimes text[] := CASE WHEN NOT v_all THEN vh.regimes() END;
  v_know int := CASE WHEN NOT v_all THEN vh.scope('know_case') END;
  v_barred uuid[] := vh.barred();
BEGIN
  IF v_all THEN
    RETURN (SELECT count(*) FROM (SELECT FROM cases_case c
      WHERE c.status <> 'afgesloten' AND NOT c.id = ANY (v_barred) LIMIT p_most) AS counted);
  END IF;
  RETURN (SELECT least(p_most, count(DISTINCT known))
          FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known);
END $$;

-- Who stands where, in numbers: the cases he knows by status and by interventiemanager. Looked up
-- one by one, however many he knows: never a read of all cases for who does not know them all.
CREATE FUNCTION vh.tally_cases() RETURNS TABLE (status text, manager_id bigint, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_all boolean := vh.process_view();
  v_groups int[] := CASE WHEN NOT v_all THEN vh.principals() END;
  v_regimes text[] := CASE WHEN NOT v_all THEN vh.regimes() END;
  v_know int := CASE WHEN NOT v_all THEN vh.scope('know_case') END;
  v_barred uuid[] := vh.barred();
BEGIN
  IF v_all THEN
    RETURN QUERY SELECT c.status::text, c.manager_id, count(*) FROM cases_case c
      WHERE NOT c.id = ANY (v_barred) GROUP BY c.status, c.manager_id;
  ELSE
    RETURN QUERY SELECT c.status::text, c.manager_id, count(*)
      FROM (SELECT DISTINCT known
            FROM vh.known_to(v_groups, v_regimes, v_know, v_barred) AS known) AS mine,
        LATERAL (SELECT * FROM cases_case WHERE id = mine.known OFFSET 0) AS c
      GROUP BY c.status, c.manager_id;
  END IF;
END $$;
