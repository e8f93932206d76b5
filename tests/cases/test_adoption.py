"""The partners adopt a list: who was there, its fingerprint, and what is taken along.

S2, Werkprocessen: "door de organisaties tezamen"; PRI-03, PRI-05.
"""

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from cases import access, operations, rules
from cases.models import Attendance, Case, Lijstplaats, Prioriteitenlijst, Selectielid
from cases.presenters import list_files
from cases.presenters.adoption import adoption, check
from cases.presenters.lists import Asked, list_page
from partners.models import WgsClass
from tests import situations
from veiligheidshuis.formats import plain_date, today
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number, version

ONCE = {"eenmalig": ""}


@pytest.fixture
def cases(db):
    return [situations.admitted_case() for _ in range(3)]


@pytest.fixture
def adopted(cases):
    return adopted_list(cases)


def adopted_list(cases: Sequence[Case]) -> Prioriteitenlijst:
    """A list that politie (a core participant) adopted while mondriaan was there."""
    ranked = situations.open_list(*cases, members=("politie", "mondriaan"))
    manager = situations.user("manager")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        return Prioriteitenlijst.objects.get(pk=ranked.pk)


def address(name: str, ranked: Prioriteitenlijst) -> str:
    return reverse(f"cases:{name}", args=[ranked.code])


def members_of(ranked: Prioriteitenlijst) -> dict[str, Selectielid]:
    return {member.user.username: member for member in ranked.selectieleden.by_name()}


# --- who was there ------------------------------------------------------------------------------


def test_a_list_is_not_adopted_before_somebody_wrote_down_who_was_there(cases, acting):
    ranked = situations.open_list(*cases, recorded=False)
    manager = situations.user("manager")

    with acting("manager"), pytest.raises(Refused) as refused:
        operations.adopt_list(ranked, by=manager)

    assert refused.value.codes == {"meeting_not_recorded"}


def test_a_list_that_no_core_participant_adopts_is_not_adopted(cases, acting):
    """WGS 2.31 lid 2: the participants of lid 1 decide; the others sit at the table as well."""
    ranked, manager = situations.open_list(*cases), situations.user("manager")
    with acting("manager"):
        said = dict.fromkeys(members_of(ranked).values(), Attendance.AANWEZIG)
        operations.record_meeting(ranked, said, by=manager)
        with pytest.raises(Refused) as refused:
            operations.adopt_list(ranked, by=manager)

    assert refused.value.codes == {"nobody_adopts"}


def test_who_is_no_core_participant_was_there_and_adopts_nothing(cases, acting):
    ranked = situations.open_list(*cases, members=("politie", "mondriaan"))
    office = situations.user("bureau")
    with acting("bureau"):
        members = members_of(ranked)
        assert members["mondriaan"].user.organisation.wgs_class == WgsClass.LID_2
        assert not rules.decides(members["mondriaan"])
        with pytest.raises(Refused) as refused:
            operations.record_meeting(
                ranked, dict.fromkeys(members.values(), Attendance.STELT_VAST), by=office
            )

    assert [each.code for each in refused.value.obstacles] == ["no_core_participant"]
    assert "Mondriaan" in refused.value.obstacles[0].message


def test_a_meeting_to_which_nobody_came_or_that_is_still_to_come_is_not_recorded(cases, acting):
    ranked, office = situations.open_list(*cases), situations.user("bureau")
    with acting("bureau"):
        nobody = dict.fromkeys(members_of(ranked).values(), Attendance.AFWEZIG)
        with pytest.raises(Refused) as refused:
            operations.record_meeting(ranked, nobody, by=office)
        assert refused.value.codes == {"nobody_there"}

    ahead = situations.open_list(*cases, in_days=1)
    with acting("bureau"):
        came = dict.fromkeys(members_of(ahead).values(), Attendance.AANWEZIG)
        with pytest.raises(Refused) as refused:
            operations.record_meeting(ahead, came, by=office)
    assert refused.value.codes == {"meeting_ahead"}


def test_only_the_office_records_a_meeting(cases, acting):
    ranked, member = situations.open_list(*cases), situations.user("politie")

    with acting("politie"), pytest.raises(PermissionDenied):
        operations.record_meeting(ranked, {}, by=member)


def test_who_was_there_stands_once_the_list_is_adopted_also_for_sql(adopted, acting):
    office = situations.user("bureau")

    with acting("bureau"):
        said = dict.fromkeys(members_of(adopted).values(), Attendance.AFWEZIG)
        with pytest.raises(Refused) as refused:
            operations.record_meeting(adopted, said, by=office)
        assert refused.value.codes == {"wrong_status"}
        assert Selectielid.objects.update(attendance=Attendance.AANWEZIG) == 0
        assert Selectielid.objects.all().delete()[0] == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Selectielid.objects.create(
                prioriteitenlijst=adopted, user=office, attendance=Attendance.ONBEKEND
            )


