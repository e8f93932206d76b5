"""Who finds which page: the matrix of every address of the house and everybody who may come.

A row for every route of the resolver; a new route without a row is red (test_urls.py). A row gives
doors (doors.py): an address with real arguments, and the people for whom it opens. For everybody
else it is not there.
"""

from collections.abc import Iterable
from typing import Any

from cases.models import Aanmelding, Leefgebied
from tests.house.document_doors import documents, files, waiting
from tests.house.doors import (
    Door,
    Row,
    fresh,
    fresh_to_send,
    fresh_to_take_along,
    of,
    of_cases,
    page,
    timelines,
)
from tests.house.execution_doors import (
    ASKED,
    calls,
    calls_of_manager,
    recordable_reports,
    signed_actions,
)
from tests.house.fact_doors import facts, kinds_of_fact
from tests.house.goals import goals
from tests.house.list_doors import (
    asked_sources,
    lists,
    lists_of_office,
    open_lists_of_manager,
    places,
    places_of_office,
)
from tests.house.login_doors import own_resets, passkeys, reset_steps, resets
from tests.house.matters import matters, matters_led
from tests.house.partner_doors import (
    BUREAU,
    FG,
    TABLE,
    confirmed,
    regelingen,
    regelingen_of_office,
    toetredingen,
    toetredingen_of_office,
    versions_of_office,
    werkafspraken,
    werkafspraken_of_office,
)
from tests.house.world import (
    ADMINISTRATORS,
    COMMISSION,
    EVERYBODY,
    LEADERS,
    OFFICE,
    PARTNERS,
    PERSONS,
    STAFF,
    Circle,
    World,
)
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as


def of_signed(world: World) -> Circle:
    return world.circles["de ondertekenaar"]


