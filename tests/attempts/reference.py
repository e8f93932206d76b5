"""Who may see, add, change and remove which row of which table: the design, in plain Python.

A third answer beside the plan (`visible_to`) and the wall (the policies), worked out from the bare
tables as their owner sees them. A new locked table gets a line here. toegang.md decisions 1 to 9.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from cases.models import Scope, TimelineKind
from partners.models import PERSON_ROLES, User
from tests.attempts.bare import Facts, Row
from tests.attempts.dated import document_brought, fact_kept, fact_recorded
from tests.attempts.matters import CALL, MATTER, evaluated
from tests.attempts.regimes import fits_list, fits_meeting, given_to, participation_read
from tests.attempts.reports import (
    asked_by_office,
    called_by_office,
    judged_himself,
    of_step,
    reported_himself,
    screened_by_office,
    takes_step,
)
from tests.house.test_two_faces import World as Bare
from tests.house.test_two_faces import by_the_rule, regimes_of
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

OFFICE_ROLES = frozenset({"bedrijfsbureau", "manager"})
COMMISSION_ROLES = frozenset({"commissielid", "buurtregisseur"})
# What somebody does in a case who neither leads nor administers it: he puts forward, moves on a
# list that he judges, answers, reports, takes notes.
OF_A_PARTNER = ("aanmelding", "lijst", "levering", "uitvoering", "overleg")


@dataclass
class Asker:
    """Somebody who asks, and what he is today."""

    facts: Facts
    pk: int
    roles: frozenset[str] = frozenset()
    works: bool = False
    groups: frozenset[int] = frozenset()
    regimes: frozenset[str] = frozenset()
    parts: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, facts: Facts, bare: Bare, pk: int) -> "Asker":
        if pk == ANONYMOUS:
            return cls(facts, pk)
        with acting_as(ANONYMOUS):
            user = User.objects.select_related("organisation").get(pk=pk)
            roles = frozenset(user.active_roles)
        regimes = frozenset(regimes_of(bare, user, timezone.localdate()))
        works = bool(roles & PERSON_ROLES and regimes)
        groups = {row["group_id"] for row in facts.all("partners_user_groups", user_id=pk)}
        parts = {str(scope): set(cases) for scope, cases in by_the_rule(bare, user).items()}
        return cls(facts, pk, roles, works, frozenset(groups if works else ()), regimes, parts)

    @property
    def own_group(self) -> int | None:
        """The group of this person alone."""
        return self.facts.one("partners_user", id=self.pk).get("personal_group_id")

    @property
    def process_view(self) -> bool:
        return self.works and bool(self.roles & OFFICE_ROLES) and "wgs" in self.regimes

    def holds(self, case: Any, scope: str) -> bool:
        return case in self.parts.get(scope, set())

    def knows(self, case: Any) -> bool:
        return self.holds(case, Scope.KNOW_CASE)

    def joins(self, case: Any) -> bool:
        """Knows it by what he was given; the office knows every case without."""
        return bool(_given(self, case, Scope.KNOW_CASE))

    def leads(self, case: Any) -> bool:
        return self.holds(case, Scope.LEAD_CASE)

    def steps(self, case: Any) -> bool:
        """May take a case from step to step: who leads it, or the office."""
        return self.leads(case) or (self.process_view and self.knows(case))

    def plays(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def holds_something(who: Asker, somebody: Row, case: Any, *bases: str) -> bool:
    """Somebody was given a part of this case that counts today, on one of these bases or any."""
    groups = {
        row["group_id"] for row in who.facts.all("partners_user_groups", user_id=somebody["id"])
    }
    today = timezone.localdate()
    return any(
        row["group_id"] in groups | {somebody["personal_group_id"]}
        and (not bases or row["basis"] in bases)
        and row["start_date"] <= today
        and (row["end_date"] is None or row["end_date"] >= today)
        and (row["closed_at"] is None or row["closed_at"] > timezone.now())
        for row in who.facts.all("cases_participation", content_object_id=case)
    )


def live_roles(facts: Facts, user: Any) -> set[str]:
    """The roles that somebody has, or will have, whatever else stands in their way."""
    today = timezone.localdate()
    return {
        row["role"]
        for row in facts.all("partners_appointment", user_id=user)
        if row["end_date"] is None or row["end_date"] >= today
    }


May = Callable[[Asker, Row], bool]


def nobody(who: Asker, row: Row) -> bool:
    return False


def anybody(who: Asker, row: Row) -> bool:
    return True


@dataclass(frozen=True)
class Rule:
    """Who may do what with a row. To change or remove it one must see it as well."""

    read: May = nobody
    add: May = nobody
    change: May = nobody
    remove: May = nobody


def knows(who: Asker, row: Row) -> bool:
    return who.knows(row["case_id"])


def leads(who: Asker, row: Row) -> bool:
    return who.leads(row["case_id"])


def steps(who: Asker, row: Row) -> bool:
    return who.steps(row["case_id"])


def part(scope: str) -> May:
    return lambda who, row: who.holds(row["case_id"], scope)


def its_own_part(who: Asker, row: Row) -> bool:
    """A row that says itself by which scope it is seen."""
    return who.holds(row["case_id"], row["scope"])


def role(*roles: str) -> May:
    return lambda who, row: who.plays(*roles)


def the_case(rule: Callable[[Asker, Any], bool]) -> May:
    return lambda who, row: rule(who, row["id"])


def of_client(rule: Callable[[Asker, Any], bool], column: str = "id") -> May:
    """The rows of a client follow the cases of his that one knows."""
    return lambda who, row: any(
        who.knows(case["id"]) and rule(who, case["id"])
        for case in who.facts.all("cases_case", client_id=row[column])
    )


def own_or_office(who: Asker, row: Row) -> bool:
    return row["user_id"] == who.pk or who.plays(*OFFICE_ROLES)


def of_keepers(who: Asker, row: Row) -> bool:
    """The office; and the administrator of the organisation that this person works for."""
    own = who.facts.one("partners_user", id=who.pk).get("organisation_id")
    same = who.facts.one("partners_user", id=row["user_id"])["organisation_id"] == own
    return who.plays(*OFFICE_ROLES) or (who.plays("partnerbeheerder") and same)


def his_own(who: Asker, row: Row) -> bool:
    return row["user_id"] == who.pk


def bar_read(who: Asker, row: Row) -> bool:
    """That one is barred oneself; the office of the cases from which it is not barred."""
    bars = who.facts.all("cases_bar", case_id=row["case_id"], user_id=who.pk, lifted_at=None)
    return row["user_id"] == who.pk or (who.process_view and not bars)


def victim_read(who: Asker, row: Row) -> bool:
    """Who was let in because of this victim, or because of the whole case."""
    return _because_of(who, row["case_id"], row["id"], row["case_id"])


def victim_written(who: Asker, row: Row) -> bool:
    """Who leads, and was let in because of the whole case."""
    return leads(who, row) and _because_of(who, row["case_id"], row["case_id"])


def _given(who: Asker, case: Any, scope: str) -> list[Row]:
    """The rows that give him this part of a case today; the office knows one without any."""
    if not who.holds(case, scope):
        return []
    today, now = timezone.localdate(), timezone.now()
    (permission,) = who.facts.all("auth_permission", codename=str(scope))
    return [
        row
        for row in who.facts.all(
            "cases_participation", content_object_id=case, permission_id=permission["id"]
        )
        if given_to(who, row)
        and row["start_date"] <= today <= (row["end_date"] or today)
        and (row["closed_at"] is None or row["closed_at"] > now)
    ]


def _because_of(who: Asker, case: Any, *grounds: Any) -> bool:
    """Holds victims of this case today by a row that was given because of one of these."""
    return any(row["because_of"] in grounds for row in _given(who, case, Scope.VIEW_VICTIM))


def emergency_read(who: Asker, row: Row) -> bool:
    """Who opened, who leads and who judges."""
    part_of_it = row["opened_by_id"] == who.pk or who.plays("manager")
    return who.plays("fg") or leads(who, row) or (part_of_it and knows(who, row))


def both_of_office(who: Asker, row: Row) -> bool:
    """Two dossiers that were told apart: for the office that may know both."""
    return who.process_view and who.knows(row["case_id"]) and who.knows(row["other_id"])


def list_row(who: Asker, row: Row) -> bool:
    """A row of a list is for the bedrijfsbureau, but for whoever may not know whom it is about."""
    return who.plays("bedrijfsbureau") and (row["case_id"] is None or who.knows(row["case_id"]))


def both_of_bureau(who: Asker, row: Row) -> bool:
    return who.plays("bedrijfsbureau") and both_of_office(who, row)


# --- the prioriteitenlijst ----------------------------------------------------------------------


def sees_list(who: Asker, row: Row) -> bool:
    """The office; a member as long as it is in discussion."""
    member = who.facts.one("cases_selectielid", prioriteitenlijst_id=row["id"], user_id=who.pk)
    return who.plays(*OFFICE_ROLES) or (row["status"] == "concept" and bool(member))


def of_list(who: Asker, row: Row, *, still_open: bool = False) -> bool:
    ranked = who.facts.one("cases_prioriteitenlijst", id=row["prioriteitenlijst_id"])
    return sees_list(who, ranked) and (not still_open or ranked["status"] == "concept")


def member_of_open(who: Asker, row: Row) -> bool:
    """Who sits in a meeting stands once its list is adopted."""
    ranked = who.facts.one("cases_prioriteitenlijst", id=row["prioriteitenlijst_id"])
    return who.plays(*OFFICE_ROLES) and ranked["status"] == "concept"


def place_seen(who: Asker, row: Row) -> bool:
    return of_list(who, row) and knows(who, row)


def place_open(who: Asker, row: Row) -> bool:
    return of_list(who, row, still_open=True) and knows(who, row)


def place_of_office(who: Asker, row: Row) -> bool:
    return fits_list(who, row) and place_open(who, row) and who.plays(*OFFICE_ROLES)


def note_read(who: Asker, row: Row) -> bool:
    """His part of the case; what all may read who know it, and his own words, but not what he
    wrote down of others' judgement. The office, that knows a closed case by its function alone,
    reads of it that it was closed."""
    for_all = row["scope"] == Scope.KNOW_CASE
    readable = for_all or (row["author_id"] == who.pk and row["scope"] != Scope.VIEW_REPORT)
    if _given(who, row["case_id"], row["scope"]):
        return True
    if _given(who, row["case_id"], Scope.KNOW_CASE):
        return readable
    if who.facts.one("cases_case", id=row["case_id"])["status"] == "afgesloten":
        readable = for_all and row["kind"] == TimelineKind.AFSLUITING
    return readable and knows(who, row)


def note_own(who: Asker, row: Row) -> bool:
    """A line of his own, about what somebody like him does in a case."""
    if row["author_id"] != who.pk or not knows(who, row):
        return False
    if row["kind"] == TimelineKind.TOEWIJZING:
        return who.plays("manager")
    if row["kind"] == TimelineKind.SLACHTOFFER:
        return who.holds(row["case_id"], Scope.VIEW_VICTIM)
    return row["kind"] in OF_A_PARTNER or steps(who, row)


def about_another(who: Asker, row: Row) -> bool:
    """Nobody judges what is about himself."""
    return who.plays("fg") and row["user_id"] != who.pk


# --- the plan -----------------------------------------------------------------------------------


def own(who: Asker, row: Row) -> bool:
    """What one's own organisation does, in a case that one was given something of."""
    organisation = who.facts.one("partners_organisation", id=row["organisation_id"])
    return organisation["group_id"] in who.groups and who.joins(row["case_id"])


