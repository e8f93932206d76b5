"""The table of S2: seventeen signatories of 7 September 2006, three later partners, and the
parties around the Gasthuis of S4, each as the law of today sees it (eisen.md 1.1)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations

PARTNERS = [
    (
        1,
        "Gemeente Heerlen",
        "gemeente-heerlen",
        "Gemeente Heerlen",
        "bestuur",
        "lid_1",
        "WGS 2.27 lid 1 e en f: burgemeester en college van B&W",
    ),
    (
        2,
        "Openbaar Ministerie",
        "openbaar-ministerie",
        "Arrondissementsparket Openbaar Ministerie Maastricht",
        "straf",
        "lid_1",
        "WGS 2.27 lid 1: openbaar ministerie",
    ),
    (
        3,
        "Politie",
        "politie",
        "Politie regio Limburg Zuid",
        "straf",
        "lid_1",
        "WGS 2.27 lid 1: politie",
    ),
    (
        4,
        "Provincie Limburg",
        "provincie-limburg",
        "Provincie Limburg",
        "bestuur",
        "incidentele_derde",
        "Niet genoemd in WGS 2.27; alleen incidenteel (2.31 lid 9)",
    ),
    (
        5,
        "Bureau Jeugdzorg",
        "bureau-jeugdzorg",
        "Bureau Jeugdzorg Limburg (incl. jeugdreclassering Limburg)",
        "jeugd",
        "lid_2",
        "WGS 2.27 lid 2 c: gecertificeerde instelling",
    ),
    (
        6,
        "JJI Het Keerpunt",
        "jji-het-keerpunt",
        "Justitiële Jeugdinrichting Het Keerpunt (incl. SEDNA)",
        "jeugd",
        "lid_1",
        "WGS 2.27 lid 1: DJI; particuliere inrichting nog te toetsen door de FG",
    ),
    (
        7,
        "PI Limburg Zuid",
        "pi-limburg-zuid",
        "Penitentiaire Inrichting Limburg Zuid (Overmaze en De Geerhorst)",
        "straf",
        "lid_1",
        "WGS 2.27 lid 1: DJI",
    ),
    (
        8,
        "Raad voor de Kinderbescherming",
        "raad-voor-de-kinderbescherming",
        "Raad voor de Kinderbescherming Regio Limburg",
        "jeugd",
        "lid_1",
        "WGS 2.27 lid 1: raad voor de kinderbescherming",
    ),
    (
        9,
        "Reclassering Nederland",
        "reclassering-nederland",
        "Stichting Reclassering Nederland regio Limburg",
        "straf",
        "lid_2",
        "WGS 2.27 lid 2 a: reclassering",
    ),
    (
        10,
        "LdH Jeugd en Reclassering",
        "leger-des-heils-reclassering",
        "Leger des Heils, Jeugd en Reclassering",
        "straf",
        "lid_2",
        "WGS 2.27 lid 2 a: reclassering",
    ),
    (
        11,
        "Leger des Heils",
        "leger-des-heils",
        "Leger des Heils, Centrum voor Wonen, Zorg en Welzijn",
        "zorg",
        "lid_2",
        "WGS 2.27 lid 2 e: opvang in opdracht van het college",
    ),
    (
        12,
        "Slachtofferhulp",
        "slachtofferhulp",
        "Slachtofferhulp Nederland regiokantoor Limburg",
        "zorg",
        "incidentele_derde",
        "Niet genoemd in WGS 2.27; alleen incidenteel (2.31 lid 9)",
    ),
    (
        13,
        "Mondriaan",
        "mondriaan",
        "Mondriaan Zorggroep (incl. Justitiële Verslavingszorg)",
        "zorg",
        "lid_2",
        "WGS 2.27 lid 2 d: geestelijke gezondheidszorg",
    ),
    (
        14,
        "Bureau Halt",
        "bureau-halt",
        "Bureau Halt",
        "jeugd",
        "incidentele_derde",
        "Niet genoemd in WGS 2.27; alleen incidenteel (2.31 lid 9)",
    ),
    (
        15,
        "GGD Zuid Limburg",
        "ggd-zuid-limburg",
        "GGD Zuid Limburg",
        "zorg",
        "lid_1",
        "WGS 2.27 lid 1 g: GGD",
    ),
    (
        16,
        "Stichting Huiselijk Geweld",
        "stichting-huiselijk-geweld",
        "Stichting Huiselijk Geweld Zuid Limburg",
        "zorg",
        "lid_2",
        "WGS 2.27 lid 2 b: Veilig Thuis",
    ),
    (
        17,
        "Tracee",
        "tracee",
        "Tracee",
        "zorg",
        "lid_2",
        "WGS 2.27 lid 2 e: opvang in opdracht van het college",
    ),
    (
        18,
        "Districtsgemeenten",
        "districtsgemeenten",
        "Gemeenten Brunssum, Nuth, Voerendaal en Onderbanken",
        "bestuur",
        "lid_1",
        "WGS 2.27 lid 1 e en f: burgemeesters en colleges van B&W",
    ),
    (
        19,
        "RIMO Parkstad",
        "rimo-parkstad",
        "RIMO Parkstad",
        "zorg",
        "lid_2",
        "WGS 2.27 lid 2 e: opvang in opdracht van het college",
    ),
    (
        20,
        "Stichting Zwerfjongeren",
        "stichting-zwerfjongeren",
        "Stichting Zwerfjongeren Limburg",
        "jeugd",
        "incidentele_derde",
        "Plaats onder WGS 2.27 lid 2 nog te toetsen door de FG; tot dan incidenteel",
    ),
    (
        None,
        "Bewoners",
        "bewoners",
        "Bewoners rond het Gasthuis",
        "buurt",
        "geen",
        "Lid van de beheerscommissie (S4); geen persoonsgegevens",
    ),
    (
        None,
        "Ondernemers",
        "ondernemers",
        "Ondernemers rond het Gasthuis",
        "buurt",
        "geen",
        "Lid van de beheerscommissie (S4); geen persoonsgegevens",
    ),
    (
        None,
        "Straatcoaches",
        "straatcoaches",
        "Straatcoaches",
        "buurt",
        "geen",
        "Niet duidelijk onder WGS 2.27; geen persoonsgegevens tot de FG anders oordeelt",
    ),
    (
        None,
        "Wonen Limburg",
        "wonen-limburg",
        "Wonen Limburg",
        "buurt",
        "geen",
        "Woningcorporatie: geen deelnemer (WGS 2.27)",
    ),
]
# As which organs they take part, by number: the letters of WGS 2.27. Who is missing takes no part.
ORGANS = {
    1: ["1e", "1f"],
    2: ["1d"],
    3: ["1c"],
    5: ["2c"],
    6: ["1b"],
    7: ["1b"],
    8: ["1a"],
    9: ["2a"],
    10: ["2a"],
    11: ["2e"],
    13: ["2d"],
    15: ["1g"],
    16: ["2b"],
    17: ["2e"],
    18: ["1e", "1f"],
    19: ["2e"],
}
# The neighbours of the Gasthuis sit in the beheerscommissie, and are no partner of the covenant (S4).
SIGNED = date(2006, 9, 7)
FIRST = "Ondertekenaar van het convenant van 7 september 2006."
LATER = "Later toegetreden; het convenant noemt geen dag (S2: op enig moment aangevuld met)."


def seat(apps, schema_editor):
    Organisation = apps.get_model("partners", "Organisation")
    Toetreding = apps.get_model("partners", "Toetreding")
    Group = apps.get_model("auth", "Group")
    for number, short_name, slug, name, chain, wgs_class, wgs_ground in PARTNERS:
        organisation = Organisation.objects.create(
            number=number,
            short_name=short_name,
            slug=slug,
            name=name,
            chain=chain,
            signed_in_2006=number is not None and number <= 17,
            is_neighbour=number is None,
            wgs_class=wgs_class,
            wgs_members=ORGANS.get(number, []),
            wgs_ground=wgs_ground,
            group=Group.objects.create(name=f"organisatie:{slug}"),
        )
        if number is not None:
            Toetreding.objects.create(
                organisation=organisation,
                status="actief",
                proposal=FIRST if organisation.signed_in_2006 else LATER,
                proposed_on=SIGNED,
                wgs_class=wgs_class,
                wgs_members=organisation.wgs_members,
                active_from=SIGNED,
                activated_at=datetime.combine(SIGNED, time.min, ZoneInfo("Europe/Amsterdam")),
            )


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_wall")]
    operations = [migrations.RunPython(seat, migrations.RunPython.noop)]