def lookalikes(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The office compares; of two that are not alike it is told so."""
    both = ("de losse", "de eerste kandidaat")
    number, other = (world.circles[about].case.number for about in both)
    yield {"number": number, "other": other}, BUREAU


def batches(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"batch_id": world.rows[0].batch_id}, BUREAU


def unread_lists(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"batch_id": world.unread_list}, BUREAU


def rows(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for row in world.rows:
        yield {"batch_id": row.batch_id, "row_id": row.pk}, BUREAU


def scores(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for circle in world.circles.values():
        for leefgebied in Leefgebied.values[:2]:
            judged = circle.lead if circle.diagnosis else frozenset()
            yield {"number": circle.case.number, "leefgebied": leefgebied}, judged


def grants(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The access that was given by hand is taken back by who leads."""
    signed = of_signed(world)
    group = world.hand_group
    yield {"number": signed.case.number, "group_id": group}, signed.lead


def opened_victims(route: str, world: World) -> Iterable[Door]:
    """First it is asked why; and then they are shown to who supports one, or leads."""
    for circle in world.circles.values():
        for query in ("", "?reden=veiligheid"):
            yield Door(route, (("number", circle.case.number),), circle.victims, query=query)


def victims(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The interventiemanager alone writes, of each victim of this one case."""
    signed = of_signed(world)
    for victim in world.victims.values():
        yield {"number": signed.case.number, "victim_id": victim.pk}, signed.lead


def supports(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Of the victim that somebody supports, and of the other one that nobody does."""
    for kwargs, lead in victims(world):
        supported = kwargs["victim_id"] == world.victims["de ondertekenaar"].pk
        yield {**kwargs, "group_id": world.hand_group}, lead if supported else frozenset()


def bars(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Who is barred is known to the office, but for himself."""
    circle = world.circles["de verwant"]
    yield {"number": circle.case.number, "user_id": world.barred}, circle.office


def closed_emergencies(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """What is closed is not closed again."""
    number = world.circles["de weigeraar"].case.number
    yield {"number": number, "emergency_id": world.emergency}, frozenset()


def emergencies(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"emergency_id": world.emergency}, JUDGES


def leaders(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The office sees whom somebody leads."""
    yield {"user_id": world.leader}, OFFICE


def actions(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Only a plan that is being made can be changed, by who leads."""
    for about, circle in world.circles.items():
        for name, action in world.actions.items():
            if name.endswith(about):
                yield {"number": circle.case.number, "action_id": action.pk}, circle.lead


def questions(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """A question is for the organisation that was asked; not any more when it said no."""
    for name, question in world.questions.items():
        leefgebied, about = name.split(" van ")
        circle = world.circles[about]
        yield {"question_id": question.pk}, frozenset({ASKED[leefgebied]}) & circle.know


def recordable(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for name, question in world.questions.items():
        circle = world.circles[name.split(" van ")[1]]
        yield {"number": circle.case.number, "question_id": question.pk}, circle.lead


def steps_led(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """What came of a step is recorded by who leads."""
    circle = world.circles["de weigeraar"]
    for step in world.steps.values():
        yield {"number": circle.case.number, "step_id": step}, circle.lead


def own_steps(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """A step is for the partner who takes it; the first is taken by who leads."""
    for slug, step in world.steps.items():
        yield {"step_id": step}, frozenset({slug} & PARTNERS)


INVITED = frozenset({"samira", "legerdesheils"})


def meetings(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for meeting in world.meetings.values():
        yield {"overleg_id": meeting.pk}, OFFICE | INVITED


def meetings_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for meeting in world.meetings.values():
        yield {"overleg_id": meeting.pk}, BUREAU


def points_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for meeting in world.meetings.values():
        yield {"overleg_id": meeting.pk, "position": 1}, BUREAU


def invitations(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for asked in world.invitations:
        yield {"overleg_id": asked.overleg_id, "invitation_id": asked.pk}, BUREAU


def points(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Written by the note-taker, until they are adopted."""
    for name, meeting in world.meetings.items():
        writes = BUREAU if name == "het gehouden overleg" else frozenset()
        yield {"overleg_id": meeting.pk, "position": 1}, writes


def organisations(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for slug in ("politie", "bewoners"):
        yield {"slug": slug}, TABLE | FG


def organisations_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"slug": "politie"}, BUREAU


def mandaten(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"mandaat_id": world.mandaat}, BUREAU


def contact_points(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"slug": "politie", "kind": "eerste"}, BUREAU


def people(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for user_id in (world.someone, world.someone_else):
        yield {"user_id": user_id}, BUREAU


def kept(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The administrator of the police keeps the accounts of the police, and of nobody else."""
    yield {"user_id": world.someone}, BUREAU | {"beheerder"}
    yield {"user_id": world.someone_else}, BUREAU


def dead_links(route: str, world: World) -> Iterable[Door]:
    """Nobody but the post and its reader ever has a link that works."""
    yield Door(route, (("token", "0" * 64),), frozenset(), public=True)


def lost(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for step in ("goedkeuren", "intrekken"):
        yield {"invitation_id": world.lost, "step": step}, OFFICE | {"beheerder"}


def papers(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The manager looks along with the office."""
    for person, _ in people(world):
        yield person, OFFICE


def absences(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Who is away comes back by himself, or by the office."""
    yield {"absence_id": world.absence}, BUREAU | {"ggd"}


def roles(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"user_id": world.someone, "appointment_id": world.appointment}, BUREAU


def kept_roles(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for role, who in roles(world):
        yield role, who | {"beheerder"}


def login_services(method: str = "GET") -> Row:
    """No partner of this house has a login service: there is no way to one."""
    slug = (("slug", "politie"),)
    return lambda route, world: [Door(route, slug, frozenset(), method, public=True)]


def unlinked(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Without a login service nobody is linked with one."""
    yield {"user_id": world.someone}, frozenset()


def proposals(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"user_id": world.someone, "proposal_id": 1}, frozenset()


def others_sessions(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """A session is ended by its own user; nobody here is in the house twice."""
    yield {"mark": "0123456789abcdef0123"}, frozenset()


def areas(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"slug": "gasthuis"}, COMMISSION


def areas_of_chair(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"slug": "gasthuis"}, frozenset({"buurtregisseur"})


def reports(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for report in world.reports:
        yield {"pk": report.pk}, frozenset({"buurtregisseur"})


def public_areas(route: str, world: World) -> Iterable[Door]:
    yield Door(route, (("slug", "gasthuis"),), EVERYBODY, public=True)


def public_outcomes(route: str, world: World) -> Iterable[Door]:
    arguments = (("slug", "gasthuis"), ("code", world.report_code))
    yield Door(route, arguments, EVERYBODY, public=True)


def searches(route: str, world: World) -> Iterable[Door]:
    """The empty search, and one for every surname; but for its last letter, for it is echoed."""
    yield Door(route, (), PERSONS)
    for canary in world.canaries:
        if canary.about.startswith("achternaam"):
            yield Door(route, (), PERSONS, query=f"?q={canary.word[:-1]}")


def signals(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"signal_id": world.signal}, frozenset({"fg"})


def to_call(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    with acting_as(user("bureau").pk):
        reports = list(Aanmelding.objects.values("pk"))
    yield from (({"report_id": report["pk"]}, BUREAU) for report in reports)


JUDGES = frozenset({"manager", "fg"})
CHAIR = frozenset({"buurtregisseur"})
MANAGER = frozenset({"manager"})
KEEPERS = BUREAU | ADMINISTRATORS
STEERING = MANAGER | {"stuurgroep"}
MATRIX: dict[str, Row] = {
    "home": page(STAFF),
    "health": page(EVERYBODY, public=True),
    "login": page(EVERYBODY, public=True),
    "second_step": page(EVERYBODY, public=True),
    "set_up": page(EVERYBODY, public=True),
    "confirm": page(STAFF),
    "tablet_thanks": page(STAFF),
    "logout": page(STAFF, method="POST"),
    "account": page(STAFF),
    "credentials": page(STAFF),
    "new_app": fresh(page(STAFF)),
    "recovery_codes": page(STAFF),
    "new_codes": fresh_to_send(page(STAFF, method="POST")),
    "new_passkey": fresh(page(STAFF)),
    "passkey_away": fresh_to_send(of(passkeys, "POST")),
    # by way of your own organisation: in this house no partner has a login service
    "partners:sign_on": page(public=True),
    "partners:sign_on_start": login_services(),
    "partners:sign_on_return": login_services(),
    "partners:sign_off": login_services("POST"),
    "partners:sign_on_prove": page(),
    "partners:link_of": fresh_to_send(of(unlinked)),
    "partners:link_decide": fresh_to_send(of(proposals, "POST")),
    "partners:own_sign_on": page(),
    "partners:sign_on_link": fresh_to_send(page(method="POST")),
    "partners:sign_on_unlink": fresh_to_send(page(method="POST")),
    "session_end": of(others_sessions, "POST"),
    "sessions_end": page(STAFF, method="POST"),
    "draft": page(),
    "autosave": page(STAFF, method="POST"),
    "autosave_choose": page(STAFF, method="POST"),
    "hulp": page(EVERYBODY, public=True),
    "privacy": page(EVERYBODY, public=True),
    "toegankelijkheid": page(EVERYBODY, public=True),
    "stijlgids": page(STAFF),
    # cases: from being put forward to an interventiemanager
    "cases:candidates": page(BUREAU),
    "cases:nominate": page(PERSONS),
    "cases:contacted": of(to_call, "POST"),
    "cases:ask_weighing": fresh_to_send(of_cases("office")),
    "cases:weighings": page(PERSONS),
    "cases:weigh": of_cases("weigh"),
    "cases:admit": of_cases("weigh", "POST"),
    "cases:decline": of_cases("weigh"),
    "cases:screenings": page(OFFICE),
    "cases:screen": of_cases("office", "POST"),
    "cases:likeness": fresh_to_send(of(lookalikes)),
    "cases:import": page(BUREAU),
    "cases:import_preview": of(batches),
    "cases:import_columns": of(unread_lists),
    "cases:import_undo": of(batches),
    "cases:import_withdraw": of(batches, "POST"),
    "cases:import_decide": of(rows, "POST"),
    "cases:lists": page(PERSONS),
    "cases:list_new": fresh_to_send(page(OFFICE)),
    "cases:list": of(lists),
    "cases:list_add": of(lists_of_office),
    "cases:list_move": of(places),
    "cases:list_sources": of(lists_of_office),
    "cases:source_tell": of(asked_sources, "POST"),
    "cases:list_meeting": of(lists_of_office),
    "cases:list_pdf": fresh_to_take_along(of(lists_of_office)),
    "cases:list_xlsx": fresh_to_take_along(of(lists_of_office)),
    "cases:list_take_off": of(places_of_office),
    "cases:list_adopt": of(open_lists_of_manager),
    "cases:caseload": page(MANAGER),
    "cases:assign": fresh_to_send(of_cases("assign")),
    "cases:hand_over_all": fresh_to_send(of(leaders)),
    "cases:overview": page(MANAGER),
    # cases: the dossier
    "cases:search": searches,
    "cases:detail": timelines,
    "cases:note_add": of_cases("lead", "POST"),
    "cases:access": fresh_to_send(of_cases("administer")),
    "cases:explain": of_cases("lead"),
    "cases:access_withdraw": fresh(of(grants)),
    "cases:bar": fresh(of_cases("office")),
    "cases:emergency": fresh(of_cases("bureau")),
    "cases:offences": of_cases("count"),
    "cases:close_case": fresh_to_send(of_cases("lead")),
    "cases:regime": fresh_to_send(of_cases("administer")),
    "cases:documents": of_cases("content"),
    "cases:document_add": of_cases("lead"),
    "cases:document_file": fresh_to_take_along(of(files)),
    "cases:document_take_back": of(documents),
    "cases:document_scan": of(waiting, "POST"),
    "cases:fact_add": kinds_of_fact,
    "cases:fact_correct": of(facts),
    "cases:fact_end": of(facts),
    "cases:victims": opened_victims,
    "cases:victim_add": of_cases("lead"),
    "cases:victim_edit": of(victims),
    "cases:victim_end": fresh_to_send(of(victims)),
    "cases:victim_support": fresh_to_send(of(victims)),
    "cases:victim_support_end": fresh_to_send(of(supports, "POST")),
    "cases:emergency_end": of(closed_emergencies, "POST"),
    "cases:emergencies": page(JUDGES),
    "cases:emergency_review": of(emergencies),
    "cases:bar_lift": fresh(of(bars)),
    "cases:diagnosis": of_cases("diagnosis"),
    "cases:diagnosis_start": of_cases("lead", "POST"),
    "cases:diagnosis_complete": of_cases("lead"),
    "cases:diagnosis_again": of_cases("lead"),
    "cases:self_reliance": of_cases("lead", "POST"),
    "cases:score": of(scores),
    # cases: what a change of rights would open or close
    "cases:who_may": page(BUREAU),
    "cases:preview_off": of(people),
    "cases:preview_on": of(people),
    "cases:preview_role_end": of(roles),
    # maatwerkplan
    "maatwerkplan:plan": of_cases("lead"),
    "maatwerkplan:plan_draw_up": of_cases("lead", "POST"),
    "maatwerkplan:versions": of_cases("lead"),
    "maatwerkplan:revise": of_cases("lead"),
    "maatwerkplan:drop_revision": of_cases("plan"),
    "maatwerkplan:goal": of(goals),
    "maatwerkplan:panel": of_cases("know"),
    "maatwerkplan:action_add": of_cases("plan"),
    "maatwerkplan:action_edit": of(actions),
    "maatwerkplan:action_remove": of(actions),
    "maatwerkplan:take_over_date": of(actions, "POST"),
    "maatwerkplan:lay_before": of(actions),
    "maatwerkplan:take_back": of(matters_led, "POST"),
    "maatwerkplan:doorzettingen": page(MANAGER),
    "maatwerkplan:doorzetting": of(matters),
    "maatwerkplan:delivery": fresh_to_send(of_cases("plan")),
    "maatwerkplan:answer_record": of(recordable),
    "maatwerkplan:questions": page(PARTNERS, LEADERS),
    "maatwerkplan:question": of(questions),
    "maatwerkplan:case_questions": page(LEADERS),
    "maatwerkplan:worklist": page(LEADERS),
    "maatwerkplan:actions": page(PARTNERS),
    "maatwerkplan:action": of(signed_actions),
    "maatwerkplan:offer": of_cases("lead"),
    "maatwerkplan:sign": fresh(of_cases("lead")),
    "maatwerkplan:paper_signed": fresh(of_cases("lead")),
    "maatwerkplan:talk": of_cases("lead"),
    "maatwerkplan:refuse": of_cases("lead"),
    "maatwerkplan:drop_out": of_cases("lead"),
    "maatwerkplan:press": of_cases("lead"),
    "maatwerkplan:step_outcome": of(steps_led),
    "maatwerkplan:step": of(own_steps),
    "maatwerkplan:withdraw": of_cases("lead"),
    "maatwerkplan:loose_ends": page(MANAGER),
    "maatwerkplan:check_paper": page(PERSONS),
    "maatwerkplan:pdf": fresh_to_take_along(of_cases("plan")),
    "maatwerkplan:start": of_cases("lead"),
    "maatwerkplan:report_record": of(recordable_reports),
    "maatwerkplan:end_record": of(recordable_reports),
    "maatwerkplan:call": of(recordable_reports),
    "maatwerkplan:evaluate": of_cases("lead"),
    "maatwerkplan:calls": page(MANAGER),
    "maatwerkplan:call_settle": of(calls),
    "maatwerkplan:ask_power": of(calls_of_manager),
    "maatwerkplan:hand_over": fresh_to_send(of_cases("office")),
    # agenda
    "agenda:today": page(BUREAU),
    "agenda:agenda": page(PERSONS),
    "agenda:overleg_new": fresh_to_send(page(BUREAU)),
    "agenda:overleg": of(meetings),
    "agenda:item_new": fresh_to_send(of(meetings_of_office)),
    "agenda:item_people": fresh_to_send(of(points_of_office)),
    "agenda:item_take_off": fresh_to_send(of(points_of_office)),
    "agenda:invitation_withdraw": fresh_to_send(of(invitations)),
    "agenda:note_taker": fresh_to_send(of(meetings_of_office)),
    "agenda:overleg_move": of(meetings_of_office),
    "agenda:overleg_call_off": of(meetings_of_office),
    "agenda:overleg_hold": of(meetings_of_office),
    "agenda:minutes": of(points),
    "agenda:minutes_adopt": of(meetings_of_office),
    "agenda:ics": fresh_to_take_along(of(meetings)),
    "agenda:of_case": of_cases("know"),
    # partners
    "partners:organisations": page(TABLE, FG),
    "partners:organisation": of(organisations),
    "partners:describe": of(organisations_of_office),
    "partners:mandaat_new": of(organisations_of_office),
    "partners:mandaat_end": of(mandaten, "POST"),
    "partners:contact_point": fresh(of(contact_points)),
    "partners:regelingen": page(TABLE, FG),
    "partners:regeling_new": page(BUREAU),
    "partners:regeling": of(regelingen),
    "partners:regeling_approve": of(regelingen_of_office, "POST"),
    "partners:regeling_sign": of(regelingen_of_office, "POST"),
    "partners:regeling_in_force": of(regelingen_of_office, "POST"),
    "partners:regeling_withdraw": of(regelingen_of_office, "POST"),
    "partners:werkafspraken": page(TABLE, FG),
    "partners:werkafspraak": of(werkafspraken),
    "partners:werkafspraak_new": of(werkafspraken_of_office),
    "partners:werkafspraak_withdraw": of(versions_of_office, "POST"),
    "partners:propose": page(BUREAU),
    "partners:toetreding": of(toetredingen),
    "partners:toetreding_test": of(toetredingen_of_office, "POST"),
    "partners:toetreding_approve": of(toetredingen_of_office, "POST"),
    "partners:toetreding_sign": of(toetredingen_of_office, "POST"),
    "partners:toetreding_activate": fresh_to_send(of(toetredingen_of_office, "POST")),
    "partners:toetreding_turn_down": of(toetredingen_of_office, "POST"),
    "partners:toetreding_leaving": fresh_to_send(of(toetredingen_of_office, "POST")),
    "partners:toetreding_staying": fresh_to_send(of(toetredingen_of_office, "POST")),
    "partners:own_absence": fresh_to_send(page(STAFF)),
    "partners:absence_end": fresh_to_send(of(absences, "POST")),
    "partners:users": page(KEEPERS),
    "partners:user_add": fresh(page(KEEPERS)),
    "partners:user": of(kept),
    "partners:appoint": fresh_to_send(of(kept, "POST")),
    "partners:appointment_end": fresh(of(kept_roles)),
    "partners:user_off": fresh(of(kept)),
    "partners:user_block": fresh(of(kept)),
    "partners:invite": fresh_to_send(of(kept, "POST")),
    "partners:invitations": page(OFFICE, ADMINISTRATORS),
    "partners:invitation_step": fresh_to_send(of(lost, "POST")),
    "partners:rounds": page(OFFICE, ADMINISTRATORS),
    "partners:round_begin": fresh_to_send(page(BUREAU, method="POST")),
    "partners:confirm": fresh_to_send(of(confirmed)),
    "partners:choose_password": dead_links,
    "partners:user_on": fresh_to_send(of(people, "POST")),
    "partners:absence": fresh_to_send(of(people, "POST")),
    "partners:absences": fresh_to_send(page(BUREAU)),
    "partners:reset_ask": fresh_to_send(of(people)),
    "partners:resets": page(OFFICE),
    "partners:reset": of(resets),
    "partners:reset_step": fresh_to_send(of(reset_steps, "POST")),
    "partners:reset_stop": of(own_resets, "POST"),
    "partners:papers": page(OFFICE),
    "partners:papers_of": fresh_to_send(of(papers)),
    # beheerscommissie
    "beheerscommissie:areas": page(COMMISSION),
    "beheerscommissie:area": of(areas),
    "beheerscommissie:file_report": public_areas,
    "beheerscommissie:follow": public_areas,
    "beheerscommissie:outcome": public_outcomes,
    "beheerscommissie:plan_vergadering": of(areas_of_chair),
    "beheerscommissie:routes": of(areas_of_chair),
    "beheerscommissie:reports": page(CHAIR),
    "beheerscommissie:report": of(reports),
    "beheerscommissie:assign_report": of(reports, "POST"),
    "beheerscommissie:handle_report": of(reports, "POST"),
    "beheerscommissie:give_feedback": of(reports, "POST"),
    # stuurgroep
    "stuurgroep:figures": page(STEERING),
    # privacy
    "privacy:home": page(FG),
    "privacy:check": page(FG),
    "privacy:log": page(FG),
    "privacy:signals": page(FG),
    "privacy:signal": of(signals),
    "privacy:looks": of_cases("told_who_looked"),
    "privacy:overview": of_cases("told_who_looked"),
    "privacy:overview_pdf": fresh_to_take_along(of_cases("told_who_looked")),
    "privacy:explain": page(FG),
    "privacy:own_people": page(frozenset({"privacy"})),
}
