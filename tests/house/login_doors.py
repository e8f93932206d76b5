"""The doors round the second factor: who lost his, and what somebody logs in with."""

from collections.abc import Iterable
from typing import Any

from tests.house.partner_doors import BUREAU
from tests.house.world import OFFICE, World


def resets(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Who lost his second factor is known to the office."""
    yield {"reset_id": world.reset}, OFFICE


def reset_steps(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """A second person decides; it is the office that carries it out."""
    for step in ("goedkeuren", "afwijzen"):
        yield {"reset_id": world.reset, "step": step}, OFFICE
    yield {"reset_id": world.reset, "step": "uitvoeren"}, BUREAU


def own_resets(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"reset_id": world.reset}, frozenset({"rimo"})


def passkeys(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Nobody in this house has a passkey; another's is as absent as one that is not there."""
    yield {"factor_id": world.someones_factor}, frozenset()
