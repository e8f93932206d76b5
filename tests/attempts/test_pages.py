"""Twenty thousand attempts on the pages, by everybody who might try. veiligheid.md C1; issue 3."""

import pytest

from tests.attempts.house import House
from tests.attempts.pages import try_all_pages

pytestmark = pytest.mark.whole
AT_LEAST = 20_000


def test_no_page_shows_anybody_what_he_need_not_know(crowd: House, capsys):
    """AC-02, AC-04, AC-05, AC-08 to AC-10, AC-15, AUD-01: roles x states x routes x methods."""
    tried = try_all_pages(crowd)

    with capsys.disabled():
        said = f"{tried.cells} pogingen op pagina's, {tried.opened} open, {len(tried.wrong)} lekken"
        print(f"\n{said}")  # noqa: T201 - the count is the proof
    assert tried.wrong == []
    assert tried.cells >= AT_LEAST
    assert tried.shown > 500  # who may see something did see it
