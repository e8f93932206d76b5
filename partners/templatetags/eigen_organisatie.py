"""On the pages of logging in, what the table of partners knows of it: the login service of your
organisation, and that your second factor is going to be reset."""

from django import template
from django.template import Context

from partners import presenters

register = template.Library()


@register.inclusion_tag("partners/_sign_on_way.html")
def way_by_organisation(on: str = "") -> dict[str, object]:
    """A way to the choice of organisations, when there is one to choose."""
    return {"there_is_one": presenters.login_services().exists(), "next": on}


@register.inclusion_tag("partners/_own_sign_on_way.html", takes_context=True)
def own_organisation(context: Context) -> dict[str, object]:
    """A way to your link with the login service of your organisation, when it has one."""
    own = presenters.login_services().filter(organisation=context["request"].user.organisation_id)
    return {"there_is_one": own.exists()}


@register.inclusion_tag("partners/_own_reset.html", takes_context=True)
def own_reset(context: Context) -> dict[str, object]:
    """That somebody asked to take your second factor away, with the button that stops it."""
    return {"reset": presenters.own_reset(context["request"].user)}
