"""The partners: as what the law sees each of them, and what follows from that."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from partners.models.doelgroep import Doelgroep
from partners.models.regime import Covered, Regime


class Chain(models.TextChoices):
    """The chain (keten) an organisation works in. S2, Aansturing & regie."""

    STRAF = "straf", "strafrechtketen"
    ZORG = "zorg", "zorgketen"
    BESTUUR = "bestuur", "bestuur"
    JEUGD = "jeugd", "jeugdketen"
    BUURT = "buurt", "buurt"


class WgsClass(models.TextChoices):
    """How the law sees an organisation: WGS art. 2.27 and 2.31 lid 9."""

    LID_1 = "lid_1", "deelnemer (lid 1)"
    LID_2 = "lid_2", "deelnemer (lid 2)"
    INCIDENTELE_DERDE = "incidentele_derde", "incidentele derde"
    GEEN = "geen", "geen deelnemer"


class WgsMember(models.TextChoices):
    """As which organ an organisation takes part: the letters of WGS art. 2.27.

    The burgemeester is not the college: a municipality takes part as both.
    """

    RAAD = "1a", "Raad voor de Kinderbescherming"
    DJI = "1b", "Dienst Justitiële Inrichtingen"
    POLITIE = "1c", "politie"
    OM = "1d", "openbaar ministerie"
    BURGEMEESTER = "1e", "burgemeester"
    COLLEGE = "1f", "college van burgemeester en wethouders"
    GGD = "1g", "GGD"
    RECLASSERING = "2a", "reclasseringsinstelling"
    VEILIG_THUIS = "2b", "Veilig Thuis"
    GECERTIFICEERD = "2c", "gecertificeerde instelling"
    BEHANDELAAR = "2d", "instelling voor ggz of behandeling"
    OPDRACHT = "2e", "uitvoerder in opdracht van het college"

    @property
    def task(self) -> str:
        """Its statutory task, for which alone it works with persons. WGS 2.27."""
        return TASKS[self]


TASKS: dict[str, str] = {
    WgsMember.RAAD: "onderzoek en advies voor de bescherming van kinderen, en strafadvies",
    WgsMember.DJI: "uitvoering van straf en maatregel in PI, JJI en tbs-kliniek",
    WgsMember.POLITIE: "handhaving van de rechtsorde en hulp aan wie die nodig heeft",
    WgsMember.OM: "opsporing en vervolging van strafbare feiten",
    WgsMember.BURGEMEESTER: (
        "openbare orde: Gemeentewet hoofdstuk XI, Opiumwet 13b, Wet tijdelijk huisverbod en Wvggz"
    ),
    WgsMember.COLLEGE: (
        "Wmo, Jeugdwet, Participatiewet, schuldhulp, leerplicht en Wvggz 5:1 tot en met 5:3"
    ),
    WgsMember.GGD: "publieke gezondheid",
    WgsMember.RECLASSERING: "toezicht, begeleiding en advies van een erkende reclassering",
    WgsMember.VEILIG_THUIS: "advies en meldpunt huiselijk geweld en kindermishandeling",
    WgsMember.GECERTIFICEERD: "jeugdbescherming en jeugdreclassering",
    WgsMember.BEHANDELAAR: "behandeling en zorg: Wvggz, Wlz, Wfz, Wzd, Jeugdwet, Wmo en WGBO",
    WgsMember.OPDRACHT: (
        "uitvoering van Wmo 2.3.1 tot en met 2.3.5, Jeugdwet 2.3 en 2.4, Participatiewet 7 of "
        "schuldhulp"
    ),
}
CORE_MEMBERS = [each for each in WgsMember if each.value.startswith("1")]
OTHER_MEMBERS = [each for each in WgsMember if each.value.startswith("2")]


def class_by_law(members: Iterable[str]) -> WgsClass | None:
    """The place in the law that follows from these organs; None when there is none to follow."""
    named = set(members)
    if named & set(CORE_MEMBERS):
        return WgsClass.LID_1
    return WgsClass.LID_2 if named else None


class WgsRight(models.TextChoices):
    """What the law lets an organisation do in the house."""

    MELDEN = "melden", "een casus melden"
    TOELATEN = "toelaten", "beslissen over toelaten en afsluiten"
    ACCOUNT = "account", "met een eigen account bij dossiers"


# The one place where it stands what a class may do. WGS 2.31 lid 1 (report), lid 2-4 and 8
# (decide), 1.8 lid 2 (account), lid 9 (third parties: one conference, no access to the system).
RIGHTS: dict[str, frozenset[WgsRight]] = {
    WgsClass.LID_1: frozenset({WgsRight.MELDEN, WgsRight.TOELATEN, WgsRight.ACCOUNT}),
    WgsClass.LID_2: frozenset({WgsRight.MELDEN, WgsRight.ACCOUNT}),
    WgsClass.INCIDENTELE_DERDE: frozenset(),
    WgsClass.GEEN: frozenset(),
}
PARTICIPANTS = tuple(each for each in WgsClass if WgsRight.ACCOUNT in RIGHTS[each])
CORE = tuple(each for each in WgsClass if WgsRight.TOELATEN in RIGHTS[each])


class Regie(models.TextChoices):
    """Which chain a partner directs: OM, Raad voor de Kinderbescherming, gemeente. S2."""

    STRAFRECHT = "strafrecht", "strafrechtketen"
    JEUGDSTRAFRECHT = "jeugdstrafrecht", "jeugdstrafrechtketen (casusregie)"
    ALGEMEEN = "algemeen", "(na)zorg, preventie en algemene regie"


# Who directs a chain, by what S2 says of it ("Aansturing & regie", footnotes 17 and 18): the OM
# "over de partners binnen de strafrechtketen", the Raad "de casusregie over het jeugdstrafrecht",
# the municipality "de regie over de zogenaamde nazorgketen en de algemene regie". GOV-08.
DIRECTED_AS: dict[str, Regie] = {
    Chain.STRAF: Regie.STRAFRECHT,
    Chain.JEUGD: Regie.JEUGDSTRAFRECHT,
    Chain.ZORG: Regie.ALGEMEEN,
    Chain.BESTUUR: Regie.ALGEMEEN,
    Chain.BUURT: Regie.ALGEMEEN,
}


class Attachment(models.TextChoices):
    """How a partner is attached to the house. S2, voetnoot 4."""

    PRIMAIR = "primair", "primair, dagelijks in huis"
    VASTE_TIJDEN = "vaste_tijden", "op vaste tijden in huis"
    OP_AFSTAND = "op_afstand", "op afstand"


class Seated(models.Func):
    """Whether an organisation sits at the table on a day; the database decides (vh.seated)."""

    function = "vh.seated"
    output_field = models.BooleanField()

    def __init__(self, organisation: str = "pk", on: date | None = None) -> None:
        day = models.Value(on or timezone.localdate(), output_field=models.DateField())
        super().__init__(models.F(organisation), day)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The words in which organisations are asked for."""

    def seated(self, on: date | None = None) -> "OrganisationQuerySet":
        """Those that joined and did not leave, on that day (default: today)."""
        return self.filter(Seated(on=on))

    def core(self) -> "OrganisationQuerySet":
        """Those that decide on admission and closing today. WGS 2.31 lid 2-4, 8."""
        return self.seated().filter(wgs_class__in=CORE)

    def partners(self) -> "OrganisationQuerySet":
        """Those of the covenant: the signatories and who joined later. S2, convenant."""
        return self.seated().filter(number__isnull=False)

    def ever_partners(self) -> "OrganisationQuerySet":
        """The same, and who left: what somebody wrote of them still stands."""
        return self.exclude(number=None)

    def directors(self) -> dict[str, str]:
        """Who directs each chain today, by short name; one query. GOV-08."""
        found: dict[str, list[str]] = {}
        for each in self.seated().exclude(regie="").in_covenant_order():
            found.setdefault(each.regie, []).append(each.short_name)
        return {regie: " en ".join(names) for regie, names in found.items()}

    def under(self, regime: str) -> "OrganisationQuerySet":
        """Those that may take part in a dossier of this regime today. PRV-20."""
        by_law = models.Q(wgs_class__in=PARTICIPANTS)
        return self.seated().filter(by_law if regime == Regime.WGS else Covered())

    def with_places(self) -> "OrganisationQuerySet":
        """With whether it sits and is covered today: for its own page, in one query."""
        return self.annotate(is_seated=Seated(), is_covered=Covered())

    def with_accounts(self) -> "OrganisationQuerySet":
        """Those whose people may have an account: who sits here, or in a beheerscommissie (S4)."""
        return self.filter(Q(Seated()) | Q(is_neighbour=True))

    def in_covenant_order(self) -> "OrganisationQuerySet":
        return self.order_by(models.F("number").asc(nulls_last=True), "name", "pk")


