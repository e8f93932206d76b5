"""What must hold, whatever the machine: ratios, plans and numbers of queries. Not milliseconds."""

from collections.abc import Iterator, Sequence

from benchmarks.growth import FROM, SEES_AS_MUCH, Growth
from benchmarks.pages import Page
from benchmarks.results import Cell

# To raw SQL, in a house of FROM and below. In a larger one the ratio is told and no gate: there the
# question is what growing cost (issue 3, Measured).
MOST_RATIO = {"Q1": 3, "Q2": 5, "Q3": 3, "Q4": 3, "Q5": 3}
# In a house ten times as large, for who sees as much as before: times what it was, and times what
# raw SQL grew.
MOST_GROWTH = {"Q1": 2, "Q2": 2, "Q4": 2}
MOST_BEYOND_RAW = {"Q3": 1.5, "Q5": 1.5}
# Below FROM fixed costs of a fraction of a millisecond are all there is. There both answer
# within the time that asking takes; then this much more is no harm.
SMALL_CHANGE_MS = 3
# Of the office one is whether it has a noodtoegang open, for the bar on every page.
MOST_QUERIES = {"lijst": 5, "kandidaten": 7, "dossier": 8}
MOST_ROUND_ABOUT = 4  # and the access log, on its own connection, makes five


def broken(
    size: int, cells: Sequence[Cell], pages: Sequence[Page], grown: Sequence[Growth] = ()
) -> list[str]:
    """What does not hold, in words; empty when all is well."""
    slower = [*_too_dear(size, cells), *_grew_too_much(grown)]
    return [*slower, *_whole_tables(size, cells), *_too_many(pages)]


def asks_ratio(size: int) -> bool:
    """Whether the ratio to raw SQL is a gate in a house of this size."""
    return size <= FROM


def _too_dear(size: int, cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells if asks_ratio(size) else ():
        most = MOST_RATIO[cell.code]
        spare = 0 if size >= FROM else SMALL_CHANGE_MS
        if cell.ours.ms > most * cell.raw.ms + spare:
            where = f"{cell.question}, {cell.profile}"
            yield f"{where}: {cell.ratio:.1f} keer kale SQL (hoogstens {most})"


def _grew_too_much(grown: Sequence[Growth]) -> Iterator[str]:
    for each in grown:
        if each.after.profile not in SEES_AS_MUCH:
            continue
        where, code = f"{each.after.question}, {each.after.profile}", each.after.code
        if code in MOST_GROWTH and each.ours > MOST_GROWTH[code]:
            most = f"(hoogstens {MOST_GROWTH[code]})"
            yield f"{where}: {each.ours:.1f} keer zo duur als in het kleinere huis {most}"
        if code in MOST_BEYOND_RAW and each.beyond_raw > MOST_BEYOND_RAW[code]:
            most = f"(hoogstens {MOST_BEYOND_RAW[code]})"
            yield f"{where}: groeit {each.beyond_raw:.1f} keer zo hard als kale SQL {most}"


def _whole_tables(size: int, cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        if size >= FROM and cell.scans and cell.profile != "bureau":
            yield f"{cell.question}, {cell.profile}: leest een hele tabel"


def _too_many(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        if page.queries > MOST_QUERIES[page.label]:
            most = MOST_QUERIES[page.label]
            yield f"{page.label}, {page.profile}: {page.queries} vragen (hoogstens {most})"
        if page.round_about > MOST_ROUND_ABOUT:
            yield f"{page.label}, {page.profile}: {page.round_about} vragen rondom de pagina"
