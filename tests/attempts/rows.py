"""Rows that the story of the world does not come to, each for one demand of the wall.

Found by spoiling the house on purpose (tests/mutants): what no row tries, nobody notices.
"""

from tests.house.test_two_faces import World as Bare


def add_what_is_left_out(bare: Bare, somebody: dict[str, int]) -> None:
    """Straight into the tables, whatever the rules say."""
    work_of_the_past(bare, somebody)
    a_reset_refused(bare, somebody)
    plans_that_went_on(bare)
    why_plans_were_revised(bare)
    steps_that_were_taken(bare)
    matters_that_were_decided(bare)
    steps_that_came_to_something(bare)
    lists_and_ranks(bare)
    a_list_just_read_in(bare, somebody)
    a_partner_on_the_way(bare)
    weighed_once_more(bare)
    a_colleague_confirmed(bare, somebody)
    a_document_of_long_ago(bare)
    under_the_other_regime(bare, somebody)
    a_list_that_may_be_adopted(bare)
    confirmed_and_switched_off(bare, somebody["bureau"])


def a_list_that_may_be_adopted(bare: Bare) -> None:
    """In discussion, and everybody on it is in hand already."""
    bare.set(
        "WITH l AS (INSERT INTO cases_prioriteitenlijst SELECT (jsonb_populate_record(l,"
        " jsonb_build_object('id', gen_random_uuid(), 'code', l.code || '-T'))).*"
        " FROM cases_prioriteitenlijst l WHERE l.status = 'concept' LIMIT 1 RETURNING id)"
        " INSERT INTO cases_lijstplaats SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'prioriteitenlijst_id', l.id, 'case_id', c.id, 'position', 1,"
        " 'rank', NULL))).* FROM l, cases_lijstplaats p, cases_case c"
        " WHERE c.status = 'planvorming' AND c.regime = 'wgs' LIMIT 1"
    )


def confirmed_and_switched_off(bare: Bare, office: int) -> None:
    """Needed, it was said in the round that is over; his account went off all the same."""
    bare.set(
        "INSERT INTO partners_bevestiging (user_id, ronde_id, needed, reason, decided_by_id)"
        " SELECT u.id, r.id, true, '', %s FROM partners_user u, partners_bevestigingsronde r"
        " WHERE u.username LIKE '%%-uit' AND r.last_day < vh.today()",
        office,
    )


def under_the_other_regime(bare: Bare, somebody: dict[str, int]) -> None:
    """A list of the local approach that was adopted; and a meeting about a client under the law, of
    which somebody takes notes whose organisation has no part in the law. PRV-20."""
    bare.set(
        "INSERT INTO cases_prioriteitenlijst SELECT (jsonb_populate_record(l, jsonb_build_object("
        "'id', gen_random_uuid(), 'regime', 'lokale_pga', 'code', l.code || '-L'))).*"
        " FROM cases_prioriteitenlijst l WHERE l.status = 'vastgesteld' LIMIT 1"
    )
    take_notes(bare, somebody["ketenpartner-elders"])
    bare.set(  # and is to be reminded of somebody in the local approach
        "INSERT INTO cases_deadline SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'case_id', c.id, 'subject_id', c.id, 'recipient_id', %s::bigint,"
        " 'done_at', NULL))).* FROM cases_deadline d, cases_case c"
        " WHERE c.regime = 'lokale_pga' LIMIT 1",
        somebody["bedrijfsbureau-elders"],
    )
    bare.set(  # somebody in the local approach is spoken of, in a meeting that was not held yet
        "WITH o AS (INSERT INTO agenda_casusoverleg SELECT (jsonb_populate_record(o,"
        " jsonb_build_object('id', gen_random_uuid(), 'status', 'gepland'))).*"
        " FROM agenda_casusoverleg o WHERE o.status = 'gehouden' LIMIT 1 RETURNING id),"
        " i AS (INSERT INTO agenda_agendaitem SELECT (jsonb_populate_record(i, jsonb_build_object("
        "'id', gen_random_uuid(), 'overleg_id', o.id, 'case_id', c.id))).*"
        " FROM o, agenda_agendaitem i, cases_case c WHERE c.regime = 'lokale_pga' LIMIT 1"
        " RETURNING id, overleg_id, case_id)"
        " INSERT INTO agenda_invitation SELECT (jsonb_populate_record(v, jsonb_build_object("
        "'id', gen_random_uuid(), 'item_id', i.id, 'overleg_id', i.overleg_id,"
        " 'case_id', i.case_id))).* FROM i, agenda_invitation v LIMIT 1"
    )
    bare.set(  # he reported somebody who was admitted under the law since
        "INSERT INTO cases_aanmelding SELECT (jsonb_populate_record(a, jsonb_build_object("
        "'id', gen_random_uuid(), 'reported_by_id', %s::bigint, 'reported_as', 'Wie',"
        " 'reported_at', now()))).*"
        " FROM cases_aanmelding a JOIN cases_case c ON c.id = a.case_id AND c.regime = 'wgs'"
        " WHERE (SELECT array_agg(w.status) FROM cases_weging w WHERE w.case_id = a.case_id)"
        " = ARRAY['toegelaten']::varchar[] LIMIT 1",
        somebody["ketenpartner-elders"],
    )