def test_it_is_remembered_for_which_organisation_somebody_sat_there(own_house, owner):
    """He works elsewhere by the time that somebody asks."""
    ranked = adopted_list([situations.admitted_case()])
    owner.execute(
        "UPDATE partners_user SET organisation_id = (SELECT id FROM partners_organisation"
        " WHERE slug = 'mondriaan') WHERE username = 'politie'"
    )

    with acting_as(situations.user("manager").pk):
        told = adoption(ranked)

    assert [each.user.username for each in told.deciding] == ["politie"]
    assert told.deciding[0].organisation == situations.organisation("politie")
    assert len(told.present) == 2


def test_the_office_records_on_a_page_and_the_form_offers_deciding_to_who_may(browse, cases):
    ranked = situations.open_list(*cases, members=("politie", "mondriaan"), recorded=False)
    office, here = browse("bureau"), address("list_meeting", ranked)

    page = office.get(here)
    assert page.text.count('value="stelt_vast"') == 1  # politie, and not mondriaan
    names = list(page.context["form"].fields)

    unsaid = office.post(here, {names[0]: "aanwezig"} | ONCE)
    assert unsaid.status_code == 422
    assert "Kies of" in unsaid.text
    said = {
        name: "stelt_vast"
        if page.context["form"].members[name].user.username == "politie"
        else "aanwezig"
        for name in names
    }
    assert office.post(here, said | ONCE).status_code == 302
    manager = browse("manager")
    assert "stelt de lijst vast" in manager.get(address("list_adopt", ranked)).text
    version = manager.get(address("list", ranked)).context["ranked"].version
    assert manager.post(address("list_adopt", ranked), {"versie": version}).status_code == 302
    shown = manager.get(address("list", ranked)).text
    assert "Vastgesteld door" in shown
    assert "De versie die geldt sinds" in shown
    assert "Er is niets veranderd sinds de lijst is vastgesteld." in shown


# --- the criteria, and who was admitted ---------------------------------------------------------


def test_every_place_names_the_criteria_that_held_and_the_files_say_them(adopted, acting):
    """WGS 2.32; BGS 2.22; PRI-06."""
    with acting("manager"):
        held = version("criteria")
        assert set(adopted.plaatsen.values_list("criteria_id", flat=True)) == {held.pk}
        lines = list_files.lines_of(adopted, situations.user("manager"))

    assert {line.criteria for line in lines} == {f"versie van {plain_date(held.valid_from)}"}


def test_a_place_without_the_criteria_of_today_is_refused_by_the_table(cases, acting):
    ranked, case = situations.open_list(), cases[0]
    with acting("bureau"):
        for criteria in (None, version("leefgebieden")):
            place = Lijstplaats(prioriteitenlijst=ranked, case=case, position=1, criteria=criteria)
            with pytest.raises(ProgrammingError), transaction.atomic():
                place.save(force_insert=True)
        place.criteria = version("criteria")
        place.save(force_insert=True)


def test_who_was_not_admitted_is_named_before_the_list_is_adopted(acting, browse):
    """BGS 2.22: also whom the manager may not know, but him without a name."""
    unweighed, asked, hidden = [situations.put_forward_case() for _ in range(3)]
    situations.asked_to_weigh(asked)
    ranked = situations.open_list(situations.admitted_case(), unweighed, asked, hidden)
    with acting("bureau"):
        access.bar(hidden, situations.user("manager"), "neef")

    page = browse("manager").get(address("list_adopt", ranked)).text

    assert f"{unweighed.client} is nog niet gewogen" in page
    assert reverse("cases:ask_weighing", args=[unweighed.number]) in page
    assert f"{asked.client} wordt nog gewogen" in page
    assert hidden.number not in page
    assert "Nog iemand op deze lijst is niet toegelaten." in page
    assert "Lijst vaststellen" not in page.split("<main")[1].split("</h1>")[1]


# --- its fingerprint ----------------------------------------------------------------------------


def test_an_adopted_list_has_a_fingerprint_that_nobody_writes_twice(adopted, acting):
    assert len(adopted.seal) == 64
    assert len(adopted.line_seals) == 3
    with acting("manager"):
        assert check(adopted).whole
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.seal_list(adopted)
        for change in ({"seal": "0" * 64}, {"code": "anders"}, {"meeting_on": "2020-01-01"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Prioriteitenlijst.objects.filter(pk=adopted.pk).update(**change)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE cases_lijstplaats SET rank = rank + 10",
        "UPDATE cases_prioriteitenlijst SET code = 'x' || left(code, 8)",
        "UPDATE cases_prioriteitenlijst SET adopted_at = adopted_at - interval '1 day'",
        "UPDATE cases_prioriteitenlijst SET adopted_by_id = opened_by_id",
        "UPDATE cases_prioriteitenlijst SET line_seals = line_seals[1:2]",
        "UPDATE cases_selectielid SET attendance = 'aanwezig' WHERE attendance = 'stelt_vast'",
        "DELETE FROM cases_selectielid WHERE attendance = 'aanwezig'",
    ],
)
def test_whoever_changes_an_adopted_list_underneath_is_found_out(own_house, owner, tampering):
    ranked = adopted_list([situations.admitted_case() for _ in range(3)])
    with acting_as(situations.user("manager").pk):
        assert check(ranked).whole

    owner.execute(tampering)

    with acting_as(situations.user("manager").pk):
        assert not check(ranked).whole
    with pytest.raises(CommandError, match="Niet meer heel"):
        call_command("verify_lists", stdout=io.StringIO())


