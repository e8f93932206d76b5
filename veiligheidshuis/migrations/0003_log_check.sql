-- Whether the access log is whole, without showing a line of it.

-- Each chain: how many lines were verified, and at which place it first breaks and why.
CREATE FUNCTION vh.check_log()
RETURNS TABLE (shard smallint, lines bigint, broken_at bigint, complaint text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH line AS (
    SELECT e.shard, e.place, e.hash, e.previous_hash,
      sha256(e.previous_hash || vh.log_line(e)) AS proper_hash,
      row_number() OVER chain AS proper_place,
      lag(e.hash, 1, '\x00'::bytea) OVER chain AS hash_before
    FROM veiligheidshuis_accesslogentry e
    WINDOW chain AS (PARTITION BY e.shard ORDER BY e.place)
  ), judged AS (
    SELECT l.shard, l.place, l.hash, CASE
      WHEN l.place <> l.proper_place THEN 'hiervoor ontbreekt een regel'
      WHEN l.previous_hash <> l.hash_before THEN 'deze regel sluit niet aan op de vorige'
      WHEN l.hash <> l.proper_hash THEN 'deze regel is gewijzigd'
    END AS complaint
    FROM line l
  ), chains AS (
    SELECT h.shard, h.place AS head_place, h.hash AS head_hash,
      count(j.place) AS lines, coalesce(max(j.place), 0) AS last_place,
      (array_agg(j.hash ORDER BY j.place DESC))[1] AS last_hash,
      min(j.place) FILTER (WHERE j.complaint IS NOT NULL) AS broken_at
    FROM vh.log_head h LEFT JOIN judged j ON j.shard = h.shard
    GROUP BY h.shard
  )
  SELECT c.shard, c.lines, coalesce(c.broken_at, CASE
      WHEN c.head_place <> c.last_place OR c.head_hash <> coalesce(c.last_hash, '\x00'::bytea)
      THEN c.last_place + 1 END),
    coalesce(j.complaint, CASE
      WHEN c.head_place <> c.last_place THEN 'het einde van de keten ontbreekt'
      WHEN c.head_hash <> coalesce(c.last_hash, '\x00'::bytea) THEN 'de kop van de keten klopt niet'
    END)
  FROM chains c LEFT JOIN judged j ON j.shard = c.shard AND j.place = c.broken_at
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

GRANT EXECUTE ON FUNCTION vh.check_log(), vh.log_heads(),
  vh.log_differs(smallint[], bigint[], bytea[]) TO vh_clock;
