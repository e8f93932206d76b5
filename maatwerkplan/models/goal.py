"""What a plan is for: per leefgebied the goal, the client's own words, and what he does himself."""

import uuid

from django.db import models

from cases.models import Case, Leefgebied
from maatwerkplan.models.plan import Maatwerkplan
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData


class Doel(PersonalData):
    """What client and partners want to reach on one leefgebied; free words, SMART or not.

    S2, voetnoot 10 (PLN-01): the result that is wanted; S1 Doelstelling (PLN-10): goals are not
    forced into a form; S4 4.1 (PLN-14): the client sets them too, so his words stand beside ours as
    he said them; S2, voetnoot 8 (PLN-17): what he carries out himself. All three are part of the
    text that is signed. Who holds `view_plan` reads them; a partner reads his own action only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="goals")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    leefgebied = models.CharField("leefgebied", max_length=20, choices=Leefgebied)
    together = models.CharField("wat we samen willen bereiken", max_length=300, blank=True)
    own_words = models.CharField("in de woorden van de cliënt", max_length=300, blank=True)
    own_part = models.CharField("wat de cliënt zelf doet", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = history()

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        constraints = [
            models.UniqueConstraint(fields=["plan", "leefgebied"], name="one_goal_a_leefgebied")
        ]

    def __str__(self) -> str:
        return f"doel bij {self.get_leefgebied_display()}"

    @property
    def says_something(self) -> bool:
        """Somebody wrote something, and did not take all of it away again."""
        return bool(self.together or self.own_words or self.own_part)
