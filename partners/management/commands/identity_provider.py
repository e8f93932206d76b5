"""Agree with a partner on its login service. Only for the owner of the database. AUTH-13."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from partners.models import IdentityProvider, Organisation
from veiligheidshuis.commands import HouseCommand
from veiligheidshuis.outgoing import may_ask


class Command(HouseCommand):
    """Write down the login service of one organisation, or switch it off.

    No page can do this: whoever could point it elsewhere could come in as anybody of that partner.
    """

    help = "Legt de inlogdienst (OpenID Connect) van een organisatie vast, of zet hem uit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisatie", help="het adresdeel van de organisatie, zoals politie")
        parser.add_argument("--issuer", help="het adres van de uitgever, letterlijk")
        parser.add_argument("--client-id", help="de naam die het huis bij de uitgever heeft")
        parser.add_argument(
            "--authentication",
            choices=IdentityProvider.Authentication.values,
            default=IdentityProvider.Authentication.PRIVATE_KEY_JWT,
            help="hoe het huis zich bekend maakt",
        )
        parser.add_argument("--amr", nargs="*", default=[], help="telt als tweede stap, zoals mfa")
        parser.add_argument("--acr", nargs="*", default=[], help="idem, als niveau; wordt gevraagd")
        parser.add_argument("--uit", action="store_true", help="niemand komt er nog langs binnen")

    def handle(self, *args: object, **asked: object) -> None:
        slug = asked["organisatie"]
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            raise CommandError(f"Er is geen organisatie met het adresdeel {slug}.")
        if asked["uit"]:
            self._switch_off(organisation)
        else:
            self._agree(organisation, asked)

    def _switch_off(self, organisation: Organisation) -> None:
        services = IdentityProvider.objects.filter(organisation=organisation)
        if not services.exists():
            raise CommandError(f"{organisation} heeft geen inlogdienst.")
        services.update(is_on=False)
        self.stdout.write(f"Via {organisation} komt niemand meer binnen.")

    def _agree(self, organisation: Organisation, asked: dict[str, object]) -> None:
        if not (may_ask(asked["issuer"]) and asked["client_id"]):
            raise CommandError("Geef --issuer (een adres met https) en --client-id.")
        names = ("issuer", "client_id", "authentication", "amr", "acr")
        values = {name: asked[name] for name in names} | {"is_on": True}
        IdentityProvider.objects.update_or_create(organisation=organisation, defaults=values)
        self.stdout.write(f"De inlogdienst van {organisation} staat vast.")
