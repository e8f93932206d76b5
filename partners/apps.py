from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The floor of organisations and people."""

    name = "partners"
    verbose_name = "partners"

    def ready(self) -> None:
        """Who comes in while his second factor is going to be reset sees that first; the mail by
        which somebody chooses his password leads to a page of his own; who handed over his tablet
        may prove himself at his own organisation to have it back; and what the partners agree is
        typed."""
        from partners.operations import address_for
        from partners.presenters import stop_first
        from veiligheidshuis import door, outbox, tablet, written

        door.FIRST.append(stop_first)
        written.MADE.add("content")
        outbox.ADDRESSES["accountuitnodiging"] = address_for
        tablet.OPEN |= {"partners:sign_on_prove", "partners:sign_on_return"}
