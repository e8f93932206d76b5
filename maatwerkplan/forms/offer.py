"""What is filled in when a plan is signed or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from maatwerkplan.forms.signature import StrokesField
from maatwerkplan.models import Capacity, OnPaper, Party
from maatwerkplan.rules import Signer
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField, UnseenField

YES, LATER, NO = "ja", "later", "nee"


# The name of each party's fields: client_tekening, client_naam, client_akkoord.
PREFIX = {
    Party.CLIENT: "client",
    Party.VERTEGENWOORDIGER: "representative",
    Party.INTERVENTIEMANAGER: "manager",
}
# How each is called in what is still missing of him: more than one signs on the same page.
CALLED = {
    "client": "de cliënt",
    "representative": "de vertegenwoordiger",
    "manager": "de interventiemanager",
}


@dataclass(frozen=True)
class Place:
    """One place to sign, with what was drawn or typed there before a refusal."""

    title: str
    strokes: BoundField
    typed: BoundField
    agreed: BoundField
    drawn: str


class SignForm(forms.Form):
    """The client's choice, and the signatures: each drawn, or a typed name that counts as one.

    Nothing is chosen beforehand. `signers` are who must sign (rules.signers_of).
    """

    keuze = forms.ChoiceField(
        label="Wat kiest u?",
        choices=[(YES, "Ik doe mee"), (LATER, "Ik wil nog nadenken"), (NO, "Ik doe niet mee")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies of u meedoet.",
            "invalid_choice": "Kies ‘Ik doe mee’, ‘Ik wil nog nadenken’ of ‘Ik doe niet mee’.",
        },
    )
    tekst = UnseenField(required=False)

    def __init__(self, *args: Any, signers: Sequence[Signer], **kwargs: Any) -> None:
        self.signers = {PREFIX[Party(signer.party)]: signer for signer in signers}
        super().__init__(*args, **kwargs)
        for prefix, signer in self.signers.items():
            self.fields |= {
                f"{prefix}_tekening": StrokesField(
                    label=f"Handtekening van {signer.title}", required=False
                ),
                f"{prefix}_naam": PlainCharField(
                    label=f"Voornaam en achternaam van {CALLED[prefix]}",
                    required=False,
                    max_length=160,
                ),
                f"{prefix}_akkoord": forms.BooleanField(
                    label="Dit is mijn handtekening", required=False
                ),
            }

    @property
    def takes_part(self) -> bool:
        """The client says yes; only then anybody needs to sign."""
        return self.cleaned_data["keuze"] == YES

    @property
    def thinks(self) -> bool:
        """The client wants another conversation first."""
        return self.cleaned_data["keuze"] == LATER

    def clean(self) -> dict[str, Any]:
        about = super().clean() or self.cleaned_data
        if about.get("keuze") == YES:
            for party in self.signers:
                self._check(party, about)
        return about

    def _check(self, party: str, about: dict[str, Any]) -> None:
        if self.errors.keys() & {f"{party}_tekening", f"{party}_naam"}:
            return
        typed, whose = about.get(f"{party}_naam"), CALLED[party]
        if about.get(f"{party}_tekening"):
            return
        if not typed:
            text = f"De handtekening van {whose} ontbreekt. Zet die, of typ de naam."
            self.add_error(f"{party}_tekening", text)
        elif not about.get(f"{party}_akkoord"):
            text = f"Vink aan dat deze naam de handtekening van {whose} is."
            self.add_error(f"{party}_akkoord", text)

    @property
    def signatures(self) -> dict[str, Any]:
        """The signatures as the operation takes them."""
        about, given = self.cleaned_data, {}
        for party, signer in self.signers.items():
            given[f"{party}_name"] = about[f"{party}_naam"] or signer.name
            given[f"{party}_strokes"] = about[f"{party}_tekening"]
        return given | {"shown_sha256": about["tekst"]}

    @property
    def places(self) -> list[Place]:
        """The places to sign, the client first."""
        return [
            Place(
                title=signer.title,
                strokes=self[f"{party}_tekening"],
                typed=self[f"{party}_naam"],
                agreed=self[f"{party}_akkoord"],
                drawn=self._drawn(f"{party}_tekening"),
            )
            for party, signer in self.signers.items()
        ]

    def _drawn(self, field: str) -> str:
        """What was drawn, to be drawn again; empty when it could not be read."""
        return self.data.get(field, "") if field not in self.errors else ""


class TalkForm(forms.Form):
    """The day of the conversation, its language, and who signs for the client."""

    on = DutchDateField(label="Op welke dag praten jullie over het plan?", term="aanbodgesprek")
    reason = PlainCharField(
        label="Waarom nog een gesprek?",
        required=False,
        max_length=300,
        help_text="Alleen als de cliënt nog wil nadenken. Noteer geen medische gegevens.",
    )
    interpreter = PlainCharField(
        label="In welke taal komt er een tolk?",
        required=False,
        max_length=60,
        help_text="Laat leeg als er geen tolk nodig is.",
    )
    representative = PlainCharField(
        label="Wie vertegenwoordigt de cliënt?",
        required=False,
        max_length=160,
        help_text="Voornaam en achternaam. Laat leeg als de cliënt alleen tekent.",
    )
    capacity = forms.ChoiceField(
        label="In welke hoedanigheid?",
        required=False,
        choices=[("", "Kies een hoedanigheid"), *Capacity.choices],
        error_messages={"invalid_choice": "Kies een hoedanigheid uit de lijst."},
    )
    ground = PlainCharField(
        label="Waaruit blijkt dat?",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: beschikking van de rechtbank van 3-2-2026",
    )
    instead = forms.BooleanField(
        label="De vertegenwoordiger tekent in plaats van de cliënt",
        required=False,
        help_text="Zonder dit vinkje tekenen ze allebei.",
    )


class PaperForm(forms.Form):
    """A plan that was signed with a pen: when, where, and who keeps the paper."""

    signed_on = DutchDateField(
        label="Op welke dag is er getekend?",
        help_text="Vandaag of eerder.",
        initial=timezone.localdate,
    )
    place = PlainCharField(label="Waar is er getekend?", max_length=80)
    kept_by = PlainCharField(
        label="Wie bewaart het papier?",
        max_length=160,
        help_text="Naam of functie, en waar het ligt.",
    )
    everybody = forms.BooleanField(
        label="Iedereen die moet tekenen, heeft op dit papier getekend",
        error_messages={"required": "Leg dit pas vast als iedereen heeft getekend."},
    )
    tekst = UnseenField(required=False)

    @property
    def paper(self) -> OnPaper:
        about = self.cleaned_data
        return OnPaper(about["signed_on"], about["place"], about["kept_by"])


class WithdrawForm(forms.Form):
    """Why an offer is taken back."""

    reason = PlainTextField(
        label="Waarom trek je het aanbod in?",
        help_text="Schrijf alleen op wat nodig is voor het plan.",
        max_length=2000,
    )
