"""Eleven thousand attempts on the pages by day, a hundred thousand at night. veiligheid.md C1.

By day the walk through every door (house/test_urls.py) adds nineteen thousand.
"""

import pytest

from tests.attempts.house import House
from tests.attempts.pages import Tally, all_cells, all_together, everybody, pairwise, try_all_pages
from tests.house.walk import routes

pytestmark = pytest.mark.whole
AT_LEAST, ALL_TOGETHER = 11_000, 100_000


def test_no_page_shows_anybody_what_he_need_not_know(crowd: House, capsys):
    """AC-02, AC-04, AC-05, AC-08 to AC-10, AC-15, AUD-01: roles x states x routes x methods."""
    tried = try_all_pages(crowd)

    tell(tried, capsys)
    assert tried.wrong == []
    assert tried.cells == len(all_cells(crowd)) >= AT_LEAST
    assert tried.real == product_of(crowd)
    assert tried.shown > 100  # who may see something did see it


def test_everybody_is_to_try_every_page(crowd: House):
    """Before a single attempt: no role, no state and no route was left out of what is tried."""
    for cells, at_night in ((pairwise, False), (all_together, True)):
        planned = {
            (cell.who.role, cell.who.state, cell.door.route)
            for cell in all_cells(crowd, cells)
            if cell.ids == "echt"
        }
        assert product_of(crowd, at_night=at_night) == planned


@pytest.mark.nightly
def test_no_page_does_so_for_any_method_with_any_number(crowd: House, capsys):
    """AC-02: the full product of roles, states, routes, methods and kinds of numbers."""
    tried = try_all_pages(crowd, all_together)

    tell(tried, capsys)
    assert tried.wrong == []
    assert tried.cells == len(all_cells(crowd, all_together)) >= ALL_TOGETHER
    assert tried.real == product_of(crowd, at_night=True)
    assert tried.shown > 100


def product_of(house: House, *, at_night: bool = False) -> set[tuple[str, str, str]]:
    """Every role in every state at every route: none was skipped. At night of all roles."""
    people = everybody(house, at_night=at_night)
    return {(who.role, who.state, name) for who in people for name in routes()}


def tell(tried: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    """The count is the proof."""
    with capsys.disabled():
        said = f"{tried.cells} pogingen op pagina's, {tried.opened} open, {len(tried.wrong)} lekken"
        print(f"\n{said}")  # noqa: T201
