"""The clock lets a partner leave on the day that was noted. GOV-03."""

from datetime import timedelta

from django.utils import timezone

from partners import operations
from partners.models import Toetreding, User
from partners.tasks import let_partners_leave
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

TODAY = timezone.localdate()


def test_the_clock_lets_go_once(own_house, owner):
    office = user("bureau")
    with acting_as(office.pk):
        toetreding = Toetreding.objects.get(organisation__slug="ggd-zuid-limburg")
        operations.announce_leaving(
            toetreding, leaves_on=TODAY + timedelta(days=1), reason="Fusie", by=office
        )
    assert let_partners_leave() == 0
    owner.execute("UPDATE partners_toetreding SET leaves_on = vh.today() WHERE status = 'vertrekt'")

    assert [let_partners_leave(), let_partners_leave()] == [3, 0]

    with acting_as(office.pk):
        assert Toetreding.objects.get(pk=toetreding.pk).status == "uitgetreden"
        assert not User.objects.get(username="ggd").is_active