def a_document_of_long_ago(bare: Bare) -> None:
    """One that waited too long and whose last day was yesterday."""
    bare.set(
        "UPDATE cases_document SET first_processed_on = vh.today() - 9,"
        " keep_until = vh.today() - 1 WHERE status = 'wacht'"
    )


def weighed_once_more(bare: Bare) -> None:
    """Somebody who is in hand long since, by two chains, of which one says no; and somebody who
    was admitted, and is nobody's yet."""
    bare.set(
        "UPDATE cases_weging w SET status = o.status, decided_on = o.decided_on,"
        " decided_by_id = o.decided_by_id FROM cases_weging o WHERE o.status = 'gevraagd'"
        " AND w.case_id = (SELECT id FROM cases_case WHERE status = 'planvorming'"
        " ORDER BY number DESC LIMIT 1)"
    )
    bare.set(
        "UPDATE cases_oordeel o SET met = false FROM cases_weging w, cases_case c"
        " WHERE w.id = o.weging_id AND c.id = w.case_id AND w.status = 'gevraagd'"
        " AND c.status = 'planvorming'"
    )
    bare.set(
        "INSERT INTO cases_weging SELECT (jsonb_populate_record(w, jsonb_build_object("
        "'id', gen_random_uuid(), 'case_id', c.id))).* FROM cases_weging w, cases_case c"
        " WHERE w.status = 'toegelaten' AND c.status = 'aangemeld' AND NOT EXISTS (SELECT"
        " FROM cases_weging x WHERE x.case_id = c.id) ORDER BY c.number LIMIT 1"
    )


def a_colleague_confirmed(bare: Bare, somebody: dict[str, int]) -> None:
    """In the round that runs one of the police was confirmed."""
    bare.set(
        "INSERT INTO partners_bevestiging (user_id, ronde_id, needed, reason, decided_by_id)"
        " SELECT %s, id, true, '', %s FROM partners_bevestigingsronde"
        " ORDER BY began_at DESC LIMIT 1",
        somebody["politie"],
        somebody["bureau"],
    )


def work_of_the_past(bare: Bare, somebody: dict[str, int]) -> None:
    """Treated under the agreements of yesterday; weighed long ago; closed, with a BSN; and an
    agreement that still has to begin."""
    bare.set("UPDATE cases_case SET werkwijze_on = vh.today() - 1 WHERE status <> 'aangemeld'")
    bare.set("UPDATE cases_weging SET decided_on = vh.today() - 400 WHERE status = 'toegelaten'")
    bare.set(
        "INSERT INTO cases_clientbsn SELECT (jsonb_populate_record(b, jsonb_build_object("
        "'client_id', c.client_id, 'digest', left(b.digest, 63) || 'x'))).*"
        " FROM cases_clientbsn b, cases_case c WHERE c.status = 'afgesloten' LIMIT 1"
    )
    bare.set(
        "INSERT INTO veiligheidshuis_werkafspraak SELECT (jsonb_populate_record(w,"
        " jsonb_build_object('id', gen_random_uuid(), 'valid_from', vh.today() + 30,"
        " 'recorded_by_id', %s::bigint))).* FROM veiligheidshuis_werkafspraak w LIMIT 1",
        somebody["bureau"],
    )


