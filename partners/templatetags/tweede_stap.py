"""A lost second factor, on the pages of who must do something about it."""

from django import template
from django.template import Context

from partners import presenters

register = template.Library()


@register.inclusion_tag("partners/_own_reset.html", takes_context=True)
def own_reset(context: Context) -> dict[str, object]:
    """That somebody asked to take your second factor away, with the button that stops it."""
    return {"reset": presenters.own_reset(context["request"].user)}


@register.inclusion_tag("partners/_resets_waiting.html", takes_context=True)
def resets_waiting(context: Context) -> dict[str, object]:
    """Whose second factor waits for you: to look along, or to reset it now that his day is over."""
    return {"resets": presenters.resets_waiting_for(context["request"].user)}
