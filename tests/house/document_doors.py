"""For whom the documents open: by what each is about, and only once somebody looked at it."""

from collections.abc import Iterable
from typing import Any

from cases.models import Document, DocumentCategory
from cases.states import DocumentStatus
from tests.house.world import World
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

Things = Iterable[tuple[dict[str, Any], frozenset[str]]]


def _known(world: World) -> list[Document]:
    signed = world.circles["de ondertekenaar"]
    with acting_as(user("samira").pk):
        return list(Document.objects.filter(case=signed.case).without_file())


def files(world: World) -> Things:
    """Who was given the housing opens what is about it; nobody opens what was not looked at."""
    signed = world.circles["de ondertekenaar"]
    for document in _known(world):
        who = signed.lead
        if document.category == DocumentCategory.HUISVESTING:
            who |= {"politie"}
        if document.status != DocumentStatus.SCHOON:
            who = frozenset()
        yield {"number": signed.case.number, "document_id": document.pk}, who


def documents(world: World) -> Things:
    """Who leads takes back; also what waits, and what is gone already."""
    signed = world.circles["de ondertekenaar"]
    for document in _known(world):
        yield {"number": signed.case.number, "document_id": document.pk}, signed.lead


def waiting(world: World) -> Things:
    """Who leads asks once more."""
    return documents(world)