def a_reset_refused(bare: Bare, somebody: dict[str, int]) -> None:
    """The second person said no."""
    bare.set(
        "INSERT INTO partners_factorreset SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'user_id', %s::bigint, 'status', 'afgewezen',"
        " 'approved_by_id', NULL, 'approved_at', NULL, 'not_before', NULL,"
        " 'closed_by_id', %s::bigint, 'closed_at', now()))).* FROM partners_factorreset r LIMIT 1",
        somebody["ggd"],
        somebody["manager"],
    )


def plans_that_went_on(bare: Bare) -> None:
    """A report on what another partner does, and plans of which it is their status alone that says
    whether somebody must do something."""
    bare.set(
        "INSERT INTO maatwerkplan_progressreport SELECT (jsonb_populate_record(r,"
        " jsonb_build_object('id', gen_random_uuid(), 'action_id', b.id))).*"
        " FROM maatwerkplan_progressreport r"
        " JOIN maatwerkplan_partneraction a ON a.id = r.action_id"
        " JOIN maatwerkplan_partneraction b ON b.plan_id = a.plan_id"
        " AND b.organisation_id <> a.organisation_id LIMIT 1"
    )
    bare.set(
        "DELETE FROM maatwerkplan_deliveryanswer WHERE question_id = (SELECT q.id"
        " FROM maatwerkplan_deliveryquestion q JOIN maatwerkplan_maatwerkplan p ON p.id = q.plan_id"
        " WHERE p.status = 'geweigerd' ORDER BY q.id LIMIT 1)"
    )
    bare.set(  # offered long ago, and never signed
        "UPDATE maatwerkplan_maatwerkplan SET offered_at = now() - interval '20 days'"
        " WHERE status = 'geweigerd'"
    )
    bare.set(  # a plan in which nothing stands yet
        "INSERT INTO maatwerkplan_maatwerkplan SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'case_id', c.id))).*"
        " FROM maatwerkplan_maatwerkplan p, cases_case c"
        " WHERE p.status = 'concept' AND c.status = 'planvorming' AND c.id <> p.case_id LIMIT 1"
    )
    bare.set(  # refused before, and drawn up anew
        "INSERT INTO maatwerkplan_refusal SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'plan_id', p.id, 'case_id', p.case_id))).*"
        " FROM maatwerkplan_refusal r, maatwerkplan_maatwerkplan p"
        " WHERE p.status = 'concept' ORDER BY p.id LIMIT 1"
    )
    bare.set(  # a revision that was taken back, beside the plan that is carried out
        "INSERT INTO maatwerkplan_maatwerkplan SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'number', p.number + 1, 'status', 'ingetrokken',"
        " 'signed_at', NULL, 'withdrawn_at', now()))).* FROM maatwerkplan_maatwerkplan p"
        " WHERE p.status = 'ondertekend'"
    )


def matters_that_were_decided(bare: Bare) -> None:
    """Pushed through for a partner who carries it out, not pushed through, taken back; and one that
    lies before the manager who asked it himself, as who stands in for who leads."""
    bare.set(
        "INSERT INTO maatwerkplan_doorzetting SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'status', s.status, 'reason', 'Het moet.', 'question_id', s.q,"
        " 'decided_by_id', m.id, 'decided_at', now(), 'case_id', a.case_id, 'plan_id', a.plan_id,"
        " 'organisation_id', a.organisation_id))).* FROM maatwerkplan_doorzetting d,"
        " (VALUES ('doorgezet', gen_random_uuid()), ('niet_doorgezet', gen_random_uuid()),"
        " ('teruggenomen', gen_random_uuid())) AS s(status, q),"
        " (SELECT id FROM partners_user WHERE username = 'manager') AS m,"
        " (SELECT a.* FROM maatwerkplan_partneraction a JOIN maatwerkplan_maatwerkplan p"
        " ON p.id = a.plan_id WHERE p.status = 'ondertekend' ORDER BY a.id LIMIT 1) AS a"
    )
    bare.set(
        "INSERT INTO maatwerkplan_doorzetting SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'question_id', gen_random_uuid(), 'laid_by_id', m.id))).*"
        " FROM maatwerkplan_doorzetting d, partners_user m WHERE d.status = 'voorgelegd'"
        " AND m.username = 'manager'"
    )


