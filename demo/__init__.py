"""The demo house: invented people and clients, loaded by the real operations as themselves.

The roof of the house: it may use every floor, and nothing uses it but the tests. Not in production.
"""
