"""The signed plan on paper: drawn from the text that was signed and nothing else, and sealed."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maatwerkplan.models import Maatwerkplan, Party, PlanText, Signature
from veiligheidshuis import seal
from veiligheidshuis.pdf import render_pdf

Point = Sequence[float]
DATA = "plan.json"  # what the paper says, for a computer: docs/plan-als-data.md
FORM = "veiligheidshuis/plan/3"  # changes when the shape of the data does
WITHOUT_GOALS = "veiligheidshuis/plan/2"  # of what was offered before goals were part of it


class TextTampered(Exception):
    """The text is not the one that was signed; no document is drawn of it."""


def draw(plan: Maatwerkplan) -> bytes:
    """The plan as PDF, with its signatures, sealed. Raises TextTampered, or seal.NoSeal."""
    text = plan.text
    signatures = sorted(plan.signatures.all(), key=lambda signature: signature.party)
    if not text.is_untouched:
        raise TextTampered(f"de tekst van plan {plan.pk} heeft een andere vingerafdruk")
    if not _by_both(signatures) or any(s.text_sha256 != text.sha256 for s in signatures):
        raise TextTampered(f"de handtekeningen onder plan {plan.pk} horen bij een andere tekst")
    context = {
        "plan": text.content,
        "sha256": text.sha256,
        "signatures": [{"given": s, "picture": picture_of(s)} for s in signatures],
    }
    attached = {DATA: json.dumps(data_of(text, signatures), ensure_ascii=False, indent=2)}
    return seal.seal(render_pdf("maatwerkplan/pdf.html", context, attached))


def _by_both(signatures: Sequence[Signature]) -> bool:
    """Signed by the client or who speaks for him, and by the interventiemanager."""
    parties = {signature.party for signature in signatures}
    for_client = {Party.CLIENT, Party.VERTEGENWOORDIGER} & parties
    return bool(for_client) and Party.INTERVENTIEMANAGER in parties


def data_of(text: PlanText, signatures: Sequence[Signature]) -> dict[str, Any]:
    """The plan as data, as it lies in the PDF. docs/plan-als-data.md says what each word means.

    The text stands there letter by letter as it was signed, so that anybody can take its
    fingerprint again.
    """
    content = text.content
    return {
        "vorm": FORM if "doelen" in content else WITHOUT_GOALS,
        "dossier": content["dossier"],
        "volgnummer": content["volgnummer"],
        "tekst": text.canonical,
        "tekst_sha256": text.sha256,
        "handtekeningen": [
            {
                "partij": signature.party,
                "naam": signature.name,
                "hoedanigheid": signature.capacity,
                "grond": signature.ground,
                "op_papier": str(signature.paper_signed_on or ""),
                "getekend_op": signature.signed_at.isoformat(timespec="seconds"),
                "tekst_sha256": signature.text_sha256,
            }
            for signature in signatures
        ],
    }


def picture_of(signature: Signature) -> SafeString | None:
    """A drawn signature as SVG; None for a typed one."""
    if not signature.is_drawn:
        return None
    drawing: dict[str, Any] = signature.strokes or {}
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}"'
        ' height="{height}" viewBox="0 0 {width} {height}">'
        "<title>Handtekening van {name}</title>{strokes}</svg>",
        name=signature.name,
        width=_n(drawing["width"]),
        height=_n(drawing["height"]),
        strokes=format_html_join("", "{}", ((_stroke(s),) for s in drawing["strokes"])),
    )


def _stroke(points: Sequence[Point]) -> SafeString:
    """A line that flows from the middle of one piece to the middle of the next."""
    if len(points) < 3:
        start, end = points[0], points[-1]
        path = f"M{_at(start)}L{_at([end[0] + 0.1, end[1]])}"
    else:
        middles = [_middle(a, b) for a, b in pairwise(points[1:])]
        bends = (f"Q{_at(p)} {_at(m)}" for p, m in zip(points[1:], middles, strict=False))
        path = f"M{_at(points[0])}{''.join(bends)}L{_at(points[-1])}"
    return format_html(
        '<path d="{}" fill="none" stroke="#10243e" stroke-width="2.5" stroke-linecap="round"'
        ' stroke-linejoin="round"/>',
        path,
    )


def _middle(one: Point, other: Point) -> Point:
    return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]


def _at(point: Point) -> str:
    return f"{_n(point[0])},{_n(point[1])}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
