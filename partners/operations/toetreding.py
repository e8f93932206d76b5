"""What happens when an organisation comes to the table, or leaves it. S2, convenant; GOV-03."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from partners import rules
from partners.access import require_office
from partners.models import (
    SIGNED_BY_ALL,
    Ondertekening,
    Organisation,
    Regeling,
    Role,
    Toetreding,
    User,
)
from partners.operations.people import call
from partners.states import TOETREDING_FLOW
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import Obstacle, Refused, refuse_if


@transaction.atomic
def propose_partner(
    *,
    organisation: Organisation | None,
    name: str,
    short_name: str,
    chain: str,
    proposal: str,
    proposed_on: date,
    by: User,
) -> Toetreding:
    """Note that somebody is proposed as a partner: known to the house already, or new to it.

    A known organisation keeps its own name and chain. Days in Europe/Amsterdam. Raises Refused.
    """
    require_office(by)
    refuse_if(rules.obstacles_to_proposing_partner(organisation, name, proposed_on))
    pk, known = uuid.uuid4(), organisation.pk if organisation else None
    about = (name, short_name, _address(short_name or name), chain, proposal, proposed_on)
    try:
        with transaction.atomic():
            call("propose_partner", pk, known, *about)
    except IntegrityError:  # a colleague did it between the question and the deed
        raise Refused([rules.proposed_already(str(organisation or name))]) from None
    return Toetreding.objects.select_related("organisation").get(pk=pk)


def _address(name: str) -> str:
    """The part of the address for a new organisation, that no other has."""
    wanted = slugify(name)[:40] or "partner"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 2
    address = wanted
    while address in taken:
        address, number = f"{wanted}-{number}", number + 1
    return address


def _held(toetreding: Toetreding, by: User) -> Toetreding:
    """As it stands now, held until the transaction ends: a step that the office notes."""
    require_office(by)
    rows = Toetreding.objects.select_related("organisation").select_for_update(of=("self",))
    return rows.get(pk=toetreding.pk)


def _looked_at_anew(toetreding: Toetreding, by: User) -> Toetreding:
    """As it stands now: a step that the wall makes, once however many ask."""
    require_office(by)
    return Toetreding.objects.select_related("organisation").get(pk=toetreding.pk)


@transaction.atomic
def test_partner(
    toetreding: Toetreding,
    *,
    wgs_class: str,
    wgs_members: list[str],
    test: str,
    tested_on: date,
    by: User,
) -> None:
    """Note what the law says of this organisation, and who found that out. WGS 2.27; GOV-05."""
    toetreding = _held(toetreding, by)
    refuse_if(rules.obstacles_to_test_partner(toetreding, wgs_class, wgs_members, tested_on))
    toetreding.status = TOETREDING_FLOW.end("test_partner", toetreding.status)
    toetreding.wgs_class, toetreding.wgs_members = wgs_class, sorted(wgs_members)
    toetreding.test, toetreding.tested_on = test, tested_on
    toetreding.save(update_fields=["status", "wgs_class", "wgs_members", "test", "tested_on"])


@transaction.atomic
def approve_partner(toetreding: Toetreding, *, decided_on: date, decision: str, by: User) -> None:
    """Note that the stuurgroep approved: in which meeting, and how. S2, convenant."""
    toetreding = _held(toetreding, by)
    refuse_if(rules.obstacles_to_approve_partner(toetreding, decided_on))
    toetreding.status = TOETREDING_FLOW.end("approve_partner", toetreding.status)
    toetreding.decided_on, toetreding.decision = decided_on, decision
    toetreding.save(update_fields=["status", "decided_on", "decision"])


@transaction.atomic
def append_verklaring(toetreding: Toetreding, *, signed_on: date, function: str, by: User) -> None:
    """Append the signed declaration to the covenant and the kaderdocument of today. S2, convenant.

    Of who signed the house keeps his function and not his name.
    """
    toetreding = _held(toetreding, by)
    refuse_if(rules.obstacles_to_append_verklaring(toetreding, signed_on))
    for regeling in Regeling.objects.in_force().filter(kind__in=SIGNED_BY_ALL):
        if not regeling.ondertekeningen.filter(organisation=toetreding.organisation).exists():
            Ondertekening.objects.create(
                regeling=regeling,
                organisation=toetreding.organisation,
                signed_on=signed_on,
                function=function,
                recorded_by=by,
            )
    toetreding.status = TOETREDING_FLOW.end("append_verklaring", toetreding.status)
    toetreding.signed_on = signed_on
    toetreding.save(update_fields=["status", "signed_on"])


@transaction.atomic
def activate_partner(toetreding: Toetreding, *, by: User) -> None:
    """From today it is a partner, with a number of the covenant, and its accounts can work."""
    toetreding = _looked_at_anew(toetreding, by)
    _step("activate_partner", toetreding, rules.obstacles_to_activate_partner(toetreding))


@transaction.atomic
def turn_down_partner(toetreding: Toetreding, *, reason: str, by: User) -> None:
    """Who was proposed becomes no partner, and why not; he can be proposed anew."""
    toetreding = _held(toetreding, by)
    refuse_if(rules.obstacles_to_turn_down_partner(toetreding))
    toetreding.status = TOETREDING_FLOW.end("turn_down_partner", toetreding.status)
    toetreding.turned_down = reason
    toetreding.save(update_fields=["status", "turned_down"])


@transaction.atomic
def announce_leaving(toetreding: Toetreding, *, leaves_on: date, reason: str, by: User) -> None:
    """Note from which day a partner is none any more; is that today, then it leaves at once.

    Who leads clients for it does not wait for that day: the managers hear it now.
    """
    toetreding = _looked_at_anew(toetreding, by)
    obstacles = rules.obstacles_to_announce_leaving(toetreding, leaves_on, by)
    _step("announce_leaving", toetreding, obstacles, leaves_on, reason)
    if leaves_on <= timezone.localdate():
        toetreding.refresh_from_db()
        leave(toetreding, by=by)
    else:
        for manager in User.objects.in_role(Role.MANAGER):
            outbox.post("partner_vertrekt", to=manager.pk)


@transaction.atomic
def call_off_leaving(toetreding: Toetreding, *, by: User) -> None:
    """A partner stays after all."""
    toetreding = _looked_at_anew(toetreding, by)
    _step("call_off_leaving", toetreding, rules.obstacles_to_call_off_leaving(toetreding))


@transaction.atomic
def leave(toetreding: Toetreding, *, by: User) -> None:
    """The day has come: every access of this partner is over, and who leads clients hears it.

    The clock does the same each morning (partners.tasks.let_partners_leave).
    """
    toetreding = _looked_at_anew(toetreding, by)
    _step("leave", toetreding, rules.obstacles_to_leave(toetreding))
    for colleague in User.objects.in_role(Role.INTERVENTIEMANAGER, Role.MANAGER):
        outbox.post("partner_uitgetreden", to=colleague.pk)


def _step(name: str, toetreding: Toetreding, obstacles: Sequence[Obstacle], *said: object) -> None:
    """Make this step when nothing stands in its way; of two at once the second is refused."""
    refuse_if(obstacles)
    if not call(name, toetreding.pk, *said):
        raise Refused([rules.meanwhile()])
