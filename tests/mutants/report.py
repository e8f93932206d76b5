"""What came of the mutants: a page for docs/, and a verdict."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.house.sources import ROOT

PAGE = ROOT / "docs/mutanten.md"
OWN_NET = 0.95  # of the mutants of its own layer, for each net alone. Issue 3, Proof
BOTH_NETS = 0.98  # of all of them together
INTRODUCTION = """# Mutanten: zouden de toetsen het merken?

Gemaakt door `./run mutants`. Het huis wordt met opzet stukgemaakt, telkens op één plek, en dan
proberen allen alles opnieuw (`tests/attempts/`). De muur wordt stukgemaakt in een kopie van de
database; daar probeert ieder elke rij en elke functie. De pagina's worden stukgemaakt terwijl de
rijbeveiliging uitstaat, zodat alleen de code ze bewaakt; daar probeert ieder elke pagina. Welke
mutanten er zijn, volgt uit de catalogus van de database en uit de broncode; de keuze staat vast en
is over de soorten verdeeld. `./run mutants --all` maakt ze alle, en `--hervat` gaat verder waar een
afgebroken run was.

"""
HEAD = [
    "| laag | wat er stuk is | gemaakt | gevonden | gelijkwaardig | over |",
    "|---|---|--:|--:|--:|--:|",
]
# A mutant that changes nothing that anybody can do, and why. What follows from the conditions
# themselves is worked out where the mutant is made (Mutant.changes_nothing).
PLACE = re.compile(r":\d+:\d+")  # of a change in the source; lines move
EQUIVALENT = {
    "agenda_minutes: update vergeet de uitsluiting": (
        "wie uitgesloten is, leest op geen van de drie manieren de notulen die hij zou wijzigen"
    ),
    "agenda_agendaitem: insert geeft ieder het procesbeeld": (
        "wie het overleg zelf niet ziet, zet er niets op: het slot van het overleg houdt hem tegen"
    ),
    "agenda_minutes: insert vergeet de uitsluiting": (
        "wie uitgesloten is, ziet het punt niet waarbij hij notulen zou schrijven"
    ),
    "maatwerkplan_progressreport: insert vergeet de uitsluiting": (
        "wie uitgesloten is, ziet de actie niet waarover hij iets zou melden"
    ),
    **dict.fromkeys(
        (
            "maatwerkplan_deliveryanswer: delete vergeet de uitsluiting",
            "maatwerkplan_deliveryquestion: delete vergeet de uitsluiting",
        ),
        "wie uitgesloten is, ziet de actie niet waarmee de vraag zou weggaan",
    ),
    **dict.fromkeys(
        (
            "cases_prioriteitenlijst: select vergeet van wie het is",
            "cases_prioriteitenlijst: update vergeet van wie het is",
        ),
        "de rij van een lid heeft zelf een slot: ieder ziet alleen dat hij lid is",
    ),
    "vh.weigh vergeet de bevestiging": (
        "wie niet is bevestigd, heeft geen enkele rol: vh.roles_at vraagt het zelf ook"
    ),
    "vh.take_along_unseen geeft zichzelf iets": (
        "hij neemt alleen mee van wie hij is uitgesloten; een deelname telt dan niet"
    ),
    "vh.call_off_leaving vergeet de status": (
        "een dag van uittreden die nog komt, heeft alleen wie vertrekt"
    ),
    "vh.leave_today vergeet de status": "vh.let_leave vraagt de status zelf ook",
    "vh.stand_in vergeet de einddag": (
        "een deelname die eindigt voor zij begint, neemt de tabel niet aan"
    ),
    "cases.models.victim.SlachtofferQuerySet.visible_to: exclude vergeten": (
        "wie is uitgesloten, krijgt het dossier niet waarvan hij de slachtoffers zou zien"
    ),
    **dict.fromkeys(
        (
            "beheerscommissie.access.get_report: alles in plaats van het eigene",
            "beheerscommissie.views.reports.reports: alles in plaats van het eigene",
        ),
        "wie meldingen behandelt, ziet ze alle; een ander komt daar niet",
    ),
    "cases:emergency_review: zonder bewaking (1)": (
        "wie niet toetst, krijgt van de database geen noodtoegang om te toetsen"
    ),
    **dict.fromkeys(
        ("privacy:looks: zonder bewaking (1)", "privacy:overview: zonder bewaking (1)"),
        "wie keek, leest wie toezicht houdt of het dossier leidt; dat vraagt de pagina zelf eerst",
    ),
    "agenda:minutes: zonder bewaking (1)": (
        "notulen schrijft wie de scope daarvoor heeft; wie geen rol met personen heeft, heeft er"
        " geen"
    ),
    "cases.views.victims._kept_case: scope vergeten": (
        "slachtoffers houdt bij wie het hele dossier kreeg; die vraag stelt de scope zelf ook"
    ),
    "cases.views.lists._listed_case: alles in plaats van het eigene": (
        "de database zoekt een dossier bij zijn nummer, en noemt nooit wie iemand niet mag kennen"
    ),
    "cases:list_move: zonder bewaking (1)": (
        "een plaats op de lijst is van wie het dossier kent, en wie geen rol met personen heeft,"
        " kent geen enkel dossier"
    ),
}


@dataclass(frozen=True)
class Outcome:
    """One mutant: which layer, what was spoiled, and what betrayed it (nothing: it survived)."""

    layer: str
    kind: str
    name: str
    betrayed: str
    changes_nothing: str = ""

    @property
    def why_equivalent(self) -> str:
        if self.betrayed:
            return ""
        return self.changes_nothing or EQUIVALENT.get(PLACE.sub(":", self.name), "")


def score(outcomes: Sequence[Outcome]) -> float:
    """Which part of the mutants that change anything was caught."""
    counted = [each for each in outcomes if not each.why_equivalent]
    return sum(bool(each.betrayed) for each in counted) / max(1, len(counted))


def good_enough(outcomes: Sequence[Outcome]) -> bool:
    """Each net catches nearly all of its own layer, and both together nearly everything."""
    layers = {each.layer for each in outcomes}
    own = [score([o for o in outcomes if o.layer == layer]) for layer in layers]
    return min(own, default=1.0) >= OWN_NET and score(outcomes) >= BOTH_NETS


def percentage(outcomes: Sequence[Outcome]) -> str:
    return f"{score(outcomes) * 100:.1f} %".replace(".", ",")


def as_page(outcomes: Sequence[Outcome], there: Mapping[str, int]) -> str:
    """The table by layer and kind, then every survivor. `there`: how many could be made."""
    outcomes = sorted(outcomes, key=lambda each: (each.layer, each.kind, each.name))
    lines = [_said(outcomes, there), "", *HEAD]
    for layer, kind in sorted({(o.layer, o.kind) for o in outcomes}):
        lines.append(_row(layer, kind, [o for o in outcomes if (o.layer, o.kind) == (layer, kind)]))
    for layer in sorted({o.layer for o in outcomes}):
        of_layer = [o for o in outcomes if o.layer == layer]
        lines.append(_row(f"**{layer}**", f"**{percentage(of_layer)}**", of_layer))
    lines.append(_row("**samen**", f"**{percentage(outcomes)}**", outcomes))
    lines += ["", "## Gelijkwaardig", ""]
    reasons = sorted({o.why_equivalent for o in outcomes} - {""})
    lines += [f"- {why}: {_names(outcomes, why)}" for why in reasons] or ["Geen."]
    lines += ["", "## Nog niet gevonden", ""]
    missed = [o for o in outcomes if not o.betrayed and not o.why_equivalent]
    lines += [f"- {o.layer}: {o.name}" for o in missed] or ["Geen."]
    return INTRODUCTION + "\n".join(lines) + "\n"


def _said(outcomes: Sequence[Outcome], there: Mapping[str, int]) -> str:
    made = Counter(outcome.layer for outcome in outcomes)
    parts = [f"{made[layer]} van {number} ({layer})" for layer, number in there.items()]
    return f"Deze keer: {', '.join(parts)}."


def _row(layer: str, kind: str, some: Sequence[Outcome]) -> str:
    found = sum(bool(o.betrayed) for o in some)
    same = sum(bool(o.why_equivalent) for o in some)
    return f"| {layer} | {kind} | {len(some)} | {found} | {same} | {len(some) - found - same} |"


def _names(outcomes: Sequence[Outcome], why: str) -> str:
    return "; ".join(o.name for o in outcomes if o.why_equivalent == why)
