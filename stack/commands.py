"""The commands that you type after `./run`. Each returns the exit code."""

import os
import subprocess
import sys

from stack import checks, furnishing, house, libraries, nightly
from stack.database import ReadyDatabase, YourServer
from stack.deployment import FOLDER, make_secrets
from stack.place import MANAGE, ROOT, the_house, the_tests
from stack.process import run_to_end
from stack.refusal import Refusal
from stack.say import say
from stack.services import Services, python, services
from stack.supervisor import Supervisor, refuse_taken_port

# Every other command of manage.py runs as the application: the locks hold for it. The house itself
# refuses the owner for any other (OWNER_COMMANDS in its settings).
FOR_THE_OWNER = {"migrate", "identity_provider"}
# What the house runs on, what is added to build it, and what installs both.
LOCKS = ("requirements", "requirements-dev", "requirements-uv")
NO_DATABASE_NEEDED = {"makemigrations", "help", "version", "--help", "--version"}


def start(arguments: list[str]) -> int:
    """Richt alles in en start het huis (PORT kiest een andere poort dan 8000)."""
    _refuse_arguments(arguments, "./run")
    _refuse_production()
    port = house.port_from_environment()
    place = the_house()
    libraries.get_pdf_libraries()
    with house.the_only_one(place, port):
        refuse_taken_port(port)
        say("Ik start de database en de berichtenserver ...")
        with services(place) as up:
            furnishing.furnish_unless_done(up)
            env = up.application | {"BASE_URL": f"http://127.0.0.1:{port}"}
            supervisor = Supervisor(house.programs(place, port), env, up.stopped)
            with house.ask_for_accounts(up) as accounts:
                code = supervisor.run(port, lambda: _welcome(port, accounts.communicate()[0]))
            say("Het huis sluit ...")
    say("Alles is gestopt. Wat u deed, is bewaard.")
    return code


def demo(arguments: list[str]) -> int:
    """Gooit het demohuis weg en richt het opnieuw in."""
    _refuse_production()
    place = the_house()
    libraries.get_pdf_libraries()
    with house.the_only_one(place, None), services(place) as up:
        _refuse_unless_named(up, arguments)
        furnishing.empty(up)
        furnishing.furnish(up)
    say("Het demohuis is opnieuw ingericht. Start het met: ./run")
    return 0


def manage(arguments: list[str]) -> int:
    """Een opdracht van manage.py, bijvoorbeeld: ./run manage demo_accounts --json"""
    name = arguments[0] if arguments else "help"
    with services(the_house()) as up:
        owner = name in FOR_THE_OWNER
        if owner:
            furnishing.forget_furnishing(up.place)
        if not (owner or name in NO_DATABASE_NEEDED):
            _furnish_a_new_house(up)
        return run_to_end(python(str(MANAGE), *arguments), up.owner if owner else up.application)


def check(arguments: list[str]) -> int:
    """De snelle controles: opmaak, typen, verdiepingen en de regels van het huis."""
    _refuse_arguments(arguments, "./run check")
    libraries.get_pdf_libraries()  # some of these tests sign a plan
    with services(the_tests()) as up:
        red = checks.run_all(checks.all_checks(), up.tests)
        quick = "not browser and not nightly and not whole"
        command = python("-m", "pytest", "-q", *checks.SIDE_BY_SIDE, "-m", quick, "tests/house")
        code = run_to_end(command, up.tests | {"VH_NO_BROWSER": "1"}, ROOT)
    return _verdict(red, code)


def test(arguments: list[str]) -> int:
    """Alles wat de bouwserver doet. Met iets erachter: alleen pytest, daarmee."""
    missing = libraries.get_pdf_libraries()
    browser = _browser_for_tests()
    with services(the_tests()) as up:
        env = up.tests | browser
        red = [] if arguments else checks.run_all(checks.all_checks(), env)
        chosen = arguments or checks.SIDE_BY_SIDE
        code = run_to_end(python("-m", "pytest", *chosen), env, ROOT)
    return _verdict(red + (["PDF-bibliotheken"] if missing else []), code)


def nightly_proofs(arguments: list[str]) -> int:
    """De lange toetsen, of alleen die u noemt; hervat waar het was. Uitslag: docs/nightly.md."""
    proofs = nightly.chosen(arguments)
    libraries.get_pdf_libraries()
    browser = _browser_for_tests()
    with services(the_tests()) as up:
        return 0 if nightly.run_proofs(proofs, up.tests | browser) else 1


def mutants(arguments: list[str]) -> int:
    """Maakt het huis met opzet stuk en kijkt of de toetsen het merken; zie docs/mutanten.md."""
    with services(the_tests()) as up:
        return run_to_end(python("-m", "tests.mutants", *arguments), up.tests, ROOT)


