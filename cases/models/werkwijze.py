"""What the partners agree on about their dossiers: the criteria, the leefgebieden, the doelgroepen.

The names are code, for tables, scopes and the law are made of them; their words are versions.
GOV-11.
"""

from datetime import date

from cases.models.definition import DEFINITIONS
from cases.models.scopes import Leefgebied
from veiligheidshuis.werkafspraken import Explained, Subject, agreed

# BGS 2.20 lid 1: all four, or somebody is not for this house.
CRITERIA = Subject(
    "criteria",
    "Criteria",
    "Criteria voor toelating",
    "Wanneer iemand voor dit huis is: aan alle vier moet zijn voldaan.",
    Explained(("a", "b", "c", "d")),
)
LEEFGEBIEDEN = Subject(
    "leefgebieden",
    "Leefgebieden",
    "Uitleg bij de leefgebieden",
    "Waar het op aankomt bij het beoordelen van een leefgebied.",
    Explained(tuple(Leefgebied.values)),
)
AGREED = (CRITERIA, LEEFGEBIEDEN, *DEFINITIONS)


def explanation_of(leefgebied: str, day: date) -> str:
    """What one looked at on that day in judging this leefgebied."""
    words: dict[str, str] = agreed(LEEFGEBIEDEN.key, day)
    return words[leefgebied]
