"""What the bench of the paper measures is a plan of four pages, and it says so."""

import io

import pikepdf

from benchmarks import paper
from veiligheidshuis import pdf


def test_the_paper_that_is_measured_has_four_pages():
    with pikepdf.open(io.BytesIO(pdf.print_html(paper.four_pages(), {}))) as drawn:
        assert len(drawn.pages) == paper.PAGES


def test_the_report_names_every_cost():
    text = paper.report([paper.Cost("maken", 1200.4, 800.6, 116.2)])

    assert "| maken | 1200 | 801 | 116 |" in text
