-- What the role that counts may read: columns without a person in them, of all plans.
GRANT SELECT (id, case_id, number, offered_at, signed_at, refused_at)
  ON maatwerkplan_maatwerkplan TO vh_figures;
GRANT SELECT (id, plan_id) ON maatwerkplan_partneraction TO vh_figures;
GRANT SELECT (action_id, kind, happened_on) ON maatwerkplan_progressreport TO vh_figures;
CREATE POLICY vh_figures_select ON maatwerkplan_maatwerkplan
  FOR SELECT TO vh_figures USING (true);
CREATE POLICY vh_figures_select ON maatwerkplan_partneraction
  FOR SELECT TO vh_figures USING (true);
CREATE POLICY vh_figures_select ON maatwerkplan_progressreport
  FOR SELECT TO vh_figures USING (true);
GRANT EXECUTE ON FUNCTION vh.require_role(text[]) TO vh_figures;

-- settings.SMALLEST_GROUP; a test compares them. Here, because who calls the function must not choose
-- how much is hidden.
CREATE FUNCTION vh.smallest_group() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$ SELECT 5 $$;

CREATE FUNCTION vh.half_year(p_day date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT make_date(extract(year FROM p_day)::int,
                   CASE WHEN extract(month FROM p_day) < 7 THEN 1 ELSE 7 END, 1)
$$;

-- A count that may be shown: nobody, or enough people to hide among.
CREATE FUNCTION vh.shown(p_count int) RETURNS int
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog AS
$$ SELECT CASE WHEN p_count = 0 OR p_count >= vh.smallest_group() THEN p_count END $$;

-- A part of a whole that is shown: only when the rest may be shown too, for whoever knows whole
-- and part knows the rest. Is the whole hidden, then the part is.
CREATE FUNCTION vh.shown_part(p_whole int, p_part int) RETURNS int
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog AS $$
  SELECT CASE WHEN vh.shown(p_part) IS NOT NULL AND vh.shown(p_whole - p_part) IS NOT NULL
    THEN p_part END
$$;

-- One half-year as it may be shown. Who was offered a plan signed it or did not; who signed started
-- in time or did not; who did not sign refused or still thinks. At each fork both ways are shown or
-- neither. The half-year that still runs is rounded down, so that the day on which a figure
-- changes says nothing about the person whose plan changed that day.
CREATE FUNCTION vh.shown_half_year(p_running boolean, p_offered int, p_signed int, p_started int,
    p_refused int, OUT offered int, OUT signed int, OUT started int, OUT refused int)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE step int := CASE WHEN p_running THEN vh.smallest_group() ELSE 1 END;
BEGIN
  offered := vh.shown(p_offered);
  signed := vh.shown_part(offered, p_signed);
  started := vh.shown_part(signed, p_started);
  refused := vh.shown_part(offered - signed, p_refused);
  offered := offered / step * step;
  signed := signed / step * step;
  started := started / step * step;
  refused := refused / step * step;
END $$;

-- The last four half-years. One client counts once in a half-year, with his last plan of it;
-- started means: every action of the plan, within the term that held on the day of the offer.
-- S2, voetnoot 11.
CREATE FUNCTION vh.half_year_figures()
RETURNS TABLE (half_year date, running boolean, offered int, signed int, started int, refused int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  PERFORM vh.require_role('stuurgroep', 'manager');
  RETURN QUERY
    WITH half_years AS (
      SELECT (vh.half_year(vh.today()) - make_interval(months => 6 * n))::date AS half_year,
             n = 0 AS running
      FROM generate_series(0, 3) AS n),
    days AS (
      SELECT p.id, p.case_id, p.number, p.signed_at, p.refused_at,
             (p.offered_at AT TIME ZONE 'Europe/Amsterdam')::date AS offered_on
      FROM maatwerkplan_maatwerkplan p WHERE p.offered_at IS NOT NULL),
    offers AS (
      SELECT DISTINCT ON (d.case_id, vh.half_year(d.offered_on))
             vh.half_year(d.offered_on) AS half_year, d.*
      FROM days d ORDER BY d.case_id, vh.half_year(d.offered_on),
        d.signed_at IS NOT NULL DESC, d.number DESC),  -- a revision is offered beside what was signed
    terms AS (
      SELECT o.offered_on,
             o.offered_on + vh.agreed_number('start_within_days', o.offered_on) AS start_by
      FROM (SELECT DISTINCT offered_on FROM offers) AS o),
    outcomes AS (
      SELECT o.half_year, o.signed_at IS NOT NULL AS signed, o.refused_at IS NOT NULL AS refused,
             NOT EXISTS (
               SELECT FROM maatwerkplan_partneraction a WHERE a.plan_id = o.id AND NOT EXISTS (
                 SELECT FROM maatwerkplan_progressreport r
                 WHERE r.action_id = a.id AND r.kind = 'start'
                   AND r.happened_on <= GREATEST(t.start_by, CASE  -- what waits, on its own day
                     WHEN a.after_id IS NOT NULL OR a.bridged_by_id IS NOT NULL
                     THEN a.start_date END))) AS started
      FROM offers o JOIN terms t ON t.offered_on = o.offered_on),
    counts AS (
      SELECT h.half_year, h.running, count(o.half_year)::int AS offered,
             (count(*) FILTER (WHERE o.signed))::int AS signed,
             (count(*) FILTER (WHERE o.signed AND o.started))::int AS started,
             (count(*) FILTER (WHERE o.refused))::int AS refused
      FROM half_years h LEFT JOIN outcomes o ON o.half_year = h.half_year
      GROUP BY h.half_year, h.running)
    SELECT c.half_year, c.running, s.offered, s.signed, s.started, s.refused
    FROM counts c,
         vh.shown_half_year(c.running, c.offered, c.signed, c.started, c.refused) AS s
    ORDER BY c.half_year DESC;
END $$;

-- All of it belongs to the role that counts; the application may ask for the result alone.
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY[
    'vh.smallest_group()', 'vh.half_year(date)', 'vh.shown(int)',
    'vh.shown_part(int, int)', 'vh.shown_half_year(boolean, int, int, int, int)',
    'vh.half_year_figures()']::regprocedure[]
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO vh_figures', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION vh.half_year_figures() TO vh_app;
