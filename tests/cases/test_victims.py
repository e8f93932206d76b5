"""Victims: apart from the client, for people by name, and each with a circle of his own. DOS-16."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from cases import access, operations
from cases.access import GRANTS
from cases.models import (
    Basis,
    Case,
    InformationWish,
    Scope,
    Slachtoffer,
    TimelineItem,
    TimelineKind,
    VictimRelation,
)
from cases.operations import AboutVictim
from partners import operations as accounts
from partners.models import Organisation, User
from tests import situations
from tests.cases.test_access import LATER, give
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=30)


def about(name: str = "mevrouw K.", **more: object) -> AboutVictim:
    """What a police officer told about a victim."""
    with acting_as(user("politie").pk):
        police = user("politie").organisation
    known: dict[str, object] = {
        "name": name,
        "relation": VictimRelation.PARTNER,
        "wish": InformationWish.HOREN,
        "wish_about": "Wanneer hij vrijkomt.",
        "supplier": police,
        "contact": Organisation.objects.get(slug="slachtofferhulp"),
        "safety": "Woont in dezelfde straat.",
    }
    return AboutVictim(**(known | more))  # type: ignore[arg-type]


def victim_of(case: Case, name: str = "mevrouw K.", leader: str = "samira") -> Slachtoffer:
    by = user(leader)
    with acting_as(by.pk):
        return operations.record_victim(case, about(name), by=by)


def support(victim: Slachtoffer, who: str, *, by: str = "samira", end_date: date = SOON) -> None:
    leader = user(by)
    with acting_as(leader.pk):
        operations.let_support(
            victim, user(who), end_date=end_date, reason="Doet het contact", by=leader
        )


def names_seen_by(who: str) -> set[str]:
    """By the plan and by the wall: the same."""
    person = user(who)
    with acting_as(person.pk):
        wall = set(Slachtoffer.objects.values_list("name", flat=True))
        plan = set(Slachtoffer.objects.visible_to(person).values_list("name", flat=True))
        past = set(Slachtoffer.history.values_list("name", flat=True))
    assert wall == plan == past
    return wall


@pytest.fixture
def case(db: None) -> Case:
    """samira leads; petra of the ggd and somebody of the om have work in it."""
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_HUISVESTING)
    give(case, "om", Scope.VIEW_JUSTICE)
    return case


# --- who sees a victim ------------------------------------------------------------------------


def test_a_victim_is_known_to_the_interventiemanager_and_to_nobody_else(case):
    victim_of(case)

    assert names_seen_by("samira") == {"mevrouw K."}
    for other in ("tom", "bureau", "manager", "ggd", "om", "politie", "fg", "stuurgroep"):
        assert names_seen_by(other) == set(), other


def test_who_is_let_in_to_support_a_victim_hears_it(case):
    victim = victim_of(case)

    support(victim, "ggd")

    with acting_in_role("post"):
        told = [mail.recipient_id for mail in OutboxMail.objects.filter(kind="slachtoffer")]
    assert told == [user("ggd").pk]


def test_two_victims_need_not_know_of_each_other_and_neither_do_who_support_them(case):
    one, other = victim_of(case, "mevrouw K."), victim_of(case, "de buurman")
    support(one, "ggd")
    support(other, "om")

    assert names_seen_by("ggd") == {"mevrouw K."}
    assert names_seen_by("om") == {"de buurman"}
    assert names_seen_by("samira") == {"mevrouw K.", "de buurman"}


def test_somebody_can_support_two_victims_and_let_go_of_one(case):
    one, other, leader = victim_of(case), victim_of(case, "de buurman"), user("samira")
    support(one, "ggd")
    support(other, "ggd")
    assert names_seen_by("ggd") == {"mevrouw K.", "de buurman"}

    with acting_as(leader.pk):
        operations.stop_support(one, user("ggd").personal_group, by=leader)

    assert names_seen_by("ggd") == {"de buurman"}


def test_the_timeline_names_no_victim_and_tells_who_supports_one_nothing_of_another(case):
    one, _ = victim_of(case), victim_of(case, "de buurman")
    support(one, "ggd")

    with acting_as(user("samira").pk):
        lines = list(TimelineItem.objects.filter(case=case).values_list("title", "text", "scope"))
    of_victims = [line for line in lines if "lachtoffer" in line[0]]
    assert len(of_victims) == 3
    assert {scope for *_, scope in of_victims} == {Scope.LEAD_CASE}
    assert not any(name in f"{t}{x}" for t, x, _ in lines for name in ("mevrouw K.", "buurman"))
    with acting_as(user("ggd").pk):
        assert not TimelineItem.objects.filter(kind=TimelineKind.SLACHTOFFER).exists()


def test_a_relative_of_the_victim_is_barred_whatever_he_was_given(case):
    support(victim_of(case), "ggd")
    office = user("bureau")
    with acting_as(office.pk):
        operations.bar(case, user("ggd"), reason="bekende", by=office)

    assert names_seen_by("ggd") == set()


def test_who_stands_in_knows_that_there_are_victims_and_not_who(case):
    victim_of(case)
    leader, today = user("samira"), timezone.localdate()
    with acting_as(leader.pk):
        accounts.record_absence(
            leader, by=leader, start_date=today, end_date=today, stand_in=user("tom")
        )

    assert names_seen_by("tom") == set()
    with acting_as(user("tom").pk):
        assert TimelineItem.objects.filter(kind=TimelineKind.SLACHTOFFER).exists()
        with pytest.raises(PermissionDenied):
            operations.record_victim(case, about(), by=user("tom"))


def test_breaking_the_glass_opens_no_victim(case):
    victim_of(case)
    office = user("bureau")
    with acting_as(office.pk):
        operations.break_glass(case, reason="crisis", hours=1, by=office)

    assert names_seen_by("bureau") == set()


def test_after_a_hand_over_the_next_one_knows_the_victims_and_the_former_not_any_more(case):
    victim_of(case)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.hand_over(case, user("tom"), note="", by=manager)

    assert names_seen_by("tom") == {"mevrouw K."}
    assert names_seen_by("samira") == set()


# --- health, victims and the plan: for people by name -------------------------------------------


BY_NAME = {Scope.VIEW_GEZONDHEID, Scope.VIEW_VICTIM, Scope.VIEW_PLAN}


@pytest.mark.parametrize("basis", [b for b in Basis if b in GRANTS])
def test_no_ground_gives_health_victims_or_the_plan_to_an_organisation(case, basis):
    """Whoever is a contact point that day would read along. ui.md 4.3."""
    group, leader = user("ggd").organisation.group, user("samira")
    for scope in BY_NAME & set(GRANTS[basis]) or BY_NAME:
        for actor in (leader, user("manager"), user("bureau")):
            with acting_as(actor.pk), pytest.raises(ProgrammingError), transaction.atomic():
                access.grant(case, group, basis, scopes=[scope], end_date=SOON)
    assert names_seen_by("ggd") == set()


@pytest.mark.parametrize("scope", [Scope.VIEW_GEZONDHEID, Scope.VIEW_PLAN])
def test_by_hand_neither_is_given_to_an_organisation(case, scope):
    group = user("ggd").organisation.group
    with acting_as(user("samira").pk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.grant(case, group, Basis.HAND, scopes=[scope], end_date=SOON)
        access.grant(case, group, Basis.HAND, scopes=[Scope.VIEW_HUISVESTING], end_date=SOON)


def test_no_organisation_holds_health_or_victims_in_a_house_where_all_was_done(owner, case):
    plan = situations.signed_plan(
        ("huisvesting", "Begeleid wonen", "leger-des-heils"),
        ("gezondheid", "Behandeling", "mondriaan"),
    )
    support(victim_of(plan.case), "mondriaan")

    with acting_as(user("bureau").pk):
        held = access.who_takes_part(plan.case)
    assert {g.basis for g in held if g.scopes} >= {Basis.UITVOERING, Basis.SLACHTOFFER}
    groups = [g.group for g in held if BY_NAME & set(g.scopes)]
    assert groups
    assert all(hasattr(group, "person") for group in groups)


def test_victims_are_not_given_with_the_rest_by_hand_also_not_past_the_operation(case):
    with pytest.raises(Refused) as refused:
        give(case, "mondriaan", Scope.VIEW_VICTIM)
    assert refused.value.codes == {"not_by_hand"}

    group = user("mondriaan").personal_group
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.grant(case, group, Basis.HAND, scopes=[Scope.VIEW_VICTIM], end_date=SOON)


# --- supporting -------------------------------------------------------------------------------


def test_who_has_no_work_in_the_case_supports_nobody(case):
    victim = victim_of(case)

    with pytest.raises(Refused) as refused:
        support(victim, "mondriaan")

    assert refused.value.codes == {"no_part"}


def test_support_is_given_once_and_ends_on_a_day(case):
    victim = victim_of(case)
    support(victim, "ggd")

    with pytest.raises(Refused) as again:
        support(victim, "ggd")
    with pytest.raises(Refused) as past:
        support(victim, "om", end_date=timezone.localdate() - timedelta(days=1))

    assert again.value.codes == {"supports_already"}
    assert past.value.codes == {"in_past"}


def test_who_is_taken_back_from_the_case_lets_go_of_its_victims_too(case):
    support(victim_of(case), "ggd")
    leader = user("samira")
    with acting_as(leader.pk):
        operations.withdraw_by_hand(case, user("ggd").personal_group, by=leader)

    assert names_seen_by("ggd") == set()
    with acting_as(user("ggd").pk):
        assert not access.may(user("ggd"), Scope.KNOW_CASE, case)


def test_support_ends_with_the_work_of_the_organisation(case):
    """Petra of the GGD supports a victim because the GGD carries out a part; then it does not."""
    victim, petra, leader = victim_of(case), user("ggd"), user("samira")
    with acting_as(leader.pk):
        operations.withdraw_by_hand(case, petra.personal_group, by=leader)
        access.grant(case, petra.organisation.group, Basis.UITVOERING)
    support(victim, "ggd")
    assert names_seen_by("ggd") == {"mevrouw K."}

    with acting_as(leader.pk):
        access.close(case, Basis.UITVOERING, group=petra.organisation.group)

    assert names_seen_by("ggd") == set()
    with acting_as(leader.pk):
        assert access.supporters_of(victim) == []


def test_support_goes_on_while_there_is_other_work(case):
    victim, petra, leader = victim_of(case), user("ggd"), user("samira")
    with acting_as(leader.pk):
        access.grant(case, petra.organisation.group, Basis.UITVOERING)
    support(victim, "ggd")
    with acting_as(leader.pk):
        operations.withdraw_by_hand(case, petra.personal_group, by=leader)

    assert names_seen_by("ggd") == {"mevrouw K."}


def test_support_is_given_no_longer_than_the_work(case):
    victim = victim_of(case)

    with pytest.raises(Refused) as refused:
        support(victim, "ggd", end_date=LATER + timedelta(days=1))
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.grant(
            case,
            user("ggd").personal_group,
            Basis.SLACHTOFFER,
            end_date=LATER + timedelta(days=1),
            because_of=victim.pk,
        )

    assert refused.value.codes == {"longer_than_work"}


@pytest.mark.parametrize(
    ("giver", "to", "until"),
    [
        ("manager", "ggd", SOON),  # does not know the victim
        ("ggd", "om", SOON),  # supports this victim, and hands on nothing
        ("samira", "mondriaan", SOON),  # has no work in the case
        ("samira", "om", None),  # without an end
    ],
)
def test_the_wall_itself_refuses_support_that_the_rule_does_not_allow(case, giver, to, until):
    victim = victim_of(case)
    support(victim, "ggd")

    refused = pytest.raises(ProgrammingError, match="may not grant")
    with acting_as(user(giver).pk), refused, transaction.atomic():
        access.grant(
            case,
            user(to).personal_group,
            Basis.SLACHTOFFER,
            end_date=until,
            because_of=victim.pk,
        )


def test_support_is_of_a_victim_of_this_case(case):
    other = victim_of(situations.assigned_case(), "iemand anders")

    refused = pytest.raises(ProgrammingError, match="may not grant")
    with acting_as(user("samira").pk), refused, transaction.atomic():
        access.grant(
            case,
            user("ggd").personal_group,
            Basis.SLACHTOFFER,
            end_date=SOON,
            because_of=other.pk,
        )


# --- writing down -----------------------------------------------------------------------------


def test_what_was_corrected_stays_in_the_history_and_an_older_page_saves_nothing(case):
    victim, leader = victim_of(case), user("samira")

    with acting_as(leader.pk):
        operations.correct_victim(victim, about("mevrouw Kuipers"), by=leader, seen=1)
        with pytest.raises(Refused) as refused:
            operations.correct_victim(victim, about("iets anders"), by=leader, seen=1)
        now = Slachtoffer.objects.get()
        before = list(now.history.order_by("version").values_list("name", flat=True))

    assert refused.value.codes == {"stale"}
    assert now.name == "mevrouw Kuipers"
    assert before == ["mevrouw K.", "mevrouw Kuipers"]


def test_what_is_not_needed_any_more_is_ended_and_who_supported_lets_go(case):
    victim, leader = victim_of(case), user("samira")
    support(victim, "ggd")

    with acting_as(leader.pk):
        operations.end_victim(victim, because="wil niet meer", by=leader)
        with pytest.raises(Refused) as again:
            operations.end_victim(victim, because="nog eens", by=leader)
        with pytest.raises(Refused) as corrected:
            operations.correct_victim(victim, about("anders"), by=leader)
        assert not Slachtoffer.objects.current().exists()

    assert again.value.codes == corrected.value.codes == {"ended_already"}
    assert names_seen_by("ggd") == set()


def test_nobody_but_the_keeper_writes_also_not_past_the_operation(case):
    victim = victim_of(case)
    support(victim, "ggd")
    person: User = user("ggd")

    with acting_as(person.pk):
        assert Slachtoffer.objects.filter(pk=victim.pk).update(safety="weg") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Slachtoffer(case=case, recorded_by=person, name="x", relation="kind", wish="niets",
                        supplier=person.organisation).save(force_insert=True)  # fmt: skip
        with pytest.raises(PermissionDenied):
            operations.end_victim(victim, because="weg", by=person)


def test_a_victim_is_not_moved_to_another_case(case):
    victim, other = victim_of(case), situations.assigned_case()

    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        Slachtoffer.objects.filter(pk=victim.pk).update(case=other)
