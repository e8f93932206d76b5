"""From what still stands in the way of a plan to the page, and the field, where it is taken away.

The rules know no addresses: they say what it is about, an action or a leefgebied.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.urls import reverse

from veiligheidshuis.obstacles import Obstacle

Way = Callable[[str, str], str]


def _page(name: str) -> Way:
    """A page of the dossier, whatever it is about."""
    return lambda number, about: reverse(f"maatwerkplan:{name}", args=[number])


def _field(name: str) -> Way:
    """A field of the action that it is about."""
    return lambda number, about: (
        reverse("maatwerkplan:action_edit", args=[number, about]) + f"#id_{name}"
    )


def _new_action(field: str) -> Way:
    """A new action, on the leefgebied that it is about if it is about one."""
    return lambda number, about: (
        reverse("maatwerkplan:action_add", args=[number])
        + (f"?leefgebied={about}" if about else "")
        + f"#id_{field}"
    )


def _line(number: str, about: str) -> str:
    """Where the action stands in the plan, with its buttons."""
    return reverse("maatwerkplan:plan", args=[number]) + f"#actie-{about}"


def _diagnosis(number: str, about: str) -> str:
    return reverse("cases:diagnosis", args=[number])


WAYS: dict[str, Way] = {
    "diagnosis_open": _diagnosis,
    "wrong_status": _page("offer"),
    "no_actions": _new_action("description"),
    "uncovered": _new_action("description"),
    "guidance_missing": _new_action("is_guidance"),
    "ended_meanwhile": _field("end_date"),
    "over_already": _field("end_date"),
    "starts_late": _field("start_date"),
    "starts_before_former": _field("start_date"),
    "bridges_nothing": _field("start_date"),
    "gap": _field("end_date"),
    "partner_left": _field("organisation"),
    "not_in_regime": _field("organisation"),
    "refused": _field("organisation"),
    "not_asked": _page("delivery"),
    "outdated": _page("delivery"),
    "unanswered": _page("delivery"),
    "promise_expired": _page("delivery"),
    "other_date": _line,
}
NEEDS_AN_ACTION = frozenset({"partner_left", "not_in_regime"})


def led(obstacles: Sequence[Obstacle], number: str) -> list[Obstacle]:
    """Each obstacle with the way to where it is mended, on the pages of the dossier `number`."""
    return [_with_way(each, number) for each in obstacles]


def _with_way(obstacle: Obstacle, number: str) -> Obstacle:
    way = WAYS.get(obstacle.code)
    if way is None or obstacle.url or (obstacle.code in NEEDS_AN_ACTION and not obstacle.about):
        return obstacle
    return replace(obstacle, url=way(number, obstacle.about))
