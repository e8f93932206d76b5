"""The page of figures: each as a sentence, a chart and a table, and nothing behind it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from stuurgroep.access import HalfYear
from veiligheidshuis.charts import Bar, bars

HIDDEN = "verborgen"


@dataclass(frozen=True)
class Measure:
    """What is counted: its field, its name, and how it is said."""

    field: str
    title: str
    sentence: str


MEASURES = (
    Measure("offered", "Aangeboden", "kregen {clients} een plan aangeboden"),
    Measure("signed", "Getekend", "tekenden {clients} hun plan"),
    Measure("started", "Op tijd gestart", "begonnen bij {clients} alle acties op tijd"),
    Measure("refused", "Geweigerd", "weigerden {clients} hun plan"),
)


@dataclass(frozen=True)
class Figure:
    """One measure over the half-years, the newest first."""

    measure: Measure
    half_years: list[HalfYear]

    @property
    def title(self) -> str:
        return self.measure.title

    def value(self, half_year: HalfYear) -> int | None:
        return getattr(half_year, self.measure.field)

    def words(self, half_year: HalfYear) -> str:
        """The figure in a cell: "12", "minstens 10" of a half-year that runs, or "verborgen"."""
        value = self.value(half_year)
        if value is None:
            return HIDDEN
        return f"minstens {value}" if half_year.running and value else str(value)

    @property
    def latest(self) -> str:
        return self.words(self.half_years[0])

    @property
    def sentences(self) -> list[str]:
        """The half-year that runs and the one before it, each in a sentence."""
        return [self._sentence(half_year) for half_year in self.half_years[:2]]

    def _sentence(self, half_year: HalfYear) -> str:
        value = self.value(half_year)
        if value is None:
            return f"Over de {half_year.name} laten we dit aantal niet zien."
        clients = f"{self.words(half_year)} cliënten" if value else "geen cliënten"
        return f"In de {half_year.name} {self.measure.sentence.format(clients=clients)}."

    @property
    def chart(self) -> SafeString:
        rows = [Bar(_label(half_year), self.value(half_year)) for half_year in self.half_years]
        title = f"{self.title} per half jaar, in cliënten"
        return bars(title, rows, hidden=HIDDEN, key=f"figuur-{self.measure.field}")

    @property
    def table(self) -> list[tuple[str, str]]:
        return [(half_year.name, self.words(half_year)) for half_year in self.half_years]


def _label(half_year: HalfYear) -> str:
    return f"{half_year.name} (loopt nog, minstens)" if half_year.running else half_year.name


def figures(half_years: list[HalfYear]) -> dict[str, object]:
    """Everything on the page."""
    shown = [Figure(measure, half_years) for measure in MEASURES]
    return {
        "running": half_years[0],
        "figures": shown,
        "all_hidden": all(figure.value(half_years[0]) is None for figure in shown),
    }
