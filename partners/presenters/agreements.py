"""How the agreements between the partners are shown."""

from dataclasses import dataclass

from django.db.models import Count, F

from partners.models import Doelgroep, Ondertekening, Regeling, RegelingKind


@dataclass(frozen=True)
class Agreements:
    """All versions of the agreements of one kind."""

    kind: RegelingKind
    rows: list[Regeling]


def regelingen() -> list[Agreements]:
    """Every kind with its versions, the latest on top; also a kind of which there is none yet."""
    versions = list(Regeling.objects.annotate(signatures=Count("ondertekeningen")).newest_first())
    return [Agreements(kind, [v for v in versions if v.kind == kind]) for kind in RegelingKind]


def uncovered() -> list[str]:
    """The doelgroepen about whom no privacy covenant lets the partners exchange data today.

    S2, voetnoot 13: the covenants cover "zoveel mogelijk de volledige doelgroep".
    """
    today = Regeling.objects.in_force().filter(kind=RegelingKind.PRIVACYCONVENANT)
    covered = {each for regeling in today for each in regeling.covers}
    return [doelgroep.label for doelgroep in Doelgroep if doelgroep not in covered]


def signatures_of(regeling: Regeling) -> list[Ondertekening]:
    """Who signed this version, in the order of the covenant."""
    signatures = regeling.ondertekeningen.select_related("organisation")
    return list(signatures.order_by(F("organisation__number").asc(nulls_last=True)))
