"""A diagnosis that says what is not known, what goes well, and whether the client was spoken to."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_placed_under"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="diagnosis",
            name="interview",
            field=models.CharField(
                blank=True,
                choices=[("gehouden", "gesprek gehouden"), ("geweigerd", "gesprek geweigerd")],
                max_length=9,
                verbose_name="gesprek met de cliënt",
            ),
        ),
        migrations.AddField(
            model_name="diagnosis",
            name="interview_by",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="wie het gesprek voerde"
            ),
        ),
        migrations.AddField(
            model_name="diagnosis",
            name="refused_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="waarom geen gesprek"),
        ),
        migrations.AddField(
            model_name="historicaldiagnosis",
            name="interview",
            field=models.CharField(
                blank=True,
                choices=[("gehouden", "gesprek gehouden"), ("geweigerd", "gesprek geweigerd")],
                max_length=9,
                verbose_name="gesprek met de cliënt",
            ),
        ),
        migrations.AddField(
            model_name="historicaldiagnosis",
            name="interview_by",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="wie het gesprek voerde"
            ),
        ),
        migrations.AddField(
            model_name="historicaldiagnosis",
            name="refused_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="waarom geen gesprek"),
        ),
        migrations.AddField(
            model_name="historicalleefgebiedscore",
            name="find_out",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="wat nog wordt uitgezocht"
            ),
        ),
        migrations.AddField(
            model_name="historicalleefgebiedscore",
            name="need",
            field=models.TextField(blank=True, verbose_name="wat nodig is"),
        ),
        migrations.AddField(
            model_name="historicalleefgebiedscore",
            name="protective",
            field=models.TextField(blank=True, verbose_name="wat goed gaat"),
        ),
        migrations.AddField(
            model_name="historicalleefgebiedscore",
            name="running_help",
            field=models.TextField(blank=True, verbose_name="hulp die al loopt"),
        ),
        migrations.AddField(
            model_name="historicalleefgebiedscore",
            name="source",
            field=models.CharField(blank=True, max_length=200, verbose_name="van wie dit komt"),
        ),
        migrations.AddField(
            model_name="leefgebiedscore",
            name="find_out",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="wat nog wordt uitgezocht"
            ),
        ),
        migrations.AddField(
            model_name="leefgebiedscore",
            name="need",
            field=models.TextField(blank=True, verbose_name="wat nodig is"),
        ),
        migrations.AddField(
            model_name="leefgebiedscore",
            name="protective",
            field=models.TextField(blank=True, verbose_name="wat goed gaat"),
        ),
        migrations.AddField(
            model_name="leefgebiedscore",
            name="running_help",
            field=models.TextField(blank=True, verbose_name="hulp die al loopt"),
        ),
        migrations.AddField(
            model_name="leefgebiedscore",
            name="source",
            field=models.CharField(blank=True, max_length=200, verbose_name="van wie dit komt"),
        ),
        # Until now a day meant that there had been a talk.
        migrations.RunSQL(
            "UPDATE cases_diagnosis SET interview = 'gehouden' WHERE interview_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="diagnosis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("interview", ""), ("interview_on", None), ("refused_because", "")),
                    models.Q(
                        ("interview", "gehouden"),
                        ("interview_on__isnull", False),
                        ("refused_because", ""),
                    ),
                    models.Q(
                        ("interview", "geweigerd"),
                        ("interview_on__isnull", False),
                        models.Q(("refused_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="interview_on_a_day_and_refused_for_a_reason",
            ),
        ),
    ]
