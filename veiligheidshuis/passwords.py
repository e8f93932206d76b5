"""What makes a password good enough, and how the house says so. Django's own words are English."""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """A long password is a good one."""

    def get_error_message(self) -> str:
        return f"Kies een langer wachtwoord: minstens {self.min_length} tekens."


class NotYourself(rules.UserAttributeSimilarityValidator):
    """Nobody guesses it from your name or address."""

    def get_error_message(self) -> str:
        return "Dit lijkt te veel op je naam of je e-mailadres. Kies een ander wachtwoord."


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord is te makkelijk te raden. Kies een ander."


class NotJustDigits(rules.NumericPasswordValidator):
    """A number is guessed by counting."""

    def get_error_message(self) -> str:
        return "Een wachtwoord van alleen cijfers is te makkelijk te raden. Kies een ander."
