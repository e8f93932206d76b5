"""Are these two names one person's? What the eye would notice, for a person who then decides."""

from typing import Protocol

from rapidfuzz import fuzz

from cases.models.client import name_key

# From here on the eye would stop: one letter off in a short name, a swap of names, a twin.
VERY_SIMILAR = 85


class Named(Protocol):
    """Somebody with a Dutch name: a client, or a row of a list."""

    @property
    def first_name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def last_name(self) -> str: ...


def same_name(one: Named, other: Named) -> bool:
    """The same name, whatever its capitals, accents and signs."""
    return _key(one) == _key(other)


def similar_name(one: Named, other: Named) -> bool:
    """Another spelling, an initial, a missing prefix or two names that changed places."""
    mine, theirs = " ".join(_key(one)), " ".join(_key(other))
    if max(fuzz.ratio(mine, theirs), fuzz.token_sort_ratio(mine, theirs)) >= VERY_SIMILAR:
        return True
    if name_key(one.last_name) != name_key(other.last_name):
        return False
    # "J. Smeets" beside "Jan Smeets".
    return name_key(one.first_name)[:1] == name_key(other.first_name)[:1]


def _key(named: Named) -> tuple[str, str, str]:
    return name_key(named.first_name), name_key(named.name_prefix), name_key(named.last_name)
