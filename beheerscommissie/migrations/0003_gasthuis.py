"""The Beheers- en Veiligheidsplan Gasthuis en omgeving 2021 (S4), as it was agreed.

Functions and their telephone numbers; the person whom the plan names, with a number of his own,
stays out.
"""

from django.db import migrations

GOAL = (
    "Ongewenst gedrag rond het Gasthuis voorkomen en overlast zichtbaar maken, zodat iedereen er "
    "zo prettig mogelijk kan leven. Daarvoor staan hier de werkwijzen, afspraken en maatregelen."
)
EXPECTATION = (
    "Overlast is nooit helemaal te voorkomen. ‘Nul overlast’ is een illusie en garanties kan "
    "niemand geven. Alle partijen zetten zich in om de overlast zo klein mogelijk te houden: met "
    "zorg én met handhaving."
)
# Name, and where it lies on the schematic map. S4, 1.2.
PLACES = [
    ("Gasthuis", 458, 306),
    ("Gasthuisstraat", 330, 320),
    ("Klompstraat", 200, 148),
    ("Voskuilenweg", 300, 268),
    ("Aambos", 100, 400),
    ("Broeder Aloysiusstraat", 330, 450),
    ("Hertzdahlstraat", 600, 380),
    ("Deken Bemelmansstraat", 690, 120),
    ("Aanloopstraten richting het centrum", 408, 90),
]
# Name, responsibility, whether it sits in the commission, and its measures with their paragraph.
PARTIES = [
    (
        "Team beleid maatschappij (gemeente)",
        "Beleid voor veiligheid, leefbaarheid en maatschappelijke zorg; de openbare orde.",
        False,
        [
            ("Regie op zorg en veiligheid", "5"),
            ("Afspraken met het Leger des Heils", "5"),
            ("Afspraken met politie, toezicht en handhaving", "5"),
            ("Regie op de persoonsgerichte aanpak van overlast, met de kernpartners", "4.5"),
            ("Elk jaar de resultaten van die aanpak presenteren aan de beheerscommissie", "4.5"),
        ],
    ),
    (
        "Team sociale veiligheid en buurtregie (gemeente)",
        "Brengt de organisaties bij elkaar, houdt ze bij elkaar en spreekt ze aan op afspraken.",
        True,
        [
            ("Coördinatie van de beheerscommissie", "5"),
            ("Aanspreekpunt voor buurtbewoners, ondernemers en buurtorganisaties", "5"),
            ("Regie op buurtzaken rond leefbaarheid en veiligheid", "5"),
            ("De buurtregisseur zit de beheerscommissie voor", "4.9"),
            ("Elk jaar een schouw van de buurt, en vaker als dat nodig is", "4.10"),
        ],
    ),
    (
        "Team toezicht (gemeente)",
        "Toezicht in de openbare ruimte en cameratoezicht.",
        False,
        [
            ("Cameratoezicht", "5"),
            (
                "Extra rondes bij het Gasthuis: mensen aanspreken, en boa’s of politie roepen als handhaven nodig is",
                "5",
            ),
            ("Meldingen opvolgen", "5"),
            (
                "Signalen van de camera’s opvolgen: boa’s en straatcoaches sturen, politie, brandweer of ambulance roepen",
                "4.4",
            ),
            ("Inbreng in de persoonsgerichte aanpak", "5"),
        ],
    ),
    (
        "Team Handhaving (gemeente)",
        "Boa’s: leefbaarheid, eenvoudige overtredingen van de APV en verkeer.",
        True,
        [
            ("Minstens één extra ronde per dienst langs de opvang", "3"),
            ("Mensen aanspreken en handhaven", "5"),
            ("Elke dag ook andere boa’s inroosteren voor toezicht rond het Gasthuis", "4.3"),
            ("Meldingen opvolgen en terugkoppelen aan de melder", "4.3"),
            ("Inbreng in de persoonsgerichte aanpak", "5"),
        ],
    ),
    (
        "Politie",
        "Handhaaft feitelijk de openbare orde en veiligheid.",
        True,
        [
            ("Extra rondes bij het Gasthuis: mensen aanspreken en handhaven", "5"),
            ("Een speciale functionaris voor het Gasthuis", "5"),
            ("Inbreng in de persoonsgerichte aanpak", "5"),
        ],
    ),
    (
        "Leger des Heils",
        "Opvang en begeleiding van dak- en thuislozen in het Gasthuis, in opdracht van de gemeente.",
        True,
        [
            ("Altijd aanwezig zijn", "5"),
            ("Huisregels handhaven; elke deelnemer bespreekt en tekent ze", "4.1"),
            ("Een persoonlijk plan en begeleiding voor iedere deelnemer", "5"),
            ("Dagbesteding", "5"),
            ("32 camera’s in het pand, in de buitenruimte en net buiten de poort", "4.2"),
            ("Kamercontroles", "5"),
            ("De-escalatie en time-outs: op de kamer, in de tuin of buiten het terrein", "4.2"),
            ("In het eerste jaar minstens elke week contact met de wijkagent", "4.2"),
            ("Inbreng in de persoonsgerichte aanpak", "5"),
        ],
    ),
    (
        "Straatcoaches",
        "Spreken mensen rustig en laagdrempelig aan op hun gedrag, in opdracht van de gemeente.",
        True,
        [
            ("Aanwezig zijn en mensen aanspreken, buiten en in het Gasthuis", "5"),
            ("Een ronde door het centrum en het Aambos", "4.6"),
            ("Opschalen naar handhaving en politie als dat nodig is", "3"),
        ],
    ),
    (
        "Mondriaan, Vangnet (bemoeizorg)",
        "Geestelijke gezondheidszorg, en contact met mensen die zorg mijden.",
        True,
        [
            ("Zorgmijders opzoeken en motiveren om hulp te accepteren", "3"),
            ("Meedenken bij de intake: welke zorg is nodig?", "4.2"),
        ],
    ),
    (
        "Wonen Limburg (woningcorporatie)",
        "Verhuurt het pand aan de Gasthuisstraat 35 aan de gemeente.",
        True,
        [("Vast contact over leefbaarheid in de omliggende complexen", "3")],
    ),
    (
        "Team Stadsbeheer (gemeente)",
        "Beheer van de openbare ruimte: schoon en heel.",
        False,
        [
            ("Donkere en onoverzichtelijke plekken aanpakken", "3"),
            ("Meldingen over onveilige plekken afhandelen en terugkoppelen aan de melder", "3"),
            ("Zwerfvuil rond het Gasthuis en op de aanlooproutes in de gaten houden", "4.12"),
        ],
    ),
    (
        "Team opvang en beschermd wonen (TOBW)",
        "Toegang tot opvang en beschermd wonen.",
        False,
        [("Elke week overleg over wie toegang krijgt tot de opvang", "4.8")],
    ),
    (
        "Bewoners en ondernemers",
        "De ogen en oren van de buurt.",
        True,
        [
            ("Overlast melden", "4.7"),
            ("Meedenken in de beheerscommissie", "4.9"),
            ("Een preventie-app-groep, als er genoeg buurtgenoten meedoen", "4.11"),
        ],
    ),
]
PHONE_NUMBERS = [
    ("Politie, met spoed", "112", "Als er nu gevaar is"),
    ("Politie, zonder spoed", "0900-8844", "Algemeen nummer"),
    ("Meldkamer handhaving", "045-560 59 00", "Direct nummer voor overlast"),
    ("Leger des Heils, locatie Gasthuis", "045-560 59 27", "Direct nummer voor overlast"),
    ("Gemeente Heerlen", "14-045", "Gewone meldingen; dat kan ook met de app van de gemeente"),
]
CAMERA_CHANGES = [
    (
        "nieuw",
        "Trapjes Broeder Aloysiusstraat en Hertzdahlstraat",
        "Afwisselend de trapjes en de richting van de Bongerd. Over deze plek is geklaagd.",
    ),
    (
        "fysiek",
        "Trappartij tussen Broeder Aloysiusstraat en Hertzdahlstraat",
        (
            "Het deel van de trap dat niet in beeld komt wordt aangepast. De boom wordt gesnoeid, "
            "zodat het zicht richting Bongerd in de zomer beter is."
        ),
    ),
    (
        "nieuw",
        "Toegangsweg naar Gasthuisstraat 47, 49 en 50 en het gebouw van scouting en BSO",
        "De weg van de parkeerplaats Gasthuisstraat tot voorbij het scoutinggebouw.",
    ),
    (
        "preset",
        "Bestaande domecamera op de Groene Boord",
        (
            "De waterpartij langs de Groene Boord, waar in voorjaar en zomer overlast is, komt "
            "altijd in beeld."
        ),
    ),
    (
        "nieuw",
        "Spoorzijde Gasthuisstraat, bij de middengeleider",
        (
            "De Voskuilenweg met de draaicirkel aan de onderkant; op andere momenten de richting van "
            "de Groene Boord."
        ),
    ),
]
ROUTES = [
    ("crimineel", "Politie"),
    ("openbare_orde", "Team Handhaving (gemeente)"),
    ("zicht_en_geluid", "Team sociale veiligheid en buurtregie (gemeente)"),
]


