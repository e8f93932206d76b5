"""Whom the covenant is about, and whom each partner works for. S2, overweging 3."""

from django.db import models


class Doelgroep(models.TextChoices):
    """The target groups of the covenant. S2, overweging 3; the house chooses the labels."""

    VEELPLEGER = "veelpleger", "meerderjarige veelpleger"
    JEUGDIGE_VEELPLEGER = "jeugdige_veelpleger", "jeugdige veelpleger"
    HARDE_KERN = "harde_kern", "harde kern jeugd"
    OVERLASTGEVER = "overlastgever", "notoire overlastgever"
    PROBLEEMJONGERE = "probleemjongere", "probleemjongere"
    HUISELIJK_GEWELD = "huiselijk_geweld", "pleger huiselijk geweld"
