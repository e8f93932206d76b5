"""What the bedrijfsbureau types, and the words that say how to repair it."""

from partners.forms.confirming import ConfirmForm
from partners.forms.people import (
    LOGIN_NAME,
    AbsenceForm,
    AnyonesAbsenceForm,
    AppointmentForm,
    BlockForm,
    ChosenPasswordForm,
    ClearanceForm,
    ContactPointForm,
    EndAppointmentForm,
    ResetForm,
    RoleChoice,
    SubjectForm,
    UserForm,
    colleague_field,
    email_field,
)
from partners.forms.regelingen import (
    ApprovalForm,
    OndertekeningForm,
    RegelingForm,
)
from partners.forms.register import (
    MandaatForm,
    RegisterForm,
)
from partners.forms.toetreding import (
    LeavingForm,
    ProposalForm,
    TestForm,
    TurnDownForm,
    VerklaringForm,
)
from partners.forms.werkafspraken import AgreementForm, DayForm

__all__ = [
    "LOGIN_NAME",
    "AbsenceForm",
    "AgreementForm",
    "AnyonesAbsenceForm",
    "AppointmentForm",
    "ApprovalForm",
    "BlockForm",
    "ChosenPasswordForm",
    "ClearanceForm",
    "ConfirmForm",
    "ContactPointForm",
    "DayForm",
    "EndAppointmentForm",
    "LeavingForm",
    "MandaatForm",
    "OndertekeningForm",
    "ProposalForm",
    "RegelingForm",
    "RegisterForm",
    "ResetForm",
    "RoleChoice",
    "SubjectForm",
    "TestForm",
    "TurnDownForm",
    "UserForm",
    "VerklaringForm",
    "colleague_field",
    "email_field",
]
