from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft that was kept while somebody typed says of which form; its lock stays as it is."""

    dependencies = [("veiligheidshuis", "0005_werkafspraken")]

    operations = [
        migrations.AddField(
            "draft", "form", models.CharField(max_length=2000, default="", db_default="")
        ),
    ]