def test_who_is_taken_off_leaves_nothing_and_the_fingerprint_still_holds(adopted, cases, acting):
    """WGS 2.32 lid 4: at once. What stays of his line tells nothing of him."""
    with acting("bureau"):
        operations.take_off_list(
            adopted, cases[1], reason="Hulp niet meer nodig.", by=situations.user("bureau")
        )
        left = check(adopted)
        page = list_page(adopted, situations.user("bureau"), Asked())
        assert [row.place for row in page.rows] == [1, 3], "de anderen houden hun nummer"
    told = io.StringIO()
    call_command("verify_lists", stdout=told)

    assert (left.whole, left.taken_off) == (True, 1)
    assert f"Prioriteitenlijst {adopted.code}: 1 naam is eraf gehaald." in told.getvalue()


def test_a_list_in_discussion_has_no_fingerprint_and_a_member_asks_none(cases, adopted, acting):
    discussed = situations.open_list(situations.put_forward_case())

    with acting("manager"):
        assert check(discussed) is None
    with acting("politie"):
        assert check(adopted) is None


def test_the_fingerprint_holds_over_somebody_whom_the_manager_may_not_know(cases, acting):
    ranked, manager = situations.open_list(*cases), situations.user("manager")
    with acting("bureau"):
        access.bar(cases[1], manager, "neef")
    with acting("manager"):
        operations.adopt_list(ranked, by=manager)
        ranked.refresh_from_db()

        assert len(ranked.line_seals) == 3
        assert check(ranked).whole
        assert [line.place for line in list_files.lines_of(ranked, manager)] == [1, 3]


# --- twice a year -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "title"),
    [(139, ""), (140, "Tijd voor een nieuwe lijst"), (182, "Tijd voor"), (183, "is verlopen")],
)
def test_at_least_twice_a_year_the_partners_choose_anew(adopted, browse, monkeypatch, later, title):
    """S2, Werkprocessen; PRI-05: six weeks ahead the office is reminded, until there is a next."""
    assert number("list_lasts_days") <= 365 // 2
    there = today() + timedelta(days=later)  # the list was adopted today
    monkeypatch.setattr("cases.presenters.adoption.today", lambda: there)
    pages = [(who, reverse("cases:lists")) for who in ("bureau", "manager")]
    pages.append(("manager", reverse("cases:overview")))

    for who, here in pages:
        page = browse(who).get(here)
        assert (page.context["renewal"] is not None) is bool(title)
        assert title in page.text
    assert browse("politie").get(reverse("cases:lists")).context["renewal"] is None
    situations.open_list(situations.put_forward_case())
    assert browse("bureau").get(reverse("cases:lists")).context["renewal"] is None


# --- taken along --------------------------------------------------------------------------------


def test_the_sheet_holds_the_order_and_never_a_formula(acting, browse):
    bold = situations.admitted_case(first_name="=HYPERLINK(1)", last_name="+Achternaam")
    ranked = situations.open_list(bold)
    with acting("manager"):
        operations.adopt_list(ranked, by=situations.user("manager"))

    answer = browse("bureau").get(address("list_xlsx", ranked))

    assert answer["Content-Type"] == list_files.XLSX
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]] == list(list_files.HEADS)
    place, name, *_ = sheet[2]
    assert place.value == 1
    assert name.value.startswith("=HYPERLINK(1)")
    assert (name.data_type, name.quotePrefix) == ("s", True)


def test_what_is_taken_along_is_written_down(adopted, cases, browse, owner):
    browse("bureau").get(address("list_xlsx", adopted))

    (line,) = owner.execute(
        "SELECT action, subjects FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'cases:list_xlsx' ORDER BY id DESC LIMIT 1"
    ).fetchall()
    assert line[0] == "exporteren"
    assert sorted(line[1]) == sorted(case.number for case in cases)


def test_the_list_on_paper_tells_who_adopted_it(adopted, browse):
    answer = browse("bureau").get(address("list_pdf", adopted))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", ["list_pdf", "list_xlsx"])
def test_of_a_list_in_discussion_nothing_is_taken_along(browse, cases, name):
    ranked = situations.open_list(*cases)

    page = browse("bureau").get(address(name, ranked), follow=True)

    assert "nog in bespreking" in page.text


@pytest.mark.parametrize("name", ["list_meeting", "list_pdf", "list_xlsx"])
def test_a_member_takes_nothing_along(browse, cases, name):
    assert browse("politie").get(address(name, situations.open_list(*cases))).status_code == 404
