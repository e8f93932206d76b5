"""Until when somebody is confirmed, on the pages of the ground."""

from django import template
from django.template import Context

from partners import presenters

register = template.Library()


@register.inclusion_tag("partners/_own_standing.html", takes_context=True)
def own_standing(context: Context) -> dict[str, object]:
    """His own confirmation, for his own account."""
    return {"standing": presenters.standing_of(context["request"].user)}


@register.inclusion_tag("partners/_shut_out.html", takes_context=True)
def shut_out(context: Context) -> dict[str, object]:
    """Whom to ask, for who sees nothing because nobody confirmed him; else nothing."""
    user = context["request"].user
    asked = user.is_authenticated and not user.active_roles
    standing = presenters.standing_of(user) if asked else None
    return {"standing": standing if standing and standing.shut_out else None}
