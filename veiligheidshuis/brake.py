"""The brake on guessing: who guesses wrong waits, and always longer. AUTH-05, AUTH-06.

Counted in the database, so that all processes count together and a restart forgets nothing. A name
is never locked and an address never either: somebody far away who keeps guessing at your name must
not shut you out, nor a colleague who mistypes behind the same address. So tries are counted

- for a browser that you logged in with before: on its own, and on nothing else;
- for any other browser: for this name from this address, and more loosely for this name from
  everywhere, so that a thousand addresses do not get a thousand times as many tries.

Passwords and codes are counted apart: whoever guesses at your password does not keep you, who know
it, from your second step. Nobody guesses a passkey, so it is never made to wait.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from veiligheidshuis import cipher
from veiligheidshuis.models import WrongGuess
from veiligheidshuis.sender import address_of

PASSWORD, CODE = "wachtwoord", "code"  # what there is to guess
COOKIE = "__Host-toestel" if settings.PRODUCTION else "toestel"
KNOWN_FOR = timedelta(days=365)
FORGET_AFTER = timedelta(days=1)
LONGEST = timedelta(minutes=15)
FREE, FREE_EVERYWHERE, FREE_CALLS = 5, 50, 20


@dataclass(frozen=True)
class Count:
    """What is counted under one fingerprint, and how many wrong guesses are free."""

    key: str
    free: int

    def wait_after(self, guesses: int) -> timedelta:
        """Nothing at first, then a second, two, four, up to a quarter of an hour."""
        over = guesses - self.free
        return min(timedelta(seconds=2 ** min(over, 20)), LONGEST) if over >= 0 else timedelta()


def wait(request: HttpRequest, username: str, guessing: str) -> timedelta:
    """How long this browser has to wait before it may guess at this name's password, or code."""
    return _wait(_counts(request, username, guessing))


def guessed_wrong(request: HttpRequest, username: str, guessing: str) -> None:
    """One more wrong guess at this name."""
    _count(_counts(request, username, guessing))


def proved(request: HttpRequest, username: str) -> None:
    """He is who he says: this browser starts anew. What others guess at his name still counts."""
    _forget([_counts(request, username, guessing)[0] for guessing in (CODE, PASSWORD)])


def caller_waits(request: HttpRequest) -> timedelta:
    """How long a server at this address waits before it is heard again. It has no name: the door
    for servers is open to all, and what they send is signed or rubbish."""
    return _wait([_caller(request)])


def caller_was_wrong(request: HttpRequest) -> None:
    """This server sent something that was not believed."""
    _count([_caller(request)])


def caller_was_right(request: HttpRequest) -> None:
    """A server that is believed starts anew."""
    _forget([_caller(request)])


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Know this browser from now on as one that this person logged in with."""
    if not _known(request, username):
        value = f"{_name(username)}:{get_random_string(32)}"
        response.set_signed_cookie(
            COOKIE,
            value,
            salt=COOKIE,
            max_age=KNOWN_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _wait(counts: list[Count]) -> timedelta:
    """The longest of these waits.

    Whoever asks at the same time waits for this one's transaction, so that a hundred guesses at
    once are still counted one by one.
    """
    longest = timedelta()
    for count in counts:
        WrongGuess.objects.bulk_create([WrongGuess(key=count.key)], ignore_conflicts=True)
        row = WrongGuess.objects.select_for_update().get(key=count.key)
        longest = max(longest, row.last_at + count.wait_after(row.guesses) - timezone.now())
    return longest


def _count(counts: list[Count]) -> None:
    now = timezone.now()
    for count in counts:
        row, _ = WrongGuess.objects.select_for_update().get_or_create(key=count.key)
        row.guesses = 1 if now - row.last_at > FORGET_AFTER else row.guesses + 1
        row.last_at = now
        row.save(update_fields=["guesses", "last_at"])


def _forget(counts: list[Count]) -> None:
    WrongGuess.objects.filter(key__in=[count.key for count in counts]).update(guesses=0)


def _caller(request: HttpRequest) -> Count:
    return Count(cipher.digest(f"dienst:adres:{address_of(request)}"), FREE_CALLS)


def _counts(request: HttpRequest, username: str, guessing: str) -> list[Count]:
    """Always in the same order, so that two guesses never wait for each other."""
    if device := _known(request, username):
        return [Count(cipher.digest(f"{guessing}:toestel:{device}"), FREE)]
    name, address = _name(username), address_of(request)
    return [
        Count(cipher.digest(f"{guessing}:adres:{address}:{name}"), FREE),
        Count(cipher.digest(f"{guessing}:naam:{name}"), FREE_EVERYWHERE),
    ]


def _known(request: HttpRequest, username: str) -> str:
    """The mark of this browser, when this person logged in with it before; else empty."""
    try:
        device = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=KNOWN_FOR) or ""
    except BadSignature:
        return ""
    return device if device.startswith(f"{_name(username)}:") else ""


def _name(username: str) -> str:
    return cipher.digest(f"inlognaam:{username.casefold()}")
