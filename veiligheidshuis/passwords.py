"""What makes a password good enough, and how the house says so.

Django's own sentences are only half translated.
"""

import re
from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError


class LongEnough(rules.MinimumLengthValidator):
    """A long password is a good one."""

    def get_error_message(self) -> str:
        return f"Maak het wachtwoord langer: minstens {self.min_length} tekens."


class NotYourself(rules.UserAttributeSimilarityValidator):
    """Nobody guesses it from your name or address."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op de naam of het e-mailadres. Kies iets anders."


# What people here begin with: the list of Django is English. Alone or after each other, whatever
# figures and signs stand between.
DUTCH = (
    *("wachtwoord", "welkom", "geheim", "veiligheidshuis", "veiligheid", "veilig", "huis", "zorg"),
    *("politie", "gemeente", "reclassering", "heerlen", "parkstad", "limburg", "nederland"),
    *("lente", "zomer", "herfst", "winter", "januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december", "maandag", "vrijdag"),
    *("voetbal", "ajax", "feyenoord", "rodajc", "inloggen", "qwerty", "azerty", "abcdef"),
)
ONLY_THOSE = re.compile(f"(?:{'|'.join(DUTCH)})+")


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first, nor one of ours."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        letters = "".join(each for each in password.lower() if each.isalpha())
        if ONLY_THOSE.fullmatch(letters):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken te veel mensen. Kies iets anders."


class NotJustDigits(rules.NumericPasswordValidator):
    """A number is guessed by counting."""

    def get_error_message(self) -> str:
        return "Een wachtwoord van alleen cijfers is te makkelijk te raden. Kies iets anders."
