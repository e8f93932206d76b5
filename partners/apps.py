from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The floor of organisations and people."""

    name = "partners"
    verbose_name = "partners"

    def ready(self) -> None:
        """Who comes in while his second factor is going to be reset sees that first; the mail by
        which somebody chooses his password leads to a page of his own; and who handed over his
        tablet may prove himself at his own organisation to have it back."""
        from partners.operations import address_for
        from partners.presenters import stop_first
        from veiligheidshuis import door, outbox, tablet

        door.FIRST.append(stop_first)
        outbox.ADDRESSES["accountuitnodiging"] = address_for
        tablet.OPEN |= {"partners:sign_on_prove", "partners:sign_on_return"}
