"""A dossier that lies open in nood: on every page of who opened it, until it closes. DOS-04."""

from django import template
from django.template import Context

from cases.presenters.emergency import running_for

register = template.Library()


@register.inclusion_tag("cases/_emergencies_running.html", takes_context=True)
def emergencies_running(context: Context) -> dict[str, object]:
    """The yellow bar; the pages of that dossier have their own, with the button that closes it."""
    here = getattr(context.get("dossier"), "number", None)
    running = running_for(context["request"].user)
    return {"running": [each for each in running if each.case.number != here]}