def steps_that_came_to_something(bare: Bare) -> None:
    """A reminder, a call and a question for power about what the manager was asked: settled by who
    leads, and by the manager."""
    bare.set(
        "INSERT INTO maatwerkplan_aanspreking SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'stage', s.stage, 'status', s.status, 'outcome', 'Gebeld.',"
        " 'asked_of_id', CASE s.stage WHEN 'doorzetting' THEN d.organisation_id END,"
        " 'settled_by_id', u.id, 'settled_at', now()))).* FROM maatwerkplan_aanspreking d,"
        " (VALUES ('herinnering', 'niet_gelukt', 'samira'), ('oproep', 'gelukt', 'samira'),"
        " ('manager', 'niet_gelukt', 'manager'), ('doorzetting', 'gelukt', 'manager'))"
        " AS s(stage, status, settled_by) JOIN partners_user u ON u.username = s.settled_by"
        " WHERE d.status = 'loopt'"
    )


def why_plans_were_revised(bare: Bare) -> None:
    """Of every plan that followed another."""
    bare.set(
        "INSERT INTO maatwerkplan_herziening (first_processed_on, plan_id, case_id, reason,"
        " recorded_by_id, recorded_at) SELECT vh.today(), p.id, p.case_id, 'Verhuist.',"
        " p.drawn_up_by_id, now() FROM maatwerkplan_maatwerkplan p WHERE p.number > 1"
    )


def steps_that_were_taken(bare: Bare) -> None:
    """A step of long ago of which nobody said what came, and one of which somebody did; both by a
    partner who knows the case."""
    bare.set(
        "INSERT INTO maatwerkplan_drangstap SELECT (jsonb_populate_record(s, jsonb_build_object("
        "'id', gen_random_uuid(), 'on', vh.today() - d.days, 'case_id', a.case_id,"
        " 'plan_id', a.plan_id, 'organisation_id', a.organisation_id))).*"
        " FROM maatwerkplan_drangstap s, generate_series(1, 2) AS d(days), (SELECT a.* FROM"
        " maatwerkplan_partneraction a JOIN maatwerkplan_maatwerkplan p ON p.id = a.plan_id"
        " WHERE p.status = 'ondertekend' ORDER BY a.id LIMIT 1) AS a"
    )
    bare.set(
        "INSERT INTO maatwerkplan_stapuitkomst (first_processed_on, step_id, case_id, text,"
        " happened_on, recorded_by_id, recorded_at) SELECT vh.today(), s.id, s.case_id, 'Kwam.',"
        " vh.today(), s.recorded_by_id, now() FROM maatwerkplan_drangstap s"
        ' ORDER BY s."on" LIMIT 1'
    )


def lists_and_ranks(bare: Bare) -> None:
    """A client in hand who has a place, on no list in discussion; a candidate who was on a former
    list; and an adopted list that was not sealed yet."""
    bare.set(
        "UPDATE cases_case SET priority = 7 WHERE id = (SELECT id FROM cases_case"
        " WHERE status = 'planvorming' ORDER BY number LIMIT 1)"
    )
    bare.set(
        "INSERT INTO cases_lijstplaats SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'rank', 3, 'case_id', c.id))).* FROM cases_lijstplaats p"
        " JOIN cases_prioriteitenlijst l ON l.id = p.prioriteitenlijst_id, cases_case c"
        " WHERE l.status <> 'concept' AND c.status = 'aangemeld' AND NOT EXISTS (SELECT"
        " FROM cases_lijstplaats o WHERE o.case_id = c.id) LIMIT 1"
    )
    bare.set(
        "UPDATE cases_prioriteitenlijst SET seal = '', line_seals = '{}'"
        " WHERE status = 'vastgesteld'"
    )


