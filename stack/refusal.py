"""What the person at the keyboard reads when something cannot be done."""


class Refusal(Exception):
    """One clear Dutch sentence that says what is wrong and what to do about it."""
