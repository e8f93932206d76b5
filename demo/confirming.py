"""The demo house is in the middle of a round: everybody is confirmed but one of the police."""

from demo.people import MANAGER, OFFICE, who
from partners import operations
from partners.models import Bevestigingsronde, User
from partners.operations import Word
from veiligheidshuis.needtoknow import acting_as

# Of him the administrator of his organisation still has to say it; the last day lies weeks ahead.
STILL_TO_SAY = "politie2"


def confirm_everybody() -> bool:
    """Begin the round and confirm; False when there was one already."""
    office, manager = who(OFFICE.username), who(MANAGER.username)
    with acting_as(office.pk):
        if Bevestigingsronde.objects.exists():
            return False
        operations.begin_round(by=office)
        others = _everybody_but(office)
        operations.confirm([Word(each, True) for each in others], by=office)
    with acting_as(manager.pk):
        operations.confirm([Word(office, True)], by=manager)
    return True


def _everybody_but(office: User) -> list[User]:
    people = User.objects.filter(is_active=True).exclude(pk=office.pk)
    return list(people.exclude(username=STILL_TO_SAY).select_related("organisation").by_name())
