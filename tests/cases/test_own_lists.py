"""Whoever supplied a list hears how it was read in, and not who was known already. INT-10."""

import pytest
from django.urls import reverse

from cases import access, operations
from cases.models import ImportBatch
from tests.cases.lists_of_police import GOOD, OTHER
from tests.cases.test_import_operations import preview, smeets
from tests.situations import organisation, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role

pytestmark = pytest.mark.django_db
UNREADABLE = "Zonder;;;geen datum;;Heerlen;veelpleger;12;Politie"


def read_in(*rows: str) -> ImportBatch:
    office = user("bureau")
    with acting_as(office.pk):
        batch = preview(*rows)
        operations.confirm_import(batch, by=office)
        return batch


def counts_of(name: str) -> list[tuple[int, int]]:
    with acting_as(user(name).pk):
        return [(each.lines, each.unreadable) for each in access.own_lists()]


def told() -> set[int]:
    with acting_in_role("post"):
        found = OutboxMail.objects.filter(kind="lijst_ingelezen")
        return set(found.values_list("recipient_id", flat=True))


def test_its_contact_points_hear_that_the_list_was_read_in():
    batch = read_in(GOOD, UNREADABLE)
    with acting_as(user("bureau").pk):
        assert batch.source == organisation("politie")
    police = {user("politie").pk, user("politie2").pk}

    assert told() == police
    with acting_as(user("bureau").pk):
        operations.confirm_import(batch, by=user("bureau"))  # asked once more: done once
    with acting_in_role("post"):
        assert OutboxMail.objects.filter(kind="lijst_ingelezen").count() == len(police)


def test_everybody_of_that_partner_reads_how_many_lines_and_nobody_else():
    read_in(GOOD, UNREADABLE)

    assert counts_of("politie") == counts_of("politie2") == [(2, 1)]
    for other in ("om", "bureau", "samira", "bewoner", "stuurgroep", "fg"):
        assert counts_of(other) == []


def test_it_is_the_same_whoever_was_known_or_left_out():
    """Hidden is absent: of one list it would tell of whom there is a dossier."""
    read_in(GOOD)
    again = read_in(GOOD)
    with acting_as(user("bureau").pk):
        assert again.rows.get().outcome == "bekend"

    assert counts_of("politie") == [(1, 0), (1, 0)]


def test_a_list_that_is_looked_at_or_was_taken_back_is_not_there():
    office = user("bureau")
    with acting_as(office.pk):
        preview(GOOD)
    assert counts_of("politie") == []
    batch = read_in(smeets("Anders"))
    with acting_as(office.pk):
        operations.undo_import(batch, by=office)

    assert counts_of("politie") == []


def test_it_stands_on_the_page_of_who_puts_forward(browse):
    page = reverse("cases:nominate")
    assert "Lijsten van uw organisatie" not in browse("politie").get(page).text
    read_in(GOOD, OTHER, UNREADABLE)

    text = browse("politie").get(page).text
    assert "3 regels, 1 niet te lezen" in " ".join(text.split())
    assert "Lijsten van uw organisatie" not in browse("om").get(page).text