def action_read(who: Asker, row: Row) -> bool:
    return its_own_part(who, row) or own(who, row)


def deadline_read(who: Asker, row: Row) -> bool:
    """The office and who leads; and the partner whose own action is reminded of."""
    actions = who.facts.all("maatwerkplan_partneraction", id=row["subject_id"])
    return steps(who, row) or any(action_read(who, action) for action in actions)


def action_removable(who: Asker, row: Row) -> bool:
    """Nobody takes out what he does not see; and what hangs on it goes with it."""
    plan = who.facts.one("maatwerkplan_maatwerkplan", id=row["plan_id"])
    return leads(who, row) and action_read(who, row) and plan["status"] == "concept"


def question_read(who: Asker, row: Row) -> bool:
    return leads(who, row) or own(who, row)


def by_question(rule: May) -> May:
    return lambda who, row: rule(
        who, who.facts.one("maatwerkplan_deliveryquestion", id=row["question_id"])
    )


def begins(status: str, rule: May) -> May:
    """A row comes in where its flow begins, whoever may add it."""
    return lambda who, row: row["status"] == status and rule(who, row)


def planned_by_office(who: Asker, row: Row) -> bool:
    return who.plays("bedrijfsbureau") and row["planned_by_id"] == who.pk


def by_action(rule: May) -> May:
    return lambda who, row: rule(
        who, who.facts.one("maatwerkplan_partneraction", id=row["action_id"])
    )


