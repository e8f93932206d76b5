"""What is typed about what a plan is for."""

from typing import Any

from django import forms

from maatwerkplan.models import Doel
from veiligheidshuis.fields import PlainTextField, VersionField

NO_CARE = "De cliënt leest en tekent dit. Noteer geen medische details."


class GoalForm(forms.Form):
    """The goal on one leefgebied; every field may stay empty, and emptied it is taken away."""

    together = PlainTextField(
        label="Wat willen we samen bereiken?",
        help_text=f"Kort, in gewone woorden. {NO_CARE}",
        max_length=300,
        rows=3,
        required=False,
    )
    own_words = PlainTextField(
        label="Wat wil de cliënt zelf, in eigen woorden?",
        help_text="Schrijf op wat de cliënt zei, zonder het mooier te maken.",
        max_length=300,
        rows=3,
        required=False,
    )
    own_part = PlainTextField(
        label="Wat doet de cliënt zelf?",
        help_text="Schrijf het aan de cliënt: ‘U belt elke maandag met …’.",
        max_length=300,
        rows=3,
        required=False,
    )
    version = VersionField()

    @classmethod
    def typed(cls, goal: Doel | None) -> dict[str, Any]:
        """A goal as its form begins; version 0 when nothing stood there yet."""
        if goal is None:
            return {"version": 0}
        return {name: getattr(goal, name) for name in cls.base_fields}

    @property
    def says_something(self) -> bool:
        """Emptied, the goal is taken away."""
        return any(self.about[name] for name in ("together", "own_words", "own_part"))

    @property
    def about(self) -> dict[str, Any]:
        """The goal, and the version that was on the screen."""
        words = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return words | {"seen": self.cleaned_data["version"]}
