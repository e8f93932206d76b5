"""A dossier that lies open in nood: on every page of who opened it, until it closes. DOS-04."""

from django import template
from django.template import Context

from cases.presenters.emergency import ToJudge, running_for, to_judge

register = template.Library()


@register.inclusion_tag("cases/_emergencies_running.html", takes_context=True)
def emergencies_running(context: Context) -> dict[str, object]:
    """The yellow bar; the pages of that dossier have their own, with the button that closes it."""
    here = getattr(context.get("dossier"), "number", None)
    running = running_for(context["request"].user)
    return {"running": [each for each in running if each.case.number != here]}


@register.inclusion_tag("cases/_emergencies_to_judge.html")
def emergencies_to_judge() -> dict[str, ToJudge]:
    """The tile on the first page of who judges: how many wait, and how many too long."""
    return {"nood": to_judge()}