def lay_down(apps, schema_editor):
    def model(name):
        return apps.get_model("beheerscommissie", name).objects

    area = model("Area").create(
        name="Gasthuis en omgeving", slug="gasthuis", municipality="Heerlen"
    )
    for order, (name, x, y) in enumerate(PLACES, start=1):
        model("Place").create(area=area, name=name, order=order, map_x=x, map_y=y)
    plan = model("Beheersplan").create(
        area=area,
        title="Beheers- en Veiligheidsplan Gasthuis en omgeving 2021",
        year=2021,
        goal=GOAL,
        expectation=EXPECTATION,
        meets_every_months=3,
        meets_every_months_at_start=1,
        shelter_cameras=32,
    )
    for order, (name, responsibility, in_commission, measures) in enumerate(PARTIES, start=1):
        party = model("Party").create(
            plan=plan,
            name=name,
            responsibility=responsibility,
            in_commission=in_commission,
            order=order,
        )
        for place, (text, source) in enumerate(measures, start=1):
            model("Maatregel").create(party=party, text=text, source=source, order=place)
    for order, (label, number, when) in enumerate(PHONE_NUMBERS, start=1):
        model("PhoneNumber").create(plan=plan, label=label, number=number, when=when, order=order)
    for order, (kind, location, view) in enumerate(CAMERA_CHANGES, start=1):
        model("CameraChange").create(
            plan=plan, kind=kind, location=location, view=view, order=order
        )
    for kind, name in ROUTES:
        party = model("Party").get(plan=plan, name=name)
        model("Route").create(plan=plan, kind=kind, party=party)


class Migration(migrations.Migration):
    dependencies = [("beheerscommissie", "0002_wall")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