def report_added(who: Asker, row: Row) -> bool:
    return action_read(who, row) and (leads(who, row) or own(who, row))


# --- the casusoverleg ---------------------------------------------------------------------------


def granted(who: Asker, case: Any) -> bool:
    """Takes part in this case himself; the function of the office does not count here."""
    return who.knows(case) and (not who.process_view or _has_row(who, case))


def _has_row(who: Asker, case: Any) -> bool:
    rows = who.facts.all("cases_participation", content_object_id=case)
    return any(row["group_id"] in who.groups and row["closed_at"] is None for row in rows)


def invited(who: Asker, item: Row) -> bool:
    asked = who.facts.one("agenda_invitation", item_id=item["id"], user_id=who.pk)
    return bool(asked) and granted(who, item["case_id"])


def takes_notes(who: Asker, meeting: Row) -> bool:
    return meeting["note_taker_id"] == who.pk and meeting["status"] != "vastgesteld" and who.works


def meeting_seen(who: Asker, row: Row) -> bool:
    items = who.facts.all("agenda_agendaitem", overleg_id=row["id"])
    mine = any(invited(who, item) or who.leads(item["case_id"]) for item in items)
    return who.process_view or mine or takes_notes(who, row)


def meeting_changed(who: Asker, row: Row) -> bool:
    office = who.plays("bedrijfsbureau") and who.process_view
    return office or row["note_taker_id"] == who.pk


