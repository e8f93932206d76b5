-- What the register says of a partner. It decides nothing about access, and still only the office
-- writes it: the table itself says who may be let in. Whether it was still as the writer saw it.
CREATE FUNCTION vh.describe_partner(p_organisation bigint, p_seen int, p_legal_form text,
    p_representative text, p_function text, p_regie text, p_attachment text, p_hours int,
    p_presence text, p_doelgroepen text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM vh.require_role('bedrijfsbureau');
  UPDATE partners_organisation SET legal_form = p_legal_form, representative = p_representative,
      representative_function = p_function, regie = p_regie, attachment = p_attachment,
      promised_hours = p_hours, presence = p_presence,
      doelgroepen = p_doelgroepen, version = version + 1
    WHERE id = p_organisation AND version = p_seen;
  RETURN FOUND;
END $$;