def a_list_just_read_in(bare: Bare, somebody: dict[str, int]) -> None:
    """Of one new person, with whom nobody did anything; and a row about somebody we knew."""
    bare.set(
        "WITH k AS (INSERT INTO cases_client SELECT (jsonb_populate_record(k, jsonb_build_object("
        "'id', gen_random_uuid(), 'first_name', 'Wie', 'last_name', 'Nieuwman',"
        " 'sort_name', 'nieuwman wie', 'search_name', 'nieuwman wie', 'municipality', ''))).*"
        " FROM cases_client k LIMIT 1 RETURNING id),"
        " c AS (INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object("
        "'id', gen_random_uuid(), 'number', 'VH-2026-9901', 'client_id', k.id,"
        " 'source_note', ''))).* FROM k, cases_case c WHERE c.status = 'aangemeld' LIMIT 1"
        " RETURNING id),"
        " b AS (INSERT INTO cases_importbatch SELECT (jsonb_populate_record(b, jsonb_build_object("
        "'id', gen_random_uuid(), 'confirmed_at', now(), 'confirmed_by_id', %s::bigint))).*"
        " FROM cases_importbatch b LIMIT 1 RETURNING id)"
        " INSERT INTO cases_importrow SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'batch_id', b.id, 'outcome', 'nieuw', 'case_id', c.id))).*"
        " FROM b, c, cases_importrow r WHERE r.outcome = 'nieuw' LIMIT 1",
        somebody["bureau"],
    )
    bare.set(
        "INSERT INTO cases_importrow SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'line', 999, 'outcome', 'bekend', 'case_id', %s::uuid))).*"
        " FROM cases_importrow r WHERE r.outcome = 'afgewezen' LIMIT 1",
        bare.cases[0],
    )


def a_partner_on_the_way(bare: Bare) -> None:
    """It signed a covenant that does not hold any more; and of who left the day is to come."""
    bare.set(
        "INSERT INTO partners_regeling SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'status', 'vervangen', 'version', 99))).*"
        " FROM partners_regeling r WHERE r.kind = 'convenant' LIMIT 1"
    )
    bare.set(
        "INSERT INTO partners_toetreding SELECT (jsonb_populate_record(t, jsonb_build_object("
        "'id', gen_random_uuid(), 'status', 'ondertekend', 'activated_at', NULL,"
        " 'active_from', NULL, 'signed_on', vh.today(), 'organisation_id', o.id))).*"
        " FROM partners_toetreding t, partners_organisation o WHERE t.status = 'actief'"
        " AND NOT EXISTS (SELECT FROM partners_toetreding x WHERE x.organisation_id = o.id) LIMIT 1"
    )
    bare.set(
        "INSERT INTO partners_ondertekening SELECT (jsonb_populate_record(s, jsonb_build_object("
        "'id', gen_random_uuid(), 'regeling_id', r.id, 'organisation_id', t.organisation_id))).*"
        " FROM partners_ondertekening s, partners_regeling r, partners_toetreding t"
        " WHERE r.status = 'vervangen' AND t.status = 'ondertekend' LIMIT 1"
    )
    bare.set(
        "UPDATE partners_toetreding SET leaves_on = vh.today() + 1 WHERE status = 'uitgetreden'"
    )
    bare.set(  # and another left yesterday
        "INSERT INTO partners_toetreding SELECT (jsonb_populate_record(t, jsonb_build_object("
        "'id', gen_random_uuid(), 'leaves_on', vh.today() - 1, 'organisation_id', o.id))).*"
        " FROM partners_toetreding t, partners_organisation o WHERE t.status = 'uitgetreden'"
        " AND NOT EXISTS (SELECT FROM partners_toetreding x WHERE x.organisation_id = o.id) LIMIT 1"
    )


def take_notes(bare: Bare, user: int) -> None:
    """The meeting that was held, once more, but planned by him and with the notes taken by him."""
    bare.set(
        """
        WITH held AS (INSERT INTO agenda_casusoverleg SELECT (jsonb_populate_record(o,
            jsonb_build_object('id', gen_random_uuid(), 'note_taker_id', %s::bigint,
              'planned_by_id', %s::bigint))).*
          FROM agenda_casusoverleg o WHERE o.status = 'gehouden' ORDER BY id LIMIT 1
          RETURNING id, status),
        item AS (INSERT INTO agenda_agendaitem SELECT (jsonb_populate_record(i,
            jsonb_build_object('id', gen_random_uuid(), 'overleg_id', held.id))).*
          FROM held, agenda_agendaitem i JOIN agenda_minutes m ON m.item_id = i.id LIMIT 1
          RETURNING id, case_id)
        INSERT INTO agenda_minutes SELECT (jsonb_populate_record(m,
            jsonb_build_object('item_id', item.id))).*
          FROM item JOIN agenda_minutes m ON m.case_id = item.case_id LIMIT 1
        """,
        user,
        user,
    )
