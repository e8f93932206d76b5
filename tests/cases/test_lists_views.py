"""The pages of the prioriteitenlijst: who finds them, how one moves, and how it is adopted."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.forms.lists import next_code
from cases.models import Case, Prioriteitenlijst
from cases.presenters import lists as presenters
from cases.states import ListStatus
from tests import situations
from veiligheidshuis.formats import long_date

pytestmark = pytest.mark.django_db
ONCE = {"eenmalig": ""}  # a form always sends this, also when nothing was filled in


@pytest.fixture
def cases():
    return [situations.put_forward_case(by="politie2") for _ in range(5)]


@pytest.fixture
def ranked(cases):
    """A list in discussion with members politie and ggd."""
    return situations.open_list(*cases)


def address(name: str, ranked: Prioriteitenlijst, *more: str) -> str:
    return reverse(f"cases:{name}", args=[ranked.code, *more])


def move_url(ranked: Prioriteitenlijst, case: Case) -> str:
    return address("list_move", ranked, case.number)


def order(browser, ranked) -> list[str]:
    page = browser.get(address("list", ranked)).context["page"]
    return [row.case.number for row in page.rows]


def version(browser, ranked) -> int:
    return browser.get(address("list", ranked)).context["ranked"].version


def move(browser, ranked, case, **typed):
    """What a press in the row of one candidate sends, on the list as it stands."""
    return browser.post(move_url(ranked, case), {"versie": version(browser, ranked)} | typed)


def test_a_member_sees_his_list_until_it_is_adopted_and_others_see_none(browse, ranked, acting):
    situations.admit_all(ranked)
    for username, status in (("ggd", 200), ("bureau", 200), ("manager", 200), ("mondriaan", 404)):
        assert browse(username).get(address("list", ranked)).status_code == status
        listed = ranked.code in browse(username).get(reverse("cases:lists")).text
        assert listed is (status == 200)

    with acting("manager"):
        operations.adopt_list(ranked, by=situations.user("manager"))

    assert browse("ggd").get(address("list", ranked)).status_code == 404
    assert "Er is nu geen lijst voor u." in browse("ggd").get(reverse("cases:lists")).text


def test_a_hidden_list_and_an_absent_one_are_the_same_page(browse, ranked):
    outsider = browse("mondriaan")

    hidden = outsider.get(address("list", ranked))
    absent = outsider.get(reverse("cases:list", args=["2031-9"]))

    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("username", ["stuurgroep", "bewoner", "buurtregisseur"])
def test_who_does_not_work_with_persons_finds_no_lists(browse, ranked, username):
    for url in (reverse("cases:lists"), address("list", ranked)):
        assert browse(username).get(url).status_code == 404


def test_offences_are_shown_to_who_needs_them_and_there_is_never_a_score(browse, ranked):
    police, ggd = (browse(who).get(address("list", ranked)).text for who in ("politie", "ggd"))

    assert "12 delicten" in police
    assert "periode onbekend" in police  # the count of a list that was read in
    assert "delicten</td>" not in ggd
    assert "12 delicten" not in ggd
    assert "Delicten</th>" in police
    assert "Delicten</th>" not in ggd
    assert "12 delicten" not in browse("manager").get(address("list", ranked)).text


def test_what_was_shown_is_written_down_and_offences_under_their_own_scope(
    browse, ranked, cases, owner
):
    browse("politie").get(address("list", ranked))

    lines = owner.execute(
        "SELECT scope, subjects FROM veiligheidshuis_accesslogentry WHERE route = 'cases:list' "
        "ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert {scope for scope, _ in lines} == {"know_case", "view_justice"}
    assert all(sorted(subjects) == sorted(c.number for c in cases) for _, subjects in lines)


def test_a_long_list_asks_no_more_than_a_short_one(browse, django_assert_max_num_queries):
    ranked = situations.open_list(*[situations.put_forward_case() for _ in range(20)])
    member = browse("politie")

    with django_assert_max_num_queries(17):
        member.get(address("list", ranked))


def test_the_arrows_move_one_place_and_the_number_as_far_as_it_says(browse, ranked, cases):
    member = browse("ggd")
    numbers = [case.number for case in cases]

    move(member, ranked, cases[1], richting="op")
    move(member, ranked, cases[2], richting="neer", plaats="1")
    move(member, ranked, cases[4], plaats="4")

    # 0 1 2 3 4 -> 1 0 2 3 4 -> 1 0 3 2 4 -> 1 0 3 4 2
    assert order(member, ranked) == [numbers[i] for i in (1, 0, 3, 4, 2)]


def test_a_move_in_the_background_gets_the_new_version_and_no_page(browse, ranked, cases):
    member = browse("ggd")
    before = version(member, ranked)

    answer = member.post(
        move_url(ranked, cases[0]), {"plaats": "2", "versie": before}, HTTP_HX_REQUEST="true"
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Versie"] == str(before + 1)


def test_a_stale_move_in_the_background_is_told_when_the_list_is_loaded_again(
    browse, ranked, cases
):
    member = browse("ggd")
    stale = {"richting": "neer", "versie": version(member, ranked)}
    member.post(move_url(ranked, cases[0]), stale)

    answer = member.post(move_url(ranked, cases[0]), stale, HTTP_HX_REQUEST="true")

    assert (answer.status_code, answer.content) == (409, b"")
    assert "intussen veranderd" in member.get(address("list", ranked)).text


def test_a_big_move_asks_a_reason_on_a_page_of_its_own_and_loses_nothing(browse, ranked, cases):
    member = browse("ggd")
    numbers = [case.number for case in cases]

    asked = move(member, ranked, cases[4], plaats="1")
    assert asked.url == f"{move_url(ranked, cases[4])}?plaats=1"
    page = member.get(asked.url)
    assert page.context["form"]["plaats"].value() == "1"
    assert "sprong van 3 plaatsen of meer" in page.text

    refused = move(member, ranked, cases[4], plaats="1", reden=" ")
    assert refused.status_code == 409
    assert "Schrijf kort op waarom." in refused.text
    assert order(member, ranked) == numbers

    move(member, ranked, cases[4], plaats="1", reden="Nieuwe aangifte")
    assert order(member, ranked) == [numbers[4], *numbers[:4]]
    assert "Nieuwe aangifte" in member.get(address("list", ranked)).text


def test_a_stale_screen_is_refused_with_what_was_typed_kept(browse, ranked, cases):
    one, other = browse("ggd"), browse("politie")
    seen = version(other, ranked)
    move(one, ranked, cases[0], richting="neer")

    typed = {"plaats": "5", "reden": "Gesprek met de wijk", "versie": seen}
    refused = other.post(move_url(ranked, cases[0]), typed)

    assert refused.status_code == 409
    assert "intussen veranderd" in refused.text
    assert 'value="Gesprek met de wijk"' in refused.text
    assert f'name="versie" value="{seen + 1}"' in refused.text
    again = {"plaats": "5", "reden": "Gesprek met de wijk", "versie": seen + 1}
    assert other.post(move_url(ranked, cases[0]), again).status_code == 302


def test_a_move_sent_twice_is_one_move(browse, ranked, cases):
    member = browse("ggd")
    form = {"richting": "neer", "eenmalig": str(uuid.uuid4()), "versie": version(member, ranked)}

    for _ in range(2):
        assert member.post(move_url(ranked, cases[0]), form).status_code == 302

    assert order(member, ranked)[1] == cases[0].number


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"plaats": "zes"}, 422),
        ({"plaats": "0"}, 422),
        ({"plaats": "99999999999"}, 422),
        ({"plaats": "6"}, 409),
        ({"richting": "op"}, 409),  # he stands first
        ({"plaats": "2", "versie": "\x00"}, 422),
        ({"plaats": "2", "versie": ""}, 422),
        ({"plaats": "5", "reden": "a" * 10_000}, 422),
        ({"plaats": "5", "reden": "a\x00b"}, 422),
    ],
)
def test_a_move_to_nowhere_says_what_is_wrong_and_moves_nobody(
    browse, ranked, cases, typed, status
):
    member = browse("ggd")

    assert move(member, ranked, cases[0], **typed).status_code == status
    assert order(member, ranked) == [case.number for case in cases]


def test_a_candidate_of_another_list_is_not_on_this_one(browse, ranked):
    elsewhere = situations.put_forward_case()
    situations.open_list(elsewhere)

    for number in (elsewhere.number, "VH-2031-9999"):
        url = address("list_move", ranked, number)
        assert browse("ggd").get(url).status_code == 404
        assert browse("ggd").post(url, {"plaats": "1"}).status_code == 404


def test_a_filter_shows_a_part_with_everybodys_place_on_the_whole_and_no_moving(browse, ranked):
    page = browse("ggd").get(address("list", ranked), {"doelgroep": "veelpleger"})
    assert len(page.context["page"].rows) == 5
    assert "<vh-sort>" not in page.text

    assert (
        browse("ggd")
        .get(address("list", ranked), {"doelgroep": "huiselijk_geweld"})
        .context["page"]
        .rows
        == []
    )
    assert browse("ggd").get(address("list", ranked), {"doelgroep": "\x00"}).status_code == 200


@pytest.fixture
def long_list(monkeypatch):
    """A list of five pages, two candidates on each."""
    monkeypatch.setattr(presenters, "PER_PAGE", 2)
    return [situations.put_forward_case() for _ in range(9)]


def test_of_a_long_list_a_page_holds_a_part_and_a_place_leads_to_its_page(browse, long_list):
    ranked, member = situations.open_list(*long_list), browse("ggd")

    first = member.get(address("list", ranked))
    assert [row.place for row in first.context["page"].rows] == [1, 2]
    assert first.text.count('name="plaats"') == 3  # two rows, and the jump
    assert f'data-eerste="1" data-totaal="{len(long_list)}"' in first.text

    jump = member.get(address("list", ranked), {"plaats": "6"})
    assert jump.url == f"{address('list', ranked)}?pagina=3#plaats-6"
    there = member.get(jump.url)
    assert 'id="plaats-6"' in there.text
    assert order(member, ranked) == [case.number for case in long_list[:2]]
    assert [row.case.number for row in there.context["page"].rows] == [
        case.number for case in long_list[4:6]
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Typ de plaats als getal."),
        ("zes", "Typ de plaats als getal."),
        ("\x00", "Typ de plaats als getal."),
        ("0", "De eerste plaats is 1."),
        ("99999999999999999999", "Zo lang is de lijst niet."),
    ],
)
def test_a_place_that_is_none_is_told_and_leads_to_the_first_page(browse, long_list, typed, told):
    ranked = situations.open_list(*long_list)
    page = browse("ggd").get(address("list", ranked), {"plaats": typed}, follow=True)

    assert told in page.text
    assert [row.place for row in page.context["page"].rows] == [1, 2]


def test_who_is_moved_far_is_found_again_on_his_new_page(browse, long_list):
    ranked, member = situations.open_list(*long_list), browse("ggd")

    moved = move(member, ranked, long_list[0], plaats="8", reden="Verblijft elders.")

    assert moved.url == f"{address('list', ranked)}?pagina=4#plaats-8"
    (row,) = [r for r in member.get(moved.url).context["page"].rows if r.place == 8]
    assert row.case == long_list[0]


def test_a_name_is_found_on_a_long_list_with_its_place(browse, long_list):
    sought = situations.put_forward_case(first_name="Zoë", last_name="Ångström")
    ranked, member = situations.open_list(*long_list, sought), browse("ggd")

    page = member.get(address("list", ranked), {"q": "ANGSTROM zoe"})
    (row,) = page.context["page"].rows
    assert (row.place, row.case) == (10, sought)
    assert "<vh-sort" not in page.text
    nobody = member.get(address("list", ranked), {"q": "Niemandsnaam"})
    assert "Niemand op deze lijst past hierbij." in nobody.text


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "2026-1"),
        (["2025-7"], "2026-1"),
        (["2026-2"], "2026-3"),
        (["2026-9", "2026-10"], "2026-11"),
        (["2026-2", "2027-1"], "2027-2"),
        (["2026-2", "2062-1", "lijst"], "2026-3"),
    ],
)
def test_the_mark_of_a_new_list_follows_on_the_highest(taken, proposed):
    assert next_code(date(2026, 11, 22), taken) == proposed


def test_the_office_opens_a_list_and_names_its_members(browse, person):
    office = browse("bureau")
    form = {
        "code": "2027-1",
        "meeting_on": situations.typed_day(180),
        "start_from": "vorige",
        "regime": "wgs",
        "members": [person("om").pk, person("politie").pk],
    }

    assert office.post(reverse("cases:list_new"), form).url == reverse(
        "cases:list", args=["2027-1"]
    )
    assert browse("om").get(reverse("cases:list", args=["2027-1"])).status_code == 200
    assert browse("ggd").get(reverse("cases:list", args=["2027-1"])).status_code == 404

    taken = office.post(reverse("cases:list_new"), form)
    assert taken.status_code == 409
    assert "Er is al een lijst 2027-1." in taken.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "nieuw"}, "zoals 2026-2"),
        ({"code": "2027\x00"}, "onzichtbaar teken"),
        ({"meeting_on": "31-2-2027"}, "bestaat niet"),
        ({"members": []}, "Kies minstens één lid."),
        ({"members": ["\x00"]}, "Kies leden uit de lijst."),
        ({"members": ["999999999999999999999"]}, "Kies leden uit de lijst."),
        ({"start_from": ""}, "Kies hoe de lijst begint."),
        ({"regime": ""}, "Kies het regime van deze lijst."),
    ],
)
def test_a_list_that_lacks_something_is_not_opened(browse, person, acting, change, said):
    form = {
        "code": "2027-1",
        "meeting_on": situations.typed_day(180),
        "start_from": "leeg",
        "regime": "wgs",
    }
    form["members"] = [person("om").pk]

    answer = browse("bureau").post(reverse("cases:list_new"), form | change)

    assert answer.status_code == 422
    assert said in answer.text
    with acting("bureau"):
        assert not Prioriteitenlijst.objects.exists()


def test_the_office_puts_candidates_on_the_list_and_finds_them_by_name(browse, ranked):
    new = situations.put_forward_case(last_name="Wetzelaer")
    situations.put_forward_case(last_name="Anders")
    office = browse("bureau")
    url = address("list_add", ranked)

    found = office.get(url, {"q": "wétz"}).context["candidates"]
    assert [case.number for case in found] == [new.number]

    assert office.post(url, {"candidates": [new.number]}).status_code == 302
    assert order(office, ranked)[-1] == new.number
    assert office.post(url, {"candidates": [new.number]}).status_code == 422
    assert office.post(url, {"candidates": ["\x00"]}).status_code == 422
    assert "Kies minstens één kandidaat." in office.post(url, {"candidates": []} | ONCE).text
    assert browse("ggd").get(url).status_code == 404


def test_a_candidate_is_found_with_a_typing_error_and_by_his_birth_date(browse, ranked):
    """As everywhere else in the house; who bears the name as it was typed comes alone."""
    other = situations.put_forward_case(last_name="Dubbelman", birth_date=date(1979, 3, 4))
    office, url = browse("bureau"), address("list_add", ranked)

    def found(q):
        return [case.number for case in office.get(url, {"q": q}).context["candidates"]]

    assert found("Dubelman") == found("dubbelmans") == found("04-03-1979") == [other.number]
    near = situations.put_forward_case(last_name="Dubelman")
    assert found("Dubelman") == [near.number]
    assert found("Xylofoonspeler") == []


def test_who_is_hidden_is_not_found_by_a_typing_error_either(browse, ranked, acting):
    hidden = situations.put_forward_case(last_name="Dubbelman")
    with acting("manager"):
        access.bar(hidden, situations.user("bureau"), "zwager")

    assert (
        list(
            browse("bureau")
            .get(address("list_add", ranked), {"q": "Dubelman"})
            .context["candidates"]
        )
        == []
    )


def test_the_manager_pauses_before_adopting_and_the_list_is_then_read_only(browse, ranked, acting):
    situations.admit_all(ranked)
    manager = browse("manager")
    url = address("list_adopt", ranked)
    assert browse("bureau").get(url).status_code == 404
    page = manager.get(url)
    assert "Klopt de volgorde?" in page.text

    seen = page.context["form"].initial["versie"]
    assert manager.post(url, {"versie": seen - 1}).status_code == 409
    assert manager.post(url, {"versie": seen}).status_code == 302

    adopted = manager.get(address("list", ranked)).text
    assert "De volgorde verandert niet meer." in adopted
    assert "<vh-sort>" not in adopted
    assert "Toewijzen" in adopted
    assert manager.post(url, {"versie": seen}).status_code == 409
    with acting("manager"):
        assert Prioriteitenlijst.objects.get().status == ListStatus.VASTGESTELD


def numbers_of(page) -> list[str]:
    """The order that a page shows, as it stands in its table."""
    return [row.case.number for row in page.context["page"].rows]


def test_the_order_that_is_adopted_stands_on_the_page(browse, ranked, cases):
    page = browse("manager").get(address("list_adopt", ranked))

    assert numbers_of(page) == [case.number for case in cases]
    places = [page.text.index(case.client.display_name) for case in cases]
    assert places == sorted(places)


def test_who_adopts_from_an_old_page_gets_the_new_order_and_adopts_nothing(
    browse, ranked, cases, acting
):
    situations.admit_all(ranked)
    manager, url = browse("manager"), address("list_adopt", ranked)
    seen = manager.get(url).context["form"].initial["versie"]
    browse("ggd").post(move_url(ranked, cases[1]), {"richting": "op", "versie": seen})

    refused = manager.post(url, {"versie": seen})

    assert refused.status_code == 409
    assert "Er is niets vastgesteld. Hieronder staat de volgorde van nu." in refused.text
    assert numbers_of(refused)[:2] == [cases[1].number, cases[0].number]
    with acting("manager"):
        assert Prioriteitenlijst.objects.get().status == ListStatus.CONCEPT
    now = refused.context["form"].initial["versie"]
    assert manager.post(url, {"versie": now}).status_code == 302


def test_before_the_meeting_the_manager_is_told_when_he_can_adopt(browse, cases, acting):
    tomorrow = timezone.localdate() + timedelta(days=1)
    ranked = situations.open_list(*cases, in_days=1)
    manager, url = browse("manager"), address("list_adopt", ranked)

    page = manager.get(url)

    assert f"Het selectieoverleg is op {long_date(tomorrow)}." in page.text
    assert "Klopt de volgorde?" not in page.text
    assert manager.post(url, {"versie": ranked.version}).status_code == 409
    with acting("manager"):
        assert Prioriteitenlijst.objects.get().status == ListStatus.CONCEPT


def test_the_next_list_tells_how_everybody_stands_against_the_former(browse, ranked, acting, cases):
    situations.admit_all(ranked)
    manager = situations.user("manager")
    new = situations.admitted_case()
    with acting("manager"):
        operations.adopt_list(ranked, by=manager)
        following = operations.open_list(
            "2027-1",
            meeting_on=timezone.localdate(),
            members=[situations.user("politie")],
            start_from=ranked,
            by=manager,
        )
        situations.record_meeting(following)
        operations.add_candidates(following, [new], by=manager)
        operations.move_candidate(following, cases[1], to_place=1, by=manager)
    expected = ["1 omhoog", "1 omlaag", "gelijk", "gelijk", "gelijk", "nieuw"]

    def changes(username: str) -> list[str]:
        page = browse(username).get(address("list", following)).context["page"]
        return [row.change.text for row in page.rows]

    assert changes("politie") == expected  # a member, who does not see the former list
    with acting("manager"):
        operations.adopt_list(following, by=manager)
    assert changes("manager") == expected


def test_the_office_takes_somebody_off_and_says_why(browse, ranked, cases):
    office, here = browse("bureau"), address("list_take_off", ranked, cases[1].number)
    assert here in office.get(address("list", ranked)).text

    empty = office.post(here, {"reason": " "} | ONCE)
    assert empty.status_code == 422
    assert "Schrijf kort op waarom." in empty.text

    gone = office.post(here, {"reason": "Verhuisd naar Maastricht."} | ONCE, follow=True)
    assert "staat niet meer op lijst" in gone.text
    assert cases[1].number not in order(office, ranked)
    assert office.get(here).status_code == 404


def test_nobody_but_the_office_takes_somebody_off(browse, ranked, cases):
    here = address("list_take_off", ranked, cases[0].number)
    member = browse("ggd")

    assert here not in member.get(address("list", ranked)).text
    assert member.get(here).status_code == 404
    assert member.post(here, {"reason": "Liever niet."} | ONCE).status_code == 404


def test_the_office_reads_who_was_on_the_list_before_and_a_member_does_not(browse, acting):
    former = situations.listed_case()
    ranked = situations.open_list(situations.admitted_case())
    title = "Wel op de vorige lijst, niet op deze"

    shown = browse("bureau").get(address("list", ranked)).text
    assert title in shown
    assert former.number in shown
    hidden = browse("ggd").get(address("list", ranked)).text
    assert title not in hidden
    assert former.number not in hidden

    with acting("manager"):
        operations.adopt_list(ranked, by=situations.user("manager"))
    assert former.number in browse("bureau").get(address("list", ranked)).text
