-- Whether the access log is whole, without showing a line of it.

-- Each chain: how many lines were verified, and at which place it first breaks and why. What was
-- closed (verified whole, up to a place with a hash) is not read again; its lines are counted.
CREATE FUNCTION vh.check_log(p_shards smallint[], p_places bigint[], p_hashes bytea[])
RETURNS TABLE (shard smallint, lines bigint, broken_at bigint, complaint text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH closed AS (
    SELECT h.shard, h.place AS head_place, h.hash AS head_hash,
      coalesce(c.place, 0) AS place, coalesce(c.hash, '\x00'::bytea) AS hash
    FROM vh.log_head h
      LEFT JOIN unnest(p_shards, p_places, p_hashes) AS c (shard, place, hash) USING (shard)
  ), line AS (
    SELECT e.shard, e.place, e.hash, e.previous_hash,
      sha256(e.previous_hash || vh.log_line(e)) AS proper_hash,
      c.place + row_number() OVER chain AS proper_place,
      coalesce(lag(e.hash) OVER chain, c.hash) AS hash_before
    FROM closed c JOIN veiligheidshuis_accesslogentry e
      ON e.shard = c.shard AND (c.place = 0 OR e.place > c.place)
    WINDOW chain AS (PARTITION BY e.shard ORDER BY e.place)
  ), judged AS (
    SELECT l.shard, l.place, l.hash, CASE
      WHEN l.place <> l.proper_place THEN 'hiervoor ontbreekt een regel'
      WHEN l.previous_hash <> l.hash_before THEN 'deze regel sluit niet aan op de vorige'
      WHEN l.hash <> l.proper_hash THEN 'deze regel is gewijzigd'
    END AS complaint
    FROM line l
  ), miscounted AS (
    SELECT c.shard, c.place, 'tot hier is afgesloten, en het aantal regels klopt niet' AS complaint
    FROM closed c WHERE c.place > 0 AND c.place <> (SELECT count(*)
      FROM veiligheidshuis_accesslogentry e WHERE e.shard = c.shard AND e.place <= c.place)
  ), chains AS (
    SELECT c.shard, c.head_place, c.head_hash,
      count(j.place) AS lines, coalesce(max(j.place), c.place) AS last_place,
      coalesce((array_agg(j.hash ORDER BY j.place DESC))[1], c.hash) AS last_hash,
      min(j.place) FILTER (WHERE j.complaint IS NOT NULL) AS broken_at
    FROM closed c LEFT JOIN judged j ON j.shard = c.shard
    GROUP BY c.shard, c.head_place, c.head_hash, c.place, c.hash
  )
  SELECT c.shard, c.lines, coalesce(m.place, c.broken_at, CASE
      WHEN c.head_place <> c.last_place OR c.head_hash <> c.last_hash THEN c.last_place + 1 END),
    coalesce(m.complaint, j.complaint, CASE
      WHEN c.head_place <> c.last_place THEN 'het einde van de keten ontbreekt'
      WHEN c.head_hash <> c.last_hash THEN 'de kop van de keten klopt niet'
    END)
  FROM chains c LEFT JOIN judged j ON j.shard = c.shard AND j.place = c.broken_at
    LEFT JOIN miscounted m ON m.shard = c.shard
  ORDER BY c.shard
$$;

-- The heads of the chains, to be kept outside the database.
CREATE FUNCTION vh.log_heads() RETURNS TABLE (shard smallint, place bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT h.shard, h.place, h.hash FROM vh.log_head h WHERE h.place > 0 ORDER BY h.shard $$;

-- Which of these places of these chains do not bear this hash (any more).
CREATE FUNCTION vh.log_differs(p_shards smallint[], p_places bigint[], p_hashes bytea[])
RETURNS TABLE (shard smallint, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.shard, a.place FROM unnest(p_shards, p_places, p_hashes) AS a (shard, place, hash)
  WHERE NOT EXISTS (SELECT FROM veiligheidshuis_accesslogentry e
    WHERE e.shard = a.shard AND e.place = a.place AND e.hash = a.hash)
  ORDER BY 1, 2
$$;

GRANT EXECUTE ON FUNCTION vh.check_log(smallint[], bigint[], bytea[]), vh.log_heads(),
  vh.log_differs(smallint[], bigint[], bytea[]) TO vh_clock;
