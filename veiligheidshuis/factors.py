"""By what else than a password somebody proves who he is: an app with codes, a passkey, or one
of the recovery codes that he put away.

The only module that knows django-allauth: its table and its ceremonies are used, its pages are
not. What it leaves to a cache or to trust is decided here, in the row itself and under a lock: a
code counts once (AUTH-02), a passkey that was copied is refused (AUTH-03), and recovery codes are
kept as fingerprints (AUTH-04). A row is readable for its own user alone. docs/adr/0015.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

from veiligheidshuis import cipher

APP, PASSKEY = Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value
RECOVERY = Authenticator.Type.RECOVERY_CODES.value
HOUSE = "Veiligheidshuis Parkstad"
LABELS = {APP: "app met codes", PASSKEY: "passkey", RECOVERY: "herstelcodes"}
RECOVERY_CODES = 10
# Letters and digits that nobody mistakes for one another on paper: 30 to the tenth is 49 bits.
LEGIBLE = "ABCDEFGHJKLMNPQRSTUVWXYZ234567"
GARBAGE = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


class Adapter(DefaultMFAAdapter):
    """How allauth keeps a secret and names this house to an app or a browser."""

    def encrypt(self, text: str) -> str:
        return cipher.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return HOUSE

    def get_totp_label(self, user: Any) -> str:
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The house by its own address, never by what the request says it is."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "", "name": HOUSE}


@dataclass(frozen=True)
class Factor:
    """One thing somebody can prove himself by, as a page shows it."""

    pk: int
    kind: str
    name: str
    created_at: Any
    last_used_at: Any
    left: int | None = None


def of(user: Any) -> list[Factor]:
    """What this user has, the oldest first; codes he still has are counted."""
    return [
        Factor(
            pk=row.pk,
            kind=row.type,
            name=row.data.get("name") or LABELS[row.type],
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            left=len(row.data["fingerprints"]) if "fingerprints" in row.data else None,
        )
        for row in Authenticator.objects.filter(user=user).order_by("created_at", "pk")
    ]


def has_any(user: Any) -> bool:
    """Whether this user can prove himself at all; recovery codes alone do not count."""
    return _rows(user).exclude(type=RECOVERY).exists()


def _rows(user: Any) -> Any:
    return Authenticator.objects.filter(user=user)


def _locked(user: Any, kind: str) -> Authenticator | None:
    """The row, for this transaction alone: of two at the same time the second sees the first."""
    return _rows(user).filter(type=kind).select_for_update().first()


# --- codes -------------------------------------------------------------------------------------


def check_code(user: Any, typed: str) -> str:
    """Which kind of factor this code proves, used up by being asked; empty when it proves none."""
    code = "".join(c for c in typed.upper() if c.isalnum())
    if code.isdecimal() and _use_app_code(user, code):
        return APP
    if _use_recovery_code(user, code):
        return RECOVERY
    return ""


def _use_app_code(user: Any, code: str) -> bool:
    row = _locked(user, APP)
    if row is None:
        return False
    step = step_of(cipher.decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get("last_step", 0):
        return False
    row.data["last_step"] = step
    _save_used(row)
    return True


def step_of(secret: str, code: str) -> int | None:
    """Of which half minute this code is, by the clock of the house; None when of none near now."""
    for step in totp.yield_hotp_counters_from_time():
        if constant_time_compare(code, code_of(secret, step)):
            return step
    return None


def code_now(secret: str) -> str:
    """What an app with this secret shows at this moment."""
    return code_of(secret, int(time.time()) // totp.app_settings.TOTP_PERIOD)


def code_of(secret: str, step: int) -> str:
    """What an app with this secret shows in this half minute."""
    return totp.format_hotp_value(totp.hotp_value(secret, step))


def _use_recovery_code(user: Any, code: str) -> bool:
    row = _locked(user, RECOVERY)
    fingerprint = _fingerprint(user, code)
    if row is None or fingerprint not in row.data["fingerprints"]:
        return False
    row.data["fingerprints"].remove(fingerprint)
    _save_used(row)
    return True


def _save_used(row: Authenticator) -> None:
    row.save(update_fields=["data"])
    row.record_usage()


def _fingerprint(user: Any, code: str) -> str:
    """Of one user and one code; nobody reads the code from it, and no other user can use it."""
    return cipher.digest(f"herstelcode:{user.pk}:{code}")


# --- having and losing them ----------------------------------------------------------------------


def new_secret() -> str:
    """A secret for an app with codes, not yet anybody's."""
    return totp.generate_totp_secret()


def picture_of(user: Any, secret: str) -> str:
    """The secret as a QR code for the app to look at: the source of an SVG."""
    adapter = Adapter()
    return adapter.build_totp_svg(adapter.build_totp_url(user, secret))


def give_app(user: Any, secret: str, *, last_step: int = 0) -> None:
    """From now on this app is the one that counts; the code that proved it counts no second time.

    One app each: a new one takes the place of the old.
    """
    data = {"secret": cipher.encrypt(secret), "last_step": last_step}
    row = _locked(user, APP)
    if row is None:
        Authenticator.objects.create(user=user, type=APP, data=data)
    else:
        row.data = data
        row.save(update_fields=["data"])


def give_recovery_codes(user: Any) -> list[str]:
    """Ten new codes, to be shown once; the old ones count no more."""
    codes = ["".join(secrets.choice(LEGIBLE) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    _rows(user).filter(type=RECOVERY).delete()
    Authenticator.objects.create(
        user=user,
        type=RECOVERY,
        data={"fingerprints": [_fingerprint(user, code) for code in codes]},
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def take_away(user: Any, pk: int) -> str:
    """Let go of one passkey; its name, or empty when it is not his.

    The last thing to prove oneself by stays: an account without it would be a password alone.
    """
    proofs = _rows(user).exclude(type=RECOVERY).select_for_update()
    found = {row.pk: row for row in proofs}
    if pk not in found or len(found) < 2:
        return ""
    name = found[pk].data.get("name") or LABELS[found[pk].type]
    found[pk].delete()
    return name


# --- passkeys ------------------------------------------------------------------------------------


def ask_for_new_passkey(user: Any) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge waits in the session."""
    return webauthn.begin_registration(user, passwordless=False)


def give_passkey(user: Any, name: str, credential: dict[str, Any]) -> bool:
    """Keep the passkey that the browser made; False when it answers another question."""
    try:
        proof = webauthn.complete_registration(credential)
    except GARBAGE:
        return False
    row = webauthn.WebAuthn.add(user, name, credential).instance
    row.data["count"] = proof.counter
    row.save(update_fields=["data"])
    return True


def ask_for_passkey(user: Any) -> dict[str, Any] | None:
    """What the browser needs to use one of this user's passkeys; None when he has none."""
    if not _rows(user).filter(type=PASSKEY).exists():
        return None
    return webauthn.begin_authentication(user)


def check_passkey(user: Any, answer: dict[str, Any]) -> str:
    """PASSKEY when one of his passkeys answers the question of this session; else empty.

    A passkey counts its own uses. One that counts no further was copied (AUTH-03).
    """
    list(_rows(user).select_for_update())
    try:
        row = webauthn.complete_authentication(user, answer)
        count = webauthn.parse_authentication_response(answer).response.authenticator_data.counter
    except GARBAGE:
        return ""
    finally:
        webauthn.clear_state()  # a question is asked once, also when the answer was wrong
    before = row.data.get("count", 0)
    if (count or before) and count <= before:
        return ""
    row.data["count"] = count
    _save_used(row)
    return PASSKEY
