"""`./run manage draw_flows`: draws every flow of the house in docs/stromen."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings

from veiligheidshuis.commands import HouseCommand
from veiligheidshuis.flow import Flow, Move

HOME = settings.ROOT / "docs" / "stromen"
PAGE = """# {title}

{meaning}

Getekend door `./run manage draw_flows` uit `{module}`; een test vergelijkt deze tekening met de
tabel in de code. De naam van een stap is de naam van de operatie die hem zet.

```mermaid
{diagram}```

| status | in beeld | stappen van hieruit |
|---|---|---|
{rows}

| stap | wat je leest als de stap nu niet kan |
|---|---|
{sentences}
"""


class Command(HouseCommand):
    """Writes one page for each flow."""

    help = "Tekent de stromen van het huis in docs/stromen."

    def handle(self, *args: Any, **options: Any) -> None:
        HOME.mkdir(parents=True, exist_ok=True)
        for name, text in drawings().items():
            (HOME / name).write_text(text)
            self.stdout.write(f"docs/stromen/{name}")


def flows() -> Iterator[tuple[str, str, Flow]]:
    """Every flow of the house: the module it stands in, its name there, and the flow."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.states"):
            module = import_module(f"{config.name}.states")
            for name, found in vars(module).items():
                if isinstance(found, Flow):
                    yield module.__name__, name, found


def drawings() -> dict[str, str]:
    """The pages by their file names."""
    return {
        f"{module.split('.')[0]}-{name.removesuffix('_FLOW').lower()}.md": page(module, name, flow)
        for module, name, flow in flows()
    }


def page(module: str, name: str, flow: Flow) -> str:
    """One flow as a page: what it is, the diagram, and a table to read aloud."""
    moves: list[Move] = list(flow)
    statuses = type(moves[0].start)
    rows = [
        f"| `{status.value}` | {status.label} | {', '.join(flow.available(status)) or '(einde)'} |"
        for status in statuses
    ]
    return PAGE.format(
        title=f"{name} ({module.split('.')[0]})",
        meaning=(statuses.__doc__ or "").strip(),
        module=f"{module.replace('.', '/')}.py",
        diagram=flow.as_mermaid(),
        rows="\n".join(rows),
        sentences="\n".join(f"| {name} | {flow.otherwise[name]} |" for name in flow.moves),
    )
