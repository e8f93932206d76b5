"""The people of the demo house. All invented; nobody named in the sources is one of them."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from partners import operations
from partners.models import Clearance, ContactPoint, Organisation, Role, User
from veiligheidshuis import factors, needtoknow

PASSWORD = "welkom-in-het-huis"  # noqa: S105 - of the demo house only; printed by ./run


@dataclass(frozen=True)
class Account:
    """Somebody with an account: for which organisation, in which role, and what he is for it."""

    username: str
    first_name: str
    last_name: str
    organisation: str
    role: Role
    contact: str = ""

    @property
    def secret(self) -> str:
        """The secret of his app with codes: always the same, so that a script can log in."""
        return base64.b32encode(hashlib.sha1(self.username.encode()).digest()).decode()  # noqa: S324

    @property
    def email(self) -> str:
        return f"{self.username}@{self.organisation}.example"


EERSTE, PLAATSVERVANGER = ContactPoint.Kind.EERSTE, ContactPoint.Kind.PLAATSVERVANGER
OFFICE = Account("bureau", "Ilse", "Vermeulen", "gemeente-heerlen", Role.BEDRIJFSBUREAU)
MANAGER = Account("manager", "Ruud", "Kerstens", "gemeente-heerlen", Role.MANAGER)
ACCOUNTS = [
    MANAGER,
    Account("samira", "Samira", "Haddou", "reclassering-nederland", Role.INTERVENTIEMANAGER),
    Account("tom", "Tom", "Verhagen", "gemeente-heerlen", Role.INTERVENTIEMANAGER),
    Account("politie", "Marieke", "Loos", "politie", Role.KETENPARTNER, EERSTE),
    Account("politie2", "Bart", "Nouwen", "politie", Role.KETENPARTNER, PLAATSVERVANGER),
    Account("om", "Daan", "Roosen", "openbaar-ministerie", Role.KETENPARTNER, EERSTE),
    Account(
        "reclassering", "Tineke", "Wetzels", "reclassering-nederland", Role.KETENPARTNER, EERSTE
    ),
    Account("legerdesheils", "Roel", "Eijssen", "leger-des-heils", Role.KETENPARTNER, EERSTE),
    Account("mondriaan", "Lotte", "Pauwels", "mondriaan", Role.KETENPARTNER, EERSTE),
    Account("gemeente", "Anouk", "Bisschops", "gemeente-heerlen", Role.KETENPARTNER, EERSTE),
    Account("rimo", "Nico", "Habets", "rimo-parkstad", Role.KETENPARTNER, EERSTE),
    Account("ggd", "Petra", "Offermans", "ggd-zuid-limburg", Role.KETENPARTNER, EERSTE),
    Account("stuurgroep", "Harold", "Beckers", "districtsgemeenten", Role.STUURGROEP),
    Account("bewoner", "Wil", "Dohmen", "bewoners", Role.COMMISSIELID),
    Account("buurtregisseur", "Esra", "Yilmaz", "gemeente-heerlen", Role.BUURTREGISSEUR),
    Account("fg", "Mireille", "Franssen", "gemeente-heerlen", Role.FG),
    Account("privacy", "Guus", "Hendrix", "politie", Role.PRIVACYFUNCTIONARIS),
    Account("beheerder", "Saskia", "Vroomen", "politie", Role.PARTNERBEHEERDER),
    Account("beheerder2", "Jos", "Lemmens", "mondriaan", Role.PARTNERBEHEERDER),
]
# Of partners of the covenant that the law does not name: they work in the local approach (PRV-20).
# They come in with its first client, so that a house without clients is one of the law alone.
SIGNATORIES = [
    Account(
        "zwerfjongeren", "Jet", "Custers", "stichting-zwerfjongeren", Role.KETENPARTNER, EERSTE
    ),
]
# Partners without an account: the interventiemanager asks them by telephone or letter.
DESKS = [
    ("tracee", "Aanmeldpunt", "045 560 00 10"),
    ("bureau-jeugdzorg", "Bureaudienst", "045 560 00 11"),
    ("raad-voor-de-kinderbescherming", "Casusregie", "045 560 00 12"),
    ("stichting-huiselijk-geweld", "Meldpunt", "045 560 00 13"),
    ("provincie-limburg", "Beleid veiligheid", "045 560 00 14"),
    ("jji-het-keerpunt", "Trajectbegeleiding", "045 560 00 15"),
    ("pi-limburg-zuid", "Casemanagement", "045 560 00 16"),
    ("leger-des-heils-reclassering", "Aanmeldpunt reclassering", "045 560 00 17"),
    ("slachtofferhulp", "Bureaudienst", "045 560 00 18"),
    ("bureau-halt", "Aanmeldpunt", "045 560 00 19"),
    ("districtsgemeenten", "Coördinatie zorg en veiligheid", "045 560 00 20"),
    ("stichting-zwerfjongeren", "Aanmeldpunt", "045 560 00 21"),
]


def seat_people() -> None:
    """Give everybody of the demo house an account, by the operations, as the bedrijfsbureau.

    The office seats the manager; of everybody after him he sees the papers. Does nothing when they
    are seated already.
    """
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        if User.objects.filter(username=OFFICE.username).exists():
            return
        office = operations.open_house(
            username=OFFICE.username,
            password=PASSWORD,
            first_name=OFFICE.first_name,
            last_name=OFFICE.last_name,
            email=OFFICE.email,
        )
    _link_app(OFFICE, office)
    with needtoknow.acting_as(office.pk):
        organisations = {o.slug: o for o in Organisation.objects.all()}
        second = _seat(MANAGER, organisations[MANAGER.organisation], by=office, seen_by=office)
        for account in ACCOUNTS[1:]:
            _seat(account, organisations[account.organisation], by=office, seen_by=second)
        for slug, desk, phone in DESKS:
            operations.set_contact_point(
                organisations[slug], EERSTE, label=desk, phone=phone, by=office
            )


def who(username: str) -> User:
    """Somebody of the demo house, by his login name."""
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        return User.objects.select_related("organisation", "personal_group").get(username=username)


def seat_signatories() -> None:
    """Give the people of the covenant their accounts, as the bedrijfsbureau."""
    office, second = who(OFFICE.username), who(MANAGER.username)
    with needtoknow.acting_as(office.pk):
        organisations = {o.slug: o for o in Organisation.objects.all()}
        for account in SIGNATORIES:
            _seat(account, organisations[account.organisation], by=office, seen_by=second)


def _seat(account: Account, organisation: Organisation, *, by: User, seen_by: User) -> User:
    seen, until = (timezone.localdate() + timedelta(days=days) for days in (-365, 730))
    user = operations.add_user(
        organisation,
        username=account.username,
        first_name=account.first_name,
        last_name=account.last_name,
        email=account.email,
        role=account.role,
        by=by,
    )
    choose_password(user, PASSWORD)
    _link_app(account, user)
    with needtoknow.acting_as(seen_by.pk):
        for kind in Clearance.Kind:
            operations.record_clearance(user, kind, seen_on=seen, valid_until=until, by=seen_by)
    if account.contact:
        operations.set_contact_point(
            organisation,
            account.contact,
            user=user,
            label=str(user),
            email=account.email,
            by=by,
        )
    return user


def choose_password(user: User, password: str) -> None:
    """He opened the link in his mail, and chose this one."""
    with needtoknow.acting_in_role("post"):
        token = operations.address_for(user.pk).split("/")[-2]
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        operations.choose_password(token, password)


def _link_app(account: Account, user: User) -> None:
    """He logged in before, and has his app with codes."""
    with needtoknow.acting_as(user.pk):
        factors.give_app(user, account.secret)


def app_shows(username: str) -> str:
    """What the page of the second step says of the code of now; nothing about who is not ours."""
    for account in (OFFICE, *ACCOUNTS, *SIGNATORIES):
        if account.username == username:
            return f" In dit demohuis is de code nu {factors.code_now(account.secret)}."
    return ""
