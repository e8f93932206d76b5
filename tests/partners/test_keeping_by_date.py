"""What ends by itself: a link after its days, and an administrator without papers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client as Browser

from partners import operations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as, acting_in_role


def test_a_link_is_dead_after_its_last_moment(own_house, owner):
    visitor = Browser()
    colleague, keeper = user("politie2"), user("beheerder")
    owner.execute("UPDATE partners_user SET password = '!' WHERE id = %s", [colleague.pk])
    with acting_as(keeper.pk):
        operations.invite(colleague, by=keeper)
    with acting_in_role("post"):
        link = operations.address_for(colleague.pk)
    assert visitor.get(link).status_code == 200

    owner.execute("UPDATE partners_accountinvitation SET expires_at = now()")

    assert visitor.get(link).status_code == 404
    typed = {"new": "vier-woorden-op-een-rij", "again": "vier-woorden-op-een-rij"}
    assert visitor.post(link, typed).status_code == 404
    assert not user("politie2").has_usable_password()


def test_an_administrator_without_papers_keeps_nothing(own_house, owner):
    keeper, colleague = user("beheerder"), user("politie2")
    owner.execute("DELETE FROM partners_clearance WHERE user_id = %s", [keeper.pk])

    with acting_as(keeper.pk), pytest.raises(PermissionDenied):
        operations.set_active(colleague, False, by=keeper)
    with acting_as(keeper.pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(
            "SELECT vh.add_user('x', 'x', 'x', 'x@x.example', %s)", [organisation("politie").pk]
        )
