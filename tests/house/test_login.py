"""AUTH-01 for every address of the house: a password alone opens nothing."""

import uuid

import pytest

from tests.entering import first_step
from tests.house.doors import ABSENT, Door
from tests.house.matrix import MATRIX
from tests.house.walk import routes, try_door
from tests.situations import user

pytestmark = pytest.mark.django_db
PUBLIC = {
    "health",
    "hulp",
    "privacy",
    "toegankelijkheid",
    "beheerscommissie:file_report",
    "beheerscommissie:follow",
    "beheerscommissie:outcome",
    "partners:sign_on",
    "partners:sign_on_start",
    "partners:sign_on_return",
    "partners:sign_off",
}
NOBODY = uuid.UUID(int=4 << 76 | 8 << 60 | 1)
STEPS = {"login", "second_step", "set_up", "logout", "partners:choose_password"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_password_alone_leads_from_every_address_back_to_the_door(browse, method):
    """AUTH-01."""
    visitor = browse()
    first_step(visitor, "samira")
    opened = []
    tried = 0
    for route, pattern in routes().items():
        if route in PUBLIC | STEPS:
            continue
        arguments = tuple((name, ABSENT.get(name, NOBODY)) for name in pattern.pattern.converters)
        visit = try_door(visitor, "samira", Door(route, arguments, frozenset(), method))
        tried += 1
        if not (visit.status == 302 and visit.location.startswith("/inloggen/?next=")):
            opened.append(str(visit))

    assert opened == []
    assert tried == len(MATRIX) - len(PUBLIC | STEPS)
    assert user("samira").last_login is None
