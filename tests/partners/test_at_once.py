"""Two of the bedrijfsbureau at one deed, in two threads."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from partners import operations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused


def test_two_at_once_with_one_name_make_one_account(own_house):
    """The rule saw nothing yet; the second finds the name taken at the table itself."""

    def make(first_name: str) -> str:
        try:
            with acting_as(user("bureau").pk):
                operations.add_user(
                    organisation("tracee"),
                    username="tweeling",
                    first_name=first_name,
                    last_name="Smeets",
                    email="t@tracee.example",
                    role="ketenpartner",
                    by=user("bureau"),
                )
        except Refused as refused:
            return " ".join(refused.codes)
        finally:
            connections.close_all()
        return "gemaakt"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(make, ["Anna", "Berta"]))

    assert outcomes == ["gemaakt", "username_taken"]
