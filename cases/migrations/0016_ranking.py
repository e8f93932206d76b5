"""Ranking writes one place, however long the list is; adopting numbers them all."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_inlezen")]

    operations = [
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.number_places(uuid), vh.move_place(uuid, uuid, uuid),"
            " vh.free_position(uuid, uuid, uuid), vh.may_rank(uuid), vh.make_room(uuid)",
        ),
        seal_functions(inner=("free_position", "make_room", "may_rank")),
    ]
