"""A start can be put off with a day and a reason, and a client did not come. EXE-01, EXE-03."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_first_sheet"),
        ("maatwerkplan", "0018_doorzetting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="progressreport",
            name="until",
            field=models.DateField(null=True, verbose_name="begint op"),
        ),
        migrations.AlterField(
            model_name="progressreport",
            name="kind",
            field=models.CharField(
                choices=[
                    ("uitgesteld", "uitgesteld"),
                    ("start", "gestart"),
                    ("voortgang", "voortgang"),
                    ("gemist", "niet verschenen"),
                    ("afgerond", "afgerond"),
                    ("gestopt", "gestopt"),
                ],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "uitgesteld"),
                        ("text__gt", ""),
                        ("until__gt", models.F("happened_on")),
                        ("until__isnull", False),
                    ),
                    models.Q(models.Q(("kind", "uitgesteld"), _negated=True), ("until", None)),
                    _connector="OR",
                ),
                name="put_off_says_to_when_and_why",
            ),
        ),
    ]
