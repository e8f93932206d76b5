"""Who comes first is never reckoned, and what somebody is never counts. PRI-08 (X).

WGS 1.9, 2.26 and 2.29, BGS 1.9: no opaque or learning score, and never ethnicity, nationality,
religion or brothers and sisters. There is no field, column, form or address for it.
"""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import Case, OffenceRecord
from cases.presenters import list_files
from cases.presenters.lists import Row
from cases.rules.columns import COLUMNS
from tests import situations
from tests.house.forms import all_forms
from veiligheidshuis.needtoknow import acting_as

NEVER_ASKED = re.compile(
    r"etni|ethni|nationali|religi|geloof|godsdienst|kerk|^ras$|_ras$|^race$|_race$|huidskleur|afkomst|herkomst"
    r"|geboorteland|broer|zus|sibling|brother|sister",
    re.IGNORECASE,
)
RECKONED = re.compile(r"scor|risico|risk|kans|punt(en)?$|gewicht|weight|predict|voorspel", re.I)
# What the house knows of a candidate and of the list on which he stands.
RANKED = ("Case", "Client", "Prioriteitenlijst", "Lijstplaats", "Verplaatsing", "Selectielid")


def columns(owner) -> set[str]:
    told = owner.execute(
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    return {name for (name,) in told.fetchall()}


def bad(names, pattern: re.Pattern[str]) -> list[str]:
    return sorted(name for name in names if pattern.search(name.split(".")[-1]))


@pytest.mark.parametrize(
    "name",
    ["cases_client.nationaliteit", "x.etniciteit", "x.geloof", "x.broers_en_zussen", "x.ras"],
)
def test_the_eye_of_this_test_sees_what_it_looks_for(name):
    assert bad([name], NEVER_ASKED) == [name]


@pytest.mark.django_db
def test_no_column_of_the_database_holds_what_somebody_is(owner):
    assert bad(columns(owner), NEVER_ASKED) == []


def test_no_field_of_a_form_asks_it_and_no_list_of_the_police_brings_it():
    asked = {f"{form.__name__}.{name}" for form in all_forms() for name in form.base_fields}

    assert bad(asked, NEVER_ASKED) == []
    assert bad(COLUMNS, NEVER_ASKED) == []
    assert bad(list_files.HEADS, NEVER_ASKED) == []


@pytest.mark.parametrize("name", RANKED)
def test_of_who_is_ranked_no_score_is_kept(name):
    fields = {field.name for field in apps.get_model("cases", name)._meta.get_fields()}
    fields.discard("leefgebiedscores")

    assert bad(fields, RECKONED) == []
    assert bad(Row.__dataclass_fields__, RECKONED) == []


@pytest.mark.django_db
def test_facts_move_nobody_and_no_address_sorts(browse, acting):
    """Forty more offences: he stands where people put him."""
    cases = [situations.admitted_case() for _ in range(3)]
    ranked = situations.open_list(*cases)
    with acting_as(situations.user("politie").pk):
        OffenceRecord(
            case=cases[2],
            count=52,
            recorded_on=timezone.localdate(),
            supplier=situations.organisation("politie"),
        ).save(force_insert=True)
    numbers = [case.number for case in cases]

    for asked in ("", "?sorteer=delicten", "?sorteer=-delicten", "?order_by=score"):
        page = browse("politie").get(reverse("cases:list", args=[ranked.code]) + asked)
        assert [row.case.number for row in page.context["page"].rows] == numbers
    with acting("manager"):
        operations.adopt_list(ranked, by=situations.user("manager"))
        adopted = Case.objects.order_by("priority").values_list("number", flat=True)
        assert list(adopted) == numbers
