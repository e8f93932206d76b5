"""Of what the plans in the demo house consist: leefgebied, what happens, which partner, and how."""

from maatwerkplan.models import Framework

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
