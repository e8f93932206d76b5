"""What happens with a case from being put forward to an established diagnosis."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases import access, operations
from cases.models import Case, Lijstplaats, OffenceRecord, Scope, TimelineItem
from cases.states import CaseStatus
from tests import situations
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def test_who_puts_somebody_forward_knows_the_case_and_the_next_organisation_does_not():
    case = situations.put_forward_case(by="politie")

    with acting_as(situations.user("politie").pk):
        assert access.get_case(situations.user("politie"), case.number) == case
    with acting_as(situations.user("mondriaan").pk):
        assert not Case.objects.exists()
        with pytest.raises(Http404):
            access.get_case(situations.user("mondriaan"), case.number)


def test_members_of_the_meeting_know_the_candidates_until_adoption_and_only_straf_sees_offences():
    case = situations.admitted_case(by="politie2")
    ranked = situations.open_list(case, members=("om", "ggd"))

    with acting_as(situations.user("om").pk):
        assert Lijstplaats.objects.count() == 1
        assert OffenceRecord.objects.count() == 1
    with acting_as(situations.user("ggd").pk):
        assert Lijstplaats.objects.count() == 1
        assert OffenceRecord.objects.count() == 0
    with acting_as(situations.user("mondriaan").pk):
        assert Lijstplaats.objects.count() == 0

    with acting_as(situations.user("manager").pk):
        operations.adopt_list(ranked, by=situations.user("manager"))
    with acting_as(situations.user("om").pk):
        assert Lijstplaats.objects.count() == 0
        assert not Case.objects.exists()


def test_a_case_has_exactly_one_interventiemanager_who_sees_all_and_the_manager_sees_no_content():
    case = situations.planned_case(to="samira")

    with acting_as(situations.user("samira").pk):
        assert case.status == CaseStatus.PLANVORMING
        assert case.leefgebieden.count() == 7
    with acting_as(situations.user("tom").pk):
        assert not Case.objects.exists()
    with acting_as(situations.user("manager").pk):
        assert Case.objects.filter(pk=case.pk).exists()
        assert case.leefgebieden.count() == 0
        of_others = TimelineItem.objects.exclude(author=situations.user("manager"))
        assert set(of_others.values_list("scope", flat=True)) == {Scope.KNOW_CASE}


def test_an_incomplete_diagnosis_is_not_established_and_says_what_lacks():
    case = situations.diagnosis_case()
    samira = situations.user("samira")

    with acting_as(samira.pk), pytest.raises(Refused) as refused:
        operations.complete_diagnosis(case, by=samira)

    assert refused.value.codes == {"unjudged", "self_reliance_unjudged", "interview_unknown"}
    assert len(refused.value.obstacles) == 9


def test_only_the_manager_assigns():
    case = situations.listed_case()
    office = situations.user("bureau")

    with acting_as(office.pk), pytest.raises(PermissionDenied):
        operations.assign(case, situations.user("samira"), by=office)
