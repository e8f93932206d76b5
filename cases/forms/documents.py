"""What is asked of a document that comes in, and of one that is taken back."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst

from cases.forms.victims import Party
from cases.models import CATEGORY_SCOPES, DocumentCategory, DocumentGround, Scope, grounds_under
from cases.operations import AboutDocument
from veiligheidshuis import terms, uploads
from veiligheidshuis.fields import CHOOSE, DutchDateField, PlainCharField


class DocumentForm(forms.Form):
    """A file, and what the house must know of it: for who holds these scopes, in a dossier of this
    regime. A file is not kept when something is missing: a browser gives it once."""

    bestand = forms.FileField(
        label="Bestand",
        help_text=f"{capfirst(uploads.NAMED)}. Hooguit {uploads.MEGABYTES} MB.",
        error_messages={
            "required": "Kies het bestand.",
            "missing": "Kies het bestand.",
            "empty": "Het bestand is leeg. Kies een ander bestand.",
            "invalid": "Het bestand is niet aangekomen. Kies het opnieuw.",
            "max_length": "De naam van het bestand is te lang. Geef het een kortere naam.",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(uploads.ENDINGS)}),
    )
    title = PlainCharField(
        label="Wat is het?",
        max_length=120,
        help_text="Bijvoorbeeld: rapport van de reclassering. Geen gegevens van een slachtoffer.",
    )
    category = forms.ChoiceField(
        label="Waar gaat het over?",
        help_text="Dit bepaalt wie het stuk ziet. Twijfel je? Kies dan de eerste.",
        error_messages=CHOOSE,
    )
    ground = forms.ChoiceField(
        label="Op welke grond is het hier?", choices=DocumentGround, error_messages=CHOOSE
    )
    supplier = Party(
        label="Van welke partner komt het?",
        required=False,
        empty_label="De cliënt zelf",
    )
    keep_until = DutchDateField(
        label="Bewaren tot en met",
        term="bewaren",
        help_text="Hooguit vijf jaar. Daarna wordt het stuk vernietigd.",
    )

    def __init__(self, *args: Any, scopes: Collection[Scope], regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [one for one in DocumentCategory if CATEGORY_SCOPES[one] in scopes]
        self._offer("category", [(one.value, capfirst(one.label)) for one in kinds])
        grounds = grounds_under(regime)
        labels = [(one.value, capfirst(one.label)) for one in grounds]
        self._offer("ground", [("", "Kies"), *labels])
        self.fields["keep_until"].initial = terms.last_day("bewaren")

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_bestand(self) -> uploads.Fit:
        """The file as it may be kept."""
        file: UploadedFile = self.cleaned_data["bestand"]
        try:
            return uploads.examine(file.name or "", file.read())
        except uploads.Unfit as unfit:
            raise ValidationError(str(unfit), code="unfit") from unfit

    @property
    def lost_file(self) -> bool:
        """A file came in and was not kept, because of something else."""
        return self.is_bound and bool(self.files) and "bestand" not in self.errors

    @property
    def file(self) -> uploads.Fit:
        return self.cleaned_data["bestand"]

    @property
    def about(self) -> AboutDocument:
        """As the operation takes it."""
        return AboutDocument(**{k: v for k, v in self.cleaned_data.items() if k != "bestand"})


class TakeBackForm(forms.Form):
    """Why a document goes again; it stays to be read."""

    because = PlainCharField(
        label="Waarom neem je het terug?",
        max_length=300,
        help_text="Bijvoorbeeld: gaat over iemand anders. Noem geen namen.",
    )
