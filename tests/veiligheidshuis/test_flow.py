"""A status with its moves, and the obstacles that rules are written in."""

import pytest
from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move
from veiligheidshuis.obstacles import Obstacle, Refused, refuse_if, stale


class Light(TextChoices):
    ROOD = "rood", "rood licht"
    GROEN = "groen", "groen licht"
    UIT = "uit", "uit"


FLOW = Flow(
    Move("go", Light.ROOD, Light.GROEN),
    Move("stop", Light.GROEN, Light.ROOD),
    Move("switch_off", Light.ROOD, Light.UIT),
    Move("switch_off", Light.GROEN, Light.UIT),
    otherwise={
        "go": "Zet het licht eerst aan.",
        "stop": "Het staat al stil.",
        "switch_off": "Het licht is al uit. Zet het eerst aan.",
    },
)


def test_a_move_ends_where_the_table_says():
    assert FLOW.end("go", "rood") == "groen"
    assert FLOW.end("switch_off", "groen") == "uit"
    assert type(FLOW.end("go", Light.ROOD)) is str


def test_a_move_from_elsewhere_is_stopped_in_words():
    assert FLOW.obstacles("go", "rood") == []
    assert FLOW.obstacles("switch_off", "uit") == [
        Obstacle("wrong_status", "Het licht is al uit. Zet het eerst aan.")
    ]
    with pytest.raises(KeyError):
        FLOW.end("go", "uit")
    with pytest.raises(KeyError):
        FLOW.obstacles("fly", "rood")


def test_what_can_be_done_now_is_what_starts_here():
    assert FLOW.available("rood") == ["go", "switch_off"]
    assert FLOW.available("uit") == []


def test_two_moves_of_one_name_never_start_in_one_place():
    with pytest.raises(ValueError, match="two moves go"):
        Flow(
            Move("go", Light.ROOD, Light.GROEN),
            Move("go", Light.ROOD, Light.UIT),
            otherwise={"go": "Wacht."},
        )


@pytest.mark.parametrize("otherwise", [{}, {"go": "Wacht.", "fly": "Land eerst."}])
def test_every_move_has_a_sentence_for_who_comes_at_the_wrong_moment(otherwise):
    with pytest.raises(ValueError, match="a sentence for each move"):
        Flow(Move("go", Light.ROOD, Light.GROEN), otherwise=otherwise)


def test_a_flow_draws_itself():
    assert FLOW.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    rood --> groen: go",
        "    groen --> rood: stop",
        "    rood --> uit: switch_off",
        "    groen --> uit: switch_off",
    ]


def test_all_obstacles_stop_at_once():
    both = [Obstacle("een", "Dit."), Obstacle("twee", "En dat.")]

    with pytest.raises(Refused) as refused:
        refuse_if(both)

    assert refused.value.codes == {"een", "twee"}
    assert str(refused.value) == "Dit.; En dat."
    refuse_if([])


@pytest.mark.parametrize(
    ("seen", "current", "codes"), [(3, 3, []), (None, 3, []), (2, 3, ["stale"])]
)
def test_a_page_that_is_too_old_is_told_so(seen, current, codes):
    assert [obstacle.code for obstacle in stale(seen, current)] == codes