def item_seen(who: Asker, row: Row) -> bool:
    at_the_table = invited(who, row) or leads(who, row) or takes_notes(who, meeting_of(who, row))
    return knows(who, row) and (who.process_view or at_the_table)


def meeting_of(who: Asker, row: Row) -> Row:
    return who.facts.one("agenda_casusoverleg", id=row["overleg_id"])


def item_added(who: Asker, row: Row) -> bool:
    return who.process_view and fits_meeting(who, row) and item_removed(who, row)


def item_removed(who: Asker, row: Row) -> bool:
    to_come = meeting_of(who, row)["status"] == "gepland"
    return who.plays("bedrijfsbureau") and knows(who, row) and to_come


def item_of(who: Asker, row: Row) -> Row:
    return who.facts.one("agenda_agendaitem", id=row["item_id"])


def invitation_read(who: Asker, row: Row) -> bool:
    return (row["user_id"] == who.pk or who.process_view) and item_seen(who, item_of(who, row))


def invitation_open(who: Asker, row: Row) -> bool:
    planned = meeting_of(who, row)["status"] == "gepland"
    return who.plays("bedrijfsbureau") and planned and item_seen(who, item_of(who, row))


def minutes_written(who: Asker, row: Row) -> bool:
    item = item_of(who, row)
    writes = who.holds(row["case_id"], Scope.MINUTES)
    return writes and item_seen(who, item) and takes_notes(who, meeting_of(who, item))


def minutes_read(who: Asker, row: Row) -> bool:
    item = item_of(who, row)
    adopted = meeting_of(who, item)["status"] == "vastgesteld"
    was_there = adopted and invited(who, item) and item_seen(who, item)
    return minutes_written(who, row) or leads(who, row) or was_there


# --- every table with a lock --------------------------------------------------------------------

OFFICE = role(*OFFICE_ROLES)
BUREAU = role("bedrijfsbureau")
COMMISSION = role(*COMMISSION_ROLES)
CHAIR = role("buurtregisseur")
TABLE = role(*OFFICE_ROLES, "interventiemanager", "ketenpartner", "stuurgroep", "fg")


def may_come(who: Asker, row: Row) -> bool:
    """A version of a werkafspraak that is still to begin, and that nobody took back."""
    begun = row["valid_from"] <= timezone.localdate()
    return BUREAU(who, row) and not begun and row["withdrawn_at"] is None


def agrees(who: Asker, row: Row) -> bool:
    return may_come(who, row) and row["recorded_by_id"] == who.pk


def drafts(who: Asker, row: Row) -> bool:
    return BUREAU(who, row) and row["status"] == "concept"


