"""The small signs of the house in templates: icon, badge, phase, severity, dates.

    {% load huis %}
    {% badge "ok" "Kan leveren" %}  {{ action.start|short_date }}

A filter gives an empty text for an empty value, so that a page needs no `if` around it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from typing import TypedDict

from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from veiligheidshuis import formats, terms
from veiligheidshuis.once import FIELD, new_key

register = template.Library()

BADGE_ICONS = {
    "ok": "circle-check",
    "let-op": "alert-triangle",
    "wacht": "hourglass",
    "fout": "circle-x",
    "info": "info-circle",
    "drang": "gavel",
    "leeg": "circle-dashed",
}
ALERT_ICONS = {
    "ok": "circle-check",
    "let-op": "alert-triangle",
    "fout": "alert-circle",
    "info": "info-circle",
}
# Django's levels of a message, in the words of the house.
MESSAGE_KINDS = {"success": "ok", "warning": "let-op", "error": "fout"}
LEEFGEBIED_ICONS = {
    "identiteitspapieren": "id",
    "huisvesting": "home",
    "werk_inkomen": "briefcase",
    "educatie": "school",
    "gezondheid": "heartbeat",
    "zelfredzaamheid": "walk",
    "schuldsanering": "coin-euro",
}
PHASES = ("Diagnose", "Maatwerkplan", "Leveringscheck", "Aanbod", "Uitvoering")
SEVERITIES = ("geen", "licht", "matig", "ernstig", "zeer ernstig")


class Crumb(TypedDict):
    """One step of the way back; the last one has no url."""

    label: str
    url: str


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """A decorative icon; the words beside it carry the meaning. Sizes: s, l. Drawn once each: a
    timeline shows the same few fifty times."""
    return format_html(
        '<svg class="vh-icon{}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        f" vh-icon--{size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """A status in colour, icon and words."""
    colour = "let-op" if kind == "wacht" else kind
    return format_html(
        '<span class="nl-data-badge vh-badge vh-badge--{}">{}{}</span>',
        colour,
        icon(BADGE_ICONS[kind]),
        text,
    )


@register.simple_tag
def tag(text: str) -> SafeString:
    """A plain label, such as a doelgroep."""
    return format_html(
        '<span class="nl-data-badge vh-badge vh-badge--tekst vh-badge--leeg">{}</span>', text
    )


@register.simple_tag
def phase(number: int, stop: bool = False) -> SafeString:
    """How far a case is: the name of the step and five blocks."""
    blocks = format_html_join(
        "",
        '<rect x="{}" y="0" width="22" height="8" rx="1.5" class="{}"/>',
        ((index * 24.5, _block_class(index + 1, number, stop)) for index in range(len(PHASES))),
    )
    return format_html(
        '<span class="vh-phase"><span>{}</span><svg class="vh-phase__bar" viewBox="0 0 120 8"'
        ' preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        '<span class="vh-visually-hidden">stap {} van {}</span></span>',
        PHASES[number - 1],
        blocks,
        number,
        len(PHASES),
    )


def _block_class(block: int, number: int, stop: bool) -> str:
    if block < number:
        return "is-klaar"
    if block > number:
        return ""
    return "is-stop" if stop else "is-nu"


@register.simple_tag
def severity(score: int | None) -> SafeString:
    """How large a deficit is: four blocks and the word."""
    if score is None:
        return format_html('<span class="vh-severity">{}</span>', badge("leeg", "nog onbekend"))
    filled = f"s{score}"
    blocks = format_html_join(
        "",
        '<rect x="{}" y="0" width="23.5" height="12" rx="2" class="{}"/>',
        ((index * 25.5, filled if index < score else "") for index in range(4)),
    )
    return format_html(
        '<span class="vh-severity"><svg class="vh-bar" viewBox="0 0 100 12"'
        ' preserveAspectRatio="none" aria-hidden="true">{}</svg><span>{}</span></span>',
        blocks,
        SEVERITIES[score],
    )


@register.simple_tag
def leefgebied_icon(code: str) -> SafeString:
    """The icon of one of the seven leefgebieden."""
    return icon(LEEFGEBIED_ICONS[code])


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: str) -> dict[str, list[Crumb]]:
    """The way back, as label and address in turn: {% crumbs "Dossiers" url "Kevin Smeets" %}."""
    pairs = zip(steps[::2], [*steps[1::2], ""], strict=False)
    return {"trail": [{"label": label, "url": url} for label, url in pairs]}


@register.simple_tag
def once() -> SafeString:
    """The hidden key by which one form is handled once (once.py). Each form gets its own."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


@register.filter
def once_each(messages: Iterable[Message]) -> list[Message]:
    """Of a form that was sent twice the same sentence stands there once."""
    return list({str(message): message for message in messages}.values())


@register.filter
def alert_kind(level_tag: str) -> str:
    """The kind of alert for a Django message."""
    return MESSAGE_KINDS.get(level_tag, "info")


@register.filter
def alert_icon(kind: str) -> str:
    """The name of the icon for a kind of alert."""
    return ALERT_ICONS[kind]


@register.filter
def short_date(value: date | datetime | None) -> str:
    """As in "di 24 nov"; with the year when it is not this year."""
    return formats.short_date(value) if value else ""


@register.filter
def long_date(value: date | datetime | None) -> str:
    """As in "maandag 23 november 2026"."""
    return formats.long_date(value) if value else ""


@register.filter
def plain_date(value: date | datetime | None) -> str:
    """As in "14 maart 1991"."""
    return formats.plain_date(value) if value else ""


@register.filter
def month_year(value: date | datetime | None) -> str:
    """As in "November 2026"."""
    return formats.month_year(value) if value else ""


@register.filter
def clock(value: datetime | time | None) -> str:
    """As in "9.04 uur"."""
    return formats.clock(value) if value else ""


@register.filter
def deadline(value: date | datetime | None) -> str:
    """As in "nog 3 dagen", "morgen", "vandaag" or "2 dagen te laat"."""
    return formats.deadline(value) if value else ""


@register.simple_tag
def said(setting: str) -> str:
    """How long or how many the house keeps to, in words: {% said "START_WITHIN_DAYS" %}."""
    return terms.said(setting)
