"""The paper that somebody brings to have it checked."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from veiligheidshuis.seal import MAX_BYTES

MEGABYTES = MAX_BYTES // 1024**2


class PaperForm(forms.Form):
    """One file; it is read and forgotten."""

    bestand = forms.FileField(
        label="Bestand",
        help_text=f"De pdf zelf, geen scan of foto. Hooguit {MEGABYTES} MB.",
        error_messages={
            "required": "Kies het bestand dat u wilt controleren.",
            "missing": "Kies het bestand dat u wilt controleren.",
            "empty": "Het bestand is leeg. Kies de pdf van het plan.",
            "invalid": "Het bestand is niet aangekomen. Kies het opnieuw.",
            "max_length": "De naam van het bestand is te lang. Geef het een kortere naam.",
        },
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_bestand(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["bestand"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(
                f"Het bestand is groter dan {MEGABYTES} MB. Een plan van dit huis is dat nooit.",
                code="too_large",
            )
        return file
