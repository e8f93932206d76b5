from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The floor of the dossiers; it says what stands between somebody and leaving the house."""

    name = "cases"
    verbose_name = "dossiers"

    def ready(self) -> None:
        """Nobody leaves the house with clients in hand, what a deed would open can be tried, a
        form that was kept says whose it is and what was typed in it, and
        the partners agree on criteria, leefgebieden and doelgroepen."""
        from cases.models import AGREED, Criterium, Onderdeel
        from cases.presenters.kept import dossier_at
        from cases.presenters.preview import preview
        from cases.rules import obstacles_to_leaving
        from partners import presenters, rules
        from veiligheidshuis.drafts import ABOUT
        from veiligheidshuis.werkafspraken import keep_to
        from veiligheidshuis.written import MADE

        keep_to(*AGREED)
        rules.LEAVING.append(obstacles_to_leaving)
        presenters.TRIES.append(preview)
        ABOUT.append(dossier_at)
        MADE.update(Onderdeel.values, Criterium.values)
