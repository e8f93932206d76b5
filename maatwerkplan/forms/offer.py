"""What is filled in when a plan is signed or refused."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from maatwerkplan.forms.signature import StrokesField
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField

YES, LATER, NO = "ja", "later", "nee"


@dataclass(frozen=True)
class Party:
    """One of the two places to sign, with what was drawn or typed there before a refusal."""

    title: str
    strokes: BoundField
    typed: BoundField
    agreed: BoundField
    drawn: str


class SignForm(forms.Form):
    """The client's choice, and two signatures: each drawn, or a typed name that counts as one.

    Nothing is chosen beforehand. `content` is the text, which names the two parties.
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
    client_tekening = StrokesField(label="Handtekening van de cliënt", required=False)
    client_naam = PlainCharField(label="Uw voornaam en achternaam", required=False, max_length=160)
    client_akkoord = forms.BooleanField(label="Dit is mijn handtekening", required=False)
    manager_tekening = StrokesField(label="Handtekening van de interventiemanager", required=False)
    manager_naam = PlainCharField(
        label="Voornaam en achternaam van de interventiemanager", required=False, max_length=160
    )
    manager_akkoord = forms.BooleanField(label="Dit is mijn handtekening", required=False)
    tekst = PlainCharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, content: dict[str, Any], **kwargs: Any) -> None:
        self.names = {"client": content["client"], "manager": content["interventiemanager"]}
        super().__init__(*args, **kwargs)

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
            for party in self.names:
                self._check(party, about)
        return about

    def _check(self, party: str, about: dict[str, Any]) -> None:
        if self.errors.keys() & {f"{party}_tekening", f"{party}_naam"}:
            return
        typed = about.get(f"{party}_naam")
        if about.get(f"{party}_tekening"):
            return
        if not typed:
            self.add_error(f"{party}_tekening", "Zet een handtekening, of typ de naam.")
        elif not about.get(f"{party}_akkoord"):
            self.add_error(f"{party}_akkoord", "Vink aan dat deze naam de handtekening is.")

    @property
    def signatures(self) -> dict[str, Any]:
        """The two signatures as the operation takes them."""
        about, given = self.cleaned_data, {}
        for party, name in self.names.items():
            given[f"{party}_name"] = about[f"{party}_naam"] or name
            given[f"{party}_strokes"] = about[f"{party}_tekening"]
        return given | {"shown_sha256": about["tekst"]}

    @property
    def parties(self) -> list[Party]:
        """The two places to sign, the client first."""
        titles = (self.names["client"], f"{self.names['manager']}, interventiemanager")
        return [
            Party(
                title=title,
                strokes=self[f"{party}_tekening"],
                typed=self[f"{party}_naam"],
                agreed=self[f"{party}_akkoord"],
                drawn=self._drawn(f"{party}_tekening"),
            )
            for party, title in zip(self.names, titles, strict=True)
        ]

    def _drawn(self, field: str) -> str:
        """What was drawn, to be drawn again; empty when it could not be read."""
        return self.data.get(field, "") if field not in self.errors else ""


class WithdrawForm(forms.Form):
    """Why an offer is taken back."""

    reason = PlainTextField(
        label="Waarom trek je het aanbod in?",
        help_text="Schrijf alleen op wat nodig is voor het plan.",
        max_length=2000,
    )


class RefusalForm(forms.Form):
    """The client says no: his reason, the message he got, and what happens next and when."""

    reason = PlainTextField(
        label="Waarom zegt de cliënt nee?",
        help_text="In de woorden van de cliënt. Schrijf alleen op wat nodig is voor het plan.",
        max_length=2000,
    )
    message_given = forms.BooleanField(
        label="Ik heb de cliënt verteld dat de partners hem niet loslaten",
        help_text=(
            "Weigeren wordt niet zomaar aanvaard. Vertel de cliënt dat de partners contact blijven "
            "zoeken, en dat drang en dwang kan volgen."
        ),
        required=False,
    )
    next_step = PlainCharField(
        label="Wat is de volgende stap?",
        help_text="Bijvoorbeeld: gesprek met reclassering en politie",
        max_length=200,
    )
    next_step_on = DutchDateField(
        label="Op welke dag?",
        term="vervolgstap",
        help_text="Die dag staat de stap in je werkvoorraad. Bijvoorbeeld 7-12-2026",
    )
