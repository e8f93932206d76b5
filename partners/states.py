"""The way of a lost second factor: asked, looked at by a second person, and waited for. AUTH-12."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class ResetStatus(TextChoices):
    """Where it stands that somebody's second factor is taken away."""

    GEVRAAGD = "gevraagd", "wacht op een tweede persoon"
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
    UITGEVOERD = "uitgevoerd", "teruggezet"
    AFGEWEZEN = "afgewezen", "afgewezen"
    TEGENGEHOUDEN = "tegengehouden", "door de gebruiker tegengehouden"


S = ResetStatus
RESET_FLOW = Flow(
    Move("approve_reset", S.GEVRAAGD, S.GOEDGEKEURD),
    Move("refuse_reset", S.GEVRAAGD, S.AFGEWEZEN),
    Move("refuse_reset", S.GOEDGEKEURD, S.AFGEWEZEN),
    Move("stop_reset", S.GEVRAAGD, S.TEGENGEHOUDEN),
    Move("stop_reset", S.GOEDGEKEURD, S.TEGENGEHOUDEN),
    Move("carry_out_reset", S.GOEDGEKEURD, S.UITGEVOERD),
)
UNDER_WAY = (S.GEVRAAGD, S.GOEDGEKEURD)
