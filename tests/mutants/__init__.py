"""Spoils the house on purpose, in hundreds of small ways, and sees whether the tests notice."""
