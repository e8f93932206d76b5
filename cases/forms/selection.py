"""What is typed round the meeting in which the partners choose together."""

from collections.abc import Sequence

from django import forms

from cases import rules
from cases.models import Attendance, Selectielid


class MeetingForm(forms.Form):
    """Of every member: was he there, and does he adopt the list for his organisation?

    Only who works for a core participant is offered the last one. WGS 2.31 lid 2.
    """

    def __init__(self, *args: object, members: Sequence[Selectielid], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.members = {f"lid-{member.pk}": member for member in members}
        for name, member in self.members.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{member.user}, {member.user.organisation.short_name}",
                choices=_choices(member),
                widget=forms.RadioSelect,
                initial=member.attendance,
                error_messages={
                    "required": f"Kies of {member.user} er was.",
                    "invalid_choice": f"Kies of {member.user} er was.",
                },
            )

    @property
    def said(self) -> dict[Selectielid, str]:
        return {member: self.cleaned_data[name] for name, member in self.members.items()}


def _choices(member: Selectielid) -> list[tuple[str, str]]:
    came = [
        (Attendance.AFWEZIG.value, "Was er niet"),
        (Attendance.AANWEZIG.value, "Was er"),
    ]
    if not rules.decides(member):
        return came
    organisation = member.user.organisation.short_name
    return [*came, (Attendance.STELT_VAST.value, f"Was er en stelt vast namens {organisation}")]
