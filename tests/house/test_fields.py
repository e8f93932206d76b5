"""Fields take what people type, and say in Dutch how to repair what they cannot take."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from cases.forms.dossier import ScoreForm, SelfRelianceForm
from cases.forms.report import NominateForm
from maatwerkplan.forms.delivery import AnswerForm
from maatwerkplan.forms.goals import GoalForm
from partners.forms.people import ContactPointForm
from tests.house.forms import all_forms, fields, made, name_of
from veiligheidshuis import drafts, written
from veiligheidshuis.credentials import BROKEN_PASSKEY
from veiligheidshuis.fields import (
    LOST_PAGE,
    DutchDateField,
    DutchDateInput,
    OneField,
    PlainCharField,
    PlainTextField,
    VersionField,
)
from veiligheidshuis.formats import plain_date, today
from veiligheidshuis.proof import WRONG

INTERVIEW = {"version": "1", "self_reliance": "niet", "refused_because": "Geen zin."}


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    ["7-12-2026", "07-12-26", "7/12/2026", "7 dec 2026", "7 december 2026", " 7.12.2026 "],
)
def test_a_date_as_dutch_people_write_it(typed):
    assert DutchDateField().clean(typed) == date(2026, 12, 7)


def test_a_date_that_does_not_exist_is_named():
    message = refusal(DutchDateField(), "31-2-2026")
    assert message == "De datum 31-2-2026 bestaat niet. Controleer de dag en de maand."


@pytest.mark.parametrize("typed", ["gisteren", "2026-12-07", "7-12", "7-foo-2026", "\x007-12-2026"])
def test_what_is_not_a_date_gets_an_example(typed):
    assert "bijvoorbeeld 7-12-2026" in refusal(DutchDateField(), typed)


def test_a_year_that_cannot_be_meant_is_refused():
    assert "Controleer het jaar" in refusal(DutchDateField(), "7-12-0206")


def test_a_date_that_is_needed_is_asked_for():
    assert refusal(DutchDateField(), "") == "Vul een datum in, bijvoorbeeld 7-12-2026."
    assert DutchDateField(required=False).clean("") is None


@time_machine.travel("2026-11-23")
def test_two_digits_of_a_birth_year_are_in_the_past():
    assert DutchDateField(past=True).clean("14-3-91") == date(1991, 3, 14)
    assert DutchDateField(past=True).clean("14-3-09") == date(2009, 3, 14)
    assert DutchDateField().clean("14-3-31") == date(2031, 3, 14)


@time_machine.travel("2026-11-23")
def test_a_birth_date_to_come_is_refused():
    assert refusal(DutchDateField(past=True), "24-11-2026").startswith("Deze datum ligt in de")


def test_a_date_is_shown_as_it_is_typed():
    assert DutchDateInput().format_value(date(2026, 12, 7)) == "7-12-2026"
    assert DutchDateInput().format_value("31-2-2026") == "31-2-2026"


@pytest.mark.parametrize("field", [PlainCharField(), PlainTextField()])
def test_a_text_with_a_nul_byte_is_refused_in_plain_words(field):
    assert "onzichtbaar teken" in refusal(field, "Kevin\x00Smeets")


@pytest.mark.parametrize("field", [PlainCharField(), PlainTextField()])
@pytest.mark.parametrize(
    "typed", ["Sme\u200bets", "\ufeffSmeets", "Smeets\u202e", "\u2067Smeets\u2069"]
)
def test_what_has_no_shape_falls_away_so_that_names_that_look_alike_are_alike(field, typed):
    """It comes along from a word processor, or from who wants a name read backwards."""
    assert field.clean(typed) == "Smeets"
    assert field.clean("Sme\u00adets") == "Smeets"


def test_what_joins_one_sign_of_three_stays():
    assert PlainTextField().clean("Gezin: \U0001f468\u200d\U0001f467") == (
        "Gezin: \U0001f468\u200d\U0001f467"
    )


@pytest.mark.parametrize("typed", ["Ke\ufffdvin", f"Ke{chr(0xDCFF)}vin"])
def test_a_sign_that_broke_on_its_way_is_said_to_be_broken(typed):
    assert "kapotgegaan" in refusal(PlainCharField(), typed)


def test_a_text_that_is_too_long_says_how_much():
    message = refusal(PlainTextField(max_length=4000), "a" * 10_000)
    assert message == ("Deze tekst is 10000 tekens lang. Maak hem korter: maximaal 4000 tekens.")


@pytest.mark.parametrize(
    ("form", "typed", "wrong"),
    [
        (AnswerForm, {"answer": "ja_met_wijziging", "condition": "a" * 301}, "condition"),
        (AnswerForm, {"answer": "ja_met_wijziging", "other_start": "1-1-2020"}, "other_start"),
        (ContactPointForm, {"user": "niemand"}, "user"),
        (ScoreForm, {"version": "1", "deficit": "9"}, "deficit"),
        (SelfRelianceForm, INTERVIEW | {"interview": "misschien"}, "interview"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_was_filled_in_wrongly_is_said_once_and_not_that_it_is_missing(form, typed, wrong):
    errors = made(form, data=typed).errors

    assert {name: len(found) for name, found in errors.items()} == {wrong: 1}


@pytest.mark.django_db
def test_what_was_never_offered_is_refused_in_the_words_of_its_field():
    offered = {name: field for name, field in fields() if isinstance(field, OneField)}

    assert len(offered) > 10
    for name, field in offered.items():
        assert refusal(field, "abc") == field.error_messages["invalid_choice"], name


@pytest.mark.django_db
def test_what_nobody_sees_is_not_named_and_says_what_to_do():
    unseen = {name: f for name, f in fields() if f.widget.is_hidden and not f.label}
    bad = ("", "abc", "a" * 500, "\x00")
    said = {error for field in unseen.values() for text in bad for error in errors_of(field, text)}

    assert len(unseen) > 10
    assert said <= {LOST_PAGE, WRONG, BROKEN_PASSKEY}
    summary = render_to_string("components/error_summary.html", {"form": made(GoalForm, data={})})
    assert LOST_PAGE in summary
    assert "Version" not in summary


def errors_of(field, value) -> list[str]:
    try:
        field.clean(value)
    except ValidationError as refused:
        return refused.messages
    return []


def test_a_day_that_is_over_is_refused_with_the_first_one_that_may():
    errors = made(AnswerForm, data={"answer": "ja_met_wijziging", "other_start": "1-1-2020"}).errors

    first = f"De datum 1 januari 2020 is voorbij. Kies {plain_date(today())} of later."
    assert errors["other_start"] == [first]


def test_a_line_end_counts_as_one_character():
    assert PlainTextField(max_length=3).clean("a\r\nb") == "a\nb"


def answers_of(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    """Every answer that this form offers, alone and with nothing else filled in."""
    yield {}
    for name, field in form.fields.items():
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            yield from ({name: str(value)} for value, _ in field.choices if value)


def shown_otherwise(name: str) -> bool:
    """A place to sign is drawn by a template of its own, without these words beside it."""
    return name.endswith("_tekening")


@pytest.mark.django_db
def test_what_another_answer_makes_required_says_when():
    """ "(niet verplicht)" is a lie beside a field that is asked for after all."""
    silent, told = set(), set()
    for form in all_forms():
        for answer in answers_of(made(form)):
            filled = made(form, data=answer)
            for name in filled.errors.keys() & filled.fields.keys():
                field = filled.fields[name]
                if not field.required and not answer.get(name) and not shown_otherwise(name):
                    (told if hasattr(field, "asked_if") else silent).add(f"{name_of(form)}.{name}")

    assert silent == set()
    assert "cases.forms.report.NominateForm.why_not" in told


def test_the_page_says_when_a_field_is_asked_for():
    shown = str(made(NominateForm)["why_not"].as_field_group())

    assert "(alleen verplicht als u nee kiest)" in shown
    assert "(niet verplicht)" in str(made(NominateForm)["municipality"].as_field_group())


@pytest.mark.django_db
def test_what_is_typed_in_any_field_comes_back_and_nothing_that_is_chosen():
    """A text of one word as well. Who makes a field as it goes says so in `written.MADE`."""
    lost, shown = set(), set()
    for form in all_forms():
        fields = {} if form.__module__.startswith(drafts.HERE) else made(form).fields
        for name, field in fields.items():
            typed = written.is_typed_in(field)
            sent = ["woord"] if typed else offered_by(field)
            back = written.own_words((name, each) for each in sent)
            if back != (sent if typed and not written.SECRET.search(name) else []):
                (lost if typed else shown).add(f"{name_of(form)}.{name}")

    assert lost == set()
    assert shown == set()


@pytest.mark.django_db
def test_no_form_goes_round_the_question_whether_something_changed_meanwhile():
    """Sent without the version of its page it is refused, by name and not by chance. CON; 3.1."""
    gone_round, held = set(), set()
    for form in all_forms():
        for name, field in made(form).fields.items():
            if isinstance(field, VersionField):
                told = made(form, data={"iets": "anders"}).errors.get(name, [])
                (held if told == [LOST_PAGE] else gone_round).add(f"{name_of(form)}.{name}")

    assert gone_round == set()
    assert len(held) > 9


@pytest.mark.django_db
def test_a_form_in_parts_sums_up_what_is_wrong_in_the_order_of_the_page():
    parted = [made(form) for form in all_forms() if hasattr(form, "chapters")]

    assert NominateForm in map(type, parted)
    for form in parted:
        assert list(form.fields) == [each.name for _, fields in form.chapters for each in fields]


def offered_by(field: forms.Field) -> list[str]:
    """What a browser sends of it without anybody typing."""
    if isinstance(field, forms.BooleanField):
        return ["on"]
    return [*written.codes_of(field)] or ["12", str(uuid.UUID(int=7))]


def test_the_browser_does_not_cut_a_pasted_text_off():
    assert "maxlength" not in PlainTextField(max_length=10).widget.attrs
