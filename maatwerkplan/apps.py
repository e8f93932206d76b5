from django.apps import AppConfig


class MaatwerkplanConfig(AppConfig):
    """The floor of the plans."""

    name = "maatwerkplan"
    verbose_name = "maatwerkplan"

    def ready(self) -> None:
        """A dossier says how far the plan is, and does not know the plan; nor is it closed while
        the plan runs. The clock asks who hears of a term, and the manager sees who started late. A
        form that was kept says whose it is, and the name that somebody signs with is typed."""
        from cases import rules, tasks
        from cases.presenters import course, overview
        from maatwerkplan.forms.offer import PREFIX
        from maatwerkplan.operations import address_reminders
        from maatwerkplan.presenters.aanspreken import calls_for_manager
        from maatwerkplan.presenters.course import phases_of
        from maatwerkplan.presenters.doorzetting import waits_for_manager
        from maatwerkplan.presenters.kept import dossier_of_own
        from maatwerkplan.presenters.loose_ends import missed_starts
        from maatwerkplan.rules import obstacles_to_closing
        from veiligheidshuis.drafts import ABOUT
        from veiligheidshuis.written import MADE

        course.AFTER_DIAGNOSIS.append(phases_of)
        rules.CLOSING.append(obstacles_to_closing)
        tasks.BEFORE_THE_SWEEP.append(address_reminders)
        overview.TILES += [waits_for_manager, calls_for_manager, missed_starts]
        ABOUT.append(dossier_of_own)
        MADE.update(f"{prefix}_naam" for prefix in PREFIX.values())