def recorded_by_office(who: Asker, row: Row) -> bool:
    return BUREAU(who, row) and row["recorded_by_id"] == who.pk


def on_the_way(who: Asker, row: Row) -> bool:
    return BUREAU(who, row) and row["status"] not in ("actief", "vertrekt", "uitgetreden")


RULES: dict[str, Rule] = {
    "cases_participation": Rule(read=participation_read),
    "cases_bar": Rule(read=bar_read),
    "cases_noodtoegang": Rule(read=emergency_read),
    "cases_case": Rule(read=the_case(Asker.knows), change=the_case(Asker.steps)),
    "cases_historicalcase": Rule(read=the_case(Asker.steps), add=the_case(Asker.knows)),
    "cases_slachtoffer": Rule(read=victim_read, add=victim_written, change=victim_written),
    "cases_historicalslachtoffer": Rule(read=victim_read, add=victim_written),
    "cases_afsluiting": Rule(read=knows, add=leads),
    "cases_regimekeuze": Rule(read=steps),
    "cases_client": Rule(
        read=of_client(Asker.knows), add=of_client(Asker.knows), change=of_client(Asker.steps)
    ),
    "cases_historicalclient": Rule(read=of_client(Asker.knows), add=of_client(Asker.knows)),
    "cases_clientbsn": Rule(
        read=of_client(lambda who, case: who.holds(case, Scope.VIEW_BSN), "client_id"),
        add=of_client(Asker.knows, "client_id"),
    ),
    "cases_toldapart": Rule(read=both_of_office, add=both_of_bureau),
    "cases_datedfact": Rule(its_own_part, fact_recorded, fact_kept),
    "cases_document": Rule(
        read=its_own_part, add=begins("wacht", document_brought), change=fact_kept
    ),
    "cases_offencerecord": Rule(read=part(Scope.VIEW_JUSTICE), add=knows),
    "cases_timelineitem": Rule(read=note_read, add=note_own),
    "cases_aanmelding": Rule(read=knows, add=reported_himself, change=called_by_office),
    "cases_weging": Rule(read=knows, add=begins("gevraagd", asked_by_office)),
    "cases_oordeel": Rule(part(Scope.VIEW_REPORT), judged_himself, judged_himself),
    "cases_screening": Rule(read=knows, add=screened_by_office),
    "cases_vaststelling": Rule(read=knows, add=leads),
    "cases_diagnosis": Rule(read=part(Scope.VIEW_ZELFREDZAAMHEID), add=leads, change=leads),
    "cases_historicaldiagnosis": Rule(read=part(Scope.VIEW_ZELFREDZAAMHEID), add=leads),
    "cases_leefgebiedscore": Rule(read=its_own_part, add=steps, change=leads),
    "cases_historicalleefgebiedscore": Rule(read=its_own_part, add=steps),
    "cases_deadline": Rule(read=deadline_read, add=steps, change=deadline_read),
    "cases_bronvraag": Rule(read=OFFICE, add=member_of_open, change=member_of_open),
    "cases_selectielid": Rule(
        read=own_or_office, add=member_of_open, change=member_of_open, remove=member_of_open
    ),
    "cases_prioriteitenlijst": Rule(
        read=sees_list, add=begins("concept", OFFICE), change=sees_list
    ),
    "cases_lijstplaats": Rule(read=place_seen, add=place_of_office),
    "cases_verplaatsing": Rule(read=place_seen, add=place_open),
    "cases_importbatch": Rule(read=BUREAU, add=BUREAU, change=BUREAU),
    "cases_indeling": Rule(read=BUREAU, add=BUREAU, change=BUREAU),
    "cases_importrow": Rule(read=list_row, add=BUREAU, change=list_row),
    "maatwerkplan_maatwerkplan": Rule(read=knows, add=begins("concept", leads), change=leads),
    "maatwerkplan_historicalmaatwerkplan": Rule(read=knows, add=leads),
    "maatwerkplan_partneraction": Rule(
        read=action_read, add=leads, change=leads, remove=action_removable
    ),
    "maatwerkplan_historicalpartneraction": Rule(read=action_read, add=leads),
    "maatwerkplan_deliveryquestion": Rule(
        read=question_read, add=leads, remove=by_action(action_removable)
    ),
    "maatwerkplan_deliveryanswer": Rule(
        read=by_question(question_read),
        add=by_question(question_read),
        remove=by_question(by_action(action_removable)),
    ),
    "maatwerkplan_plantext": Rule(read=part(Scope.VIEW_PLAN), add=leads),
    "maatwerkplan_signature": Rule(read=part(Scope.VIEW_PLAN), add=leads),
    "maatwerkplan_plandocument": Rule(read=part(Scope.VIEW_PLAN), add=leads),
    "maatwerkplan_refusal": Rule(read=leads, add=leads),
    "maatwerkplan_herziening": Rule(read=part(Scope.VIEW_PLAN), add=leads),
    "maatwerkplan_doel": Rule(read=part(Scope.VIEW_PLAN), add=leads, change=leads),
    "maatwerkplan_historicaldoel": Rule(read=part(Scope.VIEW_PLAN), add=leads),
    "maatwerkplan_offertalk": Rule(read=leads, add=leads),
    "maatwerkplan_doorzetting": Rule(**MATTER),
    "maatwerkplan_evaluatie": Rule(read=part(Scope.VIEW_PLAN), add=evaluated),
    "maatwerkplan_aanspreking": Rule(**CALL),
    "maatwerkplan_drangstap": Rule(read=takes_step, add=leads),
    "maatwerkplan_stapuitkomst": Rule(read=of_step, add=of_step),
    "maatwerkplan_progressreport": Rule(read=by_action(action_read), add=by_action(report_added)),
    "agenda_casusoverleg": Rule(
        read=meeting_seen,
        add=begins("gepland", planned_by_office),
        change=meeting_changed,
    ),
    "agenda_agendaitem": Rule(read=item_seen, add=item_added, remove=item_removed),
    "agenda_invitation": Rule(read=invitation_read, add=invitation_open, remove=invitation_open),
    "agenda_minutes": Rule(read=minutes_read, add=minutes_written, change=minutes_written),
    "beheerscommissie_route": Rule(read=COMMISSION, change=CHAIR),
    "beheerscommissie_vergadering": Rule(
        read=COMMISSION,
        add=lambda who, row: who.plays("buurtregisseur") and row["planned_by_id"] == who.pk,
    ),
    "beheerscommissie_overlastmelding": Rule(read=COMMISSION, change=CHAIR),
    "beheerscommissie_reportcontent": Rule(read=CHAIR),
    "beheerscommissie_melder": Rule(read=CHAIR),
    "beheerscommissie_reportstep": Rule(
        read=CHAIR, add=lambda who, row: who.plays("buurtregisseur") and row["by_id"] == who.pk
    ),
    "beheerscommissie_reportsender": Rule(),
    "account_emailaddress": Rule(),
    "account_emailconfirmation": Rule(),
    "mfa_authenticator": Rule(read=his_own, add=his_own, change=his_own, remove=his_own),
    "partners_activation": Rule(),
    "partners_membership": Rule(),
    "partners_signonlink": Rule(read=his_own),
    "partners_signonproposal": Rule(read=role("bedrijfsbureau")),
    "partners_absence": Rule(
        read=own_or_office, add=own_or_office, change=own_or_office, remove=own_or_office
    ),
    "partners_clearance": Rule(read=own_or_office),
    "partners_regeling": Rule(read=TABLE, add=drafts, change=BUREAU),
    "partners_ondertekening": Rule(read=TABLE, add=recorded_by_office),
    "partners_mandaat": Rule(read=TABLE, add=recorded_by_office, change=BUREAU),
    "partners_toetreding": Rule(read=TABLE, change=on_the_way),
    "partners_accountinvitation": Rule(read=of_keepers),
    "partners_bevestiging": Rule(read=lambda who, row: his_own(who, row) or of_keepers(who, row)),
    "partners_bevestigingsronde": Rule(read=anybody),
    "partners_factorreset": Rule(read=own_or_office),
    "veiligheidshuis_draft": Rule(read=his_own, add=his_own, remove=his_own),
    "veiligheidshuis_accesslogentry": Rule(),  # a whole line, with its own place, nobody writes
    "privacy_signal": Rule(read=role("fg"), change=about_another),
    "veiligheidshuis_outboxmail": Rule(add=anybody),
    "veiligheidshuis_werkafspraak": Rule(read=anybody, add=agrees, change=may_come),
}
