"""The other way in: by the login service of your own organisation."""

from django import template

from partners import presenters

register = template.Library()


@register.inclusion_tag("partners/_sign_on_way.html")
def way_by_organisation(on: str = "") -> dict[str, object]:
    """A way to the choice of organisations, when there is one to choose."""
    return {"there_is_one": presenters.login_services().exists(), "next": on}
