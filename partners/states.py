"""The courses at the table of partners. Read down: that is the order.

A lost second factor is asked, looked at by a second person, and waited for (AUTH-12). What is added
to the covenant, a text or a partner, is approved by the stuurgroep and laid down in a signed
declaration (S2, convenant; GOV-03, GOV-04).
"""

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
    otherwise={
        "approve_reset": (
            "Goedkeuren kan één keer, zolang de vraag op een tweede persoon wacht. "
            "Is de tweede stap nog steeds kwijt? Vraag het opnieuw."
        ),
        "refuse_reset": (
            "Deze vraag loopt niet meer. Klopt het niet? Bel de gebruiker op een bekend nummer."
        ),
        "stop_reset": (
            "Deze vraag loopt niet meer. Is uw tweede stap teruggezet zonder dat u dat wilde? "
            "Bel het bedrijfsbureau."
        ),
        "carry_out_reset": (
            "Terugzetten kan als de vraag is goedgekeurd en de wachttijd voorbij is. "
            "Loopt zij niet meer? Vraag het opnieuw."
        ),
    },
)
UNDER_WAY = (S.GEVRAAGD, S.GOEDGEKEURD)


class RegelingStatus(TextChoices):
    """Where a version of the covenant, the kaderdocument or a privacy covenant stands."""

    CONCEPT = "concept", "in voorbereiding"
    AKKOORD = "akkoord", "goedgekeurd door de stuurgroep"
    GELDIG = "geldig", "geldig"
    VERVANGEN = "vervangen", "vervangen"
    INGETROKKEN = "ingetrokken", "ingetrokken"


R = RegelingStatus
REGELING_FLOW = Flow(
    Move("approve_regeling", R.CONCEPT, R.AKKOORD),
    Move("bring_into_force", R.AKKOORD, R.GELDIG),
    Move("replace_regeling", R.GELDIG, R.VERVANGEN),
    Move("withdraw_regeling", R.CONCEPT, R.INGETROKKEN),
    Move("withdraw_regeling", R.AKKOORD, R.INGETROKKEN),
    otherwise={
        "approve_regeling": (
            "Het besluit over deze versie staat er al. Verandert de tekst nog? "
            "Trek deze versie dan in en bereid een volgende voor."
        ),
        "bring_into_force": (
            "Een versie gaat in na het besluit van de stuurgroep. Noteer eerst dat besluit."
        ),
        "replace_regeling": (
            "Alleen een versie die geldt, maakt plaats voor de volgende. Kijk welke nu geldt."
        ),
        "withdraw_regeling": (
            "Een versie die geldt of gold, blijft staan. Verandert er iets? "
            "Bereid dan een volgende versie voor."
        ),
    },
)


class ToetredingStatus(TextChoices):
    """Where an organisation stands on its way to the table, and away from it."""

    VOORGESTELD = "voorgesteld", "voorgesteld"
    GETOETST = "getoetst", "juridisch getoetst"
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd door de stuurgroep"
    ONDERTEKEND = "ondertekend", "verklaring getekend"
    ACTIEF = "actief", "actief"
    VERTREKT = "vertrekt", "treedt uit"
    UITGETREDEN = "uitgetreden", "uitgetreden"
    AFGEWEZEN = "afgewezen", "niet toegetreden"


T = ToetredingStatus
TOETREDING_FLOW = Flow(
    Move("test_partner", T.VOORGESTELD, T.GETOETST),
    Move("approve_partner", T.GETOETST, T.GOEDGEKEURD),
    Move("append_verklaring", T.GOEDGEKEURD, T.ONDERTEKEND),
    Move("activate_partner", T.ONDERTEKEND, T.ACTIEF),
    Move("announce_leaving", T.ACTIEF, T.VERTREKT),
    Move("call_off_leaving", T.VERTREKT, T.ACTIEF),
    Move("leave", T.VERTREKT, T.UITGETREDEN),
    Move("turn_down_partner", T.VOORGESTELD, T.AFGEWEZEN),
    Move("turn_down_partner", T.GETOETST, T.AFGEWEZEN),
    Move("turn_down_partner", T.GOEDGEKEURD, T.AFGEWEZEN),
    Move("turn_down_partner", T.ONDERTEKEND, T.AFGEWEZEN),
    otherwise={
        "test_partner": "De toets staat er al. Klopt zij niet? Wijs af en stel opnieuw voor.",
        "approve_partner": (
            "De stuurgroep besluit na de juridische toets, één keer. Noteer eerst de toets."
        ),
        "append_verklaring": (
            "De verklaring wordt getekend na het besluit van de stuurgroep. Noteer eerst dat "
            "besluit."
        ),
        "activate_partner": (
            "Een partner wordt actief als de getekende verklaring bij het convenant is gevoegd. "
            "Noteer eerst die verklaring."
        ),
        "announce_leaving": (
            "Uittreden kan een partner die actief is. Kijk welke dag er al staat genoteerd."
        ),
        "call_off_leaving": "Er staat geen vertrek genoteerd dat nog moet komen.",
        "leave": "Er staat geen vertrek genoteerd. Noteer eerst de dag.",
        "turn_down_partner": (
            "Een partner die actief is of was, wijs je niet meer af. Noteer dat hij uittreedt."
        ),
    },
)