class Organisation(models.Model):
    """A partner of the covenant, or another party at one of the house's tables."""

    number = models.PositiveSmallIntegerField("nummer in het convenant", null=True, unique=True)
    name = models.CharField("naam", max_length=200, unique=True)
    short_name = models.CharField("korte naam", max_length=60)
    slug = models.SlugField("adresdeel", unique=True)
    chain = models.CharField("keten", max_length=10, choices=Chain)
    signed_in_2006 = models.BooleanField("ondertekenaar van 7 september 2006", default=False)
    is_neighbour = models.BooleanField("zit in een beheerscommissie", default=False)
    wgs_class = models.CharField("plaats in de WGS", max_length=20, choices=WgsClass)
    wgs_members = ArrayField(
        models.CharField(max_length=2, choices=WgsMember), verbose_name="organen", default=list
    )
    wgs_ground = models.CharField("grond", max_length=200)
    group = models.OneToOneField(Group, models.PROTECT, related_name="organisation")
    legal_form = models.CharField("rechtsvorm", max_length=80, blank=True, db_default="")
    representative = models.CharField(
        "vertegenwoordigd door", max_length=120, blank=True, db_default=""
    )
    representative_function = models.CharField("functie", max_length=120, blank=True, db_default="")
    regie = models.CharField("regie", max_length=16, choices=Regie, blank=True, db_default="")
    attachment = models.CharField(
        "verbonden", max_length=12, choices=Attachment, blank=True, db_default=""
    )
    promised_hours = models.PositiveSmallIntegerField("toegezegde uren per week", null=True)
    presence = models.CharField(
        "toegezegde aanwezigheid", max_length=200, blank=True, db_default=""
    )
    # Whom it works for: what it says of itself, and no condition of anything. GOV-01.
    doelgroepen = ArrayField(
        models.CharField(max_length=24, choices=Doelgroep),
        verbose_name="doelgroepen",
        default=list,
        db_default=models.Value("{}"),
    )
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.CheckConstraint(
                name="organisation_wgs_class_known", condition=Q(wgs_class__in=WgsClass.values)
            ),
            models.CheckConstraint(
                name="organisation_class_follows_from_its_organs",
                condition=Q(wgs_class="lid_1", wgs_members__overlap=CORE_MEMBERS)
                | Q(wgs_class="lid_2", wgs_members__contained_by=OTHER_MEMBERS) & ~Q(wgs_members=[])
                | Q(wgs_class__in=["incidentele_derde", "geen"], wgs_members=[]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation", args=[self.slug])

    @property
    def is_core(self) -> bool:
        """Whether it decides on who is admitted and closed. WGS 2.31 lid 2-4 and 8."""
        return self.wgs_class in CORE

    @property
    def is_participant(self) -> bool:
        """Whether the law lets its people have an account for dossiers (WGS 2.27; 2.31 lid 9)."""
        return self.wgs_class in PARTICIPANTS

    @property
    def organs(self) -> list[WgsMember]:
        """As which organs it takes part, each with its statutory task."""
        return [WgsMember(each) for each in self.wgs_members]

    @property
    def directed_as(self) -> Regie:
        """Under whose direction what it does falls, whoever that is today. GOV-08."""
        return DIRECTED_AS[self.chain]

    @property
    def works_for(self) -> list[str]:
        """The doelgroepen that it says it works for, in words."""
        return [Doelgroep(each).label for each in self.doelgroepen]

    @property
    def rights(self) -> list[WgsRight]:
        """What the law lets it do in the house, in a fixed order."""
        return [each for each in WgsRight if each in RIGHTS[self.wgs_class]]

    @cached_property
    def is_seated(self) -> bool:
        """Whether it sits at the table today: it joined and did not leave."""
        return Organisation.objects.seated().filter(pk=self.pk).exists()

    @cached_property
    def is_covered(self) -> bool:
        """Whether a covenant in force covers it today: it may take part in the local approach."""
        return Organisation.objects.filter(Covered(), pk=self.pk).exists()

    def may_take_part(self, regime: str) -> bool:
        """Whether a dossier of this regime is open to it as long as it sits at the table. The
        database asks the same, and that it sits (vh.regimes_of). PRV-20."""
        return self.is_participant if regime == Regime.WGS else self.is_covered

    @cached_property
    def has_left(self) -> bool:
        """Whether it was a partner and is none any more."""
        return self.number is not None and not self.is_seated
