"""What makes a password good enough, and how the house says so.

Django's own sentences are only half translated.
"""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """A long password is a good one."""

    def get_error_message(self) -> str:
        return f"Maak het wachtwoord langer: minstens {self.min_length} tekens."


class NotYourself(rules.UserAttributeSimilarityValidator):
    """Nobody guesses it from your name or address."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op de naam of het e-mailadres. Kies iets anders."


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken te veel mensen. Kies iets anders."


class NotJustDigits(rules.NumericPasswordValidator):
    """A number is guessed by counting."""

    def get_error_message(self) -> str:
        return "Een wachtwoord van alleen cijfers is te makkelijk te raden. Kies iets anders."
