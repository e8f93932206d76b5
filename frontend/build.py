#!/usr/bin/env python3
"""Make the vendored part of static/ from npm packages.

    python frontend/build.py

Nobody needs npm to run the house: the result is committed. Run this only after a change in
versions.txt, tokens.json or icons.txt, and commit what it wrote.

theme.css  palette and tokens. The mapping from --basis-* to component tokens comes from the
           NL Design System example theme; the values in tokens.json are ours. Only tokens
           that the components or vh.css really use are kept.
nlds.css   the component CSS, unchanged, in the layer `nlds`.
icons.svg  one sprite with the icons of icons.txt.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"

# The example theme calls the brand hue "violet"; ours is petrol. The other hues keep their name.
BRAND_HUE = {"violet": "petrol"}

# Package pattern -> (names, place of the CSS in the package).
COMPONENTS = {
    "@nl-design-system-candidate/{}-css": (
        "button heading link paragraph skip-link data-badge number-badge",
        "dist/{}.css",
    ),
    "@utrecht/{}-css": (
        "form-field form-fieldset form-label textbox textarea select pagination",
        "dist/index.css",
    ),
}

# Package file -> place in static/. A licence travels with what it covers.
COPIES = {
    ("htmx.org", "LICENSE"): "vendor/htmx-licence.txt",
    ("signature_pad", "LICENSE"): "vendor/signature_pad-licence.txt",
    ("@tabler/icons", "LICENSE"): "vendor/tabler-icons-licence.txt",
    ("@utrecht/textbox-css", "LICENSE.md"): "vendor/nl-design-system-licence.txt",
    ("@fontsource-variable/source-sans-3", "LICENSE"): "fonts/source-sans-3-licence.txt",
    ("htmx.org", "dist/htmx.min.js"): "vendor/htmx-{}.min.js",
    ("signature_pad", "dist/signature_pad.min.js"): "vendor/signature_pad-{}.min.js",
    **{
        ("@fontsource-variable/source-sans-3", f"files/{name}"): f"fonts/{name}"
        for name in (
            "source-sans-3-latin-wght-normal.woff2",
            "source-sans-3-latin-ext-wght-normal.woff2",
        )
    },
    # WeasyPrint needs a plain TTF: a variable woff2 breaks PDF/A.
    **{
        ("@expo-google-fonts/source-sans-3", f"{weight}/SourceSans3_{weight}.ttf"): (
            f"fonts/SourceSans3-{name}.ttf"
        )
        for weight, name in (
            ("400Regular", "Regular"),
            ("400Regular_Italic", "Italic"),
            ("600SemiBold", "SemiBold"),
        )
    },
}


class Packages:
    """The npm packages of versions.txt, fetched and checked once, in a directory that goes away."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.versions: dict[str, str] = {}
        for line in (HERE / "versions.txt").read_text().splitlines():
            if line and not line.startswith("#"):
                self._fetch(*line.split()[:3])

    def _fetch(self, name: str, version: str, sha256: str) -> None:
        archive = self.directory / f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        subprocess.run(  # noqa: S603 (our own versions.txt)
            command, cwd=self.directory, check=True, stdout=subprocess.DEVNULL
        )
        if hashlib.sha256(archive.read_bytes()).hexdigest() != sha256:
            raise SystemExit(f"{name} {version}: the package is not the one in versions.txt")
        with tarfile.open(archive) as tar:
            tar.extractall(self.directory / name, filter="data")
        self.versions[name] = version

    def path(self, name: str, file: str) -> Path:
        return self.directory / name / "package" / file

    def text(self, name: str, file: str) -> str:
        return self.path(name, file).read_text()


def component_css(packages: Packages) -> str:
    """The CSS of the NL Design System components, as published, in one layer."""
    parts = []
    for package, (names, file) in COMPONENTS.items():
        for name in names.split():
            css = packages.text(package.format(name), file.format(name))
            parts.append(f"/* {package.format(name)}, EUPL-1.2 */\n{without_comments(css).strip()}")
    return "@layer nlds {\n" + "\n\n".join(parts) + "\n}\n"


