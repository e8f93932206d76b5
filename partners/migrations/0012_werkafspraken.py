"""Who writes down what the house agreed about its work: the bedrijfsbureau, in its own name.

The table is of the ground (0005_werkafspraken); who has which role is known from this floor on.
"""

from django.db import migrations

from veiligheidshuis.locks import ASKING, has_role, lock

OFFICE = has_role("bedrijfsbureau")


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0011_register"),
        ("veiligheidshuis", "0005_werkafspraken"),
    ]

    operations = [
        lock(
            "veiligheidshuis_werkafspraak",
            add=f"{OFFICE} AND recorded_by_id = {ASKING}",
            change=OFFICE,
        ),
    ]
