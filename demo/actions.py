"""Of what the plans in the demo house consist: leefgebied, what happens, which partner, and how."""

from typing import Any

from maatwerkplan.models import Financing, Framework

Action = tuple[str, str, str, str]
HOUSING: Action = ("huisvesting", "Begeleid wonen", "leger-des-heils", Framework.DRANG)
TREATMENT: Action = ("gezondheid", "Behandeling van de verslaving", "mondriaan", Framework.DRANG)
DAYS: Action = (
    "werk_inkomen",
    "Dagbesteding, drie ochtenden",
    "rimo-parkstad",
    Framework.VRIJWILLIG,
)
PAPERS: Action = (
    "identiteitspapieren",
    "ID-kaart aanvragen",
    "gemeente-heerlen",
    Framework.VRIJWILLIG,
)
DEBTS: Action = (
    "schuldsanering",
    "Budgetbeheer en schuldregeling",
    "gemeente-heerlen",
    Framework.VRIJWILLIG,
)
GUIDANCE: Action = (
    "zelfredzaamheid",
    "Trajectbegeleiding",
    "reclassering-nederland",
    Framework.DRANG,
)
SLEEPING: Action = (
    "huisvesting",
    "Slaapplek en begeleiding",
    "stichting-zwerfjongeren",
    Framework.VRIJWILLIG,
)
SHELTER: Action = ("huisvesting", "Plaats in de vrouwenopvang", "tracee", Framework.VRIJWILLIG)
# What these plans are for: together, in the client's own words, and what he does himself.
GOALS: dict[str, dict[str, Any]] = {
    "huisvesting": {
        "together": "Een eigen kamer met een huurcontract, vóór de zomer.",
        "own_words": "Ik wil gewoon een plek waar ik de deur op slot kan doen.",
        "own_part": "U schrijft zich deze week in bij de woningbouw.",
    },
    "werk_inkomen": {
        "together": "Drie dagen in de week iets te doen hebben.",
        "own_words": "Ik wil met mijn handen werken.",
        "own_part": "",
    },
    "schuldsanering": {
        "together": "Geen nieuwe schulden, en een regeling voor de oude.",
        "own_words": "Ik wil weten waar ik aan toe ben.",
        "own_part": "U neemt al uw post mee naar het gesprek.",
    },
}
# Who pays, where that is known: most is a partner's own task.
PAID: dict[str, dict[str, Any]] = {
    "huisvesting": {"financing": Financing.GEMEENTE, "municipality": "Heerlen"},
    "gezondheid": {"financing": Financing.ZORGVERZEKERING},
    "identiteitspapieren": {"financing": Financing.CLIENT},
    "schuldsanering": {"financing": Financing.PARTNER},
    "zelfredzaamheid": {"financing": Financing.JUSTITIE},
}