def theme_css(packages: Packages, styles: str) -> str:
    """Palette, the part of the example theme that `styles` needs, and our own values over it."""
    own = json.loads((HERE / "tokens.json").read_text())
    theme = packages.text("@nl-design-system-unstable/voorbeeld-design-tokens", "dist/theme.css")
    example = dict(re.findall(r"^\s*(--[\w-]+):\s*([^;]+);", without_comments(theme), re.MULTILINE))
    palette = {
        f"--vh-kleur-{hue}-{step}": value
        for hue, steps in own["palet"].items()
        for step, value in steps.items()
    }
    mapping = {name: in_our_palette(value) for name, value in needed(example, styles).items()}
    rules = [rule(".vh-theme", palette | mapping | own["basis"])]
    rules += [rule(selector, tokens) for selector, tokens in own["varianten"].items()]
    return (
        "/* Theme. Structure: NL Design System example theme (EUPL-1.2). Values: our own.\n"
        "   Made by frontend/build.py from frontend/tokens.json: change it there. */\n"
        "@layer tokens {\n" + "\n".join(rules) + "\n}\n"
    )


def needed(example: dict[str, str], styles: str) -> dict[str, str]:
    """The example tokens that the styles use, and the tokens that those tokens use."""
    found: dict[str, str] = {}
    todo = [*references(styles), *(name for name in example if name.startswith("--basis-color"))]
    while todo:
        name = todo.pop()
        if name in example and name not in found and not name.startswith("--voorbeeld"):
            found[name] = example[name].strip()
            todo += references(example[name])
    return dict(sorted(found.items(), key=lambda item: (not item[0].startswith("--basis"), item)))


def references(css: str) -> list[str]:
    return re.findall(r"var\((--[\w-]+)", css)


def in_our_palette(value: str) -> str:
    """var(--voorbeeld-kleuren-violet-500) becomes var(--vh-kleur-petrol-500)."""

    def ours(match: re.Match[str]) -> str:
        hue, step = match.groups()
        if hue == "wit":
            return "#fff"
        return f"var(--vh-kleur-{BRAND_HUE.get(hue, hue)}-{step})"

    return re.sub(r"var\(--voorbeeld-kleuren-([a-z]+)(?:-(\d+))?\)", ours, value)


def rule(selector: str, tokens: dict[str, str]) -> str:
    body = "\n".join(f"    {name}: {value};" for name, value in tokens.items())
    return f"  {selector} {{\n{body}\n  }}"


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def sprite(packages: Packages) -> str:
    """One SVG file with a symbol for each icon; templates point at it with <use>."""
    symbols = []
    for name in (HERE / "icons.txt").read_text().split():
        svg = packages.text("@tabler/icons", f"icons/outline/{name}.svg")
        shapes = re.findall(r"<(?:path|circle|line|rect|polyline)[^>]*/>", svg)
        body = "".join(shape for shape in shapes if 'stroke="none"' not in shape)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        "<!-- Tabler Icons, MIT -->\n" + "\n".join(symbols) + "\n</svg>\n"
    )


def without_source_map(text: str) -> str:
    """The map is not shipped; a pointer to a missing file breaks the static manifest."""
    return re.sub(r"\n?//# sourceMappingURL=.*", "", text)


def copy_files(packages: Packages) -> None:
    for (name, file), target in COPIES.items():
        place = STATIC / target.format(packages.versions[name])
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix == ".js":
            place.write_text(without_source_map(packages.text(name, file)))
        else:
            shutil.copyfile(packages.path(name, file), place)


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        packages = Packages(Path(directory))
        copy_files(packages)
        components = component_css(packages)
        own = (STATIC / "css/vh.css").read_text()
        (STATIC / "css/nlds.css").write_text(components)
        (STATIC / "css/theme.css").write_text(theme_css(packages, components + own))
        (STATIC / "icons.svg").write_text(sprite(packages))


if __name__ == "__main__":
    main()
