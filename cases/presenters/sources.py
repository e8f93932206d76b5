"""Which partners were asked for candidates, and what came of it. PRI-05."""

from collections import Counter
from dataclasses import dataclass

from cases import rules
from cases.models import Bronvraag, Case, Prioriteitenlijst
from partners.models import Organisation, User
from veiligheidshuis.formats import long_date


@dataclass(frozen=True)
class Source:
    """One partner who was asked."""

    asked: Bronvraag
    put_forward: int

    @property
    def is_missing(self) -> bool:
        return not self.put_forward and not self.asked.nobody_at

    @property
    def kind(self) -> str:
        return "wacht" if self.is_missing else "ok"

    @property
    def said(self) -> str:
        if self.put_forward:
            noun = "kandidaat" if self.put_forward == 1 else "kandidaten"
            return f"{self.put_forward} {noun}"
        return "Heeft niemand" if self.asked.nobody_at else "Nog niets"

    @property
    def reminder(self) -> str:
        if self.asked.reminded_at:
            return f"herinnerd op {long_date(self.asked.reminded_at)}"
        return ""

    @property
    def can_be_reminded(self) -> bool:
        return not rules.obstacles_to_reminding_source(self.asked, self.put_forward)

    @property
    def can_have_nobody(self) -> bool:
        noted = self.asked.nobody_at
        return not noted and not rules.obstacles_to_noting_nobody(self.asked, self.put_forward)


def sources(ranked: Prioriteitenlijst, user: User) -> list[Source]:
    """Every partner who was asked, in the order of the covenant, with how many he put forward."""
    rows = ranked.bronvragen.select_related("organisation", "prioriteitenlijst")
    asked = list(rows.order_by("organisation__number", "organisation__name"))
    former = ranked.former()
    since = former.adopted_at if former else None
    partners = [each.organisation for each in asked]
    mine = Case.objects.visible_to(user).filter(regime=ranked.regime)
    cases = mine.put_forward_by(partners, since)
    counts = Counter(cases.values_list("source_id", flat=True))
    return [Source(each, counts[each.organisation_id]) for each in asked]


def askable(ranked: Prioriteitenlijst) -> list[Organisation]:
    """The partners who may put somebody forward under its regime and were not asked for it yet."""
    asked = ranked.bronvragen.values("organisation_id")
    partners = Organisation.objects.seated().exclude(pk__in=asked).in_covenant_order()
    return [each for each in partners if rules.puts_forward(each, ranked.regime)]
