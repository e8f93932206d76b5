"""Whoever types a command that touches a dossier says on whose behalf, and it is written down.

Outside the demo house such a command refuses without `--as`. Issue 2, §1.
"""

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from tests.house.sources import OUR_APPS, ROOT
from veiligheidshuis.commands import HouseCommand

# What somebody would type besides --as.
TOUCHES_A_CASE = {
    "import_candidates": ["lijst.csv"],
    "explain_access": ["politie", "--any-case"],
    "export_plan": ["--any", "plan.pdf"],
}
TOUCHES_NONE = {
    "verify_plan": "leest een bestand; met --as ook wat die mag weten, en dan komt er een regel",
    "verify_lists": "vergelijkt vingerafdrukken als vh_clock en noemt alleen de codes van lijsten",
    "verify_access_log": "vergelijkt vingerafdrukken als vh_clock en noemt alleen plaatsen",
    "draw_flows": "tekent tabellen uit de code",
    "identity_provider": "legt vast wat met een partner is afgesproken, als eigenaar (ADR 0022)",
    "open_house": "maakt het eerste account, en dan is er nog geen dossier",
    "load_demo": "weigert buiten het demohuis; elke daad erin is van iemand die er woont",
    "seat_people": "weigert buiten het demohuis; er is nog geen dossier",
    "demo_accounts": "noemt wie er in het demohuis wonen",
    "demo_code": "weigert buiten het demohuis; leest geen dossier",
}


def of_the_house() -> set[str]:
    """Every command that one of our own packages brings."""
    return {name for name, app in get_commands().items() if app in (*OUR_APPS, "demo")}


def options_of(name: str) -> set[str]:
    command = load_command_class(get_commands()[name], name)
    return {
        option
        for each in command.create_parser("", name)._actions
        for option in each.option_strings
    }


def test_every_command_touches_a_case_or_says_why_not():
    assert of_the_house() == TOUCHES_A_CASE.keys() | TOUCHES_NONE.keys()
    assert not TOUCHES_A_CASE.keys() & TOUCHES_NONE.keys()
    assert {name for name in of_the_house() if "--as" in options_of(name)} == {
        *TOUCHES_A_CASE,
        "verify_plan",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", TOUCHES_A_CASE)
def test_outside_the_demo_house_it_refuses_when_nobody_asks(name, settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lijst.csv").write_text("achternaam;voornaam\n")
    settings.DEMO = False

    with pytest.raises(CommandError, match="--as GEBRUIKER"):
        call_command(name, *TOUCHES_A_CASE[name])

    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.parametrize("name", [*TOUCHES_A_CASE, "verify_plan"])
def test_and_what_it_does_is_written_in_the_access_log(name):
    """That the line is there before anything is said, each shows in the tests of its own floor."""
    (source,) = ROOT.glob(f"*/management/commands/{name}.py")

    assert f'route="{name}"' in source.read_text()


@pytest.mark.parametrize(
    "name", [n for n, why in TOUCHES_NONE.items() if why.startswith("weigert")]
)
def test_what_is_of_the_demo_house_refuses_elsewhere(name, settings):
    settings.DEMO = False
    arguments = ["bureau"] if name == "demo_code" else []

    with pytest.raises(CommandError, match="hoort niet in productie"):
        call_command(name, *arguments)


@pytest.mark.parametrize("name", sorted(of_the_house()))
def test_every_command_of_the_house_refuses_in_one_way(name):
    assert isinstance(load_command_class(get_commands()[name], name), HouseCommand)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["import_candidates", "weg.csv"], "Het bestand weg.csv is niet te openen.\n"),
        (
            ["explain_access", "politie", "--any-case", "--at", "gisteren"],
            "gisteren is geen datum. Schrijf hem als 2026-11-22.\n",
        ),
    ],
)
def test_who_typed_a_command_that_refuses_reads_the_sentence_alone(typed, said, capsys):
    name, *arguments = typed
    with pytest.raises(SystemExit) as left:
        load_command_class(get_commands()[name], name).run_from_argv(
            ["manage.py", name, *arguments, "--skip-checks"]
        )

    assert left.value.code == 1
    assert capsys.readouterr().err == said