def bench(arguments: list[str]) -> int:
    """Meet wat de muur kost (./run bench 100000), of een verzegeld plan (./run bench papier)."""
    if arguments == ["papier"]:
        with services(the_tests()) as up:
            return run_to_end(python("-m", "benchmarks.paper", "--schrijf"), up.tests, ROOT)
    if len(arguments) != 1 or not arguments[0].isdecimal():
        raise Refusal("Zeg hoeveel dossiers het huis heeft, bijvoorbeeld: ./run bench 100000")
    with services(the_tests()) as up:
        return run_to_end(python("-m", "benchmarks", *arguments, "--schrijf"), up.tests, ROOT)


def fix(arguments: list[str]) -> int:
    """Verbetert wat een programma zelf kan verbeteren: opmaak en eenvoudige lint."""
    _refuse_arguments(arguments, "./run fix")
    return 1 if checks.run_all(checks.fixes(), dict(os.environ)) else 0


def lock(arguments: list[str]) -> int:
    """Legt de versies uit requirements*.in opnieuw vast; --upgrade haalt nieuwe op."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    options += ["--no-annotate", "--no-header", *arguments]
    for name in LOCKS:
        command = python("-m", "uv", "pip", "compile", *options, f"{name}.in", "-o", f"{name}.lock")
        if subprocess.run(command, cwd=ROOT).returncode:
            raise Refusal(f"{name}.in is niet vast te leggen. Lees hierboven welke eisen botsen.")
    return 0


def secrets(arguments: list[str]) -> int:
    """Maakt de geheimen voor docker-compose.yml in de map geheimen; wat er is, blijft."""
    _refuse_arguments(arguments, "./run geheimen")
    say(f"In {FOLDER} staan: {', '.join(make_secrets())}.")
    say("Bewaar een kopie van field_key op een veilige plek: zonder die sleutel is elk BSN weg.")
    return 0


def show_help(arguments: list[str]) -> int:
    """Toont deze lijst."""
    for name, command in COMMANDS.items():
        print(f"  ./run {name:<9} {command.__doc__}")
    return 0


COMMANDS = {
    "": start,
    "demo": demo,
    "manage": manage,
    "check": check,
    "fix": fix,
    "test": test,
    "nightly": nightly_proofs,
    "mutants": mutants,
    "bench": bench,
    "lock": lock,
    "geheimen": secrets,
    "help": show_help,
}


def _welcome(port: int, accounts: str) -> None:
    """On stdout: this is what the command answers."""
    print(f"\nHet huis is open: http://127.0.0.1:{port}/\n\n{accounts}", flush=True)
    say("Ctrl-C sluit het huis.")


def _furnish_a_new_house(up: Services) -> None:
    """A command on a fresh clone finds the demo house, as if `./run` had been there before."""
    if up.place.mode != "production" and not furnishing.is_furnished(up):
        libraries.get_pdf_libraries()
        say("Dit is de eerste keer: ik richt het demohuis in ...")
        with house.the_only_one(up.place, None):
            furnishing.furnish(up)


def _browser_for_tests() -> dict[str, str]:
    """Where the browser is; on a machine without one its tests are skipped, but never in CI."""
    if browser := libraries.get_browser():
        return {"VH_CHROMIUM": browser}
    advice = f"Er is geen Chromium. Typ: {libraries.install_line(['chromium'])}"
    if os.environ.get("CI"):
        raise Refusal(advice)
    say("=" * 80)
    say(f"LET OP: DE BROWSERTOETSEN WORDEN OVERGESLAGEN. {advice}")
    say("=" * 80)
    return {"VH_NO_BROWSER": "1"}


def _verdict(red: list[str], code: int) -> int:
    if red:
        print(f"Niet goed: {', '.join(red)}. Lees hierboven waarom.", file=sys.stderr, flush=True)
    return code or (1 if red else 0)


def _refuse_arguments(arguments: list[str], command: str) -> None:
    if arguments:
        raise Refusal(f"{command} kent geen '{arguments[0]}'. Typ ./run help voor wat er wel kan.")


def _refuse_production() -> None:
    if the_house().mode == "production":
        raise Refusal(
            "./run is voor ontwikkeling en demonstratie. In productie start docker-compose.yml het"
            " huis; zie docs/productie.md."
        )


def _refuse_unless_named(up: Services, arguments: list[str]) -> None:
    """On a server of yours we drop a database only when you say which."""
    if isinstance(up.database, YourServer | ReadyDatabase) and arguments != [up.database.name]:
        raise Refusal(
            f"Dit gooit de database {up.database.name} op uw eigen server weg."
            f" Wilt u dat, typ dan: ./run demo {up.database.name}"
        )
