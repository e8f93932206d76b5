"""The crowded house, borrowed from the attempts."""

from tests.attempts.conftest import crowd, crowded

__all__ = ["crowd", "crowded"]
